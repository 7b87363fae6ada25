"""Which way up a page lies, told from its letters: Latin letters, and Vietnamese ones above all, reach further above
their line than below it.

No letter is read for this. Where the letters do not tell (a form of boxes, a photograph) `sure` is small, and whoever
reads the page (`ocr.read`) turns it by what can be read.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from paper.picture import Pixels
from paper.straighten import Lean, closely, points_of, roughly

STRIPS = 6
"""Columns that a page is looked at in, so that what is left of a skew does not smear the lines together."""
LEAST_LINES = 4
SIDEWAYS = 1.15
"""How much sharper the lines across must be than the lines down before a page counts as lying on its side."""


@dataclass(frozen=True, slots=True)
class Lie:
    """`turn`: degrees clockwise that set the page upright (0, 90, 180, 270); `lean`: of its lines once it stands;
    `sure`: 0 to 1, how clearly the letters tell top from bottom."""

    turn: int
    lean: Lean
    sure: float


def lie_of(mask: Pixels) -> Lie:
    """How a page lies, from its mask of ink."""
    letters = letters_only(mask)
    x, y = points_of(letters)
    across, down = roughly((x, y)), roughly((-y, x))
    if down.sure > 0 and down.sharpness > across.sharpness * SIDEWAYS:
        turn, lean, standing = 90, closely((-y, x), down), np.ascontiguousarray(np.rot90(letters, -1))
    else:
        turn, lean, standing = 0, closely((x, y), across), letters
    tall = _asymmetry(_levelled(standing, lean.degrees))
    if tall < 0:
        turn += 180
    return Lie(turn % 360, lean, min(1.0, abs(tall) / 0.15))


def letters_only(mask: Pixels) -> Pixels:
    """The mask without what is much larger than a letter (frames, pictures, the shadow of the lid) and without specks.
    Told at half the size, where the letters of a word may touch."""
    half = np.asarray(cv2.resize(mask * 255, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) > 60, dtype=np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(half, connectivity=8, ltype=cv2.CV_16U)
    if count < 2:
        return mask
    across, down, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA]
    most = max(half.shape) // 20
    kept = (np.minimum(across, down) <= most) & (np.maximum(across, down) <= most * 5) & (area >= 3)
    kept[0] = False
    wide = cv2.resize(kept.astype(np.uint8)[labels], (mask.shape[1], mask.shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.bitwise_and(mask, wide), dtype=np.uint8)


def _levelled(mask: Pixels, degrees: float) -> Pixels:
    if abs(degrees) < 0.05:
        return mask
    height, width = mask.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(mask, turn, (width, height), flags=cv2.INTER_NEAREST), dtype=np.uint8)


def _asymmetry(mask: Pixels) -> float:
    """Ink above the bodies of the letters less ink below them, as a share of both; 0 where there are too few lines."""
    above = below = 0.0
    lines = 0
    for strip in np.array_split(mask, STRIPS, axis=1):
        rows = strip.sum(axis=1, dtype=np.float64)
        if rows.max(initial=0.0) < 6:
            continue
        for start, end in _runs(rows > 0.5):
            band = rows[start:end]
            if not 6 <= end - start <= mask.shape[0] // 20:
                continue
            body = np.flatnonzero(band >= 0.5 * np.sort(band)[-max(2, len(band) // 6)])
            first, last = int(body[0]), int(body[-1])
            if last - first < 3:
                continue
            above += float(band[:first].sum())
            below += float(band[last + 1 :].sum())
            lines += 1
    return (above - below) / (above + below) if lines >= LEAST_LINES and above + below > 0 else 0.0


def _runs(flags: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    """Where a row of flags is true: start and end of each run."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
