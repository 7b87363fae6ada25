"""A clerk on leave: his dossiers go to his deputy, what comes for him goes there too, what is still open comes back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from desktop.office import Office
from onestop import clock
from onestop.actions import absence, manage, process
from onestop.actions.absence import Left
from onestop.actions.process import Moved
from onestop.actions.table import KINDS
from onestop.clock import VIETNAM
from onestop.queries import absence as queries
from onestop.queries import desk_day, dossiers, hand_letters
from onestop.queries.dossiers import Wish
from onestop.rules.absence import AbsenceForm
from onestop.rules.errors import RuleBroken
from onestop.rules.moves import MoveForm
from onestop.store import rebuild
from tests.helpers.office import act_as, made_person, received

UNMARRIED = "1.004873"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)


def do(office: Office, login: str, code: str, move: str, **said: Any) -> Moved:
    act_as(office, login)
    found: Moved = office.perform(process.move, MoveForm(code, move, **said)).answer
    return found


def leave(office: Office, login: str = "lan", deputy: str = "ha", **given: Any) -> Left:
    act_as(office, given.pop("by", "demo"))
    days = {"from_day": "2026-11-23", "until_day": "2026-11-27", "reason": "nghỉ phép năm", **given}
    found: Left = office.perform(absence.begin, AbsenceForm(login, deputy, **days)).answer
    return found


def holder(office: Office, found: Any) -> str:
    row = office.read(dossiers.one, found.id)
    assert row is not None
    names = {office.clerk(login).id: login for login in ("ha", "duc", "hoa", "lan", "demo")}  # type: ignore[union-attr]
    return names.get(row.values["holder"], row.values["holder"] or "")


def test_work_goes_to_the_deputy_and_what_is_open_comes_back(demo_office: Office) -> None:
    office = demo_office
    with clock.frozen(MONDAY):
        act_as(office, "ha")
        made = [received(office, made_person(each), procedure=UNMARRIED) for each in range(1, 7)]
        first, sent_back, done, given_on, own, later = made
        for each in made[:4]:
            do(office, "ha", each.code, "forward", to="lan")
        do(office, "lan", first.code, "take")
        do(office, "lan", sent_back.code, "supplement", reason="thiếu", items=("giấy",))
        do(office, "ha", own.code, "forward", to="ha")
        left = leave(office)
        assert (left.moved, left.number) == (4, 1)
        assert [holder(office, each) for each in made] == ["ha", "ha", "ha", "ha", "ha", ""]
        ha = office.clerk("ha")
        assert ha is not None
        mine = office.read(dossiers.page, office.id, Wish("for-me", clerk=ha.id), clock.now())
        assert {row.id for row in mine.rows} == {each.id for each in made[:4]}, "hers to take over"
    with clock.frozen(MONDAY + timedelta(days=2)):
        told = do(office, "duc", later.code, "forward", to="Võ Hoàng Lan")
        (remark,) = told.warnings
        assert (remark.code, remark.details["until"]) == ("hands.deputy", "27/11/2026")
        assert holder(office, later) == "ha"
        do(office, "ha", done.code, "finish")
        do(office, "ha", given_on.code, "assign", to="duc")
    with clock.frozen(MONDAY + timedelta(days=4)):
        act_as(office, "lan")
        back = office.perform(absence.end, "lan").answer
        assert (back.moved, back.number) == (3, 2)
        assert [holder(office, each) for each in made] == ["lan", "lan", "", "duc", "ha", "lan"]
        assert office.read(queries.absences) == ()
        with pytest.raises(RuleBroken) as twice:
            office.perform(absence.end, "lan")
        assert twice.value.code == "absence.none"
    first_minutes = office.read(hand_letters.leave, left.id).letter
    assert (first_minutes.giver, first_minutes.taker, len(first_minutes.rows)) == (left.clerk, left.deputy, 4)
    assert first_minutes.rows[-1].state.startswith("Chờ bổ sung đến hết")
    second = office.read(hand_letters.back, left.id).letter
    assert (second.giver, second.taker, second.back) == (left.deputy, left.clerk, True)
    assert {row.code for row in second.rows} == {first.code, sent_back.code, later.code}
    assert office.read(rebuild.compare, KINDS, office.files, office.id) == []


def test_a_deputy_on_leave_has_a_deputy_and_everybody_has_his_own_back(demo_office: Office) -> None:
    office = demo_office
    with clock.frozen(MONDAY):
        act_as(office, "ha")
        lans, has = (received(office, made_person(each), procedure=UNMARRIED) for each in (1, 2))
        do(office, "ha", lans.code, "forward", to="lan")
        do(office, "ha", has.code, "forward", to="ha")
        leave(office)
        leave(office, "ha", "duc")
        assert (holder(office, lans), holder(office, has)) == ("duc", "duc")
        new = received(office, made_person(3), procedure=UNMARRIED)
        do(office, "demo", new.code, "assign", to="lan")
        assert holder(office, new) == "duc"
        act_as(office, "demo")
        assert office.perform(absence.end, "ha").answer.moved == 1
        assert (holder(office, lans), holder(office, has)) == ("duc", "ha")
        assert office.perform(absence.end, "lan").answer.moved == 2
        assert [holder(office, each) for each in (lans, has, new)] == ["lan", "ha", "lan"]


def test_after_the_last_day_nothing_is_redirected_and_the_supervisor_is_told(demo_office: Office) -> None:
    office = demo_office
    with clock.frozen(MONDAY):
        act_as(office, "ha")
        found = received(office, procedure=UNMARRIED)
        leave(office, until_day="2026-11-23")
        lan = office.clerk("lan")
        assert lan is not None
        today = office.read(desk_day.desk_day, office.id, clock.now(), lan.id)
        assert (today.over, today.away is not None) == ((), True)
    with clock.frozen(MONDAY + timedelta(days=2)):
        assert do(office, "ha", found.code, "forward", to="lan").warnings == ()
        assert holder(office, found) == "lan"
        day = office.read(desk_day.desk_day, office.id, clock.now(), None)
        assert [each.clerk for each in day.over] == ["Võ Hoàng Lan"]


def test_a_return_goes_to_the_deputy_of_who_received_it(demo_office: Office) -> None:
    office = demo_office
    with clock.frozen(MONDAY):
        act_as(office, "duc")
        found = received(office, procedure=UNMARRIED)
        do(office, "duc", found.code, "forward", to="lan")
        leave(office, "duc", "hoa")
        told = do(office, "lan", found.code, "return", reason="thiếu bản chính")
        assert [each.code for each in told.warnings] == ["hands.deputy"]
        assert holder(office, found) == "hoa"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"login": "ai"}, "clerk.unknown"),
        ({"deputy": "ai"}, "clerk.unknown"),
        ({"deputy": ""}, "absence.no-deputy"),
        ({"deputy": "lan"}, "absence.self"),
        ({"deputy": "khoa"}, "absence.deputy-cannot"),
        ({"deputy": "hoa"}, "absence.clerk-gone"),
        ({"login": "hoa"}, "absence.clerk-gone"),
        ({"deputy": "duc"}, "absence.deputy-absent"),
        ({"login": "duc"}, "absence.overlap"),
        ({"by": "lan"}, "permission.missing"),
        ({"until_day": "2026-11-20"}, "absence.backward"),
    ],
)
def test_bad_leaves(demo_office: Office, given: dict[str, Any], code: str) -> None:
    office = demo_office
    with clock.frozen(MONDAY):
        act_as(office, "demo")
        hoa = office.clerk("hoa")
        assert hoa is not None
        office.perform(manage.set_clerk, manage.ClerkForm("hoa", hoa.name, hoa.role, active=False, id=hoa.id))
        leave(office, "duc", "ha", from_day="2026-11-23", until_day="")
        before = office.read(queries.absences)
        with pytest.raises(RuleBroken) as refused:
            leave(office, **given)
        assert refused.value.code == code
        assert office.read(queries.absences) == before


def test_nobody_else_is_there(demo_office: Office) -> None:
    office = demo_office
    with clock.frozen(MONDAY):
        act_as(office, "demo")
        for login in ("ha", "duc", "hoa", "lan"):
            who = office.clerk(login)
            assert who is not None
            office.perform(manage.set_clerk, manage.ClerkForm(login, who.name, who.role, active=False, id=who.id))
        with pytest.raises(RuleBroken) as refused:
            leave(office, "demo", "")
        assert refused.value.code == "absence.nobody-else"


def test_only_he_himself_or_a_supervisor_says_that_he_is_back(demo_office: Office) -> None:
    office = demo_office
    with clock.frozen(MONDAY):
        left = leave(office)
        with pytest.raises(RuleBroken) as early:
            office.read(hand_letters.back, left.id)
        assert early.value.code == "absence.not-ended"
        act_as(office, "ha")
        with pytest.raises(RuleBroken) as refused:
            office.perform(absence.end, "lan")
        assert refused.value.code == "absence.not-you"
        act_as(office, "demo")
        assert office.perform(absence.end, "lan").answer.moved == 0
        with pytest.raises(RuleBroken) as unknown:
            office.read(hand_letters.leave, "x")
        assert unknown.value.code == "absence.unknown"


def test_a_deputy_who_was_dismissed_is_told_of(demo_office: Office) -> None:
    office = demo_office
    with clock.frozen(MONDAY):
        act_as(office, "ha")
        found = received(office, procedure=UNMARRIED)
        leave(office, "lan", "hoa")
        hoa = office.clerk("hoa")
        assert hoa is not None
        office.perform(manage.set_clerk, manage.ClerkForm("hoa", hoa.name, hoa.role, active=False, id=hoa.id))
        with pytest.raises(RuleBroken) as refused:
            do(office, "demo", found.code, "assign", to="lan")
        assert refused.value.code == "absence.deputy-gone"
