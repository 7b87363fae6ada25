"""While a dossier waits for the citizen: for papers that were missing, or for what has to be paid.

A dossier keeps each wait as `[asked, done]`, with PAYMENT as a third part where it was for money; `done` None: it still
waits. What a supplement does to the limit says `supplements.py`; what a payment does, resources/catalogue/payment.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from onestop.rules import deadline
from onestop.rules.calendar import Calendar
from onestop.rules.deadline import Deadline, Regime, Wait
from onestop.rules.procedure import Limit

TABLE = Path(__file__).resolve().parent.parent.parent / "resources" / "catalogue" / "payment.toml"
PAYMENT = "payment"
Kept = Sequence[Sequence[Any]]
"""The waits of a dossier as it keeps them; instants as the texts of its acts."""


@dataclass(frozen=True, slots=True)
class PaymentRule:
    """Whether a limit stands still while money is waited for; `confirmed` False: not read in the law."""

    stops: bool
    source: str
    valid_from: date
    valid_to: date | None = None
    confirmed: bool = True


@cache
def rules() -> tuple[PaymentRule, ...]:
    """Every row of the table."""
    with TABLE.open("rb") as stream:
        return tuple(PaymentRule(**row) for row in tomllib.load(stream)["rule"])


def stops_for_payment(received: date) -> bool:
    """Whether the limit of a dossier received on that day stands still in state 6; a day without a row does not."""
    return any(
        each.stops and each.valid_from <= received and (each.valid_to is None or received <= each.valid_to)
        for each in rules()
    )


def begun(known: Kept | None, at: str, *marks: str) -> list[list[Any]]:
    """With one more wait."""
    return [*(list(each) for each in known or ()), [at, None, *marks]]


def ended(known: Kept | None, at: str) -> list[list[Any]]:
    """With the last one ended, where it still stood open."""
    kept = [list(each) for each in known or ()]
    if kept and kept[-1][1] is None:
        kept[-1][1] = at
    return kept


@dataclass(frozen=True, slots=True)
class Ended:
    """Waits that are over, in order."""

    supplements: tuple[Wait, ...] = ()
    payments: tuple[Wait, ...] = ()

    @classmethod
    def of(cls, known: Kept) -> Ended:
        """Of those that a dossier keeps."""
        over = [
            (PAYMENT in each[2:], (datetime.fromisoformat(each[0]), datetime.fromisoformat(each[1])))
            for each in known
            if each[1]
        ]
        return cls(
            tuple(wait for for_money, wait in over if not for_money),
            tuple(wait for for_money, wait in over if for_money),
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """A return time, and from when it counts."""

    since: datetime
    deadline: Deadline


def count(
    received_at: datetime, ended: Ended, limit: Limit, calendar: Calendar, hour: deadline.HourRule, regime: Regime
) -> Counted:
    """When a dossier is due after what was waited for: anew from the last supplement where the law has it so (NĐ
    118/2025/NĐ-CP art. 19.5), without the days of waiting otherwise; without the time until it was paid in either."""
    if ended.supplements and regime is Regime.RESTART:
        since = max(done for _, done in ended.supplements)
        later = [wait for wait in ended.payments if wait[0] >= since]
        return Counted(since, deadline.restart(since, limit, calendar, hour, waits=later))
    waits = sorted([*ended.supplements, *ended.payments])
    return Counted(received_at, deadline.pause(received_at, waits, limit, calendar, hour))
