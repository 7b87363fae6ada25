"""The label for the post, on A5 lying: from whom, to whom, and by which code a returned one is known."""

from __future__ import annotations

from dataclasses import replace

from desktop.reports import sheet, words
from desktop.reports.flow import Align, Block, Column, Table, Text
from desktop.reports.sheet import Frame, Head, Look, bold, italic, line, upright
from onestop.rules.letters import Paper
from onestop.rules.life_letters import LabelLetter


def draw(letter: LabelLetter, paper: Paper | str | None = None) -> bytes:
    """The label as PDF; `paper` None = the form's own size. Same letter, same bytes."""
    frame = Frame(lying=True, head=Head.NOTHING)
    return sheet.draw(letter, lambda look: _body(letter, look), Paper(paper or letter.form.paper), frame=frame)


def _body(letter: LabelLetter, look: Look) -> list[Block]:
    head = letter.head
    large = replace(look.body, size=look.body.size + 6, leading=(look.body.size + 6) * 1.25, align=Align.LEFT)
    sender = _cell(
        look,
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
        ("Mã hồ sơ: ", letter.reference.shown or words.DOTS),
        ("Nội dung: ", letter.request or words.DOTS * 2),
        ("Số hiệu bưu gửi: ", words.DOTS * 2),
    )
    blocks: list[Block] = [
        Table((Column(),), (), ((sender,), (receiver,), (content,)), look.body, pad=8.0, side=10.0),
        line(look, italic("Không phát được, đề nghị chuyển hoàn người gửi.")),
    ]
    if not letter.by_post:
        blocks.append(line(look, italic("Người nhận chưa đăng ký nhận qua bưu chính: địa chỉ lấy theo hồ sơ.")))
    return blocks


def _cell(look: Look, *lines: tuple[str, str]) -> Text:
    style = replace(look.body, size=look.body.size + 2, leading=(look.body.size + 2) * 1.2, align=Align.LEFT)
    runs = []
    for number, (name, value) in enumerate(lines):
        runs += [upright("\n" * bool(number) + name), bold(value)]
    return Text(tuple(run for run in runs if run[0]), style)
