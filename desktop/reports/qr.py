"""A QR code as one outline to fill: sharp at every size, and a thousandth of a second to make."""

from __future__ import annotations

from dataclasses import dataclass

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
    picture = memoryview(code.to_image(scale=1, add_quiet_zones=False)).tolist()
    return QrOutline(len(picture), _trace([[grey < 128 for grey in row] for row in picture]))


def _trace(dark: list[list[bool]]) -> tuple[tuple[Corner, ...], ...]:
    """The borders of the dark area as closed polygons: no seams between modules, however it is drawn."""
    side = range(len(dark))

    def at(x: int, y: int) -> bool:
        return x in side and y in side and dark[y][x]

    steps: dict[Corner, list[Corner]] = {}
    for y in side:
        for x in side:
            if not dark[y][x]:
                continue
            # Each border runs with the dark module on its right, so that borders join head to tail.
            if not at(x, y - 1):
                steps.setdefault((x, y), []).append((x + 1, y))
            if not at(x + 1, y):
                steps.setdefault((x + 1, y), []).append((x + 1, y + 1))
            if not at(x, y + 1):
                steps.setdefault((x + 1, y + 1), []).append((x, y + 1))
            if not at(x - 1, y):
                steps.setdefault((x, y + 1), []).append((x, y))
    found: list[tuple[Corner, ...]] = []
    while steps:
        start = next(iter(steps))
        path = [start]
        here = start
        while True:
            onward = steps[here].pop()
            if not steps[here]:
                del steps[here]
            here = onward
            if len(path) > 1 and _straight(path[-2], path[-1], here):
                path[-1] = here
            else:
                path.append(here)
            if here == start:
                break
        found.append(tuple(path[:-1]))
    return tuple(found)


def _straight(first: Corner, second: Corner, third: Corner) -> bool:
    return first[0] == second[0] == third[0] or first[1] == second[1] == third[1]
