"""The card reader on a serial port, listened to beside the keyboard: its texts take the road of a reader that types.

Off unless a port is chosen in the settings. A reader that was pulled out is looked for again every few seconds; that it
is gone, and that it is back, is said once.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer

from desktop.bus import Level
from desktop.desk import Desk
from desktop.devices.serial_card import SerialCard
from desktop.settings import Settings
from desktop.views.reader import Reader
from onestop.rules.errors import DeviceTrouble

POLL = 30
"""Milliseconds between two looks at what has come."""
AGAIN = 3_000
"""Milliseconds between two tries to open the port."""


class CardPort(QObject):
    """One for the window. `make` makes the reader of a port; tests give another."""

    def __init__(self, desk: Desk, settings: Settings, reader: Reader, parent: QObject, make: Any = SerialCard) -> None:
        super().__init__(parent)
        self._desk, self._settings, self._reader, self._make = desk, settings, reader, make
        self._card: Any = None
        self._said = ""
        self._trying = False
        self._poll = QTimer(self, interval=POLL)
        self._poll.timeout.connect(self._listen)
        self._again = QTimer(self, interval=AGAIN)
        self._again.timeout.connect(self._connect)
        settings.watch(self._changed)
        self._choose()

    @property
    def connected(self) -> bool:
        """Whether a reader is listened to."""
        return self._card is not None and self._card.connected

    def _changed(self, key: str) -> None:
        if key in ("card_port", "card_speed"):
            self._choose()

    def _choose(self) -> None:
        """Another port, or none."""
        self.close()
        port = str(self._settings.get("card_port"))
        if port:
            self._card = self._make(port, int(self._settings.get("card_speed")))
            self._again.start()
            self._connect()

    def _connect(self) -> None:
        if self._card is None or self._card.connected or self._trying:
            return
        self._trying = True
        self._desk.run(_open, self._card, then=self._tried, owner=self, always=self._over)

    def _over(self) -> None:
        self._trying = False

    def _tried(self, trouble: DeviceTrouble | None) -> None:
        """Said once, not every three seconds."""
        code = trouble.code if trouble is not None else ""
        if trouble is not None and code != self._said:
            self._desk.tell(Level.WARNING, code, **trouble.details)
        elif trouble is None and self._said:
            self._desk.tell(Level.GOOD, "reader.back", port=self._card.port)
        self._said = code
        if trouble is None:
            self._poll.start()

    def _listen(self) -> None:
        for text in self._card.poll():
            self._reader.read.emit(text)
        if not self._card.connected:
            self._poll.stop()
            self._connect()

    def close(self) -> None:
        """Let the port go."""
        self._poll.stop()
        self._again.stop()
        if self._card is not None:
            self._card.close()
        self._card, self._said = None, ""


def _open(_report: Any, card: Any) -> DeviceTrouble | None:
    """In a worker. The trouble is an answer: the port is tried again and again."""
    try:
        card.connect()
    except DeviceTrouble as trouble:
        return trouble
    return None
