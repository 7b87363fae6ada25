"""PDFs as they come: their own words, some of their pages, several in one, and whether one can be kept as PDF/A."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Pdf, pdfa

from onestop.rules.errors import RuleBroken
from onestop.rules.text import nfc
from paper.leaves import document
from paper.ocr import Word
from paper.opening import strange_file
from paper.pdf_clean import is_signed, opened_pdf, saved, strip

GRID = 20_000
"""Steps across and down a page in which pdfium is asked for places."""


# -- words -------------------------------------------------------------------------------------------------------------


def words(content: bytes, number: int = 0) -> tuple[Word, ...]:
    """The words that stand in the file itself on one page, in its own order; none where the page is a mere picture.
    Places are shares of the page as a viewer shows it. RuleBroken paper.no-such-page, paper.unreadable …"""
    with document(content) as pages:
        if not 0 <= number < len(pages):
            raise RuleBroken("paper.no-such-page", number=number + 1, pages=len(pages))
        with strange_file():
            return tuple(_words(pages[number]))


def _words(page: pypdfium2.PdfPage) -> Iterator[Word]:
    text = page.get_textpage()
    every = text.get_text_range()
    line, begun = 0, -1
    if len(every) != text.count_chars():
        # A letter beyond the first plane of Unicode: places would no longer belong to their letters.
        every = "".join(chr(pdfium.FPDFText_GetUnicode(text, at)) or " " for at in range(text.count_chars()))
    for at in range(len(every) + 1):
        letter = every[at] if at < len(every) else "\n"
        if letter.isspace() or letter == "\ufffe":
            if begun >= 0:
                yield _word(page, text, every, begun, at, line)
                begun = -1
            if letter in "\r\n" and (at == 0 or every[at - 1] not in "\r\n"):
                line += 1
        elif begun < 0:
            begun = at


def _word(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, every: str, start: int, end: int, line: int) -> Word:
    corners = [corner for at in range(start, end) for corner in _corners(page, text.get_charbox(at, loose=True))]
    across, down = zip(*corners, strict=True)
    return Word(nfc(every[start:end]), min(across), min(down), max(across), max(down), line, 1.0)


def _corners(page: pypdfium2.PdfPage, box: tuple[float, float, float, float]) -> Iterator[tuple[float, float]]:
    """Two opposite corners of a box, as shares of the page as it is shown: turned and cropped as it says."""
    x, y = ctypes.c_int(), ctypes.c_int()
    for left, bottom in ((box[0], box[1]), (box[2], box[3])):
        pdfium.FPDF_PageToDevice(page, 0, 0, GRID, GRID, 0, left, bottom, x, y)
        yield min(1.0, max(0.0, x.value / GRID)), min(1.0, max(0.0, y.value / GRID))


# -- pages -------------------------------------------------------------------------------------------------------------


def taken(content: bytes, numbers: Sequence[int]) -> bytes:
    """Some pages of a PDF, in this order, clean. RuleBroken paper.signed-kept, paper.no-such-page."""
    with strange_file(), opened_pdf(content) as pdf:
        _demand_unsigned(pdf)
        strip(pdf)
        with Pdf.new() as some:
            for number in numbers:
                if not 0 <= number < len(pdf.pages):
                    raise RuleBroken("paper.no-such-page", number=number + 1, pages=len(pdf.pages))
                some.pages.append(pdf.pages[number])
            return saved(some)


def joined(contents: Sequence[bytes]) -> bytes:
    """Several PDFs as one, clean. RuleBroken paper.signed-kept where one is signed, paper.no-pages."""
    if not contents:
        raise RuleBroken("paper.no-pages")
    with strange_file(), Pdf.new() as whole:
        for content in contents:
            with opened_pdf(content) as pdf:
                _demand_unsigned(pdf)
                strip(pdf)
                whole.pages.extend(pdf.pages)
        return saved(whole)


def _demand_unsigned(pdf: Pdf) -> None:
    if is_signed(pdf):
        raise RuleBroken("paper.signed-kept")


# -- archive -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Archived:
    """A clean PDF; `standard`: it is PDF/A-2b, checked after it was written. Where it is not, `why` says so in the
    words of the standard, and the file is kept as a plain PDF."""

    content: bytes
    standard: bool
    why: str = ""


def archived(content: bytes) -> Archived:
    """A PDF that somebody brought, clean, and as PDF/A-2b where its fonts and colours allow it."""
    with strange_file(), opened_pdf(content) as pdf:
        _demand_unsigned(pdf)
        strip(pdf)
        plain = saved(pdf)
    stream = io.BytesIO()
    with strange_file(), opened_pdf(plain) as pdf:
        try:
            pdfa.save(pdf, stream, "2b", deterministic_id=True)
        except pdfa.PdfaError as error:
            return Archived(plain, False, str(error.report.findings[0]) if error.report.findings else "")
    return Archived(stream.getvalue(), True)
