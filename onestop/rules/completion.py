"""Until when a dossier that was sent back may be completed: the law as a table with dates.

NĐ 118/2025 art. 19.5 sets 15 days for a dossier that was received and sent back, and lets a special law differ. Before
acceptance (art. 17.1) it sets none: there a day is the office's own wish, counted in the same way.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from onestop.clock import local
from onestop.rules import deadline
from onestop.rules.calendar import Calendar
from onestop.rules.procedure import Limit, Unit

TERMS = Path(__file__).resolve().parent.parent.parent / "resources" / "catalogue" / "terms.toml"
COMPLETION = "completion"


@dataclass(frozen=True, slots=True)
class Term:
    """So many calendar days, by this text, while it is in force (both days included)."""

    key: str
    days: int
    source: str
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether a request of `day` falls under it."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def term_on(day: date, key: str = COMPLETION) -> Term | None:
    """The term in force on `day`; None where the law sets none."""
    return next((term for term in terms() if term.key == key and term.holds_on(day)), None)


def last_day(asked_at: datetime, calendar: Calendar) -> date | None:
    """The last day to complete what was asked for at `asked_at`; None where no term is in force."""
    term = term_on(local(asked_at).date())
    if term is None:
        return None
    due = deadline.count(asked_at, Limit(term.days, Unit.DAY), calendar).due
    return due.date() if due is not None else None


@cache
def terms() -> tuple[Term, ...]:
    """Every row of resources/catalogue/terms.toml."""
    with TERMS.open("rb") as stream:
        return read_terms(tomllib.load(stream)["term"])


def read_terms(rows: Iterable[Mapping[str, Any]]) -> tuple[Term, ...]:
    """Rows of the file as values. ValueError when a term has no days, or two of one key share a day."""
    read = tuple(Term(**row) for row in rows)
    for index, term in enumerate(read):
        if term.days < 1:
            raise ValueError(f"a term of {term.days} days")
        for other in read[index + 1 :]:
            if term.key == other.key and (term.holds_on(other.valid_from) or other.holds_on(term.valid_from)):
                raise ValueError(f"two terms {term.key} on the same day: {term.valid_from} and {other.valid_from}")
    return read
