"""Text, tables and groups that know their height, and the pouring of them into pages.

A small measured layout instead of platypus: a receipt must not cost more than the drawing of it. Everything is
measured first and placed as plain marks (strings, rules) with final coordinates; `sheet` paints the marks. Lengths are
points, `y` grows upwards as in PDF, heights are positive.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from desktop.reports import fonts

Run = tuple[str, str]
"""A piece of text and the face it is set in."""

Mark = tuple[float, float, str, float, float, str]
"""x, baseline y, face, size, extra space between words, text."""

Rule = tuple[float, float, float, float]
"""A hairline from x1, y1 to x2, y2."""

SIDE = 4.0
"""Between the rule of a table and its text."""

_LOOSEST = 0.5
"""A justified line may open its word spaces by this much of the type size; a looser one stays ragged."""

_ASCENT = 0.89
"""From the top of a line to its baseline, in parts of the type size, before the leading is shared out."""

_NARROW = 0.36
"""No Vietnamese text is narrower than this many times its size a sign: what is longer need not be tried on one line."""

_EPSILON = 0.01

_WHOLE = 5
"""A row of a table of so many lines stays on one page."""


class Align(StrEnum):
    """How lines stand between the edges."""

    LEFT = "left"
    JUSTIFY = "justify"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set. `first` indents the first line, `hang` the others."""

    size: float
    leading: float
    align: Align = Align.LEFT
    first: float = 0.0
    hang: float = 0.0


