"""The mark of an electronic copy (bản sao điện tử): NĐ 30/2020/NĐ-CP art. 25-27 and its annex on electronic copies.

At the top right of the first page: the form of the copy, the agency that copies, and when it is signed with the zone by
ISO 8601; Times New Roman upright, size 10, black. The annex shows no picture of the seal on such a copy; an office that
was told otherwise gives one as PNG.

The agency signs afterwards. The mark is part of the page and copies out; a paper that is signed already must not be
written on, there the mark is that of the agency's own signature (`appearance_of`).
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pikepdf import Pdf
from pyhanko.pdf_utils.layout import BoxConstraints

from onestop.rules.errors import RuleBroken
from onestop.rules.text import clean
from paper.opening import strange_file
from paper.pdf_clean import is_signed
from paper.sign import Appearance, Corner, stamp_of
from paper.sign_font import letters_of
from paper.sign_mark import MM, Mark, page_of, place, style_of
from paper.sign_writer import BehindWriter

SIZE = 10
MARGIN = (10.0, 5.0)
"""Millimetres from the right and from the top: above the 20 mm at which the text of an administrative paper begins."""
WIDEST = 80.0
"""Millimetres: a long name of an agency goes on in the next line."""


class CopyForm(StrEnum):
    """Hình thức sao, in the decree's own words: of an original; of a copy of that kind; of a part."""

    WHOLE = "SAO Y"
    OF_A_COPY = "SAO LỤC"
    PART = "TRÍCH SAO"


@dataclass(frozen=True, slots=True)
class CopyMark:
    """What the mark says. `at`: the moment of signing."""

    form: CopyForm
    agency: str
    at: datetime

    @property
    def lines(self) -> tuple[str, ...]:
        return (self.form.value, *wrapped(self.agency, WIDEST * MM, SIZE), stamp_of(self.at))


def wrapped(text: str, width: float, size: int) -> tuple[str, ...]:
    """`text` in lines of at most `width` points, broken between words."""
    lines: list[str] = []
    for word in clean(text).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and letters_of(longer).width(longer) * size / 1000 <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def mark_copy(pdf: bytes, copy: CopyMark) -> bytes:
    """`pdf` with the mark on its first page, every byte of it kept and the mark added behind.

    RuleBroken sign.copy-is-signed for a paper with a signature, and what `strange_file` says.
    """
    with strange_file():
        with Pdf.open(io.BytesIO(pdf)) as document:
            if is_signed(document):
                raise RuleBroken("sign.copy-is-signed")
        return write_on(pdf, Mark(copy.lines, SIZE))


def appearance_of(copy: CopyMark, seal: bytes | None = None) -> Appearance:
    """The same mark as that of the agency's signature, for a paper that carries a signature already."""
    return Appearance(copy.lines, Corner.TOP_RIGHT, size=SIZE, margin=MARGIN, picture=seal)


def write_on(pdf: bytes, mark: Mark) -> bytes:
    """`pdf` with `mark` at the top right of its first page."""
    page = page_of(pdf, 1)
    wide, high = mark.measure()
    left, bottom, _right, _top = place(page, (wide, high), Corner.TOP_RIGHT, MARGIN)
    box = BoxConstraints(*((high, wide) if page.turn in (90, 270) else (wide, high)))
    writer = BehindWriter(pdf)
    style_of(mark, page).create_stamp(writer, box, {}).apply(page.index, round(left), round(bottom))
    return writer.finished()
