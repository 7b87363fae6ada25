"""Dossiers: the paged list with its filters and counts, one dossier whole, its history, printings and drafts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    and_,
    bindparam,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
    type_coerce,
    union_all,
)
from sqlalchemy.sql import ColumnCollection

from onestop.clock import VIETNAM
from onestop.queries import hands, office, online, papers, people
from onestop.queries.soon import day_start, soon
from onestop.rules import citizen, code_search, codes
from onestop.rules.clocks import Answer
from onestop.rules.dossier import State
from onestop.store import acts, schema, search
from onestop.store.acts import Act
from onestop.store.prepared import Prepared

_d = schema.dossier.c
_k = schema.dossier_code.c
_p = schema.dossier_person.c


@dataclass(frozen=True, slots=True)
class Wish:
    """What a list shows. `group`: all, open, soon (the deadline warns, `rules/clocks.py`), due-today (still to come),
    overdue, supplement (sent back, waited for), supplement-late (for longer than is waited), to-collect (a result
    waits), uncollected (for more than 30 days), to-enter (not yet in the other system: no code of it), to-scan (open,
    a paper is still to be scanned), today (received), mine (received at the counter of `clerk`), for-me (given to
    `clerk`, who has not said that he has it), holding (he has), to-forward (ought to have left the counter), to-answer
    (came online, waits for its answer), part-late (a result of a linked filing is late), to-confirm (entered late
    from a paper, a supervisor has not confirmed it).

    `order`: "received" (latest first), "due" (what is open first, the most urgent on top, without a date last); ""
    is the group's own: by due date where something is still owed, what waits longest first where something waits, else
    as received. `backward` turns it round.
    """

    group: str = "all"
    typed: str = ""
    procedure: str | None = None
    clerk: str | None = None
    received_from: date | None = None
    received_to: date | None = None
    order: str = ""
    backward: bool = False

    @property
    def by_due(self) -> bool:
        """Is the list in the order of the return dates?"""
        return self.order == "due" or (not self.order and self.group in URGENT)

    @property
    def falling(self) -> bool:
        """Does the list run from the greatest key to the least?"""
        return self.backward if self.by_due or self.by_wait else not self.backward

    @property
    def by_wait(self) -> bool:
        """Is the list in the order in which its dossiers have waited?"""
        return not self.order and self.group in WAITING


URGENT = ("open", "soon", "due-today", "overdue", "to-scan", "for-me", "holding")
"""Groups in which the office still owes something: shown by the return date unless asked otherwise."""
WAITING: Mapping[str, Any] = {
    "supplement": _d.supplement_until,
    "supplement-late": _d.supplement_until,
    "to-collect": _d.finished_at,
    "uncollected": _d.finished_at,
    "to-enter": _d.received_at,
    "to-forward": _d.received_at,
    "to-confirm": _d.received_at,
    "to-answer": _d.received_at,
    "part-late": _d.received_at,
}
"""Groups in which something is waited for, and what tells since when or until when: the longest first."""
KNOWN = ("supplement-late", "uncollected", "to-enter", "to-forward", "to-answer", "part-late", "to-confirm")
"""Those in which it is known of all."""
OWN = ("mine", "for-me", "holding")
"""Groups that are a clerk's own: of his counter, or what he has and is to have."""
COLLECT_DAYS = 30
"""A result that nobody has come for in so many days is shown apart."""


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
    supplement_until: str | None = None
    extended_at: datetime | None = None
    answer: Answer | None = None
    """Until when it is to be answered, where it came online and waits for that."""


@dataclass(frozen=True, slots=True)
class DossierPage:
    """One page; `after` continues it (keyset, never an offset), None at the end.

    `found`: how many fit what was typed; None where nothing was. `more`: there may be others, what was typed fits too
    much to look through it all.
    """

    rows: tuple[DossierRow, ...]
    after: tuple[Any, ...] | None
    found: int | None = None
    more: bool = False


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
    _d.supplement_until,
    _d.extended_at,
    _d.no,
)


def page(
    connection: Connection,
    office_id: str,
    wish: Wish,
    now: datetime,
    after: tuple[Any, ...] | None = None,
    size: int = 60,
) -> DossierPage:
    """One page of the list that `wish` asks for, each that came online with its clock."""
    found = _page_of(connection, office_id, wish, now, after, size)
    waiting = ((row.id, row.received_at) for row in found.rows if row.state == State.NEW)
    clocks = online.answers(connection, waiting, now)
    if not clocks:
        return found
    return replace(found, rows=tuple(replace(row, answer=clocks.get(row.id)) for row in found.rows))


