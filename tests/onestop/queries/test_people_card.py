"""One reading for the people screen: pages, counts, and a person with all that is known of him, numbers masked."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.office import Office
from onestop.actions import citizens
from onestop.actions.citizens import ChangeForm
from onestop.actions.table import KINDS
from onestop.queries import people, people_card
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import PersonForm
from onestop.store import rebuild
from tests.helpers.office import act_as, made_number, made_person, received, register

TODAY = date(2026, 11, 23)
FIRM = PersonForm(
    kind="organisation",
    name="Công ty TNHH Mẫu",
    tax_code="0100109106",
    representative=made_person(7001, name="Lê Văn Đại"),
)


def test_the_list_goes_on_from_page_to_page_in_the_order_of_given_names(demo_office: Office) -> None:
    for place, name in enumerate(("Trần Văn Ước", "Lê Thị Ánh", "Đỗ An", "Phạm Đào", "Hồ Dung")):
        register(demo_office, made_person(100 + place, name=name))
    first = demo_office.read(people_card.page, "", None, 3)
    rest = demo_office.read(people_card.page, "", first.after, 3)
    assert [row.name for row in first.rows] == ["Đỗ An", "Lê Thị Ánh", "Hồ Dung"]
    assert [row.name for row in rest.rows] == ["Phạm Đào", "Trần Văn Ước"]
    assert rest.after is None
    assert demo_office.read(people_card.count) == 5


def test_what_is_typed_finds_and_has_no_second_page(demo_office: Office) -> None:
    for place in range(3):
        register(demo_office, made_person(200 + place, name=f"Ngô Thị Mẫu {'ABC'[place]}"))
    found = demo_office.read(people_card.page, "ngo mau b", None, 2)
    assert [row.name for row in found.rows] == ["Ngô Thị Mẫu B"]
    assert found.after is None


def test_numbers_are_masked_wherever_they_stand(demo_office: Office) -> None:
    number = made_number(42)
    person = register(
        demo_office,
        made_person(
            42, sex="Nữ", identity_number=number, cmnd="123456789", passport="C1234567", nationality="Việt Nam"
        ),
    )
    demo_office.perform(citizens.change, ChangeForm(person.id, {"cmnd": "987654321", "phone": "0912000111"}))
    card = demo_office.read(people_card.card, person.id, TODAY)
    assert card is not None
    assert (card.values["identity_number"], card.values["cmnd"], card.values["passport"]) == (
        f"{number[:4]}******{number[-2:]}",
        "98*****21",
        "C1****67",
    )
    changes = {each.field: (each.before, each.after) for event in card.history for each in event.changes}
    assert changes["cmnd"] == ("12*****89", "98*****21")
    assert changes["phone"][1] == "0912000111"
    assert number not in repr(card)


def test_a_household_business_by_the_number_of_its_owner_is_masked_too(demo_office: Office) -> None:
    number = made_number(43)
    shop = register(demo_office, PersonForm(kind="household-business", name="Tạp hóa Mẫu", tax_code=number))
    card = demo_office.read(people_card.card, shop.id, TODAY)
    assert card is not None
    assert card.values["tax_code"] == f"{number[:4]}******{number[-2:]}"
    assert demo_office.read(people.find, "tạp hóa mẫu")[0].paper == card.values["tax_code"]


def test_a_card_tells_warnings_dossiers_and_history(demo_office: Office) -> None:
    person = register(demo_office, made_person(44, sex="Nam", identity_number=made_number(44, "Nữ", 1991)))
    dossier = received(demo_office, PersonForm(id=person.id))
    demo_office.perform(citizens.open_number, person.id)
    card = demo_office.read(people_card.card, person.id, TODAY)
    assert card is not None
    assert {each.code for each in card.remarks} >= {"identity.sex-differs", "identity.birth-year-differs"}
    assert [each.code for each in card.dossiers] == [dossier.code]
    assert [event.kind for event in card.history] == ["citizen.number-opened", "dossier.received", "citizen.registered"]
    assert card.history[1].details["code"] == dossier.code
    assert {event.by for event in card.history} == {"Phan Ngọc Ánh"}


def test_who_is_alike_merged_or_told_apart(demo_office: Office) -> None:
    ids = [
        register(demo_office, made_person(place, name="Đinh Thị Mẫu", sex="Nữ", date_of_birth="1990-03-05", **paper)).id
        for place, paper in enumerate(
            ({}, {"identity_number": None, "cmnd": "111222333"}, {"identity_number": None, "cmnd": "444555666"})
        )
    ]
    card = demo_office.read(people_card.card, ids[0], TODAY)
    assert card is not None
    assert {each.row.id for each in card.alike} == {ids[1], ids[2]}
    stays = demo_office.perform(citizens.same, (ids[0], ids[1])).answer
    demo_office.perform(citizens.apart, (ids[0], ids[2]))
    card = demo_office.read(people_card.card, ids[1], TODAY)
    assert card is not None
    assert card.id == stays
    assert [each.id for each in card.merged] == [one for one in ids[:2] if one != stays]
    assert [each.id for each in card.apart] == [ids[2]]
    assert card.alike == ()
    assert demo_office.read(people_card.count) == 2
    kinds = [event.kind for event in card.history]
    assert kinds.count("citizen.same") == 1, "an act that names both is told once"
    assert kinds.count("citizen.registered") == 2


def test_what_was_said_of_two_is_taken_back(demo_office: Office) -> None:
    one, two = (register(demo_office, made_person(place, name="Đinh Thị Mẫu", sex="Nữ")).id for place in (1, 3))

    def of(person: str) -> tuple[list[str], list[str]]:
        card = demo_office.read(people_card.card, person, TODAY)
        assert card is not None
        return [each.id for each in card.merged], [each.id for each in card.apart]

    assert demo_office.perform(citizens.undecide, (one, two)).answer is False
    for say in (citizens.same, citizens.apart):
        demo_office.perform(say, (one, two))
        assert of(min(one, two)) != ([], [])
        assert demo_office.perform(citizens.undecide, (two, one)).answer is True
        assert of(one) == of(two) == ([], [])
    kinds = [each.kind for each in demo_office.read(people_card.card, one, TODAY).history]
    assert kinds.count("citizen.undecided") == 2
    assert demo_office.read(rebuild.compare, KINDS, demo_office.files, demo_office.id) == []
    with pytest.raises(RuleBroken, match="apart-from-himself"):
        demo_office.perform(citizens.undecide, (one, one))
    with pytest.raises(RuleBroken, match=r"citizen\.unknown"):
        demo_office.perform(citizens.undecide, (one, "nobody"))
    act_as(demo_office, "khoa")
    with pytest.raises(RuleBroken, match=r"permission\.missing"):
        demo_office.perform(citizens.undecide, (one, two))


def test_taking_back_leaves_what_was_said_of_others(demo_office: Office) -> None:
    ids = [register(demo_office, made_person(place)).id for place in range(3)]
    for other in ids[1:]:
        demo_office.perform(citizens.apart, (ids[0], other))
    demo_office.perform(citizens.undecide, (ids[0], ids[1]))
    card = demo_office.read(people_card.card, ids[0], TODAY)
    assert card is not None
    assert [each.id for each in card.apart] == [ids[2]]


def test_a_representative_is_named_and_may_change(demo_office: Office) -> None:
    firm = register(demo_office, FIRM)
    new = made_person(7002, name="Vũ Thị Mới")
    demo_office.perform(citizens.change, ChangeForm(firm.id, representative=new))
    card = demo_office.read(people_card.card, firm.id, TODAY)
    assert card is not None
    assert card.representative is not None
    assert card.representative.name == "Vũ Thị Mới"
    assert card.remarks == ()
    (change,) = [each for event in card.history for each in event.changes]
    assert (change.before, change.after) == ("Lê Văn Đại", "Vũ Thị Mới")
    demo_office.perform(citizens.change, ChangeForm(firm.id, {"phone": "02838123456"}))
    after = demo_office.read(people_card.card, firm.id, TODAY)
    assert after is not None
    assert after.representative == card.representative, "what is not named stays"


def test_nobody_is_nobody(demo_office: Office) -> None:
    assert demo_office.read(people_card.card, "nobody", TODAY) is None
