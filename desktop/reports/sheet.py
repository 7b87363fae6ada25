"""The sheet every letter stands on: paper, margins, type, header, title, signatures, page numbers, watermark.

Values are those of NĐ 30/2020/NĐ-CP, appendix I, for A4; on A5 the same page is set smaller. A document gives its body
as blocks for a `Look`; `draw` pours them, and sets them closer where that saves a page. The same letter gives the same
bytes.
"""

from __future__ import annotations

import io
import math
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import cache, lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from desktop.reports import fonts, qr, reprint, words
from desktop.reports.flow import (
    Align,
    Beside,
    Block,
    Gap,
    Mark,
    Page,
    Rule,
    Run,
    Stack,
    Style,
    Text,
    pour,
    total_height,
)
from onestop.clock import local
from onestop.rules.letters import Envelope, OnPaper, Paper, Size

MM = 72 / 25.4

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DRAFT = "BẢN NHÁP – KHÔNG CÓ GIÁ TRỊ"

LIENS = {1: "Liên 1: Lưu", 2: "Liên 2: Giao người nộp hồ sơ"}

RULE = 0.6
"""Thickness of every line, points."""

_MODULE = 0.55 * MM
"""The least side of a QR module that an office printer and a telephone handle well."""

_drawing = threading.Lock()
"""ReportLab reads its font files with a shared position: one document at a time."""


@dataclass(frozen=True, slots=True)
class Look:
    """A size of paper and how the page is set. Lengths in points."""

    paper: Size
    page: tuple[float, float]
    left: float
    right: float
    top: float
    bottom: float
    body: Style
    """Lines of the form and sentences, 13 to 14 on A4."""
    cell: Style
    note: Style
    country: float
    """Size of the country's name and of the agency, 12 to 13."""
    motto: float
    """Size of the motto, of the place and the date, 13 to 14."""
    title: float
    gap: float
    """Between two lines of a form."""
    pad: float
    """Inside a cell."""
    sign: float
    """Room to sign in."""
    code: float
    """Side of the smallest QR code."""

    @property
    def width(self) -> float:
        """Between the margins."""
        return self.page[0] - self.left - self.right


class Head(StrEnum):
    """What stands above the title."""

    AGENCY = "agency"
    """The agency on the left, country and motto on the right, number and date: a paper of the office."""
    BLANK = "blank"
    """The same with the date left to the pen."""
    COUNTRY = "country"
    """Country and motto alone, in the middle: a paper that a citizen writes."""
    NOTHING = "nothing"
    """Neither: no paper at all but a label."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How a kind of paper stands on its sheet. `lying`: the long edge below, for wide tables. `closer`: set closer
    where that saves a page; not a list, whose type is as small as it may be. `titled`: its title stands above the body;
    without it the QR code goes to the foot."""

    lying: bool = False
    head: Head = Head.AGENCY
    closer: bool = True
    titled: bool = True


UPRIGHT = Frame()


class Density(IntEnum):
    """How closely a page is set. Type below 13 points is used on A4 only where it saves the citizen a second sheet."""

    ROOMY = 0
    TIGHT = 1
    DENSE = 2


_NEEDS = {Density.TIGHT: 0.845, Density.DENSE: 0.745}
"""About how much of its roomy height a body takes when it is set closer."""

_HOPE = 1.06
"""What would need more than this part of the first page at that estimate is not tried."""


_ENVELOPES = {Envelope.DL: (110 * MM, 220 * MM), Envelope.C5: (162 * MM, 229 * MM)}


