"""What is filled in: a field with its label and fault, a choice, a search, a number that is masked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from desktop.assets import Look
from desktop.views.badges import KeyHint
from desktop.views.buttons import Button
from desktop.views.laying import across, down, restyle, show_if
from desktop.views.wording import Symbol, Words, elided
from onestop.texts import _


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
