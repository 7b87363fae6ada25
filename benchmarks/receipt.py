"""The receipt as PDF beside the same page drawn with bare ReportLab and the same QR encoder, and beside WeasyPrint.

Ours does the whole work for every letter: measuring, breaking lines, choosing how close the page is set, drawing. The
bare reference is handed every string and line with its place and only calls canvas.drawString, canvas.lines and
canvas.rect, with the same fonts and settings. WeasyPrint sets the same texts from HTML. Every letter is another one
(names, codes, papers) and is drawn once, so that nothing remembered of it flatters the figure.
"""

from __future__ import annotations

import argparse
import html
import io
import random
from dataclasses import dataclass, replace
from itertools import islice

import zxingcpp
from PIL import ImageFile
from reportlab.pdfgen.canvas import Canvas

from benchmarks.measure import PAIRS, could_not_run, line, pairs, status
from desktop.reports import fonts, receipt, sheet, words
from desktop.reports.flow import Mark, Rule
from desktop.reports.sheet import Density
from onestop.rules.letters import ComponentLine, Paper, ReceiptLetter, Reference, qr_text
from tests.helpers import letters

try:
    import weasyprint
except (ImportError, OSError) as error:  # OSError: Pango is missing
    weasyprint, missing = None, str(error)
else:
    # WeasyPrint lets Pillow take half a picture for a whole one, everywhere; nothing else here may.
    ImageFile.LOAD_TRUNCATED_IMAGES = False

FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
GIVEN = (
    "Ánh Bình Châu Dũng Đạt Giang Hà Hạnh Huệ Khánh Lâm Linh Mỹ Ngọc Oanh Phúc Quỳnh Sơn Thảo Uyên Vượng Yến".split()
)
THINGS = (
    "Tờ khai theo mẫu|Giấy chứng sinh|Bản vẽ thiết kế|Hợp đồng|Giấy ủy quyền|Trích lục|Sơ yếu lý lịch|Biên bản".split(
        "|"
    )
)


@dataclass(frozen=True, slots=True)
class Bare:
    """What the bare reference is handed: everything with its place."""

    size: tuple[float, float]
    marks: list[Mark]
    rules: list[Rule]
    code: str
    code_at: tuple[float, float, float]


def made_letters(count: int, seed: int = 20261123) -> list[ReceiptLetter]:
    """`count` ordinary receipts of made-up people, each with its own code and five papers."""
    chance = random.Random(seed)
    made: list[ReceiptLetter] = []
    for number in range(1, count + 1):
        name = " ".join((chance.choice(FAMILY), chance.choice(GIVEN), chance.choice(GIVEN)))
        code = f"H56.99-261123-{number:04d}"
        made.append(
            letters.receipt(
                reference=Reference(code=code, qr=qr_text(code)),
                applicant=replace(
                    letters.APPLICANT,
                    name=name,
                    address=f"Tổ dân phố {chance.randint(1, 40)}, phường Mẫu, tỉnh Thanh Hóa",
                    phone=f"09{chance.randint(10_000_000, 99_999_999)}",
                ),
                components=tuple(
                    ComponentLine(f"{chance.choice(THINGS)} số {chance.randint(1, 9999)}/GT", originals=1, copies=n)
                    for n in range(5)
                ),
            )
        )
    return made


def bare_page(letter: ReceiptLetter) -> Bare:
    """Where the strings and lines of `letter` stand."""
    laid_out = sheet.lay_out(letter, lambda look: receipt.body(letter, look), Paper.A4, (2,))
    if len(laid_out.pages) != 1:
        raise ValueError("the receipts measured are of one page")
    marks = sheet.marks_of(laid_out, letter.reference.shown, 1, 2)
    return Bare(laid_out.look.page, marks, laid_out.pages[0].rules, letter.reference.qr, laid_out.code_at)


def draw_bare(page: Bare) -> bytes:
    """The page as one would write it down with a canvas and nothing else."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=page.size, pageCompression=1, invariant=1, initialFontName=fonts.UPRIGHT)
    code = zxingcpp.create_barcode(page.code, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    dark = memoryview(code.to_image(scale=1, add_quiet_zones=False)).tolist()
    x, y, side = page.code_at
    module = side / len(dark)
    for row, greys in enumerate(dark):
        start = 0
        while start < len(greys):
            end = start
            while end < len(greys) and greys[end] < 128:
                end += 1
            if end > start:
                canvas.rect(
                    x + start * module, y - (row + 1) * module, (end - start) * module, module, stroke=0, fill=1
                )
            start = end + 1
    canvas.setLineWidth(sheet.RULE)
    canvas.lines(page.rules)
    for left, baseline, face, size, spread, string in page.marks:
        canvas.setFont(face, size)
        canvas.drawString(left, baseline, string, wordSpace=spread or None)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


STYLE = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm }
body { font: 12pt 'Liberation Serif', serif; margin: 0 }
p { margin: 0 0 2pt; text-align: justify }
table { width: 100%; border-collapse: collapse }
.head td { text-align: center; vertical-align: top; padding: 0 }
.head u { text-underline-offset: 3pt }
h1 { font-size: 14pt; text-align: center; margin: 0 }
.papers { font-size: 11pt; margin: 3pt 0 }
.papers td, .papers th { border: .6pt solid black; padding: 1.5pt 4pt }
.papers td { text-align: center }
.papers td:nth-child(2) { text-align: left }
.sign td { text-align: center; width: 50% }
.sign div { height: 34pt }
.note { font-size: 9.5pt }
svg { width: 16mm; height: 16mm }
"""


