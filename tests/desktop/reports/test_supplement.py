"""Phiếu yêu cầu bổ sung: what is missing, why, whom to ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.reports import supplement
from onestop.rules.letters import ComponentLine, Paper
from tests.helpers import letters
from tests.helpers.pages import codes, fonts, packed, picture, texts


@pytest.mark.parametrize("paper", tuple(Paper))
def test_what_it_says(paper: Paper) -> None:
    text = packed(" ".join(texts(supplement.draw(letters.supplement(), paper))))
    for part in (
        "Mẫu số 02",
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "Mã phiếu: P-174-2KC-PH3",
        "Tiếp nhận hồ sơ của Ông/Bà: Nguyễn Thị Ánh",
        "Nội dung yêu cầu giải quyết: Đăng ký khai sinh cho con Trần Hoàng Ưu Ái",
        "Số điện thoại: 0912 345 678",
        "Yêu cầu Ông/Bà hoàn thiện hồ sơ gồm những nội dung như sau:",
        "STT",
        "1. Bổ sung Giấy chứng sinh; nếu không có thì nộp văn bản",
        "2. Ghi lại mục “Nơi sinh”",
        "Lý do: Thành phần hồ sơ chưa đủ theo quy định",
        "chậm nhất ngày 08 tháng 12 năm 2026",
        "Ông/Bà liên hệ với Lê Văn Tiếp, số điện thoại 0237 000 0001 để được hướng dẫn./.",
        "NGƯỜI HƯỚNG DẪN",
    ):
        assert packed(part) in text, part
    assert packed("NGƯỜI NỘP HỒ SƠ") not in text


@pytest.mark.parametrize("paper", tuple(Paper))
def test_its_qr_code_reopens_the_draft(paper: Paper) -> None:
    assert codes(picture(supplement.draw(letters.supplement(), paper))) == ["P-174-2KC-PH3"]


def test_signature_stays_with_the_last_sentence_however_long_the_list() -> None:
    for count in range(0, 60, 3):
        items = tuple(f"Bổ sung giấy tờ thứ {n} còn thiếu trong hồ sơ theo quy định hiện hành." for n in range(count))
        missing = tuple(ComponentLine(f"Giấy tờ {n}", copies=1) for n in range(count // 2))
        pages = texts(supplement.draw(letters.supplement(items=items, missing=missing), Paper.A5))
        assert "NGƯỜI HƯỚNG DẪN" in pages[-1] and "Trong quá trình hoàn thiện" in pages[-1]
        whole = packed(" ".join(pages))
        assert all(whole.count(packed(f"giấy tờ thứ {n} còn")) == 1 for n in range(count))


def test_an_organisation_is_addressed_as_one_and_blanks_can_be_written_in() -> None:
    who = replace(letters.APPLICANT, name="Công ty TNHH Thử", salutation="Quý cơ quan, tổ chức", phone="")
    text = " ".join(texts(supplement.draw(letters.supplement(applicant=who, clerk="", clerk_phone="", reason=""))))
    assert "Yêu cầu Quý cơ quan, tổ chức hoàn thiện hồ sơ" in text
    assert "Ông/Bà" not in text
    assert "liên hệ với …………………, số điện thoại …………………" in text


def test_draft_and_reprint_and_fonts() -> None:
    draft = supplement.draw(letters.supplement(draft=True))
    assert "BẢN NHÁP" in texts(draft)[0]
    again = supplement.draw(letters.supplement(reprint=2))
    assert "Bản in lại lần 2" in texts(again)[0]
    assert again.startswith(supplement.draw(letters.supplement()))
    assert all(fonts(draft).values())