def _page_of(
    connection: Connection, office_id: str, wish: Wish, now: datetime, after: tuple[Any, ...] | None, size: int
) -> DossierPage:
    conditions = _conditions(connection, office_id, wish, now)
    if conditions is None:
        return DossierPage((), None, 0)
    if wish.typed.strip():
        return _typed_page(connection, office_id, wish, now, after, size)
    rows: list[Any] = []
    legs = _legs(wish)
    leg, key = (int(after[0]), tuple(after[1:])) if after is not None else (0, ())
    while leg < len(legs):
        narrower, columns = legs[leg]
        query = _LIST.where(*conditions, *narrower)
        query = query.order_by(*(column.desc() if wish.falling else column for column in columns))
        if key:
            here = tuple_(*columns)
            # Each value in its column's own type: a bare datetime would be written in another form than is stored.
            last = tuple_(*(literal(value, column.type) for value, column in zip(key, columns, strict=True)))
            query = query.where(here < last if wish.falling else here > last)
        wanted = size - len(rows)
        got = connection.execute(query.limit(wanted)).all()
        rows += got
        if len(got) == wanted:
            return _page(rows, (leg, *(getattr(got[-1], column.key) for column in columns)))
        leg, key = leg + 1, ()
    return _page(rows, None)


def _page(
    rows: Sequence[Any], after: tuple[Any, ...] | None, found: int | None = None, more: bool = False
) -> DossierPage:
    return DossierPage(tuple(DossierRow(*row[:15]) for row in rows), after, found, more)


_SORTED = type_coerce(_d.received_at.concat(""), schema.Instant()).label("received_at")
"""The few that are open are gathered and sorted; along the index of all they might lie anywhere in a million."""
_SORTED_NO = (_d.no + 0).label("no")
_SORTED_DUE = type_coerce(_d.due_at.concat(""), schema.Instant()).label("due_at")
"""The same of the few that wait: along the rows of all they would be looked for in a million."""

_Leg = tuple[tuple[Any, ...], tuple[Any, ...]]
"""Conditions, and the columns that order what fits them: each leg runs along one index."""


def _legs(wish: Wish) -> tuple[_Leg, ...]:
    """The list as stretches that follow one another, so that an open dossier without a date has its place too and no
    stretch has to be sorted."""
    if wish.by_wait or (wish.by_due and wish.group in WAITING):
        by = WAITING[wish.group] if wish.by_wait else _d.due_at
        known = ((by.is_not(None),), (by if wish.by_wait else _SORTED_DUE, _d.no))
        unknown = ((by.is_(None),), (_SORTED_NO,))
        if wish.by_wait and wish.group in KNOWN:
            return (known,)
        return (unknown, known) if wish.backward else (known, unknown)
    if not wish.by_due:
        return (((), (_SORTED if wish.group in URGENT else _d.received_at, _d.no)),)
    dated, undated = _d.due_at.is_not(None), _d.due_at.is_(None)
    legs: list[_Leg] = []
    for still in (True,) if wish.group in URGENT else (True, False):
        legs.append(((_d.is_open.is_(still), dated), (_d.due_at, _d.no)))
        if wish.group not in ("soon", "due-today", "overdue"):
            legs.append(((_d.is_open.is_(still), undated), (_d.no,)))
    return tuple(reversed(legs)) if wish.backward else tuple(legs)


