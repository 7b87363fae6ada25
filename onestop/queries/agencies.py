"""The agencies that decide what is received here: those the office has entered, and those its catalogue names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Text, select, type_coerce

from onestop.queries import office
from onestop.store import schema

_v = schema.procedure_version.c


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency by its key. `code` and `name` are "" while nobody has entered it; `procedures`: names of those in force
    that it decides."""

    key: str
    code: str
    name: str
    procedures: tuple[str, ...] = ()


def agencies(connection: Connection, day: date) -> list[AgencyRow]:
    """By name, those that the catalogue names and nobody has entered first."""
    here = office.this_office(connection)
    if here is None:
        return []
    named = deciding(connection, here.id, day)
    rows = [
        AgencyRow(key, known.get("code") or "", known.get("name") or "", tuple(named.pop(key, ())))
        for key, known in here.agencies.items()
    ]
    rows += [AgencyRow(key, "", "", tuple(names)) for key, names in named.items()]
    return sorted(rows, key=lambda row: (bool(row.code), row.name or row.key))


def deciding(connection: Connection, office_id: str, day: date) -> dict[str, list[str]]:
    """Key of an agency -> names of the procedures in force on `day` that it decides."""
    content = type_coerce(_v.content, Text)
    today = day.isoformat()
    rows = connection.execute(
        select(_v.name, content.label("content")).where(
            _v.office_id == office_id,
            _v.status == "in-force",
            _v.valid_from <= today,
            (_v.valid_to.is_(None)) | (_v.valid_to >= today),
            content.like('%"competent_agency"%'),
        )
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        plain = json.loads(row.content)
        if key := plain.get("competent_agency"):
            found.setdefault(key, []).append(plain.get("short_name") or row.name)
    return found
