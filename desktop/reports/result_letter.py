"""A result letter of the office's own making (NĐ 30/2020/NĐ-CP, appendix I): its words, "Nơi nhận", who signs it, and
where a digital signature of his would stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from desktop.reports import fonts, papers, sheet
from desktop.reports.flow import Align, Block, Page, Run, Stack, Style, Text
from desktop.reports.sheet import MM, LaidOut, Look, Signature, paragraph
from onestop.rules.letters import Paper
from onestop.rules.result_letters import ResultLetter
from onestop.rules.result_template import CENTRE, ITEM, Paragraph

UNDER = 0.4
"""The line under the trích yếu is a third to a half of its length."""
_WIDE_GAP = re.compile(r" {3,}")
_FACES = {False: fonts.UPRIGHT, True: fonts.BOLD}


def draw(letter: ResultLetter, paper: Paper | str | None = None) -> bytes:
    """The letter as PDF; `paper` None = the template's own size. Same letter, same bytes."""
    return sheet.draw(letter, lambda look: _body(letter, look), Paper(paper or letter.form.paper))


class _Underlined(Text):
    """A text in the middle with a line under it."""

    def height(self, width: float) -> float:
        return super().height(width) + 4.0

    def place(self, page: Page, x: float, top: float, width: float) -> None:
        super().place(page, x, top, width)
        middle, half = x + width / 2, max(line.width for line in self.lines(width)) * UNDER / 2
        y = top - super().height(width) - 2.0
        page.rules.append((middle - half, y, middle + half, y))


def _body(letter: ResultLetter, look: Look) -> list[Block]:
    blocks: list[Block] = []
    if letter.filled.about and not letter.form.about:
        style = Style(look.motto, look.motto * 1.2, Align.CENTRE)
        blocks.append(_Underlined(((letter.filled.about, fonts.BOLD),), style, keep=True))
    blocks += [_paragraph(look, each) for each in letter.filled.paragraphs]
    # The last words go over to the next page with the signature, so that it never stands there alone.
    tail = [blocks.pop()] if blocks and not isinstance(blocks[-1], _Underlined) else []
    blocks.append(Stack((*tail, _foot(letter, look)), before=tail[0].before if tail else look.gap * 3))
    return blocks


def _foot(letter: ResultLetter, look: Look) -> Block:
    signature = Signature("\n".join(letter.signer_lines) or " ", letter.signer, how="")
    return sheet.closing(look, letter.filled.receivers, signature)


def _paragraph(look: Look, each: Paragraph) -> Block:
    runs: list[Run] = [(_WIDE_GAP.sub(papers.BETWEEN, piece.text), _FACES[piece.bold]) for piece in each.pieces]
    if each.kind == CENTRE:
        return Text(runs, replace(look.body, align=Align.CENTRE), before=look.gap * 2, keep=True)
    if each.kind == ITEM:
        return paragraph(look, ("-\u00a0", fonts.UPRIGHT), *runs)
    return paragraph(look, *runs)


# ---- where it is signed ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SignPlace:
    """Where a visible signature stands: on which page (1 is the first), the middle of it between what the signer is and
    his name, in millimetres from the right and from the lower edge; `room` its height."""

    page: int
    middle: float
    bottom: float
    room: float


def sign_place(letter: ResultLetter, paper: Paper | str | None = None) -> SignPlace | None:
    """Between the signer's title and his name (appendix I); None where the letter has no name."""
    laid_out = sheet.lay_out(letter, lambda look: _body(letter, look), Paper(paper or letter.form.paper))
    name = fonts.clean(letter.signer)
    for number in range(len(laid_out.pages), 0, -1):
        for x, y, face, size, _spread, text in reversed(laid_out.pages[number - 1].marks):
            if face == fonts.BOLD and text and name.startswith(text):
                return _above(laid_out, number, x + fonts.width(text, face, size) / 2, y + size)
    return None


def _above(laid_out: LaidOut, number: int, middle: float, bottom: float) -> SignPlace:
    wide = laid_out.look.page[0]
    return SignPlace(number, (wide - middle) / MM, bottom / MM, laid_out.look.sign / MM)


POINT = 1 / MM
"""Millimetres in a point."""


def text_width(text: str, size: float) -> float:
    """About how wide a line of this size is, in millimetres."""
    return fonts.width(fonts.clean(text), fonts.UPRIGHT, size) * POINT
