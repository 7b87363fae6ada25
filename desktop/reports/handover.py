"""Phiếu bàn giao kết quả giải quyết thủ tục hành chính, on A4 lying: from whoever made the results to the counter."""

from __future__ import annotations

from desktop.reports import fonts, sheet, spans, words
from desktop.reports.flow import SIDE, Align, Block, Column, Heading, Table
from desktop.reports.sheet import MM, Frame, Look, bold, line, upright
from onestop.rules.letters import Paper
from onestop.rules.list_letters import HandoverGroup, HandoverLetter

_TITLES = (
    "TT",
    "Mã hồ sơ",
    "Nội dung giải quyết TTHC",
    "Kết quả",
    "Họ tên chủ hồ sơ",
    "Địa chỉ chủ hồ sơ",
    "Phí, lệ phí\n(X là có)",
    "Trả qua bưu điện\n(X là có)",
)


def draw(letter: HandoverLetter, paper: Paper | str | None = None) -> bytes:
    """The sheet as PDF; `paper` None = the form's own size. Same letter, same bytes."""
    frame = Frame(lying=True)
    return sheet.draw(letter, lambda look: _body(letter, look), Paper(paper or letter.form.paper), frame=frame)


def _body(letter: HandoverLetter, look: Look) -> list[Block]:
    blocks: list[Block] = [spans.said(look, letter.span)]
    if not letter.groups:
        return [*blocks, line(look, upright(spans.NOTHING))]
    for group in letter.groups:
        blocks.append(
            line(look, upright("Đơn vị chủ trì giải quyết TTHC: "), bold(group.agency or words.DOTS * 2), keep=True)
        )
        blocks.append(_table(group, look))
    count = sum(len(group.rows) for group in letter.groups)
    blocks.append(
        spans.handed(
            look, f"{words.two_digits(count)} kết quả cho {letter.head.unit or letter.head.agency}", "Người nhận"
        )
    )
    return blocks


def _table(group: HandoverGroup, look: Look) -> Table:
    narrow = 1.0 if look.paper is Paper.A4 else 0.68
    code = 42 * MM * narrow
    columns = (
        Column(10 * MM * narrow, Align.CENTRE),
        Column(code),
        Column(),
        Column(50 * MM * narrow),
        Column(38 * MM * narrow),
        Column(46 * MM * narrow),
        Column(18 * MM * narrow, Align.CENTRE),
        Column(22 * MM * narrow, Align.CENTRE),
    )
    heading = tuple(Heading(title, column) for column, title in enumerate(_TITLES))
    rows = [
        (
            str(number),
            "\n".join(sheet.parts(each.code, fonts.UPRIGHT, look.cell.size, code - 2 * SIDE)),
            each.request,
            each.result,
            each.owner,
            each.address,
            "X" if each.fee else "",
            "X" if each.post else "",
        )
        for number, each in enumerate(group.rows, start=1)
    ]
    return Table(columns, heading, rows, look.cell, pad=look.pad, before=look.gap + 2)
