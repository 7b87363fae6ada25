"""A stack sorts itself by our separators, and by no other code."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.rules import separators
from onestop.rules.separators import DOSSIER, DRAFT, Placed, Separator, Sheet

OFFICE = "01a21dfa-c79c-726b-a788-4c6e77154850"
FORM = Separator(DOSSIER, "01a21dfa-c79c-726b-a788-000000000001", "to-khai")
BIRTH = replace(FORM, component="giay-chung-sinh")
EXTRA = Separator(DRAFT, "01a21dfa-c79c-726b-a788-000000000002", "+Giấy cam đoan: bản 2")
FOREIGN = [
    "",
    "H99.14-261123-0001",
    "038190000012|171000011|Nguyễn Văn Mẫu|05031990|Nam|Thôn 1, Xã Mẫu|20052021",
    "00020101021238540010A00000072701240006970423011001234567890208QRIBFTTA53037045802VN6304F64B",
    "https://example.vn/MCPC1:0:H:a:b:00000000",
    "MCPC2:4c6e77154850:H:a:b:00000000",
    "mcpc1:4c6e77154850:h:a:b:00000000",
]


@pytest.mark.parametrize("separator", [FORM, BIRTH, EXTRA])
def test_what_is_written_is_read_in_the_same_office_only(separator: Separator) -> None:
    text = separators.write(OFFICE, separator)
    assert text.isascii()
    assert separators.read(OFFICE, text) == separator
    assert separators.read(OFFICE, f" {text}\n") == separator
    assert separators.read("01a21dfa-c79c-726b-a788-ffffffffffff", text) is None


@pytest.mark.parametrize("text", FOREIGN)
def test_a_foreign_code_is_never_ours(text: str) -> None:
    assert separators.read(OFFICE, text) is None


@given(place=st.integers(0, 200), sign=st.sampled_from("0123456789ABCDEFabcdef:-"))
def test_a_misread_sign_is_no_other_place(place: int, sign: str) -> None:
    text = separators.write(OFFICE, FORM)
    place %= len(text)
    changed = text[:place] + sign + text[place + 1 :]
    assert separators.read(OFFICE, changed) == (FORM if changed == text else None)


def of(separator: Separator) -> Sheet:
    return Sheet((separators.write(OFFICE, separator),))


def test_a_mixed_stack() -> None:
    stack = [
        Sheet(),  # before any separator
        of(FORM),
        Sheet(blank=True, back=True),
        Sheet(),
        Sheet(("H99.14-261123-0001",)),  # a receipt among the papers
        of(BIRTH),
        Sheet(back=True),  # somebody printed the separator on a used sheet
        Sheet(blank=True),
        Sheet(back=True),
    ]
    assert separators.sort(OFFICE, stack) == (
        Placed(0, None),
        Placed(1, None, separator=True),
        Placed(2, None, separator=True),
        Placed(3, FORM),
        Placed(4, FORM),
        Placed(5, None, separator=True),
        Placed(6, BIRTH),
        Placed(7, BIRTH),
        Placed(8, BIRTH),
    )


def test_a_separator_that_names_nothing_here_leads_to_the_tray() -> None:
    stack = [of(FORM), Sheet(), of(EXTRA), Sheet(), of(FORM), Sheet()]
    placed = separators.sort(OFFICE, stack, known=[FORM])
    assert [each.to for each in placed] == [None, FORM, None, None, None, FORM]


def test_two_separators_on_one_page_settle_nothing() -> None:
    both = Sheet((separators.write(OFFICE, FORM), separators.write(OFFICE, BIRTH)))
    same = Sheet((separators.write(OFFICE, FORM),) * 2)
    assert [each.to for each in separators.sort(OFFICE, [of(FORM), both, Sheet()])] == [None, None, None]
    assert [each.to for each in separators.sort(OFFICE, [same, Sheet()])] == [None, FORM]


@given(
    st.lists(
        st.builds(
            Sheet,
            st.lists(
                st.sampled_from([*FOREIGN, *(separators.write(OFFICE, each) for each in (FORM, BIRTH))]), max_size=3
            ).map(tuple),
            st.booleans(),
            st.booleans(),
        ),
        max_size=30,
    )
)
def test_no_page_is_lost_and_a_separator_is_kept_nowhere(stack: list[Sheet]) -> None:
    placed = separators.sort(OFFICE, stack)
    assert [each.page for each in placed] == list(range(len(stack)))
    for each, sheet in zip(placed, stack, strict=True):
        ours = any(separators.read(OFFICE, code) for code in sheet.codes)
        assert not (ours and each.to)
        if each.separator and not ours:
            assert sheet.blank and sheet.back
