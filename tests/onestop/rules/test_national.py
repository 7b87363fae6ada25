"""The national catalogue is read with its noise: a small file that holds every kind of it, and the real one."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.rules.errors import RuleBroken
from onestop.rules.national import read_file, read_line, unpacked
from onestop.rules.procedure import (
    Channel,
    Component,
    FeeBasis,
    FeeKind,
    Limit,
    Procedure,
    Unit,
    from_plain,
    to_plain,
)
from onestop.texts import SENTENCES, message
from tests.helpers.national import SAMPLE, real_file

PHI, LE_PHI = FeeKind.PHI, FeeKind.LE_PHI


def read(content: bytes | Iterator[bytes]) -> tuple[dict[str, Procedure], dict[int, RuleBroken]]:
    found = list(read_file(content))
    read_well = {each.code: each for _, each in found if isinstance(each, Procedure)}
    return read_well, {line: each for line, each in found if isinstance(each, RuleBroken)}


@pytest.fixture(scope="module")
def sample() -> dict[str, Procedure]:
    return read(SAMPLE.read_bytes())[0]


def line(**facts: Any) -> dict[str, Any]:
    return {"code": "1.000001", "name": "Thủ tục mẫu", **facts}


def components(procedure: Procedure, case: int = 0) -> tuple[Component, ...]:
    return procedure.cases[case].components


# -- the small file


def test_nothing_is_lost_without_a_reason() -> None:
    well, broken = read(SAMPLE.read_bytes())
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    assert len(well) + len(broken) == sum(bool(each.strip()) for each in lines) == 33
    assert {number: each.code for number, each in broken.items()} == {
        28: "catalogue.no-code",
        29: "catalogue.bad-line",
        30: "catalogue.bad-code",
        31: "catalogue.bad-field",
        32: "catalogue.no-name",
        33: "catalogue.repeated-code",
        34: "catalogue.bad-line",
    }
    for number, each in broken.items():
        assert each.details["line"] == number
        assert "{" not in message(each.code, each.details)


def test_every_procedure_comes_back_from_its_json_form(sample: dict[str, Procedure]) -> None:
    for procedure in sample.values():
        assert from_plain(json.loads(json.dumps(to_plain(procedure)))) == procedure


def test_unit_missing_number_kept_nothing_guessed(sample: dict[str, Procedure]) -> None:
    assert sample["1.001193"].limit == Limit(1, None)
    assert {terms.limit for terms in sample["1.001193"].channels} == {Limit(1, None)}


def test_limits_differ_by_channel(sample: dict[str, Procedure]) -> None:
    limits = {terms.channel: terms.limit for terms in sample["1.013225"].channels}
    assert limits[Channel.DIRECT] == Limit(15, Unit.DAY)
    assert limits[Channel.ONLINE] == limits[Channel.POSTAL] == Limit(20, Unit.DAY)
    assert sample["1.013225"].limit == Limit()


def test_one_channel_twice_leaves_the_limit_open_and_tells_both(sample: dict[str, Procedure]) -> None:
    (terms,) = sample["1.010041"].channels
    assert terms.limit is not None
    assert (terms.limit.number, terms.limit.unit) == (None, None)
    assert terms.limit.rule.startswith("1 ngày làm việc: Trong thời hạn 01 ngày làm việc")
    assert "| 3 ngày làm việc:" in terms.limit.rule
    assert "limit" in sample["1.010041"].unconfirmed


def test_hours_and_months(sample: dict[str, Procedure]) -> None:
    limits = {terms.channel: terms.limit for terms in sample["9.000011"].channels}
    assert limits[Channel.DIRECT] == Limit(2, Unit.HOUR, "Trong 02 giờ.")
    assert limits[Channel.ONLINE] == Limit(4, Unit.MONTH)


@pytest.mark.parametrize("code", ["9.000001", "9.000002"])
def test_a_limit_that_ran_into_the_fee_is_known_neither_way(sample: dict[str, Procedure], code: str) -> None:
    procedure = sample[code]
    assert {fee.amount for fee in procedure.fees} == {None}
    for terms in procedure.channels:
        assert terms.limit is not None
        assert (terms.limit.number, terms.limit.unit) == (None, None)
        assert "dính với mức phí" in terms.limit.rule
    assert {"limit", "fees"} <= set(procedure.unconfirmed)


def test_no_channels_no_cases_is_still_a_procedure(sample: dict[str, Procedure]) -> None:
    empty = sample["9.000010"]
    assert (empty.channels, empty.limit, empty.results) == ((), Limit(), ())
    assert [case.components for case in empty.cases] == [()]
    assert [fee.amount for fee in empty.fees] == [None]


@pytest.mark.parametrize(
    ("code", "kind", "amount", "set_by"),
    [
        ("1.001193", LE_PHI, 0, ""),
        ("1.000656", LE_PHI, None, "HĐND cấp tỉnh"),
        ("1.013225", LE_PHI, None, "HĐND cấp tỉnh"),
        ("1.001612", LE_PHI, None, "HĐND cấp tỉnh"),
        ("1.013978", LE_PHI, None, ""),
        ("2.002640", LE_PHI, 0, ""),
        ("9.000014", LE_PHI, 0, ""),
        ("2.000635", PHI, 8_000, ""),
        ("2.001263", LE_PHI, 400_000, ""),
        ("9.000003", LE_PHI, None, ""),
        ("9.000004", LE_PHI, None, ""),
        ("9.000007", LE_PHI, None, ""),
    ],
)
def test_free_priced_and_unknown(
    sample: dict[str, Procedure], code: str, kind: FeeKind, amount: int | None, set_by: str
) -> None:
    (fee,) = sample[code].fees
    assert (fee.kind, fee.amount, fee.set_by, fee.channels) == (kind, amount, set_by, ())


def test_free_beside_an_amount_or_a_committee_is_unknown(sample: dict[str, Procedure]) -> None:
    fees = {fee.channels: fee for fee in sample["9.000015"].fees}
    assert fees[Channel.DIRECT,].amount is None
    assert (fees[Channel.POSTAL,].amount, fees[Channel.POSTAL,].set_by) == (None, "UBND cấp tỉnh")


def test_what_the_catalogue_wrote_stays_readable(sample: dict[str, Procedure]) -> None:
    assert sample["9.000003"].fees[0].note == "Danh mục ghi “40 Việt Nam Đồng”. 40.000đ/giấy thông hành"
    assert sample["9.000004"].fees[0].note.startswith("145 USD Thẻ tạm trú")
    assert sample["1.001612"].fees[0].note.startswith("Danh mục ghi 150.000 đ. - Mức lệ phí cụ thể do Hội đồng")


def test_phi_and_le_phi_in_one_row_are_two_fees(sample: dict[str, Procedure]) -> None:
    assert [(fee.kind, fee.amount) for fee in sample["9.000005"].fees] == [(PHI, 800_000), (LE_PHI, 100_000)]


def test_several_amounts_for_one_channel_are_not_added_up(sample: dict[str, Procedure]) -> None:
    fees = {fee.channels: fee for fee in sample["9.000013"].fees}
    assert fees[Channel.DIRECT,].amount is None
    assert "50.000 đ Lệ phí cấp mới | 70.000 đ Lệ phí cấp lại" in fees[Channel.DIRECT,].note
    assert fees[Channel.POSTAL,].amount == 50_000
    assert "fees" in sample["9.000013"].unconfirmed


def test_the_tariff_of_certified_copies_and_no_dollars_beside_it(sample: dict[str, Procedure]) -> None:
    (fee,) = sample["2.000815"].fees
    assert (fee.kind, fee.amount, fee.basis) == (PHI, 2_000, FeeBasis.CERTIFIED_PAGES)
    assert (fee.tiers, fee.cap) == (((1, 2_000), (3, 1_000)), 200_000)


def test_the_rule_is_the_note_behind_the_brackets(sample: dict[str, Procedure]) -> None:
    terms = sample["2.001263"].terms(Channel.DIRECT)
    assert terms is not None
    assert terms.limit is not None
    assert terms.limit.rule == "Cách thức thực hiện: Người nhận con nuôi lựa chọn nộp hồ sơ"
    assert sample["2.001263"].fees[0].note.endswith("con riêng (của vợ hoặc chồng).")


def test_advice_is_guidance_and_not_a_paper(sample: dict[str, Procedure]) -> None:
    case = sample["9.000007"].cases[0]
    assert [each.name for each in case.components] == ["Văn bản đề nghị"]
    assert case.guidance == (
        "Số lượng hồ sơ: 02 (hai) bộ",
        "Lưu ý: Trường hợp nộp trực tiếp thì xuất trình bản chính",
        "Giấy tờ không ghi số bản",
    )
    assert sample["9.000007"].sets == 2
    assert len(sample["1.001193"].cases[0].guidance) == 2


def test_a_paper_for_some_cases_is_not_required_of_all(sample: dict[str, Procedure]) -> None:
    assert [(each.required, each.when) for each in components(sample["1.001193"])] == [
        (False, "Trường hợp trẻ em bị bỏ rơi"),
        (True, ""),
        (True, ""),
        (False, "trường hợp cơ quan đăng ký hộ tịch không thể khai thác được thông tin"),
    ]
    assert [(each.required, each.when) for each in components(sample["9.000007"], 1)] == [
        (False, "Đối với Quân đội nhân dân"),
        (False, "trường hợp giấy phép bị mất"),
        (True, ""),
    ]
    assert [(each.required, each.certified, each.copies) for each in components(sample["1.013978"])] == [
        (False, 0, 1),
        (True, 1, 0),
    ]


def test_identity_papers_come_from_the_database(sample: dict[str, Procedure]) -> None:
    assert [each.from_database for each in components(sample["1.001193"])] == [False, False, True, True]


def test_numbers_that_ran_into_the_counts(sample: dict[str, Procedure]) -> None:
    assert [(each.name[-15:], each.originals, each.copies) for each in components(sample["9.000006"])] == [
        ("ngày 13/02/2026", 1, 0),
        (" theo Mẫu số 18", 1, 1),
        ("ất đai năm 2024", 0, 1),
        ("p luật Việt Nam", 1, 1),
    ]
    assert "components" in sample["9.000006"].unconfirmed


def test_names_cut_in_the_middle_of_a_word_are_mended_and_others_left(sample: dict[str, Procedure]) -> None:
    assert [(each.name, each.form) for each in components(sample["9.000012"])] == [
        ("Văn bản đề nghị điều chỉnh dự án đầu tư", "Mẫu I.1.8.docx"),
        ("Giấy đề nghị cấp lại giấy phép theo mẫu", "TK 1.001023 (all).docx"),
        (
            "Phiếu đề nghị (Mẫu DC02 ban hành kèm theo Thông tư số 17/2024/TT-BCA của Bộ Công an)",
            "Mẫu DC02 Phiếu.doc",
        ),
        ("Đơn đề nghị theo mẫu quy định", "văn bản đề nghị.docx"),
        ("Đơn đề nghị theo mẫu", "25 (1).docx"),
        ("Ảnh 4x6 của người đề nghị", "ảnh mẫu.docx"),
    ]
    assert components(sample["1.010041"])[0].name.endswith("(Mẫu CT01 ban hành kèm theo Thông tư số 53/2025/TT-BCA)")


def test_letters_that_nobody_sees_are_gone(sample: dict[str, Procedure]) -> None:
    assert sample["9.000011"].name == "Công bố Danh mục thuộc thẩm quyền giải quyết"
    assert [each.name for each in components(sample["9.000011"])] == ["Đơn theo mẫu", "Giấy đề nghị của tổ chức"]


def test_keys_are_words_numbered_where_they_repeat(sample: dict[str, Procedure]) -> None:
    assert [each.key for each in components(sample["1.013225"], 1)] == [
        "don-de-nghi-cap-giay-phep-xay",
        "giay-chung-nhan-quyen-su-dung-dat",
        "giay-chung-nhan-quyen-su-dung-dat-2",
    ]
    assert [case.key for case in sample["2.001263"].cases] == [
        "ho-so-cua-nguoi-nhan-con-nuoi",
        "ho-so-cua-nguoi-nhan-con-nuoi-2",
    ]
    assert sample["1.001193"].cases[0].key == ""


def test_codes_inside_the_names_of_results(sample: dict[str, Procedure]) -> None:
    assert [(each.name, each.code, each.refusal) for each in sample["9.000008"].results] == [
        ("Quyết định giải quyết khiếu nại lần 1, lần 2", "KQ.G01.00262", False),
        ("Chứng chỉ kiểm toán viên (nếu đạt kết quả thi)", "KQ-G12.0001676", False),
        ("Thông báo kết quả thi", "KQ-G12.0001675", False),
        ("Bản sao giao dịch được chứng thực", "", False),
        ("Công văn từ chối", "000.00.00.G12-KQ002223", True),
        ("Giấy chứng nhận chào bán", "KQ.G12.001202", False),
    ]


def test_refusals_are_marked_and_nothing_else(sample: dict[str, Procedure]) -> None:
    assert [each.refusal for each in sample["9.000009"].results] == [True, True, False, False, False, False]
    assert [each.refusal for each in sample["1.010041"].results] == [True, False]
    assert sample["1.013225"].results[0].name == "Giấy phép xây dựng kèm theo hồ sơ thiết kế"


def test_levels_applicants_acts_and_ministry(sample: dict[str, Procedure]) -> None:
    assert sample["2.000815"].agency_levels == ("ward", "other")
    assert sample["1.010041"].applicants == ("Hợp tác xã", "Cán bộ, công chức, viên chức")
    assert sample["1.010041"].legal_basis == ("68/2020/QH14", "53/2025/TT-BCA")
    assert sample["1.010041"].ministry == "Bộ Công an"


def test_the_local_ending_of_a_code_is_left_off(sample: dict[str, Procedure]) -> None:
    assert "1.000948" in sample


# -- files


def test_gzip_is_known_by_its_content_and_may_come_in_pieces() -> None:
    plain = SAMPLE.read_bytes()
    packed = gzip.compress(plain[:5_000], mtime=0) + gzip.compress(plain[5_000:])
    expected = read(plain)[0]
    assert read(packed)[0] == expected
    assert read(iter([packed[n : n + 97] for n in range(0, len(packed), 97)]))[0] == expected
    assert read(iter([plain[n : n + 1_000] for n in range(0, len(plain), 1_000)]))[0] == expected
    assert unpacked(packed) == plain


def test_a_file_that_breaks_off_gives_what_it_had_and_says_so() -> None:
    packed = gzip.compress(SAMPLE.read_bytes() * 40, mtime=0)
    found = list(read_file(packed[: len(packed) // 2]))
    *_, (place, last) = found
    assert isinstance(last, RuleBroken)
    assert (last.code, last.details["reason"]) == ("catalogue.unreadable", "gzip")
    assert place == last.details["line"] > 1
    assert any(isinstance(each, Procedure) for _, each in found)
    with pytest.raises(RuleBroken, match=r"catalogue\.unreadable"):
        unpacked(packed[:-9])


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        (b"", 0, "catalogue.empty-file"),
        (gzip.compress(b"", mtime=0), 0, "catalogue.empty-file"),
        (b"\x1f\x8bnot gzip at all", 1, "catalogue.unreadable"),
        (b"\xff\xfe{\x00}\x00", 1, "catalogue.not-utf8"),
        (b"x" * (5 << 20), 1, "catalogue.unreadable"),
        (b"[" * 100_000, 1, "catalogue.bad-line"),
        (b"null", 1, "catalogue.bad-line"),
    ],
)
def test_what_is_no_catalogue_says_why(content: bytes, line: int, code: str) -> None:
    ((place, fault),) = read_file(content)
    assert isinstance(fault, RuleBroken)
    assert (place, fault.code) == (line, code)
    assert fault.code in SENTENCES


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    content = b"\xef\xbb\xbf" + json.dumps(line()).encode() + b"\r\n\r\n"
    assert [type(each).__name__ for _, each in read_file(content)] == ["Procedure"]


@pytest.mark.parametrize(
    "facts",
    [
        {"code": 1},
        {"name": ["x"]},
        {"levels": "Cấp xã"},
        {"levels": [1]},
        {"channels": {}},
        {"channels": [1]},
        {"channels": [{"channel": "smoke"}]},
        {"channels": [{"channel": "direct", "limit": "3"}]},
        {"channels": [{"channel": "direct", "limit": -1}]},
        {"channels": [{"channel": "direct", "limit": True}]},
        {"channels": [{"channel": "direct", "fee": 5}]},
        {"cases": [{"name": None, "components": "Tờ khai"}]},
        {"cases": [{"name": None, "components": [{"name": "Tờ khai", "originals": 1.5}]}]},
        {"results": ["Giấy khai sinh"]},
        {"legal_basis": [None]},
    ],
)
def test_a_field_of_the_wrong_shape_is_named(facts: dict[str, Any]) -> None:
    with pytest.raises(RuleBroken) as caught:
        read_line(line(**facts))
    assert caught.value.code == "catalogue.bad-field"
    assert caught.value.details["field"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 30_000) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=12,
)
NOISE = """( ) Phí Lệ|phí: Miễn|phí 50.000|đồng /trang VNĐ Mã:|KQ.G01.00262 hoặc từ|chối trường|hợp nếu|có đ Văn|b ản
20261 Mẫu|số .docx Hội|đồng|nhân|dân \u200e""".replace("|", "\u00a0").split()
WORDS = st.lists(st.sampled_from([each.replace("\u00a0", " ") for each in NOISE]), max_size=8).map(" ".join)
FIELDS = ("code", "name", "ministry", "levels", "channels", "cases", "results", "legal_basis", "decision")


def outcome(facts: dict[str, Any]) -> Procedure | RuleBroken:
    try:
        return read_line(line(**facts))
    except RuleBroken as fault:
        return fault


@given(st.dictionaries(st.sampled_from(FIELDS), JSON | WORDS))
def test_any_line_is_read_or_refused(facts: dict[str, Any]) -> None:
    found = outcome(facts)
    if isinstance(found, RuleBroken):
        assert found.code in SENTENCES
    else:
        assert from_plain(to_plain(found)) == found


@given(
    fee=st.none() | WORDS | st.sampled_from(["Miễn phí", "2,000 Việt Nam Đồng", ",000 Việt Nam Đồng", "10 USD"]),
    note=WORDS,
    limit=st.none() | st.integers(0, 2_000),
    unit=st.sampled_from([None, "WORKING_DAY", "HOUR", "FORTNIGHT"]),
    name=WORDS,
    form=st.none() | WORDS,
    counts=st.tuples(st.integers(0, 30_000), st.integers(0, 300)),
)
def test_any_noise_gives_a_sound_procedure(
    fee: str | None,
    note: str,
    limit: int | None,
    unit: str | None,
    name: str,
    form: str | None,
    counts: tuple[int, int],
) -> None:
    paper = {"name": name, "originals": counts[0], "copies": counts[1], "kind": "submit", "form": form}
    row = {"channel": "direct", "limit": limit, "unit": unit, "fee": fee, "note": note}
    procedure = read_line(
        line(channels=[row], cases=[{"name": None, "components": [paper, paper]}], results=[{"name": name}])
    )
    assert procedure.fees
    assert all(each.amount is None or each.amount == 0 or each.amount >= 1_000 for each in procedure.fees)
    assert all(each.originals <= 9 and each.copies <= 9 for each in components(procedure))
    keys = [each.key for each in components(procedure)]
    assert len(set(keys)) == len(keys)
    assert from_plain(to_plain(procedure)) == procedure


# -- the real file


def test_the_real_catalogue_is_read_to_the_last_line(capsys: pytest.CaptureFixture[str]) -> None:
    path = real_file()
    if path is None:
        with capsys.disabled():
            sys.stdout.write(
                "\nno national catalogue here (MOTCUA_NATIONAL_FILE names one): the small file alone was read\n"
            )
        return
    content = path.read_bytes()
    lines = [each for each in unpacked(content).split(b"\n") if each.strip()]
    well, broken = read(content)
    assert not broken
    assert len(well) == len(lines) == 2_642
    raw = {each["code"]: each for each in map(json.loads, lines)}
    for code, procedure in well.items():
        assert from_plain(to_plain(procedure)) == procedure
        assert len(procedure.cases) == max(1, len(raw[code]["cases"]))
        rows = sum(len(case["components"]) for case in raw[code]["cases"])
        told = sum(len(case.components) for case in procedure.cases)
        notes = sum(each["kind"] == "note" for case in raw[code]["cases"] for each in case["components"])
        assert told <= rows - notes
        for row in raw[code]["channels"]:
            council = "hội đồng nhân dân" in (row["note"] or "").lower() and "phí" in (row["note"] or "").lower()
            if row["fee"] == "Miễn phí" and council:
                fees = [fee for fee in procedure.fees if not fee.channels or row["channel"] in fee.channels]
                assert any(fee.amount is None for fee in fees), code
    assert sum(fee.amount == 0 for each in well.values() for fee in each.fees) > 1_000
    assert sum(len(case.components) for each in well.values() for case in each.cases) > 13_000
