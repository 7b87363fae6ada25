"""A list of two columns, our code and the code of another system, as another system exports it: CSV line by line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from onestop.rules.errors import RuleBroken
from onestop.rules.text import nfc

DELIMITERS = ";,\t"
LARGEST = 64 * 1024 * 1024
"""Bytes; a code list of a million lines has fewer."""
LONGEST = 1000
"""Letters of a line of two codes, with room for what an export adds."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of the list: its number in the file, both codes as they stand there, or what is wrong with it."""

    line: int
    ours: str = ""
    theirs: str = ""
    broken: RuleBroken | None = None


def read_pairs(content: bytes, name: str) -> Iterator[Pair]:
    """The lines of a file, in order; blank ones and a heading (no figure in either column) are passed over.

    Semicolon, comma or tab, whatever the first line has; UTF-8 with or without a mark at its beginning. Columns beyond
    the second are not looked at. RuleBroken of the whole file: code-list.empty, .not-text, .too-large.
    """
    if len(content) > LARGEST:
        raise RuleBroken("code-list.too-large", file=name)
    try:
        text = nfc(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RuleBroken("code-list.not-text", file=name) from error
    if "\0" in text:
        raise RuleBroken("code-list.not-text", file=name)
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        raise RuleBroken("code-list.empty", file=name)
    delimiter = next((sign for sign in DELIMITERS if sign in lines[0][1]), ",")
    return (_pair(number, line, delimiter) for place, (number, line) in enumerate(lines) if place or _figures(line))


def _figures(line: str) -> bool:
    return any(sign.isdigit() for sign in line)


def _pair(number: int, line: str, delimiter: str) -> Pair:
    # Line by line: a quote that is never closed spoils its own line and no other.
    try:
        cells = [cell.strip() for cell in next(csv.reader([line.strip()], delimiter=delimiter))]
    except csv.Error:
        cells = []
    if len(line) > LONGEST or len(cells) < 2 or not cells[0] or not cells[1]:
        return Pair(number, broken=RuleBroken("code-list.two-columns", line=number))
    return Pair(number, cells[0], cells[1])
