"""The result templates of an office: those in use (its own, else those that come with the program), their versions, and
the fields that the forms of their procedures have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from onestop.queries import catalogue, office
from onestop.rules.result_starters import starters
from onestop.rules.result_template import Template, from_plain
from onestop.store import schema

_t = schema.result_template.c

IN_USE, SUPERSEDED, RETIRED = "in-use", "superseded", "retired"
COMES_ALONG = 0
"""The version of a template as it comes with the program."""


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One version of one template. `version` 0: as it comes with the program."""

    key: str
    version: int
    status: str
    template: Template
    at: datetime | None = None
    by: str = ""

    @property
    def id(self) -> str:
        """By which a letter says what it was made of."""
        return f"{self.key}@{self.version}"

    @property
    def name(self) -> str:
        """As it is picked."""
        return self.template.name

    def is_for(self, procedure: str) -> bool:
        """Whether it is a result of this procedure."""
        return not self.template.procedures or procedure in self.template.procedures


def templates(connection: Connection, retired: bool = False) -> tuple[TemplateRow, ...]:
    """The latest version of each, by name; those that come with the program where the office has none of that key.
    `retired` gives those too that are used no more."""
    latest: dict[str, TemplateRow] = {}
    for row in _rows(connection, select(schema.result_template).order_by(_t.key, _t.version)):
        latest[row.key] = row
    for key, template in starters().items():
        latest.setdefault(key, TemplateRow(key, COMES_ALONG, IN_USE, template))
    found = [each for each in latest.values() if retired or each.status == IN_USE]
    return tuple(sorted(found, key=lambda each: (each.status == RETIRED, each.name.casefold(), each.key)))


def versions(connection: Connection, key: str) -> tuple[TemplateRow, ...]:
    """Every version of one template that the office published, the latest first."""
    found = _rows(connection, select(schema.result_template).where(_t.key == key).order_by(_t.version.desc()))
    return (*found[:1], *(replace(each, status=SUPERSEDED) for each in found[1:]))


def for_procedure(connection: Connection, procedure: str) -> tuple[TemplateRow, ...]:
    """The templates in use that make a result of this procedure; those made for it alone before those for any."""
    found = [each for each in templates(connection) if each.is_for(procedure)]
    return tuple(sorted(found, key=lambda each: not each.template.procedures))


def _rows(connection: Connection, query: Any) -> tuple[TemplateRow, ...]:
    rows = connection.execute(query).all()
    names = {each.id: each.name for each in office.clerks(connection, active_only=False)} if rows else {}
    return tuple(
        TemplateRow(row.key, row.version, row.status, from_plain(row.content), row.at, names.get(row.by, ""))
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class FormFields:
    """What the forms of some procedures ask, name -> label, and the roles that their dossiers name people in."""

    fields: dict[str, str]
    roles: tuple[str, ...]


def form_fields(connection: Connection, procedures: Sequence[str], day: date) -> FormFields:
    """Of these procedures; of all that this office receives where none is named."""
    here = office.this_office(connection)
    fields: dict[str, str] = {}
    roles: dict[str, None] = {}
    if here is not None:
        for code in procedures or _received(connection, here.id, day):
            found = catalogue.effective(connection, here.id, code, day)
            if found is None:
                continue
            for each in found.procedure.fields:
                fields.setdefault(each.name, each.label)
            roles |= dict.fromkeys(found.procedure.parties)
    return FormFields(fields, tuple(roles))


def _received(connection: Connection, office_id: str, day: date) -> Iterable[str]:
    return [each.code for each in catalogue.entries(connection, office_id, day) if each.enabled]
