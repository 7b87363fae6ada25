"""How much of made pages is read and told right, level by level of wear: the tables of docs/reading.md.

`python -m tests.helpers.rates [PAGES]` prints them (20 pages a level unless told otherwise; some minutes). Pages are
drawn and worn by helpers that share no code with `paper/`; the same number of pages gives the same tables.
"""

from __future__ import annotations

import io
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import mean

import numpy as np
from PIL import Image, ImageDraw

from onestop.rules.text import fold
from paper import ocr, propose, qr
from paper.component import belongs
from paper.edges import sheet_of
from paper.picture import Raster
from paper.prepare import Step, Wish, prepare, prepare_raster
from paper.sketch import sketched
from tests.helpers import cards, printed, wear
from tests.helpers.paperwork import MadePaper, made_papers
from tests.helpers.stacks import stands_upright

FIELDS = ("title", "number", "issued_on", "issuer", "holder_name", "holder_number")
STRAIGHT = 0.2
"""Degrees within which a page counts as straight."""
NEAR = 0.012
"""Share of the picture within which a corner counts as found."""
DRAWN = 300
"""Dots an inch that pages are drawn at before they are worn."""


@dataclass
class Level:
    """What was counted at one level: (right, of) for each question; `wrong`: proposals that were not true."""

    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    wrong: dict[str, int] = field(default_factory=dict)
    agreement: list[float] = field(default_factory=list)

    def note(self, question: str, right: bool) -> None:
        done, of = self.counts.get(question, (0, 0))
        self.counts[question] = (done + right, of + 1)

    def note_wrong(self, question: str) -> None:
        self.wrong[question] = self.wrong.get(question, 0) + 1


def level(name: str, count: int) -> Level:
    """What is read and told of `count` pages worn like this."""
    found, dice = Level(), random.Random(f"rates {name}")
    papers = made_papers(count, seed=7)
    names = sorted({paper.component for paper in made_papers(10)})
    for paper in papers:
        _one(found, paper, name, dice, names)
    for at in range(count):
        _nearly_empty(found, papers[at], name, dice, at)
    return found


def _worn(page: Image.Image, name: str, dice: random.Random, **changes: object) -> Raster:
    how = wear.level(name, seed=dice.randrange(10**6), **changes)
    return Raster(np.asarray(Image.open(io.BytesIO(wear.scanned(page, how, DRAWN))).convert("RGB")), how.dpi)


def _one(found: Level, paper: MadePaper, name: str, dice: random.Random, names: Sequence[str]) -> None:
    drawn = printed.drawn(paper, DRAWN, stamp=False)
    skew, turn = dice.uniform(-5, 5), dice.choice((0, 90, 180, 270))
    done = prepare_raster(_worn(drawn, name, dice, skew=skew, turn=turn), Wish())
    straighten = done.step(Step.STRAIGHTEN)
    found.note("straight", straighten is not None and abs(straighten.amount + skew) <= STRAIGHT)
    found.note("upright", stands_upright(done.content, drawn))
    found.note("printed", not done.blank)
    lid, angle = dice.choice((20, 120, 252)), dice.uniform(-4, 4)
    found.note("edges", _finds_edges(_worn(drawn, name, dice, lid=lid, skew=angle, turn=0), drawn.size, angle))
    reading = ocr.read(done.content)
    found.agreement.append(ocr.agreement(reading.text, paper.text))
    said = {each.field: each.value for each in propose.particulars(reading.lines)}
    for wanted in FIELDS:
        if wanted in paper.facts:
            right = fold(said.get(wanted, "")) == fold(paper.facts[wanted])
            found.note(wanted, right)
        else:
            right = wanted not in said
        if wanted in said and not right:
            found.note_wrong(wanted)
    guesses = belongs(reading.lines, names)
    right = bool(guesses) and names[guesses[0].index] == paper.component
    found.note("component", right)
    if guesses and not right:
        found.note_wrong("component")


def _finds_edges(page: Raster, size: tuple[int, int], degrees: float) -> bool:
    sheet = sheet_of(sketched(page))
    if sheet is None:
        return False
    angle, (across, down) = np.radians(-degrees), np.array(size) * page.dpi / DRAWN
    half = np.array([[-across, -down], [across, -down], [across, down], [-across, down]]) / 2
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    wanted = half @ turn.T + np.array([page.width, page.height]) / 2
    return bool(np.abs(sheet.corners - wanted).max() < NEAR * max(page.width, page.height))


