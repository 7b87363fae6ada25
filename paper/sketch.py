"""A page made small for looking at: what the eye of every step needs, computed once.

At about 150 dots an inch letters still stand apart; at 75 colours are told without the fringes of JPEG.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from paper.picture import Pixels, Raster

LOOK_DPI = 140.0


@dataclass(frozen=True, slots=True)
class Sketch:
    """`grey`: the darkest of the three colours of each dot, so that red and blue ink are as dark as black; `colour`:
    the three colours at half of that. `scale`: dots of the page to one of `grey`; `dpi`: of `grey`, 140 to 280."""

    grey: Pixels
    colour: Pixels
    scale: int
    dpi: float

    @property
    def width(self) -> int:
        return int(self.grey.shape[1])

    @property
    def height(self) -> int:
        return int(self.grey.shape[0])


@dataclass(frozen=True, slots=True)
class Ink:
    """What is darker than the paper round it. `depth`: grey levels below the paper, unevenness of light taken out;
    `mask`: 1 where something was written or printed; `noise`: the spread of bare paper; `paper`: its level."""

    depth: npt.NDArray[np.float32]
    mask: Pixels
    noise: float
    paper: float


def sketched(page: Raster) -> Sketch:
    """The sketch of a page; by whole numbers of dots, which is ten times as fast as by fractions."""
    scale = max(1, int(page.dpi // LOOK_DPI))
    small = shrunk(page.pixels, scale)
    if small.ndim == 2:
        half = shrunk(small, 2)
        return Sketch(small, np.asarray(cv2.merge([half, half, half]), dtype=np.uint8), scale, page.dpi / scale)
    red, green, blue = cv2.split(small)
    darkest = np.asarray(cv2.min(cv2.min(red, green), blue), dtype=np.uint8)
    return Sketch(darkest, shrunk(small, 2), scale, page.dpi / scale)


def shrunk(pixels: Pixels, times: int) -> Pixels:
    """A `times`-th of the page each way, every dot the mean of its square."""
    if times == 1:
        return pixels
    across, down = max(1, pixels.shape[1] // times), max(1, pixels.shape[0] // times)
    whole = pixels[: down * times, : across * times]
    return np.asarray(cv2.resize(whole, (across, down), interpolation=cv2.INTER_AREA), dtype=np.uint8)


LEAST_DEPTH = 14.0
"""Grey levels below the paper that count as ink: a faint pencil has 30, print that shows through 10."""


def inked(grey: Pixels) -> Ink:
    """What stands on a sketch. The light of the paper is followed by what is bright round each dot."""
    tiny = shrunk(grey, 4) if min(grey.shape) > 64 else grey
    bright = cv2.dilate(tiny, np.ones((7, 7), np.uint8))
    level = cv2.blur(bright, (15, 15))
    paper = np.asarray(cv2.resize(level, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR))
    depth = paper.astype(np.float32) - grey.astype(np.float32)
    sample = depth[::7, ::7]
    middle = float(np.median(sample))
    noise = 1.4826 * float(np.median(np.abs(sample - middle)))
    # The brightest round a dot lies above the paper itself by some of its noise.
    depth -= middle
    mask = (depth > max(LEAST_DEPTH, 4.0 * noise)).astype(np.uint8)
    return Ink(depth, mask, noise, float(np.median(paper[::16, ::16])))
