"""Coming in: with a password, with a one-time code the first time, by a tile, by the fast change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.assets import Look
from desktop.views.login import ClerkTile, LoginPage, LoginPanel
from desktop.views.screen import Clerk
from onestop.texts import sentence
from tests.desktop.looks import put_away
from tests.desktop.pretend import CLERKS, pretend_door


class Scene:
    def __init__(self, look: Look, qtbot: QtBot, *, demo: bool = False) -> None:
        self.qtbot = qtbot
        self.page = LoginPage(look, pretend_door(demo=demo))
        qtbot.addWidget(self.page)
        self.page.resize(1366, 768)
        self.page.show()
        self.panel: LoginPanel = self.page.panel
        self.panel.start()
        self.entered: list[Clerk] = []
        self.panel.entered.connect(self.entered.append)

    def type(self, line: QLineEdit, text: str, *, enter: bool = True) -> None:
        line.selectAll()
        self.qtbot.keyClicks(line, text)
        if enter:
            self.qtbot.keyClick(line, Qt.Key.Key_Return)

    def focus(self) -> object:
        return self.page.focusWidget()


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    made = Look(qapp)
    made.apply("light")
    yield made
    put_away(made)


@pytest.fixture
def scene(look: Look, qtbot: QtBot) -> Scene:
    return Scene(look, qtbot)


def test_with_the_keyboard_alone(scene: Scene) -> None:
    assert scene.focus() is scene.panel.password, "the last login is there already"
    scene.type(scene.panel.password, "dung")
    assert scene.entered == [CLERKS[0]]
    assert scene.panel.password.text() == "", "no password stays in a field"


def test_enter_goes_to_what_is_still_needed(scene: Scene) -> None:
    scene.panel.login.clear()
    scene.type(scene.panel.password, "dung")
    assert scene.focus() is scene.panel.login
    scene.type(scene.panel.login, "duc")
    assert scene.entered == [CLERKS[1]]


def test_a_wrong_password_says_so_and_nothing_more(scene: Scene) -> None:
    scene.type(scene.panel.password, "sai")
    assert scene.entered == []
    assert scene.panel.fault.words.text() == sentence("login.refused")
    assert scene.panel.button.isEnabled()
    scene.qtbot.keyClicks(scene.panel.password, "d")
    assert not scene.panel.fault.isVisible()


def test_the_first_time_a_password_is_chosen(scene: Scene) -> None:
    panel = scene.panel
    assert not panel.first_field.isVisible()
    scene.type(panel.password, "MA")
    assert scene.focus() is panel.first
    scene.type(panel.first, "short")
    scene.type(panel.second, "short")
    assert panel.first_field.wrong
    scene.type(panel.first, "long enough", enter=False)
    scene.type(panel.second, "something else")
    assert panel.second_field.wrong
    assert scene.entered == []
    scene.type(panel.second, "long enough")
    assert scene.entered == [CLERKS[0]]


def test_passwords_are_not_shown(scene: Scene) -> None:
    for line in (scene.panel.password, scene.panel.first, scene.panel.second):
        assert line.echoMode() == QLineEdit.EchoMode.Password


def test_a_tile_fills_in_the_login(scene: Scene) -> None:
    tiles = scene.page.findChildren(ClerkTile)
    scene.qtbot.mouseClick(tiles[1], Qt.MouseButton.LeftButton)
    assert scene.panel.login.text() == "duc"
    assert scene.focus() is scene.panel.password
    assert scene.entered == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_tile_is_reached_by_arrows_and_pressed_by_return(look: Look, qtbot: QtBot, key: Qt.Key) -> None:
    scene = Scene(look, qtbot, demo=True)
    tiles = scene.page.findChildren(ClerkTile)
    tiles[0].setFocus()
    qtbot.keyClick(tiles[0], Qt.Key.Key_Down)
    assert scene.focus() is tiles[1]
    qtbot.keyClick(tiles[1], key)
    assert scene.entered == [CLERKS[1]]


def test_an_empty_password_is_said_at_its_field(scene: Scene) -> None:
    panel = scene.panel
    panel.login.setFocus()
    scene.qtbot.keyClick(panel.login, Qt.Key.Key_Return)
    assert scene.focus() is panel.password
    assert not panel.password_field.wrong, "one has only come here"
    scene.qtbot.keyClick(panel.password, Qt.Key.Key_Return)
    assert panel.password_field.wrong
    assert panel.password_field.note.text() == "Nhập mật khẩu hoặc mã dùng một lần."
    scene.qtbot.keyClicks(panel.password, "s")
    assert not panel.password_field.wrong
    panel.password.clear()
    scene.qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    assert panel.password_field.wrong
    assert scene.focus() is panel.password
    assert panel.button.isEnabled()


def test_an_empty_new_password_is_said_too(scene: Scene) -> None:
    scene.type(scene.panel.password, "MA")
    scene.qtbot.keyClick(scene.panel.first, Qt.Key.Key_Return)
    assert scene.panel.first_field.wrong
    scene.type(scene.panel.first, "long enough")
    assert scene.focus() is scene.panel.second
    scene.qtbot.keyClick(scene.panel.second, Qt.Key.Key_Return)
    assert scene.panel.second_field.wrong
    assert scene.entered == []


def test_in_a_demo_office_a_tile_is_enough(look: Look, qtbot: QtBot) -> None:
    scene = Scene(look, qtbot, demo=True)
    tile = scene.page.findChildren(ClerkTile)[2]
    tile.setFocus()
    qtbot.keyClick(tile, Qt.Key.Key_Space)
    assert scene.entered == [CLERKS[2]]


def test_every_control_has_a_name(scene: Scene) -> None:
    for line in (scene.panel.login, scene.panel.password, scene.panel.first, scene.panel.second):
        assert line.accessibleName()
    for tile in scene.page.findChildren(ClerkTile):
        assert tile.accessibleName()
