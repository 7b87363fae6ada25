"""The three clocks of a dossier and when each of them warns.

The deadline (NĐ 118/2025 art. 17.3), the 8 working hours in which an online dossier is answered (art. 17.2), and the
days in which a citizen completes what was sent back (art. 19.5, `completion.py`). The apology of art. 19.6 has to be
out at least one day before the deadline, and there is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from onestop.clock import local
from onestop.rules.calendar import Calendar
from onestop.rules.deadline import to_minute
from onestop.rules.procedure import Limit, Unit

ANSWER_HOURS = 8
"""Working hours, art. 17.2."""
DAYS_BEFORE = 2
"""Working days before the due day on which a deadline warns: the apology still goes out in time."""
SHORT_DAYS = 3
"""A limit of no more days than this warns when half of it has passed."""
LAST_HOURS = timedelta(hours=2)
"""Before closing, what has to be given back the same day warns."""


class Clock(StrEnum):
    """Which clock it is."""

    DEADLINE = "deadline"
    ANSWER = "answer"
    SUPPLEMENT = "supplement"


class Standing(StrEnum):
    """How a clock stands: nothing to say, warning, past its end."""

    CALM = "calm"
    SOON = "soon"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Reading:
    """One clock of a dossier: its end (None: the law sets none), when it begins to warn, how it stands now."""

    clock: Clock
    end: datetime | None
    warns_at: datetime | None
    standing: Standing


def warns_at(received: datetime, due: datetime, limit: Limit, calendar: Calendar) -> datetime:
    """When the deadline begins to warn: 2 hours before closing where the day of receipt is the due day, at half of the
    time where the limit has no more than 3 days (24 working hours), else at the opening 2 working days before."""
    start, end = to_minute(received), local(due)
    if end.date() == start.date() or limit.unit is Unit.SAME_DAY:
        # A day may have become a day off after it was promised: then the promised hour alone counts.
        closes = calendar.closing(end.date()) if calendar.sessions(end.date()) else end
        return max(start, min(end, closes) - LAST_HOURS)
    if _is_short(limit):
        minutes = calendar.working_minutes(start, end)
        return calendar.add_working_minutes(start, minutes // 2) if minutes > 1 else start
    day = end.date()
    for _day in range(DAYS_BEFORE):
        day = _working_day_before(day, calendar)
    return max(start, calendar.opening(day))


def _is_short(limit: Limit) -> bool:
    if limit.number is None:
        return False
    if limit.unit in (Unit.WORKING_DAY, Unit.DAY):
        return limit.number <= SHORT_DAYS
    return limit.unit is Unit.HOUR and limit.number <= SHORT_DAYS * ANSWER_HOURS


def _working_day_before(day: date, calendar: Calendar) -> date:
    day -= timedelta(days=1)
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


def answer_by(submitted: datetime, calendar: Calendar) -> datetime:
    """Until when an online dossier has to be answered: accepted, sent back or refused."""
    return calendar.add_working_minutes(to_minute(submitted), ANSWER_HOURS * 60)


@dataclass(frozen=True, slots=True)
class Answer:
    """The clock of an online dossier: until when it is answered, the working minutes that are left (less than 0: how
    many it is late), how it stands. It warns when half of its hours have passed."""

    until: datetime
    left: int
    standing: Standing


def answer(submitted: datetime, now: datetime, calendar: Calendar) -> Answer:
    """How the 8 working hours of a dossier stand that came online at `submitted`."""
    until = answer_by(submitted, calendar)
    if local(now) > local(until):
        return Answer(until, -calendar.working_minutes(until, now), Standing.PAST)
    left = calendar.working_minutes(now, until)
    return Answer(until, left, Standing.SOON if left <= ANSWER_HOURS * 60 // 2 else Standing.CALM)


def apology_by(due: datetime, calendar: Calendar) -> datetime:
    """The last moment at which an apology is in time: the closing of the last working day before the due day."""
    return calendar.closing(_working_day_before(local(due).date(), calendar))


def reading(clock: Clock, end: datetime | None, warns: datetime | None, now: datetime) -> Reading:
    """How a clock stands at `now`."""
    standing = Standing.CALM
    if end is not None and local(now) > local(end):
        standing = Standing.PAST
    elif warns is not None and local(now) >= local(warns):
        standing = Standing.SOON
    return Reading(clock, end, warns, standing)
