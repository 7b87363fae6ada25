"""The small widgets that screens are made of: words, cards, fields, badges, chips, buttons, empty and waiting states.

Every one takes the `Look` first. Lengths are names of `resources/theme/measures.toml`, tones names of colour tokens.
Texts come in already translated. What a widget is called for a screen reader is its visible text unless said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import ClassVar, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop.assets import Look
from desktop.models import due as due_words
from onestop import clock
from onestop.texts import _

Item = QWidget | QLayout | None | tuple[QWidget | QLayout, int]
"""What `across` and `down` lay out: a widget, a layout, None for what is left over, or either with its share of it."""


Layout = TypeVar("Layout", bound=QBoxLayout)


# -- laying out


def across(look: Look, *items: Item, gap: str = "s", margins: str | Sequence[str] = "none") -> QHBoxLayout:
    """A row from left to right; `margins` one name for all sides or four (left, top, right, bottom)."""
    return _lay(look, QHBoxLayout(), items, gap, margins)


def down(look: Look, *items: Item, gap: str = "s", margins: str | Sequence[str] = "none") -> QVBoxLayout:
    """A column from top to bottom."""
    return _lay(look, QVBoxLayout(), items, gap, margins)


def _lay(look: Look, layout: Layout, items: Iterable[Item], gap: str, margins: str | Sequence[str]) -> Layout:
    sides = [margins] * 4 if isinstance(margins, str) else list(margins)
    layout.setContentsMargins(*(look.space(side) for side in sides))
    layout.setSpacing(look.space(gap))
    for item in items:
        thing, share = item if isinstance(item, tuple) else (item, 0)
        if thing is None:
            layout.addStretch(1)
        elif isinstance(thing, QWidget):
            layout.addWidget(thing, share)
        else:
            layout.addLayout(thing, share)
    return layout


def titled(look: Look, title: QWidget, *details: QWidget) -> QBoxLayout:
    """A title with quiet details: at its right, with large letters under it."""
    if look.large:
        return down(look, title, across(look, *details[:-1], (details[-1], 1)), gap="none")
    return across(look, (title, 1), *details, gap="m")


def emptied(layout: QLayout) -> None:
    """Take every widget out of a column and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class Flow(QLayout):
    """Items side by side, in as many lines as the width asks for (chips, badges)."""

    def __init__(self, look: Look, gap: str = "s") -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = look.space(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, height = rect.x(), rect.y(), 0
        line: list[tuple[QLayoutItem, int]] = []
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                self._put(line, y, height, move=move)
                line, x, y, height = [], rect.x(), y + height + self._gap, 0
            line.append((item, x))
            x += size.width() + self._gap
            height = max(height, size.height())
        self._put(line, y, height, move=move)
        return y + height - rect.y()

    def _put(self, line: Sequence[tuple[QLayoutItem, int]], y: int, height: int, *, move: bool) -> None:
        """The items of a line, each in the middle of its height."""
        for item, x in line if move else ():
            size = item.sizeHint()
            item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at the widget's properties again."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def show_if(widget: QWidget, on: bool) -> None:
    """Show or hide it. One that has no place yet comes into sight with its place: `setVisible(True)` on it would open a
    window of its own for a moment, which takes the focus away."""
    if on and widget.parent() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    else:
        widget.setVisible(on)


def key_text(keys: str) -> str:
    """ "Ctrl+Return" → "Ctrl ↵": a shortcut as it stands on a key hint."""
    names = {"Return": "↵", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→", "Plus": "+", "Minus": "−"}
    parts = [part for part in keys.replace("++", "+Plus").split("+") if part]
    return " ".join(names.get(part, part) for part in parts)


# -- words


class Words(QLabel):
    """A text. `size` note, body, lead, title, figure; `tone` ink, quiet, accent, danger, warning, good.

    `figures`: digits of one width (codes, money). `wrap`: as many lines as needed. `elide`: one line, cut with "…", the
    whole in the tooltip.
    """

    def __init__(
        self,
        look: Look,
        text: str = "",
        size: str = "body",
        tone: str = "ink",
        *,
        strong: bool = False,
        figures: bool = False,
        wrap: bool = False,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._elide = elide
        self.setProperty("letters", size)
        self.setProperty("tone", tone)
        if strong:
            self.setProperty("strong", True)
        if figures:
            font = self.font()
            font.setFeature(QFont.Tag("tnum"), 1)
            self.setFont(font)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.say(text)

    def say(self, text: str) -> None:
        """Another text."""
        if text != self.text():
            self.setText(text)
            if self._elide:
                self.setToolTip(text)

    def set_tone(self, tone: str) -> None:
        """Another colour."""
        if tone != self.property("tone"):
            self.setProperty("tone", tone)
            restyle(self)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(self.fontMetrics().averageCharWidth() * 4, hint.height()) if self._elide else hint

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(self.alignment() | Qt.TextFlag.TextSingleLine), text)


class Lines(Words):
    """A sentence in one line or two; one that is longer than that ends in "…" until all of it is asked for. `fitted`
    when it takes other lines."""

    FEW = 2
    fitted = Signal()
    widened = Signal()
    """It has another width."""

    def __init__(self, look: Look, text: str = "", tone: str = "ink") -> None:
        self.whole = False
        self.lines: list[str] = []
        super().__init__(look, text, tone=tone)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def say(self, text: str) -> None:
        """Another sentence, short again."""
        super().say(text)
        self.show_whole(False)

    def show_whole(self, whole: bool) -> None:
        """In as many lines as it takes, or in few."""
        self.whole = whole
        self._fit()

    def long(self, text: str = "", width: int = 0) -> bool:
        """Would this text, or its own, be longer than a few lines of this width, or of its own?"""
        lines = broken(text or self.text(), self.fontMetrics().horizontalAdvance, width or self.width())
        return len(lines) > self.FEW

    def _fit(self) -> None:
        metrics, width = self.fontMetrics(), self.width()
        long = metrics.horizontalAdvance
        lines = broken(self.text(), long, width, 0 if self.whole else self.FEW)
        # Asked of a line that fits by a hair, Qt would shorten it.
        self.lines = [elided(metrics, line, width) if long(line) > width else line for line in lines]
        self.setToolTip(self.text() if " ".join(self.lines) != " ".join(self.text().split()) else "")
        self.updateGeometry()
        self.update()
        self.fitted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.widened.emit()
            self._fit()

    def sizeHint(self) -> QSize:
        air = 2 * self._look.space("xs") if len(self.lines) > 1 else 0
        return QSize(0, max(1, len(self.lines)) * self.fontMetrics().lineSpacing() + air)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, high = QPainter(self), self.fontMetrics().lineSpacing()
        painter.setPen(self.palette().color(self.foregroundRole()))
        top = (self.height() - len(self.lines) * high) // 2
        for number, line in enumerate(self.lines):
            place = QRect(0, top + number * high, self.width(), high)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), line)


