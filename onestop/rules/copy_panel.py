"""Which fields of a dossier are copied into another system, in the order of that system's form: a table, no code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from onestop.rules.errors import RuleBroken

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


class BadProfile(ValueError):
    """A table of profiles that cannot be: `code` and `details` of the sentence that says what is wrong with it."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(f"{code} {details}: a profile of the copy panel")
        self.code, self.details = code, details


@cache
def profiles() -> tuple[Profile, ...]:
    """Every profile of resources/catalogue/copy-panel.toml."""
    with TABLE.open("rb") as stream:
        return read_profiles(tomllib.load(stream)["profile"])


def profile(key: str | None, among: tuple[Profile, ...] = ()) -> Profile:
    """The profile with this key (of those that ship, unless told otherwise), the first one where there is none of that
    name."""
    known = among or profiles()
    return next((each for each in known if each.key == key), known[0])


def own_profiles(text: str) -> tuple[Profile, ...]:
    """The profiles of an office's own file, then those that ship under other keys.

    RuleBroken copy-panel.syntax (line), copy-panel.row, copy-panel.no-fields, copy-panel.twice, copy-panel.take.
    """
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        how = {"how": "line", "line": line.group(1)} if line else {}
        raise RuleBroken("copy-panel.syntax", **how) from error
    rows = plain.get("profile")
    if not isinstance(rows, list) or not rows or not all(isinstance(each, dict) for each in rows):
        raise RuleBroken("copy-panel.none")
    try:
        own = read_profiles(rows)
    except BadProfile as bad:
        raise RuleBroken(bad.code, **bad.details) from bad
    taken = {each.key for each in own}
    return (*own, *(each for each in profiles() if each.key not in taken))


def read_profiles(rows: Iterable[Mapping[str, Any]]) -> tuple[Profile, ...]:
    """Profiles of the file as values. BadProfile for a profile without name or fields, a key that comes twice, and for
    what a dossier does not have."""
    read = tuple(map(_profile, rows))
    keys = [each.key for each in read]
    for key in keys:
        if keys.count(key) > 1:
            raise BadProfile("copy-panel.twice", key=key)
    return read


def _profile(row: Mapping[str, Any]) -> Profile:
    key, name, fields = row.get("key"), row.get("name"), row.get("fields")
    if not isinstance(key, str) or not key or not isinstance(name, str) or not name:
        raise BadProfile("copy-panel.row", key=str(key or name or "?"))
    if not isinstance(fields, list) or not fields:
        raise BadProfile("copy-panel.no-fields", key=key)
    read = []
    for each in fields:
        given = each if isinstance(each, dict) else {}
        label, take = given.get("label"), given.get("take")
        if set(given) != {"label", "take"} or not isinstance(label, str) or not isinstance(take, str):
            raise BadProfile("copy-panel.field", key=key)
        _demand_known(take)
        read.append(Wanted(label, take))
    return Profile(key, name, tuple(read), bool(row.get("example")))


def _demand_known(take: str) -> None:
    whose, _point, what = take.partition(".")
    known = take in OF_DOSSIER or (whose in PERSONS and what in OF_PERSON)
    if not known and not (take.startswith(OF_FORM) and len(take) > len(OF_FORM)):
        raise BadProfile("copy-panel.take", take=take)
