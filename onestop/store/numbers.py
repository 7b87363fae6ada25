"""Dossier codes: the next free order of the day within this counter's own stripes, inside the writing transaction.

A day is cut into stripes of 200 orders; counter k of n owns the stripes that are k modulo n of its own agency, so
two counters number for weeks without a network and never alike. For another agency's prefix without a lease the
receipt carries a temporary code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, bindparam, select, update

from onestop.rules import codes
from onestop.store import schema
from onestop.store.acts import Head
from onestop.store.prepared import Prepared, insert_into


@dataclass(frozen=True, slots=True)
class Given:
    """A code just allocated. `temporary`: the official one is linked later by an act."""

    code: str
    order: int
    temporary: bool


TEMPORARY = "tam"

_days = schema.number_day.c
_LAST = Prepared(
    select(_days.last).where(
        _days.prefix == bindparam("p"),
        _days.day == bindparam("d"),
        _days.device_id == bindparam("device"),
        _days.epoch == bindparam("e"),
    )
)
_FIRST = insert_into(schema.number_day)
_NEXT = Prepared(
    update(schema.number_day)
    .where(
        _days.prefix == bindparam("p"),
        _days.day == bindparam("d"),
        _days.device_id == bindparam("device"),
        _days.epoch == bindparam("e"),
    )
    .values(last=bindparam("new"))
)


def key_of(prefix: str, own: bool) -> str:
    """What orders are counted under. Temporary codes name the device and no agency, so all agencies share one count."""
    return prefix if own else TEMPORARY


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

    `floor`: the highest order known to have been given before (from outside the data folder), never given again; the
    caller finds it under `key_of(prefix, own)`.
    """
    key = key_of(prefix, own)
    day_text = day.isoformat()
    where = {"p": key, "d": day_text, "device": here.device_id, "e": here.epoch}
    known = _LAST.first(connection, where)
    last: int | None = None if known is None else known.last
    order = codes.next_order(max(last or 0, floor), here.counter, here.counters)
    if last is None:
        _FIRST.run(
            connection,
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
        _NEXT.run(connection, {**where, "new": order})
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


def raise_to(connection: Connection, here: Head, key: str, day: str, order: int) -> None:
    """Never give an order up to `order` again in this epoch (`day` as YYYY-MM-DD)."""
    where = (_days.prefix == key, _days.day == day, _days.device_id == here.device_id, _days.epoch == here.epoch)
    last = connection.execute(select(_days.last).where(*where)).scalar()
    if last is None:
        row = {"prefix": key, "day": day, "device_id": here.device_id, "epoch": here.epoch, "last": order}
        _FIRST.run(connection, {**row, "office_id": here.office_id})
    elif last < order:
        connection.execute(update(schema.number_day).where(*where).values(last=order))


CARRIED = timedelta(days=14)
"""How far back a new epoch remembers the days before it: longer than any clock is wrong that still lets one work."""


def known_orders(connection: Connection, here: Head, today: date) -> dict[str, int]:
    """The highest order of each recent day in whatever epoch of this device, by `key day`."""
    highest: dict[str, int] = {}
    for row in connection.execute(
        select(_days.prefix, _days.day, _days.last).where(
            _days.device_id == here.device_id, _days.day >= (today - CARRIED).isoformat()
        )
    ):
        name = f"{row.prefix} {row.day}"
        highest[name] = max(highest.get(name, 0), row.last)
    return highest


def carry(connection: Connection, here: Head, orders: Mapping[str, int]) -> None:
    """Let a new epoch (`here`) begin above `orders`, given by `key day`."""
    for name, last in orders.items():
        key, _, day = name.rpartition(" ")
        raise_to(connection, here, key, day, last)
