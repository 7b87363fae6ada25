"""An office's particulars as its installer writes them down (office.toml), read into the form that founds it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any
from unicodedata import normalize

from onestop.actions.manage import ClerkForm, FoundForm
from onestop.rules import why
from onestop.rules.calendar import read_hours
from onestop.rules.errors import RuleBroken

REQUIRED = ("code", "name", "parent_name", "place")
TEXTS = (*REQUIRED, "province", "address", "phone", "email")
TABLES = ("hours", "points", "clerks", "agencies", "options")
POINT = ("name", "address", "phone")
CLERK = ("login", "name", "role", "title", "counter")
AGENCY = ("code", "name")


def read(toml_text: str, demo: bool = False) -> FoundForm:
    """The form in the text of an office file (its format: docs/guide/office-file.md).

    RuleBroken: office-file.unreadable (reason), office-file.unknown-key, office-file.missing, office-file.wrong-type
    (each with `key`, where it stands), and hours.bad. What an office must be is decided by `manage.found`.
    """
    try:
        plain: dict[str, Any] = tomllib.loads(normalize("NFC", toml_text.removeprefix("\ufeff")))
    except tomllib.TOMLDecodeError as fault:
        raise RuleBroken("office-file.unreadable", reason=why.of_text(fault)) from fault
    _known(plain, (*TEXTS, *TABLES, "counter", "counters"), "")
    values: dict[str, Any] = {key: _text(plain, key, "") for key in TEXTS}
    for key in REQUIRED:
        if not values[key]:
            raise RuleBroken("office-file.missing", field=key, key=key)
        values[key] = values[key] or ""
    hours = _table(plain, "hours")
    if hours:
        read_hours(hours)
    agencies = _table(plain, "agencies")
    return FoundForm(
        **values,
        demo=demo,
        counter=_count(plain, "counter"),
        counters=_count(plain, "counters"),
        hours=hours or None,
        points=tuple(_row(each, POINT, ("name",), "points") for each in _list(plain, "points")),
        clerks=tuple(
            ClerkForm(**_row(each, CLERK, ("login", "name", "role"), "clerks")) for each in _list(plain, "clerks")
        ),
        agencies={
            key: {name: text or "" for name, text in _row(each, AGENCY, ("code",), f"agencies.{key}").items()}
            for key, each in agencies.items()
        },
        options=_table(plain, "options"),
    )


def _known(plain: Mapping[str, Any], keys: tuple[str, ...], where: str) -> None:
    for key in plain:
        if key not in keys:
            raise RuleBroken("office-file.unknown-key", key=f"{where}.{key}" if where else key)


def _text(plain: Mapping[str, Any], key: str, where: str) -> str | None:
    value = plain.get(key)
    if value is not None and not isinstance(value, str):
        raise RuleBroken("office-file.wrong-type", wanted="text", field=key, key=f"{where}.{key}" if where else key)
    return (value or "").strip() or None


def _count(plain: Mapping[str, Any], key: str) -> int:
    value = plain.get(key, 1)
    if isinstance(value, bool) or not isinstance(value, int):
        raise RuleBroken("office-file.wrong-type", wanted="number", field=key, key=key)
    return value


def _table(plain: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = plain.get(key, {})
    if not isinstance(value, dict):
        raise RuleBroken("office-file.wrong-type", wanted="table", field=key, key=key)
    return value


def _list(plain: Mapping[str, Any], key: str) -> list[Any]:
    value = plain.get(key, [])
    if not isinstance(value, list):
        raise RuleBroken("office-file.wrong-type", wanted="tables", field=key, key=key)
    return value


def _row(plain: Any, keys: tuple[str, ...], required: tuple[str, ...], where: str) -> dict[str, Any]:
    if not isinstance(plain, dict):
        raise RuleBroken("office-file.wrong-type", wanted="table", field=where, key=where)
    _known(plain, keys, where)
    row = {key: _text(plain, key, where) for key in keys}
    for key in required:
        if not row[key]:
            raise RuleBroken("office-file.missing", field=where, key=f"{where}.{key}")
    return row
