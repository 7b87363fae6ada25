"""A dossier changes hands: given to somebody, taken over, given back to the counter; what comes for somebody on leave
goes to his deputy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from onestop import clock
from onestop.queries import absence, hands, office
from onestop.queries.absence import Stand
from onestop.queries.hands import Taker
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.hands import demand_hands
from onestop.rules.moves import ASSIGN, RETURN, TAKE, MoveForm
from onestop.rules.roles import Permission, may
from onestop.store.acts import Subject
from onestop.store.work import Work


@dataclass(frozen=True, slots=True)
class Handed:
    """What a change of hands leaves, says, and has to have remarked."""

    left: dict[str, Any]
    said: dict[str, Any] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    beside: tuple[Subject, ...] = ()
    """What the act mentions besides the dossier: the leave because of which somebody else got it."""


def given(work: Work, wanted: str) -> Handed:
    """Handed to somebody, who has not said yet that he has it; what one gives to oneself one has. RuleBroken hands.*,
    absence.deputy-gone."""
    if not wanted.strip():
        return Handed({"holder": None, "taken_at": None})
    taker = hands.taker(work.connection, wanted)
    stand = absence.stands_for(work.connection, taker.holder, clock.local(work.now).date()) if taker.clerk else None
    if stand is None:
        return _to(work, taker)
    deputy = _to(work, Taker(stand.deputy.id, stand.deputy.name, clerk=True))
    said = {**deputy.said, "instead_of": taker.holder, "absence": stand.absence.id}
    return Handed(deputy.left, said, (_remark(taker, stand),), (("absence", stand.absence.id),))


def _to(work: Work, taker: Taker) -> Handed:
    taken = work.now if taker.holder == work.actor.id else None
    return Handed({"holder": taker.holder, "taken_at": taken}, {"to": taker.holder})


def _remark(taker: Taker, stand: Stand) -> Remark:
    until = "/".join(reversed(stand.absence.until_day.split("-")))
    how = None if until else "open"
    return Remark("hands.deputy", {"absent": taker.name, "deputy": stand.deputy.name, "until": until, "how": how})


def _demand(work: Work, move: str, values: Mapping[str, Any]) -> None:
    here = hands.hands_of(work.connection, values)
    demand_hands(move, here, work.actor.id, may(work.actor.role, Permission.DECIDE))


def elsewhere(work: Work, values: Mapping[str, Any], by: str) -> RuleBroken:
    """Somebody has given it to somebody else while it was looked at."""
    here = hands.hands_of(work.connection, values)
    how = None if here.holder else "counter"
    return RuleBroken("hands.meanwhile", by=by, to=here.name, how=how)


def assign(work: Work, form: MoveForm, values: Mapping[str, Any]) -> Handed:
    """Given to a named clerk or section by whoever has it, or by a supervisor. RuleBroken hands.same."""
    _demand(work, form.move, values)
    handed = given(work, form.to)
    if handed.left["holder"] == values["holder"]:
        name = hands.hands_of(work.connection, values).name
        raise RuleBroken("hands.same", field="to", to=name)
    return replace(handed, said={**handed.said, "note": form.note})


def take(work: Work, form: MoveForm, values: Mapping[str, Any]) -> Handed:
    """Whoever it was given to has it now; what a section was given is from now on his who took it."""
    _demand(work, form.move, values)
    return Handed({"holder": work.actor.id, "taken_at": work.now})


def give_back(work: Work, form: MoveForm, values: Mapping[str, Any]) -> Handed:
    """Back to the counter: to the clerk who received it, or to nobody in particular where he has it himself, works here
    no more or moves no dossiers any longer."""
    _demand(work, form.move, values)
    receiver = values["received_by"]
    clerk = next((each for each in office.clerks(work.connection) if each.id == receiver), None)
    to_counter = clerk is None or not may(clerk.role, Permission.MOVE) or receiver == values["holder"]
    handed = Handed({"holder": None, "taken_at": None}) if to_counter else given(work, receiver)
    return replace(handed, said={**handed.said, "reason": form.reason})


DECIDES = {ASSIGN: assign, TAKE: take, RETURN: give_back}
