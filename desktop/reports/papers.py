"""What more than one letter shows: the lines about the person, and the tables of papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.reports import fonts, words
from desktop.reports.flow import Align, Block, Column, Heading, Run, Table, Text
from desktop.reports.sheet import MM, Look, bold, italic, line, upright
from onestop.rules.letters import Applicant, CertifiedLine, ComponentLine, Letterhead, Paper

BETWEEN = "\u00a0" * 6
"""Between two values that share a line."""


def reached_at(set_by: Look, applicant: Applicant) -> list[Block]:
    """The lines "Địa chỉ" and "Số điện thoại … Email": dots to write on where nothing is known, no empty Email."""
    phone = upright(applicant.phone or words.DOTS)
    email = [upright(BETWEEN + "Email: "), upright(applicant.email)] if applicant.email else []
    return [
        line(set_by, upright("Địa chỉ: "), upright(applicant.address or words.DOTS * 3)),
        line(set_by, upright("Số điện thoại: "), phone, *email),
    ]


def owner_line(set_by: Look, applicant: Applicant) -> list[Block]:
    """The line "Chủ hồ sơ" where another person submits; nothing otherwise."""
    if not applicant.owner:
        return []
    more = [
        f"số định danh cá nhân/Hộ chiếu: {applicant.owner_identity}" if applicant.owner_identity else "",
        f"địa chỉ: {applicant.owner_address}" if applicant.owner_address else "",
    ]
    said = "; ".join(part for part in more if part)
    return [line(set_by, upright("Chủ hồ sơ: "), bold(applicant.owner), upright(f" ({said})" if said else ""))]


def addressed(set_by: Look, applicant: Applicant) -> Block:
    """ "Kính gửi: …" in the middle: the owner and, where another person submits, him as well."""
    names = [applicant.owner, applicant.name] if applicant.owner else [applicant.name]
    who = "; ".join(name for name in names if name) or words.DOTS * 2
    style = replace(set_by.body, align=Align.CENTRE)
    return Text((upright("Kính gửi: "), upright(f"{applicant.salutation} "), bold(who)), style, before=set_by.gap * 2)


def whose(applicant: Applicant) -> str:
    """ "Ông/Bà Trần Văn Thử": the owner of the dossier, in a sentence."""
    return f"{applicant.salutation} {applicant.owner or applicant.name}".strip()


def to_ask(head: Letterhead, you: str) -> str:
    """The last sentence of a letter that goes out: where to ask, as far as the office has told."""
    ways = [head.unit or head.agency]
    if head.address:
        ways.append(f"địa chỉ: {head.address}")
    if head.phone:
        ways.append("số điện thoại: " + head.phone.replace(" ", "\u00a0"))
    return f"Nếu cần biết thêm, {you} liên hệ {', '.join(ways)}./."


def received_by(head: Letterhead) -> tuple[str, ...]:
    """The lines under "Nơi nhận" (NĐ 30/2020/NĐ-CP, appendix I)."""
    kept = "Lưu: VT" + (f", {head.unit}" if head.unit and head.unit != head.agency else "")
    return ("Như trên;", f"{kept}.")


def component_table(set_by: Look, components: Sequence[ComponentLine], first: str = "TT") -> Table:
    """TT | Thành phần hồ sơ | Số lượng (Bản chính | Bản chứng thực | Bản photo)."""
    narrow = 1.0 if set_by.paper is Paper.A4 else 0.74
    columns = (
        Column(9 * MM * narrow, Align.CENTRE),
        Column(),
        Column(14 * MM * narrow, Align.CENTRE),
        Column(21 * MM * narrow, Align.CENTRE),
        Column(14 * MM * narrow, Align.CENTRE),
    )
    heading = (
        Heading(first, 0, rows=2),
        Heading("Thành phần hồ sơ", 1, rows=2),
        Heading("Số lượng", 2, columns=3),
        Heading("Bản chính", 2, 1),
        Heading("Bản chứng thực", 3, 1),
        Heading("Bản photo", 4, 1),
    )
    rows = [
        (str(number), _named(each), _count(each.originals), _count(each.certified), _count(each.copies))
        for number, each in enumerate(components, start=1)
    ]
    return Table(columns, heading, rows, set_by.cell, pad=set_by.pad, before=set_by.gap + 2)


def certified_table(set_by: Look, certified: Sequence[CertifiedLine]) -> Table:
    """TT | Tên giấy tờ | Số trang | Số bản giấy | Ký bản điện tử."""
    narrow = 1.0 if set_by.paper is Paper.A4 else 0.74
    columns = (
        Column(9 * MM * narrow, Align.CENTRE),
        Column(),
        Column(16 * MM * narrow, Align.CENTRE),
        Column(18 * MM * narrow, Align.CENTRE),
        Column(24 * MM * narrow, Align.CENTRE),
    )
    titles = ("TT", "Tên giấy tờ", "Số trang", "Số bản giấy", "Ký bản điện tử")
    heading = tuple(Heading(title, column) for column, title in enumerate(titles))
    rows = [
        (str(number), each.name, str(each.pages), _count(each.copies), "Có" if each.electronic else "–")
        for number, each in enumerate(certified, start=1)
    ]
    return Table(columns, heading, rows, set_by.cell, pad=set_by.pad, before=set_by.gap + 2)


def numbered(set_by: Look, items: Sequence[str]) -> list[Block]:
    """1., 2., … each hanging under its own first word."""
    blocks: list[Block] = []
    for number, item in enumerate(items, start=1):
        label = f"{number}.\u00a0"
        block = line(set_by, upright(label), upright(item))
        block.style = replace(block.style, hang=fonts.width(label, fonts.UPRIGHT, block.style.size))
        blocks.append(block)
    return blocks


def _named(component: ComponentLine) -> tuple[Run, ...]:
    if not component.how:
        return (upright(component.name),)
    return (upright(component.name + " "), italic(f"({component.how})"))


def _count(number: int) -> str:
    return str(number) if number else "–"
