"""Where the sheet lies in the small picture of a camera."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from desktop.devices.pretend_papers import Kind, draw, on_a_table
from onestop.rules.errors import RuleBroken
from paper.live import outline


def jpeg(image: Image.Image, side: int = 640) -> bytes:
    image = image.copy()
    image.thumbnail((side, side))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def test_a_sheet_on_a_table_is_outlined_from_its_top_left_clockwise() -> None:
    found = outline(jpeg(on_a_table(draw(Kind.FORM, 1, 75).picture, 2.0)))
    assert found is not None
    (left, top), (right, _), (_, bottom), _last = found.corners
    assert left == pytest.approx(0.1, abs=0.03)
    assert right == pytest.approx(0.9, abs=0.03)
    assert top < 0.15
    assert bottom > 0.85
    assert found.height / found.width == pytest.approx(297 / 210, rel=0.01)
    assert found.width == pytest.approx(0.8, abs=0.02)


def test_a_bare_table_has_no_sheet() -> None:
    assert outline(jpeg(Image.new("RGB", (800, 600), (104, 82, 63)))) is None


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(RuleBroken):
        outline(b"nothing of the kind")
