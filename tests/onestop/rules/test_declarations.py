"""The table of declarations: each form is filled in from much and from nothing, and asks for nothing unheard of."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from onestop.rules import declarations
from onestop.rules.declarations import BoxesLine, Facts, GridLine, PartsLine, TicksLine, read_declaration
from onestop.rules.errors import RuleBroken
from onestop.texts import SENTENCES, sentence
from tests.helpers.declared import FULL, KEYS, NOTHING

DAY = date(2026, 11, 23)


def plain(key: str) -> dict[str, object]:
    return tomllib.loads((declarations.FOLDER / f"{key}.toml").read_text("utf-8"))


def test_six_forms_ship_and_say_that_they_were_not_read() -> None:
    assert set(KEYS) == {"ct01", "ket-hon", "khai-sinh", "khai-tu", "tinh-trang-hon-nhan", "trich-luc"}
    for each in declarations.declarations():
        assert not each.form.checked
        assert each.read
        assert declarations.of_procedure(each.procedures[0], DAY) == (each,)


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("1.001193", "khai-sinh"),
        ("1.000656", "khai-tu"),
        ("1.004873", "tinh-trang-hon-nhan"),
        ("2.000635", "trich-luc"),
        ("1.000894", "ket-hon"),
        ("1.004222", "ct01"),
        ("1.004194", "ct01"),
    ],
)
def test_a_procedure_has_its_form(code: str, key: str) -> None:
    assert declarations.chosen(code, "", DAY).key == key


def test_a_procedure_without_one_says_so_and_names_what_there_is() -> None:
    with pytest.raises(RuleBroken) as broken:
        declarations.chosen("1.013225", "Cấp giấy phép xây dựng", DAY)
    assert broken.value.code == "declaration.none"
    assert "Cấp giấy phép xây dựng" in sentence(broken.value.code, **broken.value.details)
    assert declarations.chosen("1.013225", "", DAY, "CT01 ").key == "ct01"
    for key, day in (("giay-khac", DAY), ("ct01", date(2020, 1, 1))):
        with pytest.raises(RuleBroken, match=r"print\.template"):
            declarations.chosen("1.001193", "", day, key)
    assert {"declaration.none", "print.template"} <= set(SENTENCES)


def test_what_is_not_known_is_left_to_the_pen_and_never_made_up() -> None:
    for each in declarations.declarations():
        for line in each.filled(NOTHING):
            if isinstance(line, PartsLine):
                assert all(not part.value or part.value.startswith("…") for part in line.parts)
            elif isinstance(line, BoxesLine):
                assert line.value == ""
            elif isinstance(line, TicksLine):
                assert not any(ticked for _text, ticked in line.choices)
            elif isinstance(line, GridLine):
                assert not any(cell for row in line.rows for cell in row[1:])
        assert all(not each.name for each in each.signed(NOTHING))


def test_of_several_the_first_that_is_known_is_taken() -> None:
    facts = Facts({"owner.name": "Nguyễn Thị Ánh", "office.ward": "phường Mẫu"})
    assert facts.take(["fields.chu_ho", "owner.name"]) == "Nguyễn Thị Ánh"
    assert facts.take("Công an {office.ward}") == "Công an phường Mẫu"
    assert facts.take(["{owner.name}, ngày {fields.ngay}", "ngày {fields.ngay}"]) == "", "half a sentence is none"
    assert facts.take("owner.address") == ""


def test_members_of_a_household_come_one_a_row_and_leave_room() -> None:
    [grid] = [line for line in declarations.chosen("1.004222", "", DAY).filled(FULL) if isinstance(line, GridLine)]
    assert [row[:2] for row in grid.rows] == [("1", "Trần Hoàng Ưu Ái"), ("2", "Trần Văn Cụ"), ("3", ""), ("4", "")]
    assert grid.rows[1][4] == "038041000055"


@pytest.mark.parametrize("wanted", ["owner.colour", "nobody.name", "fields.", "weather"])
def test_a_form_that_asks_for_what_no_dossier_has_is_refused(wanted: str) -> None:
    row = plain("khai-tu")
    row["line"] = [{"parts": [{"label": "Họ tên", "take": wanted}]}]
    with pytest.raises(ValueError, match="a dossier has no"):
        read_declaration(row)
