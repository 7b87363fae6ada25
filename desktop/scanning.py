"""Scanning for a draft or a dossier: pages from the scanner, or files that were brought, each stored as it comes.

No Qt: the window runs it on the free lane, the command line calls it. What has come stays, whatever comes after: every
page is durable before the next is asked for. One that went through the scanner and could not be stored, because the
machine went down or the disk was full, lies in the spool and is handed over later (`take_left`): at the next start, and
before the next scan. Pages are those of the clerk who began, whoever is at the desk when they come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from desktop.devices.source import Page, ScanWish
from desktop.devices.spool import Tray
from desktop.office import ENOUGH_BYTES, Office
from onestop import clock
from onestop.actions import pages as actions
from onestop.actions.pages import Change, Owner, PageForm
from onestop.actions.papers import Brought, limit
from onestop.queries import office as office_queries
from onestop.queries import papers, scanning
from onestop.rules import separators
from onestop.rules.errors import DeviceTrouble, Remark, RuleBroken, StoreTrouble, Trouble
from onestop.rules.papers import TRAY, Fault, FileFacts, Source, faults_of
from onestop.rules.roles import Permission, may
from onestop.rules.separators import DRAFT, Separator, Sheet
from onestop.store.files import fingerprint
from onestop.store.work import Actor, Changes

MEGABYTE = 1024 * 1024
NO_ROOM = "scan.no-room"
THIS, CLERK = "scan", "clerk"
"""In what is written beside pages on their way: which scan they are of, and who began it."""


class Report(Protocol):
    """What long work tells while it runs; `step` may raise when the person has given it up."""

    @property
    def cancelled(self) -> bool: ...

    def step(self, done: int = 0, total: int | None = None, what: str = "") -> None: ...


class Scanners(Protocol):
    """The scanners of this machine (`desktop/devices/scanners.py`)."""

    def scan(
        self, wish: ScanWish, *, about: Mapping[str, Any] | None = None, stop: Callable[[], bool] = ...
    ) -> Iterator[Page]:
        """The pages as they come from the one that is used; a page is let go of when the next is asked for. `about`:
        what comes back with a page that is left over. DeviceTrouble."""
        ...

    def left(self) -> Sequence[Tray]:
        """Scans that broke off with pages nobody took."""
        ...


class Mended(Protocol):
    """What is to be known of a scanned page. `turn`: degrees clockwise that set it upright; `codes`: what the codes on
    it say; `clean`: what is looked at and filed instead of it, None for the page as it came."""

    @property
    def turn(self) -> int: ...
    @property
    def colour(self) -> str | None: ...
    @property
    def blank(self) -> bool: ...
    @property
    def problems(self) -> tuple[Remark, ...]: ...
    @property
    def codes(self) -> tuple[str, ...]: ...
    @property
    def clean(self) -> bytes | None: ...


class Workshop(Protocol):
    """Whoever looks into pages and files (`desktop/pagework.py`). Both take their time."""

    def mended(self, page: Page) -> Mended:
        """What is to be known of a scanned page. RuleBroken paper.* where it cannot be opened."""
        ...

    def read(self, file: Path, source: Source = Source.FILE) -> Brought:
        """A file with what a look inside found. RuleBroken file.missing."""
        ...


@dataclass(frozen=True, slots=True)
class Came:
    """A page that is stored: its id, its number in the stack, and where it went."""

    page: str
    number: int
    owner: Owner
    component: str | None


@dataclass(frozen=True, slots=True)
class Scan:
    """What one scan is for. `stack`: a mixed stack, sorted by its separator sheets; `component` is then where pages go
    that no separator speaks for. `fronts`: what came when the stack went through the first time (manual duplex).
    `source`: what the pages come from. `whose`: what the draft or dossier is called, for whoever is told later."""

    owner: Owner
    component: str | None = TRAY
    stack: bool = False
    fronts: tuple[Came, ...] = ()
    title: str = ""
    source: Source = Source.SCANNER
    whose: str = ""

    def about(self) -> dict[str, Any]:
        """As it is written beside the pages on their way."""
        return {
            "draft": self.owner.draft,
            "dossier": self.owner.dossier,
            "component": self.component,
            "stack": self.stack,
            "source": self.source.value,
        }


@dataclass
class Outcome:
    """What became of a scan. `trouble`: why it ended early; what came before stands. `separators`: sheets that only
    sorted the others. `blank`: pages that came struck through. `refused`: files that could not be taken, by name;
    `faulty`: those that stand there with something wrong. `fetched`: pages of an earlier scan that were stored first;
    `waiting`: those that went through and wait in the spool. `clerk`: whose pages they are."""

    came: list[Came] = field(default_factory=list)
    trouble: Trouble | None = None
    given_up: bool = False
    separators: int = 0
    blank: int = 0
    refused: list[tuple[str, RuleBroken]] = field(default_factory=list)
    faulty: list[tuple[str, Remark]] = field(default_factory=list)
    fetched: list[Came] = field(default_factory=list)
    waiting: int = 0
    clerk: Actor | None = None
    touched: dict[str, set[str]] = field(default_factory=dict)

    @property
    def changes(self) -> Changes:
        """What it touched, for whoever shows it."""
        return Changes({table: frozenset(ids) for table, ids in self.touched.items()})

    @property
    def sheets(self) -> int:
        """How many went through the scanner."""
        return len(self.came) + self.separators

    @property
    def unsorted(self) -> int:
        """Pages that went to the tray."""
        return sum(each.component is TRAY for each in self.came)

    def note(self, changes: Changes) -> None:
        """More was touched."""
        for table, ids in changes.touched.items():
            self.touched.setdefault(table, set()).update(ids)


# -- the scanner -------------------------------------------------------------------------------------------------------


def scan_on(report: Report, office: Office, work: Workshop, scanners: Scanners, scan: Scan, wish: ScanWish) -> Outcome:
    """`scan_into`, after the pages that still wait from an earlier scan. StoreTrouble scan.no-room, with how many wait
    where some do, before any paper moves."""
    free = office.free_bytes()
    if free < ENOUGH_BYTES:
        raise _no_room(free // MEGABYTE, _lying(office, scanners))
    fetched = take_left(report, office, work, scanners)
    if fetched.trouble is not None and fetched.trouble.code == NO_ROOM:
        raise fetched.trouble
    outcome = scan_into(report, office, work, scanners, scan, wish, fetched=fetched.came)
    outcome.note(fetched.changes)
    return outcome


def scan_into(
    report: Report,
    office: Office,
    work: Workshop,
    scanners: Scanners,
    scan: Scan,
    wish: ScanWish,
    *,
    fetched: Sequence[Came] = (),
) -> Outcome:
    """Scan what lies in the scanner. StoreTrouble scan.no-room before any paper moves; a scanner that fails later is
    told in the outcome, beside what came. Given up, it ends when everything that went through is stored. `fetched`:
    what came out of the spool before."""
    demand_room(office)
    return _scan(report, office, work, scanners, scan, wish, fetched)


def take_page(report: Report, office: Office, work: Workshop, taken: Scanners, scan: Scan) -> Outcome:
    """Store a page that was taken already, behind those that still wait. It is laid into the spool before anything is
    asked, so that one for which there is no room now waits there."""
    there = office.free_bytes() >= ENOUGH_BYTES
    fetched = take_left(report, office, work, taken) if there else Outcome()
    outcome = _scan(report, office, work, taken, scan, ScanWish(), fetched.came)
    outcome.note(fetched.changes)
    return outcome


def _scan(
    report: Report,
    office: Office,
    work: Workshop,
    scanners: Scanners,
    scan: Scan,
    wish: ScanWish,
    fetched: Sequence[Came],
) -> Outcome:
    outcome = Outcome(clerk=office.actor, fetched=list(fetched))
    sorter = _Sorter(office, scan)
    this = clock.new_id()
    about = {**scan.about(), THIS: this, CLERK: office.actor.id if office.actor is not None else ""}
    _tell(report, outcome, scan.title)
    try:
        pages = scanners.scan(wish, about=about, stop=lambda: report.cancelled)
        with closing(pages):  # type: ignore[type-var] # an iterator that stops its device is a generator
            for page in pages:
                _take(office, work, scan, page, outcome, sorter)
                _tell(report, outcome, scan.title)
    except Trouble as trouble:
        outcome.trouble = trouble
    outcome.given_up = report.cancelled
    _take_rest(office, work, scanners, scan, this, outcome, sorter)
    if scan.fronts:
        _interleave(office, scan.fronts, outcome)
    return outcome


def _take_rest(
    office: Office, work: Workshop, scanners: Scanners, scan: Scan, this: str, outcome: Outcome, sorter: _Sorter
) -> None:
    """What went through the scanner before it stood still, and was not asked for any more."""
    if outcome.trouble is None and not outcome.given_up:
        return
    for tray in scanners.left():
        if tray.about.get(THIS) == this:
            try:
                for name in tray.names():
                    if outcome.trouble is not None and outcome.trouble.code == NO_ROOM:
                        break
                    _take(office, work, scan, tray.take(name, damaged=True), outcome, sorter)
                    tray.forget(name)
            except Trouble as trouble:
                outcome.trouble = trouble
            outcome.waiting = len(tray.names())
        tray.end()
    if outcome.trouble is not None and outcome.trouble.code == NO_ROOM:
        outcome.trouble = _no_room(outcome.trouble.details["free"], _lying(office, scanners))


def _lying(office: Office, scanners: Scanners) -> int:
    """How many pages wait in the spool; they stay there."""
    count = 0
    for tray in scanners.left():
        count += len(tray.names()) if _scan_of(office, tray.about) is not None else 0
        tray.end()
    return count


def demand_room(office: Office) -> None:
    """StoreTrouble scan.no-room while the disk is nearly full: text goes on, new pages wait."""
    free = office.free_bytes()
    if free < ENOUGH_BYTES:
        raise _no_room(free // MEGABYTE)


def _no_room(megabytes: int, waiting: int = 0) -> StoreTrouble:
    more: dict[str, Any] = {"how": "waiting", "waiting": waiting} if waiting else {}
    return StoreTrouble("scan.no-room", free=megabytes, **more)


def _tell(report: Report, outcome: Outcome, title: str) -> None:
    """How far it is. Giving up ends at the next page, so that the one just stored is let go of by the scanner."""
    try:
        report.step(len(outcome.came), None, title)
    except Exception:
        if not report.cancelled:
            raise


def _take(office: Office, work: Workshop, scan: Scan, page: Page, outcome: Outcome, sorter: _Sorter) -> None:
    form = PageForm(
        scan.owner,
        scan.component,
        page.content,
        page.media_type,
        scan.source,
        width=page.width,
        height=page.height,
        dpi=page.dpi,
    )
    try:
        mended = work.mended(page)
    except RuleBroken as broken:
        form = replace(form, problems=(Remark(broken.code, dict(broken.details)),))
        codes: tuple[str, ...] = ()
    except Exception:
        _store(office, form, page.number, outcome)  # our own bug costs no page
        raise
    else:
        codes = mended.codes
        form = replace(
            form,
            turn=mended.turn,
            colour=mended.colour,
            blank=mended.blank,
            problems=mended.problems,
            clean=mended.clean,
        )
    to = sorter.place(Sheet(codes, form.blank, page.back), page.number)
    if to is None:
        outcome.separators += 1
        return
    form = replace(form, owner=to[0], component=to[1])
    _store(office, form, page.number, outcome)


def _store(office: Office, form: PageForm, number: int, outcome: Outcome) -> None:
    demand_room(office)
    done = office.perform(actions.add, form, outcome.clerk)
    outcome.note(done.changes)
    outcome.blank += form.blank
    outcome.came.append(Came(done.answer, number, form.owner, form.component))


class _Sorter:
    """Where each page goes: by the separators that came before it, the back of a sheet where its front went."""

    def __init__(self, office: Office, scan: Scan) -> None:
        self._office, self._scan = office, scan
        self._stack: list[Sheet] = []
        self._known: dict[Separator, bool] = {}
        self._fronts = {each.number: each for each in scan.fronts}

    def place(self, sheet: Sheet, number: int) -> tuple[Owner, str | None] | None:
        """The owner and component of this page; None for a separator or its back, which are kept nowhere."""
        if self._fronts:
            front = self._fronts.get(number - 1)
            if front is not None:
                return front.owner, front.component
            return None if self._scan.stack and sheet.blank else (self._scan.owner, self._scan.component)
        if not self._scan.stack:
            return self._scan.owner, self._scan.component
        self._stack.append(sheet)
        for code in sheet.codes:
            named = separators.read(self._office.id, code)
            if named is not None and named not in self._known:
                self._known[named] = self._office.read(scanning.is_place, named, clock.today())
        known = [each for each, there in self._known.items() if there]
        placed = separators.sort(self._office.id, self._stack, known)[-1]
        if placed.separator:
            return None
        if placed.to is None:
            return self._scan.owner, self._scan.component
        return owner_of(placed.to), placed.to.component


def owner_of(separator: Separator) -> Owner:
    """The draft or dossier that a separator names."""
    return Owner(draft=separator.owner) if separator.kind == DRAFT else Owner(dossier=separator.owner)


def _interleave(office: Office, fronts: Sequence[Came], outcome: Outcome) -> None:
    """Put the backs between the fronts, by the numbers of the pages."""
    rows: dict[Owner, list[Came]] = {}
    for each in (*fronts, *outcome.fetched, *outcome.came):
        rows.setdefault(each.owner, []).append(each)
    for owner, came in rows.items():
        there = {row.id: row for row in office.read(papers.pages, draft=owner.draft, dossier=owner.dossier)}
        standing = [each for each in came if each.page in there and not there[each.page].removed]
        changes: list[Change] = []
        for component in {there[each.page].component for each in standing}:
            here = [each for each in standing if there[each.page].component == component]
            places = sorted(there[each.page].position for each in here)
            wanted = sorted(here, key=lambda each: each.number)
            changes += [Change(each.page, {"position": at}) for each, at in zip(wanted, places, strict=True)]
        if changes:
            outcome.note(office.perform(actions.arrange, tuple(changes), outcome.clerk).changes)


# -- files that were brought -------------------------------------------------------------------------------------------


def bring_into(
    report: Report, office: Office, work: Workshop, scan: Scan, files: Sequence[Path], source: Source = Source.FILE
) -> Outcome:
    """Take files into a component. One that has something wrong with it stands there with what it is; one that cannot
    be taken at all, or is there already, is named in the outcome. StoreTrouble scan.no-room."""
    demand_room(office)
    outcome = Outcome(clerk=office.actor)
    for at, file in enumerate(files):
        if report.cancelled:
            outcome.given_up = True
            break
        report.step(at, len(files), file.name)
        try:
            brought = work.read(file, source)
            form = _brought(scan, brought)
            _demand_new(office, form)
        except RuleBroken as broken:
            outcome.refused.append((file.name, broken))
            continue
        try:
            _store(office, form, at + 1, outcome)
        except Trouble as trouble:
            outcome.trouble = trouble
            break
        outcome.faulty += [(file.name, each.remark) for each in _faults(office, form)[:1]]
    return outcome


def _demand_new(office: Office, form: PageForm) -> None:
    """RuleBroken paper.already-there for the very file that is among these pages, or a paper of the component."""
    content, owner = fingerprint(form.content), form.owner
    for page in office.read(papers.pages, draft=owner.draft, dossier=owner.dossier):
        if (page.component, page.blob, page.removed) == (form.component, content, False):
            raise RuleBroken("paper.already-there", name=page.name or form.name)
    if owner.dossier is not None and form.component is not TRAY:
        held = office.read(papers.same_file, owner.dossier, form.component, content)
        if held is not None:
            raise RuleBroken("paper.already-there", name=held.name or form.name)


def _faults(office: Office, form: PageForm) -> tuple[Fault, ...]:
    """What keeps a file out that stands there."""
    facts = FileFacts(
        form.name, form.media_type, len(form.content), form.leaves, form.blank, form.problems, form.signature
    )
    return faults_of("", (facts,), limit(office.row.options))


def _brought(scan: Scan, brought: Brought) -> PageForm:
    facts = brought.facts
    if not brought.content and facts.problems:
        raise RuleBroken(facts.problems[0].code, **facts.problems[0].details)
    return PageForm(
        scan.owner,
        scan.component,
        brought.content,
        facts.media_type or "application/octet-stream",
        source=brought.source,
        name=facts.name,
        leaves=facts.leaves,
        blank=facts.blank,
        problems=facts.problems,
        signature=facts.signature,
        clean=brought.clean,
    )


# -- what a crash left -------------------------------------------------------------------------------------------------


def take_left(report: Report, office: Office, work: Workshop, scanners: Scanners) -> Outcome:
    """Hand over the pages that were on their way when the machine or the program went down. What a page was scanned
    for is written beside it; a page that was stored already is not stored twice, and one that the disk has spoiled
    comes with what is the matter. Pages of a draft that is no more, and pages while nobody who may scan is at the desk,
    wait where they lie."""
    outcome = Outcome(clerk=office.actor)
    if office.actor is None or not may(office.actor.role, Permission.SCAN):
        return outcome
    for tray in scanners.left():
        try:
            scan = _scan_of(office, tray.about)
            if scan is None:
                continue
            sorter = _Sorter(office, scan)
            outcome.clerk = _clerk_of(office, tray.about) or office.actor
            for name in tray.names():
                try:
                    page = tray.take(name, damaged=True)
                except DeviceTrouble as trouble:  # it stays where it lies, and holds up none behind it
                    outcome.trouble = trouble
                    continue
                if not _has(office, scan.owner, page):
                    _take(office, work, scan, page, outcome, sorter)
                    _tell(report, outcome, scan.title)
                tray.forget(name)
        except Trouble as trouble:
            outcome.trouble = trouble
        finally:
            tray.end()
    return outcome


def _clerk_of(office: Office, about: Mapping[str, Any]) -> Actor | None:
    """Who began the scan, where he still may scan."""
    rows = office.read(office_queries.clerks)
    row = next((each for each in rows if each.id == about.get(CLERK)), None)
    if row is None or not may(row.role, Permission.SCAN):
        return None
    return Actor(row.id, row.name, row.role, row.counter)


def _scan_of(office: Office, about: Mapping[str, Any]) -> Scan | None:
    known = {key: about.get(key) for key in ("draft", "dossier")}
    home = office.read(scanning.home_of, known["draft"], known["dossier"])
    if home is None:
        return None
    owner = Owner(*home)
    moved = home != (known["draft"], known["dossier"])
    component = TRAY if moved else about.get("component")
    source = next((each for each in Source if each == about.get("source")), Source.SCANNER)
    return Scan(owner, component, bool(about.get("stack")), source=source)


def _has(office: Office, owner: Owner, page: Page) -> bool:
    content = fingerprint(page.content)
    rows = office.read(papers.pages, draft=owner.draft, dossier=owner.dossier)
    return any(row.blob == content for row in rows)