@cache
def look(paper: Size, density: Density = Density.ROOMY, lying: bool = False) -> Look:
    """How a page of `paper` is set at `density`."""
    if isinstance(paper, Envelope):
        edge = 10 * MM
        page = _ENVELOPES[paper]
        set_by = look(Paper.A5, density)
        page = (page[1], page[0]) if lying else page
        return replace(set_by, paper=paper, page=page, left=edge, right=edge, top=edge, bottom=edge)
    if lying:
        upright = look(paper, density)
        left = upright.left * 2 / 3  # wide tables need it, and NĐ 30/2020 sets 30 mm for upright sheets
        return replace(upright, page=(upright.page[1], upright.page[0]), left=left)
    if paper is Paper.A4:
        return Look(
            paper=paper,
            page=(210 * MM, 297 * MM),
            left=30 * MM,
            right=15 * MM,
            top=20 * MM,
            bottom=20 * MM,
            body=_set((13, 13, 12)[density], (1.25, 1.15, 1.15)[density], Align.JUSTIFY),
            cell=_set((12, 11.5, 11)[density], (1.17, 1.15, 1.15)[density]),
            note=_set((10.5, 10, 9.5)[density], 1.15),
            country=12.0,
            motto=13.0,
            title=14.0,
            gap=(3.0, 1.5, 1.0)[density],
            pad=(3.0, 1.8, 1.3)[density],
            sign=(56.0, 40.0, 34.0)[density],
            code=(18 * MM, 16 * MM, 16 * MM)[density],
        )
    return Look(
        paper=paper,
        page=(148 * MM, 210 * MM),
        left=15 * MM,
        right=10 * MM,
        top=12 * MM,
        bottom=11 * MM,
        body=_set((10, 10, 9)[density], (1.22, 1.15, 1.15)[density], Align.JUSTIFY),
        cell=_set((9.5, 9.2, 8.5)[density], 1.15),
        note=_set((8.5, 8, 7.5)[density], 1.15),
        country=9.0,
        motto=10.0,
        title=(11.5, 11.5, 11.0)[density],
        gap=(2.0, 0.8, 0.4)[density],
        pad=(2.2, 1.3, 1.0)[density],
        sign=(42.0, 32.0, 25.0)[density],
        code=(15 * MM, 14 * MM, 12.6 * MM)[density],
    )


def _set(size: float, spread: float, align: Align = Align.LEFT) -> Style:
    return Style(size, size * spread, align)


@dataclass(frozen=True, slots=True)
class Signature:
    """One side of the foot: who signs, how, and the name under the room to sign in ("" leaves it to the pen)."""

    role: str
    name: str = ""
    how: str = "(Ký và ghi rõ họ tên)"


Body = Callable[[Look], Sequence[Block]]


def draw(letter: OnPaper, body: Body, paper: Size, liens: Sequence[int] = (), frame: Frame = UPRIGHT) -> bytes:
    """`letter` as PDF: its header and title, then the blocks that `body` gives, once for each of `liens` (1, 2).

    No `liens`: one copy that does not say which it is. ValueError for another liên. A draft has no liên.
    """
    laid_out = lay_out(letter, body, paper, liens, frame)
    with _drawing:
        data = _paint((letter, laid_out))
    return reprint.mark_reprint(data, letter.reprint) if letter.reprint else data


def draw_all(
    letters: Sequence[tuple[OnPaper, Body]], paper: Size, liens: Sequence[int] = (), frame: Frame = UPRIGHT
) -> bytes:
    """Several letters one after the other as one PDF, each as `draw` draws it; none of them a reprint."""
    laid_out = [(letter, lay_out(letter, body, paper, liens, frame)) for letter, body in letters]
    with _drawing:
        return _paint(*laid_out)


