"""Phiếu kiểm soát quá trình giải quyết hồ sơ: one block for each hand-over, with room for two signatures."""

from __future__ import annotations

from dataclasses import replace

from desktop.reports import sheet, words
from desktop.reports.flow import Align, Block, Column, Heading, Run, Table, Text
from desktop.reports.sheet import MM, Look, bold, italic, line, upright
from onestop.rules.dossier import Timeliness
from onestop.rules.letters import Paper
from onestop.rules.life_letters import ControlLetter, HandOver

JUDGED = {Timeliness.EARLY: "Trước hạn", Timeliness.ON_TIME: "Đúng hạn", Timeliness.LATE: "Quá hạn"}

_SHORT = "…………"
_TIME = "……\u00a0giờ ……\u00a0phút, ngày\u00a0…… tháng\u00a0…… năm\u00a020……"


def draw(letter: ControlLetter, paper: Paper | str | None = None) -> bytes:
    """The slip as PDF; `paper` None = the form's own size. Same letter, same bytes."""
    return sheet.draw(letter, lambda look: _body(letter, look), Paper(paper or letter.form.paper))


def _body(letter: ControlLetter, look: Look) -> list[Block]:
    person = letter.applicant
    due = words.hour_and_day(letter.due_at) if letter.due_at else "theo thông báo của cơ quan giải quyết hồ sơ"
    before = f" (hẹn lại; trước là {words.hour_and_day(letter.put_off_from)})" if letter.put_off_from else ""
    book = replace(look.body, align=Align.CENTRE)
    return [
        Text((upright(f"Quyển số: {_SHORT} Số thứ tự: {_SHORT}"),), book),
        line(look, upright("Kèm theo hồ sơ của: "), bold(person.owner or person.name or words.DOTS)),
        line(look, upright("Mã hồ sơ: "), bold(letter.reference.shown or words.DOTS)),
        line(look, upright("Nội dung yêu cầu giải quyết: "), upright(letter.request or words.DOTS * 3)),
        line(look, upright("Ngày nhận: "), upright(words.hour_and_day(letter.received_at))),
        line(look, upright("Ngày, giờ hẹn trả kết quả: "), bold(due), upright(before)),
        line(look, upright("Cơ quan (bộ phận) giải quyết hồ sơ: "), upright(letter.decides or words.DOTS * 2)),
        line(look, upright("Cơ quan phối hợp giải quyết hồ sơ: "), upright(letter.helps or words.DOTS * 2)),
        _table(letter, look),
    ]


def _table(letter: ControlLetter, look: Look) -> Table:
    narrow = 1.0 if look.paper is Paper.A4 else 0.74
    columns = (
        Column(),
        Column(68 * MM * narrow, Align.CENTRE),
        Column(28 * MM * narrow, Align.CENTRE),
        Column(26 * MM * narrow),
    )
    heading = (
        Heading("TÊN CƠ QUAN, NGƯỜI GIAO, NHẬN", 0),
        Heading("THỜI GIAN GIAO, NHẬN HỒ SƠ", 1),
        Heading("KẾT QUẢ GIẢI QUYẾT HỒ SƠ\n(Trước hạn/đúng hạn/quá hạn)", 2),
        Heading("GHI CHÚ", 3),
    )
    steps = [*letter.steps, *[HandOver("", "")] * letter.blanks]
    rows = [(_who(each), _when(each), JUDGED[each.judged] if each.judged else "", each.note) for each in steps]
    return Table(columns, heading, rows, look.cell, pad=look.pad, before=look.gap + 2)


def _who(step: HandOver) -> tuple[Run, ...]:
    return (
        upright("1. Giao: "),
        bold(step.giver or words.DOTS),
        upright("\n2. Nhận: "),
        bold(step.taker or words.DOTS),
    )


def _moments(step: HandOver) -> str:
    """When it was given and, where whoever got it has said so, when it was taken."""
    if step.at is None:
        return _TIME
    if step.taken_at is None or step.taken_at == step.at:
        return words.hour_and_day(step.at)
    return f"Giao: {words.short_moment(step.at)}\nNhận: {words.short_moment(step.taken_at)}"


def _when(step: HandOver) -> tuple[Run, ...]:
    """The moment, and under it room for those who gave and took."""
    between = "\u00a0" * 14
    return (
        upright(_moments(step)),
        upright(f"\nNgười giao{between}Người nhận\n"),
        italic(f"(Ký){between}\u00a0\u00a0\u00a0{between}(Ký)"),
        upright("\n\n\u00a0"),
    )
