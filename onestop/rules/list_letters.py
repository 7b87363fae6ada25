"""What the lists on paper show: the register and the hand-over sheet of a span of days; values like `letters`' own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from onestop.clock import VIETNAM
from onestop.rules.errors import RuleBroken
from onestop.rules.letters import OnPaper

BETWEEN = "/"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included."""

    first: date
    last: date

    @property
    def name(self) -> str:
        """ "2026-11-23", or "2026-11-01/2026-11-30" as ISO 8601 writes an interval."""
        return f"{self.first}" if self.first == self.last else f"{self.first}{BETWEEN}{self.last}"

    @property
    def begins(self) -> datetime:
        """The first instant of it, on a Vietnamese clock."""
        return datetime.combine(self.first, time.min, VIETNAM)

    @property
    def ends(self) -> datetime:
        """The first instant after it."""
        return datetime.combine(self.last + timedelta(days=1), time.min, VIETNAM)


MOST = 1_000
"""Dossiers that may be chosen one by one for a list."""
CHOSEN = "#"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Dossiers that were picked in a list, whatever their days: their ids."""

    ids: tuple[str, ...]

    @property
    def name(self) -> str:
        """As `read_listed` reads it."""
        return CHOSEN + ",".join(self.ids)


Listed = Span | Chosen
"""What a list is of."""


def read_listed(text: str) -> Listed:
    """Days, or "#" and the ids of dossiers with commas. RuleBroken span.not-days, span.backward, list.too-many."""
    if not text.startswith(CHOSEN):
        return read_span(text)
    ids = tuple(each for each in text[len(CHOSEN) :].split(",") if each)
    if len(ids) > MOST:
        raise RuleBroken("list.too-many", count=len(ids), most=MOST)
    return Chosen(ids)


def read_span(text: str) -> Span:
    """A day, or two with a stroke between them. RuleBroken span.not-days, span.backward."""
    first, between, last = text.strip().partition(BETWEEN)
    try:
        span = Span(date.fromisoformat(first), date.fromisoformat(last if between else first))
    except ValueError as error:
        raise RuleBroken("span.not-days", value=text) from error
    if not date.min < span.first or not span.last < date.max:
        raise RuleBroken("span.not-days", value=text)  # no instant before the one, none after the other
    if span.last < span.first:
        raise RuleBroken("span.backward", value=text)
    return span


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One dossier of the register. Days as they are; None: not yet, or none is set."""

    code: str
    procedure: str
    sets: int
    person: str
    reached_at: str
    """Address and telephone, as far as they are known."""
    agency: str
    received_at: datetime
    due_at: datetime | None
    handed_back_at: datetime | None = None
    way: str = ""
    """How the result is given back."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RegisterLetter(OnPaper):
    """Sổ theo dõi hồ sơ: what was received in a span of days, in order, and what became of it up to `issued_at`. A list
    has no reference: it is called by nothing but its days."""

    span: Span | None
    """None: of dossiers that were chosen one by one."""
    rows: tuple[RegisterRow, ...]


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One result that goes from whoever made it to the counter."""

    code: str
    request: str
    result: str
    owner: str
    address: str
    fee: bool
    """There is money to take."""
    post: bool
    """It goes to the owner by post."""


@dataclass(frozen=True, slots=True)
class HandoverGroup:
    """The results of one agency."""

    agency: str
    rows: tuple[HandoverRow, ...]


@dataclass(frozen=True, slots=True)
class HandoverLetter(OnPaper):
    """Phiếu bàn giao kết quả: the results that were finished in a span of days, by agency."""

    span: Span | None
    groups: tuple[HandoverGroup, ...]
