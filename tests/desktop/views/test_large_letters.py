"""Large letters on 1366×768, chosen while the screen is there: no word, no key is cut through, no page comes unseen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.views.badges import KeyHint
from desktop.views.buttons import Button
from desktop.views.main_window import Holder, MainWindow
from desktop.views.receive import ReceiveScreen
from desktop.views.wording import Words
from onestop import clock, texts
from tests.desktop.at_the_desk import Desk, desk_of
from tests.desktop.real import here, shot
from tests.desktop.views.scan_desk import BIRTH_PAPER, a_dossier, scan_desk
from tests.desktop.views.sign_desk import sign_desk
from tests.helpers.feeder import Feeder, Workshop
from tests.helpers.office import BIRTH, MONDAY


@pytest.fixture
def receiving(qapp: QApplication, qtbot: QtBot, demo_office: Office, tmp_path: Path) -> Iterator[Callable[[int], Desk]]:
    """Tiếp nhận with a birth and a scanner that has two pages; the letters grow when all of it is there."""
    feeder, work = Feeder(tmp_path / "spool"), Workshop(demo_office.files)
    with clock.frozen(MONDAY), desk_of(qapp, qtbot, demo_office, scanners=feeder, pagework=work) as desk:
        desk.ready(code=BIRTH)
        desk.screen.procedure.papers.list.setFocus()
        desk.press("Home")
        feeder.load(work.page(1), work.page(2))

        def begin(scale: int) -> Desk:
            grow(desk.window, scale)
            return desk

        yield begin


def grow(window: MainWindow, scale: int) -> None:
    """Letters of another size, as Ctrl++ does it."""
    window.look.apply("light", scale)
    QApplication.sendPostedEvents()


def cut(screen: QWidget) -> list[str]:
    """The words of which some letters are out of sight at the side. What may end in "…" ends so; a key is whole or
    not there."""
    found = []
    for label in screen.findChildren(QLabel):
        free = isinstance(label, Words) and (label._elide or label.wordWrap())
        if not label.isVisible() or not label.text() or free or label.visibleRegion().isEmpty():
            continue
        if isinstance(label, KeyHint) and not label.whole:
            continue
        seen = label.visibleRegion().boundingRect().width()
        if seen < max(map(label.fontMetrics().horizontalAdvance, label.text().splitlines())):
            found.append(label.text())
    return found


def fits(area: QScrollArea) -> bool:
    """Is nothing of its content beyond its right edge?"""
    content = area.widget()
    return content is not None and content.width() <= area.viewport().width()


def sideways(window: MainWindow) -> int:
    """How far the screen scrolls sideways."""
    return next(each.horizontalScrollBar().maximum() for each in window.findChildren(Holder) if each.isVisible())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_scanning_cuts_no_button(
    qapp: QApplication, qtbot: QtBot, demo_office: Office, tmp_path: Path, language: str
) -> None:
    texts.use(language)
    with scan_desk(demo_office, qapp, qtbot, tmp_path, a_dossier) as desk:
        key = desk.slot(BIRTH_PAPER)
        desk.add(key, "một")
        desk.go_to(key)
        grow(desk.window, 150)
        qtbot.waitUntil(lambda: not cut(desk.screen))
        assert sideways(desk.window) == 0
        shot(desk.window, f"large-scan-{language}")
        desk.press("Ctrl+S")
        desk.settled()
        desk.press("Down")
        qtbot.waitUntil(lambda: bool(desk.screen.side.paper))
        qtbot.waitUntil(lambda: not cut(desk.screen))
        assert sideways(desk.window) == 0
        qtbot.waitUntil(lambda: fits(desk.screen.side.form.body))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_receiving_cuts_no_word(receiving: Callable[[int], Desk], language: str) -> None:
    desk = receiving(150)
    texts.use(language)
    desk.window.retranslate()
    desk.screen = here(desk.window, ReceiveScreen)
    grow(desk.window, 100)
    grow(desk.window, 150)
    desk.qtbot.waitUntil(lambda: not cut(desk.screen))
    assert sideways(desk.window) == 0
    for side in (desk.screen.person.side, desk.screen.receipt.side):
        assert fits(side)


def test_a_key_is_drawn_whole_or_not_at_all(receiving: Callable[[int], Desk]) -> None:
    desk = receiving(100)
    button = Button(desk.window.look, "Tệp", key="Ctrl+O")
    button.setParent(desk.window)
    button.show()
    hint = button.findChild(KeyHint)
    assert hint is not None

    def drawn(width: int) -> bool:
        button.resize(width, button.sizeHint().height())
        QApplication.sendPostedEvents()
        image = button.grab().toImage().copy(hint.geometry())
        plain = image.copy()
        plain.fill(image.pixelColor(0, 0))
        return image != plain

    assert drawn(button.sizeHint().width())
    assert not drawn(button.sizeHint().width() - hint.sizeHint().width() // 2)
    assert drawn(button.sizeHint().width())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_of_what_is_to_be_signed_the_code_is_whole(
    qapp: QApplication, qtbot: QtBot, demo_office: Office, tmp_path: Path, language: str
) -> None:
    texts.use(language)
    with sign_desk(demo_office, qapp, qtbot, tmp_path) as desk:
        papers = desk.screen.list
        header, keys = papers.horizontalHeader(), [column.key for column in papers.table.columns]

        def shown() -> list[str]:
            return [key for at, key in enumerate(keys) if not header.isSectionHidden(at)]

        def whole_code() -> bool:
            at = keys.index("code")
            return papers.sizeHintForIndex(papers.table.index(0, at)).width() <= header.sectionSize(at)

        assert shown() == keys and whole_code()
        grow(desk.window, 150)
        qtbot.waitUntil(lambda: shown() == ["tick", "title", "owner", "code"])
        assert header.length() <= papers.viewport().width()
        assert whole_code()
        tip = papers.table.columns[keys.index("title")].tip
        assert tip is not None and due_said(tip(papers.papers[0]))
        shot(desk.window, f"large-sign-{language}")
        grow(desk.window, 100)
        qtbot.waitUntil(lambda: shown() == keys)


def due_said(tip: str) -> bool:
    """Does it say how many pages, and since when?"""
    return len(tip.splitlines()) == 3 and "2026" in tip


def whole_rows(desk: Desk) -> list[QRect]:
    """Where the rows of the checklist stand that are wholly in sight."""
    papers = desk.screen.procedure.papers.list
    rects = [papers.visualRect(papers.papers.index(at)) for at in range(papers.papers.rowCount())]
    return [rect for rect in rects if papers.viewport().rect().contains(rect)]


def test_papers_with_pages_below_keep_three_whole_rows(receiving: Callable[[int], Desk]) -> None:
    desk = receiving(100)
    desk.press("F6")
    papers = desk.screen.procedure.papers
    desk.qtbot.waitUntil(lambda: papers.pages is not None and papers.pages.isVisible())
    desk.qtbot.waitUntil(lambda: len(whole_rows(desk)) >= 3)
    pages, bottom = papers.pages, papers.list.geometry().bottom()
    assert pages is not None
    top = pages.title.mapTo(papers, QPoint()).y()  # type: ignore[attr-defined]
    assert top - bottom > desk.window.look.space("s")


def test_pages_that_come_are_in_sight(receiving: Callable[[int], Desk]) -> None:
    desk = receiving(150)
    desk.press("F6")
    panel = desk.screen.procedure
    port = panel.working.viewport()

    def seen() -> bool:
        strip = desk.screen.pages.strip
        return strip.isVisible() and port.rect().contains(QRect(strip.mapTo(port, QPoint()), strip.size()))

    desk.qtbot.waitUntil(seen)
    shot(desk.window, "large-pages")
    panel.working.verticalScrollBar().setValue(0)
    desk.screen.pages.load()
    QApplication.sendPostedEvents()
    assert not seen(), "only pages that come move the papers"
