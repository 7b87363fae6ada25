"""One pre-printed sheet, or one dossier of an older system, at two counters at once; what no program of ours says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from onestop.actions import dossier_import, process, receive, reserved_sheets
from onestop.actions.dossier_import import Batch, RowForm
from onestop.clock import local
from onestop.queries import reserved_sheets as queries
from onestop.rules.dossier import State
from onestop.rules.dossier_file import Moment, OldDossier
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import PersonForm, ReceiveForm
from onestop.rules.late_entry import LateEntry, answered, demand_sound
from onestop.rules.moves import MoveForm
from tests.helpers.counters import CALM, Desk, MakeWorld, World
from tests.helpers.office import EXTRACT
from tests.helpers.sync_contract import exchange, unsettled

PERSON = PersonForm(name="Trần Thị Mẫu", date_of_birth="1990", no_paper_reason="mất")


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    return make_world(1, CALM)


def enter(desk: Desk, sheet: str, person: PersonForm = PERSON) -> Any:
    found = desk.office.read(queries.sheet, sheet)
    assert found is not None
    at = local(found.reserved_at).isoformat(timespec="minutes")
    form = ReceiveForm(EXTRACT, person, complete=True, late_entry=LateEntry(sheet, at, "duc", "power"))
    with desk.world.clock_of(desk):
        return desk.perform(receive.take_in, form, "ha")


def test_one_sheet_at_two_counters(world: World) -> None:
    """Reserved at one counter, it may be entered at any; of two that are entered at once one stands. Each official
    code is of the counter that gave it, so they never meet."""
    with world.clock_of(world.one):
        sheets = world.one.perform(reserved_sheets.reserve, 2, "demo").codes
    exchange(world)
    other = enter(world.two, sheets[1])
    exchange(world)
    first = enter(world.one, sheets[0])
    second = enter(world.two, sheets[0], replace(PERSON, name="Lê Văn Khác", date_of_birth="1985"))
    assert len({other.official, first.official, second.official}) == 3
    world.one.exchange()
    exchange(world)
    (left,) = unsettled(world.two)
    assert (left.verdict, left.details["code"]) == ("conflict", "dossier.code-taken")
    for desk in world.desks:
        sheet = desk.office.read(queries.sheet, sheets[0])
        assert sheet is not None
        assert sheet.dossier == first.id
    with pytest.raises(RuleBroken, match=r"late\.sheet-used"):
        enter(world.two, sheets[0])
    assert world.differences() == []


def test_a_supervisors_word_meets_another(world: World) -> None:
    with world.clock_of(world.one):
        sheet = world.one.perform(reserved_sheets.reserve, 1, "demo").codes[0]
    entered = enter(world.one, sheet)
    exchange(world)
    for desk, move in zip(world.desks, ("confirm-late", "refuse-late"), strict=True):
        with world.clock_of(desk):
            desk.perform(process.move, MoveForm(entered.id, move, reason="giờ khác"), "demo")
    world.one.exchange()
    exchange(world)
    (left,) = unsettled(world.one)
    assert (left.verdict, left.act.kind) == ("conflict", "late-entry.refused")
    assert world.differences() == []


def test_one_old_dossier_at_two_counters(world: World) -> None:
    today = local(world.now).date()
    old = OldDossier(2, "CU-1", PERSON, State.RECEIVED, Moment(today), due=Moment(today), procedure_code=EXTRACT)
    for desk in world.desks:
        with world.clock_of(desk):
            desk.perform(dossier_import.take_over, Batch((RowForm(2, (), old),), "Cũ", "cu.csv"), "demo")
    world.one.exchange()
    exchange(world)
    (left,) = unsettled(world.two)
    assert left.details["code"] == "dossier.code-taken"
    assert world.differences() == []


def test_what_no_program_of_ours_says_is_refused(world: World) -> None:
    late = {"sheet": "T-A-261123-0001", "at": "2026-11-23T02:00:00Z", "entered_at": "2026-11-23T04:00:00Z"}
    given = {"late_entry": late, "code": "T-A-261123-0001", "to_confirm": "late-entry"}
    subjects = [("dossier", "x"), ("reserved_sheet", "T-A-261123-0001")]
    entered = world.now.replace(year=2027)
    demand_sound(given, entered, subjects)
    for wrong, code in (
        ({**given, "code": "T-A-261123-0002"}, "late.sheet-unknown"),
        ({**given, "to_confirm": None}, "late.unconfirmed"),
        ({**given, "late_entry": {**late, "at": "2028-01-01T00:00:00Z"}}, "late.to-come"),
        ({**given, "late_entry": {**late, "entered_at": "2028-01-01T00:00:00Z"}}, "late.to-come"),
        ({**given, "late_entry": {**late, "at": "2020-01-01T00:00:00Z"}}, "late.too-old"),
    ):
        with pytest.raises(RuleBroken) as refused:
            demand_sound(wrong, entered, subjects)
        assert refused.value.code == code
    with pytest.raises(RuleBroken):
        demand_sound(given, entered, subjects[:1])
    found = {"to_confirm": "late-entry", "late_entry": late}
    assert answered("confirm-late", found, {"to_confirm": None, "late_entry": late})
    assert not answered("confirm-late", found, {"to_confirm": None, "late_entry": {**late, "at": "x"}})
    assert not answered("confirm-late", {**found, "to_confirm": None}, {"to_confirm": None, "late_entry": late})
    assert answered("refuse-late", found, {"to_confirm": "late-entry-refused", "late_entry": {**late, "doubt": "x"}})
    assert not answered("refuse-late", found, {"to_confirm": "late-entry-refused", "late_entry": late})
