"""Whether a page has colour, greys, or only ink and paper."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np

from paper.sketch import Sketch


class Tone(StrEnum):
    COLOUR = "colour"
    GREY = "grey"
    BLACK_WHITE = "black-white"


CHROMA = 28
"""Grey levels between the strongest and the weakest of the three colours, the paper's own cast taken out, from which a
dot counts as coloured: below lie yellowed paper and the fringes that scanners and JPEG put round black letters."""
LEAST_COLOUR = 0.00025
"""Share of coloured dots: 15 mm² of an A4 sheet, a short signature in blue."""
LEAST_GREY = 0.004
"""Share of dots that are neither ink nor paper nor the rim of a letter."""


@dataclass(frozen=True, slots=True)
class Shades:
    """What a page is, with the shares it was told by."""

    tone: Tone
    coloured: float
    greys: float


def tone_of(sketch: Sketch) -> Shades:
    """What a page is. A red stamp, a blue signature or a coloured line makes it a page of colour."""
    coloured = _coloured(sketch)
    greys = _greys(sketch)
    if coloured >= LEAST_COLOUR:
        return Shades(Tone.COLOUR, coloured, greys)
    return Shades(Tone.GREY if greys >= LEAST_GREY else Tone.BLACK_WHITE, coloured, greys)


def _coloured(sketch: Sketch) -> float:
    pixels = cv2.blur(sketch.colour, (3, 3)).astype(np.int16)
    step = max(1, pixels.shape[0] // 200)
    sample = pixels[::step, ::step].reshape(-1, 3)
    light = sample[sample.sum(axis=1) >= np.percentile(sample.sum(axis=1), 60)]
    paper = np.median(light, axis=0) if len(light) else np.array([255, 255, 255])
    red, green, blue = (pixels[:, :, part] - int(paper[part]) for part in range(3))
    strongest = np.maximum(np.maximum(red, green), blue)
    weakest = np.minimum(np.minimum(red, green), blue)
    return float(((strongest - weakest) > CHROMA).mean())


def _greys(sketch: Sketch) -> float:
    """Dots between a quarter and three quarters of the way from paper to black, away from any rim."""
    paper = max(float(np.percentile(sketch.grey[::7, ::7], 90)), 60.0)
    between = cv2.inRange(sketch.grey, np.array([0.25 * paper]), np.array([0.78 * paper]))
    reach = max(5, round(sketch.dpi / 40) | 1)
    inner = cv2.erode(between, np.ones((reach, reach), np.uint8))
    return float((np.asarray(inner) > 0).mean())
