"""The catalogue as it is in force on a day: versions by date with the office's overlays laid over them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Text, bindparam, func, select, type_coerce

from onestop.rules.catalogue_file import Synonym, read_synonyms
from onestop.rules.catalogue_fit import Habits, read_habits
from onestop.rules.catalogue_search import Entry, Index
from onestop.rules.codes import procedure_key
from onestop.rules.overlay import Overlay, apply, overlay_from_plain
from onestop.rules.procedure import Level, Procedure, from_plain
from onestop.store import schema
from onestop.store.prepared import Prepared

_CATALOGUE = Path(__file__).resolve().parent.parent.parent / "resources" / "catalogue"

_v = schema.procedure_version.c
_o = schema.overlay.c


@dataclass(frozen=True, slots=True)
class Effective:
    """A procedure as it holds on a day. `provenance`: fact -> decision that set it at this office or province."""

    procedure: Procedure
    version_id: str
    provenance: Mapping[str, str]
    origin: str
    enabled: bool
    quick: int
    """Its place on the quick list, from 1; 0 = not on it."""


_CURRENT = Prepared(
    select(_v.id, _v.origin)
    .where(
        _v.office_id == bindparam("office"),
        _v.code == bindparam("code"),
        _v.status == "in-force",
        _v.valid_from <= bindparam("day"),
        (_v.valid_to.is_(None)) | (_v.valid_to >= bindparam("day")),
    )
    .order_by(_v.valid_from.desc())
    .limit(1)
)
_CONTENT = select(type_coerce(_v.content, Text)).where(_v.id == bindparam("id"))
_OVERLAYS = Prepared(
    select(_o.id, _o.content).where(
        _o.office_id == bindparam("office"), _o.code == bindparam("code"), _o.withdrawn.is_(False)
    )
)

_OVERLAY_TEXTS = Prepared(
    select(type_coerce(_o.content, Text).label("content"))
    .where(_o.office_id == bindparam("office"), _o.code == bindparam("code"), _o.withdrawn.is_(False))
    .order_by(_o.id)
)


@lru_cache(maxsize=512)
def _parsed(version_id: str, content: str) -> Procedure:
    return from_plain(json.loads(content))


_texts: dict[str, str] = {}


def version(connection: Connection, version_id: str) -> Procedure | None:
    """A stored version by its id, whatever its standing now: what an old dossier was received under."""
    content = _texts.get(version_id)
    if content is None:
        content = connection.execute(_CONTENT, {"id": version_id}).scalar()
        if content is None:
            return None
        if len(_texts) > 1024:
            _texts.clear()
        _texts[version_id] = content
    return _parsed(version_id, content)


def current_version(connection: Connection, office_id: str, code: str, day: date) -> str | None:
    """The id of the version in force on `day`, before any overlay."""
    found = _CURRENT.first(connection, {"office": office_id, "code": code, "day": day.isoformat()})
    return None if found is None else str(found.id)


def overlays(connection: Connection, office_id: str, code: str) -> list[Overlay]:
    """The office's and province's overlays on one procedure, whatever their dates."""
    rows = _OVERLAYS.rows(connection, {"office": office_id, "code": code})
    return [overlay_from_plain(row.content) for row in rows]


def effective(connection: Connection, office_id: str, code: str, day: date) -> Effective | None:
    """The procedure in force on `day`, overlays applied; None when the catalogue has none. Codes match on their
    national part (`1.001193.000.00.00.H56` finds `1.001193`)."""
    national = procedure_key(code) or code.strip()
    found = _CURRENT.first(connection, {"office": office_id, "code": national, "day": day.isoformat()})
    if found is None:
        return None
    said = tuple(row.content for row in _OVERLAY_TEXTS.rows(connection, {"office": office_id, "code": national}))
    key = (found.id, found.origin, said, day)
    known = _known.get(key)
    if known is None:
        procedure = version(connection, found.id)
        assert procedure is not None
        laid = apply(procedure, [overlay_from_plain(json.loads(each)) for each in said], day)
        if len(_known) > 512:
            _known.clear()
        known = _known[key] = Effective(
            laid.procedure, found.id, laid.provenance, found.origin, laid.enabled is not False, laid.quick or 0
        )
    return known


_known: dict[tuple[str, str, tuple[str, ...], date], Effective] = {}
"""What was worked out before, for the same version, the same overlays and the same day."""


def _holds(overlay: Overlay, day: date) -> bool:
    return overlay.valid_from <= day.isoformat() <= (overlay.valid_to or "9999-12-31")


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A procedure in the list of the catalogue."""

    version_id: str
    code: str
    name: str
    short_name: str
    field: str
    ministry: str
    level: str | None
    ward: bool
    keywords: tuple[str, ...]
    origin: str
    status: str
    enabled: bool
    quick: int
    review: bool


