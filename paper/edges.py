"""Where the sheet ends and the lid of the scanner, or the table under the telephone, begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from paper.picture import Pixels
from paper.sketch import Sketch, shrunk

Corners = npt.NDArray[np.float32]
"""Four points, x and y: top left, top right, bottom right, bottom left."""

Colours = npt.NDArray[np.float32]
"""Red, green, blue of every dot, or of some."""

LOOK = 300
"""Dots on the long side of the picture that is searched."""
LEAST_SHEET = 0.08
"""Share of the picture that the smallest sheet takes: an identity card on A4 glass has 0.07, and is cut by hand."""
LEAST_RING = 0.6
"""Share of the picture's rim that must be of one colour: a sheet may lie in a corner of the glass."""
LEAST_APART = 5.0
"""Grey levels, of any colour, between the sheet and what lies round it. Inside and outside a table's frame there is
the same paper: that is no edge."""
STEP, LEAST_STEP = 4.0, 3.5
"""Dots to both sides of an edge, and the grey levels between them."""
FULL = 0.97
"""A sheet that takes this much of the picture is all of it."""
LEANING = 0.03
"""Share by which opposite sides must differ before a sheet counts as seen from the side."""
A4 = 297 / 210
CARD = 85.6 / 53.98


@dataclass(frozen=True, slots=True)
class Sheet:
    """The corners of a sheet in dots of the page; `leaning`: seen from the side, as a camera does; `sure`: 0 to 1."""

    corners: Corners
    leaning: bool
    sure: float


