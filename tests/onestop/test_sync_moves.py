"""Two counters move one dossier at once: one move stands, the other is a conflict that a person settles.

What no program of ours makes is refused, whoever sends it.
"""

from __future__ import annotations

from typing import Any

import pytest

from onestop.actions import process, receive, settle
from onestop.queries import dossiers
from onestop.rules.errors import NetworkTrouble, RuleBroken
from onestop.rules.intake import PersonForm, ReceiveForm
from onestop.rules.moves import MoveForm, Receiver
from onestop.store.schema import instant_text
from tests.helpers.counters import CALM, Desk, MakeWorld, World
from tests.helpers.office import EXTRACT
from tests.helpers.sync_contract import Chain, exchange, unsettled


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    return make_world(1, CALM)


def a_dossier(world: World) -> Any:
    """One that both counters know."""
    person = PersonForm(name="Trần Thị Mẫu", date_of_birth="1990", no_paper_reason="mất")
    found = world.one.perform(receive.take_in, ReceiveForm(EXTRACT, person, complete=True), "ha")
    exchange(world)
    return found


def do(desk: Desk, dossier: str, move: str, login: str = "ha", **said: Any) -> Any:
    if move in ("withdraw", "stop", "supplement", "extend", "recall"):
        said = {"reason": "vì thế", **said}
    with desk.world.clock_of(desk):
        return desk.perform(process.move, MoveForm(dossier, move, **said), login)


def row(desk: Desk, dossier: str) -> Any:
    found = desk.office.read(dossiers.one, dossier)
    assert found is not None
    return found.values


def at_once(world: World, dossier: str, first: tuple[str, dict[str, Any]], second: tuple[str, dict[str, Any]]) -> Any:
    """Both counters move it before they hear of each other; what is left to settle."""
    do(world.one, dossier, first[0], **first[1])
    do(world.two, dossier, second[0], **second[1])
    world.one.exchange()
    exchange(world)
    (left,) = unsettled(world.one)
    assert [each.act_id for each in unsettled(world.two)] == [left.act_id]
    assert row(world.one, dossier) == row(world.two, dossier)
    return left


FORWARD = ("forward", {"to": "Tư pháp"})


@pytest.mark.parametrize(("choice", "state"), [("theirs", "processing"), ("mine", "withdrawn")])
def test_of_two_moves_at_once_one_stands_and_a_person_settles_the_other(world: World, choice: str, state: str) -> None:
    dossier = a_dossier(world).id
    left = at_once(world, dossier, FORWARD, ("withdraw", {}))
    assert (left.verdict, left.act.body["move"]) == ("conflict", "withdraw")
    assert (left.details["group"], left.details["current"]) == ("state", "processing")
    assert row(world.two, dossier)["state"] == "processing"
    with world.clock_of(world.two):
        world.two.perform(settle.settle, settle.SettleForm(left.act_id, choice), "ha")
    exchange(world)
    for desk in world.desks:
        kept = row(desk, dossier)
        assert (kept["state"], kept["came_from"]) == (state, "processing" if choice == "mine" else "received")
        assert unsettled(desk) == []
    assert world.differences() == []


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (("withdraw", {}), FORWARD, "dossier.move-not-allowed"),
        (("supplement", {"items": ("a",)}), ("finish", {}), "dossier.move-not-allowed"),
        (("finish", {}), ("supplement", {"items": ("a",)}), "dossier.move-not-allowed"),
    ],
)
def test_what_the_law_no_longer_allows_is_not_made_again(world: World, first: Any, second: Any, code: str) -> None:
    dossier = a_dossier(world).id
    left = at_once(world, dossier, first, second)
    with pytest.raises(RuleBroken) as refused:
        world.two.perform(settle.settle, settle.SettleForm(left.act_id, "mine"), "ha")
    assert refused.value.code == code
    world.two.perform(settle.settle, settle.SettleForm(left.act_id, "theirs"), "ha")
    exchange(world)
    assert world.differences() == []