def entries(connection: Connection, office_id: str, day: date) -> list[EntryRow]:
    """Every procedure in force on `day`, one row a code, in the order of codes."""
    rows = connection.execute(
        select(
            _v.id, _v.code, _v.name, _v.short_name, _v.field, _v.ministry, _v.level, _v.ward, _v.keywords, _v.origin,
            _v.status,
        )
        .where(
            _v.office_id == office_id,
            _v.status == "in-force",
            _v.valid_from <= day.isoformat(),
            (_v.valid_to.is_(None)) | (_v.valid_to >= day.isoformat()),
        )
        .order_by(_v.code, _v.valid_from)
    )  # fmt: skip
    latest = {str(row.code): row for row in rows}
    reviews = set(connection.execute(select(_v.code).where(_v.office_id == office_id, _v.status == "review")).scalars())
    laid: dict[str, list[Overlay]] = {}
    for said in connection.execute(
        select(_o.code, _o.content).where(_o.office_id == office_id, _o.withdrawn.is_(False))
    ):
        laid.setdefault(said.code, []).append(overlay_from_plain(said.content))
    out = []
    for row in latest.values():
        switches = [each for each in laid.get(row.code, ()) if _holds(each, day)]
        enabled = next((each.enabled for each in reversed(switches) if each.enabled is not None), True)
        quick = next((each.quick for each in reversed(switches) if each.quick is not None), 0)
        level = next((each.level for each in reversed(switches) if each.level is not None), None)
        out.append(
            EntryRow(
                row.id,
                row.code,
                row.name,
                row.short_name or "",
                row.field or "",
                row.ministry or "",
                level.value if level else row.level,
                row.ward,
                tuple(row.keywords or ()),
                row.origin,
                row.status,
                enabled,
                quick,
                row.code in reviews,
            )
        )
    return out


def index(connection: Connection, office_id: str, day: date, *, offered_only: bool = True) -> Index:
    """The search over every procedure that is in force on `day` and, unless told otherwise, offered here; build it
    anew when the catalogue has changed."""
    every = entries(connection, office_id, day)
    offered = {row.version_id: row for row in every if row.enabled or not offered_only}
    rows = connection.execute(
        select(_v.id, type_coerce(_v.content, Text)).where(_v.office_id == office_id, _v.status == "in-force")
    )
    names = _agency_names(connection, office_id)
    found = []
    for version_id, content in rows:
        row = offered.get(version_id)
        if row is None:
            continue
        plain = json.loads(content)
        found.append(
            Entry(
                row.code,
                row.name,
                row.short_name,
                row.field,
                row.ministry,
                tuple(plain.get("agency_levels") or ()),
                plain.get("competent_agency") or "",
                names.get(plain.get("competent_agency") or "", ()),
                Level(row.level) if row.level else None,
                row.keywords,
                row.quick,
            )
        )
    return Index(found, synonyms(), habits())


def _agency_names(connection: Connection, office_id: str) -> dict[str, tuple[str, ...]]:
    """Key of a deciding agency ("" = this office) -> its code and names."""
    c = schema.office.c
    row = connection.execute(select(c.code, c.name, c.parent_name, c.agencies).where(c.id == office_id)).one_or_none()
    if row is None:
        return {}
    others = {
        key: tuple(filter(None, (each.get("code"), each.get("name")))) for key, each in (row.agencies or {}).items()
    }
    return {**others, "": (row.code, row.name, row.parent_name)}


@lru_cache(maxsize=1)
def synonyms() -> tuple[Synonym, ...]:
    """What clerks type and what the catalogue calls it (resources/catalogue/synonyms.toml)."""
    return read_synonyms(tomllib.loads((_CATALOGUE / "synonyms.toml").read_text("utf-8")))


@lru_cache(maxsize=1)
def habits() -> Habits:
    """What people come to a ward for (resources/catalogue/search.toml)."""
    return read_habits(tomllib.loads((_CATALOGUE / "search.toml").read_text("utf-8")))


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """An imported version that differs from what the office has reviewed, waiting for a word."""

    version_id: str
    code: str
    name: str
    origin: str
    differences: tuple[dict[str, Any], ...]


def reviews(connection: Connection, office_id: str) -> list[ReviewRow]:
    """What waits for review, by code."""
    rows = connection.execute(
        select(_v.id, _v.code, _v.name, _v.origin, _v.differences)
        .where(_v.office_id == office_id, _v.status == "review")
        .order_by(_v.code)
    )
    return [ReviewRow(row.id, row.code, row.name, row.origin, tuple(row.differences or ())) for row in rows]


def versions(connection: Connection, office_id: str, code: str) -> list[tuple[str, str, str, str | None, str]]:
    """Every version of one procedure: (id, origin, valid_from, valid_to, status), the latest first."""
    rows = connection.execute(
        select(_v.id, _v.origin, _v.valid_from, _v.valid_to, _v.status)
        .where(_v.office_id == office_id, _v.code == code)
        .order_by(_v.valid_from.desc(), _v.id)
    )
    return [(row.id, row.origin, row.valid_from, row.valid_to, row.status) for row in rows]


def count(connection: Connection, office_id: str) -> int:
    """How many procedures are in force."""
    return int(
        connection.execute(
            select(func.count(func.distinct(_v.code))).where(_v.office_id == office_id, _v.status == "in-force")
        ).scalar_one()
    )
