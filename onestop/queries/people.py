"""People and organisations: found by a paper, by what is typed, or beside a form; one card with its dossiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from onestop.rules import citizen as rules
from onestop.rules.identity import mask
from onestop.rules.text import fold
from onestop.store import schema, search
from onestop.store.prepared import Prepared

_c = schema.citizen.c


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in a list. `identity_number` is masked; `paper` is the masked number of whatever paper there is."""

    id: str
    kind: str
    name: str
    date_of_birth: str | None
    sex: str | None
    identity_number: str | None
    paper: str
    address: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """Everything kept about one person, numbers in full: for the person at the desk, or after an act opened them."""

    id: str
    values: Mapping[str, Any]
    registered_at: datetime
    same: tuple[str, ...] = ()

    def __getattr__(self, name: str) -> Any:
        try:
            return self.values[name]
        except KeyError as error:
            raise AttributeError(name) from error


_LIST = select(
    _c.no,
    _c.id,
    _c.kind,
    _c.name,
    _c.date_of_birth,
    _c.sex,
    _c.identity_number,
    _c.cmnd,
    _c.passport,
    _c.tax_code,
    _c.address,
    _c.phone,
)


def _row(row: Any) -> PersonRow:
    """From a row of `_LIST`, whatever columns come after."""
    _no, key, kind, name, born, sex, identity, cmnd, passport, tax_code, address, phone = row[:12]
    masked = mask(identity) if identity else None
    paper = masked
    if paper is None:
        number = cmnd or passport or tax_code or ""
        # Since 1/7/2025 a household business may go by the personal number of its owner.
        paper = mask(number) if kind == "person" or len(number) == 12 else number
    elif kind != "person" and len(identity) != 12:
        paper = identity
    return PersonRow(key, kind, name, born, sex, masked, paper, address, phone)


_BY_NO = _LIST.where(_c.no.in_(bindparam("numbers", expanding=True)), _c.same_as.is_(None))


def find(connection: Connection, typed: str, limit: int = 20) -> list[PersonRow]:
    """People that fit what was typed: exact accents first, then the latest registered. [] when nothing was typed."""
    numbers = search.find_numbers(connection, typed, limit)
    if not numbers:
        return []
    rows = {row[0]: row for row in connection.execute(_BY_NO, {"numbers": numbers})}
    return [_row(rows[no]) for no in numbers if no in rows]


_ONE = Prepared(select(schema.citizen).where(_c.id == bindparam("id")))


def person(connection: Connection, citizen_id: str) -> Person | None:
    """One person in full; an id that was found to be the same as another gives the one that stays."""
    seen: list[str] = []
    while True:
        row = _ONE.first(connection, {"id": citizen_id})
        if row is None or citizen_id in seen:
            return None
        if row.same_as is None:
            values = row._asdict()
            values.pop("no")
            return Person(row.id, values, row.registered_at, tuple(seen))
        seen.append(citizen_id)
        citizen_id = row.same_as


_PAPERS = {
    key: select(_c.id, _c.same_as).where(_c.office_id == bindparam("office"), _c[key] == bindparam("number"))
    for key in ("identity_number", "cmnd", "passport", "tax_code")
}


def by_paper(connection: Connection, office_id: str, values: Mapping[str, Any]) -> str | None:
    """The id of the person who has the same identity number, CMND, passport or tax code as `values`, if any.

    A passport counts only with the same nationality; a tax code only for organisations and household businesses.
    """
    for key, query in _PAPERS.items():
        number = values.get(key)
        if not number or (key == "tax_code" and values.get("kind") == "person"):
            continue
        for row in connection.execute(query, {"office": office_id, "number": number}):
            found = person(connection, row.id)
            if found is None:
                continue
            if key == "passport" and (found.nationality or "") != (values.get("nationality") or ""):
                continue
            if key == "cmnd" and found.identity_number and values.get("identity_number"):
                continue
            return found.id
    return None


_TWINS = select(schema.citizen).where(
    _c.office_id == bindparam("office"), _c.folded == bindparam("folded"), _c.same_as.is_(None)
)
_NUMBERS = ("identity_number", "cmnd", "passport", "tax_code")


def twin(connection: Connection, office_id: str, values: Mapping[str, Any], loose: bool = False) -> Person | None:
    """Somebody without any number who is in all columns what `values`, without a number either, says: the same form
    sent a second time. None where there is a number to go by.

    It must say enough to tell people apart (a birth certificate, or birth date and address), unless `loose`: then the
    same row of a list is the same person whatever little it says.
    """
    if any(values.get(key) for key in _NUMBERS):
        return None
    born = values.get("date_of_birth") or values.get("kind") != "person"
    if not loose and not values.get("birth_certificate") and not (born and values.get("address")):
        return None
    same = ("kind", "name", "date_of_birth", "sex", "address", "birth_certificate", "no_paper_reason")
    for row in connection.execute(_TWINS, {"office": office_id, "folded": fold(values["name"])}):
        if all(getattr(row, key) == values.get(key) for key in same) and not any(getattr(row, k) for k in _NUMBERS):
            return person(connection, row.id)
    return None


