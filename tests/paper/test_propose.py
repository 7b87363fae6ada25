"""Proposals from the words of a page: what is there is proposed, what does not look right is not, nothing is a fact."""

from __future__ import annotations

from dataclasses import fields

import pytest

from onestop.rules.papers import About
from onestop.rules.text import fold
from paper import ocr, propose
from paper.component import belongs
from paper.titles import title_of
from tests.helpers import printed, wear
from tests.helpers.paperwork import made_papers

HEAD = [
    "ỦY BAN NHÂN DÂN TỈNH THANH HÓA CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "ỦY BAN NHÂN DÂN PHƯỜNG MẪU Độc lập - Tự do - Hạnh phúc",
    "Số: 05/GTN-TTPVHCC Thanh Hóa, ngày 05 tháng 01 năm 2026",
]


def proposed(lines: list[str]) -> dict[str, str]:
    return {each.field: each.value for each in propose.particulars(lines)}


def test_fields_are_those_of_the_particulars() -> None:
    assert set(propose.FIELDS) < {each.name for each in fields(About)}


@pytest.mark.parametrize("number", range(10))
def test_what_a_fresh_page_says_is_proposed(number: int) -> None:
    paper = made_papers(10, seed=7)[number]
    fresh = wear.jpeg(printed.drawn(paper, stamp=False))
    lines = ocr.read(fresh).lines
    found = {each.field: each for each in propose.particulars(lines)}
    wrong = [
        name for name, each in found.items() if name in paper.facts and fold(each.value) != fold(paper.facts[name])
    ]
    missed = [name for name in paper.facts if name not in found]
    assert (wrong, missed) == ([], [])
    assert all(0 < each.sure < 1 and each.lines for each in found.values())


def test_the_head_of_an_administrative_paper() -> None:
    assert proposed([*HEAD, "THÔNG BÁO", "Về việc tiếp nhận hồ sơ", "Kính gửi: Ông Nguyễn Văn An"]) == {
        "title": "Thông báo",
        "number": "05/GTN-TTPVHCC",
        "issued_on": "2026-01-05",
        "issuer": "Ủy ban nhân dân phường Mẫu",
        "summary": "Về việc tiếp nhận hồ sơ",
    }


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số: 05/GTN-TTPVHCC", "05/GTN-TTPVHCC"),
        ("Số 1234/QĐ-UBND", "1234/QĐ-UBND"),
        ("Sô: 12 / QĐ - UBND", "12/QĐ-UBND"),
        ("Số: 07a/GXN.", "07a/GXN"),
        ("Căn cứ Nghị định số 118/2025/NĐ-CP", None),
        ("Số nhà 12/5 đường Trần Phú", None),
    ],
)
def test_numbers_in_their_many_forms(line: str, number: str | None) -> None:
    assert proposed([line]).get("number") == number


def test_a_number_with_a_letter_misread_in_it_is_not_sure() -> None:
    [right, wrong] = (propose.particulars([f"Số: 188/{symbol} Thanh Hóa"])[0] for symbol in ("GCS", "GCŒS"))
    assert (right.sure, wrong.sure) == (0.92, 0.5)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Hà Nội, ngày 05 tháng 01 năm 2026", "2026-01-05"),
        ("Hôm nay, ngày 31 tháng 7 năm 2026, chúng tôi gồm:", "2026-07-31"),
        ("Làm tại: phường Mẫu, ngày 1 tháng 2 năm 2026", "2026-02-01"),
        ("Căn cứ Luật ngày 16 tháng 6 năm 2025;", None),
        ("Sinh ngày 17 tháng 02 năm 1990", None),
        ("Giấy này có giá trị đến ngày 15 tháng 12 năm 2026", None),
        ("Hà Nội, ngày 31 tháng 02 năm 2026", None),
    ],
)
def test_days_of_issue_and_other_days(line: str, day: str | None) -> None:
    assert proposed([line]).get("issued_on") == day


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Họ và tên: NGUYỄN THỊ ÁNH TUYẾT", "Nguyễn Thị Ánh Tuyết"),
        ("Họ, chữ đệm, tên: TRẦN ĐỨC HƯNG Giới tính: Nam", "Trần Đức Hưng"),
        ("đối với ông (bà) Lê Văn Tám, sinh năm 1958", "Lê Văn Tám"),
        ("Tên chủ đầu tư: Hồ Thị Mỹ.", "Hồ Thị Mỹ"),
        ("Họ và tên: ...........................", None),
        ("Họ và tên: 12345", None),
        ("Họ và tên: An", None),
    ],
)
def test_whose_paper_it_is(line: str, name: str | None) -> None:
    assert proposed([line]).get("holder_name") == name


def test_number_and_birth_confirm_each_other() -> None:
    lines = ["Họ và tên: LÊ VĂN TÁM", "Sinh ngày: 17/09/1977 Số định danh cá nhân: 038077000086"]
    found = {each.field: each for each in propose.particulars(lines)}
    assert (found["holder_number"].value, found["holder_born"].value) == ("038077000086", "1977-09-17")
    assert found["holder_number"].sure > 0.9 < found["holder_born"].sure


