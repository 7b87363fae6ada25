"""What of a dossier is copied into another system, in that system's order. Numbers of persons are masked here: whoever
copies one opens it by an act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from onestop.clock import local
from onestop.queries import dossiers, office, papers, people
from onestop.queries.dossiers import Dossier
from onestop.queries.reckoning import reckon
from onestop.rules import copy_panel
from onestop.rules.copy_panel import NUMBER, OF_FORM, PERSONS, Profile
from onestop.rules.errors import RuleBroken
from onestop.rules.identity import mask
from onestop.rules.intake import PersonForm, ReceiveForm

PROFILE = "copy_profile"
"""Option of the office: the key of the profile that is copied by."""


@dataclass(frozen=True, slots=True)
class CopyField:
    """A field to copy. `opens`: the person whose number `text` masks; the number itself is asked for when it is
    copied. `typed`: the number that `text` masks, of somebody who is not registered yet: whoever copies it has just
    typed it."""

    label: str
    text: str
    opens: str | None = None
    typed: str = ""


@dataclass(frozen=True, slots=True)
class CopyPanel:
    """The fields of a dossier, or of a form that is being filled in (`subject`), that have something in them, in the
    order of the other system. `papers`: how many files there are to be uploaded; `external`: its code there."""

    subject: str
    profile: str
    name: str
    example: bool
    fields: tuple[CopyField, ...]
    papers: int = 0
    received: bool = True
    external: str = ""


def panel(
    connection: Connection, dossier_id: str, profiles: tuple[Profile, ...] = (), key: str = ""
) -> CopyPanel | None:
    """What is copied of this dossier by the profile `key` of `profiles` (else the office's choice of those that ship);
    None when there is none."""
    found = dossiers.one(connection, dossier_id, history=False)
    here = office.this_office(connection)
    if found is None or here is None:
        return None
    wanted = copy_panel.profile(key or here.options.get(PROFILE), profiles)
    known = {each.role: people.person(connection, each.citizen_id) for each in found.persons if each.role in PERSONS}
    persons = {role: (person.id, person.values) for role, person in known.items() if person is not None}
    fields = _fields(wanted, _values(found), persons, found.values["fields"] or {})
    files = sum(each.blob is not None for each in papers.of_dossier(connection, dossier_id))
    external = found.values["external_code"] or ""
    return CopyPanel(dossier_id, wanted.key, wanted.name, wanted.example, fields, files, external=external)


def of_form(
    connection: Connection, form: ReceiveForm, at: datetime, profiles: tuple[Profile, ...] = (), key: str = ""
) -> CopyPanel | None:
    """The same of a form that is being filled in, before anything is received; None without an office or a procedure
    that there is."""
    here = office.this_office(connection)
    if here is None or not form.procedure:
        return None
    wanted = copy_panel.profile(key or here.options.get(PROFILE), profiles)
    try:
        found = reckon(connection, here.id, form, at)
    except RuleBroken:
        return None
    persons = {
        role: _person_of(connection, given)
        for role, given in (("owner", form.owner), ("submitter", form.submitter))
        if given is not None
    }
    procedure = found.procedure
    values = {
        "procedure.code": procedure.code,
        "procedure.name": procedure.short_name or procedure.name,
        "case": found.case_name,
        "due": _day(found.deadline.due),
        "summary": form.summary,
        "phone": form.phone or "",
        "email": form.email or "",
        "fee": "" if found.fee.total is None else str(found.fee.total),
    }
    fields = _fields(wanted, values, persons, form.fields)
    return CopyPanel(form.draft or "", wanted.key, wanted.name, wanted.example, fields, received=False)


def _person_of(connection: Connection, given: PersonForm) -> tuple[str, Mapping[str, Any]]:
    known = people.person(connection, given.id) if given.id else None
    if known is not None:
        return known.id, known.values
    return "", {name: getattr(given, name) for name in given.__dataclass_fields__}


def _fields(
    wanted: Profile,
    values: Mapping[str, str],
    persons: Mapping[str, tuple[str, Mapping[str, Any]]],
    form: Mapping[str, Any],
) -> tuple[CopyField, ...]:
    fields = []
    for field in wanted.fields:
        whose, _point, what = field.take.partition(".")
        person, of_person = persons.get(whose, ("", {}))
        if whose in PERSONS:
            text = _plain(of_person.get(what))
        elif field.take.startswith(OF_FORM):
            text = _plain(form.get(what))
        else:
            text = values.get(field.take, "")
        if text and whose in PERSONS and what == NUMBER:
            fields.append(CopyField(field.label, mask(text), person or None, "" if person else text))
        elif text:
            fields.append(CopyField(field.label, text))
    return tuple(fields)


def _values(found: Dossier) -> Mapping[str, str]:
    given = found.values
    return {
        "code": found.code,
        "procedure.code": given["procedure_code"],
        "procedure.name": given["procedure_name"],
        "case": given["case_name"] or "",
        "received": _day(given["received_at"]),
        "due": _day(given["due_at"]),
        "summary": given["summary"] or "",
        "phone": given["phone"] or "",
        "email": given["email"] or "",
        "fee": "" if given["fee_total"] is None else str(given["fee_total"]),
    }


def _day(at: datetime | None) -> str:
    return f"{local(at):%d/%m/%Y}" if at is not None else ""


def _plain(value: Any) -> str:
    """As a form takes it: a day as 05/03/1990, what is given in part as it is."""
    text = "" if value is None else str(value)
    parts = text.split("-")
    return "/".join(reversed(parts)) if len(parts) in (2, 3) and all(part.isdigit() for part in parts) else text
