"""The apology: a công văn by NĐ 30/2020, its dates, its reason, and who signs."""

from __future__ import annotations

import pytest

from desktop.reports import extension
from onestop.rules.letters import FormKey, Paper, Reference, forms
from tests.helpers import life
from tests.helpers.pages import fonts, inside, packed, texts


def text_of(**changes: object) -> str:
    return packed(" ".join(texts(extension.draw(life.extension(**changes)))))


def test_what_it_says() -> None:
    text = text_of()
    for part in (
        "Mẫu số 04",
        "Số: 07/TTPVHCC",
        "V/v xin lỗi và hẹn lại ngày trả kết quả",
        "Phường Mẫu, ngày 26 tháng 11 năm 2026",
        "Kính gửi: Ông/Bà Nguyễn Thị Ánh",
        "Ngày 23 tháng 11 năm 2026, Trung tâm Phục vụ hành chính công tiếp nhận hồ sơ",
        "Mã hồ sơ: H56.99-261123-0001",
        "Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 27 tháng 11 năm 2026.",
        "chưa thể trả kết quả",
        "Lý do: Cần xác minh tình trạng hôn nhân",
        "xin lỗi Ông/Bà",
        "gia hạn thời gian giải quyết thêm 05 ngày làm việc.",
        "Thời gian hẹn trả kết quả lại: 17 giờ 00 phút, ngày 04 tháng 12 năm 2026.",
        "số điện thoại: 0237 000 0000./.",
        "Nơi nhận: - Như trên; - Lưu: VT, Trung tâm Phục vụ hành chính công phường Mẫu.",
        "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
        "(Ký, ghi rõ họ tên, đóng dấu)",
    ):
        assert packed(part) in text, part
    assert packed("VĂN BẢN XIN LỖI") not in text, "a công văn has no title"


def test_after_the_date_it_says_so() -> None:
    text = text_of(in_time=False)
    assert packed("đến nay Trung tâm Phục vụ hành chính công chưa trả kết quả") in text
    assert packed("chưa thể trả") not in text


def test_the_form_of_2018_has_a_title() -> None:
    old = next(form for form in forms() if form.key is FormKey.EXTENSION and "2018" in form.source)
    for paper in Paper:
        [page] = texts(extension.draw(life.extension(form=old), paper))
        assert "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ" in page
        assert "V/v" not in page


@pytest.mark.parametrize("paper", tuple(Paper))
def test_long_and_missing_fields_stay_on_the_sheet(paper: Paper) -> None:
    long = life.extension(applicant=life.LONG, reason=life.LONG_TEXT * 3, request=life.LONG_TEXT)
    bare = life.extension(
        applicant=life.NOBODY, reason="", request="", due_at=None, more_days=None, reference=Reference()
    )
    for letter in (long, bare):
        file = extension.draw(letter, paper)
        pages = texts(file)
        assert "THỦ TRƯỞNG CƠ QUAN" in pages[-1] and "./." in pages[-1], "the signature stands with the last words"
        assert inside(file)
    assert life.LONG.owner in " ".join(texts(extension.draw(long, paper)))


def test_draft_reprint_and_fonts() -> None:
    assert "BẢN NHÁP" in texts(extension.draw(life.extension(draft=True)))[0]
    again = extension.draw(life.extension(reprint=1))
    assert "Bản in lại lần 1" in texts(again)[0]
    assert again.startswith(extension.draw(life.extension()))
    assert all(fonts(again).values())
