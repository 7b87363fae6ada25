"""Dossiers: the paged list with its filters and counts, one dossier whole, its history, and the figures of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select, tuple_

from onestop.clock import VIETNAM
from onestop.rules import codes
from onestop.store import acts, schema, search
from onestop.store.acts import Act

_d = schema.dossier.c
_p = schema.dossier_person.c


@dataclass(frozen=True, slots=True)
class Wish:
    """What a list shows. `group`: all, open, due-today, overdue, supplement, today, mine (then `counter`)."""

    group: str = "all"
    typed: str = ""
    procedure: str | None = None
    counter: str | None = None
    clerk: str | None = None
    received_from: date | None = None
    received_to: date | None = None
    order: str = "received"
    """received (latest first), due (most urgent first), code, owner."""


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A dossier in a list. Persons by name only: no number of theirs is in a list."""

    id: str
    code: str
    owner_name: str
    procedure_code: str
    procedure_name: str
    state: str
    is_open: bool
    channel: str
    received_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    counter: str | None
    summary: str | None


@dataclass(frozen=True, slots=True)
class DossierPage:
    """One page; `after` continues it (keyset, never an offset). None at the end."""

    rows: tuple[DossierRow, ...]
    after: tuple[Any, ...] | None


_LIST = select(
    _d.id,
    func.coalesce(_d.official_code, _d.code).label("code"),
    _d.owner_name,
    _d.procedure_code,
    _d.procedure_name,
    _d.state,
    _d.is_open,
    _d.channel,
    _d.received_at,
    _d.due_at,
    _d.finished_at,
    _d.counter,
    _d.summary,
)


def day_start(day: date) -> datetime:
    """The instant at which a Vietnamese civil day begins."""
    return datetime.combine(day, time(), VIETNAM)


def page(
    connection: Connection,
    office_id: str,
    wish: Wish,
    now: datetime,
    after: tuple[Any, ...] | None = None,
    size: int = 60,
) -> DossierPage:
    """One page of the list that `wish` asks for."""
    query = _narrow(connection, _LIST, office_id, wish, now)
    if query is None:
        return DossierPage((), None)
    if wish.order == "due":
        query = query.order_by(_d.due_at, _d.no)
        key: tuple[Any, ...] = (_d.due_at, _d.no)
        if after is not None:
            query = query.where(tuple_(*key) > tuple_(*after))
        query = query.where(_d.due_at.is_not(None))
    elif wish.order == "code":
        query = query.order_by(_d.code)
        key = (_d.code,)
        if after is not None:
            query = query.where(_d.code > after[0])
    elif wish.order == "owner":
        query = query.order_by(_d.owner_name, _d.no)
        key = (_d.owner_name, _d.no)
        if after is not None:
            query = query.where(tuple_(*key) > tuple_(*after))
    else:
        query = query.order_by(_d.received_at.desc(), _d.no.desc())
        key = (_d.received_at, _d.no)
        if after is not None:
            query = query.where(tuple_(*key) < tuple_(*after))
    rows = connection.execute(query.add_columns(_d.no, *key[:1]).limit(size)).all()
    more = None
    if len(rows) == size:
        last = rows[-1]
        more = {
            "due": (last.due_at, last.no),
            "code": (last[-1],),
            "owner": (last.owner_name, last.no),
        }.get(wish.order, (last.received_at, last.no))
    return DossierPage(tuple(DossierRow(*row[:13]) for row in rows), more)


def _narrow(
    connection: Connection, query: Select[Any], office_id: str, wish: Wish, now: datetime
) -> Select[Any] | None:
    """`query` with the conditions of `wish`; None when what was typed fits nothing."""
    query = query.where(_d.office_id == office_id)
    today = now.astimezone(VIETNAM).date()
    start, end = day_start(today), day_start(today + timedelta(days=1))
    if wish.group == "open":
        query = query.where(_d.is_open.is_(True))
    elif wish.group == "due-today":
        query = query.where(_d.is_open.is_(True), _d.due_at >= start, _d.due_at < end)
    elif wish.group == "overdue":
        query = query.where(_d.is_open.is_(True), _d.due_at < now)
    elif wish.group == "supplement":
        query = query.where(_d.state == "supplement")
    elif wish.group == "today":
        query = query.where(_d.received_at >= start, _d.received_at < end)
    if wish.group == "mine" or wish.counter:
        query = query.where(_d.counter == wish.counter)
    if wish.clerk:
        query = query.where(_d.received_by == wish.clerk)
    if wish.procedure:
        query = query.where(_d.procedure_code == wish.procedure)
    if wish.received_from:
        query = query.where(_d.received_at >= day_start(wish.received_from))
    if wish.received_to:
        query = query.where(_d.received_at < day_start(wish.received_to + timedelta(days=1)))
    if wish.typed.strip():
        condition = _typed(connection, wish.typed)
        if condition is None:
            return None
        query = query.where(condition)
    return query


