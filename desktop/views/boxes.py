"""What holds other widgets: a card, a box, a scrolled part, what lies over the window, a note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from desktop.assets import Look
from desktop.views.badges import KeyHint
from desktop.views.laying import Item, across, down, restyle, show_if
from desktop.views.wording import Symbol, Words


class Hairline(QFrame):
    """A line of one pixel that carries nothing."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setFixedHeight(look.space("hair"))


class Card(QFrame):
    """A sheet on the ground. What is added stands in a column; `title` is a quiet heading with the key that leads here
    at its right. `add_wide` lets a list reach almost to the edges, its words in line with the others.

    The card carries its title for a screen reader.
    """

    def __init__(self, look: Look, title: str = "", key: str = "", *, gap: str = "m", padding: str = "l") -> None:
        super().__init__()
        self.look = look
        self._inner = look.space(padding) - look.space("xs")
        self._most = ""
        self.body = down(look, gap=gap, margins=("xs", padding, "xs", padding))
        self.setLayout(self.body)
        self.heading: Words | None = None
        if title:
            self.heading = Words(look, title, tone="quiet", strong=True)
            self.head = across(look, self.heading, None)
            if key:
                self.head.addWidget(KeyHint(look, key))
            self.add(self.head)
            self.setAccessibleName(title)

    def add(self, *items: Item) -> None:
        """Put these below what is there."""
        for item in items:
            thing, share = item if isinstance(item, tuple) else (item, 0)
            if thing is None:
                self.body.addStretch(1)
                continue
            line = QHBoxLayout()
            line.setContentsMargins(self._inner, 0, self._inner, 0)
            if isinstance(thing, QWidget):
                line.addWidget(thing)
            else:
                line.addLayout(thing)
            self.body.addLayout(line, share)

    def add_wide(self, thing: QWidget, share: int = 0) -> None:
        """Put this below what is there, from edge to edge."""
        self.body.addWidget(thing, share)

    def keep_within(self, size: str) -> None:
        """No wider than this, at every text size."""
        self._most = size
        self.setMaximumWidth(self.look.size(size))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_most") and self._most:
            self.keep_within(self._most)


class Box(QFrame):
    """A box inside a card: `tone` "" (raised), warning, danger, good, accent, paper."""

    def __init__(self, look: Look, tone: str = "", *, padding: str | Sequence[str] = "m", gap: str = "xs") -> None:
        super().__init__()
        self.setProperty("tone", tone)
        self.body = down(look, gap=gap, margins=padding)
        self.setLayout(self.body)

    def add(self, *items: Item) -> None:
        """Put these below what is there."""
        _more(self.body, items)

    def set_tone(self, tone: str) -> None:
        """Another tone."""
        self.setProperty("tone", tone)
        restyle(self)


class Scroll(QScrollArea):
    """Shows all of its content where there is room, else a bar; asks for as much room as the content does."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        content.setProperty("bare", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)
        content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()  # it never asks by itself again what its content needs
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return self.widget().sizeHint()

    def minimumSizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self.widget().minimumSizeHint().width() + bar, self.fontMetrics().height() * 4)


class Overlay(QFrame):
    """A sheet that lies over the window for a moment (search results, keys, change of clerk); Esc puts it away."""

    closed = Signal()
    alone = False
    """While it is there the function keys are its own, and not those of the screen below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._before: QWidget | None = None
        self.hide()

    def event(self, event: QEvent) -> bool:
        """A key that a widget in here has no use for comes by before it becomes a shortcut of the window."""
        passing = self.alone and event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if passing and Qt.Key.Key_F2 <= event.key() <= Qt.Key.Key_F12:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def lift(self, focus: QWidget) -> None:
        """Show it with the focus on this widget; where the focus was is remembered."""
        self._before = QApplication.focusWidget()
        self.show()
        self.raise_()
        focus.setFocus(Qt.FocusReason.PopupFocusReason)

    def fit(self, width: int = 0) -> None:
        """Take the size that the content asks for (or this width), but never more than the window has."""
        self.ensurePolished()
        window, hint = self.parentWidget(), self.sizeHint()
        wide = min(width or hint.width(), window.width())
        layout = self.layout()
        tall = layout.totalHeightForWidth(wide) if layout is not None and layout.hasHeightForWidth() else hint.height()
        self.resize(wide, min(tall, window.height() - self.y()))

    def put_away(self) -> None:
        """Hide it and give the focus back to where it was."""
        if not self.isVisible():
            return
        before, self._before = self._before, None
        focused = QApplication.focusWidget()
        mine = focused is not None and (focused is self or self.isAncestorOf(focused))
        self.hide()
        if mine and before is not None and isValid(before):
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside the sheet: nobody ends up behind what he is looking at."""
        at = start = QApplication.focusWidget()
        while at is not None:
            at = at.nextInFocusChain() if forward else at.previousInFocusChain()
            if at is None or at is start:
                break
            if (
                self.isAncestorOf(at)
                and at.isVisible()
                and at.isEnabled()
                and at.focusPolicy() & Qt.FocusPolicy.TabFocus
            ):
                at.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)


def _more(layout: QBoxLayout, items: Iterable[Item]) -> None:
    for item in items:
        thing, share = item if isinstance(item, tuple) else (item, 0)
        if thing is None:
            layout.addStretch(1)
        elif isinstance(thing, QWidget):
            layout.addWidget(thing, share)
        else:
            layout.addLayout(thing, share)


class Note(Box):
    """A remark beside what it is about: icon, words, and at the right or below what can be done about it."""

    ICONS: ClassVar = {"warning": "triangle-alert", "danger": "circle-alert", "good": "circle-check", "accent": "info"}

    def __init__(self, look: Look, text: str = "", tone: str = "warning", *buttons: QWidget) -> None:
        super().__init__(look, tone, padding="s", gap="xs")
        self.words = Words(look, text, tone=_ink_of(tone), wrap=True)
        self._symbol = Symbol(look, self.ICONS[tone], _ink_of(tone), "icon_small")
        line = across(look, self._symbol, (self.words, 1), gap="s", margins=("xs", "none", "xs", "none"))
        self._symbol.setMinimumHeight(look.metrics().height())  # in line with the first line of the words
        line.setAlignment(self._symbol, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)
        if buttons:
            self.body.addLayout(across(look, *buttons, None))
        self.setAccessibleName(text)

    def say(self, text: str) -> None:
        """Another remark; none hides it."""
        self.words.say(text)
        self.setAccessibleName(text)
        show_if(self, bool(text))


def _ink_of(tone: str) -> str:
    return "accent_soft_ink" if tone == "accent" else tone
