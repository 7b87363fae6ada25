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
