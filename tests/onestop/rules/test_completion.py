"""The last day to complete a dossier: the law's days, the office's calendar, and no day where no law holds."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from onestop.clock import VIETNAM
from onestop.rules import completion
from onestop.rules.calendar import Calendar, DayKind, DayOff
from onestop.rules.completion import Term

TERM = Term("completion", 15, "x", date(2025, 7, 1))


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        (date(2026, 11, 23), date(2026, 12, 8)),  # the day of the request is not counted
        (date(2026, 11, 27), date(2026, 12, 14)),  # the fifteenth day is a Saturday: the next working day
    ],
)
@pytest.mark.parametrize("hour", [7, 16, 23])
def test_fifteen_days(asked: date, last: date, hour: int) -> None:
    assert completion.last_day(at(asked, hour), Calendar()) == last


def test_a_day_off_moves_it_and_so_does_the_office() -> None:
    off = DayOff(date(2026, 12, 8), DayKind.OFF, "nghỉ bù")
    assert completion.last_day(at(date(2026, 11, 23)), Calendar(days=(off,))) == date(2026, 12, 9)


def test_before_the_decree_there_is_none() -> None:
    assert completion.term_on(date(2025, 6, 30)) is None
    assert completion.last_day(at(date(2025, 6, 30)), Calendar()) is None
    assert completion.last_day(at(date(2025, 7, 1)), Calendar()) is not None


def test_every_row_says_where_it_stands() -> None:
    assert completion.terms()
    assert all(term.source and term.days for term in completion.terms())


def test_what_cannot_stand_in_the_table() -> None:
    ended = {"key": "completion", "days": 10, "source": "x", "valid_from": TERM.valid_from - timedelta(days=9)}
    row = {"key": "completion", "days": 15, "source": "x", "valid_from": TERM.valid_from}
    assert completion.read_terms([ended | {"valid_to": TERM.valid_from - timedelta(days=1)}, row])[1] == TERM
    with pytest.raises(ValueError, match="same day"):
        completion.read_terms([ended, row])
    with pytest.raises(ValueError, match="0 days"):
        completion.read_terms([row | {"days": 0}])
