"""The table of forms by date, QR profiles, file names and totals of letters."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from onestop.rules.errors import RuleBroken
from onestop.rules.letters import (
    FeeLineText,
    FormKey,
    Paper,
    Reference,
    fee_total,
    file_name,
    form_on,
    forms,
    qr_profiles,
    qr_text,
    read_forms,
)
from onestop.rules.procedure import FeeKind
from onestop.texts import SENTENCES, sentence

LAST_OF_2018 = date(2025, 9, 14)
FIRST_OF_2025 = date(2025, 9, 15)


@pytest.mark.parametrize(
    ("key", "day", "number", "title"),
    [
        ("receipt", LAST_OF_2018, "01", "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"),
        ("receipt", FIRST_OF_2025, "01", "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"),
        ("supplement", LAST_OF_2018, "02", "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"),
        ("supplement", FIRST_OF_2025, "02", "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"),
        ("refusal", date(2019, 1, 6), "03", "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"),
        ("extension", LAST_OF_2018, "04", "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"),
        ("extension", FIRST_OF_2025, "04", "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT"),
        ("stop", FIRST_OF_2025, "05", "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ"),
        ("control", LAST_OF_2018, "05", "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"),
        ("control", date(2026, 11, 23), "06", "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"),
        ("register", LAST_OF_2018, "06", "SỔ THEO DÕI HỒ SƠ"),
        ("register", FIRST_OF_2025, "07", "SỔ THEO DÕI HỒ SƠ"),
    ],
)
def test_form_on(key: str, day: date, number: str, title: str) -> None:
    form = form_on(key, day)
    assert (form.number, form.title) == (number, title)
    assert form.source == ("TT 01/2018/TT-VPCP" if day <= LAST_OF_2018 else "TT 03/2025/TT-VPCP")


@pytest.mark.parametrize(("key", "day"), [("stop", LAST_OF_2018), ("receipt", date(2019, 1, 5))])
def test_no_form_on_that_day(key: str, day: date) -> None:
    with pytest.raises(RuleBroken) as broken:
        form_on(key, day)
    assert broken.value.code == "form.not-in-force"
    assert broken.value.code in SENTENCES
    assert f"{day:%d/%m/%Y}" in sentence(broken.value.code, **broken.value.details)


def test_every_key_has_a_form_today_and_paper_of_the_circular() -> None:
    own = {FormKey.DECLARATION}  # a citizen's: a table of its own, `declarations`
    assert {form.key for form in forms() if form.valid_to is None} == set(FormKey) - own
    assert form_on("receipt", LAST_OF_2018).paper is Paper.A5
    assert form_on("register", LAST_OF_2018).paper is Paper.A4
    assert form_on("receipt", FIRST_OF_2025).paper is Paper.A4


def test_two_rows_on_one_day_are_refused() -> None:
    row = {"key": "receipt", "number": "01", "title": "X", "paper": "A4", "source": "Y"}
    with pytest.raises(ValueError):
        read_forms(
            [
                row | {"valid_from": date(2020, 1, 1), "valid_to": date(2021, 1, 1)},
                row | {"valid_from": date(2021, 1, 1)},
            ]
        )


SEVEN = {
    "procedure": "1.001193",
    "person_ref": "P-2026-77",
    "paper": "Giấy tiếp nhận",
    "system": "Một Cửa | thử",
    "issued": datetime(2026, 11, 23, 2, 5, tzinfo=UTC),
    "due": None,
}


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ("code_only", "H56.99-261123-0001"),
        (
            "tt01_2023",
            "H56.99-261123-0001|1.001193|P-2026-77|Giấy tiếp nhận|Một Cửa   thử|20261123090500|",
        ),
        ("link", "https://tra-cuu.example/H56.99-261123-0001"),
        ("none", ""),
        ("", "H56.99-261123-0001"),
    ],
)
def test_qr_text(profile: str, said: str) -> None:
    link = "https://tra-cuu.example/"
    assert qr_text("H56.99-261123-0001", profile, link=link, **SEVEN) == said  # type: ignore[arg-type]


def test_without_an_address_the_link_is_the_code() -> None:
    assert qr_text("H56.99-261123-0001", "link") == "H56.99-261123-0001"


def test_qr_profiles_begin_with_the_code_alone() -> None:
    assert qr_profiles()[0] == "code_only"
    with pytest.raises(KeyError):
        qr_text("X", "no-such-profile")


@pytest.mark.parametrize("person", ["038190000012", "171000011", "số 038190000012", "ID:171000011."])
@pytest.mark.parametrize("profile", qr_profiles())
def test_personal_number_never_goes_into_a_qr_code(person: str, profile: str) -> None:
    with pytest.raises(ValueError):
        qr_text("X", profile, person_ref=person)


def test_an_id_of_ours_may_end_in_twelve_digits() -> None:
    own = "01a3b7c2-0000-7abc-8def-038190000012"
    assert own in qr_text("X", "tt01_2023", person_ref=own)
    with pytest.raises(ValueError):
        qr_text("X", "tt01_2023", person_ref=f"{own} 038190000012")


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        (Reference(code="H56.99-261123-0001", temporary="T-1"), "receipt-H56.99-261123-0001.pdf"),
        (Reference(temporary="TAM.99-261123-0007"), "receipt-TAM.99-261123-0007.pdf"),
        (Reference(code="../a b/ç"), "receipt-a-b.pdf"),
        (Reference(), "receipt.pdf"),
    ],
)
def test_file_name(reference: Reference, name: str) -> None:
    assert file_name("receipt", reference) == name


def test_fee_total_is_unknown_as_soon_as_a_part_is() -> None:
    known = FeeLineText(FeeKind.PHI, amount=16_000), FeeLineText(FeeKind.LE_PHI, amount=8_000)
    unknown = FeeLineText(FeeKind.LE_PHI)
    assert fee_total(known) == 24_000
    assert fee_total(known, FeeKind.PHI) == 16_000
    assert fee_total((*known, unknown)) is None
    assert fee_total((*known, unknown), FeeKind.PHI) == 16_000
    assert fee_total(()) == 0
