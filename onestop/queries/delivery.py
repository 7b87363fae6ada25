"""What lies ready for the citizen: the list of results with its filters, one result whole, whoever stands at the
counter, and the lists of the post."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, and_, case, func, literal_column, or_, select, type_coerce

from onestop.clock import VIETNAM
from onestop.queries import dossiers, people
from onestop.queries.dossiers import COLLECT_DAYS, Wish
from onestop.queries.soon import day_start
from onestop.rules.delivery import RETURNED, TOLD, Called, called
from onestop.rules.dossier import State
from onestop.rules.identity import mask
from onestop.rules.letters import ROUND, FormKey
from onestop.rules.moves import Receiver
from onestop.rules.papers import RESULT
from onestop.store import schema
from onestop.store.acts import Act
from onestop.store.schema import read_instant

_d, _p = schema.dossier.c, schema.dossier_person.c

UNTOLD, ALL, LONG, POST, BACK, CUSTODY = "untold", "all", "long", "post", "returned", "custody"
GROUPS = (UNTOLD, ALL, LONG, POST, BACK, CUSTODY)
"""The filters: nobody was told yet, all that lie here, for more than 30 days, to go by post, brought back by the post,
originals of the citizen's lie here."""
MOST = 500
"""So many rows are shown at once; more than those are found by what is typed."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A result in the list, persons by name only. `lies_here`: it can be handed over; a dossier of which only originals
    lie here is in the list of those alone. `early`: its promised day is still to come, and nobody was told."""

    id: str
    code: str
    owner_name: str
    procedure_name: str
    title: str
    number: str
    state: str
    since: datetime
    due_at: datetime | None
    shelf: str
    called: Called
    way: str
    delivered: str
    originals: int
    phone: str
    early: bool
    lies_here: bool


_COLUMNS = (
    _d.id, func.coalesce(_d.official_code, _d.code).label("code"), _d.owner_name, _d.procedure_name, _d.result,
    _d.state, _d.finished_at, _d.due_at, _d.shelf, _d.calls, _d.delivery, _d.delivered, _d.custody, _d.posting,
    _d.received_at, _d.phone, _d.no,
)  # fmt: skip


def _finished() -> ColumnElement[bool]:
    return _d.state == literal_column("'finished'")  # in words: the index of these few is of them alone


def _returned() -> ColumnElement[bool]:
    return and_(_d.delivered == literal_column("'returned'"), _d.delivered.is_not(None))


def _untold() -> ColumnElement[bool]:
    """Neither reached nor on its way to them otherwise."""
    calls = type_coerce(_d.calls, Text)
    told = or_(*(calls.like(f'%"outcome":"{each}"%') for each in sorted(TOLD)))
    return and_(or_(_d.calls.is_(None), ~told), ~_by_post())


def _by_post() -> ColumnElement[bool]:
    return func.coalesce(type_coerce(_d.delivery, Text), "").like('%"way":"post"%')


def _conditions(connection: Connection, group: str, now: datetime) -> list[ColumnElement[bool]]:
    """One or two lists that are put together: each runs along an index of its own."""
    here = _d.office_id == _office(connection)
    return [and_(here, each) for each in _of_group(group, now)]


def _office(connection: Connection) -> str:
    return str(connection.execute(select(schema.office.c.id)).scalar_one())


def _of_group(group: str, now: datetime) -> list[ColumnElement[bool]]:
    if group == CUSTODY:
        return [_d.custody.is_not(None)]
    if group == BACK:
        return [_returned()]
    if group == LONG:
        return [and_(_finished(), _d.finished_at < now - timedelta(days=COLLECT_DAYS))]
    if group == POST:
        return [and_(_finished(), _by_post())]
    if group == UNTOLD:
        return [and_(_finished(), _untold()), and_(_returned(), _untold())]
    return [_finished(), _returned()]


def ready(connection: Connection, group: str, now: datetime, typed: str = "") -> tuple[Ready, ...]:
    """The list of a filter: results whose promised day is still to come first (nobody expects those yet), then what has
    waited longest. `typed` narrows it by code, name, number or telephone."""
    rows: dict[str, Ready] = {}
    narrow = _typed(connection, typed, now) if typed.strip() else None
    for condition in _conditions(connection, group, now):
        query = select(*_COLUMNS).where(condition)
        if narrow is not None:
            query = query.where(_d.id.in_(narrow))
        order = (_later(now).desc(), _d.finished_at, _d.no)
        for row in connection.execute(query.order_by(*order).limit(MOST)):
            rows[row.id] = _ready(row, now)
    return tuple(sorted(rows.values(), key=lambda row: (not row.early, row.since)))


def _later(now: datetime) -> ColumnElement[int]:
    return case((_d.due_at >= _tomorrow(now), 1), else_=0)


def _tomorrow(now: datetime) -> datetime:
    return day_start(now.astimezone(VIETNAM).date() + timedelta(days=1))


