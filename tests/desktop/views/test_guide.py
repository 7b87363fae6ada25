"""The guide inside the program: opened by a key at what is about the screen, read by keys, and true to the commands."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.views.catalogue import CatalogueScreen
from desktop.views.commands import COMMANDS
from desktop.views.guide import FOLDER, HEADINGS, OF_SETTINGS, PAGES, Guide, open_guide
from desktop.views.main_window import MainWindow, Place
from desktop.views.people import PeopleScreen
from tests.desktop.real import enter, press, real_window, shot

Key = Qt.Key
WRITTEN = ("clerk", "supervisor", "installer")


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, demo_office: Office) -> Iterator[MainWindow]:
    places = (
        Place("people", "go.people", PeopleScreen),
        Place("catalogue", "go.catalogue", CatalogueScreen),
    )
    with real_window(qapp, demo_office, *places) as made:
        enter(made, demo_office, "people")
        made.show()
        made.activateWindow()
        QTest.qWaitForWindowActive(made)
        yield made


def text(page: str) -> str:
    return (FOLDER / f"{page}.md").read_text("utf-8")


def test_it_opens_at_what_is_about_the_screen(window: MainWindow) -> None:
    guide = open_guide(window)
    assert guide.isVisible()
    assert "Ctrl+K" in guide.view.toPlainText()
    assert guide.view.verticalScrollBar().value() > 0, "the part about people is further down"
    shot(window, "guide")
    press(QApplication.focusWidget(), Key.Key_Escape)
    assert not guide.isVisible()
    window.go("catalogue")
    assert open_guide(window) is guide
    open_guide(window)
    assert not guide.isVisible(), "the same key closes it"


def test_pages_are_turned_by_keys_and_links(window: MainWindow) -> None:
    guide = open_guide(window)
    press(guide.view, Key.Key_Right)
    assert guide.pages.chosen == "supervisor"
    assert "Quyết định của địa phương" in guide.view.toPlainText()
    press(guide.view, Key.Key_Left)
    assert guide.pages.chosen == "clerk"
    guide.view.anchorClicked.emit(QUrl("office-file.md"))
    assert guide.pages.chosen == "office-file"


def test_pictures_are_as_wide_as_the_column(window: MainWindow) -> None:
    guide = open_guide(window)
    kind = QTextDocument.ResourceType.ImageResource.value
    image = guide.view.loadResource(kind, QUrl("images/receive-light.png"))
    assert isinstance(image, QImage)
    assert 0 < image.width() / image.devicePixelRatio() <= guide.view.viewport().width()
    assert guide.view.loadResource(kind, QUrl("images/none.png")).isNull()


def test_every_screen_has_its_heading() -> None:
    headings = re.findall(r"^#+ (.+)$", text("clerk"), re.MULTILINE)
    assert set(HEADINGS.values()) <= set(headings)
    page, heading = OF_SETTINGS
    assert heading in re.findall(r"^#+ (.+)$", text(page), re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_links_and_pictures_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", text(page)):
        assert (FOLDER / target).exists(), target


@pytest.mark.parametrize("page", WRITTEN)
def test_keys_that_it_names_are_keys_of_commands(page: str) -> None:
    known = {QKeySequence(key) for command in COMMANDS for key in (command.shortcut, *command.more_shortcuts) if key}
    named = re.findall(r"\b(?:Ctrl|Alt|Shift)(?:\+(?:Shift|[A-Z]|Enter|F\d))+\b|\bF\d\b", text(page))
    assert named or page == "installer"
    local = {"Alt+B", "Alt+N", "Ctrl+Z", "Shift+R", "Ctrl+C"}  # of a part of a screen, not of the screen
    for key in named:
        assert key in local or QKeySequence(key) in known, key


def test_one_guide_for_a_window(window: MainWindow) -> None:
    open_guide(window)
    open_guide(window)
    assert len(window.findChildren(Guide)) == 1