def lay_out(letter: OnPaper, body: Body, paper: Size, liens: Sequence[int] = (), frame: Frame = UPRIGHT) -> LaidOut:
    """Where everything that `draw` draws will stand."""
    wrong = [lien for lien in liens if lien not in LIENS]
    if wrong:
        raise ValueError(f"no such liên: {wrong}")
    copies: tuple[int | None, ...] = tuple(liens) if liens and not letter.draft else (None,)
    code = qr.outline(letter.reference.qr) if letter.reference.qr and not letter.form.about else None

    def measured(density: Density) -> _Measured:
        return _Measured(letter, body, look(paper, density, frame.lying), code, copies, frame)

    roomy = measured(Density.ROOMY)
    if roomy.used <= 1 or not frame.closer:
        return roomy.place()
    closer: _Measured | None = None
    for density, about in _NEEDS.items():
        if roomy.used * about <= _HOPE:
            tried = measured(density)
            if tried.used <= 1:
                return tried.place()
            closer = closer or tried
    on_more = roomy.place()
    if closer is None or closer.look is not look(paper, Density.TIGHT, frame.lying):
        closer = measured(Density.TIGHT)
    on_fewer = closer.place()
    return on_fewer if len(on_fewer.pages) < len(on_more.pages) else on_more


def signatures(set_by: Look, left: Signature | None, right: Signature | None) -> Block:
    """The foot of a letter: up to two people side by side."""
    return Beside(
        signed(set_by, left) if left else None, signed(set_by, right) if right else None, before=set_by.gap * 3
    )


def signed(set_by: Look, signature: Signature) -> Block:
    """One side of the foot."""
    centred = replace(set_by.body, align=Align.CENTRE, leading=set_by.body.size * 1.2)
    return Stack(
        (
            Text(((signature.role.upper(), fonts.BOLD),), centred),
            Text(((signature.how, fonts.ITALIC),), centred),
            Gap(set_by.sign),
            Text(((signature.name, fonts.BOLD),), centred),
        )
    )


def closing(set_by: Look, receivers: Sequence[str], signature: Signature) -> Block:
    """The foot of a letter that the office sends: "Nơi nhận" on the left, who signs on the right."""
    label = Style(set_by.body.size - 1, (set_by.body.size - 1) * 1.2)
    lines = Style(set_by.body.size - 2, (set_by.body.size - 2) * 1.2)
    to = Stack(
        (Text((("Nơi nhận:", fonts.BOLD_ITALIC),), label), *(Text(f"- {receiver}", lines) for receiver in receivers))
    )
    return Beside(to, signed(set_by, signature), before=set_by.gap * 3)


HEAD_OF_OFFICE = Signature("Thủ trưởng cơ quan, đơn vị", how="(Ký, ghi rõ họ tên, đóng dấu)")
"""Whoever heads the agency: the pen writes the name."""


def line(set_by: Look, *runs: Run, keep: bool = False) -> Text:
    """One line of a form: label and value, going on below as long as it needs."""
    return Text(runs, set_by.body, before=set_by.gap, keep=keep)


def paragraph(set_by: Look, *runs: Run, keep: bool = False) -> Text:
    """A sentence of its own: first line indented by 1 cm, at least 6 pt from the one before."""
    style = replace(set_by.body, first=(10 if set_by.paper is Paper.A4 else 7) * MM)
    return Text(runs, style, before=max(set_by.gap, 6.0 if set_by.paper is Paper.A4 else 3.0), keep=keep)


def upright(text: str) -> Run:
    """A run in the ordinary face."""
    return (text, fonts.UPRIGHT)


def bold(text: str) -> Run:
    """A run that stands out."""
    return (text, fonts.BOLD)


def italic(text: str) -> Run:
    """A run in italics."""
    return (text, fonts.ITALIC)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A letter with every mark in its place."""

    look: Look
    copies: tuple[int | None, ...]
    pages: list[Page]
    """Of one copy, without what names the copy and numbers the page."""
    code: qr.QrOutline | None
    code_at: tuple[float, float, float]
    """x, y of the QR code's top left corner, and its side."""
    lien_at: tuple[float, float]
    """Middle and baseline."""
    title_ends: int
    """How many marks of the first page stand before the line of the liên, in reading order."""


