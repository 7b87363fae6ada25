"""The words of a page as one selects them: from one word to another in the order of reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol


class Word(Protocol):
    """A word of a page. Its edges are shares of the width and height of the page as it stands upright; `line` numbers
    the lines of the page in the order of reading."""

    @property
    def text(self) -> str: ...
    @property
    def left(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def bottom(self) -> float: ...
    @property
    def line(self) -> int: ...


@dataclass(frozen=True)
class PageText:
    """The words in the order of reading."""

    words: Sequence[Word]
    lines: tuple[tuple[int, int], ...] = field(init=False)
    """First and last word of each line."""

    def __post_init__(self) -> None:
        lines: list[tuple[int, int]] = []
        for at, word in enumerate(self.words):
            if lines and self.words[lines[-1][0]].line == word.line:
                lines[-1] = (lines[-1][0], at)
            else:
                lines.append((at, at))
        object.__setattr__(self, "lines", tuple(lines))

    def __len__(self) -> int:
        return len(self.words)

    @property
    def text(self) -> str:
        """All of it."""
        return self.between(0, len(self.words) - 1)

    def between(self, one: int, other: int) -> str:
        """The words from one to the other, both counted, with the page's own line breaks."""
        first, last = min(one, other), max(one, other)
        parts = []
        for start, end in self.lines:
            here = self.words[max(start, first) : min(end, last) + 1]
            if here:
                parts.append(" ".join(word.text for word in here))
        return "\n".join(parts)

    def line_of(self, at: int) -> int:
        """The place of the line in which this word stands."""
        return next(place for place, (start, end) in enumerate(self.lines) if start <= at <= end)

    def line(self, at: int) -> str:
        """The line in which this word stands."""
        start, end = self.lines[self.line_of(at)]
        return self.between(start, end)

    def under(self, x: float, y: float, *, near: bool = False) -> int | None:
        """The word at this place of the page (shares of its width and height); with `near` the nearest one."""
        for at, word in enumerate(self.words):
            if word.left <= x <= word.right and word.top <= y <= word.bottom:
                return at
        if not near or not self.words:
            return None

        def distance(at: int) -> float:
            word = self.words[at]
            across = max(word.left - x, 0.0, x - word.right)
            down = max(word.top - y, 0.0, y - word.bottom)
            return across + 4 * down  # who drags along a line means that line

        return min(range(len(self.words)), key=distance)

    def step(self, at: int, by: int) -> int:
        """The next word, or the one before."""
        return max(0, min(len(self.words) - 1, at + by))

    def step_line(self, at: int, by: int) -> int:
        """The word above or below: in the next line, the one that stands nearest."""
        here = self.line_of(at)
        to = max(0, min(len(self.lines) - 1, here + by))
        if to == here:
            return at
        word = self.words[at]
        middle = (word.left + word.right) / 2
        start, end = self.lines[to]
        return min(
            range(start, end + 1),
            key=lambda each: abs((self.words[each].left + self.words[each].right) / 2 - middle),
        )

    def edge(self, at: int, *, last: bool) -> int:
        """The first or last word of the line."""
        start, end = self.lines[self.line_of(at)]
        return end if last else start
