"""Phiếu từ chối tiếp nhận giải quyết hồ sơ (NĐ 118/2025/NĐ-CP art. 17.1): reasons in words."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.reports import papers, sheet, words
from desktop.reports.flow import Block, Stack
from desktop.reports.sheet import Look, Signature, bold, line, paragraph, upright
from onestop.rules.letters import Paper, RefusalLetter


def draw(letter: RefusalLetter, paper: Paper | str | None = None, liens: Sequence[int] = ()) -> bytes:
    """The letter as PDF, one copy without `liens`; `paper` None = the form's own size. Same letter, same bytes."""
    return sheet.draw(letter, lambda look: _body(letter, look), Paper(paper or letter.form.paper), liens)


def _body(letter: RefusalLetter, look: Look) -> list[Block]:
    person = letter.applicant
    unit = letter.head.unit or letter.head.agency
    blocks: list[Block] = [
        line(look, upright("Bộ phận tiếp nhận và trả kết quả: "), upright(letter.head.unit or words.DOTS * 2)),
        line(look, upright("Tiếp nhận hồ sơ của: "), bold(person.name)),
        *papers.reached_at(look, person),
    ]
    if person.identity:
        blocks.append(line(look, upright("Số định danh cá nhân/Hộ chiếu: "), upright(person.identity)))
    blocks += papers.owner_line(look, person)
    blocks.append(line(look, upright("Nội dung yêu cầu giải quyết: "), bold(letter.request or words.DOTS * 3)))
    if letter.submitted_at:
        blocks.append(line(look, upright("Thời gian nộp: "), upright(words.hour_and_day(letter.submitted_at))))
    opening = f"Qua xem xét, {unit} thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:"
    if len(letter.reasons) == 1:
        blocks.append(paragraph(look, upright(opening + " " + letter.reasons[0])))
    else:
        blocks.append(paragraph(look, upright(opening), keep=True))
        blocks += papers.numbered(look, letter.reasons) or [line(look, upright(words.DOTS * 5))]
    if letter.guidance:
        blocks.append(paragraph(look, upright(letter.guidance)))
    last = paragraph(look, upright(f"Xin thông báo cho {person.salutation} được biết và thực hiện./."))
    clerk = Signature("Người tiếp nhận hồ sơ", letter.clerk)
    submitter = None if letter.submitted_at else Signature("Người nộp hồ sơ", person.name)
    blocks.append(Stack((last, sheet.signatures(look, submitter, clerk)), before=last.before))
    return blocks
