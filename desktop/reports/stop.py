"""Thông báo dừng giải quyết hồ sơ (NĐ 118/2025/NĐ-CP art. 19.3, 19.5, 21): by whose will, why, what is given back."""

from __future__ import annotations

from desktop.reports import papers, sheet, words
from desktop.reports.flow import Block, Stack
from desktop.reports.sheet import Look, Signature, bold, line, paragraph, upright
from onestop.clock import local
from onestop.rules.letters import Paper, fee_total
from onestop.rules.life_letters import StopLetter


def draw(letter: StopLetter, paper: Paper | str | None = None) -> bytes:
    """The letter as PDF; `paper` None = the form's own size. Same letter, same bytes."""
    return sheet.draw(letter, lambda look: _body(letter, look), Paper(paper or letter.form.paper))


def _body(letter: StopLetter, look: Look) -> list[Block]:
    person, we = letter.applicant, letter.head.agency
    stopped = words.day(local(letter.issued_at).date())
    if letter.withdrawn:
        why = f"Theo đề nghị của {papers.whose(person)}, {we} dừng giải quyết hồ sơ nêu trên kể từ {stopped}."
    else:
        why = f"{we} thông báo dừng giải quyết hồ sơ nêu trên kể từ {stopped}."
    blocks: list[Block] = [
        papers.addressed(look, person),
        line(look, upright("Mã hồ sơ: "), bold(letter.reference.shown or words.DOTS)),
        line(look, upright("Chủ hồ sơ: "), bold(person.owner or person.name or words.DOTS)),
        *papers.reached_at(look, person),
        line(look, upright("Nội dung yêu cầu giải quyết: "), bold(letter.request or words.DOTS * 3)),
        line(look, upright("Thời gian nhận hồ sơ: "), upright(words.hour_and_day(letter.received_at))),
        paragraph(look, upright(why)),
        paragraph(look, upright("Lý do: "), upright(letter.reason or words.DOTS * 3)),
    ]
    if letter.given_back:
        blocks.append(paragraph(look, upright("Giấy tờ hoàn trả:"), keep=True))
        blocks.append(papers.component_table(look, letter.given_back))
    else:
        blocks.append(paragraph(look, upright("Giấy tờ hoàn trả: không có.")))
    blocks += _money(letter, look)
    last = paragraph(look, upright(papers.to_ask(letter.head, person.salutation)))
    foot: list[Block] = [sheet.closing(look, papers.received_by(letter.head), sheet.HEAD_OF_OFFICE)]
    if letter.given_back:
        taken = Signature("Người nhận lại giấy tờ", how="(Ký và ghi rõ họ tên, ngày nhận)")
        foot.append(sheet.signatures(look, taken, None))
    blocks.append(Stack((last, *foot), before=last.before))
    return blocks


def _money(letter: StopLetter, look: Look) -> list[Block]:
    """What was asked for; what of it goes back nobody has decided here, so the pen writes it."""
    if not letter.fees:
        return []
    total = fee_total(letter.fees)
    if total == 0:
        return []
    said = f"Phí, lệ phí của hồ sơ: {words.money(total)}. "
    return [paragraph(look, upright(f"{said}Số tiền đã nộp được hoàn trả (nếu có): {words.DOTS}"))]
