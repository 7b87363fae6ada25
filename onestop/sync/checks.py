"""What the centre checks of an act, kind by kind, beside the right of whoever made it: numbers and names that must be
free in the whole office, which nobody else can know, and what no program of ours makes, whatever program sends it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from onestop import clock
from onestop.actions import linking
from onestop.actions.delivery import KINDS as DELIVERY
from onestop.rules import (
    absence,
    codes,
    correcting,
    delivery,
    late_entry,
    part_results,
    ratings,
    result_letters,
    result_template,
    signers,
    supplements,
)
from onestop.rules.dossier import OPEN, Move, State
from onestop.rules.dossier_file import OWED
from onestop.rules.errors import RuleBroken
from onestop.rules.move_acts import STAYS, demand_legal, demand_stays
from onestop.rules.moves import ACTS, ASSIGN, BEGUN, IMPORTED, RECEIVED, REGISTERED, RETURN, TAKE
from onestop.rules.roles import Permission
from onestop.store import schema
from onestop.store.acts import Act
from onestop.store.replay import Replay
from onestop.sync.protocol import Verdict


@dataclass(frozen=True, slots=True)
class Refused(Exception):
    """The verdict on an act that does not count, and why."""

    verdict: Verdict
    details: Mapping[str, Any]


class Bench(Protocol):
    """What a check asks of the court (`court.Court`). `settling`: what is judged is done again after a conflict."""

    replay: Replay

    @property
    def settling(self) -> bool: ...

    def may(self, permission: Permission) -> bool: ...

    def demand_may(self, permission: Permission) -> None: ...

    def demand_free(self, deed: Act, code: str) -> None: ...

    def demand_login_free(self, deed: Act) -> None: ...


def plain(details: Mapping[str, Any]) -> Mapping[str, Any]:
    """Details as JSON holds them (both values of a conflict may hold times)."""
    return {key: _as_json(value) for key, value in details.items()}


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return schema.instant_text(value)
    if isinstance(value, Mapping):
        return {str(key): _as_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(each) for each in value]
    return value


@contextmanager
def _judging(verdict: Verdict = Verdict.REJECTED) -> Iterator[None]:
    """A rule that is broken in here refuses the act."""
    try:
        yield
    except RuleBroken as broken:
        raise Refused(verdict, {**plain(broken.details), "code": broken.code}) from broken


# ---- how a dossier begins -----------------------------------------------------------------------------------------


def codes_of(deed: Act) -> tuple[str, ...]:
    """The codes that an act gives to its dossier."""
    if deed.kind in BEGUN:
        given = deed.body["dossier"]
        return tuple(dict.fromkeys(given[key] for key in ("code", *linking.KEYS) if given.get(key)))
    if deed.kind == "dossier.linked":
        return tuple(deed.body[key] for key in linking.KEYS if deed.body.get(key))
    return ()


def _codes_free(bench: Bench, deed: Act) -> None:
    for code in codes_of(deed):
        bench.demand_free(deed, code)


_LATER = frozenset(
    {
        "shelf",
        "calls",
        "delivered",
        "posting",
        "post_list",
        "custody",
        "handed_to",
        "promised_at",
        "extended_at",
        "reason",
    }
)
"""Columns that no dossier has as it begins, whatever comes later."""
_ELSEWHERE = frozenset({"origin", "came_from", "holder", "taken_at", "waits", "supplement_until", "result"})
"""Those that only a dossier of an older system can have."""


def _begun_sound(_bench: Bench, deed: Act) -> None:
    """A dossier begins at its beginning. What was entered late says so as our programs do: from a sheet, and of a
    moment before the entry."""
    given = deed.body["dossier"]
    never = _LATER if deed.kind == IMPORTED else _LATER | _ELSEWHERE
    if any(given.get(each) is not None for each in never):
        raise ValueError("it has had a life already")
    if deed.kind == IMPORTED and State(given["state"]) not in OWED:
        raise ValueError("nothing is owed of it")
    if given.get("late_entry") is None:
        return
    if deed.kind != RECEIVED:
        raise ValueError("only what is received here comes from a sheet")
    with _judging():
        late_entry.demand_sound(given, deed.at, deed.subjects)


def _sheet_sound(bench: Bench, deed: Act) -> None:
    """A sheet bears a temporary code, which no dossier has."""
    code = deed.subjects[0][1]
    found = codes.read_temporary(code)
    if found is None or found.text != code:
        raise Refused(Verdict.REJECTED, {"code": "late.sheet-unknown", "sheet": code[:64]})
    bench.demand_free(deed, code)


# ---- its moves ----------------------------------------------------------------------------------------------------


def _move_allowed(bench: Bench, deed: Act) -> None:
    """A move that no program of ours makes is refused; one that another's has overtaken is a conflict."""
    with _judging():
        demand_legal(deed.kind, deed.body)
    standing = bench.replay.state(("dossier", deed.subjects[0][1]))
    move = str(deed.body["move"])
    if move == TAKE and deed.body["to"]["holder"] != deed.actor:
        raise Refused(Verdict.REJECTED, {"code": "hands.not-yours", "by": deed.body["to"]["holder"]})
    if move not in STAYS or standing is None:
        return
    with _judging(Verdict.CONFLICT):
        demand_stays(move, State(standing["state"]))


