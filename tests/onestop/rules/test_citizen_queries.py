"""What citizens ask for is found first: in the starter, and in the whole national catalogue where somebody has it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from onestop.rules.catalogue_search import Entry, Index
from onestop.rules.text import fold
from tests.helpers.national import HABITS, STARTER, SYNONYMS, entries, real_file, with_quick
from tests.onestop.rules.citizen_queries import ASKED, NEVER

OURS = {each.code for each in STARTER.procedures}
FILE = real_file()
Asked = tuple[str, tuple[str, ...], int]


def indexed(file: Path | None) -> tuple[Index, dict[str, Entry]]:
    """The index of an office that brought in this national file, and what it knows of each procedure."""
    every = with_quick(entries(file.read_bytes() if file else None))
    return Index(every, SYNONYMS, HABITS), {each.code: each for each in every}


ALONE, _ = indexed(None)


def codes(index: Index, text: str, limit: int = 20) -> list[str]:
    return [hit.code for hit in index.find(text, limit=limit)]


@pytest.mark.parametrize("row", [row for row in ASKED if set(row[1]) <= OURS], ids=lambda row: row[0])
def test_what_people_ask_for_is_found_in_the_starter(row: Asked) -> None:
    text, answers, first = row
    found = codes(ALONE, text, first)
    assert set(found) & set(answers), found


if FILE is not None:
    WHOLE, NATIONAL = indexed(FILE)

    @pytest.mark.parametrize("row", ASKED, ids=lambda row: row[0])
    def test_what_people_ask_for_is_among_the_first(row: Asked) -> None:
        text, answers, first = row
        found = codes(WHOLE, text, first)
        assert set(found) & set(answers), found

    @pytest.mark.parametrize("text", NEVER)
    def test_nothing_of_the_customs_comes_up_at_a_ward(text: str) -> None:
        far = {name for name, weight in HABITS.fields.items() if weight < -20}
        found = [NATIONAL[code] for code in codes(WHOLE, text, 10)]
        assert [(each.code, each.field) for each in found if fold(each.field) in far] == []

    def test_beside_a_strong_answer_there_is_no_noise() -> None:
        assert codes(WHOLE, "doc than") == ["1.004873"]
        assert codes(WHOLE, "tach ho khau") == ["1.010038"]
        assert len(codes(WHOLE, "so do")) <= 4

    def test_a_field_that_nobody_asks_for_is_found_where_it_is_named() -> None:
        assert fold(NATIONAL[codes(WHOLE, "kiem tra hai quan", 1)[0]].field) == "hai quan"

    def test_one_key_is_never_waited_for() -> None:
        for text in ("k", "kh", "khai sinh", "dang ky", "lam giay khai sinh cho be", "xin phep xay nha o nong thon"):
            assert min(seconds(WHOLE, text) for _ in range(5)) < 0.05, text


def seconds(index: Index, text: str) -> float:
    """How long one answer takes."""
    start = time.perf_counter()
    index.find(text)
    return time.perf_counter() - start
