"""What of a dossier is copied into another system, in that system's order. Numbers of persons are masked here: whoever
copies one opens it by an act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from onestop.clock import local
from onestop.queries import dossiers, office, people
from onestop.queries.dossiers import Dossier
from onestop.rules import copy_panel
from onestop.rules.copy_panel import NUMBER, OF_FORM, PERSONS
from onestop.rules.identity import mask

PROFILE = "copy_profile"
"""Option of the office: the key of the profile that is copied by."""


@dataclass(frozen=True, slots=True)
class CopyField:
    """A field to copy. `opens`: the person whose number `text` masks; the number itself is asked for when it is
    copied."""

    label: str
    text: str
    opens: str | None = None


@dataclass(frozen=True, slots=True)
class CopyPanel:
    """The fields of a dossier that have something in them, in the order of the other system."""

    dossier: str
    name: str
    example: bool
    fields: tuple[CopyField, ...]


def panel(connection: Connection, dossier_id: str) -> CopyPanel | None:
    """What is copied of this dossier; None when there is none."""
    found = dossiers.one(connection, dossier_id, history=False)
    here = office.this_office(connection)
    if found is None or here is None:
        return None
    wanted = copy_panel.profile(here.options.get(PROFILE))
    persons = {each.role: people.person(connection, each.citizen_id) for each in found.persons if each.role in PERSONS}
    values = _values(found)
    fields = []
    for field in wanted.fields:
        whose, _point, what = field.take.partition(".")
        person = persons.get(whose)
        if whose in PERSONS:
            text = _plain(person.values.get(what)) if person is not None else ""
        elif field.take.startswith(OF_FORM):
            text = _plain((found.values["fields"] or {}).get(what))
        else:
            text = values[field.take]
        if text and person is not None and what == NUMBER:
            fields.append(CopyField(field.label, mask(text), person.id))
        elif text:
            fields.append(CopyField(field.label, text))
    return CopyPanel(dossier_id, wanted.name, wanted.example, tuple(fields))


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