def _nearly_empty(found: Level, paper: MadePaper, name: str, dice: random.Random, at: int) -> None:
    """A blank of four kinds in turn, and a page of four kinds with next to nothing on it."""
    skew = dice.uniform(-5, 5)
    empty = printed.sheet(DRAWN)
    if at % 4 == 1:
        printed.put_holes(empty, DRAWN, 40)
    if at % 4 in (2, 3):
        empty = wear.shown_through(printed.drawn(paper, DRAWN), None, dice.uniform(0.07, 0.14))
    found.note("blank", prepare_raster(_worn(empty, name, dice, skew=skew), Wish()).blank)
    little = printed.sheet(DRAWN)
    match at % 4:
        case 0:
            printed.put_stamp(little, (2 * DRAWN, 3 * DRAWN), DRAWN)
        case 1:
            printed.put_signature(little, (3 * DRAWN, 5 * DRAWN), DRAWN, dice)
        case 2:
            printed.put_pencil(little, (2 * DRAWN, 6 * DRAWN), "đã nhận đủ hồ sơ", DRAWN)
        case _:
            face = printed.font("Regular", 13, DRAWN)
            ImageDraw.Draw(little).text((4 * DRAWN, DRAWN // 2), "2", font=face, fill=printed.INK)
    found.note("little", not prepare_raster(_worn(little, name, dice, skew=skew), Wish()).blank)


def card_reads(count: int) -> dict[str, tuple[int, int]]:
    """By dots to a module: how many cards zxing-cpp reads alone (no step was needed), and how many the program does."""
    found = {}
    for grade in cards.GRADES:
        read = [
            [each.steps for each in qr.read(wear.jpeg(card.picture, 75, 72)) if each.text == card.text]
            for card in cards.card_pictures(grade, count)
        ]
        found[grade] = (sum(steps == [0] for steps in read), sum(len(steps) == 1 for steps in read))
    return found


def print_sizes(count: int) -> dict[float, tuple[float, float]]:
    """By points of print: the letters that are read right on the scanner's file (300 dots an inch, quality 75) and on
    the page as it is stored."""
    found = {}
    for smaller in (0.0, 3.0, 5.0, 6.5):
        shares: list[tuple[float, float]] = []
        for paper in made_papers(count, seed=7):
            page = printed.drawn(paper, DRAWN, stamp=False, smaller=smaller)
            came = wear.scanned(page, wear.level("clean", skew=0.8))
            on_it, stored = (ocr.read(each).text for each in (came, prepare(came).content))
            shares.append((ocr.agreement(on_it, paper.text), ocr.agreement(stored, paper.text)))
        found[13 - smaller] = (mean(one for one, _ in shares), mean(two for _, two in shares))
    return found


QUESTIONS = ("straight", "upright", "edges", "printed", "little", "blank", *FIELDS, "component")


def table(levels: dict[str, Level]) -> str:
    """Markdown: a row for each question, a column for each level; false proposals in brackets."""
    rows = ["| | " + " | ".join(levels) + " |", "|---|" + "---|" * len(levels)]
    spread = (f"{mean(each.agreement):.3f} ({min(each.agreement):.3f})" for each in levels.values())
    rows.append("| agreement (least) | " + " | ".join(spread) + " |")
    for question in QUESTIONS:
        cells = []
        for each in levels.values():
            right, of = each.counts.get(question, (0, 0))
            wrong = each.wrong.get(question, 0)
            cells.append(f"{right}/{of}" + (f" ({wrong})" if wrong else ""))
        rows.append(f"| {question} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def main(count: int) -> None:
    """Print the three tables."""
    sys.stdout.write(table({name: level(name, count) for name in wear.LEVELS}) + "\n\n")
    for grade, (alone, ours) in card_reads(count).items():
        sys.stdout.write(f"| {grade} | {alone}/{count} | {ours}/{count} |\n")
    sys.stdout.write("\n")
    for points, (came, stored) in print_sizes(min(count, 10)).items():
        sys.stdout.write(f"| {points:g} | {came:.3f} | {stored:.3f} |\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