def test_what_it_reckoned_with_is_looked_at_again_by_a_person(world: World) -> None:
    """Sent back and complete again at one counter: another's request was counted on the days of before."""
    dossier = a_dossier(world).id
    do(world.one, dossier, "supplement", items=("a",))
    do(world.one, dossier, "complete")
    do(world.two, dossier, "supplement", items=("b",))
    world.one.exchange()
    exchange(world)
    (left,) = unsettled(world.two)
    assert row(world.two, dossier)["state"] == "received"
    with pytest.raises(RuleBroken) as refused:
        world.two.perform(settle.settle, settle.SettleForm(left.act_id, "mine"), "ha")
    assert refused.value.code == "settle.do-again"


def test_a_dossier_that_was_finished_meanwhile_is_not_put_off(world: World) -> None:
    dossier = a_dossier(world).id
    wanted = {"login": "demo", "due": "2026-03-20"}
    left = at_once(world, dossier, ("finish", {}), ("extend", wanted))
    assert (left.verdict, left.details["code"]) == ("conflict", "dossier.move-not-allowed")
    assert row(world.two, dossier)["promised_at"] is None
    with pytest.raises(RuleBroken) as refused:
        world.two.perform(settle.settle, settle.SettleForm(left.act_id, "mine"), "demo")
    assert refused.value.code == "dossier.move-not-allowed"


def test_what_was_overtaken_is_not_taken_back(world: World) -> None:
    """Taking back would undo the other counter's move, not one's own."""
    dossier = a_dossier(world).id
    do(world.one, dossier, "forward", "duc")
    world.one.exchange()
    do(world.two, dossier, "supplement", items=("a",))
    pushed, world.centre.push = world.centre.push, lost  # type: ignore[method-assign]
    assert world.two.exchange() is None
    world.centre.push = pushed  # type: ignore[method-assign]
    assert row(world.two, dossier)["state"] == "processing"
    with pytest.raises(RuleBroken) as refused:
        do(world.two, dossier, "undo")
    assert refused.value.code == "dossier.moved-meanwhile"
    exchange(world)
    assert row(world.two, dossier)["state"] == "processing"
    assert world.differences() == []


def lost(*_message: Any) -> Any:
    raise NetworkTrouble("network.unreachable")


def test_what_was_settled_is_not_taken_back(world: World) -> None:
    dossier = a_dossier(world).id
    left = at_once(world, dossier, FORWARD, ("withdraw", {}))
    world.two.perform(settle.settle, settle.SettleForm(left.act_id, "mine"), "ha")
    with pytest.raises(RuleBroken) as refused:
        do(world.two, dossier, "undo")
    assert refused.value.code == "undo.sent"


def test_what_is_taken_back_before_the_centre_heard_of_it_is_taken_back_everywhere(world: World) -> None:
    dossier = a_dossier(world).id
    before = row(world.one, dossier)
    do(world.one, dossier, "extend", "demo", due="2026-03-20")
    do(world.one, dossier, "undo", "demo")
    do(world.one, dossier, "supplement", items=("a",))
    do(world.one, dossier, "undo")
    exchange(world)
    assert unsettled(world.one) == []
    assert row(world.two, dossier) == before
    assert world.differences() == []


RECEIVED = {"state": "received", "came_from": None}