def _typed(connection: Connection, typed: str, now: datetime) -> list[str]:
    """Ids of dossiers that fit what was typed: those that wait along the search of all, those that came back by it or
    by their name."""
    office = _office(connection)
    found: list[str] = []
    for group in ("to-collect", "all"):
        page = dossiers.page(connection, office, Wish(group, typed=typed), now, size=MOST)
        found += [row.id for row in page.rows]
    return found


def _ready(row: Any, now: datetime) -> Ready:
    result: Mapping[str, Any] = row.result or {}
    calls = called(row.calls)
    back = row.delivered == RETURNED and row.state == State.HANDED_BACK
    since = row.finished_at or row.received_at
    if back and (row.posting or {}).get("returned_at"):
        since = read_instant(row.posting["returned_at"])
    here = back or row.state == State.FINISHED
    return Ready(
        row.id,
        row.code,
        row.owner_name,
        row.procedure_name,
        result.get("title") or row.procedure_name,
        result.get("number") or "",
        row.state,
        since,
        row.due_at,
        (row.shelf or "") if here else "",
        calls,
        str((row.delivery or {}).get("way") or "counter"),
        row.delivered or "",
        sum(each["count"] for each in row.custody or ()),
        row.phone or "",
        here and not back and not calls.told and row.due_at is not None and row.due_at >= _tomorrow(now),
        here,
    )


def counts(connection: Connection, now: datetime) -> dict[str, int]:
    """The figure on each filter."""
    return {
        group: sum(
            int(connection.execute(select(func.count()).select_from(schema.dossier).where(each)).scalar_one())
            for each in _conditions(connection, group, now)
        )
        for group in GROUPS
    }


# ---- whoever stands at the counter --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MayCollect:
    """Somebody who may take a result away. `number` masked, "" where none is known."""

    id: str
    name: str
    role: str
    number: str


@dataclass(frozen=True, slots=True)
class OneReady:
    """A result in the pane: the row, who may have it, the calls, the originals that lie here, how it went by post, and
    the papers of which originals were handed in."""

    row: Ready
    values: Mapping[str, Any]
    people: tuple[MayCollect, ...]
    calls: tuple[Mapping[str, Any], ...]
    custody: tuple[Mapping[str, Any], ...]
    handed_in: tuple[tuple[str, int], ...]
    result_papers: int

    @property
    def id(self) -> str:
        """The dossier's id."""
        return self.row.id


def one(connection: Connection, dossier_id: str, now: datetime) -> OneReady | None:
    """One result whole; None where there is no such dossier."""
    found = connection.execute(select(*_COLUMNS).where(_d.id == dossier_id)).one_or_none()
    if found is None:
        return None
    values = connection.execute(select(schema.dossier).where(_d.id == dossier_id)).one()._asdict()
    c, w = schema.dossier_component.c, schema.document.c
    handed_in = connection.execute(
        select(c.name, c.originals).where(c.dossier_id == dossier_id, c.originals > 0).order_by(c.position)
    )
    kept = select(func.count()).select_from(schema.document)
    kept = kept.where(w.dossier_id == dossier_id, w.component == RESULT, w.dropped.is_(None))
    names = {each.id: each.name for each in connection.execute(select(schema.clerk.c.id, schema.clerk.c.name))}
    return OneReady(
        _ready(found, now),
        values,
        tuple(
            MayCollect(each["id"], each["name"], each["role"], mask(each["numbers"][0]) if each["numbers"] else "")
            for each in dossiers.who_may_collect(connection, dossier_id)
        ),
        tuple({**each, "clerk": names.get(each["by"], "")} for each in found.calls or ()),
        tuple(found.custody or ()),
        tuple((row.name, row.originals) for row in handed_in),
        int(connection.execute(kept).scalar_one()),
    )


def named(connection: Connection, text: str) -> str | None:
    """The dossier that what a reader read from one of our papers names: a code alone, in an address, or among others;
    None where it names none."""
    for each in (text, *re.split(r"[|?&=#\s]|/(?=[^/]*$)", text)):
        found = dossiers.find_id(connection, each) if each.strip() else None
        if found is not None:
            return found
    return None


@dataclass(frozen=True, slots=True)
class Collector:
    """Whoever laid down a card, or whose number was typed. `dossiers`: ids of what lies here and he may take away, the
    longest first; `known`: he is registered here at all."""

    name: str
    number: str
    known: bool
    dossiers: tuple[str, ...]


def collector(connection: Connection, number: str, name: str, now: datetime) -> Collector:
    """Who has this number (identity number, CMND, passport), and what lies here for him as owner or submitter."""
    office = _office(connection)
    found = next(
        (
            each
            for key in ("identity_number", "cmnd", "passport")
            if (each := people.by_paper(connection, office, {"kind": "person", key: number})) is not None
        ),
        None,
    )
    if found is None:
        return Collector(name, number, False, ())
    known = people.person(connection, found)
    ids = people.same_ids(connection, found)
    rows: list[tuple[datetime, str]] = []
    for condition in _conditions(connection, ALL, now):
        query = select(_d.id, _d.finished_at).join(schema.dossier_person, _p.dossier_id == _d.id)
        query = query.where(condition, _p.citizen_id.in_(ids), _p.role.in_(("owner", "submitter")))
        rows += [(row.finished_at, row.id) for row in connection.execute(query)]
    ordered = dict.fromkeys(each for _at, each in sorted(rows))
    return Collector(known.name if known is not None else name, number, True, tuple(ordered))


