"""Rows of a table of people: headings in many words, numbers that a spreadsheet spoiled. Every person is made up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop import texts
from onestop.rules.citizen import check_person
from onestop.rules.errors import RuleBroken
from onestop.rules.people_file import Columns, PersonRow, is_header, read_header, read_row, row_to_person

HEADINGS = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Số CMND", "Điện thoại", "Địa chỉ", "Ghi chú")
GOOD = ("1", "Nguyễn Văn Mẫu", "05/03/1990", "Nam", "038090000011", "", "0912345678", "Xã Mẫu, Thanh Hóa", "")


def row(**changes: str) -> PersonRow:
    names = dict(zip(HEADINGS, GOOD, strict=True))
    by_field = {"name": "Họ và tên", "born": "Ngày sinh", "sex": "Giới tính", "number": "Số CCCD", "cmnd": "Số CMND",
                "phone": "Điện thoại", "address": "Địa chỉ"}  # fmt: skip
    names.update({by_field[field]: value for field, value in changes.items()})
    return read_row(tuple(names.values()), read_header(HEADINGS), 7)


def refused(code: str, **details: Any) -> pytest.RaisesExc[RuleBroken]:
    def fits(broken: RuleBroken) -> bool:
        return (
            broken.code == code
            and all(broken.details.get(key) == value for key, value in details.items())
            and "{" not in texts.sentence(code, **broken.details)
        )

    assert code in texts.SENTENCES
    return pytest.raises(RuleBroken, check=fits)


# -- headings


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (HEADINGS, {"name": 1, "date_of_birth": 2, "sex": 3, "identity_number": 4, "cmnd": 5, "phone": 6,
                    "address": 7}),
        (("HỌ TÊN", "NĂM SINH"), {"name": 0, "date_of_birth": 1}),
        (("ho va ten", "nam sinh"), {"name": 0, "date_of_birth": 1}),
        (("Full name", "Date of birth", "Sex", "ID number", "Phone"),
         {"name": 0, "date_of_birth": 1, "sex": 2, "identity_number": 3, "phone": 4}),
        (("name", "date_of_birth", "identity_number", "tax_code", "no_paper_reason"),
         {"name": 0, "date_of_birth": 1, "identity_number": 2, "tax_code": 3, "no_paper_reason": 4}),
        (("Họ, chữ đệm và tên (*)", "Ngày, tháng, năm sinh (dd/mm/yyyy)"), {"name": 0, "date_of_birth": 1}),
        (("Họ và tên đệm", "Tên", "Ngày sinh"), {"surname": 0, "given": 1, "date_of_birth": 2}),
        (("Họ", "Tên đệm", "Tên"), {"surname": 0, "middle": 1, "given": 2}),
        (("Tên", "SĐT"), {"name": 0, "phone": 1}),
        (("Họ tên", "Nam", "Nữ"), {"name": 0, "male": 1, "female": 2}),
        (("Họ tên", "Nam"), {"name": 0}),
        (("Tên hộ kinh doanh", "MST", "Người đại diện", "CCCD người đại diện"),
         {"name": 0, "tax_code": 1, "representative_name": 2, "representative_number": 3}),
        (("Họ tên công dân theo giấy tờ", "Số CCCD/ĐDCN của công dân", "Ngày cấp CCCD"),
         {"name": 0, "identity_number": 1, "issued_on": 2}),
        (("Họ tên", "Họ tên cha", "Họ tên mẹ", "Ngày sinh cha"), {"name": 0}),
        (("Họ tên", "Tạm trú", "Nơi thường trú"), {"name": 0, "address": 2}),
        (("Họ tên", "Số CMND/CCCD"), {"name": 0, "identity_number": 1}),
    ],
)  # fmt: skip
def test_headings(headings: tuple[str, ...], fields: dict[str, int]) -> None:
    found = read_header(headings)
    assert dict(found) == fields
    assert found.headings == headings


def test_what_is_not_read_is_said() -> None:
    assert read_header(HEADINGS).unread == ("STT", "Ghi chú")


def test_no_column_of_names() -> None:
    with refused("people-file.no-name-column", columns="STT, Số CCCD, Ghi chú"):
        read_header(("STT", "Số CCCD", "", "Ghi chú"))


@pytest.mark.parametrize(
    ("cells", "heading"),
    [
        (HEADINGS, True),
        (("DANH SÁCH CÔNG DÂN",), False),
        (("Họ và tên",), False),
        (("(1)", "(2)", "(3)"), False),
        (GOOD, False),
    ],
)
def test_a_heading_among_titles(cells: tuple[str, ...], heading: bool) -> None:
    assert is_header(cells) is heading


# -- a row


def test_a_good_row() -> None:
    form, remarks = row().form, row().remarks
    assert (form.kind, form.name, form.sex, form.identity_number) == ("person", "Nguyễn Văn Mẫu", "Nam", "038090000011")
    assert (form.date_of_birth, form.phone, form.address) == ("1990-03-05", "0912345678", "Xã Mẫu, Thanh Hóa")
    assert (form.cmnd, form.email, remarks) == (None, None, ())
    assert row_to_person(GOOD, read_header(HEADINGS), 2) == form
    assert check_person(form, date(2026, 11, 23))[1] == []


@pytest.mark.parametrize(
    ("typed", "sex", "born", "number", "codes"),
    [
        ("038090000011", "Nam", "1990", "038090000011", []),
        (" 038 090 000 011 ", "Nam", "1990", "038090000011", []),
        ('="038090000011"', "Nam", "1990", "038090000011", []),
        ("'038090000011", "Nam", "1990", "038090000011", []),
        ("38090000011", "Nam", "05/03/1990", "038090000011", ["people-file.zero-restored"]),
        ("38.090.000.011", "Nam", "1990", "038090000011", ["people-file.zero-restored"]),
        ("38,090,000,011", "Nam", "1990", "038090000011", ["people-file.zero-restored"]),
        ("38090000011.0", "Nam", "1990", "038090000011", ["people-file.float-restored", "people-file.zero-restored"]),
        (
            "3.8090000011E+10",
            "Nam",
            "1990",
            "038090000011",
            ["people-file.float-restored", "people-file.zero-restored"],
        ),
        (
            "3,8090000011E+10",
            "Nam",
            "1990",
            "038090000011",
            ["people-file.float-restored", "people-file.zero-restored"],
        ),
        ("1300000022", "Nữ", "24/11/2000", "001300000022", ["people-file.zero-restored"]),
        ("138090000011.0", "Nam", "1990", "138090000011", ["people-file.float-restored"]),
        ("171000011", "Nam", "1990", None, ["people-file.cmnd-moved"]),
    ],
)
def test_numbers_that_a_spreadsheet_changed(
    typed: str, sex: str, born: str, number: str | None, codes: list[str]
) -> None:
    read = row(number=typed, sex=sex, born=born)
    assert read.form.identity_number == number
    assert [remark.code for remark in read.remarks] == codes
    for remark in read.remarks:
        assert "{" not in texts.sentence(remark.code, **remark.details)
        assert "038090000011" not in texts.sentence(remark.code, **remark.details)


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"number": "38090000011", "sex": ""}, "people-file.zero-lost", "Số CCCD"),
        ({"number": "38090000011", "born": ""}, "people-file.zero-lost", "Số CCCD"),
        ({"number": "38090000011", "sex": "Nữ"}, "people-file.zero-lost", "Số CCCD"),
        ({"number": "38090000011", "born": "1991"}, "people-file.zero-lost", "Số CCCD"),
        ({"number": "99090000011"}, "people-file.zero-lost", "Số CCCD"),
        ({"number": "3090000011"}, "people-file.zero-lost", "Số CCCD"),
        ({"number": "3.8E+10"}, "people-file.number-rounded", "Số CCCD"),
        ({"number": "3,80900E+10"}, "people-file.number-rounded", "Số CCCD"),
        ({"number": "17100001"}, "people-file.cmnd-zero-lost", "Số CCCD"),
        ({"cmnd": "17100001"}, "people-file.cmnd-zero-lost", "Số CMND"),
        ({"name": "Nguy\ufffdn Văn Mẫu"}, "people-file.letters-lost", "Họ và tên"),
        ({"born": "5/3/90"}, "people-file.short-year", "Ngày sinh"),
        ({"born": "05/13/1990"}, "birth.impossible", "Ngày sinh"),
        ({"born": "mồng năm"}, "birth.unreadable", "Ngày sinh"),
        ({"sex": "không rõ"}, "people-file.sex-unknown", "Giới tính"),
    ],
)
def test_a_row_that_is_refused_says_where(changes: dict[str, str], code: str, column: str) -> None:
    with refused(code, row=7, column=column):
        row(**changes)


@pytest.mark.parametrize("typed", ["380900000", "abc", "0380900000112345"])
def test_other_numbers_are_left_to_the_check_of_the_person(typed: str) -> None:
    form = row(number=typed, cmnd="171000011").form
    with pytest.raises(RuleBroken, check=lambda broken: broken.code.startswith("identity.")):
        check_person(form, date(2026, 11, 23))


def test_twelve_digits_under_cmnd_are_an_identity_number() -> None:
    read = row(number="", cmnd="038090000011")
    assert (read.form.identity_number, read.form.cmnd) == ("038090000011", None)
    assert [remark.code for remark in read.remarks] == ["people-file.number-moved"]
    assert row(cmnd="171000011").form.cmnd == "171000011"


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("05/03/1990", "1990-03-05"),
        ("5-3-1990", "1990-03-05"),
        ("1990", "1990"),
        ("1990.0", "1990"),
        ("03/1990", "1990-03"),
        ("32937", "1990-03-05"),
        ("32937.0", "1990-03-05"),
        ("1990-03-05", "1990-03-05"),
        ("1990-03-05 00:00:00", "1990-03-05"),
        ("1990-03-05T00:00:00", "1990-03-05"),
        ("05031990", "1990-03-05"),
        ("5031990", "1990-03-05"),
        ("", None),
    ],
)
def test_birth_dates(typed: str, born: str | None) -> None:
    assert row(born=typed, number="").form.date_of_birth == born


@given(st.dates(date(1928, 1, 1), date(2026, 11, 23)))
def test_the_day_number_of_a_worksheet_is_that_day(day: date) -> None:
    serial = (day - date(1900, 1, 1)).days + 2
    assert row(born=str(serial), number="").form.date_of_birth == day.isoformat()


@pytest.mark.parametrize(
    ("typed", "sex"),
    [("Nam", "Nam"), ("NỮ", "Nữ"), ("nu", "Nữ"), ("M", "Nam"), ("Female", "Nữ"), ("gái", "Nữ"), ("", None)],
)
def test_sex(typed: str, sex: str | None) -> None:
    assert row(sex=typed, number="").form.sex == sex


def test_a_phone_that_became_a_number() -> None:
    assert row(phone="912345678.0").form.phone == "912345678"
    assert row(phone="9.12345678E+8").form.phone == "912345678"
    assert row(phone="0912 345 678").form.phone == "0912 345 678"
    with refused("people-file.number-rounded", column="Điện thoại"):
        row(phone="9.12E+8")


def test_name_in_parts() -> None:
    columns = read_header(("Họ và tên đệm", "Tên"))
    assert row_to_person(("Nguyễn Văn ", "Mẫu"), columns, 2).name == "Nguyễn Văn Mẫu"


def test_birth_year_under_nam_or_nu() -> None:
    columns = read_header(("Họ tên", "Nam", "Nữ"))
    assert row_to_person(("Trần Thị Thử", "", "1990"), columns, 2).sex == "Nữ"
    assert row_to_person(("Trần Thị Thử", "", "1990"), columns, 2).date_of_birth == "1990"
    assert row_to_person(("Nguyễn Văn Mẫu", "x", ""), columns, 2).sex == "Nam"
    with refused("people-file.sex-unknown"):
        row_to_person(("Ai", "x", "x"), columns, 2)


def test_organisations() -> None:
    columns = read_header(("Tên hộ kinh doanh", "MST", "Người đại diện", "CCCD người đại diện"))
    form = row_to_person(("Tạp hoá Ánh Dương", "100047516", "Nguyễn Văn Mẫu", "038090000011"), columns, 2)
    assert (form.kind, form.tax_code) == ("household-business", "0100047516")
    assert form.representative is not None
    assert form.representative.identity_number == "038090000011"
    columns = read_header(("Đối tượng", "Tên"))
    for typed, kind in (
        ("Cá nhân", "person"),
        ("TỔ CHỨC", "organisation"),
        ("2", "household-business"),
        ("", "person"),
    ):
        assert row_to_person((typed, "Mẫu"), columns, 2).kind == kind
    with refused("people-file.kind-unknown", text="con mèo"):
        row_to_person(("con mèo", "Mẫu"), columns, 2)


def test_a_broken_row() -> None:
    columns = read_header(HEADINGS)
    with refused("people-file.row-short", row=9, found=3, expected=9):
        row_to_person(GOOD[:3], columns, 9)
    with refused("people-file.row-long", row=9, found=10, expected=9):
        row_to_person((*GOOD, "thừa"), columns, 9)
    assert row_to_person((*GOOD, "", " "), columns, 9).name == "Nguyễn Văn Mẫu"


@given(st.lists(st.text(max_size=20), min_size=9, max_size=9))
def test_any_row_is_a_form_or_a_clear_refusal(cells: list[str]) -> None:
    assert outcome(cells, read_header(HEADINGS)) in ("", *texts.SENTENCES)


def outcome(cells: list[str], columns: Columns) -> str:
    try:
        row_to_person(cells, columns, 2)
    except RuleBroken as broken:
        return broken.code
    return ""
