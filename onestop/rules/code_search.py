"""What a clerk means who types a piece of a dossier's code: every beginning that a stored code may then have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from onestop.rules import codes

_TAIL = re.compile(r"[0-9]+(?:-[0-9]{1,7})?")
_A_DAY = re.compile(r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
LONGEST_ORDER_ALONE = 4
"""More digits than this, and alone, are a phone or a paper's number rather than an order of the day."""
LEAST_OF_A_DAY = 4
"""Fewer digits with no agency in front and no order behind begin too many days to mean one."""
DAYS = 24
"""Of the days that end as typed ("1127-0001", "27-1"), the latest so many are looked for."""


def beginnings(
    typed: str, prefixes: Sequence[str], today: date, width: int = 4, since: date | None = None
) -> tuple[str, ...]:
    """The beginnings of codes that fit `typed`, most literal first; () where it cannot be a code.

    Any style of a whole code (lower case, blanks or long dashes for hyphens, "Mã tạm: …"), a code cut short, and a
    piece from within: the end of the agency and what follows ("14-261127-0002"), the day and order ("261123-7",
    "2611230007"), the end of the day and the order ("1127-0001"), the beginning of a day ("2611"), the order alone for
    one of today ("7"). `prefixes`: what stands before the day in codes that are given here; `width`: the digits of an
    order; `since`: the day of the first dossier.
    """
    code = codes.normalise(typed)
    if not any(letter.isdigit() for letter in code):
        return ()
    found = [code]
    if len(typed.split()) > 1:
        found.append(codes.normalise("-".join(typed.split())))
    found += [read.text for read in (codes.read(typed), codes.read_temporary(typed)) if read is not None]
    first = min(since or today, today)
    for written in tuple(dict.fromkeys(found)):
        if _TAIL.fullmatch(written):
            rests = _rests(written, first, today, width, alone=True)
            found += [f"{prefix}-{rest}" for prefix in prefixes for rest in rests]
        for prefix, tail in _behind_an_agency(written, prefixes):
            found += [f"{prefix}-{rest}" for rest in _rests(tail, first, today, width, alone=False)]
    return tuple(dict.fromkeys(found))


def _behind_an_agency(written: str, prefixes: Sequence[str]) -> list[tuple[str, str]]:
    """Each agency whose id ends as `written` begins, with what follows: H99.14 and 261127-0002 for 14-261127-0002."""
    found = []
    for place in (at for at, letter in enumerate(written) if letter == "-"):
        end, tail = written[:place], written[place + 1 :]
        if _TAIL.fullmatch(tail):
            found += [(prefix, tail) for prefix in prefixes if prefix != end and prefix.endswith(end)]
    return found


def _rests(figures: str, first: date, today: date, width: int, alone: bool) -> list[str]:
    """What may follow the agency: day, or day and order, the order with and without the noughts before it. `alone`:
    nothing of the agency was typed."""
    rests: list[str] = []
    day, hyphen, order = figures.partition("-")
    if not hyphen:
        if alone and len(day) <= LONGEST_ORDER_ALONE:
            rests += _on(today, f"{day:0>{width}}")
        if len(day) < 6 and (len(day) >= LEAST_OF_A_DAY or not alone):
            rests += [day, f"20{day}"]
    elif len(day) in (2, 3, 4, 5, 7):
        for each in _ending(day, first, today):
            rests += [*_on(each, order), *_on(each, f"{order:0>{width}}")]
    for length in (6, 8):
        tail = re.fullmatch(rf"([0-9]{{{length}}})-?([0-9]{{0,7}})", figures)
        if tail is None:
            continue
        whole, behind = tail.groups()
        if not _A_DAY.fullmatch(whole[-4:]):
            continue  # a phone, a paper's number
        for written in (whole, f"20{whole}" if length == 6 else whole[2:]):
            rests += [f"{written}-{behind}", f"{written}-{behind:0>{width}}"] if behind else [written]
    return rests


def _on(day: date, order: str) -> list[str]:
    """Day and order, the day in both styles."""
    return [f"{day:%y%m%d}-{order}", f"{day:%Y%m%d}-{order}"]


def _ending(figures: str, first: date, today: date) -> list[date]:
    """The latest days from `first` on that are written with these figures at their end."""
    found = []
    for back in range((today - first).days + 1):
        day = today - timedelta(days=back)
        if f"{day:%Y%m%d}".endswith(figures):
            found.append(day)
            if len(found) == DAYS:
                break
    return found
