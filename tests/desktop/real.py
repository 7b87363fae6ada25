"""The frame with real screens on a demo office, without threads: what a test of a screen stands on.

`MOTCUA_SHOTS=folder` keeps the pictures that `shot` takes.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop import crash
from desktop.app import SCREENS, App
from desktop.assets import Look
from desktop.bus import Bus
from desktop.crash import Reports
from desktop.desk import Desk
from desktop.jobs import DirectJobs, Jobs
from desktop.office import Office
from desktop.settings import Settings
from desktop.views.main_window import MainWindow, Place
from desktop.views.screen import Clerk, Counter, Screen
from onestop.rules.roles import ROLE_NAMES, Role, may
from tests.desktop.looks import put_away
from tests.desktop.pretend import PretendShelf


@contextmanager
def real_window(
    application: QApplication,
    office: Office,
    *places: Place,
    jobs: Jobs | None = None,
    theme: str = "light",
    scale: int = 100,
    **services: Any,
) -> Iterator[MainWindow]:
    """The window at 1366×768 with these places, for the clerk who acts in `office`; shown by whoever wants it seen."""
    look = Look(application)
    look.apply(theme, scale)
    desk = Desk(office, jobs or DirectJobs(), Bus(), Reports(None))
    service = SimpleNamespace(office=office, **services)
    window = MainWindow(look, desk, Settings(None, PretendShelf()), service=service)
    for place in places:
        window.add(place)
    window.show_office(office.row.parent_name)
    window.resize(1366, 768)
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        put_away(look)


@contextmanager
def real_program(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """The program's own window on a folder, its demo clerk at the desk."""
    monkeypatch.setattr(crash, "install", lambda *_: None)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    app = App(application, folder, DirectJobs(), login="demo")
    app.window.show()
    app.open_office()
    yield app
    app.close()
    app.put_away()


def enter(window: MainWindow, office: Office, start: str) -> None:
    """Let the clerk who acts in `office` come to the desk."""
    actor = office.actor
    assert actor is not None
    clerk = Clerk(actor.id, actor.id, actor.name, ROLE_NAMES[Role(actor.role)], actor.counter or "")
    window.show_clerk(clerk, lambda permission: may(actor.role, permission), start)


def here(window: MainWindow, kind: type[Screen]) -> Any:
    """The screen that is shown, which is one of this kind."""
    assert isinstance(window.shown, kind)
    return window.shown


class Elsewhere(Screen):
    """Stands for a screen that one goes to from the one under test; it hears the wishes that the real one hears."""

    def __init__(self, counter: Counter, hears: frozenset[str]) -> None:
        super().__init__(counter)
        self.hears = hears
        self.wishes: list[dict[str, Any]] = []

    def wished(self, **wish: Any) -> None:
        self.wishes.append(wish)


def elsewhere(*keys: str) -> list[Place]:
    """Places of the program with a stand-in each."""
    files = {key: (file, name) for key, _command, file, name, _foot in SCREENS}

    def place(key: str) -> Place:
        file, name = files[key]
        hears = getattr(importlib.import_module(file), name).hears
        return Place(key, f"go.{key}", lambda counter: Elsewhere(counter, hears))

    return [place(key) for key in keys]


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where `widget` is."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers))


def write(widget: QWidget, text: str) -> None:
    """Type `text`, whatever letters it has."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def shot(window: QWidget, name: str) -> None:
    """Keep a picture, where a folder for them was named."""
    folder = os.environ.get("MOTCUA_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        window.grab().save(str(Path(folder) / f"{name}.png"))


@dataclass(frozen=True)
class Changed:
    """What a write touched, as the bus carries it."""

    touched: Mapping[str, frozenset[str]]

    def of(self, table: str) -> frozenset[str]:
        return self.touched.get(table, frozenset())

    def __bool__(self) -> bool:
        return bool(self.touched)
