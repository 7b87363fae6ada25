"""What the receive screen asks, one reading each: a person with his dossiers, the procedures offered, a draft taken up.

Every query finds the office by itself: the database of a counter holds one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from onestop.queries import catalogue, declarations, dossiers, office, papers, people
from onestop.queries.catalogue import EntryRow
from onestop.queries.letters import LetterOptions, draft_receipt, intake
from onestop.queries.office import OfficeRow
from onestop.queries.people import HisDossier, Likeness, Person
from onestop.queries.reckoning import Reckoning
from onestop.queries.reckoning import reckon as reckon_at
from onestop.rules.catalogue_search import Index
from onestop.rules.channels import Closed, closed
from onestop.rules.declarations import DeclarationLetter
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.rules.intake import (
    CertifyForm,
    Delivery,
    PartyForm,
    PersonForm,
    ReceiveForm,
    Typed,
    read_draft,
    read_unfinished,
)
from onestop.rules.letters import ReceiptLetter
from onestop.rules.linked import Group, group_for
from onestop.rules.procedure import Channel, Procedure

RECENT = 8
"""Dossiers of a person that are offered to be copied."""


def _here(connection: Connection) -> OfficeRow:
    here = office.this_office(connection)
    if here is None:
        raise StoreTrouble("office.none")
    return here


# -- people ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AtDesk:
    """A registered person as the counter needs him: everything kept, and his dossiers, the latest first."""

    person: Person
    dossiers: tuple[HisDossier, ...] = ()


def at_desk(connection: Connection, citizen_id: str) -> AtDesk | None:
    """The person with this id, or the one that he was found to be."""
    found = people.person(connection, citizen_id)
    if found is None:
        return None
    return AtDesk(found, tuple(people.dossiers_of(connection, (found.id, *found.same), RECENT)))


def holder(connection: Connection, values: Mapping[str, Any]) -> AtDesk | None:
    """The person who has one of the papers in `values` (identity number, CMND, passport, tax code)."""
    known = people.by_paper(connection, _here(connection).id, values)
    return at_desk(connection, known) if known else None


def alike(connection: Connection, values: Mapping[str, Any], besides: str | None = None) -> list[Likeness]:
    """Registered people who resemble the one being entered, the likeliest first."""
    return people.alike(connection, values, besides)


# -- procedures --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offer:
    """The procedures that may be received on a day: to be searched, by code, and the quick list in its order."""

    index: Index
    rows: Mapping[str, EntryRow]
    quick: tuple[str, ...]


def offer(connection: Connection, day: date) -> Offer:
    """What is offered on `day`; ask again when the catalogue has changed."""
    here = _here(connection)
    rows = {row.code: row for row in catalogue.entries(connection, here.id, day) if row.enabled}
    quick = sorted((row for row in rows.values() if row.quick), key=lambda row: (row.quick, row.code))
    return Offer(catalogue.index(connection, here.id, day), rows, tuple(row.code for row in quick))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The procedure picked, as it is in force. `agency`: who decides where the ward only receives, else "". `closed`:
    the channels by which it is not taken in that day; `group`: what it may be filed together with."""

    procedure: Procedure
    agency: str = ""
    closed: Mapping[Channel, Closed] = field(default_factory=dict)
    group: Group | None = None


def choose(connection: Connection, code: str, day: date) -> Chosen | None:
    """The procedure with this code as it is in force on `day`; None when the catalogue has none."""
    here = _here(connection)
    found = catalogue.effective(connection, here.id, code, day)
    if found is None:
        return None
    key = found.procedure.competent_agency
    shut = (closed(found.procedure, channel, day, found.provenance) for channel in Channel)
    return Chosen(
        found.procedure,
        here.agencies.get(key, {}).get("name", key) if key else "",
        {each.channel: each for each in shut if each is not None},
        group_for(found.procedure.code, day),
    )


def reckon(connection: Connection, form: ReceiveForm, at: datetime) -> Reckoning:
    """`reckoning.reckon` for this office."""
    return reckon_at(connection, _here(connection).id, form, at)


def preview(
    connection: Connection, form: ReceiveForm, at: datetime, clerk: str, options: LetterOptions
) -> ReceiptLetter:
    """The draft receipt, for the citizen to read before a number is used."""
    return draft_receipt(connection, _here(connection).id, form, at, clerk, options)


def declaration(connection: Connection, form: ReceiveForm, at: datetime) -> DeclarationLetter:
    """The citizen's declaration, filled in with what the form has so far. RuleBroken declaration.none."""
    return declarations.of_form(connection, _here(connection).id, form, at)


