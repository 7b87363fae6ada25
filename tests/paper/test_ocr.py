"""Words read off made pages: worn, noisy, on their head; where they stand, and what happens when it takes too long."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from onestop.rules.errors import RuleBroken, Trouble
from paper import ocr
from paper.picture import Raster
from tests.helpers import badfiles, printed, wear
from tests.helpers.paperwork import made_papers

PAPERS = made_papers(2)


@lru_cache(maxsize=8)
def scanned(level: str, skew: float = 0.0, turn: int = 0) -> bytes:
    """A birth declaration, printed, without a stamp."""
    page = printed.drawn(PAPERS[1], 200, stamp=False)
    if level == "clean":
        return wear.jpeg(page.rotate(turn, expand=True), 75, 200)
    return wear.scanned(page, wear.level(level, skew=skew, turn=turn), 200)


@pytest.mark.parametrize(("level", "least"), [("clean", 0.99), ("worn", 0.98), ("poor", 0.97), ("noisy", 0.95)])
def test_a_page_is_read(level: str, least: float) -> None:
    reading = ocr.read(scanned(level, 0.3))
    assert ocr.agreement(reading.text, PAPERS[1].text) >= least
    assert reading.sure > 0.85
    assert reading.smoothed == (level == "noisy")


def test_a_page_on_its_head_is_read_and_says_so() -> None:
    reading = ocr.read(scanned("clean", turn=180))
    assert reading.turn == 180
    assert ocr.agreement(reading.text, PAPERS[1].text) >= 0.98
    title = next(word for word in reading.words if word.text == "KHAI")
    assert title.top < 0.3, "places are those of the page once it is turned"


def test_a_page_is_turned_first_when_that_is_asked() -> None:
    reading = ocr.read(scanned("clean", turn=90), turn=90)
    assert reading.turn == 0
    assert ocr.agreement(reading.text, PAPERS[1].text) >= 0.98


def test_words_stand_where_they_are_printed() -> None:
    reading = ocr.read(scanned("clean"))
    nation = [word for word in reading.words if word.line == reading.words[0].line]
    assert " ".join(word.text for word in nation) == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert 0.25 < nation[0].left < nation[-1].right < 0.8
    assert all(one.right <= two.left for one, two in pairwise(nation))
    top = printed.TOP / printed.A4[1]
    assert all(top - 0.005 < word.top < word.bottom < top + 0.03 for word in nation)


def test_lines_are_the_lines_of_the_page() -> None:
    assert "TỜ KHAI ĐĂNG KÝ KHAI SINH" in ocr.read(scanned("clean")).lines


def test_what_takes_too_long_is_given_up() -> None:
    with pytest.raises(RuleBroken) as said:
        ocr.read(scanned("clean"), seconds=0.01)
    assert said.value.code == "paper.too-slow"
    assert ocr.read(scanned("clean")).words, "and the reader reads on"


def test_an_empty_page_has_no_words_and_is_not_turned_about() -> None:
    reading = ocr.read(wear.scanned(printed.sheet(200), wear.level("office"), 200))
    assert (reading.words, reading.turn, reading.text) == ((), 0, "")
    assert ocr.read_raster(Raster(np.full((4, 4), 255, np.uint8), 200)).words == ()


def test_a_page_of_a_pdf_is_read() -> None:
    assert "Trang 2" in ocr.read(badfiles.pdf(2), 1).text


def test_where_the_model_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "vie.traineddata").write_bytes(b"x")
    assert ocr.model_folder(tmp_path) == tmp_path
    assert ocr.is_ready()
    monkeypatch.setattr(ocr, "_FOLDERS", ())
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    assert not ocr.is_ready(tmp_path / "elsewhere")
    with pytest.raises(Trouble) as trouble:
        ocr.model_folder(tmp_path / "elsewhere")
    assert trouble.value.code == "paper.no-model"
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert ocr.model_folder() == tmp_path


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [("Giấy khai sinh", "Giấy  khai\nsinh", 1, 1), ("", "", 1, 1), ("abcd", "abce", 0.7, 0.8), ("abc", "", 0, 0)],
)
def test_agreement_is_letter_by_letter(one: str, other: str, least: float, most: float) -> None:
    assert least <= ocr.agreement(one, other) <= most
