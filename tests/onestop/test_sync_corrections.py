"""Two counters correct one dossier at once, or hand a citizen the same sheet twice: who wins, what a person settles.

What no program of ours makes is refused, whoever sends it.
"""

from __future__ import annotations

from typing import Any

import pytest

from onestop.actions import correcting, intakes, process, ratings, receive, settle
from onestop.queries import dossiers
from onestop.queries import ratings as rating_queries
from onestop.rules.correcting import CorrectForm
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import PersonForm, ReceiveForm
from onestop.rules.moves import MoveForm
from onestop.rules.ratings import RatingForm
from tests.helpers.counters import CALM, Desk, MakeWorld, World
from tests.helpers.office import EXTRACT
from tests.helpers.sync_contract import Chain, exchange, unsettled

PERSON = PersonForm(name="Trần Thị Mẫu", date_of_birth="1990", no_paper_reason="mất")


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    return make_world(1, CALM)


def a_dossier(world: World) -> str:
    """One that both counters know."""
    found = world.one.perform(receive.take_in, ReceiveForm(EXTRACT, PERSON, complete=True), "ha")
    exchange(world)
    return str(found.id)


def correct(desk: Desk, dossier: str, login: str = "ha", **said: Any) -> Any:
    with desk.world.clock_of(desk):
        return desk.perform(correcting.correct, CorrectForm(dossier, "citizen", "Mẫu", "ghi nhầm", **said), login)


def values(desk: Desk, dossier: str) -> Any:
    found = desk.office.read(dossiers.one, dossier)
    assert found is not None
    return found.values


def test_different_groups_never_meet(world: World) -> None:
    dossier = a_dossier(world)
    correct(world.one, dossier, contact={"phone": "0987654321"})
    correct(world.two, dossier, summary="Hai bản sao")
    exchange(world)
    for desk in world.desks:
        assert (values(desk, dossier)["phone"], values(desk, dossier)["summary"]) == ("0987654321", "Hai bản sao")
        assert unsettled(desk) == []
    assert world.differences() == []


def test_a_correction_and_a_move_never_meet(world: World) -> None:
    dossier = a_dossier(world)
    world.one.perform(process.move, MoveForm(dossier, "finish"), "ha")
    correct(world.two, dossier, summary="Hai bản sao")
    exchange(world)
    assert (values(world.one, dossier)["state"], values(world.one, dossier)["summary"]) == ("finished", "Hai bản sao")
    assert unsettled(world.two) == []
    assert world.differences() == []


@pytest.mark.parametrize(("choice", "phone"), [("theirs", "0987654321"), ("mine", "0911111111")])
def test_of_the_same_group_both_values_are_shown_and_a_person_settles(world: World, choice: str, phone: str) -> None:
    dossier = a_dossier(world)
    correct(world.one, dossier, contact={"phone": "0987654321"})
    correct(world.two, dossier, contact={"phone": "0911111111"}, summary="Hai bản sao")
    world.one.exchange()
    exchange(world)
    (left,) = unsettled(world.two)
    assert left.verdict == "conflict"
    assert left.details["group"] == "contact"
    assert (left.details["current"]["phone"], left.details["new"]["phone"]) == ("0987654321", "0911111111")
    assert values(world.two, dossier)["phone"] == "0987654321"
    with world.clock_of(world.two):
        world.two.perform(settle.settle, settle.SettleForm(left.act_id, choice), "ha")
    exchange(world)
    for desk in world.desks:
        assert values(desk, dossier)["phone"] == phone
        assert (values(desk, dossier)["summary"] == "Hai bản sao") is (choice == "mine")
        assert unsettled(desk) == []
    assert world.differences() == []


def test_a_dossier_is_rated_once_in_the_whole_office(world: World) -> None:
    form = ReceiveForm(EXTRACT, PERSON)
    slip = world.one.perform(intakes.make, intakes.IntakeForm("refusal", form, (), "không đủ"), "ha")
    exchange(world)
    with world.clock_of(world.one):
        world.one.perform(ratings.give, RatingForm(slip.code, 2), "ha")
    with world.clock_of(world.two):
        world.two.perform(ratings.give, RatingForm(slip.code, 5), "ha")
    world.one.exchange()
    exchange(world)
    (left,) = unsettled(world.two)
    with pytest.raises(RuleBroken) as refused:
        world.two.perform(settle.settle, settle.SettleForm(left.act_id, "mine"), "ha")
    assert refused.value.code == "settle.do-again"
    world.two.perform(settle.settle, settle.SettleForm(left.act_id, "theirs"), "ha")
    exchange(world)
    for desk in world.desks:
        (row,) = desk.office.read(rating_queries.feedback, "all", world.now).rows
        assert row.level == 2
    assert world.differences() == []


