"""A few lines of text, with a picture behind them where there is one, as they are put on a page of a PDF.

Used for the mark of a signature and for the mark of an electronic copy.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image
from pyhanko.pdf_utils.content import ResourceType
from pyhanko.pdf_utils.generic import ArrayObject, FloatObject, StreamObject, pdf_name
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, InnerScaling, SimpleBoxLayoutRule
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import BaseStamp, BaseStampStyle

from onestop.rules.errors import RuleBroken
from paper.opening import demand_size, strange_file
from paper.sign import Corner, Ink
from paper.sign_font import embed, letters_of

MM = 72 / 25.4
INKS: dict[Ink, tuple[float, float, float]] = {
    Ink.BLACK: (0, 0, 0),
    Ink.BLUE: (0.0, 0.2, 0.7),
    Ink.RED: (0.8, 0.0, 0.0),
}
GAP = 3.0
"""Points between two marks, one above the other."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is drawn: lines at `size` points, and a PNG `picture_width` mm wide."""

    lines: tuple[str, ...]
    size: int = 10
    ink: Ink = Ink.BLACK
    picture: bytes | None = None
    picture_width: float = 30.0

    @property
    def text(self) -> str:
        return unicodedata.normalize("NFC", "\n".join(self.lines))

    @property
    def leading(self) -> int:
        return round(self.size * 1.2)

    @property
    def text_height(self) -> float:
        return self.leading * (len(self.lines) - 1) + self.size * 1.15

    def measure(self) -> tuple[float, float]:
        """Width and height in points."""
        letters = letters_of(self.text)
        wide = max(letters.width(line) for line in self.text.split("\n")) * self.size / 1000
        high = self.text_height
        if self.picture is not None:
            picture = opened_picture(self.picture)
            width = self.picture_width * MM
            wide, high = max(wide, width), max(high, width * picture.height / picture.width)
        return wide + 2, high + 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is seen: its number from 0, the visible box, and by how much it is turned clockwise."""

    index: int
    box: Box
    turn: int
    marked: tuple[Box, ...]
    """Where marks of signatures stand already."""
    archive: str = ""
    """The kind of PDF/A that the document says it is: "1B", "2B", …; empty where it says nothing."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as a person sees them."""
        left, bottom, right, top = self.box
        wide, high = right - left, top - bottom
        return (high, wide) if self.turn in (90, 270) else (wide, high)


def page_of(pdf: bytes, number: int) -> Page:
    """Page `number` (1 is the first, -1 the last). RuleBroken sign.no-such-page, and what `strange_file` says."""
    with strange_file(), Pdf.open(io.BytesIO(pdf)) as document:
        count = len(document.pages)
        index = number - 1 if number > 0 else count + number
        if number == 0 or not 0 <= index < count:
            raise RuleBroken("sign.no-such-page", page=number, pages=count)
        page = document.pages[index]
        said = document.open_metadata().pdfa_status
        left, bottom, right, top = sorted_box(page.cropbox)
        return Page(index, (left, bottom, right, top), int(page.rotation) % 360, tuple(_marks(page.obj)), said)


def _marks(page: Dictionary) -> Iterator[Box]:
    for each in page.get(Name.Annots, Array()):
        if isinstance(each, Dictionary) and each.get(Name.FT) == Name.Sig and Name.Rect in each:
            box = sorted_box(each.Rect)
            if box[0] < box[2] and box[1] < box[3]:
                yield box


def sorted_box(corners: Iterable[Any]) -> Box:
    """A rectangle of a PDF, whichever corners it names."""
    one, two, three, four = (float(each) for each in corners)
    return min(one, three), min(two, four), max(one, three), max(two, four)