@pytest.mark.parametrize(
    ("kind", "move", "found", "left"),
    [
        ("dossier.handed-back", "hand-back", {}, {"state": "handed-back", "came_from": "received"}),
        ("dossier.forwarded", "forward", {}, {"state": "finished", "came_from": "received"}),
        ("dossier.forwarded", "forward", {}, {"state": "processing", "came_from": "supplement"}),
        ("dossier.forwarded", "finish", {}, {"state": "processing", "came_from": "received"}),
        (
            "dossier.forwarded",
            "forward",
            {"owner_name": "Trần Thị Mẫu"},
            {"state": "processing", "came_from": "received", "owner_name": "Người khác"},
        ),
        ("dossier.undone", "undo", {}, {"state": "finished", "came_from": None}),
    ],
)
def test_a_move_that_no_counter_makes_is_refused(
    world: World, kind: str, move: str, found: dict[str, Any], left: dict[str, Any]
) -> None:
    dossier = a_dossier(world).id
    chain = Chain(world)
    said = {"was": "forward", "undoes": "x"} if move == "undo" else {}
    body = {"move": move, "from": {**RECEIVED, **found}, "to": left, "said": said}
    record = chain.make(kind, [("dossier", dossier)], body)
    chain.send(record)
    assert chain.verdict(record)[0] == "rejected"
    assert chain.verdict(record)[1]["code"] == "dossier.move-not-allowed"
    exchange(world)
    assert row(world.one, dossier)["state"] == "received"
    with pytest.raises(RuleBroken):
        world.one.perform(settle.settle, settle.SettleForm(record.act_id, "mine"), "demo")


@pytest.mark.parametrize("body", [{}, {"move": "forward", "from": {"state": "x", "came_from": None}, "to": {}}])
def test_a_move_that_says_nothing_is_put_aside(world: World, body: dict[str, Any]) -> None:
    dossier = a_dossier(world).id
    chain = Chain(world)
    record = chain.make("dossier.forwarded", [("dossier", dossier)], body)
    chain.send(record)
    assert chain.verdict(record)[0] in ("quarantined", "rejected")


def test_a_role_that_does_not_decide_stops_nothing(world: World) -> None:
    dossier = a_dossier(world).id
    chain = Chain(world)
    left = {"state": "stopped", "came_from": "received"}
    record = chain.make("dossier.stopped", [("dossier", dossier)], {"move": "stop", "from": RECEIVED, "to": left})
    chain.send(record)
    assert chain.verdict(record) == ("rejected", {"code": "permission.missing", "permission": "decide"})


def test_a_second_supplement_is_a_supervisors_at_the_centre_too(world: World) -> None:
    dossier = a_dossier(world).id
    chain = Chain(world)
    left = {"state": "supplement", "came_from": "received", "supplements": 2, "due_at": None}
    found = {**RECEIVED, "supplements": 0, "due_at": instant_text(row(world.one, dossier)["due_at"])}
    body = {"move": "supplement", "from": found, "to": left, "said": {"reason": "thiếu", "items": ["a"]}}
    record = chain.make("dossier.sent-back", [("dossier", dossier)], body)
    chain.send(record)
    assert chain.verdict(record) == ("rejected", {"code": "permission.missing", "permission": "decide"})
    do(world.one, dossier, "supplement", items=("a",))
    do(world.one, dossier, "complete")
    do(world.one, dossier, "supplement", "demo", items=("b",))
    exchange(world)
    assert [each.act_id for each in unsettled(world.one)] == [record.act_id]
    assert row(world.two, dossier)["supplements"] == 2


def test_a_whole_life_at_two_counters(world: World) -> None:
    """Every move that the one makes is folded at the other, with its instants."""
    dossier = a_dossier(world).id
    due = instant_text(row(world.one, dossier)["due_at"])
    steps = [("forward", {}), ("supplement", {"items": ("a",)}), ("complete", {}), ("finish", {})]
    for place, (move, said) in enumerate(steps):
        do(world.desks[place % 2], dossier, move, **said)
        exchange(world)
    name = row(world.one, dossier)["owner_name"]
    do(world.two, dossier, "hand-back", receiver=Receiver(name), paper="receipt")
    exchange(world)
    assert world.differences() == []
    kept = row(world.one, dossier)
    assert (kept["state"], kept["handed_to"]["name"]) == ("handed-back", name)
    assert instant_text(kept["original_due_at"]) == due
