"""Points of reception and other agencies: changed by acts, checked, found by receiving and on letters."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.office import Office
from onestop.actions import manage
from onestop.actions.manage import OfficeForm
from onestop.actions.table import KINDS
from onestop.queries import agencies, letters
from onestop.rules.errors import RuleBroken
from onestop.rules.places import Agency, Point
from onestop.store import rebuild
from tests.helpers.office import act_as, received

TODAY = date(2026, 11, 23)
TRADE, TRADE_PROCEDURE = "so-cong-thuong", "2.000033"


def row(office: Office) -> Any:
    office.forget_row()
    return office.row


def test_the_first_point_stands_on_letters(demo_office: Office) -> None:
    dossier = received(demo_office).id
    old, other = (Point(**{key: value or "" for key, value in each.items()}) for each in row(demo_office).points)
    demo_office.perform(manage.set_points, (Point(" Điểm  số 2 ", "", "0200 1"), old, other))
    assert row(demo_office).points[0] == {"name": "Điểm số 2", "address": None, "phone": "0200 1"}
    assert demo_office.read(letters.receipt, dossier).head.unit == "Điểm số 2"
    demo_office.perform(manage.set_points, ())
    assert demo_office.read(letters.receipt, dossier).head.unit == row(demo_office).name
    assert demo_office.read(rebuild.compare, KINDS, demo_office.files, demo_office.id) == []


def test_the_same_points_again_are_no_act(demo_office: Office) -> None:
    points = tuple(Point(each["name"], each["address"], each["phone"]) for each in row(demo_office).points)
    before = demo_office.perform(manage.set_points, points).head
    assert demo_office.perform(manage.set_points, points).head == before


@pytest.mark.parametrize(
    ("points", "code", "place"),
    [
        ((Point("A"), Point(" ")), "point.no-name", 1),
        ((Point("Điểm A"), Point("B"), Point("điểm a")), "point.twice", 2),
    ],
)
def test_points_that_cannot_be(demo_office: Office, points: tuple[Point, ...], code: str, place: int) -> None:
    with pytest.raises(RuleBroken) as caught:
        demo_office.perform(manage.set_points, points)
    assert (caught.value.code, caught.value.details["place"]) == (code, place)


def test_the_code_of_another_agency_stands_before_its_dossiers(demo_office: Office) -> None:
    key = demo_office.perform(manage.set_agency, Agency(TRADE, "h99.05.1", "Sở Công Thương")).answer
    assert key == TRADE
    assert row(demo_office).agencies[TRADE] == {"code": "H99.05.1", "name": "Sở Công Thương"}
    dossier = received(demo_office, procedure=TRADE_PROCEDURE).id
    letter = demo_office.read(letters.receipt, dossier)
    assert letter.reference.temporary
    with demo_office.store.reading() as connection:
        found = connection.exec_driver_sql("SELECT competent_agency FROM dossier").scalar_one()
    assert found == "H99.05.1"


def test_an_agency_is_added_named_by_itself_and_taken_away(demo_office: Office) -> None:
    keys = [
        demo_office.perform(manage.set_agency, Agency("", f"H99.4{number}", "Sở Nội vụ")).answer for number in (1, 2)
    ]
    assert keys == ["so-noi-vu", "so-noi-vu-2"]
    demo_office.perform(manage.remove_agency, keys[0])
    assert keys[0] not in row(demo_office).agencies
    assert keys[1] in row(demo_office).agencies
    with pytest.raises(RuleBroken, match=r"agency\.unknown"):
        demo_office.perform(manage.remove_agency, keys[0])
    assert demo_office.read(rebuild.compare, KINDS, demo_office.files, demo_office.id) == []


def test_an_agency_that_decides_a_procedure_stays(demo_office: Office) -> None:
    with pytest.raises(RuleBroken) as caught:
        demo_office.perform(manage.remove_agency, TRADE)
    assert (caught.value.code, caught.value.details["count"]) == ("agency.in-use", 1)


@pytest.mark.parametrize(
    ("agency", "code", "field"),
    [
        (Agency("", "H99.50", " "), "agency.no-name", "name"),
        (Agency("", "", "Sở X"), "code.prefix-bad", "code"),
        (Agency("", "H99/50", "Sở X"), "code.prefix-bad", "code"),
        (Agency("", "H99.14", "Sở X"), "agency.own-code", "code"),
        (Agency("", "h99.05", "Sở X"), "agency.code-taken", "code"),
    ],
)
def test_agencies_that_cannot_be(demo_office: Office, agency: Agency, code: str, field: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        demo_office.perform(manage.set_agency, agency)
    assert (caught.value.code, caught.value.details["field"]) == (code, field)


def test_what_the_catalogue_names_and_nobody_entered_comes_first(demo_office: Office) -> None:
    with demo_office.store.writing() as connection:
        connection.exec_driver_sql("UPDATE office SET agencies = '{}'")
    rows = demo_office.read(agencies.agencies, TODAY)
    assert [(each.key, each.code) for each in rows] == [("so-cong-thuong", ""), ("so-giao-duc-va-dao-tao", "")]
    demo_office.perform(manage.set_agency, Agency(TRADE, "H99.05", "Sở Công Thương"))
    rows = demo_office.read(agencies.agencies, TODAY)
    assert [(each.key, each.code) for each in rows] == [("so-giao-duc-va-dao-tao", ""), ("so-cong-thuong", "H99.05")]
    assert len(rows[1].procedures) == 1
    assert demo_office.read(agencies.agencies, date(1999, 1, 1))[0].procedures == ()


def test_who_may_not_edit_the_office_changes_neither(demo_office: Office) -> None:
    act_as(demo_office, "ha")
    for action, form in (
        (manage.set_points, (Point("A"),)),
        (manage.set_agency, Agency("", "H99.50", "Sở X")),
        (manage.remove_agency, TRADE),
    ):
        with pytest.raises(RuleBroken, match=r"permission\.missing"):
            demo_office.perform(action, form)


def test_lists_are_not_changed_behind_their_own_rules(demo_office: Office) -> None:
    for key in ("points", "agencies"):
        with pytest.raises(RuleBroken, match=r"office\.particular-unknown"):
            demo_office.perform(manage.change_office, OfficeForm({key: []}))
