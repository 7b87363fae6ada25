"""What a dossier or a draft gives to a declaration: who is who, what he is to whom, numbers whole, nothing made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from desktop.office import Office
from onestop import clock, texts
from onestop.actions import receive
from onestop.clock import VIETNAM
from onestop.queries import declarations, letters
from onestop.queries.letters import LetterOptions
from onestop.rules.declarations import DeclarationLetter, GridLine, PartsLine, TicksLine
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import PartyForm, PersonForm, ReceiveForm
from onestop.rules.letters import Reference
from tests.helpers.office import act_as

MOMENT = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
MOTHER = PersonForm(
    name="Nguyễn Thị Ánh",
    identity_number="038190000012",
    date_of_birth="1990-02-17",
    sex="Nữ",
    address="Tổ dân phố 3, phường Mẫu",
    issued_on="2021-05-20",
)
CHILD = PersonForm(name="Trần Hoàng Ưu Ái", date_of_birth="2026-04-01", sex="Nam")
BIRTH = ReceiveForm(
    procedure="1.001193",
    owner=MOTHER,
    parties=(PartyForm("con", CHILD), PartyForm("me", PersonForm(identity_number="038190000012"))),
    fields={"noi_sinh": "Bệnh viện đa khoa Mẫu", "dan_toc": "Kinh"},
    complete=True,
    result_copies=2,
)


@pytest.fixture
def office(demo_office: Office) -> Office:
    act_as(demo_office, "demo")
    return demo_office


def said(letter: DeclarationLetter) -> dict[str, str]:
    """Label → value of every line of parts; of labels that come again the last."""
    return {part.label: part.value for line in letter.lines if isinstance(line, PartsLine) for part in line.parts}


def of_form(office: Office, form: ReceiveForm, key: str = "") -> DeclarationLetter:
    found: DeclarationLetter = office.read(declarations.of_form, office.id, form, MOMENT, key)
    return found


def of_dossier(office: Office, procedure: str, **given: Any) -> DeclarationLetter:
    with clock.frozen(MOMENT):
        form = ReceiveForm(**{"procedure": procedure, "owner": MOTHER, "complete": True, **given})
        made = office.perform(receive.take_in, form).answer
    found: DeclarationLetter = office.read(declarations.of_dossier, made.id, LetterOptions())
    return found


def test_a_birth_names_the_mother_as_who_asks_and_the_child_with_his_day_in_words(office: Office) -> None:
    received = of_dossier(office, "1.001193", parties=BIRTH.parties, fields=BIRTH.fields, result_copies=2)
    for letter in (received, of_form(office, BIRTH)):
        values = said(letter)
        assert letter.to == "Ủy ban nhân dân phường Mẫu"
        assert values["Họ, chữ đệm, tên người yêu cầu"] == "Nguyễn Thị Ánh"
        assert values["Quan hệ với người được khai sinh"] == "Mẹ"
        assert values["Họ, chữ đệm, tên"] == "Trần Hoàng Ưu Ái"
        assert values["ghi bằng chữ"] == "Ngày một tháng tư năm hai nghìn không trăm hai mươi sáu"
        assert values["Họ, chữ đệm, tên người mẹ"] == "Nguyễn Thị Ánh"
        assert values["Họ, chữ đệm, tên người cha"] == ""
        assert values["Quê quán"] == ""
        [ticks] = [line for line in letter.lines if isinstance(line, TicksLine)]
        assert ticks.choices == (("Có", True), ("Không", False))
        assert [each.name for each in letter.signs] == ["Nguyễn Thị Ánh"]


def test_the_number_is_whole_whatever_the_receipt_shows(office: Office) -> None:
    letter = of_dossier(office, "1.004873")
    first = [line.parts[0].value for line in letter.lines if isinstance(line, PartsLine)]
    assert "Số định danh cá nhân 038190000012, cấp ngày 20/05/2021" in first
    assert said(letter)["Quan hệ với người được cấp Giấy xác nhận tình trạng hôn nhân"] == "Bản thân"


def test_who_submits_for_another_says_what_he_is_to_him_in_vietnamese(office: Office) -> None:
    son = PersonForm(name="Trần Văn Con", identity_number="038210000077", date_of_birth="2010-01-02", sex="Nam")
    try:
        texts.use("en")
        letter = of_dossier(office, "1.004873", submitter=son, relation="con")
        values = said(letter)
    finally:
        texts.use("vi")
    assert values["Họ, chữ đệm, tên người yêu cầu"] == "Trần Văn Con"
    assert values["Quan hệ với người được cấp Giấy xác nhận tình trạng hôn nhân"] == "Con"
    assert values["Họ, chữ đệm, tên"] == "Nguyễn Thị Ánh"


def test_a_copy_for_somebody_who_is_not_of_the_dossier_keeps_to_his_name(office: Office) -> None:
    own = said(of_dossier(office, "2.000635", fields={"nguoi_duoc_cap": "NGUYỄN THỊ ÁNH"}))
    assert own["Họ, chữ đệm, tên"] == "Nguyễn Thị Ánh"
    assert own["Số định danh cá nhân"] == "038190000012"
    other = said(of_dossier(office, "2.000635", fields={"nguoi_duoc_cap": "Nguyễn Văn Xưa"}))
    assert other["Họ, chữ đệm, tên"] == "Nguyễn Văn Xưa"
    assert (other["Số định danh cá nhân"], other["Quan hệ với người được cấp bản sao trích lục hộ tịch"]) == ("", "")


def test_a_wedding_has_two_columns_and_a_household_its_members(office: Office) -> None:
    groom = PersonForm(name="Trần Văn Thử", identity_number="038088000044", date_of_birth="1988-07-11", sex="Nam")
    parties = (PartyForm("ben-nam", groom), PartyForm("ben-nu", MOTHER))
    wedding = of_form(office, ReceiveForm("1.000894", groom, parties=parties))
    [grid] = [line for line in wedding.lines if isinstance(line, GridLine)]
    assert grid.rows[1] == ("Ngày, tháng, năm sinh", "17/02/1990", "11/07/1988")
    assert [each.name for each in wedding.signs] == ["Nguyễn Thị Ánh", "Trần Văn Thử"]
    home = ReceiveForm(
        "1.004222", groom, parties=(PartyForm("thanh-vien", MOTHER), PartyForm("thanh-vien", CHILD)), phone="0912345678"
    )
    moving = of_form(office, home)
    [members] = [line for line in moving.lines if isinstance(line, GridLine)]
    assert [row[1] for row in members.rows] == ["Nguyễn Thị Ánh", "Trần Hoàng Ưu Ái", "", ""]
    assert moving.to == "Công an phường Mẫu"
    assert said(moving)["5. Số điện thoại liên hệ"] == "0912345678"
    assert moving.reference == Reference(), "it has no code yet"


def test_where_there_is_no_form_or_no_procedure_a_sentence_says_so(office: Office) -> None:
    permit = replace(BIRTH, procedure="1.013225")
    for form, key, code in (
        (permit, "", "declaration.none"),
        (replace(BIRTH, procedure="9.999999"), "", "procedure.unknown"),
        (BIRTH, "khong-co", "print.template"),
    ):
        with pytest.raises(RuleBroken) as broken:
            of_form(office, form, key)
        assert broken.value.code == code
    assert of_form(office, permit, "ct01").key == "ct01"
    with pytest.raises(RuleBroken, match=r"dossier\.unknown"):
        office.read(declarations.of_dossier, "nobody", LetterOptions())


def test_what_somebody_is_to_the_owner_is_vietnamese_on_every_letter() -> None:
    texts.use("en")
    try:
        assert letters.relation_on_paper("cha-me") == "Cha, mẹ"
        assert letters.relation_on_paper("bạn") == "bạn"
        assert letters.relation_on_paper(None) == ""
    finally:
        texts.use("vi")