class Symbol(QLabel):
    """An icon that stands beside words; it says nothing to a screen reader by itself."""

    def __init__(self, look: Look, name: str = "", tone: str = "ink", size: str = "icon") -> None:
        super().__init__()
        self._look, self._size = look, size
        self._name, self._tone = name, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._draw()

    def set(self, name: str, tone: str = "") -> None:
        """Another icon, another tone."""
        self._name, self._tone = name, tone or self._tone
        self._draw()

    def _draw(self) -> None:
        if self._name:
            self.setPixmap(self._look.pixmap(self._name, self._tone, self._size))
        else:
            self.clear()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._name:
            self.setPixmap(self._look.pixmap(self._name, self._tone, self._size))


# -- boxes


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


# -- badges


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


# -- buttons


def pressed_by(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Return does on a button what Space does; False for any other key."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not plain:
        return False
    button.click()
    return True


class Button(QPushButton):
    """A button, with the key that does the same drawn inside it.

    `kind` "" (ordinary), main (one on a screen), danger, flat, link; `big` for the main one at the foot of a column.
    With `action` it does, is enabled as, and is described by that action.
    """

    def __init__(
        self,
        look: Look,
        text: str = "",
        kind: str = "",
        *,
        key: str = "",
        icon: str = "",
        big: bool = False,
        action: QAction | None = None,
        name: str = "",
    ) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", kind)
        if big:
            self.setProperty("big", True)
        if action is not None:
            text = text or action.text()
            key = key or action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
            self.clicked.connect(action.trigger)
            action.changed.connect(self._follow)
            self._action: QAction | None = action
        else:
            self._action = None
        self._label: QLabel | None = None
        if key:
            self._label = QLabel(text)
            self._label.setObjectName("buttonWords")
            self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            hint = KeyHint(look, key)
            hint.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)  # the words come first
            self.setLayout(across(look, None, self._label, hint, None, gap="s", margins=("m", "none", "m", "none")))
        else:
            self.setText(text)
        if icon:
            look.dress(self, icon, {"main": "on_accent", "danger": "danger", "link": "accent"}.get(kind, "ink"))
        self.setAccessibleName(name or text)
        if key:
            self.setAccessibleDescription(_("Phím {key}").format(key=key))
        if action is not None:
            self._follow()

    def _follow(self) -> None:
        if self._action is not None:
            self.setEnabled(self._action.isEnabled())
            self.setToolTip(self._action.toolTip() if self._action.toolTip() != self._action.text() else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by(self, event):
            super().keyPressEvent(event)

    def say(self, text: str) -> None:
        """Another text."""
        if self._label is not None:
            self._label.setText(text)
        else:
            self.setText(text)
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.property("kind") == "main":
            # On the accent its own colour would not be seen: a second ring inside the first.
            look, painter = self._look, QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = painter.pen()
            pen.setColor(look.colour("on_accent"))
            pen.setWidth(look.space("ring"))
            painter.setPen(pen)
            inside = 1.5 * look.space("ring") + look.space("hair")
            radius = look.space("radius_key")
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inside, inside, -inside, -inside), radius, radius)

    def sizeHint(self) -> QSize:
        hint, layout = super().sizeHint(), self.layout()
        return hint if layout is None else QSize(layout.sizeHint().width(), hint.height())

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        if layout is None:
            return super().minimumSizeHint()
        return QSize(layout.minimumSize().width(), self.sizeHint().height())


