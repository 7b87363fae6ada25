"""Fees: phí and lệ phí apart, unknown never free, certified copies by their tariff; amounts read, grouped, in words.

`vn-numberwords` 0.2.0 was tried as a second opinion on the words and is wrong ("hai mươi bốn" for 24, "sáu mươi năm"
for 65, "ba nghìn tỷ không trăm linh năm tỷ"), so a reader written here checks them instead.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.rules.errors import RuleBroken
from onestop.rules.fees import (
    CERTIFIED_CAP,
    CERTIFIED_TIERS,
    FeeLine,
    certified_copy,
    compute,
    in_words,
    money,
    read_amount,
)
from onestop.rules.procedure import Case, Channel, Exemption, Fee, FeeBasis, FeeKind, Procedure

PHI, LE_PHI = FeeKind.PHI, FeeKind.LE_PHI
CERTIFY = Procedure(
    "2.000815",
    "Chứng thực bản sao từ bản chính",
    fees=(
        Fee(
            PHI,
            "Phí chứng thực bản sao",
            basis=FeeBasis.CERTIFIED_PAGES,
            tiers=CERTIFIED_TIERS,
            cap=CERTIFIED_CAP,
            set_by="TT 226/2016/TT-BTC",
        ),
    ),
    certify=True,
)
BIRTH = Procedure(
    "1.001193",
    "Đăng ký khai sinh",
    fees=(
        Fee(LE_PHI, "Lệ phí đăng ký khai sinh", 0),
        Fee(PHI, "Bản sao trích lục hộ tịch", 8_000, FeeBasis.RESULT_COPY),
    ),
)
RESIDENCE = Procedure(
    "1.004194",
    "Đăng ký tạm trú",
    fees=(
        Fee(LE_PHI, "Lệ phí trực tuyến", 7_000, channels=(Channel.ONLINE,)),
        Fee(LE_PHI, "Lệ phí trực tiếp", 10_000, FeeBasis.PERSON, channels=(Channel.DIRECT,)),
    ),
    exemptions=(
        Exemption("ho-ngheo", "Hộ nghèo", 100),
        Exemption("hoc-sinh", "Học sinh", 50, (LE_PHI,)),
        Exemption("phi", "Miễn phí", 100, (PHI,)),
    ),
)
UNKNOWN = Procedure(
    "1.004873",
    "Xác nhận tình trạng hôn nhân",
    fees=(Fee(LE_PHI, "Lệ phí hộ tịch", None, set_by="HĐND cấp tỉnh"), Fee(PHI, "Phí bản sao", 8_000)),
    exemptions=(Exemption("ho-ngheo", "Hộ nghèo"), Exemption("nua", "Giảm một nửa", 50)),
)


# -- certified copies


@pytest.mark.parametrize(
    ("pages", "price"),
    [
        (1, 2_000),
        (2, 4_000),
        (3, 5_000),
        (10, 12_000),
        (198, 200_000),
        (197, 199_000),
        (199, 200_000),
        (5_000, 200_000),
    ],
)
def test_one_certified_copy(pages: int, price: int) -> None:
    assert certified_copy(pages) == price


def test_ten_pages_three_copies() -> None:
    sheet = compute(CERTIFY, Channel.DIRECT, certify=[("Bằng tốt nghiệp", 10, 3)])
    assert sheet.lines == (FeeLine(PHI, "Phí chứng thực bản sao: Bằng tốt nghiệp", 3, 12_000, 36_000),)
    assert (sheet.phi, sheet.le_phi, sheet.total) == (36_000, 0, 36_000)


def test_every_document_has_its_line_and_none_without_copies() -> None:
    sheet = compute(CERTIFY, Channel.ONLINE, certify=[("Căn cước", 1, 2), ("Học bạ", 40, 1), ("Sổ hộ khẩu", 5, 0)])
    assert [(line.quantity, line.unit_amount, line.amount) for line in sheet.lines] == [
        (2, 2_000, 4_000),
        (1, 42_000, 42_000),
    ]
    assert sheet.total == 46_000


def test_the_cap_is_for_each_copy() -> None:
    assert compute(CERTIFY, Channel.DIRECT, certify=[("Hồ sơ", 400, 2)]).total == 400_000


def test_a_tariff_without_tiers_has_one_price_a_page_or_none() -> None:
    flat = Procedure("x", "x", fees=(Fee(PHI, "Phí", 500, FeeBasis.CERTIFIED_PAGES, cap=3_000),))
    assert compute(flat, Channel.DIRECT, certify=[("", 4, 2)]).total == 4_000
    assert compute(flat, Channel.DIRECT, certify=[("", 10, 1)]).total == 3_000
    unset = Procedure("x", "x", fees=(Fee(PHI, "Phí", None, FeeBasis.CERTIFIED_PAGES),))
    assert compute(unset, Channel.DIRECT, certify=[("", 4, 2)]).total is None


# -- the sheet


def test_what_is_charged_by_copies_is_not_free_while_none_are_asked_for() -> None:
    for procedure in (CERTIFY, Procedure("x", "x", fees=BIRTH.fees[1:])):
        sheet = compute(procedure, Channel.DIRECT)
        assert (sheet.lines, sheet.by_count) == ((), True)
    assert not compute(CERTIFY, Channel.DIRECT, certify=[("Bằng", 1, 1)]).by_count
    assert not compute(Procedure("x", "x"), Channel.DIRECT).by_count
    assert not compute(BIRTH, Channel.DIRECT, result_copies=1).by_count


def test_copies_of_the_result() -> None:
    none = compute(BIRTH, Channel.DIRECT)
    assert [line.name for line in none.lines] == ["Lệ phí đăng ký khai sinh"]
    assert (none.phi, none.le_phi, none.total) == (0, 0, 0)
    two = compute(BIRTH, Channel.DIRECT, None, 2)
    assert (two.phi, two.le_phi, two.total) == (16_000, 0, 16_000)


def test_an_unknown_part_makes_the_sums_unknown() -> None:
    sheet = compute(UNKNOWN, Channel.DIRECT)
    assert (sheet.phi, sheet.le_phi, sheet.total) == (8_000, None, None)
    assert [line.amount for line in sheet.lines] == [8_000, None]


def test_a_channels_own_fee() -> None:
    assert compute(RESIDENCE, Channel.ONLINE).total == 7_000
    assert compute(RESIDENCE, Channel.DIRECT, persons=3).total == 30_000


def test_a_channel_without_a_price_is_not_free() -> None:
    sheet = compute(RESIDENCE, Channel.POSTAL)
    assert [line.amount for line in sheet.lines] == [None]
    assert (sheet.phi, sheet.le_phi, sheet.total) == (0, None, None)


def test_no_persons_no_line() -> None:
    assert compute(RESIDENCE, Channel.DIRECT, persons=0).lines == ()


@pytest.mark.parametrize(
    ("procedure", "key", "total", "percent"),
    [
        (RESIDENCE, "ho-ngheo", 0, 100),
        (RESIDENCE, "Hộ nghèo", 0, 100),
        (RESIDENCE, "hoc-sinh", 5_000, 50),
        (RESIDENCE, "phi", 10_000, 0),
        (RESIDENCE, None, 10_000, 0),
        (RESIDENCE, "", 10_000, 0),
        (UNKNOWN, "ho-ngheo", 0, 100),
        (UNKNOWN, "nua", None, 50),
    ],
)
def test_exemptions(procedure: Procedure, key: str | None, total: int | None, percent: int) -> None:
    sheet = compute(procedure, Channel.DIRECT, exemption_key=key)
    assert sheet.total == total
    assert {line.percent_off for line in sheet.lines} == {percent}
    assert all(bool(line.exemption) is bool(percent) for line in sheet.lines)


def test_half_a_dong_is_rounded_up() -> None:
    odd = Procedure("x", "x", fees=(Fee(PHI, "Phí", 1_001),), exemptions=(Exemption("nua", "Nửa", 50),))
    assert compute(odd, Channel.DIRECT, exemption_key="nua").total == 501


@pytest.mark.parametrize(
    ("arguments", "code", "field"),
    [
        ({"result_copies": -1}, "fee.quantity-bad", "result_copies"),
        ({"persons": -1}, "fee.quantity-bad", "persons"),
        ({"certify": [("x", 0, 1)]}, "fee.quantity-bad", "certify"),
        ({"certify": [("x", 1, -1)]}, "fee.quantity-bad", "certify"),
        ({"exemption_key": "không có"}, "fee.exemption-unknown", "exemption"),
        ({"case": "không có"}, "procedure.case-unknown", "case"),
    ],
)
def test_what_cannot_be_priced(arguments: dict[str, object], code: str, field: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        compute(CERTIFY, Channel.DIRECT, **arguments)  # type: ignore[arg-type]
    assert (caught.value.code, caught.value.details["field"]) == (code, field)


def test_the_case_is_taken_by_key_or_as_itself() -> None:
    cases = (Case("a", "Trường hợp a"),)
    procedure = Procedure("x", "x", cases=cases, fees=(Fee(PHI, "Phí", 5_000),))
    assert {compute(procedure, Channel.DIRECT, case).total for case in (None, "a", cases[0])} == {5_000}


def test_a_fee_of_one_case_is_none_of_another() -> None:
    one = Fee(LE_PHI, "Đăng ký một người", 7_000, cases=("mot-nguoi",))
    listed = Fee(LE_PHI, "Đăng ký theo danh sách", 10_000, FeeBasis.PERSON, cases=("danh-sach",))
    procedure = Procedure("x", "x", cases=(Case("mot-nguoi"), Case("danh-sach")), fees=(one, listed))
    assert compute(procedure, Channel.DIRECT).total == 7_000
    assert compute(procedure, Channel.DIRECT, "danh-sach", persons=3).total == 30_000


@given(
    pages=st.integers(1, 500),
    copies=st.integers(1, 50),
    more=st.integers(0, 50),
)
def test_more_pages_or_copies_never_cost_less(pages: int, copies: int, more: int) -> None:
    def total(pages: int, copies: int) -> int:
        found = compute(CERTIFY, Channel.DIRECT, certify=[("", pages, copies)]).total
        assert found is not None
        return found

    assert total(pages, copies) <= total(pages + more, copies)
    assert total(pages, copies) <= total(pages, copies + more)
    assert total(pages, copies) <= CERTIFIED_CAP * copies


# -- amounts as the catalogue writes them


@pytest.mark.parametrize(
    ("text", "note", "set_by", "amount"),
    [
        ("50,000 Việt Nam Đồng", "", "", 50_000),
        ("1,025,000 Việt Nam Đồng", None, None, 1_025_000),
        ("8.000 đ", "", "", 8_000),
        ("8000đ", "", "", 8_000),
        ("36.000 đồng", "", "", 36_000),
        ("75.000 VNĐ", "", "", 75_000),
        ("0 Việt Nam Đồng", "", "", 0),
        ("Miễn phí", "", "", 0),
        ("MIỄN LỆ PHÍ", "", "", 0),
        ("Không thu phí", "", "", 0),
        ("Miễn phí", "Mức lệ phí do HĐND cấp tỉnh quyết định", "", None),
        ("Miễn phí", "theo nghị quyết của Hội đồng  nhân dân", "", None),
        ("Miễn phí", "", "HĐND cấp tỉnh", None),
        ("150,000 Việt Nam Đồng", "Lệ phí do HĐND tỉnh quyết định", "", None),
        ("Mi\u00ea\u0303n phi\u0301", "", "", 0),
        ("10 USD", "", "", None),
        ("145 USD", "", "", None),
        ("", "", "", None),
        (None, "", "", None),
        (",000 Việt Nam Đồng", "", "", None),
        ("40 Việt Nam Đồng", "40.000đ/giấy thông hành", "", None),
        ("1 Việt Nam Đồng", "", "", None),
        ("5,00 Việt Nam Đồng", "", "", None),
        ("50,000", "", "", None),
        ("0,1 % giá trị", "", "", None),
        ("Theo quy định", "", "", None),
    ],
)
def test_read_amount(text: str | None, note: str | None, set_by: str | None, amount: int | None) -> None:
    assert read_amount(text, note, set_by) == amount


@given(st.integers(1_000, 10**12))
def test_money_reads_back(amount: int) -> None:
    assert read_amount(money(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "0 đồng"), (500, "500 đồng"), (36_000, "36.000 đồng"), (1_500_000, "1.500.000 đồng")],
)
def test_money(amount: int, text: str) -> None:
    assert money(amount) == text


# -- in words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không"),
        (1, "Một"),
        (4, "Bốn"),
        (5, "Năm"),
        (10, "Mười"),
        (11, "Mười một"),
        (14, "Mười bốn"),
        (15, "Mười lăm"),
        (20, "Hai mươi"),
        (21, "Hai mươi mốt"),
        (24, "Hai mươi tư"),
        (25, "Hai mươi lăm"),
        (44, "Bốn mươi tư"),
        (65, "Sáu mươi lăm"),
        (91, "Chín mươi mốt"),
        (100, "Một trăm"),
        (101, "Một trăm linh một"),
        (104, "Một trăm linh bốn"),
        (105, "Một trăm linh năm"),
        (110, "Một trăm mười"),
        (111, "Một trăm mười một"),
        (115, "Một trăm mười lăm"),
        (121, "Một trăm hai mươi mốt"),
        (505, "Năm trăm linh năm"),
        (555, "Năm trăm năm mươi lăm"),
        (1_000, "Một nghìn"),
        (1_001, "Một nghìn không trăm linh một"),
        (1_010, "Một nghìn không trăm mười"),
        (1_015, "Một nghìn không trăm mười lăm"),
        (1_021, "Một nghìn không trăm hai mươi mốt"),
        (2_500, "Hai nghìn năm trăm"),
        (8_000, "Tám nghìn"),
        (10_000, "Mười nghìn"),
        (15_000, "Mười lăm nghìn"),
        (21_000, "Hai mươi mốt nghìn"),
        (24_000, "Hai mươi tư nghìn"),
        (36_000, "Ba mươi sáu nghìn"),
        (75_000, "Bảy mươi lăm nghìn"),
        (105_000, "Một trăm linh năm nghìn"),
        (200_000, "Hai trăm nghìn"),
        (1_000_005, "Một triệu không trăm linh năm"),
        (1_005_000, "Một triệu không trăm linh năm nghìn"),
        (1_500_000, "Một triệu năm trăm nghìn"),
        (1_025_000, "Một triệu không trăm hai mươi lăm nghìn"),
        (21_021_021, "Hai mươi mốt triệu không trăm hai mươi mốt nghìn không trăm hai mươi mốt"),
        (1_000_000_000, "Một tỷ"),
        (1_000_000_001, "Một tỷ không trăm linh một"),
        (50_000_000_021, "Năm mươi tỷ không trăm hai mươi mốt"),
        (1_000_000_000_000, "Một nghìn tỷ"),
        (3_005_000_000_000, "Ba nghìn không trăm linh năm tỷ"),
        (1_000_000_000_000_000_000, "Một tỷ tỷ"),
    ],
)
def test_in_words(amount: int, words: str) -> None:
    assert in_words(amount) == f"{words} đồng"


def test_no_negative_money() -> None:
    with pytest.raises(ValueError):
        in_words(-1)


ONES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4,
    "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
UNITS = {"nghìn": 1_000, "triệu": 1_000_000}


def heard(words: str) -> int:
    """The number that a listener writes down: figures gather in a group, a unit closes it, "tỷ" closes all before."""
    total = below = group = figure = 0
    for word in words.lower().removesuffix(" đồng").split():
        if word in ONES:
            figure = ONES[word]
        elif word == "mười":
            group, figure = group + 10, 0
        elif word == "mươi":
            group, figure = group + figure * 10, 0
        elif word == "trăm":
            group, figure = group + figure * 100, 0
        elif word in UNITS:
            below, group, figure = below + (group + figure) * UNITS[word], 0, 0
        elif word == "tỷ":
            total, below, group, figure = total + (below + group + figure) * 10**9, 0, 0, 0
        else:
            assert word == "linh"
    return total + below + group + figure


@given(st.integers(0, 10**15))
def test_words_are_heard_as_the_same_number(amount: int) -> None:
    assert heard(in_words(amount)) == amount


@given(st.integers(0, 999_999))
def test_words_of_everyday_amounts_keep_the_spoken_forms(amount: int) -> None:
    words = in_words(amount).lower()
    for wrong in (
        "mươi một",
        "mươi năm",
        "mươi bốn",
        "mười năm",
        "mười tư",
        "linh lăm",
        "linh tư",
        "linh mốt",
        "mười mươi",
    ):
        assert wrong not in words, words
