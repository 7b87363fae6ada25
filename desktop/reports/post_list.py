"""Bảng kê bưu gửi, on A4 lying: the envelopes that go to the post together, for whoever takes them to sign."""

from __future__ import annotations

from desktop.reports import fonts, sheet, spans, words
from desktop.reports.flow import SIDE, Align, Block, Column, Heading, Table
from desktop.reports.sheet import MM, Frame, Look, bold, line, upright
from onestop.rules.letters import Paper
from onestop.rules.post_letters import PostGroup, PostListLetter

_TITLES = (
    "TT",
    "Mã hồ sơ",
    "Người nhận",
    "Địa chỉ, điện thoại",
    "Nội dung",
    "Số hiệu bưu gửi",
    "Ghi chú",
)


def draw(letter: PostListLetter, paper: Paper | str | None = None) -> bytes:
    """The list as PDF; `paper` None = the form's own size. Same letter, same bytes."""
    frame = Frame(lying=True)
    return sheet.draw(letter, lambda look: _body(letter, look), Paper(paper or letter.form.paper), frame=frame)


def _body(letter: PostListLetter, look: Look) -> list[Block]:
    blocks: list[Block] = [spans.said(look, letter.span)]
    if not letter.groups:
        return [*blocks, line(look, upright("Không có kết quả nào gửi bưu chính trong thời gian này."))]
    for group in letter.groups:
        carrier = bold(group.carrier or words.DOTS * 2)
        blocks.append(line(look, upright("Đơn vị nhận gửi: "), carrier, upright(f"    {_which(group)}"), keep=True))
        blocks.append(_table(group, look))
    count = sum(len(group.rows) for group in letter.groups)
    blocks.append(spans.handed(look, f"{words.two_digits(count)} bưu gửi", "Nhân viên bưu chính nhận"))
    return blocks


def _which(group: PostGroup) -> str:
    """ "2026-11-27.1.02" as a person says it."""
    _day, counter, number = group.name.split(".")
    return f"(quầy {counter}, lần {int(number)} trong ngày)"


def _table(group: PostGroup, look: Look) -> Table:
    narrow = 1.0 if look.paper is Paper.A4 else 0.68
    code, tracking = 40 * MM * narrow, 38 * MM * narrow
    columns = (
        Column(10 * MM * narrow, Align.CENTRE),
        Column(code),
        Column(42 * MM * narrow),
        Column(),
        Column(48 * MM * narrow),
        Column(tracking),
        Column(22 * MM * narrow),
    )
    heading = tuple(Heading(title, column) for column, title in enumerate(_TITLES))
    rows = [
        (
            str(number),
            "\n".join(sheet.parts(each.code, fonts.UPRIGHT, look.cell.size, code - 2 * SIDE)),
            each.name,
            "; ".join(filter(None, (each.address, each.phone))),
            each.content,
            "\n".join(sheet.parts(each.tracking, fonts.UPRIGHT, look.cell.size, tracking - 2 * SIDE)),
            each.note,
        )
        for number, each in enumerate(group.rows, start=1)
    ]
    return Table(columns, heading, rows, look.cell, pad=look.pad, before=look.gap + 2)
