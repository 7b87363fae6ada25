"""Nhập bù: what was received on a pre-printed sheet while nothing worked, and is entered afterwards.

The limit runs from the moment on the paper, so that moment has to be one that the sheet can bear: after it was printed,
not to come, and not so long ago that nobody remembers. How long is data with dates.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from onestop.clock import VIETNAM, local
from onestop.rules import codes
from onestop.rules.errors import RuleBroken
from onestop.rules.text import fold

RULES = Path(__file__).resolve().parent.parent.parent / "resources" / "catalogue" / "late-entry.toml"

TO_CONFIRM = "late-entry"
"""In `dossier.to_confirm`: a supervisor has not said yet that paper and entry agree."""
DOUBTED = "late-entry-refused"
"""The same once a supervisor has said that they do not. What the citizen holds stays valid, so the dossier goes on; it
stays marked, with the reason, until what was wrong is mended and a supervisor confirms it after all."""


class Why(StrEnum):
    """Why a dossier was received on paper."""

    POWER = "power"
    NETWORK = "network"
    MACHINE = "machine"


WORDS: Mapping[Why, tuple[str, ...]] = {
    Why.POWER: ("mat dien", "cup dien"),
    Why.NETWORK: ("mat mang", "dut mang"),
    Why.MACHINE: ("may hong", "hong may"),
}
"""What people write for it, folded; the first is its name."""


@dataclass(frozen=True, slots=True)
class LateEntry:
    """What is said of the paper: the sheet's code, its moment (text as typed), who received, why not in the program."""

    sheet: str = ""
    at: str = ""
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LateRule:
    """How late one may enter, how many sheets are few, how many one batch has at most."""

    days: int
    few: int
    most: int
    source: str
    valid_from: date
    valid_to: date | None = None
    checked: bool = True

    def holds_on(self, day: date) -> bool:
        """Whether what is entered on `day` falls under it."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def read_sheet(text: str) -> str:
    """The code of a sheet however written. RuleBroken late.no-sheet, late.sheet-unknown (it is no such code)."""
    if not text.strip():
        raise RuleBroken("late.no-sheet", field="late_entry.sheet")
    found = codes.read_temporary(text)
    if found is None:
        raise RuleBroken("late.sheet-unknown", field="late_entry.sheet", sheet=text.strip()[:64])
    return found.text


_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})[ ,]+(?:lúc +)?(\d{1,2})(?:[:hg]| giờ )(\d{2})")


def read_moment(text: str) -> datetime:
    """The moment on the paper: ISO, or as people write it ("23/11/2026 9:05", "23/11/2026 9h05"); without a zone it is
    Vietnamese time. RuleBroken late.no-moment."""
    said = " ".join(text.split())
    written = _DAY.fullmatch(said)
    try:
        if written is not None:
            day, month, year, hour, minute = map(int, written.groups())
            return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)
        if len(said) < len("2026-11-23T09:05"):
            raise ValueError(said)
        moment = datetime.fromisoformat(said)
        return local(moment if moment.tzinfo is not None else moment.replace(tzinfo=VIETNAM))
    except (ValueError, OverflowError) as error:
        raise RuleBroken("late.no-moment", field="late_entry.at", value=said[:64]) from error


def read_why(text: str) -> Why:
    """The reason by its key or in words. RuleBroken late.no-reason."""
    said = fold(text)
    for why, words in WORDS.items():
        if said == why or said in words:
            return why
    known = ", ".join(each.value for each in Why)
    raise RuleBroken("late.no-reason", field="late_entry.reason", value=text.strip()[:64], known=known)


def demand_past(at: datetime, now: datetime) -> None:
    """RuleBroken late.to-come, late.too-old (days)."""
    if at > now:
        raise RuleBroken("late.to-come", field="late_entry.at", at=_words(at))
    rule = rule_on(local(now).date())
    if (local(now).date() - local(at).date()).days > rule.days:
        raise RuleBroken("late.too-old", field="late_entry.at", at=_words(at), days=rule.days)


def demand_bearable(at: datetime, printed: datetime, now: datetime) -> None:
    """What `demand_past` asks, and RuleBroken late.before-sheet where there was no such sheet yet."""
    demand_past(at, now)
    # The moment on a paper is a minute; a sheet is printed at some second of one.
    if at.replace(second=59) < printed.replace(microsecond=0):
        raise RuleBroken("late.before-sheet", field="late_entry.at", printed=_words(printed))


def _words(moment: datetime) -> str:
    there = local(moment)
    return f"{there.hour}:{there:%M} {there:%d/%m/%Y}"


def demand_sound(given: Mapping[str, Any], entered: datetime, subjects: Iterable[tuple[str, str]]) -> None:
    """What the centre asks of a dossier that says it was entered late: RuleBroken late.to-come where its paper is from
    after the entry or the entry itself from after its act, late.too-old, late.sheet-unknown where no sheet goes with
    it, or another one than its code says.

    KeyError, ValueError, TypeError where the body is not what its kind asks for.
    """
    late = given["late_entry"]
    moment = datetime.fromisoformat(late["entered_at"])
    if moment > entered:
        raise RuleBroken("late.to-come", field="late_entry.entered_at", at=_words(moment))
    demand_past(datetime.fromisoformat(late["at"]), moment)
    if ("reserved_sheet", given["code"]) not in set(subjects) or late["sheet"] != given["code"]:
        raise RuleBroken("late.sheet-unknown", field="late_entry.sheet", sheet=str(late["sheet"])[:64])
    if given["to_confirm"] != TO_CONFIRM:
        raise RuleBroken("late.unconfirmed", field="late_entry")


def rule_on(day: date) -> LateRule:
    """The rule in force on `day`; before the first of them, the first."""
    return next((rule for rule in rules() if rule.holds_on(day)), rules()[0])


@cache
def rules() -> tuple[LateRule, ...]:
    """Every row of resources/catalogue/late-entry.toml."""
    with RULES.open("rb") as stream:
        return read_rules(tomllib.load(stream)["rule"])


def read_rules(rows: Iterable[Mapping[str, Any]]) -> tuple[LateRule, ...]:
    """Rows of the file as values. ValueError where a number is none, or two rows share a day."""
    read = tuple(LateRule(**row) for row in rows)
    for index, rule in enumerate(read):
        if min(rule.days, rule.few, rule.most) < 1:
            raise ValueError(f"not a number of days or sheets: {rule}")
        for other in read[index + 1 :]:
            if rule.holds_on(other.valid_from) or other.holds_on(rule.valid_from):
                raise ValueError(f"two rules on the same day: {rule.valid_from} and {other.valid_from}")
    return read


# ---- a supervisor's word ------------------------------------------------------------------------------------------

CONFIRMED, REFUSED = "confirm-late", "refuse-late"
ANSWERS = (CONFIRMED, REFUSED)
"""The moves of `rules.moves` under these names."""


def answer(move: str, to_confirm: str | None, late: Mapping[str, Any] | None, reason: str) -> dict[str, Any]:
    """What a supervisor's word leaves. RuleBroken late.nothing-to-confirm, late.doubted-already."""
    if late is None or to_confirm is None:
        raise RuleBroken("late.nothing-to-confirm")
    kept = {key: value for key, value in late.items() if key != "doubt"}
    if move == CONFIRMED:
        return {"to_confirm": None, "late_entry": kept}
    if to_confirm == DOUBTED:
        raise RuleBroken("late.doubted-already", reason=str(late.get("doubt") or ""))
    return {"to_confirm": DOUBTED, "late_entry": {**kept, "doubt": reason}}


def answered(move: str, found: Mapping[str, Any], left: Mapping[str, Any]) -> bool:
    """Whether an act that says it is such a word does what it may and no more."""
    before, after = found["late_entry"], left["late_entry"]
    if before is None or after is None:
        return False
    same = {**before, "doubt": None} == {**after, "doubt": None}
    doubts = isinstance(after.get("doubt"), str) and bool(after["doubt"].strip())
    if move == CONFIRMED:
        return same and found["to_confirm"] in (TO_CONFIRM, DOUBTED) and left["to_confirm"] is None and not doubts
    return same and found["to_confirm"] == TO_CONFIRM and left["to_confirm"] == DOUBTED and doubts
