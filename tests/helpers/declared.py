"""Declarations to draw in tests, filled in from facts as a dossier gives them. Every person and number is made up."""

from __future__ import annotations

from dataclasses import replace

from onestop.rules.declarations import DeclarationLetter, Facts, declarations
from onestop.rules.letters import Reference, qr_text
from tests.helpers.letters import CODE, HEAD, RECEIVED

MOTHER = {
    "name": "Nguyễn Thị Ánh",
    "born": "17/02/1990",
    "year": "1990",
    "sex": "Nữ",
    "number": "038190000012",
    "identity_number": "038190000012",
    "paper": "Số định danh cá nhân 038190000012, cấp ngày 20/05/2021",
    "address": "Tổ dân phố 3, phường Mẫu, tỉnh Thanh Hóa",
    "phone": "0912 345 678",
}
FATHER = {
    "name": "Trần Văn Thử",
    "born": "11/07/1988",
    "year": "1988",
    "sex": "Nam",
    "identity_number": "038088000044",
    "paper": "Số định danh cá nhân 038088000044",
    "address": "Thôn 2, xã Mẫu, tỉnh Thanh Hóa",
}
CHILD = {
    "name": "Trần Hoàng Ưu Ái",
    "born": "02/11/2026",
    "born_words": "Ngày hai tháng mười một năm hai nghìn không trăm hai mươi sáu",
    "year": "2026",
    "sex": "Nam",
}
DEAD = {"name": "Trần Văn Cụ", "born": "1941", "sex": "Nam", "address": "Thôn 2, xã Mẫu, tỉnh Thanh Hóa"}
PEOPLE = {
    "asker": {**MOTHER, "part": "Mẹ"},
    "owner": MOTHER,
    "me": MOTHER,
    "cha": FATHER,
    "con": CHILD,
    "nguoi-chet": DEAD,
    "ben-nu": MOTHER,
    "ben-nam": FATHER,
    "subject": {**MOTHER, "relation": "Bản thân"},
    "chu-ho": FATHER,
}
FIELDS = {
    "noi_sinh": "Bệnh viện đa khoa Mẫu, phường Mẫu, tỉnh Thanh Hóa",
    "dan_toc": "Kinh",
    "quoc_tich": "Việt Nam",
    "que_quan": "Xã Mẫu, tỉnh Thanh Hóa",
    "ngay_chet": "20/11/2026",
    "gio_chet": "08 giờ 30 phút",
    "noi_chet": "Tại nhà riêng, thôn 2, xã Mẫu",
    "nguyen_nhan": "Tuổi già",
    "tinh_trang": "Chưa đăng ký kết hôn với ai",
    "muc_dich": "Đăng ký kết hôn với ông Trần Văn Thử tại Ủy ban nhân dân phường Mẫu",
    "loai_giay": "Giấy khai sinh",
    "noi_dang_ky": "Ủy ban nhân dân xã Mẫu",
    "dan_toc_nu": "Kinh",
    "lan_ket_hon_nu": "1",
    "chu_ho": "Trần Văn Thử",
    "so_dinh_danh_chu_ho": "038088000044",
    "noi_de_nghi": "Thôn 2, xã Mẫu, tỉnh Thanh Hóa",
}
KNOWN = {
    **{f"{role}.{what}": said for role, person in PEOPLE.items() for what, said in person.items()},
    **{f"fields.{key}": said for key, said in FIELDS.items()},
    "relation": "Bản thân",
    "copies": "2",
    "procedure": "Đăng ký thường trú",
    "agency": "Ủy ban nhân dân phường Mẫu",
    "office.ward": "phường Mẫu",
    "phone": "0912 345 678",
    "email": "anh.nguyen@example.com",
}
FULL = Facts(KNOWN, {"thanh-vien": (CHILD, {**DEAD, "identity_number": "038041000055"})})
NOTHING = Facts({})
KEYS = tuple(each.key for each in declarations())


def declaration(key: str, facts: Facts = FULL, **changes: object) -> DeclarationLetter:
    """The form with this key, filled in."""
    form = next(each for each in declarations() if each.key == key)
    letter = DeclarationLetter(
        key=form.key,
        form=form.form,
        head=replace(HEAD, numbered=False),
        reference=Reference(code=CODE, qr=qr_text(CODE)),
        issued_at=RECEIVED,
        request=form.name,
        to=facts.take(form.to),
        lines=form.filled(facts),
        signs=form.signed(facts),
    )
    return replace(letter, **changes)  # type: ignore[arg-type]