def _conditions(
    connection: Connection, office_id: str, wish: Wish, now: datetime, d: ColumnCollection[str, Any] = _d
) -> list[Any] | None:
    """The conditions of `wish` on the columns `d` but for what was typed; None when nothing can fit them."""
    conditions: list[Any] = [d.office_id == office_id]
    today = now.astimezone(VIETNAM).date()
    start, end = day_start(today), day_start(today + timedelta(days=1))
    if wish.group == "open":
        conditions += [d.is_open.is_(True)]
    elif wish.group == "soon":
        warned = soon(connection, office_id, now)
        conditions += [d.is_open.is_(True), d.due_at >= now, d.due_at < day_start(warned.until + timedelta(days=1))]
        conditions += [d.id.not_in(warned.calm)] if warned.calm else []
    elif wish.group == "due-today":
        conditions += [d.is_open.is_(True), d.due_at >= now, d.due_at < end]
    elif wish.group == "overdue":
        conditions += [d.is_open.is_(True), d.due_at < now]
    elif wish.group == "to-scan":
        conditions += [d.is_open.is_(True), papers.unscanned(d.id)]
    elif wish.group == "supplement":
        conditions += [d.state == "supplement"]
    elif wish.group == "supplement-late":
        conditions += [d.state == "supplement", d.supplement_until < today.isoformat()]
    elif wish.group in ("to-collect", "uncollected"):
        conditions += [
            d.state == literal_column("'finished'")
        ]  # said in words: the index of these few is of them alone
        conditions += [d.finished_at < now - timedelta(days=COLLECT_DAYS)] if wish.group == "uncollected" else []
    elif wish.group == "to-enter":
        conditions += [
            d.external_code.is_(None),
            d.state.not_in([literal_column("'new'"), literal_column("'refused'")]),
        ]
    elif wish.group == "today":
        conditions += [d.received_at >= start, d.received_at < end, *online.received(d)]
    elif wish.group == "to-confirm":
        conditions += [d.to_confirm.is_not(None)]
    elif wish.group == "to-answer":
        conditions += online.to_answer(d)
    elif wish.group == "part-late":
        conditions += online.part_late(office_id, now, d)
    elif wish.group == "mine":
        counter = counter_of(connection, wish.clerk)
        if counter is None:
            return None
        conditions += [d.counter == counter]
    elif wish.group in ("for-me", "holding"):
        theirs = hands.waits_for(connection, wish.clerk, d) if wish.group == "for-me" else hands.held_by(wish.clerk, d)
        if theirs is None:
            return None
        conditions += theirs
    elif wish.group == "to-forward":
        conditions += hands.kept_too_long(connection, office_id, now, d)
    if wish.clerk and wish.group not in OWN:
        conditions += [d.received_by == wish.clerk]
    if wish.procedure:
        conditions += [d.procedure_code == wish.procedure]
    if wish.received_from:
        conditions += [d.received_at >= day_start(wish.received_from)]
    if wish.received_to:
        conditions += [d.received_at < day_start(wish.received_to + timedelta(days=1))]
    return conditions


def counter_of(connection: Connection, clerk_id: str | None) -> str | None:
    """The counter at which this clerk sits, None where he has none."""
    query = select(schema.clerk.c.counter).where(schema.clerk.c.id == clerk_id)
    return connection.execute(query).scalar() or None


# -- what is typed

CODES, PERSONS, FOUND = 400, 1000, 1000
"""Looked through at most: dossiers by a part of their code, people by name or number, dossiers of those people."""
LEAST_DIGITS = 4
"""Fewer digits alone are an order of today, not the beginning of everybody's number."""


@dataclass(frozen=True, slots=True)
class _Fit:
    """A dossier that fits what was typed: what its place in the list follows from."""

    id: str
    no: int
    is_open: bool
    received_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    supplement_until: str | None

    def key(self, wish: Wish) -> tuple[Any, ...]:
        if wish.by_wait:
            waits = getattr(self, WAITING[wish.group].key)
            return (waits is None, waits or "", self.no)
        if wish.by_due:
            still = 0 if self.is_open or wish.group in WAITING else 1
            return (still, self.due_at is None, self.due_at or "", self.no)
        return (self.received_at, self.no)


_FIT = (
    _d.id, _d.no, _d.is_open, _d.received_at, _d.due_at, _d.finished_at, _d.supplement_until, _d.office_id, _d.state,
    _d.counter, _d.received_by, _d.procedure_code, _d.external_code, _d.holder, _d.taken_at, _d.channel,
    _d.to_confirm,
)  # fmt: skip


def _typed_page(
    connection: Connection,
    office_id: str,
    wish: Wish,
    now: datetime,
    after: tuple[Any, ...] | None,
    size: int,
) -> DossierPage:
    fits, more = _fits(connection, office_id, wish, now)
    ordered = sorted(fits, key=lambda fit: fit.key(wish), reverse=wish.falling)
    place = 0
    if after is not None:
        # The fits are few, so the page goes on behind the last one shown, wherever that stands now.
        place = next((number for number, fit in enumerate(ordered, 1) if fit.id == after[0]), len(ordered))
    wanted = [fit.id for fit in ordered[place : place + size]]
    rows = {row.id: row for row in connection.execute(_LIST.where(_d.id.in_(wanted)))}
    rest = place + len(wanted) < len(ordered)
    shown = [rows[each] for each in wanted if each in rows]
    return _page(shown, (wanted[-1],) if rest and wanted else None, len(ordered), more)


