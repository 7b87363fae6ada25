"""The file of record of a paper: its pages as they came, set right, made to fit, read, and bound into one PDF/A.

What came stays as it came; everything here is derived from it and can be made again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from onestop.rules.errors import Remark
from paper import ocr
from paper.fit import fitted
from paper.ocr import Word
from paper.pdf_write import Leaf
from paper.picture import encoded, frames, opened, raster
from paper.prepare import STORED_DPI, STORED_QUALITY, Wish, prepare_raster

FONT = Path(__file__).resolve().parent.parent / "resources" / "fonts" / "LiberationSerif-Regular.ttf"
A4_DOTS = (1654, 2339)
"""At 200 dots an inch."""
EMPTY_SHEET_SIZE = 48
CANNOT_BE_OPENED = "Trang này không mở được.\nTệp đã nộp được giữ nguyên trong hồ sơ."


@dataclass(frozen=True, slots=True)
class Sheet:
    """One side as it stands in the file of record: a JPEG, its dots an inch."""

    picture: bytes
    dpi: float


def sheets(content: bytes, turn: int, wish: Wish) -> tuple[Sheet, ...]:
    """Every page of a picture file set right, then turned by `turn` degrees clockwise as a person did.

    RuleBroken as `picture.raster`.
    """
    made = []
    for number in range(frames(opened(content))):
        done = prepare_raster(raster(content, number), replace(wish, afterwards=turn % 360))
        made.append(Sheet(done.content, done.dpi))
    return tuple(made)


def empty_sheet() -> Sheet:
    """A sheet that only says why there is nothing on it: for a page that nobody can open and that was let in all the
    same, so that no page is missing without a word."""
    image = Image.new("L", A4_DOTS, "white")
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(str(FONT), EMPTY_SHEET_SIZE)
    pen.multiline_text((200, 400), CANNOT_BE_OPENED, fill="black", font=font, spacing=20)
    return Sheet(encoded(np.asarray(image, dtype=np.uint8), STORED_QUALITY, STORED_DPI), STORED_DPI)


@dataclass(frozen=True, slots=True)
class Fit:
    """The sheets under the limit; what could not be done where they are not."""

    sheets: tuple[Sheet, ...]
    notes: tuple[Remark, ...] = ()


def under(limit: int, made: Sequence[Sheet], *, keep_colour: bool, check: bool) -> Fit:
    """The sheets in at most `limit` bytes together, as far as they stay legible. `check`: legible is measured."""
    found = fitted([each.picture for each in made], limit, keep_colour=keep_colour, check=check)
    return Fit(tuple(_after(*pair) for pair in zip(made, found.pages, strict=True)), found.notes)


def _after(before: Sheet, picture: bytes) -> Sheet:
    """A sheet whose picture may have lost dots: it is as large as it was, so its dots an inch follow."""
    if picture is before.picture:
        return before
    return Sheet(picture, raster(picture).dpi)


def read(sheet: Sheet) -> ocr.Reading:
    """The words of a sheet, in places of the sheet as it stands.

    RuleBroken paper.too-slow; Trouble paper.no-model.
    """
    found = ocr.read(sheet.picture)
    return replace(found, words=tuple(turned_back(each, found.turn) for each in found.words))


def turned_back(word: Word, turn: int) -> Word:
    """A word of a page that had to be turned further before it could be read, in its place on the page as it was."""
    corners = [(word.left, word.top), (word.right, word.bottom)]
    for _quarter in range(turn // 90 % 4):
        corners = [(y, 1 - x) for x, y in corners]
    (left, top), (right, bottom) = corners
    return replace(word, left=min(left, right), top=min(top, bottom), right=max(left, right), bottom=max(top, bottom))


def leaf(sheet: Sheet, reading: ocr.Reading | None) -> Leaf:
    """The sheet with the words on it, as `pdf_write.assemble` binds it."""
    return Leaf(sheet.picture, sheet.dpi, reading.words if reading is not None else ())
