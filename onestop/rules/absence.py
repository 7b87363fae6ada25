"""A clerk's leave: from which day until which, why, and who stands for him; what is told where it cannot be so.

No text sets how work is handed over inside a ward office: minutes of two signatures are the practice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from onestop.rules.calendar import Calendar
from onestop.rules.errors import RuleBroken
from onestop.rules.text import clean


@dataclass(frozen=True, slots=True)
class AbsenceForm:
    """Who is away (`login`), who stands for him, ISO days, why. `until_day` "": nobody knows yet."""

    login: str
    deputy: str
    from_day: str
    until_day: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    """The days and the reason as they are kept; `until` None: nobody knows yet."""

    first: date
    until: date | None
    reason: str


def read_leave(form: AbsenceForm, today: date, calendar: Calendar) -> Leave:
    """Judge the days: the work goes over when the leave is written down, which is no earlier than the last working day
    before it.

    RuleBroken absence.no-day, absence.backward, absence.over, absence.early, absence.reason-missing.
    """
    first = _day(form.from_day, "from_day")
    until = _day(form.until_day, "until_day") if form.until_day.strip() else None
    _span(first, until)
    if until is not None and until < today:
        raise RuleBroken("absence.over", field="until_day")
    earliest = first - timedelta(days=1)
    while not calendar.is_working_day(earliest):
        earliest -= timedelta(days=1)
    if today < earliest:
        raise RuleBroken("absence.early", field="from_day", day=_said(earliest))
    reason = clean(form.reason)
    if not reason:
        raise RuleBroken("absence.reason-missing", field="reason")
    return Leave(first, until, reason)


def _span(first: date, until: date | None) -> None:
    if until is not None and until < first:
        raise RuleBroken("absence.backward", field="until_day", first=_said(first), until=_said(until))


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise RuleBroken("absence.no-day", field=field, value=text) from error


def _said(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def said_days(first: str, until: str) -> str:
    """ "23/11/2026 – 27/11/2026" of ISO days; "từ" alone where the end is not known is the screen's to say."""
    days = [_said(date.fromisoformat(each)) for each in (first, until) if each]
    return " – ".join(dict.fromkeys(days))


def demand_sound(leave: Mapping[str, Any]) -> None:
    """What the centre asks of a leave that is written down: RuleBroken absence.self, absence.no-day, absence.backward,
    absence.reason-missing. KeyError, AttributeError where it is no leave at all."""
    if leave["clerk_id"] == leave["deputy_id"]:
        raise RuleBroken("absence.self", field="deputy")
    _span(_day(leave["from_day"], "from_day"), _day(leave["until_day"], "until_day") if leave["until_day"] else None)
    if not clean(leave["reason"]):
        raise RuleBroken("absence.reason-missing", field="reason")
