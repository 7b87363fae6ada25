"""The office itself: its particulars, clerks, calendar and options."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Text, cast, func, select, type_coerce

from onestop.rules.calendar import Calendar, DayOff, OfficeHours, days_from_plain, read_hours
from onestop.rules.deadline import END_OF_DAY, HourRule
from onestop.store import schema
from onestop.store.prepared import Prepared


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """The office of this database."""

    id: str
    code: str
    name: str
    parent_name: str
    place: str
    province: str | None
    address: str | None
    phone: str | None
    email: str | None
    demo: bool
    hours: dict[str, Any] | None
    points: list[dict[str, Any]]
    agencies: dict[str, dict[str, str]]
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClerkRow:
    """A clerk. `role` is one of `rules.roles.Role`."""

    id: str
    login: str
    name: str
    title: str | None
    role: str
    counter: str | None
    active: bool


_PLAIN = ("hours", "points", "agencies", "options")
_OFFICE = Prepared(
    select(
        *(
            type_coerce(column, Text).label(column.name) if column.name in _PLAIN else column
            for column in schema.office.columns
        )
    )
)


def this_office(connection: Connection) -> OfficeRow | None:
    """The office, or None in a database that has none yet."""
    row = _OFFICE.first(connection, {})
    return None if row is None else _office_row(tuple(row))


@lru_cache(maxsize=8)
def _office_row(values: tuple[Any, ...]) -> OfficeRow:
    """Read from the same text once: an office's particulars seldom change and are asked for with every dossier."""
    row = dict(zip(schema.office.columns.keys(), values, strict=True))
    plain = {key: json.loads(row[key]) if row[key] else None for key in _PLAIN}
    return OfficeRow(
        id=row["id"],
        code=row["code"],
        name=row["name"],
        parent_name=row["parent_name"],
        place=row["place"],
        province=row["province"],
        address=row["address"],
        phone=row["phone"],
        email=row["email"],
        demo=row["demo"],
        hours=plain["hours"],
        points=plain["points"] or [],
        agencies=plain["agencies"] or {},
        options=plain["options"] or {},
    )


def clerks(connection: Connection, active_only: bool = True) -> list[ClerkRow]:
    """The clerks, by login."""
    c = schema.clerk.c
    query = select(c.id, c.login, c.name, c.title, c.role, c.counter, c.active).order_by(c.login)
    if active_only:
        query = query.where(c.active.is_(True))
    return [ClerkRow(*row) for row in connection.execute(query)]


def clerk_name(connection: Connection, clerk_id: str) -> str:
    """The name of a clerk by his id, "" where there is none."""
    name: str | None = connection.execute(select(schema.clerk.c.name).where(schema.clerk.c.id == clerk_id)).scalar()
    return name or ""


def clerk(connection: Connection, login: str) -> ClerkRow | None:
    """The clerk with this login (upper and lower case alike), active or not."""
    wanted = login.strip().lower()
    return next((each for each in clerks(connection, active_only=False) if each.login.lower() == wanted), None)


_DAY = ("date", "kind", "name", "source", "confirmed")
_DAYS = select(*(schema.day_off.c[name] for name in _DAY)).order_by(schema.day_off.c.date)
_table = schema.day_off.c
_STAMP = Prepared(
    select(
        func.aggregate_strings(
            _table.date
            + "|"
            + _table.kind
            + "|"
            + _table.name
            + "|"
            + func.coalesce(_table.source, "")
            + "|"
            + cast(_table.confirmed, Text),
            "\n",
        ).label("stamp")
    )
)
"""All days as one text: whether the table is the one that was read before, without reading it row by row."""

_known: dict[str, tuple[DayOff, ...]] = {}


def days_off(connection: Connection) -> tuple[DayOff, ...]:
    """Every dated exception of the calendar, by date."""
    stamp = _STAMP.first(connection, {}).stamp or ""
    days = _known.get(stamp)
    if days is None:
        if len(_known) > 8:
            _known.clear()
        days = _known[stamp] = days_from_plain(dict(row._mapping) for row in connection.execute(_DAYS))
    return days


def calendar(connection: Connection) -> Calendar:
    """The office's calendar: its hours, holidays and make-up days."""
    office = this_office(connection)
    hours = json.dumps(office.hours, sort_keys=True) if office and office.hours else ""
    days = days_off(connection)
    key = (hours, id(days))
    known = _calendars.get(key)
    if known is None or known.days is not days:
        if len(_calendars) > 8:
            _calendars.clear()
        known = _calendars[key] = Calendar(read_hours(json.loads(hours)) if hours else OfficeHours(), days)
    return known


_calendars: dict[tuple[str, int], Calendar] = {}


def hour_rule(connection: Connection) -> HourRule:
    """Which hour of the due day is promised: the office's option `due_hour`."""
    office = this_office(connection)
    chosen = (office.options if office else {}).get("due_hour")
    return HourRule.read(chosen) if chosen else END_OF_DAY


OTHER_SYSTEM = "other_system"
"""Option of the office: what is received here is entered into another system as well (on unless it says no)."""


def has_other_system(connection: Connection) -> bool:
    """Whether dossiers have to be entered into the province's or the national system, too."""
    office = this_office(connection)
    return office is None or office.options.get(OTHER_SYSTEM) is not False


def settings_of(connection: Connection, office_id: str, person: str) -> dict[str, Any]:
    """What one clerk (by id) has chosen for himself: key -> value."""
    c = schema.setting.c
    rows = connection.execute(select(c.key, c.value).where(c.office_id == office_id, c.person == person))
    return {row.key: row.value for row in rows}


@dataclass(frozen=True, slots=True)
class News:
    """What has been written since a given act. `touched`: table -> ids; `last`: the newest act's row number."""

    last: int
    touched: dict[str, frozenset[str]]


def news(connection: Connection, after: int, but_not: frozenset[int] = frozenset()) -> News:
    """The subjects of every act after row `after`, those with a `dseq` of `but_not` (one's own) left out."""
    a, s = schema.act.c, schema.act_subject.c
    touched: dict[str, set[str]] = {}
    last = after
    rows = connection.execute(
        select(a.no, a.dseq, s.table_name, s.subject_id)
        .join(schema.act_subject, s.act_id == a.act_id)
        .where(a.no > after)
        .order_by(a.no)
    )
    for row in rows:
        last = row.no
        if row.dseq not in but_not:
            touched.setdefault(row.table_name, set()).add(row.subject_id)
    return News(last, {table: frozenset(ids) for table, ids in touched.items()})


def last_act(connection: Connection) -> int:
    """The row number of the newest act, 0 when there is none."""
    return int(connection.execute(select(func.coalesce(func.max(schema.act.c.no), 0))).scalar_one())
