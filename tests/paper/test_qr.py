"""Codes on pages and on cards: read where zxing-cpp alone reads nothing, each once, with its place."""

from __future__ import annotations

import io

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from paper import qr
from tests.helpers import badfiles, cards, printed, wear
from tests.helpers.paperwork import made_papers


def picture(content: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(content)).convert("L"))


def as_taken(card: cards.CardPicture) -> bytes:
    return wear.jpeg(card.picture, 75, 72)


def code(text: str, module: int = 6) -> Image.Image:
    dots = np.kron(np.pad(1 - cards.code(text), 4, constant_values=1), np.ones((module, module), np.uint8)) * 255
    return Image.fromarray(dots.astype(np.uint8)).convert("RGB")


@pytest.mark.parametrize(("grade", "count"), [("5.9", 1), ("4.3", 2), ("3.3", 3), ("2.5", 4), ("2.1", 4)])
def test_a_card_is_read_however_small_its_code(grade: str, count: int) -> None:
    for card in cards.card_pictures(grade, count):
        [found] = qr.read(as_taken(card))
        assert found.text == card.text, "letter by letter, Vietnamese and all"


def test_the_ladder_reads_what_the_library_alone_does_not() -> None:
    shown = [as_taken(card) for card in cards.card_pictures("2.1", 4)]
    assert not any(zxingcpp.read_barcodes(picture(content), formats=qr.FORMATS) for content in shown)
    assert all(qr.read(content)[0].steps > 0 for content in shown)


def test_a_small_card_on_a_large_photograph() -> None:
    card = cards.card_pictures("2.5", 1, 9)[0]
    table = Image.new("RGB", (4000, 3000), (120, 110, 100))
    table.paste(card.picture, (1800, 1200))
    [found] = qr.read(wear.jpeg(table, 85, 72))
    assert found.text == card.text
    assert 0.45 < found.middle[0] < 0.75
    assert 0.4 < found.middle[1] < 0.7


def test_codes_on_a_page_come_from_top_to_bottom_with_their_places() -> None:
    page = printed.drawn(made_papers(1)[0], 200)
    for text, at in (("cuối trang", (200, 1900)), ("đầu trang", (1300, 60)), ("giữa trang", (700, 1400))):
        page.paste(code(text, 4), at)
    found = qr.read(wear.jpeg(page, 75, 200), thorough=False)
    assert [each.text for each in found] == ["đầu trang", "giữa trang", "cuối trang"]
    assert found[0].middle == (pytest.approx(0.84, abs=0.05), pytest.approx(0.06, abs=0.04))
    assert all(0 <= x <= 1 and 0 <= y <= 1 for each in found for x, y in each.corners)


def test_two_equal_codes_far_apart_are_two() -> None:
    page = printed.sheet(200)
    page.paste(code("một", 4), (100, 100))
    page.paste(code("một", 4), (1200, 1900))
    assert len(qr.read(wear.jpeg(page, 75, 200))) == 2


def test_a_page_without_a_code_has_none() -> None:
    page = wear.jpeg(printed.drawn(made_papers(1)[0], 150), 75, 150)
    assert qr.read(page) == ()
    assert qr.read(page, thorough=False) == ()
    assert qr.read(wear.jpeg(printed.sheet(100), 75, 100)) == ()


def test_a_code_on_a_page_of_a_pdf() -> None:
    stream = io.BytesIO()
    sheet = printed.sheet(150)
    sheet.paste(code("trong tệp", 4), (300, 300))
    sheet.save(stream, "PDF", resolution=150)
    assert [each.text for each in qr.read(stream.getvalue())] == ["trong tệp"]
    assert qr.read(badfiles.pdf()) == ()
