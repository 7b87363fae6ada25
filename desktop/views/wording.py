"""Words and symbols on the screen: a label that grows with its letters, several lines, an icon."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QLabel,
    QSizePolicy,
    QWidget,
)

from desktop.assets import Look
from desktop.views.laying import restyle


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


def grouped(number: int) -> str:
    """1204 → "1.204"."""
    return f"{number:,}".replace(",", ".")


def key_text(keys: str) -> str:
    """ "Ctrl+Return" → "Ctrl ↵": a shortcut as it stands on a key hint."""
    names = {"Return": "↵", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→", "Plus": "+", "Minus": "−"}
    parts = [part for part in keys.replace("++", "+Plus").split("+") if part]
    return " ".join(names.get(part, part) for part in parts)
