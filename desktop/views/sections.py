"""What side panes and long sheets are made of: headed sections, facts by name, lines with an icon, a long column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy, QWidget

from desktop.assets import Look
from desktop.views.badges import Pill
from desktop.views.buttons import Button
from desktop.views.laying import across, down
from desktop.views.wording import Symbol, Words


class Leaf(QScrollArea):
    """A column that scrolls when it is longer than its place. It takes the focus, so that keys scroll it."""

    def __init__(self, look: Look, name: str, *, inside: str = "m", top: str = "none", gap: str = "l") -> None:
        super().__init__()
        self._look, self._inside, self._top, self._gap = look, inside, top, gap
        self.setObjectName("leaf")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)

    def show_parts(self, parts: Iterable[QWidget | QLayout], *, stay: bool = False) -> None:
        """Other parts; `stay` keeps the place that one has scrolled to."""
        place = self.verticalScrollBar().value() if stay else 0
        content = QWidget()
        content.setProperty("bare", True)
        column = down(self._look, *parts, None, gap=self._gap)
        # The ring around it takes its room from the margin, so that the words stand in line with those outside.
        side = max(0, self._look.space(self._inside) - self._look.space("ring"))
        column.setContentsMargins(side, self._look.space(self._top), side, self._look.space("s"))
        content.setLayout(column)
        old = self.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self.setWidget(content)
        content.show()
        self.verticalScrollBar().setValue(place)

    def fit(self, width: int, most: int) -> None:
        """As high as its parts ask for at this width, but no higher than `most`: in a sheet that fits its content."""
        content = self.widget()
        layout = content.layout() if content is not None else None
        if layout is not None:
            content.ensurePolished()
            tall = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
            self.setFixedHeight(min(tall + 2 * self._look.space("xs"), most))  # with room for the ring around it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar = self.verticalScrollBar()
            bar.setValue(bar.minimum() if event.key() == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)


SIDE_SHARE = 0.4
"""No side pane takes more of the window than this, however large the text is."""


def side_width(look: Look, name: str, widget: QWidget) -> int:
    """The width of a side pane: that of its name, but never so much that nothing is left for the list."""
    return min(look.size(name), round(widget.window().width() * SIDE_SHARE))


class Calm(QObject):
    """Does it at once, but while it is asked for again and again (an arrow key held down) only when that rests."""

    def __init__(self, look: Look, call: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._call = call
        self._last = QElapsedTimer()
        self._rest = QTimer(self, singleShot=True, interval=look.time("typing"))
        self._rest.timeout.connect(call)

    def ask(self) -> None:
        """Do it, now or soon."""
        hurried = self._last.isValid() and not self._last.hasExpired(self._rest.interval())
        self._last.start()
        if hurried:
            self._rest.start()
        else:
            self._rest.stop()
            self._call()


def section(
    look: Look, title: str, *parts: QWidget | QLayout, mark: str = "", button: QWidget | None = None
) -> QWidget:
    """Parts under a quiet heading; `mark` says beside it that something about all of them is not certain."""
    part = QWidget()
    head = across(look, Words(look, title, "note", "quiet", strong=True), gap="s")
    if mark:
        head.addWidget(Pill(look, mark, "warning"))
    head.addStretch(1)
    if button is not None:
        head.addWidget(button)
    part.setLayout(down(look, head, *parts, gap="xs"))
    part.setAccessibleName(f"{title} ({mark})" if mark else title)
    return part


class Fact(QWidget):
    """A name at the left, what it is at the right, in as many lines as it needs."""

    def __init__(
        self, look: Look, name: str, value: str | QWidget, *, note: str = "", tone: str = "ink", share: str = "fact"
    ) -> None:
        super().__init__()
        self._look, self._share = look, share
        self.name = Words(look, name, tone="quiet", wrap=True)
        self.name.setFixedWidth(look.size(share))
        self.value = Words(look, value, tone=tone, wrap=True, figures=True) if isinstance(value, str) else value
        if isinstance(self.value, Words):
            self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.setAccessibleName(f"{name}: {value}")
        column: list[QWidget] = [self.value, *([Words(look, note, "note", "quiet", wrap=True)] if note else [])]
        row = across(look, self.name, (down(look, *column, gap="none"), 1), gap="s")
        if isinstance(value, str):
            row.setAlignment(self.name, Qt.AlignmentFlag.AlignTop)
        self.setLayout(row)
        self.setAccessibleDescription(note)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "name"):
            self.name.setFixedWidth(self._look.size(self._share))


def facts(look: Look, pairs: Sequence[tuple[str, str | None]], share: str = "fact") -> list[QWidget]:
    """One line for each pair that has a value."""
    return [Fact(look, name, value, share=share) for name, value in pairs if value]


def line(
    look: Look,
    text: str,
    note: str = "",
    *,
    icon: str = "",
    tone: str = "ink",
    strong: bool = False,
    end: QWidget | None = None,
    note_tone: str = "quiet",
) -> QWidget:
    """Words in as many lines as they need, a quiet line under them, an icon before them, something at their end."""
    column = [Words(look, text, wrap=True, strong=strong)]
    if note:
        column.append(Words(look, note, "note", note_tone, wrap=True))
    row = across(look, gap="s")
    if icon:
        symbol = Symbol(look, icon, tone, "icon_small")
        row.addWidget(symbol, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(down(look, *column, gap="none"), 1)
    if end is not None:
        row.addWidget(end, 0, Qt.AlignmentFlag.AlignTop)
    whole = QWidget()
    whole.setLayout(row)
    whole.setAccessibleName(f"{text}: {note}" if note else text)
    return whole


class Link(Button):
    """Words that open something, in as many lines as they need: a title, and a quiet line under it."""

    def __init__(self, look: Look, title: str, note: str = "", *, end: QWidget | None = None) -> None:
        super().__init__(look, "", "flat", name=f"{title}. {note}" if note else title)
        self.setProperty("row", True)
        self.title = Words(look, title, tone="accent", wrap=True)
        column = [self.title, *([Words(look, note, "note", "quiet", wrap=True)] if note else [])]
        row = across(look, (down(look, *column, gap="none"), 1), gap="s", margins=("none", "xs", "none", "xs"))
        if end is not None:
            row.addWidget(end, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(row)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else super().heightForWidth(width)