@dataclass(slots=True)
class Page:
    """What stands on one page."""

    marks: list[Mark] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text: its pieces with their widths, its natural width, its word spaces, whether it ends there."""

    pieces: tuple[tuple[str, str, float], ...]
    width: float
    spaces: int
    ends: bool


class Block(Protocol):
    """A part of a document that can be measured, placed and, where there is need, cut in two."""

    before: float
    """Space above, dropped at the top of a page."""
    keep: bool
    """Never the last thing on its page: it introduces what follows."""

    def height(self, width: float) -> float:
        """Height at `width`, without `before`."""
        ...

    def opening(self, width: float) -> float:
        """Height of the least that may stand at the bottom of a page."""
        ...

    def place(self, page: Page, x: float, top: float, width: float) -> None:
        """Put the marks on `page`, from `top` downwards."""
        ...

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """The part that fits into `room` and the rest; None when it cannot be cut well."""
        ...


class Text:
    """A paragraph of runs. Line breaks inside a run are kept."""

    __slots__ = ("_broken", "before", "keep", "runs", "style")

    def __init__(self, runs: str | Sequence[Run], style: Style, *, before: float = 0.0, keep: bool = False) -> None:
        self.runs: tuple[Run, ...] = ((runs, fonts.UPRIGHT),) if isinstance(runs, str) else tuple(runs)
        self.style = style
        self.before = before
        self.keep = keep
        self._broken: tuple[float, tuple[Line, ...]] | None = None

    def lines(self, width: float) -> tuple[Line, ...]:
        """The text broken to `width`."""
        if self._broken is None or self._broken[0] != width:
            self._broken = (width, _break(self.runs, self.style, width))
        return self._broken[1]

    def height(self, width: float) -> float:
        return len(self.lines(width)) * self.style.leading

    def opening(self, width: float) -> float:
        count = len(self.lines(width))
        return (count if count < 4 else 2) * self.style.leading

    def place(self, page: Page, x: float, top: float, width: float) -> None:
        style = self.style
        size, align = style.size, style.align
        add = page.marks.append
        y = top - (style.leading - size) / 2 - size * _ASCENT
        indent = style.first
        for line in self.lines(width):
            left, spread = x + indent, 0.0
            slack = width - indent - line.width
            if align is Align.CENTRE:
                left += slack / 2
            elif align is Align.RIGHT:
                left += slack
            elif align is Align.JUSTIFY and not line.ends and line.spaces:
                spread = slack / line.spaces
                if spread > size * _LOOSEST or spread < 0:
                    spread = 0.0
            for piece, face, long in line.pieces:
                add((left, y, face, size, spread, piece))
                if spread:
                    long += spread * (piece.count(" ") + piece.count("\u00a0"))
                left += long
            y -= style.leading
            indent = style.hang

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        lines = self.lines(width)
        count = int((room + _EPSILON) / self.style.leading)
        if count >= len(lines):
            return None
        if len(lines) - count < 2:
            count = len(lines) - 2
        if count < 2:
            return None
        return _Lines(self.style, lines[:count], self.before), _Lines(
            replace(self.style, first=self.style.hang), lines[count:], 0.0, self.keep
        )


class _Lines(Text):
    """Lines already broken: one part of a text that was cut."""

    __slots__ = ("_cut",)

    def __init__(self, style: Style, lines: tuple[Line, ...], before: float, keep: bool = False) -> None:
        super().__init__((), style, before=before, keep=keep)
        self._cut = lines

    def lines(self, width: float) -> tuple[Line, ...]:
        return self._cut


class Gap:
    """Empty height."""

    __slots__ = ("_height", "before", "keep")

    def __init__(self, height: float) -> None:
        self._height = height
        self.before = 0.0
        self.keep = False

    def height(self, width: float) -> float:
        return self._height

    def opening(self, width: float) -> float:
        return self._height

    def place(self, page: Page, x: float, top: float, width: float) -> None:
        return

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        return None


class Stack:
    """Blocks one under another that stay on one page."""

    __slots__ = ("before", "blocks", "keep")

    def __init__(self, blocks: Iterable[Block], *, before: float = 0.0, keep: bool = False) -> None:
        self.blocks = tuple(blocks)
        self.before = before
        self.keep = keep

    def height(self, width: float) -> float:
        inner = sum([block.height(width) + block.before for block in self.blocks])
        return inner - self.blocks[0].before if self.blocks else 0.0

    def opening(self, width: float) -> float:
        return self.height(width)

    def place(self, page: Page, x: float, top: float, width: float) -> None:
        for index, block in enumerate(self.blocks):
            top -= block.before if index else 0.0
            block.place(page, x, top, width)
            top -= block.height(width)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        return None


class Beside:
    """Two blocks side by side, aligned at the top, with `gutter` between them; None leaves its side empty."""

    __slots__ = ("before", "gutter", "keep", "left", "right")

    def __init__(
        self, left: Block | None, right: Block | None, *, gutter: float = 12.0, before: float = 0.0, keep: bool = False
    ) -> None:
        self.left = left
        self.right = right
        self.gutter = gutter
        self.before = before
        self.keep = keep

    def _widths(self, width: float) -> tuple[float, float]:
        half = (width - self.gutter) / 2
        return half, half

    def height(self, width: float) -> float:
        left, right = self._widths(width)
        return max(self.left.height(left) if self.left else 0.0, self.right.height(right) if self.right else 0.0)

    def opening(self, width: float) -> float:
        return self.height(width)

    def place(self, page: Page, x: float, top: float, width: float) -> None:
        left, right = self._widths(width)
        if self.left:
            self.left.place(page, x, top, left)
        if self.right:
            self.right.place(page, x + width - right, top, right)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        return None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `width` in points, or 0 for a share of what is left."""

    width: float = 0.0
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Heading:
    """A cell of a table's heading, over `columns` × `rows` cells from (`column`, `row`)."""

    text: str
    column: int
    row: int = 0
    columns: int = 1
    rows: int = 1