# -- drafts and earlier dossiers ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A form to go on with. `draft` None: a copy, to be kept as a new draft. `known`: the registered people that it
    names, by the id in the form. `unfinished`: what was being typed beside it. `pages`: some were scanned for it."""

    form: ReceiveForm
    chosen: Chosen | None
    known: Mapping[str, AtDesk]
    draft: str | None = None
    saved_at: datetime | None = None
    unfinished: Typed = field(default_factory=dict)
    pages: bool = False


def open_drafts(connection: Connection, clerk_id: str) -> list[dossiers.DraftRow]:
    """The clerk's drafts that are neither received nor put aside, the latest first."""
    return dossiers.drafts(connection, _here(connection).id, clerk_id)


def take_up(connection: Connection, draft_id: str, day: date) -> TakenUp:
    """A draft to go on with. RuleBroken draft.unknown, draft.received, and those of reading the form."""
    row = dossiers.draft(connection, draft_id)
    if row is None:
        raise RuleBroken("draft.unknown", draft=draft_id)
    if row.state == "received":
        raise RuleBroken("draft.received", title=row.title)
    form = replace(read_draft(row.form), draft=row.id)
    found = _with_people(connection, form, day, row.id, row.saved_at)
    scanned = bool(papers.pages(connection, draft=row.id))
    return replace(found, unfinished=read_unfinished(row.form), pages=scanned)


def take_up_slip(connection: Connection, name: str, day: date) -> TakenUp:
    """The draft that a PHIẾU YÊU CẦU BỔ SUNG belongs to, by what its QR says or its id.

    RuleBroken intake.unknown, and those of `take_up`.
    """
    row = intake(connection, name)
    if row is None or not row.values["draft_id"]:
        raise RuleBroken("intake.unknown", code=name)
    return take_up(connection, row.values["draft_id"], day)


def copy_of(connection: Connection, dossier_id: str, day: date) -> TakenUp:
    """A new form with the people, fields and wishes of an earlier dossier; its papers have to be looked at anew.

    RuleBroken("dossier.unknown").
    """
    found = dossiers.one(connection, dossier_id, history=False)
    if found is None:
        raise RuleBroken("dossier.unknown", code=dossier_id)
    values = found.values
    form = ReceiveForm(
        procedure=values["procedure_code"],
        owner=PersonForm(id=values["owner_id"]),
        case=values["case_key"] or None,
        channel=Channel(values["channel"]),
        source=values["source"],
        assisted=values["assisted"],
        submitter=PersonForm(id=values["submitter_id"]) if values["submitter_id"] else None,
        relation=values["relation"],
        parties=tuple(
            PartyForm(each.role, PersonForm(id=each.citizen_id))
            for each in found.persons
            if each.role not in ("owner", "submitter")
        ),
        phone=values["phone"],
        email=values["email"],
        summary=values["summary"] or "",
        fields=dict(values["fields"] or {}),
        certify=tuple(CertifyForm(each["name"], each["pages"], each["copies"]) for each in values["certify"] or ()),
        sets=values["sets"],
        result_copies=values["result_copies"],
        exemption=values["exemption"],
        delivery=Delivery(**(values["delivery"] or {})),
        linked=tuple(each.key for each in found.parts),
    )
    return _with_people(connection, form, day)


def _with_people(
    connection: Connection, form: ReceiveForm, day: date, draft: str | None = None, saved_at: datetime | None = None
) -> TakenUp:
    form = replace(
        form,
        owner=_found_meanwhile(connection, form.owner),
        submitter=_found_meanwhile(connection, form.submitter) if form.submitter else None,
        parties=tuple(replace(each, person=_found_meanwhile(connection, each.person)) for each in form.parties),
    )
    named = [form.owner, form.submitter, *(party.person for party in form.parties)]
    known = {each.id: at_desk(connection, each.id) for each in named if each is not None and each.id}
    chosen = choose(connection, form.procedure, day) if form.procedure else None
    if chosen is not None:
        try:
            chosen.procedure.case(form.case)
        except KeyError:
            form = replace(form, case=None)  # the catalogue has moved on since
    return TakenUp(form, chosen, {key: there for key, there in known.items() if there is not None}, draft, saved_at)


def _found_meanwhile(connection: Connection, form: PersonForm) -> PersonForm:
    """Somebody who was not registered when the form was kept, and is by now."""
    if form.id:
        return form
    values = {name: getattr(form, name) for name in form.__dataclass_fields__}
    known = people.by_paper(connection, _here(connection).id, values)
    return PersonForm(id=known) if known else form