class Chip(QPushButton):
    """One filter of a bar of chips."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """With room for the strong letters of the one that is chosen, so that nothing moves when another is."""
        hint, strong = super().sizeHint(), QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        wider = QFontMetrics(strong).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text())
        return QSize(hint.width() + max(0, wider), hint.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the bar goes along with them
        elif not pressed_by(self, event):
            super().keyPressEvent(event)


class Chips(QWidget):
    """Filters as chips, one of them chosen; Left and Right go along them. `picked(key)` when the person chooses."""

    picked = Signal(str)

    def __init__(self, look: Look, choices: Sequence[tuple[str, str]], name: str) -> None:
        super().__init__()
        self._words = dict(choices)
        self._chips: dict[str, Chip] = {}
        flow = Flow(look)
        for key, text in choices:
            chip = Chip(text)
            chip.clicked.connect(lambda _checked=False, key=key: self._clicked(key))
            self._chips[key] = chip
            flow.addWidget(chip)
        self.setLayout(flow)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if choices:
            self.choose(choices[0][0])

    @property
    def chosen(self) -> str:
        """The key of the chosen chip."""
        return next((key for key, chip in self._chips.items() if chip.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose without telling anybody."""
        for one, chip in self._chips.items():
            chip.setChecked(one == key)

    def set_counts(self, counts: dict[str, int]) -> None:
        """The figure behind each word, with a point between the thousands; chips that have none keep their word."""
        for key, chip in self._chips.items():
            count = counts.get(key)
            chip.setText(self._words[key] if count is None else f"{self._words[key]} {grouped(count)}")
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
        self.updateGeometry()

    def show_only(self, keys: Iterable[str]) -> None:
        """Hide the others."""
        wanted = set(keys)
        for key, chip in self._chips.items():
            chip.setVisible(key in wanted)

    def _clicked(self, key: str) -> None:
        self.choose(key)
        self.picked.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        chips = [chip for chip in self._chips.values() if chip.isVisible()]
        here = next((place for place, chip in enumerate(chips) if chip.hasFocus()), None)
        if step and here is not None:
            chip = chips[(here + step) % len(chips)]
            chip.setFocus(Qt.FocusReason.TabFocusReason)
            chip.click()
        else:
            super().keyPressEvent(event)


