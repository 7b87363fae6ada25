"""The signing programs that are known, by a table (resources/signing/programs.toml): what one is told and answers."""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from onestop.rules.errors import RuleBroken

TABLE = Path(__file__).resolve().parent.parent / "resources" / "signing" / "programs.toml"


class Way(StrEnum):
    """How a paper gets there and back."""

    FETCH = "fetch"
    INLINE = "inline"


class Outcome(StrEnum):
    """What an answer says."""

    GOOD = "good"
    REFUSED = "refused"
    FAILED = "failed"
    PROGRESS = "progress"


@dataclass(frozen=True, slots=True)
class Program:
    """One row; the words are explained in the table."""

    key: str
    name: str
    address: str
    way: Way
    request: Mapping[str, Any]
    status: str
    good: tuple[str, ...]
    refused: tuple[str, ...] = ()
    says: str = ""
    file: str = ""
    part: str = ""
    thanks: Mapping[str, Any] = field(default_factory=dict)

    def asked(self, holes: Mapping[str, str]) -> dict[str, Any]:
        """The request with its holes filled in."""
        return filled(self.request, holes)

    def outcome(self, answer: Mapping[str, Any]) -> Outcome:
        """How it went, by an answer."""
        if self.status not in answer:
            return Outcome.PROGRESS
        said = str(answer[self.status])
        if said in self.good:
            return Outcome.GOOD
        return Outcome.REFUSED if said in self.refused else Outcome.FAILED

    def words(self, answer: Mapping[str, Any]) -> str:
        """What the program says to the person."""
        return str(answer.get(self.says, "") or answer.get(self.status, ""))


@cache
def programs() -> Mapping[str, Program]:
    """Every row by its key."""
    rows = tomllib.loads(TABLE.read_text("utf-8"))["program"]
    return {row["key"]: row_of(row) for row in rows}


def row_of(row: Mapping[str, Any]) -> Program:
    """A row of the table."""
    return Program(
        key=row["key"],
        name=row["name"],
        address=row["address"],
        way=Way(row["way"]),
        request=row["request"],
        status=row["status"],
        good=tuple(row["good"]),
        refused=tuple(row["refused"]),
        says=row["says"],
        file=row.get("file", ""),
        part=row.get("part", ""),
        thanks=row.get("thanks", {}),
    )


def filled(shape: Mapping[str, Any], holes: Mapping[str, str]) -> dict[str, Any]:
    """`shape` with `{word}` in its texts replaced."""
    found = {}
    for key, value in shape.items():
        if isinstance(value, str):
            for hole, word in holes.items():
                value = value.replace(f"{{{hole}}}", word)
        found[key] = value
    return found


def demand_local(address: str) -> None:
    """RuleBroken sign.not-local unless a web socket on this very machine is meant, by number: a name could be
    anybody's, and papers do not leave the PC."""
    parts = urlsplit(address)
    try:
        local = ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        local = False
    if not local or parts.scheme not in ("ws", "wss"):
        raise RuleBroken("sign.not-local", address=address)
