"""The table of levels and contents: dated, in the decree's own letters, refused where it says two things at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from onestop.rules import ratings
from onestop.rules.errors import RuleBroken

DAY = date(2026, 11, 27)
LEVELS = [
    {"level": at, "name": f"n{at}", "english": f"e{at}", "bad": at > 3, "source": "x"} for at in range(1, 6)
]  # fmt: skip


def content(key: str, first: date, last: date | None = None) -> dict[str, Any]:
    return {"key": key, "name": key, "english": key, "source": "x", "valid_from": first, "valid_to": last}


def test_the_nine_points_of_the_decree_since_it_is_in_force() -> None:
    assert [each.key for each in ratings.contents_on(DAY)] == ["a", "b", "c", "d", "đ", "e", "g", "h", "i"]
    assert ratings.contents_on(date(2025, 6, 30)) == ()
    assert [each.bad for each in ratings.levels()] == [False, False, False, True, True]
    assert ratings.content_named("đ") is not None
    assert ratings.content_named("đ") != ratings.content_named("d")
    assert ratings.content_named("z") is None


def test_a_table_that_says_two_things_at_once_is_refused() -> None:
    early, late = date(2025, 7, 1), date(2026, 7, 1)
    with pytest.raises(ValueError):
        ratings.read_table(LEVELS[:4], [])
    with pytest.raises(ValueError):
        ratings.read_table([{**row, "bad": False} for row in LEVELS], [])
    with pytest.raises(ValueError):
        ratings.read_table(LEVELS, [content("a", early), content("a", late)])
    _levels, asked = ratings.read_table(LEVELS, [content("a", early, date(2026, 6, 30)), content("a", late)])
    assert [each.holds_on(DAY) for each in asked] == [False, True]


def test_what_was_chosen_comes_in_the_order_of_the_decree_and_once() -> None:
    form = ratings.RatingForm("x", 4, ("đ", "a", "a"), "  Chờ \n lâu ")
    assert ratings.checked(form, DAY) == {
        "level": 4,
        "contents": ["a", "đ"],
        "words": "Chờ lâu",
        "source": "screen",
    }
    with pytest.raises(RuleBroken) as refused:
        ratings.checked(form, date(2025, 6, 30))
    assert refused.value.code == "rating.content-unknown", "nobody was asked about it then"
