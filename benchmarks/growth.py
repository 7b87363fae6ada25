"""Receiving, searching and listing at ten thousand, a hundred thousand and a million, beside those at ten thousand.

One line each, with its worst size.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import act, made, search
from benchmarks import list as listing
from benchmarks.measure import LEAST, Clock, Pairs, line, pairs, status
from desktop.office import Office
from onestop.actions import receive
from onestop.actions.catalogue import PublishForm, publish
from onestop.queries import people
from onestop.rules.intake import read_form

SIZES = (10_000, 100_000, 1_000_000)
SMALL_SIZES = (1_000, 2_000)
EACH = 20
CATALOGUE = Path(__file__).resolve().parent.parent / "resources" / "catalogue"


def opened(size: int, folder: Path) -> Office:
    """A copy of the made store as an office of its own, with the starter catalogue, ready to receive."""
    os.environ["MOTCUA_STATE_DIR"] = str(folder.with_name(f"state-{size}"))
    shutil.copytree(made.store(size, size), folder)
    office = Office.open(folder)
    office.machine = ""
    row = office.clerk("demo")
    assert row is not None
    office.act_as(row)
    for kind, name in (("holidays", "holidays.toml"), ("catalogue", "procedures.json")):
        office.perform(publish, PublishForm(kind, "starter", name, (CATALOGUE / name).read_bytes()))
    return office


def receiving(office: Office, size: int, each: int) -> Callable[[], None]:
    """Receive from people all over the store."""
    numbers = iter(range(1, size, max(1, size // 5_000)))

    def run() -> None:
        for _ in range(each):
            owner = {"id": f"00000000-0000-7000-8000-{next(numbers):012x}"}
            office.perform(receive.take_in, read_form({"procedure": act.EXTRACT, "owner": owner, "complete": True}))

    return run


def searching(office: Office, each: int) -> Callable[[], None]:
    """Type-ahead for people of that store."""
    texts = office.read(search.typed_texts, each, False)

    def run() -> None:
        with office.store.reading() as connection:
            for typed in texts:
                people.find(connection, typed, search.LIMIT)

    return run


def main(argv: list[str] | None = None) -> int:
    """Three lines: act, search, list, each at its worst size."""
    parser = argparse.ArgumentParser(prog="growth")
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args(argv).small
    sizes = SMALL_SIZES if small else SIZES
    runs, each = (2, 2) if small else (LEAST, EACH)
    made.store(sizes[0], sizes[0])
    place = Path(tempfile.mkdtemp(prefix="motcua-growth-", dir=made.OUT))
    before = os.environ.get("MOTCUA_STATE_DIR")
    try:
        little = opened(sizes[0], place / str(sizes[0]))
        base = (
            receiving(little, sizes[0], each),
            searching(little, each),
            listing.pages(little.store),
        )
        worst: list[tuple[float, int, Pairs] | None] = [None, None, None]
        for size in sizes[1:]:
            large = opened(size, place / str(size))
            ours = (receiving(large, size, each), searching(large, each), listing.pages(large.store))
            for which, (one, reference) in enumerate(zip(ours, base, strict=True)):
                taken = pairs(one, reference, count=runs, clock=Clock.WALL, each=each)
                ratio = sorted(taken.ratios)[len(taken.ratios) // 2]
                known = worst[which]
                if known is None or ratio > known[0]:
                    worst[which] = (ratio, size, taken)
            large.close()
            shutil.rmtree(place / str(size))
        little.close()
        lines = [
            line("growth", f"{name} at {found[1]:,} rows beside {sizes[0]:,}", found[2], 1.5)
            for name, found in zip(("act", "search", "list"), worst, strict=True)
            if found is not None
        ]
    finally:
        shutil.rmtree(place, ignore_errors=True)
        if before is None:
            os.environ.pop("MOTCUA_STATE_DIR", None)
        else:
            os.environ["MOTCUA_STATE_DIR"] = before
    return status(lines)
