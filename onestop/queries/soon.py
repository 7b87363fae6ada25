"""Which dossiers' deadlines warn now.

When a deadline warns follows from the office's calendar, which changes; so it is reckoned when it is asked for and
nothing of it is stored. A day says it of nearly all; only those received in the last days are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, select

from onestop.clock import VIETNAM, local
from onestop.queries import office
from onestop.rules import clocks
from onestop.rules.calendar import Calendar
from onestop.rules.procedure import Limit, Unit
from onestop.store import schema

_d = schema.dossier.c

LATELY = clocks.SHORT_DAYS + 1
"""Working days back to the receipt of whatever has a short limit and is still in time."""


@dataclass(frozen=True, slots=True)
class Soon:
    """What is due from now to the end of `until` warns now, but for `calm`: ids of those whose own hour is to come."""

    until: date
    calm: tuple[str, ...]


def soon(connection: Connection, office_id: str, now: datetime) -> Soon:
    """The deadlines that warn at `now`: `rules.clocks.warns_at` of each dossier that is still in time."""
    calendar = office.calendar(connection)
    until = _warned_until(now, calendar)
    since = local(now).date()
    for _day in range(LATELY):
        since = _working_day_before(since, calendar)
    rows = connection.execute(
        select(_d.id, _d.received_at, _d.due_at, _d.limit_text).where(
            _d.office_id == office_id,
            _d.is_open.is_(True),
            _d.due_at >= now,
            _d.due_at < day_start(until + timedelta(days=1)),
            _d.received_at >= day_start(since),
            # A limit that was extended, or counted anew after a supplement, warns as any other: by its day.
            _d.extended_at.is_(None),
            _d.supplements == 0,
        )
    )
    calm = [
        row.id for row in rows if clocks.warns_at(row.received_at, row.due_at, limit_of(row.limit_text), calendar) > now
    ]
    return Soon(until, tuple(calm))


def limit_of(limit_text: Mapping[str, Any] | None) -> Limit:
    """The limit that was counted for a dossier, from its column."""
    kept = limit_text or {}
    unit = kept.get("unit")
    return Limit(kept.get("number"), Unit(unit) if unit else None, kept.get("rule") or "")


def _warned_until(now: datetime, calendar: Calendar) -> date:
    """The last due day whose warning has begun: that of an ordinary limit begins with the office's opening two working
    days before it."""
    today = local(now).date()
    begun = calendar.is_working_day(today) and now >= calendar.opening(today)
    day = today if begun else _working_day_before(today, calendar)
    for _day in range(clocks.DAYS_BEFORE):
        day = calendar.next_working_day(day)
    return day


def _working_day_before(day: date, calendar: Calendar) -> date:
    day -= timedelta(days=1)
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


def day_start(day: date) -> datetime:
    """The instant at which a Vietnamese civil day begins."""
    return datetime.combine(day, time(), VIETNAM)