class Table:
    """A ruled table whose heading is repeated on every page; a row too high for what is left is cut between lines."""

    __slots__ = (
        "_edges",
        "_heights",
        "_titles",
        "before",
        "columns",
        "heading",
        "keep",
        "pad",
        "rows",
        "side",
        "style",
    )

    def __init__(
        self,
        columns: Sequence[Column],
        heading: Sequence[Heading],
        rows: Iterable[Sequence[Text | str | Sequence[Run]]],
        style: Style,
        *,
        pad: float = 3.0,
        side: float = SIDE,
        before: float = 0.0,
        keep: bool = False,
    ) -> None:
        self.columns = tuple(columns)
        self.heading = tuple(heading)
        self.style = style
        self.pad = pad
        self.side = side
        self.before = before
        self.keep = keep
        styles = [replace(style, align=column.align) for column in self.columns]
        self.rows: list[tuple[Text, ...]] = [
            tuple(
                cell if isinstance(cell, Text) else Text(cell, cell_style)
                for cell, cell_style in zip(row, styles, strict=True)
            )
            for row in rows
        ]
        title = replace(style, size=style.size - 1, leading=style.leading - 1, align=Align.CENTRE)
        self._titles = tuple(Text(((cell.text, fonts.BOLD),), title) for cell in self.heading)
        self._edges: tuple[float, list[float]] | None = None
        self._heights: tuple[float, list[float]] | None = None

    def edges(self, width: float) -> list[float]:
        """Where the columns begin and end, from 0 to `width`."""
        if self._edges is None or self._edges[0] != width:
            fixed = sum(column.width for column in self.columns)
            loose = sum(1 for column in self.columns if not column.width) or 1
            edges = [0.0]
            for column in self.columns:
                edges.append(edges[-1] + (column.width or (width - fixed) / loose))
            self._edges = (width, edges)
        return self._edges[1]

    def _row_height(self, row: tuple[Text, ...], edges: list[float]) -> float:
        side = 2 * self.side
        return 2 * self.pad + max([cell.height(edges[i + 1] - edges[i] - side) for i, cell in enumerate(row)])

    def _row_heights(self, width: float) -> list[float]:
        if self._heights is None or self._heights[0] != width:
            edges = self.edges(width)
            self._heights = (width, [self._row_height(row, edges) for row in self.rows])
        return self._heights[1]

    def _heading_heights(self, width: float) -> list[float]:
        edges = self.edges(width)
        heights = [0.0] * max((cell.row + cell.rows for cell in self.heading), default=0)
        for cell, text in sorted(zip(self.heading, self._titles, strict=True), key=lambda pair: pair[0].rows):
            room = edges[cell.column + cell.columns] - edges[cell.column] - 2
            need = text.height(room) + 2 * self.pad
            have = sum(heights[cell.row : cell.row + cell.rows])
            heights[cell.row + cell.rows - 1] += max(0.0, need - have)
        return heights

    def height(self, width: float) -> float:
        return sum(self._heading_heights(width)) + sum(self._row_heights(width))

    def opening(self, width: float) -> float:
        head = sum(self._heading_heights(width))
        if not self.rows:
            return head
        edges = self.edges(width)
        side = 2 * self.side
        first = max([cell.opening(edges[i + 1] - edges[i] - side) for i, cell in enumerate(self.rows[0])])
        return head + first + 2 * self.pad

    def place(self, page: Page, x: float, top: float, width: float) -> None:
        edges = self.edges(width)
        pad, side = self.pad, self.side
        rules = page.rules
        heights = self._heading_heights(width)
        tops = [top]
        for height in heights:
            tops.append(tops[-1] - height)
        for cell, text in zip(self.heading, self._titles, strict=True):
            left, right = edges[cell.column], edges[cell.column + cell.columns]
            high, low = tops[cell.row], tops[cell.row + cell.rows]
            room = right - left - 2
            text.place(page, x + left + 1, high - (high - low - text.height(room)) / 2, room)
            rules.append((x + left, low, x + right, low))
            if cell.column:
                rules.append((x + left, high, x + left, low))
        rules.append((x, top, x + width, top))
        y = body = tops[-1]
        for row, height in zip(self.rows, self._row_heights(width), strict=True):
            for index, text in enumerate(row):
                text.place(page, x + edges[index] + side, y - pad, edges[index + 1] - edges[index] - 2 * side)
            y -= height
            rules.append((x, y, x + width, y))
        rules.append((x, top, x, y))
        rules.append((x + width, top, x + width, y))
        for edge in edges[1:-1]:
            rules.append((x + edge, body, x + edge, y))

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        room -= sum(self._heading_heights(width)) - _EPSILON
        heights = self._row_heights(width)
        count = 0
        while count < len(heights) and heights[count] <= room:
            room -= heights[count]
            count += 1
        if count == len(heights):
            return None
        first, rest = self.rows[:count], self.rows[count:]
        parted = self._part_row(rest[0], width, room) if self._long(rest[0], width) else None
        if parted:
            first, rest = [*first, parted[0]], [parted[1], *rest[1:]]
        if not first:
            return None
        above, below = self._with(first, self.before, False), self._with(rest, 0.0, self.keep)
        edges = self.edges(width)
        cut = [self._row_height(part, edges) for part in parted] if parted else []
        above._heights = (width, [*heights[:count], *cut[:1]])
        below._heights = (width, [*cut[1:], *heights[count + len(cut[1:]) :]])
        return above, below

    def _long(self, row: tuple[Text, ...], width: float) -> bool:
        """Whether a row is worth cutting: a short one goes to the next page whole."""
        edges = self.edges(width)
        side = 2 * self.side
        return any(len(cell.lines(edges[i + 1] - edges[i] - side)) > _WHOLE for i, cell in enumerate(row))

    def _part_row(
        self, row: tuple[Text, ...], width: float, room: float
    ) -> tuple[tuple[Text, ...], tuple[Text, ...]] | None:
        """`row` in two, where at least two lines stand on either side; None otherwise."""
        edges = self.edges(width)
        pad, side = 2 * self.pad, 2 * self.side
        above: list[Text] = []
        below: list[Text] = []
        for index, cell in enumerate(row):
            cell_width = edges[index + 1] - edges[index] - side
            if cell.height(cell_width) <= room - pad:
                above.append(cell)
                below.append(Text("", cell.style))
                continue
            parts = cell.split(cell_width, room - pad)
            if parts is None or not isinstance(parts[0], Text) or not isinstance(parts[1], Text):
                return None
            above.append(parts[0])
            below.append(parts[1])
        return tuple(above), tuple(below)

    def _with(self, rows: list[tuple[Text, ...]], before: float, keep: bool) -> Table:
        """The same table with other rows of its own: they are set already, and so is the heading."""
        table = object.__new__(Table)
        for name in ("columns", "heading", "style", "pad", "side", "_titles", "_edges"):
            setattr(table, name, getattr(self, name))
        table.rows, table.before, table.keep = rows, before, keep
        table._heights = None
        return table


