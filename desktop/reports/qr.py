"""A QR code as one outline to fill: sharp at every size, and a thousandth of a second to make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import zxingcpp

QUIET = 4
"""Modules of white that a reader needs around the code (ISO/IEC 18004)."""

Corner = tuple[int, int]


@dataclass(frozen=True, slots=True)
class QrOutline:
    """The dark area of a code: `modules` a side, closed outlines in modules from the top left corner (even-odd)."""

    modules: int
    outlines: tuple[tuple[Corner, ...], ...]


def outline(text: str) -> QrOutline:
    """The QR code that says `text`, error correction M."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    picture: Any = memoryview(image).tolist()
    return QrOutline(len(picture), _trace([[grey < 128 for grey in row] for row in picture]))


def _trace(dark: list[list[bool]]) -> tuple[tuple[Corner, ...], ...]:
    """The borders of the dark area as closed polygons: no seams between modules, however it is drawn."""
    empty = [False] * (len(dark) + 2)
    framed = [empty, *([False, *row, False] for row in dark), empty]
    steps: dict[Corner, list[Corner]] = {}
    for y, row in enumerate(dark):
        above, here, below = framed[y], framed[y + 1], framed[y + 2]
        for x, filled in enumerate(row):
            if not filled:
                continue
            # Each border runs with the dark module on its right, so that borders join head to tail.
            if not above[x + 1]:
                steps.setdefault((x, y), []).append((x + 1, y))
            if not here[x + 2]:
                steps.setdefault((x + 1, y), []).append((x + 1, y + 1))
            if not below[x + 1]:
                steps.setdefault((x + 1, y + 1), []).append((x, y + 1))
            if not here[x]:
                steps.setdefault((x, y + 1), []).append((x, y))
    found: list[tuple[Corner, ...]] = []
    while steps:
        start = next(iter(steps))
        path = [start]
        at = start
        while True:
            ways = steps[at]
            onward = ways.pop()
            if not ways:
                del steps[at]
            at = onward
            if len(path) > 1 and _straight(path[-2], path[-1], at):
                path[-1] = at
            else:
                path.append(at)
            if at == start:
                break
        found.append(tuple(path[:-1]))
    return tuple(found)


def _straight(first: Corner, second: Corner, third: Corner) -> bool:
    return first[0] == second[0] == third[0] or first[1] == second[1] == third[1]
