"""Made pictures of identity cards with a QR code, as a document camera or a telephone delivers them; nobody's card.

The code is drawn by ReportLab's encoder, which shares nothing with the reader of `paper/qr.py`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from tests.helpers.paperwork import Person, person
from tests.helpers.printed import font


@dataclass(frozen=True, slots=True)
class CardPicture:
    """A picture and what the code on it says."""

    picture: Image.Image
    text: str


@dataclass(frozen=True, slots=True)
class Grade:
    """How well the card was taken: dots to a module of the code, pixels of blur, grey levels of noise."""

    module: float
    blur: float
    noise: float


DARK, LIGHT = 28, 240
"""Grey levels of ink and card: print on plastic is no black on white."""

GRADES: dict[str, Grade] = {
    "5.9": Grade(5.9, 0.0, 5.0),
    "4.3": Grade(4.3, 1.0, 10.0),
    "3.3": Grade(3.3, 1.0, 10.0),
    "2.5": Grade(2.5, 0.8, 8.0),
    "2.1": Grade(2.1, 0.8, 8.0),
}


def card_text(who: Person, cmnd: str = "") -> str:
    """The seven parts of the code on a card: number, old number, name, birth, sex, address, day of issue."""
    sex = "Nữ" if int(who.number[3]) % 2 else "Nam"
    address = f"Tổ dân phố {who.born.day} Bắc Sơn, {who.address}"
    return "|".join((who.number, cmnd, who.name, f"{who.born:%d%m%Y}", sex, address, "10052021"))


def code(text: str) -> npt.NDArray[np.uint8]:
    """The modules of the code, 1 is dark; 53 × 53 for a card's text."""
    made = QRCode(None, QRErrorCorrectLevel.M)
    made.addData(text)
    made.make()
    return np.array([[1 if dark else 0 for dark in row] for row in made.modules], dtype=np.uint8)


def drawn(who: Person, module: float) -> tuple[Image.Image, str]:
    """A card seen straight from above, its code with `module` dots to a module."""
    text = card_text(who, f"17{int(who.number[6:]):07d}")
    modules = code(text)
    fine = 8
    side = round(modules.shape[0] * module)
    wide = np.kron(modules, np.ones((fine, fine), np.uint8))
    big = Image.fromarray(np.where(wide == 1, DARK, LIGHT).astype(np.uint8))
    small = big.resize((side, side), Image.Resampling.BOX)
    # 18 mm of code on 85.6 × 54 mm of card.
    dots = side / 18.0
    card = Image.new("RGB", (round(85.6 * dots), round(54 * dots)), (196, 222, 214))
    draw = ImageDraw.Draw(card)
    for row, line in enumerate(
        ("CĂN CƯỚC CÔNG DÂN", who.number, who.capitals, f"{who.born:%d/%m/%Y}", who.address[:28])
    ):
        draw.text((27 * dots, (14 + row * 7) * dots), line, font=font("Bold", 2.6 * dots, 72), fill=(40, 50, 60))
    draw.rectangle((4 * dots, 16 * dots, 24 * dots, 44 * dots), fill=(150, 160, 170))
    at = (round(64 * dots), round(3 * dots))
    card.paste(
        (250, 250, 250),
        (
            at[0] - round(2 * module),
            at[1] - round(2 * module),
            at[0] + side + round(2 * module),
            at[1] + side + round(2 * module),
        ),
    )
    card.paste(small.convert("RGB"), at)
    return card, text


def card_picture(grade: Grade, seed: int) -> CardPicture:
    """A card on a table: turned by up to 25°, leaning, unevenly lit, blurred, noisy, as a JPEG of quality 75."""
    chance, shaken = random.Random(seed), np.random.default_rng(seed)
    card, text = drawn(person(chance), grade.module)
    frame = Image.new("RGB", (round(card.width * 1.7), round(card.width * 1.25)), (90, 80, 70))
    tilt = chance.uniform(-25, 25)
    turned = card.convert("RGBA").rotate(tilt, resample=Image.Resampling.BILINEAR, expand=True)
    frame.paste(turned, ((frame.width - turned.width) // 2, (frame.height - turned.height) // 2), turned)
    lean = 0.06
    width, height = frame.size
    quad = [
        corner
        for x, y in ((0, 0), (0, height), (width, height), (width, 0))
        for corner in (x + chance.uniform(-lean, lean) * width, y + chance.uniform(-lean, lean) * height)
    ]
    frame = frame.transform(frame.size, Image.Transform.QUAD, quad, Image.Resampling.BILINEAR)
    if grade.blur:
        frame = frame.filter(ImageFilter.GaussianBlur(grade.blur))
    pixels = np.asarray(frame).astype(np.float32)
    light = np.linspace(chance.uniform(0.55, 0.8), 1.0, width, dtype=np.float32)[None, :, None]
    pixels = pixels * (light if chance.random() < 0.5 else light[:, ::-1])
    pixels += shaken.normal(0, grade.noise, pixels.shape[:2]).astype(np.float32)[..., None]
    return CardPicture(Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)), text)


def card_pictures(grade: str, count: int = 20, seed: int = 1) -> list[CardPicture]:
    """`count` pictures of one grade, the same for the same seed."""
    return [card_picture(GRADES[grade], seed * 1000 + number) for number in range(count)]
