"""Pages brought under the office's size limit, as gently as it goes, and only as far as they stay legible.

Legible is measured, not supposed: a page that was made smaller is read again and must agree with what could be read
before, within what two readings of the same page differ by. Below 200 dots an inch nothing goes (NĐ 30/2020).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from onestop.rules.errors import Remark
from paper.ocr import agreement, read_raster
from paper.picture import Raster, encoded, raster
from paper.prepare import STORED_DPI, STORED_QUALITY
from paper.sketch import sketched
from paper.tone import Tone, tone_of

LEAST_AGREEMENT = 0.97
"""How far the reading of a smaller page must agree with the reading of the page it came from."""
CHECKED = 3
"""Pages of a paper that are read again; those that shrank most."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step down: JPEG quality, and whether pages without colour lose their colour values."""

    quality: int
    grey: bool


LADDER = (Rung(STORED_QUALITY, False), Rung(40, False), Rung(40, True), Rung(30, True), Rung(22, True))


@dataclass(frozen=True, slots=True)
class Fitted:
    """The pages (JPEG), their bytes together, the rung they stand on (None: as they came), the least agreement of those
    read again (1 where none had to be), and what could not be done."""

    pages: tuple[bytes, ...]
    size: int
    rung: Rung | None
    agreement: float = 1.0
    notes: tuple[Remark, ...] = ()

    @property
    def fits(self) -> bool:
        return not self.notes


def fitted(
    pages: Sequence[bytes], most_bytes: int, *, keep_colour: bool = True, check: bool = True, model: Path | None = None
) -> Fitted:
    """`pages` (pictures as `prepare` made them) in no more than `most_bytes` together; the first rung that does it.

    `keep_colour`: a rule asks for colour, so pages without any keep their colour values. Where no rung does it legibly,
    the pages come back as they were, with paper.cannot-fit or paper.not-legible.
    """
    size = sum(map(len, pages))
    if size <= most_bytes:
        return Fitted(tuple(pages), size, None)
    decoded = [_no_finer(raster(page)) for page in pages]
    plain = [not keep_colour and _has_no_colour(page) for page in decoded]
    for rung in LADDER:
        if rung.grey and not any(plain):
            rung = Rung(rung.quality, False)
        tried = [_encoded(page, rung, grey) for page, grey in zip(decoded, plain, strict=True)]
        # A page that would grow stays as it is.
        tried = [min(new, old, key=len) for new, old in zip(tried, pages, strict=True)]
        total = sum(map(len, tried))
        if total <= most_bytes:
            agree = _agreement(pages, tried, model) if check and rung.quality < STORED_QUALITY else 1.0
            if agree < LEAST_AGREEMENT:
                return Fitted(tuple(pages), size, None, agree, (Remark("paper.not-legible", _sizes(size, most_bytes)),))
            return Fitted(tuple(tried), total, rung, agree)
    return Fitted(tuple(pages), size, None, 1.0, (Remark("paper.cannot-fit", _sizes(total, most_bytes)),))


def _no_finer(page: Raster) -> Raster:
    """No more dots than are stored."""
    times = page.dpi / STORED_DPI
    if times < 1.1:
        return page
    size = (max(1, round(page.width / times)), max(1, round(page.height / times)))
    how = cv2.INTER_LINEAR if times < 2 else cv2.INTER_AREA
    return Raster(np.asarray(cv2.resize(page.pixels, size, interpolation=how), dtype=np.uint8), STORED_DPI)


def _has_no_colour(page: Raster) -> bool:
    sketch = sketched(page)
    return tone_of(sketch).tone is not Tone.COLOUR


def _encoded(page: Raster, rung: Rung, plain: bool) -> bytes:
    pixels = page.pixels
    if rung.grey and plain and pixels.ndim == 3:
        pixels = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    return encoded(pixels, rung.quality, page.dpi)


def _agreement(before: Sequence[bytes], after: Sequence[bytes], model: Path | None) -> float:
    """The least agreement among the pages that shrank most."""
    shrank = sorted(range(len(before)), key=lambda at: len(after[at]) / max(1, len(before[at])))[:CHECKED]
    readings = (
        agreement(read_raster(raster(before[at]), model=model).text, read_raster(raster(after[at]), model=model).text)
        for at in shrank
    )
    return round(min(readings), 4)


def _sizes(size: int, most: int) -> dict[str, float]:
    return {"size": round(size / 1_048_576, 1), "most": round(most / 1_048_576, 1)}
