"""Tờ phân cách: one sheet before each paper of a stack, so that the scanner's whole feed sorts itself.

The code stands in the middle of the upper half, where no scanner crops; the words are large enough to be read from an
arm's length while the stack is put together. No number of a person is on the sheet.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from desktop.reports import fonts, qr
from desktop.reports.flow import Align, Page, Style, Text
from desktop.reports.sheet import MM, draw_code, write_marks
from onestop.queries.scanning import Bench
from onestop.rules.errors import RuleBroken
from onestop.rules.separators import DOSSIER, DRAFT, write
from onestop.rules.separators import Separator as Place

SIZE = (210 * MM, 297 * MM)
MARGIN = 20 * MM
CODE = 70 * MM
"""Side of the code: read at 150 dpi, askew and a little crumpled."""

_TITLE = Style(34, 40, Align.CENTRE)
_NAME = Style(24, 30, Align.CENTRE)
_WHOSE = Style(16, 21, Align.CENTRE)
_NOTE = Style(13, 17, Align.CENTRE)


@dataclass(frozen=True, slots=True)
class Separator:
    """One sheet. `code`: what its QR says (`rules.separators.write`); `number`: its place in the list of papers."""

    code: str
    number: int
    component: str
    dossier: str
    owner: str
    office: str


def sheets_of(bench: Bench, office_id: str, office_name: str) -> tuple[Separator, ...]:
    """A sheet for each component of a draft or dossier that pages may go into. RuleBroken separator.no-components."""
    if not bench.slots:
        raise RuleBroken("separator.no-components")
    kind, owner = (DRAFT, bench.draft) if bench.draft else (DOSSIER, bench.dossier or "")
    return tuple(
        Separator(
            write(office_id, Place(kind, owner, slot.key)),
            number,
            slot.name,
            bench.code or bench.title,
            bench.owner_name,
            office_name,
        )
        for number, slot in enumerate(bench.slots, 1)
    )


def draw(sheets: Sequence[Separator]) -> bytes:
    """All sheets as one PDF, a page each, in the order given. The same sheets give the same bytes."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=SIZE, pageCompression=1, invariant=1, initialFontName=fonts.UPRIGHT, lang="vi-VN")
    canvas.setTitle("Tờ phân cách")
    canvas.setCreator("Một cửa")
    for sheet in sheets:
        _page(canvas, sheet)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _page(canvas: Canvas, sheet: Separator) -> None:
    page, width = Page(), SIZE[0] - 2 * MARGIN
    top = SIZE[1] - MARGIN
    y = _put(page, "TỜ PHÂN CÁCH", fonts.BOLD, _TITLE, top, width) - 6 * MM
    draw_code(canvas, qr.outline(sheet.code), ((SIZE[0] - CODE) / 2, y, CODE))
    y -= CODE + 10 * MM
    y = _put(page, f"{sheet.number}. {sheet.component}", fonts.BOLD, _NAME, y, width) - 6 * MM
    y = _put(page, sheet.dossier, fonts.BOLD, _WHOSE, y, width)
    y = _put(page, sheet.owner, fonts.UPRIGHT, _WHOSE, y, width) - 10 * MM
    y = _put(
        page,
        "Đặt tờ này ngay trước giấy tờ nêu trên rồi quét cả tập. Tờ này không nằm trong hồ sơ, dùng lại được.",
        fonts.UPRIGHT,
        _NOTE,
        y,
        width,
    )
    _put(page, sheet.office, fonts.UPRIGHT, _NOTE, MARGIN + 2 * _NOTE.leading, width)
    write_marks(canvas, page.marks)


def _put(page: Page, words: str, face: str, style: Style, top: float, width: float) -> float:
    """The words from `top` downwards; the height reached."""
    text = Text(((fonts.clean(words), face),), style)
    text.place(page, MARGIN, top, width)
    return top - text.height(width)
