"""Phiếu báo nộp phí, lệ phí, on A5 lying: what is to be paid for a dossier. It is no receipt for money, and says so."""

from __future__ import annotations

from desktop.reports import sheet, words
from desktop.reports.flow import Align, Block, Column, Heading, Stack, Table
from desktop.reports.receipt import fee_name
from desktop.reports.sheet import MM, Frame, Look, Signature, bold, italic, line, upright
from onestop.rules.letters import Paper
from onestop.rules.life_letters import FeeSlipLetter

NO_RECEIPT = "Phiếu nội bộ để thu tiền, không thay biên lai thu phí, lệ phí."


def draw(letter: FeeSlipLetter, paper: Paper | str | None = None) -> bytes:
    """The slip as PDF; `paper` None = the form's own size. Same letter, same bytes."""
    frame = Frame(lying=True)
    return sheet.draw(letter, lambda look: _body(letter, look), Paper(paper or letter.form.paper), frame=frame)


def _body(letter: FeeSlipLetter, look: Look) -> list[Block]:
    person = letter.applicant
    blocks: list[Block] = [
        line(look, upright("Người nộp tiền: "), bold(person.name or words.DOTS * 2)),
        line(look, upright("Địa chỉ: "), upright(person.address or words.DOTS * 3)),
        line(look, upright("Thủ tục hành chính: "), upright(letter.procedure or words.DOTS * 3), keep=True),
        _table(letter, look),
        line(look, upright("Tổng cộng: "), bold(words.money(letter.total))),
    ]
    if letter.total_words:
        blocks.append(line(look, upright("Bằng chữ: "), italic(letter.total_words)))
    last = line(look, italic(NO_RECEIPT))
    payer, clerk = Signature("Người nộp tiền", person.name), Signature("Người lập phiếu", letter.clerk)
    blocks.append(Stack((last, sheet.signatures(look, payer, clerk)), before=last.before))
    return blocks


def _table(letter: FeeSlipLetter, look: Look) -> Table:
    columns = (Column(10 * MM, Align.CENTRE), Column(), Column(40 * MM, Align.RIGHT))
    heading = tuple(Heading(title, place) for place, title in enumerate(("TT", "Khoản thu", "Số tiền")))
    rows = [
        (str(number), fee_name(each) + (f" ({each.note})" if each.note else ""), words.money(each.amount))
        for number, each in enumerate(letter.fees, 1)
    ]
    return Table(columns, heading, rows, look.cell, pad=look.pad, before=look.gap + 2)
