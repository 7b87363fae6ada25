"""Made papers: what stands on them and what a reader should find there. Nobody in them exists.

Shares no code with the readers of `paper/`: names, titles and sentences are written down a second time, on purpose.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

SURNAMES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Mai Trịnh Cao Lương".split()
MIDDLE = "Thị Văn Đức Hữu Minh Thanh Ngọc Quốc Xuân Thu Bích Hồng Công Đình".split()
GIVEN = (
    "Ánh Bình Châu Dũng Đạt Giang Hà Hạnh Huệ Khánh Lâm Linh Mỹ Oanh Phúc Quỳnh Sơn Thảo Uyên Vượng Yến Tuyết".split()
)
STREETS = "Trần Phú|Lê Lợi|Hạc Thành|Nguyễn Trãi|Đội Cung|Tống Duy Tân".split("|")
WARD, PROVINCE, TOWN = "phường Mẫu", "tỉnh Thanh Hóa", "Thanh Hóa"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: where it stands ("left", "centre", "right", or "two" with the right half after a bar)."""

    text: str
    style: str = "Regular"
    size: float = 13.0
    at: str = "left"


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper, the facts of it by the names of art. 19.2, and the component of a checklist that it belongs to."""

    kind: str
    lines: tuple[Line, ...]
    facts: Mapping[str, str] = field(default_factory=dict)
    component: str = ""

    @property
    def text(self) -> str:
        """All words in order, single spaces."""
        return " ".join(" ".join(line.text.replace("|", " ") for line in self.lines).split())


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist."""

    name: str
    born: date
    number: str
    address: str

    @property
    def capitals(self) -> str:
        return self.name.upper()


def person(chance: random.Random, *, woman: bool | None = None) -> Person:
    """A made person; the number keeps the form of twelve digits and belongs to nobody: the order is below 100."""
    female = chance.random() < 0.5 if woman is None else woman
    born = date(chance.randint(1950, 2006), 1, 1) + timedelta(days=chance.randint(0, 364))
    century = (born.year - 1900) // 100 * 2 + int(female)
    number = f"038{century}{born.year % 100:02d}{chance.randint(1, 99):06d}"
    middle = "Thị" if female else chance.choice(MIDDLE[1:])
    name = f"{chance.choice(SURNAMES)} {middle} {chance.choice(GIVEN)}"
    street = chance.choice(STREETS)
    return Person(name, born, number, f"Số {chance.randint(1, 200)} đường {street}, {WARD}, {PROVINCE}")


