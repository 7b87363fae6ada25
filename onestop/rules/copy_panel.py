"""Which fields of a dossier are copied into another system, in the order of that system's form: a table, no code."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).resolve().parent.parent.parent / "resources" / "catalogue" / "copy-panel.toml"

PERSONS = ("owner", "submitter")
OF_PERSON = ("name", "identity_number", "date_of_birth", "sex", "address")
OF_DOSSIER = (
    "code", "procedure.code", "procedure.name", "case", "received", "due", "summary", "phone", "email", "fee",
)  # fmt: skip
OF_FORM = "fields."
"""What stands before the key of a field of the procedure's own form."""
NUMBER = "identity_number"
"""Shown masked, and opened by an act when it is copied."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field of the other system, and what is copied there."""

    label: str
    take: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One form of one system. `example`: nobody has held it against the real form yet."""

    key: str
    name: str
    fields: tuple[Wanted, ...]
    example: bool = False


@cache
def profiles() -> tuple[Profile, ...]:
    """Every profile of resources/catalogue/copy-panel.toml."""
    with TABLE.open("rb") as stream:
        return read_profiles(tomllib.load(stream)["profile"])


def profile(key: str | None) -> Profile:
    """The profile with this key, the first one where there is none of that name."""
    return next((each for each in profiles() if each.key == key), profiles()[0])


def read_profiles(rows: Iterable[Mapping[str, Any]]) -> tuple[Profile, ...]:
    """Profiles of the file as values. ValueError for a profile without fields, a key that comes twice, and for what a
    dossier does not have."""
    read = tuple(
        Profile(row["key"], row["name"], tuple(Wanted(**each) for each in row["fields"]), bool(row.get("example")))
        for row in rows
    )
    if len({each.key for each in read}) < len(read):
        raise ValueError("a profile comes twice")
    for one in read:
        if not one.fields:
            raise ValueError(f"a profile without fields: {one.key}")
        for field in one.fields:
            _demand_known(field.take)
    return read


def _demand_known(take: str) -> None:
    whose, _point, what = take.partition(".")
    known = take in OF_DOSSIER or (whose in PERSONS and what in OF_PERSON)
    if not known and not (take.startswith(OF_FORM) and len(take) > len(OF_FORM)):
        raise ValueError(f"a dossier has no {take}")