def _hands_off(bench: Bench, deed: Act) -> None:
    """What another clerk has, only a supervisor gives on or back (`rules/hands.py`), but for what comes back to oneself
    after a leave. Where it is done again after a conflict, whoever settles has seen who has it."""
    holder = deed.body["from"]["holder"]
    if bench.settling or not holder or holder == deed.actor or bench.may(Permission.DECIDE):
        return
    if bench.replay.state(("clerk", holder)) is None:
        return  # a section has it
    leaves = [bench.replay.state(each) for each in deed.subjects if each[0] == "absence"]
    back = any(each is not None and each["clerk_id"] == deed.actor for each in leaves)
    if not back or deed.body["to"]["holder"] != deed.actor:
        raise Refused(Verdict.REJECTED, {"code": "hands.not-yours", "by": holder})


def _again_allowed(bench: Bench, deed: Act) -> None:
    """One request for a supplement more than the law has rounds for is a supervisor's (NĐ 118/2025 art. 16.3)."""
    standing = bench.replay.state(("dossier", deed.subjects[0][1]))
    if standing is None:
        return
    day = clock.local(standing["received_at"]).date()
    if deed.body["to"]["supplements"] > supplements.rule_for(standing["procedure_code"], day).rounds:
        bench.demand_may(Permission.DECIDE)


def _correction_sound(bench: Bench, deed: Act) -> None:
    """A correction that no program of ours makes is refused; one after the result is a supervisor's."""
    with _judging():
        state = correcting.demand_legal(deed.body)
    if state not in OPEN:
        bench.demand_may(Permission.DECIDE)


# ---- its results --------------------------------------------------------------------------------------------------


def _part_sound(bench: Bench, deed: Act) -> None:
    """The result of a part is one; where none is given any more, another move has overtaken it."""
    with _judging():
        part_results.demand_sound(deed.body)
    standing = bench.replay.state(("dossier", deed.subjects[0][1]))
    if standing is not None:
        with _judging(Verdict.CONFLICT):
            part_results.demand_state(State(standing["state"]))


def _letter_sound(_bench: Bench, deed: Act) -> None:
    with _judging():
        result_letters.demand_sound(deed.body["letter"])


def _delivery_sound(_bench: Bench, deed: Act) -> None:
    with _judging():
        delivery.demand_sound(deed.kind, deed.body)


def _rating_sound(_bench: Bench, deed: Act) -> None:
    """A rating that no citizen could have given is refused."""
    with _judging():
        ratings.demand_said(deed.body, deed.subjects)


# ---- the office ---------------------------------------------------------------------------------------------------


def _leave_sound(_bench: Bench, deed: Act) -> None:
    with _judging():
        absence.demand_sound(deed.body["absence"])


def _back_allowed(bench: Bench, deed: Act) -> None:
    """One is back by one's own word, or a supervisor's."""
    leave = bench.replay.state(deed.subjects[0])
    if leave is not None and leave["clerk_id"] != deed.actor:
        bench.demand_may(Permission.DELEGATE)


def _signer_sound(bench: Bench, deed: Act) -> None:
    """Who signs is somebody who could have been entered, and stands for somebody who is there."""
    given = signers.read_signer({**deed.body["signer"], "id": deed.subjects[0][1]})
    whom = bench.replay.state(("signer", given.stands_for)) if given.stands_for else None
    with _judging():
        signers.checked(given, [signers.read_signer(whom)] if whom is not None else [])


def _template_sound(_bench: Bench, deed: Act) -> None:
    """A template is one that every counter can read, under the name of its version."""
    given: Any = deed.body.get("template")
    if given is None and deed.kind == "template.retired":
        return  # a version that the office published
    if deed.subjects[0][1] != f"{deed.office_id}/{given['key']}@{given['version']}":
        raise ValueError("not the version that it says")
    with _judging():
        result_template.from_plain(given["content"])


CHECKS: Mapping[str, tuple[Callable[[Bench, Act], None], ...]] = {
    RECEIVED: (_codes_free, _begun_sound),
    REGISTERED: (_codes_free, _begun_sound),
    IMPORTED: (_codes_free, _begun_sound),
    "dossier.linked": (_codes_free,),
    "sheet.reserved": (_sheet_sound,),
    "clerk.set": (Bench.demand_login_free,),
    "dossier.corrected": (_correction_sound,),
    "rating.given": (_rating_sound,),
    part_results.PART_FINISHED: (_part_sound,),
    result_letters.MADE: (_letter_sound,),
    **dict.fromkeys((kind.name for kind in DELIVERY), (_delivery_sound,)),
    "absence.begun": (_leave_sound,),
    "absence.ended": (_back_allowed,),
    "signer.added": (_signer_sound,),
    "template.published": (_template_sound,),
    "template.retired": (_template_sound,),
    **dict.fromkeys(ACTS.values(), (_move_allowed,)),
    ACTS[ASSIGN]: (_move_allowed, _hands_off),
    ACTS[RETURN]: (_move_allowed, _hands_off),
    ACTS[Move.SUPPLEMENT]: (_move_allowed, _again_allowed),
}