def _typed(connection: Connection, typed: str) -> Any:
    """Dossiers whose code begins (or ends, after the last dash) as typed, or that belong to a person so named."""
    code = codes.normalise(typed)
    conditions = []
    if any(letter.isdigit() for letter in code):
        upper = code[:-1] + chr(ord(code[-1]) + 1)
        conditions += [and_(column >= code, column < upper) for column in (_d.code, _d.official_code, _d.external_code)]
    numbers = search.find_numbers(connection, typed, 200)
    if numbers:
        people = select(schema.citizen.c.id).where(schema.citizen.c.no.in_(numbers))
        conditions.append(_d.id.in_(select(_p.dossier_id).where(_p.citizen_id.in_(people))))
    return or_(*conditions) if conditions else None


def count(connection: Connection, office_id: str, wish: Wish, now: datetime) -> int:
    """How many dossiers `wish` asks for."""
    query = _narrow(connection, select(func.count()).select_from(schema.dossier), office_id, wish, now)
    return 0 if query is None else int(connection.execute(query).scalar_one())


GROUPS = ("all", "open", "due-today", "overdue", "supplement", "today", "mine")


def counts(connection: Connection, office_id: str, now: datetime, counter: str | None = None) -> dict[str, int]:
    """The figure on each filter chip."""
    return {
        group: count(connection, office_id, Wish(group, counter=counter if group == "mine" else None), now)
        for group in GROUPS
        if group != "mine" or counter
    }


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """A paper of a dossier as handed in."""

    position: int
    key: str
    name: str
    kind: str
    required: bool
    by: str | None
    status: str
    reason: str | None
    originals: int
    certified: int
    copies: int
    extra: bool
    scan_later: bool
    large: bool


@dataclass(frozen=True, slots=True)
class PersonOf:
    """A person in a role of a dossier."""

    role: str
    citizen_id: str
    name: str


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One printing of a letter."""

    id: str
    letter: str
    lien: int
    paper: str
    template: str
    blob: str
    copy_no: int
    outcome: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """One dossier whole. `values`: the columns of `dossier`."""

    id: str
    values: Mapping[str, Any]
    components: tuple[ComponentRow, ...]
    persons: tuple[PersonOf, ...]
    printed: tuple[PrintedRow, ...] = ()
    history: tuple[Act, ...] = field(default=())

    @property
    def code(self) -> str:
        """The code to show: the official one once there is one."""
        return str(self.values["official_code"] or self.values["code"])

    def __getattr__(self, name: str) -> Any:
        try:
            return self.values[name]
        except KeyError as error:
            raise AttributeError(name) from error


def find_id(connection: Connection, code: str) -> str | None:
    """The dossier that any of its codes names, read tolerantly; None when there is none."""
    wanted = {code.strip(), codes.normalise(code)}
    official, temporary = codes.read(code), codes.read_temporary(code)
    wanted |= {found.text for found in (official, temporary) if found is not None}
    row = connection.execute(
        select(_d.id).where(or_(_d.code.in_(wanted), _d.official_code.in_(wanted), _d.external_code.in_(wanted)))
    ).first()
    return row.id if row else None


def one(connection: Connection, dossier_id: str, history: bool = True) -> Dossier | None:
    """One dossier with its papers, people, printings and, unless told otherwise, its acts."""
    row = connection.execute(select(schema.dossier).where(_d.id == dossier_id)).one_or_none()
    if row is None:
        return None
    values = dict(row._mapping)
    values.pop("no")
    c = schema.dossier_component.c
    components = connection.execute(
        select(
            c.position, c.key, c.name, c.kind, c.required, c.by, c.status, c.reason, c.originals, c.certified, c.copies,
            c.extra, c.scan_later, c.large,
        )
        .where(c.dossier_id == dossier_id)
        .order_by(c.position)
    )  # fmt: skip
    persons = connection.execute(
        select(_p.role, _p.citizen_id, _p.name).where(_p.dossier_id == dossier_id).order_by(_p.position)
    )
    past = acts.of_subject(connection, ("dossier", dossier_id), counting=False) if history else []
    return Dossier(
        dossier_id,
        values,
        tuple(ComponentRow(**each._mapping) for each in components),
        tuple(PersonOf(*each) for each in persons),
        printed_of(connection, ("dossier", dossier_id)),
        tuple(past),
    )


def printed_of(connection: Connection, subject: tuple[str, str]) -> tuple[PrintedRow, ...]:
    """The printings of a dossier or intake, in the order in which they were made."""
    c = schema.printed.c
    rows = connection.execute(
        select(c.id, c.letter, c.lien, c.paper, c.template, c.blob, c.copy_no, c.outcome, c.at, c.by)
        .where(c.subject_table == subject[0], c.subject_id == subject[1])
        .order_by(c.at, c.id)
    )
    return tuple(PrintedRow(**row._mapping) for row in rows)


def waiting_prints(connection: Connection, office_id: str) -> list[tuple[PrintedRow, str, str]]:
    """Printings of which nobody has said whether the sheet came out: (printing, subject table, subject id)."""
    c = schema.printed.c
    rows = connection.execute(
        select(
            c.id, c.letter, c.lien, c.paper, c.template, c.blob, c.copy_no, c.outcome, c.at, c.by,
            c.subject_table, c.subject_id,
        )
        .where(c.office_id == office_id, c.outcome == "waiting")
        .order_by(c.at)
    )  # fmt: skip
    return [(PrintedRow(*tuple(row)[:10]), row.subject_table, row.subject_id) for row in rows]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft that can be taken up again. `state`: open, or waiting for what was asked."""

    id: str
    title: str
    form: dict[str, Any]
    state: str
    clerk_id: str
    saved_at: datetime


