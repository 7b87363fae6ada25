"""The QR codes on a page or on a picture of a card: what they say and where; what they mean is decided elsewhere.

zxing-cpp reads what is sharp by itself, and nothing is added to its time then. Where it sees a code and cannot read it,
or sees none on a picture that should have one, the picture is made larger and crisper in several ways, each of which
has been seen to read what the others do not (docs/reading.md). Beyond that only "đưa thẻ lại gần" helps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
import zxingcpp

from paper.leaves import leaf
from paper.picture import Pixels, Raster

FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
PLAIN = zxingcpp.TextMode.Plain
MOST_DOTS = 1_600_000
"""Dots of a piece that is worked on closely: a card held a hand's breadth from a document camera."""
LOOK = 8
"""One dot of the map on which codes are looked for is so many dots wide."""
PAGE_DPI = 200.0


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says. `corners`: x and y of its four corners as shares of the picture, in the code's own order from
    its top left; `steps`: how many times the picture had to be worked on, 0 where it was read at once."""

    text: str
    corners: tuple[tuple[float, float], ...]
    steps: int = 0

    @property
    def middle(self) -> tuple[float, float]:
        """Where it stands."""
        across, down = zip(*self.corners, strict=True)
        return sum(across) / 4, sum(down) / 4


def read(content: bytes, number: int = 0, *, thorough: bool = True) -> tuple[Code, ...]:
    """The codes on one leaf of a picture file or a PDF, from top to bottom. RuleBroken paper.unreadable …"""
    return read_raster(leaf(content, number, PAGE_DPI), thorough=thorough)


def read_raster(page: Raster, *, thorough: bool = True) -> tuple[Code, ...]:
    """The codes on a page. `thorough`: a picture that should have a code on it is worked on until one is read; without,
    only places where a code was seen and not read are (the pages of a stack, most of which have none)."""
    grey = page.pixels
    if grey.ndim == 3:
        grey = np.asarray(cv2.cvtColor(grey, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    found = zxingcpp.read_barcodes(grey, formats=FORMATS, text_mode=PLAIN, return_errors=True)
    whole = grey.shape
    read_at_once = [_code(each, (0, 0), 1.0, whole, 0) for each in found if each.valid]
    unread = [_box(each, whole) for each in found if not each.valid]
    if read_at_once and not unread:
        return _ordered(read_at_once)
    worked_on = [code for place in unread for code in _worked(grey, place)]
    if thorough and not read_at_once and not worked_on:
        # What was seen may have been seen in the wrong place.
        worked_on = next(filter(None, (_worked(grey, place) for place in _places(grey))), [])
    return _ordered([*read_at_once, *worked_on])


# -- the ladder --------------------------------------------------------------------------------------------------------


def _crisp(grey: Pixels, times: float, by: float, width: float) -> Pixels:
    """Larger, and its rims steeper."""
    large = cv2.resize(grey, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC)
    soft = cv2.GaussianBlur(large, (0, 0), width)
    return np.asarray(cv2.addWeighted(large, 1 + by, soft, -by, 0), dtype=np.uint8)


def _unblurred(grey: Pixels, blur: float, noise: float) -> Pixels:
    """The picture as it was before a blur of so many dots (Wiener's filter)."""
    down = np.fft.fftfreq(grey.shape[0])[:, None]
    across = np.fft.rfftfreq(grey.shape[1])[None, :]
    lens = np.exp(-2 * np.pi**2 * blur**2 * (down**2 + across**2))
    sharp = np.fft.irfft2(np.fft.rfft2(grey.astype(np.float32)) * lens / (lens**2 + noise), s=grey.shape)
    return np.clip(sharp, 0, 255).astype(np.uint8)


def _even(grey: Pixels) -> Pixels:
    """The same light everywhere: for a card half in the shadow or under a lamp."""
    light = cv2.blur(grey, (0, 0) if min(grey.shape) < 40 else (41, 41)).astype(np.float32)
    return np.clip(grey.astype(np.float32) * (128.0 / np.maximum(light, 8.0)), 0, 255).astype(np.uint8)


LADDER: tuple[tuple[float, Callable[[Pixels], Pixels]], ...] = (
    (2.0, lambda grey: _crisp(grey, 2.0, 1.5, 2.0)),
    (2.0, lambda grey: _crisp(_unblurred(grey, 1.2, 0.05), 2.0, 0.0, 1.0)),
    (3.0, lambda grey: _crisp(grey, 3.0, 2.0, 3.0)),
    (2.0, lambda grey: _crisp(_even(_unblurred(grey, 1.4, 0.05)), 2.0, 0.0, 1.0)),
    (2.0, lambda grey: _crisp(_unblurred(grey, 1.9, 0.08), 2.0, 0.0, 1.0)),
)
"""What is tried in turn, and how much larger each makes the picture."""

Place = tuple[int, int, int, int]
"""Left, top, right, bottom in dots."""


def _worked(grey: Pixels, place: Place) -> list[Code]:
    left, top, right, bottom = place
    piece = np.ascontiguousarray(grey[top:bottom, left:right])
    if piece.size > MOST_DOTS:
        shrink = (MOST_DOTS / piece.size) ** 0.5
        piece = np.asarray(cv2.resize(piece, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    own = piece.shape[1] / max(1, right - left)
    for step, (times, work) in enumerate(LADDER, 1):
        found = zxingcpp.read_barcodes(work(piece), formats=FORMATS, text_mode=PLAIN)
        if found:
            return [_code(each, (left, top), times * own, grey.shape, step) for each in found]
    return []


def _places(grey: Pixels) -> Iterator[Place]:
    """Where a code may be: where dark and light change densest, the best three places and their surroundings."""
    if grey.size <= MOST_DOTS:
        yield 0, 0, grey.shape[1], grey.shape[0]
        return
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    across, down = (cv2.convertScaleAbs(cv2.Sobel(small, cv2.CV_16S, *way)) for way in ((1, 0), (0, 1)))
    # A code changes in both directions; lines of text and edges of the table do so in one.
    both = cv2.min(across, down)
    size = (max(1, grey.shape[1] // LOOK), max(1, grey.shape[0] // LOOK))
    dense = cv2.blur(cv2.resize(both, size, interpolation=cv2.INTER_AREA), (9, 9)).astype(np.float32)
    for _ in range(3):
        _, most, _, spot = cv2.minMaxLoc(dense)
        if most < 4.0:
            return
        mask = (dense > 0.4 * most).astype(np.uint8)
        _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
        label = int(labels[spot[1], spot[0]])
        x, y, wide, high = (int(value) for value in stats[label][:4])
        dense[labels == label] = 0.0
        room = max(6, max(wide, high) // 4)
        box = (x - room, y - room, x + wide + room, y + high + room)
        yield _inside(tuple(value * LOOK for value in box), grey.shape)


# -- places ------------------------------------------------------------------------------------------------------------


def _box(found: zxingcpp.Barcode, whole: tuple[int, ...]) -> Place:
    """A code that was seen, with some room round it."""
    spots = _spots(found)
    left, top = spots.min(axis=0)
    right, bottom = spots.max(axis=0)
    room = 0.25 * max(right - left, bottom - top, 40.0)
    return _inside((left - room, top - room, right + room, bottom + room), whole)


def _inside(box: tuple[float, ...], whole: tuple[int, ...]) -> Place:
    left, top, right, bottom = box
    return max(0, int(left)), max(0, int(top)), min(whole[1], int(right)), min(whole[0], int(bottom))


def _spots(found: zxingcpp.Barcode) -> npt.NDArray[np.float64]:
    place = found.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return np.array([(corner.x, corner.y) for corner in corners], dtype=np.float64)


def _code(found: zxingcpp.Barcode, at: tuple[int, int], times: float, whole: tuple[int, ...], steps: int) -> Code:
    spots = (_spots(found) / times + np.array(at)) / np.array([whole[1], whole[0]])
    corners = tuple((round(float(x), 4), round(float(y), 4)) for x, y in spots)
    return Code(found.text, corners, steps)


def _ordered(codes: list[Code]) -> tuple[Code, ...]:
    """From top to bottom, each once."""
    found: list[Code] = []
    for each in sorted(codes, key=lambda code: (round(code.middle[1], 2), code.middle[0])):
        if not any(
            each.text == other.text
            and abs(each.middle[0] - other.middle[0]) + abs(each.middle[1] - other.middle[1]) < 0.03
            for other in found
        ):
            found.append(each)
    return tuple(found)