def some(connection: Connection, ids: Sequence[str], now: datetime) -> tuple[Ready, ...]:
    """These dossiers as rows of the list, in this order."""
    rows = {row.id: row for row in connection.execute(select(*_COLUMNS).where(_d.id.in_(ids)))}
    return tuple(_ready(rows[each], now) for each in ids if each in rows)


# ---- the post -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PostAddress:
    """Where a result goes by post."""

    name: str
    phone: str
    address: str

    @property
    def receiver(self) -> Receiver:
        """As the act of the hand-back says it."""
        return Receiver(self.name, phone=self.phone)


def post_address(connection: Connection, row: Any) -> PostAddress:
    """The receiver that the citizen chose, else the owner where he lives; `address` "" where nobody knows one."""
    chosen = row.delivery or {}
    by_post = chosen.get("way") == "post"
    owner = people.person(connection, row.owner_id)
    return PostAddress(
        str((chosen.get("name") if by_post else "") or row.owner_name),
        str((chosen.get("phone") if by_post else "") or row.phone or ""),
        str((chosen.get("address") if by_post else "") or (owner.address if owner is not None else "") or ""),
    )


def next_list(connection: Connection, office_id: str, day: date, counter: int) -> str:
    """The name of this counter's next list of that day: "2026-11-27.1.01"."""
    begun = f"{day}.{counter}."
    last = connection.execute(
        select(func.max(_d.post_list)).where(
            _d.office_id == office_id, _d.post_list >= begun, _d.post_list < f"{begun}~"
        )
    ).scalar()
    return f"{begun}{int(str(last or f'{begun}0').removeprefix(begun)) + 1:02}"


def list_printed(connection: Connection, move: Act) -> bool:
    """Whether the list of the post with which this move sent a result was printed after it."""
    post_list = (move.body.get("to") or {}).get("post_list")
    if not post_list:
        return False
    c = schema.printed.c
    name = f"{FormKey.POST_LIST.value}{ROUND}{str(post_list).partition('.')[0]}"
    query = select(c.id).where(c.letter == name, c.at >= move.at, c.outcome.in_(("out", "waiting")))
    return connection.execute(query.limit(1)).first() is not None


def carriers(connection: Connection, office_id: str, most: int = 5) -> tuple[str, ...]:
    """With whom results went lately."""
    query = select(_d.posting).where(_d.office_id == office_id, _d.post_list.is_not(None))
    rows: Iterable[Any] = connection.execute(query.order_by(_d.post_list.desc()).limit(50)).scalars()
    names = (str((each or {}).get("carrier") or "") for each in rows)
    return tuple(dict.fromkeys(filter(None, names)))[:most]


# ---- what is pointed at -------------------------------------------------------------------------------------------


_TRACKING = r"[A-Z]{2}[0-9]{9}[A-Z]{2}"
"""A tracking number as the posts of the world write it (UPU S10), as on the bar code of an envelope."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """What a reader or a hand named: a dossier, a person, or neither. `handed_to`: of a dossier that nothing is owed
    to any more, who has the result."""

    dossier: Ready | None = None
    person: Collector | None = None
    handed_to: str = ""


def pointed(connection: Connection, text: str, now: datetime) -> Pointed:
    """What this text names: one of our papers, an envelope by its tracking number, or a person by a whole number."""
    found = named(connection, text)
    if found is not None:
        (row,) = some(connection, [found], now)
        handed = connection.execute(select(_d.handed_to).where(_d.id == found)).scalar()
        return Pointed(row, handed_to=str((handed or {}).get("name") or ""))
    number = "".join(text.split()).upper()
    if re.fullmatch(_TRACKING, number):
        tracked = type_coerce(_d.posting, Text).like(f'%"tracking":"{number}"%')
        sent = select(_d.id).where(_d.office_id == _office(connection), _d.delivered.is_not(None), tracked)
        found = connection.execute(sent.order_by(_d.no.desc()).limit(1)).scalar()
        return Pointed(some(connection, [found], now)[0]) if found is not None else Pointed()
    if re.fullmatch(r"[0-9]{9}|[0-9]{12}|[A-Z][0-9]{7,8}", number):
        return Pointed(person=collector(connection, number, "", now))
    return Pointed()


def several(connection: Connection, ids: Sequence[str], now: datetime) -> tuple[OneReady, ...]:
    """These results whole, in this order."""
    found = (one(connection, each, now) for each in ids)
    return tuple(each for each in found if each is not None)


def who_may_have_all(results: Sequence[OneReady]) -> tuple[MayCollect, ...]:
    """Those who may take every one of these away; in the role that they have in the first."""
    if not results:
        return ()
    rest = [{each.id for each in result.people} for result in results[1:]]
    return tuple(each for each in results[0].people if all(each.id in ids for ids in rest))
