"""Pictures as drivers give them become pages: whole, of a size that can be right, JPEG or PNG."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, UnidentifiedImageError

from desktop.devices.source import Page

QUALITY = 90
"""JPEG quality of a page that came as bare pixels: what the eye and OCR need, and no more."""
MOST_PIXELS = 80_000_000
"""An A3 sheet at 600 dpi has 70 million. More is no sheet of paper."""
LEAST_TRUE_DPI, MOST_TRUE_DPI = 100, 1200
"""What a picture says of its resolution outside these is a default that somebody wrote (72, 96)."""
_BROKEN: tuple[type[Exception], ...] = (
    *(OSError, ValueError, EOFError, SyntaxError, KeyError, TypeError, IndexError, struct.error, Warning),
    *(UnidentifiedImageError, Image.DecompressionBombError),
)
"""What Pillow raises over broken bytes, format by format; its warnings are errors where the machine says so."""
_AS_IT_IS = {"JPEG": "image/jpeg", "PNG": "image/png"}
_KINDS = ("JPEG", "PNG", "PPM", "BMP", "TIFF")
"""What scanners give. Other formats are a person's files, and `paper` looks into those."""


class NoPicture(ValueError):
    """The bytes are not one whole picture of a possible size."""


def page(content: bytes, dpi: int, number: int, back: bool = False, frame: int = 0, *, own_dpi: bool = False) -> Page:
    """The page in `content` (its `frame`-th picture). A whole JPEG or PNG stays byte for byte what it was; pixels of
    another format are encoded: black and white as PNG, the rest as JPEG.

    `dpi` is what was asked for and counts, as scanners write 72 or 96 into their pictures whatever they did; with
    `own_dpi` the picture's own word goes before where it can be true. NoPicture when the picture is not whole, too
    large, or of a kind that no scanner gives.
    """
    with _opened(content) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise NoPicture(f"{picture.width} x {picture.height}")
        if frame:
            picture.seek(frame)
        picture.load()
        dpi = _own(picture) or dpi if own_dpi else dpi
        kind = picture.format or ""
        if kind in _AS_IT_IS and not frame:
            return Page(content, _AS_IT_IS[kind], picture.width, picture.height, dpi, number, back)
        return encoded(picture, dpi, number, back)


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    """The picture in `content`, its pixels not read yet. Whatever Pillow makes of broken bytes is NoPicture."""
    try:
        with Image.open(io.BytesIO(content), formats=_KINDS) as picture:
            yield picture
    except NoPicture:
        raise
    except _BROKEN as error:
        raise NoPicture(str(error) or type(error).__name__) from error


def encoded(picture: Image.Image, dpi: int, number: int, back: bool = False) -> Page:
    """`picture` as a page."""
    out = io.BytesIO()
    if picture.mode == "1":
        picture.save(out, "PNG", dpi=(dpi, dpi))
        media_type = "image/png"
    else:
        _plain(picture).save(out, "JPEG", quality=QUALITY, dpi=(dpi, dpi))
        media_type = "image/jpeg"
    return Page(out.getvalue(), media_type, picture.width, picture.height, dpi, number, back)


def frames(content: bytes) -> int:
    """How many pictures are in it; NoPicture when it is none of the kinds that scanners give."""
    with _opened(content) as picture:
        return int(getattr(picture, "n_frames", 1))


def size(content: bytes) -> tuple[int, int]:
    """Width and height as its head tells them; NoPicture when it is none."""
    with _opened(content) as picture:
        return picture.size


def _own(picture: Image.Image) -> int:
    told = picture.info.get("dpi")
    across = float(told[0]) if isinstance(told, tuple) and told else 0.0
    return round(across) if LEAST_TRUE_DPI <= across <= MOST_TRUE_DPI else 0


def _plain(picture: Image.Image) -> Image.Image:
    """The picture as JPEG can hold it: eight bits of grey, or of each colour."""
    if picture.mode in ("L", "RGB"):
        return picture
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    return picture.convert("L" if picture.mode == "LA" else "RGB")
