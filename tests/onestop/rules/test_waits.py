"""The return time after what was waited for: papers that were missing, money that was to be paid."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from onestop.clock import VIETNAM
from onestop.rules import waits
from onestop.rules.calendar import Calendar
from onestop.rules.deadline import END_OF_DAY, Regime, Wait
from onestop.rules.procedure import Limit, Unit
from onestop.rules.waits import PAYMENT, Ended

FIVE = Limit(5, Unit.WORKING_DAY)
CALENDAR = Calendar()


def at(day: int, hour: int = 9) -> datetime:
    """March 2026 begins on a Sunday; none of its days is off."""
    return datetime(2026, 3, day, hour, tzinfo=VIETNAM)


def due(ended: Ended, regime: Regime) -> str:
    found = waits.count(at(2), ended, FIVE, CALENDAR, END_OF_DAY, regime).deadline.due
    assert found is not None
    return f"{found:%d/%m}"


ASKED: Wait = (at(4), at(6))
PAID: Wait = (at(9), at(11))


@pytest.mark.parametrize(
    ("ended", "regime", "expected"),
    [
        (Ended(), Regime.RESTART, "09/03"),
        (Ended((ASKED,)), Regime.PAUSE, "11/03"),
        (Ended((ASKED,)), Regime.RESTART, "13/03"),
        (Ended((), ((at(4), at(6)),)), Regime.RESTART, "11/03"),
        (Ended((ASKED,), (PAID,)), Regime.PAUSE, "13/03"),
        (Ended((ASKED,), (PAID,)), Regime.RESTART, "17/03"),
        (Ended(((at(9), at(11)),), ((at(4), at(6)),)), Regime.RESTART, "18/03"),
    ],
)
def test_what_was_waited_for_is_not_counted_or_counts_anew(ended: Ended, regime: Regime, expected: str) -> None:
    assert due(ended, regime) == expected


def test_a_dossier_keeps_what_it_waited_for() -> None:
    first, second = "2026-03-04T02:00:00.000000Z", "2026-03-06T02:00:00.000000Z"
    kept = waits.ended(waits.begun(None, first), second)
    kept = waits.begun(kept, first, PAYMENT)
    assert kept == [[first, second], [first, None, PAYMENT]]
    assert Ended.of(kept) == Ended(((datetime.fromisoformat(first), datetime.fromisoformat(second)),))
    kept = waits.ended(kept, second)
    assert len(Ended.of(kept).payments) == 1
    assert waits.ended(kept, first) == kept, "what is over stays as it is"


def test_that_a_payment_stops_the_limit_is_said_by_data_and_not_confirmed() -> None:
    assert waits.stops_for_payment(date(2026, 3, 2))
    assert not waits.stops_for_payment(date(1999, 3, 2)), "no row, no stop"
    assert not any(rule.confirmed for rule in waits.rules())
