"""What is proposed for the summary and the form's fields."""

from __future__ import annotations

import pytest

from onestop.rules import proposal
from onestop.rules.procedure import Case, FormField, Procedure

BIRTH = Procedure(
    "1.001193",
    "Thủ tục đăng ký khai sinh",
    "Đăng ký khai sinh",
    fields=(
        FormField("ngay_sinh", "Ngày sinh", "date", taken_from="con.date_of_birth"),
        FormField("noi_cu_tru", "Nơi cư trú", taken_from="owner.address"),
        FormField("dan_toc", "Dân tộc"),
    ),
)


@pytest.mark.parametrize(
    ("case", "named", "documents", "text"),
    [
        (None, [], 0, "Đăng ký khai sinh"),
        (Case(), [("me", "Lê Thị Ví"), ("con", "Trần Ưu Ái")], 0, "Đăng ký khai sinh: Trần Ưu Ái"),
        (
            Case("lai", "Đăng ký lại"),
            [("ben-nu", "Lê Thị Ví"), ("ben-nam", "Hồ Văn Ích")],
            0,
            "Đăng ký khai sinh – đăng ký lại: Hồ Văn Ích và Lê Thị Ví",
        ),
        (None, [("con", "")], 0, "Đăng ký khai sinh"),
        (None, [], 12, "Đăng ký khai sinh: 12 giấy tờ"),
    ],
)
def test_the_summary(case: Case | None, named: list[tuple[str, str]], documents: int, text: str) -> None:
    assert proposal.summary(BIRTH, case, named, documents) == text


def test_a_procedure_without_a_short_name_uses_the_long_one() -> None:
    assert proposal.summary(Procedure("1", "Thủ tục gì đó"), None, []) == "Thủ tục gì đó"


def test_fields_are_taken_from_people_who_say_something() -> None:
    people = {"con": {"date_of_birth": "2026-11-12"}, "owner": {"address": None}}
    assert proposal.taken(BIRTH, people) == {"ngay_sinh": "2026-11-12"}
    assert proposal.taken(BIRTH, {"owner": {"address": "Tổ 4"}}) == {"noi_cu_tru": "Tổ 4"}
    assert proposal.taken(BIRTH, {}) == {}
