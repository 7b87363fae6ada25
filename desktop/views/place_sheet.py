"""Which component pages or a paper go to: picked from a short list by arrows, by number, or by the first letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.assets import Look
from desktop.models.scan_places import tray_name
from desktop.views.checklist_row import short_name
from desktop.views.pick import PickSheet
from desktop.views.suggest import OPTION, Option
from onestop.queries.scanning import Slot
from onestop.rules.papers import TRAY
from onestop.rules.text import fold
from onestop.texts import _

DIGITS = "123456789"


class PlaceSheet(PickSheet):
    """`pick(title, slots, then)`: `then(component)` with the key of the one picked, None for the tray."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window)
        self._typed = ""
        self._untouched = True
        self._keys: list[str] = []
        self._options: list[Option] = []
        self.list.installEventFilter(self)

    def pick(
        self,
        title: str,
        slots: Sequence[Slot],
        then: Callable[[Any], None],
        *,
        tray: bool = True,
        besides: str | None = None,
    ) -> None:
        """Show the components but `besides` (where they are now), and the tray last."""
        self._typed, self._untouched = "", True
        self._keys = [slot.key for slot in slots]
        named: list[tuple[object, str]] = [(slot.key, short_name(slot.name)) for slot in slots if slot.key != besides]
        if tray:
            named.append((TRAY, tray_name()))
        self._options = [Option(key, name, number=number) for number, (key, name) in enumerate(named, 1)]
        self.offer(title, self._options, then)
        self.foot.say(_("Số hoặc chữ đầu để chọn · Enter chuyển · Esc đóng"))

    def propose(self, place: int, sure: int) -> None:
        """What the words of the page speak for: said at its row, which is marked unless somebody is choosing already.
        `place`: of `slots` as they were given; `sure`: percent."""
        key = self._keys[place] if 0 <= place < len(self._keys) else None
        at = next((at for at, option in enumerate(self._options) if option.key == key and key is not None), -1)
        if at < 0 or self.isHidden():
            return
        mark = _("có lẽ là giấy này, {sure} %").format(sure=sure)
        self._options[at] = replace(self._options[at], mark=mark, mark_tone="accent")
        item = self.list.item(at)
        item.setData(OPTION, self._options[at])
        item.setText(f"{self._options[at].title}. {mark}")
        if self._untouched:
            self.list.setCurrentRow(at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            text, self._untouched = event.text(), False
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                # Here and not in the list: that would take the row, and let the key go on to take it once more.
                self._take(self.list.currentItem())
                return True
            if text and text in DIGITS:
                if int(text) <= self.list.count():
                    self._take(self.list.item(int(text) - 1))
                return True
            if text.strip() and text.isprintable():
                self._look_for(text)
                return True
        return super().eventFilter(watched, event)

    def _look_for(self, letter: str) -> None:
        """Mark the first name that has a word beginning with what was typed, marks or none."""
        for typed in (fold(self._typed + letter), fold(letter)):
            for at, option in enumerate(self._options):
                folded = fold(option.title)
                if folded.startswith(typed) or f" {typed}" in folded:
                    self.list.setCurrentRow(at)
                    self._typed = typed
                    return
