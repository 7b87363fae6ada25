"""What the scan screen shows of a draft or a dossier in one reading: components, pages on their way, papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from onestop.queries import catalogue, dossiers, office, papers
from onestop.queries.papers import DocumentRow, PageRow
from onestop.rules import intake
from onestop.rules.dossier import OPEN, State
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.rules.intake import ReceiveForm
from onestop.rules.papers import RESULT, component_key
from onestop.rules.separators import DRAFT, Separator
from onestop.store import schema

HAS_RESULT = (State.FINISHED, State.HANDED_BACK)
"""Where nothing is worked on any more, and the result's own pages may still come in."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A component that pages may go into. `key`: as pages name it. `by` None: nothing was handed in for it yet."""

    key: str
    name: str
    by: str | None = None
    required: bool = False
    scan_later: bool = False
    large: bool = False


@dataclass(frozen=True, slots=True)
class Bench:
    """A draft or a dossier as one scans for it. `owner`: the registered person on whose shelf its papers lie, "" while
    there is none. `options`: the office's settings. `is_open`: pages may still come in."""

    draft: str | None
    dossier: str | None
    title: str
    code: str
    owner: str
    owner_name: str
    slots: tuple[Slot, ...]
    pages: tuple[PageRow, ...]
    papers: tuple[DocumentRow, ...]
    options: Mapping[str, Any]
    is_open: bool = True


def of_draft(connection: Connection, draft_id: str, day: date) -> Bench:
    """A draft. RuleBroken draft.unknown, draft.received."""
    row = dossiers.draft(connection, draft_id)
    if row is None:
        raise RuleBroken("draft.unknown", draft=draft_id)
    if row.state == "received":
        raise RuleBroken("draft.received", title=row.title)
    form = intake.read_draft(row.form)
    here = office.this_office(connection)
    if here is None:
        raise StoreTrouble("office.none")
    title, slots = _of_form(connection, here.id, form, day)
    return Bench(
        draft_id,
        None,
        title or row.title,
        "",
        form.owner.id or "",
        _owner_name(connection, form),
        slots,
        papers.pages(connection, draft=draft_id),
        (),
        here.options,
        row.state in ("open", "waiting"),
    )


def _owner_name(connection: Connection, form: ReceiveForm) -> str:
    if form.owner.name or not form.owner.id:
        return form.owner.name or ""
    name = select(schema.citizen.c.name).where(schema.citizen.c.id == form.owner.id)
    return connection.execute(name).scalar() or ""


def _of_form(connection: Connection, office_id: str, form: ReceiveForm, day: date) -> tuple[str, tuple[Slot, ...]]:
    found = catalogue.effective(connection, office_id, form.procedure, day) if form.procedure else None
    if found is None:
        return "", ()
    procedure = found.procedure
    try:
        lines = intake.lines(procedure.case(form.case), form.components)
    except (KeyError, RuleBroken):
        lines = intake.lines(procedure.case(None), ())  # the catalogue has moved on since the draft was kept
    slots = tuple(
        Slot(
            component_key(line.asked.key if line.asked else "", line.name),
            line.name,
            line.given.by if line.given else None,
            bool(line.asked and line.asked.required),
            bool(line.given and line.given.scan_later),
            bool(line.given and line.given.large),
        )
        for line in lines
    )
    return procedure.short_name or procedure.name, slots


def of_dossier(connection: Connection, dossier_id: str) -> Bench:
    """A dossier that is there. RuleBroken dossier.unknown."""
    c = schema.dossier.c
    row = connection.execute(select(schema.dossier).where(c.id == dossier_id)).one_or_none()
    here = office.this_office(connection)
    if row is None or here is None:
        raise RuleBroken("dossier.unknown", code=dossier_id)
    return Bench(
        None,
        dossier_id,
        row.procedure_name,
        row.official_code or row.code,
        row.owner_id,
        row.owner_name,
        (*_slots_of(connection, dossier_id), *result_slot(row.result)),
        papers.pages(connection, dossier=dossier_id),
        papers.of_dossier(connection, dossier_id),
        here.options,
        row.state in OPEN or row.state in HAS_RESULT,
    )


def result_slot(result: Mapping[str, Any] | None) -> tuple[Slot, ...]:
    """Where the pages of a result go, once there is one."""
    return (Slot(RESULT, str(result.get("title") or "")),) if result else ()


def _slots_of(connection: Connection, dossier_id: str) -> tuple[Slot, ...]:
    c = schema.dossier_component.c
    rows = connection.execute(
        select(c.key, c.name, c.by, c.required, c.scan_later, c.large)
        .where(c.dossier_id == dossier_id)
        .order_by(c.position)
    )
    return tuple(Slot(row.key, row.name, row.by, row.required, row.scan_later, row.large) for row in rows)


def is_place(connection: Connection, place: Separator, day: date) -> bool:
    """Whether there is such a draft or dossier that pages may still come into, with such a component."""
    try:
        found = of_draft(connection, place.owner, day) if place.kind == DRAFT else of_dossier(connection, place.owner)
    except RuleBroken:
        return False
    return found.is_open and any(slot.key == place.component for slot in found.slots)


def home_of(connection: Connection, draft: str | None, dossier: str | None) -> tuple[str | None, str | None] | None:
    """Where pages scanned for this draft or dossier belong now: (draft, None) or (None, dossier). A draft that was
    received meanwhile is its dossier; None where there is neither any more."""
    if draft:
        c = schema.draft.c
        row = connection.execute(select(c.state, c.dossier_id).where(c.id == draft)).one_or_none()
        if row is None:
            return None
        return (None, row.dossier_id) if row.dossier_id else (draft, None)
    known = connection.execute(select(schema.dossier.c.id).where(schema.dossier.c.id == dossier)).scalar()
    return (None, known) if known else None