class _Measured:
    """A letter set in one look: what it needs is known, nothing of the body has its place yet."""

    def __init__(
        self,
        letter: OnPaper,
        body: Body,
        set_by: Look,
        code: qr.QrOutline | None,
        copies: tuple[int | None, ...],
        frame: Frame,
    ) -> None:
        self.look = set_by
        self._copies = copies
        self._code = code
        self._top = Page()
        y = _HEADERS[frame.head](self._top, letter, set_by)
        if frame.titled:
            self._y, self._code_at, self._lien_at = _title(self._top, letter, set_by, y, code, bool(copies[0]))
        else:
            side = max(set_by.code, code.modules * _MODULE) if code else 0.0
            self._y, self._code_at, self._lien_at = y, (set_by.left, set_by.bottom + side, side), (0.0, 0.0)
        self._blocks = body(set_by)
        self._need = total_height(self._blocks, set_by.width)
        self._room = self._y - set_by.bottom
        self.used = self._need / self._room
        """The part of the first page's room that the body needs; up to 1 the letter is of one page."""

    def place(self) -> LaidOut:
        """Everything in its place, on as many pages as it takes."""
        set_by = self.look
        # A page that had to be set closely gives back what is left over, up to the space between lines of a roomy one.
        spare = (self._room - self._need) / (len(self._blocks) + 1) - 0.5
        loosen = min(max(spare, 0.0), look(set_by.paper).gap - set_by.gap)
        top = set_by.page[1] - set_by.top
        pages = pour(self._blocks, set_by.left, set_by.width, self._y, top, set_by.bottom, loosen)
        ends = len(self._top.marks)
        pages[0].marks[:0] = self._top.marks
        pages[0].rules[:0] = self._top.rules
        return LaidOut(set_by, self._copies, pages, self._code, self._code_at, self._lien_at, ends)


def _country(page: Page, set_by: Look, x: float, width: float) -> float:
    """Country and motto in the middle of `width`, with the line under them; the height reached."""
    top = set_by.page[1] - set_by.top
    country = Text(((COUNTRY, fonts.BOLD),), Style(set_by.country, set_by.country * 1.2, Align.CENTRE))
    country.place(page, x, top, width)
    y = top - country.height(width)
    under = Text(((MOTTO, fonts.BOLD),), Style(set_by.motto, set_by.motto * 1.2, Align.CENTRE))
    under.place(page, x, y, width)
    y -= under.height(width)
    middle, half = x + width / 2, fonts.width(MOTTO, fonts.BOLD, set_by.motto) / 2
    page.rules.append((middle - half, y - 2.0, middle + half, y - 2.0))
    return y


def _country_alone(page: Page, letter: OnPaper, set_by: Look) -> float:
    """A citizen's own paper; its date stands at its end."""
    _number_of_form(page, letter, set_by)
    return _country(page, set_by, set_by.left, set_by.width) - 5 - set_by.gap


def _nothing(page: Page, letter: OnPaper, set_by: Look) -> float:
    return set_by.page[1] - set_by.top


def _header(page: Page, letter: OnPaper, set_by: Look, *, dated: bool = True) -> float:
    """Agency on the left, country and motto on the right, number and date under them; the height reached. `dated`
    False: the pen writes the date."""
    head = letter.head
    x, width = set_by.left, set_by.width
    top = set_by.page[1] - set_by.top
    size = set_by.country
    capital = Style(size, size * 1.2, Align.CENTRE)
    motto = Style(set_by.motto, set_by.motto * 1.2, Align.CENTRE)

    right_width = fonts.width(COUNTRY, fonts.BOLD, size) + 2
    right = x + width - right_width
    left_width = width - right_width - (12 if set_by.paper is Paper.A4 else 8)

    y = top
    for text, face in ((head.parent.upper(), fonts.UPRIGHT), (head.agency.upper(), fonts.BOLD)):
        if not text:
            continue
        block = _balanced(text, face, capital, left_width)
        block.place(page, x, y, left_width)
        y -= block.height(left_width)
        widest = max(line.width for line in block.lines(left_width))
    # The line under the agency is a third to a half of its length.
    middle, half = x + left_width / 2, widest * 0.2
    left_end = y - 5
    page.rules.append((middle - half, y - 2.5, middle + half, y - 2.5))

    y = _country(page, set_by, right, right_width)
    y = min(y - 5, left_end) - set_by.gap
    place = f"{head.place}, " if head.place else ""
    on = words.day(local(letter.issued_at).date()) if dated else words.DAY_BY_HAND
    date_line = Text(((place + on, fonts.ITALIC),), motto)
    date_line.place(page, right, y, right_width)
    names = _names(letter, set_by, left_width)
    if letter.form.about:
        # A công văn has its trích yếu right under its number (NĐ 30/2020/NĐ-CP); what it is of, its text says.
        about = Style(set_by.country, set_by.country * 1.2, Align.CENTRE)
        names[1:] = [Text(f"V/v {letter.form.about}", about, before=6.0)]
    numbered = Stack(names)
    numbered.place(page, x, y, left_width)
    _number_of_form(page, letter, set_by)
    return y - max(date_line.height(right_width), numbered.height(left_width))


