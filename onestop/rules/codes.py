"""Codes: of dossiers (official, temporary, of other systems), stripes of the day's orders, and codes of procedures.

A dossier code is agency id, day and order in the day (NĐ 118/2025 art. 28). It is an opaque string once given: read
tolerantly, shown and compared as text, never taken apart for logic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from unicodedata import category, normalize

from onestop.rules.errors import RuleBroken

STRIPE = 200
"""Orders in a stripe: what a counter numbers by itself, more than a day of the busiest ward."""
GREATEST_ORDER = 9_999_999
"""Seven digits, the longest order seen in use."""

_OFFICIAL = re.compile(r"([A-Z0-9]+(?:\.[A-Z0-9]+)*)-([0-9]{8}|[0-9]{6})-([0-9]{4,7})")
_TEMPORARY = re.compile(r"T-([A-Z0-9]{1,8})-([0-9]{6})-([0-9]{4,7})")
_PREFIX = re.compile(r"[A-Z0-9]+(\.[A-Z0-9]+)*")
_PROCEDURE = re.compile(r"([0-9]\.[0-9]{6})(\.[A-Z0-9]+(?:\.[A-Z0-9]+)*)?")
# Hyphens and dashes of every length, minus signs, and the soft hyphen that a PDF may copy out in place of a hyphen.
_DASHES = re.compile("[\u002d\u00ad\u058a\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d]+")
_LONGEST_EXTERNAL = 64


class DayStyle(StrEnum):
    """How the day stands in a code."""

    SHORT = "yymmdd"
    LONG = "yyyymmdd"


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A code read: `text` is the code, the rest what it looks made of (for showing and filing, not for rules)."""

    text: str
    prefix: str
    day_text: str
    order: int


@dataclass(frozen=True, slots=True)
class TemporaryCode:
    """A code that a counter gave by itself (Mã tạm); the official one is linked later."""

    text: str
    device: str
    day_text: str
    order: int


@dataclass(frozen=True, slots=True)
class ProcedureCode:
    """`national` is what procedures are matched by ("1.001193"); `local` the code as written where it has a suffix."""

    national: str
    local: str


# -- reading


def normalise(text: str) -> str:
    """A code of any kind as it is stored and compared: capitals, one plain hyphen, no blanks, nothing invisible."""
    return _DASHES.sub("-", re.sub(r"\s+", "", _visible(text))).strip("-").upper()


def search_key(text: str) -> str:
    """The letters and digits alone: finds a code again after a bank took its points and hyphens away."""
    return re.sub(r"[^A-Z0-9]", "", _visible(text).upper())


def read(text: str) -> DossierCode | None:
    """An official dossier code in any style in use, tolerant of case, blanks, dashes, or blanks for dashes; or None."""
    for candidate in (normalise(text), "-".join(_visible(text).upper().split())):
        if found := _OFFICIAL.fullmatch(candidate):
            prefix, day, order = found.groups()
            return DossierCode(candidate, prefix, day, int(order))
    return None


def read_temporary(text: str) -> TemporaryCode | None:
    """A temporary code, with or without the words "Mã tạm" before it; or None."""
    bare = re.sub(r"^\s*m[ãa]\s+t[ạa]m\s*:?", "", _visible(text), flags=re.IGNORECASE)
    if found := _TEMPORARY.fullmatch(normalise(bare)):
        device, day, order = found.groups()
        return TemporaryCode(found[0], device, day, int(order))
    return None


def external(text: str) -> str:
    """The code that another system gave, as it is kept: opaque, 3 to 64 signs, in the form of `normalise`.

    RuleBroken `code.external-bad` for anything else, or where it is a temporary code of a counter.
    """
    code = normalise(text)
    if not 3 <= len(code) <= _LONGEST_EXTERNAL or not re.search(r"[0-9]", code) or read_temporary(code):
        raise RuleBroken("code.external-bad", field="external", value=code[:_LONGEST_EXTERNAL])
    return code


def _visible(text: str) -> str:
    """NFKC (full-width letters and digits become plain) without control and format signs; the soft hyphen stays."""
    plain = normalize("NFKC", text)
    return "".join(" " if c.isspace() else c for c in plain if c.isspace() or c == "\u00ad" or category(c)[0] != "C")


# -- giving


