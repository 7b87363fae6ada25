"""Giấy biên nhận trả kết quả: what was given to whom, and on which paper he could have it."""

from __future__ import annotations

from desktop.reports import fonts, papers, sheet, words
from desktop.reports.flow import SIDE, Align, Block, Column, Heading, Stack, Table
from desktop.reports.sheet import MM, Look, Signature, bold, line, paragraph, upright
from onestop.rules.letters import Paper
from onestop.rules.life_letters import HandedBackLetter


def draw(letter: HandedBackLetter, paper: Paper | str | None = None) -> bytes:
    """The receipt as PDF; `paper` None = the form's own size. Same letter, same bytes."""
    return sheet.draw(letter, lambda look: _body(letter, look), Paper(paper or letter.form.paper))


def _body(letter: HandedBackLetter, look: Look) -> list[Block]:
    one: list[Block] = [
        line(look, upright("Mã hồ sơ: "), bold(letter.reference.shown or words.DOTS)),
        line(look, upright("Tên thủ tục hành chính: "), upright(letter.procedure or words.DOTS * 3)),
        line(look, upright("Chủ hồ sơ: "), bold(letter.owner or words.DOTS)),
    ]
    blocks: list[Block] = [
        *([] if letter.several else one),
        *_person(look, "Người trả kết quả", letter.giver, letter.giver_phone),
        *_person(look, "Người nhận kết quả", letter.receiver, letter.receiver_phone),
    ]
    if letter.receiver_identity:
        blocks.append(line(look, upright("Số định danh cá nhân/Hộ chiếu: "), upright(letter.receiver_identity)))
    if letter.way:
        blocks.append(line(look, upright("Hình thức trả kết quả: "), upright(letter.way)))
    if letter.shown:
        blocks.append(line(look, upright("Giấy tờ xuất trình khi nhận: "), upright(letter.shown)))
    blocks.append(line(look, upright("Thời gian trả kết quả: "), upright(words.hour_and_day(letter.issued_at))))
    dossiers = words.two_digits(len({each.code for each in letter.results}))
    many = f" kết quả của {dossiers} hồ sơ" if letter.several else ""
    blocks.append(paragraph(look, upright(f"Thành phần trả gồm{many}:"), keep=True))
    blocks.append(_table_of_several(letter, look) if letter.several else _table(letter, look))
    if letter.copies:
        blocks.append(line(look, upright(f"Kèm theo {words.two_digits(letter.copies)} bản sao.")))
    if letter.originals:
        said = "; ".join(f"{name} ({words.two_digits(count)} bản)" for name, count in letter.originals)
        blocks.append(paragraph(look, upright("Trả lại bản gốc đã giữ: "), upright(f"{said}.")))
    last = paragraph(look, upright("Người nhận đã kiểm tra nội dung và nhận đủ kết quả nêu trên./."))
    receiver, giver = Signature("Người nhận kết quả", letter.receiver), Signature("Người trả kết quả", letter.giver)
    blocks.append(Stack((last, sheet.signatures(look, receiver, giver)), before=last.before))
    return blocks


def _person(look: Look, role: str, name: str, phone: str) -> list[Block]:
    said = upright(phone.replace(" ", "\u00a0") or words.DOTS)
    return [line(look, upright(f"{role}: "), bold(name or words.DOTS), upright(f"{papers.BETWEEN}Điện thoại: "), said)]


def _table(letter: HandedBackLetter, look: Look) -> Table:
    narrow = 1.0 if look.paper is Paper.A4 else 0.74
    wide = 44 * MM * narrow
    columns = (
        Column(9 * MM * narrow, Align.CENTRE),
        Column(),
        Column(wide),
        Column(26 * MM * narrow, Align.CENTRE),
        Column(36 * MM * narrow),
    )
    titles = ("TT", "Kết quả (trích yếu)", "Số, ký hiệu", "Ngày ký", "Người ký")
    heading = tuple(Heading(title, column) for column, title in enumerate(titles))
    rows = [
        (str(number), each.title, _number(look, each.number, wide), words.short_day(each.on), each.signer)
        for number, each in enumerate(letter.results, start=1)
    ]
    return Table(columns, heading, rows, look.cell, pad=look.pad, before=look.gap + 2)


def _table_of_several(letter: HandedBackLetter, look: Look) -> Table:
    narrow = 1.0 if look.paper is Paper.A4 else 0.74
    code, wide = 44 * MM * narrow, 34 * MM * narrow
    columns = (
        Column(9 * MM * narrow, Align.CENTRE),
        Column(code),
        Column(),
        Column(wide),
        Column(28 * MM * narrow, Align.CENTRE),
    )
    titles = ("TT", "Mã hồ sơ, chủ hồ sơ", "Kết quả (trích yếu)", "Số, ký hiệu", "Ngày ký")
    heading = tuple(Heading(title, column) for column, title in enumerate(titles))
    rows = [
        (
            str(number),
            f"{_number(look, each.code, code)}\n{each.owner}",
            each.title,
            _number(look, each.number, wide),
            words.short_day(each.on),
        )
        for number, each in enumerate(letter.results, start=1)
    ]
    return Table(columns, heading, rows, look.cell, pad=look.pad, before=look.gap + 2)


def _number(look: Look, number: str, width: float) -> str:
    return "\n".join(sheet.parts(number, fonts.UPRIGHT, look.cell.size, width - 2 * SIDE))
