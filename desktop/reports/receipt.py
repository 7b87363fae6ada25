"""Giấy tiếp nhận hồ sơ và hẹn trả kết quả (NĐ 118/2025/NĐ-CP art. 17; the circular's form in force on its day)."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.reports import linked, papers, sheet, words
from desktop.reports.flow import Block, Stack, Text
from desktop.reports.sheet import Look, Signature, bold, italic, line, upright
from onestop.rules.letters import DeliveryWay, FeeLineText, Paper, ReceiptLetter, fee_total
from onestop.rules.procedure import FeeKind

_KINDS = {FeeKind.PHI: "Phí", FeeKind.LE_PHI: "Lệ phí"}

_TWO_COPIES = (
    "Giấy này lập thành 02 liên: 01 liên kèm theo Phiếu kiểm soát quá trình giải quyết hồ sơ và lưu tại Bộ phận tiếp "
    "nhận và trả kết quả, 01 liên giao người nộp hồ sơ."
)
# NĐ 118/2025/NĐ-CP art. 6.2.
_COLLECTING = (
    "Khi nhận kết quả, đề nghị mang theo giấy này; mất giấy thì xuất trình giấy tờ tùy thân, nhận thay phải có giấy ủy "
    "quyền. Có thể đăng ký nhận kết quả tại nhà (trụ sở) qua dịch vụ bưu chính."
)

_FEES_IN_A_SENTENCE = 2
"""More fees than these are a list."""


def draw(letter: ReceiptLetter, paper: Paper | str | None = None, liens: Sequence[int] = (1, 2)) -> bytes:
    """The receipt as PDF, one copy for each of `liens` (1 kept, 2 handed out); `paper` None = the form's own size.

    A draft is one copy with a watermark and no liên. The same letter gives the same bytes.
    """
    return sheet.draw(letter, lambda look: body(letter, look), Paper(paper or letter.form.paper), liens)


def body(letter: ReceiptLetter, look: Look) -> list[Block]:
    """What stands under the title."""
    applicant = letter.applicant
    blocks: list[Block] = [
        line(look, upright("Bộ phận tiếp nhận và trả kết quả: "), upright(letter.head.unit or words.DOTS * 2))
    ]
    if letter.corrected_on is not None:
        blocks.insert(0, line(look, italic(f"Đã đính chính ngày {words.short_day(letter.corrected_on)}.")))
    who = ", ".join(part for part in (applicant.relation, letter.channel) if part)
    blocks.append(
        line(
            look,
            upright("Tiếp nhận hồ sơ của: "),
            bold(applicant.name),
            *([upright(f" ({who})")] if who else []),
        )
    )
    blocks += papers.reached_at(look, applicant)
    if applicant.identity:
        blocks.append(line(look, upright("Số định danh cá nhân/Hộ chiếu: "), upright(applicant.identity)))
    blocks += papers.owner_line(look, applicant)
    blocks.append(
        line(
            look,
            upright("Nội dung yêu cầu giải quyết: "),
            bold(letter.request or words.DOTS * 3),
            upright(_procedure(letter)),
        )
    )
    blocks += _papers(letter, look)
    blocks.append(line(look, upright(f"2. Số lượng hồ sơ: {words.two_digits(letter.sets)} (bộ)")))
    limit = "theo từng kết quả nêu tại mục 5" if letter.parts else words.limit(letter.limit)
    blocks.append(line(look, upright("3. Thời gian giải quyết hồ sơ theo quy định là: "), upright(limit)))
    blocks.append(line(look, upright("4. Thời gian nhận hồ sơ: "), upright(words.hour_and_day(letter.received_at))))
    blocks.append(_due(letter, look))
    if letter.parts:
        blocks.append(line(look, upright("Hồ sơ liên thông, trả từng kết quả như sau:"), keep=True))
        blocks.append(linked.parts_table(look, letter.parts))
    copies = f"; số bản sao kết quả: {words.two_digits(letter.result_copies)}" if letter.result_copies else ""
    blocks.append(line(look, upright("6. Đăng ký nhận kết quả tại: "), upright(_delivery(letter) + copies)))
    blocks += _fees(letter, look)
    book = line(
        look,
        upright("Vào Sổ theo dõi hồ sơ, Quyển số: "),
        upright((letter.book or "…………") + "\u00a0\u00a0\u00a0 Số thứ tự: " + (letter.book_number or "…………")),
    )
    # The foot takes at least the last two lines with it: signatures never stand alone on a page.
    last = blocks.pop()
    blocks.append(Stack((last, book, _signatures(letter, look)), before=last.before))
    blocks += _notes(letter, look)
    return blocks


def _procedure(letter: ReceiptLetter) -> str:
    """What stands after the request: the procedure, without saying again what the request has just said."""
    procedure, request = letter.procedure, letter.request.strip()
    if not procedure:
        return ""
    if request and procedure.casefold().startswith(request.casefold()):
        return procedure[len(request) :]
    return f" – {procedure}" if procedure.casefold().startswith("thủ tục") else f" – thủ tục {procedure}"


def _papers(letter: ReceiptLetter, look: Look) -> list[Block]:
    title = "1. Thành phần hồ sơ, số lượng mỗi loại giấy tờ:"
    if not letter.components and not letter.certified:
        return [line(look, upright(title + " "), upright("không có giấy tờ nộp kèm"))]
    blocks: list[Block] = [line(look, upright(title), keep=True)]
    if letter.components:
        blocks.append(papers.component_table(look, letter.components))
    if letter.certified:
        if letter.components:
            blocks.append(line(look, upright("Giấy tờ đề nghị chứng thực bản sao:"), keep=True))
        blocks.append(papers.certified_table(look, letter.certified))
    return blocks


def _due(letter: ReceiptLetter, look: Look) -> Text:
    label = upright("5. Thời gian trả kết quả giải quyết hồ sơ: ")
    if letter.due_at is None:
        return line(look, label, bold("theo thông báo của cơ quan giải quyết hồ sơ"))
    return line(look, label, bold(words.hour_and_day(letter.due_at)))


def _delivery(letter: ReceiptLetter) -> str:
    delivery = letter.delivery
    if delivery.way is DeliveryWay.POST:
        who = [
            f"người nhận {delivery.name}" if delivery.name else "",
            f"điện thoại {delivery.phone}" if delivery.phone else "",
            f"địa chỉ {delivery.address}" if delivery.address else "",
        ]
        return "qua dịch vụ bưu chính – " + ", ".join(part for part in who if part)
    if delivery.way is DeliveryWay.ELECTRONIC:
        return "bản điện tử" + (f" – {delivery.place}" if delivery.place else "")
    return (delivery.place or letter.head.unit or letter.head.agency) + " (tại quầy)"


def _fees(letter: ReceiptLetter, look: Look) -> list[Block]:
    """Phí and lệ phí apart, the total and its words; an unknown part leaves the total unknown."""
    if not letter.fees:
        return []
    if all(fee.amount == 0 for fee in letter.fees):
        why = "; ".join(dict.fromkeys(fee.note for fee in letter.fees if fee.note))
        return [line(look, upright("7. Phí, lệ phí: không thu" + (f" ({why})" if why else "")))]
    named = [f"{fee_name(fee)}: {_fee_amount(fee)}" for kind in _KINDS for fee in letter.fees if fee.kind is kind]
    total = fee_total(letter.fees)
    sum_up = [upright("Tổng cộng: "), bold(words.money(total))]
    if total is not None and letter.fee_words:
        sum_up += [upright(". Bằng chữ: "), italic(letter.fee_words)]
    if len(named) <= _FEES_IN_A_SENTENCE:
        return [line(look, upright("7. Phí, lệ phí: " + "; ".join(named) + ". "), *sum_up)]
    return [
        line(look, upright("7. Phí, lệ phí:"), keep=True),
        *[line(look, upright(f"- {each}")) for each in named],
        line(look, *sum_up),
    ]


def fee_name(fee: FeeLineText) -> str:
    """The kind first, the name of the fee where it says more than the kind."""
    name, label = fee.name.strip(), _KINDS[fee.kind]
    if not name or name.casefold() == label.casefold():
        return label
    return name if name.casefold().startswith(label.casefold()) else f"{label} ({name})"


def _fee_amount(fee: FeeLineText) -> str:
    amount = "không thu" if fee.amount == 0 else words.money(fee.amount)
    return amount + (f" ({fee.note})" if fee.note else "")


def _signatures(letter: ReceiptLetter, look: Look) -> Block:
    clerk = Signature("Người tiếp nhận hồ sơ", letter.clerk)
    if not letter.submitter_signs:
        return sheet.signatures(look, None, clerk)
    return sheet.signatures(look, Signature("Người nộp hồ sơ", letter.applicant.name), clerk)


def _notes(letter: ReceiptLetter, look: Look) -> list[Block]:
    head = letter.head
    texts = [_TWO_COPIES, _COLLECTING]
    ways = [
        f"tra cứu tại {head.lookup}" if head.lookup else "",
        f"liên hệ số điện thoại {head.phone}" if head.phone else "",
    ]
    if any(ways):
        texts.append("Để biết tình trạng hồ sơ, " + " hoặc ".join(way for way in ways if way) + ".")
    if any(fee.amount != 0 for fee in letter.fees):
        texts.append("Giấy này không thay thế biên lai thu phí, lệ phí.")
    texts += letter.notes
    blocks: list[Block] = []
    for index, text in enumerate(texts):
        runs = [bold("Ghi chú: ")] if not index else []
        blocks.append(Text((*runs, upright(f"- {text}")), look.note, before=look.gap * 2 if not index else 1.0))
    return [Stack(blocks, before=blocks[0].before)]
