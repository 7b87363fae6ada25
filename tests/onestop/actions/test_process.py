"""A dossier's life, move by move: what each needs, what it leaves, who may make it; the rows rebuilt from the acts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from desktop.models import dossier_words
from desktop.office import Office
from onestop import clock
from onestop.actions import printing, process
from onestop.actions.printing import PrintForm
from onestop.actions.process import Moved
from onestop.actions.table import KINDS
from onestop.clock import VIETNAM
from onestop.queries import dossiers, overview
from onestop.rules import supplements
from onestop.rules.errors import RuleBroken, Stale
from onestop.rules.moves import MoveForm, Receiver, Result, read_move
from onestop.store import rebuild
from onestop.store.schema import instant_text
from tests.helpers.office import BIRTH, act_as, made_person, received

UNMARRIED = "1.004873"
PERMIT = "1.013225"
MOMENT = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def office(demo_office: Office) -> Office:
    act_as(demo_office, "ha")
    return demo_office


def do(office: Office, code: str, move: str, **said: Any) -> Moved:
    found: Moved = office.perform(process.move, MoveForm(code, move, **said)).answer
    return found


def values(office: Office, found: Any) -> Any:
    row = office.read(dossiers.one, found.id)
    assert row is not None
    return row.values


def rebuilt(office: Office) -> None:
    assert office.read(rebuild.compare, KINDS, office.files, office.id) == []


def as_(office: Office, login: str) -> None:
    act_as(office, login)


def test_a_whole_life(office: Office) -> None:
    found = received(office, made_person(1), procedure=UNMARRIED)
    assert do(office, found.code, "forward", to="Tư pháp - Hộ tịch", note="gấp").state == "processing"
    assert values(office, found)["holder"] == "Tư pháp - Hộ tịch"
    done = do(office, found.code, "finish", result=Result("Giấy xác nhận", "12/2026", "2026-11-24", "Lê Minh Đức"))
    assert done.state == "finished"
    kept = values(office, found)
    assert kept["result"]["number"] == "12/2026"
    assert (kept["holder"], kept["is_open"]) == (None, False)
    person = office.read(dossiers.who_may_collect, found.id)[0]
    handed = do(office, found.code, "hand-back", receiver=Receiver(person["name"]), paper="receipt")
    assert handed.state == "handed-back"
    assert values(office, found)["handed_to"]["role"] == "owner"
    card = office.read(overview.card, found.id)
    assert card is not None
    kinds = [event.kind for event in card.history]
    assert kinds == ["dossier.received", "dossier.forwarded", "dossier.finished", "dossier.handed-back"]
    rebuilt(office)


def test_what_the_state_does_not_allow_is_refused(office: Office) -> None:
    found = received(office, procedure=UNMARRIED)
    for move in ("hand-back", "complete", "recall", "paid", "accept", "refuse"):
        as_(office, "demo")
        with pytest.raises(RuleBroken) as caught:
            do(office, found.code, move, reason="vì thế", receiver=Receiver("x"), paper="receipt")
        assert caught.value.code == "dossier.move-not-allowed", move
    assert values(office, found)["state"] == "received"


@pytest.mark.parametrize(
    ("login", "move", "allowed"),
    [("ha", "stop", False), ("ha", "extend", False), ("ha", "withdraw", True), ("demo", "stop", True)],
)
def test_who_may(office: Office, login: str, move: str, allowed: bool) -> None:
    found = received(office, procedure=UNMARRIED)
    as_(office, login)
    if allowed:
        do(office, found.code, move, reason="công dân yêu cầu")
        rebuilt(office)
    else:
        with pytest.raises(RuleBroken, match=r"permission\.missing"):
            do(office, found.code, move, reason="vì thế", due="2026-12-30")


@pytest.mark.parametrize("move", ["withdraw", "stop", "supplement", "extend"])
def test_a_reason_is_asked_where_the_law_asks(office: Office, move: str) -> None:
    found = received(office, procedure=UNMARRIED)
    as_(office, "demo")
    with pytest.raises(RuleBroken, match=r"move\.reason-missing"):
        do(office, found.code, move, reason="  ", items=("giấy",), due="2026-12-30")


def test_a_supplement_stops_the_clock_and_completion_starts_it_anew(office: Office) -> None:
    with clock.frozen(MOMENT):
        found = received(office, procedure=UNMARRIED)
        first = values(office, found)["due_at"]
        sent = do(office, found.code, "supplement", reason="thiếu giấy", items=("Giấy ly hôn",))
        assert (sent.state, sent.due, sent.warnings) == ("supplement", None, ())
        kept = values(office, found)
        assert (kept["supplements"], kept["supplement_until"], kept["original_due_at"]) == (1, "2026-12-08", first)
    with clock.frozen(MOMENT + timedelta(days=7)):
        done = do(office, found.code, "complete")
        assert done.state == "received"
        kept = values(office, found)
        assert kept["due_at"] - first == timedelta(days=6), "three working days again, a holiday no longer among them"
        assert kept["original_due_at"] == first
        assert kept["steps"][0]["code"] == "due.restarted"
        rebuilt(office)


def test_a_supplement_late_is_told_and_a_second_one_needs_a_supervisor(office: Office) -> None:
    with clock.frozen(MOMENT):
        found = received(office, procedure=UNMARRIED)
    with clock.frozen(MOMENT + timedelta(days=9)):
        late = do(office, found.code, "supplement", reason="thiếu", items=("a",))
        assert [each.code for each in late.warnings] == ["supplement.notice-late"]
        do(office, found.code, "complete")
        with pytest.raises(RuleBroken, match=r"supplement\.again"):
            do(office, found.code, "supplement", reason="thiếu", items=("b",))
        as_(office, "demo")
        again = do(office, found.code, "supplement", reason="thiếu", items=("b",))
        assert again.warnings[0].code == "supplement.counts-late"
        rebuilt(office)


def as_online(office: Office, found: Any) -> None:
    """As if it had come online, and nobody had accepted it yet."""
    due = values(office, found)["due_at"]
    was = {"state": "received", "due_at": instant_text(due), "original_due_at": instant_text(due)}
    body = {"move": "recall", "from": was, "to": dict.fromkeys(was) | {"state": "new"}, "said": {}}
    office.perform(lambda work, _form: work.record("dossier.recalled", [("dossier", found.id)], body), None)


@pytest.mark.parametrize("hours", [1, 54])
@pytest.mark.parametrize("asked", [False, True])
def test_what_came_online_counts_from_its_acceptance(office: Office, asked: bool, hours: int) -> None:
    with clock.frozen(MOMENT):
        found = received(office, procedure=UNMARRIED)
        as_online(office, found)
    with clock.frozen(MOMENT + timedelta(hours=hours)):
        move = "supplement" if asked else "accept"
        answered = do(office, found.code, move, reason="thiếu" if asked else "", items=("a",))
        assert [each.code for each in answered.warnings] == (["answer.late"] if hours > 24 else [])
    if asked:
        with clock.frozen(MOMENT + timedelta(days=3)):
            assert do(office, found.code, "complete").state == "received"
    kept = values(office, found)
    assert kept["received_at"] == MOMENT + (timedelta(days=3) if asked else timedelta(hours=hours))
    due = "2026-12-01" if asked else "2026-11-30" if hours > 24 else "2026-11-27"
    assert clock.local(kept["due_at"]).date().isoformat() == due
    assert kept["original_due_at"] == kept["due_at"]
    rebuilt(office)


def test_the_limit_stands_still_until_it_is_paid(office: Office) -> None:
    """Three working days from Monday morning; two of them go by until the money is there."""
    with clock.frozen(MOMENT):
        found = received(office, made_person(1), procedure=UNMARRIED)
        first = values(office, found)["due_at"]
        do(office, found.code, "forward")
    with clock.frozen(MOMENT + timedelta(days=2)):
        assert do(office, found.code, "ask-payment").due is None
        assert any("nộp tiền" in said for said in dossier_words.promises(values(office, found)))
    with clock.frozen(MOMENT + timedelta(days=3)):
        assert do(office, found.code, "undo").due == first
        do(office, found.code, "ask-payment")
    with clock.frozen(MOMENT + timedelta(days=7)):
        paid = do(office, found.code, "paid")
    assert paid.due is not None
    assert first is not None
    assert (clock.local(first).day, clock.local(paid.due).day) == (27, 1)
    kept = values(office, found)
    assert kept["original_due_at"] == first
    rebuilt(office)


def test_what_an_apology_promised_is_promised_while_money_is_waited_for(office: Office) -> None:
    with clock.frozen(MOMENT):
        found = received(office, made_person(1), procedure=UNMARRIED)
        do(office, found.code, "forward")
        as_(office, "demo")
        promised = do(office, found.code, "extend", reason="mất điện", due="2026-12-04").due
        assert do(office, found.code, "ask-payment").due == promised
        assert do(office, found.code, "paid").due == promised


def test_completing_goes_back_to_where_it_was_sent_from(office: Office) -> None:
    found = received(office, procedure=UNMARRIED)
    do(office, found.code, "forward", to="Tư pháp")
    do(office, found.code, "supplement", reason="thiếu", items=("a",))
    assert do(office, found.code, "complete").state == "processing"


def test_an_apology_in_time_moves_the_date_once(office: Office) -> None:
    with clock.frozen(MOMENT):
        found = received(office, procedure=UNMARRIED)
        first = values(office, found)["due_at"]
        as_(office, "demo")
        with pytest.raises(RuleBroken, match=r"extension\.not-later"):
            do(office, found.code, "extend", reason="chờ xác minh", due="2026-11-23")
        moved = do(office, found.code, "extend", reason="chờ xác minh", due="2026-12-04")
        kept = values(office, found)
        assert moved.warnings == ()
        assert (kept["due_at"], kept["original_due_at"]) == (datetime(2026, 12, 4, 17, 0, tzinfo=VIETNAM), first)
        with pytest.raises(RuleBroken, match=r"extension\.again"):
            do(office, found.code, "extend", reason="nữa", due="2026-12-10")
        rebuilt(office)


def test_nobody_is_promised_anything_on_a_day_off(office: Office) -> None:
    with clock.frozen(MOMENT):
        found = received(office, procedure=UNMARRIED)
        as_(office, "demo")
        for due in ("2026-11-29", "2026-11-28T10:00", "2027-01-01"):
            with pytest.raises(RuleBroken, match=r"extension\.day-off"):
                do(office, found.code, "extend", reason="chờ xác minh", due=due)
        for due, code in (("", "extension.date-missing"), ("9999-12-31", "extension.too-far")):
            with pytest.raises(RuleBroken, match=code):
                do(office, found.code, "extend", reason="chờ xác minh", due=due)
        with pytest.raises(RuleBroken, match=r"move\.result-future"):
            do(office, found.code, "finish", result=Result(date=f"{MOMENT.date() + timedelta(days=1)}"))


def test_an_apology_too_late_promises_and_the_dossier_stays_late(office: Office) -> None:
    with clock.frozen(MOMENT):
        found = received(office, procedure=UNMARRIED)
    first = values(office, found)["due_at"]
    as_(office, "demo")
    with clock.frozen(first + timedelta(days=1)):
        moved = do(office, found.code, "extend", reason="quá tải", due="2026-12-15")
        assert [each.code for each in moved.warnings] == ["extension.too-late"]
        kept = values(office, found)
        assert (kept["due_at"], clock.local(kept["promised_at"]).day) == (first, 15)


def test_in_one_go_or_not_at_all(office: Office) -> None:
    found = received(office, made_person(2), procedure=UNMARRIED)
    with pytest.raises(RuleBroken, match=r"move\.stranger"):
        do(office, found.code, "at-once", receiver=Receiver("Nguyễn Người Lạ"), paper="receipt")
    assert values(office, found)["state"] == "received", "nothing is half done"
    owner = office.read(dossiers.who_may_collect, found.id)[0]
    done = do(office, found.code, "at-once", receiver=Receiver(owner["name"]), paper="receipt", seen="received")
    assert done.state == "handed-back"
    kept = values(office, found)
    assert kept["finished_at"] == kept["handed_back_at"]
    rebuilt(office)


def test_a_stranger_does_not_get_the_result(office: Office) -> None:
    found = received(office, made_person(3), procedure=UNMARRIED)
    do(office, found.code, "finish")
    with pytest.raises(RuleBroken, match=r"move\.stranger"):
        do(office, found.code, "hand-back", receiver=Receiver("Nguyễn Người Lạ"), paper="receipt")
    with pytest.raises(RuleBroken, match=r"move\.authorised-who"):
        do(office, found.code, "hand-back", receiver=Receiver("Nguyễn Người Lạ"), paper="authorisation")
    owner = office.read(dossiers.who_may_collect, found.id)[0]
    wrong = Receiver(owner["name"], "001099999999")
    with pytest.raises(RuleBroken, match=r"move\.stranger"):
        do(office, found.code, "hand-back", receiver=wrong, paper="identity")
    given = Receiver("Nguyễn Người Nhận", "001094004321")
    do(office, found.code, "hand-back", receiver=given, paper="authorisation")
    assert values(office, found)["handed_to"]["number"] == "001094004321"


def test_two_clerks_at_once_one_is_told_what_the_other_did(office: Office) -> None:
    found = received(office, procedure=UNMARRIED)
    do(office, found.code, "forward", to="Tư pháp")
    with pytest.raises(RuleBroken) as caught:
        do(office, found.code, "withdraw", seen="received", reason="rút")
    assert caught.value.code == "dossier.moved-meanwhile"
    assert caught.value.details["by"] == "Trần Thu Hà"
    with pytest.raises(Stale):
        office.perform(
            lambda work, _form: work.record(
                "dossier.stopped",
                [("dossier", found.id)],
                {"move": "stop", "from": {"state": "received"}, "to": {"state": "stopped"}, "said": {}},
            ),
            None,
        )


def test_the_last_move_is_taken_back_exactly(office: Office) -> None:
    found = received(office, procedure=UNMARRIED)
    before = values(office, found)
    do(office, found.code, "supplement", reason="thiếu", items=("a",))
    do(office, found.code, "undo")
    assert values(office, found) == before
    with pytest.raises(RuleBroken, match=r"undo\.nothing"):
        do(office, found.code, "undo")
    do(office, found.code, "forward", to="Tư pháp")
    do(office, found.code, "finish")
    do(office, found.code, "undo")
    do(office, found.code, "undo")
    assert values(office, found)["state"] == "received"
    rebuilt(office)


def test_what_was_printed_is_not_taken_back(office: Office) -> None:
    found = received(office, procedure=UNMARRIED)
    do(office, found.code, "supplement", reason="thiếu", items=("a",))
    sheet = PrintForm(("dossier", found.id), "supplement", 0, "A4", "2025", b"%PDF-1.7", 0, "out")
    office.perform(printing.record, sheet)
    with pytest.raises(RuleBroken, match=r"undo\.printed"):
        do(office, found.code, "undo")


def test_what_was_printed_before_a_later_move_is_not_taken_back_either(office: Office) -> None:
    found = received(office, procedure=UNMARRIED)
    do(office, found.code, "supplement", reason="thiếu", items=("a",))
    sheet = PrintForm(("dossier", found.id), "supplement", 0, "A4", "2025", b"%PDF-1.7", 0, "out")
    office.perform(printing.record, sheet)
    do(office, found.code, "complete")
    do(office, found.code, "undo")
    with pytest.raises(RuleBroken, match=r"undo\.printed"):
        do(office, found.code, "undo")


def test_what_another_did_is_taken_back_by_a_supervisor(office: Office) -> None:
    found = received(office, procedure=UNMARRIED)
    do(office, found.code, "forward", to="Tư pháp")
    as_(office, "duc")
    with pytest.raises(RuleBroken, match=r"undo\.another"):
        do(office, found.code, "undo")
    as_(office, "demo")
    assert do(office, found.code, "undo").state == "received"


def test_a_wrong_result_is_recalled(office: Office) -> None:
    found = received(office, procedure=BIRTH)
    do(office, found.code, "finish")
    as_(office, "demo")
    assert do(office, found.code, "recall", reason="sai ngày sinh").state == "processing"
    assert values(office, found)["finished_at"] is None
    assert do(office, found.code, "finish").state == "finished"
    rebuilt(office)


@pytest.mark.parametrize(
    ("move", "plain", "code"),
    [
        ("fly", {}, "dossier.move-unknown"),
        ("stop", [], "form.not-an-object"),
        ("stop", {"why": "x"}, "form.unknown-key"),
        ("stop", {"reason": 3}, "form.wrong-type"),
        ("supplement", {"items": "a"}, "form.wrong-type"),
        ("hand-back", {"receiver": "a"}, "form.wrong-type"),
        ("hand-back", {"receiver": {"age": "3"}}, "form.unknown-key"),
    ],
)
def test_what_a_file_says_wrongly(move: str, plain: Any, code: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        read_move("H99", move, plain)
    assert caught.value.code == code


def test_a_file_says_everything() -> None:
    plain = {"receiver": {"name": " Lê  Hoa ", "identity_number": "1", "phone": "2"}, "paper": "identity"}
    assert read_move("H99", "hand-back", plain).receiver == Receiver("Lê Hoa", "1", "2")


def test_building_permits_have_their_own_rounds() -> None:
    day = datetime(2026, 1, 5, tzinfo=VIETNAM).date()
    assert [supplements.rule_for(PERMIT, day).notice_of(number) for number in (1, 2, 3, 4)] == [7, 5, 3, 3]
    assert supplements.rule_for(UNMARRIED, day).rounds == 1
    assert supplements.rule_for(UNMARRIED, datetime(2025, 6, 30).date()).regime == "pause"
