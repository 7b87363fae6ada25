"""The list of papers that wait for a signature: each with a tick that Space puts and takes away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop.assets import Look
from desktop.models.table import TableModel
from desktop.models.to_sign import TICK, columns
from desktop.settings import Settings
from desktop.views.lists import ListView
from desktop.views.standing import EmptyState
from onestop import clock
from onestop.queries.papers import DocumentRow
from onestop.texts import _


class SignList(ListView):
    """`show(papers)`; `ticked`: those to be signed, all at first. `ticks_changed` when that is changed."""

    ticks_changed = Signal()

    def __init__(self, look: Look, settings: Settings, empty: EmptyState) -> None:
        self._off: set[str] = set()
        model = TableModel(look, columns(self.is_ticked, clock.now))
        super().__init__(
            look, model, _("Giấy tờ chờ ký"), settings=settings, key="to-sign", many=True, empty=empty, parent=None
        )
        model.setParent(self)
        self.give_way("since", "pages", "file", "owner")
        self.clicked.connect(self._clicked)

    def show_papers(self, papers: Sequence[DocumentRow]) -> None:
        """What waits now. A paper that is new is ticked; those that stay keep what was chosen for them."""
        self._off &= {paper.id for paper in papers}
        self.table.show(papers)
        self.ticks_changed.emit()

    @property
    def papers(self) -> Sequence[DocumentRow]:
        """All of them."""
        return self.table.rows

    @property
    def ticked(self) -> list[DocumentRow]:
        """Those to be signed, in the order shown."""
        return [paper for paper in self.table.rows if self.is_ticked(paper.id)]

    @property
    def unticked(self) -> frozenset[str]:
        """The ids of those that are not."""
        return frozenset(self._off)

    def leave_out(self, papers: Iterable[str]) -> None:
        """Those are not to be signed, whenever they are shown."""
        self._off = set(papers)

    def is_ticked(self, paper: str) -> bool:
        """Is this paper to be signed?"""
        return paper not in self._off

    def tick_only(self, paper: str) -> None:
        """This one and no other."""
        self._off = {row.id for row in self.table.rows if row.id != paper}
        self._again(self.table.rows)

    def tick_all(self) -> None:
        """All of them, or none where all are ticked."""
        every = {row.id for row in self.table.rows}
        self._off = set() if self._off else every
        self._again(self.table.rows)

    def toggle(self, papers: Sequence[DocumentRow]) -> None:
        """Take these out, or put them back where all are out."""
        ids = {paper.id for paper in papers}
        if ids <= self._off:
            self._off -= ids
        else:
            self._off |= ids
        self._again(papers)

    def _again(self, papers: Sequence[DocumentRow]) -> None:
        for paper in papers:
            self.table.change(paper)
        self.ticks_changed.emit()

    def _clicked(self, index: QModelIndex) -> None:
        if self.table.columns[index.column()].key == TICK:
            self.toggle([self.table.row(index)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.toggle(self.chosen or ([self.current] if self.current is not None else []))
        else:
            super().keyPressEvent(event)
