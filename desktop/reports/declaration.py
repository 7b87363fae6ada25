"""Tờ khai điền sẵn: a citizen's own declaration as its form has it, filled in as far as the dossier is known."""

from __future__ import annotations

from dataclasses import replace

from desktop.reports import fonts, sheet, words
from desktop.reports.flow import Align, Block, Column, Gap, Heading, Stack, Table, Text
from desktop.reports.form_lines import Abreast, Boxes, Ticks, filled
from desktop.reports.sheet import MM, Frame, Head, Look, bold, italic, line, paragraph, upright
from onestop.clock import local
from onestop.rules.declarations import (
    BoxesLine,
    DeclarationLetter,
    FormLine,
    GridLine,
    PartsLine,
    Signer,
    TicksLine,
)
from onestop.rules.letters import Paper

PEN_DATE = "Ngày\u00a0……/……/20……"


def draw(letter: DeclarationLetter, paper: Paper | str | None = None) -> bytes:
    """The declaration as PDF; `paper` None = the form's own size. Same letter, same bytes."""
    frame = Frame(head=Head.COUNTRY)
    return sheet.draw(letter, lambda look: _body(letter, look), Paper(paper or letter.form.paper), frame=frame)


def _body(letter: DeclarationLetter, look: Look) -> list[Block]:
    centred = replace(look.body, align=Align.CENTRE)
    to = Text((upright("Kính gửi: "), bold(letter.to or words.DOTS * 3)), centred, before=look.gap)
    blocks: list[Block] = [to, Gap(look.gap), *(_line(each, look) for each in letter.lines)]
    blocks.append(_signatures(letter, look))
    return blocks


def _line(each: FormLine, look: Look) -> Block:
    if isinstance(each, PartsLine):
        return filled(look, each)
    if isinstance(each, BoxesLine):
        return Boxes(look, each)
    if isinstance(each, TicksLine):
        return Ticks(look, each)
    if isinstance(each, GridLine):
        return _grid(each, look)
    run = bold(each.text) if each.strong else upright(each.text)
    return line(look, run, keep=True) if each.strong or each.plain else paragraph(look, run)


def _grid(grid: GridLine, look: Look) -> Table:
    narrow = MM * (1.0 if look.paper is Paper.A4 else 0.72)
    columns = tuple(Column(each.width * narrow, Align.CENTRE if each.centre else Align.LEFT) for each in grid.columns)
    heading = tuple(Heading(each.title, place) for place, each in enumerate(grid.columns))
    # A cell for the pen is as high as a line of handwriting.
    rows = [tuple(cell or "\u00a0" for cell in row) for row in grid.rows]
    return Table(columns, heading, rows, look.cell, pad=look.pad * 1.6, before=look.gap + 2)


def _signatures(letter: DeclarationLetter, look: Look) -> Block:
    place = f"{letter.head.place}, " if letter.head.place else ""
    signs, written = letter.signs, local(letter.issued_at).date()
    several = len(signs) > 2
    # Where there is no room for a place each date is one line, so that whoever signs stands in one row with the others.
    today = f"Ngày\u00a0{words.short_day(written)}" if several else f"{place}{words.day(written)}"
    if len(signs) == 1:
        blocks: tuple[Block, ...] = (Gap(0.0), _signed(signs[0], look, today, several=False))
    else:
        blocks = tuple(_signed(each, look, today, several=several) for each in signs)
    return Abreast(blocks, gutter=6.0 if several else 12.0, before=look.gap * 3)


def _signed(signer: Signer, look: Look, today: str, *, several: bool) -> Stack:
    """One who signs: his place and date, who he is, how, and room; several abreast are set smaller."""
    size = look.body.size - (3.0 if several else 0.0)
    style = replace(look.body, size=size, leading=size * 1.2, align=Align.CENTRE)
    dated = (PEN_DATE if signer.by_hand else today) if signer.dated else "\u00a0"
    lines: list[Block] = [Text((italic(dated),), style), Text(((signer.role.upper(), fonts.BOLD),), style)]
    if signer.how:
        lines.append(Text((italic(signer.how),), style))
    lines += [Gap(look.sign), Text((bold(signer.name or "\u00a0"),), style)]
    return Stack(lines)