def _fits(connection: Connection, office_id: str, wish: Wish, now: datetime) -> tuple[set[_Fit], bool]:
    """Dossiers one of whose codes has what was typed, those of the people whom it names, and those whose contact has a
    phone that begins so; whether there may be more.

    Each look runs along the index of what was typed and stops at its limit; the group is narrowed from what it gave.
    """
    looks = [(look, CODES) for look in _by_code(connection, office_id, wish.typed, now)]
    order_alone = wish.typed.strip().isdigit() and len(wish.typed.strip()) < LEAST_DIGITS
    numbers = [] if order_alone else search.find_numbers(connection, wish.typed, PERSONS)
    if numbers:
        people = select(schema.citizen.c.id).where(schema.citizen.c.no.in_(numbers))
        looks.append(
            (select(*_FIT).join(schema.dossier_person, _p.dossier_id == _d.id).where(_p.citizen_id.in_(people)), FOUND)
        )
    phone = citizen.phone_begun(wish.typed)
    if phone is not None:
        looks.append((select(*_FIT).where(_begins(_d.phone, phone)).order_by(_d.phone.desc(), _d.no.desc()), FOUND))
    fits: set[_Fit] = set()
    more = len(numbers) == PERSONS
    for look, most in looks:
        near = look.limit(most).subquery()
        conditions = _conditions(connection, office_id, wish, now, near.c)
        if conditions is None:
            return set(), False
        inside = and_(*conditions).label("inside")
        got = connection.execute(select(*(near.c[name] for name in _Fit.__dataclass_fields__), inside))
        rows = got.all()
        more = more or len(rows) == most
        fits.update(_Fit(*row[:-1]) for row in rows if row.inside)
    return fits, more


def _begins(column: Any, begun: str) -> Any:
    """`column` begins with `begun`, along its index."""
    return and_(column >= begun, column < begun[:-1] + chr(ord(begun[-1]) + 1))


LEGS = 100
"""So many beginnings are looked for in one statement."""
LEAST_OF_THE_END = 4
"""Fewer figures from the end of another system's code are the end of too many."""


def _by_code(connection: Connection, office_id: str, typed: str, now: datetime) -> list[Select[Any]]:
    """The looks for dossiers one of whose codes fits `typed`: own codes by every beginning that it may mean, codes that
    were linked by their beginning and by their end. Each beginning runs along an index and stops at its own limit."""
    today = now.astimezone(VIETNAM).date()
    begun = code_search.beginnings(typed, *_numbering(connection, office_id, today))
    legs: list[Select[Any]] = []
    for each in begun:
        legs.append(select(_d.no).where(_begins(_d.code, each)).order_by(_d.code.desc()).limit(CODES))
        legs.append(_linked(_begins(_k.code, each)).order_by(_k.code.desc()).limit(CODES))
    end = codes.normalise(typed)[::-1]
    if begun and len(end) >= LEAST_OF_THE_END:
        legs.append(_linked(_begins(_k.backward, end)).order_by(_k.backward.desc()).limit(CODES))
    return [
        select(*_FIT)
        .where(_d.no.in_(union_all(*(select(leg.subquery().c.no) for leg in legs[start : start + LEGS]))))
        .order_by(_d.no.desc())
        for start in range(0, len(legs), LEGS)
    ]


def _linked(fits: Any) -> Select[Any]:
    return select(_d.no).select_from(schema.dossier_code).join(schema.dossier, _d.id == _k.dossier_id).where(fits)


def _numbering(connection: Connection, office_id: str, today: date) -> tuple[tuple[str, ...], date, int, date | None]:
    """How codes are given here: what stands before the day in them (the office itself, the agencies for which it only
    receives, this counter's own temporary codes), today, the digits of an order, the day of the first dossier."""
    c = schema.office.c
    here = connection.execute(select(c.code, c.agencies, c.options).where(c.id == office_id)).one()
    prefixes = [here.code, *filter(None, (each.get("code") for each in (here.agencies or {}).values()))]
    device = acts.head(connection, office_id)
    if device is not None:
        prefixes.append(codes.temporary_prefix(device.device_id))
    first = connection.execute(select(func.min(_d.received_at)).where(_d.office_id == office_id)).scalar()
    since = first.astimezone(VIETNAM).date() if first is not None else None
    return tuple(dict.fromkeys(prefixes)), today, int((here.options or {}).get("code_width", 4)), since


# -- counts