def grouped(number: int) -> str:
    """1204 → "1.204"."""
    return f"{number:,}".replace(",", ".")


class Figure(QPushButton):
    """A figure of the day that opens its list: word, number, and a line about it."""

    def __init__(self, look: Look, label: str, tone: str = "ink") -> None:
        super().__init__()
        self._label = label
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.number = Words(look, "–", "figure", tone, strong=True)
        self.note = Words(look, "", "note", "quiet", wrap=True)
        name = Words(look, label, tone="quiet", wrap=True)
        column = down(look, name, self.number, self.note, None, gap="xs", margins="l")
        self.setLayout(column)
        for label_widget in self.findChildren(QLabel):
            label_widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(label)

    def show_figure(self, number: str, note: str = "", tone: str = "") -> None:
        """`number` as text ("1.204", "98,4 %", "–" for unknown)."""
        self.number.say(number)
        self.note.say(note)
        if tone:
            self.number.set_tone(tone)
        self.setAccessibleName(f"{self._label}: {number}. {note}".rstrip(". "))

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()


# -- inputs


class Field(QWidget):
    """A label over an input and, when it is at fault, the reason under it.

    The input gets the label as its name for a screen reader, `help` and the fault as its description.
    """

    def __init__(self, look: Look, label: str, control: QWidget, help: str = "", *, required: bool = False) -> None:
        super().__init__()
        self.control = control
        self._help = help
        self.label = Words(look, label, "body", "quiet")
        self.label.setBuddy(control)
        self.note = Words(look, help, "note", "quiet", wrap=True)
        show_if(self.note, bool(help))
        top = across(look, self.label, gap="xs")
        if required:
            mark = Words(look, "*", tone="danger")
            mark.setToolTip(_("Bắt buộc"))
            top.addWidget(mark)
        top.addStretch(1)
        self.setLayout(down(look, top, control, self.note, gap="xs"))
        self.setFocusProxy(control)
        control.setAccessibleName(f"{label} (" + _("bắt buộc") + ")" if required else label)
        control.setAccessibleDescription(help)

    @property
    def wrong(self) -> bool:
        """Is it marked as at fault?"""
        return bool(self.control.property("wrong"))

    def say_wrong(self, text: str) -> None:
        """Mark it and say why; "" takes the mark away."""
        fault = bool(text)
        self.note.say(text or self._help)
        self.note.set_tone("danger" if fault else "quiet")
        show_if(self.note, bool(text or self._help))
        self.control.setAccessibleDescription(text or self._help)
        if fault != self.wrong:
            self.control.setProperty("wrong", fault)
            restyle(self.control)

    def say_note(self, text: str, tone: str = "warning") -> None:
        """Say something that is odd about it without marking it as at fault; "" brings the help back."""
        self.say_wrong("")
        if text:
            self.note.say(text)
            self.note.set_tone(tone)
            self.note.show()
            self.control.setAccessibleDescription(text)

    def clear(self) -> None:
        """No longer at fault."""
        self.say_wrong("")


