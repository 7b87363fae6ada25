"""Linked procedures: the table is sound, what is chosen, and when each result is due."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from onestop.clock import VIETNAM
from onestop.rules import linked
from onestop.rules.calendar import Calendar, read_days
from onestop.rules.deadline import END_OF_DAY, Deadline, count
from onestop.rules.errors import RuleBroken
from onestop.rules.linked import Group, PartDue, group_for, groups, read_groups
from onestop.rules.procedure import Limit, Unit
from tests.helpers.counters import STARTER

BIRTH = "1.001193"
DAY = date(2026, 11, 23)
CALENDAR = Calendar(days=read_days((STARTER.parent / "holidays.toml").read_text("utf-8")))
SAME_DAY = Limit(None, Unit.SAME_DAY)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=VIETNAM)


def reckoned(wanted: tuple[str, ...], received: datetime, own: Limit = SAME_DAY) -> tuple[PartDue, ...]:
    parts = linked.chosen(wanted, BIRTH, DAY)
    return linked.reckon(parts, own, received, count(received, own, CALENDAR), CALENDAR, END_OF_DAY)


def test_the_table_says_where_each_part_stands_and_what_was_not_read() -> None:
    assert [group.key for group in groups()] == ["khai-sinh", "khai-tu"]
    for group in groups():
        assert not group.certain, "nobody has read the decree"
        assert group.source
        assert all(part.source or part.limit is None for part in group.parts)


def test_a_group_holds_on_its_days_alone() -> None:
    assert group_for(BIRTH, date(2024, 6, 9)) is None
    found = group_for(BIRTH, DAY)
    assert found is not None
    assert found.usual() == ("giay-khai-sinh", "thuong-tru", "the-bhyt")
    assert group_for("1.004873", DAY) is None


@pytest.mark.parametrize(
    ("wanted", "keys"),
    [
        ((), []),
        (("khai-sinh",), ["giay-khai-sinh", "thuong-tru", "the-bhyt"]),
        (("the-bhyt",), ["giay-khai-sinh", "the-bhyt"]),
        (("the-bhyt", "thuong-tru"), ["giay-khai-sinh", "thuong-tru", "the-bhyt"]),
    ],
)
def test_what_is_chosen_brings_the_first_with_it(wanted: tuple[str, ...], keys: list[str]) -> None:
    assert [each.key for each in linked.chosen(wanted, BIRTH, DAY)] == keys


def test_what_is_not_in_the_table_is_refused() -> None:
    with pytest.raises(RuleBroken, match=r"linked\.unknown"):
        linked.chosen(("mai-tang-phi",), BIRTH, DAY)
    with pytest.raises(RuleBroken, match=r"linked\.none"):
        linked.chosen(("khai-sinh",), "1.004873", DAY)


def test_each_result_has_its_own_date_and_the_last_is_that_of_the_whole() -> None:
    dues = reckoned(("khai-sinh",), at(23, 9))
    assert [each.due for each in dues] == [at(23, 17), at(26, 17), at(26, 17)], "the 24th is off"
    assert linked.latest(dues).due == at(26, 17)
    codes = [step.code for step in dues[1].deadline.steps]
    assert codes[:3] == ["due.received", "due.same-day", "due.part"]


def test_after_three_in_the_afternoon_all_of_them_move_on() -> None:
    assert [each.due for each in reckoned(("khai-sinh",), at(23, 16))] == [at(25, 17), at(27, 17), at(27, 17)]


def test_a_first_part_without_a_date_leaves_the_whole_without_one() -> None:
    dues = reckoned(("khai-sinh",), at(23, 9), Limit(None, Unit.NOTICE))
    assert dues[0].due is None
    assert linked.latest(dues) == Deadline(None, dues[0].deadline.steps, days=dues[0].deadline.days)


SOUND: dict[str, Any] = {
    "key": "g",
    "name": "G",
    "procedure": "1.1",
    "source": "s",
    "valid_from": DAY,
    "part": [{"key": "a", "name": "A"}, {"key": "b", "name": "B", "after": "a", "number": 2, "unit": "working-day"}],
}


@pytest.mark.parametrize(
    "parts",
    [
        [{"key": "a", "name": "A"}],
        [{"key": "a", "name": "A"}, {"key": "a", "name": "B", "number": 1, "unit": "day"}],
        [{"key": "a", "name": "A"}, {"key": "b", "name": "B"}],
        [{"key": "a", "name": "A"}, {"key": "b", "name": "B", "after": "c", "number": 1, "unit": "day"}],
        [{"key": "a", "name": "A", "number": 1, "unit": "day"}, {"key": "b", "name": "B", "number": 1, "unit": "day"}],
    ],
)
def test_a_table_that_cannot_be_is_refused(parts: list[dict[str, Any]]) -> None:
    [group] = read_groups([SOUND])
    assert isinstance(group, Group)
    with pytest.raises(ValueError, match=r"comes|fewer|procedure|before"):
        read_groups([{**SOUND, "part": parts}])
