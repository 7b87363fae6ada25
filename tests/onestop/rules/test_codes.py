"""Dossier codes of every style in use, temporary codes, stripes, and codes of procedures."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.clock import new_id
from onestop.rules.codes import (
    GREATEST_ORDER,
    STRIPE,
    DayStyle,
    DossierCode,
    ProcedureCode,
    compose,
    compose_temporary,
    external,
    next_order,
    normalise,
    owned_stripes,
    owns,
    procedure_key,
    read,
    read_procedure,
    read_temporary,
    search_key,
    stripe_of,
    stripe_range,
)
from onestop.rules.errors import RuleBroken

DAY = date(2026, 11, 23)

STYLES = [
    ("000.17.22.H56-210531-0001", "000.17.22.H56", "210531", 1),
    ("H56.14-240823-0001", "H56.14", "240823", 1),
    ("G22.99-251225-020175", "G22.99", "251225", 20_175),
    ("G09.20-20260609-0092637", "G09.20", "20260609", 92_637),
    ("H44.100-261123-0201", "H44.100", "261123", 201),
]


@pytest.mark.parametrize(("text", "prefix", "day", "order"), STYLES)
def test_every_style_in_use(text: str, prefix: str, day: str, order: int) -> None:
    expected = DossierCode(text, prefix, day, order)
    for written in (
        text,
        text.lower(),
        f"  {text}\r\n",
        text.replace("-", "–"),
        text.replace("-", "—"),
        text.replace("-", " - "),
        text.replace("-", "\u2011"),
        text.replace("-", "\u00ad"),
        text.replace("-", " "),
        text.replace(".", " . "),
        "\ufeff" + text,
        "".join(chr(ord(sign) + 0xFEE0) for sign in text),
    ):
        assert read(written) == expected, written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H56.14",
        "H56.14-240823",
        "H56.14-240823-001",
        "H56.14-240823-00000001",
        "H56.14-24082-0001",
        "H56..14-240823-0001",
        ".H56-240823-0001",
        "-240823-0001",
        "H56.14-240823-000A",
        "H56.14-240823-0001-2",
        "Đ56.14-240823-0001",
        "H56.14-٢٤٠٨٢٣-٠٠٠١",
        "T-A1-261123-0001",
        "1.001193.000.00.00.H56",
    ],
)
def test_what_is_no_dossier_code(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("order", "width", "style", "text"),
    [
        (1, 4, DayStyle.SHORT, "H56.14-261123-0001"),
        (141, 4, "yymmdd", "H56.14-261123-0141"),
        (12_345, 4, DayStyle.SHORT, "H56.14-261123-12345"),
        (1, 6, DayStyle.SHORT, "H56.14-261123-000001"),
        (92_637, 7, DayStyle.LONG, "H56.14-20261123-0092637"),
        (1, 4, "yyyymmdd", "H56.14-20261123-0001"),
    ],
)
def test_compose(order: int, width: int, style: str, text: str) -> None:
    assert compose("H56.14", DAY, order, width, style) == text
    assert compose(" h56.14", DAY, order, width=width, style=style) == text


@pytest.mark.parametrize(
    ("prefix", "order", "code"),
    [
        ("", 1, "code.prefix-bad"),
        ("H56-14", 1, "code.prefix-bad"),
        ("H56..14", 1, "code.prefix-bad"),
        ("Hà Nội", 1, "code.prefix-bad"),
        ("H56.14", 0, "code.order-out-of-range"),
        ("H56.14", GREATEST_ORDER + 1, "code.order-out-of-range"),
    ],
)
def test_what_cannot_be_composed(prefix: str, order: int, code: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        compose(prefix, DAY, order)
    assert caught.value.code == code


@pytest.mark.parametrize(("width", "style"), [(3, "yymmdd"), (8, "yymmdd"), (4, "ddmmyy")])
def test_a_style_that_is_not_offered(width: int, style: str) -> None:
    with pytest.raises(ValueError):
        compose("H56.14", DAY, 1, width, style)


@given(
    prefix=st.from_regex(r"[A-Z0-9]{1,4}(\.[A-Z0-9]{1,4}){0,3}", fullmatch=True),
    day=st.dates(date(2018, 1, 1), date(2099, 12, 31)),
    order=st.integers(1, GREATEST_ORDER),
    width=st.integers(4, 7),
    style=st.sampled_from(DayStyle),
)
def test_what_is_composed_reads_back(prefix: str, day: date, order: int, width: int, style: DayStyle) -> None:
    text = compose(prefix, day, order, width, style)
    found = read(text.lower())
    assert found is not None
    assert (found.text, found.prefix, found.order) == (text, prefix, order)
    assert read_temporary(text) is None


# -- temporary and external codes


@pytest.mark.parametrize(
    ("device", "text"), [("A1", "T-A1-261123-0007"), ("quầy 2", "T-QUY2-261123-0007"), ("q-3", "T-Q3-261123-0007")]
)
def test_temporary(device: str, text: str) -> None:
    assert compose_temporary(device, DAY, 7) == text
    for written in (text, text.lower(), f"Mã tạm: {text}", f"ma tam {text}", text.replace("-", " – ")):
        found = read_temporary(written)
        assert found is not None, written
        assert (found.text, found.day_text, found.order) == (text, "261123", 7)


def test_a_device_without_a_letter_or_digit() -> None:
    with pytest.raises(RuleBroken) as caught:
        compose_temporary("--", DAY, 1)
    assert caught.value.code == "code.device-bad"


def test_temporary_codes_of_two_devices_differ() -> None:
    devices = {new_id() for _ in range(50)}
    assert len({compose_temporary(device, DAY, 1) for device in devices}) == 50


@given(
    device=st.one_of(st.uuids().map(str), st.from_regex(r"[A-Z0-9]{1,8}", fullmatch=True)), order=st.integers(1, 9_999)
)
def test_a_temporary_code_is_never_an_official_one(device: str, order: int) -> None:
    text = compose_temporary(device, DAY, order)
    assert read(text) is None
    assert read(text.replace("-", " ")) is None
    found = read_temporary(text)
    assert found is not None
    assert found.order == order


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (" g22.99–251225–020175 ", "G22.99-251225-020175"),
        ("H56.14.1234-261123-01234", "H56.14.1234-261123-01234"),
        ("HS/2026/000123", "HS/2026/000123"),
    ],
)
def test_an_external_code_is_kept_as_given(text: str, kept: str) -> None:
    assert external(text) == kept


@pytest.mark.parametrize("text", ["", "  ", "12", "không có", "9" * 65, "T-A1-261123-0001"])
def test_what_is_no_external_code(text: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        external(text)
    assert caught.value.code == "code.external-bad"


def test_search_key_survives_a_bank() -> None:
    assert search_key("H56.14 261123 0001") == search_key("h56.14-261123-0001") == "H56142611230001"


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert search_key(normalise(text)) == search_key(text)


# -- stripes


def test_stripes_cut_the_day_without_gap() -> None:
    assert [stripe_range(stripe) for stripe in (1, 2, 3)] == [(1, 200), (201, 400), (401, 600)]
    assert [stripe_of(order) for order in (1, 200, 201, 400, 401)] == [1, 1, 2, 2, 3]
    last = stripe_of(GREATEST_ORDER)
    assert stripe_range(last)[1] == GREATEST_ORDER


@pytest.mark.parametrize(
    ("counter", "counters", "stripes"),
    [(1, 1, [1, 2, 3, 4]), (1, 3, [1, 4, 7, 10]), (2, 3, [2, 5, 8, 11]), (3, 3, [3, 6, 9, 12]), (2, 2, [2, 4, 6, 8])],
)
def test_owned_stripes(counter: int, counters: int, stripes: list[int]) -> None:
    assert list(itertools.islice(owned_stripes(counter, counters), 4)) == stripes


@pytest.mark.parametrize(("counter", "counters"), [(0, 3), (4, 3), (-1, 3), (1, 0)])
def test_a_counter_that_does_not_exist(counter: int, counters: int) -> None:
    for ask in (owned_stripes, lambda k, n: owns(1, k, n), lambda k, n: next_order(0, k, n)):
        with pytest.raises(RuleBroken) as caught:
            ask(counter, counters)
        assert caught.value.code == "counter.out-of-range"


@given(counters=st.integers(1, 12), order=st.integers(1, 20_000))
def test_every_order_belongs_to_one_counter(counters: int, order: int) -> None:
    assert sum(owns(order, counter, counters) for counter in range(1, counters + 1)) == 1


@given(counters=st.integers(1, 12), counter=st.integers(1, 12), start=st.integers(0, 5_000))
def test_numbering_goes_up_through_the_own_stripes_and_leaves_nothing_out(
    counters: int, counter: int, start: int
) -> None:
    counter = min(counter, counters)
    given_orders, last = [], start
    for _ in range(2 * STRIPE + 5):
        last = next_order(last, counter, counters)
        given_orders.append(last)
    own = (order for order in itertools.count(start + 1) if owns(order, counter, counters))
    assert given_orders == list(itertools.islice(own, len(given_orders)))


def test_the_day_ends_with_seven_digits() -> None:
    assert next_order(GREATEST_ORDER - 1, 1, 1) == GREATEST_ORDER
    with pytest.raises(RuleBroken) as caught:
        next_order(GREATEST_ORDER, 1, 1)
    assert caught.value.code == "code.order-out-of-range"


@pytest.mark.parametrize("number", [0, -1])
def test_there_is_no_order_or_stripe_zero(number: int) -> None:
    with pytest.raises(ValueError):
        stripe_of(number)
    with pytest.raises(ValueError):
        stripe_range(number)


# -- procedures


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.001193", ProcedureCode("1.001193", "")),
        (" 1.001193 ", ProcedureCode("1.001193", "")),
        ("1.001193.000.00.00.H56", ProcedureCode("1.001193", "1.001193.000.00.00.H56")),
        ("1.000948.h38", ProcedureCode("1.000948", "1.000948.H38")),
        ("3.000123", ProcedureCode("3.000123", "")),
        ("1.00119", None),
        ("1.0011934", None),
        ("khai sinh", None),
        ("", None),
    ],
)
def test_procedure_codes(text: str, code: ProcedureCode | None) -> None:
    assert read_procedure(text) == code
    assert procedure_key(text) == (code.national if code else None)
