"""What a clerk means who types a part of a dossier's code: every beginning that a stored code may then have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from onestop.rules import codes

_TAIL = re.compile(r"[0-9]+(?:-[0-9]{1,7})?")
_LONGEST_ORDER_ALONE = 4
"""More digits than this, and alone, are a phone or a paper's number rather than an order of the day."""


def beginnings(typed: str, prefixes: Sequence[str], today: date, width: int = 4) -> tuple[str, ...]:
    """The beginnings of codes that fit `typed`, most literal first; () where it cannot be a code.

    Any style of a whole code (lower case, blanks or long dashes for hyphens, "Mã tạm: …"), a code cut short, the day
    and order without the agency in front ("261123-7", "2611230007"), the order alone for one of today ("7").
    `prefixes`: the agencies whose dossiers this office numbers; `width`: the digits of its orders.
    """
    code = codes.normalise(typed)
    if not any(letter.isdigit() for letter in code):
        return ()
    found = [code]
    if len(typed.split()) > 1:
        found.append(codes.normalise("-".join(typed.split())))
    found += [read.text for read in (codes.read(typed), codes.read_temporary(typed)) if read is not None]
    if _TAIL.fullmatch(code):
        found += [f"{prefix}-{rest}" for prefix in prefixes for rest in _rests(code, today, width)]
    return tuple(dict.fromkeys(found))


def _rests(digits: str, today: date, width: int) -> list[str]:
    """What may follow the agency: day, or day and order, the order with and without the noughts before it."""
    rests: list[str] = []
    if "-" not in digits and len(digits) <= _LONGEST_ORDER_ALONE:
        rests += [f"{today:%y%m%d}-{digits:0>{width}}", f"{today:%Y%m%d}-{digits:0>{width}}"]
    for length in (6, 8):
        tail = re.fullmatch(rf"([0-9]{{{length}}})-?([0-9]{{0,7}})", digits)
        if tail is None:
            continue
        day, order = tail.groups()
        for written in (day, f"20{day}" if length == 6 else day[2:]):
            rests += [f"{written}-{order}", f"{written}-{order:0>{width}}"] if order else [written]
    return rests
