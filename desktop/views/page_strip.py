"""Pages in a row: thumbnails that come as pages are scanned, and every key that arranges them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.assets import Look
from desktop.models.pages import PagesModel, Role, Shown
from desktop.views.page_images import PageImages
from desktop.views.wording import elided
from onestop.texts import _

Index = QModelIndex | QPersistentModelIndex


class ThumbDelegate(QStyledItemDelegate):
    """The page as paper, its number below, and in word and icon what is to be known of it."""

    def __init__(self, look: Look, images: PageImages, view: PageStrip, thumb: str) -> None:
        super().__init__(view)
        self._look, self._images, self._view, self._thumb = look, images, view, thumb

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = self._look
        height = look.size(self._thumb) + look.metrics("note").height() + 3 * look.space("xs")
        return QSize(look.size("page_cell") + 2 * look.space("xs"), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, row = self._look, index.data(Role.ROW)
        rect = QRect(option.rect.topLeft(), self.sizeHint(option, index))
        gap, radius = look.space("xs"), look.space("radius_key")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_soft"))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
        if index.row() == self._view.currentIndex().row() and self._view.hasFocus():
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(look.colour("focus"))
            pen.setWidth(look.space("ring"))
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
        room = QRect(rect.left() + gap, rect.top() + gap, rect.width() - 2 * gap, look.size(self._thumb))
        paper = self._page(painter, room, row)
        if row.struck:
            self._strike(painter, paper)
        below = QRect(room.left(), room.bottom() + gap, room.width(), look.metrics("note").height())
        self._words(painter, below, row, index.row() + 1)
        painter.restore()

    def _page(self, painter: QPainter, room: QRect, row: Shown) -> QRect:
        look, ratio = self._look, self._view.devicePixelRatioF()
        image = self._images.image(row.picture, room.size() * ratio)
        if image is None:
            image = self._images.nearest(row.picture)
        if image is None or image.isNull():
            paper = _middle(room, QSize(room.height() * 7 // 10, room.height()))
            painter.fillRect(paper, look.colour("paper" if image is None else "raised"))
            if image is not None:
                side = look.size("icon")
                icon = look.pixmap("file-text", "quiet")
                painter.drawPixmap(paper.center() - QPoint(side // 2, side // 2), icon)
        else:
            paper = _middle(room, image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio))
            painter.fillRect(paper, Qt.GlobalColor.white)
            painter.setOpacity(0.45 if row.struck else 1.0)
            painter.drawImage(paper, image)
            painter.setOpacity(1.0)
        painter.setPen(look.colour("danger" if row.faults else "edge"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(paper.adjusted(0, 0, -1, -1))
        return paper

    def _strike(self, painter: QPainter, paper: QRect) -> None:
        pen = painter.pen()
        pen.setColor(self._look.colour("danger"))
        pen.setWidth(self._look.space("ring"))
        painter.setPen(pen)
        painter.drawLine(paper.bottomLeft(), paper.topRight())

    def _words(self, painter: QPainter, place: QRect, row: Shown, number: int) -> None:
        look, text = self._look, str(number)
        icon, tone, word = caption(row)
        strong, plain = look.metrics("note", strong=True), look.metrics("note")
        gap = look.space("xs")
        side = plain.ascent() if icon else 0
        first = strong.horizontalAdvance(text)
        rest = place.width() - first - side - (gap if word else 0) - (gap // 2 if icon else 0)
        word = elided(plain, word, rest)
        left = place.left() + (rest - plain.horizontalAdvance(word)) // 2
        centre = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setFont(look.font("note", figures=True, strong=True))
        painter.setPen(look.colour("ink"))
        painter.drawText(QRect(left, place.top(), first, place.height()), centre, text)
        if not word:
            return
        left += first + gap
        if icon:
            top = place.top() + (place.height() - side) // 2
            painter.drawPixmap(QRect(left, top, side, side), look.pixmap(icon, tone, "icon_small"))
            left += side + gap // 2
        painter.setFont(look.font("note"))
        painter.setPen(look.colour(tone))
        painter.drawText(QRect(left, place.top(), place.right() - left, place.height()), centre, word)


def caption(row: Shown) -> tuple[str, str, str]:
    """Icon, colour and word under a thumbnail: what is wrong with it first."""
    if row.faults:
        return "circle-alert", "danger", _("có lỗi")
    if row.struck:
        return "eye-off", "danger", _("trắng") if row.blank else _("đã gạch")
    if row.passed:
        return "circle-check", "warning", _("cho qua")
    if row.leaves > 1:
        return "layers", "quiet", _("{count} trang").format(count=row.leaves)
    return "", "quiet", ""


def _middle(room: QRect, size: QSize) -> QRect:
    left = room.left() + (room.width() - size.width()) // 2
    return QRect(left, room.top() + (room.height() - size.height()) // 2, size.width(), size.height())


class PageStrip(QListView):
    """The row of pages of a `PagesModel`. It arranges them by itself through the model; what only a screen can do it
    asks for: `move_wished(rows)`, `undo_wished`. `picked(Shown or None)` when another is looked at, `opened(Shown)`.

    ←→ go along, Ctrl+←→ reorder, R and Shift+R turn, Space strikes and restores, Del takes away, M moves, Ctrl+Z takes
    back, Enter opens. Pages that arrive take no focus; while the last page is the one marked, the newest is.
    """

    picked = Signal(object)
    opened = Signal(object)
    move_wished = Signal(object)
    undo_wished = Signal()

    def __init__(self, look: Look, model: PagesModel, images: PageImages, *, small: bool = False) -> None:
        super().__init__()
        self.pages, self._look = model, look
        self._last = True
        self._marked = ""
        self._told: object = None
        self.setModel(model)
        self.setItemDelegate(ThumbDelegate(look, images, self, "page_thumb_small" if small else "page_thumb"))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.NoDragDrop)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setUniformItemSizes(True)
        self.setAccessibleName(_("Các trang"))
        self.setAccessibleDescription(
            _("Mũi tên: chọn; Ctrl và mũi tên: đổi chỗ; R: xoay; phím cách: gạch; Delete: bỏ; M: chuyển; Enter: xem")
        )
        images.came.connect(lambda _blob: self.viewport().update())
        model.rowsAboutToBeInserted.connect(lambda *_given: self._before_insert())
        model.rowsInserted.connect(lambda _parent, first, last: self._came(first, last))
        model.modelReset.connect(self._back_to_marked)
        model.rowsRemoved.connect(lambda *_given: self._settle())
        model.dataChanged.connect(lambda *_given: self._settle())
        self._measure()

    @property
    def current(self) -> Shown | None:
        """The page that is marked."""
        at = self.currentIndex().row()
        return self.pages.rows[at] if 0 <= at < len(self.pages.rows) else None

    @property
    def chosen(self) -> list[int]:
        """The places of the pages that are selected, from left to right."""
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())

    def choose(self, row: int) -> None:
        """Mark this page alone."""
        if 0 <= row < len(self.pages.rows):
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self.pages.index(row), flag)

    def step(self, by: int) -> bool:
        """Mark the next page, or the one before; False at the end."""
        to = self.currentIndex().row() + by
        if not 0 <= to < len(self.pages.rows):
            return False
        self.choose(to)
        return True

    # -- what comes and goes

    def _before_insert(self) -> None:
        self._last = self.currentIndex().row() == len(self.pages.rows) - 1

    def _came(self, first: int, last: int) -> None:
        newest = last == len(self.pages.rows) - 1
        if not self.currentIndex().isValid() or (newest and self._last and first > 0):
            self.choose(last if newest else 0)
        elif newest and not self.hasFocus():
            self.scrollTo(self.pages.index(last))
        if newest:
            said = self.pages.data(self.pages.index(last), Qt.ItemDataRole.AccessibleTextRole)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
        self._settle()

    def _back_to_marked(self) -> None:
        at = self.pages.place(self._marked)
        self.choose(max(0, at))
        self._settle()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)  # type: ignore[arg-type]
        self._settle()

    def _settle(self) -> None:
        """Tell which page is looked at, when it is another or has changed."""
        row = self.current
        if row is None and self.pages.rows:
            self.choose(0)
            return
        self._marked = row.id if row is not None else ""
        if row != self._told:
            self._told = row
            self.picked.emit(row)

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier or not self._said(event, control):
            super().keyPressEvent(event)

    def _said(self, event: QKeyEvent, control: bool) -> bool:
        """Do what a key says about the pages; False for a key that says nothing here."""
        key, row = event.key(), self.currentIndex().row()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if control and key == Qt.Key.Key_Z:
            self.undo_wished.emit()
            return True
        if not 0 <= row < len(self.pages.rows):
            return False
        if control:
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
            if step and self.pages.shift(row, step):
                self.scrollTo(self.currentIndex())
            return bool(step)
        done: dict[int, Any] = {
            Qt.Key.Key_R: lambda: self.pages.turn(self._meant, -90 if shift else 90),
            Qt.Key.Key_Space: lambda: self.pages.strike(self._meant),
            Qt.Key.Key_Delete: lambda: self.pages.take_away(self._meant),
            Qt.Key.Key_M: lambda: self.move_wished.emit(self._meant),
            Qt.Key.Key_Return: lambda: self.opened.emit(self.current),
            Qt.Key.Key_Enter: lambda: self.opened.emit(self.current),
        }
        if key not in done:
            return False
        done[key]()
        return True

    def turn(self, degrees: int) -> None:
        """Turn the pages that are selected."""
        if self.current is not None:
            self.pages.turn(self._meant, degrees)

    @property
    def _meant(self) -> list[int]:
        """What a key is about: what is selected, else the page that is marked."""
        return self.chosen or [self.currentIndex().row()]

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys here, they look for nothing."""

    # -- size

    def _measure(self) -> None:
        option = QStyleOptionViewItem()
        bar = self.horizontalScrollBar().sizeHint().height()
        frame = 2 * self._look.space("ring")
        self.setFixedHeight(self.itemDelegate().sizeHint(option, self.pages.index(0)).height() + bar + frame)

    def sizeHint(self) -> QSize:
        return QSize(self._look.size("page_cell") * 4, self.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "pages"):
            self._measure()
            self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.choose(0)
