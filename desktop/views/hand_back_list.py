"""The list of results that wait: each with a tick that Space puts and takes away; what is typed goes to the field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop.assets import Look
from desktop.models.hand_back import TICK, columns
from desktop.models.table import TableModel
from desktop.settings import Settings
from desktop.views.lists import ListView
from desktop.views.standing import EmptyState
from onestop import clock
from onestop.queries.delivery import Ready
from onestop.texts import _


class HandBackList(ListView):
    """`show_rows(rows)`; `ticked`: those that go together. `ticks_changed` when that is changed; `lettered(key)` when
    somebody begins to type, or a reader does."""

    ticks_changed = Signal()
    lettered = Signal(object)

    def __init__(self, look: Look, settings: Settings, empty: EmptyState) -> None:
        self._on: set[str] = set()
        model = TableModel(look, columns(self.is_ticked, clock.now))
        name = _("Kết quả chờ trả")
        super().__init__(look, model, name, settings=settings, key="hand-back", many=True, empty=empty)
        model.setParent(self)
        self.give_way("code", "waits", "shelf")
        self.clicked.connect(self._clicked)

    def show_rows(self, rows: Sequence[Ready]) -> None:
        """Other rows; what is no longer among them is not ticked any more."""
        self._on &= {row.id for row in rows}
        self.table.show(rows)
        self.ticks_changed.emit()

    @property
    def shown(self) -> Sequence[Ready]:
        """All of them."""
        return self.table.rows

    @property
    def ticked(self) -> list[Ready]:
        """Those that are ticked, in the order shown."""
        return [row for row in self.table.rows if self.is_ticked(row.id)]

    def is_ticked(self, dossier: str) -> bool:
        """Does this one go with the others?"""
        return dossier in self._on

    def tick(self, dossiers: Iterable[str]) -> None:
        """These and no others."""
        self._on = set(dossiers)
        self._again(self.table.rows)

    def tick_all(self) -> None:
        """All that can be handed over, or none where all are ticked."""
        every = {row.id for row in self.table.rows if row.lies_here}
        self.tick(set() if every <= self._on else every)

    def toggle(self, rows: Sequence[Ready]) -> None:
        """Take these in, or out where all are in."""
        ids = {row.id for row in rows if row.lies_here}
        self._on = self._on - ids if ids <= self._on else self._on | ids
        self._again(rows)

    def _again(self, rows: Sequence[Ready]) -> None:
        for row in rows:
            self.table.change(row)
        self.ticks_changed.emit()

    def _clicked(self, index: QModelIndex) -> None:
        if self.table.columns[index.column()].key == TICK:
            self.toggle([self.table.row(index)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.toggle(self.chosen or ([self.current] if self.current is not None else []))
        elif plain and event.text().isprintable() and event.text():
            self.lettered.emit(event)
        else:
            super().keyPressEvent(event)
