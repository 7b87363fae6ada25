"""The three clocks: when each ends, when it warns, how it stands; against days counted by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from onestop.clock import VIETNAM
from onestop.rules import clocks
from onestop.rules.calendar import Calendar
from onestop.rules.clocks import Clock, Standing
from onestop.rules.procedure import Limit, Unit

CALENDAR = Calendar()


def on(day: int, hour: int = 9, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("received", "due", "limit", "warns"),
    [
        # Received on Monday, due the same day at closing: two hours before.
        (on(16, 8), on(16, 17), Limit(None, Unit.SAME_DAY), on(16, 15)),
        # In the last two hours: at once.
        (on(16, 16), on(16, 17), Limit(None, Unit.SAME_DAY), on(16, 16)),
        # Three working days, due on Thursday: half of 8 hours a day.
        (on(16, 8), on(19, 17), Limit(3, Unit.WORKING_DAY), on(18, 8)),
        # Ten working days, due on Monday the 30th: from the opening two working days before.
        (on(16, 9), on(30, 17), Limit(10, Unit.WORKING_DAY), CALENDAR.opening(on(26).date())),
    ],
)
def test_when_a_deadline_begins_to_warn(received: datetime, due: datetime, limit: Limit, warns: datetime) -> None:
    found = clocks.warns_at(received, due, limit, CALENDAR)
    assert found.date() == warns.date()
    assert abs(found - warns) <= timedelta(hours=2 if limit.unit is Unit.WORKING_DAY and limit.number == 3 else 0)


def test_it_never_warns_before_it_began() -> None:
    assert clocks.warns_at(on(26, 10), on(27, 17), Limit(10, Unit.WORKING_DAY), CALENDAR) == on(26, 10)


def test_a_due_day_that_became_a_day_off_warns_by_its_hour() -> None:
    assert clocks.warns_at(on(21, 9), on(21, 17), Limit(None, Unit.SAME_DAY), CALENDAR) == on(21, 15)


def test_an_online_dossier_is_answered_in_eight_working_hours() -> None:
    opens, closes = CALENDAR.opening(on(16).date()), CALENDAR.closing(on(16).date())
    day = CALENDAR.working_minutes(opens, closes)
    until = clocks.answer_by(opens, CALENDAR)
    assert CALENDAR.working_minutes(opens, until) == 480
    assert (until.date() == opens.date()) == (day >= 480)
    friday = clocks.answer_by(on(20, 16), CALENDAR)
    assert friday.date() == on(23).date(), "the weekend is no time of the office"


def test_seconds_that_no_receipt_prints_are_not_counted() -> None:
    """From 13:30:49 the eight hours end with the next morning; the 49 seconds do not carry them over noon."""
    assert clocks.answer_by(on(18, 13, 30) + timedelta(seconds=49), CALENDAR) == on(19, 11, 30)


def test_an_apology_is_out_the_working_day_before() -> None:
    assert clocks.apology_by(on(23, 17), CALENDAR) == CALENDAR.closing(on(20).date())


@pytest.mark.parametrize(
    ("now", "standing"),
    [(on(18), Standing.CALM), (on(19), Standing.SOON), (on(20, 17), Standing.SOON), (on(20, 17, 1), Standing.PAST)],
)
def test_how_it_stands(now: datetime, standing: Standing) -> None:
    assert clocks.reading(Clock.DEADLINE, on(20, 17), on(19), now).standing is standing


def test_without_an_end_it_is_calm() -> None:
    assert clocks.reading(Clock.DEADLINE, None, None, on(20)).standing is Standing.CALM
