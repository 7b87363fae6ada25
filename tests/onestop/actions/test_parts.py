"""A linked filing: several results with their own dates, each noted, and all of them before the dossier is finished."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from desktop.office import Office
from onestop import clock
from onestop.actions import parts, process, receive
from onestop.actions.parts import PartDone
from onestop.actions.table import KINDS
from onestop.clock import VIETNAM
from onestop.queries import dossiers, overview
from onestop.queries.dossiers import PartRow
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import RegisterForm
from onestop.rules.move_acts import demand_legal
from onestop.rules.moves import MoveForm, Receiver, Result
from onestop.rules.part_results import PartForm, read_part
from onestop.store import rebuild
from tests.helpers.office import BIRTH, act_as, made_dossier, received

KEYS = ["giay-khai-sinh", "thuong-tru", "the-bhyt"]


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=VIETNAM)


@pytest.fixture
def office(demo_office: Office) -> Iterator[Office]:
    act_as(demo_office, "ha")
    with clock.frozen(at(23, 9)):
        yield demo_office


def linked(office: Office, **given: Any) -> receive.Received:
    return received(office, procedure=BIRTH, **{"linked": "khai-sinh", **given})


def known(office: Office, dossier: str) -> dict[str, PartRow]:
    return {each.key: each for each in office.read(dossiers.parts_of, dossier)}


def done(office: Office, dossier: str, key: str, **said: str) -> PartDone:
    return office.perform(parts.finish, PartForm(dossier, key, **said)).answer


def rebuilt(office: Office) -> None:
    assert office.read(rebuild.compare, KINDS, office.files, office.id) == []


def test_one_code_several_results_and_the_last_date(office: Office) -> None:
    found = linked(office)
    assert found.due == at(26, 17)
    rows = known(office, found.id)
    assert [(each.agency, each.due_at) for each in rows.values()] == [
        ("Ủy ban nhân dân phường Mẫu", clock.utc(at(23, 17))),
        ("Công an cấp xã", clock.utc(at(26, 17))),
        ("Cơ quan bảo hiểm xã hội", clock.utc(at(26, 17))),
    ]
    rebuilt(office)


def test_it_is_finished_when_every_part_has_its_result_or_a_reason(office: Office) -> None:
    found = linked(office)
    with clock.frozen(at(25, 10)):
        first = done(office, found.code, "giay-khai-sinh", number="125/2026", signer="Lê Minh Đức", date="2026-11-23")
        assert first.left == ("Đăng ký thường trú cho trẻ", "Thẻ bảo hiểm y tế của trẻ")
        for move in ("finish", "at-once"):
            with pytest.raises(RuleBroken) as caught:
                office.perform(process.move, MoveForm(found.code, move, paper="receipt", receiver=Receiver("x")))
            assert (caught.value.code, caught.value.details["names"]) == ("part.unfinished", list(first.left))
        done(office, found.code, "thuong-tru", number="TT-7")
        done(office, found.code, "the-bhyt", reason="đã có thẻ theo mẹ")
        assert office.perform(process.move, MoveForm(found.code, "finish")).answer.state == "finished"
    row = office.read(dossiers.one, found.id)
    assert row is not None
    assert (row.values["result"]["title"], row.values["result"]["number"]) == ("Giấy khai sinh", "125/2026")
    assert (row.parts[2].result or {})["reason"] == "đã có thẻ theo mẹ"
    card = office.read(overview.card, found.id)
    assert card is not None
    assert [event.kind for event in card.history].count("part.finished") == 3
    rebuilt(office)


def test_said_again_it_is_corrected(office: Office) -> None:
    found = linked(office)
    done(office, found.code, "thuong-tru", number="TT-7")
    when = known(office, found.id)["thuong-tru"].finished_at
    done(office, found.code, "thuong-tru", number="TT-8")
    row = known(office, found.id)["thuong-tru"]
    assert ((row.result or {})["number"], row.finished_at) == ("TT-8", when)
    rebuilt(office)


def test_what_cannot_be_said_is_refused(office: Office) -> None:
    found, plain = linked(office), received(office)
    for said, code in (
        (PartForm(found.code, "thuong-tru"), "part.nothing-said"),
        (PartForm(found.code, "mai-tang-phi", number="1"), "part.unknown"),
        (PartForm(found.code, "thuong-tru", number="1", date="hôm nay"), "move.result-date"),
        (PartForm(found.code, "thuong-tru", number="1", date="2099-01-01"), "move.result-future"),
        (PartForm(plain.code, "thuong-tru", number="1"), "part.none"),
        (PartForm("H99.14-261123-9999", "thuong-tru", number="1"), "dossier.unknown"),
    ):
        with pytest.raises(RuleBroken) as caught:
            office.perform(parts.finish, said)
        assert caught.value.code == code
    office.perform(process.move, MoveForm(found.code, "withdraw", reason="công dân rút"))
    with pytest.raises(RuleBroken, match=r"part\.state"):
        done(office, found.code, "thuong-tru", number="1")


@pytest.mark.parametrize(
    ("plain", "code"),
    [
        ([], "form.not-an-object"),
        ({"number": "1"}, "form.key-missing"),
        ({"part": "a", "so": "1"}, "form.unknown-key"),
        ({"part": "a", "number": 1}, "form.wrong-type"),
    ],
)
def test_a_file_that_says_something_else_is_refused(plain: Any, code: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        read_part("x", plain)
    assert caught.value.code == code
    assert read_part("x", {"part": "a", "result": "Thẻ"}).title == "Thẻ"


def test_dates_count_anew_when_it_was_completed_and_come_back_when_that_is_taken_back(office: Office) -> None:
    found = linked(office)
    before = {key: row.due_at for key, row in known(office, found.id).items()}
    with clock.frozen(at(23, 10)):
        office.perform(process.move, MoveForm(found.code, "supplement", reason="thiếu", items=("a",)))
    with clock.frozen(at(27, 10)):
        made = office.perform(process.move, MoveForm(found.code, "complete")).answer
        after = {key: row.due_at for key, row in known(office, found.id).items()}
        assert after["giay-khai-sinh"] == clock.utc(at(27, 17))
        assert made.due == datetime(2026, 12, 1, 17, tzinfo=VIETNAM) == after["thuong-tru"]
        rebuilt(office)
        office.perform(process.move, MoveForm(found.code, "undo"))
    assert {key: row.due_at for key, row in known(office, found.id).items()} == before
    rebuilt(office)


def test_one_that_came_online_has_its_dates_from_the_answer(office: Office) -> None:
    form = made_dossier(procedure=BIRTH, linked=["the-bhyt"])
    found = office.perform(receive.register, RegisterForm(form, "G22.9-1", "2026-11-23T08:00")).answer
    assert [row.due_at for row in known(office, found.id).values()] == [None, None]
    with pytest.raises(RuleBroken, match=r"part\.state"):
        done(office, found.code, "the-bhyt", number="1")
    with clock.frozen(at(25, 9)):
        assert office.perform(process.move, MoveForm(found.code, "accept")).answer.due == at(27, 17)
    assert known(office, found.id)["giay-khai-sinh"].due_at == clock.utc(at(25, 17))
    rebuilt(office)


def test_the_result_of_the_whole_may_be_said_with_the_move(office: Office) -> None:
    found = linked(office)
    for key in KEYS:
        done(office, found.code, key, reason="không đủ điều kiện")
    office.perform(process.move, MoveForm(found.code, "finish", result=Result("Thông báo", "9/TB")))
    row = office.read(dossiers.one, found.id)
    assert row is not None
    assert row.values["result"]["number"] == "9/TB"


def test_the_centre_lets_only_a_move_that_counts_touch_the_dates_of_parts() -> None:
    found = {"state": "received", "came_from": None, "holder": None}
    left = {"state": "processing", "came_from": "received", "holder": "Tư pháp"}
    body = {"move": "forward", "from": found, "to": left, "said": {}}
    demand_legal("dossier.forwarded", body)
    with pytest.raises(RuleBroken, match=r"move-not-allowed"):
        demand_legal("dossier.forwarded", {**body, "parts": {"from": {}, "to": {"the-bhyt": None}}})
