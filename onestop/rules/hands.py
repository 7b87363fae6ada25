"""In whose hands a dossier is, who may give it on, take it over or give it back, and until when a paper one has to
leave the counter (NĐ 118/2025/NĐ-CP art. 18, 20.1a).

A hand-over is asked for and answered: whoever gets a dossier says that he has it, as he signs on the control slip.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from onestop.clock import local
from onestop.rules.calendar import Calendar
from onestop.rules.errors import RuleBroken
from onestop.rules.moves import RETURN, TAKE

LATE = time(15)
"""A paper dossier received later than this may wait for the next working day."""

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Hands:
    """Who has a dossier. `holder`: a clerk's id, or the name of a section or agency; "": the counter, nobody in
    particular. `name`: in words. `clerk`: it is a clerk. `taken_at` None: he has not said that he has it."""

    holder: str = ""
    name: str = ""
    clerk: bool = False
    taken_at: datetime | None = None


NOBODY = Hands()
"""At the counter."""


def demand_hands(move: str, hands: Hands, me: str, decides: bool) -> None:
    """Whether the clerk `me` may assign, take or return what is in these hands. What a section has, or the counter, is
    anybody's who moves dossiers; what a clerk has is his own, and a supervisor's (`decides`) but for taking it over.

    RuleBroken hands.nobody (it was given to nobody, or is at the counter), hands.taken, hands.not-yours.
    """
    if move in (TAKE, RETURN) and not hands.holder:
        raise RuleBroken("hands.nobody")
    if move == TAKE and hands.taken_at is not None:
        raise RuleBroken("hands.taken", by=hands.name, at=hands.taken_at)
    if hands.clerk and hands.holder != me and (move == TAKE or not decides):
        raise RuleBroken("hands.not-yours", by=hands.name, how="take" if move == TAKE else None)


def may_hands(move: str, hands: Hands, me: str, decides: bool) -> bool:
    """The same as an answer."""
    try:
        demand_hands(move, hands, me, decides)
    except RuleBroken:
        return False
    return True


# -- from the counter to whoever works on it


def leaves_by(received: datetime, calendar: Calendar, at_once: bool = False) -> datetime:
    """Until when a dossier has to have left the counter: the same day, or the beginning of the next working day where
    it came after 15:00 or on a day off. `at_once`: an electronic one does not wait."""
    moment = local(received).replace(second=0, microsecond=0)
    if at_once:
        return moment
    day = moment.date()
    if calendar.is_working_day(day) and moment <= _last(day, calendar):
        return calendar.closing(day)
    return calendar.opening(calendar.next_working_day(day))


def kept_since(now: datetime, calendar: Calendar) -> datetime:
    """What came on paper before this moment ought to have left the counter by `now`: the same as `leaves_by`, asked of
    all dossiers at once."""
    here = local(now)
    day = here.date()
    if calendar.is_working_day(day):
        if here > calendar.closing(day):
            return _last(day, calendar) + MINUTE
        if here > calendar.opening(day):
            return here.replace(hour=0, minute=0, second=0, microsecond=0)
    day -= timedelta(days=1)
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return _last(day, calendar) + MINUTE


def _last(day: date, calendar: Calendar) -> datetime:
    """The last minute in which what comes on a working day still goes the same day."""
    closing = calendar.closing(day)
    return min(closing, datetime.combine(day, LATE, closing.tzinfo))
