"""One page of the list of dossiers at a million rows beside the same page at ten thousand."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime

from benchmarks import made
from benchmarks.measure import PAIRS, Clock, line, pairs, status
from onestop.clock import VIETNAM
from onestop.queries import dossiers
from onestop.queries.dossiers import Wish
from onestop.store.engine import Store, open_sqlite

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=VIETNAM)
WISHES = (
    Wish(), Wish("open"), Wish("overdue"), Wish("today"), Wish("mine", clerk="clerk-demo"), Wish("to-enter"),
    Wish("to-collect"), Wish("supplement"),
)  # fmt: skip
EACH = 10


def pages(store: Store) -> Callable[[], None]:
    """First and second page of each list, `EACH` times."""

    def run() -> None:
        with store.reading() as connection:
            for _ in range(EACH):
                for wish in WISHES:
                    first = dossiers.page(connection, made.OFFICE, wish, NOW)
                    if first.after is not None:
                        dossiers.page(connection, made.OFFICE, wish, NOW, first.after)

    return run


def main(argv: list[str] | None = None) -> int:
    """One line."""
    parser = argparse.ArgumentParser(prog="list")
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args(argv).small
    many, few = (4_000, 1_000) if small else (1_000_000, 10_000)
    large, little = (open_sqlite(made.store(count, count) / "office.db") for count in (many, few))
    taken = pairs(
        pages(large), pages(little), count=2 if small else PAIRS, clock=Clock.WALL, each=EACH * len(WISHES) * 2
    )
    found = line("list", f"a page of the list of dossiers, {many:,} rows beside {few:,}", taken, 1.3)
    large.close()
    little.close()
    return status([found])
