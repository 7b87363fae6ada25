"""The pen that draws pretend papers: paragraphs, columns, QR codes, seals and signatures, in millimetres and points."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from desktop.devices.source import Sheet

FONTS = Path(__file__).resolve().parent.parent.parent / "resources" / "fonts"
PAPER, INK, BLUE, SEAL = (253, 253, 251), (28, 28, 32), (38, 52, 140), (196, 40, 44, 215)


@cache
def font_of(name: str, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"LiberationSerif-{name}.ttf"), pixels)


class Pen:
    """A sheet under the pen: lengths in millimetres, letters in points, a line below the other."""

    def __init__(self, size: Sheet, dpi: int) -> None:
        self.wide, self.high = size.millimetres
        self._dpi = dpi
        self._scale = dpi / 25.4
        self.picture = Image.new("RGB", (round(self.wide * self._scale), round(self.high * self._scale)), PAPER)
        self.lines: list[str] = []
        self._pen = ImageDraw.Draw(self.picture)
        self.y = 18.0
        self.left, self.right = 24.0, self.wide - 16.0
        self._points = 13.0 if self.wide > 200 else 10.5

    def px(self, millimetres: float) -> int:
        return round(millimetres * self._scale)

    def write(
        self,
        text: str,
        *,
        style: str = "Regular",
        points: float = 0.0,
        left: float = 0.0,
        right: float = 0.0,
        centre: bool = False,
        gap: float = 1.6,
        colour: tuple[int, int, int] = INK,
    ) -> None:
        """A paragraph from `left` to `right`, broken between words; the next one begins below it."""
        left, right = left or self.left, right or self.right
        font = font_of(style, round((points or self._points) / 72 * self._dpi))
        height = font.size * 1.25 / self._scale
        for line in self._broken(text, font, self.px(right - left)):
            x = self.px(left)
            if centre:
                x += (self.px(right - left) - round(font.getlength(line))) // 2
            self._pen.text((x, self.px(self.y)), line, fill=colour, font=font)
            self.lines.append(line)
            self.y += height
        self.y += gap

    def beside(self, first: Sequence[tuple[str, str]], second: Sequence[tuple[str, str]]) -> None:
        """Two columns of (style, text), each line centred: the head of a paper, the place of its signatures."""
        top, lowest, middle = self.y, self.y, self.wide * 0.44
        for column, left, right in ((first, self.left - 8, middle - 3), (second, middle, self.right + 4)):
            self.y = top
            for style, text in column:
                self.write(text, style=style, left=left, right=right, centre=True, gap=0.2)
            lowest = max(lowest, self.y)
        self.y = lowest + 4

    def _broken(self, text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and font.getlength(longer) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def qr(self, text: str, x: float, y: float, side: float) -> None:
        """A QR code of `side` millimetres."""
        made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
        image: Any = made.to_image(scale=1, add_quiet_zones=True)
        code = Image.fromarray(numpy.asarray(image, dtype=numpy.uint8))
        edge = self.px(side)
        code = code.resize((edge, edge), Image.Resampling.NEAREST).convert("RGB")
        self.picture.paste(code, (self.px(x), self.px(y)))

    def stamp(self, x: float, y: float, words: str) -> None:
        """A round seal of nobody."""
        side = self.px(32)
        seal = Image.new("RGBA", (side, side), (0, 0, 0, 0))
        pen = ImageDraw.Draw(seal)
        line = max(2, side // 60)
        pen.ellipse((line, line, side - line, side - line), outline=SEAL, width=line)
        pen.ellipse((side * 0.3, side * 0.3, side * 0.7, side * 0.7), outline=SEAL, width=max(1, line // 2))
        size = max(8, side // 11)
        font = font_of("Bold", size)
        for place, letter in enumerate(words):
            turn = -140 + 280 * place / max(1, len(words) - 1)
            tile = Image.new("RGBA", (size * 2, size * 2), (0, 0, 0, 0))
            ImageDraw.Draw(tile).text((size, size), letter, fill=SEAL, font=font, anchor="mm")
            tile = tile.rotate(-turn, Image.Resampling.BICUBIC)
            angle = math.radians(turn - 90)
            across = round(side / 2 + math.cos(angle) * side * 0.4) - size
            down = round(side / 2 + math.sin(angle) * side * 0.4) - size
            seal.alpha_composite(tile, (max(0, across), max(0, down)))
        pen.text((side / 2, side / 2), "MẪU", fill=SEAL, font=font, anchor="mm")
        self.picture.paste(seal, (self.px(x), self.px(y)), seal)

    def sign(self, x: float, y: float, dice: random.Random) -> None:
        """A stroke of the pen that says nothing."""
        steps = [(x + step * 2.4 + dice.uniform(-3, 3), y + dice.uniform(-6, 6)) for step in range(14)]
        points = [(self.px(across), self.px(down)) for across, down in [(x, y), *steps]]
        self._pen.line(points, fill=BLUE, width=max(2, self.px(0.5)), joint="curve")

    def frame(self, x: float, y: float, wide: float, high: float) -> None:
        """A box of thin lines."""
        corners = (self.px(x), self.px(y), self.px(x + wide), self.px(y + high))
        self._pen.rectangle(corners, outline=INK, width=max(1, self.px(0.3)))
