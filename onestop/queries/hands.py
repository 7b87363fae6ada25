"""Whose a dossier is, to whom it can be given, what waits for a clerk to take it over, and what ought to have left the
counter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select
from sqlalchemy.sql import ColumnCollection

from onestop.queries import office
from onestop.queries.office import ClerkRow
from onestop.rules.dossier import State
from onestop.rules.errors import RuleBroken
from onestop.rules.hands import Hands, kept_since
from onestop.rules.roles import Permission, may
from onestop.rules.text import clean, exact_key
from onestop.store import schema
from onestop.store.schema import read_instant

_d = schema.dossier.c

OFFERED = 12
"""Names that a dossier may be given to, at most."""


@dataclass(frozen=True, slots=True)
class Taker:
    """To whom a dossier is given: a clerk (by id), or a section or agency by its name."""

    holder: str
    name: str
    clerk: bool = False


def taker(connection: Connection, wanted: str) -> Taker:
    """Who is meant by an id, a login, a name ("Lê Văn An", "Lê Văn An (an)") or by what is no clerk's: a section.

    RuleBroken hands.clerk-gone (does not work here any more), hands.two-of-name, hands.clerk-cannot (his role moves no
    dossier).
    """
    said = clean(wanted)
    key = exact_key(said)
    clerks = office.clerks(connection, active_only=False)
    sure = [each for each in clerks if said == each.id or key in (exact_key(each.login), exact_key(_full(each)))]
    known = sure or [each for each in clerks if exact_key(each.name) == key]
    if not known:
        return Taker(said, said)
    there = [each for each in known if each.active]
    if not there:
        raise RuleBroken("hands.clerk-gone", field="to", name=known[0].name)
    if len(there) > 1:
        raise RuleBroken("hands.two-of-name", field="to", name=there[0].name, known=[_full(each) for each in there])
    (one,) = there
    if not may(one.role, Permission.MOVE):
        raise RuleBroken("hands.clerk-cannot", field="to", name=one.name)
    return Taker(one.id, one.name, clerk=True)


def _full(clerk: ClerkRow) -> str:
    return f"{clerk.name} ({clerk.login})"


def hands_of(connection: Connection, values: Mapping[str, Any]) -> Hands:
    """Whose the dossier with these columns is."""
    holder = values["holder"] or ""
    name = office.clerk_name(connection, holder) if holder else ""
    return Hands(holder, name or holder, bool(name), values["taken_at"])


def offered(connection: Connection) -> tuple[str, ...]:
    """To whom dossiers are given, as one writes it: those of late first, then the officers of the office and what their
    posts are called."""
    clerks = {each.id: each for each in office.clerks(connection, active_only=False)}
    late = select(_d.holder, func.max(_d.no).label("last")).where(_d.holder.is_not(None)).group_by(_d.holder)
    found = late.subquery()
    held = connection.execute(select(found.c.holder).order_by(found.c.last.desc()).limit(OFFERED)).scalars()
    works = [each for each in clerks.values() if each.active and may(each.role, Permission.MOVE)]
    names = [each.name for each in works]

    def said(clerk: ClerkRow) -> str:
        return _full(clerk) if names.count(clerk.name) > 1 else clerk.name

    shown = [
        said(clerks[each]) if each in clerks else each for each in held if each not in clerks or clerks[each].active
    ]
    officers = sorted((each for each in works if each.role == "officer"), key=lambda each: each.name)
    others = sorted((each for each in works if each.role != "officer"), key=lambda each: each.name)
    posts = [each.title for each in officers if each.title]
    return tuple(dict.fromkeys([*shown, *map(said, officers), *posts, *map(said, others)]))[: OFFERED * 2]


# -- what the list of dossiers asks


def waits_for(
    connection: Connection, clerk: str | None, d: ColumnCollection[str, Any]
) -> list[ColumnElement[bool]] | None:
    """What was given to this clerk, or to a section that is called as his post is, and not taken over yet."""
    row = connection.execute(select(schema.clerk.c.id, schema.clerk.c.title).where(schema.clerk.c.id == clerk)).first()
    if row is None:
        return None
    names = [name for name in (row.id, row.title) if name]
    return [d.holder.in_(names), d.taken_at.is_(None), d.is_open.is_(True)]


def held_by(clerk: str | None, d: ColumnCollection[str, Any]) -> list[ColumnElement[bool]] | None:
    """What this clerk has said that he has."""
    if clerk is None:
        return None
    return [d.holder == clerk, d.taken_at.is_not(None), d.is_open.is_(True)]


def kept_too_long(
    connection: Connection, office_id: str, now: datetime, d: ColumnCollection[str, Any]
) -> list[ColumnElement[bool]]:
    """What is still at the counter and ought to have gone to whoever works on it. One that was sent back and completed
    counts from the completion: those few are looked at one by one."""
    since = kept_since(now, office.calendar(connection))
    here = [d.state == State.RECEIVED.value, d.holder.is_(None)]
    late = or_(d.received_at < since, and_(d.channel == "online", d.received_at < now))
    completed = connection.execute(
        select(_d.id, _d.waits, _d.channel).where(
            _d.office_id == office_id, _d.state == State.RECEIVED.value, _d.holder.is_(None), _d.supplements > 0
        )
    )
    calm = [row.id for row in completed if not _late(row, since, now)]
    return [*here, late, *([d.id.not_in(calm)] if calm else [])]


def _late(row: Any, since: datetime, now: datetime) -> bool:
    done = [read_instant(end) for _asked, end in row.waits or () if end]
    return not done or done[-1] < (now if row.channel == "online" else since)
