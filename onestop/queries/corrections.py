"""What was corrected of a dossier after its receipt, when and by whom; what of it can be corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from onestop.clock import local
from onestop.queries import catalogue, dossiers, office, people
from onestop.queries.dossiers import Dossier
from onestop.rules.dossier import groups_of
from onestop.rules.procedure import FormField
from onestop.store import acts, schema
from onestop.store.acts import Act

CORRECTED, SETTLED = "dossier.corrected", "act.settled"

_a, _s = schema.act.c, schema.act_subject.c


def of_dossier(connection: Connection, dossier_id: str) -> Iterator[Act]:
    """The corrections that count, in order; one that was made again after a conflict is the act that settled it."""
    rows = connection.execute(
        select(schema.act)
        .join(schema.act_subject, _s.act_id == _a.act_id)
        .where(
            _s.table_name == "dossier",
            _s.subject_id == dossier_id,
            _a.kind.in_((CORRECTED, SETTLED)),
            _a.verdict.is_(None) | (_a.verdict == "ok"),
        )
        .order_by(*acts.ORDER)
    )
    for row in rows:
        act = acts.read(row)
        if act.kind == CORRECTED or (act.body.get("again") or {}).get("kind") == CORRECTED:
            yield act


def groups(act: Act) -> dict[str, list[object]]:
    """What a correction, or one made again, changed: group -> old and new value."""
    body = act.body.get("again", {}).get("body") or act.body
    found: dict[str, list[object]] = body["groups"]
    return found


def last(connection: Connection, dossier_id: str) -> datetime | None:
    """When the dossier was last corrected; None where it stands as received."""
    return max((act.at for act in of_dossier(connection, dossier_id)), default=None)


def last_day(connection: Connection, dossier_id: str) -> date | None:
    """The Vietnamese day of the last correction; None where the dossier stands as received."""
    at = last(connection, dossier_id)
    return local(at).date() if at is not None else None


def last_by(connection: Connection, dossier_id: str, group: str) -> str:
    """The name of the clerk who last corrected this group; "" for nobody."""
    found = [act.actor for act in of_dossier(connection, dossier_id) if group in groups(act)]
    return office.clerk_name(connection, found[-1]) if found else ""


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person of the dossier: the name that stands in it, and the one that is registered now."""

    position: int
    role: str
    name: str
    registered: str


@dataclass(frozen=True, slots=True)
class Correctable:
    """A dossier as whoever corrects it has it before the eyes. `groups`: group -> value; `fields`: those of the form
    of the version that it was received under."""

    dossier: Dossier
    groups: Mapping[str, Any]
    fields: tuple[FormField, ...] = ()
    persons: tuple[NamedPerson, ...] = ()


def correctable(connection: Connection, dossier_id: str) -> Correctable | None:
    """What can be corrected of this dossier; None where there is none."""
    found = dossiers.one(connection, dossier_id, history=False)
    if found is None:
        return None
    rows = connection.execute(
        select(schema.dossier_person).where(schema.dossier_person.c.dossier_id == dossier_id).order_by("position")
    ).all()
    components = [{name: getattr(each, name) for name in each.__dataclass_fields__} for each in found.components]
    persons = [{"position": row.position, "name": row.name} for row in rows]
    groups = groups_of({**found.values, "components": components, "persons": persons})
    procedure = catalogue.version(connection, found.values["procedure_version"])
    declared = tuple(each for each in procedure.fields if each.type != "note") if procedure is not None else ()
    return Correctable(found, groups, declared, tuple(_named(connection, row) for row in rows))


def _named(connection: Connection, row: Any) -> NamedPerson:
    known = people.person(connection, row.citizen_id)
    return NamedPerson(row.position, row.role, row.name, known.name if known is not None else row.name)


def labels(connection: Connection, version: str) -> dict[str, str]:
    """Name of a field of the form of this version -> its label."""
    procedure = catalogue.version(connection, version)
    return {each.name: each.label for each in procedure.fields} if procedure is not None else {}
