"""The table of what is copied into another system: the one that ships, and what is refused of another."""

from __future__ import annotations

from typing import Any

import pytest

from onestop.rules import copy_panel
from onestop.rules.copy_panel import read_profiles

ROW: dict[str, Any] = {"key": "a", "name": "A", "fields": [{"label": "Họ tên", "take": "owner.name"}]}


def test_the_profile_that_ships_is_an_example_and_says_so() -> None:
    [shipped] = copy_panel.profiles()
    assert shipped.example
    assert shipped.fields[0].take == "procedure.code"
    assert copy_panel.profile("no such one") is shipped
    assert copy_panel.profile(None) is shipped


@pytest.mark.parametrize(
    "rows",
    [
        [{**ROW, "fields": []}],
        [ROW, ROW],
        [{**ROW, "fields": [{"label": "x", "take": "owner.password"}]}],
        [{**ROW, "fields": [{"label": "x", "take": "neighbour.name"}]}],
        [{**ROW, "fields": [{"label": "x", "take": "fields."}]}],
        [{**ROW, "fields": [{"label": "x", "take": ""}]}],
    ],
)
def test_a_table_that_asks_for_what_is_not_there_is_refused(rows: list[dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match=r"profile|dossier"):
        read_profiles(rows)


def test_a_field_of_the_procedures_own_form() -> None:
    [read] = read_profiles([{**ROW, "fields": [{"label": "Nơi sinh", "take": "fields.noi_sinh"}]}])
    assert read.fields[0].take == "fields.noi_sinh"
    assert not read.example
