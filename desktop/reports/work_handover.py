"""Biên bản bàn giao công việc: a clerk on leave leaves his dossiers to another, or has them back."""

from __future__ import annotations

from desktop.reports import fonts, sheet, words
from desktop.reports.flow import SIDE, Align, Block, Column, Heading, Stack, Table
from desktop.reports.sheet import MM, Look, Signature, bold, line, paragraph, upright
from onestop.clock import local
from onestop.rules.hand_letters import WorkHandoverLetter
from onestop.rules.letters import Paper

_TITLES = ("TT", "Mã hồ sơ", "Nội dung giải quyết, chủ hồ sơ", "Hẹn trả", "Tình trạng")


def draw(letter: WorkHandoverLetter, paper: Paper | str | None = None) -> bytes:
    """The minutes as PDF; `paper` None = the form's own size. Same letter, same bytes."""
    return sheet.draw(letter, lambda look: _body(letter, look), Paper(paper or letter.form.paper))


def _body(letter: WorkHandoverLetter, look: Look) -> list[Block]:
    begun = words.day(letter.first)
    days = f"từ {begun} đến hết {words.day(letter.until)}" if letter.until else f"từ {begun}"
    if letter.back:
        on = words.day(local(letter.issued_at).date())
        why = f"{letter.away} nghỉ {days}, trở lại làm việc {on} và nhận lại công việc đã bàn giao."
    else:
        why = f"{letter.away} nghỉ {days} (lý do: {letter.reason}) và bàn giao công việc trong thời gian nghỉ."
    blocks: list[Block] = [
        line(look, upright("Thời gian: "), upright(words.hour_and_day(letter.issued_at))),
        line(look, upright("Địa điểm: "), upright(letter.head.unit or letter.head.agency)),
        _party(look, "Bên giao: ", letter.giver, letter.giver_title),
        _party(look, "Bên nhận: ", letter.taker, letter.taker_title),
        paragraph(look, upright(why)),
    ]
    if letter.rows:
        blocks.append(paragraph(look, upright("Hồ sơ bàn giao:"), keep=True))
        blocks.append(_table(letter, look))
        count = words.two_digits(len(letter.rows))
        last = f"Hai bên đã kiểm đếm và giao, nhận đủ {count} hồ sơ nêu trên cùng giấy tờ kèm theo."
    else:
        last = "Không có hồ sơ nào đang giải quyết phải bàn giao."
    end = paragraph(look, upright(f"{last} Biên bản lập thành 02 bản, mỗi bên giữ 01 bản./."))
    foot = sheet.signatures(look, Signature("Bên giao", letter.giver), Signature("Bên nhận", letter.taker))
    blocks.append(Stack((end, foot), before=end.before))
    return blocks


def _party(look: Look, side: str, name: str, title: str) -> Block:
    said = upright(f", {title}" if title else "")
    return line(look, upright(side), bold(name or words.DOTS), said)


def _table(letter: WorkHandoverLetter, look: Look) -> Table:
    narrow = 1.0 if look.paper is Paper.A4 else 0.74
    code = 40 * MM * narrow
    columns = (
        Column(10 * MM * narrow, Align.CENTRE),
        Column(code),
        Column(),
        Column(28 * MM * narrow, Align.CENTRE),
        Column(32 * MM * narrow),
    )
    heading = tuple(Heading(title, column) for column, title in enumerate(_TITLES))
    rows = [
        (
            str(number),
            "\n".join(sheet.parts(each.code, fonts.UPRIGHT, look.cell.size, code - 2 * SIDE)),
            f"{each.request}\n{each.owner}",
            words.short_moment(each.due_at),
            each.state,
        )
        for number, each in enumerate(letter.rows, start=1)
    ]
    return Table(columns, heading, rows, look.cell, pad=look.pad, before=look.gap + 2)