def test_a_birth_that_the_number_contradicts_is_not_proposed() -> None:
    found = proposed(["Họ và tên: LÊ VĂN TÁM", "Số căn cước: 038077000086", "Ngày, tháng, năm sinh: 11/01/2026"])
    assert found["holder_number"] == "038077000086"
    assert "holder_born" not in found


@pytest.mark.parametrize("digits", ["03807700008", "0380770000866", "12345"])
def test_a_number_of_another_length_is_not_proposed(digits: str) -> None:
    assert "holder_number" not in proposed([f"Số căn cước: {digits}"])


def test_letters_that_look_like_digits_are_read_as_digits_after_a_label() -> None:
    assert proposed(["Số căn cước: O38O77OOOO86"])["holder_number"] == "038077000086"


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Giấy này có giá trị đến ngày 15 tháng 12 năm 2026.", "valid_to", "2026-12-15"),
        ("Có giá trị đến: 10/05/2031", "valid_to", "2031-05-10"),
        ("Thời hạn sử dụng đất: Lâu dài.", "perpetual", "yes"),
    ],
)
def test_how_long_a_paper_holds(line: str, field: str, value: str) -> None:
    assert proposed([line])[field] == value


def test_the_code_of_a_kind_comes_from_the_office() -> None:
    kinds = {"Giấy khai sinh": "KQ.G15.000031", "Giấy phép sử dụng tạm thời lòng đường": "KQ.G04.000509"}
    found = {each.field: each.value for each in propose.particulars(["GIẤY KHAI SINH (BẢN SAO)"], kinds)}
    assert found["kind_code"] == "KQ.G15.000031"
    found = {each.field: each.value for each in propose.particulars(["GIẤY PHÉP SỬ DỤNG TẠM THỜI LÒNG ĐƯỜNG"], kinds)}
    assert found == {"title": "Giấy phép sử dụng tạm thời lòng đường", "kind_code": "KQ.G04.000509"}


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN"], "Giấy xác nhận tình trạng hôn nhân"),
        (["GIAY XAC NHẬN TINH TRANG HÔN NHÂN"], "Giấy xác nhận tình trạng hôn nhân"),
        (["GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT"], "Giấy chứng nhận quyền sử dụng đất"),
        (["Kèm theo giấy khai sinh của con."], None),
        ([], None),
        (["12345", "~~~"], None),
    ],
)
def test_titles_through_the_noise(lines: list[str], title: str | None) -> None:
    found = title_of(lines)
    assert (found.text if found else None) == title


def test_nothing_is_proposed_of_nothing() -> None:
    assert propose.particulars([]) == ()
    assert propose.particulars(["lorem ipsum", "12 34"]) == ()


# -- the component -----------------------------------------------------------------------------------------------------

CHECKLIST = [
    "Tờ khai đăng ký khai sinh theo mẫu (Mẫu điện tử tương tác trên Cổng DVC thay cho tờ khai khi nộp trực tuyến)",
    "Giấy chứng sinh",
    "Văn bản của người làm chứng xác nhận về việc sinh",
    "Giấy cam đoan về việc sinh",
    "Văn bản ủy quyền đăng ký khai sinh (được chứng thực); ông, bà, cha, mẹ: không phải chứng thực",
    "Giấy chứng nhận kết hôn của cha, mẹ",
]


@pytest.mark.parametrize(
    ("lines", "index"),
    [
        (["GIẤY CHỨNG SINH", "Họ và tên mẹ: HUỲNH THỊ THẢO"], 1),
        (["TỜ KHAI ĐĂNG KÝ KHAI SINH", "Kính gửi: Ủy ban nhân dân phường Mẫu"], 0),
        (["GIẤY ỦY QUYỀN", "Bên ủy quyền", "nhận kết quả thủ tục đăng ký khai sinh"], 4),
        (["GIẤY CHỨNG NHẬN KẾT HÔN"], 5),
        (["GIẤY CAM ĐOAN", "về việc sinh"], 3),
    ],
)
def test_a_page_finds_its_component(lines: list[str], index: int) -> None:
    assert belongs(lines, CHECKLIST)[0].index == index


@pytest.mark.parametrize("lines", [["HÓA ĐƠN TIỀN ĐIỆN", "Tháng 10 năm 2026"], ["QUYẾT ĐỊNH"], []])
def test_a_page_that_fits_nothing_fits_nothing(lines: list[str]) -> None:
    assert belongs(lines, CHECKLIST) == ()
    assert belongs(["GIẤY CHỨNG SINH"], []) == ()


def test_two_components_that_fit_alike_are_not_sure() -> None:
    guesses = belongs(["GIẤY CHỨNG NHẬN"], ["Giấy chứng nhận kết hôn", "Giấy chứng nhận nuôi con"])
    assert not guesses or guesses[0].sure < 0.8