def agency(text: str) -> str:
    """The id of an agency as it stands before its dossiers' codes. RuleBroken `code.prefix-bad`."""
    prefix = normalise(text)
    if not _PREFIX.fullmatch(prefix):
        raise RuleBroken("code.prefix-bad", field="code", value=text.strip())
    return prefix


def compose(prefix: str, day: date, order: int, width: int = 4, style: str = DayStyle.SHORT) -> str:
    """The official code of the `order`-th dossier of `day` for the agency `prefix`, at least `width` digits of order.

    RuleBroken `code.prefix-bad`, `code.order-out-of-range`; ValueError for an unknown style or width.
    """
    prefix = normalise(prefix)
    if not _PREFIX.fullmatch(prefix):
        raise RuleBroken("code.prefix-bad", field="agency", value=prefix)
    if not 4 <= width <= 7:
        raise ValueError("an order has 4 to 7 digits")
    return f"{prefix}-{_day_text(day, DayStyle(style))}-{_order_text(order, width)}"


def compose_temporary(device: str, day: date, order: int) -> str:
    """The temporary code of a counter, `T-<device>-<yymmdd>-<nnnn>`: three hyphens, never read as an official one."""
    return f"{temporary_prefix(device)}-{_day_text(day, DayStyle.SHORT)}-{_order_text(order, 4)}"


def temporary_prefix(device: str) -> str:
    """What stands before the day in the temporary codes of a counter.

    Of a long device id only the last six letters and digits are used (a UUIDv7 is random there).
    """
    short = search_key(device)
    short = short if len(short) <= 8 else short[-6:]
    if not short:
        raise RuleBroken("code.device-bad", value=device)
    return f"T-{short}"


def _day_text(day: date, style: DayStyle) -> str:
    return f"{day:%y%m%d}" if style is DayStyle.SHORT else f"{day.year:04}{day:%m%d}"


def _order_text(order: int, width: int) -> str:
    if not 1 <= order <= GREATEST_ORDER:
        raise RuleBroken("code.order-out-of-range", order=order)
    return f"{order:0{width}}"


# -- stripes: a day's orders are cut in stripes of 200, the first is 1-200


def stripe_of(order: int) -> int:
    """The stripe (from 1) that `order` (from 1) lies in."""
    if order < 1:
        raise ValueError("orders begin with 1")
    return (order - 1) // STRIPE + 1


def stripe_range(stripe: int) -> tuple[int, int]:
    """First and last order of a stripe (from 1)."""
    if stripe < 1:
        raise ValueError("stripes begin with 1")
    return (stripe - 1) * STRIPE + 1, min(stripe * STRIPE, GREATEST_ORDER)


def owned_stripes(counter: int, counters: int) -> Iterator[int]:
    """The stripes of counter `counter` (from 1) of `counters`: those ≡ counter mod counters, ascending, to the last.

    RuleBroken `counter.out-of-range` when there is no such counter.
    """
    _check_counter(counter, counters)
    return iter(range(counter, stripe_of(GREATEST_ORDER) + 1, counters))


def owns(order: int, counter: int, counters: int) -> bool:
    """Whether `order` lies in a stripe of this counter."""
    _check_counter(counter, counters)
    return (stripe_of(order) - counter) % counters == 0


def next_order(last: int, counter: int, counters: int) -> int:
    """The smallest order above `last` (0 = none yet) in a stripe of this counter.

    RuleBroken `counter.out-of-range`, `code.order-out-of-range` when the day has no more.
    """
    _check_counter(counter, counters)
    order = last + 1
    stripe = stripe_of(order)
    ahead = (counter - stripe) % counters
    if ahead:
        order = stripe_range(stripe + ahead)[0]
    if order > GREATEST_ORDER:
        raise RuleBroken("code.order-out-of-range", order=order)
    return order


def _check_counter(counter: int, counters: int) -> None:
    if not 1 <= counter <= counters:
        raise RuleBroken("counter.out-of-range", field="counter", counter=counter, counters=counters)


# -- codes of procedures


def read_procedure(text: str) -> ProcedureCode | None:
    """A procedure's code: national ("1.001193"), with an old suffix (".000.00.00.H56") or a new one (".H38")."""
    code = normalise(text)
    if found := _PROCEDURE.fullmatch(code):
        return ProcedureCode(found[1], code if found[2] else "")
    return None


def procedure_key(text: str) -> str | None:
    """The first eight characters that procedures are matched by; None when `text` is no procedure's code."""
    code = read_procedure(text)
    return code.national if code else None