def place(page: Page, size: tuple[float, float], corner: Corner, margin: tuple[float, float]) -> Box:
    """Where a mark of `size` stands on the page's own axes: `margin` mm from the corner that a person sees, and further
    from it, up or down, until it stands on no other mark."""
    wide, high = page.size
    across, along = margin[0] * MM, margin[1] * MM
    left = across if corner in (Corner.TOP_LEFT, Corner.BOTTOM_LEFT) else wide - across - size[0]
    at_top = corner in (Corner.TOP_LEFT, Corner.TOP_RIGHT)
    bottom = high - along - size[1] if at_top else along
    step = -(size[1] + GAP) if at_top else size[1] + GAP
    tried = bottom
    while 0 <= tried <= high - size[1]:
        box = _on_page(page, (left, tried, left + size[0], tried + size[1]))
        if not any(_touch(box, other) for other in page.marked):
            return box
        tried += step
    return _on_page(page, (left, bottom, left + size[0], bottom + size[1]))


def _on_page(page: Page, seen: Box) -> Box:
    left, bottom, right, top = page.box
    points: list[float] = []
    for x, y in ((seen[0], seen[1]), (seen[2], seen[3])):
        points += {
            0: (left + x, bottom + y),
            90: (right - y, bottom + x),
            180: (right - x, top - y),
            270: (left + y, top - x),
        }[page.turn]
    return sorted_box(points)


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@dataclass(frozen=True)
class MarkStyle(BaseStampStyle):
    """How the library is to draw a mark, on a page that is turned by `turn`."""

    mark: Mark = Mark(())
    turn: int = 0
    with_set: bool = False

    def create_stamp(self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, Any]) -> MarkStamp:
        """The drawing. `box`: the field of a signature, which is turned with the page."""
        wide, high = box.width, box.height
        if self.turn in (90, 270):
            wide, high = high, wide
        return MarkStamp(writer, self, BoxConstraints(width=wide, height=high))


class MarkStamp(BaseStamp):
    """The drawing of a mark, upright for the person who sees the page."""

    style: MarkStyle

    def _render_inner_content(self) -> list[bytes]:
        mark = self.style.mark
        letters = letters_of(mark.text)
        self.set_resource(ResourceType.FONT, pdf_name("/F1"), embed(self._ensure_writer, letters, self.style.with_set))
        first = (self.box.height + mark.text_height) / 2 - mark.size * letters.ascent / 1000
        lines = b" ".join(b"%s Tj T*" % letters.written(line) for line in mark.text.split("\n"))
        red, green, blue = INKS[mark.ink]
        start = b"q BT /F1 %d Tf %d TL %g %g %g rg 1 %g Td " % (mark.size, mark.leading, red, green, blue, first)
        return [start + lines + b" ET Q"]

    def as_form_xobject(self) -> StreamObject:
        """The drawing as an object of the document, its lower left corner at the origin whichever way it is turned."""
        form = super().as_form_xobject()
        wide, high = self.box.width, self.box.height
        matrix = {
            0: (1, 0, 0, 1, 0, 0),
            90: (0, 1, -1, 0, high, 0),
            180: (-1, 0, 0, -1, wide, high),
            270: (0, -1, 1, 0, 0, wide),
        }[self.style.turn]
        form[pdf_name("/Matrix")] = ArrayObject(FloatObject(each) for each in matrix)
        return form


def style_of(mark: Mark, page: Page) -> MarkStyle:
    """The library's style for a mark on a page."""
    style = MarkStyle(border_width=0, mark=mark, turn=page.turn, with_set=page.archive.startswith("1"))
    if mark.picture is None:
        return style
    picture = opened_picture(mark.picture)
    return replace(
        style,
        background=PdfImage(_without_holes(picture) if style.with_set else picture, writer=None),
        background_opacity=1.0,
        background_layout=SimpleBoxLayoutRule(
            x_align=AxisAlignment.ALIGN_MID,
            y_align=AxisAlignment.ALIGN_MID,
            inner_content_scaling=InnerScaling.SHRINK_TO_FIT,
        ),
    )


def _without_holes(picture: Image.Image) -> Image.Image:
    """On white: PDF/A-1 knows nothing that one can see through."""
    clear = picture.convert("RGBA")
    paper = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(paper, clear).convert("RGB")


def opened_picture(content: bytes) -> Image.Image:
    """A picture of a signature or a seal. RuleBroken as `strange_file` says."""
    with strange_file():
        picture = Image.open(io.BytesIO(content))
        demand_size(*picture.size)
        picture.load()
        return picture
