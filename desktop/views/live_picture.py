"""The picture of a camera while it looks: as large as there is room, with the outline of the sheet that was found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.assets import Look
from onestop.texts import _

Corners = Sequence[tuple[float, float]]
GLANCE = QSize(48, 36)
"""Of the small grey picture by which one tells whether something moves."""
MOVES = 3.0
"""Grey levels, in the mean, between two glances: noise has less than one, a hand on its way five and more."""


class LivePicture(QWidget):
    """`show_picture(image)` as often as there is another; `show_outline(corners)` in shares of the picture."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.image = QImage()
        self.corners: Corners = ()
        self.tone = "accent"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(look.size("palette") // 2, look.size("palette") // 4)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Hình của máy ảnh"))

    def show_picture(self, image: QImage) -> None:
        """Another picture; a null one for none."""
        self.image = image
        self.update()

    def show_outline(self, corners: Corners, tone: str) -> None:
        """Where the sheet lies; () for none. `tone`: accent while it is to be moved, good once it may be taken."""
        self.corners, self.tone = corners, tone
        self.update()

    @property
    def place(self) -> QRectF:
        """Where the picture is drawn."""
        room = QRectF(self.rect())
        size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (room.width() - size.width()) / 2
        return QRectF(left, (room.height() - size.height()) / 2, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), look.colour("raised"))
        if self.image.isNull():
            side = look.size("icon_big")
            painter.drawPixmap(
                self.rect().center() - QPoint(side // 2, side // 2), look.pixmap("camera", "quiet", "icon_big")
            )
            return
        place = self.place
        painter.drawImage(place, self.image)
        ring = look.space("ring")
        if self.corners:
            spots = [QPointF(place.x() + x * place.width(), place.y() + y * place.height()) for x, y in self.corners]
            # Twice, so that it is seen on a dark table and on a white sheet alike.
            for colour, width in (("surface", 3 * ring), (self.tone, 2 * ring)):
                pen = QPen(look.colour(colour), width)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                painter.setPen(pen)
                painter.drawPolygon(QPolygonF(spots))
        if self.hasFocus():
            painter.setPen(QPen(look.colour("focus"), ring))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))


def glance(image: QImage) -> bytes:
    """The picture small and grey."""
    small = image.scaled(GLANCE, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    grey = small.convertToFormat(QImage.Format.Format_Grayscale8)
    # 48 dots a line need no filling up to whole words.
    return bytes(grey.constBits())


def moved(before: bytes, now: bytes) -> bool:
    """Whether something moved between two glances; the first one has nothing to compare with."""
    if len(before) != len(now):
        return True
    return sum(abs(one - other) for one, other in zip(before, now, strict=True)) / len(now) > MOVES
