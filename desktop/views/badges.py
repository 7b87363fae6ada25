"""Small signs beside a thing: a key, a figure in a pill, a state with icon and word, how far off a date is."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QLabel,
    QSizePolicy,
    QWidget,
)

from desktop.assets import Look
from desktop.models import due as due_words
from desktop.views.laying import across, restyle, show_if
from desktop.views.wording import Symbol, Words, key_text
from onestop import clock


class KeyHint(QLabel):
    """The key that does it, drawn as a key: "F9", "Ctrl ↵". Not read out: the action says its key itself."""

    def __init__(self, look: Look, keys: str) -> None:
        super().__init__(key_text(keys))
        self._look = look
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        height = self._look.size("key")
        return QSize(max(hint.width(), height), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._look.size("key"))

    @property
    def whole(self) -> bool:
        """Is there room for all of it? Otherwise none of it is seen: half a key would be another one."""
        return self.width() >= self.sizeHint().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hide_half()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_look"):
            self._hide_half()

    def _hide_half(self) -> None:
        # By a mask: hiding it would have the layout begin anew, and the style sheet draws its frame without asking.
        if self.whole:
            self.clearMask()
        else:
            self.setMask(QRegion(-1, -1, 1, 1))


class Pill(QLabel):
    """A word in a rounded field: a state, a count. `tone` quiet, accent, warning, danger, good."""

    def __init__(self, look: Look, text: str = "", tone: str = "accent") -> None:
        super().__init__()
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(text)

    def say(self, text: str, tone: str = "") -> None:
        """Another word; none hides it."""
        self.setText(text)
        show_if(self, bool(text))
        if tone and tone != self.property("tone"):
            self.setProperty("tone", tone)
            restyle(self)


class State(QWidget):
    """A state in the only way that it is ever shown: icon, word and colour."""

    def __init__(
        self,
        look: Look,
        icon: str = "",
        text: str = "",
        tone: str = "ink",
        *,
        strong: bool = False,
        wrap: bool = False,
    ) -> None:
        super().__init__()
        self._symbol = Symbol(look, icon or "circle", tone, "icon_small")
        self.words = Words(look, text, tone=tone, strong=strong, wrap=wrap)
        row = across(look, self._symbol, (self.words, 1), gap="xs") if wrap else None
        self.setLayout(row or across(look, self._symbol, self.words, None, gap="xs"))
        if wrap:
            self.layout().setAlignment(self._symbol, Qt.AlignmentFlag.AlignTop)
        self.show_state(icon, text, tone)

    def show_state(self, icon: str, text: str, tone: str) -> None:
        """Another state."""
        show_if(self._symbol, bool(icon))
        if icon:
            self._symbol.set(icon, tone)
        self.words.say(text)
        self.words.set_tone(tone)
        self.setAccessibleName(text)


class DueLabel(State):
    """A return date in words ("hôm nay 16:00"), the exact time on hover and for the screen reader."""

    def show_due(self, due: datetime | None, finished: datetime | None = None, now: datetime | None = None) -> None:
        """`now` is the clock's unless given."""
        said = due_words.words(due, now or clock.now(), finished)
        self.show_state(said.icon, said.text, said.tone)
        self.setToolTip(said.exact)
        self.setAccessibleDescription(said.exact)
