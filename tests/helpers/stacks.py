"""A made stack as a counter scans it: separators, papers of all sizes, askew and on their heads, blanks, foreign codes.

The separators are the sheets that the program itself prints; everything else is drawn by helpers that share no code
with `paper/`. What becomes of each side is known beforehand, so that whoever sorts the stack can be counted.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw

from desktop.devices.source import Page
from desktop.reports import separator as sheet
from onestop.rules import separators
from onestop.rules.separators import DRAFT, Separator
from tests.helpers import cards, pages, printed, wear
from tests.helpers.paperwork import MadePaper, made_papers, person
from tests.helpers.wear import Wear

A5, HALF, SLIP = (5.83, 8.27), (8.27, 5.85), (4.1, 8.2)
"""Inches; what is smaller than A4 lies on the glass with the lid round it."""
FOREIGN = "https://thanhtoan.invalid/qr?so=12"
MOST_SKEW = 5.0


@dataclass(frozen=True, slots=True)
class Side:
    """One scanned side. `sheet`: as it lies before the scanner sees it, upright; `to`: where it belongs, None for the
    tray; `separator`: kept nowhere; `turn`: quarters of a turn by which it lies wrong, degrees."""

    content: bytes
    sheet: Image.Image
    to: Separator | None
    what: str
    blank: bool = False
    separator: bool = False
    turn: int = 0
    dpi: int = 300

    def page(self, number: int) -> Page:
        """As the scanner hands it over."""
        across, down = Image.open(io.BytesIO(self.content)).size
        return Page(self.content, "image/jpeg", across, down, self.dpi, number)


@dataclass
class Stack:
    """Makes a stack for places of one office. The same seed gives the same stack, byte for byte."""

    office_id: str
    places: Sequence[Separator]
    seed: int = 1
    dpi: int = 300
    _dice: random.Random = field(init=False)
    _papers: Iterator[MadePaper] = field(init=False)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)
        self._papers = iter(made_papers(400, self.seed))

    def sides(self, count: int) -> list[Side]:
        """So many sides: two before the first separator, then a separator and what lies behind it for each place, one
        that names a draft that is no more, and what lies behind that."""
        gone = Separator(DRAFT, "no-such-draft", "to-khai")
        groups: list[Separator | None] = [*self.places, gone]
        each, over = divmod(count - 2 - len(groups), len(groups))
        kinds = self._kinds(count - len(groups))
        made = [self._side(None, next(kinds)) for _ in range(2)]
        for at, place in enumerate(groups):
            assert place is not None
            made.append(self._separator(place))
            made += [self._side(None if place is gone else place, next(kinds)) for _ in range(each + (at < over))]
        return made

    def duplex(self, sheets: int) -> list[Side]:
        """Both sides of so many sheets: a separator for each place, papers behind it, a third of them written on both
        sides; the backs of the others show what is on the front."""
        made: list[Side] = []
        behind = -(-sheets // len(self.places))
        for at in range(sheets):
            to = self.places[at // behind]
            if at % behind == 0:
                made += [self._separator(to), self._side(to, "empty")]
            else:
                made += [self._side(to, "paper"), self._side(to, "paper" if at % 3 == 0 else "through")]
        return made

    def _kinds(self, count: int) -> Iterator[str]:
        """What lies in the stack: a separator of another office on top; then, of thirteen sides, three blanks, one that
        has little on it, four with codes that are not ours."""
        thirteen = [
            "letter",
            "empty",
            "slip",
            "paper",
            "small",
            "through",
            "card",
            "little",
            "paper",
            "holes",
            "letter",
            "paper",
            "other-office",
        ]
        rest = (thirteen * (count // 13 + 1))[: count - 2]
        self._dice.shuffle(rest)
        return iter(["other-office", "paper", *rest])

    def _separator(self, place: Separator) -> Side:
        drawn = self._sheet_of(separators.write(self.office_id, place), 3)
        return self._scanned(drawn, place, "separator", separator=True)

    def _sheet_of(self, code: str, number: int) -> Image.Image:
        content = sheet.draw([sheet.Separator(code, number, "Giấy chứng sinh", "H56.99-261123-0007", "", "Phường Mẫu")])
        return pages.picture(content, 0, self.dpi).convert("RGB")

    def _side(self, to: Separator | None, what: str) -> Side:
        return self._scanned(getattr(self, f"_{what.replace('-', '_')}")(), to, what)

    def _scanned(self, drawn: Image.Image, to: Separator | None, what: str, *, separator: bool = False) -> Side:
        dice = self._dice
        blank = what in ("empty", "through", "holes")
        turn = 0 if blank else dice.choices((0, 180, 90), (75, 20, 5))[0]
        smaller = drawn.height < 11 * self.dpi
        worn = Wear(
            dpi=self.dpi,
            skew=round(dice.uniform(-MOST_SKEW, MOST_SKEW), 2),
            turn=turn,
            blur=dice.uniform(0.5, 1.1),
            noise=dice.uniform(1.0, 7.0),
            quality=dice.choice((60, 75, 85)),
            shade=dice.uniform(0.0, 18.0),
            fold=not blank and dice.random() < 0.2,
            lid=dice.choice((25, 110, 235)) if smaller else None,
            seed=dice.randrange(10**6),
        )
        content = wear.scanned(drawn, worn, self.dpi)
        # The generator turns against the clock: what it turned by 90 has to be turned by 90 with it.
        return Side(content, drawn, to, what, blank, separator, turn, self.dpi)

    # -- what lies in it

    def _paper(self) -> Image.Image:
        return printed.drawn(next(self._papers), self.dpi, stamp=self._dice.random() < 0.7)

    def _small(self) -> Image.Image:
        whole = printed.drawn(next(self._papers), self.dpi, stamp=False, smaller=4.0)
        return whole.crop((0, 0, whole.width, round(HALF[1] * self.dpi)))

    def _slip(self) -> Image.Image:
        page = printed.sheet(self.dpi, SLIP)
        who, pen = person(self._dice), ImageDraw.Draw(page)
        lines = ("PHIẾU THU", who.name, who.address[:28], "Số tiền: 15.000 đồng", "Lý do: lệ phí hộ tịch", who.number)
        for row, line in enumerate(lines * 2):
            face = printed.font("Bold" if row == 0 else "Regular", 12, self.dpi)
            pen.text((0.4 * self.dpi, (0.5 + 0.5 * row) * self.dpi), line, font=face, fill=printed.INK)
        return page

    def _letter(self) -> Image.Image:
        return self._with_code(self._paper(), FOREIGN)

    def _other_office(self) -> Image.Image:
        """A separator of another office, left between the papers: for us a page like any other."""
        return self._sheet_of(separators.write("another-office", self.places[0]), 1)

    def _card(self) -> Image.Image:
        page = printed.sheet(self.dpi)
        card, _ = cards.drawn(person(self._dice), self.dpi * 18 / 25.4 / 53)
        page.paste(card, (round(2.4 * self.dpi), round(1.5 * self.dpi)))
        back = printed.drawn(next(self._papers), self.dpi, stamp=False).crop((0, 0, page.width, round(3 * self.dpi)))
        page.paste(back, (0, round(6 * self.dpi)))
        return page

    def _with_code(self, page: Image.Image, text: str) -> Image.Image:
        modules = np.kron(1 - cards.code(text), np.ones((8, 8), np.uint8)) * 255
        side = round(0.9 * self.dpi)
        code = Image.fromarray(modules.astype(np.uint8)).resize((side, side)).convert("RGB")
        page.paste(code, (round(0.3 * self.dpi), page.height - round(1.3 * self.dpi)))
        return page

    def _little(self) -> Image.Image:
        """Next to nothing, and yet no blank: a stamp, a signature, a note in pencil, a number."""
        page = printed.sheet(self.dpi)
        match self._dice.randrange(4):
            case 0:
                printed.put_stamp(page, (2 * self.dpi, 3 * self.dpi), self.dpi)
            case 1:
                printed.put_signature(page, (3 * self.dpi, 5 * self.dpi), self.dpi, self._dice)
            case 2:
                printed.put_pencil(page, (2 * self.dpi, 6 * self.dpi), "đã nhận đủ hồ sơ", self.dpi)
            case _:
                face = printed.font("Regular", 13, self.dpi)
                ImageDraw.Draw(page).text((4 * self.dpi, self.dpi // 2), "2", font=face, fill=printed.INK)
        return page

    def _empty(self) -> Image.Image:
        return printed.sheet(self.dpi)

    def _holes(self) -> Image.Image:
        page = printed.sheet(self.dpi)
        printed.put_holes(page, self.dpi, 40)
        return page

    def _through(self) -> Image.Image:
        return wear.shown_through(printed.drawn(next(self._papers), self.dpi), None, self._dice.uniform(0.08, 0.14))


def stands_upright(content: bytes, drawn: Image.Image) -> bool:
    """Whether a picture shows a sheet the right way up: of its four ways round the one that is most like the sheet."""
    size = (96, 96)
    wanted = np.asarray(drawn.convert("L").resize(size, Image.Resampling.BOX), dtype=np.float64)
    shown = np.asarray(Image.open(io.BytesIO(content)).convert("L").resize(size, Image.Resampling.BOX), np.float64)
    alike = [float(np.corrcoef(wanted.ravel(), np.rot90(shown, quarter).ravel())[0, 1]) for quarter in range(4)]
    return int(np.argmax(alike)) == 0
