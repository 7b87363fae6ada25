"""One plot: bars of a day by the hour, with its figures in words for a screen reader."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.assets import Look
from desktop.views.wording import grouped
from onestop.texts import _


class BarPlot(QWidget):
    """Bars with their figures above and their labels below; one of them is now."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._bars: tuple[tuple[str, int], ...] = ()
        self._now = -1
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_bars(self, bars: Sequence[tuple[str, int]], now: int = -1) -> None:
        """Label and value of each bar; `now` is the place of the bar under way, -1 for none."""
        self._bars, self._now = tuple(bars), now
        said = ", ".join(f"{label}: {value}" for label, value in self._bars)
        self.setAccessibleDescription(said or _("Chưa có số liệu"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.size("plot_bar") * max(1, len(self._bars)), self._look.size("plot"))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.size("field_narrow"), self._look.size("plot"))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font("note", figures=True))
        line = painter.fontMetrics().height()
        gap, hair, radius = look.space("s"), look.space("hair"), look.space("xs")
        base = self.height() - line - gap
        room = base - line - look.space("xs")
        most = max(1, *(value for _label, value in self._bars), 1)
        step = self.width() / len(self._bars)
        width = min(step - gap, float(look.size("plot_bar")))
        painter.fillRect(QRectF(0, base, self.width(), hair), look.colour("line"))
        for place, (label, value) in enumerate(self._bars):
            left = place * step + (step - width) / 2
            height = room * value / most
            now = place == self._now
            if value:
                # Round above, straight on the line.
                path = QPainterPath()
                path.setFillRule(Qt.FillRule.WindingFill)
                height = max(height, 2.0 * hair)
                path.addRoundedRect(QRectF(left, base - height, width, height), radius, radius)
                path.addRect(QRectF(left, base - height / 2, width, height / 2))
                painter.fillPath(path.simplified(), look.colour("accent" if now else "bar"))
            painter.setPen(look.colour("ink" if now else "quiet"))
            painter.setFont(look.font("note", strong=now, figures=True))
            under = QRectF(place * step, base + gap / 2, step, line)
            painter.drawText(under, Qt.AlignmentFlag.AlignCenter, label)
            if value:
                above = QRectF(place * step, base - height - line, step, line)
                painter.drawText(above, Qt.AlignmentFlag.AlignCenter, grouped(value))
