"""Pictures as dots: every format and depth the same way up, in eight bits, with its resolution."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from onestop.rules.errors import RuleBroken
from paper import leaves
from paper.picture import encoded, raster, rasters
from tests.helpers import badfiles

PICTURE = badfiles.picture(400, 600)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "BMP", "WEBP"])
def test_every_format_gives_the_same_dots(form: str) -> None:
    found = raster(badfiles.stored(PICTURE, form))
    assert found.pixels.shape == (600, 400, 3)
    assert found.pixels.dtype == np.uint8
    assert np.abs(found.pixels.astype(int) - np.asarray(PICTURE).astype(int)).mean() < 3


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "YCbCr"])
def test_every_mode_gives_eight_bits_of_grey_or_colour(mode: str) -> None:
    form = {"CMYK": "TIFF", "YCbCr": "JPEG"}.get(mode, "PNG")
    found = raster(badfiles.stored(PICTURE.convert(mode), form))
    assert found.colour == (mode not in ("1", "L", "LA"))
    grey = np.asarray(Image.fromarray(found.pixels).convert("L")).astype(int)
    away = np.abs(grey - np.asarray(PICTURE.convert("L")).astype(int)).mean()
    assert away < {"1": 130, "P": 20}.get(mode, 6)


def test_what_is_transparent_is_paper() -> None:
    clear = Image.new("RGBA", (30, 30), (0, 0, 0, 0))
    clear.paste((200, 0, 0, 255), (10, 10, 20, 20))
    pixels = raster(badfiles.stored(clear, "PNG")).pixels
    assert pixels[0, 0].tolist() == [255, 255, 255]
    assert pixels[15, 15].tolist() == [200, 0, 0]


def test_sixteen_bits_keep_their_upper_half() -> None:
    pixels = raster(badfiles.deep_tiff()).pixels
    assert pixels[500, 500] == round(30_000 / 257)
    assert pixels[200, 200] == round(60_000 / 257)


def test_a_telephone_held_sideways_gives_an_upright_page() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90° clockwise
    pixels = raster(badfiles.stored(PICTURE, "JPEG", exif=exif.tobytes())).pixels
    assert pixels.shape == (400, 600, 3)
    assert np.abs(pixels.astype(int) - np.asarray(PICTURE.rotate(-90, expand=True)).astype(int)).mean() < 3


def test_the_picture_of_a_telephone_is_opened() -> None:
    pixels = raster(badfiles.heic()).pixels
    assert pixels.shape == (480, 640, 3)
    red, blue = pixels[100, 100].astype(int), pixels[400, 500].astype(int)
    assert red[0] > red[2] + 100
    assert blue[2] > blue[0] + 100


@pytest.mark.parametrize(
    ("dpi", "size", "found"),
    [((300, 300), (600, 800), 300.0), ((72, 72), (3000, 4000), 4000 / 11.69), (None, (1654, 2339), 2339 / 11.69)],
)
def test_resolution_as_said_or_as_if_it_were_a4(
    dpi: tuple[int, int] | None, size: tuple[int, int], found: float
) -> None:
    options = {} if dpi is None else {"dpi": dpi}
    assert raster(badfiles.stored(Image.new("L", size, 255), "JPEG", **options)).dpi == pytest.approx(found, rel=0.01)


def test_every_page_of_a_tiff() -> None:
    assert [page.height for page in rasters(badfiles.tiff_pages(3))] == [900, 901, 902]
    assert raster(badfiles.tiff_pages(3), 2).height == 902
    assert leaves.count(badfiles.tiff_pages(3)) == 3


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (badfiles.truncated_jpeg(), "paper.truncated"),
        (badfiles.white_desert(), "paper.too-many-pixels"),
        (badfiles.program(), "paper.unreadable"),
    ],
)
def test_what_cannot_be_opened(content: bytes, code: str) -> None:
    with pytest.raises(RuleBroken) as said:
        raster(content)
    assert said.value.code == code


def test_a_page_is_stored_with_its_resolution() -> None:
    stored = Image.open(io.BytesIO(encoded(np.asarray(PICTURE), 50, 200.2)))
    assert stored.info["dpi"] == (200, 200)
    assert stored.size == PICTURE.size
    assert Image.open(io.BytesIO(encoded(np.asarray(PICTURE.convert("L")), 50, 300))).mode == "L"


def test_a_page_of_a_pdf_is_drawn() -> None:
    page = leaves.leaf(badfiles.pdf(2), 1, 100)
    assert page.height == pytest.approx(841.9 / 72 * 100, abs=2)
    assert page.pixels[-200, 200].tolist() == [0, 0, 0], "the black rectangle at the foot"
    assert leaves.count(badfiles.pdf(2)) == 2
    with pytest.raises(RuleBroken) as said:
        leaves.leaf(badfiles.pdf(2), 2)
    assert said.value.code == "paper.no-such-page"
