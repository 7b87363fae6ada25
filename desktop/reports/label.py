"""The label for the post, on A5 lying: from whom, to whom, and by which code a returned one is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.reports import sheet, words
from desktop.reports.flow import Align, Block, Column, Table, Text, largest
from desktop.reports.sheet import Frame, Head, Look, bold, italic, line, upright
from onestop.rules.letters import Paper
from onestop.rules.life_letters import LabelLetter


def draw(letter: LabelLetter, paper: Paper | str | None = None) -> bytes:
    """The label as PDF; `paper` None = the form's own size. Same letter, same bytes."""
    frame = Frame(lying=True, head=Head.NOTHING)
    return sheet.draw(letter, lambda look: _body(letter, look), Paper(paper or letter.form.paper), frame=frame)


_LARGER = (6.0, 4.5, 3.0, 1.5, 0.0, -1.0)
"""The receiver's name and address are as much larger than a line as the one sheet has room for."""


def _body(letter: LabelLetter, look: Look) -> Sequence[Block]:
    room = look.page[1] - look.top - look.bottom - look.code - 4 * look.gap - 12.0
    return largest(lambda larger: _set(letter, look, larger), _LARGER, look.width, room)


def _set(letter: LabelLetter, look: Look, larger: float) -> list[Block]:
    head = letter.head
    size = look.body.size + larger
    large = replace(look.body, size=size, leading=size * 1.25, align=Align.LEFT)
    sender = _cell(
        look,
        min(larger, 2.0),
        ("NGƯỜI GỬI", ""),
        ("", head.unit or head.agency),
        ("Địa chỉ: ", head.address or words.DOTS * 2),
        ("Điện thoại: ", head.phone or words.DOTS),
    )
    receiver = Text(
        (
            bold("NGƯỜI NHẬN\n"),
            bold(letter.name or words.DOTS * 2),
            upright(f"\nĐịa chỉ: {letter.address or words.DOTS * 3}"),
            upright(f"\nĐiện thoại: {letter.phone or words.DOTS}"),
        ),
        large,
    )
    content = _cell(
        look,
        min(larger, 2.0),
        ("Mã hồ sơ: ", letter.reference.shown or words.DOTS),
        ("Nội dung: ", letter.request or words.DOTS * 2),
        ("Số hiệu bưu gửi: ", words.DOTS * 2),
    )
    blocks: list[Block] = [
        Table(
            (Column(),), (), ((sender,), (receiver,), (content,)), look.body, pad=8.0 if larger > 0 else 4.0, side=10.0
        ),
        line(look, italic("Không phát được, đề nghị chuyển hoàn người gửi.")),
    ]
    if not letter.by_post:
        blocks.append(line(look, italic("Người nhận chưa đăng ký nhận qua bưu chính: địa chỉ lấy theo hồ sơ.")))
    return blocks


def _cell(look: Look, larger: float, *lines: tuple[str, str]) -> Text:
    size = look.body.size + larger
    style = replace(look.body, size=size, leading=size * 1.2, align=Align.LEFT)
    runs = []
    for number, (name, value) in enumerate(lines):
        runs += [upright("\n" * bool(number) + name), bold(value)]
    return Text(tuple(run for run in runs if run[0]), style)
