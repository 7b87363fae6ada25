"""Hears a card reader that types like a keyboard, whichever field has the focus, and keeps its burst out of that field.

The rhythm is judged by the pure `ReaderEar`; here keys are held back, let through again, or handed on as a reading.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from onestop.rules.identity import Heard, ReaderEar

_NO_LETTER = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_SILENT = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Mode_switch,
)
"""Keys that come between a reader's letters and say nothing by themselves."""
_ENDS = {Qt.Key.Key_Return: "\r", Qt.Key.Key_Enter: "\r", Qt.Key.Key_Tab: "\t"}


@dataclass(slots=True)
class _Held:
    """A key that the field has not got yet, or a letter that an input method made."""

    press: QKeyEvent | QInputMethodEvent
    release: QKeyEvent | None = None


def _milliseconds() -> float:
    return time.monotonic_ns() / 1_000_000


class Reader(QObject):
    """One for the program: it listens to whatever has the focus. `read(text)` for every scan; the focus has not moved.

    `clock` gives milliseconds; tests replace it.
    """

    read = Signal(str)

    def __init__(self, application: QApplication, clock: Callable[[], float] = _milliseconds) -> None:
        super().__init__(application)
        self._clock = clock
        self._ear = ReaderEar()
        self._held: list[_Held] = []
        self._sending = False
        self._field: QWidget | None = None
        self._wake = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._wake.timeout.connect(lambda: self._take(self._ear.silence(self._clock())))
        application.focusChanged.connect(self._moved)
        self._moved(None, application.focusWidget())

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Listen where the keys go now. What was held back goes to the field that it was typed into."""
        if self._held:
            self._take(self._ear.interrupt())
        if self._field is not None and isValid(self._field):
            self._field.removeEventFilter(self)
        self._field = new or QApplication.activeWindow()
        if self._field is not None:
            self._field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._sending:
            return False
        if isinstance(event, QInputMethodEvent):
            return self._composed(event)
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyPress:
            return self._press(event)
        return event.type() == QEvent.Type.KeyRelease and self._release(event)

    def _press(self, event: QKeyEvent) -> bool:
        if event.key() in _SILENT:
            return False
        if event.key() == Qt.Key.Key_Backspace and not event.modifiers() & _NO_LETTER and self._erased():
            return True
        char = _ENDS.get(Qt.Key(event.key()), event.text())
        modified = event.modifiers() & _NO_LETTER and not event.modifiers() & Qt.KeyboardModifier.GroupSwitchModifier
        if len(char) != 1 or event.isAutoRepeat() or modified or (not char.isprintable() and char not in "\r\t"):
            self._take(self._ear.interrupt())
            return False
        now = self._clock()
        if self._held:
            self._take(self._ear.silence(now))
        self._held.append(_Held(event.clone()))
        self._take(self._ear.hear(char, now))
        return True

    def _composed(self, event: QInputMethodEvent) -> bool:
        """An input method (Telex of Windows, IBus) has a hand in what comes. In the middle of a reading its words are
        the reader's, and what it is still composing shows nowhere; else it is somebody who types."""
        if not self._ear.in_burst(self._clock()):
            return False
        for _letter in range(event.replacementLength()):
            self._erased()
        for letter in event.commitString():
            made = QInputMethodEvent()
            made.setCommitString(letter)
            self._held.append(_Held(made))
            self._take(self._ear.hear(letter, self._clock()))
        return True

    def _erased(self) -> bool:
        """Backspace: in the middle of a reading Unikey takes a letter back, to put one with its mark."""
        heard = self._ear.erase(self._clock())
        if heard is None:
            return False
        self._held.pop()
        self._take(heard)
        return True

    def _release(self, event: QKeyEvent) -> bool:
        """A key that is let go before the field has got it is let go there afterwards."""
        for held in self._held:
            if held.release is None and isinstance(held.press, QKeyEvent) and held.press.key() == event.key():
                held.release = event.clone()
                return True
        return False

    def _take(self, heard: Heard) -> None:
        self._wake.stop()
        if heard.take_back:
            self._send_back(heard.take_back)
        given, self._held = self._held[: len(heard.typed)], self._held[len(heard.typed) :]
        if heard.reading is not None:
            self._held = []
        for held in given:
            self._let_through(held)
        if heard.wake_in is not None:
            self._wake.start(heard.wake_in)
        if heard.reading is not None:
            self.read.emit(heard.reading)

    def _let_through(self, held: _Held) -> None:
        for event in (held.press, held.release):
            if event is not None:
                self._send(event)

    def _send_back(self, count: int) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) * count:
            self._send(QKeyEvent(kind, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier, "\b"))

    def _send(self, event: QKeyEvent | QInputMethodEvent) -> None:
        if self._field is None or not isValid(self._field):
            return
        self._sending = True
        try:
            QCoreApplication.sendEvent(self._field, event)
        finally:
            self._sending = False