def test_two_supervisors_answer_at_once(world: World) -> None:
    slip = world.one.perform(
        intakes.make, intakes.IntakeForm("refusal", ReceiveForm(EXTRACT, PERSON), (), "không đủ"), "ha"
    )
    world.one.perform(ratings.give, RatingForm(slip.code, 4), "ha")
    exchange(world)
    for desk, answer in zip(world.desks, ("Đã gặp", "Đã gọi"), strict=True):
        with world.clock_of(desk):
            desk.perform(ratings.see, ratings.SeenForm(slip.id, answer), "demo")
    world.one.exchange()
    exchange(world)
    (left,) = unsettled(world.two)
    assert (left.details["current"], left.details["new"]) == ("Đã gặp", "Đã gọi")
    world.two.perform(settle.settle, settle.SettleForm(left.act_id, "mine"), "demo")
    exchange(world)
    (row,) = world.one.office.read(rating_queries.feedback, "all", world.now).rows
    assert row.answer == "Đã gọi"
    assert world.differences() == []


WHO = {"asked": "citizen", "name": "Mẫu", "reason": "nhầm", "state": "received"}
RATING = {"level": 4, "contents": None, "words": None, "source": "screen"}
NEVER: tuple[tuple[str, dict[str, Any], str | None], ...] = (
    ("dossier.corrected", {**WHO, "groups": {"due_at": [None, "2027-01-01"]}}, "correct.group"),
    ("dossier.corrected", {**WHO, "groups": {"summary": [None, 5]}}, "correct.group"),
    ("dossier.corrected", {**WHO, "groups": {"contact": [None, {"phone": "1"}]}}, "correct.group"),
    ("dossier.corrected", {**WHO, "groups": {"component:to-khai": [None, {"copies": -1}]}}, "correct.group"),
    ("dossier.corrected", {**WHO, "groups": {}}, "correct.nothing"),
    ("dossier.corrected", {**WHO, "reason": " ", "groups": {"summary": [None, "x"]}}, "move.reason-missing"),
    ("dossier.corrected", {**WHO, "state": "stopped", "groups": {"summary": [None, "x"]}}, "correct.closed"),
    ("dossier.corrected", {**WHO, "state": "finished", "groups": {"summary": [None, "x"]}}, "permission.missing"),
    ("dossier.corrected", {"groups": {"summary": [None, "x"]}}, None),
    ("rating.given", {"rating": {**RATING, "level": 9}}, "rating.level"),
    ("rating.given", {"rating": {**RATING, "level": 1, "contents": ["a"]}}, "rating.not-bad"),
    ("rating.given", {"rating": {**RATING, "contents": ["z"]}}, "rating.content-unknown"),
    ("rating.given", {"rating": {**RATING, "source": "đồn"}}, "rating.source"),
    ("rating.given", {}, None),
    ("rating.seen", {"answer": "x", "before": None}, "permission.missing"),
)


def test_what_no_counter_makes_is_refused(world: World) -> None:
    dossier = a_dossier(world)
    chain = Chain(world)
    subjects = {"dossier.corrected": [("dossier", dossier)], "rating.seen": [("rating", dossier)]}
    rated = [("rating", dossier), ("dossier", dossier)]
    records = [chain.make(kind, subjects.get(kind, rated), body) for kind, body, _code in NEVER]
    other = chain.make("rating.given", [("rating", "khác"), ("dossier", dossier)], {"rating": RATING})
    chain.send(*records, other)
    for record, (kind, body, code) in zip(records, NEVER, strict=True):
        verdict, details = chain.verdict(record)
        assert verdict == ("quarantined" if code is None else "rejected"), (kind, body)
        assert code is None or details["code"] == code
    assert chain.verdict(other)[1]["code"] == "rating.of-what"
    exchange(world)
    assert values(world.one, dossier)["summary"] is not None
    assert world.one.office.read(rating_queries.feedback, "all", world.now).rows == ()
