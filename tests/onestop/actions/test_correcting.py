"""Corrections after the receipt: group by group, who asked, why, what is refused, what another clerk did meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from desktop.office import Office
from onestop import clock
from onestop.actions import citizens, correcting, process
from onestop.actions.correcting import Corrected
from onestop.queries import corrections, dossiers, overview
from onestop.rules.correcting import CorrectForm, read_correction
from onestop.rules.dossier import groups_of
from onestop.rules.errors import RuleBroken
from onestop.rules.moves import MoveForm
from tests.helpers.office import BIRTH, MONDAY, act_as, made_person, received

MOTHER = made_person(8, sex="Nữ")
CHILD = {"name": "Trần Hoàng Ưu Ái", "date_of_birth": "2026-11-02", "sex": "Nữ"}


@pytest.fixture
def birth(demo_office: Office) -> Iterator[Office]:
    """A birth, received by Hà."""
    with clock.frozen(MONDAY):
        act_as(demo_office, "ha")
        received(
            demo_office,
            MOTHER,
            procedure=BIRTH,
            parties=[{"role": "con", "person": CHILD}],
            fields={"noi_sinh": "Bệnh viện Mẫu"},
            components=[{"name": "Giấy chứng sinh", "originals": 1}],
        )
        yield demo_office


def only(office: Office) -> str:
    return str(office.read(lambda c: c.exec_driver_sql("SELECT id FROM dossier").scalar()))


def correct(office: Office, **said: Any) -> Corrected:
    form = read_correction(only(office), {"asked": "citizen", "name": MOTHER.name, "reason": "ghi nhầm", **said})
    made: Corrected = office.perform(correcting.correct, form).answer
    return made


def values(office: Office) -> Any:
    found = office.read(dossiers.one, only(office))
    assert found is not None
    return found


def test_each_group_has_its_old_value_and_its_new(birth: Office) -> None:
    made = correct(
        birth,
        contact={"phone": "0987 654 321"},
        summary="Khai sinh cho con",
        fields={"noi_sinh": "Trạm y tế phường Mẫu"},
        delivery={"way": "post", "name": "Trần Thị Mẫu", "phone": "0987654321", "address": "Tổ 5, phường Mẫu"},
        components=[{"name": "chứng sinh", "originals": 2, "reason": "hai bản"}],
    )
    assert made.groups["contact"] == [
        {"phone": "0912345678", "email": None},
        {"phone": "0987654321", "email": None},
    ]
    assert made.groups["field:noi_sinh"] == ["Bệnh viện Mẫu", "Trạm y tế phường Mẫu"]
    now = values(birth)
    assert (now.phone, now.summary, now.fields["noi_sinh"]) == (
        "0987654321",
        "Khai sinh cho con",
        "Trạm y tế phường Mẫu",
    )
    assert now.delivery["name"] == "Trần Thị Mẫu"
    paper = next(each for each in now.components if "chứng sinh" in each.name)
    assert (paper.originals, paper.reason, paper.status) == (2, "hai bản", "ok")
    assert birth.read(corrections.last, now.id) == clock.now()
    event = birth.read(overview.card, now.id).history[-1]
    assert (event.kind, event.details["name"], event.details["reason"]) == (
        "dossier.corrected",
        MOTHER.name,
        "ghi nhầm",
    )


def test_a_name_is_the_one_that_is_registered_now(birth: Office) -> None:
    dossier = values(birth)
    people = {each.role: each for each in dossier.persons}
    birth.perform(citizens.change, citizens.ChangeForm(people["owner"].citizen_id, {"name": "Trần Thị Sửa"}))
    birth.perform(citizens.change, citizens.ChangeForm(people["con"].citizen_id, {"name": "Trần Hoàng Ân"}))
    correct(birth, names=["owner", "con"])
    now = values(birth)
    assert now.owner_name == "Trần Thị Sửa"
    assert {each.role: each.name for each in now.persons} == {"owner": "Trần Thị Sửa", "con": "Trần Hoàng Ân"}


REFUSED: tuple[tuple[dict[str, Any], str, str | None], ...] = (
    ({"asked": "ai đó"}, "correct.asked", "asked"),
    ({"name": " "}, "correct.who", "name"),
    ({"reason": ""}, "move.reason-missing", "reason"),
    ({"reason": "x" * 1001}, "correct.long", "reason"),
    ({}, "correct.nothing", None),
    ({"summary": " "}, "correct.summary", "summary"),
    ({"relation": "con"}, "correct.no-submitter", "relation"),
    ({"contact": {"phone": "12"}}, "person.phone", "phone"),
    ({"contact": {"fax": "1"}}, "form.unknown-key", None),
    ({"due": "2026-12-01"}, "form.unknown-key", None),
    ({"procedure": "1.001193"}, "form.unknown-key", None),
    ({"delivery": {"way": "post", "name": "A"}}, "delivery.post-incomplete", "delivery.phone"),
    ({"delivery": {"way": "chim bồ câu"}}, "delivery.unknown", "delivery.way"),
    ({"fields": {"mau_xe": "đỏ"}}, "correct.field-unknown", "fields.mau_xe"),
    ({"fields": {"noi_sinh": ["a"]}}, "form.wrong-type", "fields.noi_sinh"),
    ({"components": [{"name": "giấy phép bay", "copies": 1}]}, "component.unknown", "components"),
    ({"components": [{"name": "chứng sinh", "originals": 0}]}, "correct.paper-gone", None),
    ({"components": [{"name": "chứng sinh", "originals": -1}]}, "form.not-a-count", None),
    ({"components": [{"name": "chứng sinh", "originals": "hai"}]}, "form.not-a-count", None),
    ({"components": [{"name": "chứng sinh", "by": "reused"}]}, "component.by", None),
    ({"components": [{"name": "chứng sinh", "status": "bad"}]}, "form.unknown-key", None),
    ({"components": [{"originals": 1}]}, "form.key-missing", "components"),
    ({"names": ["chồng"]}, "correct.role-unknown", "names"),
    ({"names": "owner"}, "form.wrong-type", "names"),
)


def test_what_cannot_be_right_is_refused_and_nothing_is_half_done(birth: Office) -> None:
    before = values(birth)
    for said, code, field in REFUSED:
        with pytest.raises(RuleBroken) as refused:
            correct(birth, **said)
        assert refused.value.code == code, said
        assert field is None or refused.value.details["field"] == field, said
    assert values(birth).history == before.history


def test_after_the_result_it_is_a_supervisors_and_after_the_end_nobodys(birth: Office) -> None:
    birth.perform(process.move, MoveForm(only(birth), "finish"))
    with pytest.raises(RuleBroken) as refused:
        correct(birth, summary="Khác")
    assert refused.value.code == "correct.finished"
    act_as(birth, "demo")
    correct(birth, summary="Khác")
    birth.perform(process.move, MoveForm(only(birth), "recall", reason="sai tên"))
    birth.perform(process.move, MoveForm(only(birth), "withdraw", reason="thôi"))
    with pytest.raises(RuleBroken) as refused:
        correct(birth, summary="Khác nữa")
    assert refused.value.code == "correct.closed"


def test_an_installer_corrects_nothing(birth: Office) -> None:
    act_as(birth, "khoa")
    with pytest.raises(RuleBroken) as refused:
        correct(birth, summary="Khác")
    assert refused.value.details == {"permission": "correct"}


def test_whoever_looked_at_the_old_value_is_told_who_corrected_it_and_how(birth: Office) -> None:
    old = values(birth)
    seen = groups_of({**old.values, "components": [], "persons": []})
    correct(birth, contact={"phone": "0987654321"})
    act_as(birth, "duc")
    form = CorrectForm(old.id, "office", "Đức", "nghe lại", contact={"phone": "0911111111"}, seen=seen)
    with pytest.raises(RuleBroken) as refused:
        birth.perform(correcting.correct, form)
    details = refused.value.details
    assert (refused.value.code, details["group"], details["by"]) == ("correct.meanwhile", "contact", "Trần Thu Hà")
    assert (details["current"]["phone"], details["wanted"]["phone"]) == ("0987654321", "0911111111")
    another = CorrectForm(old.id, "office", "Đức", "nghe lại", summary="Khai sinh", seen=seen)
    birth.perform(correcting.correct, another)
    assert (values(birth).phone, values(birth).summary) == ("0987654321", "Khai sinh")
