"""The one table model: columns are data, rows are frozen dataclasses, large lists come page by page from SQL.

A list is a tuple of `Column`s over rows of `onestop/queries`. Small lists are handed over whole (`show`) and sorted
here; large ones come through a `pager`, which is asked for the next page, and for another order, and never blocks.
A refresh keeps the selection, the current row and the place on the screen, because rows are known by their id.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from operator import attrgetter
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from desktop.assets import Look
from onestop.texts import _

Index = QModelIndex | QPersistentModelIndex
PAGE = 100
"""Rows asked for at a time; more than a screen holds at the smallest rows."""


STEPS = 40
"""Rows that come and go in more places than these are shown anew in one go."""


class Align(IntEnum):
    START = 0
    END = 1
    CENTRE = 2


class Role(IntEnum):
    """Roles of ours beside Qt's own."""

    ROW = Qt.ItemDataRole.UserRole
    """The row itself."""
    TONE = Qt.ItemDataRole.UserRole + 1
    """Name of a colour token."""
    ICON = Qt.ItemDataRole.UserRole + 2
    """Name of an icon, "" for none."""
    STRONG = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    `title` is a marked text (N_). `text(row)` is what stands there. `sort`: for a list handed over whole a function
    that gives the value to compare; for a paged list the name of the order that the pager understands; None = cannot be
    sorted by. `tone`, `icon` give a token and an icon by row; a state is always icon and word, never colour alone.
    `tip` gives more on hover. `width` counts average letters; `stretch` takes what is left. `figures`: digits of one
    width. `hidden` at first: to be chosen in the menu of the header.
    """

    key: str
    title: str
    text: Callable[[Any], str]
    sort: Callable[[Any], Any] | str | None = None
    align: Align = Align.START
    tip: Callable[[Any], str] | None = None
    tone: Callable[[Any], str] | None = None
    icon: Callable[[Any], str] | None = None
    strong: bool = False
    figures: bool = False
    width: int = 16
    stretch: bool = False
    hidden: bool = False


class PageLike(Protocol):
    """A page of rows as the queries give it; `after` continues it, None at the end."""

    @property
    def rows(self) -> Sequence[Any]: ...

    @property
    def after(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Page:
    """A page for tests and for lists that have no page of their own."""

    rows: tuple[Any, ...]
    after: Any = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the model asks its pager for. `order` is the `sort` name of a column ("" = the list's own order)."""

    after: Any = None
    order: str = ""
    descending: bool = False
    size: int = PAGE


Pager = Callable[[Wanted, Callable[[PageLike], None], Callable[[], None]], None]
"""`pager(wanted, then, give_up)`, called in the GUI thread, answers later through `then`. `give_up()`, when no answer
will come, lets the page be asked for again (it may be called after `then`, too)."""


