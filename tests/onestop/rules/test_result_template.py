"""A result template: its marks and fields, what is wrong with it, what comes of it; as a file that is handed on."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from onestop.rules import result_template as rules
from onestop.rules.errors import RuleBroken
from onestop.rules.result_fields import is_known, known, label, nearest
from onestop.rules.result_starters import LARGEST, from_file, read_starters, starters, to_file
from onestop.rules.result_template import BLANK, Filled, Piece, Template, fill, problems, read_line, tidy
from onestop.texts import message

FIELDS = {"noi_sinh": "Nơi sinh"}
PLAIN = Template("Giấy xác nhận", "GIẤY XÁC NHẬN", "Việc {noi_dung}", "Ông/bà **{ho_ten}**, sinh {ngay_sinh}.")


def test_marks_of_a_line() -> None:
    assert read_line("> **XÁC NHẬN**").kind == rules.CENTRE
    assert read_line("- một").pieces == (Piece("một"),)
    line = read_line("Ông **{ho_ten} và** bà { ben:me.ho_ten }")
    assert line.pieces == (
        Piece("Ông "),
        Piece("ho_ten", True, True),
        Piece(" và", True),
        Piece(" bà "),
        Piece("ben:me.ho_ten", False, True),
    )
    for wrong, code in (
        ("{ho_ten", "brace"),
        ("ho_ten}", "brace"),
        ("{}", "brace"),
        ("{Họ tên}", "brace"),
        ("a ** b", "bold"),
    ):
        with pytest.raises(RuleBroken) as refused:
            read_line(wrong, "text", 7)
        assert (refused.value.code, refused.value.details["line"]) == (f"template.{code}", 7)


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("ho_tenn", "ho_ten"),
        ("noi_sinh", "truong:noi_sinh"),
        ("truong:noi_sin", "truong:noi_sinh"),
        ("ben:conn.ho_ten", "ben:con.ho_ten"),
        ("ben:con.hoten", "ben:con.ho_ten"),
        ("zzz", ""),
    ],
)
def test_an_unknown_field_is_named_with_the_one_that_was_meant(name: str, like: str) -> None:
    assert not is_known(name, FIELDS)
    assert nearest(name, FIELDS) == like
    [problem] = problems(replace(PLAIN, text=f"Dòng một\nTên: {{{name}}}"), FIELDS)
    assert problem.code == "template.unknown-field"
    assert problem.details["line"] == 2
    said = message(problem.code, problem.details)
    assert f"“{name}”" in said
    assert (f"Có phải “{like}”?" in said) is bool(like)


def test_every_field_that_is_offered_is_known_and_has_words() -> None:
    offered = known(FIELDS, ("con", "me"))
    assert {"ho_ten", "truong:noi_sinh", "ben:con.ngay_sinh", "ben:nguoi-nop.giay_to", "so", "ngay"} <= {
        each.name for each in offered
    }
    for each in offered:
        assert is_known(each.name, FIELDS), each
        assert each.about
        assert label(each.name, FIELDS)
    assert label("ben:con.noi_cu_tru", FIELDS) == "Con: nơi cư trú"


def test_what_keeps_a_template_from_being_used() -> None:
    def codes(**changes: Any) -> list[str]:
        return [each.code for each in problems(replace(PLAIN, **changes), FIELDS)]

    assert codes() == []
    assert codes(name="", title="", text=" ") == ["template.no-name", "template.no-title", "template.no-text"]
    assert codes(kind=rules.LETTER, about="") == ["template.no-about"]
    assert codes(receivers=("{ai}",)) == ["template.unknown-field"]
    assert codes(text="a\n" * 500) == ["template.too-long"]
    with pytest.raises(RuleBroken, match=r"template\.choice"):
        tidy(replace(PLAIN, issuer="nobody"))


def test_what_is_filled_in_is_never_read_for_marks_and_what_is_missing_is_listed() -> None:
    values = {"ho_ten": "**{so}** > Ế", "noi_dung": "x"}
    filled = fill(replace(PLAIN, text=PLAIN.text + "\n{ho_ten} {truong:noi_sinh}"), lambda name: values.get(name, ""))
    assert filled.about == "Việc x"
    first, second = filled.paragraphs
    assert first.pieces == (
        Piece("Ông/bà "),
        Piece("**{so}** > Ế", True),
        Piece(", sinh "),
        Piece(BLANK),
        Piece("."),
    )
    assert "".join(piece.text for piece in second.pieces) == f"**{{so}}** > Ế {BLANK}"
    assert filled.missing == ("ngay_sinh", "truong:noi_sinh")
    again: Filled = rules.filled_from_plain(json.loads(json.dumps(rules.filled_to_plain(filled))))
    assert again == filled


def test_a_template_is_handed_on_as_a_file() -> None:
    template = tidy(replace(PLAIN, text="Một\r\n\tHai \x00", procedures=("1.004873", "1.004873")))
    assert template.text == "Một\n   Hai"
    assert template.procedures == ("1.004873",)
    assert from_file(to_file(template)) == template
    wrong: list[tuple[bytes, str]] = [
        (b"", "template.not-a-file"),
        (b"\xff\xfe", "template.not-a-file"),
        (b"[]", "template.not-a-file"),
        (b'{"shape": "mot-cua/result-template", "template": []}', "template.not-a-file"),
        (b"[" * 100_000, "template.not-a-file"),
        (b" " * (LARGEST + 1), "template.not-a-file"),
        (b'{"shape": "mot-cua/result-template", "template": {}}', "template.file"),
        (b'{"shape": "mot-cua/result-template", "template": {"name": 7}}', "template.file"),
        (b'{"shape": "mot-cua/result-template", "template": {"name": "x", "receivers": "y"}}', "template.file"),
        (b'{"shape": "mot-cua/result-template", "template": {"name": "x", "colour": "y"}}', "template.file"),
        (b'{"shape": "mot-cua/result-template", "template": {"name": "x", "paper": "A0"}}', "template.choice"),
    ]
    for content, code in wrong:
        with pytest.raises(RuleBroken) as refused:
            from_file(content)
        assert refused.value.code == code, content[:60]


def test_what_comes_with_the_program_can_be_used_and_says_that_nobody_has_checked_it() -> None:
    assert list(starters()) == ["xac-nhan-hon-nhan", "ban-sao-trich-luc", "xac-nhan-cu-tru"]
    assert not any(each.checked for each in starters().values())
    with pytest.raises(ValueError, match="twice"):
        read_starters([{"key": "a", "name": "A"}, {"key": "a", "name": "B"}])
