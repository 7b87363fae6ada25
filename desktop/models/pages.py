"""The pages of one component, of the tray or of a paper, as a strip shows them, and what a person does with them.

The model makes every change itself at once and says what the store has to do with it: `arranged(changes)` for pages on
their way, `rearranged(form)` for the pages of a paper that is kept. Undo is what the store gives back; a paper's own is
kept here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.models import page_words
from onestop.actions.pages import Change
from onestop.actions.paper_changes import ArrangeForm
from onestop.queries.papers import DocumentRow, PageRow
from onestop.rules.errors import Remark
from onestop.store.blobs import PDF

Index = QModelIndex | QPersistentModelIndex
STEPS_BACK = 100


class Role(IntEnum):
    """Roles beside Qt's own."""

    ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Picture:
    """What is to be drawn: a stored file, which leaf of it (0 is the first), turned so many degrees clockwise."""

    blob: str
    media_type: str
    leaf: int = 0
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """One page. `picture`: as it came; `large`: what is looked at, the leaf of the file of record where there is one.
    `faults`: what keeps it out. `filed`: the words stand in the file itself."""

    id: str
    picture: Picture
    large: Picture
    leaves: int = 1
    struck: bool = False
    blank: bool = False
    faults: tuple[Remark, ...] = ()
    passed: bool = False
    name: str = ""
    filed: bool = False
    position: int = 0
    details: PageRow | None = None

    @property
    def turn(self) -> int:
        """Degrees clockwise."""
        return self.picture.turn


def shown_page(row: PageRow) -> Shown:
    """A page on its way."""
    blob = row.file or row.blob
    turn = 0 if row.media_type == PDF else row.turn
    picture = Picture(blob, row.media_type, 0, turn)
    return Shown(
        row.id,
        picture,
        picture,
        row.leaves,
        row.struck,
        row.blank,
        row.faults,
        row.passed is not None,
        row.name,
        row.media_type == PDF,
        row.position,
        row,
    )


def shown_paper(paper: DocumentRow) -> list[Shown]:
    """The pages of a paper that is kept. Where its file of record is made, that is what one looks at."""
    whole = len(paper.pages) == 1 and paper.pages[0].media_type == PDF
    rows, leaf = [], 0
    for page in paper.pages:
        picture = Picture(page.blob, page.media_type, 0, page.turn)
        large = picture
        if paper.blob is not None and not page.struck:
            large = Picture(paper.blob, PDF, leaf)
            leaf += 1
        rows.append(
            Shown(
                _id(paper, page.position),
                large if whole else picture,
                large,
                paper.leaves if whole else 1,
                page.struck,
                name=paper.name,
                filed=large.media_type == PDF,
                position=page.position,
            )
        )
    return rows


