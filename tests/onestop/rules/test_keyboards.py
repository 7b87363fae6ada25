"""What keyboards and code pages do to a card's words, and names that only look damaged."""

from __future__ import annotations

import pytest

from onestop.rules.keyboards import Damage, damage, doubtful_words, number_row, telex_weight

ADDRESS = "Tổ 3, Phường Mẫu, Thanh Hóa"


@pytest.mark.parametrize(
    ("word", "weight"),
    [
        ("Nguyeexn", 2),
        ("Nguyeenx", 2),
        ("Nguyexen", 2),
        ("Maaux", 2),
        ("DDaangj", 2),
        ("Phuwowngf", 2),
        ("Nuwx", 2),
        ("Thij", 1),
        ("Hoaf", 1),
        ("Vawn", 1),
        ("Lee", 1),
        ("Max", 1),
        ("Nguyễn", 0),
        ("Nguyen", 0),
        ("Anh", 0),
        ("Alex", 0),
        ("Smith", 0),
        ("Ksor", 0),
        ("Kpă", 0),
        ("", 0),
    ],
)
def test_keys_of_telex(word: str, weight: int) -> None:
    assert telex_weight(word) == telex_weight(word.upper()) == weight


@pytest.mark.parametrize(
    ("name", "sex", "address", "how"),
    [
        ("Nguyễn Văn Mẫu", "Nam", ADDRESS, None),
        ("NGUYỄN VĂN MẪU", "NAM", ADDRESS, None),
        ("Tran An", "Nam", ADDRESS, None),
        ("Tran An", "Nam", "", None),
        ("Nguyễn Max", "Nam", ADDRESS, None),
        ("Lee Moon", "Nam", ADDRESS, Damage.TELEX),
        ("Nguyễn Vawn Mẫux", "Nam", ADDRESS, None),
        ("Nguyeexn Van An", "Nam", ADDRESS, Damage.TELEX),
        ("Tran An", "Nuwx", "Hanoi", Damage.TELEX),
        ("Nguye64n Van An", "Nam", ADDRESS, Damage.VNI),
        ("Nguyễn Văn An", "Nu74", ADDRESS, Damage.VNI),
        ("Nguyễn Văn An", "Nam", "Tổ A12, KP3", None),
        ("Nguyá»…n", "Nam", "x", Damage.CODE_PAGE),
        ("Äáº·ng", "Nam", "x", Damage.CODE_PAGE),
        ("Nguy?n", "Nam", ADDRESS, Damage.LOST),
        ("Nguy\ufffdn", "Nam", ADDRESS, Damage.LOST),
        ("Tran An", "Nu", ADDRESS, Damage.UNACCENTED),
        ("Tran An", "Nam", "Xa Mau, Thanh Hoa", Damage.UNACCENTED),
    ],
)
def test_damage(name: str, sex: str, address: str, how: Damage | None) -> None:
    assert damage(name, sex, address) is how


@pytest.mark.parametrize(
    ("field", "numbers"),
    [
        ("đế\u0323đđđđăă", True),
        ("đđâêô\u0300\u0309", True),
        ("038090000011", False),
        ("aeoaeoaeo", False),
        ("đ", False),
        ("Đặng Văn Đề", False),
        ("", False),
    ],
)
def test_the_number_row_of_windows(field: str, numbers: bool) -> None:
    assert number_row(field) is numbers


def test_doubtful_words_are_named() -> None:
    assert doubtful_words("Nguyễn Max Lee An") == ("Max", "Lee")
