"""What a command says: one JSON document, or words and tables for the eye; errors by the same two roads."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime
from enum import Enum
from itertools import zip_longest
from pathlib import Path
from typing import Any, TextIO

from onestop import clock
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.fees import NO_AMOUNT
from onestop.texts import _, language, message

DONE, BUG, PERSON, SURROUNDINGS = 0, 1, 2, 3
"""Exit status of what is done, of what our own program got wrong, of what the person can act on, and of what is wrong
with the machine, the disk, the data."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answers: `plain` is the JSON document, `text` what a person reads instead. `status` is other than
    DONE where the answer itself says that something failed: our own program (a tour that does not hold), the machine
    (a check that found something), a file (which may not come in). `fault`: told on the other stream besides."""

    plain: Any
    text: str = ""
    status: int = DONE
    fault: RuleBroken | None = None


def plain_of(value: Any) -> Any:
    """`value` as JSON values: instants in +07:00 to the second, dates as YYYY-MM-DD, dataclasses as objects."""
    if isinstance(value, datetime):
        return clock.local(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return plain_of(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain_of(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain_of(item) for item in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)


def write(stream: TextIO, plain: Any) -> None:
    """One JSON document and a line end."""
    stream.write(json.dumps(plain_of(plain), ensure_ascii=False) + "\n")


def remarks_of(remarks: Sequence[Remark]) -> list[dict[str, Any]]:
    """Remarks as JSON values, with their sentences."""
    return [
        {"code": each.code, "message": message(each.code, each.details), "details": plain_of(each.details)}
        for each in remarks
    ]


def remark_lines(remarks: Sequence[Remark]) -> list[str]:
    """Remarks as lines for the eye."""
    return [f"! {message(each.code, each.details)}" for each in remarks]


WIDEST = 60
"""A longer cell goes on in the next line: nothing is cut."""


def table(titles: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Columns side by side; a word for it when there is nothing."""
    if not rows:
        return _("Không có gì.")
    cells = [[textwrap.wrap(cell(each), WIDEST) or [""] for each in row] for row in rows]
    widths = [
        max(len(title), *(len(line) for row in cells for line in row[place])) for place, title in enumerate(titles)
    ]
    lines = [list(titles), ["─" * width for width in widths]]
    for row in cells:
        lines += [list(line) for line in zip_longest(*row, fillvalue="")]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def facts(pairs: Sequence[tuple[str, Any]]) -> str:
    """Names and values under each other; those without a value are left out."""
    kept = [(name, cell(value)) for name, value in pairs if value not in (None, "")]
    width = max((len(name) for name, _value in kept), default=0)
    return "\n".join(f"{name.ljust(width)}  {value}" for name, value in kept)


def cell(value: Any) -> str:
    """A value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        there = clock.local(value)
        return f"{there:%d/%m/%Y} {there.hour}:{there:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, bool):
        return _("có") if value else _("không")
    return str(value)


def grouped(number: int) -> str:
    """A number in groups of three, as the language in use writes it: 75.859 in Vietnamese, 75,859 in English."""
    return f"{number:,}" if language() == "en" else f"{number:,}".replace(",", ".")


def money(amount: int | None) -> str:
    """Money as a person reads it; an unknown amount says so."""
    return _(NO_AMOUNT) if amount is None else _("{amount} đồng").format(amount=f"{amount:,}".replace(",", "."))
