"""Where an office receives, and who decides where it only receives: points of reception, other agencies.

NĐ 118/2025 art. 7.3: a ward's centre may have further points; art. 14.2: it takes procedures of any authority in the
province, whose code stands before the dossier's (art. 28).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from onestop.rules import codes
from onestop.rules.errors import RuleBroken
from onestop.rules.text import clean, fold, new_key


@dataclass(frozen=True, slots=True)
class Point:
    """A point of reception; the first one is printed on letters."""

    name: str
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency that decides what is received here. `key`: what the catalogue calls it; "" for one yet to be named."""

    key: str
    code: str
    name: str


def check_points(points: Iterable[Point]) -> list[dict[str, Any]]:
    """The points as they are kept, in their order. RuleBroken `point.no-name`, `point.twice`, with `place` from 0."""
    kept: list[dict[str, Any]] = []
    names: set[str] = set()
    for place, point in enumerate(points):
        name = clean(point.name)
        if not name:
            raise RuleBroken("point.no-name", field="name", place=place)
        if fold(name) in names:
            raise RuleBroken("point.twice", field="name", place=place, name=name)
        names.add(fold(name))
        kept.append({"name": name, "address": clean(point.address) or None, "phone": clean(point.phone) or None})
    return kept


def check_agency(agency: Agency, own: str, known: Mapping[str, Mapping[str, str]]) -> tuple[str, dict[str, str]]:
    """The key and what is kept under it. `own`: this office's code; `known`: the agencies there are, by key.

    RuleBroken `agency.no-name`, `code.prefix-bad`, `agency.own-code`, `agency.code-taken`, each with its `field`.
    """
    name = clean(agency.name)
    if not name:
        raise RuleBroken("agency.no-name", field="name")
    code = codes.agency(agency.code)
    if code == own:
        raise RuleBroken("agency.own-code", field="code", code=code)
    key = agency.key or new_key(name, known, "co-quan")
    other = next((each for each in known if each != key and known[each].get("code") == code), None)
    if other is not None:
        raise RuleBroken("agency.code-taken", field="code", code=code, name=known[other].get("name") or other)
    return key, {"code": code, "name": name}
