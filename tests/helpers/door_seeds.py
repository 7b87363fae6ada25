"""Good examples of what comes in from outside, and ways to spoil them: pages, lists of people, catalogues, forms."""

from __future__ import annotations

import io
import json
import random
import zipfile
from typing import Any

import openpyxl

from tests.helpers import badfiles
from tests.helpers.office import BIRTH, made_person

SMALL = badfiles.picture(420, 600)


def stored(form: str, mode: str = "RGB", **options: Any) -> bytes:
    return badfiles.stored(SMALL.convert(mode), form, **options)


def pages_brought() -> dict[str, bytes]:
    """Pictures and PDFs of every kind that a counter is brought."""
    moving = io.BytesIO()
    SMALL.save(moving, "PNG", save_all=True, append_images=[SMALL.rotate(90)])
    return {
        "jpeg": stored("JPEG"), "jpeg, progressive": stored("JPEG", progressive=True),
        "jpeg, cmyk": stored("JPEG", "CMYK"), "png": stored("PNG"), "png, palette": stored("PNG", "P"),
        "png, moving": moving.getvalue(), "tiff": badfiles.tiff_pages(2),
        "tiff, lzw": stored("TIFF", compression="tiff_lzw"), "tiff, fax": stored("TIFF", "1", compression="group4"),
        "tiff, 16 bits": badfiles.deep_tiff()[:200_000], "webp": stored("WEBP"), "heic": badfiles.heic(),
        "bmp": badfiles.stored(SMALL.resize((150, 200)), "BMP"), "pdf": badfiles.pdf(2),
        "pdf, form": badfiles.with_form(), "pdf, script": badfiles.with_javascript(),
        "pdf, files": badfiles.with_attachment(), "zip": badfiles.archive(),
    }  # fmt: skip


def people_table(encoding: str = "utf-8-sig") -> bytes:
    rows = ["Họ và tên;Ngày sinh;Giới tính;Số CCCD;Điện thoại;Địa chỉ"]
    rows += [
        f"{who.name};{who.date_of_birth};{who.sex};{who.identity_number};{who.phone};{who.address}"
        for who in (made_person(place) for place in range(300, 306))
    ]
    return "\r\n".join(rows).encode(encoding, "replace")


def people_book() -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for line in people_table("utf-8").decode().splitlines():
        book.active.append(line.split(";"))
    book.save(stream)
    return stream.getvalue()


NATIONAL = {
    "code": "9.000001", "name": "Cấp giấy xác nhận nuôi ong lưu động", "field": "Chăn nuôi", "levels": ["Cấp xã"],
    "applicants": ["Công dân Việt Nam"], "results": [{"name": "Giấy xác nhận"}], "legal_basis": [],
    "channels": [{"channel": "direct", "limit": 3, "unit": "WORKING_DAY", "fee": "Phí: 15.000 đồng", "note": None}],
    "cases": [{"name": None, "components": [{"name": "Đơn", "kind": "submit", "originals": 1}]}],
}  # fmt: skip
OWN = {
    "format": "motcua.catalogue/1", "name": "Mẫu", "published": "2026-11-01", "quick": ["9.000002"],
    "procedures": [
        {"code": "9.000002", "name": "Thủ tục mẫu", "field": "Mẫu", "cases": [{"components": [{"name": "Đơn"}]}]}
    ],
}  # fmt: skip
HOLIDAYS = '[[day]]\ndate = 2027-01-01\nname = "Tết Dương lịch"\nkind = "off"\n\n[[year]]\nyear = 2027\n'
DOSSIER: dict[str, Any] = {
    "procedure": BIRTH, "case": None, "channel": "direct", "complete": True, "sets": 1, "result_copies": 2,
    "owner": {"name": "Hoàng Thị Ước", "identity_number": "001190000017", "date_of_birth": "1990-02-17", "sex": "Nữ"},
    "parties": [{"role": "con", "person": {"name": "Trần Ưu Ái", "date_of_birth": "2026-11-02", "sex": "Nam"}}],
    "contact": {"phone": "0912345678", "email": None}, "fields": {"noi_sinh": "Bệnh viện Mẫu"},
    "components": [{"name": "Giấy chứng sinh", "by": "submitted", "originals": 1}], "certify": [],
    "delivery": {"way": "counter"},
}  # fmt: skip
SETTINGS = {
    "language": "en",
    "scan_dpi": 200,
    "scan_device": "sane:x",
    "text_size": 125,
    "window_place": {"x": 1},
    "later": 7,
}
ODD = (
    None, "", 0, -1, 1e308, 10**40, True, [], {}, [[]], "x" * 3000, "\x00", "\u202e", "12/13/2026",
    {"a": {"b": []}}, [None],
)  # fmt: skip
"""Values that nobody expects."""


def plain(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def spoiled(content: bytes, number: int, is_text: bool) -> bytes:
    """The same in every run: cut and torn, or one to three bytes changed in place, or out of shape."""
    if number % 3 == 0:
        return badfiles.damaged(content, number)
    if is_text and number % 3 == 1:
        return twisted(content, number)
    chance, body = random.Random(number), bytearray(content)
    for _ in range(chance.randint(1, 3)):
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
    return bytes(body)


def twisted(content: bytes, number: int) -> bytes:
    """JSON with one value of the wrong kind, or gone; a workbook that opens, with one part damaged; anything else
    with a few bytes damaged."""
    chance = random.Random(number)
    if content[:2] == b"PK":
        return _repacked(content, chance, number)
    try:
        whole = json.loads(content)
    except ValueError:
        return badfiles.damaged(content, number)
    at = whole
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        if not keys:
            return plain(whole)
        key = chance.choice(keys)
        if isinstance(at[key], dict | list) and at[key] and chance.random() < 0.7:
            at = at[key]
            continue
        if chance.random() < 0.2:
            del at[key]
        else:
            at[key] = chance.choice(ODD)
        return plain(whole)


def _repacked(content: bytes, chance: random.Random, number: int) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(list(parts))
    parts[name] = badfiles.damaged(parts[name], number)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, part in parts.items():
            archive.writestr(each, part)
    return stream.getvalue()
