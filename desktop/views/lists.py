"""The one list view: rows of a `TableModel` with sticky header, remembered columns, and something to say when empty."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.assets import Look
from desktop.desk import Desk
from desktop.models.table import Align, Pager, TableModel, Wanted
from desktop.settings import Settings
from desktop.views.screen import Hint
from onestop.texts import _

Index = QModelIndex | QPersistentModelIndex


def list_hints() -> tuple[Hint, ...]:
    """The keys of a list in which several rows may be chosen, for F1."""
    return (
        Hint("Up+Down", _("dòng trên, dòng dưới")),
        Hint("Shift+Up+Down", _("chọn thêm dòng")),
        Hint("Ctrl+A", _("chọn tất cả")),
        Hint("Return", _("sang phần chi tiết")),
        Hint("Esc", _("bỏ chọn, bỏ chữ đang tìm")),
    )


class RowDelegate(QStyledItemDelegate):
    """Draws a cell: hairline below, a mark at the left of the selected row, a ring around it while the list has the
    focus, the icon of a state before its word."""

    def __init__(self, look: Look, view: ListView) -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect = self._look, QRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hair, ring = look.space("hair"), look.space("ring")
        if selected:
            painter.fillRect(rect, look.colour("accent_soft"))
        elif index.row() == self._view.hovered:
            painter.fillRect(rect, look.colour("hover"))
        painter.fillRect(QRect(rect.left(), rect.bottom() + 1 - hair, rect.width(), hair), look.colour("line"))
        visual = self._view.horizontalHeader().visualIndex(index.column())
        current = self._view.currentIndex().row() == index.row()
        if selected and visual == self._view.first_shown():
            painter.fillRect(QRect(rect.left(), rect.top(), look.space("mark"), rect.height()), look.colour("accent"))
        if current and self._view.hasFocus():
            colour = look.colour("focus")
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), ring), colour)
            painter.fillRect(QRect(rect.left(), rect.bottom() + 1 - ring, rect.width(), ring), colour)
            if visual == self._view.first_shown():
                painter.fillRect(QRect(rect.left(), rect.top(), ring, rect.height()), colour)
            if visual == self._view.last_shown():
                painter.fillRect(QRect(rect.right() + 1 - ring, rect.top(), ring, rect.height()), colour)
        self._words(painter, rect, index)

    def _words(self, painter: QPainter, rect: QRect, index: Index) -> None:
        look, model = self._look, self._view.table
        column, row = model.columns[index.column()], model.row(index)
        tone = column.tone(row) if column.tone else "ink"
        icon = column.icon(row) if column.icon else ""
        inside = rect.adjusted(look.space("m"), 0, -look.space("s"), 0)
        if icon:
            pixmap = look.pixmap(icon, tone, "icon_small")
            side = look.size("icon_small")
            painter.drawPixmap(QPoint(inside.left(), rect.top() + (rect.height() - side) // 2), pixmap)
            inside.setLeft(inside.left() + side + look.space("xs"))
        font = self._view.cell_font(strong=column.strong, figures=column.figures)
        painter.setFont(font)
        painter.setPen(look.colour(tone))
        flags = (
            Qt.AlignmentFlag.AlignVCenter
            | {
                Align.START: Qt.AlignmentFlag.AlignLeft,
                Align.END: Qt.AlignmentFlag.AlignRight,
                Align.CENTRE: Qt.AlignmentFlag.AlignHCenter,
            }[column.align]
        )
        metrics = painter.fontMetrics()
        text = metrics.elidedText(column.text(row), Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, int(flags | Qt.TextFlag.TextSingleLine), text)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look, column = self._look, self._view.table.columns[index.column()]
        text = str(index.data() or "")
        metrics = look.metrics(strong=column.strong)
        icon = look.size("icon_small") + look.space("xs") if column.icon else 0
        return QSize(metrics.horizontalAdvance(text) + look.space("m") + look.space("s") + icon, look.size("row"))


class ListView(QTableView):
    """`opened(row)` on Enter or double click, `picked(row)` when the current row changes (None when there is none),
    `marked(rows)` when the selection of several changes (only with `many`).

    Columns that the person hides or shows, their widths and order are remembered in the setting `list_columns` under
    `key`. `empty` is shown in place of the rows when the whole list is here and has none.
    """

    opened = Signal(object)
    picked = Signal(object)
    marked = Signal(list)

    def __init__(
        self,
        look: Look,
        model: TableModel,
        name: str,
        *,
        settings: Settings | None = None,
        key: str = "",
        many: bool = False,
        empty: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.table = model
        self.hovered = -1
        self._look, self._settings, self._key = look, settings, key
        self._fonts: dict[tuple[bool, bool], Any] = {}
        self._keep: Hashable | None = None
        self.holds_back = False  # what is shown beside the list has left it: coming back chooses no other
        self._chosen_hidden: dict[int, bool] = {}  # of the columns that stand in for one another just now
        self._yielding: tuple[str, ...] = ()
        self._yielded: dict[int, int] = {}  # of the columns that gave way: the width they had
        self.setModel(model)
        self.setItemDelegate(RowDelegate(look, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if many else modes.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(name)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(look.size("row_compact"))
        self.verticalHeader().setDefaultSectionSize(look.size("row"))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)
        header.setAccessibleName(_("Cột"))
        self._columns()
        self._recall()
        if any(column.sort for column in model.columns):
            header.setSortIndicatorClearable(False)
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.setSortingEnabled(True)
        header.sectionMoved.connect(self._remember)
        header.sectionResized.connect(self._resized)
        selection = self.selectionModel()
        selection.currentRowChanged.connect(self._current)
        selection.selectionChanged.connect(self._selection)
        model.modelAboutToBeReset.connect(self._before_reset)
        model.modelReset.connect(self._after_reset)
        model.filled.connect(self._filled)
        self.activated.connect(self._open)
        self._empty = empty
        if empty is not None:
            empty.setParent(self.viewport())
            empty.hide()

    # -- rows

    @property
    def current(self) -> Any:
        """The current row, or None."""
        place = self.currentIndex().row()
        return self.table.rows[place] if 0 <= place < len(self.table.rows) else None

    @property
    def chosen(self) -> list[Any]:
        """The selected rows from top to bottom."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.table.rows[place] for place in places]

    def choose(self, place: int) -> None:
        """Make this row the current and the selected one, in sight."""
        if 0 <= place < len(self.table.rows):
            index = self.table.index(place, max(0, self.first_column()))
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def choose_id(self, row_id: Hashable) -> bool:
        """The same by id; False when the row is not among those here."""
        place = self.table.place(row_id)
        self.choose(place)
        return place >= 0

    def _current(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.picked.emit(self.table.rows[now.row()] if now.isValid() else None)
        self.viewport().update()

    def _selection(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self.marked.emit(self.chosen)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.table.rows[index.row()])

    def _before_reset(self) -> None:
        place = self.currentIndex().row()
        self._keep = self.table.id_at(place) if 0 <= place < len(self.table.rows) else None

    def _after_reset(self) -> None:
        kept = self._keep is not None and self.choose_id(self._keep)
        if not kept:
            self.scrollToTop()
            # Qt says nothing of a selection that went with its rows.
            if self._keep is not None:
                self.picked.emit(None)
            self.marked.emit([])
        self._keep = None

    def _filled(self) -> None:
        if self._empty is not None:
            self._empty.setVisible(self.table.complete and not self.table.rows)

    # -- columns

    def first_column(self) -> int:
        """The logical number of the leftmost column that is shown."""
        header = self.horizontalHeader()
        return header.logicalIndex(self.first_shown())

    def first_shown(self) -> int:
        """The place of the leftmost column that is shown."""
        header = self.horizontalHeader()
        places = (place for place in range(header.count()) if not header.isSectionHidden(header.logicalIndex(place)))
        return next(places, 0)

    def last_shown(self) -> int:
        """The place of the rightmost column that is shown."""
        header = self.horizontalHeader()
        places = range(header.count() - 1, -1, -1)
        return next((place for place in places if not header.isSectionHidden(header.logicalIndex(place))), 0)

    def _columns(self) -> None:
        header = self.horizontalHeader()
        letter = self._letter = self._look.metrics().averageCharWidth()
        header.setMinimumSectionSize(letter * 4)
        for place, column in enumerate(self.table.columns):
            header.setSectionHidden(place, column.hidden)
            stretch = QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(place, stretch)
            header.resizeSection(place, column.width * letter)

    def _recall(self) -> None:
        if self._settings is None or not self._key:
            return
        known = self._settings.get("list_columns").get(self._key, {})
        header = self.horizontalHeader()
        for place, column in enumerate(self.table.columns):
            kept = known.get(column.key)
            if kept:
                header.setSectionHidden(place, bool(kept.get("hidden")))
                if not column.stretch and kept.get("width"):
                    header.resizeSection(place, int(kept["width"]))
        order = sorted(range(len(self.table.columns)), key=lambda place: _place(known, self.table.columns[place].key))
        for target, logical in enumerate(order):
            header.moveSection(header.visualIndex(logical), target)

    def _resized(self, place: int, _old: int, _new: int) -> None:
        """A stretched column follows the window: nobody has chosen its width, and nothing is kept of it."""
        if not self.table.columns[place].stretch:
            self._remember()

    def _remember(self, *_what: object) -> None:
        if self._settings is None or not self._key or not self.isVisible():
            return
        header = self.horizontalHeader()
        kept = dict(self._settings.get("list_columns"))
        kept[self._key] = {
            column.key: {
                "hidden": self._chosen_hidden.get(place, header.isSectionHidden(place) and place not in self._yielded),
                "width": None if column.stretch else self._yielded.get(place, header.sectionSize(place)),
                "place": header.visualIndex(place),
            }
            for place, column in enumerate(self.table.columns)
        }
        if kept != self._settings.get("list_columns"):
            self._settings.set("list_columns", kept)

    def _choose_columns(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        header = self.horizontalHeader()
        for place, column in enumerate(self.table.columns):
            entry = menu.addAction(_(column.title))
            entry.setCheckable(True)
            entry.setChecked(not header.isSectionHidden(place))
            entry.setEnabled(not column.stretch)
            entry.toggled.connect(lambda shown, place=place: self._show_column(place, shown))
        menu.popup(header.mapToGlobal(at))

    def stand_in(self, key: str, instead: str, on: bool) -> None:
        """While `on`, one column stands in the place of another; the columns that were chosen come back after."""
        if on == bool(self._chosen_hidden):
            return
        header = self.horizontalHeader()
        keys = [column.key for column in self.table.columns]
        if on:
            places = keys.index(key), keys.index(instead)
            self._chosen_hidden = {place: header.isSectionHidden(place) for place in places}
            for place in places:
                header.setSectionHidden(place, keys[place] == instead)
        else:
            for place, hidden in self._chosen_hidden.items():
                header.setSectionHidden(place, hidden)
            self._chosen_hidden = {}
        self._keep_legible()

    def give_way(self, *keys: str) -> None:
        """Those columns go, the first of them first, while there is no room for all; with more room they are back."""
        self._yielding = keys
        self._yield()

    def _yield(self) -> None:
        header, letter = self.horizontalHeader(), self._look.metrics().averageCharWidth()
        chosen = [at for at in range(header.count()) if not header.isSectionHidden(at) or at in self._yielded]
        widths = {
            at: column.width * letter if column.stretch else self._yielded.get(at, header.sectionSize(at))
            for at, column in enumerate(self.table.columns)
            if at in chosen
        }
        keys, gone = [column.key for column in self.table.columns], {}
        for at in (keys.index(key) for key in self._yielding):
            if at in widths and sum(widths.values()) > self.viewport().width():
                gone[at] = widths.pop(at)
        if gone.keys() != self._yielded.keys():
            before, self._yielded = self._yielded, gone
            for at in chosen:
                header.setSectionHidden(at, at in gone)
                if at in before and at not in gone:
                    header.resizeSection(at, before[at])

    def _show_column(self, place: int, shown: bool) -> None:
        self._chosen_hidden.pop(place, None)
        self._yielded.pop(place, None)
        if shown:
            self._yielding = tuple(key for key in self._yielding if key != self.table.columns[place].key)
        self.horizontalHeader().setSectionHidden(place, not shown)
        self._remember()

    # -- how it looks and moves

    def cell_font(self, *, strong: bool, figures: bool) -> Any:
        """The font of a cell, made once."""
        if (strong, figures) not in self._fonts:
            self._fonts[strong, figures] = self._look.font(strong=strong, figures=figures)
        return self._fonts[strong, figures]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_fonts"):
            self._fonts.clear()
            self.verticalHeader().setDefaultSectionSize(self._look.size("row"))
            self._letters()

    def _letters(self) -> None:
        """The letters have another size: so have the columns, and nobody has chosen that."""
        letter, before = self._look.metrics().averageCharWidth(), self._letter
        if letter == before:
            return
        self._letter, header = letter, self.horizontalHeader()
        blocked = header.blockSignals(True)
        header.setMinimumSectionSize(letter * 4)
        self._yielded = {at: width * letter // before for at, width in self._yielded.items()}
        for at, column in enumerate(self.table.columns):
            if not column.stretch and not header.isSectionHidden(at):
                header.resizeSection(at, header.sectionSize(at) * letter // before)
        header.blockSignals(blocked)
        self.updateGeometries()
        self._keep_legible()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_legible()
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())

    def _keep_legible(self) -> None:
        """The column that takes what is left has at least its own width: a narrow list scrolls sideways instead."""
        self._yield()
        header, letter = self.horizontalHeader(), self._look.metrics().averageCharWidth()
        for place, column in enumerate(self.table.columns):
            if not column.stretch or header.isSectionHidden(place):
                continue
            others = sum(header.sectionSize(at) for at in range(header.count()) if at != place)
            room = self.viewport().width() - others
            least = column.width * letter
            narrow = room < least
            mode = QHeaderView.ResizeMode.Interactive if narrow else QHeaderView.ResizeMode.Stretch
            if header.sectionResizeMode(place) != mode:
                header.setSectionResizeMode(place, mode)
            if narrow and header.sectionSize(place) != least:
                header.resizeSection(place, least)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def _hover(self, place: int) -> None:
        if place != self.hovered:
            self.hovered = place
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        back = event.reason() == Qt.FocusReason.ActiveWindowFocusReason
        if not self.currentIndex().isValid() and self.table.rows and not back and not self.holds_back:
            self.choose(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentIndex().isValid():
                self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)


def _place(known: dict[str, Any], key: str) -> int:
    return int(known.get(key, {}).get("place", len(known)))


def pager_of(
    desk: Desk, query: Callable[..., Any], owner: QObject, arguments: Callable[[Wanted], dict[str, Any]]
) -> Pager:
    """A pager for a query of the form `query(connection, …, after, size)`, read through `desk.ask`.

    `arguments(wanted)` gives the named arguments of the query besides `after` and `size`; it is called for every page,
    so it sees the filter and the order as they are then. `owner` is the view or screen of this one list.
    """

    def pager(wanted: Wanted, then: Callable[[Any], None], give_up: Callable[[], None]) -> None:
        desk.ask(
            query,
            then=then,
            owner=owner,
            key="more" if wanted.after is not None else "page",
            always=give_up,
            after=wanted.after,
            size=wanted.size,
            **arguments(wanted),
        )

    return pager
