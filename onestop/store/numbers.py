"""Dossier codes: the next free order of the day within this counter's own stripes, inside the writing transaction.

A day is cut into stripes of 200 orders; counter k of n owns the stripes that are k modulo n of its own agency, so
two counters number for weeks without a network and never alike. For another agency's prefix without a lease the
receipt carries a temporary code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, bindparam, insert, select, update

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
_books = schema.intake_number.c
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


def name_of(prefix: str, own: bool, day: date) -> str:
    """The full name of a day's count."""
    return f"{key_of(prefix, own)} {day.isoformat()}"


BOOK = "book:"


def book_of(kind: str, year: int) -> str:
    """The full name of a year's book of letters that a counter numbers itself."""
    return f"{BOOK}{kind} {year}"


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
    caller finds it under `name_of(prefix, own, day)`.
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
    """The highest order of each recent day in whatever epoch of this device, and of each book, by full name."""
    highest: dict[str, int] = {}
    for row in connection.execute(
        select(_days.prefix, _days.day, _days.last).where(
            _days.device_id == here.device_id, _days.day >= (today - CARRIED).isoformat()
        )
    ):
        name = f"{row.prefix} {row.day}"
        highest[name] = max(highest.get(name, 0), row.last)
    for row in connection.execute(select(_books.kind, _books.year, _books.last)):
        highest[book_of(row.kind, row.year)] = row.last
    return highest


def carry(connection: Connection, here: Head, orders: Mapping[str, int]) -> None:
    """Let a new epoch (`here`) begin above `orders`, given by full name."""
    for name, last in orders.items():
        key, _, day = name.rpartition(" ")
        if key.startswith(BOOK):
            raise_book_to(connection, here, key.removeprefix(BOOK), int(day), last)
        else:
            raise_to(connection, here, key, day, last)


def beyond_another(
    orders: Mapping[str, int], prefixes: Iterable[str], here: Head, today: date, back: int = 0
) -> dict[str, int]:
    """`orders` raised beyond whatever a machine that worked on with a copy of this store can have given today, and for
    each of the `back` days before it, of which dossiers are entered late.

    It can have filled the stripe it was in and the next one of this counter, which is more than a day of the busiest
    ward; and written a hundred more letters.
    """
    raised = {name: last + LETTERS if name.startswith(BOOK) else last for name, last in orders.items()}
    days = [today - timedelta(days=ago) for ago in range(back + 1)]
    for name in (name_of(prefix, True, day) for prefix in prefixes for day in days):
        last = orders.get(name, 0)
        for _ in range(2):
            last = codes.stripe_range(codes.stripe_of(codes.next_order(last, here.counter, here.counters)))[1]
        raised[name] = last
    return raised


LETTERS = 100


def next_of_book(connection: Connection, here: Head, kind: str, year: int, floor: int = 0) -> int:
    """The next number of this counter's own book of the year: without gaps within this device's epoch."""
    last = connection.execute(select(_books.last).where(*_book(here, kind, year))).scalar()
    number = max(last or 0, floor) + 1
    raise_book_to(connection, here, kind, year, number)
    return number


def raise_book_to(connection: Connection, here: Head, kind: str, year: int, number: int) -> None:
    """Never give a number up to `number` again in this book."""
    last = connection.execute(select(_books.last).where(*_book(here, kind, year))).scalar()
    if last is None:
        row = {"office_id": here.office_id, "kind": kind, "year": year, "last": number}
        connection.execute(insert(schema.intake_number), row)
    elif last < number:
        connection.execute(update(schema.intake_number).where(*_book(here, kind, year)).values(last=number))


def _book(here: Head, kind: str, year: int) -> tuple[ColumnElement[bool], ...]:
    return (_books.office_id == here.office_id, _books.kind == kind, _books.year == year)