class Choice(QComboBox):
    """A list of choices that a turn of the wheel passing over does not change. `value` is the data of the choice."""

    def __init__(self, look: Look, choices: Sequence[tuple[object, str]] = ()) -> None:
        super().__init__()
        self._look = look
        view = QListView(self)
        self.setView(view)
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setMaxVisibleItems(12)
        self.set_choices(choices)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        """Other choices; the chosen value stays if it is still among them."""
        before = self.currentData()
        self.blockSignals(True)
        self.clear()
        for value, text in choices:
            self.addItem(text, value)
        self.choose(before)
        self.blockSignals(False)

    @property
    def value(self) -> object:
        """The data of what is chosen."""
        return self.currentData()

    def choose(self, value: object) -> None:
        """Choose by value; one that is not there changes nothing."""
        for place in range(self.count()):
            if self.itemData(place) == value:
                self.setCurrentIndex(place)
                return

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.view().isVisible():
            super().wheelEvent(event)
        else:
            event.ignore()

    @property
    def shown(self) -> str:
        """What is chosen as it stands there: a choice that is too long ends in "…"."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        kind, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(kind, option, part, self).width() - self._look.space("xs")
        return elided(self.fontMetrics(), option.currentText, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """By hand: under a style sheet Qt would cut through a letter."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown
        self.setToolTip(self.currentText() if self.shown != self.currentText() else "")
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def showPopup(self) -> None:
        """The list is as wide as its longest choice asks, where the screen has room for it."""
        view = self.view()
        frame = 2 * view.frameWidth() + view.verticalScrollBar().sizeHint().width()
        wanted = view.sizeHintForColumn(0) + frame
        view.setMinimumWidth(min(wanted, self.window().width() - self._look.space("l")))
        super().showPopup()

    def sizeHint(self) -> QSize:
        """Room for the longest choice, and what it keeps from the arrow."""
        return super().sizeHint() + QSize(self._look.space("xs"), 0)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() + QSize(self._look.space("xs"), 0)


class SearchField(QLineEdit):
    """A field to search in: `typed(text)` after a short rest, `hurried(text)` at Enter. Down goes to the results."""

    typed = Signal(str)
    hurried = Signal(str)
    down = Signal()

    def __init__(self, look: Look, hint: str, key: str = "") -> None:
        super().__init__()
        self._look = look
        self._hint = KeyHint(look, key) if key else None
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(False)
        self._icon = Symbol(look, "search", "quiet", "icon_small")
        self._icon.setParent(self)
        self._icon.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if self._hint is not None:
            self._hint.setParent(self)
        self._rest = QTimer(self, singleShot=True, interval=look.time("typing"))
        self._rest.timeout.connect(lambda: self.typed.emit(self.text()))
        self.textChanged.connect(self._changed)
        self._margins()

    def _margins(self) -> None:
        left = self._look.size("icon_small") + self._look.space("xs")
        right = self._hint.sizeHint().width() + self._look.space("xs") if self._hint is not None else 0
        self.setTextMargins(left, 0, right, 0)

    def _changed(self) -> None:
        if self._hint is not None:
            self._hint.setVisible(not self.text())
        self._rest.start()

    def resizeEvent(self, event: QEvent) -> None:  # type: ignore[override]
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._margins()
            self._place()

    def _place(self) -> None:
        side = self._look.size("icon_small")
        self._icon.setGeometry(self._look.space("s"), (self.height() - side) // 2, side, side)
        if self._hint is not None:
            size = self._hint.sizeHint()
            left = self.width() - size.width() - self._look.space("s")
            self._hint.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())

    def empty(self) -> None:
        """Nothing typed any more, and nothing searched for."""
        self.put("")

    def put(self, text: str) -> None:
        """This text, without searching for it."""
        self.blockSignals(True)
        self.setText(text)
        self.blockSignals(False)
        self._changed()
        self._rest.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._rest.stop()
            self.hurried.emit(self.text())
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class MaskedNumber(QWidget):
    """A number of a person, masked until it is asked for: `asked` when the eye is pressed, then `reveal(full)`."""

    asked = Signal()

    def __init__(self, look: Look, masked: str = "") -> None:
        super().__init__()
        self._look = look
        self.words = Words(look, masked, figures=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.eye = Button(look, "", "link", icon="eye", name=_("Xem đủ số"))
        self.eye.setToolTip(_("Xem đủ số (việc xem được ghi lại)"))
        self.eye.clicked.connect(self.asked)
        self.setLayout(across(look, self.words, self.eye, None, gap="xs"))
        self.show_masked(masked)

    def show_masked(self, masked: str) -> None:
        """Another person's number, masked."""
        self.words.say(masked)
        self.eye.setVisible(bool(masked))

    def reveal(self, full: str) -> None:
        """The number in full, after the act that opened it."""
        self.words.say(full)
        self.eye.hide()


# -- nothing there, not there yet


class EmptyState(QWidget):
    """Nothing to show: what that means and what to do next."""

    def __init__(
        self, look: Look, icon: str, title: str, text: str = "", button: QAbstractButton | None = None
    ) -> None:
        super().__init__()
        symbol = Symbol(look, icon, "quiet", "icon_big")
        self.title = Words(look, title, "lead", strong=True)
        self.text = Words(look, text, tone="quiet", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.text.setMaximumWidth(look.size("panel_words"))
        # The text stands between stretches, not aligned: an aligned label is given the height of one line only.
        middle = across(look, None, (self.text, 8), None)
        column = down(look, None, symbol, self.title, middle, gap="s", margins="xl")
        for item in (symbol, self.title):
            column.setAlignment(item, Qt.AlignmentFlag.AlignHCenter)
        if button is not None:
            column.addSpacing(look.space("s"))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setLayout(column)
        self.setAccessibleName(title)

    def say(self, title: str, text: str = "") -> None:
        """Other words."""
        self.title.say(title)
        self.text.say(text)
        self.setAccessibleName(title)


class Skeleton(QWidget):
    """Quiet bars where words will stand; nothing moves."""

    SHARES = (0.42, 0.78, 0.61, 0.7, 0.52)

    def __init__(self, look: Look, lines: int = 6) -> None:
        super().__init__()
        self._look, self._lines = look, lines
        self.setAccessibleName(_("Đang tải"))

    def sizeHint(self) -> QSize:
        return QSize(self._look.size("field_narrow"), self._look.size("row") * self._lines)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("line"))
        height, row = self._look.size("skeleton"), self._look.size("row")
        for line in range(self._lines):
            width = round(self.width() * self.SHARES[line % len(self.SHARES)])
            top = line * row + (row - height) // 2
            painter.drawRoundedRect(0, top, width, height, height / 2, height / 2)


class Room(QWidget):
    """Asks for the least height that it can do with, and takes whatever the rest leaves: a place for what scrolls.

    A scroll area by itself asks for as much as its content has, and so makes the whole screen scroll.
    """

    def __init__(self, least: int) -> None:
        super().__init__()
        self.setMinimumHeight(least)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())


