"""Giấy bàn giao hồ sơ, on A4 lying: the dossiers that go from one to another in one go, with both signatures."""

from __future__ import annotations

from desktop.reports import fonts, sheet, words
from desktop.reports.flow import SIDE, Align, Block, Column, Heading, Stack, Table
from desktop.reports.sheet import MM, Frame, Look, Signature, bold, line, paragraph, upright
from onestop.rules.hand_letters import DossierHandoverLetter
from onestop.rules.letters import Paper

_TITLES = ("TT", "Mã hồ sơ", "Nội dung giải quyết", "Chủ hồ sơ", "Hẹn trả", "Số giấy tờ", "Ghi chú")


def draw(letter: DossierHandoverLetter, paper: Paper | str | None = None) -> bytes:
    """The list as PDF; `paper` None = the form's own size. Same letter, same bytes."""
    frame = Frame(lying=True)
    return sheet.draw(letter, lambda look: _body(letter, look), Paper(paper or letter.form.paper), frame=frame)


def _body(letter: DossierHandoverLetter, look: Look) -> list[Block]:
    count = words.two_digits(len(letter.rows))
    last = paragraph(look, upright(f"Hai bên đã kiểm đếm và giao, nhận đủ {count} hồ sơ nêu trên./."))
    giver, taker = Signature("Người giao", letter.giver), Signature("Người nhận", letter.taker)
    return [
        line(look, upright("Người giao: "), bold(letter.giver or words.DOTS)),
        line(look, upright("Người nhận: "), bold(letter.taker or words.DOTS)),
        line(look, upright("Thời gian bàn giao: "), upright(words.hour_and_day(letter.issued_at))),
        _table(letter, look),
        Stack((last, sheet.signatures(look, giver, taker)), before=last.before),
    ]


def _table(letter: DossierHandoverLetter, look: Look) -> Table:
    narrow = 1.0 if look.paper is Paper.A4 else 0.68
    code = 42 * MM * narrow
    columns = (
        Column(10 * MM * narrow, Align.CENTRE),
        Column(code),
        Column(),
        Column(48 * MM * narrow),
        Column(34 * MM * narrow, Align.CENTRE),
        Column(18 * MM * narrow, Align.CENTRE),
        Column(40 * MM * narrow),
    )
    heading = tuple(Heading(title, column) for column, title in enumerate(_TITLES))
    rows = [
        (
            str(number),
            "\n".join(sheet.parts(each.code, fonts.UPRIGHT, look.cell.size, code - 2 * SIDE)),
            each.request,
            each.owner,
            words.short_moment(each.due_at) or "theo thông báo",
            "" if each.papers is None else str(each.papers),
            each.note,
        )
        for number, each in enumerate(letter.rows, start=1)
    ]
    return Table(columns, heading, rows, look.cell, pad=look.pad, before=look.gap + 2)
