"""The six declarations as PDF: what is known stands there, the rest is dots and boxes, everything on one sheet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.reports import declaration
from onestop.rules.declarations import Facts
from onestop.rules.letters import Paper, Reference
from tests.helpers import life
from tests.helpers.declared import FULL, KEYS, KNOWN, NOTHING
from tests.helpers.declared import declaration as letter
from tests.helpers.letters import CODE
from tests.helpers.pages import codes, fonts, inside, packed, picture, texts

SAID = {
    "khai-sinh": (
        "TỜ KHAI ĐĂNG KÝ KHAI SINH Kính gửi: Ủy ban nhân dân phường Mẫu",
        "Quan hệ với người được khai sinh: Mẹ",
        "Họ, chữ đệm, tên: Trần Hoàng Ưu Ái",
        "02/11/2026 ghi bằng chữ: Ngày hai tháng mười một năm hai nghìn không trăm hai mươi sáu",
        "Giới tính: Nam Dân tộc: Kinh Quốc tịch: Việt Nam",
        "Giấy tờ tùy thân: Số định danh cá nhân 038190000012, cấp ngày 20/05/2021",
        "Đề nghị cấp bản sao: Có X Không Số lượng: 2 bản",
        "Phường Mẫu, ngày 23 tháng 11 năm 2026 NGƯỜI YÊU CẦU",
    ),
    "khai-tu": (
        "Họ, chữ đệm, tên: Trần Văn Cụ",
        "Đã chết vào lúc: 08 giờ 30 phút, ngày 20/11/2026",
        "Nguyên nhân chết",
    ),
    "tinh-trang-hon-nhan": (
        "TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
        "Quan hệ với người được cấp Giấy xác nhận tình trạng hôn nhân: Bản thân",
        "Tình trạng hôn nhân: Chưa đăng ký kết hôn với ai",
    ),
    "trich-luc": (
        "Đề nghị cơ quan cấp bản sao trích lục: Giấy khai sinh cho người có tên dưới đây:",
        "Số lượng bản sao đề nghị cấp: 2 bản sao",
    ),
    "ket-hon": ("Thông tin Bên nữ Bên nam", "17/02/1990 11/07/1988", "BÊN NỮ", "BÊN NAM"),
    "ct01": (
        "Mẫu CT01 – TT 53/2025/TT-BCA",
        "Kính gửi: Công an phường Mẫu",
        "4. Số định danh cá nhân: 0 3 8 1 9 0 0 0 0 0 1 2",
        "10. Nội dung đề nghị: Đăng ký thường trú tại Thôn 2, xã Mẫu, tỉnh Thanh Hóa",
        "2 Trần Văn Cụ 1941 Nam 038041000055",
        "NGƯỜI KÊ KHAI",
    ),
}


@pytest.mark.parametrize("key", KEYS)
def test_what_is_known_stands_on_the_form(key: str) -> None:
    file = declaration.draw(letter(key))
    [page] = texts(file)
    text = packed(page)
    assert packed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc") in text
    for part in SAID[key]:
        assert packed(part) in text, part
    assert "None" not in page
    assert codes(picture(file)) == [CODE]


@pytest.mark.parametrize("key", KEYS)
def test_what_is_not_known_is_room_for_the_pen(key: str) -> None:
    bare = letter(key, NOTHING, reference=Reference())
    file = declaration.draw(bare)
    [page] = texts(file)
    assert "None" not in page
    assert page.count(".....") > (2 if key != "ket-hon" else 0)
    assert inside(file)
    assert all(fonts(file).values())
    assert codes(picture(file)) == []


@pytest.mark.parametrize("key", KEYS)
def test_names_and_addresses_that_are_far_too_long_stay_on_the_sheet(key: str) -> None:
    long = {fact: life.LONG_NAME if fact.endswith("name") else said for fact, said in KNOWN.items()}
    long |= {fact: life.LONG_TEXT for fact in KNOWN if fact.endswith("address") or fact.startswith("fields.n")}
    # A5 is set smaller in every way: the narrowest of both is enough.
    file = declaration.draw(letter(key, Facts(long, FULL.several)), Paper.A5)
    assert inside(file)
    assert packed(life.LONG_NAME.strip()[:40]) in packed(" ".join(texts(file)))


def test_a_number_longer_than_its_boxes_is_written_out() -> None:
    facts = Facts({**KNOWN, "owner.identity_number": "0381900000123"})
    [page] = texts(declaration.draw(replace(letter("ct01", facts))))
    assert packed("4. Số định danh cá nhân: 0381900000123") in packed(page)
