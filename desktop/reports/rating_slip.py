"""Phiếu đánh giá mức độ hài lòng: blank, with the dossier's code in words and as QR; no name of the citizen on it."""

from __future__ import annotations

from dataclasses import replace

from desktop.reports import fonts, sheet, words
from desktop.reports.flow import Align, Block, Column, Table, Text
from desktop.reports.sheet import Frame, Head, Look, bold, italic, line, paragraph, upright
from onestop.rules.letters import Paper
from onestop.rules.rating_slip import RatingSlipLetter

BOX = "□\u00a0"
LINES = 3
"""Dotted lines for the citizen's own words."""


def draw(letter: RatingSlipLetter, paper: Paper | str | None = None) -> bytes:
    """The slip as PDF; `paper` None = the form's own size. Same letter, same bytes."""
    frame = Frame(head=Head.BLANK)
    return sheet.draw(letter, lambda look: _body(letter, look), Paper(paper or letter.form.paper), frame=frame)


def _body(letter: RatingSlipLetter, look: Look) -> list[Block]:
    about = "việc từ chối tiếp nhận hồ sơ" if letter.refused else "việc giải quyết hồ sơ"
    blocks: list[Block] = [
        line(look, upright("Tên thủ tục hành chính: "), upright(letter.procedure or words.DOTS * 3)),
        paragraph(
            look,
            upright(f"Xin Ông/Bà cho biết mức độ hài lòng về {about} này (đánh dấu X vào "),
            bold("một"),
            upright(" ô):"),
            keep=True,
        ),
        _levels(letter, look),
        paragraph(
            look,
            upright("Nếu chưa hài lòng, Ông/Bà thấy điều gì chưa tốt (có thể đánh dấu nhiều ô):"),
            keep=True,
        ),
        *(_content(look, key, name) for key, name in letter.contents),
        line(look, upright("Ý kiến của Ông/Bà: "), upright(_dots(look, "Ý kiến của Ông/Bà: "))),
        *(line(look, upright(_dots(look))) for _line in range(LINES)),
    ]
    where = f"Gửi lại tại {letter.where} hoặc bỏ vào hòm phiếu. " if letter.where else ""
    blocks.append(paragraph(look, italic(f"Phiếu không cần ghi tên. {where}Mỗi hồ sơ đánh giá một lần.")))
    return blocks


def _levels(letter: RatingSlipLetter, look: Look) -> Table:
    middle = replace(look.cell, align=Align.CENTRE)
    # The digit is what whoever enters the slip types.
    cells = tuple(
        Text((bold(f"{BOX}{level}\n"), upright(name)), middle) for level, name in enumerate(letter.levels, start=1)
    )
    columns = tuple(Column() for _cell in cells)
    return Table(columns, (), (cells,), look.cell, pad=look.pad + 2, before=look.gap + 2)


def _dots(look: Look, after: str = "") -> str:
    """A dotted line to the right margin, behind `after`."""
    room = look.width - fonts.width(after, fonts.UPRIGHT, look.body.size)
    return "…" * int(room / fonts.width("…", fonts.UPRIGHT, look.body.size))


def _content(look: Look, key: str, name: str) -> Text:
    block = line(look, upright(f"{BOX}{key}) "), upright(name))
    block.style = replace(block.style, hang=fonts.width(BOX, fonts.UPRIGHT, block.style.size))
    return block