def _undated(page: Page, letter: OnPaper, set_by: Look) -> float:
    return _header(page, letter, set_by, dated=False)


def _number_of_form(page: Page, letter: OnPaper, set_by: Look) -> None:
    """Top right: "Mẫu số 01" of a numbered form, "Mẫu CT01" of one with a name of its own."""
    number = letter.form.number
    if number:
        said = f"Mẫu số {number}" if number[0].isdigit() else f"Mẫu {number} – {letter.form.source}"
        label = Text(((said, fonts.UPRIGHT),), replace(set_by.note, align=Align.RIGHT))
        label.place(page, set_by.left, set_by.page[1] - set_by.top * 0.42, set_by.width)


_HEADERS = {Head.AGENCY: _header, Head.BLANK: _undated, Head.COUNTRY: _country_alone, Head.NOTHING: _nothing}


def _names(letter: OnPaper, set_by: Look, width: float) -> list[Block]:
    """Under the agency: Số, and the code by which the paper is known."""
    reference, head, draft = letter.reference, letter.head, letter.draft
    style = Style(set_by.motto, set_by.motto * 1.2, Align.CENTRE)
    small = Style(set_by.note.size, set_by.note.size * 1.2, Align.CENTRE)
    lines: list[Block] = []
    if head.numbered:
        number = "……" if head.number is None or draft else words.two_digits(head.number)
        symbol = "-".join(filter(None, (letter.form.symbol, head.symbol)))
        whole = head.written if head.written and not draft else f"{number}{'/' + symbol if symbol else ''}"
        lines.append(Text(f"Số: {whole}", style))
    if not head.coded:
        return lines
    if reference.code:
        lines += _code("Mã hồ sơ: ", reference.code, style, small, width)
    elif reference.temporary:
        lines += _code("Mã tạm: ", reference.temporary, style, small, width)
        lines.append(Text((italic("(mã chính thức được cấp sau)"),), small))
    elif reference.intake:
        lines += _code("Mã phiếu: ", reference.intake, style, small, width)
    elif draft:
        lines.append(Text((upright("Mã hồ sơ: "), italic("chưa cấp")), style))
    if reference.external:
        lines += _code("Mã hồ sơ khác: ", reference.external, small, small, width, fonts.UPRIGHT)
    return lines


def _code(label: str, code: str, style: Style, small: Style, width: float, face: str = fonts.BOLD) -> list[Block]:
    """A code on one line with its label, or under it, smaller where it is long.

    It is cut before a hyphen only: a viewer that copies takes a hyphen at the end of a line for a divided word.
    """
    whole = Text((upright(label), (code, face)), style)
    if len(whole.lines(width)) == 1:
        return [whole]
    if fonts.width(code, face, style.size) > width:
        code, style_of_code = "\n".join(parts(code, face, small.size, width)), small
    else:
        style_of_code = style
    return [Text(label.strip(), style), Text(((code, face),), style_of_code)]


