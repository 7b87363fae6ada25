"""Acts that no program of ours makes, of every kind that says what became of a result, of a leave, of who signs with
which words: the centre refuses them, whoever sends them, and no counter ever has to read them."""

from __future__ import annotations

from typing import Any

import pytest

from onestop.actions import absence, process, receive
from onestop.queries import absence as absences
from onestop.queries import dossiers, result_templates, signers
from onestop.rules.absence import AbsenceForm
from onestop.rules.intake import PersonForm, ReceiveForm
from onestop.rules.moves import MoveForm
from onestop.store.acts import Subject
from tests.helpers.counters import CALM, MakeWorld, World
from tests.helpers.office import EXTRACT
from tests.helpers.sync_contract import Chain, exchange

REJECTED, PUT_ASIDE, CONFLICT = "rejected", "quarantined", "conflict"

PART = {"title": "Giấy", "number": "1", "date": "2026-11-23", "signer": None, "reason": None}
CALL = {"way": "phone", "outcome": "reached"}
POSTING = {"carrier": "Bưu điện", "address": "Tổ 1"}
ORIGINAL = {"name": "Sổ đỏ", "count": 1, "since": "2026-11-23"}

OF_A_DOSSIER: tuple[tuple[str, dict[str, Any], str, str | None], ...] = (
    ("result.shelved", {"shelf": "x" * 81}, REJECTED, "delivery.too-long"),
    ("result.shelved", {"shelf": 7}, PUT_ASIDE, None),
    ("result.called", {"call": {**CALL, "way": "đồn"}}, REJECTED, "delivery.call-way"),
    ("result.called", {"call": {**CALL, "level": 5}}, PUT_ASIDE, None),
    ("result.posted", {"before": None, "posting": POSTING, "post_list": "x"}, PUT_ASIDE, None),
    ("result.posted", {"before": "returned", "posting": {}, "post_list": "x"}, PUT_ASIDE, None),
    ("result.returned", {"before": None, "reason": "không có nhà"}, PUT_ASIDE, None),
    ("result.returned", {"before": "posted", "reason": " "}, REJECTED, "delivery.reason"),
    ("result.sent", {"posting": "x"}, PUT_ASIDE, None),
    ("result.collected", {"before": None, "handed_to": {"name": "Mẫu"}}, PUT_ASIDE, None),
    ("dossier.custody", {"before": None, "after": [{**ORIGINAL, "count": 0}]}, REJECTED, "delivery.original-count"),
    ("dossier.custody", {"before": None, "after": [{"name": "Sổ đỏ"}]}, PUT_ASIDE, None),
    ("part.finished", {"part": "a", "before": None, "result": {**PART, "number": None}}, REJECTED, "part.nothing-said"),
    ("part.finished", {"part": "a", "before": None, "result": {**PART, "date": "mai"}}, REJECTED, "move.result-date"),
    ("part.finished", {"part": "a", "before": None, "result": {"number": "1"}}, PUT_ASIDE, None),
    ("dossier.letter-made", {"letter": {"result": {}}}, PUT_ASIDE, None),
    ("dossier.letter-made", {}, PUT_ASIDE, None),
)

SIGNER = {"name": "Mẫu", "title": "Chủ tịch", "form": "own", "valid_from": "2026-01-01"}
LEAVE = {"clerk_id": "a", "deputy_id": "b", "from_day": "2026-11-23", "until_day": None, "reason": "ốm"}

OF_THE_OFFICE: tuple[tuple[str, str, dict[str, Any], str, str | None], ...] = (
    ("sheet.reserved", "reserved_sheet:T-1", {"batch": "T-1"}, REJECTED, "late.sheet-unknown"),
    ("absence.begun", "absence:x", {"absence": {**LEAVE, "deputy_id": "a"}}, REJECTED, "absence.self"),
    ("absence.begun", "absence:x", {"absence": {**LEAVE, "until_day": "2026-11-01"}}, REJECTED, "absence.backward"),
    ("absence.begun", "absence:x", {"absence": {**LEAVE, "reason": " "}}, REJECTED, "absence.reason-missing"),
    ("signer.added", "signer:x", {"signer": {**SIGNER, "form": "đồn"}}, REJECTED, "signer.form"),
    ("signer.added", "signer:x", {"signer": {**SIGNER, "valid_to": "2025-01-01"}}, REJECTED, "signer.backward"),
    ("signer.added", "signer:x", {"signer": {"name": "Mẫu"}}, PUT_ASIDE, None),
    ("template.published", "result_template:x", {"template": {"key": "x", "version": 1}}, PUT_ASIDE, None),
)


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    return make_world(1, CALM)


def a_dossier(world: World) -> str:
    person = PersonForm(name="Trần Thị Mẫu", date_of_birth="1990", no_paper_reason="mất")
    found = world.one.perform(receive.take_in, ReceiveForm(EXTRACT, person, complete=True), "ha")
    return str(found.id)


