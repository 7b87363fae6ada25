"""Lines that are filled in: dots for the pen up to the margin, figures in boxes, choices to tick, several signatures.

Each is a block of `flow`, or a `Text` whose dots are counted for the width that it gets.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop.reports import fonts
from desktop.reports.flow import Block, Mark, Page, Run, Text
from desktop.reports.sheet import Look, bold, upright
from onestop.rules.declarations import BoxesLine, PartsLine, TicksLine

DOT = "."
BETWEEN = "\u00a0" * 3
"""Between two parts of a line."""
LEAST = 60.0
"""Points that the pen needs at least."""
_ASCENT = 0.89


def filled(set_by: Look, line: PartsLine) -> Text:
    """Labels and values side by side; whatever is not known gets its share of the line as dots, and a line that has
    nothing else as many lines as it has room for."""
    style, width = set_by.body, set_by.width
    known: list[Run] = []
    for place, part in enumerate(line.parts):
        known.append(upright(f"{BETWEEN if place else ''}{part.label}:\u00a0"))
        if part.value:
            known.append(bold(part.value) if part.strong else upright(part.value))
    unknown = sum(1 for part in line.parts if not part.value)
    lines = Text(known, style).lines(width)
    left = width - (lines[-1].width if lines else 0.0)
    share = left / unknown if unknown else 0.0
    further = max(0, line.room - 1) if unknown == len(line.parts) else 0
    if unknown and (share < LEAST or len(lines) > 1):
        share, further = LEAST, further + (1 if unknown == 1 else 0)
    runs: list[Run] = []
    for place, part in enumerate(line.parts):
        runs.append(upright(f"{BETWEEN if place else ''}{part.label}:\u00a0"))
        if part.value:
            runs.append(bold(part.value) if part.strong else upright(part.value))
        else:
            runs.append(upright(dots(share - 1.0, style.size)))
    runs += [upright("\n" + dots(width, style.size))] * further
    # A hand needs more height than type does.
    return Text(runs, style, before=set_by.gap * (2 if unknown else 1))


def dots(width: float, size: float) -> str:
    """As many dots as stand in `width`."""
    return DOT * max(3, int(width / fonts.width(DOT, fonts.UPRIGHT, size)))


class _Drawn:
    """A line of its own kind: as high as a line of type and its boxes, never cut."""

    __slots__ = ("before", "keep", "look")

    def __init__(self, look: Look) -> None:
        self.look = look
        self.before = look.gap
        self.keep = False

    @property
    def side(self) -> float:
        """Of a box."""
        return self.look.body.size * 1.25

    def height(self, width: float) -> float:
        return max(self.look.body.leading, self.side + 3.0)

    def opening(self, width: float) -> float:
        return self.height(width)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        return None

    def _words(self, page: Page, x: float, top: float, text: str, face: str = fonts.UPRIGHT) -> float:
        """Text on the line that begins at `top`; where it ends."""
        size = self.look.body.size
        mark: Mark = (x, self._baseline(top), face, size, 0.0, fonts.clean(text))
        page.marks.append(mark)
        return x + fonts.width(mark[5], face, size)

    def _baseline(self, top: float) -> float:
        size = self.look.body.size
        return top - (self.height(0.0) - size) / 2 - size * _ASCENT

    def _box(self, page: Page, x: float, top: float, side: float, sign: str = "") -> float:
        """A square around a sign, in the middle of the line; where it ends."""
        size = self.look.body.size
        high = top - (self.height(0.0) - side) / 2
        low = high - side
        page.rules += [(x, high, x + side, high), (x, low, x + side, low)]
        page.rules += [(x, low, x, high), (x + side, low, x + side, high)]
        if sign:
            left = x + (side - fonts.width(sign, fonts.BOLD, size)) / 2
            page.marks.append((left, self._baseline(top), fonts.BOLD, size, 0.0, sign))
        return x + side


class Boxes(_Drawn):
    """A number, one figure a box; one that is longer than its boxes is written out instead."""

    __slots__ = ("line",)

    def __init__(self, look: Look, line: BoxesLine) -> None:
        super().__init__(look)
        self.line = line

    def place(self, page: Page, x: float, top: float, width: float) -> None:
        line = self.line
        at = self._words(page, x, top, f"{line.label}:") + 6.0
        if len(line.value) > line.boxes:
            self._words(page, at, top, line.value)
            return
        side = min(self.side, (x + width - at) / line.boxes)
        for sign in line.value.ljust(line.boxes):
            at = self._box(page, at, top, side, sign.strip())


class Ticks(_Drawn):
    """Choices, each with a box of its own, and what is written behind them."""

    __slots__ = ("line",)

    def __init__(self, look: Look, line: TicksLine) -> None:
        super().__init__(look)
        self.line = line

    def place(self, page: Page, x: float, top: float, width: float) -> None:
        at = self._words(page, x, top, f"{self.line.label}:\u00a0")
        for text, ticked in self.line.choices:
            at = self._words(page, at, top, f"\u00a0{text}\u00a0")
            at = self._box(page, at, top, self.side * 0.8, "X" if ticked else "") + 8.0
        for part in self.line.after:
            at = self._words(page, at, top, f"{BETWEEN}{part.label}:\u00a0")
            at = self._words(page, at, top, part.value or dots(LEAST, self.look.body.size))


class Abreast:
    """Blocks of equal width side by side, aligned at the top, never cut."""

    __slots__ = ("before", "blocks", "gutter", "keep")

    def __init__(self, blocks: Sequence[Block], *, gutter: float = 8.0, before: float = 0.0) -> None:
        self.blocks = tuple(blocks)
        self.gutter = gutter
        self.before = before
        self.keep = False

    def _width(self, width: float) -> float:
        return (width - self.gutter * (len(self.blocks) - 1)) / len(self.blocks)

    def height(self, width: float) -> float:
        return max(block.height(self._width(width)) for block in self.blocks)

    def opening(self, width: float) -> float:
        return self.height(width)

    def place(self, page: Page, x: float, top: float, width: float) -> None:
        each = self._width(width)
        for place, block in enumerate(self.blocks):
            block.place(page, x + place * (each + self.gutter), top, each)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        return None
