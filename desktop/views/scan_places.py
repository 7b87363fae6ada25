"""The list at the left of the scan screen: which component the next page goes into."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.assets import Look
from desktop.models.scan_places import PlaceRow, PlacesModel, Role
from desktop.views.checklist_row import short_name
from desktop.views.wording import elided
from onestop.texts import _

Index = QModelIndex | QPersistentModelIndex
WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
LEAST_ROWS = 4
MOST_LINES = 2
"""Lines of a component's name; some are paragraphs, the whole stands in the tooltip."""


def _in_two_lines(metrics: QFontMetrics, text: str, width: int) -> str:
    """As much of a text as two lines hold."""
    most = MOST_LINES * metrics.lineSpacing() + metrics.lineSpacing() // 2  # stacked marks reach above a line
    while text and metrics.boundingRect(QRect(0, 0, width, 10**6), WRAP, text).height() > most:
        text = text[: -max(1, len(text) // 12) - 1].rstrip(" ,;(…") + "…"
    return text


class PlaceDelegate(QStyledItemDelegate):
    """Icon, name, how many pages; below a quiet line, and in red what keeps the pages out, in two lines at most: all of
    it stands in the tooltip."""

    def __init__(self, look: Look, view: PlacesList) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def _parts(self, rect: QRect, row: PlaceRow) -> tuple[QRect, QRect, QRect]:
        """Where the icon, the words and the count stand."""
        look, gap = self._look, self._look.space("s")
        side = look.size("icon_small")
        indent = side + gap if row.paper is not None else 0
        icon = QRect(rect.left() + gap + indent, rect.top() + look.space("xs") + 1, side, side)
        wide = look.metrics("note").horizontalAdvance(row.count) if row.count else 0
        count = QRect(rect.right() - gap - wide, rect.top() + look.space("xs"), wide, look.metrics().height())
        left = icon.right() + gap
        right = count.left() - (gap if wide else 0)
        return icon, QRect(left, rect.top() + look.space("xs"), max(1, right - left), rect.height()), count

    def _metrics(self, row: PlaceRow) -> QFontMetrics:
        return self._look.metrics(strong=row.paper is None and bool(row.count))

    def _name(self, row: PlaceRow, width: int) -> str:
        """What stands before its explanations, in two lines at most."""
        return _in_two_lines(self._metrics(row), short_name(row.title), width)

    def _faults(self, row: PlaceRow, width: int) -> str:
        """What is wrong, and with how many more files."""
        if not row.faults:
            return ""
        metrics, more = self._look.metrics("note"), len(row.faults) - 1
        if not more:
            return _in_two_lines(metrics, row.faults[0], width)
        others = _("và {count} lỗi nữa").format(count=more)
        return f"{elided(metrics, row.faults[0], width)}\n{elided(metrics, others, width)}"

    def _heights(self, row: PlaceRow, width: int) -> list[int]:
        """Of the name, the quiet line, and each fault."""
        look, room = self._look, QRect(0, 0, width, 10**6)
        metrics = self._metrics(row)
        heights = [metrics.boundingRect(room, WRAP, self._name(row, width)).height()]
        heights.append(look.metrics("note").height() if row.note else 0)
        faults = self._faults(row, width)
        heights.append(look.metrics("note").boundingRect(room, WRAP, faults).height() if faults else 0)
        return heights

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row, look = index.data(Role.ROW), self._look
        width = self._parts(QRect(0, 0, self._view.viewport().width(), 10), row)[1].width()
        return QSize(1, max(look.size("row"), sum(self._heights(row, width)) + 2 * look.space("xs")))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect, row = self._look, QRect(option.rect), index.data(Role.ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            radius, ring = look.space("radius_small"), look.space("ring")
            painter.setBrush(look.colour("accent_soft"))
            painter.setPen(Qt.PenStyle.NoPen)
            if self._view.hasFocus():
                pen = painter.pen()
                pen.setStyle(Qt.PenStyle.SolidLine)
                pen.setColor(look.colour("focus"))
                pen.setWidth(ring)
                painter.setPen(pen)
            half = ring // 2
            painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
        icon, words, count = self._parts(rect, row)
        heights = self._heights(row, words.width())
        spare = max(0, rect.height() - sum(heights) - 2 * look.space("xs"))
        top = words.top() + (spare // 2 if not row.note and not row.faults else 0)
        icon.moveTop(top + (look.metrics().height() - icon.height()) // 2)
        painter.drawPixmap(icon.topLeft(), look.pixmap(row.icon, row.tone, "icon_small"))
        painter.setFont(look.font(strong=row.paper is None and bool(row.count)))
        painter.setPen(look.colour("ink"))
        name = self._name(row, words.width())
        painter.drawText(QRect(QPoint(words.left(), top), QSize(words.width(), heights[0])), WRAP, name)
        top += heights[0]
        painter.setFont(look.font("note", figures=True))
        if row.note:
            painter.setPen(look.colour(row.tone if row.tone in ("warning", "danger") else "quiet"))
            note = elided(painter.fontMetrics(), row.note, words.width())
            painter.drawText(QRect(words.left(), top, words.width(), heights[1]), WRAP, note)
            top += heights[1]
        painter.setPen(look.colour("danger"))
        painter.drawText(QRect(words.left(), top, words.width(), heights[2]), WRAP, self._faults(row, words.width()))
        painter.setPen(look.colour("quiet"))
        painter.drawText(count, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), row.count)
        painter.restore()


class PlacesList(QListView):
    """The rows; `picked(PlaceRow or None)` when another is marked or has changed, `onward` at Enter."""

    picked = Signal(object)
    onward = Signal()

    def __init__(self, look: Look, model: PlacesModel) -> None:
        super().__init__()
        self.places, self._look = model, look
        self._marked: tuple[str | None, str] | None = None
        self._told: PlaceRow | None = None
        self.setModel(model)
        self.setItemDelegate(PlaceDelegate(look, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Giấy tờ của hồ sơ"))
        self.setAccessibleDescription(_("F6 quét trang tiếp theo vào giấy tờ đang chọn"))
        model.modelReset.connect(self._back)
        model.dataChanged.connect(lambda *_given: self._settle())

    @property
    def current(self) -> PlaceRow | None:
        """The row that is marked."""
        at = self.currentIndex().row()
        return self.places.rows[at] if 0 <= at < len(self.places.rows) else None

    def choose(self, row: int) -> None:
        """Mark this row."""
        if 0 <= row < len(self.places.rows):
            self.setCurrentIndex(self.places.index(row))

    def row_at(self, place: QPoint) -> PlaceRow | None:
        """The row under a place of this widget."""
        at = self.indexAt(self.viewport().mapFrom(self, place)).row()
        return self.places.rows[at] if at >= 0 else None

    def _back(self) -> None:
        """The rows are others: the one that was marked still is, where it is still there, else its component."""
        marked = self._marked
        at = self.places.place(lambda row: row.key == marked)
        if at < 0 and marked is not None:
            at = self.places.place(lambda row: row.component == marked[0])
        self.choose(max(0, at))
        self._settle()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)  # type: ignore[arg-type]
        self._settle()

    def _settle(self) -> None:
        row = self.current
        if row is not None:
            self._marked = row.key
        self.scheduleDelayedItemsLayout()
        if row != self._told:
            self._told = row
            self.picked.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.onward.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._look.size("row") * LEAST_ROWS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current is None:
            self.choose(0)
