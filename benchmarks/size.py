"""The bytes of a page as it is stored beside the file that the scanner delivered, and what can still be read in both.

The scanner's file is a JPEG of quality 75 at 300 dots an inch, of papers with a stamp and a signature. Legible is
measured: Tesseract reads both, and the words are compared with those that were printed.
"""

from __future__ import annotations

import argparse
from statistics import mean

from benchmarks.measure import counted, status
from paper import ocr, prepare
from tests.helpers import printed, wear
from tests.helpers.paperwork import MadePaper, made_papers

PAGES = 20
SCANNED = wear.Wear(dpi=300, skew=0.8, blur=0.7, noise=3.0, quality=75, shade=10.0)


def scanned(paper: MadePaper) -> bytes:
    """The paper as the scanner delivers it."""
    return wear.scanned(printed.drawn(paper), SCANNED)


def main(argv: list[str] | None = None) -> int:
    """Two lines: bytes, and legibility."""
    parser = argparse.ArgumentParser(prog="size")
    parser.add_argument("--small", action="store_true")
    papers = made_papers(1 if parser.parse_args(argv).small else PAGES)
    came = [scanned(paper) for paper in papers]
    stored = [prepare.prepare(content).content for content in came]
    sizes = [mean(map(len, pages)) for pages in (stored, came)]
    read = [
        mean(ocr.agreement(ocr.read(page).text, paper.text) for page, paper in zip(pages, papers, strict=True))
        for pages in (stored, came)
    ]
    count = len(papers)
    return status(
        [
            counted("size", "bytes of a stored page / the scanner's JPEG q75 at 300 dpi", *sizes, 0.35, n=count),
            counted("size", "letters read right on it / on the scanner's file", *read, 0.995, at_least=True, n=count),
        ]
    )
