"""People and organisations: what a form must hold, what differs, who resembles whom. Every person is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop import texts
from onestop.rules import citizen
from onestop.rules.citizen import Difference, check_person, differences, similar
from onestop.rules.errors import RuleBroken
from onestop.rules.identity import read_card
from onestop.rules.intake import PersonForm
from onestop.store import schema

TODAY = date(2026, 11, 23)

MAU = PersonForm(
    name="Nguyễn Văn Mẫu",
    date_of_birth="05/03/1990",
    sex="Nam",
    identity_number="038 090 000 011",
    phone="0912 345 678",
    address="Thôn 1, Xã Mẫu, Thanh Hóa",
)
SHOP = PersonForm(kind="household-business", name="Tạp hoá Ánh Dương", tax_code="038090000011", representative=MAU)
FIRM = PersonForm(kind="organisation", name="Công ty TNHH Mẫu", tax_code="0100047516", representative=MAU)
CARD = "038090000011|171000011|Nguyễn Văn Mẫu|05031990|Nam|Thôn 1, Xã Mẫu, Thanh Hóa|20052021"


def codes(form: PersonForm, **named: Any) -> list[str]:
    remarks = [remark.code for remark in check_person(form, TODAY, **named)[1]]
    assert set(remarks) <= set(texts.SENTENCES)
    return remarks


def values(form: PersonForm, **named: Any) -> dict[str, Any]:
    return check_person(form, TODAY, **named)[0]


# -- what a form must hold


def test_a_person_becomes_columns() -> None:
    kept = values(
        replace(MAU, email=" mau@vidu.vn ", unit_code="14758", old_district="Huyện Mẫu", issued_on="20/5/2021")
    )
    assert kept == {
        "kind": "person",
        "name": "Nguyễn Văn Mẫu",
        "date_of_birth": "1990-03-05",
        "sex": "Nam",
        "identity_number": "038090000011",
        "cmnd": None,
        "passport": None,
        "nationality": None,
        "birth_certificate": None,
        "no_paper_reason": None,
        "tax_code": None,
        "phone": "0912345678",
        "email": "mau@vidu.vn",
        "address": "Thôn 1, Xã Mẫu, Thanh Hóa",
        "unit_code": "14758",
        "unit_set": "2025-07-01",
        "old_district": "Huyện Mẫu",
        "issued_on": "2021-05-20",
        "from_card": False,
    }
    assert codes(MAU) == []


def test_the_columns_are_those_of_the_table() -> None:
    columns = set(schema.citizen.c.keys())
    for form in (MAU, SHOP, FIRM):
        assert set(values(form)) <= columns
    grouped = [column for group in citizen.EDIT_GROUPS.values() for column in group]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) == set(values(MAU)) | {"representative_id"}
    assert set(citizen.keys_of("person", "An")) <= columns


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"name": ""}, "person.name-missing", "name"),
        ({"name": " \u200b\ufeff "}, "person.name-missing", "name"),
        ({"name": "038090000011"}, "person.name-digits-only", "name"),
        ({"name": "12 34"}, "person.name-digits-only", "name"),
        ({"name": "--- ?"}, "person.name-no-letters", "name"),
        ({"name": CARD}, "person.name-is-card-text", "name"),
        ({"name": "Nguyễn \u202eVăn Mẫu"}, "person.name-direction-marks", "name"),
        ({"name": "Nguyễn " * 40}, "person.name-too-long", "name"),
        ({"date_of_birth": "24/11/2026"}, "birth.future", "date_of_birth"),
        ({"date_of_birth": "31/2/1990"}, "birth.impossible", "date_of_birth"),
        ({"date_of_birth": "5/3/90"}, "birth.unreadable", "date_of_birth"),
        ({"sex": "khác"}, "person.sex-unknown", "sex"),
        ({"identity_number": "38090000011"}, "identity.not-12-digits", "identity_number"),
        ({"identity_number": "171000011"}, "identity.looks-like-cmnd", "identity_number"),
        ({"cmnd": "17100001"}, "identity.not-9-digits", "cmnd"),
        ({"passport": "C1234567"}, "person.passport-without-nationality", "nationality"),
        ({"passport": "C1?", "nationality": "Việt Nam"}, "person.passport-unreadable", "passport"),
        ({"identity_number": None}, "person.no-paper", "identity_number"),
        ({"tax_code": "01000475"}, "person.tax-code", "tax_code"),
        ({"tax_code": "01000475160"}, "person.tax-code", "tax_code"),
        ({"phone": "gọi con trai"}, "person.phone", "phone"),
        ({"phone": "0912"}, "person.phone", "phone"),
        ({"phone": "/"}, "person.phone", "phone"),
        ({"email": "mau@vidu"}, "person.email", "email"),
        ({"email": "mau vidu.vn"}, "person.email", "email"),
        ({"unit_code": "1475"}, "person.unit-code", "unit_code"),
        ({"address": "x" * 1001}, "person.text-too-long", "address"),
        ({"issued_on": "2021"}, "person.issue-date-unreadable", "issued_on"),
        ({"issued_on": "24/11/2026"}, "person.issue-date-future", "issued_on"),
        ({"issued_on": "01/01/1989"}, "person.issue-date-before-birth", "issued_on"),
        ({"kind": "ghost"}, "person.kind-unknown", "kind"),
    ],
)
def test_what_cannot_be_right_names_its_field(changes: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        values(replace(MAU, **changes))
    assert (broken.value.code, broken.value.details["field"]) == (code, field)
    assert "{" not in texts.sentence(code, **broken.value.details)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": "Nguyễn Văn Mẫu 2"}, ["person.name-has-digits"]),
        ({"name": ("Nguyễn Văn Mẫu " * 14)[:200]}, ["person.name-long"]),
        ({"name": "\ufeffNguyễn\u200b Văn Mẫu\u200e"}, ["person.name-invisible-signs"]),
        ({"name": "Nguy?n Văn Mẫu"}, ["person.name-letters-lost"]),
        ({"name": "NguyÔn V¨n MÉu"}, ["person.name-old-font"]),
        ({"sex": "Nữ"}, ["identity.sex-differs"]),
        ({"date_of_birth": "1991"}, ["identity.birth-year-differs"]),
        ({"identity_number": "003090000011"}, ["identity.province-unknown"]),
        ({"date_of_birth": None}, ["person.no-birth-date"]),
        ({"phone": "912345678"}, ["person.phone-zero-restored"]),
        ({"phone": "01234567890"}, ["person.phone-old"]),
        ({"phone": "+12025550123"}, []),
        ({"phone": "88887777"}, ["person.phone-odd"]),
        ({"phone": "0912345678 / 0987654321"}, ["person.phone-several"]),
        ({"tax_code": "0100047516"}, []),
        ({"tax_code": "0100047517"}, ["person.tax-code-check-digit"]),
        ({"tax_code": "038090000011"}, []),
        ({"tax_code": "038090000012"}, ["person.tax-code-not-own-number"]),
    ],
)
def test_what_is_odd_is_remarked_on(changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(replace(MAU, **changes)) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Thị Hoà",
        "NGUYỄN THỊ HÒA",
        "nguyễn thị hoà",
        "H’Hen Niê",
        "K'Sor Y-Bhăm",
        "Y Moan Ênuôl",
        "Nguyễn Văn Mẫu 2",
        "An",
    ],
)
def test_a_name_is_kept_as_given(name: str) -> None:
    assert values(replace(MAU, name=name))["name"] == name


def test_a_name_is_nfc_with_single_spaces() -> None:
    assert values(replace(MAU, name="  Nguye\u0302\u0303n   Va\u0306n\tMa\u0302\u0303u "))["name"] == "Nguyễn Văn Mẫu"


def outcome(name: str) -> tuple[str | None, list[str]]:
    try:
        kept, remarks = check_person(replace(MAU, name=name), TODAY)
    except RuleBroken as broken:
        return None, [broken.code]
    return kept["name"], [remark.code for remark in remarks]


@given(st.text(max_size=60))
def test_any_name_is_kept_or_clearly_refused(name: str) -> None:
    kept, told = outcome(name)
    assert kept is None or kept == " ".join(kept.split()) != ""
    assert set(told) <= set(texts.SENTENCES)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0912.345.678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("(+84)(0)912345678", "0912345678"),
        ("024 3825 1234", "02438251234"),
        ("1900 1234", "19001234"),
        ("+1 202 555 0123", "+12025550123"),
        ("0912345678; 0912345678", "0912345678"),
        ("", None),
    ],
)
def test_phones(typed: str, kept: str | None) -> None:
    assert values(replace(MAU, phone=typed))["phone"] == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0100047516", "0100047516"),
        ("0100047516-001", "0100047516-001"),
        ("0100047516 001", "0100047516-001"),
        ("038090000011", "038090000011"),
    ],
)
def test_tax_codes(typed: str, kept: str) -> None:
    assert values(replace(SHOP, tax_code=typed))["tax_code"] == kept


@pytest.mark.parametrize(
    "paper",
    [
        {"cmnd": "171000011"},
        {"passport": "c 1234567", "nationality": "Việt Nam"},
        {"birth_certificate": "123/2026"},
        {"no_paper_reason": "mất giấy tờ, chưa cấp lại"},
    ],
)
def test_one_paper_or_a_reason_is_enough(paper: dict[str, str]) -> None:
    kept = values(replace(MAU, identity_number=None, **paper))
    assert all(kept[key] for key in paper)
    assert kept["passport"] in (None, "C1234567")


def test_a_child_and_a_named_party_may_have_no_paper_yet() -> None:
    child = PersonForm(name="Trần Hoàng Ưu Ái", date_of_birth="2026-11-02", sex="Nam")
    assert codes(child) == ["person.no-paper-yet"]
    grown = PersonForm(name="Trần Văn Thử", date_of_birth="1990")
    assert codes(grown, paper_needed=False) == ["person.no-paper-yet"]


def test_a_birth_date_may_be_a_year_or_a_month() -> None:
    assert values(replace(MAU, date_of_birth="1990"))["date_of_birth"] == "1990"
    assert values(replace(MAU, date_of_birth="3/1990"))["date_of_birth"] == "1990-03"


def test_someone_of_another_unit_is_remarked_on_where_the_office_is_known() -> None:
    assert codes(replace(MAU, unit_code="14758"), office="14758") == []
    assert codes(replace(MAU, unit_code="14759"), office="14758") == ["person.other-unit"]
    assert codes(replace(MAU, unit_code="14759")) == []


def test_organisations_and_household_businesses() -> None:
    assert codes(FIRM) == codes(SHOP) == []
    assert values(FIRM)["identity_number"] is values(FIRM)["date_of_birth"] is None
    assert codes(replace(FIRM, tax_code=None)) == ["person.no-tax-code"]
    assert codes(replace(FIRM, representative=None)) == ["person.no-representative"]
    assert codes(replace(FIRM, tax_code="038090000011")) == ["person.tax-code-personal"]
    assert values(replace(FIRM, name="Công ty 19-8 số 2"))["name"] == "Công ty 19-8 số 2"
    assert codes(replace(FIRM, name="Công ty 19-8")) == []
    for field, value in {"identity_number": "038090000011", "sex": "Nam", "date_of_birth": "1990"}.items():
        with pytest.raises(RuleBroken) as broken:
            values(replace(SHOP, **{field: value}))
        assert (broken.value.code, broken.value.details["field"]) == ("person.not-for-organisation", field)


def test_what_was_checked_can_be_checked_again() -> None:
    for form in (MAU, FIRM, SHOP, citizen.form_of_card(read_card(CARD, TODAY))):
        kept = values(form)
        again = citizen.as_form(kept, {})
        assert values(again) == kept
    assert values(citizen.as_form(values(MAU), {"phone": "0987654321"}))["phone"] == "0987654321"
    assert values(citizen.as_form(values(MAU), {"phone": None}))["phone"] is None


def test_a_pointer_is_an_identity_number() -> None:
    assert citizen.pointer_number(PersonForm(identity_number="038 090 000 011")) == "038090000011"
    with pytest.raises(RuleBroken, check=lambda broken: broken.code == "identity.not-12-digits"):
        citizen.pointer_number(PersonForm())


def test_labels() -> None:
    assert citizen.role_name("me") == "Mẹ"
    assert citizen.relation_name("nguoi-duoc-uy-quyen") == "Người được ủy quyền"
    assert citizen.relation_name("em vợ") == "em vợ"
    assert citizen.kind_name("household-business") == "Hộ kinh doanh"
    assert citizen.role_name("") == ""


def test_people_stand_by_given_name_and_organisations_as_written() -> None:
    person, firm = (citizen.keys_of(kind, "Bùi Thị Ánh")["sort_key"] for kind in ("person", "organisation"))
    assert person < firm
    assert citizen.keys_of("person", "Bùi Thị Ánh")["folded"] == "bui thi anh"


# -- what differs


def test_the_same_card_again_differs_in_nothing() -> None:
    known = values(citizen.form_of_card(read_card(CARD, TODAY)))
    assert differences(known, read_card(CARD, TODAY)) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"name": "NGUYỄN VĂN MẪU"}, []),
        ({"name": "Nguyễn Văn Mầu"}, ["name"]),
        ({"date_of_birth": "1990"}, []),
        ({"date_of_birth": "05/03/1990"}, []),
        ({"date_of_birth": "1990-03-06"}, ["date_of_birth"]),
        ({"date_of_birth": "1991"}, ["date_of_birth"]),
        ({"sex": "nam"}, []),
        ({"sex": "Nữ"}, ["sex"]),
        ({"address": "thôn 1 - xã Mẫu, tỉnh Thanh Hóa"}, []),
        ({"address": "Thôn 1, X. Mẫu, T. Thanh Hoá"}, []),
        ({"address": "Thôn 2, Xã Mẫu, Thanh Hóa"}, ["address"]),
        ({"phone": "+84912345678"}, []),
        ({"phone": "0987654321"}, ["phone"]),
        ({"phone": "09"}, ["phone"]),
        ({"email": "moi@vidu.vn"}, ["email"]),
        ({"cmnd": "171000011"}, ["cmnd"]),
        ({"address": None, "phone": "", "sex": None}, []),
    ],
)
def test_differences(changes: dict[str, Any], expected: list[str]) -> None:
    found = differences(values(MAU), replace(MAU, **changes))
    assert [difference.field for difference in found] == expected


def test_a_difference_shows_both_values() -> None:
    known = {**values(MAU), "name": "Nguyễn Thị Hòa", "address": None}
    form = PersonForm(name="Nguyễn Thị Hoa", address="Xã Mẫu")
    assert differences(known, form) == (
        Difference("name", "Nguyễn Thị Hòa", "Nguyễn Thị Hoa"),
        Difference("address", None, "Xã Mẫu"),
    )
    assert differences(known, PersonForm(name="Nguyễn Thị Hoà")) == ()


def test_a_card_that_knows_the_day_differs_from_a_year() -> None:
    known = {**values(MAU), "date_of_birth": "1990"}
    assert [each.field for each in differences(known, PersonForm(date_of_birth="1990-03-05"))] == ["date_of_birth"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 P. Mẫu, Q1, TP Hà Nội", "12 phường Mẫu, quận 1, thành phố Hà Nội"),
        ("Tổ 3, Phường Mẫu, Tỉnh Lâm Đồng", "tổ 3 - phường Mẫu - Lâm Đồng"),
    ],
)
def test_addresses_are_compared_loosely(one: str, other: str) -> None:
    assert citizen.address_key(one) == citizen.address_key(other)


# -- who resembles whom


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ({}, {"identity_number": "038090000011"}, ["like.same-name", "like.same-birth-date"]),
        ({}, {"date_of_birth": "1990"}, ["like.same-name", "like.same-birth-year"]),
        ({}, {"name": "Nguyen Van Mau"}, ["like.same-name-no-marks", "like.same-birth-date"]),
        ({}, {"name": "Nguyễn Văn Mấu"}, ["like.same-name-no-marks", "like.same-birth-date"]),
        ({"name": "Trần Thị Lý"}, {"name": "Trần Thị Lí"}, ["like.name-i-y", "like.same-birth-date"]),
        ({}, {"name": "Nguyễn Văn Mẫn"}, ["like.name-one-edit", "like.same-birth-date"]),
        ({}, {"name": "Văn Mẫu Nguyễn"}, ["like.name-order", "like.same-birth-date"]),
        ({}, {"name": "Nguyễn Mẫu"}, ["like.name-shorter", "like.same-birth-date"]),
        ({}, {"date_of_birth": "1990-05-03"}, ["like.same-name", "like.birth-swapped"]),
        ({}, {"date_of_birth": "1990-03-06"}, ["like.same-name", "like.birth-one-digit"]),
        ({"identity_number": "038090000011"}, {"identity_number": "038090000012"},
         ["like.same-name", "like.same-birth-date", "like.number-one-digit"]),
        ({"cmnd": "171000011", "name": "Mẫu"}, {"cmnd": "171000011", "name": "Thử", "date_of_birth": ""},
         ["like.same-cmnd"]),
        ({"phone": "0912345678"}, {"date_of_birth": "", "phone": "0912 345 678"},
         ["like.same-name", "like.same-phone"]),
        (
            {"address": "Xã Mẫu, Thanh Hóa"},
            {"date_of_birth": "", "address": "xã Mẫu - tỉnh Thanh Hoá"},
            ["like.same-name", "like.same-address"],
        ),
    ],
)  # fmt: skip
def test_who_is_alike_and_why(one: dict[str, str], other: dict[str, str], reasons: list[str]) -> None:
    base = {"kind": "person", "name": "Nguyễn Văn Mẫu", "date_of_birth": "1990-03-05", "sex": "Nam"}
    likeness = similar({**base, **one}, {**base, **other})
    assert likeness is not None
    assert list(likeness.reasons) == reasons
    assert citizen.ALIKE <= likeness.score <= 1
    assert set(reasons) <= set(texts.SENTENCES)
    assert similar({**base, **other}, {**base, **one}) == likeness


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Trần Thị Thử"},
        {"name": "Trần Thị Thử", "phone": "0912345678", "address": "Thôn 1, Xã Mẫu, Thanh Hóa"},
        {"date_of_birth": "1985-07-21"},
        {"date_of_birth": "1990-07-21"},
        {"date_of_birth": ""},
        {"identity_number": "001090000099"},
        {"name": "Nguyễn Văn Mẫn", "date_of_birth": "1990"},
        {"kind": "organisation"},
        {"sex": "Nữ", "date_of_birth": "1990"},
        {"name": ""},
    ],
)
def test_who_is_not_alike(other: dict[str, str]) -> None:
    base = {
        "kind": "person",
        "name": "Nguyễn Văn Mẫu",
        "date_of_birth": "1990-03-05",
        "sex": "Nam",
        "identity_number": "038090000011",
        "phone": "0912345678",
        "address": "Thôn 1, Xã Mẫu, Thanh Hóa",
    }
    bare = {key: base[key] for key in ("kind", "name", "date_of_birth", "sex")}
    assert similar(base, {**bare, **other}) is None


def test_two_namesakes_with_two_numbers_are_no_likeness_but_a_new_number_of_one_is() -> None:
    namesake = {"kind": "person", "name": "Nguyễn Văn Mẫu", "date_of_birth": "1990", "identity_number": "038090000011"}
    assert similar(namesake, {**namesake, "identity_number": "001090000099"}) is None
    same_day = {**namesake, "date_of_birth": "1990-03-05", "address": "Xã Mẫu", "phone": "0912345678"}
    likeness = similar(same_day, {**same_day, "identity_number": "001090000099"})
    assert likeness is not None
    assert "like.number-differs" in likeness.reasons


def test_organisations_are_alike_by_name_or_tax_code() -> None:
    firm = {"kind": "organisation", "name": "Công ty TNHH Mẫu", "tax_code": "0100047516"}
    by_name = similar(firm, {"kind": "organisation", "name": "CONG TY TNHH MAU"})
    by_code = similar(firm, {"kind": "household-business", "name": "Khác hẳn", "tax_code": "0100047516"})
    assert by_name is not None and by_name.reasons == ("like.same-name-no-marks",)
    assert by_code is not None and by_code.reasons == ("like.same-tax-code",)
    assert similar(firm, {"kind": "organisation", "name": "Hợp tác xã Thử"}) is None


def test_forms_and_rows_compare_alike_and_half_typed_ones_do_no_harm() -> None:
    assert similar(values(MAU), MAU) is not None
    for name in ("", "N", "Ng", "Nguyễn Văn"):
        for born in ("", "1", "19", "199", "05/", "05/03/"):
            assert similar(values(MAU), {"name": name, "date_of_birth": born}) is None


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("an", "anh", True),
        ("anh", "an", True),
        ("anh", "ahn", True),
        ("anh", "ang", True),
        ("banh", "anh", True),
        ("anh", "anh", False),
        ("anh", "nha", False),
        ("an", "anhh", False),
        ("", "a", True),
        ("ab", "ba", True),
        ("abcd", "badc", False),
    ],
)
def test_one_edit(one: str, other: str, near: bool) -> None:
    assert citizen.one_edit(one, other) is near
    assert citizen.one_edit(other, one) is near
