"""The table of commands, and which of them can be pressed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.assets import Look
from desktop.views import commands as commands_module
from desktop.views.commands import COMMANDS, EVERYWHERE, Command, Commands
from onestop.rules.roles import Permission
from tests.desktop.looks import put_away

VIEWS = Path(commands_module.__file__).parent


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def commands(qapp: QApplication, window: QWidget) -> Iterator[Commands]:
    look = Look(qapp)
    look.apply("light")
    made = Commands(look, window)
    made.allow(lambda permission: True)
    yield made
    put_away(look)


def keys(command: Command) -> list[str]:
    return [
        QKeySequence(text).toString(QKeySequence.SequenceFormat.PortableText)
        for text in (command.shortcut, *command.more_shortcuts)
        if text
    ]


def test_no_key_does_two_things_in_one_place() -> None:
    taken: dict[tuple[str, str], str] = {}
    for command in COMMANDS:
        places = {command.place} if command.place else {one.place for one in COMMANDS}
        for place in places:
            for key in keys(command):
                assert key, command.key
                other = taken.setdefault((place, key), command.key)
                assert other == command.key, f"{key} in {place}: {other}, {command.key}"


def test_no_key_of_the_whole_window_is_taken_by_a_button_of_a_screen() -> None:
    everywhere = {key for command in COMMANDS if not command.place for key in keys(command)}
    local = re.compile(r'"(Alt\+[A-Z0-9])"')
    taken = [
        f"{file.name}: {key}"
        for file in VIEWS.glob("*.py")
        if file.name != "commands.py"
        for key in local.findall(file.read_text("utf-8"))
        if key in everywhere
    ]
    assert not taken


def test_every_shortcut_is_one_that_qt_knows() -> None:
    for command in COMMANDS:
        for key in (command.shortcut, *command.more_shortcuts):
            if key:
                assert QKeySequence(key).count() == 1, command.key
                assert QKeySequence(key)[0].key() != Qt.Key.Key_unknown, command.key


def test_nothing_can_be_pressed_that_nobody_does(commands: Commands) -> None:
    assert not any(commands[command.key].isEnabled() for command in COMMANDS)
    commands.bind({"dossier.new": lambda: None})
    assert [command.key for command in COMMANDS if commands[command.key].isEnabled()] == ["dossier.new"]


def test_a_command_of_a_screen_counts_on_that_screen_alone(commands: Commands) -> None:
    done: list[str] = []
    commands.bind({"receive.take": lambda: done.append("take"), "dossiers.print": lambda: done.append("print")})
    commands.enter("receive")
    assert commands["receive.take"].isEnabled()
    assert not commands["dossiers.print"].isEnabled()
    commands.press("dossiers.print")
    commands.press("receive.take")
    assert done == ["take"]
    commands.enter("dossiers")
    assert not commands["receive.take"].isEnabled()


def test_what_a_clerk_may_not_do_is_not_offered(commands: Commands) -> None:
    commands.bind({"receive.take": lambda: None, "keys": lambda: None})
    commands.enter("receive")
    commands.allow(lambda permission: permission is not Permission.RECEIVE)
    assert not commands["receive.take"].isEnabled()
    assert not commands["receive.take"].isVisible()
    assert commands["keys"].isEnabled()


def test_a_screen_dims_what_has_nothing_to_do(commands: Commands) -> None:
    commands.bind({"receive.take": lambda: None})
    commands.enter("receive")
    commands.enable("receive.take", False)
    assert not commands["receive.take"].isEnabled()
    commands.enter("receive")
    assert not commands["receive.take"].isEnabled(), "it stays dimmed until the screen says so"
    commands.enable("receive.take", True)
    assert commands["receive.take"].isEnabled()


def test_keys_press_the_action_even_while_typing(commands: Commands, window: QWidget, qtbot: QtBot) -> None:
    done: list[str] = []
    commands.bind({"receive.take": lambda: done.append("F9"), "dossiers.filter": lambda: done.append("/")})
    field = QLineEdit(window)
    window.show()
    field.setFocus()
    commands.enter("receive")
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, Qt.Key.Key_F9)
    assert done == ["F9"]
    commands.enter("dossiers")
    qtbot.keyClicks(field, "a/b")
    assert field.text() == "a/b", "a plain key belongs to the field one types in"
    assert done == ["F9"]


def test_here_lists_the_screens_own_commands_first(commands: Commands) -> None:
    commands.bind({"receive.take": lambda: None, "keys": lambda: None, "dossiers.print": lambda: None})
    commands.enter("receive")
    assert [command.key for command in commands.here()] == ["receive.take", "keys"]
    assert {command.place for command in commands.here()} == {"receive", EVERYWHERE}


def test_an_unknown_command_is_our_mistake(commands: Commands) -> None:
    with pytest.raises(KeyError):
        commands.bind({"nothing": lambda: None})
