"""Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (NĐ 118/2025/NĐ-CP art. 11.2c, 17.1, 19.5): what is missing and why."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.reports import papers, sheet, words
from desktop.reports.flow import Block, Stack
from desktop.reports.sheet import Look, Signature, bold, line, paragraph, upright
from onestop.rules.letters import Paper, SupplementLetter


def draw(letter: SupplementLetter, paper: Paper | str | None = None, liens: Sequence[int] = ()) -> bytes:
    """The letter as PDF, one copy without `liens`; `paper` None = the form's own size. Same letter, same bytes."""
    return sheet.draw(letter, lambda look: _body(letter, look), Paper(paper or letter.form.paper), liens)


def _body(letter: SupplementLetter, look: Look) -> list[Block]:
    person = letter.applicant
    you = person.salutation
    blocks: list[Block] = [
        line(look, upright("Bộ phận tiếp nhận và trả kết quả: "), upright(letter.head.unit or words.DOTS * 2)),
        line(look, upright(f"Tiếp nhận hồ sơ của {you}: "), bold(person.name)),
        line(look, upright("Nội dung yêu cầu giải quyết: "), bold(letter.request or words.DOTS * 3)),
        *papers.reached_at(look, person),
        *papers.owner_line(look, person),
        paragraph(look, upright(f"Yêu cầu {you} hoàn thiện hồ sơ gồm những nội dung như sau:"), keep=True),
    ]
    if letter.missing:
        blocks.append(papers.component_table(look, letter.missing, "STT"))
    blocks += papers.numbered(look, letter.items)
    blocks.append(paragraph(look, upright("Lý do: "), upright(letter.reason or words.DOTS * 3)))
    if letter.until:
        blocks.append(
            paragraph(
                look, upright("Thời hạn hoàn thiện hồ sơ: chậm nhất "), bold(words.day(letter.until)), upright(".")
            )
        )
    if letter.reference.qr:
        blocks.append(
            paragraph(
                look,
                upright(f"Khi nộp giấy tờ bổ sung, {you} mang theo phiếu này để quét mã, không phải khai lại từ đầu."),
            )
        )
    contact = f"{you} liên hệ với {letter.clerk or words.DOTS}, số điện thoại {letter.clerk_phone or words.DOTS}"
    last = paragraph(
        look,
        upright(f"Trong quá trình hoàn thiện hồ sơ, nếu có vướng mắc, {contact} để được hướng dẫn./."),
    )
    foot = sheet.signatures(look, None, Signature("Người hướng dẫn", letter.clerk))
    blocks.append(Stack((last, foot), before=last.before))
    return blocks
