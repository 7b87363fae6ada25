"""The outline of a QR code covers its dark modules and nothing else."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageDraw

from desktop.reports import qr

TEXTS = (
    "H56.99-261123-0001",
    "P-174-2KC-PH3",
    "H56|1.001193|P-1|Giấy tiếp nhận hồ sơ và hẹn trả kết quả|Một Cửa|20261123",
)


def filled(code: qr.QrOutline, scale: int) -> Image.Image:
    """The outlines filled by the even-odd rule."""
    size = code.modules * scale
    whole = Image.new("1", (size, size))
    for corners in code.outlines:
        one = Image.new("1", (size, size))
        # A polygon of PIL includes its border pixels, so the right and lower edges are drawn one pixel short.
        inner = Image.new("1", (size + 1, size + 1))
        ImageDraw.Draw(inner).polygon([(x * scale, y * scale) for x, y in corners], fill=1)
        one.paste(inner.crop((0, 0, size, size)))
        whole = ImageChops.logical_xor(whole, one)
    return whole


@pytest.mark.parametrize("text", TEXTS)
def test_outline_covers_the_dark_modules(text: str) -> None:
    code = qr.outline(text)
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    dark = memoryview(made.to_image(scale=1, add_quiet_zones=False)).tolist()
    assert code.modules == len(dark)
    scale = 8
    picture = filled(code, scale)
    for y, row in enumerate(dark):
        for x, grey in enumerate(row):
            middle = picture.getpixel((x * scale + scale // 2, y * scale + scale // 2))
            assert bool(middle) == (grey < 128), (x, y)


@pytest.mark.parametrize("text", TEXTS)
def test_corners_turn(text: str) -> None:
    for corners in qr.outline(text).outlines:
        assert len(corners) >= 4
        for (x1, y1), (x2, y2) in zip(corners, (*corners[1:], corners[0]), strict=True):
            assert (x1 == x2) != (y1 == y2)
