"""How often, until when and to what effect a dossier may be sent back to be completed: law as a table with dates."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from onestop.rules.deadline import Regime

TABLE = Path(__file__).resolve().parent.parent.parent / "resources" / "catalogue" / "supplements.toml"


@dataclass(frozen=True, slots=True)
class SupplementRule:
    """One row: for which procedures (none: for all others), how many `rounds`, within how many working days of the
    receipt each is asked for (`notice`, the last one counts for all that follow), what it does to the limit.

    `confirmed` False: found in the catalogue or in practice, not read in the law itself.
    """

    procedures: tuple[str, ...]
    rounds: int
    notice: tuple[int, ...]
    regime: Regime
    source: str
    valid_from: date
    valid_to: date | None = None
    confirmed: bool = True

    def holds(self, procedure: str, day: date) -> bool:
        """Whether a dossier of this procedure, received on `day`, falls under it."""
        in_force = self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
        return in_force and (not self.procedures or procedure in self.procedures)

    def notice_of(self, round_no: int) -> int:
        """Working days in which request number `round_no` (from 1) is made."""
        return self.notice[min(round_no, len(self.notice)) - 1]


def rule_for(procedure: str, received: date) -> SupplementRule:
    """The row that counts: a procedure's own before that of all."""
    found = [each for each in rules() if each.holds(procedure, received)]
    return max(found, key=lambda each: bool(each.procedures))


@cache
def rules() -> tuple[SupplementRule, ...]:
    """Every row of resources/catalogue/supplements.toml."""
    with TABLE.open("rb") as stream:
        return read_rules(tomllib.load(stream)["rule"])


def read_rules(rows: Iterable[Mapping[str, Any]]) -> tuple[SupplementRule, ...]:
    """Rows of the file as values. ValueError where a row allows no round or names no days."""
    read = []
    for row in rows:
        values = {
            **row,
            "procedures": tuple(row.get("procedures", ())),
            "notice": tuple(row["notice"]),
            "regime": Regime(row["regime"]),
        }
        rule = SupplementRule(**values)
        if rule.rounds < 1 or not rule.notice or min(rule.notice) < 1:
            raise ValueError(f"a rule without rounds or days: {rule.source}")
        read.append(rule)
    return tuple(read)
