"""A leaf for the screen: a picture no larger than the room for it, and the words that stand in a file themselves."""

from __future__ import annotations

import cv2
import numpy as np
import pypdfium2

from paper.kinds import Kind, kind_of
from paper.leaves import document, fitted
from paper.ocr import Word
from paper.opening import strange_file
from paper.picture import Pixels, encoded

SHOWN_QUALITY = 85
"""JPEG quality of what is looked at and kept nowhere."""
LINE_OVERLAP = 0.4
"""Two words whose heights overlap by this share stand on one line."""


def picture(content: bytes, number: int, width: int, height: int) -> bytes:
    """A leaf of a picture or a PDF as a JPEG that fits into width × height dots, upright as the file says.

    RuleBroken as `leaves.leaf`.
    """
    with strange_file():
        page = fitted(content, number, width, height)
        return encoded(_smaller(page.pixels, width, height), SHOWN_QUALITY, page.dpi)


def _smaller(pixels: Pixels, width: int, height: int) -> Pixels:
    """As large as the room allows, never larger than it is."""
    down, across = pixels.shape[:2]
    times = min(1.0, width / across, height / down)
    if times == 1.0:
        return pixels
    size = (max(1, round(across * times)), max(1, round(down * times)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def own_words(content: bytes, number: int = 0) -> tuple[Word, ...]:
    """The words that stand in a PDF as text, in its own order; () for a picture, and for a page that is one."""
    if kind_of(content) is not Kind.PDF:
        return ()
    with strange_file(), document(content) as pages:
        if not 0 <= number < len(pages):
            return ()
        page = pages[number]
        width, height = page.get_size()
        text = page.get_textpage()
        return _words(text, max(width, 1.0), max(height, 1.0))


def _words(text: pypdfium2.PdfTextPage, width: float, height: float) -> tuple[Word, ...]:
    found: list[Word] = []
    letters: list[str] = []
    box = (0.0, 0.0, 0.0, 0.0)
    line = 0
    whole = text.get_text_range()

    def end() -> None:
        nonlocal letters, line
        if letters:
            left, bottom, right, top = box
            word = Word("".join(letters), left / width, 1 - top / height, right / width, 1 - bottom / height, 0, 1.0)
            if found and not _on_one_line(found[-1], word):
                line += 1
            found.append(Word(word.text, word.left, word.top, word.right, word.bottom, line, 1.0))
        letters = []

    for place, letter in enumerate(whole):
        if letter.isspace() or place >= text.count_chars():
            end()
            continue
        left, bottom, right, top = text.get_charbox(place)
        box = (
            (left, bottom, right, top)
            if not letters
            else (min(box[0], left), min(box[1], bottom), max(box[2], right), max(box[3], top))
        )
        letters.append(letter)
    end()
    return tuple(found)


def _on_one_line(before: Word, word: Word) -> bool:
    overlap = min(before.bottom, word.bottom) - max(before.top, word.top)
    least = min(before.bottom - before.top, word.bottom - word.top)
    return least > 0 and overlap >= LINE_OVERLAP * least
