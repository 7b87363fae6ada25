"""A stack through the scanner, beside Pillow, which only decodes and encodes the same pages; and what became of it.

Ours takes a duplex stack as it comes from the scanner (300 dpi): spooled, its codes read, cut out, set upright and
straight, blank backs flagged, sorted by the separators, compressed and attached to their papers, each durable before
the next; in the process apart in which strange files are opened. Time is that of the processor, in both processes.

Then a mixed stack of 60 sides (tests/helpers/stacks.py) is counted against what is known of it; how long a side takes
by the clock on the wall is said beside it. Those lines have goals of our own.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

import numpy as np
from PIL import Image

from benchmarks import made
from benchmarks.act import demo_office
from benchmarks.measure import LEAST, counted, line, pairs, status
from desktop.office import Office
from desktop.pagework import Pagework
from tests.helpers import sorting, wear
from tests.helpers.stacks import Side, Stack

SHEETS, SIDES, DPI = 10, 60, 300
QUALITY = 75
"""Of the pages that Pillow encodes."""


def another(sides: Sequence[Side], number: int) -> list[Side]:
    """The same stack, every dot a little darker: no page is already there, and the work is the same."""
    return [replace(side, content=_darker(side.content, number, side.dpi)) for side in sides]


def _darker(content: bytes, by: int, dpi: int) -> bytes:
    pixels = np.asarray(Image.open(io.BytesIO(content)))
    return wear.jpeg(Image.fromarray(np.maximum(pixels, by) - np.uint8(by)), QUALITY, dpi)


def recoded(sides: Sequence[Side]) -> int:
    """Bytes of all pages decoded and encoded by Pillow."""
    size = 0
    for side in sides:
        stream = io.BytesIO()
        Image.open(io.BytesIO(side.content)).save(stream, "JPEG", quality=QUALITY)
        size += stream.tell()
    return size


def _time(office: Office, work: Pagework, small: bool) -> dict[str, object]:
    rounds = 1 if small else LEAST
    draft = sorting.draft_of(office)
    stack = Stack(office.id, sorting.places_of(office, draft, 2), 7, 75 if small else DPI)
    sides = stack.duplex(2 if small else SHEETS)
    fresh = iter([another(sides, number) for number in range(rounds + 1)])
    # The first pair, which is not counted, starts the other process.
    taken = pairs(
        lambda: sorting.sort(office, work, draft, next(fresh)),
        lambda: recoded(sides),
        count=rounds,
        clock=lambda: time.process_time() + work.apart.run(time.process_time),
        each=len(sides),
    )
    return line("scan", f"a page of a duplex stack of {len(sides)}, scanned / decoded and encoded by Pillow", taken, 3)


def _count(office: Office, work: Pagework, small: bool) -> list[dict[str, object]]:
    draft = sorting.draft_of(office)
    stack = Stack(office.id, sorting.places_of(office, draft, 1 if small else 4), 1, 75 if small else DPI)
    sides = stack.sides(8 if small else SIDES)
    started = time.perf_counter()
    outcome = sorting.sort(office, work, draft, sides)
    each = (time.perf_counter() - started) / len(sides)
    found = sorting.count(office, draft, sides, outcome)
    told = found.sides - found.separators
    blank = told - len(found.blanks_missed) - len(found.blanks_invented)
    upright = found.upright_asked - len(found.lying_wrong)
    of, placed = f"of a mixed stack of {found.sides}", f"placed right, none lost ({each:.2f} s each)"
    return [
        counted("scan", f"sides {of} {placed}", found.right - found.lost, found.sides, 1, at_least=True),
        counted("scan", f"sides {of} rightly told blank or not", blank, told, 0.98, at_least=True),
        counted("scan", f"sides {of} that stand upright", upright, found.upright_asked, 0.95, at_least=True),
    ]


def main(argv: list[str] | None = None) -> int:
    """Four lines: the time, and what was placed, flagged and turned."""
    parser = argparse.ArgumentParser(prog="scan")
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args(argv).small
    made.OUT.mkdir(parents=True, exist_ok=True)
    with demo_office() as office, closing(Pagework(office)) as work:
        return status([_time(office, work, small), *_count(office, work, small)])
