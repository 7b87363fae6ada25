"""The three verbs of every screen: `ask` reads, `do` writes, `run` does long work. Nothing else reaches the store.

The desk never grows with features: a feature is a new function in `onestop/queries` or `onestop/actions`.
Trouble takes three roads (see `onestop/rules/errors.py`): what the person can act on goes to the asking screen, what
the surroundings failed at becomes a notice, everything else is our bug: a report and a plain apology.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject

from desktop.bus import Bus, Level, Notice
from desktop.crash import Reports
from desktop.jobs import Jobs, LaneName, Report, Ticket, alive
from onestop.rules.errors import RuleBroken, Stale, Trouble


class Done(Protocol):
    """What a write answers with: its own answer, and the table → ids it touched."""

    @property
    def answer(self) -> Any: ...

    @property
    def changes(self) -> Any: ...


class Office(Protocol):
    """The open office as the desk needs it; both calls are made in a worker."""

    def read(self, query: Callable[..., Any], /, *args: Any, **named: Any) -> Any: ...

    def perform(self, action: Callable[..., Any], form: Any, /) -> Any: ...


class Desk:
    """One object, made in `app.py`, handed to every screen."""

    def __init__(self, office: Office, jobs: Jobs, bus: Bus, reports: Reports) -> None:
        self.office = office
        self.bus = bus
        self._jobs = jobs
        self._reports = reports
        self._numbers = count(1)
        self._under_way: set[str] = set()

    @property
    def at_work(self) -> bool:
        """Is long work under way that the notice bar tells of?"""
        return bool(self._under_way)

    def ask(
        self,
        query: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], None],
        owner: QObject | None = None,
        key: str | None = None,
        or_else: Callable[[RuleBroken], None] | None = None,
        always: Callable[[], None] | None = None,
        **named: Any,
    ) -> Ticket:
        """Read `query(connection, *args, **named)` and give its rows to `then` in the GUI thread.

        A newer `ask` of the same owner with the same `key` makes this one's answer drop (type-ahead, lists).
        """
        return self._jobs.submit(
            LaneName.READ,
            lambda: self.office.read(query, *args, **named),
            done=then,
            failed=self._failing(owner, or_else, _name(query)),
            always=always,
            owner=owner,
            key=key,
        )

    def forget(self, owner: QObject, *keys: str) -> None:
        """Drop the answers that are still to come to this owner's questions, or to those asked under `keys`: what they
        were asked for is over."""
        self._jobs.forget(owner, *keys)

    def do(
        self,
        action: Callable[..., Any],
        form: Any,
        *,
        then: Callable[[Any], None] | None = None,
        owner: QObject | None = None,
        or_else: Callable[[RuleBroken], None] | None = None,
        always: Callable[[], None] | None = None,
    ) -> Ticket:
        """Write `action(work, form)` in one transaction on the store lane.

        After the commit `bus.changed` tells every screen, then `then(answer)` is called. A write is done even when the
        screen that asked is gone. `always()` is called at the end in every case (to let a button be pressed again).
        """

        def tell(done: Done) -> None:
            if done.changes:
                self.bus.changed.emit(done.changes)

        return self._jobs.submit(
            LaneName.STORE,
            lambda: self.office.perform(action, form),
            first=tell,
            done=None if then is None else lambda done: then(done.answer),
            failed=self._failing(owner, or_else, _name(action)),
            always=always,
            owner=owner,
        )

    def run(
        self,
        work: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], None] | None = None,
        owner: QObject | None = None,
        or_else: Callable[[RuleBroken], None] | None = None,
        always: Callable[[], None] | None = None,
        progress: Callable[[int, int | None, str], None] | None = None,
        what: str = "",
        **named: Any,
    ) -> Ticket:
        """Do long work: `work(report, *args, **named)`, which calls `report.step(done, total, what)` as it goes.

        With `what` (a code of `onestop/texts.py`, e.g. "progress.import") the notice bar shows how far it is and offers
        to cancel; with `progress` the screen shows it itself. A result with `changes` is told to every screen like that
        of a write.
        """
        number = f"run-{next(self._numbers)}"
        ticket: Ticket | None = None
        if what:
            self._under_way.add(number)

        def show(done: int, total: int | None, doing: str) -> None:
            if progress is not None and alive(owner):
                progress(done, total, doing)
            if what:
                details = {"done": done, "total": total, "what": doing}
                self.bus.tell(Notice(Level.PROGRESS, what, details, number, cancel=ticket.cancel if ticket else None))

        def ended() -> None:
            self._under_way.discard(number)
            if what:
                self.bus.tell(Notice(Level.PROGRESS, what, {"over": True}, number))
            if always is not None and alive(owner):
                always()

        def call(report: Report) -> Any:
            return work(report, *args, **named)

        def finish(answer: Any) -> None:
            changes = getattr(answer, "changes", None)
            if changes:
                self.bus.changed.emit(changes)
            if then is not None and alive(owner):
                then(answer)

        ticket = self._jobs.submit(
            LaneName.FREE,
            call,
            done=finish,
            failed=self._failing(owner, or_else, _name(work)),
            always=ended,
            progress=show,
            reports=True,
        )
        return ticket

    def when_written(self, then: Callable[[], None]) -> None:
        """`then()` once every write that was asked for so far is done."""
        self._jobs.submit(LaneName.STORE, lambda: None, done=lambda _none: then())

    def tell(self, level: Level, code: str, **details: Any) -> None:
        """Tell the person: the sentence of `code` in the notice bar."""
        self.bus.tell(Notice(level, code, details))

    def _failing(
        self, owner: QObject | None, or_else: Callable[[RuleBroken], None] | None, doing: str
    ) -> Callable[[BaseException], None]:
        def failed(error: BaseException) -> None:
            if isinstance(error, Stale):
                error = RuleBroken(error.code, **error.details)
            if isinstance(error, RuleBroken) and or_else is not None and alive(owner):
                or_else(error)
            elif isinstance(error, RuleBroken):
                self.bus.tell(Notice(Level.WARNING, error.code, error.details))
            elif isinstance(error, Trouble):
                self.bus.tell(Notice(Level.DANGER, error.code, error.details, key=error.code))
            else:
                self.apologise(error, self._reports.write(error, doing))

        return failed

    def apologise(self, error: BaseException, file: Path | None) -> None:
        """Our bug: say so plainly and say where the report is."""
        code = "program.bug" if file is not None else "program.bug-unreported"
        self.bus.tell(Notice(Level.DANGER, code, {"file": str(file)}, key="program.bug"))


def _name(call: Callable[..., Any]) -> str:
    return f"{getattr(call, '__module__', '')}.{getattr(call, '__qualname__', call.__class__.__name__)}"