def total_height(blocks: Iterable[Block], width: float) -> float:
    """What `blocks` need, one under another, with the space above each."""
    return sum([block.before + block.height(width) for block in blocks])


def largest(
    make: Callable[[float], Sequence[Block]], sizes: Sequence[float], width: float, room: float
) -> Sequence[Block]:
    """What `make` makes of the first of `sizes` with which it fits into `room`; of the last where none does."""
    for size in sizes[:-1]:
        made = make(size)
        if total_height(made, width) <= room:
            return made
    return make(sizes[-1])


def pour(
    blocks: Iterable[Block], x: float, width: float, first_top: float, top: float, bottom: float, loosen: float = 0.0
) -> list[Page]:
    """`blocks` on as many pages as they need, between `x` and `x + width`, each `loosen` further from the one before.

    The first page begins at `first_top` (under the header), the others at `top`; all end at `bottom`. Nothing is ever
    lost: what cannot be cut and is higher than a whole page is taken apart, at the worst it runs into the margin.
    """
    waiting: deque[Block] = deque(blocks)
    pages = [Page()]
    y, fresh = first_top, False  # the first page already carries the header, so a block may move on from it
    while waiting:
        block = waiting.popleft()
        before = 0.0 if fresh else block.before + loosen
        room = y - bottom - before
        height = block.height(width)
        need = height
        if block.keep:
            for follower in waiting:
                if follower.keep:
                    need += follower.before + follower.height(width)
                    continue
                need += follower.before + follower.opening(width)
                break
        if need <= room + _EPSILON or (fresh and height <= room + _EPSILON):
            block.place(pages[-1], x, y - before, width)
            y -= before + height
            fresh = False
            continue
        if not block.keep or fresh:
            parts = block.split(width, room)
            if parts and (fresh or block.opening(width) <= room + _EPSILON):
                parts[0].place(pages[-1], x, y - before, width)
                waiting.appendleft(parts[1])
                pages.append(Page())
                y, fresh = top, True
                continue
        if not fresh:
            waiting.appendleft(block)
            pages.append(Page())
            y, fresh = top, True
        elif isinstance(block, Stack):
            waiting.extendleft(reversed(block.blocks))
        else:
            block.place(pages[-1], x, y, width)
            y -= height
            fresh = False
    return pages


