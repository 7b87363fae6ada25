"""A made stack through the program itself: every side where it belongs, blanks flagged, and the paper filed as PDF/A.

Twelve sides here; sixty in `dev.py bench scan`, whose counts stand in docs/reading.md.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.office import Office
from desktop.pagework import Pagework
from tests.helpers import sorting
from tests.helpers.stacks import Stack, stands_upright


@pytest.fixture
def work(demo_office: Office) -> Iterator[Pagework]:
    pages = Pagework(demo_office)
    yield pages
    pages.close()


def test_a_stack_sorts_itself_and_blanks_are_flagged(demo_office: Office, work: Pagework) -> None:
    draft = sorting.draft_of(demo_office)
    sides = Stack(demo_office.id, sorting.places_of(demo_office, draft, 2), 3, 150).sides(12)
    assert {"separator", "other-office", "empty"} <= {side.what for side in sides}
    outcome = sorting.sort(demo_office, work, draft, sides)
    found = sorting.count(demo_office, draft, sides, outcome)
    assert (found.wrong, found.lost, found.separators) == ([], 0, 3)
    assert (found.blanks_missed, found.blanks_invented, found.lying_wrong) == ([], [], [])
    assert found.blanks >= 2
    assert found.upright_asked >= 4


def test_the_same_seed_makes_the_same_stack(demo_office: Office) -> None:
    places = sorting.places_of(demo_office, sorting.draft_of(demo_office), 1)
    one, again, other = (Stack(demo_office.id, places, seed, 50).sides(6) for seed in (1, 1, 2))
    assert [side.content for side in one] == [side.content for side in again]
    assert [side.content for side in one] != [side.content for side in other]
    assert len(one) == 6


def test_whoever_counts_sees_a_page_on_its_head(demo_office: Office) -> None:
    places = sorting.places_of(demo_office, sorting.draft_of(demo_office), 1)
    lying = [side for side in Stack(demo_office.id, places, 5, 50).sides(24) if side.what == "paper"]
    assert {side.turn for side in lying} > {0}
    assert [stands_upright(side.content, side.sheet) for side in lying] == [side.turn == 0 for side in lying]