def clerk(world: World, login: str) -> str:
    found = world.one.office.clerk(login)
    assert found is not None
    return found.id


def test_what_no_counter_makes_is_refused(world: World) -> None:
    dossier = a_dossier(world)
    exchange(world)
    before = world.one.office.read(dossiers.one, dossier)
    chain = Chain(world)
    wanted: list[tuple[str, Subject, dict[str, Any], str, str | None]] = []
    for kind, body, verdict, code in OF_A_DOSSIER:
        wanted.append((kind, ("dossier", dossier), body, verdict, code))
    for kind, of, body, verdict, code in OF_THE_OFFICE:
        table, _, named = of.partition(":")
        wanted.append((kind, (table, named), body, verdict, code))
    unreadable = {"key": "x", "version": 1, "name": "x", "procedures": None, "content": {"name": "x", "text": 5}}
    version = ("result_template", f"{world.office_id}/x@1")
    wanted.append(("template.published", version, {"template": unreadable}, REJECTED, "template.file"))
    chief = clerk(world, "demo")
    records = [chain.make(kind, [subject], body, actor=chief) for kind, subject, body, *_ in wanted]
    chain.send(*records)
    for record, (kind, _, body, verdict, code) in zip(records, wanted, strict=True):
        said, details = chain.verdict(record)
        assert said == verdict, (kind, body, details)
        assert details["code"] == (code or "act.unreadable"), (kind, body)
    exchange(world)
    after = world.one.office.read(dossiers.one, dossier)
    assert before is not None and after is not None
    assert after.values == before.values
    assert world.one.office.read(signers.signers) == ()
    assert "x" not in [each.key for each in world.one.office.read(result_templates.templates)]


def test_what_another_has_is_given_on_and_ended_by_him_or_a_supervisor_alone(world: World) -> None:
    dossier, lan, ha = a_dossier(world), clerk(world, "lan"), clerk(world, "ha")
    world.one.perform(process.move, MoveForm(dossier, "assign", to="lan"), "ha")
    with world.clock_of(world.one):
        day = world.now.date().isoformat()
        leave = world.one.perform(absence.begin, AbsenceForm("duc", "lan", day, "", "nghỉ ốm"), "demo")
    exchange(world)
    chain = Chain(world)
    had, mine = {"holder": lan, "taken_at": None}, {"holder": ha, "taken_at": None}
    body = {"move": "assign", "from": had, "to": mine, "said": {"to": ha}}
    taken_off = chain.make("dossier.assigned", [("dossier", dossier)], body)
    beside = chain.make("dossier.assigned", [("dossier", dossier), ("absence", leave.id)], body)
    back = {**body, "move": "return", "to": {"holder": None, "taken_at": None}}
    sent_back = chain.make("dossier.given-back", [("dossier", dossier)], back)
    ended = chain.make("absence.ended", [("absence", leave.id)], {"number": 1, "moved": [], "listed": []})
    chain.send(taken_off, beside, sent_back, ended)
    for record in (taken_off, beside, sent_back):
        assert chain.verdict(record) == (REJECTED, {"code": "hands.not-yours", "by": lan})
    assert chain.verdict(ended)[1]["code"] == "permission.missing"
    by_himself = chain.make("dossier.given-back", [("dossier", dossier)], back, actor=lan)
    chain.send(by_himself)
    assert chain.verdict(by_himself)[0] == "ok"
    exchange(world)
    assert [each.login for each in world.two.office.read(absences.absences)] == ["duc"]


def test_a_dossier_begins_at_its_beginning(world: World) -> None:
    dossier = a_dossier(world)
    exchange(world)
    there = world.one.office.read(dossiers.one, dossier)
    assert there is not None
    given, chain = there.history[0].body["dossier"], Chain(world)
    lives: tuple[dict[str, Any], ...] = ({"custody": [ORIGINAL]}, {"result": {"number": "1"}}, {})
    for place, more in enumerate(lives):
        body = {"dossier": {**given, **more, "code": f"H99.14-260302-000{place + 2}"}}
        record = chain.make("dossier.received", [("dossier", f"x{place}")], body)
        chain.send(record)
        assert chain.verdict(record)[0] == (PUT_ASIDE if more else "ok"), more


def test_a_part_gets_no_result_before_its_dossier_is_accepted_or_once_all_is_done(world: World) -> None:
    dossier = a_dossier(world)
    world.one.perform(process.move, MoveForm(dossier, "finish"), "ha")
    exchange(world)
    chain = Chain(world)
    late = chain.make("part.finished", [("dossier", dossier)], {"part": "a", "before": None, "result": PART})
    chain.send(late)
    assert chain.verdict(late) == (CONFLICT, {"code": "part.state", "state": "finished"})
