"""In whose hands a dossier is: who may what with it, and until when a paper one has to leave the counter."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from onestop.clock import VIETNAM
from onestop.rules.absence import AbsenceForm, read_leave, said_days
from onestop.rules.calendar import Calendar, DayKind, DayOff, OfficeHours
from onestop.rules.errors import RuleBroken
from onestop.rules.hands import NOBODY, Hands, demand_hands, kept_since, leaves_by
from onestop.rules.moves import ASSIGN, RETURN, TAKE

AT = datetime(2026, 11, 23, 9, 5, tzinfo=VIETNAM)
MINE, TAKEN = Hands("me", "Tôi", True), Hands("me", "Tôi", True, AT)
OTHERS, SECTION = Hands("an", "Lê An", True), Hands("Tư pháp", "Tư pháp")
CALENDAR = Calendar(OfficeHours(), (DayOff(date(2026, 11, 24), DayKind.OFF, "Ngày nghỉ", "", True),))


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("move", "hands", "decides", "code"),
    [
        (ASSIGN, NOBODY, False, None),
        (ASSIGN, SECTION, False, None),
        (ASSIGN, TAKEN, False, None),
        (ASSIGN, OTHERS, False, "hands.not-yours"),
        (ASSIGN, OTHERS, True, None),
        (TAKE, NOBODY, True, "hands.nobody"),
        (TAKE, MINE, False, None),
        (TAKE, TAKEN, False, "hands.taken"),
        (TAKE, SECTION, False, None),
        (TAKE, OTHERS, True, "hands.not-yours"),
        (RETURN, NOBODY, True, "hands.nobody"),
        (RETURN, MINE, False, None),
        (RETURN, OTHERS, False, "hands.not-yours"),
        (RETURN, OTHERS, True, None),
        (RETURN, SECTION, False, None),
    ],
)
def test_who_may(move: str, hands: Hands, decides: bool, code: str | None) -> None:
    if code is None:
        demand_hands(move, hands, "me", decides)
        return
    with pytest.raises(RuleBroken) as refused:
        demand_hands(move, hands, "me", decides)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("received", "until"),
    [
        (at(23, 9), CALENDAR.closing(date(2026, 11, 23))),
        (at(23, 15, 0, 59), CALENDAR.closing(date(2026, 11, 23))),
        (at(23, 15, 1), CALENDAR.opening(date(2026, 11, 25))),  # the 24th is off
        (at(24, 9), CALENDAR.opening(date(2026, 11, 25))),
        (at(27, 16), CALENDAR.opening(date(2026, 11, 30))),
    ],
)
def test_a_paper_dossier_goes_the_same_day_or_at_the_start_of_the_next(received: datetime, until: datetime) -> None:
    assert leaves_by(received, CALENDAR) == until
    assert leaves_by(received, CALENDAR, at_once=True) == received.replace(second=0)


def test_what_is_asked_of_all_at_once_is_what_is_said_of_each() -> None:
    """Over ten days, every quarter of an hour: received before the moment, or late by itself, are the same dossiers."""
    moments = [at(20, 0) + timedelta(minutes=15 * step + 1) for step in range(4 * 24 * 10)]
    for now in moments[::7]:
        since = kept_since(now, CALENDAR)
        for received in moments[::5]:
            if received < now:
                assert (received < since) == (leaves_by(received, CALENDAR) < now), (received, now)


def form(**given: str) -> AbsenceForm:
    return AbsenceForm(**{"login": "lan", "deputy": "ha", "from_day": "2026-11-23", "reason": "nghỉ phép", **given})


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"from_day": "hôm nay"}, "absence.no-day", "from_day"),
        ({"until_day": "31/11"}, "absence.no-day", "until_day"),
        ({"until_day": "2026-11-20"}, "absence.backward", "until_day"),
        ({"from_day": "2026-11-16", "until_day": "2026-11-20"}, "absence.over", "until_day"),
        ({"from_day": "2026-11-26"}, "absence.early", "from_day"),
        ({"reason": "  "}, "absence.reason-missing", "reason"),
    ],
)
def test_days_that_cannot_be(given: dict[str, str], code: str, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_leave(form(**given), date(2026, 11, 23), CALENDAR)
    assert (refused.value.code, refused.value.details["field"]) == (code, field)


def test_work_is_handed_over_on_the_last_working_day_before() -> None:
    kept = read_leave(form(from_day="2026-11-25"), date(2026, 11, 23), CALENDAR)  # the 24th is off
    assert (kept.first, kept.until) == (date(2026, 11, 25), None)
    assert said_days("2026-11-25", "2026-11-27") == "25/11/2026 – 27/11/2026"
    assert said_days("2026-11-25", "2026-11-25") == said_days("2026-11-25", "") == "25/11/2026"
