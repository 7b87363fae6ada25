"""The channel rows of the national catalogue: each note taken apart into money and time, the limits that follow."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from onestop.rules.errors import RuleBroken
from onestop.rules.national_fields import distinct, number_of, text_of, tidy
from onestop.rules.procedure import Channel, ChannelTerms, Limit, Unit

_UNITS = {"WORKING_DAY": Unit.WORKING_DAY, "DAY": Unit.DAY, "MONTH": Unit.MONTH, "HOUR": Unit.HOUR}


@dataclass(frozen=True, slots=True)
class Row:
    """One channel row, its note taken apart: what it says of money, and what it says of time (the rule)."""

    channel: Channel
    number: int | None
    unit: Unit | None
    fee: str
    money: str
    said: str
    """The whole note."""
    rule: str
    glued: bool
    """The limit's number and the fee's run into one another ("1" and "100,000 VNĐ" became 1100): neither is known."""


_PRICE = re.compile(r"^([\d.,]*)\s*(VNĐ|Việt Nam Đồng|USD)\s*")


def channel_row(raw: Mapping[str, Any]) -> Row:
    """One row of a line's `channels`. A note is "(words about the fee)words about the time"; where the fee's own field
    is empty it begins with the amount ("8,000 VNĐ(8.000 đồng/bản)…"). RuleBroken `catalogue.bad-field`."""
    try:
        channel = Channel(text_of(raw, "channel"))
    except ValueError as fault:
        raise RuleBroken("catalogue.bad-field", field="channel") from fault
    number, unit = number_of(raw, "limit"), _UNITS.get(text_of(raw, "unit"))
    fee, note = tidy(text_of(raw, "fee")), tidy(text_of(raw, "note"))
    money, rule = note, note
    price = _PRICE.match(note)
    if price and not fee:
        fee = f"{price[1]} {price[2]}".strip()
        note = note[price.end() :]
    glued = unit is None and (fee.startswith(",") or fee in ("VNĐ", "Việt Nam Đồng"))
    if note.startswith("("):
        end = _closing(note)
        money, rule = note[1:end], note[end + 1 :]
    elif price:
        money, rule = "", note
    return Row(channel, number or None, unit, fee, tidy(money), tidy(note), tidy(rule), glued)


def _closing(text: str) -> int:
    """Where the bracket that opens `text` closes; its end where it never does (notes are cut at 600 characters)."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return place
    return len(text)


def _limit(row: Row) -> Limit | None:
    """A number without a unit stays without one (the clerk is asked); a number that ran into the fee is not kept."""
    if row.glued:
        return Limit(None, None, tidy(f"{row.rule} Danh mục ghi “{row.number}”, dính với mức phí."))
    if row.number is None and not row.rule:
        return None
    return Limit(row.number, row.unit if row.number else None, row.rule)


def read_channels(rows: Sequence[Row], doubts: set[str]) -> tuple[ChannelTerms, ...]:
    """One entry a channel. A channel that stands there more than once with different limits has several cases that the
    catalogue does not name: its limit is left open, and the rule tells all of them."""
    terms = []
    for channel in Channel:
        limits = [_limit(row) for row in rows if row.channel is channel]
        if not limits:
            continue
        if any(row.glued for row in rows if row.channel is channel):
            doubts.add("limit")
        known = [limit for limit in limits if limit is not None]
        if len({(limit.number, limit.unit) for limit in known}) > 1:
            doubts.add("limit")
            told = distinct(tidy(f"{_said(limit)}{limit.rule}") for limit in known)
            terms.append(ChannelTerms(channel, Limit(None, None, " | ".join(told))))
        else:
            rules = distinct(limit.rule for limit in known)
            terms.append(ChannelTerms(channel, replace(known[0], rule=" | ".join(rules)) if known else None))
    return tuple(terms)


_UNIT_WORDS = {
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.DAY: "ngày",
    Unit.MONTH: "tháng",
    Unit.HOUR: "giờ",
}


def _said(limit: Limit) -> str:
    if limit.number is None:
        return ""
    unit = _UNIT_WORDS[limit.unit] if limit.unit else "(không ghi đơn vị)"
    return f"{limit.number} {unit}: " if limit.rule else f"{limit.number} {unit}"


def common_limit(rows: Sequence[Row]) -> Limit:
    """The procedure's own limit: what all its channels agree on, or nothing."""
    known = {(row.number, row.unit) for row in rows if row.number is not None and not row.glued}
    if len(known) != 1 or any(row.glued for row in rows):
        return Limit()
    return Limit(*known.pop())
