"""What is pressed: buttons, chips that filter a list, a figure that opens its list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from desktop.assets import Look
from desktop.views.badges import KeyHint
from desktop.views.laying import Flow, across, down
from desktop.views.wording import Words, grouped
from onestop.texts import _


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