def html_page(letter: ReceiptLetter) -> str:
    """The receipt as one would write it for WeasyPrint: the same texts, tables, signatures, and the code as SVG."""
    esc = html.escape
    person, head = letter.applicant, letter.head
    svg = zxingcpp.create_barcode(letter.reference.qr, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_svg()
    svg = svg[svg.index("<svg") :].replace("<svg ", '<svg viewBox="4 4 21 21" ', 1)
    rows = "".join(
        f"<tr><td>{n}<td>{esc(each.name)}<td>{each.originals or '–'}<td>{each.certified or '–'}<td>{each.copies or '–'}"
        for n, each in enumerate(letter.components, start=1)
    )
    fees = "; ".join(f"{esc(fee.name)}: {words.money(fee.amount)} {esc(fee.note)}" for fee in letter.fees)
    assert letter.due_at is not None
    lines = [
        f"Bộ phận tiếp nhận và trả kết quả: {esc(head.unit)}",
        f"Tiếp nhận hồ sơ của: <b>{esc(person.name)}</b> ({esc(letter.channel)})",
        f"Địa chỉ: {esc(person.address)}",
        f"Số điện thoại: {esc(person.phone)} &nbsp; &nbsp; Email: {esc(person.email)}",
        f"Số định danh cá nhân/Hộ chiếu: {esc(person.identity)}",
        f"Nội dung yêu cầu giải quyết: <b>{esc(letter.request)}</b> – thủ tục {esc(letter.procedure)}",
        "1. Thành phần hồ sơ, số lượng mỗi loại giấy tờ:",
    ]
    more = [
        f"2. Số lượng hồ sơ: {words.two_digits(letter.sets)} (bộ)",
        f"3. Thời gian giải quyết hồ sơ theo quy định là: {words.limit(letter.limit)}",
        f"4. Thời gian nhận hồ sơ: {words.hour_and_day(letter.received_at)}",
        f"5. Thời gian trả kết quả giải quyết hồ sơ: <b>{words.hour_and_day(letter.due_at)}</b>",
        f"6. Đăng ký nhận kết quả tại: {esc(head.unit)} (tại quầy); số bản sao kết quả: {letter.result_copies}",
        f"7. Phí, lệ phí: {fees}. Tổng cộng: <b>16.000 đồng</b>. Bằng chữ: <i>{esc(letter.fee_words)}</i>",
        "Vào Sổ theo dõi hồ sơ, Quyển số: ………… Số thứ tự: …………",
    ]
    notes = [mark[5] for mark in bare_page(letter).marks if mark[3] == sheet.look(Paper.A4, Density.DENSE).note.size]
    return (
        f"<html lang=vi><title>{esc(letter.form.title)}</title><style>{STYLE}</style>"
        f"<table class=head><tr><td>{esc(head.parent.upper())}<br><b>{esc(head.agency.upper())}</b><br>"
        f"Số: 05/{esc(head.symbol)}<br>Mã hồ sơ: <b>{letter.reference.code}</b>"
        f"<td><b>{sheet.COUNTRY}<br><u>{sheet.MOTTO}</u></b><br><br>"
        f"<i>{esc(head.place)}, {words.day(letter.issued_at.date())}</i></table>"
        f"<table class=head><tr><td>{svg}<td><h1>{esc(letter.form.title)}</h1><i>({sheet.LIENS[2]})</i></table>"
        + "".join(f"<p>{each}" for each in lines)
        + "<table class=papers><thead><tr><th rowspan=2>TT<th rowspan=2>Thành phần hồ sơ<th colspan=3>Số lượng"
        f"<tr><th>Bản chính<th>Bản chứng thực<th>Bản photo<tbody>{rows}</table>"
        + "".join(f"<p>{each}" for each in more)
        + "<table class=sign><tr><td><b>NGƯỜI NỘP HỒ SƠ</b><br><i>(Ký và ghi rõ họ tên)</i><div></div>"
        f"<b>{esc(person.name)}</b><td><b>NGƯỜI TIẾP NHẬN HỒ SƠ</b><br><i>(Ký và ghi rõ họ tên)</i><div></div>"
        f"<b>{esc(letter.clerk)}</b></table><div class=note>" + " ".join(map(esc, notes)) + "</div>"
    )


def main(argv: list[str]) -> int:
    """Measure and print the two lines; `--small` does so on a few letters."""
    parser = argparse.ArgumentParser(prog="receipt")
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args(argv).small
    count, rounds = (2, 1) if small else (40, PAIRS)
    made = made_letters(count * (rounds + 1))
    pages = [bare_page(letter) for letter in made]
    fresh, beside = iter(made), iter(pages)
    said = [
        line(
            "receipt",
            "receipt, A4: ours, laid out and drawn / the same page drawn with bare ReportLab",
            pairs(
                lambda: [receipt.draw(letter, Paper.A4, (2,)) for letter in islice(fresh, count)],
                lambda: [draw_bare(page) for page in islice(beside, count)],
                count=rounds,
                each=count,
            ),
            1.3,
        )
    ]
    what = "receipt, A4: ours / WeasyPrint from HTML with the same texts"
    if weasyprint is None:
        said.append(could_not_run("receipt", what, 0.25, f"WeasyPrint: {missing}"))
        return status(said)
    few = 1 if small else 5
    made = made_letters(few * (rounds + 1), seed=2)
    fresh, sources = iter(made), iter([html_page(letter) for letter in made])
    said.append(
        line(
            "receipt",
            what,
            pairs(
                lambda: [receipt.draw(letter, Paper.A4, (2,)) for letter in islice(fresh, few)],
                lambda: [weasyprint.HTML(string=source).write_pdf() for source in islice(sources, few)],
                count=rounds,
                each=few,
            ),
            0.25,
        )
    )
    return status(said)
