"""What stands in the place of what is not there, or not there yet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QSizePolicy,
    QStackedLayout,
    QWidget,
)

from desktop.assets import Look
from desktop.views.laying import across, down
from desktop.views.wording import Symbol, Words
from onestop.texts import _


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


Handler = Callable[[], None]
