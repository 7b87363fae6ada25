"""A result letter on its sheet: what stands where by NĐ 30/2020, long and missing fields, where one signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from desktop.reports import drawing, result_letter
from desktop.reports.result_letter import sign_place
from onestop.clock import VIETNAM
from onestop.rules.letters import FormKey, Letterhead, Paper, Reference, form_on
from onestop.rules.result_letters import ResultLetter
from onestop.rules.result_template import BLANK, Filled, Template, fill
from tests.helpers import letters
from tests.helpers.pages import codes, fonts, inside, packed, picture, texts

LINES = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
TEMPLATE = Template(
    "Giấy xác nhận",
    "GIẤY XÁC NHẬN",
    "Tình trạng hôn nhân",
    "Xét đề nghị của **{ho_ten}**,\n> **XÁC NHẬN:**\n- Ngày sinh: {ngay_sinh}   Giới tính: {gioi_tinh}\nThôi.",
)
VALUES = {"ho_ten": "Nguyễn Thị Ễ Ự", "ngay_sinh": "05/03/1990"}


def made(filled: Filled | None = None, **changes: Any) -> ResultLetter:
    """An ordinary one."""
    words = filled or fill(TEMPLATE, lambda name: VALUES.get(name, ""))
    form = form_on(FormKey.RESULT_LETTER, letters.DAY)
    letter = ResultLetter(
        form=replace(form, title=words.title, symbol="GXN"),
        head=Letterhead("", "Ủy ban nhân dân phường Mẫu", "Phường Mẫu", written="05-Q3/GXN", coded=False),
        reference=Reference(code=letters.CODE),
        issued_at=datetime(2026, 1, 5, 9, 0, tzinfo=VIETNAM),
        filled=words,
        signer_lines=LINES,
        signer="Lê Thị Phó",
    )
    return replace(letter, **changes)


def text_of(letter: ResultLetter, paper: Paper = Paper.A4) -> str:
    return packed(" ".join(texts(result_letter.draw(letter, paper))))


def test_what_stands_where() -> None:
    text = text_of(made())
    for part in (
        "ỦY BAN NHÂN DÂN PHƯỜNG MẪU",
        "Số: 05-Q3/GXN",
        "Phường Mẫu, ngày 05 tháng 01 năm 2026",
        "GIẤY XÁC NHẬN Tình trạng hôn nhân Xét đề nghị của Nguyễn Thị Ễ Ự, XÁC NHẬN:",
        f"Ngày sinh: 05/03/1990 Giới tính: {BLANK}",
        "Nơi nhận: - Như trên; - Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Thị Phó",
    ):
        assert packed(part) in text, part
    assert packed(letters.CODE) not in text, "whose dossier it is, is no matter of the ward's paper"
    assert codes(picture(drawing.draw(made(), Paper.A4))) == []
    assert all(fonts(result_letter.draw(made())).values())
    assert result_letter.draw(made()) == result_letter.draw(made())


def test_a_cong_van_has_its_subject_under_the_number_and_no_title() -> None:
    letter = made()
    letter = replace(
        letter, form=replace(letter.form, title="Trả lời công dân", about="trả lời đơn của Nguyễn Thị Ễ Ự")
    )
    text = text_of(letter)
    assert packed("V/v trả lời đơn của Nguyễn Thị Ễ Ự") in text
    assert packed("GIẤY XÁC NHẬN") not in text
    assert packed("Trả lời công dân") not in text


def test_draft_and_reprint() -> None:
    draft = text_of(made(draft=True))
    assert packed("BẢN NHÁP") in draft
    assert packed("Số: ……/GXN") in draft
    assert packed("05-Q3") not in draft
    assert packed("chưa cấp") not in draft
    assert packed("Bản in lại lần 1") in text_of(made(reprint=1))


@pytest.mark.parametrize("paper", tuple(Paper))
def test_long_and_missing_words_stay_on_the_sheet(paper: Paper) -> None:
    long = "Nguyễn Phan Hoàng Thị Ngọc Phương Quỳnh Ễ Ự " * 6
    template = replace(TEMPLATE, text="\n".join(["{ho_ten} " * 12] * 30), receivers=("Ông/bà {ho_ten};", "Lưu: VT."))
    many = made(fill(template, lambda name: long), signer=long[:60].strip(), signer_lines=(*LINES, long[:90].upper()))
    bare = made(
        fill(replace(TEMPLATE, text=""), lambda name: ""), signer="", signer_lines=(), head=Letterhead("", "Ủy ban", "")
    )
    for letter in (many, bare):
        file = result_letter.draw(letter, paper)
        assert inside(file)
    pages = texts(result_letter.draw(many, paper))
    assert len(pages) > 1
    assert packed(many.signer) in packed(pages[-1])
    place = sign_place(many, paper)
    assert place is not None
    assert place.page == len(pages)
    assert sign_place(bare, paper) is None