class PagesModel(QAbstractListModel):
    """One strip. What is shown is handed over whole, again and again; rows that stay keep their place and selection."""

    arranged = Signal(object)
    rearranged = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Shown] = []
        self._last: dict[str | None, int] = {}
        self._paper: DocumentRow | None = None
        self._back: list[tuple[tuple[int, int, bool], ...]] = []
        self.component: str | None = None

    @property
    def rows(self) -> Sequence[Shown]:
        """The pages as shown."""
        return self._rows

    @property
    def paper(self) -> DocumentRow | None:
        """The paper whose pages are shown; None where they are on their way."""
        return self._paper

    def place(self, page_id: str) -> int:
        """Where this page stands, -1 when it is not here."""
        return next((at for at, row in enumerate(self._rows) if row.id == page_id), -1)

    # -- what is shown

    def show(self, pages: Sequence[PageRow], component: str | None) -> None:
        """The pages of `component` out of all those of a draft or dossier; the removed ones stay out."""
        self._paper, self.component, self._back = None, component, []
        self._last = {}
        for row in pages:
            self._last[row.component] = max(row.position, self._last.get(row.component, 0))
        here = [row for row in pages if row.component == component and not row.removed]
        self._become([shown_page(row) for row in sorted(here, key=lambda row: (row.position, row.at))])

    def show_paper(self, paper: DocumentRow) -> None:
        """The pages of a paper that is kept."""
        if self._paper is None or self._paper.id != paper.id:
            self._back = []
        self._paper, self.component, self._last = paper, paper.component, {}
        self._become(shown_paper(paper))

    def clear(self) -> None:
        """Nothing at all."""
        self._paper, self._back = None, []
        self._become([])

    def _become(self, rows: list[Shown]) -> None:
        wanted = {row.id for row in rows}
        for at in range(len(self._rows) - 1, -1, -1):
            if self._rows[at].id not in wanted:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._rows[at]
                self.endRemoveRows()
        known = {row.id for row in self._rows}
        if [row.id for row in rows if row.id in known] != [row.id for row in self._rows]:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
            return
        for at, row in enumerate(rows):
            if row.id not in known:
                self.beginInsertRows(QModelIndex(), at, at)
                self._rows.insert(at, row)
                self.endInsertRows()
            elif row != self._rows[at]:
                self._rows[at] = row
                self.dataChanged.emit(self.index(at), self.index(at))
        if rows:  # every page says how many there are
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1), [Qt.ItemDataRole.AccessibleTextRole])

    # -- what a person does

    def shift(self, row: int, step: int) -> bool:
        """Put a page `step` places further on; False at the end of the row."""
        to = row + step
        if not 0 <= row < len(self._rows) or not 0 <= to < len(self._rows) or not step:
            return False
        before = self._arrangement()
        self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), to + 1 if step > 0 else to)
        self._rows.insert(to, self._rows.pop(row))
        self.endMoveRows()
        changes = []
        for place, each in enumerate(self._rows, 1):
            if each.position != place and self._paper is None:
                changes.append(Change(each.id, {"position": place}))
                self._rows[place - 1] = replace(each, position=place)
        self._tell(changes, before)
        return True

    def turn(self, rows: Sequence[int], degrees: int) -> bool:
        """Turn pages clockwise. A PDF is turned in the program that made it: False where nothing else was chosen."""
        before = self._arrangement()
        changes = []
        for at in rows:
            row = self._rows[at]
            if row.picture.media_type != PDF:
                turned = (row.turn + degrees) % 360
                self._put(at, _turned(row, turned))
                changes.append(Change(row.id, {"turn": turned}))
        if changes:
            self._tell(changes, before)
        return bool(changes)

    def strike(self, rows: Sequence[int]) -> bool:
        """Strike pages through; where all of them are already, restore them."""
        before = self._arrangement()
        struck = not all(self._rows[at].struck for at in rows)
        changes = []
        for at in rows:
            row = self._rows[at]
            if row.struck != struck:
                self._put(at, replace(row, struck=struck))
                changes.append(Change(row.id, {"struck": struck}))
        if changes:
            self._tell(changes, before)
        return bool(changes)

    def take_away(self, rows: Sequence[int]) -> bool:
        """Take pages away; of a paper that is kept none goes, it is struck through instead."""
        if self._paper is not None:
            return self.strike([at for at in rows if not self._rows[at].struck])
        return self._leave(rows, lambda _at: {"state": "removed"})

    def send(self, rows: Sequence[int], component: str | None) -> bool:
        """Put pages behind those of another component."""
        if self._paper is not None or component == self.component:
            return False
        last = self._last.get(component, 0)
        self._last[component] = last + len(rows)
        return self._leave(rows, lambda at: {"component": component, "position": last + at})

    def undo(self) -> bool:
        """Take the last change of the paper's pages back; False where there is none, or where the store does it."""
        if self._paper is None or not self._back:
            return False
        self.rearranged.emit(ArrangeForm(self._paper.id, self._back.pop()))
        return True

    def _leave(self, rows: Sequence[int], values: Callable[[int], Mapping[str, Any]]) -> bool:
        changes = []
        for at, row in enumerate(sorted(rows), 1):
            changes.append(Change(self._rows[row].id, values(at)))
        for row in sorted(rows, reverse=True):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
        self._tell(changes, ())
        return bool(changes)

    def _arrangement(self) -> tuple[tuple[int, int, bool], ...]:
        """Position, turn and struck of each page of a paper, in the order shown."""
        return tuple((row.position, row.turn, row.struck) for row in self._rows)

    def _put(self, row: int, shown: Shown) -> None:
        self._rows[row] = shown
        self.dataChanged.emit(self.index(row), self.index(row))

    def _tell(self, changes: Sequence[Change], before: tuple[tuple[int, int, bool], ...]) -> None:
        if self._paper is None:
            if changes:
                self.arranged.emit(tuple(changes))
            return
        now = self._arrangement()
        # The store numbers the pages anew in the order given; what takes it back names them by those numbers.
        place = {position: at for at, (position, _turn, _struck) in enumerate(now, 1)}
        back = tuple((place[position], turn, struck) for position, turn, struck in before)
        self._back = [*self._back, back][-STEPS_BACK:]
        self._rows = [replace(row, id=_id(self._paper, at), position=at) for at, row in enumerate(self._rows, 1)]
        self.rearranged.emit(ArrangeForm(self._paper.id, now))

    # -- what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.id
        if role == Role.ROW:
            return row
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return page_words.name(row, index.row() + 1, len(self._rows))
        return None


def _id(paper: DocumentRow, position: int) -> str:
    return f"{paper.id}/{position}"


def _turned(row: Shown, turn: int) -> Shown:
    picture = replace(row.picture, turn=turn)
    large = picture if row.large.media_type != PDF else row.large
    return replace(row, picture=picture, large=large)
