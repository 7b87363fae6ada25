"""Dossier codes: the next free order of the day within this counter's own stripes, inside the writing transaction.

A day is cut into stripes of 200 orders; counter k of n owns the stripes that are k modulo n of its own agency, so
two counters number for weeks without a network and never alike. For another agency's prefix without a lease the
receipt carries a temporary code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, insert, select, update

from onestop.rules import codes
from onestop.store import schema
from onestop.store.acts import Head


@dataclass(frozen=True, slots=True)
class Given:
    """A code just allocated. `temporary`: the official one is linked later by an act."""

    code: str
    order: int
    temporary: bool


_days = schema.number_day.c
_LAST = select(_days.last).where(
    _days.prefix == bindparam("p"),
    _days.day == bindparam("d"),
    _days.device_id == bindparam("device"),
    _days.epoch == bindparam("e"),
)
_FIRST = insert(schema.number_day)
_NEXT = (
    update(schema.number_day)
    .where(
        _days.prefix == bindparam("p"),
        _days.day == bindparam("d"),
        _days.device_id == bindparam("device"),
        _days.epoch == bindparam("e"),
    )
    .values(last=bindparam("new"))
)


def allocate(
    connection: Connection,
    here: Head,
    prefix: str,
    day: date,
    own: bool,
    width: int = 4,
    style: str = "yymmdd",
    floor: int = 0,
) -> Given:
    """Take the next code for `prefix` on `day`. `own` False: no lease, a temporary code is given.

    `floor`: the highest order known to have been given before (from outside the data folder), never given again.
    """
    key = prefix if own else f"tam:{prefix}"
    day_text = day.isoformat()
    where = {"p": key, "d": day_text, "device": here.device_id, "e": here.epoch}
    last = connection.execute(_LAST, where).scalar()
    order = codes.next_order(max(last or 0, floor), here.counter, here.counters)
    if last is None:
        connection.execute(
            _FIRST,
            {
                "prefix": key,
                "day": day_text,
                "device_id": here.device_id,
                "epoch": here.epoch,
                "office_id": here.office_id,
                "last": order,
            },
        )
    else:
        connection.execute(_NEXT, {**where, "new": order})
    if own:
        return Given(codes.compose(prefix, day, order, width=width, style=style), order, False)
    return Given(codes.compose_temporary(here.device_id, day, order), order, True)


def last_orders(connection: Connection, here: Head, day: date) -> dict[str, int]:
    """The last order given today by this device, per prefix (what the mark outside the folder keeps)."""
    rows = connection.execute(
        select(_days.prefix, _days.last).where(
            _days.day == day.isoformat(), _days.device_id == here.device_id, _days.epoch == here.epoch
        )
    )
    return {row.prefix: row.last for row in rows}
