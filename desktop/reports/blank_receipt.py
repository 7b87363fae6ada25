"""Giấy tiếp nhận hồ sơ to be written by hand, in two liên, with the code under which it will be entered."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.reports import fonts, papers, sheet, words
from desktop.reports.flow import Block, Stack, Text
from desktop.reports.sheet import Frame, Head, Look, Signature, bold, line, upright
from onestop.rules.blank_letters import BlankReceiptLetter
from onestop.rules.letters import ComponentLine, Paper

_BOX = "□ "
_DOT = "…"
_WHEN = "……\u00a0giờ\u00a0…… phút, ngày\u00a0…… tháng\u00a0…… năm\u00a020……"
_WHEN_SHORT = "……\u00a0giờ\u00a0……, ngày\u00a0……\u00a0/\u00a0……\u00a0/\u00a020……"
_KEPT = "Giấy này lập thành 02 liên: 01 liên lưu để nhập vào hệ thống, 01 liên giao người nộp hồ sơ."
_WHY = (
    "Nhận bằng giấy in sẵn khi mất điện, mất mạng, máy hỏng. Thời hạn tính từ giờ ghi ở mục 4; mã chính thức được cấp "
    "khi nhập vào hệ thống, mã tạm vẫn tra cứu được."
)
_COLLECTING = (
    "Khi nhận kết quả mang theo giấy này; mất giấy thì xuất trình giấy tờ tùy thân, nhận thay phải có giấy ủy quyền."
)


def draw(letters: Sequence[BlankReceiptLetter], paper: Paper | str | None = None) -> bytes:
    """Every sheet of a batch in both liên as one PDF; `paper` None = A4, for a pen needs room. Same letters, same
    bytes."""
    frame = Frame(head=Head.BLANK)
    return sheet.draw_all([(each, _body(each)) for each in letters], Paper(paper or Paper.A4), (1, 2), frame)


def _body(letter: BlankReceiptLetter) -> sheet.Body:
    def body(look: Look) -> list[Block]:
        head = letter.head
        blocks: list[Block] = [
            line(look, upright("Bộ phận tiếp nhận và trả kết quả: "), upright(head.unit or words.DOTS * 2)),
            _dotted(look, "Tiếp nhận hồ sơ của: "),
            _dotted(look, "Địa chỉ: "),
            _dotted(look, "Số định danh cá nhân/Hộ chiếu: ", 0.62, "Điện thoại: "),
            _dotted(look, "Chủ hồ sơ (khi nộp thay): ", 0.62, "Quan hệ: "),
            _dotted(look, "Nội dung yêu cầu giải quyết: "),
            _dotted(look, ""),
            line(look, upright("1. Thành phần hồ sơ, số lượng mỗi loại giấy tờ:"), keep=True),
            _table(look, letter.rows),
            line(look, upright("2. Số lượng hồ sơ: ……… (bộ)")),
            _dotted(look, "3. Thời gian giải quyết hồ sơ theo quy định là: "),
            line(look, upright("4. Thời gian nhận hồ sơ: "), bold(_WHEN)),
            line(look, upright("5. Thời gian trả kết quả giải quyết hồ sơ: "), upright(_WHEN_SHORT)),
            line(
                look,
                upright("6. Đăng ký nhận kết quả tại:  "),
                upright(papers.BETWEEN.join(_BOX + way for way in ("Tại quầy", "Qua bưu chính", "Bản điện tử"))),
            ),
            _dotted(look, "7. Phí, lệ phí: "),
        ]
        foot = sheet.signatures(look, Signature("Người nộp hồ sơ"), Signature("Người tiếp nhận hồ sơ"))
        belongs = f"Giấy in sẵn số {letter.number}/{letter.of}."
        notes = [Text((bold("Ghi chú: "), upright(f"- {_KEPT}")), look.note, before=look.gap * 2)]
        notes += [Text((upright(f"- {text}"),), look.note, before=1.0) for text in (_WHY, _COLLECTING, belongs)]
        return [*blocks, Stack((foot, *notes), before=foot.before)]

    return body


def _table(look: Look, rows: int) -> Block:
    """The table of papers with nothing in it, its rows high enough for a pen."""
    table = papers.component_table(look, [ComponentLine(" ") for _row in range(rows)])
    table.rows = [(number, name, *(Text("", count.style) for count in counts)) for number, name, *counts in table.rows]
    table.pad += 3.0
    return table


def _dotted(look: Look, label: str, part: float = 1.0, other: str = "") -> Text:
    """A label with dots to the end of the line, or to `part` of it with another label behind."""
    size = look.body.size
    dot = fonts.width(_DOT, fonts.UPRIGHT, size)

    def filled(text: str, room: float) -> str:
        return text + _DOT * max(3, int((room - fonts.width(text, fonts.UPRIGHT, size)) / dot))

    if not other:
        return line(look, upright(filled(label, look.width - 1)))
    first = filled(label, look.width * part) + " "
    rest = look.width - fonts.width(first, fonts.UPRIGHT, size) - 1
    return line(look, upright(first + filled(other, rest)))
