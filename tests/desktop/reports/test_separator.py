"""Separator sheets: read back from the drawn page, askew and small, and telling which paper follows."""

from __future__ import annotations

import pytest

from desktop.reports import separator
from desktop.reports.separator import Separator
from onestop.rules import separators
from tests.helpers import pages

OFFICE = "01a21dfa-c79c-726b-a788-4c6e77154850"
PLACES = [
    separators.Separator("H", "01a21dfa-c79c-726b-a788-000000000001", key)
    for key in ("to-khai", "giay-chung-sinh", "+Giấy cam đoan của bà ngoại")
]
LONG = "Giấy tờ chứng minh quan hệ với người được ủy quyền " * 6


def sheet(number: int, component: str = "Giấy chứng sinh") -> Separator:
    code = separators.write(OFFICE, PLACES[number - 1])
    return Separator(code, number, component, "H99.14-261123-0001", "Nguyễn Thị Thu Hương", "Phường Mẫu")


def test_each_page_says_its_place_to_a_reader_and_to_an_eye() -> None:
    pdf = separator.draw([sheet(1), sheet(2), sheet(3)])
    assert len(pages.texts(pdf)) == 3
    for number, place in enumerate(PLACES):
        picture = pages.picture(pdf, number, dpi=100)
        [code] = pages.codes(picture.rotate(4, expand=True, fillcolor=255))
        assert separators.read(OFFICE, code) == place
        words = pages.texts(pdf)[number]
        assert f"{number + 1}. Giấy chứng sinh" in words
        assert "H99.14-261123-0001" in words
    assert all(pages.fonts(pdf).values())


@pytest.mark.parametrize("component", [LONG, "x" * 120, ""])
def test_a_long_name_leaves_room_for_the_rest(component: str) -> None:
    pdf = separator.draw([sheet(1, component)])
    [boxes] = pages.boxes(pdf)
    assert all(left >= 0 and right <= 596 and bottom >= 0 for left, bottom, right, _top in boxes)
    assert "Tờ này không nằm trong hồ sơ" in pages.texts(pdf)[0]


def test_the_same_sheets_give_the_same_bytes() -> None:
    assert separator.draw([sheet(1), sheet(2)]) == separator.draw([sheet(1), sheet(2)])
