"""Quét giấy tờ by keys alone: one key into the component that is marked, everything kept, moved and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from desktop.bus import Level
from desktop.jobs import Jobs
from desktop.office import ENOUGH_BYTES, Office
from desktop.views.scan import ScanScreen
from desktop.views.scan_places import PlacesList
from onestop import clock
from onestop.actions import paper_changes, papers, reading, receive
from onestop.actions.pages import Owner
from onestop.actions.paper_changes import DescribeForm, FiledForm
from onestop.actions.papers import KeepForm
from onestop.actions.reading import ReadingForm
from onestop.queries import papers as queries
from onestop.rules import separators
from onestop.rules.errors import DeviceTrouble, Remark
from onestop.rules.papers import About, FileFacts
from onestop.rules.separators import DRAFT, Separator
from onestop.store import schema
from paper.component import Guess
from tests.desktop.real import Elsewhere, enter, here, shot
from tests.desktop.views.scan_desk import BIRTH_PAPER, ScanDesk, a_dossier, a_draft, scan_desk
from tests.helpers.feeder import picture
from tests.helpers.office import BIRTH, MONDAY, act_as, made_dossier, made_person, received
from tests.helpers.pages import made_pdf

JAM = DeviceTrouble("device.jam", device="Máy quét thử", detail="")


@pytest.fixture
def desk(demo_office: Office, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[ScanDesk]:
    """At the pages of a draft."""
    with scan_desk(demo_office, qapp, qtbot, tmp_path, a_draft) as made:
        yield made


@pytest.fixture
def later(demo_office: Office, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[ScanDesk]:
    """At the pages of a dossier whose certificate is to be scanned later."""
    with scan_desk(demo_office, qapp, qtbot, tmp_path, a_dossier, back="dossiers") as made:
        yield made


# -- one key into the component


def test_f6_scans_into_the_component_that_is_marked(desk: ScanDesk) -> None:
    key = desk.slot(BIRTH_PAPER)
    desk.go_to(key)
    desk.feeder.load(desk.work.page(1), desk.work.page(2, blank=True))
    desk.press("F6")
    assert [(row.blank, row.struck) for row in desk.pages(key)] == [(False, False), (True, True)]
    assert desk.codes()[-1] == "scan.came-blank"
    desk.settled()
    row = desk.screen.row
    assert row is not None
    assert (row.component, row.count, row.note) == (key, "1 trang", "theo bản nháp")
    assert len(desk.screen.model.rows) == 2
    assert desk.screen.list.hasFocus(), "what arrives takes no focus"
    desk.feeder.load(desk.work.page(3))
    desk.press("F6")
    assert len(desk.pages(key)) == 3
    shot(desk.window, "scan-draft")


@pytest.fixture
def every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """No real scanner is so fast that two pages come within the rest between two reports."""
    monkeypatch.setattr("desktop.jobs.BETWEEN_STEPS", 0.0)


@pytest.mark.usefixtures("every_step")
def test_pages_are_seen_while_the_rest_is_still_scanned(
    demo_office: Office, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with scan_desk(demo_office, qapp, qtbot, tmp_path, a_draft, jobs=Jobs()) as desk:
        go_on: list[bool] = []

        def wait() -> None:
            while not go_on:
                pass

        desk.feeder.load(desk.work.page(1), wait, desk.work.page(2))
        desk.press("F6")
        qtbot.waitUntil(lambda: len(desk.screen.model.rows) == 1)
        assert desk.screen.flow.running
        assert desk.screen.stop_button.isVisible() and not desk.screen.next_button.isVisible()
        assert not desk.on("scan.next")
        assert desk.window.notices.shown[-1].code == "progress.scan"
        go_on.append(True)
        qtbot.waitUntil(lambda: not desk.screen.flow.running and len(desk.screen.model.rows) == 2)
        assert desk.codes()[-1] == "scan.came"
        assert desk.on("scan.next")


@pytest.mark.usefixtures("every_step")
def test_esc_stops_a_scan_and_what_came_stays(
    demo_office: Office, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with scan_desk(demo_office, qapp, qtbot, tmp_path, a_draft, jobs=Jobs()) as desk:
        stopped = desk.screen.flow

        def until_stopped() -> None:
            while not (stopped._ticket and stopped._ticket.cancelled):
                pass

        desk.feeder.load(desk.work.page(1), until_stopped, desk.work.page(2))
        desk.press("F6")
        qtbot.waitUntil(lambda: len(desk.screen.model.rows) == 1)
        desk.press("Esc")
        qtbot.waitUntil(lambda: not stopped.running)
        qtbot.waitUntil(lambda: desk.codes()[-1] == "scan.stopped")
        assert desk.window.here == "scan", "the first Esc only stops"
        assert len(desk.screen.model.rows) == 1


@pytest.mark.usefixtures("every_step")
def test_esc_hides_no_sheet_that_went_through_already(
    demo_office: Office, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with scan_desk(demo_office, qapp, qtbot, tmp_path, a_draft, jobs=Jobs()) as desk:
        flow = desk.screen.flow

        def until_stopped() -> None:
            while not (flow._ticket and flow._ticket.cancelled):
                pass

        desk.feeder.load(desk.work.page(1), until_stopped, *(desk.work.page(number) for number in (2, 3, 4)))
        desk.feeder.ahead = 2
        desk.press("F6")
        qtbot.waitUntil(lambda: len(desk.screen.model.rows) == 1)
        desk.press("Esc")
        qtbot.waitUntil(lambda: desk.codes()[-1] == "scan.stopped")
        assert "3 trang" in desk.told()
        qtbot.waitUntil(lambda: len(desk.screen.model.rows) == 3)
        assert desk.feeder.left() == []


def test_what_a_full_disk_kept_back_comes_with_the_next_f6(desk: ScanDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    key = desk.slot(BIRTH_PAPER)
    desk.go_to(key)
    desk.feeder.load(*(desk.work.page(number) for number in range(1, 5)))
    desk.feeder.ahead = 1
    with monkeypatch.context() as full:
        free = iter([ENOUGH_BYTES] * 3)
        full.setattr(Office, "free_bytes", lambda _office: next(free, ENOUGH_BYTES - 1))
        desk.press("F6")
    assert desk.codes()[-1] == "scan.no-room"
    assert "2 trang" in desk.told() and "F6" in desk.told()
    assert len(desk.pages(key)) == 1
    with monkeypatch.context() as full:
        full.setattr(Office, "free_bytes", lambda _office: ENOUGH_BYTES - 1)
        desk.press("F6")
    assert "2 trang" in desk.told(), "they wait on"
    desk.press("F6")
    assert len(desk.pages(key)) == 4
    assert desk.told() == "Đã quét 1 trang. Trước đó đã lấy lại 2 trang quét dở."
    assert len(desk.window.notices.shown) == 1, "there is room again"


def test_fronts_that_a_full_disk_kept_back_find_their_backs(desk: ScanDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.window.counter.settings.set("scan_sides", "manual")
    key = desk.slot(BIRTH_PAPER)
    desk.go_to(key)
    work = desk.work
    desk.feeder.load(*(work.page(number, str(number)) for number in (1, 3)))
    with monkeypatch.context() as full:
        free = iter([ENOUGH_BYTES] * 3)
        full.setattr(Office, "free_bytes", lambda _office: next(free, ENOUGH_BYTES - 1))
        desk.press("F6")
    assert len(desk.pages(key)) == 1
    desk.feeder.load(work.page(5, "5"))
    desk.press("F6")
    assert desk.feeder.wishes[-1].first == 5, "two sheets have gone through"
    desk.feeder.load(*(work.page(number, str(number), back=True) for number in (6, 4, 2)))
    desk.press("F6")
    assert desk.feeder.wishes[-1].turned == 3
    assert [desk.office.files.get(row.blob) for row in desk.pages(key)] == [picture(text) for text in "123456"]


@pytest.mark.usefixtures("every_step")
def test_a_scan_that_outlasts_its_clerk_stays_his_and_is_told_to_the_next(
    demo_office: Office, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with scan_desk(demo_office, qapp, qtbot, tmp_path, a_draft, jobs=Jobs()) as desk:
        began, window, office = desk.office.actor, desk.window, desk.office
        assert began is not None
        go_on: list[bool] = []

        def wait() -> None:
            while not go_on:
                pass

        desk.feeder.load(desk.work.page(1), wait, desk.work.page(2))
        desk.press("F6")
        qtbot.waitUntil(lambda: len(desk.screen.model.rows) == 1)
        window.go("home")
        act_as(office, "duc")
        window._forget_screens()
        enter(window, office, "home")
        go_on.append(True)
        qtbot.waitUntil(lambda: "scan.elsewhere" in desk.codes())
        assert desk.told() == f"Hồ sơ “{desk.title}”, do {began.name} quét: Đã quét 2 trang."
        with office.store.reading() as connection:
            assert set(connection.execute(select(schema.page.c.by)).scalars()) == {began.id}
        assert window.go("scan", draft=desk.owner.draft)
        desk.screen = here(window, ScanScreen)
        qtbot.waitUntil(lambda: desk.screen.bench is not None)


def test_another_screen_is_told_what_was_scanned_for(desk: ScanDesk) -> None:
    desk.feeder.load(desk.work.page(1), lambda: desk.window.go("home"), desk.work.page(2, blank=True))
    desk.press("F6")
    assert desk.told() == f"Hồ sơ “{desk.title}”: Đã quét 2 trang, trong đó 1 trang trắng đã gạch."
    assert desk.window.go("scan", draft=desk.owner.draft)


def test_a_jam_is_said_with_what_to_do_and_f6_goes_on(desk: ScanDesk) -> None:
    key = desk.slot(BIRTH_PAPER)
    desk.go_to(key)
    desk.feeder.load(desk.work.page(1), JAM, desk.work.page(2))
    desk.press("F6")
    assert desk.codes()[-1] == "device.jam"
    assert "kẹt" in desk.told().lower()
    assert len(desk.pages(key)) == 1
    desk.press("F6")
    assert len(desk.pages(key)) == 2
    assert [notice.code for notice in desk.window.notices.shown] == ["scan.came"], "the trouble is over"
    desk.feeder.load(JAM, desk.work.page(3))
    desk.press("F6")
    desk.offer()
    assert len(desk.pages(key)) == 3


def test_both_sides_by_hand(desk: ScanDesk) -> None:
    desk.window.counter.settings.set("scan_sides", "manual")
    key = desk.slot(BIRTH_PAPER)
    desk.go_to(key)
    work = desk.work
    desk.feeder.load(work.page(1, "1"), JAM, work.page(3, "3"))
    desk.press("F6")
    desk.press("F6")
    assert desk.feeder.wishes[-1].first == 3, "it goes on where it broke off"
    assert desk.codes()[-1] == "scan.turn-over"
    assert "2 tờ" in desk.screen.turn_over.words.text()
    assert desk.screen.turn_over.isVisible()
    desk.feeder.load(work.page(4, "4", back=True), JAM, work.page(2, "2", back=True))
    desk.press("F6")
    assert desk.codes()[-1] == "device.jam"
    desk.press("F6")
    assert (desk.feeder.wishes[-2].turned, desk.feeder.wishes[-1].turned) == (2, 1)
    assert [desk.office.files.get(row.blob) for row in desk.pages(key)] == [picture(text) for text in "1234"]
    assert not desk.screen.turn_over.isVisible()
    assert desk.codes()[-1] == "scan.came"


def test_backs_with_nothing_on_them_are_left(desk: ScanDesk) -> None:
    desk.window.counter.settings.set("scan_sides", "manual")
    desk.feeder.load(desk.work.page(1))
    desk.press("F6")
    assert desk.screen.flow.backs == 1
    button = desk.screen.turn_over.findChildren(type(desk.screen.next_button))[0]
    button.click()
    assert desk.screen.flow.backs == 0
    desk.feeder.load(desk.work.page(1, "khác"))
    desk.press("F6")
    assert desk.feeder.wishes[-1].turned == 0


def test_a_mixed_stack_sorts_itself_and_the_rest_is_in_the_tray(desk: ScanDesk) -> None:
    key = desk.slot(BIRTH_PAPER)
    code = separators.write(desk.office.id, Separator(DRAFT, desk.owner.draft or "", key))
    work = desk.work
    desk.feeder.load(work.page(1, "lạc"), work.page(2, "tờ", codes=(code,)), work.page(3, "a"), work.page(4, "b"))
    desk.press("Shift+F6")
    assert (len(desk.pages(key)), len(desk.pages(None))) == (2, 1)
    assert desk.codes()[-1] == "scan.came-unsorted"
    desk.settled()
    first = desk.screen.places.rows[0]
    assert (first.component, first.title, first.count) == (None, "Chưa phân loại", "1 trang")


def test_nearly_no_room_stops_the_scan_and_nothing_else(desk: ScanDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.feeder.load(desk.work.page(1))
    monkeypatch.setattr(Office, "free_bytes", lambda _office: ENOUGH_BYTES - 1)
    desk.press("F6")
    assert desk.codes()[-1] == "scan.no-room"
    assert len(desk.feeder.stack) == 1, "no paper has moved"
    assert desk.on("scan.next")


def test_without_a_scanner_it_says_which_key_leads_to_one(
    demo_office: Office, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with scan_desk(demo_office, qapp, qtbot, tmp_path, a_draft, scanner=False) as desk:
        assert "Alt+C" in desk.words(desk.screen.empty)
        desk.press("F6")
        assert desk.codes()[-1] == "scan.not-set-up"
        assert "Alt+C" in desk.told()
        desk.offer()
        assert desk.window.here == "settings"


def test_a_machine_that_finds_no_scanner_says_so_too(desk: ScanDesk) -> None:
    desk.feeder.load(DeviceTrouble("device.none", device="", detail=""))
    desk.press("F6")
    assert desk.codes()[-1] == "scan.not-set-up"


# -- files


def test_files_are_chosen_and_dropped(desk: ScanDesk, tmp_path: Path) -> None:
    key = desk.slot(BIRTH_PAPER)
    desk.go_to(key)
    (tmp_path / "don.pdf").write_bytes(made_pdf("mot"))
    (tmp_path / "anh.jpg").write_bytes(picture("x"))
    desk.window.notices.pick_next(tmp_path / "don.pdf", tmp_path / "anh.jpg", tmp_path / "khong-co.pdf")
    desk.press("Ctrl+O")
    assert [row.name for row in desk.pages(key)] == ["don.pdf", "anh.jpg"]
    assert desk.window.notices.shown[-1].code == "scan.brought-not-all"
    assert desk.window.notices.shown[-1].level is Level.WARNING
    assert len(desk.window.notices.shown) == 1, "what was taken and what was refused are one word"
    assert desk.told().startswith("Đã nhận 2 tệp. Không nhận được 1 tệp: khong-co.pdf: ")
    desk.settled()
    places: PlacesList = desk.screen.list
    other = desk.screen.places.rows[0].component
    middle = places.visualRect(desk.screen.places.index(0)).center()
    on = places.viewport().mapTo(desk.screen, middle)
    desk.drop([tmp_path / "anh.jpg"], QPointF(on))
    assert [row.name for row in desk.pages(other)] == ["anh.jpg"], "where it fell"
    desk.drop([tmp_path / "anh.jpg"], QPointF(desk.screen.pane.geometry().center()))
    assert len(desk.pages(key)) == 2
    assert "đã có trong giấy tờ ấy (anh.jpg)" in desk.told(), "the same file is not taken twice, and that is said"
    (tmp_path / "khac.jpg").write_bytes(picture("khác"))
    desk.drop([tmp_path / "khac.jpg"], QPointF(desk.screen.pane.geometry().center()))
    assert len(desk.pages(key)) == 3


def test_many_bad_files_are_one_warning_and_two_lines_of_the_list(desk: ScanDesk, tmp_path: Path) -> None:
    key = desk.slot(BIRTH_PAPER)
    desk.go_to(key)
    bad = [tmp_path / f"ghi-chu-rat-dai-ten-{number}.txt" for number in range(6)]
    for file in bad:
        file.write_bytes(f"khong phai trang: {file.name}".encode())
    good = tmp_path / "anh.jpg"
    good.write_bytes(picture("x"))
    desk.window.notices.pick_next(good, *bad, *(tmp_path / f"khong-co-{number}.pdf" for number in range(5)))
    desk.press("Ctrl+O")
    desk.settled()
    (notice,) = desk.window.notices.shown
    assert (notice.code, notice.level) == ("scan.brought-not-all", Level.WARNING)
    told = desk.told()
    assert told.startswith("Đã nhận 1 tệp. Không nhận được 5 tệp: ")
    assert "6 tệp có lỗi" in told
    at = desk.screen.places.place(lambda row: row.component == key)
    row = desk.screen.places.rows[at]
    index, line = desk.screen.places.index(at), desk.window.look.metrics("note").lineSpacing()
    assert len(row.faults) == 6
    high = desk.screen.list.visualRect(index).height()
    assert high <= desk.window.look.size("row") + 4 * line, "the list is not filled with red"
    assert all(fault in index.data(Qt.ItemDataRole.ToolTipRole) for fault in row.faults)
    shot(desk.window, "scan-faults")
    bad[0].write_bytes(b"cung khong phai trang")
    desk.window.notices.pick_next(bad[0])
    desk.press("Ctrl+O")
    assert desk.told().startswith("1 tệp có lỗi"), "nothing is said to be taken"


# -- arranged and moved


def test_pages_are_moved_by_a_number_or_letters_and_taken_back(desk: ScanDesk) -> None:
    key = desk.slot(BIRTH_PAPER)
    first = desk.screen.places.rows[0].component
    desk.add(first, "1")
    desk.add(first, "2")
    desk.go_to(first)
    desk.press("Return")
    assert desk.screen.strip.hasFocus()
    desk.press("Home")
    desk.press("M")
    sheet = desk.screen.deeds.places
    assert sheet is not None and sheet.isVisible()
    assert first not in [option.key for option in sheet._options], "not where it is"
    desk.press("1")
    assert not sheet.isVisible()
    assert len(desk.pages(key)) == 1
    assert desk.screen.strip.hasFocus()
    desk.settled()
    desk.press("M")
    for letter in "chua":
        desk.letter(letter)
    desk.press("Return")
    assert len(desk.pages(None)) == 1
    desk.settled()
    desk.press("Ctrl+Z")
    desk.settled()
    assert (len(desk.pages(first)), desk.screen.row and desk.screen.row.component) == (1, first)
    desk.press("Ctrl+Z")
    assert len(desk.pages(first)) == 2
    assert desk.pages(None) == []


def test_undo_shows_what_came_back(desk: ScanDesk) -> None:
    key = desk.slot(BIRTH_PAPER)
    desk.add(key, "1")
    desk.go_to(key)
    desk.screen.strip.setFocus()
    desk.press("Del")
    assert desk.pages(key) == []
    other = desk.screen.places.rows[0].component
    desk.go_to(other)
    desk.press("Ctrl+Z")
    assert desk.screen.row is not None
    assert desk.screen.row.component == key
    assert len(desk.screen.model.rows) == 1


def test_page_keys_leaf_and_turn_from_the_large_page(desk: ScanDesk) -> None:
    key = desk.slot(BIRTH_PAPER)
    for number in range(3):
        desk.add(key, str(number))
    desk.go_to(key)
    desk.press("Return")
    desk.press("Home")
    desk.press("Return")
    assert desk.screen.pane.view.hasFocus()
    desk.press("PgDown")
    assert desk.screen.pane.name.text() == "Trang 2 của 3"
    desk.press("R")
    assert [row.turn for row in desk.pages(key)] == [0, 90, 0]
    desk.press("PgUp")
    desk.press("PgUp")
    assert desk.screen.pane.name.text() == "Trang 1 của 3"
    desk.press("Ctrl++")
    assert desk.screen.pane.view.zoom == pytest.approx(1.25, abs=0.05)
    assert desk.window.look.scale == 100, "the page grew, not the letters"


# -- what is wrong with a file


def test_a_broken_file_is_named_in_red_and_let_in_by_a_supervisor(desk: ScanDesk) -> None:
    key = desk.slot(BIRTH_PAPER)
    page = desk.add(key, "x", problems=(Remark("paper.signature-broken"),))
    desk.go_to(key)
    row = desk.screen.row
    assert row is not None
    assert (row.icon, row.tone) == ("circle-alert", "danger")
    assert len(row.faults) == 1 and "chữ ký số" in row.faults[0]
    said = QAccessible.queryAccessibleInterface(desk.screen.list)
    assert said is not None
    names = [said.child(at).text(QAccessible.Text.Name) for at in range(said.childCount())]
    assert any("chữ ký số" in name for name in names)
    desk.screen.side.pass_button.click()
    sheet = desk.screen.deeds.word
    assert sheet is not None and sheet.reason.hasFocus() and sheet.login.isVisible()
    desk.press("Return")
    assert sheet.fields[sheet.reason].wrong
    desk.write("Bản gốc đã mờ, đã đối chiếu")
    desk.press("Return")
    desk.write("ha")
    desk.press("Return")
    desk.write("nham")
    desk.press("Return")
    assert sheet.isVisible() and sheet.fields[sheet.password].wrong and sheet.password.text() == ""
    desk.press("Esc")
    act_as(desk.office, "demo")
    desk.window.commands.allow(lambda _permission: True)
    desk.screen.let_pass()
    assert not sheet.login.isVisible(), "whoever may needs no second log-in"
    desk.write("Bản gốc đã mờ")
    desk.press("Return")
    assert not sheet.isVisible()
    [kept] = desk.pages(key)
    assert kept.id == page
    assert kept.passed is not None and kept.passed["reason"] == "Bản gốc đã mờ"
    desk.settled()
    assert desk.screen.row is not None and desk.screen.row.faults == ()


def test_what_no_word_mends_offers_no_word(desk: ScanDesk) -> None:
    key = desk.slot(BIRTH_PAPER)
    desk.add(key, "x", problems=(Remark("paper.too-large-file", {"most": 200}),))
    desk.go_to(key)
    assert not desk.screen.side.pass_button.isVisible()


# -- a dossier: quét sau


def test_it_begins_where_something_waits_to_be_scanned(later: ScanDesk) -> None:
    row = later.screen.row
    assert row is not None
    assert (row.component, row.note, row.tone) == (later.slot(BIRTH_PAPER), "quét sau", "warning")
    assert later.screen.badge().startswith("H")
    assert not later.on("scan.keep")


def test_scanned_later_and_kept(later: ScanDesk) -> None:
    key = later.slot(BIRTH_PAPER)
    later.feeder.load(later.work.page(1), later.work.page(2))
    later.press("F6")
    later.settled()
    assert later.screen.row is not None and later.screen.row.note == "chờ lưu vào hồ sơ"
    later.press("Ctrl+S")
    [paper] = later.papers()
    assert (paper.component, paper.leaves) == (key, 2)
    assert later.codes()[-1] == "scan.kept"
    later.settled()
    rows = [(row.component, row.paper is not None, row.icon) for row in later.screen.places.rows]
    assert (key, False, "circle-check") in rows
    assert (key, True, "hourglass") in rows
    assert later.office.read(queries.to_scan, later.office.id) == ()


def test_what_is_not_fit_stays_named_and_the_rest_goes_in(later: ScanDesk) -> None:
    key = later.slot(BIRTH_PAPER)
    other = next(row.component for row in later.screen.places.rows if row.component != key)
    later.add(key, "tốt")
    later.add(other, "hỏng", problems=(Remark("paper.signature-broken"),))
    later.press("Ctrl+S")
    assert [paper.component for paper in later.papers()] == [key]
    assert "paper.not-fit" in later.codes()
    assert later.codes()[-1] == "scan.kept"
    assert len(later.pages(other)) == 1


def test_pages_of_a_draft_wait_for_its_acceptance(desk: ScanDesk) -> None:
    desk.add(desk.slot(BIRTH_PAPER), "1")
    desk.go_to(desk.slot(BIRTH_PAPER))
    assert not desk.on("scan.keep")
    assert not desk.screen.keep_button.isVisible()
    assert "khi tiếp nhận" in desk.words(desk.screen.side)


# -- the particulars


@pytest.fixture
def kept(later: ScanDesk) -> ScanDesk:
    """A paper that is kept, read and marked."""
    later.feeder.load(later.work.page(1), later.work.page(2))
    later.press("F6")
    later.press("Ctrl+S")
    [paper] = later.papers()
    later.office.perform(paper_changes.file, FiledForm(paper.id, made_pdf("mot", "hai"), 2))
    proposals = {
        "number": {"value": "05/GCS", "confidence": 0.93},
        "issued_on": {"value": "2026-11-02", "confidence": 0.8},
        "issuer": {"value": "Bệnh viện Phụ sản Mẫu", "confidence": 0.41},
    }
    blob = later.papers()[0].blob or ""
    later.office.perform(reading.keep, ReadingForm(paper.id, blob, "GIẤY CHỨNG SINH", proposals))
    later.screen._load()
    later.go_to(paper.component, paper.id)
    return later


def test_proposals_are_offered_and_never_filled_in(kept: ScanDesk) -> None:
    form = kept.screen.side.form
    assert [each.line.text() for each in form.fields.values() if each.key != "title"] == [""] * 10
    assert {key: each.take.accessibleName() for key, each in form.fields.items() if each.open} == {
        "number": "Gợi ý: 05/GCS · 93 %",
        "issued_on": "Gợi ý: 02/11/2026 · 80 %",
        "issuer": "Gợi ý: Bệnh viện Phụ sản Mẫu · 41 % · chưa chắc",
    }
    assert not kept.on("scan.keep"), "nothing has changed"
    shot(kept.window, "scan-paper")


def test_one_key_takes_a_proposal_and_goes_on_to_the_next(kept: ScanDesk) -> None:
    form = kept.screen.side.form
    form.begin()
    assert form.fields["number"].line.hasFocus()
    assert "Ctrl+Enter" in form.fields["number"].line.accessibleDescription()
    kept.press("Ctrl+Return")
    assert form.fields["issued_on"].line.hasFocus()
    kept.press("Ctrl+Return")
    kept.press("Ctrl+A")
    kept.write("Bệnh viện Đa khoa Mẫu")
    assert kept.on("scan.keep")
    kept.press("Ctrl+S")
    [paper] = kept.papers()
    assert (paper.about.number, paper.about.issued_on, paper.about.issuer) == (
        "05/GCS", "2026-11-02", "Bệnh viện Đa khoa Mẫu",
    )  # fmt: skip
    assert kept.codes()[-1] == "scan.described"
    assert form.fields["issuer"].open, "what was proposed is still offered"


def test_particulars_typed_as_people_write_them(kept: ScanDesk) -> None:
    form = kept.screen.side.form
    form.fields["valid_to"].line.setFocus()
    kept.write("5/3/2031")
    form.fields["holder_born"].line.setFocus()
    kept.write("1994")
    form.fields["holder_name"].line.setFocus()
    kept.write("Trần Thị Ước")
    kept.press("Ctrl+S")
    [paper] = kept.papers()
    assert (paper.about.valid_to, paper.about.holder_born, paper.about.holder_name) == (
        "2031-03-05", "1994", "Trần Thị Ước",
    )  # fmt: skip
    kept.settled()
    assert form.fields["valid_to"].line.text() == "05/03/2031"


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("issued_on", "32/13/2026", "Không đọc được ngày"),
        ("issued_on", "1/1/2030", "chưa tới"),
        ("holder_number", "123", "12 hoặc 9 chữ số"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(kept: ScanDesk, key: str, typed: str, said: str) -> None:
    form = kept.screen.side.form
    form.fields[key].line.setFocus()
    kept.write(typed)
    kept.press("Ctrl+S")
    assert form.fields[key].field.wrong
    assert said in form.fields[key].field.note.text()
    assert form.fields[key].line.hasFocus()
    assert kept.papers()[0].about.number == ""
    kept.press("Esc")
    assert kept.window.here == "scan", "what was typed is not lost on the way out"


def test_leaving_keeps_what_was_typed(kept: ScanDesk) -> None:
    form = kept.screen.side.form
    form.fields["summary"].line.setFocus()
    kept.write("Sinh ngày 31/10/2026")
    kept.press("Esc")
    assert kept.window.here == "dossiers"
    assert kept.papers()[0].about.summary == "Sinh ngày 31/10/2026"


def test_another_row_keeps_what_was_typed(kept: ScanDesk) -> None:
    form = kept.screen.side.form
    form.fields["scope"].line.setFocus()
    kept.write("Toàn quốc")
    kept.go_to(next(row.component for row in kept.screen.places.rows if row.paper is None))
    assert kept.papers()[0].about.scope == "Toàn quốc"


def test_what_another_counter_changes_does_not_overwrite_what_is_typed(kept: ScanDesk) -> None:
    form = kept.screen.side.form
    form.fields["scope"].line.setFocus()
    kept.write("Tỉnh Mẫu")
    [paper] = kept.papers()
    about = About(title=paper.about.title, number="99")
    kept.office.perform(paper_changes.describe, DescribeForm(paper.id, about))
    kept.screen._load()
    assert form.fields["scope"].line.text() == "Tỉnh Mẫu"


# -- papers that are kept


def test_what_the_words_of_a_page_speak_for_is_proposed_and_only_proposed(desk: ScanDesk) -> None:
    key = desk.slot(BIRTH_PAPER)
    assert desk.screen.bench is not None
    place = [slot.key for slot in desk.screen.bench.slots].index(key)
    page = desk.add(None, "1")
    blob = next(row.blob for row in desk.pages(None) if row.id == page)
    desk.work.guesses[blob] = (Guess(place, 0.87),)
    desk.go_to(None)
    desk.press("Return")
    desk.press("M")
    sheet = desk.screen.deeds.places
    assert sheet is not None and sheet.isVisible()
    item = sheet.list.currentItem()
    assert BIRTH_PAPER in item.text() and "87 %" in item.text()
    assert len(desk.pages(None)) == 1, "nothing goes anywhere by itself"
    shot(desk.window, "proposed-place")
    desk.press("Return")
    assert len(desk.pages(key)) == 1


def test_whoever_chooses_already_is_not_disturbed_by_a_proposal(desk: ScanDesk) -> None:
    key = desk.slot(BIRTH_PAPER)
    assert desk.screen.bench is not None
    place = [slot.key for slot in desk.screen.bench.slots].index(key)
    desk.add(None, "1")
    desk.go_to(None)
    desk.press("Return")
    desk.press("M")
    sheet = desk.screen.deeds.places
    assert sheet is not None
    desk.press("Up")
    chosen = sheet.list.currentRow()
    sheet.propose(place, 87)
    assert sheet.list.currentRow() == chosen


def test_a_paper_is_moved_to_another_component(kept: ScanDesk) -> None:
    [paper] = kept.papers()
    kept.screen.side.move_button.click()
    kept.press("1")
    [moved] = kept.papers()
    assert moved.component != paper.component
    kept.settled()
    assert kept.screen.row is not None
    assert kept.screen.row.component == moved.component


def test_a_paper_is_taken_off_with_a_reason_and_put_back(kept: ScanDesk) -> None:
    kept.screen.side.drop_button.click()
    sheet = kept.screen.deeds.word
    assert sheet is not None and not sheet.login.isVisible()
    kept.write("Quét nhầm hồ sơ")
    kept.press("Return")
    assert kept.papers() == ()
    assert [each.dropped for each in kept.papers(dropped=True)] == ["Quét nhầm hồ sơ"]
    assert kept.codes()[-1] == "scan.dropped"
    kept.offer()
    assert len(kept.papers()) == 1


def test_the_pages_of_a_kept_paper_are_arranged(kept: ScanDesk) -> None:
    before = [leaf.blob for leaf in kept.papers()[0].pages]
    kept.screen.strip.setFocus()
    kept.press("Home")
    kept.press("Ctrl+Right")
    assert [leaf.blob for leaf in kept.papers()[0].pages] == before[::-1]
    kept.settled()
    kept.press("Ctrl+Z")
    assert [leaf.blob for leaf in kept.papers()[0].pages] == before
    kept.settled()
    kept.press("Ctrl+Z")
    assert kept.codes()[-1] == "page.nothing-to-undo"


def test_what_the_store_refuses_is_shown_as_it_is(kept: ScanDesk) -> None:
    [paper] = kept.papers()
    signed = paper_changes.SignedForm(paper.id, paper.blob or "", made_pdf("ky", "ky"), "CN=x", "1")
    kept.office.perform(paper_changes.sign, signed)
    kept.screen._load()
    kept.screen.strip.setFocus()
    kept.press("Ctrl+Right")
    kept.press("R")
    assert kept.codes()[-1] == "scan.not-arranged"
    assert "đã ký số" in kept.told()
    assert [leaf.turn for leaf in kept.papers()[0].pages] == [0, 0]
    assert [row.turn for row in kept.screen.model.rows] == [0, 0]


# -- where one comes from and goes


def test_esc_goes_back_to_the_draft(desk: ScanDesk) -> None:
    desk.press("Esc")
    assert desk.window.here == "receive"
    assert here(desk.window, Elsewhere).wishes == [{"draft": desk.owner.draft}]


def test_a_paper_is_opened_from_elsewhere(kept: ScanDesk) -> None:
    kept.press("Esc")
    [paper] = kept.papers()
    kept.window.go("scan", dossier=kept.owner.dossier, paper=paper.id, back="dossiers")
    assert kept.screen.row is not None and kept.screen.row.paper is not None
    kept.press("Esc")
    kept.window.go("scan", dossier=kept.owner.dossier, component=paper.component)
    assert kept.screen.row is not None and kept.screen.row.key == (paper.component, "")
    kept.press("Esc")
    assert here(kept.window, Elsewhere).wishes[-1] == {"dossier": kept.owner.dossier}


def test_a_draft_that_is_received_meanwhile_goes_on_as_its_dossier(desk: ScanDesk) -> None:
    desk.add(None, "lạc")
    form = made_dossier(made_person(41), procedure=BIRTH, draft=desk.owner.draft)
    taken = desk.office.perform(receive.take_in, form).answer
    desk.screen._load()
    assert desk.screen.owner == Owner(dossier=taken.id)
    assert desk.screen.bench is not None and desk.screen.bench.code == taken.code
    assert desk.screen.places.rows[0].title == "Chưa phân loại"


def test_another_dossier_forgets_what_was_shown(later: ScanDesk) -> None:
    later.add(later.slot(BIRTH_PAPER), "1")
    other = received(later.office, made_person(9), procedure=BIRTH)
    assert later.window.go("scan", dossier=other.id)
    assert later.screen.bench is not None and later.screen.bench.dossier == other.id
    assert len(later.screen.model.rows) == 0
    later.press("Ctrl+Z")
    assert later.codes()[-1] == "page.nothing-to-undo", "steps of another dossier are not taken back here"


def test_without_a_dossier_it_says_where_to_begin(later: ScanDesk) -> None:
    later.window.go("home")
    later.screen.owner, later.screen.bench = Owner(), None
    later.screen.places.show([])
    later.window.go("scan")
    assert "F6" in later.words(later.screen.empty)
    assert not later.on("scan.next")


def test_it_is_not_on_the_rail(desk: ScanDesk) -> None:
    assert "scan" not in desk.window.rail._buttons
    desk.window.retranslate()
    assert "scan" not in desk.window.rail._buttons


def test_a_clerk_who_may_not_scan_does_not_come_here(desk: ScanDesk) -> None:
    desk.window.go("home")
    desk.window.commands.allow(lambda _permission: False)
    assert not desk.window.go("scan", draft=desk.owner.draft)


# -- the shelf


def test_a_paper_of_the_shelf_is_taken_with_one_key(later: ScanDesk) -> None:
    earlier = received(later.office, made_person(41), procedure=BIRTH)
    owner = Owner(dossier=earlier.id)
    key = later.slot(BIRTH_PAPER)
    for number, ends in enumerate(("2020-01-01", "2031-01-01")):
        content = picture(f"cũ {number}")
        form = papers.AttachForm(
            earlier.code, BIRTH_PAPER,
            (papers.Brought(content, queries_facts(f"cu-{number}.jpg", content)),),
        )  # fmt: skip
        with clock.frozen(MONDAY + timedelta(minutes=number + 1)):
            [made] = later.office.perform(papers.attach, form).answer
        about = About(title=f"Giấy chứng sinh cũ {number}", valid_to=ends)
        later.office.perform(paper_changes.describe, DescribeForm(made, about))
    assert owner.dossier
    later.go_to(key)
    later.press("F4")
    sheet = later.screen.deeds.shelf
    assert sheet is not None and sheet.isVisible() and sheet.list.hasFocus()
    titles = [sheet.list.item(row).text() for row in range(sheet.list.count())]
    assert titles[0].startswith("Giấy chứng sinh cũ 1. hiệu lực đến 01/01/2031")
    assert "hết hiệu lực 01/01/2020" in titles[1] and earlier.code in titles[1]
    shot(later.window, "scan-shelf")
    later.press("Down")
    later.press("Return")
    assert sheet.isVisible() and later.papers() == (), "what has ended is not taken"
    later.press("Up")
    later.press("Return")
    [paper] = later.papers()
    assert (paper.component, paper.source, paper.about.title) == (key, "reused", "Giấy chứng sinh cũ 1")
    assert later.codes()[-1] == "scan.reused"
    later.settled()
    later.press("F4")
    assert sheet.list.count() == 1, "what the dossier has already is not offered again"


def queries_facts(name: str, content: bytes) -> FileFacts:
    return FileFacts(name, "image/jpeg", len(content))


def test_an_empty_shelf_says_so(later: ScanDesk) -> None:
    later.go_to(later.slot(BIRTH_PAPER))
    later.press("F4")
    sheet = later.screen.deeds.shelf
    assert sheet is not None
    assert "còn trống" in later.words(sheet.nothing)
    later.press("Return")
    later.press("Esc")
    assert not sheet.isVisible()
    assert later.papers() == ()


# -- how it is made


def test_the_list_of_places_is_an_item_model(later: ScanDesk, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(later.screen.places)
    qtmodeltester.check(later.screen.model)
    key = later.slot(BIRTH_PAPER)
    later.add(key, "1")
    later.add(None, "2")
    later.office.perform(papers.keep, KeepForm(later.owner.dossier or ""))
    later.screen._load()


def test_tab_goes_from_the_list_to_the_page_the_strip_and_the_form(kept: ScanDesk) -> None:
    kept.screen.list.setFocus()
    stops = []
    for _step in range(40):
        kept.press("Tab")
        focus = QApplication.focusWidget()
        for name, part in (
            ("page", kept.screen.pane),
            ("strip", kept.screen.strip),
            ("form", kept.screen.side),
        ):
            if focus is not None and (focus is part or part.isAncestorOf(focus)) and name not in stops:
                stops.append(name)
    assert stops == ["page", "strip", "form"]
    assert isinstance(kept.screen.side.form.fields["title"].line, QLineEdit)
