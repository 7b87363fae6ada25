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
from desktop.jobs import Ticket, alive
from desktop.models.dossier_words import draft_title
from desktop.scanning import Came, Outcome, Scan
from desktop.views.screen import Counter
from onestop.actions.pages import Owner
from onestop.rules.errors import DeviceTrouble, RuleBroken
from onestop.rules.papers import Source
from onestop.texts import N_, message

KEY = "scan"
"""Of every notice about scanning: the newest takes the place of the one before."""
BUSY = "scan.busy"


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
        went = outcome.sheets + outcome.waiting
        came = (*(each for each in outcome.fetched if each.owner == self.scan.owner), *outcome.came)
        if self.wish.turned:
            left = self.wish.turned - went
            scan = replace(self.scan, fronts=(*self.scan.fronts, *came))
            return Onward(scan, replace(self.wish, turned=left)) if outcome.trouble and left > 0 else None
        fronts, sheets = (*self.fronts, *came), self.sheets + went
        if outcome.trouble:
            first = self.wish.first + 2 * went
            return Onward(self.scan, replace(self.wish, first=first), fronts, sheets)
        if not fronts or outcome.given_up:
            return None
        return Onward(replace(self.scan, fronts=fronts), replace(self.wish, first=1, turned=sheets))


Told = Callable[[Outcome | None, str], None]
"""Hears what became of a page: what was stored and what waits, None where it is nowhere; and why, "" where all is
well."""


