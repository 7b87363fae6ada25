"""What the receive screen proposes and the clerk may overwrite: the summary on the receipt, fields taken from people.

Papers are Vietnamese whatever language the screen speaks, so nothing here is translated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from onestop.rules.procedure import Case, Procedure

CONCERNED = (
    "con",
    "con-nuoi",
    "nguoi-chet",
    "ben-nam",
    "ben-nu",
    "nguoi-duoc-giam-ho",
    "nguoi-duoc-nhan",
    "nguoi-duoc-cai-chinh",
    "nguoi-de-lai-di-san",
    "nguoi-duoc-huong",
)
"""Roles of the people whom a dossier is about; the others only help to tell it."""


def summary(procedure: Procedure, case: Case | None, named: Sequence[tuple[str, str]], documents: int = 0) -> str:
    """The trích yếu: the procedure's short name, its case, and whom it is about.

    `named`: (role, name) of the parties; `documents`: how many lines a certified-copies dossier has.
    """
    text = procedure.short_name or procedure.name
    if case is not None and case.name:
        text += f" – {case.name[0].lower()}{case.name[1:]}"
    about = [name for role in CONCERNED for each, name in named if each == role and name]
    if about:
        text += ": " + " và ".join(about)
    elif documents:
        text += f": {documents} giấy tờ"
    return text


def taken(procedure: Procedure, people: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Form field → value for the fields that are taken from somebody known (`taken_from` "con.date_of_birth").

    `people`: "owner", "submitter" or a role → columns of that person. A field whose source says nothing is left out.
    """
    values = {}
    for field in procedure.fields:
        role, _, column = field.taken_from.partition(".")
        value = people.get(role, {}).get(column) if column else None
        if value:
            values[field.name] = str(value)
    return values
