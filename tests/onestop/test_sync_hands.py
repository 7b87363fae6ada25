"""Two counters hand one dossier over, take it or give it back at once: one stands, the other is told and settled by a
person; what no program of ours makes is refused. A leave is folded at both."""

from __future__ import annotations

from typing import Any

import pytest

from onestop.actions import absence, process, receive, settle
from onestop.queries import absence as queries
from onestop.queries import dossiers
from onestop.rules.absence import AbsenceForm
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import PersonForm, ReceiveForm
from onestop.rules.moves import MoveForm
from tests.helpers.counters import CALM, Desk, MakeWorld, World
from tests.helpers.office import EXTRACT
from tests.helpers.sync_contract import Chain, exchange, unsettled


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    return make_world(1, CALM)


def given(world: World, to: str = "") -> Any:
    """A dossier that both counters know, with `to`."""
    person = PersonForm(name="Trần Thị Mẫu", date_of_birth="1990", no_paper_reason="mất")
    found = world.one.perform(receive.take_in, ReceiveForm(EXTRACT, person, complete=True), "ha")
    if to:
        do(world.one, found.id, "assign", "ha", to=to)
    exchange(world)
    return found.id


def do(desk: Desk, dossier: str, move: str, login: str, **said: Any) -> Any:
    with desk.world.clock_of(desk):
        return desk.perform(process.move, MoveForm(dossier, move, **said), login)


def held(desk: Desk, dossier: str) -> tuple[Any, Any]:
    found = desk.office.read(dossiers.one, dossier)
    assert found is not None
    return found.values["holder"], found.values["taken_at"]


def clerk(world: World, login: str) -> str:
    found = world.one.office.clerk(login)
    assert found is not None
    return found.id


def at_once(world: World) -> Any:
    world.one.exchange()
    exchange(world)
    (left,) = unsettled(world.one)
    assert [each.act_id for each in unsettled(world.two)] == [left.act_id]
    return left


def test_two_who_take_one_at_once_the_second_is_told_what_the_first_did(world: World) -> None:
    dossier = given(world, "Tư pháp")
    do(world.one, dossier, "take", "lan")
    do(world.two, dossier, "take", "duc")
    left = at_once(world)
    assert (left.verdict, left.act.body["move"]) == ("conflict", "take")
    assert (left.details["group"], left.details["current"]) == ("holder", clerk(world, "lan"))
    for desk in world.desks:
        assert held(desk, dossier)[0] == clerk(world, "lan")
    with pytest.raises(RuleBroken) as refused:
        world.two.perform(settle.settle, settle.SettleForm(left.act_id, "mine"), "duc")
    assert refused.value.code == "settle.do-again", "whoever has it now is asked"
    world.two.perform(settle.settle, settle.SettleForm(left.act_id, "theirs"), "duc")
    exchange(world)
    assert world.differences() == []
    with pytest.raises(RuleBroken) as late:
        do(world.two, dossier, "take", "duc")
    assert late.value.code == "hands.taken"


def test_given_to_two_at_once_a_person_settles_to_whom_it_goes(world: World) -> None:
    dossier = given(world)
    do(world.one, dossier, "assign", "ha", to="lan")
    do(world.two, dossier, "assign", "ha", to="duc")
    left = at_once(world)
    assert held(world.two, dossier)[0] == clerk(world, "lan")
    with world.clock_of(world.two):
        world.two.perform(settle.settle, settle.SettleForm(left.act_id, "mine"), "ha")
    exchange(world)
    for desk in world.desks:
        assert held(desk, dossier) == (clerk(world, "duc"), None)
    assert world.differences() == []


def test_what_was_finished_meanwhile_is_given_to_nobody(world: World) -> None:
    dossier = given(world)
    do(world.one, dossier, "finish", "ha")
    do(world.two, dossier, "assign", "ha", to="lan")
    left = at_once(world)
    assert (left.verdict, left.details["code"]) == ("conflict", "dossier.move-not-allowed")
    assert held(world.two, dossier) == (None, None)
    with pytest.raises(RuleBroken) as refused:
        world.two.perform(settle.settle, settle.SettleForm(left.act_id, "mine"), "ha")
    assert refused.value.code == "dossier.move-not-allowed"


NOBODY = {"holder": None, "taken_at": None}
AT = "2026-03-02T02:00:00.000000Z"


MADE_UP: tuple[tuple[str, str, dict[str, Any], dict[str, Any]], ...] = (
    ("dossier.assigned", "assign", NOBODY, NOBODY),
    ("dossier.assigned", "assign", {**NOBODY, "state": "received"}, {**NOBODY, "holder": "x", "state": "finished"}),
    ("dossier.taken", "take", NOBODY, {"holder": "x", "taken_at": AT}),
    ("dossier.taken", "take", {"holder": "x", "taken_at": None}, {"holder": "x", "taken_at": None}),
    ("dossier.taken", "take", {"holder": "x", "taken_at": AT}, {"holder": "y", "taken_at": AT}),
    ("dossier.given-back", "return", NOBODY, NOBODY),
)
"""Given to nobody, with another state; taken from nobody, without a moment, from somebody who has it; given back by
nobody."""


def test_what_no_counter_makes_is_refused(world: World) -> None:
    dossier, lan, chain = given(world, "lan"), clerk(world, "lan"), Chain(world)
    for kind, move, found, left in MADE_UP:
        record = chain.make(kind, [("dossier", dossier)], {"move": move, "from": found, "to": left, "said": {}})
        chain.send(record)
        assert chain.verdict(record)[0] == "rejected"
        assert chain.verdict(record)[1]["code"] == "dossier.move-not-allowed"
    # Nobody takes for somebody else.
    body = {
        "move": "take",
        "from": {"holder": lan, "taken_at": None},
        "to": {"holder": lan, "taken_at": AT},
        "said": {},
    }
    record = chain.make("dossier.taken", [("dossier", dossier)], body)
    chain.send(record)
    assert chain.verdict(record)[0] == "rejected"
    assert chain.verdict(record)[1]["code"] == "hands.not-yours"


def test_a_leave_is_the_same_at_both_counters(world: World) -> None:
    dossier = given(world, "lan")
    with world.clock_of(world.one):
        day = world.now.date().isoformat()
        world.one.perform(absence.begin, AbsenceForm("lan", "ha", day, "", "nghỉ ốm"), "demo")
    exchange(world)
    assert held(world.two, dossier)[0] == clerk(world, "ha")
    assert [each.login for each in world.two.office.read(queries.absences)] == ["lan"]
    with world.clock_of(world.two):
        world.two.perform(absence.end, "lan", "lan")
    exchange(world)
    assert held(world.one, dossier)[0] == clerk(world, "lan")
    assert world.one.office.read(queries.absences) == ()
    assert world.differences() == []
