"""Phiếu từ chối tiếp nhận: reasons in words, all names from data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.reports import refusal
from onestop.rules.letters import Paper
from tests.helpers import letters
from tests.helpers.pages import codes, packed, picture, texts


@pytest.mark.parametrize("paper", tuple(Paper))
def test_what_it_says(paper: Paper) -> None:
    drawn = refusal.draw(letters.refusal(), paper)
    text = packed(" ".join(texts(drawn)))
    for part in (
        "Mẫu số 03",
        "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
        "Mã phiếu: P-20H-0XH-7FK",
        "Tiếp nhận hồ sơ của: Nguyễn Thị Ánh",
        "Nội dung yêu cầu giải quyết: Cấp giấy phép xây dựng nhà ở riêng lẻ",
        "Qua xem xét, Trung tâm Phục vụ hành chính công phường Mẫu thông báo không tiếp nhận, giải quyết hồ sơ này",
        "với lý do cụ thể như sau:",
        "1. Thửa đất nêu trong đơn",
        "2. Người nộp hồ sơ không phải là chủ đầu tư",
        "Đề nghị Ông/Bà liên hệ Văn phòng đăng ký đất đai",
        "Xin thông báo cho Ông/Bà được biết và thực hiện./.",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
    ):
        assert packed(part) in text, part
    assert codes(picture(drawn)) == ["P-20H-0XH-7FK"]


def test_one_reason_is_a_sentence_and_none_leaves_dots() -> None:
    one = " ".join(texts(refusal.draw(letters.refusal(reasons=("Không thuộc thẩm quyền.",)))))
    assert "như sau: Không thuộc thẩm quyền." in one
    assert "1." not in one
    none = " ".join(texts(refusal.draw(letters.refusal(reasons=()))))
    assert "như sau: ……………" in none


def test_online_names_the_moment_and_only_the_clerk_signs() -> None:
    text = " ".join(texts(refusal.draw(letters.refusal(submitted_at=letters.RECEIVED))))
    assert "Thời gian nộp: 09 giờ 05 phút, ngày 23 tháng 11 năm 2026" in text
    assert "NGƯỜI NỘP HỒ SƠ" not in text


def test_names_come_from_the_letter_alone() -> None:
    head = replace(letters.HEAD, parent="Ủy ban nhân dân xã Thử", agency="Bộ phận Thử", unit="", place="Xã Thử")
    text = " ".join(texts(refusal.draw(letters.refusal(head=head))))
    assert "Qua xem xét, Bộ phận Thử thông báo" in text
    assert "BỘ PHẬN THỬ" in text
    assert "phường Mẫu" not in text.replace(letters.APPLICANT.address, "")


def test_both_liens_where_they_are_asked_for() -> None:
    pages = texts(refusal.draw(letters.refusal(), Paper.A4, (1, 2)))
    assert ["Liên 1" in page for page in pages] == [True, False]
