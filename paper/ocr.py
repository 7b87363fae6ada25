"""The words of a page, read by Tesseract in Vietnamese: text, places, how sure, within a time that is said.

One reader per process, kept warm: to load the model takes longer than to read a short page. Pages are read in grey at
200 dots an inch, which takes three quarters of the time of 300 and finds the same words (docs/reading.md). Noise that
would make Tesseract search for minutes and find nothing is taken out first.
"""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import tesserocr

from onestop.rules.errors import RuleBroken, Trouble
from onestop.rules.text import nfc
from paper.leaves import leaf
from paper.opening import strange_file
from paper.picture import Pixels, Raster
from paper.sketch import Ink, inked, shrunk
from paper.upright import lie_of

LANGUAGE = "vie"
READ_DPI = 200.0
SECONDS = 30.0
NOISY = 14.0
"""Grey levels of noise from which a page is smoothed first: above, Tesseract takes every speck for a letter."""
POOR = 0.55
"""Mean certainty below which a page may lie upside down, or be too noisy after all."""
FEW = 4
"""Words: fewer on a page full of ink are as good as none."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word; its edges are shares of the width and height of the page as it stands upright, `line` its line in the
    order of reading, `sure` 0 to 1."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    line: int
    sure: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. `turn`: degrees clockwise by which the page had to be turned before it could be read: the places
    of the words are those of the turned page. `smoothed`: noise was taken out first. `sure`: mean of the words."""

    words: tuple[Word, ...] = ()
    turn: int = 0
    sure: float = 0.0
    smoothed: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """The words of each line with single spaces, NFC."""
        found: dict[int, list[str]] = {}
        for word in self.words:
            found.setdefault(word.line, []).append(word.text)
        return tuple(" ".join(words) for words in found.values())

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


# -- the model ---------------------------------------------------------------------------------------------------------

_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)


def model_folder(chosen: Path | None = None) -> Path:
    """The folder that holds vie.traineddata: `chosen` (a setting), beside the program, TESSDATA_PREFIX, where Debian
    and the installers put it. Trouble paper.no-model."""
    beside = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent)) / "resources" / "tessdata"
    told = os.environ.get("TESSDATA_PREFIX")
    places = [chosen, beside, Path(told) if told else None, *map(Path, _FOLDERS)]
    for place in places:
        if place is not None and (place / f"{LANGUAGE}.traineddata").is_file():
            return place
    raise Trouble("paper.no-model", folder=str(chosen or beside))


def is_ready(chosen: Path | None = None) -> bool:
    """Whether pages can be read on this machine."""
    try:
        model_folder(chosen)
    except Trouble:
        return False
    return True


@lru_cache(maxsize=1)
def _reader(folder: str) -> tesserocr.PyTessBaseAPI:
    return tesserocr.PyTessBaseAPI(path=folder, lang=LANGUAGE)


# -- reading -----------------------------------------------------------------------------------------------------------


