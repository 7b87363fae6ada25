"""The only threads of the program: work goes out on a lane and its answer comes home to the GUI thread.

Three lanes. `STORE` has one thread: writes follow one another. `READ` has two: lists and type-ahead, never behind
a long work. `FREE` has two: long work with progress and cancel. Answers come back through one QObject born in the
GUI thread. An answer whose owner (a widget) is gone is dropped, and so is one that a newer job with the same owner and
key has overtaken.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

BETWEEN_STEPS = 0.05
"""Seconds between two reports of progress that are brought home; those in between are only counted."""


class LaneName(StrEnum):
    STORE = "store"
    READ = "read"
    FREE = "free"


THREADS = {LaneName.STORE: 1, LaneName.READ: 2, LaneName.FREE: 2}


class Cancelled(Exception):
    """Raised inside long work at its next step after the person gave it up; answered with silence."""


class Ticket:
    """One job under way. `cancel()` may be called from any thread: work not begun never runs, work begun raises
    `Cancelled` at its next `Report.step`."""

    def __init__(self, owner: QObject | None, key: str | None) -> None:
        self.owner = owner
        self.key = key
        self.cancelled = False
        self.overtaken = False
        self.over = False
        self.call: Callable[[], Any] = lambda: None
        self.first: Callable[[Any], None] | None = None
        self.done: Callable[[Any], None] | None = None
        self.failed: Callable[[BaseException], None] | None = None
        self.always: Callable[[], None] | None = None
        self.progress: Callable[[int, int | None, str], None] | None = None

    def cancel(self) -> None:
        """Give it up."""
        self.cancelled = True

    @property
    def wanted(self) -> bool:
        """Is somebody still there to hear the answer?"""
        return not self.overtaken and alive(self.owner)


class Report:
    """What long work tells while it runs: `step(done, total, what)`; `total` None = not known."""

    def __init__(self, ticket: Ticket, send: Callable[[Ticket, int, int | None, str], None]) -> None:
        self._ticket = ticket
        self._send = send
        self._sent = 0.0

    @property
    def cancelled(self) -> bool:
        return self._ticket.cancelled

    def step(self, done: int = 0, total: int | None = None, what: str = "") -> None:
        """How far it is; raises `Cancelled` when the person gave it up."""
        if self._ticket.cancelled:
            raise Cancelled
        now = time.monotonic()
        if now - self._sent >= BETWEEN_STEPS or done == total:
            self._sent = now
            self._send(self._ticket, done, total, what)


def alive(owner: QObject | None) -> bool:
    """False when the widget that asked has been deleted. Nobody (None) is always there."""
    return owner is None or isValid(owner)


class _Lane:
    """Threads that take calls off one queue; they start with the first call."""

    def __init__(self, name: str, count: int, run: Callable[[Ticket], None]) -> None:
        self._name, self._count, self._run = name, count, run
        self._waiting: deque[Ticket] = deque()
        self._wake = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._closed = False

    def put(self, ticket: Ticket) -> None:
        with self._wake:
            if self._closed:
                return
            self._waiting.append(ticket)
            if len(self._threads) < self._count:
                thread = threading.Thread(target=self._work, name=f"lane-{self._name}", daemon=True)
                self._threads.append(thread)
                thread.start()
            self._wake.notify()

    def _work(self) -> None:
        while True:
            with self._wake:
                while not self._waiting:
                    if self._closed:
                        return
                    self._wake.wait()
                ticket = self._waiting.popleft()
            self._run(ticket)

    def close(self, *, drop: bool, seconds: float) -> bool:
        """No more calls; `drop` those waiting, else do them. True when every thread has ended in time."""
        with self._wake:
            self._closed = True
            if drop:
                self._waiting.clear()
            self._wake.notify_all()
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)


class Jobs(QObject):
    """Made once, in the GUI thread. Only `desk.py` speaks to it."""

    _home = Signal(object, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest: dict[tuple[int, str], Ticket] = {}
        self._under_way: set[Ticket] = set()
        self._lanes = {name: _Lane(name, count, self._run) for name, count in THREADS.items()}
        # A bound method of an object of the GUI thread: Qt brings the call home from whichever thread emits.
        self._home.connect(self._arrive, Qt.ConnectionType.AutoConnection)

    @property
    def busy(self) -> bool:
        """Is any job still out?"""
        return bool(self._under_way)

    def submit(
        self,
        lane: LaneName,
        call: Callable[..., Any],
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        first: Callable[[Any], None] | None = None,
        always: Callable[[], None] | None = None,
        progress: Callable[[int, int | None, str], None] | None = None,
        reports: bool = False,
        owner: QObject | None = None,
        key: str | None = None,
    ) -> Ticket:
        """Run `call()` (or `call(report)` with `reports`) on the lane.

        Back in the GUI thread, in this order: `first(answer)` whatever became of the owner; `done(answer)` or
        `failed(error)` and then `always()` if the owner is still there and no newer job with its key was submitted.
        A job cancelled by the person, or overtaken before it began, ends with `always()` alone.
        """
        ticket = Ticket(owner, key)
        ticket.done, ticket.failed, ticket.first = done, failed, first
        ticket.always, ticket.progress = always, progress
        ticket.call = (lambda: call(Report(ticket, self._step))) if reports else call
        if key is not None:
            place = (id(owner), key)
            if place in self._latest:
                self._latest[place].overtaken = True
            self._latest[place] = ticket
        self._under_way.add(ticket)
        self._start(lane, ticket)
        return ticket

    def forget(self, owner: QObject, *keys: str) -> None:
        """What this owner has asked, under any of `keys` where some are named, no longer matters: answers still to come
        are dropped. Writes are not: they are done."""
        for ticket in self._under_way:
            if ticket.owner is owner and ticket.first is None and (not keys or ticket.key in keys):
                ticket.overtaken = True

    def _start(self, lane: LaneName, ticket: Ticket) -> None:
        self._lanes[lane].put(ticket)

    def _run(self, ticket: Ticket) -> None:
        """In a worker."""
        if ticket.cancelled or (ticket.overtaken and ticket.first is None):
            self._send(ticket, "dropped", None)
            return
        try:
            answer = ticket.call()
        except Cancelled:
            self._send(ticket, "dropped", None)
        except BaseException as error:  # noqa: BLE001 -- every failure goes home: what it means is decided by the desk
            self._send(ticket, "failed", error)
        else:
            self._send(ticket, "done", answer)

    def _step(self, ticket: Ticket, done: int, total: int | None, what: str) -> None:
        self._send(ticket, "step", (done, total, what))

    def _send(self, ticket: Ticket, kind: str, value: object) -> None:
        if isValid(self):
            self._home.emit(ticket, kind, value)

    @Slot(object, str, object)
    def _arrive(self, ticket: Ticket, kind: str, value: Any) -> None:
        """In the GUI thread."""
        if kind == "step":
            if ticket.progress is not None and ticket.wanted and not ticket.over:
                ticket.progress(*value)
            return
        ticket.over = True
        self._under_way.discard(ticket)
        if ticket.key is not None and self._latest.get((id(ticket.owner), ticket.key)) is ticket:
            del self._latest[id(ticket.owner), ticket.key]
        if kind == "done" and ticket.first is not None:
            ticket.first(value)
        if kind == "failed" and ticket.failed is not None and ticket.first is not None and not ticket.wanted:
            ticket.failed(value)  # a write that failed is never lost from sight, even when its screen is gone
            return
        if not ticket.wanted:
            return
        try:
            if kind == "done" and ticket.done is not None:
                ticket.done(value)
            elif kind == "failed" and ticket.failed is not None:
                ticket.failed(value)
        finally:
            if ticket.always is not None:
                ticket.always()

    def close(self, seconds: float = 10.0) -> bool:
        """At the end: long work is given up, reads are dropped, every write that was asked for is done first.

        True when all threads have ended in time.
        """
        for ticket in self._under_way:
            if ticket.first is None:
                ticket.cancel()
        ended = [
            self._lanes[LaneName.STORE].close(drop=False, seconds=seconds),
            self._lanes[LaneName.READ].close(drop=True, seconds=seconds),
            self._lanes[LaneName.FREE].close(drop=True, seconds=seconds),
        ]
        return all(ended)


class DirectJobs(Jobs):
    """The same without threads, for tests of screens: a job is done at once, before `submit` returns.

    With `hold=True` jobs wait until `release()`, which does them in the order they came, or `release(n)` the first n.
    """

    def __init__(self, parent: QObject | None = None, *, hold: bool = False) -> None:
        super().__init__(parent)
        self.hold = hold
        self._held: list[Ticket] = []

    def _start(self, lane: LaneName, ticket: Ticket) -> None:
        if self.hold:
            self._held.append(ticket)
        else:
            self._run(ticket)

    def release(self, count: int | None = None) -> int:
        """Do the jobs that wait; how many were done."""
        now = self._held[:count]
        del self._held[: len(now)]
        for ticket in now:
            self._run(ticket)
        return len(now)
