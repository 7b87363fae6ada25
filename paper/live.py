"""What a camera sees just now: where the sheet lies in its picture, for the outline on the screen.

The picture is a small one, looked at several times a second; the page itself is cut out when it has been taken.
"""

from __future__ import annotations

from dataclasses import dataclass

from paper import edges
from paper.picture import raster
from paper.prepare import CLEAR_EDGE
from paper.sketch import sketched


@dataclass(frozen=True, slots=True)
class Outline:
    """The sheet under the camera: its corners as shares of the picture, from the top left clockwise, and its width and
    height, seen from above, as shares of the picture's width."""

    corners: tuple[tuple[float, float], ...]
    width: float
    height: float


def outline(content: bytes) -> Outline | None:
    """The sheet on a picture; None where none is clear all round. RuleBroken as `picture.raster`."""
    page = raster(content)
    sheet = edges.sheet_of(sketched(page))
    if sheet is None or sheet.sure < CLEAR_EDGE:
        return None
    across, down = edges.size_of(sheet.corners, (page.width, page.height))
    corners = tuple((float(x) / page.width, float(y) / page.height) for x, y in sheet.corners)
    return Outline(corners, across / page.width, down / page.width)
