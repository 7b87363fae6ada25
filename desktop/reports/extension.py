"""Văn bản xin lỗi và hẹn lại ngày trả kết quả (NĐ 118/2025/NĐ-CP art. 19.6): a công văn, once, before the old date."""

from __future__ import annotations

from desktop.reports import papers, sheet, words
from desktop.reports.flow import Block, Stack
from desktop.reports.sheet import Look, bold, paragraph, upright
from onestop.clock import local
from onestop.rules.letters import Paper
from onestop.rules.life_letters import ExtensionLetter


def draw(letter: ExtensionLetter, paper: Paper | str | None = None) -> bytes:
    """The letter as PDF; `paper` None = the form's own size. Same letter, same bytes."""
    return sheet.draw(letter, lambda look: _body(letter, look), Paper(paper or letter.form.paper))


def _body(letter: ExtensionLetter, look: Look) -> list[Block]:
    you, we = letter.applicant.salutation, letter.head.agency
    received = words.day(local(letter.received_at).date())
    due = [bold(words.hour_and_day(letter.due_at))] if letter.due_at else [upright(words.DOTS * 2)]
    more = f"thêm {words.two_digits(letter.more_days)}\u00a0ngày làm việc " if letter.more_days else ""
    if letter.in_time:
        late = f"Tuy nhiên, {we} chưa thể trả kết quả giải quyết hồ sơ đúng thời hạn ghi trên "
    else:
        late = f"Tuy nhiên, đến nay {we} chưa trả kết quả giải quyết hồ sơ đúng thời hạn ghi trên "
    blocks: list[Block] = [
        papers.addressed(look, letter.applicant),
        paragraph(
            look,
            upright(f"{received.capitalize()}, {we} tiếp nhận hồ sơ "),
            bold(letter.request or words.DOTS),
            upright(f" của {papers.whose(letter.applicant)}."),
        ),
        paragraph(look, upright("Mã hồ sơ: "), bold(letter.reference.shown or words.DOTS), upright(".")),
        paragraph(look, upright("Thời gian hẹn trả kết quả: "), *due, upright(".")),
        paragraph(look, upright(f"{late}Giấy tiếp nhận hồ sơ và hẹn trả kết quả.")),
        paragraph(look, upright("Lý do: "), upright(letter.reason or words.DOTS * 3)),
        paragraph(
            look,
            upright(f"{we} xin lỗi {you} về sự chậm trễ này và đề nghị gia hạn thời gian giải quyết {more}".rstrip()),
            upright(f". {you} vui lòng nhận kết quả theo hẹn mới:"),
            keep=True,
        ),
        paragraph(
            look, upright("Thời gian hẹn trả kết quả lại: "), bold(words.hour_and_day(letter.promised_at)), upright(".")
        ),
    ]
    last = paragraph(look, upright(papers.to_ask(letter.head, you)))
    foot = sheet.closing(look, papers.received_by(letter.head), sheet.HEAD_OF_OFFICE)
    blocks.append(Stack((last, foot), before=last.before))
    return blocks
