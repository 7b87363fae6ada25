"""Papers that were never written: forms, certificates, letters and card copies of people who do not exist, drawn as a
scanner sees them.

For demo, training and tests. The same seed gives the same paper. No portrait, no real agency, and personal numbers of a
province code that was never given out. What was drawn is told with it, so that whatever reads can be checked; nothing
of `paper/` is used here.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import StrEnum

import numpy
from PIL import Image

from desktop.devices.pretend_pen import Pen
from desktop.devices.source import Sheet

PROVINCE = "099"
"""Of nobody's number: no province has it."""

_FAMILIES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
_MEN = ("Văn Hữu Đức Minh Quốc".split(), "An Bình Cường Dũng Đạt Hải Khoa Long Phúc Quân Sơn Thịnh Vượng".split())
_WOMEN = ("Thị Thu Ngọc Kim Diệu".split(), "Ánh Bích Châu Diễm Đào Hạnh Huệ Khuê Linh Ngân Phượng Quỳnh Thảo".split())
_ISSUERS = (
    "Ủy ban nhân dân phường Mẫu",
    "Bệnh viện Đa khoa Ví Dụ",
    "Công an phường Mẫu",
    "Chi nhánh Văn phòng đăng ký đất đai số 9",
    "Trường Tiểu học Giả Định",
)


class Kind(StrEnum):
    """What a paper is."""

    FORM = "form"
    CERTIFICATE = "certificate"
    LETTER = "letter"
    CARD = "card"
    SLIP = "slip"
    BLANK = "blank"
    SEPARATOR = "separator"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist."""

    name: str
    sex: str
    born: str
    number: str
    address: str


@dataclass(frozen=True, slots=True)
class Wear:
    """What happened to a sheet on its way: degrees of skew, strength of noise (grey levels), grey of the paper, lying
    upside down."""

    skew: float = 0.0
    noise: float = 0.0
    grey: int = 0
    upside_down: bool = False


@dataclass(slots=True)
class Drawn:
    """A paper: its picture at `dpi`, its lines in the order drawn, what it states (number, date, issuer, title, name),
    and what its QR code says."""

    kind: Kind
    size: Sheet
    dpi: int
    picture: Image.Image
    lines: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    code: str = ""


def person(dice: random.Random) -> Person:
    """The next one that the dice give."""
    sex = dice.choice(("Nam", "Nữ"))
    middles, given = _MEN if sex == "Nam" else _WOMEN
    year, month, day = dice.randint(1948, 2019), dice.randint(1, 12), dice.randint(1, 28)
    century = (year // 100 - 19) * 2 + (sex == "Nữ")
    return Person(
        f"{dice.choice(_FAMILIES)} {dice.choice(middles)} {dice.choice(given)}",
        sex,
        f"{day:02}/{month:02}/{year}",
        f"{PROVINCE}{century}{year % 100:02}{dice.randint(0, 999_999):06}",
        f"Tổ {dice.randint(1, 20)}, phường Mẫu, tỉnh Mẫu",
    )


def card_text(who: Person, issued: str = "10092025") -> str:
    """What the QR on the back of that person's card would say (eleven fields)."""
    return "|".join((who.number, "", who.name, who.born.replace("/", ""), who.sex, who.address, issued, "", "", "", ""))


def draw(kind: Kind, seed: int, dpi: int = 200, code: str = "", size: Sheet | None = None) -> Drawn:
    """The paper of that kind that `seed` stands for. `code`: what the QR of a separator, or of a letter, says."""
    dice = random.Random(f"{kind}/{seed}")
    size = size or (Sheet.A5 if kind is Kind.SLIP else Sheet.A4)
    pen = Pen(size, dpi)
    shows = kind in (Kind.LETTER, Kind.SEPARATOR)
    drawn = Drawn(kind, size, dpi, pen.picture, pen.lines, code=code if shows else "")
    _DRAWERS[kind](pen, drawn, dice)
    return drawn


def worn(picture: Image.Image, wear: Wear, seed: int = 0) -> Image.Image:
    """The picture of a sheet as it comes off a scanner that is not new."""
    if wear.upside_down:
        picture = picture.transpose(Image.Transpose.ROTATE_180)
    if wear.skew:
        picture = picture.rotate(wear.skew, Image.Resampling.BICUBIC, fillcolor=(246, 246, 244))
    if wear.noise or wear.grey:
        pixels = numpy.asarray(picture, dtype=numpy.int16) - wear.grey
        if wear.noise:
            grain = numpy.random.default_rng(seed).normal(0, wear.noise, pixels.shape[:2])
            pixels = pixels + grain.astype(numpy.int16)[..., None]
        picture = Image.fromarray(numpy.clip(pixels, 0, 255).astype(numpy.uint8))
    return picture