def words(day: date) -> str:
    """A date as a paper writes it (NĐ 30/2020: a zero before days below 10 and the months 1 and 2)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def numbers(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def head(
    agency: str, symbol: str, number: int, day: date, parent: str = "ỦY BAN NHÂN DÂN TỈNH THANH HÓA"
) -> list[Line]:
    """The head of an administrative paper by NĐ 30/2020."""
    return [
        Line(f"{parent}|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Bold", 11, "two"),
        Line(f"{agency.upper()}|Độc lập - Tự do - Hạnh phúc", "Bold", 12, "two"),
        Line(f"Số: {number:02d}/{symbol}|{TOWN}, {words(day)}", "Italic", 12, "two"),
    ]


NATION = [
    Line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Bold", 13, "centre"),
    Line("Độc lập - Tự do - Hạnh phúc", "Bold", 13, "centre"),
]


def signed(office: str, who: str) -> list[Line]:
    return [
        Line(f"|{office}", "Bold", 13, "two"),
        Line("|(Ký, ghi rõ họ tên)", "Italic", 12, "two"),
        Line(f"|{who}", "Bold", 13, "two"),
    ]


def birth_notification(chance: random.Random, day: date) -> MadePaper:
    mother, number = person(chance, woman=True), chance.randint(1, 400)
    born = day - timedelta(days=2)
    issuer = "Bệnh viện Phụ sản Thanh Hóa"
    lines = [
        *head(issuer, "GCS", number, day, "SỞ Y TẾ TỈNH THANH HÓA"),
        Line("GIẤY CHỨNG SINH", "Bold", 14, "centre"),
        Line(f"Họ và tên mẹ: {mother.capitals}"),
        Line(f"Năm sinh: {mother.born.year}        Dân tộc: Kinh"),
        Line(f"Số căn cước: {mother.number}"),
        Line(f"Nơi cư trú: {mother.address}"),
        Line(f"Đã sinh con vào lúc 08 giờ 15 phút, {words(born)}"),
        Line(f"Tại: {issuer}"),
        Line("Số con trong lần sinh này: 01    Giới tính của con: Nam    Cân nặng: 3200 g"),
        Line(f"Dự kiến đặt tên con là: {person(chance, woman=False).name}"),
        Line("Ghi chú: không"),
        *signed("THỦ TRƯỞNG CƠ SỞ KHÁM BỆNH", person(chance).name),
    ]
    facts = {
        "title": "Giấy chứng sinh", "number": f"{number:02d}/GCS", "issued_on": day.isoformat(), "issuer": issuer,
        "holder_name": mother.name, "holder_number": mother.number, "holder_born": str(mother.born.year),
    }  # fmt: skip
    return MadePaper("birth-notification", tuple(lines), facts, "Giấy chứng sinh")


def birth_declaration(chance: random.Random, day: date) -> MadePaper:
    mother, father = person(chance, woman=True), person(chance, woman=False)
    child = f"{father.name.split()[0]} Minh {chance.choice(GIVEN)}"
    lines = [
        *NATION,
        Line("TỜ KHAI ĐĂNG KÝ KHAI SINH", "Bold", 14, "centre"),
        Line(f"Kính gửi: Ủy ban nhân dân {WARD}, {PROVINCE}", at="centre"),
        Line(f"Họ, chữ đệm, tên người yêu cầu: {mother.capitals}"),
        Line(f"Nơi cư trú: {mother.address}"),
        Line(f"Giấy tờ tùy thân: Căn cước công dân số {mother.number}"),
        Line("Quan hệ với người được khai sinh: mẹ đẻ"),
        Line("Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:"),
        Line(f"Họ, chữ đệm, tên: {child.upper()}"),
        Line(f"Ngày, tháng, năm sinh: {numbers(day - timedelta(days=9))}"),
        Line("Giới tính: Nam    Dân tộc: Kinh    Quốc tịch: Việt Nam"),
        Line(f"Họ, chữ đệm, tên người mẹ: {mother.capitals}"),
        Line(f"Năm sinh: {mother.born.year}    Dân tộc: Kinh    Quốc tịch: Việt Nam"),
        Line(f"Họ, chữ đệm, tên người cha: {father.capitals}"),
        Line(f"Năm sinh: {father.born.year}    Dân tộc: Kinh    Quốc tịch: Việt Nam"),
        Line("Tôi cam đoan nội dung đề nghị đăng ký khai sinh trên đây là đúng sự thật, được sự thỏa thuận nhất trí "
             "của các bên liên quan theo quy định pháp luật."),
        Line(f"Làm tại: {WARD}, {words(day)}"),
        *signed("NGƯỜI YÊU CẦU", mother.name),
    ]  # fmt: skip
    facts = {
        "title": "Tờ khai đăng ký khai sinh", "issued_on": day.isoformat(),
        "holder_name": mother.name, "holder_number": mother.number,
    }  # fmt: skip
    return MadePaper("birth-declaration", tuple(lines), facts, "Tờ khai đăng ký khai sinh theo mẫu")


def marital_status(chance: random.Random, day: date) -> MadePaper:
    who, number = person(chance), chance.randint(1, 900)
    issuer = f"Ủy ban nhân dân {WARD}"
    until = day + timedelta(days=180)
    lines = [
        *head(issuer, "UBND-XNTTHN", number, day),
        Line("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", "Bold", 14, "centre"),
        Line(f"Xét đề nghị của ông/bà: {who.name}"),
        Line("XÁC NHẬN:", "Bold", 13, "centre"),
        Line(f"Họ, chữ đệm, tên: {who.capitals}"),
        Line(f"Ngày, tháng, năm sinh: {numbers(who.born)}"),
        Line("Giới tính: Nữ    Dân tộc: Kinh    Quốc tịch: Việt Nam"),
        Line(f"Số định danh cá nhân: {who.number}"),
        Line(f"Nơi cư trú: {who.address}"),
        Line("Tình trạng hôn nhân: Hiện tại chưa đăng ký kết hôn với ai."),
        Line("Giấy này được cấp để: làm thủ tục đăng ký kết hôn."),
        Line(f"Giấy này có giá trị đến {words(until)}."),
        *signed("TM. ỦY BAN NHÂN DÂN", person(chance).name),
    ]
    facts = {
        "title": "Giấy xác nhận tình trạng hôn nhân", "number": f"{number:02d}/UBND-XNTTHN",
        "issued_on": day.isoformat(), "issuer": issuer, "holder_name": who.name, "holder_number": who.number,
        "holder_born": who.born.isoformat(), "valid_to": until.isoformat(),
    }  # fmt: skip
    return MadePaper("marital-status", tuple(lines), facts, "Giấy xác nhận tình trạng hôn nhân")


def decision(chance: random.Random, day: date) -> MadePaper:
    who, number = person(chance), chance.randint(1, 2000)
    issuer = f"Ủy ban nhân dân {WARD}"
    summary = f"Về việc hưởng trợ cấp hưu trí xã hội đối với ông (bà) {who.name}"
    lines = [
        *head(issuer, "QĐ-UBND", number, day),
        Line("QUYẾT ĐỊNH", "Bold", 14, "centre"),
        Line(summary, "Bold", 13, "centre"),
        Line(f"CHỦ TỊCH ỦY BAN NHÂN DÂN {WARD.upper()}", "Bold", 13, "centre"),
        Line("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;", "Italic"),
        Line("Căn cứ Nghị định số 176/2025/NĐ-CP ngày 30 tháng 6 năm 2025 của Chính phủ;", "Italic"),
        Line("QUYẾT ĐỊNH:", "Bold", 13, "centre"),
        Line(f"Điều 1. Trợ cấp hưu trí xã hội hằng tháng đối với ông (bà) {who.name}, sinh {words(who.born)}, "
             f"số định danh cá nhân {who.number}, cư trú tại {who.address}."),
        Line("Mức trợ cấp: 500.000 đồng/tháng (Năm trăm nghìn đồng)."),
        Line(f"Điều 2. Quyết định này có hiệu lực thi hành kể từ {words(day)}."),
        Line("Điều 3. Văn phòng, Phòng Văn hóa - Xã hội và ông (bà) có tên ở Điều 1 chịu trách nhiệm thi hành."),
        *signed("CHỦ TỊCH", person(chance).name),
    ]  # fmt: skip
    facts = {
        "title": "Quyết định", "number": f"{number:02d}/QĐ-UBND", "issued_on": day.isoformat(), "issuer": issuer,
        "holder_name": who.name, "holder_number": who.number, "holder_born": who.born.isoformat(), "summary": summary,
    }  # fmt: skip
    return MadePaper("decision", tuple(lines), facts, "Quyết định hưởng trợ cấp hưu trí xã hội")


def death_notice(chance: random.Random, day: date) -> MadePaper:
    who, number = person(chance), chance.randint(1, 90)
    issuer = "Bệnh viện Đa khoa Thanh Hóa"
    lines = [
        *head(issuer, "GBT-BVĐK", number, day, "SỞ Y TẾ TỈNH THANH HÓA"),
        Line("GIẤY BÁO TỬ", "Bold", 14, "centre"),
        Line(f"Kính gửi: Ủy ban nhân dân {WARD}", at="centre"),
        Line(f"Họ và tên người chết: {who.capitals}"),
        Line(f"Ngày sinh: {numbers(who.born)}    Giới tính: Nam"),
        Line(f"Số định danh cá nhân: {who.number}"),
        Line(f"Nơi cư trú cuối cùng: {who.address}"),
        Line(f"Đã chết vào lúc 21 giờ 40 phút, {words(day - timedelta(days=1))}"),
        Line("Nguyên nhân chết: bệnh lý"),
        *signed("THỦ TRƯỞNG ĐƠN VỊ", person(chance).name),
    ]
    facts = {
        "title": "Giấy báo tử", "number": f"{number:02d}/GBT-BVĐK", "issued_on": day.isoformat(), "issuer": issuer,
        "holder_name": who.name, "holder_number": who.number, "holder_born": who.born.isoformat(),
    }  # fmt: skip
    return MadePaper("death-notice", tuple(lines), facts, "Giấy báo tử")


def authorisation(chance: random.Random, day: date) -> MadePaper:
    one, other = person(chance), person(chance)
    lines = [
        *NATION,
        Line("GIẤY ỦY QUYỀN", "Bold", 14, "centre"),
        Line("Căn cứ Bộ luật Dân sự ngày 24 tháng 11 năm 2015;", "Italic"),
        Line("I. BÊN ỦY QUYỀN", "Bold"),
        Line(f"Họ tên: {one.capitals}"),
        Line(f"Sinh ngày: {numbers(one.born)}    Số căn cước: {one.number}"),
        Line(f"Địa chỉ: {one.address}"),
        Line("II. BÊN ĐƯỢC ỦY QUYỀN", "Bold"),
        Line(f"Họ tên: {other.capitals}"),
        Line(f"Sinh ngày: {numbers(other.born)}    Số căn cước: {other.number}"),
        Line("III. NỘI DUNG ỦY QUYỀN", "Bold"),
        Line("Bên được ủy quyền thay mặt bên ủy quyền nộp hồ sơ và nhận kết quả thủ tục đăng ký khai tử."),
        Line(f"{TOWN}, {words(day)}", "Italic", at="right"),
        Line("BÊN ỦY QUYỀN|BÊN ĐƯỢC ỦY QUYỀN", "Bold", 13, "two"),
    ]
    facts = {
        "title": "Giấy ủy quyền", "issued_on": day.isoformat(), "holder_name": one.name,
        "holder_number": one.number, "holder_born": one.born.isoformat(),
    }  # fmt: skip
    return MadePaper("authorisation", tuple(lines), facts, "Văn bản ủy quyền đăng ký khai tử (được chứng thực)")


def lease(chance: random.Random, day: date) -> MadePaper:
    one, other, number = person(chance), person(chance), chance.randint(1, 90)
    lines = [
        *NATION,
        Line("HỢP ĐỒNG THUÊ NHÀ Ở", "Bold", 14, "centre"),
        Line(f"Số: {number:02d}/HĐTN", at="centre"),
        Line(f"Hôm nay, {words(day)}, tại {WARD}, {PROVINCE}, chúng tôi gồm:"),
        Line(f"Bên cho thuê (Bên A): Ông (bà) {one.name}, sinh năm {one.born.year}, số căn cước {one.number}."),
        Line(f"Bên thuê (Bên B): Ông (bà) {other.name}, sinh năm {other.born.year}, số căn cước {other.number}."),
        Line(f"Điều 1. Bên A cho Bên B thuê căn nhà tại {one.address}, diện tích 60 mét vuông."),
        Line("Điều 2. Giá thuê 3.000.000 đồng/tháng, trả vào ngày 05 hằng tháng."),
        Line("Điều 3. Thời hạn thuê là 12 tháng kể từ ngày ký. Hai bên cam kết thực hiện đúng hợp đồng."),
        Line("BÊN A|BÊN B", "Bold", 13, "two"),
    ]
    facts = {
        "title": "Hợp đồng thuê nhà ở", "number": f"{number:02d}/HĐTN", "issued_on": day.isoformat(),
        "holder_name": one.name, "holder_number": one.number, "holder_born": str(one.born.year),
    }  # fmt: skip
    return MadePaper("lease", tuple(lines), facts, "Hợp đồng, văn bản về việc cho thuê, cho mượn, cho ở nhờ")


def land_certificate(chance: random.Random, day: date) -> MadePaper:
    who = person(chance)
    number = f"CS {chance.randint(10000, 99999):05d}"
    issuer = "Văn phòng đăng ký đất đai tỉnh Thanh Hóa"
    lines = [
        *NATION,
        Line("GIẤY CHỨNG NHẬN", "Bold", 16, "centre"),
        Line("QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT", "Bold", 13, "centre"),
        Line(f"1. Người sử dụng đất: Ông (bà) {who.name}, năm sinh {who.born.year}, căn cước số {who.number}"),
        Line(f"Địa chỉ thường trú: {who.address}"),
        Line("2. Thửa đất số: 145, tờ bản đồ số: 12. Diện tích: 120,5 m². Loại đất: Đất ở tại đô thị."),
        Line("Thời hạn sử dụng đất: Lâu dài. Nguồn gốc sử dụng: Nhận chuyển nhượng."),
        Line(f"{TOWN}, {words(day)}", "Italic", at="right"),
        Line(f"|{issuer.upper()}", "Bold", 12, "two"),
        Line(f"Số vào sổ cấp Giấy chứng nhận: {number}"),
    ]
    facts = {
        "title": "Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất", "number": number,
        "issued_on": day.isoformat(), "issuer": issuer, "holder_name": who.name, "holder_number": who.number,
        "holder_born": str(who.born.year),
    }  # fmt: skip
    return MadePaper(
        "land-certificate",
        tuple(lines),
        facts,
        "Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất",
    )


def building_application(chance: random.Random, day: date) -> MadePaper:
    who = person(chance)
    lines = [
        *NATION,
        Line("ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP XÂY DỰNG", "Bold", 14, "centre"),
        Line("(Sử dụng cho công trình: Nhà ở riêng lẻ)", "Italic", 12, "centre"),
        Line(f"Kính gửi: Ủy ban nhân dân {WARD}", at="centre"),
        Line(f"1. Thông tin về chủ đầu tư: Tên chủ đầu tư: {who.name}"),
        Line(f"Số định danh cá nhân: {who.number}. Địa chỉ liên hệ: {who.address}"),
        Line("2. Thông tin công trình: Thửa đất số 145, diện tích 120,5 m², tại phường Mẫu."),
        Line("3. Nội dung đề nghị cấp phép: cấp công trình IV, số tầng 03, chiều cao 11,2 m."),
        Line("4. Tổ chức lập thiết kế: Công ty cổ phần Tư vấn Mẫu. 5. Dự kiến thời gian hoàn thành: 10 tháng."),
        Line("6. Cam kết: tôi xin cam đoan làm theo đúng giấy phép được cấp."),
        Line(f"{TOWN}, {words(day)}", "Italic", at="right"),
        *signed("NGƯỜI LÀM ĐƠN", who.name),
    ]
    facts = {
        "title": "Đơn đề nghị cấp giấy phép xây dựng", "issued_on": day.isoformat(), "holder_name": who.name,
        "holder_number": who.number,
    }  # fmt: skip
    return MadePaper(
        "building-application",
        tuple(lines),
        facts,
        "Đơn đề nghị cấp giấy phép xây dựng (Mẫu số 01 Phụ lục II NĐ 175/2024/NĐ-CP)",
    )


def disability(chance: random.Random, day: date) -> MadePaper:
    who, number = person(chance), chance.randint(1, 500)
    issuer = f"Ủy ban nhân dân {WARD}"
    lines = [
        *head(issuer, "GXNKT", number, day),
        Line("GIẤY XÁC NHẬN KHUYẾT TẬT", "Bold", 14, "centre"),
        Line(f"Họ và tên: {who.capitals}"),
        Line(f"Sinh ngày: {numbers(who.born)}"),
        Line(f"Số định danh cá nhân: {who.number}"),
        Line(f"Nơi ở hiện nay: {who.address}"),
        Line("Dạng khuyết tật: Vận động    Mức độ khuyết tật: Nặng"),
        *signed("CHỦ TỊCH", person(chance).name),
    ]
    facts = {
        "title": "Giấy xác nhận khuyết tật", "number": f"{number:02d}/GXNKT", "issued_on": day.isoformat(),
        "issuer": issuer, "holder_name": who.name, "holder_number": who.number, "holder_born": who.born.isoformat(),
    }  # fmt: skip
    return MadePaper("disability", tuple(lines), facts, "Giấy xác nhận khuyết tật")


MAKERS: tuple[Callable[[random.Random, date], MadePaper], ...] = (
    birth_notification, birth_declaration, marital_status, decision, death_notice, authorisation, lease,
    land_certificate, building_application, disability,
)  # fmt: skip


def made_papers(count: int, seed: int = 20261123) -> list[MadePaper]:
    """`count` papers of every kind in turn, the same for the same seed."""
    chance = random.Random(seed)
    return [
        MAKERS[number % len(MAKERS)](chance, date(2026, 1, 5) + timedelta(days=chance.randint(0, 300)))
        for number in range(count)
    ]