def read(
    content: bytes, number: int = 0, turn: int = 0, seconds: float = SECONDS, model: Path | None = None
) -> Reading:
    """The words of one leaf of a picture file or a PDF, turned by `turn` degrees clockwise first.

    RuleBroken paper.too-slow after `seconds`, paper.unreadable and its like; Trouble paper.no-model.
    """
    page = leaf(content, number, READ_DPI * 1.5)
    if turn % 360:
        page = Raster(np.ascontiguousarray(np.rot90(page.pixels, -(turn // 90))), page.dpi)
    return read_raster(page, seconds, model)


def read_raster(page: Raster, seconds: float = SECONDS, model: Path | None = None) -> Reading:
    """The words of a page whose dots are at hand."""
    reader = _reader(str(model_folder(model)))
    grey = grey_for_reading(page)
    ink = inked(grey)
    noisy = ink.noise > NOISY
    first = _recognised(reader, smoothed(grey) if noisy else grey, seconds)
    best = Reading(first, 0, _mean(first), noisy)
    if not _is_poor(best, ink):
        return best
    for turn, smooth in _other_ways(ink, noisy):
        words = _recognised(reader, _turned(smoothed(grey) if smooth else grey, turn), seconds)
        again = Reading(words, turn, _mean(words), smooth)
        if _weight(again) > 1.3 * _weight(best):
            best = again
        if not _is_poor(best, ink):
            break
    return best


def grey_for_reading(page: Raster) -> Pixels:
    """The page in grey, no finer than it is read."""
    grey = page.pixels
    if grey.ndim == 3:
        grey = np.asarray(cv2.cvtColor(grey, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    if page.dpi <= READ_DPI * 1.2:
        return grey
    times = page.dpi / READ_DPI
    if times == int(times):
        return shrunk(grey, int(times))
    size = (max(1, round(page.width / times)), max(1, round(page.height / times)))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def smoothed(grey: Pixels) -> Pixels:
    """The page in black and white, single specks of noise taken out."""
    calm = cv2.GaussianBlur(cv2.medianBlur(grey, 3), (5, 5), 0)
    _, plain = cv2.threshold(calm, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return np.asarray(plain, dtype=np.uint8)


def _recognised(reader: tesserocr.PyTessBaseAPI, grey: Pixels, seconds: float) -> tuple[Word, ...]:
    height, width = grey.shape
    if min(height, width) < 8:
        return ()
    with strange_file():
        reader.SetImageBytes(grey.tobytes(), width, height, 1, width)
        reader.SetSourceResolution(int(READ_DPI))
        if not reader.Recognize(max(1, int(seconds * 1000))):
            raise RuleBroken("paper.too-slow", seconds=round(seconds))
        table = reader.GetTSVText(0)
        reader.Clear()
    return tuple(_words(table, width, height))


def _words(table: str, width: int, height: int) -> list[Word]:
    """The rows of words of Tesseract's own table: level, page, block, paragraph, line, word, box, certainty, text."""
    found: list[Word] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, across, down = (int(cell) for cell in cells[6:10])
        line = lines.setdefault(tuple(cells[2:5]), len(lines))
        edges = (left / width, top / height, (left + across) / width, (top + down) / height)
        found.append(Word(nfc(cells[11].strip()), *edges, line, round(max(0.0, float(cells[10])) / 100, 2)))
    return found


def _other_ways(ink: Ink, noisy: bool) -> list[tuple[int, bool]]:
    """What else is tried on a page that could hardly be read: as its letters say it lies, on its head, smoothed."""
    lie = lie_of(ink.mask)
    turns = dict.fromkeys((lie.turn, 180, (lie.turn + 180) % 360))
    ways = [(0, True)] if not noisy else []
    return [*((turn, noisy) for turn in turns if turn), *ways]


def _turned(grey: Pixels, degrees: int) -> Pixels:
    return np.ascontiguousarray(np.rot90(grey, -(degrees // 90)))


def _mean(words: Sequence[Word]) -> float:
    letters = sum(len(word.text) for word in words)
    return round(sum(word.sure * len(word.text) for word in words) / letters, 3) if letters else 0.0


def _weight(reading: Reading) -> float:
    return reading.sure * sum(len(word.text) for word in reading.words)


def _is_poor(reading: Reading, ink: Ink) -> bool:
    if float(ink.mask.mean()) < 0.001:
        return False
    return reading.sure < POOR or len(reading.words) < FEW


# -- comparing ---------------------------------------------------------------------------------------------------------


def agreement(one: str, other: str) -> float:
    """How far two readings of a page agree, 0 to 1, letter by letter; blanks and line breaks count nothing."""
    left, right = ("".join(nfc(text).split()) for text in (one, other))
    if not left and not right:
        return 1.0
    return difflib.SequenceMatcher(None, left, right, autojunk=False).ratio()
