"""Giấy ủy quyền: a citizen's own paper, filled in as far as he and his dossier are known, the rest dotted lines."""

from __future__ import annotations

from dataclasses import replace

from desktop.reports import sheet, words
from desktop.reports.flow import Align, Block, Stack, Text
from desktop.reports.papers import BETWEEN
from desktop.reports.sheet import Frame, Head, Look, Signature, bold, italic, line, paragraph, upright
from onestop.rules.letters import Paper
from onestop.rules.life_letters import AuthorisationLetter, Party


def draw(letter: AuthorisationLetter, paper: Paper | str | None = None) -> bytes:
    """The paper as PDF; `paper` None = the form's own size. Same letter, same bytes."""
    frame = Frame(head=Head.COUNTRY)
    return sheet.draw(letter, lambda look: _body(letter, look), Paper(paper or letter.form.paper), frame=frame)


def _body(letter: AuthorisationLetter, look: Look) -> list[Block]:
    code = letter.reference.shown
    blocks: list[Block] = [
        line(look, bold("I. BÊN ỦY QUYỀN"), keep=True),
        *_party(look, letter.gives),
        line(look, bold("II. BÊN ĐƯỢC ỦY QUYỀN"), keep=True),
        *_party(look, letter.takes),
        line(look, bold("III. NỘI DUNG ỦY QUYỀN"), keep=True),
        paragraph(
            look,
            upright("Bên ủy quyền giao cho bên được ủy quyền thay mặt mình tại "),
            upright(letter.where or words.DOTS * 2),
            upright(" thực hiện (đánh dấu X vào việc được giao):"),
            keep=True,
        ),
        line(look, upright(BETWEEN.join(_TASKS))),
        line(look, upright("Thủ tục, nội dung: "), bold(letter.request or words.DOTS * 3)),
        line(look, upright("Mã hồ sơ: "), bold(code or words.DOTS)),
        line(look, upright(f"Việc khác: {words.DOTS * 3}")),
        line(look, upright(f"Thời hạn ủy quyền: từ {_DAY} đến {_DAY}.")),
        paragraph(
            look,
            upright("Hai bên chịu trách nhiệm trước pháp luật về nội dung ủy quyền và giấy tờ đã xuất trình."),
        ),
    ]
    place = replace(look.body, align=Align.RIGHT)
    last = Text((italic(f"{words.DOTS}, {_DAY}"),), place, before=look.gap * 2)
    takes, gives = Signature("Bên được ủy quyền", letter.takes.name), Signature("Bên ủy quyền", letter.gives.name)
    blocks.append(Stack((last, sheet.signatures(look, takes, gives)), before=last.before))
    blocks.append(line(look, italic("Chứng thực chữ ký, nơi pháp luật yêu cầu:"), upright(f" {words.DOTS * 2}")))
    return blocks


_TASKS = (
    "□\u00a0Nộp, bổ sung hồ sơ",
    "□\u00a0Nộp phí, lệ phí",
    "□\u00a0Nhận kết quả, nhận lại giấy tờ",
)
_DAY = "ngày\u00a0…… tháng\u00a0…… năm\u00a020……"


def _party(look: Look, party: Party) -> list[Block]:
    return [
        line(look, upright("Họ và tên: "), bold(party.name) if party.name else upright(words.DOTS * 2)),
        line(
            look,
            upright(f"Ngày sinh: {words.born(party.born) or words.DOTS}{BETWEEN}"),
            upright(f"Số định danh cá nhân/Hộ chiếu: {party.number or words.DOTS}"),
        ),
        line(look, upright(f"Nơi cư trú: {party.address or words.DOTS * 3}")),
        line(look, upright("Số điện thoại: " + (party.phone or words.DOTS))),
    ]
