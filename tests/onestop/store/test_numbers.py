"""Dossier codes: the next free order in this counter's own stripes, never the same twice, whoever asks at once."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from onestop.rules.errors import RuleBroken
from onestop.store import acts, numbers, schema
from onestop.store.engine import Store

DAY = date(2026, 11, 23)
ROOT = Path(__file__).resolve().parents[3]


def give(store: Store, count: int, prefix: str = "H99", own: bool = True, day: date = DAY, **more: object) -> list[str]:
    with store.writing() as connection:
        here = acts.head(connection)
        assert here is not None
        given = [numbers.allocate(connection, here, prefix, day, own, **more) for _ in range(count)]  # type: ignore[arg-type]
    return [each.code for each in given]


def test_orders_follow_each_other_within_the_stripes_of_the_counter(store: Store) -> None:
    """Counter 1 of 2 owns stripes 1, 3, 5…: 1-200, 401-600."""
    codes = give(store, 203)
    assert codes[0] == "H99-261123-0001"
    assert codes[199:] == ["H99-261123-0200", "H99-261123-0401", "H99-261123-0402", "H99-261123-0403"]
    assert len(set(codes)) == 203


def test_each_day_and_each_prefix_has_its_own_count(store: Store) -> None:
    assert give(store, 2) == ["H99-261123-0001", "H99-261123-0002"]
    assert give(store, 1, day=DAY + timedelta(days=1)) == ["H99-261124-0001"]
    assert give(store, 1, prefix="H98") == ["H98-261123-0001"]
    assert give(store, 1, style="yyyymmdd", width=6) == ["H99-20261123-000003"]


def test_temporary_codes_of_two_agencies_differ(store: Store) -> None:
    """They name the device and no agency, so all agencies share one count."""
    codes = give(store, 2, prefix="SCT", own=False) + give(store, 2, prefix="SXD", own=False)
    assert len(set(codes)) == 4
    assert all(code.startswith("T-") for code in codes)
    assert give(store, 1) == ["H99-261123-0001"]


def test_nothing_up_to_the_floor_is_given(store: Store) -> None:
    assert give(store, 1, floor=37) == ["H99-261123-0038"]
    assert give(store, 1, floor=5) == ["H99-261123-0039"]
    assert give(store, 1, floor=200) == ["H99-261123-0401"]


def test_a_new_epoch_goes_on_above_what_was_given(store: Store) -> None:
    give(store, 7)
    give(store, 3, own=False)
    with store.writing() as connection:
        here = acts.head(connection)
        assert here is not None
        known = numbers.known_orders(connection, here, DAY)
        assert known == {"H99 2026-11-23": 7, "tam 2026-11-23": 3}
        here = acts.begin_epoch(connection, here, 2, 1, "m")
        numbers.carry(connection, here, known)
        numbers.raise_to(connection, here, "H99", "2026-11-23", 4)
    assert give(store, 1) == ["H99-261123-0008"]
    with store.writing() as connection:
        here = acts.head(connection)
        assert here is not None
        numbers.raise_to(connection, here, "H99", "2026-11-23", 20)
        assert numbers.known_orders(connection, here, DAY + timedelta(days=40)) == {}
    assert give(store, 1) == ["H99-261123-0021"]


def test_what_is_rolled_back_was_not_given(store: Store) -> None:
    def refused() -> None:
        with store.writing() as connection:
            here = acts.head(connection)
            assert here is not None
            numbers.allocate(connection, here, "H99", DAY, own=True)
            raise RuleBroken("no")

    with pytest.raises(RuleBroken):
        refused()
    assert give(store, 1) == ["H99-261123-0001"]


def test_two_processes_at_once_never_give_the_same(store: Store) -> None:
    """The command line beside the open window: four processes, 60 codes each, from the same database."""
    code = """
import json, sys
from datetime import date
from pathlib import Path
from onestop.store import acts, engine, numbers
store = engine.open_sqlite(Path(sys.argv[1]))
given = []
for _ in range(60):
    with store.writing() as connection:
        here = acts.head(connection)
        given.append(numbers.allocate(connection, here, "H99", date(2026, 11, 23), own=True).code)
print(json.dumps(given))
"""
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(store.path)], stdout=subprocess.PIPE, cwd=ROOT, text=True)
        for _ in range(4)
    ]
    given = [json.loads(process.communicate()[0]) for process in running]
    codes = [code for one in given for code in one]
    assert len(codes) == len(set(codes)) == 240
    with store.reading() as connection:
        assert connection.execute(select(schema.number_day.c.last)).scalar_one() == 440
    assert all(one == sorted(one) for one in given)


def test_a_book_of_letters_has_no_gap_and_no_number_twice(store: Store) -> None:
    with store.writing() as connection:
        here = acts.head(connection)
        assert here is not None
        given = [numbers.next_of_book(connection, here, "supplement", 2026) for _ in range(3)]
        assert given == [1, 2, 3]
        assert numbers.next_of_book(connection, here, "refusal", 2026) == 1
        assert numbers.next_of_book(connection, here, "supplement", 2027) == 1
        assert numbers.next_of_book(connection, here, "supplement", 2026, floor=9) == 10
        known = numbers.known_orders(connection, here, DAY)
        assert known == {"book:supplement 2026": 10, "book:refusal 2026": 1, "book:supplement 2027": 1}
        numbers.carry(connection, here, {"book:supplement 2026": 12, "book:refusal 2026": 0})
        assert numbers.next_of_book(connection, here, "supplement", 2026) == 13
        assert numbers.next_of_book(connection, here, "refusal", 2026) == 2


def test_beyond_what_another_machine_can_have_given(store: Store) -> None:
    """It was at 50 when the copy was made: it can have filled 1-200 and 401-600 since."""
    with store.reading() as connection:
        here = acts.head(connection)
        assert here is not None
    known = {"H99 2026-11-23": 50, "H99 2026-11-20": 7, "book:supplement 2026": 4}
    assert numbers.beyond_another(known, ["H99", "tam"], here, DAY) == {
        "H99 2026-11-23": 600, "tam 2026-11-23": 600, "H99 2026-11-20": 7, "book:supplement 2026": 104,
    }  # fmt: skip
