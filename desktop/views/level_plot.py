"""The ratings of the last months: a stacked bar for each, the best below, with the rate over it; in words as well."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.assets import Look
from desktop.models import rating_words as words
from onestop.rules.ratings import Month
from onestop.texts import _

COLOURS = ("good", "bar", "edge", "warning", "danger")
"""Of the levels from 1 to 5; the legend beside the plot names them by icon and word too."""


class LevelPlot(QWidget):
    """`show_months(months)`: the oldest at the left."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._months: tuple[Month, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_months(self, months: Sequence[Month]) -> None:
        """Other figures."""
        self._months = tuple(months)
        self.setAccessibleDescription("; ".join(map(self._said, self._months)) or _("Chưa có số liệu"))
        self.update()

    def _said(self, month: Month) -> str:
        counts = ", ".join(f"{words.level(level)} {count}" for level, count in enumerate(month.counts, 1) if count)
        said = counts or _("chưa có đánh giá")
        return (
            f"{words.month(month)}: {words.rate(month.counts)}, {said}" if counts else f"{words.month(month)}: {said}"
        )

    def sizeHint(self) -> QSize:
        return QSize(self._look.size("side"), self._look.size("level_plot"))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.size("field_narrow"), self._look.size("level_plot"))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._months:
            return
        look, painter = self._look, QPainter(self)
        painter.setFont(look.font("note", figures=True))
        line, gap, hair = painter.fontMetrics().height(), look.space("xs"), look.space("hair")
        base = self.height() - line - gap
        room = base - line - gap
        most = max(1, *(sum(month.counts) for month in self._months), 1)
        step = self.width() / len(self._months)
        width = min(step - look.space("m"), float(look.size("plot_bar")))
        painter.fillRect(QRectF(0, base, self.width(), hair), look.colour("line"))
        for place, month in enumerate(self._months):
            left, top = place * step + (step - width) / 2, float(base)
            for colour, count in zip(COLOURS, month.counts, strict=True):
                if count:
                    height = max(room * count / most, 2.0 * hair)
                    top -= height
                    painter.fillRect(QRectF(left, top, width, max(height - hair, float(hair))), look.colour(colour))
            painter.setPen(look.colour("quiet"))
            under = QRectF(place * step, base + gap, step, line)
            painter.drawText(under, Qt.AlignmentFlag.AlignCenter, f"{month.month:02}/{month.year % 100:02}")
            if sum(month.counts):
                painter.setPen(look.colour("ink"))
                above = QRectF(place * step, top - line, step, line)
                painter.drawText(above, Qt.AlignmentFlag.AlignCenter, words.rate(month.counts))
