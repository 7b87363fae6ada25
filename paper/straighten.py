"""How far a page lies askew, told from its lines of text (or of a table)."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from paper.picture import Pixels

MOST_DEGREES = 8.0
COARSE, FINE = 0.5, 0.05
POINTS = 12_000
"""Dots of ink that are looked at: with a third of them chance itself looks like lines, with more nothing changes."""
BROAD = 2.0
"""Rows of the first, rough look are this much higher."""
LEAST_POINTS = 300
SURE = 1.35
"""How much sharper the lines must stand out at the best angle than at an ordinary one."""

Points = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Lean:
    """Degrees that the lines of a page lean, clockwise positive; `sure` from 0 to 1; `sharpness` compares the lines of
    one direction with those of another."""

    degrees: float
    sure: float
    sharpness: float


def points_of(mask: Pixels) -> Points:
    """Some of the dots of ink, in no order that could beat with the rows: x and y from the middle of the page."""
    if not mask.any():
        return np.zeros(0, np.float32), np.zeros(0, np.float32)
    spots = np.asarray(cv2.findNonZero(mask)).reshape(-1, 2)
    if len(spots) > POINTS:
        spots = spots[np.random.default_rng(7).integers(0, len(spots), POINTS)]
    middle = np.array([mask.shape[1] / 2, mask.shape[0] / 2], np.float32)
    centred = spots.astype(np.float32) - middle
    return np.ascontiguousarray(centred[:, 0]), np.ascontiguousarray(centred[:, 1])


def roughly(points: Points) -> Lean:
    """How the lines lean to half a degree: enough to tell lines across from lines down."""
    x, y = points[0] / np.float32(BROAD), points[1] / np.float32(BROAD)
    if len(x) < LEAST_POINTS:
        return Lean(0.0, 0.0, 0.0)
    angles = np.arange(-MOST_DEGREES, MOST_DEGREES + COARSE / 2, COARSE)
    scores = np.array([_sharpness(x, y, angle) for angle in angles])
    ratio = float(scores.max()) / max(float(np.median(scores)), 1e-9)
    sure = min(1.0, max(0.0, (ratio - SURE) / (2.0 - SURE)))
    return Lean(float(angles[int(scores.argmax())]), sure, ratio)


def closely(points: Points, rough: Lean) -> Lean:
    """The same to a twentieth of a degree, starting from `rough`."""
    if not rough.sure:
        return rough
    x, y = points
    angles = np.arange(rough.degrees - COARSE, rough.degrees + COARSE + FINE / 2, FINE)
    scores = np.array([_sharpness(x, y, angle) for angle in angles])
    return Lean(round(float(angles[int(scores.argmax())]), 3), rough.sure, rough.sharpness)


def lean_of(mask: Pixels) -> Lean:
    """How the lines on a mask of ink lean, between -8° and 8°. Nothing to tell from: 0°, not sure."""
    points = points_of(mask)
    return closely(points, roughly(points))


def _sharpness(x: npt.NDArray[np.float32], y: npt.NDArray[np.float32], degrees: float) -> float:
    """How unevenly the ink falls on rows that lean by `degrees`: greatest where the rows are the lines of the text."""
    rows = (y - x * np.float32(np.tan(np.radians(degrees)))).astype(np.int32)
    counts = np.bincount(rows - rows.min())
    return float(np.sum(np.diff(counts) ** 2)) / len(x)
