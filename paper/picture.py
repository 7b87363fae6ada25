"""A picture file as an array of dots: every format and depth that comes to a counter, in 8 bits, the right way up."""

from __future__ import annotations

import io
import re
import struct
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pi_heif
from PIL import Image, ImageOps, ImageSequence

from onestop.rules.errors import RuleBroken
from paper.opening import MOST_PIXELS, demand_size, strange_file

pi_heif.register_heif_opener()
# Pillow's own guard, at our measure; what it refuses is told as too many pixels.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS

Pixels = npt.NDArray[np.uint8]

ORIENTATION = 0x0112
"""The EXIF field in which a camera says how it was held."""
A4_INCHES = 11.69
"""The long side of the sheet that a picture without a resolution is taken for."""
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Raster:
    """One page: height × width (grey) or height × width × 3 (red, green, blue) of 8 bits, and its dots an inch."""

    pixels: Pixels
    dpi: float

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    @property
    def colour(self) -> bool:
        """Three values a dot, whether they differ or not (`tone.tone_of` tells)."""
        return self.pixels.ndim == 3


def opened(content: bytes) -> Image.Image:
    """The picture, its head read and no dot decoded. RuleBroken paper.unreadable, paper.too-many-pixels."""
    with strange_file():
        try:
            image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "TIFF", "HEIF", "BMP", "DIB", "WEBP"))
        except _BOMBS as error:
            said = re.search(r"\((\d+) pixels", str(error))
            raise RuleBroken("paper.too-many-pixels", millions=int(said[1]) // 1_000_000 if said else 0) from error
        demand_size(*image.size)
        return image


def frames(image: Image.Image) -> int:
    """Pages of a TIFF, pictures of a file that moves."""
    with strange_file():
        return int(getattr(image, "n_frames", 1))


def raster(content: bytes, page: int = 0) -> Raster:
    """The dots of one page of a picture file, turned as the camera held it, transparent parts white.

    RuleBroken paper.unreadable, paper.truncated, paper.too-many-pixels, paper.too-much-memory.
    """
    image = opened(content)
    with strange_file():
        if page:
            image.seek(page)
            demand_size(*image.size)
        if _is_plain_jpeg(image, content):
            how = cv2.IMREAD_GRAYSCALE if image.mode == "L" else cv2.IMREAD_COLOR_RGB
            pixels = cv2.imdecode(np.frombuffer(content, np.uint8), how | cv2.IMREAD_IGNORE_ORIENTATION)
            if pixels is not None:
                return Raster(np.asarray(pixels, dtype=np.uint8), resolution(image))
        return decoded(image)


def _is_plain_jpeg(image: Image.Image, content: bytes) -> bool:
    """What scanners deliver, whole: OpenCV decodes it straight into an array, which saves as much time as decoding
    takes. (It also decodes half a file without a word; so only where the end is there.)"""
    return (
        image.format == "JPEG"
        and image.mode in ("RGB", "L")
        and content.rstrip(b"\0")[-2:] == b"\xff\xd9"
        and image.getexif().get(ORIENTATION, 1) == 1
    )


def rasters(content: bytes) -> list[Raster]:
    """Every page of a picture file."""
    image = opened(content)
    found: list[Raster] = []
    with strange_file():
        for each in ImageSequence.Iterator(image):
            demand_size(*each.size)
            found.append(decoded(each))
    return found


def decoded(image: Image.Image) -> Raster:
    """The dots of an opened picture."""
    dpi = resolution(image)
    if image.format != "HEIF" and image.getexif().get(ORIENTATION, 1) != 1:
        image = ImageOps.exif_transpose(image)
    return Raster(_eight_bits(image), dpi)


def resolution(image: Image.Image) -> float:
    """Dots an inch as the file says; where it says nothing, or only what cameras say, as if the picture were A4."""
    said: Any = image.info.get("dpi", (0, 0))
    try:
        dpi = float(said[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        dpi = 0.0
    long = max(image.size)
    if 100 <= dpi <= 1200 or (40 < dpi < 100 and long < 1200):
        return dpi
    return long / A4_INCHES


def _eight_bits(image: Image.Image) -> Pixels:
    if image.mode in ("RGB", "L"):
        return np.asarray(image)
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return _scaled(np.asarray(image).astype(np.float32))
    if image.mode in ("1", "YCbCr", "CMYK", "LAB", "HSV"):
        return np.asarray(image.convert("L" if image.mode == "1" else "RGB"))
    # Everything with a palette or with transparency, laid on white paper.
    clear = image.convert("RGBA")
    white = Image.new("RGBA", clear.size, (255, 255, 255, 255))
    laid = Image.alpha_composite(white, clear).convert("L" if image.mode == "LA" else "RGB")
    return np.asarray(laid)


def _scaled(values: npt.NDArray[np.float32]) -> Pixels:
    """Grey of more than 8 bits: 16 bits by their upper half, anything else by what the picture holds."""
    most = float(values.max(initial=0.0))
    if 255.0 < most <= 65535.0 and float(values.min(initial=0.0)) >= 0.0:
        return (values / 257.0 + 0.5).astype(np.uint8)
    if 0.0 <= most <= 255.0 and most > 1.0:
        return np.clip(values, 0, 255).astype(np.uint8)
    least = float(values.min(initial=0.0))
    return ((values - least) * (255.0 / max(most - least, 1e-6))).astype(np.uint8)


def encoded(pixels: Pixels, quality: int, dpi: float) -> bytes:
    """The page as a JPEG with its resolution in it; Huffman tables of its own (an eighth less), one colour value for
    four dots."""
    ordered = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR) if pixels.ndim == 3 else pixels
    done, packed = cv2.imencode(".jpg", ordered, (cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1))
    if not done:
        raise RuleBroken("paper.unreadable")
    content = bytearray(packed.tobytes())
    if content[6:11] == b"JFIF\0":
        content[13] = 1  # dots an inch
        content[14:18] = struct.pack(">HH", max(1, round(dpi)), max(1, round(dpi)))
    return bytes(content)