def parts(code: str, face: str, size: float, width: float) -> list[str]:
    """A code or number as lines of `width`, cut before a hyphen only."""
    found = [""]
    for piece in re.split(r"(?=-)", code):
        if found[-1] and fonts.width(found[-1] + piece, face, size) > width:
            found.append("")
        found[-1] += piece
    return found


def _title(
    page: Page, letter: OnPaper, set_by: Look, y: float, code: qr.QrOutline | None, with_lien: bool
) -> tuple[float, tuple[float, float, float], tuple[float, float]]:
    """The title in the middle, the QR code at its left: the height reached, the code's place, that of the liên."""
    x, width = set_by.left, set_by.width
    if letter.form.about:
        return y - set_by.gap * 3, (x, y, 0.0), (x + width / 2, y)
    y -= set_by.gap * 2 + 7
    side = aside = 0.0
    if code:
        side = max(set_by.code, code.modules * _MODULE)
        aside = side + (qr.QUIET + 1) * side / code.modules
    room = width - 2 * aside
    title = _balanced(letter.form.title, fonts.BOLD, Style(set_by.title, set_by.title * 1.2, Align.CENTRE), room)
    lien_height = set_by.body.leading if with_lien else 0.0
    height = title.height(room) + lien_height
    top = y - max(0.0, (side - height) / 2)
    title.place(page, x + aside, top, room)
    baseline = top - title.height(room) - set_by.body.size
    return y - max(height, side) - set_by.gap * 2 - 5, (x, y, side), (x + width / 2, baseline)


@lru_cache(64)
def _balanced(title: str, face: str, style: Style, room: float) -> Text:
    """`title` on as few lines as it needs, and these of about one length."""
    run = ((title, face),)
    text = Text(run, style)
    count = len(text.lines(room))
    if count == 1:
        return text
    low, high = room / 3, room
    while high - low > 2:
        middle = (low + high) / 2
        if len(Text(run, style).lines(middle)) > count:
            low = middle
        else:
            high = middle
    broken = ["".join(piece for piece, *_ in line.pieces) for line in Text(run, style).lines(high)]
    return Text((("\n".join(broken), face),), style)


def _paint(*letters: tuple[OnPaper, LaidOut]) -> bytes:
    """The first of them names the file."""
    letter, set_by = letters[0][0], letters[0][1].look
    stream = io.BytesIO()
    canvas = Canvas(
        stream,
        pagesize=set_by.page,
        pageCompression=1,
        invariant=1,
        initialFontName=fonts.UPRIGHT,
        initialFontSize=set_by.body.size,
        lang="vi-VN",
    )
    shown = letter.reference.shown
    canvas.setTitle(fonts.clean(f"{letter.form.title.capitalize()} {shown}".strip()))
    canvas.setAuthor(fonts.clean(letter.head.agency))
    canvas.setSubject(
        " ".join(filter(None, (letter.form.number and f"Mẫu số {letter.form.number}", letter.form.source)))
    )
    canvas.setCreator("Một cửa")
    issued = f"D:{local(letter.issued_at):%Y%m%d%H%M%S}+07'00'"
    canvas.setDateFormatter(lambda *_parts: issued)
    for each, laid_out in letters:
        _paint_pages(canvas, each, laid_out)
    canvas.save()
    return stream.getvalue()


def _paint_pages(canvas: Canvas, letter: OnPaper, laid_out: LaidOut) -> None:
    for lien in laid_out.copies:
        for number in range(1, len(laid_out.pages) + 1):
            if letter.draft:
                _watermark(canvas, laid_out.look)
            if number == 1 and laid_out.code:
                draw_code(canvas, laid_out.code, laid_out.code_at)
            _draw_rules(canvas, laid_out.pages[number - 1].rules)
            write_marks(canvas, marks_of(laid_out, letter.reference.shown, number, lien))
            canvas.showPage()


