"""What the papers of handing over show: the list of dossiers that go to somebody, the minutes of a leave and of its
end; values as those of `letters`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from onestop.rules.letters import OnPaper


@dataclass(frozen=True, slots=True)
class HandedRow:
    """One dossier of the list. `papers`: how many sheets and bundles were handed in; None where nobody counted."""

    code: str
    request: str
    owner: str
    due_at: datetime | None
    papers: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class DossierHandoverLetter(OnPaper):
    """Giấy bàn giao hồ sơ: what went from one to another in one go."""

    giver: str
    taker: str
    rows: tuple[HandedRow, ...]


@dataclass(frozen=True, slots=True)
class LeaveRow:
    """One dossier of the minutes, as it stood when they were drawn up. `state` in words."""

    code: str
    request: str
    owner: str
    due_at: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class WorkHandoverLetter(OnPaper):
    """Biên bản bàn giao công việc: a clerk on leave leaves his dossiers to another; `back`: they come back to him."""

    giver: str
    giver_title: str
    taker: str
    taker_title: str
    away: str
    """Who is on leave."""
    first: date
    until: date | None
    reason: str
    rows: tuple[LeaveRow, ...]
    back: bool = False
