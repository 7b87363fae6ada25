"""Sổ theo dõi hồ sơ, on A4 lying: what was received in a span of days and what became of it."""

from __future__ import annotations

from dataclasses import replace

from desktop.reports import fonts, sheet, spans, words
from desktop.reports.flow import Align, Block, Column, Heading, Style, Table
from desktop.reports.sheet import MM, Frame, Look, line, upright
from onestop.clock import local
from onestop.rules.letters import Paper
from onestop.rules.list_letters import RegisterLetter, RegisterRow

_SIDE = 2.5
_CODE = 24 * MM
_CELL = Style(9.5, 9.5 * 1.15)

_WIDTHS = (
    8 * MM,
    _CODE,
    0.0,
    9 * MM,
    29 * MM,
    33 * MM,
    22 * MM,
    18.5 * MM,
    18.5 * MM,
    18.5 * MM,
    15 * MM,
    14 * MM,
    18 * MM,
)
_CENTRED = (0, 3, 7, 8, 9, 10)
_SMALL = tuple({1: 0.71, 3: 0.78, 7: 0.78, 8: 0.78, 9: 0.78}.get(place, 0.65) for place in range(len(_WIDTHS)))
"""How wide the columns are on A5: a date and a figure cannot be cut."""

_HEADING = (
    Heading("TT", 0, rows=2),
    Heading("Mã hồ sơ", 1, rows=2),
    Heading("Tên thủ tục hành chính", 2, rows=2),
    Heading("Số bộ", 3, rows=2),
    Heading("Tên cá nhân, tổ chức", 4, rows=2),
    Heading("Địa chỉ, số điện thoại", 5, rows=2),
    Heading("Cơ quan chủ trì giải quyết", 6, rows=2),
    Heading("Ngày, tháng, năm", 7, columns=2),
    Heading("Nhận hồ sơ", 7, 1),
    Heading("Hẹn trả kết quả", 8, 1),
    Heading("Trả kết quả", 9, columns=3),
    Heading("Ngày, tháng, năm", 9, 1),
    Heading("Phương thức", 10, 1),
    Heading("Ký nhận", 11, 1),
    Heading("Ghi chú", 12, rows=2),
)


def draw(letter: RegisterLetter, paper: Paper | str | None = None) -> bytes:
    """The register as PDF; `paper` None = the form's own size. Same letter, same bytes."""
    frame = Frame(lying=True, closer=False)
    return sheet.draw(letter, lambda look: _body(letter, look), Paper(paper or letter.form.paper), frame=frame)


def _body(letter: RegisterLetter, look: Look) -> list[Block]:
    blocks: list[Block] = [spans.said(look, letter.span)]
    if not letter.rows:
        return [*blocks, line(look, upright(spans.NOTHING))]
    columns = [
        Column(
            width * (1.0 if look.paper is Paper.A4 else _SMALL[place]),
            Align.CENTRE if place in _CENTRED else Align.LEFT,
        )
        for place, width in enumerate(_WIDTHS)
    ]
    shrink = 1.0 if look.paper is Paper.A4 else 0.75
    cell = replace(_CELL, size=_CELL.size * shrink, leading=_CELL.leading * shrink)
    code = columns[1].width - 2 * _SIDE
    rows = [_row(number, each, cell.size, code) for number, each in enumerate(letter.rows, start=1)]
    blocks.append(Table(columns, _HEADING, rows, cell, pad=2.0, side=_SIDE, before=look.gap + 2))
    back = sum(1 for each in letter.rows if each.handed_back_at)
    blocks.append(line(look, upright(f"Tổng số: {len(letter.rows)} hồ sơ; đã trả kết quả: {back} hồ sơ.")))
    return blocks


def _row(number: int, row: RegisterRow, size: float, code: float) -> tuple[str, ...]:
    return (
        str(number),
        "\n".join(sheet.parts(row.code, fonts.UPRIGHT, size, code)),
        row.procedure,
        words.two_digits(row.sets),
        row.person,
        row.reached_at,
        row.agency,
        f"{local(row.received_at):%H:%M %d/%m/%Y}",
        f"{local(row.due_at):%H:%M %d/%m/%Y}" if row.due_at else "theo thông báo",
        f"{local(row.handed_back_at):%d/%m/%Y}" if row.handed_back_at else "",
        row.way,
        "",
        row.note,
    )
