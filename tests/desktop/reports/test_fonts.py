"""The letters of documents: what is drawn, how wide it is, and that the files are the ones with a licence."""

from __future__ import annotations

import unicodedata

import pytest
from reportlab.pdfbase import pdfmetrics

from desktop.reports import fonts

VIETNAMESE = "aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐ"
MARKS = "\u0300\u0309\u0303\u0301\u0323"


@pytest.mark.parametrize(
    ("given", "drawn"),
    [
        ("Nguyễn Thị Ánh", "Nguyễn Thị Ánh"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Ánh Đỗ"), "Nguyễn Thị Ánh Đỗ"),
        ("a\u202eb\u200fc\u200bd\ufeff", "abcd"),
        ("a\tb", "a b"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\x00b\x1fc\x7f", "abc"),
        ("H’Hen Niê", "H’Hen Niê"),
        ("10\u00a0đồng", "10\u00a0đồng"),
        ("王 Vương 🙂", "□ Vương □"),
    ],
)
def test_clean(given: str, drawn: str) -> None:
    assert fonts.clean(given) == drawn


@pytest.mark.parametrize("face", [fonts.UPRIGHT, fonts.BOLD, fonts.ITALIC, fonts.BOLD_ITALIC])
def test_every_vietnamese_letter_is_in_every_face(face: str) -> None:
    letters = set(VIETNAMESE) | {
        unicodedata.normalize("NFC", letter + mark) for letter in VIETNAMESE if letter not in "đĐ" for mark in MARKS
    }
    assert all(len(letter) == 1 for letter in letters)
    glyphs = pdfmetrics.getFont(face).face.charToGlyph
    assert {letter for letter in letters if ord(letter) not in glyphs} == set()


def test_width_is_that_of_reportlab_and_stays_so_when_the_memory_is_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_KEPT_WIDTHS", 2)
    for word in ("Nguyễn", "Thị", "Ánh", "Nguyễn", "王"):
        assert fonts.width(word, fonts.BOLD, 13) == pytest.approx(pdfmetrics.stringWidth(word, fonts.BOLD, 13))


def test_fonts_come_with_their_licence() -> None:
    licence = (fonts.FOLDER / "LICENCE-Liberation.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Red Hat" in licence