def drafts(connection: Connection, office_id: str, clerk_id: str | None = None) -> list[DraftRow]:
    """Open and waiting drafts (of one clerk), the latest first."""
    c = schema.draft.c
    query = (
        select(c.id, c.title, c.form, c.state, c.clerk_id, c.saved_at)
        .where(c.office_id == office_id, c.state.in_(("open", "waiting")))
        .order_by(c.saved_at.desc())
    )
    if clerk_id is not None:
        query = query.where(c.clerk_id == clerk_id)
    return [DraftRow(*row) for row in connection.execute(query)]


def draft(connection: Connection, draft_id: str) -> DraftRow | None:
    """One draft in whatever state, by its id."""
    c = schema.draft.c
    row = connection.execute(
        select(c.id, c.title, c.form, c.state, c.clerk_id, c.saved_at).where(c.id == draft_id)
    ).one_or_none()
    return DraftRow(*row) if row else None


@dataclass(frozen=True, slots=True)
class Today:
    """The figures of a day for the home page. `by_hour`: dossiers received in each hour of the Vietnamese clock."""

    received: int
    by_channel: Mapping[str, int]
    due_today: int
    overdue: int
    open: int
    waiting_drafts: int
    waiting_prints: int
    by_hour: tuple[int, ...]
    by_counter: tuple[tuple[str, int], ...]
    most_late: DossierRow | None
    next_due: DossierRow | None


def today(connection: Connection, office_id: str, now: datetime) -> Today:
    """What the home page shows."""
    local_day = now.astimezone(VIETNAM).date()
    start, end = day_start(local_day), day_start(local_day + timedelta(days=1))
    rows = connection.execute(
        select(_d.received_at, _d.channel, _d.counter).where(
            _d.office_id == office_id, _d.received_at >= start, _d.received_at < end
        )
    ).all()
    hours = [0] * 24
    channels: dict[str, int] = {}
    counters: dict[str, int] = {}
    for row in rows:
        hours[row.received_at.astimezone(VIETNAM).hour] += 1
        channels[row.channel] = channels.get(row.channel, 0) + 1
        if row.counter:
            counters[row.counter] = counters.get(row.counter, 0) + 1
    overdue = Wish("overdue", order="due")
    due_today = Wish("due-today", order="due")
    late = page(connection, office_id, overdue, now, size=1).rows
    soon = page(connection, office_id, due_today, now, size=1).rows
    c = schema.draft.c
    waiting = connection.execute(
        select(func.count()).select_from(schema.draft).where(c.office_id == office_id, c.state.in_(("open", "waiting")))
    ).scalar_one()
    return Today(
        len(rows),
        channels,
        count(connection, office_id, due_today, now),
        count(connection, office_id, overdue, now),
        count(connection, office_id, Wish("open"), now),
        int(waiting),
        len(waiting_prints(connection, office_id)),
        tuple(hours),
        tuple(sorted(counters.items())),
        late[0] if late else None,
        soon[0] if soon else None,
    )
