"""One page looked at closely: fitted or zoomed, its words selected by mouse and keys, as paper in every theme."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy

from desktop.assets import Look
from desktop.models.page_text import PageText
from desktop.models.pages import Picture
from desktop.views.page_images import PageImages, stepped
from onestop.texts import _

LEAST, MOST, TIMES = 0.25, 8.0, 1.25
"""Zoom against the width that fits, and how much one press of + is."""
SHEET = 1.414
"""Height to width of a page that is not here yet."""
SPOKEN = 4000
"""Letters of a page that are its description for a screen reader."""


class PageView(QAbstractScrollArea):
    """`show_picture(picture, name)`, and `set_text` when its words are known.

    Ctrl + − and the wheel zoom, Ctrl+0 fits the whole page and, pressed again, its width; PgUp and PgDn wish for
    another page (`leafed`), R for a turn (`turned`). With words known, arrows go along them, Shift selects, Ctrl+A, C.
    """

    leafed = Signal(int)
    turned = Signal(int)

    def __init__(self, look: Look, images: PageImages) -> None:
        super().__init__()
        self._look, self._images = look, images
        self._picture: Picture | None = None
        self._ratio = SHEET
        self._text: PageText | None = None
        self._caret, self._anchor = -1, -1
        self._fit = "width"
        self._zoom = 1.0
        self._drag: QPointF | None = None
        self.setObjectName("pageView")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setMouseTracking(True)
        images.came.connect(self._came)
        self.show_picture(None, "")

    # -- what is shown

    @property
    def picture(self) -> Picture | None:
        """What is shown, None for nothing."""
        return self._picture

    @property
    def text(self) -> PageText | None:
        """Its words, None while they are not known."""
        return self._text

    @property
    def fit(self) -> str:
        """How it is fitted: "width", "page", "" when it is zoomed."""
        return self._fit

    @property
    def zoom(self) -> float:
        """How large it is: 1 when it is as wide as there is room."""
        return self._paper().width() / max(1, self._room().width())

    def show_picture(self, picture: Picture | None, name: str) -> None:
        """Another page; how one looks at it stays. `name`: what a screen reader calls it."""
        other = picture is None or self._picture is None or replace(picture, turn=0) != replace(self._picture, turn=0)
        turned = picture != self._picture
        self._picture = picture
        self.setAccessibleName(name or _("Chưa có trang nào"))
        if turned:
            self.set_text(None)
            self._ratio = self._shape()
            self._measure()
        if other:
            self.horizontalScrollBar().setValue(0)
            self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def set_text(self, text: PageText | None) -> None:
        """The words of the page that is shown."""
        self._text = text if text is not None and len(text) else None
        self._caret = self._anchor = -1
        self.setAccessibleDescription(self._text.text[:SPOKEN] if self._text is not None else "")
        self.viewport().update()

    def _came(self, blob: str) -> None:
        if self._picture is not None and blob == self._picture.blob:
            ratio = self._shape()
            if ratio != self._ratio:
                self._ratio = ratio
                self._measure()
            self.viewport().update()

    def _shape(self) -> float:
        image = self._images.nearest(self._picture) if self._picture is not None else None
        return image.height() / max(1, image.width()) if image is not None else SHEET

    # -- how large

    def fit_width(self) -> None:
        """As wide as there is room."""
        self._look_again("width")

    def fit_page(self) -> None:
        """All of it in sight."""
        self._look_again("page")

    def zoom_by(self, times: float, about: QPointF | None = None) -> None:
        """Larger or smaller, about a place of the viewport that stays where it is (the middle)."""
        place = about or QPointF(self.viewport().rect().center())
        paper = self._paper()
        across = (place.x() - paper.left()) / max(1, paper.width())
        down = (place.y() - paper.top()) / max(1, paper.height())
        self._zoom = max(LEAST, min(MOST, self.zoom * times))
        self._look_again("")
        paper = self._paper()
        self.horizontalScrollBar().setValue(
            self.horizontalScrollBar().value() + round(paper.left() + across * paper.width() - place.x())
        )
        self.verticalScrollBar().setValue(
            self.verticalScrollBar().value() + round(paper.top() + down * paper.height() - place.y())
        )

    def _look_again(self, fit: str) -> None:
        self._fit = fit
        self._measure()
        self.viewport().update()

    def _room(self) -> QSize:
        gap = 2 * self._look.space("s")
        bar = self.verticalScrollBar().sizeHint().width()
        size = self.maximumViewportSize()
        # The bar's place is kept free, so that fitting does not make it come and go.
        return QSize(max(1, size.width() - gap - bar), max(1, size.height() - gap))

    def _size(self) -> QSize:
        room = self._room()
        if self._fit == "page":
            width = min(room.width(), room.height() / self._ratio)
        else:
            width = room.width() * (1.0 if self._fit == "width" else self._zoom)
        return QSize(max(1, round(width)), max(1, round(width * self._ratio)))

    def _measure(self) -> None:
        size, view, gap = self._size(), self.viewport().size(), self._look.space("s")
        for bar, length, there in (
            (self.horizontalScrollBar(), size.width(), view.width()),
            (self.verticalScrollBar(), size.height(), view.height()),
        ):
            bar.setPageStep(there)
            bar.setSingleStep(max(1, there // 10))
            bar.setRange(0, max(0, length + 2 * gap - there))

    def _paper(self) -> QRect:
        """Where the page lies in the viewport."""
        size, view, gap = self._size(), self.viewport().size(), self._look.space("s")
        left = (view.width() - size.width()) // 2 if size.width() + 2 * gap <= view.width() else gap
        top = gap if size.height() + 2 * gap > view.height() else (view.height() - size.height()) // 2
        return QRect(QPoint(left - self.horizontalScrollBar().value(), top - self.verticalScrollBar().value()), size)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._picture is not None:
            paper, ratio = self._paper(), self.devicePixelRatioF()
            room = QSize(stepped(paper.width() * ratio), stepped(paper.height() * ratio))
            image = self._images.image(self._picture, room)
            if image is None:
                image = self._images.nearest(self._picture)
            if image is None or image.isNull():
                self._nothing(painter, paper, damaged=image is not None)
            else:
                painter.fillRect(paper, Qt.GlobalColor.white)
                painter.drawImage(paper, image)
            painter.setPen(self._look.colour("line"))
            painter.drawRect(paper.adjusted(0, 0, -1, -1))
            self._mark(painter, paper)
        if self.hasFocus():
            pen, half = painter.pen(), self._look.space("ring") // 2
            pen.setColor(self._look.colour("focus"))
            pen.setWidth(self._look.space("ring"))
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(half, half, -half, -half))

    def _nothing(self, painter: QPainter, paper: QRect, *, damaged: bool) -> None:
        look = self._look
        painter.fillRect(paper, look.colour("raised"))
        if damaged:
            painter.setPen(look.colour("quiet"))
            painter.setFont(look.font())
            words = _("Không vẽ được trang này.")
            painter.drawText(paper, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), words)

    def _mark(self, painter: QPainter, paper: QRect) -> None:
        """What is selected, and where the keyboard stands among the words."""
        if self._text is None or self._caret < 0:
            return
        look = self._look
        if self._anchor >= 0:
            veil = look.colour("accent")
            veil.setAlphaF(0.35)
            first, last = sorted((self._anchor, self._caret))
            for at in range(first, last + 1):
                painter.fillRect(self._box(at, paper), veil)
        if self.hasFocus():
            pen = painter.pen()
            pen.setColor(look.colour("accent"))
            pen.setWidth(look.space("ring"))
            painter.setPen(pen)
            painter.drawRect(self._box(self._caret, paper))

    def _box(self, at: int, paper: QRect) -> QRectF:
        assert self._text is not None
        word = self._text.words[at]
        return QRectF(
            paper.left() + word.left * paper.width(),
            paper.top() + word.top * paper.height(),
            (word.right - word.left) * paper.width(),
            (word.bottom - word.top) * paper.height(),
        )

    # -- the words

    @property
    def selected(self) -> str:
        """The words that are selected."""
        if self._text is None or self._anchor < 0:
            return ""
        return self._text.between(self._anchor, self._caret)

    def select_all(self) -> None:
        """Select every word of the page."""
        if self._text is not None:
            self._anchor, self._caret = 0, len(self._text) - 1
            self.viewport().update()

    def copy(self) -> None:
        """Copy what is selected."""
        if self.selected:
            QGuiApplication.clipboard().setText(self.selected)

    def _go(self, to: int, *, extend: bool, say: str = "") -> None:
        """Stand at this word; `extend` selects from where one stood."""
        assert self._text is not None
        if extend and self._anchor < 0:
            self._anchor = max(0, self._caret)
        elif not extend:
            self._anchor = -1
        self._caret = to
        box = self._box(to, self._paper())
        for bar, start, end, there in (
            (self.horizontalScrollBar(), box.left(), box.right(), self.viewport().width()),
            (self.verticalScrollBar(), box.top(), box.bottom(), self.viewport().height()),
        ):
            if start < 0:
                bar.setValue(bar.value() + round(start) - self._look.space("l"))
            elif end > there:
                bar.setValue(bar.value() + round(end) - there + self._look.space("l"))
        said = QAccessibleAnnouncementEvent(self, say or self._text.words[to].text)
        QAccessible.updateAccessibility(said)
        self.viewport().update()

    def _along(self, event: QKeyEvent) -> bool:
        """An arrow among the words; False for a key that is none, or without words."""
        text, key = self._text, event.key()
        if text is None:
            return False
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        here = max(0, self._caret)
        fresh = self._caret < 0  # the first arrow only comes to the first word
        across = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(key), 0)
        down = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key), 0)
        if across:
            self._go(here if fresh else text.step(here, across), extend=extend)
        elif down:
            to = here if fresh else text.step_line(here, down)
            self._go(to, extend=extend, say=text.line(to))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and not fresh:
            self._go(text.edge(here, last=key == Qt.Key.Key_End), extend=extend)
        else:
            return False
        return True

    # -- keys

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_zoom(event):
            event.accept()  # here these keys make the page larger, not the letters of the program
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if _is_zoom(event):
                self._zoom_key(key)
            elif event.matches(QKeySequence.StandardKey.Copy):
                self.copy()
            elif event.matches(QKeySequence.StandardKey.SelectAll):
                self.select_all()
            else:
                event.ignore()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.leafed.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_R:
            self.turned.emit(-90 if shift else 90)
        elif key == Qt.Key.Key_Escape and self._caret >= 0:
            self._caret = self._anchor = -1
            self.viewport().update()
        elif self._along(event):
            return
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            vertical.setValue(vertical.value() + vertical.singleStep() * (1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            horizontal.setValue(horizontal.value() + horizontal.singleStep() * (1 if key == Qt.Key.Key_Right else -1))
        elif key == Qt.Key.Key_Home:
            vertical.setValue(vertical.minimum())
        elif key == Qt.Key.Key_End:
            vertical.setValue(vertical.maximum())
        else:
            event.ignore()

    def _zoom_key(self, key: int) -> None:
        if key == Qt.Key.Key_0:
            self.fit_width() if self._fit == "page" else self.fit_page()
        else:
            self.zoom_by(TIMES if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) else 1 / TIMES)

    # -- mouse

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(TIMES ** (event.angleDelta().y() / 120), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        word = self._word(event.position())
        self._anchor, self._caret = (-1, -1) if word is None else (word, word)
        self._drag = event.position() if word is None else None
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            over = self._word(event.position()) is not None
            self.viewport().setCursor(Qt.CursorShape.IBeamCursor if over else Qt.CursorShape.OpenHandCursor)
        elif self._drag is not None:
            way = event.position() - self._drag
            self._drag = event.position()
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - round(way.x()))
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - round(way.y()))
        elif self._anchor >= 0:
            word = self._word(event.position(), near=True)
            if word is not None:
                self._caret = word
                self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def _word(self, place: QPointF, *, near: bool = False) -> int | None:
        if self._text is None:
            return None
        paper = self._paper()
        return self._text.under(
            (place.x() - paper.left()) / max(1, paper.width()), (place.y() - paper.top()) / max(1, paper.height()),
            near=near,
        )  # fmt: skip

    # -- size

    def sizeHint(self) -> QSize:
        return QSize(self._look.size("field_narrow") * 3, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.size("field_narrow"), self._look.size("field_narrow"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()


def _is_zoom(event: QKeyEvent) -> bool:
    keys = (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0)
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) and event.key() in keys
