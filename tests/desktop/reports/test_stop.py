"""The notice that a dossier is stopped: whose will it was, what is given back, what the pen fills in."""

from __future__ import annotations

import pytest

from desktop.reports import stop
from onestop.rules.letters import ComponentLine, FeeLineText, Paper
from onestop.rules.procedure import FeeKind
from tests.helpers import letters, life
from tests.helpers.pages import codes, fonts, inside, packed, picture, texts


def text_of(**changes: object) -> str:
    return packed(" ".join(texts(stop.draw(life.stop(**changes)))))


def test_what_it_says() -> None:
    text = text_of()
    for part in (
        "Mẫu số 05",
        "Số: 08/TB-TTPVHCC",
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        "Kính gửi: Ông/Bà Nguyễn Thị Ánh",
        "Chủ hồ sơ: Nguyễn Thị Ánh",
        "Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 23 tháng 11 năm 2026",
        "thông báo dừng giải quyết hồ sơ nêu trên kể từ ngày 26 tháng 11 năm 2026",
        "Lý do: Quá thời hạn bổ sung",
        "1 Trích lục ghi chú ly hôn 1 – –",
        "2 Giấy tờ chứng minh nơi thường trú – 1 2",
        "Phí, lệ phí của hồ sơ: 15.000 đồng. Số tiền đã nộp được hoàn trả (nếu có): …",
        "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
        "NGƯỜI NHẬN LẠI GIẤY TỜ",
    ):
        assert packed(part) in text, part
    assert codes(picture(stop.draw(life.stop()))) == [letters.CODE]


def test_withdrawn_with_nothing_to_give_back_and_nothing_to_pay() -> None:
    for fees in ((), (FeeLineText(FeeKind.PHI, "Phí", 0, "miễn"),)):
        text = text_of(withdrawn=True, given_back=(), fees=fees)
        assert packed("Theo đề nghị của Ông/Bà Nguyễn Thị Ánh") in text
        assert packed("Giấy tờ hoàn trả: không có.") in text
        assert packed("NGƯỜI NHẬN LẠI") not in text
        assert packed("Phí, lệ phí") not in text


def test_an_unknown_fee_is_not_nothing() -> None:
    assert packed("chưa có mức thu") in text_of(fees=(FeeLineText(FeeKind.PHI, "Phí thẩm định", None),))


@pytest.mark.parametrize("paper", tuple(Paper))
def test_long_and_missing_fields_stay_on_the_sheet(paper: Paper) -> None:
    many = tuple(ComponentLine(f"Giấy tờ thứ {n}: {life.LONG_TEXT}"[:300], copies=1) for n in range(40))
    for letter in (
        life.stop(applicant=life.LONG, reason=life.LONG_TEXT * 3, request=life.LONG_TEXT, given_back=many),
        life.stop(applicant=life.NOBODY, reason="", request="", given_back=()),
    ):
        file = stop.draw(letter, paper)
        pages = texts(file)
        assert "THỦ TRƯỞNG CƠ QUAN" in pages[-1]
        assert "Nếu cần biết thêm" in pages[-1]
        assert inside(file)
    whole = packed(" ".join(texts(stop.draw(life.stop(given_back=many), paper))))
    assert all(packed(f"Giấy tờ thứ {n}:") in whole for n in range(40))


def test_draft_reprint_and_fonts() -> None:
    assert "BẢN NHÁP" in texts(stop.draw(life.stop(draft=True)))[0]
    assert "Số: ……/TB" in texts(stop.draw(life.stop(draft=True)))[0]
    assert "Bản in lại lần 1" in texts(stop.draw(life.stop(reprint=1)))[0]
    assert all(fonts(stop.draw(life.stop())).values())
