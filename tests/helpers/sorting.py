"""A stack scanned into an office by the program itself, and counted against what is known of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.devices.source import Page, ScanWish
from desktop.devices.spool import Spool, Tray
from desktop.office import Office
from desktop.pagework import Pagework
from desktop.scanning import Outcome, Scan, owner_of, scan_into
from onestop import clock
from onestop.actions import drafts
from onestop.actions.drafts import DraftForm
from onestop.actions.pages import Owner
from onestop.queries import papers
from onestop.queries import scanning as queries
from onestop.queries.papers import PageRow
from onestop.rules.errors import Remark
from onestop.rules.intake import write_form
from onestop.rules.papers import TRAY
from onestop.rules.separators import DOSSIER, DRAFT, Separator
from tests.helpers.office import BIRTH, made_dossier, made_person, received
from tests.helpers.stacks import Side, stands_upright


@dataclass
class Pile:
    """A scanner with made sides in its feeder; the spool is the real one."""

    folder: Path
    sides: Sequence[Side] = ()

    def scan(
        self, wish: ScanWish, *, about: Mapping[str, Any] | None = None, stop: Callable[[], bool] = lambda: False
    ) -> Iterator[Page]:
        tray = Spool(self.folder).begin(about or {})
        try:
            for number, side in enumerate(self.sides, wish.first):
                name = tray.put(side.page(number))
                yield tray.take(name)
                tray.forget(name)
        finally:
            tray.end()

    def left(self) -> Sequence[Tray]:
        return Spool(self.folder).left()

    def news(self) -> tuple[Remark, ...]:
        return ()


class Unheard:
    """The report of long work that nobody listens to."""

    cancelled = False

    def step(self, done: int = 0, total: int | None = None, what: str = "") -> None: ...


@dataclass(frozen=True)
class Counted:
    """What became of a stack. `wrong`: sides by their place in the stack that went elsewhere; `blanks_missed`,
    `blanks_invented`, `lying_wrong`: likewise; `upright_asked`: sides of which top and bottom can be told."""

    sides: int
    separators: int
    right: int
    blanks: int
    blanks_missed: list[int] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)
    blanks_invented: list[int] = field(default_factory=list)
    lying_wrong: list[int] = field(default_factory=list)
    upright_asked: int = 0
    lost: int = 0


def draft_of(office: Office) -> str:
    """A draft of a birth registration."""
    return office.perform(drafts.keep, DraftForm(None, "nháp", write_form(made_dossier(procedure=BIRTH)))).answer


def places_of(office: Office, draft: str, count: int = 4) -> list[Separator]:
    """Components of the draft, and one of a dossier that was received."""
    slots = office.read(queries.of_draft, draft, clock.today()).slots
    dossier = received(office, made_person(5), procedure=BIRTH)
    key = office.read(queries.of_dossier, dossier.id).slots[0].key
    mine = [Separator(DRAFT, draft, slot.key) for slot in slots[: count - 1]]
    return [*mine, Separator(DOSSIER, dossier.id, key)]


def sort(office: Office, work: Pagework, draft: str, sides: Sequence[Side]) -> Outcome:
    """The stack goes through the scanner."""
    scan = Scan(Owner(draft=draft), TRAY, stack=True)
    return scan_into(Unheard(), office, work, Pile(office.folder / "spool", sides), scan, ScanWish())


def count(office: Office, draft: str, sides: Sequence[Side], outcome: Outcome) -> Counted:
    """What became of it, by what stands in the store."""
    came = {each.number - 1: each for each in outcome.came}
    owners = {each.owner for each in outcome.came} | {Owner(draft=draft)}
    rows: dict[str, PageRow] = {
        row.id: row for owner in owners for row in office.read(papers.pages, draft=owner.draft, dossier=owner.dossier)
    }
    wrong, missed, invented, lying, blanks, asked = [], [], [], [], 0, 0
    for at, side in enumerate(sides):
        each = came.get(at)
        if side.separator or each is None:
            if side.separator == (each is not None):
                wrong.append(at)
            continue
        row = rows[each.page]
        wanted = (Owner(draft=draft), TRAY) if side.to is None else (owner_of(side.to), side.to.component)
        if (each.owner, row.component) != wanted:
            wrong.append(at)
        blanks += side.blank
        if row.blank != side.blank:
            (missed if side.blank else invented).append(at)
        if not side.blank and side.what not in ("little", "card"):
            asked += 1
            if not stands_upright(office.files.get(row.file or row.blob), side.sheet):
                lying.append(at)
    separators = sum(side.separator for side in sides)
    lost = len(sides) - separators - len({each.page for each in outcome.came} & rows.keys())
    right = len(sides) - len(wrong)
    return Counted(len(sides), separators, right, blanks, missed, wrong, invented, lying, asked, lost)