class TableModel(QAbstractTableModel):
    """`filled` is emitted whenever rows have arrived; `complete` says whether the last page is here."""

    filled = Signal()

    def __init__(
        self,
        look: Look,
        columns: Sequence[Column],
        pager: Pager | None = None,
        *,
        row_id: Callable[[Any], Hashable] = attrgetter("id"),
        page: int = PAGE,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.look = look
        self._pager = pager
        self._row_id = row_id
        self._page = page
        self._rows: list[Any] = []
        self._after: Any = None
        self._order, self._descending = "", False
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None
        self._asked = 0
        self._waiting = False
        self._begun = pager is None

    # -- rows

    @property
    def rows(self) -> Sequence[Any]:
        """The rows that are here, in the order shown."""
        return self._rows

    @property
    def complete(self) -> bool:
        """Is the end of the list here?"""
        return self._begun and self._after is None and not self._waiting

    @property
    def waiting(self) -> bool:
        """Has a page been asked for that is not here yet?"""
        return self._waiting

    def row(self, index: Index | int) -> Any:
        """The row at this place; IndexError when there is none."""
        return self._rows[index if isinstance(index, int) else index.row()]

    def place(self, row_id: Hashable) -> int:
        """The place of the row with this id among those here, -1 when it is not among them."""
        return next((place for place, row in enumerate(self._rows) if self._row_id(row) == row_id), -1)

    def id_at(self, place: int) -> Hashable:
        """The id of the row at this place."""
        return self._row_id(self._rows[place])

    def show(self, rows: Sequence[Any]) -> None:
        """Hand over a whole small list. Rows already shown keep their selection."""
        rows = list(rows)
        if self._sorted_by is not None:
            rows = self._in_order(rows, *self._sorted_by)
        self._begun, self._after, self._waiting = True, None, False
        self._become(rows)
        self.filled.emit()

    def restart(self) -> None:
        """Another question (filter, search): forget the rows, ask for the first page."""
        self._ask(Wanted(None, self._order, self._descending, self._page), anew=True)

    def refresh(self) -> None:
        """The same question again: as many rows as are here, the selection stays."""
        if self._pager is not None:
            size = max(self._page, len(self._rows))
            self._ask(Wanted(None, self._order, self._descending, size), anew=False)

    def change(self, row: Any) -> bool:
        """Put in the new state of a row that is shown; False when it is not among those here."""
        place = self.place(self._row_id(row))
        if place < 0:
            return False
        self._rows[place] = row
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))
        return True

    def _ask(self, wanted: Wanted, *, anew: bool) -> None:
        assert self._pager is not None, "a list handed over whole has nobody to ask"
        self._asked += 1
        self._waiting = True
        number = self._asked

        def arrived(page: PageLike) -> None:
            if number != self._asked:
                return  # a newer question is under way
            self._begun, self._after = True, page.after
            if wanted.after is not None:
                self._append(list(page.rows))
            elif anew:
                self.beginResetModel()
                self._rows = list(page.rows)
                self.endResetModel()
            else:
                self._become(list(page.rows))
            # Only now may more be fetched: whoever hears of the new rows could ask while they are still being put in.
            self._waiting = False
            self.filled.emit()

        def give_up() -> None:
            if number == self._asked:
                self._waiting = False

        self._pager(wanted, arrived, give_up)

    def _append(self, rows: list[Any]) -> None:
        """A later page; a row that has moved into it meanwhile is not shown twice."""
        here = {self._row_id(row) for row in self._rows}
        rows = [row for row in rows if self._row_id(row) not in here]
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def _become(self, rows: list[Any]) -> None:
        """Turn the rows shown into `rows` by the fewest steps: rows that stay keep selection and place."""
        ids = [self._row_id(row) for row in rows]
        wanted = set(ids)
        if len(wanted) != len(ids) or not self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        known = {self._row_id(row) for row in self._rows}
        gone = _runs([self._row_id(row) not in wanted for row in self._rows])
        if len(gone) + len(_runs([one not in known for one in ids])) > STEPS:
            # Another list rather than a change of this one: a view takes a millisecond for each step.
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        for first, last in reversed(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
        place = {one: number for number, one in enumerate(ids)}
        order = [place[self._row_id(row)] for row in self._rows]
        if order != sorted(order):
            self._reorder(sorted(self._rows, key=lambda row: place[self._row_id(row)]))
        here = {self._row_id(row) for row in self._rows}
        for first, last in _runs([one not in here for one in ids]):
            self.beginInsertRows(QModelIndex(), first, last)
            self._rows[first:first] = rows[first : last + 1]
            self.endInsertRows()
        changed = [old != new for old, new in zip(self._rows, rows, strict=True)]
        self._rows = rows
        for first, last in _runs(changed):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _reorder(self, rows: list[Any]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        moved = {id(row): place for place, row in enumerate(rows)}
        after = [self.index(moved[id(self._rows[index.row()])], index.column()) for index in before]
        self._rows = rows
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    # -- order

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By this column: a paged list asks its pager, a whole one is sorted here (equal rows keep their order)."""
        if not 0 <= column < len(self.columns):
            return
        by = self.columns[column].sort
        if by is None:
            return
        if self._pager is None:
            self._sorted_by = (column, order)
            if self._rows:
                self._reorder(self._in_order(self._rows, column, order))
        elif isinstance(by, str):
            descending = order == Qt.SortOrder.DescendingOrder
            if (by, descending) != (self._order, self._descending):
                self._order, self._descending = by, descending
                self.restart()

    def _in_order(self, rows: list[Any], column: int, order: Qt.SortOrder) -> list[Any]:
        by = self.columns[column].sort
        key = by if callable(by) else self.columns[column].text
        return sorted(rows, key=key, reverse=order == Qt.SortOrder.DescendingOrder)

    # -- what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        if parent.isValid() or self._pager is None or self._waiting:
            return False
        return not self._begun or self._after is not None

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._ask(Wanted(self._after, self._order, self._descending, self._page), anew=not self._begun)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Role.ROW:
            return row
        if role == Role.TONE:
            return column.tone(row) if column.tone else "ink"
        if role == Role.ICON:
            return column.icon(row) if column.icon else ""
        if role == Role.STRONG:
            return column.strong
        if role == Qt.ItemDataRole.ToolTipRole:
            return (column.tip(row) if column.tip else "") or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENT[column.align]
        if role == Qt.ItemDataRole.ForegroundRole:
            return self.look.colour(column.tone(row)) if column.tone else None
        if role == Qt.ItemDataRole.FontRole:
            return self._font(column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(column.title)}: {column.text(row)}"
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return (column.tip(row) if column.tip else "") or None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _(column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENT[column.align]
        return None

    def _font(self, column: Column) -> QFont | None:
        if not (column.strong or column.figures):
            return None
        return self.look.font(strong=column.strong, figures=column.figures)


_ALIGNMENT = {
    Align.START: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Align.END: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    Align.CENTRE: Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
}


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last place of every unbroken run of True."""
    runs: list[tuple[int, int]] = []
    for place, flag in enumerate(flags):
        if not flag:
            continue
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
