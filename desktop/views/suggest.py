"""What is found under a field while one types: the focus stays in the field, arrows choose, Enter takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.assets import Look
from desktop.views.laying import down
from desktop.views.wording import elided
from onestop.texts import _

Index = QModelIndex | QPersistentModelIndex
OPTION = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Option:
    """One row: what it is, a quiet line under it, a word at the right ("nhận hộ"), and the key that picks it. `faint`:
    it is only to be known, it cannot be taken."""

    key: Any
    title: str
    detail: str = ""
    icon: str = ""
    mark: str = ""
    mark_tone: str = "quiet"
    number: int = 0
    faint: bool = False


class SuggestionSheet(QFrame):
    """What the rows lie on."""


class Suggestions(QObject):
    """The rows under `field`. `picked(key)` on Enter or a click; an Enter that finds no rows open is the field's own.

    `wide` is the name of a size: the sheet is at least that wide.
    """

    picked = Signal(object)

    def __init__(self, look: Look, field: QLineEdit, name: str, wide: str = "suggest") -> None:
        super().__init__(field)
        self._look, self._field, self._name, self._wide = look, field, name, wide
        self._sheet: QFrame | None = None
        self._list: QListWidget | None = None
        self._fresh = False
        field.textEdited.connect(self._text_moved_on)
        field.installEventFilter(self)

    @property
    def open(self) -> bool:
        """Are rows shown?"""
        return self._sheet is not None and self._sheet.isVisible()

    @property
    def options(self) -> list[Option]:
        """The rows shown, from top to bottom."""
        if not self.open or self._list is None:
            return []
        rows = (self._list.item(row).data(OPTION) for row in range(self._list.count()))
        return [row for row in rows if isinstance(row, Option)]

    @property
    def current(self) -> Option | None:
        """The row that Enter takes."""
        if not self.open or self._list is None or self._list.currentRow() < 0:
            return None
        option: Option = self._list.currentItem().data(OPTION)
        return option

    def offer(self, options: Sequence[Option], first: int = 0) -> None:
        """Show these rows, if the field still has the focus; `first` is marked (-1: none, Enter stays the field's)."""
        if not options or not self._field.hasFocus():
            self.put_away()
            return
        self._fresh = True
        rows = self._made()
        rows.clear()
        for option in options:
            item = QListWidgetItem(". ".join(part for part in (option.title, option.detail, option.mark) if part))
            item.setData(OPTION, option)
            rows.addItem(item)
        rows.setCurrentRow(min(first, len(options) - 1))
        self._place()
        said = QAccessibleAnnouncementEvent(self._field, _("{count} dòng gợi ý").format(count=len(options)))
        QAccessible.updateAccessibility(said)

    def put_away(self) -> None:
        """Hide the rows."""
        if self._sheet is not None:
            self._sheet.hide()

    def _text_moved_on(self) -> None:
        """What is shown answers an older text: Enter must not take it."""
        self._fresh = False

    # -- the sheet

    def _made(self) -> QListWidget:
        window = self._field.window()
        if self._list is None or self._sheet is None or self._sheet.parentWidget() is not window:
            self._sheet = SuggestionSheet(window)
            self._list = QListWidget()
            self._list.setItemDelegate(OptionDelegate(self._look, self._list))
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
            self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._list.setMouseTracking(True)
            self._list.itemEntered.connect(self._list.setCurrentItem)
            self._list.itemClicked.connect(self._take)
            self._list.setAccessibleName(self._name)
            self._sheet.setLayout(down(self._look, self._list, margins="xs"))
            self.destroyed.connect(self._sheet.deleteLater)
        return self._list

    def _place(self) -> None:
        assert self._sheet is not None and self._list is not None
        look, window = self._look, self._field.window()
        frame = 2 * look.space("xs") + 2 * look.space("hair")
        height = sum(self._list.sizeHintForRow(row) for row in range(self._list.count())) + frame
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + look.space("xs")))
        width = max(self._field.width(), look.size(self._wide))
        room = window.height() - corner.y() - look.space("s")
        above = self._field.mapTo(window, QPoint(0, 0)).y() - look.space("xs")
        if height > room and above > room:
            height = min(height, above)
            corner.setY(above - height)
        corner.setX(max(look.space("s"), min(corner.x(), window.width() - width - look.space("s"))))
        self._sheet.setGeometry(QRect(corner, QSize(width, min(height, max(room, above)))))
        self._sheet.show()
        self._sheet.raise_()

    def _step(self, step: int) -> None:
        assert self._list is not None
        row = self._list.currentRow() + step
        if 0 <= row < self._list.count():
            self._list.setCurrentRow(row)
            option = self._list.item(row).text()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._field, option))

    def _take(self, item: QListWidgetItem) -> None:
        option = item.data(OPTION)
        self.put_away()
        self.picked.emit(option.key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.put_away()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.open:
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        assert self._list is not None
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif event.key() == Qt.Key.Key_Down:
            self._step(1)
        elif event.key() == Qt.Key.Key_Up:
            self._step(-1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self._list.currentRow() < 0 or not self._fresh:
                self.put_away()
                return False
            self._take(self._list.currentItem())
        else:
            return False
        return True


class OptionDelegate(QStyledItemDelegate):
    """Icon or number, title with a word at its right, a quiet line below."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(OPTION)
        return QSize(1, self._look.size("suggest_row" if row.detail else "row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect, row = self._look, QRect(option.rect), index.data(OPTION)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_soft"))
            painter.drawRoundedRect(rect, look.space("radius_small"), look.space("radius_small"))
        inside = rect.adjusted(look.space("s"), 0, -look.space("s"), 0)
        side = look.size("icon_small")
        if row.number:
            painter.setFont(look.font("note", strong=True))
            painter.setPen(look.colour("quiet"))
            place = QRect(inside.left(), inside.top(), side, inside.height())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), str(row.number))
        elif row.icon:
            top = rect.top() + (rect.height() - side) // 2
            painter.drawPixmap(QPoint(inside.left(), top), look.pixmap(row.icon, "quiet", "icon_small"))
        if row.number or row.icon:
            inside.setLeft(inside.left() + side + look.space("s"))
        lines = look.metrics().height(), look.metrics("note").height()
        top = inside.top() + (inside.height() - lines[0] - (lines[1] if row.detail else 0)) // 2
        first = QRect(inside.left(), top, inside.width(), lines[0])
        centre = Qt.AlignmentFlag.AlignVCenter
        if row.mark:
            painter.setFont(look.font("note", strong=True))
            painter.setPen(look.colour(row.mark_tone))
            painter.drawText(first, int(centre | Qt.AlignmentFlag.AlignRight), row.mark)
            first.setRight(first.right() - painter.fontMetrics().horizontalAdvance(row.mark) - look.space("m"))
        painter.setFont(look.font())
        painter.setPen(look.colour("quiet" if row.faint else "ink"))
        painter.drawText(first, int(centre), elided(painter.fontMetrics(), row.title, first.width()))
        if row.detail:
            painter.setFont(look.font("note", figures=True))
            painter.setPen(look.colour("quiet"))
            second = QRect(inside.left(), top + lines[0], inside.width(), lines[1])
            painter.drawText(second, int(centre), elided(painter.fontMetrics(), row.detail, second.width()))
