"""What the catalogue screen asks, one reading each: every procedure with its search, one procedure with all about it.

Every query finds the office by itself: the database of a counter holds one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from onestop.queries import catalogue, office
from onestop.queries.catalogue import EntryRow, ReviewRow
from onestop.queries.office import OfficeRow
from onestop.rules.catalogue_search import Index
from onestop.rules.codes import procedure_key
from onestop.rules.errors import Remark, StoreTrouble
from onestop.rules.overlay import Overlay, apply, overlay_from_plain
from onestop.rules.procedure import Procedure
from onestop.store import schema

SWITCH = "switch-"
"""The id of an office's own choices (offered or not, quick list) begins so: they are no decision with a number."""


def _here(connection: Connection) -> OfficeRow:
    here = office.this_office(connection)
    if here is None:
        raise StoreTrouble("office.none")
    return here


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every procedure in force, in the order of codes, offered here or not, and the search over all of them."""

    rows: tuple[EntryRow, ...]
    index: Index


def shelf(connection: Connection, day: date) -> Shelf:
    """The catalogue on `day`; ask again when it has changed."""
    here = _here(connection).id
    rows = tuple(catalogue.entries(connection, here, day))
    return Shelf(rows, catalogue.index(connection, here, day, offered_only=False))


# -- one procedure -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a procedure. `status`: in-force, review, accepted, declined, settled, superseded."""

    id: str
    origin: str
    valid_from: str
    valid_to: str | None
    status: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of the province or the office on the procedure: who wrote it down, when, does it hold today."""

    overlay: Overlay
    at: datetime
    by: str
    withdrawn: bool
    holds: bool

    @property
    def id(self) -> str:
        """The id of the overlay."""
        return self.overlay.id


@dataclass(frozen=True, slots=True)
class ProcedureCard:
    """Everything about one procedure on a day. `published`: the version in force; `procedure`: with the decisions laid
    over it. `provenance`: fact -> the decision that set it. `agency`: who decides where the ward only receives, "" =
    the ward itself. `remarks`: decisions that no longer find their place. `waiting`: the import that waits for a word.
    """

    version_id: str
    published: Procedure
    procedure: Procedure
    provenance: Mapping[str, str]
    origin: str
    enabled: bool
    quick: int
    agency: str
    versions: tuple[Version, ...]
    decisions: tuple[Decision, ...]
    remarks: tuple[Remark, ...] = ()
    waiting: ReviewRow | None = None

    @property
    def code(self) -> str:
        """The national code."""
        return self.published.code


def card(connection: Connection, code: str, day: date) -> ProcedureCard | None:
    """The procedure with this code as it is in force on `day`; None when the catalogue has none."""
    here = _here(connection)
    national = procedure_key(code) or code.strip()
    version_id = catalogue.current_version(connection, here.id, national, day)
    published = catalogue.version(connection, version_id) if version_id else None
    if version_id is None or published is None:
        return None
    decisions = _decisions(connection, here.id, national, day)
    laid = apply(published, [each.overlay for each in decisions if not each.withdrawn], day)
    key = laid.procedure.competent_agency
    versions = [Version(*each) for each in catalogue.versions(connection, here.id, national)]
    return ProcedureCard(
        version_id,
        published,
        laid.procedure,
        laid.provenance,
        next((each.origin for each in versions if each.id == version_id), ""),
        laid.enabled is not False,
        laid.quick or 0,
        str((here.agencies.get(key) or {}).get("name") or key) if key else "",
        tuple(versions),
        tuple(each for each in decisions if not each.id.startswith(SWITCH)),
        laid.remarks,
        next((each for each in catalogue.reviews(connection, here.id) if each.code == national), None),
    )


def _decisions(connection: Connection, office_id: str, code: str, day: date) -> list[Decision]:
    o = schema.overlay.c
    clerks = {each.id: each.name for each in office.clerks(connection, active_only=False)}
    rows = connection.execute(
        select(schema.overlay)
        .where(o.office_id == office_id, o.code == code)
        .order_by(o.valid_from.desc(), o.at.desc())
    )
    decisions = []
    for row in rows:
        overlay = overlay_from_plain(row.content)
        holds = not row.withdrawn and overlay.holds_on(day)
        decisions.append(Decision(overlay, row.at, clerks.get(row.by, ""), row.withdrawn, holds))
    return decisions


# -- what waits for review ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waiting:
    """An import that differs from what was reviewed here, both sides whole. `differences` as `rules.review` gives
    them: fact, group, current, incoming."""

    version_id: str
    code: str
    name: str
    origin: str
    current: Procedure
    incoming: Procedure
    differences: tuple[Mapping[str, Any], ...]


def waiting(connection: Connection, day: date) -> tuple[Waiting, ...]:
    """What waits for a word, by code."""
    here = _here(connection)
    found = []
    for row in catalogue.reviews(connection, here.id):
        standing = catalogue.current_version(connection, here.id, row.code, day)
        current = catalogue.version(connection, standing) if standing else None
        incoming = catalogue.version(connection, row.version_id)
        if current is not None and incoming is not None:
            name = current.short_name or row.name
            found.append(Waiting(row.version_id, row.code, name, row.origin, current, incoming, tuple(row.differences)))
    return tuple(found)
