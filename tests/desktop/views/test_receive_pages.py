"""Tiếp nhận with a scanner: one key scans into the paper that is marked, and what comes is there at the receipt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.jobs import Jobs
from desktop.office import Office
from desktop.views.receive_pages import ReceivePages, key_of
from onestop import clock
from onestop.queries import papers
from onestop.queries.papers import PageRow
from onestop.rules.errors import DeviceTrouble, Remark
from onestop.rules.papers import TRAY
from tests.desktop.at_the_desk import HUONG, UNMARRIED, Desk, desk_of
from tests.desktop.real import shot
from tests.helpers.feeder import Feeder, Workshop, picture
from tests.helpers.office import BIRTH, MONDAY
from tests.helpers.pages import codes as codes_on
from tests.helpers.pages import picture as picture_of


@pytest.fixture
def office(demo_office: Office) -> Iterator[Office]:
    with clock.frozen(MONDAY):
        yield demo_office


@pytest.fixture
def feeder(tmp_path: Path) -> Feeder:
    return Feeder(tmp_path / "spool")


@pytest.fixture
def work(office: Office) -> Workshop:
    return Workshop(office.files)


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, office: Office, feeder: Feeder, work: Workshop) -> Iterator[Desk]:
    with desk_of(qapp, qtbot, office, scanners=feeder, pagework=work) as made:
        yield made


@pytest.fixture
def every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """No real scanner is so fast that two pages come within the rest between two reports."""
    monkeypatch.setattr("desktop.jobs.BETWEEN_STEPS", 0.0)


def pages_of(desk: Desk) -> ReceivePages:
    assert desk.screen._pages is not None
    return desk.screen._pages


def on_the_way(desk: Desk, component: str | None = None) -> list[PageRow]:
    rows = desk.office.read(papers.pages, draft=desk.filling.draft)
    return [row for row in rows if not row.removed and (component is None or row.component == component)]


def first_paper(desk: Desk, code: str = UNMARRIED) -> str:
    """A citizen, a procedure, the first paper of the list marked; gives its key."""
    desk.card(HUONG)
    desk.choose(code)
    desk.screen.procedure.papers.list.setFocus()
    desk.press("Home")
    line = desk.screen.procedure.papers.model.rows[0].line
    assert line.asked is not None
    return line.asked.key


def test_one_key_scans_into_the_paper_that_is_marked_and_hands_it_in(
    desk: Desk, feeder: Feeder, work: Workshop
) -> None:
    key = first_paper(desk)
    feeder.load(work.page(1), work.page(2))
    desk.press("F6")
    assert [row.component for row in on_the_way(desk)] == [key, key]
    row = desk.row(key)
    assert row.state == "Hợp lệ"
    assert row.note == "2 trang"
    pages = pages_of(desk)
    assert pages.isVisible()
    assert len(pages.model.rows) == 2
    shot(desk.window, "receive-pages")
    desk.press("T")
    assert pages.strip.hasFocus()
    desk.press("Return")
    assert pages.pane.isVisible()
    assert not desk.screen.person.isVisible()
    shot(desk.window, "receive-page")
    desk.press("Esc")
    assert not pages.pane.isVisible()
    assert desk.screen.person.isVisible()
    assert pages.strip.hasFocus()
    desk.press("Esc")
    assert desk.screen.procedure.papers.list.hasFocus()


def test_received_with_its_pages_they_are_papers_of_the_dossier(desk: Desk, feeder: Feeder, work: Workshop) -> None:
    key = first_paper(desk)
    feeder.load(work.page(1))
    desk.press("F6")
    desk.press("Ctrl+D")
    desk.settled()
    desk.press("F9")
    assert desk.screen.taken is not None
    kept = desk.office.read(papers.of_dossier, desk.screen.taken.id)
    assert [paper.component for paper in kept] == [key]
    assert len(kept[0].pages) == 1
    desk.press("F2")
    assert not pages_of(desk).isVisible()
    assert not on_the_way(desk)


def test_a_page_with_a_fault_is_named_before_the_receipt(desk: Desk, feeder: Feeder, work: Workshop) -> None:
    key = first_paper(desk)
    feeder.load(work.page(1, problems=(Remark("paper.unreadable"),)))
    desk.press("F6")
    desk.press("Ctrl+D")
    desk.settled()
    row = desk.row(key)
    assert row.note_tone == "danger"
    assert row.note
    desk.press("F9")
    assert desk.screen.taken is None
    assert "trang của" in desk.screen.missing_line.words.text()
    assert desk.screen.procedure.papers.list.hasFocus()
    shot(desk.window, "receive-fault")
    desk.press("T")
    desk.press("Delete")
    pages = pages_of(desk)
    desk.qtbot.waitUntil(lambda: not pages.arranger.pending and not pages.faults)
    assert desk.row(key).note == ""
    desk.press("F9")
    assert desk.screen.taken is not None


def test_before_anybody_and_anything_pages_wait_in_the_tray_of_a_draft(
    desk: Desk, feeder: Feeder, work: Workshop
) -> None:
    feeder.load(work.page(1), work.page(2))
    desk.press("Shift+F6")
    assert [row.component for row in on_the_way(desk)] == [TRAY, TRAY]
    assert [notice.code for notice in desk.window.notices.shown] == ["scan.came-unsorted"]
    key = first_paper(desk)
    pages = pages_of(desk)
    assert pages.isVisible()
    assert "2 trang" in pages.tray.text()
    desk.press("T")
    assert pages.component is TRAY
    desk.press("Ctrl+A")
    desk.press("M")
    desk.press("1")
    desk.qtbot.waitUntil(lambda: len(on_the_way(desk, key)) == 2)
    assert desk.row(key).state == "Hợp lệ"
    # What is sorted is not spoken of any more.
    desk.qtbot.waitUntil(lambda: not desk.window.notices.shown, timeout=5000)


def test_another_dossier_is_not_told_of_the_tray_of_the_one_before(desk: Desk, feeder: Feeder, work: Workshop) -> None:
    first_paper(desk)
    feeder.load(work.page(1))
    desk.press("Shift+F6")
    assert [notice.code for notice in desk.window.notices.shown] == ["scan.came-unsorted"]
    desk.press("F2")
    assert "scan.came-unsorted" not in [notice.code for notice in desk.window.notices.shown]


def test_a_scan_that_ends_over_the_next_citizen_says_whose_it_was(desk: Desk, feeder: Feeder, work: Workshop) -> None:
    first_paper(desk)
    draft, title = desk.filling.draft, desk.filling.title
    feeder.load(work.page(1), lambda: desk.press("F2"), work.page(2))
    desk.press("F6")
    assert desk.filling.draft != draft
    notice = desk.window.notices.shown[-1]
    assert (notice.code, desk.window.notices.words(notice)) == (
        "scan.elsewhere",
        f"Hồ sơ “{title}”: Đã quét 2 trang.",
    )
    assert HUONG.name in title
    assert len(desk.office.read(papers.pages, draft=draft)) == 2
    assert not on_the_way(desk)


@pytest.mark.usefixtures("every_step")
def test_the_scan_of_the_citizen_before_is_named_and_stopped_from_here(
    qapp: QApplication, qtbot: QtBot, office: Office, feeder: Feeder, work: Workshop
) -> None:
    with desk_of(qapp, qtbot, office, scanners=feeder, pagework=work, jobs=Jobs()) as desk:
        desk.card(HUONG)
        qtbot.waitUntil(lambda: desk.filling.submitter is not None)
        flow, title = desk.screen.pages.flow, desk.filling.title

        def until_stopped() -> None:
            while not (flow._ticket and flow._ticket.cancelled):
                pass

        feeder.load(work.page(1), until_stopped, work.page(2), work.page(3))
        feeder.ahead = 1
        draft = desk.filling.draft
        desk.press("F6")
        qtbot.waitUntil(lambda: flow._count == 1)
        desk.press("F2")
        desk.press("F6")
        qtbot.waitUntil(lambda: desk.codes()[-1] == "scan.busy")
        assert title in desk.told()
        assert not any(stop.waits for stop in desk.screen.stops()), "the next dossier waits for nothing"
        assert desk.window.notices.shown[-1].offers[0].text == "Dừng quét"
        desk.press("Esc")
        qtbot.waitUntil(lambda: not flow.running)
        qtbot.waitUntil(lambda: desk.codes()[-1] == "scan.elsewhere")
        assert desk.told() == f"Hồ sơ “{title}”: Đã dừng quét. 2 trang quét được vẫn còn."
        assert "scan.busy" not in [notice.code for notice in desk.window.notices.shown]
        assert len(office.read(papers.pages, draft=draft)) == 2


def test_files_that_are_chosen_while_pages_come_are_not_dropped_without_a_word(
    desk: Desk, feeder: Feeder, work: Workshop, tmp_path: Path
) -> None:
    first_paper(desk)
    file = tmp_path / "to khai.jpg"
    file.write_bytes(picture("Tờ khai"))
    desk.window.notices.pick_next(file)
    told: list[str] = []

    def choose() -> None:
        desk.press("Ctrl+O")
        told.append(desk.told())

    feeder.load(work.page(1), choose)
    desk.press("F6")
    assert told == ["Đang quét hoặc nhận giấy tờ khác nên chưa nhận tệp. Xong rồi chọn lại tệp."]
    assert "scan.busy-files" not in [notice.code for notice in desk.window.notices.shown], "it is over"


def test_f9_while_pages_come_says_why_not_and_leaves_the_keyboard_where_it_is(
    desk: Desk, feeder: Feeder, work: Workshop
) -> None:
    desk.ready(HUONG, UNMARRIED)
    desk.screen.procedure.papers.list.setFocus()
    receipt, line = desk.screen.receipt, desk.screen.missing_line
    assert not receipt.take.property("dim")
    seen: list[tuple[bool, str, bool, bool]] = []

    def try_to_receive() -> None:
        desk.screen._show_missing()
        before = desk.focus()
        desk.press("F9")
        dim = bool(receipt.take.property("dim"))
        seen.append((dim, line.words.text(), desk.focus() is before, desk.screen.taken is None))

    feeder.load(work.page(1), try_to_receive)
    desk.press("F6")
    why = "Đang quét cho hồ sơ này: quét xong mới tiếp nhận được. Esc dừng quét."
    assert seen == [(True, why, True, True)]
    assert not receipt.take.property("dim")
    desk.press("F9")
    assert desk.screen.taken is not None


def test_the_keys_of_scanning_are_shown_and_the_way_to_a_blank_page(desk: Desk, feeder: Feeder, work: Workshop) -> None:
    desk.window.resize(1600, 900)
    first_paper(desk)
    keys = desk.screen.procedure.papers._keys._hints
    assert keys["now"].isVisible() and not keys["pages"].isVisible()
    feeder.load(work.page(1), work.page(2, blank=True))
    desk.press("F6")
    assert desk.told() == "Đã quét 2 trang, trong đó 1 trang trắng đã gạch; nhấn T rồi phím cách để khôi phục."
    pages = pages_of(desk)
    assert keys["pages"].isVisible() and pages.way_in.isVisible()
    shot(desk.window, "receive-keys")
    desk.press("T")
    assert not pages.way_in.isVisible(), "one is there"
    desk.press("End")
    desk.press("Space")
    desk.qtbot.waitUntil(lambda: not pages.arranger.pending)
    assert [row.struck for row in on_the_way(desk)] == [False, False]


def test_a_draft_taken_up_again_has_its_pages(desk: Desk, feeder: Feeder, work: Workshop) -> None:
    key = first_paper(desk)
    feeder.load(work.page(1))
    desk.press("F6")
    draft = desk.filling.draft
    desk.press("F2")
    assert not pages_of(desk).isVisible()
    desk.screen.open_draft(draft)
    assert desk.filling.draft == draft
    assert desk.row(key).note == "1 trang"


def test_a_scanner_that_fails_says_so_and_the_dossier_goes_on(desk: Desk, feeder: Feeder, work: Workshop) -> None:
    key = first_paper(desk)
    feeder.load(work.page(1), DeviceTrouble("device.jam", device="Máy quét thử"))
    desk.press("F6")
    assert desk.codes()[-1] == "device.jam"
    assert len(on_the_way(desk, key)) == 1
    desk.press("Ctrl+D")
    desk.settled()
    desk.press("F9")
    assert desk.screen.taken is not None


def test_that_another_scanner_helped_out_is_said_beside_what_came(desk: Desk, feeder: Feeder, work: Workshop) -> None:
    first_paper(desk)
    feeder.load(work.page(1))
    feeder.told = [Remark("scan.fallback", {"instead": "HP (WIA)", "device": "HP (eSCL)", "why": "device.offline"})]
    desk.press("F6")
    assert desk.codes()[-2:] == ["scan.came", "scan.fallback"]
    assert desk.told() == "Máy quét HP (WIA) không trả lời, nên đã quét qua HP (eSCL)."


def test_without_a_scanner_the_receipt_is_not_in_the_way(qapp: QApplication, qtbot: QtBot, office: Office) -> None:
    with desk_of(qapp, qtbot, office) as desk:
        key = first_paper(desk)
        desk.press("F6")
        assert desk.codes()[-1] == "scan.not-set-up"
        desk.press("Space")
        desk.press("Q")
        assert desk.row(key).note == "quét sau"
        desk.press("Ctrl+D")
        desk.settled()
        desk.press("F9")
        assert desk.screen.taken is not None


def test_files_dropped_on_a_paper_are_its_own(desk: Desk, tmp_path: Path) -> None:
    key = first_paper(desk)
    file = tmp_path / "to khai.jpg"
    file.write_bytes(picture("Tờ khai"))
    view = desk.screen.procedure.papers.list
    place = view.viewport().mapTo(desk.screen, view.visualRect(view.model().index(0, 0)).center())
    _drop(desk, [file], QPointF(place))
    assert [row.name for row in on_the_way(desk, key)] == ["to khai.jpg"]
    assert desk.row(key).state == "Hợp lệ"


def _drop(desk: Desk, files: list[Path], on: QPointF) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    given: tuple[Any, ...] = (
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entered = QDragEnterEvent(on, *given)
    QApplication.sendEvent(desk.screen, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(desk.screen, QDropEvent(on, *given))


def test_whoever_is_new_has_no_papers_on_the_shelf_and_is_called_so(desk: Desk) -> None:
    desk.press("K")
    assert desk.codes()[-1:] != ["scan.shelf-of-new"]
    first_paper(desk)
    desk.press("K")
    assert desk.codes()[-1] == "scan.shelf-of-new"
    assert desk.told().startswith(f"{HUONG.name} chưa có trong danh sách người dân")


def test_a_paper_of_the_shelf_does_for_the_one_that_is_asked_for(desk: Desk, feeder: Feeder, work: Workshop) -> None:
    key = first_paper(desk)
    feeder.load(work.page(1))
    desk.press("F6")
    desk.press("Ctrl+D")
    desk.settled()
    desk.press("F9")
    assert desk.screen.taken is not None
    first = desk.office.read(papers.of_dossier, desk.screen.taken.id)[0]
    desk.press("F2")
    first_paper(desk)
    desk.press("K")
    shelf = pages_of(desk).deeds.shelf
    assert shelf is not None
    assert shelf.isVisible()
    desk.qtbot.waitUntil(lambda: shelf.current is not None)
    desk.press("Return")
    assert desk.row(key).state == "Dùng lại"
    desk.press("Ctrl+D")
    desk.settled()
    desk.press("F9")
    kept = desk.office.read(papers.of_dossier, desk.screen.taken.id)
    assert [(paper.component, paper.reused_from) for paper in kept] == [(key, first.id)]


def test_separator_sheets_of_a_draft_lead_a_mixed_stack_to_its_papers(
    desk: Desk, feeder: Feeder, work: Workshop
) -> None:
    first_paper(desk, BIRTH)
    desk.press("Ctrl+Shift+P")
    pages = pages_of(desk)
    assert pages._separators is not None
    preview = pages._separators.preview
    assert preview is not None
    assert preview.isVisible()
    assert preview.pages == len(desk.screen.procedure.papers.model.rows)
    shot(desk.window, "separators")
    content = bytes(preview._buffer.data().data())
    desk.press("Esc")
    codes = [codes_on(picture_of(content, number)) for number in range(preview.pages)]
    assert all(len(each) == 1 for each in codes)
    wanted = [key_of(row.line) for row in desk.screen.procedure.papers.model.rows]
    feeder.load(
        *(
            page
            for number, code in enumerate(codes[:2])
            for page in (
                work.page(4 * number + 1, codes=tuple(code)),
                work.page(4 * number + 2),
                work.page(4 * number + 3),
            )
        )
    )
    desk.press("Shift+F6")
    assert [len(on_the_way(desk, key)) for key in wanted[:2]] == [2, 2]
    assert len(on_the_way(desk)) == 4
    for key in wanted[:2]:
        assert desk.row(key).state == "Chưa kiểm tra"
