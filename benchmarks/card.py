"""The code of an identity card in made pictures, down to 2.5 dots a module, beside zxing-cpp alone.

Both are handed the same JPEG. The pictures are made by tests/helpers/cards.py (turned, leaning, unevenly lit, blurred,
noisy), the code in them by an encoder that shares nothing with the reader. Time is compared on the pictures that
zxing-cpp reads by itself: a card held well must not wait for one held badly.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Sequence

import numpy as np
import zxingcpp
from PIL import Image

from benchmarks.measure import PAIRS, counted, line, pairs, status
from paper import qr
from tests.helpers import cards, wear

GRADES = ("4.3", "3.3", "2.5")
"""Dots to a module of the code."""
EACH, QUALITY, DPI = 20, 75, 72
FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def taken(each: int, seed: int = 1) -> list[tuple[bytes, str]]:
    """`each` pictures of every grade, and what stands on the card."""
    made = [card for grade in GRADES for card in cards.card_pictures(grade, each, seed)]
    return [(wear.jpeg(card.picture, QUALITY, DPI), card.text) for card in made]


def alone(content: bytes) -> list[str]:
    """What zxing-cpp says by itself."""
    grey = np.asarray(Image.open(io.BytesIO(content)).convert("L"))
    return [each.text for each in zxingcpp.read_barcodes(grey, formats=FORMATS)]


def ours(content: bytes) -> list[str]:
    """What the program reads."""
    return [each.text for each in qr.read(content)]


def reads_of(pictures: Sequence[tuple[bytes, str]]) -> tuple[int, list[bytes]]:
    """How many the program reads, letter by letter, and those that zxing-cpp reads alone."""
    read = sum(ours(content) == [text] for content, text in pictures)
    return read, [content for content, text in pictures if alone(content) == [text]]


def main(argv: list[str] | None = None) -> int:
    """Two lines: how many are read, and the time for those that both read."""
    parser = argparse.ArgumentParser(prog="card")
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args(argv).small
    pictures = taken(1 if small else EACH)
    read, easy = reads_of(pictures)
    what = f"cards read, of {len(pictures)} at {', '.join(GRADES)} dots a module / zxing-cpp alone"
    said = [counted("card", what, read, len(easy), 1.4, at_least=True, n=len(pictures))]
    few = easy[:: 1 if small else 3]
    said.append(
        line(
            "card",
            "time for a card that zxing-cpp reads alone / zxing-cpp",
            pairs(
                lambda: [ours(content) for content in few],
                lambda: [alone(content) for content in few],
                count=2 if small else PAIRS,
                each=len(few),
            ),
            2,
        )
    )
    return status(said)
