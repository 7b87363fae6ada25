"""Made papers drawn as a printer would put them on a sheet: black on clean paper, before any scanner sees them."""

from __future__ import annotations

import math
import random
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tests.helpers.paperwork import Line, MadePaper

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
A4 = (8.27, 11.69)
PAPER = (250, 248, 243)
INK = (30, 30, 34)
LEFT, RIGHT, TOP = 1.1, 0.75, 0.8
"""Inches, NĐ 30/2020."""


@lru_cache(maxsize=64)
def font(style: str, points: float, dpi: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"LiberationSerif-{style}.ttf"), round(points * dpi / 72))


def sheet(dpi: int, size: tuple[float, float] = A4, colour: tuple[int, int, int] = PAPER) -> Image.Image:
    """An empty sheet."""
    return Image.new("RGB", (round(size[0] * dpi), round(size[1] * dpi)), colour)


def drawn(paper: MadePaper, dpi: int = 300, *, stamp: bool = True, smaller: float = 0.0) -> Image.Image:
    """`paper` on A4, with a red stamp and a blue signature over its foot; `smaller`: points off every size."""
    page = sheet(dpi)
    draw = ImageDraw.Draw(page)
    y = TOP * dpi
    for line in paper.lines:
        y = _line(draw, line, y, dpi, page.width, smaller)
    if stamp:
        put_stamp(page, (page.width * 0.62, y - 0.75 * dpi), dpi)
        put_signature(page, (page.width * 0.66, y - 0.35 * dpi), dpi, random.Random(len(paper.text)))
    return page


def _line(draw: ImageDraw.ImageDraw, line: Line, y: float, dpi: int, width: int, smaller: float) -> float:
    face = font(line.style, line.size - smaller, dpi)
    step = (line.size - smaller) / 72 * dpi * 1.55
    left, right = LEFT * dpi, width - RIGHT * dpi
    if line.at == "two":
        first, _, second = line.text.partition("|")
        for text, start, end in ((first, 0.35 * dpi, width * 0.47), (second, width * 0.47, width - 0.3 * dpi)):
            smaller_face = face
            while smaller_face.getlength(text) > end - start:
                smaller_face = font(line.style, smaller_face.size * 72 / dpi - 0.5, dpi)
            draw.text(((start + end - smaller_face.getlength(text)) / 2, y), text, font=smaller_face, fill=INK)
        return y + step
    for text in _broken(line.text, face, right - left):
        x = {"left": left, "right": right - face.getlength(text), "centre": (width - face.getlength(text)) / 2}[line.at]
        draw.text((x, y), text, font=face, fill=INK)
        y += step
    return y


def _broken(text: str, face: ImageFont.FreeTypeFont, room: float) -> list[str]:
    rows: list[str] = []
    for word in text.split():
        if rows and face.getlength(f"{rows[-1]} {word}") <= room:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    return rows


def put_stamp(page: Image.Image, at: tuple[float, float], dpi: int, words: str = "UBND PHƯỜNG") -> None:
    """A round red stamp, 33 mm, over what stands there."""
    side = round(1.3 * dpi)
    ink = (200, 30, 40, 190)
    layer = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    draw.ellipse((4, 4, side - 4, side - 4), outline=ink, width=round(0.03 * dpi))
    draw.ellipse((side * 0.2, side * 0.2, side * 0.8, side * 0.8), outline=ink, width=round(0.012 * dpi))
    draw.text((side * 0.22, side * 0.42), words, font=font("Bold", 9, dpi), fill=ink)
    layer = layer.rotate(12)
    page.paste(layer, (round(at[0]), round(at[1])), layer)


def put_signature(
    page: Image.Image,
    at: tuple[float, float],
    dpi: int,
    chance: random.Random,
    ink: tuple[int, int, int] = (40, 50, 160),
) -> None:
    """A line of blue ink as a hand would draw it."""
    wave = chance.uniform(0.5, 0.9)
    points = [
        (at[0] + step * dpi * 0.02, at[1] + dpi * 0.12 * math.sin(step * wave) * math.cos(step * 0.13))
        for step in range(60)
    ]
    ImageDraw.Draw(page).line(points, fill=ink, width=max(2, round(0.012 * dpi)))


def put_pencil(page: Image.Image, at: tuple[float, float], text: str, dpi: int, grey: int = 205) -> None:
    """A faint note in pencil."""
    ImageDraw.Draw(page).text(at, text, font=font("Italic", 16, dpi), fill=(grey, grey, grey))


def put_holes(page: Image.Image, dpi: int, shade: int = 120) -> None:
    """Two punch holes 80 mm apart at the left edge, the lid behind them."""
    for y in (page.height / 2 - 40 / 25.4 * dpi, page.height / 2 + 40 / 25.4 * dpi):
        x, radius = 12 / 25.4 * dpi, 3 / 25.4 * dpi
        ImageDraw.Draw(page).ellipse((x - radius, y - radius, x + radius, y + radius), fill=(shade,) * 3)
