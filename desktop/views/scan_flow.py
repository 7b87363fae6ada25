"""Scanning from the window: one scan at a time on the free lane, its progress and troubles told in the notice bar.

Any screen that has pages has one of these (`views/scan.py`, and Tiếp nhận beside its checklist).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from desktop import scanning
from desktop.bus import Level, Notice, Offer
from desktop.devices.scanners import wish_of
from desktop.devices.source import Page, ScanWish
from desktop.devices.spool import FOLDER, Spool
from desktop.devices.taken import Taken
from desktop.jobs import Ticket
from desktop.scanning import Came, Outcome, Scan
from desktop.views.screen import Counter
from onestop.actions.pages import Owner
from onestop.rules.errors import DeviceTrouble, Trouble
from onestop.rules.papers import Source
from onestop.texts import N_

KEY = "scan"
"""Of every notice about scanning: the newest takes the place of the one before."""


class Services(Protocol):
    """What scanning asks of `counter.service`. Where one is missing, or None, scanning says so."""

    office: Any
    pagework: scanning.Workshop
    scanners: scanning.Scanners


@dataclass(frozen=True, slots=True)
class Onward:
    """What the next F6 goes on with where both sides are scanned by hand: fronts that a jam broke off, or the backs.
    `fronts` and `sheets`: what went through so far."""

    scan: Scan
    wish: ScanWish
    fronts: tuple[Came, ...] = ()
    sheets: int = 0

    def after(self, outcome: Outcome) -> Onward | None:
        """What is to follow; None when the stack is done."""
        if self.wish.turned:
            left = self.wish.turned - outcome.sheets
            scan = replace(self.scan, fronts=(*self.scan.fronts, *outcome.came))
            return Onward(scan, replace(self.wish, turned=left)) if outcome.trouble and left > 0 else None
        fronts, sheets = (*self.fronts, *outcome.came), self.sheets + outcome.sheets
        if outcome.trouble:
            first = self.wish.first + 2 * outcome.sheets
            return Onward(self.scan, replace(self.wish, first=first), fronts, sheets)
        if not fronts or outcome.given_up:
            return None
        return Onward(replace(self.scan, fronts=fronts), replace(self.wish, first=1, turned=sheets))


class ScanFlow(QObject):
    """`scan(…)`, `take(…)`, `bring(…)`, `stop()`. `came` whenever pages have been stored; `over(Outcome)` at the end;
    `changed` when it begins, ends, or waits for a stack to be turned over."""

    came = Signal()
    over = Signal(object)
    changed = Signal()

    def __init__(self, counter: Counter, parent: QObject) -> None:
        super().__init__(parent)
        self._counter, self._desk = counter, counter.desk
        self._ticket: Ticket | None = None
        self._count = 0
        self._onward: Onward | None = None
        self._waiting: list[tuple[Scan, Page]] = []

    @property
    def running(self) -> bool:
        """Is a scan under way?"""
        return self._ticket is not None

    @property
    def ready(self) -> bool:
        """Has this machine anything to scan with at all?"""
        return self._service("scanners") is not None

    def _service(self, name: str) -> Any:
        return getattr(self._counter.service, name, None)

    @property
    def backs(self) -> int:
        """How many sheets wait to be turned over, 0 for none."""
        return self._onward.wish.turned if self._onward is not None else 0

    def all_sorted(self) -> None:
        """Nothing lies in the tray any more, or another dossier is taken up: nobody is told of it any longer."""
        self._counter.notices.drop(KEY, "scan.came-unsorted")

    # -- the scanner

    def scan(self, owner: Owner, component: str | None, title: str, *, stack: bool = False) -> None:
        """Scan what lies in the scanner; a stack that waits to be turned over, or broke off, goes on."""
        if self.running:
            return
        if not self.ready:
            self._not_set_up()
            return
        onward, self._onward = self._onward, None
        if onward is not None and onward.scan.owner == owner:
            self._begin(onward)
        else:
            self._begin(Onward(Scan(owner, component, stack, title=title), wish_of(self._counter.settings)))

    def leave_backs(self) -> None:
        """The stack that waits to be turned over has nothing on its backs."""
        self._onward = None
        self.changed.emit()

    def _begin(self, onward: Onward) -> None:
        self._run(
            scanning.scan_into,
            self._service("office"),
            self._service("pagework"),
            self._service("scanners"),
            onward.scan,
            onward.wish,
            then=lambda outcome: self._scanned(onward, outcome),
            what="progress.scan",
        )

    def _scanned(self, done: Onward, outcome: Outcome) -> None:
        self._onward = done.after(outcome) if done.wish.manual_duplex else None
        scan = done.scan
        if outcome.trouble is not None:
            again = Offer(N_("Quét tiếp"), lambda: self.scan(scan.owner, scan.component, scan.title, stack=scan.stack))
            self._trouble(outcome, again)
        elif outcome.given_up:
            self._tell(Level.NOTE, "scan.stopped", count=len(outcome.came))
        elif self.backs:
            self._tell(Level.NOTE, "scan.turn-over", count=self.backs)
        elif outcome.unsorted and scan.stack:
            self._tell(Level.WARNING, "scan.came-unsorted", count=len(outcome.came), unsorted=outcome.unsorted)
        elif outcome.blank:
            self._tell(Level.GOOD, "scan.came-blank", count=len(outcome.came), blank=outcome.blank)
        else:
            self._tell(Level.GOOD, "scan.came", count=len(outcome.came))
        for news in self._service("scanners").news():
            level = Level.WARNING if news.code == "scan.fallback" else Level.NOTE
            self._desk.bus.tell(Notice(level, news.code, news.details, news.code))
        self.over.emit(outcome)

    def _trouble(self, outcome: Outcome, again: Offer) -> None:
        trouble = outcome.trouble
        assert trouble is not None
        if trouble.code == "device.none":
            self._not_set_up()
            return
        offers = (again,) if isinstance(trouble, DeviceTrouble) else ()
        self._desk.bus.tell(Notice(Level.DANGER, trouble.code, trouble.details, KEY, offers))

    def _not_set_up(self) -> None:
        def to_settings() -> None:
            self._counter.go("settings", group="scan")

        settings = Offer(N_("Mở cài đặt"), to_settings)
        self._desk.bus.tell(Notice(Level.WARNING, "scan.not-set-up", {}, KEY, (settings,)))

    # -- the camera

    def take(self, owner: Owner, component: str | None, title: str, page: Page) -> None:
        """Take a page from the camera; where one is still being set right, it waits for its turn."""
        self._waiting.append((Scan(owner, component, title=title, source=Source.CAMERA), page))
        if not self.running:
            self._take_next()

    def _take_next(self) -> None:
        scan, page = self._waiting.pop(0)
        office = self._service("office")
        spool = Spool(office.folder / FOLDER)
        work = self._service("pagework")
        self._run(scanning.scan_into, office, work, Taken(spool, page), scan, ScanWish(), then=self._taken)

    def _taken(self, outcome: Outcome) -> None:
        if outcome.trouble is not None:
            self._told(outcome.trouble)
        elif outcome.blank:
            self._tell(Level.GOOD, "scan.came-blank", count=len(outcome.came), blank=outcome.blank)
        else:
            self._tell(Level.GOOD, "scan.taken", count=len(outcome.came))
        self.over.emit(outcome)

    # -- files

    def bring(
        self,
        owner: Owner,
        component: str | None,
        title: str,
        files: Sequence[Path],
        source: Source = Source.FILE,
        after: Callable[[Outcome], None] | None = None,
    ) -> None:
        """Take files that were chosen, or dropped on the window, or lie in the watched folder; `after`: once they are
        there."""
        if self.running or not files:
            return

        def brought(outcome: Outcome) -> None:
            self._brought(outcome)
            if after is not None:
                after(outcome)

        self._run(
            scanning.bring_into,
            self._service("office"),
            self._service("pagework"),
            Scan(owner, component, title=title),
            tuple(files),
            source,
            then=brought,
            what="progress.bring",
        )

    def _brought(self, outcome: Outcome) -> None:
        for name, broken in outcome.refused:
            details = {"file": name, "code": broken.code, "details": dict(broken.details)}
            self._desk.bus.tell(Notice(Level.WARNING, "scan.refused", {"faults": [details]}))
        if outcome.trouble is not None:
            self._told(outcome.trouble)
        elif outcome.came:
            self._tell(Level.GOOD, "scan.brought", count=len(outcome.came))
        self.over.emit(outcome)

    # -- both

    def stop(self) -> None:
        """Scan no further; what has come stays."""
        if self._ticket is not None:
            self._ticket.cancel()

    def _run(self, work: Any, *given: Any, then: Any, what: str = "") -> None:
        self._count = 0
        ticket = self._desk.run(
            work, *given, then=then, always=self._ended, progress=self._went_on, what=what, owner=self
        )
        self._ticket = None if ticket.over else ticket
        self.changed.emit()

    def _went_on(self, done: int, _total: int | None, _what: str) -> None:
        if done != self._count:
            self._count = done
            self.came.emit()

    def _ended(self) -> None:
        self._ticket = None
        self.came.emit()
        self.changed.emit()
        if self._waiting:
            self._take_next()

    def _tell(self, level: Level, code: str, **details: Any) -> None:
        self._desk.bus.tell(Notice(level, code, details, KEY))

    def _told(self, trouble: Trouble) -> None:
        self._desk.bus.tell(Notice(Level.DANGER, trouble.code, trouble.details, KEY))
