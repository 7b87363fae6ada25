"""From what a scanner or camera delivers to the page that is stored: cut out, upright, straight, no larger than needed.

Every step says what it did and can be left out. All that moves dots (cutting out, turning, straightening, making
smaller) is one movement: the page is drawn once, not three times. Nothing is dropped: a blank page is a page with a
flag, and where straightening would push ink over the edge the page grows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
import numpy.typing as npt

from onestop.rules.errors import Remark
from paper import edges
from paper.blank import Blankness, blankness
from paper.picture import Pixels, Raster, encoded, raster
from paper.sketch import Ink, Sketch, inked, sketched
from paper.tone import Tone, tone_of
from paper.upright import lie_of

STORED_DPI = 200.0
"""NĐ 30/2020, appendix I: a scanned copy has at least 200 dots an inch and is in colour."""
STORED_QUALITY = 50
"""JPEG quality at which Vietnamese text of 10 points and more is read as well as from the scanner's own file, and text
of 8 points nearly so (docs/reading.md)."""
CLEAR_EDGE, CLEAR_LIE = 0.5, 0.5
LEAST_LEAN = 0.12
"""Degrees: less is not seen, and drawing a page anew softens it."""


class Step(StrEnum):
    """The steps in their order; each has its words, `page.step.…`."""

    CROP = "crop"
    TURN = "turn"
    STRAIGHTEN = "straighten"
    TONE = "tone"
    BLANK = "blank"
    SMALLER = "smaller"


@dataclass(frozen=True, slots=True)
class Wish:
    """Which steps are wanted. `keep_colour`: a page without colour stays in colour all the same, where a rule asks;
    `turn_by`: degrees clockwise that a person turned the page by hand; then nothing is turned by itself.
    `afterwards`: degrees clockwise that a person turned it further once it was set right."""

    crop: bool = True
    turn: bool = True
    straighten: bool = True
    blank: bool = True
    keep_colour: bool = True
    dpi: float = STORED_DPI
    quality: int = STORED_QUALITY
    turn_by: int | None = None
    afterwards: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """What one step found and whether it acted: degrees, dots an inch, or square millimetres of ink; how sure."""

    step: Step
    did: bool
    amount: float = 0.0
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page as it is stored: a JPEG, with all that was done to it."""

    content: bytes
    width: int
    height: int
    dpi: float
    tone: Tone
    blank: bool
    blank_sure: float
    steps: tuple[Done, ...]
    notes: tuple[Remark, ...] = ()

    def step(self, step: Step) -> Done | None:
        """What became of one step; None where it was not wanted."""
        return next((each for each in self.steps if each.step is step), None)


Matrix = npt.NDArray[np.float64]


def prepare(content: bytes, wish: Wish | None = None, page: int = 0) -> Prepared:
    """The stored form of one page of a picture file. RuleBroken as `picture.raster`."""
    return prepare_raster(raster(content, page), wish or Wish())


def prepare_raster(page: Raster, wish: Wish) -> Prepared:
    """The stored form of a page whose dots are at hand."""
    steps: list[Done] = []
    sketch = sketched(page)
    place, size, dpi = _crop(page, sketch, wish, steps)
    if steps and steps[-1].did:
        sketch = _sketch_of(sketch, place, size)
    ink = inked(sketch.grey)
    empty = blankness(sketch, ink) if wish.blank else Blankness(False, 0.5, 0.0)
    if wish.blank:
        steps.append(Done(Step.BLANK, empty.blank, empty.ink, empty.sure))
    if not empty.blank:
        place, size = _set_straight(ink, place, size, wish, steps)
    elif wish.turn_by:
        place, size = _turned(place, size, wish.turn_by)
    place, size = _turned(place, size, wish.afterwards)
    shades = tone_of(sketch)
    to_grey = not wish.keep_colour and shades.tone is not Tone.COLOUR
    steps.append(Done(Step.TONE, to_grey and page.colour, shades.coloured))
    pixels, stored_dpi = _drawn(page, place, size, dpi, wish, to_grey, steps)
    notes = (Remark("paper.below-200", {"dpi": round(dpi)}),) if round(dpi) < STORED_DPI * 0.95 else ()
    return Prepared(
        encoded(pixels, wish.quality, stored_dpi),
        int(pixels.shape[1]),
        int(pixels.shape[0]),
        round(stored_dpi, 1),
        shades.tone,
        empty.blank,
        empty.sure,
        tuple(steps),
        notes,
    )


# -- the steps ---------------------------------------------------------------------------------------------------------


def _crop(page: Raster, sketch: Sketch, wish: Wish, steps: list[Done]) -> tuple[Matrix, tuple[int, int], float]:
    """Where a dot of the page goes once the sheet is cut out, the size of the sheet, and its dots an inch."""
    whole = np.eye(3), (page.width, page.height), page.dpi
    if not wish.crop:
        return whole
    sheet = edges.sheet_of(sketch)
    if sheet is None or sheet.sure < CLEAR_EDGE:
        steps.append(Done(Step.CROP, False, 0.0, sheet.sure if sheet else 1.0))
        return whole
    size = edges.size_of(sheet.corners, (page.width, page.height))
    across, down = size
    target = np.array([[0, 0], [across, 0], [across, down], [0, down]], np.float32)
    place = np.asarray(cv2.getPerspectiveTransform(sheet.corners, target), np.float64)
    if not sheet.leaning:
        place[2, :2] = 0.0
        place /= place[2, 2]
    steps.append(Done(Step.CROP, True, round(across * down / (page.width * page.height), 3), sheet.sure))
    # Of a sheet seen from the side only its shape tells how many dots an inch has.
    dpi = max(size) / (297 / 25.4) if sheet.leaning else page.dpi
    return place, size, dpi