class ScanFlow(QObject):
    """`scan(…)`, `take(…)`, `bring(…)`, `stop()`. `came` whenever pages have been stored; `over(Outcome)` at the end;
    `changed` when it begins, ends, or waits for a stack to be turned over.

    `here`: what the screen shows now, None while another screen is shown. What a scan for anything else brought is told
    with the name of what it was for, and so it is to another clerk. `strip`: the pages lie beside what has the
    keyboard, a key away.
    """

    came = Signal()
    over = Signal(object)
    changed = Signal()

    def __init__(
        self, counter: Counter, parent: QObject, here: Callable[[], Owner | None], *, strip: bool = False
    ) -> None:
        super().__init__(parent)
        self._counter, self._desk = counter, counter.desk
        self._here, self._strip = here, strip
        self._ticket: Ticket | None = None
        self._scan: Scan | None = None
        self._count = 0
        self._onward: Onward | None = None
        self._waiting: list[tuple[Scan, Page, Told]] = []

    @property
    def running(self) -> bool:
        """Is a scan under way?"""
        return self._scan is not None

    @property
    def owner(self) -> Owner | None:
        """What the scan under way is for."""
        return self._scan.owner if self._scan is not None else None

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

    def scan(self, owner: Owner, component: str | None, title: str, *, stack: bool = False, whose: str = "") -> None:
        """Scan what lies in the scanner; a stack that waits to be turned over, or broke off, goes on. `whose`: what the
        draft or dossier is called."""
        if self.running:
            self._say_busy(owner)
            return
        if not self.ready:
            self._not_set_up()
            return
        onward, self._onward = self._onward, None
        if onward is not None and onward.scan.owner == owner:
            self._begin(onward)
        else:
            scan = Scan(owner, component, stack, title=title, whose=whose)
            self._begin(Onward(scan, wish_of(self._counter.settings)))

    def _say_busy(self, owner: Owner) -> None:
        """The scanner is at work for another dossier: whose, and how to stop it."""
        if self._scan is not None and self._scan.owner != owner:
            stop = Offer(N_("Dừng quét"), self.stop)
            self._desk.bus.tell(Notice(Level.NOTE, "scan.busy", {"title": _name(self._scan)}, BUSY, (stop,)))

    def leave_backs(self) -> None:
        """The stack that waits to be turned over has nothing on its backs."""
        self._onward = None
        self.changed.emit()

    def _begin(self, onward: Onward) -> None:
        self._run(
            scanning.scan_on,
            self._service("office"),
            self._service("pagework"),
            self._service("scanners"),
            onward.scan,
            onward.wish,
            of=onward.scan,
            then=lambda outcome: self._scanned(onward, outcome),
            what="progress.scan",
        )

    def _scanned(self, done: Onward, outcome: Outcome) -> None:
        self._onward = done.after(outcome) if done.wish.manual_duplex else None
        scan, count = done.scan, len(outcome.came)
        if outcome.trouble is not None:
            self._trouble(scan, outcome)
        elif outcome.given_up:
            self._tell_end(scan, outcome, Level.NOTE, "scan.stopped", count=count)
        elif self.backs:
            self._tell_end(scan, outcome, Level.NOTE, "scan.turn-over", count=self.backs)
        elif outcome.unsorted and scan.stack:
            self._tell_end(scan, outcome, Level.WARNING, "scan.came-unsorted", count=count, unsorted=outcome.unsorted)
        elif outcome.blank:
            self._tell_blank(scan, outcome)
        else:
            self._tell_end(scan, outcome, Level.GOOD, "scan.came", count=count)
        for news in self._service("scanners").news():
            level = Level.WARNING if news.code == "scan.fallback" else Level.NOTE
            self._desk.bus.tell(Notice(level, news.code, news.details, news.code))
        self._end(outcome)

    def _tell_blank(self, scan: Scan, outcome: Outcome) -> None:
        where = "away" if self._apart(scan, outcome) else "strip" if self._strip else ""
        count, blank = len(outcome.came), outcome.blank
        self._tell_end(scan, outcome, Level.GOOD, "scan.came-blank", count=count, blank=blank, where=where)

    def _trouble(self, scan: Scan, outcome: Outcome) -> None:
        trouble = outcome.trouble
        assert trouble is not None
        if trouble.code == "device.none":
            self._not_set_up()
            return
        self._told(scan, outcome, (self._again(scan),) if isinstance(trouble, DeviceTrouble) and alive(self) else ())

    def _again(self, scan: Scan) -> Offer:
        def again() -> None:
            if alive(self):
                self.scan(scan.owner, scan.component, scan.title, stack=scan.stack, whose=scan.whose)

        return Offer(N_("Quét tiếp"), again)

    def _not_set_up(self) -> None:
        def to_settings() -> None:
            self._counter.go("settings", group="scan")

        settings = Offer(N_("Mở cài đặt"), to_settings)
        self._desk.bus.tell(Notice(Level.WARNING, "scan.not-set-up", {}, KEY, (settings,)))

    # -- the camera

    def take(self, owner: Owner, component: str | None, title: str, page: Page, told: Told, *, whose: str = "") -> None:
        """Take a page from the camera; where one is still being set right, it waits for its turn. `told` hears what
        became of it."""
        scan = Scan(owner, component, title=title, source=Source.CAMERA, whose=whose)
        self._waiting.append((scan, page, told))
        if not self.running:
            self._take_next()

    def _take_next(self) -> None:
        scan, page, told = self._waiting.pop(0)
        office = self._service("office")
        spool = Spool(office.folder / FOLDER)
        work = self._service("pagework")

        def broken(broken: RuleBroken) -> None:
            self._desk.tell(Level.WARNING, broken.code, **broken.details)
            told(None, message(broken.code, broken.details))

        def taken(outcome: Outcome) -> None:
            self._taken(scan, outcome)
            trouble = outcome.trouble
            stored = outcome if outcome.came or outcome.waiting else None
            told(stored, message(trouble.code, trouble.details) if trouble is not None else "")

        self._run(scanning.take_page, office, work, Taken(spool, page), scan, of=scan, then=taken, or_else=broken)

    def _taken(self, scan: Scan, outcome: Outcome) -> None:
        if outcome.trouble is not None:
            self._told(scan, outcome)
        elif outcome.blank:
            self._tell_blank(scan, outcome)
        else:
            self._tell_end(scan, outcome, Level.GOOD, "scan.taken", count=len(outcome.came) + len(outcome.fetched))
        self._end(outcome)

    # -- files

    def bring(
        self,
        owner: Owner,
        component: str | None,
        title: str,
        files: Sequence[Path],
        source: Source = Source.FILE,
        after: Callable[[Outcome], None] | None = None,
        *,
        whose: str = "",
    ) -> None:
        """Take files that were chosen, or dropped on the window, or lie in the watched folder; `after`: once they are
        there."""
        if not files:
            return
        if self.running:
            self._desk.bus.tell(Notice(Level.WARNING, "scan.busy-files", {}, BUSY))
            return
        scan = Scan(owner, component, title=title, whose=whose)

        def brought(outcome: Outcome) -> None:
            self._brought(scan, outcome)
            if after is not None:
                after(outcome)

        self._run(
            scanning.bring_into,
            self._service("office"),
            self._service("pagework"),
            scan,
            tuple(files),
            source,
            of=scan,
            then=brought,
            what="progress.bring",
        )

    def _brought(self, scan: Scan, outcome: Outcome) -> None:
        """One notice: what was taken, and under it what was refused or stands there with a fault."""
        whole = len(outcome.came) - len(outcome.faulty)
        told = [
            {"code": code, "details": {"count": len(found), "faults": found}}
            for code, found in (("scan.refused", _refused(outcome)), ("scan.faulty", _faulty(outcome)))
            if found
        ]
        if told:
            both = {"code": "scan.both", "details": {"one": told[0], "other": told[-1]}}
            rest = told[0] if len(told) == 1 else both
            some = "" if whole else "none"
            self._tell_end(scan, outcome, Level.WARNING, "scan.brought-not-all", count=whole, rest=rest, some=some)
        elif whole and outcome.trouble is None:
            self._tell_end(scan, outcome, Level.GOOD, "scan.brought", count=whole)
        if outcome.trouble is not None:
            self._told(scan, outcome, key="scan.brought-trouble")
        self._end(outcome)

    # -- both

    def stop(self) -> None:
        """Scan no further; what has come stays."""
        if self._ticket is not None:
            self._ticket.cancel()

    def _run(
        self,
        work: Callable[..., Outcome],
        *given: Any,
        of: Scan,
        then: Callable[[Outcome], None],
        or_else: Callable[[RuleBroken], None] | None = None,
        what: str = "",
    ) -> None:
        """It ends with a word to whoever is at the desk then, though the clerk has changed and this screen is gone."""
        self._count, self._scan = 0, of
        ticket = self._desk.run(
            work, *given, then=then, or_else=or_else, always=self._ended, progress=self._went_on, what=what
        )
        self._ticket = None if ticket.over else ticket
        if self._ticket is not None:
            self.changed.emit()

    def _went_on(self, done: int, _total: int | None, _what: str) -> None:
        if done != self._count and alive(self):
            self._count = done
            self.came.emit()

    def _end(self, outcome: Outcome) -> None:
        if outcome.came:
            self._counter.notices.drop(scanning.NO_ROOM)  # there is room again
        if alive(self):
            self.over.emit(outcome)

    def _ended(self) -> None:
        self._ticket = self._scan = None
        self._counter.notices.drop(BUSY)
        if alive(self):
            self.came.emit()
            self.changed.emit()
        if self._waiting:
            self._take_next()

    def _apart(self, scan: Scan, outcome: Outcome) -> bool:
        """Does what was scanned belong elsewhere than to what the person at the desk sees?"""
        clerk = self._counter.clerk()
        another = outcome.clerk is not None and clerk is not None and clerk.id != outcome.clerk.id
        return another or not alive(self) or self._here() != scan.owner

    def _tell_end(self, scan: Scan, outcome: Outcome, level: Level, code: str, **details: Any) -> None:
        self._say(scan, outcome, Notice(level, code, details, KEY))

    def _told(self, scan: Scan, outcome: Outcome, offers: tuple[Offer, ...] = (), key: str = KEY) -> None:
        trouble = outcome.trouble
        assert trouble is not None
        self._say(scan, outcome, Notice(Level.DANGER, trouble.code, trouble.details, key, offers))

    def _say(self, scan: Scan, outcome: Outcome, notice: Notice) -> None:
        """Say it; with what an earlier scan had left, and with the name of what it is about and of whoever began it,
        where that is not what one sees."""
        if outcome.fetched and scan.source is Source.SCANNER:
            what = {"code": notice.code, "details": dict(notice.details)}
            details: dict[str, Any] = {"what": what, "fetched": len(outcome.fetched)}
            notice = Notice(notice.level, "scan.fetched", details, notice.key, notice.offers)
        if self._apart(scan, outcome):
            clerk, began = self._counter.clerk(), outcome.clerk
            what = {"code": notice.code, "details": dict(notice.details)}
            details = {"title": _name(scan), "what": what}
            if began is not None and (clerk is None or clerk.id != began.id):
                details |= {"clerk": began.name, "by": "another"}
            notice = Notice(notice.level, "scan.elsewhere", details, notice.key, notice.offers)
        self._desk.bus.tell(notice)


def _name(scan: Scan) -> Callable[[], str]:
    """What the draft or dossier of a scan is called, in the language in use."""
    return lambda: draft_title(scan.whose)


def _refused(outcome: Outcome) -> list[dict[str, Any]]:
    return [{"file": name, "code": broken.code, "details": dict(broken.details)} for name, broken in outcome.refused]


def _faulty(outcome: Outcome) -> list[dict[str, Any]]:
    return [{"file": name, "code": remark.code, "details": dict(remark.details)} for name, remark in outcome.faulty]
