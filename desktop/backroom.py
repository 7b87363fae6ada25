"""The back room: while nobody types, papers get their files of record and are read; it steps aside at the first key."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop import filing
from desktop.bus import Level, Notice
from desktop.desk import Desk
from desktop.filing import Backlog, Piece
from desktop.jobs import Ticket
from desktop.settings import Settings
from onestop.rules.roles import Permission, may

EVERY = 3_000
"""Milliseconds between two looks for something to do."""
QUIET = 4.0
"""Seconds without a key or a click after which nobody is working."""
_HANDS = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class Backroom(QObject):
    """Made when somebody has come to the desk. `look()` is called by itself; `stop()` at the end."""

    def __init__(self, desk: Desk, office: Any, work: Any, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._office, self._work, self._settings = desk, office, work, settings
        self._backlog = Backlog()
        self._ticket: Ticket | None = None
        self._touched = time.monotonic()
        self._due = True
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        desk.bus.changed.connect(self._heard)
        handle = window.windowHandle()
        if handle is not None:  # there keys and clicks pass once, and little else does
            handle.installEventFilter(self)

    @property
    def busy(self) -> bool:
        """Is a piece under way?"""
        return self._ticket is not None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _HANDS:
            self._touched = time.monotonic()
        return False

    def _heard(self, changes: Any) -> None:
        if changes.of("document"):
            self._due = True

    def look(self) -> None:
        """Do the next piece, if there is one and nobody is working just now."""
        actor = self._office.actor
        quiet = time.monotonic() - self._touched >= QUIET
        if not self._due or self.busy or not quiet or actor is None or not may(actor.role, Permission.SCAN):
            return
        self._due = False
        ticket = self._desk.run(
            filing.do_next,
            self._office,
            self._work,
            self._backlog,
            read=filing.reads_pages(self._settings),
            then=self._done,
            always=self._ended,
            owner=self,
        )
        self._ticket = None if ticket.over else ticket

    def _done(self, piece: Piece) -> None:
        self._due = self._due or piece.paper is not None
        for remark in piece.unfit:
            self._desk.bus.tell(Notice(Level.WARNING, remark.code, dict(remark.details), f"filing.{piece.paper}"))

    def _ended(self) -> None:
        self._ticket = None

    def stop(self) -> None:
        """Let what is under way be given up."""
        self._timer.stop()
        if self._ticket is not None:
            self._ticket.cancel()