TABLE = (104, 82, 63)


def on_a_table(sheet: Image.Image, turn: float = 2.5) -> Image.Image:
    """A sheet as a camera above the table sees it: a little askew, with wood all round."""
    rim = sheet.width // 8
    table = Image.new("RGB", (sheet.width + 2 * rim, sheet.height + 2 * rim), TABLE)
    table.paste(sheet, (rim, rim))
    return table.rotate(turn, Image.Resampling.BICUBIC, fillcolor=TABLE)


def _head(pen: Pen, agency: str) -> None:
    nation = [("Bold", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("Bold", "Độc lập - Tự do - Hạnh phúc")]
    pen.beside([("Bold", agency.upper())], nation)


def _dated(pen: Pen, drawn: Drawn, dice: random.Random, issuer: str) -> None:
    """Number and day of a paper that an agency gave out."""
    day, month, year = dice.randint(1, 28), dice.randint(1, 12), dice.randint(2019, 2026)
    number = f"{dice.randint(1, 980)}/{year}"
    drawn.facts |= {"number": number, "date": f"{year}-{month:02}-{day:02}", "issuer": issuer}
    pen.beside([("Regular", f"Số: {number}")], [("Italic", f"Mẫu, ngày {day:02} tháng {month:02} năm {year}")])


_FORMS = ("TỜ KHAI ĐĂNG KÝ KHAI SINH", "ĐƠN ĐỀ NGHỊ XÁC NHẬN NƠI CƯ TRÚ", "TỜ KHAI CẤP BẢN SAO TRÍCH LỤC")


def _form(pen: Pen, drawn: Drawn, dice: random.Random) -> None:
    who, child = person(dice), person(dice)
    _head(pen, "Mẫu số 01")
    title = dice.choice(
        ("TỜ KHAI ĐĂNG KÝ KHAI SINH", "ĐƠN ĐỀ NGHỊ XÁC NHẬN NƠI CƯ TRÚ", "TỜ KHAI CẤP BẢN SAO TRÍCH LỤC")
    )
    drawn.facts |= {"title": title, "name": who.name}
    pen.write(title, style="Bold", points=14, centre=True)
    pen.write("Kính gửi: Ủy ban nhân dân phường Mẫu, tỉnh Mẫu", centre=True, gap=4)
    for label, value in (
        ("Họ, chữ đệm, tên người yêu cầu", who.name),
        ("Ngày, tháng, năm sinh", who.born),
        ("Giới tính", who.sex),
        ("Số định danh cá nhân", who.number),
        ("Nơi cư trú", who.address),
        ("Họ, chữ đệm, tên người được khai", child.name),
        ("Ngày, tháng, năm sinh", child.born),
        ("Nơi sinh", "Bệnh viện Đa khoa Ví Dụ, tỉnh Mẫu"),
    ):
        pen.write(f"{label}: {value}")
    pen.write(
        "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật về cam đoan của "
        "mình. Đề nghị cơ quan có thẩm quyền xem xét, giải quyết theo quy định.",
        gap=6,
    )
    pen.beside([("Regular", "")], [("Italic", "Mẫu, ngày 23 tháng 11 năm 2026"), ("Bold", "Người yêu cầu")])
    pen.sign(pen.wide * 0.58, pen.y + 10, dice)
    pen.y += 22
    pen.beside([("Regular", "")], [("Regular", who.name)])


def _certificate(pen: Pen, drawn: Drawn, dice: random.Random) -> None:
    who = person(dice)
    issuer = dice.choice(_ISSUERS)
    _head(pen, issuer)
    _dated(pen, drawn, dice, issuer)
    title = dice.choice(("GIẤY CHỨNG SINH", "GIẤY XÁC NHẬN", "TRÍCH LỤC HỘ TỊCH", "GIẤY CHỨNG NHẬN"))
    drawn.facts |= {"title": title, "name": who.name}
    pen.write(title, style="Bold", points=17, centre=True, gap=5)
    pen.write(f"{issuer} xác nhận ông (bà): {who.name}, giới tính {who.sex}, sinh ngày {who.born}.")
    pen.write(f"Số định danh cá nhân: {who.number}. Nơi cư trú: {who.address}.")
    pen.write("Nội dung nêu trên được lập theo sổ lưu tại đơn vị và có giá trị kể từ ngày ký.", gap=8)
    pen.beside([("Regular", "")], [("Bold", "NGƯỜI CÓ THẨM QUYỀN"), ("Italic", "(Ký, ghi rõ họ tên và đóng dấu)")])
    pen.stamp(pen.wide * 0.47, pen.y - 2, f"{issuer.upper()} ")
    pen.sign(pen.wide * 0.58, pen.y + 12, dice)
    pen.y += 28
    pen.beside([("Regular", "")], [("Bold", person(dice).name)])


def _letter(pen: Pen, drawn: Drawn, dice: random.Random) -> None:
    issuer = dice.choice(_ISSUERS)
    _head(pen, issuer)
    _dated(pen, drawn, dice, issuer)
    who = person(dice)
    drawn.facts |= {"title": "THÔNG BÁO", "name": who.name}
    if drawn.code:
        pen.qr(drawn.code, pen.left, pen.y - 6, 22)  # a code of somebody else, as many letters carry one
    pen.write("THÔNG BÁO", style="Bold", points=15, centre=True)
    pen.write("Về việc bổ sung giấy tờ trong hồ sơ đề nghị", style="Italic", centre=True, gap=4)
    pen.write(f"Kính gửi: {who.name}, {who.address}.")
    for part in dice.sample(_PARAGRAPHS, 4):
        pen.write(part, gap=2.5)
    pen.write("Nơi nhận: như trên; lưu hồ sơ.", style="Italic", points=11)


_PARAGRAPHS = tuple(
    """
    Căn cứ hồ sơ đã nộp và ý kiến của bộ phận chuyên môn, đề nghị ông (bà) bổ sung giấy tờ còn thiếu trong thời hạn mười
    ngày làm việc kể từ ngày nhận được thông báo này.

    Giấy tờ bổ sung có thể nộp trực tiếp tại Trung tâm Phục vụ hành chính công phường Mẫu hoặc gửi qua dịch vụ bưu chính
    công ích đến địa chỉ ghi ở đầu trang.

    Trường hợp giấy tờ do cơ quan nước ngoài cấp, đề nghị kèm theo bản dịch tiếng Việt đã được chứng thực theo quy định
    của pháp luật.

    Quá thời hạn nêu trên mà chưa nhận được giấy tờ bổ sung, hồ sơ sẽ được trả lại để hoàn thiện và nộp vào dịp khác.

    Mọi thắc mắc xin liên hệ số điện thoại 0200 000 0000 trong giờ làm việc để được hướng dẫn cụ thể.
    """.split("\n\n")
)


def _card(pen: Pen, drawn: Drawn, dice: random.Random) -> None:
    who = person(dice)
    pen.write("BẢN CHỤP THẺ (GIẢ ĐỊNH, DÙNG ĐỂ TẬP HUẤN)", style="Bold", points=11, centre=True)
    left, top = (pen.wide - 86) / 2, pen.y + 10
    pen.frame(left, top, 86, 54)
    drawn.code = card_text(who)
    pen.qr(drawn.code, left + 61, top + 4, 21)
    pen.y = top + 5
    for text in (who.number, who.name.upper(), f"Ngày sinh: {who.born}", f"Giới tính: {who.sex}", who.address):
        pen.write(text, points=9, left=left + 4, right=left + 60, gap=1.2)
    drawn.facts |= {"title": "THẺ", "name": who.name, "number": who.number}
    pen.y = top + 62


def _slip(pen: Pen, drawn: Drawn, dice: random.Random) -> None:
    who = person(dice)
    pen.left, pen.right = 14.0, pen.wide - 12.0
    _head(pen, "Bệnh viện Đa khoa Ví Dụ")
    _dated(pen, drawn, dice, "Bệnh viện Đa khoa Ví Dụ")
    drawn.facts |= {"title": "PHIẾU THU", "name": who.name}
    pen.write("PHIẾU THU", style="Bold", points=13, centre=True)
    pen.write(f"Họ tên người nộp: {who.name}. Địa chỉ: {who.address}.")
    pen.write(f"Số tiền: {dice.randint(2, 90) * 5}.000 đồng. Lý do: nộp phí cấp bản sao.")
    pen.sign(pen.wide * 0.6, pen.y + 10, dice)


def _blank(_pen: Pen, _drawn: Drawn, _dice: random.Random) -> None:
    """Nothing: the back of a sheet that was printed on one side."""


def _separator(pen: Pen, drawn: Drawn, _dice: random.Random) -> None:
    side = 70.0
    pen.qr(drawn.code, (pen.wide - side) / 2, 40, side)
    pen.y = 120
    pen.write("TỜ PHÂN CÁCH", style="Bold", points=24, centre=True)
    pen.write("Đặt trước giấy tờ rồi quét cả tập.", centre=True)


_DRAWERS = {
    Kind.FORM: _form,
    Kind.CERTIFICATE: _certificate,
    Kind.LETTER: _letter,
    Kind.CARD: _card,
    Kind.SLIP: _slip,
    Kind.BLANK: _blank,
    Kind.SEPARATOR: _separator,
}
