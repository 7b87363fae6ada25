"""One leaf of whatever was brought, as dots: a page of a PDF is drawn, a picture is decoded."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pypdfium2

from onestop.rules.errors import RuleBroken
from paper.kinds import Kind, kind_of
from paper.opening import MOST_PIXELS, strange_file
from paper.picture import Raster, frames, opened, raster


def count(content: bytes) -> int:
    """Leaves of a PDF or a picture file. RuleBroken paper.unreadable and its like."""
    kind = kind_of(content)
    if kind is Kind.PDF:
        with document(content) as pages:
            return len(pages)
    return frames(opened(content)) if kind is Kind.TIFF else 1


def leaf(content: bytes, number: int = 0, dpi: float = 300.0) -> Raster:
    """A leaf as dots: a PDF page at `dpi` dots an inch (fewer where it is enormous), a picture as it is."""
    if kind_of(content) is Kind.PDF:
        return drawn(content, number, dpi)
    return raster(content, number)


def drawn(content: bytes, number: int = 0, dpi: float = 300.0) -> Raster:
    """A page of a PDF as a viewer shows it, in grey where nothing on it has colour. RuleBroken paper.no-such-page."""
    with document(content) as pages:
        if not 0 <= number < len(pages):
            raise RuleBroken("paper.no-such-page", number=number + 1, pages=len(pages))
        page = pages[number]
        across, down = page.get_size()
        most = math.sqrt(MOST_PIXELS / 4 / max(across * down, 1.0))
        scale = min(dpi / 72, most)
        return Raster(
            np.ascontiguousarray(page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3]), scale * 72
        )


def fitted(content: bytes, number: int, width: int, height: int) -> Raster:
    """A leaf as dots for looking at: a PDF page as large as fits into width × height, a picture as it is."""
    if kind_of(content) is not Kind.PDF:
        return raster(content, number)
    with document(content) as pages:
        if not 0 <= number < len(pages):
            raise RuleBroken("paper.no-such-page", number=number + 1, pages=len(pages))
        across, down = pages[number].get_size()
    return drawn(content, number, 72 * min(width / max(across, 1.0), height / max(down, 1.0)))


@contextmanager
def document(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The PDF, opened for drawing with all that shows on its pages, and closed again."""
    with strange_file():
        opened_document = pypdfium2.PdfDocument(content)
        try:
            # Fields, and the marks of signatures, are drawn only by a document that knows of its form. (No script runs:
            # this pdfium has none.)
            opened_document.init_forms()
            yield opened_document
        finally:
            opened_document.close()