def sheet_of(sketch: Sketch) -> Sheet | None:
    """The sheet on the picture, or None where the picture is the sheet or no edge is clear all round."""
    times = max(1, max(sketch.colour.shape[:2]) // LOOK)
    small = cv2.medianBlur(shrunk(sketch.colour, times), 5)
    level, spread, like = _lid(np.asarray(small, dtype=np.float32))
    if level is None:
        return None
    parts = [cv2.absdiff(part, light) for part, light in zip(cv2.split(small.astype(np.float32)), level, strict=True)]
    away = np.asarray(cv2.convertScaleAbs(cv2.max(cv2.max(parts[0], parts[1]), parts[2])), dtype=np.uint8)
    if float((away > LEAST_APART).mean()) < LEAST_SHEET / 2:
        return None
    for threshold in _thresholds(away, spread):
        found = _largest(np.asarray(away > threshold, dtype=np.uint8))
        if found is None:
            continue
        sheet = _judged(found, np.asarray(small, dtype=np.uint8), level, like)
        if sheet is not None:
            grown = np.float32(times * 2 * sketch.scale)
            return Sheet(np.asarray(sheet.corners * grown, np.float32), sheet.leaning, sheet.sure)
    return None


def _lid(small: Colours) -> tuple[list[Colours] | None, float, float]:
    """Red, green and blue of what lies round the sheet, at every dot: as it is on the rim of the picture, with light
    that may grow evenly from one side to the other (None: the rim is of no one colour); how far the rim is off that,
    and the share of the rim that is that colour."""
    rim = np.zeros(small.shape[:2], bool)
    edge = max(1, min(small.shape[:2]) // 100)
    rim[:edge] = rim[-edge:] = rim[:, :edge] = rim[:, -edge:] = True
    y, x = np.nonzero(rim)
    ring, spots = small[rim], _plane(y, x, small.shape)
    level = np.tile(np.median(ring, axis=0), (len(ring), 1))
    for _ in range(2):
        off, spread = _off(ring, level)
        same = off < max(LEAST_APART, 3 * spread)
        if same.mean() < LEAST_RING:
            break
        slopes, *_ = np.linalg.lstsq(spots[same], ring[same], rcond=None)
        level = spots @ slopes
    off, spread = _off(ring, level)
    like = float((off < max(LEAST_APART, 3 * spread)).mean())
    if like < LEAST_RING:
        return None, spread, like
    across = np.arange(small.shape[1], dtype=np.float32)[None, :] / small.shape[1]
    down = np.arange(small.shape[0], dtype=np.float32)[:, None] / small.shape[0]
    light = [(base + rise * across + fall * down).astype(np.float32) for base, rise, fall in slopes.T]
    return light, spread, like


def _plane(y: npt.NDArray[np.intp], x: npt.NDArray[np.intp], size: tuple[int, ...]) -> Colours:
    return np.stack([np.ones(len(x)), x / size[1], y / size[0]], axis=1).astype(np.float32)


def _off(ring: Colours, level: Colours) -> tuple[npt.NDArray[np.float32], float]:
    off = np.abs(ring - level).max(axis=1)
    return off, 1.4826 * float(np.median(off))


def _thresholds(away: Pixels, spread: float) -> list[float]:
    """How far from the lid's colour paper begins: by the valley between the two where there is one, else just above the
    unevenness of the lid, for a white sheet on a white lid."""
    valley, _ = cv2.threshold(away, 0, 255, cv2.THRESH_OTSU)
    low = max(2.0, spread)
    return [float(valley), low] if valley > 3 * low else [low, float(valley)]


def _largest(mask: Pixels) -> Corners | None:
    """The outline of the largest piece, its holes (everything printed on it) filled."""
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    largest = max(outlines, key=cv2.contourArea)
    if cv2.contourArea(largest) < LEAST_SHEET * mask.size:
        return None
    return np.asarray(cv2.convexHull(largest).reshape(-1, 2), dtype=np.float32)


def _judged(hull: Corners, small: Pixels, level: Sequence[Colours], ring: float) -> Sheet | None:
    corners = _four(hull)
    if corners is None:
        return None
    area, hull_area = float(cv2.contourArea(corners)), float(cv2.contourArea(hull))
    fills = min(area, hull_area) / max(area, hull_area, 1.0)
    share = hull_area / (small.shape[0] * small.shape[1])
    if fills < 0.93 or share > FULL:
        return None
    inside: Pixels = np.zeros(small.shape[:2], np.uint8)
    cv2.fillConvexPoly(inside, corners.astype(np.int32), 1)
    inside = np.asarray(cv2.erode(inside, np.ones((5, 5), np.uint8)), dtype=np.uint8)
    spots = np.nonzero(inside)
    if not len(spots[0]):
        return None
    apart = max(abs(float(np.median(small[:, :, at][spots] - light[spots]))) for at, light in enumerate(level))
    if apart < LEAST_APART:
        return None
    leaning = _leans(corners)
    if not leaning:
        corners = ordered(np.asarray(cv2.boxPoints(cv2.minAreaRect(hull)), dtype=np.float32))
    if not all(_is_step(small, corners[side], corners[(side + 1) % 4], corners.mean(axis=0)) for side in range(4)):
        return None
    sure = min(1.0, apart / 12.0) * min(1.0, (fills - 0.9) / 0.07) * min(1.0, ring / 0.9)
    return Sheet(corners, leaning, round(sure, 2))


def _is_step(small: Pixels, start: Corners, end: Corners, middle: Corners) -> bool:
    """Whether the picture changes at once across a side of the sheet. Light that fades across a page does not."""
    along = np.linspace(0.06, 0.94, 40, dtype=np.float32)[:, None]
    spots = start + (end - start) * along
    across = np.array([end[1] - start[1], start[0] - end[0]], np.float32)
    across /= max(float(np.linalg.norm(across)), 1e-6)
    if float(np.dot(across, middle - start)) < 0:
        across = -across
    inside, outside = (_seen(small, spots + across * np.float32(way)) for way in (STEP, -STEP))
    there = np.isfinite(outside).all(axis=1) & np.isfinite(inside).all(axis=1)
    if there.sum() < 10:
        return True  # the sheet reaches the rim of the picture on this side
    return float(np.median(np.abs(inside - outside)[there].max(axis=1))) >= LEAST_STEP


def _seen(small: Pixels, spots: Corners) -> npt.NDArray[np.float32]:
    """The colours at some spots; not a number where a spot lies off the picture."""
    x, y = np.rint(spots[:, 0]).astype(int), np.rint(spots[:, 1]).astype(int)
    on = (x >= 0) & (y >= 0) & (x < small.shape[1]) & (y < small.shape[0])
    found = np.full((len(spots), 3), np.nan, np.float32)
    found[on] = small[y[on], x[on]]
    return found


def _four(hull: Corners) -> Corners | None:
    """The four corners of an outline: the polygon of four sides that is nearest to it."""
    outline = cv2.arcLength(hull, True)
    for slack in (0.02, 0.03, 0.04, 0.06, 0.08):
        shape = cv2.approxPolyDP(hull, slack * outline, True)
        if len(shape) == 4:
            return ordered(np.asarray(shape.reshape(4, 2), dtype=np.float32))
    return None


def ordered(points: Corners) -> Corners:
    """Corners as top left, top right, bottom right, bottom left."""
    middle = points.mean(axis=0)
    angles = np.arctan2(points[:, 1] - middle[1], points[:, 0] - middle[0])
    turned = points[np.argsort(angles)]
    first = int(np.argmin(turned.sum(axis=1)))
    return np.asarray(np.roll(turned, -first, axis=0), dtype=np.float32)


def _leans(corners: Corners) -> bool:
    """Whether opposite sides differ as only a camera makes them."""
    top, right, bottom, left = sides(corners)
    return bool(abs(top - bottom) > LEANING * max(top, bottom) or abs(left - right) > LEANING * max(left, right))


def sides(corners: Corners) -> tuple[float, float, float, float]:
    """Lengths of the top, right, bottom and left side."""
    lengths = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    return float(lengths[0]), float(lengths[1]), float(lengths[2]), float(lengths[3])


def size_of(corners: Corners, picture: tuple[int, int]) -> tuple[int, int]:
    """Width and height of the sheet when it is seen from above; near A4 or a card, exactly of that shape. `picture`:
    width and height of the whole, in whose middle the lens looks."""
    top, right, bottom, left = sides(corners)
    across, down = (top + bottom) / 2, (left + right) / 2
    told = _ratio_seen(corners.astype(np.float64), picture) if _leans(corners) else None
    if told is not None and abs(np.log(told * down / across)) < np.log(1.25):
        across = down * told
    ratio = max(across, down) / max(min(across, down), 1.0)
    for shape in (A4, CARD):
        if abs(ratio / shape - 1) < 0.06:
            if down >= across:
                down = across * shape
            else:
                across = down * shape
    return max(1, round(across)), max(1, round(down))


def _ratio_seen(corners: npt.NDArray[np.float64], picture: tuple[int, int]) -> float | None:
    """Width to height of a rectangle seen in perspective (Zhang and He, Whiteboard scanning, 2003); None where the lens
    sees it too straight to tell."""
    middle = np.array([picture[0] / 2, picture[1] / 2])
    top_left, top_right, bottom_right, bottom_left = (np.array([*(corner - middle), 1.0]) for corner in corners)
    diagonal = np.cross(top_left, bottom_right)
    second = float(diagonal @ bottom_left / (np.cross(top_right, bottom_right) @ bottom_left)) * top_right - top_left
    third = float(diagonal @ top_right / (np.cross(bottom_left, bottom_right) @ top_right)) * bottom_left - top_left
    depth = second[2] * third[2]
    if abs(depth) < 1e-5:
        return None
    focal = -float(second[0] * third[0] + second[1] * third[1]) / depth
    if not (0.3 * max(picture)) ** 2 < focal < (6.0 * max(picture)) ** 2:
        return None
    lens = np.diag([1 / focal, 1 / focal, 1.0])
    return float(np.sqrt((second @ lens @ second) / (third @ lens @ third)))
