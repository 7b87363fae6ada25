"""The letters of a dossier's life: from which act, under which number, with what the act and the dossier say."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from desktop.office import Office
from onestop import clock
from onestop.actions import process
from onestop.clock import VIETNAM
from onestop.queries import dossiers, letters, life_letters
from onestop.queries.letters import LetterOptions
from onestop.queries.life_letters import Written
from onestop.rules.dossier import Timeliness
from onestop.rules.errors import RuleBroken
from onestop.rules.identity import mask
from onestop.rules.letters import FormKey
from onestop.rules.moves import MoveForm, Receiver
from onestop.store import schema
from onestop.store.work import Work
from tests.helpers.office import act_as, made_person, received

UNMARRIED = "1.004873"
MOMENT = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def office(demo_office: Office) -> Office:
    act_as(demo_office, "demo")
    return demo_office


def do(office: Office, code: str, move: str, **said: Any) -> Any:
    return office.perform(process.move, MoveForm(code, move, **said)).answer


def letter(office: Office, key: FormKey, dossier_id: str) -> Any:
    return written(office, key, dossier_id).letter


def written(office: Office, key: FormKey, dossier_id: str) -> Written:
    found: Written = office.read(life_letters.LIFE[key], dossier_id, LetterOptions())
    return found


def came_online(office: Office, dossier_id: str) -> None:
    """As a dossier that came through the portal and that nobody has accepted yet."""

    def put_back(work: Work, wanted: str) -> None:
        here = schema.dossier.c.id == wanted
        work.connection.execute(update(schema.dossier).where(here).values(state="new", channel="online"))

    office.perform(put_back, dossier_id)


def last_of(connection: Connection, book: str) -> int:
    """The last number of a book that was given."""
    c = schema.intake_number.c
    return int(connection.execute(select(c.last).where(c.kind == book)).scalar_one())


def test_the_request_for_completion_says_what_the_act_said(office: Office) -> None:
    with clock.frozen(MOMENT):
        found = received(office, made_person(3), procedure=UNMARRIED)
        do(office, found.code, "supplement", reason="Thiếu bản án", items=("Bản án ly hôn", "Tờ khai ký lại"))
        one = written(office, FormKey.SUPPLEMENT, found.id)
    shown: Any = one.letter
    assert (shown.reference.code, shown.reference.intake, shown.reference.qr) == (found.code, "", found.code)
    assert (shown.reason, shown.items) == ("Thiếu bản án", ("Bản án ly hôn", "Tờ khai ký lại"))
    assert (shown.until.isoformat(), shown.head.number, shown.issued_at) == ("2026-12-08", 1, MOMENT)
    assert shown.applicant.name == made_person(3).name
    assert one.name == "supplement"


def test_a_second_request_is_a_letter_of_its_own(office: Office) -> None:
    with clock.frozen(MOMENT):
        found = received(office, procedure=UNMARRIED)
        do(office, found.code, "supplement", reason="một", items=("a",))
    with clock.frozen(MOMENT + timedelta(days=2)):
        do(office, found.code, "complete")
        do(office, found.code, "supplement", reason="hai", items=("b",))
    second = written(office, FormKey.SUPPLEMENT, found.id)
    assert (second.name, letter(office, FormKey.SUPPLEMENT, found.id).reason) == ("supplement:2", "hai")


def test_numbers_follow_one_another_and_what_is_refused_takes_no_number(office: Office) -> None:
    with clock.frozen(MOMENT):
        found = [received(office, made_person(place), procedure=UNMARRIED) for place in (4, 5)]
        do(office, found[0].code, "supplement", reason="r", items=("a",))
        with pytest.raises(RuleBroken):
            do(office, found[0].code, "supplement", reason="r", items=("a",))
        do(office, found[1].code, "supplement", reason="r", items=("a",))
        assert [letter(office, FormKey.SUPPLEMENT, each.id).head.number for each in found] == [1, 2]
        assert office.read(last_of, "supplement") == 2


def test_a_move_that_was_taken_back_has_no_letter(office: Office) -> None:
    found = received(office, procedure=UNMARRIED)
    do(office, found.code, "supplement", reason="r", items=("a",))
    do(office, found.code, "undo")
    with pytest.raises(RuleBroken, match=r"letter\.no-move"):
        letter(office, FormKey.SUPPLEMENT, found.id)


def test_the_refusal_of_what_came_online(office: Office) -> None:
    with clock.frozen(MOMENT):
        found = received(office, procedure=UNMARRIED)
        came_online(office, found.id)
        do(office, found.code, "refuse", reason="Không thuộc thẩm quyền của phường")
    shown = letter(office, FormKey.REFUSAL, found.id)
    assert shown.reasons == ("Không thuộc thẩm quyền của phường",)
    assert (shown.submitted_at, shown.head.number, shown.form.symbol) == (MOMENT, 1, "PTC")


def test_papers_that_lie_here_are_given_back_and_others_not(office: Office) -> None:
    found = received(office, made_person(6), procedure=UNMARRIED)
    do(office, found.code, "stop", reason="không đủ điều kiện")
    dossier = office.read(dossiers.one, found.id)
    assert dossier is not None
    here = {each.name for each in dossier.components if each.originals + each.certified + each.copies}
    shown = letter(office, FormKey.STOP, found.id)
    assert {each.name for each in shown.given_back} <= here
    assert all(each.originals + each.certified + each.copies for each in shown.given_back)
    assert [each.amount for each in shown.fees] == [each["amount"] for each in dossier.values["fee_lines"]]


def test_an_instant_procedure_is_judged_on_the_slip_too(office: Office) -> None:
    with clock.frozen(MOMENT):
        found = received(office, procedure=UNMARRIED)
        do(office, found.code, "finish")
    shown = letter(office, FormKey.CONTROL, found.id)
    [step] = shown.steps
    assert (step.giver, step.taker, step.judged) == (shown.head.unit, shown.head.unit, Timeliness.EARLY)
    assert shown.blanks == life_letters.BLOCKS - 1


def test_the_slip_keeps_the_date_that_was_put_off(office: Office) -> None:
    with clock.frozen(MOMENT):
        found = received(office, procedure=UNMARRIED)
        do(office, found.code, "forward", to="Hộ tịch")
        before = letter(office, FormKey.CONTROL, found.id)
    with clock.frozen(MOMENT + timedelta(days=2)):
        do(office, found.code, "extend", reason="chờ xác minh", due="2026-12-04")
    after = letter(office, FormKey.CONTROL, found.id)
    assert (before.put_off_from, after.put_off_from) == (None, before.due_at)
    assert after.due_at > before.due_at


def test_a_result_that_was_taken_back_is_handed_over_again_on_the_slip(office: Office) -> None:
    found = received(office, procedure=UNMARRIED)
    do(office, found.code, "forward", to="Hộ tịch")
    do(office, found.code, "finish")
    do(office, found.code, "recall", reason="sai tên")
    steps = letter(office, FormKey.CONTROL, found.id).steps
    unit = letter(office, FormKey.CONTROL, found.id).head.unit
    assert [(each.giver, each.taker) for each in steps] == [(unit, "Hộ tịch"), ("Hộ tịch", unit), (unit, "Hộ tịch")]
    assert steps[-1].note == "Thu hồi kết quả: sai tên"


def test_the_owner_who_collects_is_known_by_his_own_number_masked(office: Office) -> None:
    person = made_person(7)
    found = received(office, person, procedure=UNMARRIED)
    do(office, found.code, "finish")
    do(office, found.code, "hand-back", receiver=Receiver(identity_number=person.identity_number), paper="identity")
    shown = letter(office, FormKey.HANDED_BACK, found.id)
    assert shown.receiver == person.name
    assert shown.receiver_identity == mask(person.identity_number)
    full: Any = office.read(life_letters.handed_back, found.id, LetterOptions(full_number=True)).letter
    assert full.receiver_identity == person.identity_number


def test_the_label_goes_to_whom_the_citizen_chose(office: Office) -> None:
    post = {"way": "post", "name": "Người Nhận", "phone": "0987654321", "address": "Thôn 2, xã Mẫu"}
    by_post = received(office, made_person(8), procedure=UNMARRIED, delivery=post)
    at_counter = received(office, made_person(9), procedure=UNMARRIED)
    shown = letter(office, FormKey.LABEL, by_post.id)
    assert (shown.name, shown.phone, shown.address, shown.by_post) == (*list(post.values())[1:], True)
    other = letter(office, FormKey.LABEL, at_counter.id)
    assert (other.name, other.by_post) == (made_person(9).name, False)


def test_an_authorisation_has_the_number_only_where_the_office_prints_numbers(office: Office) -> None:
    person = made_person(10)
    found = received(office, person, procedure=UNMARRIED)
    assert letter(office, FormKey.AUTHORISATION, found.id).gives.number == ""
    full: Any = office.read(life_letters.authorisation, found.id, LetterOptions(full_number=True)).letter
    assert full.gives.number == person.identity_number
    assert (full.gives.name, full.takes.name) == (person.name, "")


def test_an_unknown_dossier(office: Office) -> None:
    for query in life_letters.LIFE.values():
        with pytest.raises(RuleBroken, match=r"dossier\.unknown"):
            office.read(query, "no-such", LetterOptions())
    assert office.read(letters.intake, "no-such") is None
