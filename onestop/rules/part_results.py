"""What is said of one result of a linked filing: its number, day and signer, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onestop.rules.dossier import FINAL, State
from onestop.rules.errors import RuleBroken
from onestop.rules.moves import result_day

PART_FINISHED = "part.finished"
"""The kind of the act."""
PART = "part"
"""What `motcua dossier act` calls it."""
NO_RESULT_IN = FINAL | {State.NEW, State.SUPPLEMENT, State.FINISHED}
"""Before it is accepted, while it waits for the citizen and once all is handed to the counter no part gets a result."""


@dataclass(frozen=True, slots=True)
class PartForm:
    """The result of one part of the dossier with this id or code. `reason`: why there is none. `date` ISO, "" = today;
    `title` "" = the name of the part."""

    dossier: str
    part: str
    title: str = ""
    number: str = ""
    date: str = ""
    signer: str = ""
    reason: str = ""


_KEYS = {"part": "part", "result": "title", "number": "number", "date": "date", "signer": "signer", "reason": "reason"}
"""Key of the file → what it is here; a result's title is called as with `finish`."""


def read_part(dossier: str, plain: Any) -> PartForm:
    """The form of `motcua dossier act CODE part --file F.json`. RuleBroken form.*."""
    if not isinstance(plain, dict):
        raise RuleBroken("form.not-an-object")
    values: dict[str, str] = {}
    for key, value in plain.items():
        if key not in _KEYS:
            raise RuleBroken("form.unknown-key", key=key)
        if value is not None and not isinstance(value, str):
            raise RuleBroken("form.wrong-type", field=key, key=key, wanted="text", how="text")
        values[_KEYS[key]] = " ".join((value or "").split())
    if not values.get("part"):
        raise RuleBroken("form.key-missing", field="part", key="part")
    return PartForm(dossier, **values)


def demand_state(state: State) -> None:
    """RuleBroken part.state where no part gets a result."""
    if state in NO_RESULT_IN:
        raise RuleBroken("part.state", state=state.value)


def demand_sound(body: Mapping[str, Any]) -> None:
    """What the centre asks of the result of a part: RuleBroken part.nothing-said, move.result-date. KeyError,
    TypeError, ValueError where it is no result at all."""
    result = body["result"]
    if set(result) != {"title", "number", "date", "signer", "reason"}:
        raise ValueError("no result of a part")
    for each in (body["part"], *result.values()):
        if each is not None and not isinstance(each, str):
            raise TypeError("not a text")
    if not result["number"] and not result["reason"]:
        raise RuleBroken("part.nothing-said", field="number")
    result_day(result["date"])