def _set_straight(
    ink: Ink, place: Matrix, size: tuple[int, int], wish: Wish, steps: list[Done]
) -> tuple[Matrix, tuple[int, int]]:
    lie = lie_of(ink.mask)
    if wish.turn_by is not None:
        turn = wish.turn_by % 360
        steps.append(Done(Step.TURN, turn != 0, float(turn)))
    else:
        turn = lie.turn if wish.turn and lie.sure >= CLEAR_LIE else 0
        steps.append(Done(Step.TURN, turn != 0, float(lie.turn), round(lie.sure, 2)))
    lean = lie.lean.degrees if lie.lean.sure > 0 and abs(lie.lean.degrees) >= LEAST_LEAN else 0.0
    if wish.straighten:
        steps.append(Done(Step.STRAIGHTEN, lean != 0.0, lean, round(lie.lean.sure, 2)))
        if lean:
            place, size = _straightened(place, size, lean, ink)
    return _turned(place, size, turn)


def _straightened(place: Matrix, size: tuple[int, int], lean: float, ink: Ink) -> tuple[Matrix, tuple[int, int]]:
    """Turn by the lean round the middle; the sheet keeps its size, unless ink would fall off it."""
    across, down = size
    turn = _affine(cv2.getRotationMatrix2D((across / 2, down / 2), lean, 1.0))
    # Ink that is on the sheet now must be on it afterwards; where it stands is told by squares of eight dots.
    squares = cv2.resize(ink.mask * 255, None, fx=1 / 8, fy=1 / 8, interpolation=cv2.INTER_AREA)
    spots = cv2.findNonZero(squares)
    if spots is not None:
        hull = cv2.convexHull(spots).reshape(-1, 2).astype(np.float64)
        hull *= np.array([across / squares.shape[1], down / squares.shape[0]])
        moved = hull @ turn[:2, :2].T + turn[:2, 2]
        left, top = np.minimum(moved.min(axis=0), 0.0)
        right, bottom = np.maximum(moved.max(axis=0) - np.array([across, down]), 0.0)
        shift = np.eye(3)
        shift[0, 2], shift[1, 2] = -left, -top
        turn = shift @ turn
        across, down = round(across - left + right), round(down - top + bottom)
    return turn @ place, (across, down)


def _turned(place: Matrix, size: tuple[int, int], degrees: int) -> tuple[Matrix, tuple[int, int]]:
    across, down = size
    match degrees % 360:
        case 90:
            return np.array([[0.0, -1, down], [1, 0, 0], [0, 0, 1]]) @ place, (down, across)
        case 180:
            return np.array([[-1.0, 0, across], [0, -1, down], [0, 0, 1]]) @ place, size
        case 270:
            return np.array([[0.0, 1, 0], [-1, 0, across], [0, 0, 1]]) @ place, (down, across)
    return place, size


def _drawn(
    page: Raster,
    place: Matrix,
    size: tuple[int, int],
    dpi: float,
    wish: Wish,
    to_grey: bool,
    steps: list[Done],
) -> tuple[Pixels, float]:
    """The page in its place, drawn once."""
    smaller = wish.dpi / dpi if dpi > wish.dpi * 1.1 else 1.0
    steps.append(Done(Step.SMALLER, smaller != 1.0, round(dpi * smaller, 1)))
    across, down = max(1, round(size[0] * smaller)), max(1, round(size[1] * smaller))
    pixels = page.pixels
    if to_grey and pixels.ndim == 3:
        pixels = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    if np.allclose(place, np.eye(3)) and size == (page.width, page.height):
        if smaller == 1.0:
            return pixels, dpi
        return np.asarray(
            cv2.resize(pixels, (across, down), interpolation=cv2.INTER_AREA), dtype=np.uint8
        ), dpi * smaller
    full = np.diag([across / size[0], down / size[1], 1.0]) @ place
    if np.allclose(full[2], (0.0, 0.0, 1.0)):
        drawn = cv2.warpAffine(pixels, full[:2], (across, down), borderMode=cv2.BORDER_REPLICATE)
    else:
        drawn = cv2.warpPerspective(pixels, full, (across, down), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(drawn, dtype=np.uint8), dpi * smaller


# -- small things ------------------------------------------------------------------------------------------------------


def _affine(matrix: npt.ArrayLike) -> Matrix:
    whole = np.eye(3)
    whole[:2] = matrix
    return whole


def _sketch_of(sketch: Sketch, place: Matrix, size: tuple[int, int]) -> Sketch:
    """The sketch cut out like the page."""

    def moved(pixels: Pixels, scale: float) -> Pixels:
        there = np.diag([1 / scale, 1 / scale, 1.0]) @ place @ np.diag([scale, scale, 1.0])
        wanted = (max(1, round(size[0] / scale)), max(1, round(size[1] / scale)))
        return np.asarray(cv2.warpPerspective(pixels, there, wanted, borderMode=cv2.BORDER_REPLICATE), dtype=np.uint8)

    return Sketch(moved(sketch.grey, sketch.scale), moved(sketch.colour, sketch.scale * 2), sketch.scale, sketch.dpi)
