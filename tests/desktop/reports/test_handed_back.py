"""The receipt for a result: to whom, on which paper, what exactly."""

from __future__ import annotations

import pytest

from desktop.reports import handed_back
from onestop.rules.letters import Paper
from onestop.rules.life_letters import ResultLine
from tests.helpers import letters, life
from tests.helpers.pages import codes, fonts, inside, packed, picture, texts


def text_of(**changes: object) -> str:
    return packed(" ".join(texts(handed_back.draw(life.handed_back(**changes)))))


def test_what_it_says() -> None:
    text = text_of()
    for part in (
        "GIẤY BIÊN NHẬN TRẢ KẾT QUẢ",
        "Mã hồ sơ: H56.99-261123-0001",
        "Tên thủ tục hành chính: Cấp Giấy xác nhận tình trạng hôn nhân (1.004873)",
        "Chủ hồ sơ: Nguyễn Thị Ánh",
        "Người trả kết quả: Lê Văn Tiếp Điện thoại: 0237 000 0000",
        "Người nhận kết quả: Nguyễn Thị Ánh Điện thoại: 0912 345 678",
        "Số định danh cá nhân/Hộ chiếu: 0380******12",
        "Giấy tờ xuất trình khi nhận: giấy tờ tùy thân",
        "Thời gian trả kết quả: 09 giờ 30 phút, ngày 27 tháng 11 năm 2026",
        "12/2026/UBND-XNTTHN",
        "26/11/2026",
        "Lê Minh Đức",
        "Kèm theo 02 bản sao.",
        "NGƯỜI NHẬN KẾT QUẢ",
        "NGƯỜI TRẢ KẾT QUẢ",
    ):
        assert packed(part) in text, part
    assert packed("Mẫu số") not in text, "no circular numbers it"
    assert codes(picture(handed_back.draw(life.handed_back()))) == [letters.CODE]


@pytest.mark.parametrize("paper", tuple(Paper))
def test_long_and_missing_fields_stay_on_the_sheet(paper: Paper) -> None:
    results = tuple(ResultLine(f"Kết quả {n}. {life.LONG_TEXT}"[:200], "1" * 40, "tháng 11", "") for n in range(25))
    long = life.handed_back(receiver=life.LONG_NAME, owner=life.LONG_NAME, procedure=life.LONG_TEXT, results=results)
    bare = life.handed_back(
        receiver="", receiver_phone="", receiver_identity="", shown="", giver_phone="", copies=0,
        procedure="", owner="", results=(ResultLine(""),),
    )  # fmt: skip
    for letter in (long, bare):
        file = handed_back.draw(letter, paper)
        assert "NGƯỜI TRẢ KẾT QUẢ" in texts(file)[-1]
        assert inside(file)
    text = packed(" ".join(texts(handed_back.draw(bare, paper))))
    assert packed("Điện thoại: …") in text
    assert packed("bản sao") not in text
    whole = packed(" ".join(texts(handed_back.draw(long, paper))))
    assert all(packed(f"Kết quả {n}.") in whole for n in range(25))


def test_draft_reprint_and_fonts() -> None:
    assert "BẢN NHÁP" in texts(handed_back.draw(life.handed_back(draft=True)))[0]
    assert "Bản in lại lần 1" in texts(handed_back.draw(life.handed_back(reprint=1)))[0]
    assert all(fonts(handed_back.draw(life.handed_back())).values())
