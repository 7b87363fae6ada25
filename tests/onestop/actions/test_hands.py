"""A dossier changes hands: given, taken over, given back; several in one go; what is told, refused and taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from desktop.office import Office
from onestop import clock
from onestop.actions import hand_many, manage, process
from onestop.actions.hand_many import Many, ManyForm
from onestop.actions.table import KINDS
from onestop.clock import VIETNAM
from onestop.queries import dossiers, hand_letters, hands, life_letters, overview
from onestop.queries.letters import LetterOptions
from onestop.queries.office import ClerkRow
from onestop.rules.errors import RuleBroken
from onestop.rules.letters import FormKey
from onestop.rules.moves import MoveForm
from onestop.store import rebuild
from tests.helpers.office import act_as, made_person, received

UNMARRIED = "1.004873"
MOMENT = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def office(demo_office: Office) -> Office:
    act_as(demo_office, "ha")
    return demo_office


def do(office: Office, login: str, code: str, move: str, **said: Any) -> Any:
    act_as(office, login)
    return office.perform(process.move, MoveForm(code, move, **said)).answer


def refused(office: Office, login: str, code: str, move: str, **said: Any) -> RuleBroken:
    with pytest.raises(RuleBroken) as caught:
        do(office, login, code, move, **said)
    return caught.value


def clerk(office: Office, login: str) -> ClerkRow:
    found = office.clerk(login)
    assert found is not None
    return found


def held(office: Office, found: Any) -> tuple[Any, Any]:
    row = office.read(dossiers.one, found.id)
    assert row is not None
    return row.values["holder"], row.values["taken_at"]


def test_given_taken_given_on_and_given_back(office: Office) -> None:
    found = received(office, made_person(1), procedure=UNMARRIED)
    lan, ha, duc = (clerk(office, login).id for login in ("lan", "ha", "duc"))
    do(office, "ha", found.code, "forward", to="  võ hoàng LAN ", note="gấp")
    assert held(office, found) == (lan, None)
    assert refused(office, "ha", found.code, "take").details["by"] == "Võ Hoàng Lan"
    do(office, "lan", found.code, "take")
    assert held(office, found)[0] == lan
    assert held(office, found)[1] is not None
    again = refused(office, "lan", found.code, "take")
    assert (again.code, again.details["by"]) == ("hands.taken", "Võ Hoàng Lan")
    assert refused(office, "ha", found.code, "assign", to="duc").code == "hands.not-yours"
    assert refused(office, "lan", found.code, "assign", to="lan").code == "hands.same"
    do(office, "lan", found.code, "assign", to="duc")
    assert held(office, found) == (duc, None)
    assert refused(office, "duc", found.code, "return").code == "move.reason-missing"
    done = do(office, "duc", found.code, "return", reason="thiếu bản chính")
    assert done.state == "processing"
    assert held(office, found) == (ha, None), "who received it has it to take"
    do(office, "ha", found.code, "return", reason="nhờ người khác")
    assert held(office, found) == (None, None), "the counter's, nobody's in particular"
    assert refused(office, "ha", found.code, "return", reason="x").code == "hands.nobody"
    assert refused(office, "ha", found.code, "take").code == "hands.nobody"
    card = office.read(overview.card, found.id)
    assert card is not None
    assert [each.kind for each in card.history][-5:] == [
        "dossier.forwarded", "dossier.taken", "dossier.assigned", "dossier.given-back", "dossier.given-back",
    ]  # fmt: skip
    assert card.history[-2].details["to"] == clerk(office, "ha").name
    assert office.read(rebuild.compare, KINDS, office.files, office.id) == []


def test_what_a_section_was_given_is_his_who_took_it(office: Office) -> None:
    found = received(office, procedure=UNMARRIED)
    do(office, "ha", found.code, "assign", to="Tư pháp -  Hộ tịch")
    assert held(office, found) == ("Tư pháp - Hộ tịch", None)
    do(office, "lan", found.code, "take")
    assert held(office, found)[0] == clerk(office, "lan").id
    assert do(office, "lan", found.code, "undo").state == "received"
    assert held(office, found) == ("Tư pháp - Hộ tịch", None)
    do(office, "demo", found.code, "assign", to="demo")
    assert held(office, found)[0] == clerk(office, "demo").id
    assert held(office, found)[1] is not None, "what one gives to oneself one has"


def test_a_state_in_which_nobody_holds_it(office: Office) -> None:
    found = received(office, procedure=UNMARRIED)
    do(office, "ha", found.code, "assign", to="lan")
    do(office, "lan", found.code, "finish")
    assert held(office, found) == (None, None)
    for move, said in (("assign", {"to": "lan"}), ("take", {}), ("return", {"reason": "x"})):
        assert refused(office, "demo", found.code, move, **said).code == "dossier.move-not-allowed"
    assert refused(office, "khoa", found.code, "take").code == "permission.missing"


def test_who_looked_at_other_hands_is_told(office: Office) -> None:
    found = received(office, procedure=UNMARRIED)
    do(office, "duc", found.code, "assign", to="lan")
    late = refused(office, "demo", found.code, "assign", to="hoa", held="")
    assert (late.code, late.details["by"], late.details["to"]) == (
        "hands.meanwhile",
        clerk(office, "duc").name,
        clerk(office, "lan").name,
    )
    do(office, "demo", found.code, "assign", to="hoa", held=clerk(office, "lan").id)
    do(office, "hoa", found.code, "return", reason="nhầm")
    assert refused(office, "demo", found.code, "forward", held="x").code == "hands.meanwhile"


def test_whom_it_cannot_be_given(office: Office) -> None:
    found = received(office, procedure=UNMARRIED)
    act_as(office, "demo")
    office.perform(manage.set_clerk, manage.ClerkForm("lan2", "Võ Hoàng Lan", "officer"))
    hoa = clerk(office, "hoa")
    office.perform(manage.set_clerk, manage.ClerkForm("hoa", hoa.name, hoa.role, active=False, id=hoa.id))
    assert refused(office, "demo", found.code, "assign").code == "move.to-missing"
    assert refused(office, "demo", found.code, "assign", to="Hoa").code == "hands.clerk-gone"
    assert refused(office, "demo", found.code, "assign", to="khoa").code == "hands.clerk-cannot"
    two = refused(office, "demo", found.code, "forward", to="Võ Hoàng Lan")
    assert (two.code, two.details["known"]) == ("hands.two-of-name", ["Võ Hoàng Lan (lan)", "Võ Hoàng Lan (lan2)"])
    assert {"Võ Hoàng Lan (lan)", "Võ Hoàng Lan (lan2)"} <= set(office.read(hands.offered))
    do(office, "demo", found.code, "assign", to="Võ Hoàng Lan (lan2)")
    assert held(office, found)[0] == clerk(office, "lan2").id


# -- several in one go


def many(office: Office, login: str, *wanted: str, to: str = "lan", note: str = "") -> Many:
    act_as(office, login)
    done: Many = office.perform(hand_many.hand_over, ManyForm(wanted, to, note)).answer
    return done


def test_several_go_in_one_go_with_one_list(office: Office) -> None:
    found = [received(office, made_person(each), procedure=UNMARRIED) for each in (1, 2, 3)]
    do(office, "ha", found[1].code, "forward", to="ha")
    do(office, "ha", found[2].code, "finish")
    done = many(office, "ha", *(each.code for each in found), note="gấp")
    assert [(each.code, each.state) for each in done.moved] == [(each.code, "processing") for each in found[:2]]
    assert [(code, broken.code) for code, broken in done.left_out] == [(found[2].code, "dossier.move-not-allowed")]
    assert done.to == "Võ Hoàng Lan"
    letter = office.read(hand_letters.handover, done.list).letter
    assert [row.code for row in letter.rows] == [each.code for each in found[:2]]
    assert (letter.giver, letter.taker, letter.rows[0].note) == (clerk(office, "ha").name, "Võ Hoàng Lan", "gấp")
    assert hand_letters.subject(FormKey.DOSSIER_HANDOVER, done.list) == ("handover", done.list)
    do(office, "ha", found[0].code, "undo")
    assert len(office.read(hand_letters.handover, done.list).letter.rows) == 1, "what was taken back is not on it"
    act_as(office, "lan")
    taken = office.perform(hand_many.take_over, [each.id for each in found]).answer
    assert [each.id for each in taken.moved] == [found[1].id]
    assert [broken.code for _code, broken in taken.left_out] == ["hands.nobody", "dossier.move-not-allowed"]


def test_nothing_to_hand_over(office: Office) -> None:
    found = received(office, procedure=UNMARRIED)
    do(office, "ha", found.code, "finish")
    for wanted, to, code in (
        ((), "lan", "hands.none"),
        ((found.code,), "", "move.to-missing"),
        ((found.code,), "lan", "dossier.move-not-allowed"),
        (("H99.14-261123-9999",), "lan", "dossier.unknown"),
    ):
        with pytest.raises(RuleBroken) as caught:
            many(office, "ha", *wanted, to=to)
        assert caught.value.code == code
    with pytest.raises(RuleBroken) as unknown:
        office.read(hand_letters.handover, "x")
    assert unknown.value.code == "handover.unknown"


# -- on paper


def test_the_control_slip_shows_who_gave_who_took_and_both_moments(office: Office) -> None:
    with clock.frozen(MOMENT):
        found = received(office, procedure=UNMARRIED)
        do(office, "ha", found.code, "forward", to="Tư pháp")
    with clock.frozen(MOMENT + timedelta(hours=1)):
        do(office, "lan", found.code, "take")
        do(office, "lan", found.code, "assign", to="duc", note="nhờ")
    with clock.frozen(MOMENT + timedelta(hours=2)):
        do(office, "duc", found.code, "take")
        do(office, "duc", found.code, "return", reason="không thuộc phần việc")
    letter = office.read(life_letters.control, found.id, LetterOptions()).letter
    lan, duc, ha = (clerk(office, login).name for login in ("lan", "duc", "ha"))
    seen = [(step.taker, step.at, step.taken_at, step.note) for step in letter.steps]
    utc = [(MOMENT + timedelta(hours=hours)).astimezone(seen[0][1].tzinfo) for hours in range(3)]
    assert seen[:2] == [(f"Tư pháp ({lan})", utc[0], utc[1], ""), (duc, utc[1], utc[2], "nhờ")]
    assert seen[2][0].endswith(f"({ha})")
    assert seen[2][3] == "Trả lại: không thuộc phần việc"
    assert [step.giver for step in letter.steps[1:]] == [f"Tư pháp ({lan})", duc]
