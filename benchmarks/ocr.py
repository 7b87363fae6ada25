"""The words of Vietnamese pages, read as the program reads them, beside bare tesserocr with the same model, one thread.

Both are handed the same stored pages (200 dots an inch). Ours decodes the page, looks whether noise has to be taken out
or the page turned, recognises, and gives every word with its place and line; bare tesserocr is handed the page in grey,
decoded by Pillow, with its resolution, and gives the text. The time for making the PDF/A is not in it.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Sequence

import tesserocr
from PIL import Image

from benchmarks.measure import PAIRS, line, pairs, status
from paper import ocr, prepare
from tests.helpers import printed, wear
from tests.helpers.paperwork import made_papers

PAGES = 10
LEVELS = ("clean", "office", "worn")


def stored(count: int) -> list[bytes]:
    """Pages as they are stored, worn in turn a little and a little more."""
    return [
        prepare.prepare(wear.scanned(printed.drawn(paper, 200), wear.level(LEVELS[at % 3], dpi=200), 200)).content
        for at, paper in enumerate(made_papers(count))
    ]


def bare(reader: tesserocr.PyTessBaseAPI, contents: Sequence[bytes]) -> list[str]:
    """What tesserocr reads by itself."""
    texts = []
    for content in contents:
        reader.SetImage(Image.open(io.BytesIO(content)).convert("L"))
        reader.SetSourceResolution(200)
        texts.append(reader.GetUTF8Text())
    return texts


def main(argv: list[str] | None = None) -> int:
    """One line."""
    parser = argparse.ArgumentParser(prog="ocr")
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args(argv).small
    contents = stored(1 if small else PAGES)
    with tesserocr.PyTessBaseAPI(path=str(ocr.model_folder()), lang=ocr.LANGUAGE) as reader:
        taken = pairs(
            lambda: [ocr.read(content) for content in contents],
            lambda: bare(reader, contents),
            count=1 if small else PAIRS,
            each=len(contents),
        )
    return status([line("ocr", "Vietnamese pages a minute / bare tesserocr, one thread", taken, 0.85, at_least=True)])