def _on_one_line(runs: Sequence[Run], size: float, room: float) -> Line | None:
    """The common case, quickly: a text that fits as it is."""
    pieces: list[tuple[str, str, float]] = []
    total, spaces = 0.0, 0
    for text, face in runs:
        text = fonts.clean(text)
        if "\n" in text or "  " in text:
            return None
        words = text.split(" ")
        gaps = len(words) - 1
        long = gaps * fonts.width(" ", face, size)
        for word in words:
            if word:
                long += fonts.width(word, face, size)
        total += long
        if total > room + _EPSILON:
            return None
        spaces += gaps + text.count("\u00a0")
        if text:
            pieces.append((text, face, long))
    return Line(tuple(pieces), total, spaces, True)


@lru_cache(512)
def _break(runs: tuple[Run, ...], style: Style, width: float) -> tuple[Line, ...]:
    """First-fit lines. A word wider than a whole line is cut between signs, so that nothing leaves the page.

    Remembered, because headings, labels and notes come again in every letter of an office.
    """
    size = style.size
    room = width - style.first
    if sum([len(text) for text, _ in runs]) * size * _NARROW < room:
        whole = _on_one_line(runs, size, room)
        if whole is not None:
            return (whole,)
    lines: list[Line] = []
    pieces: list[tuple[str, str, float]] = []
    used, spaces = 0.0, 0
    word: list[tuple[str, str, float]] = []
    word_width = 0.0
    space_face = ""  # the face of the space that waits before the word; "" = none waits

    def put(piece: str, face: str, long: float) -> None:
        if pieces and pieces[-1][1] == face:
            before = pieces[-1]
            pieces[-1] = (before[0] + piece, face, before[2] + long)
        else:
            pieces.append((piece, face, long))

    def end_line(ends: bool) -> None:
        nonlocal pieces, used, spaces, room
        lines.append(Line(tuple(pieces), used, spaces, ends))
        pieces, used, spaces, room = [], 0.0, 0, width - style.hang

    def end_word() -> None:
        nonlocal word, word_width, used, spaces, space_face
        if not word:
            return
        if pieces:
            gap = fonts.width(" ", space_face, size) if space_face else 0.0
            if used + gap + word_width > room + _EPSILON:
                end_line(False)
            elif space_face:
                put(" ", space_face, gap)
                used += gap
                spaces += 1
        if word_width > room + _EPSILON:
            for piece, face, _ in word:
                for sign in piece:
                    sign_width = fonts.width(sign, face, size)
                    if used + sign_width > room + _EPSILON and pieces:
                        end_line(False)
                    put(sign, face, sign_width)
                    used += sign_width
                    spaces += sign == "\u00a0"
        else:
            for piece, face, long in word:
                put(piece, face, long)
                spaces += piece.count("\u00a0")
            used += word_width
        word, word_width, space_face = [], 0.0, ""

    for text, face in runs:
        for number, paragraph in enumerate(fonts.clean(text).split("\n")):
            if number:
                end_word()
                end_line(True)
                space_face = ""
            for index, part in enumerate(paragraph.split(" ")):
                if index:
                    end_word()
                    space_face = face
                if part:
                    long = fonts.width(part, face, size)
                    word.append((part, face, long))
                    word_width += long
    end_word()
    end_line(True)
    return tuple(lines)
