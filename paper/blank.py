"""Whether a page is blank: nothing a person meant to be there. A flag with a confidence; no page is dropped for it.

A stamp alone, a faint pencil note, the number of a page are something. Punch holes, the shadow of the lid, dust, and
print that shows through from the other side are not. What shows through is told by its rims: paper blurs them, a pencil
does not, however faint it is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from paper.picture import Pixels
from paper.sketch import Ink, Sketch, shrunk

MARGIN = 4.0
"""Millimetres along the edges where shadows fall and nothing is read."""
PLENTY = 90.0
"""Square millimetres of deep ink with which nothing more needs to be asked."""
BROAD = 400.0
"""Square millimetres of dark patches, their rims not counted, that make a page not blank."""
LEAST_EXTENT = 1.3
"""Millimetres: what is smaller is dust."""
LEAST_AREA = 2.0
"""Square millimetres of ink that make a page not blank: the number of a page has 3."""
DEEP = 45.0
"""Grey levels below the paper that print never reaches through a sheet."""
HOLE = (4.0, 9.0)
"""Millimetres across a punch hole."""
HOLE_WITHIN = 22.0
"""Millimetres from an edge to the middle of a punch hole."""
STROKES = (0.10, 0.20, 0.40)
"""Millimetres of three blurs: between the first two lies what is fine in a stroke, between the last what is coarse."""
SHARP = 0.42
"""Fine to coarse: print through paper has 0.2 to 0.4, a pencil 0.5 to 0.8, print 0.8 to 1 (docs/reading.md)."""
RIM, RIM_OF_NOISE = 1.2, 0.5
"""Square grey levels of what is fine that make a sharp rim, and the share of the noise's own that comes on top: a JPEG
puts as much sharpness into print that shows through; a faint pencil has 7 and more."""

NOISY = 9.0
"""Grey levels of noise."""
ASKEW, FOLD = 0.1, 10.0
"""How far a fold may rise over its length (six degrees), and the millimetres across that its shadow is."""
COARSER = 4
"""Folds are looked for at so much less detail."""
TILE, NEAR = 12.0, 0.6
"""Millimetres: of a tile, and round a stroke."""

Depth = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Blankness:
    """`blank`, how sure (0.5 to 1), and the square millimetres of ink that were found (no more than it took)."""

    blank: bool
    sure: float
    ink: float


def blankness(sketch: Sketch, ink: Ink) -> Blankness:
    """Whether the page that `ink` was found on is blank."""
    dot = sketch.dpi / 25.4
    if (broad := _broad(sketch, dot)) > BROAD:
        return Blankness(False, 1.0, round(broad, 1))
    edge = round(MARGIN * dot)
    depth = ink.depth[edge:-edge, edge:-edge]
    if min(depth.shape, default=0) < 8:
        return Blankness(True, 0.5, 0.0)
    plain = float(np.count_nonzero(depth > max(60.0, 6 * ink.noise))) / dot**2
    if plain > PLENTY:
        return Blankness(False, 1.0, round(plain, 1))
    area = _meant(np.ascontiguousarray(depth), dot)
    far = abs(math.log2(max(area, 0.05) / LEAST_AREA))
    # Where the noise is as deep as a faint pencil, nobody can be sure that there is none.
    most = 1.0 if area >= LEAST_AREA or ink.noise < NOISY else 0.7
    return Blankness(area < LEAST_AREA, round(min(most, 0.5 + far / 8), 2), round(area, 1))


def _broad(sketch: Sketch, dot: float) -> float:
    """Square millimetres that are dark in whole patches: a photograph, a form on coloured paper, which have no ink that
    stands out from what is round it."""
    edge = round(2 * MARGIN * dot)
    inner = sketch.grey[edge:-edge, edge:-edge]
    if min(inner.shape) < 20 * dot:
        return 0.0
    small = shrunk(inner, max(1, round(dot)))
    paper = float(np.percentile(small, 95))
    patches = cv2.erode((small < 0.7 * paper).astype(np.uint8), np.ones((9, 9), np.uint8))
    return float(np.count_nonzero(patches)) * (round(dot) / dot) ** 2


def _meant(depth: Depth, dot: float) -> float:
    """Square millimetres of what was put there: deep pieces but holes and shadows, and all that is faint with a sharp
    rim, told tile by tile, because one faint stroke alone drowns in noise."""
    soft = _blurred(depth, STROKES[0] * dot)
    mask = (soft > max(6.0, 4 * _spread(soft))).astype(np.uint8)
    if not mask.any():
        return 0.0
    mask[_folds(mask, dot) & (soft < DEEP)] = 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_32S)
    kept = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= LEAST_EXTENT * dot
    kept[0] = False
    if not kept.any():
        return 0.0
    deep_area = 0.0
    depths = np.bincount(labels.ravel(), soft.ravel(), count) / np.maximum(stats[:, cv2.CC_STAT_AREA], 1)
    for number in np.flatnonzero(kept & (depths >= DEEP)):
        piece = tuple(int(value) for value in stats[number])
        kept[number] = False
        if not _is_hole(piece, dot, depth.shape) and not _is_shadow(piece, dot, depth.shape):
            deep_area += piece[4] / dot**2
    if deep_area >= LEAST_AREA or not kept.any():
        return deep_area
    return deep_area + _faint_but_sharp(soft, depth, kept.astype(np.uint8)[labels], mask, dot)


def _folds(mask: Pixels, dot: float) -> npt.NDArray[np.bool_]:
    """Where the sheet was folded: along what runs across all of it in one narrow line. (Nothing is printed over both
    edges.)"""
    found = np.zeros(mask.shape, bool)
    coarse = cv2.resize(mask * 255, None, fx=1 / COARSER, fy=1 / COARSER, interpolation=cv2.INTER_AREA)
    whole = cv2.morphologyEx((coarse > 60).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    dot /= COARSER
    for along in (whole, whole.T):
        _, labels, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(along), connectivity=8)
        length, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
        is_fold = (length >= along.shape[1] - 6 * dot) & (height <= ASKEW * along.shape[1] + FOLD * dot)
        for number in np.flatnonzero(is_fold[1:]) + 1:
            y, x = np.nonzero(labels == number)
            rise, foot = np.polyfit(x, y, 1)
            rows, columns = np.indices(mask.shape if along is whole else mask.T.shape, np.float32) / COARSER
            near = np.abs(rows - rise * columns - foot) <= FOLD * dot / 2
            found |= near if along is whole else near.T
    return found


def _faint_but_sharp(soft: Depth, depth: Depth, faint: Pixels, mask: Pixels, dot: float) -> float:
    softer, softest = (_blurred(depth, width * dot) for width in STROKES[1:])
    fine, coarse = (soft - softer) ** 2, (softer - softest) ** 2
    bare = mask == 0
    # What noise alone puts into both: a median is 0.455 of the mean where a square of noise is looked at.
    floor_fine, floor_coarse = (float(np.median(part[bare][::5])) / 0.455 for part in (fine, coarse))
    reach = max(3, round(NEAR * dot) | 1)
    near = cv2.dilate(faint, np.ones((reach, reach), np.uint8)).astype(np.float32)
    side = max(1, round(TILE * dot))
    share, fine_part, coarse_part, inked_part = (
        _tiles(part, side) for part in (near, fine * near, coarse * near, faint.astype(np.float32))
    )
    some = np.maximum(share, 1e-6)
    tile = (side / dot) ** 2
    # How far chance alone moves the mean of a tile, its dots of noise being as wide as the first blur.
    chance = floor_fine * np.sqrt(2.0 / np.maximum(share * tile / STROKES[0] ** 2 / 4, 1.0))
    rim = fine_part / some - floor_fine
    is_sharp = rim - 3 * chance >= SHARP * np.maximum(coarse_part / some - floor_coarse, 1e-3)
    is_sharp &= rim >= RIM + RIM_OF_NOISE * floor_fine
    enough = inked_part * tile >= LEAST_AREA
    return float(inked_part[is_sharp & enough].sum() * tile)


def _tiles(part: Depth, side: int) -> Depth:
    """The mean of every tile; what the last ones lack is bare."""
    down, across = (-(-length // side) for length in part.shape)
    room = (0, down * side - part.shape[0], 0, across * side - part.shape[1])
    whole = cv2.copyMakeBorder(part, *room, cv2.BORDER_CONSTANT, value=0.0)
    return np.asarray(cv2.resize(whole, (across, down), interpolation=cv2.INTER_AREA), dtype=np.float32)


def _blurred(depth: Depth, width: float) -> Depth:
    return np.asarray(cv2.GaussianBlur(depth, (0, 0), width), dtype=np.float32)


def _spread(values: Depth) -> float:
    sample = values[::5, ::5]
    return 1.4826 * float(np.median(np.abs(sample - float(np.median(sample)))))


def _is_hole(piece: tuple[int, ...], dot: float, shape: tuple[int, ...]) -> bool:
    """Round, filled, of a hole's size, near an edge. (A filled dot of that size in the middle of a page is no hole.)"""
    left, top, across, down, area = piece
    if not all(HOLE[0] * dot <= side <= HOLE[1] * dot for side in (across, down)):
        return False
    is_round = abs(across - down) <= 0.2 * max(across, down) and 0.65 <= area / (across * down) <= 0.92
    x, y = left + across / 2, top + down / 2
    near = min(x, y, shape[1] - x, shape[0] - y) + MARGIN * dot
    return is_round and near <= HOLE_WITHIN * dot


def _is_shadow(piece: tuple[int, ...], dot: float, shape: tuple[int, ...]) -> bool:
    """A strip along an edge: the lid, or the next sheet looking out."""
    left, top, across, down, area = piece
    at_edge = left == 0 or top == 0 or left + across >= shape[1] or top + down >= shape[0]
    return at_edge and min(across, down) <= 6 * dot and max(across, down) >= 25 * dot and area > 0.3 * across * down