class Awaiting(QWidget):
    """Content that may have to be waited for: nothing changes for a moment, then a quiet skeleton.

    `wait()` when it is asked for, `ready()` when it is here.
    """

    def __init__(self, look: Look, content: QWidget, lines: int = 6) -> None:
        super().__init__()
        self.content = content
        self._stack = QStackedLayout(self)  # with its widget: by itself it would show the first page as a window
        self._stack.addWidget(content)
        self._stack.addWidget(Skeleton(look, lines))
        self._timer = QTimer(self, singleShot=True, interval=look.time("skeleton"))
        self._timer.timeout.connect(lambda: self._stack.setCurrentIndex(1))

    def wait(self) -> None:
        """It has been asked for."""
        self._timer.start()

    def ready(self) -> None:
        """It is here."""
        self._timer.stop()
        self._stack.setCurrentIndex(0)


def initials(name: str) -> str:
    """ "Trần Thu Hà" → "TH": given name last, as people are called."""
    parts = name.split()
    return "".join(part[0] for part in parts[-2:]).upper()


def broken(text: str, width_of: Callable[[str], int], width: int, most: int = 0) -> list[str]:
    """`text` in lines of at most `width`, cut at spaces; with `most` in no more lines than that: the last may still be
    too long, as may a single word."""
    lines: list[str] = []
    words = text.split()
    while words and not (most and len(lines) == most - 1):
        line = words.pop(0)
        while words and width_of(f"{line} {words[0]}") <= width:
            line = f"{line} {words.pop(0)}"
        lines.append(line)
    return [*lines, " ".join(words)] if words else lines


def elided(metrics: QFontMetrics, text: str, width: int) -> str:
    """`text` cut to `width` pixels."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


Handler = Callable[[], None]