def marks_of(laid_out: LaidOut, shown: str, number: int, lien: int | None) -> list[Mark]:
    """The strings of page `number` of the copy `lien` in reading order; `shown` is what the letter is called by."""
    marks = laid_out.pages[number - 1].marks
    if number > 1:
        return [*_running(laid_out.look, number, shown, lien), *marks]
    if lien is None:
        return marks
    ends = laid_out.title_ends
    return [*marks[:ends], _lien_mark(lien, laid_out.look, laid_out.lien_at), *marks[ends:]]


def write_marks(canvas: Canvas, marks: list[Mark]) -> None:
    """All strings of a page in one text object, in reading order.

    The operators are written here, not by ReportLab's text object: strings as hexadecimal and a state only where it
    changes take half its time. Fonts and their subsets stay ReportLab's.
    """
    document = canvas._doc
    code = ["BT"]
    state: tuple[str, float, int] = ("", 0.0, -1)
    spread = 0.0
    for x, y, face, size, mark_spread, string in marks:
        font = pdfmetrics.getFont(face)
        code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        if mark_spread != spread:
            spread = mark_spread
            code.append(f"{spread:.3f} Tw")
        for subset, signs in font.splitString(string, document):
            if state != (face, size, subset):
                state = (face, size, subset)
                code.append(f"{font.getSubsetInternalName(subset, document)} {size:g} Tf")
            code.append(f"<{signs.hex()}> Tj")
    code.append("0 Tw ET")
    canvas.addLiteral("\n".join(code))


def _draw_rules(canvas: Canvas, rules: list[Rule]) -> None:
    if rules:
        lines = " ".join([f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l" for x1, y1, x2, y2 in rules])
        canvas.addLiteral(f"{RULE} w {lines} S")


def draw_code(canvas: Canvas, code: qr.QrOutline, place: tuple[float, float, float]) -> None:
    x, y, side = place
    module = side / code.modules
    path = ["0 g"]
    for (first_x, first_y), *others in code.outlines:
        path.append(f"{x + first_x * module:.3f} {y - first_y * module:.3f} m")
        path += [f"{x + across * module:.3f} {y - down * module:.3f} l" for across, down in others]
        path.append("h")
    path.append("f*")
    canvas.addLiteral(" ".join(path))


def _lien_mark(lien: int, set_by: Look, place: tuple[float, float]) -> Mark:
    text = f"({LIENS[lien]})"
    middle, baseline = place
    size = set_by.body.size
    return (middle - fonts.width(text, fonts.ITALIC, size) / 2, baseline, fonts.ITALIC, size, 0.0, text)


def _running(set_by: Look, number: int, shown: str, lien: int | None) -> list[Mark]:
    """From page 2: the number in the middle of the top margin, and in the foot what the sheet belongs to."""
    width, height = set_by.page
    size, small = set_by.body.size, set_by.note.size
    label = str(number)
    middle = (width - fonts.width(label, fonts.UPRIGHT, size)) / 2
    marks = [(middle, height - set_by.top * 0.7, fonts.UPRIGHT, size, 0.0, label)]
    belongs = " – ".join(part for part in (shown, LIENS[lien] if lien else "") if part)
    if belongs:
        marks.append((set_by.left, set_by.bottom * 0.5, fonts.ITALIC, small, 0.0, belongs))
    return marks


def _watermark(canvas: Canvas, set_by: Look) -> None:
    """The words of a draft from corner to corner, pale enough to read through."""
    width, height = set_by.page
    diagonal = math.hypot(width, height)
    size = 0.74 * diagonal / fonts.width(DRAFT, fonts.BOLD, 1.0)
    canvas.saveState()
    canvas.setFillGray(0.88)
    canvas.translate(width / 2, height / 2)
    canvas.rotate(math.degrees(math.atan2(height, width)))
    canvas.setFont(fonts.BOLD, size)
    canvas.drawCentredString(0, -size * 0.35, DRAFT)
    canvas.restoreState()