def count(connection: Connection, office_id: str, wish: Wish, now: datetime) -> int:
    """How many dossiers `wish` asks for; of what was typed, as many as were looked through."""
    conditions = _conditions(connection, office_id, wish, now)
    if conditions is None:
        return 0
    if wish.typed.strip():
        return len(_fits(connection, office_id, wish, now)[0])
    return int(connection.execute(select(func.count()).select_from(schema.dossier).where(*conditions)).scalar_one())


GROUPS = (
    "all", "open", "soon", "due-today", "overdue", "supplement", "supplement-late", "to-collect", "uncollected",
    "to-scan", "to-enter", "today", "mine", "for-me", "holding", "to-forward", "to-answer", "part-late",
    "to-confirm",
)  # fmt: skip
"""The filters that the list offers."""


def counts(connection: Connection, office_id: str, now: datetime, clerk: str | None = None) -> dict[str, int]:
    """The figure on each filter; "mine" only for a clerk who sits at a counter, what somebody has only for somebody,
    "to-enter" where there is a system to enter them into."""
    without = set() if counter_of(connection, clerk) else {"mine"}
    without |= set() if clerk is not None else {"for-me", "holding"}
    without |= set() if office.has_other_system(connection) else {"to-enter"}
    mine = {group: Wish(group, clerk=clerk) for group in OWN}
    return {
        group: count(connection, office_id, mine.get(group, Wish(group)), now)
        for group in GROUPS
        if group not in without
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
class LinkedCode:
    """A code that was linked to a dossier, whether it is still the one that is shown. `kind`: external, official."""

    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """One result of a linked filing: who gives it, until when, what became of it (`result` with a `reason`: none)."""

    key: str
    name: str
    agency: str
    due_at: datetime | None
    limit_text: Mapping[str, Any]
    finished_at: datetime | None
    result: Mapping[str, Any] | None


def parts_of(connection: Connection, dossier_id: str) -> list[PartRow]:
    """The results of a linked filing, in their order; [] where a dossier has one."""
    c = schema.dossier_part.c
    query = select(c.key, c.name, c.agency, c.due_at, c.limit_text, c.finished_at, c.result)
    return [PartRow(*row) for row in connection.execute(query.where(c.dossier_id == dossier_id).order_by(c.position))]


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
    codes: tuple[LinkedCode, ...] = ()
    """In the order in which they were linked."""
    parts: tuple[PartRow, ...] = ()

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
    found: str | None = connection.execute(_named(wanted)).scalar()
    return found


def holder(connection: Connection, code: str) -> str | None:
    """The dossier that has exactly this code, its own or one that was ever linked to it; None where it is free."""
    row = _HOLDER.first(connection, {"code": code})
    return None if row is None else str(row.id)


_HOLDER = Prepared(
    select(_d.id).where(
        or_(_d.code == bindparam("code"), _d.id.in_(select(_k.dossier_id).where(_k.code == bindparam("code"))))
    )
)
"""Asked with every dossier that is received."""


def _named(wanted: Iterable[str]) -> Select[Any]:
    linked = select(_k.dossier_id).where(_k.code.in_(wanted))
    return select(_d.id).where(or_(_d.code.in_(wanted), _d.id.in_(linked))).limit(1)


def who_may_collect(connection: Connection, dossier_id: str) -> list[dict[str, Any]]:
    """Owner and submitter, as they are known now: id, name, role, the numbers of their papers."""
    query = select(_p.citizen_id, _p.role).where(_p.dossier_id == dossier_id, _p.role.in_(("owner", "submitter")))
    found = []
    for citizen_id, role in connection.execute(query.order_by(_p.position)):
        known = people.person(connection, citizen_id)
        if known is not None:
            numbers = [value for value in (known.identity_number, known.cmnd, known.passport) if value]
            found.append({"id": known.id, "name": known.name, "role": role, "numbers": numbers})
    return found


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
    linked = connection.execute(select(_k.kind, _k.code).where(_k.dossier_id == dossier_id).order_by(_k.position))
    past = acts.of_subject(connection, ("dossier", dossier_id), counting=False) if history else []
    return Dossier(
        dossier_id,
        values,
        tuple(ComponentRow(**each._mapping) for each in components),
        tuple(PersonOf(*each) for each in persons),
        printed_of(connection, ("dossier", dossier_id)),
        tuple(past),
        tuple(LinkedCode(*each) for each in linked),
        tuple(parts_of(connection, dossier_id)),
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
        .where(c.office_id == office_id, c.outcome == literal_column("'waiting'"))
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