@dataclass(frozen=True, slots=True)
class Likeness:
    """A registered person who may be the one being entered, and why (codes)."""

    row: PersonRow
    score: float
    reasons: tuple[str, ...]


_LIKE = (
    select(
        _c.no, _c.id, _c.kind, _c.name, _c.date_of_birth, _c.sex, _c.identity_number, _c.cmnd, _c.passport,
        _c.tax_code, _c.address, _c.phone, _c.not_same,
    )
    .where(_c.no.in_(bindparam("numbers", expanding=True)), _c.same_as.is_(None))
)  # fmt: skip


def alike(connection: Connection, values: Mapping[str, Any], besides: str | None = None) -> list[Likeness]:
    """People who resemble `values` (name and birth), the likeliest first; those said to be others are left out."""
    name = str(values.get("name") or "")
    if len(name) < 3:
        return []
    numbers = search.find_numbers(connection, name, 50)
    year = str(values.get("date_of_birth") or "")[:4]
    given = name.split()[-1]
    if year:
        numbers += search.find_numbers(connection, f"{given} {year}", 50)
    if not numbers:
        return []
    found: list[Likeness] = []
    for row in connection.execute(_LIKE, {"numbers": sorted(set(numbers))}):
        if row.id == besides or (besides and besides in (row.not_same or ())):
            continue
        likeness = rules.similar(dict(row._mapping), values)
        if likeness is not None:
            found.append(Likeness(_row(row), likeness.score, likeness.reasons))
    return sorted(found, key=lambda each: -each.score)[:5]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One page of the people list; `after` continues it."""

    rows: tuple[PersonRow, ...]
    after: tuple[str, int] | None


def page(connection: Connection, office_id: str, after: tuple[str, int] | None = None, size: int = 60) -> PersonPage:
    """People in Vietnamese order of given name, keyset by (sort key, row number)."""
    query = _LIST.add_columns(_c.sort_key).where(_c.office_id == office_id, _c.same_as.is_(None))
    if after is not None:
        key, no = after
        query = query.where((_c.sort_key > key) | ((_c.sort_key == key) & (_c.no > no)))
    rows = connection.execute(query.order_by(_c.sort_key, _c.no).limit(size)).all()
    more = (rows[-1].sort_key, rows[-1].no) if len(rows) == size else None
    return PersonPage(tuple(_row(row) for row in rows), more)


@dataclass(frozen=True, slots=True)
class HisDossier:
    """A dossier that a person owns, brought, or is named in."""

    dossier_id: str
    code: str
    role: str
    procedure_code: str
    procedure_name: str
    state: str
    received_at: datetime
    due_at: datetime | None


_d, _p = schema.dossier.c, schema.dossier_person.c
_HIS = (
    select(_d.id, _d.code, _p.role, _d.procedure_code, _d.procedure_name, _d.state, _d.received_at, _d.due_at)
    .join(schema.dossier_person, _p.dossier_id == _d.id)
    .where(_p.citizen_id.in_(bindparam("persons", expanding=True)))
    .order_by(_d.received_at.desc())
    .limit(bindparam("most"))
)
_HIS_ALONE = Prepared(
    select(_d.id, _d.code, _p.role, _d.procedure_code, _d.procedure_name, _d.state, _d.received_at, _d.due_at)
    .join(schema.dossier_person, _p.dossier_id == _d.id)
    .where(_p.citizen_id == bindparam("person"), _d.procedure_code == bindparam("procedure"))
    .order_by(_d.received_at.desc())
    .limit(bindparam("most"))
)
_HIS_OF_ONE = _HIS.where(_d.procedure_code == bindparam("procedure"))


def dossiers_of(
    connection: Connection, citizen_ids: tuple[str, ...], limit: int = 50, procedure: str | None = None
) -> list[HisDossier]:
    """The dossiers of a person (all the ids that are the same one), the latest first."""
    if len(citizen_ids) == 1 and procedure is not None:
        one = {"person": citizen_ids[0], "most": limit, "procedure": procedure}
        return [HisDossier(*row) for row in _HIS_ALONE.rows(connection, one)]
    values: dict[str, Any] = {"persons": citizen_ids, "most": limit}
    if procedure is None:
        return [HisDossier(*row) for row in connection.execute(_HIS, values)]
    return [HisDossier(*row) for row in connection.execute(_HIS_OF_ONE, {**values, "procedure": procedure})]


_MERGED = Prepared(select(_c.id).where(_c.same_as == bindparam("stays")))


def same_ids(connection: Connection, citizen_id: str) -> tuple[str, ...]:
    """The id and every id that was merged into it."""
    return (citizen_id, *(row.id for row in _MERGED.rows(connection, {"stays": citizen_id})))
