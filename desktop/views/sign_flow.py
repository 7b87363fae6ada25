"""Signing from the window: one batch at a time on the free lane, its progress in the notice bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop import signing
from desktop.bus import Level, Notice
from desktop.jobs import Ticket, alive
from desktop.signing import Means, Outcome
from desktop.views.screen import Counter
from onestop.queries.papers import DocumentRow
from onestop.rules.errors import Remark, RuleBroken

KEY = "sign"
"""Of every notice about signing: the newest takes the place of the one before."""
OF_PIN = frozenset(
    {"sign.pin-missing", "sign.wrong-pin", "sign.last-try", "sign.locked", "sign.pin-expired", "sign.no-pin-set"}
)
"""What is said beside the field of the PIN."""


class SignFlow(QObject):
    """`sign(…)`, `stop()`. `over(Outcome)` at the end; `changed` when it begins and ends."""

    over = Signal(object)
    changed = Signal()

    def __init__(self, counter: Counter, parent: QObject) -> None:
        super().__init__(parent)
        self._counter, self._desk = counter, counter.desk
        self._ticket: Ticket | None = None

    @property
    def running(self) -> bool:
        """Is a batch under way?"""
        return self._ticket is not None

    @property
    def _office(self) -> Any:
        return self._counter.service.office

    def means(self) -> Means:
        """With what the clerk signs on this machine, as the settings stand."""
        return signing.means_of(self._counter.settings)

    def lacks(self) -> str:
        """The code of what is still to be chosen; "" when one can sign."""
        try:
            signing.maker(self.means(), demo=self._office.row.demo)
        except RuleBroken as broken:
            return broken.code
        return ""

    def sign(self, papers: Sequence[DocumentRow], pin: str, *, even_last_try: bool = False) -> None:
        """Sign these papers. The PIN goes to whoever holds the key, and is kept nowhere."""
        if self.running or not papers:
            return
        means = self.means()
        make = signing.maker(means, pin, even_last_try=even_last_try, demo=self._office.row.demo)
        ticket = self._desk.run(
            signing.sign_all,
            self._office,
            tuple(papers),
            make,
            means.appearance,
            then=self._arrived,
            always=self._ended,
            what="progress.sign",
        )
        self._ticket = None if ticket.over else ticket
        self.changed.emit()

    def stop(self) -> None:
        """Sign no further; what was signed is stored."""
        if self._ticket is not None:
            self._ticket.cancel()

    def _arrived(self, outcome: Outcome) -> None:
        """It is over. The screen that began it may be gone: another clerk has come, and his own have been made."""
        if not alive(self):
            self.tell(outcome)
            return
        self._ticket = None
        self.over.emit(outcome)

    def _ended(self) -> None:
        if alive(self):
            self._ticket = None
            self.changed.emit()

    def tell(self, outcome: Outcome) -> None:
        """Say in the notice bar how it went: to whoever is on another screen by now."""
        stopped = outcome.stopped
        if stopped is not None:
            self._desk.bus.tell(Notice(Level.DANGER, stopped.code, dict(stopped.details), KEY))
            return
        told = summary(outcome)
        level = Level.GOOD if told.code == "sign.done" else Level.WARNING
        self._desk.bus.tell(Notice(level, told.code, dict(told.details), KEY))


def summary(outcome: Outcome) -> Remark:
    """How many were signed, and how many still wait."""
    still = outcome.total - len(outcome.signed)
    if still:
        return Remark("sign.ended", {"count": len(outcome.signed), "left": still})
    return Remark("sign.done", {"count": len(outcome.signed)})
