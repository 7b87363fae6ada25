"""Tiếp nhận between two citizens: a new dossier begins with nothing of the one before, and what is typed is kept, the
half-entered too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.jobs import DirectJobs
from desktop.office import Office
from onestop import clock
from onestop.rules.intake import Status
from tests.desktop.at_the_desk import CERTIFIED, HUONG, KHUE, UNMARRIED, Desk, desk_of, says
from tests.helpers.office import BIRTH, EXTRACT, MONDAY, made_card, received, register


@pytest.fixture
def office(demo_office: Office) -> Iterator[Office]:
    with clock.frozen(MONDAY):
        yield demo_office


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, office: Office) -> Iterator[Desk]:
    with desk_of(qapp, qtbot, office) as made:
        yield made


def half_a_person(desk: Desk) -> None:
    """Name and year in the form, the number half typed; nobody has pressed Enter at its end."""
    desk.by_hand("Trần Thị Nửa Chừng")
    entry = desk.screen.person.entry
    desk.into(entry.birth, "1990")
    desk.into(entry.number, "00119000")


# -- a new dossier has nothing of the one before


def test_f2_puts_away_the_form_of_the_citizen_before(desk: Desk) -> None:
    register(desk.office, KHUE)
    half_a_person(desk)
    desk.press("F2")
    person = desk.screen.person
    assert not person.entry.isVisible()
    assert person.box.isVisible() and person.box.field.hasFocus()
    assert not person.similar.isVisible()
    assert desk.filling.empty
    desk.by_hand("Lê Văn Sau")
    assert (person.entry.name.text(), person.entry.birth.text(), person.entry.number.text()) == ("Lê Văn Sau", "", "")


def test_f2_puts_away_a_card_that_could_not_be_read(desk: Desk) -> None:
    box = desk.screen.person.box
    desk.reader.read.emit("00119400432|1|Nguyễn|x|y")
    assert box.fault.isVisible()
    desk.press("F2")
    assert not box.fault.isVisible()
    desk.write("nguyen")
    desk.press("F2")
    assert box.field.text() == ""


def test_f2_puts_away_what_lies_over_the_screen_and_what_is_asked(desk: Desk) -> None:
    desk.ready()
    desk.press("F8")
    view = desk.screen.slips.draft_view
    assert view is not None and view.isVisible()
    desk.press("F2")
    assert not view.isVisible()
    desk.card(HUONG)
    desk.card(KHUE)
    assert desk.screen.person.offer.isVisible()
    desk.press("F2")
    assert not desk.screen.person.offer.isVisible()


def test_undo_does_not_bring_back_the_papers_of_the_citizen_before(desk: Desk) -> None:
    desk.ready(code=BIRTH)
    papers = desk.screen.procedure.papers
    desk.to_paper("to-khai")
    desk.press("X")
    desk.write("Chưa ký")
    desk.press("F2")
    desk.card(KHUE)
    desk.choose(BIRTH)
    assert not papers._reason.isVisible() and papers.reason.text() == ""
    desk.to_paper("to-khai")
    desk.press("Ctrl+Z")
    assert desk.filling.components == ()


def test_a_number_in_the_field_one_stands_in_goes_too(desk: Desk) -> None:
    desk.ready()
    desk.tab(desk.screen.receipt.copies)
    desk.press("Ctrl+A")
    desk.spell("7")
    desk.press("F2")
    assert desk.screen.receipt.copies.text() == ""
    desk.card(KHUE)
    desk.choose(CERTIFIED)
    grid = desk.screen.procedure.certify
    desk.tab(grid.rows[0].pages)
    desk.spell("9")
    desk.press("F2")
    desk.card(HUONG)
    desk.choose(CERTIFIED)
    assert [line.text() for line in grid.rows[0].lines] == ["", "", ""]


def test_an_answer_that_comes_after_f2_is_nobody_s(qapp: QApplication, qtbot: QtBot, office: Office) -> None:
    jobs = DirectJobs()
    with desk_of(qapp, qtbot, office, jobs=jobs) as desk:
        jobs.hold = True
        desk.reader.read.emit(made_card(HUONG))
        desk.screen.procedure.box.pick(EXTRACT)
        desk.press("F2")
        jobs.hold = False
        jobs.release()
        assert desk.filling.submitter is None
        assert desk.filling.procedure is None


# -- what is typed is kept


def test_half_a_person_is_kept_and_comes_back_into_the_form(qapp: QApplication, qtbot: QtBot, office: Office) -> None:
    with desk_of(qapp, qtbot, office) as desk:
        half_a_person(desk)
        assert not desk.filling.empty
        desk.kept()
        assert desk.screen.badge() == "Bản nháp đã lưu 9:05"
        desk.screen.keeper.stop()  # killed: nothing more is asked of the screen
    with desk_of(qapp, qtbot, office) as desk:
        assert says(desk.screen.procedure.drafts, "Trần Thị Nửa Chừng")
        desk.press("Ctrl+Shift+D")
        desk.press("Return")
        entry = desk.screen.person.entry
        assert entry.isVisible()
        assert (entry.name.text(), entry.birth.text(), entry.number.text()) == (
            "Trần Thị Nửa Chừng",
            "1990",
            "00119000",
        )
        assert entry.isAncestorOf(desk.focus())
        desk.into(entry.number, "001190000042")
        desk.press("Alt+Return")
        qtbot.waitUntil(lambda: desk.filling.submitter is not None)
        assert desk.filling.unfinished == {}
        desk.choose(EXTRACT)
        desk.press("Ctrl+D")
        desk.settled()
        desk.press("F9")
        assert desk.screen.taken is not None
        assert desk.count("draft") == 1


def test_f2_and_leaving_the_screen_keep_half_a_person(desk: Desk) -> None:
    half_a_person(desk)
    desk.press("F2")
    assert desk.codes()[-1] == "receive.set-aside"
    assert "Trần Thị Nửa Chừng" in desk.told()
    assert says(desk.screen.procedure.drafts, "Trần Thị Nửa Chừng")
    desk.window.notices.shown[-1].offers[0].call()
    assert desk.screen.person.entry.number.text() == "00119000"
    desk.press("F4")
    desk.screen.can_leave()
    assert desk.count("draft") == 1


def test_esc_in_the_form_can_be_taken_back(desk: Desk) -> None:
    half_a_person(desk)
    desk.press("Esc")
    entry = desk.screen.person.entry
    assert not entry.isVisible()
    notice = desk.window.notices.shown[-1]
    assert notice.code == "people.unfinished"
    notice.offers[0].call()
    assert entry.isVisible()
    assert (entry.birth.text(), entry.number.text()) == ("1990", "00119000")
    desk.press("F2")
    desk.by_hand("Lê Văn Sau")
    desk.press("Esc")
    desk.press("F2")
    assert "people.unfinished" not in [each.code for each in desk.window.notices.shown], "not under the next citizen"


def test_what_is_being_typed_stops_f9(desk: Desk) -> None:
    """Else the receipt would carry what stood there before."""
    desk.by_hand("Trần Thị Ngờ")
    entry = desk.screen.person.entry
    desk.into(entry.birth, "1990")
    desk.into(entry.number, "001190004321")
    desk.press("Alt+Return")
    desk.qtbot.waitUntil(lambda: desk.filling.submitter is not None)
    desk.choose(EXTRACT)
    desk.press("Ctrl+D")
    desk.settled()
    assert desk.screen.stops() == []
    desk.screen.person._correct("submitter")
    desk.into(entry.name, " Nhỡ")
    assert [stop.words for stop in desk.screen.stops()] == ["thông tin đang nhập tay"]
    desk.press("F9")
    assert desk.screen.taken is None
    assert entry.isAncestorOf(desk.focus())
    desk.press("Alt+Return")
    desk.qtbot.waitUntil(lambda: not entry.isVisible())
    desk.press("F9")
    assert desk.screen.taken is not None


def test_a_reason_half_written_is_kept_and_stops_f9(qapp: QApplication, qtbot: QtBot, office: Office) -> None:
    with desk_of(qapp, qtbot, office) as desk:
        desk.ready(code=UNMARRIED)
        desk.to_paper("to-khai")
        desk.press("X")
        desk.write("Tờ khai chưa ký")
        assert "lý do chưa hợp lệ" in [stop.words for stop in desk.screen.stops()]
        desk.press("F9")
        assert desk.screen.taken is None
        assert desk.screen.procedure.papers.reason.hasFocus()
        desk.kept()
        desk.screen.keeper.stop()
    with desk_of(qapp, qtbot, office) as desk:
        desk.press("Ctrl+Shift+D")
        desk.press("Return")
        papers = desk.screen.procedure.papers
        assert papers._reason.isVisible()
        assert papers.reason.text() == "Tờ khai chưa ký"
        papers.reason.setFocus()
        desk.press("Return")
        given = desk.row("to-khai").line.given
        assert (given.status, given.reason) == (Status.BAD, "Tờ khai chưa ký")


def test_names_and_dates_of_parties_come_back_as_they_stood(qapp: QApplication, qtbot: QtBot, office: Office) -> None:
    with desk_of(qapp, qtbot, office) as desk:
        desk.card(HUONG)
        desk.choose(BIRTH)
        parties = desk.screen.person.parties
        parties.rows[0].begin()
        desk.write("Trần Minh Khôi")
        desk.press("Return")
        desk.option(parties.rows[0].box, "name")
        desk.spell("32/13/2020")
        desk.press("Tab")
        assert any("ngày sinh" in stop.words for stop in desk.screen.stops())
        parties.rows[1].begin()
        desk.write("Trần Quốc")
        desk.kept()
        desk.screen.keeper.stop()
    with desk_of(qapp, qtbot, office) as desk:
        desk.press("Ctrl+Shift+D")
        desk.press("Return")
        rows = desk.screen.person.parties.rows
        assert rows[0].birth.text() == "32/13/2020"
        assert rows[0].fault.isVisible()
        assert rows[1].box.field.text() == "Trần Quốc"


def test_the_words_of_a_refusal_are_kept(qapp: QApplication, qtbot: QtBot, office: Office) -> None:
    with desk_of(qapp, qtbot, office) as desk:
        desk.ready()
        desk.screen.slips.ask_refusal()
        desk.write("Không thuộc thẩm quyền")
        desk.press("Esc")
        desk.kept()
        desk.screen.keeper.stop()
    with desk_of(qapp, qtbot, office) as desk:
        desk.press("Ctrl+Shift+D")
        desk.press("Return")
        desk.screen.slips.ask_refusal()
        assert desk.screen.slips.reason is not None
        assert desk.screen.slips.reason.text.toPlainText() == "Không thuộc thẩm quyền"


def test_a_clock_set_back_stops_no_draft(qapp: QApplication, qtbot: QtBot, demo_office: Office) -> None:
    """A draft has no legal life: only an act needs a clock that goes forward."""
    with clock.frozen(MONDAY):
        received(demo_office)
    with clock.frozen(MONDAY.replace(day=20)), desk_of(qapp, qtbot, demo_office) as desk:
        desk.ready()
        desk.kept()
        assert not desk.screen.keeper.failed
        assert desk.count("draft") == 1
        desk.press("F9")
        assert desk.screen.taken is None
        assert "clock.set-back" in desk.codes()
