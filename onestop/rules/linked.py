"""Linked procedures: one filing with several results, each with the agency that gives it and a date of its own. Which
there are is law, a table with dates."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from onestop.clock import local
from onestop.rules.calendar import Calendar
from onestop.rules.deadline import Deadline, HourRule, Step, count
from onestop.rules.errors import RuleBroken
from onestop.rules.procedure import Limit, Unit

TABLE = Path(__file__).resolve().parent.parent.parent / "resources" / "catalogue" / "linked.toml"


@dataclass(frozen=True, slots=True)
class Part:
    """One result of a linked filing. `limit` None: the limit of the procedure that it is filed under. `agency` "": who
    decides on that one. `after`: the part whose result it needs, from whose date its own limit counts. `usual` False:
    it is chosen only where the citizen asks for it."""

    key: str
    name: str
    agency: str = ""
    after: str = ""
    limit: Limit | None = None
    usual: bool = True
    source: str = ""
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Procedures that are filed as one. The first part is the procedure's own result and always among those chosen."""

    key: str
    name: str
    procedure: str
    parts: tuple[Part, ...]
    source: str
    valid_from: date
    valid_to: date | None = None
    confirmed: bool = True

    def holds_on(self, day: date) -> bool:
        """Whether a filing of `day` may be linked so."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def certain(self) -> bool:
        """Was all of it read in a text?"""
        return self.confirmed and all(each.confirmed for each in self.parts)

    def usual(self) -> tuple[str, ...]:
        """The parts that are ticked by themselves."""
        return tuple(each.key for each in self.parts if each.usual)


@cache
def groups() -> tuple[Group, ...]:
    """Every group of resources/catalogue/linked.toml."""
    with TABLE.open("rb") as stream:
        return read_groups(tomllib.load(stream)["group"])


def group_for(procedure: str, day: date) -> Group | None:
    """The group that a filing of this procedure may be part of on `day`; None where there is none."""
    return next((each for each in groups() if each.procedure == procedure and each.holds_on(day)), None)


def read_groups(rows: Iterable[Mapping[str, Any]]) -> tuple[Group, ...]:
    """Rows of the file as values. ValueError for a group with fewer than two parts, a key that comes twice, a part
    after one that does not stand before it, a first part with a limit or any other without."""
    read = tuple(
        Group(**{key: value for key, value in row.items() if key != "part"}, parts=tuple(map(_part, row["part"])))
        for row in rows
    )
    keys = [key for group in read for key in (group.key, *(part.key for part in group.parts))]
    if len(set(keys)) < len(keys):
        raise ValueError("a key comes twice")
    for group in read:
        _demand_sound(group)
    return read


def _part(row: Mapping[str, Any]) -> Part:
    values = {key: value for key, value in row.items() if key not in ("number", "unit")}
    limit = Limit(row.get("number"), Unit(row["unit"])) if "unit" in row else None
    return Part(**values, limit=limit)


def _demand_sound(group: Group) -> None:
    if len(group.parts) < 2:
        raise ValueError(f"a group of fewer than two: {group.key}")
    before: list[str] = []
    for place, part in enumerate(group.parts):
        if (part.limit is None) != (place == 0):
            raise ValueError(f"only the first part has the procedure's own limit: {part.key}")
        if part.after and part.after not in before:
            raise ValueError(f"{part.key} comes after what does not stand before it")
        before.append(part.key)


# -- what was chosen


def chosen(wanted: Sequence[str], procedure: str, day: date) -> tuple[Part, ...]:
    """The parts that `wanted` means, in the order of the table: keys of parts, or the key of the group for its usual
    ones; the first part always, and whatever a part comes after. () where nothing is wanted.

    RuleBroken linked.none (this procedure is linked with nothing on that day), linked.unknown (value, known).
    """
    if not wanted:
        return ()
    group = group_for(procedure, day)
    if group is None:
        raise RuleBroken("linked.none", field="linked", code=procedure)
    known = {each.key: each for each in group.parts}
    keys = {group.parts[0].key}
    for each in wanted:
        if each == group.key:
            keys |= set(group.usual())
        elif each in known:
            keys |= {each, *filter(None, [known[each].after])}
        else:
            raise RuleBroken("linked.unknown", field="linked", value=each, known=[group.key, *known])
    return tuple(each for each in group.parts if each.key in keys)


# -- until when


@dataclass(frozen=True, slots=True)
class PartDue:
    """A part with its date and how that came about; `limit` is the one that was counted."""

    part: Part
    limit: Limit
    deadline: Deadline

    @property
    def due(self) -> datetime | None:
        """The promised instant; None where the law sets none."""
        return self.deadline.due


def reckon(
    parts: Sequence[Part], own: Limit, received: datetime, first: Deadline, calendar: Calendar, hour: HourRule
) -> tuple[PartDue, ...]:
    """When each part is due: the first as `first` says (its limit is `own`), each other by its own limit, from the date
    of the part that it comes after."""
    found: dict[str, PartDue] = {}
    for part in parts:
        if part.limit is None:
            found[part.key] = PartDue(part, own, first)
            continue
        before = found.get(part.after)
        start = (before.due if before is not None else None) or received
        counted = count(start, part.limit, calendar, hour)
        if before is not None and before.due is not None:
            then = Step(local(start).date(), "due.part", {"part": part.name})
            counted = Deadline(counted.due, (*before.deadline.steps, then, *counted.steps[1:]), days=counted.days)
        found[part.key] = PartDue(part, part.limit, counted)
    return tuple(found.values())


def latest(dues: Sequence[PartDue]) -> Deadline:
    """The date of the whole filing: that of its last part; without a date where one of them has none."""
    undated = next((each.deadline for each in dues if each.due is None), None)
    return undated if undated is not None else max(dues, key=_when).deadline


def _when(each: PartDue) -> datetime:
    assert each.due is not None
    return each.due
