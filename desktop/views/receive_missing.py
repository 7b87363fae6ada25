"""The line of Tiếp nhận that names what a dossier still needs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent

from desktop.assets import Look
from desktop.views.boxes import Box
from desktop.views.buttons import Button
from desktop.views.laying import across, show_if
from desktop.views.wording import Lines, Symbol
from onestop.texts import _

MOST_NAMED = 4
"""Things missing that are named; of the others it is said how many."""


class MissingLine(Box):
    """The line, or two, that names what is still needed, with what can be done about papers at its right."""

    def __init__(self, look: Look, button: Button) -> None:
        super().__init__(look, "warning", padding="xs")
        self.words = Lines(look, tone="warning")
        self._symbol = Symbol(look, "triangle-alert", "warning", "icon_small")
        line = across(look, self._symbol, (self.words, 1), button, margins=("s", "none", "xs", "none"))
        self.add(line)
        self._look = look
        self.setMinimumHeight(look.size("row"))
        self._missing: Sequence[str] = ()
        self.words.widened.connect(self._name)
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_missing"):
            self.setMinimumHeight(self._look.size("row"))

    def name(self, missing: Sequence[str]) -> None:
        """What is missing: as many by name as two lines have room for, of the others how many."""
        self._missing = missing
        self._name()

    def _name(self) -> None:
        missing = self._missing
        for most in range(min(len(missing), MOST_NAMED), 0, -1):
            more = [_("{count} mục nữa").format(count=len(missing) - most)] if len(missing) > most else []
            text = _("Còn thiếu: {what}.").format(what=", ".join([*missing[:most], *more])).replace("….", "…")
            if most == 1 or not self.words.long(text):
                self._say(text, good=False)
                return

    def say(self, text: str, *, good: bool = False) -> None:
        """Another sentence; none hides the line. `good`: nothing is missing any more."""
        self._missing = ()
        self._say(text, good=good)

    def _say(self, text: str, *, good: bool) -> None:
        tone = "good" if good else "warning"
        if tone != self.property("tone"):
            self.set_tone(tone)
        self._symbol.set("circle-check" if good else "triangle-alert", tone)
        self.words.set_tone(tone)
        self.words.say(text)
        self.setAccessibleName(text)
        show_if(self, bool(text))
