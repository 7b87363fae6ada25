"""Which code on a picture is the citizen's, and how the others are called."""

from __future__ import annotations

from datetime import date

import pytest

from onestop.rules import separators
from onestop.rules.card_codes import among
from onestop.rules.errors import RuleBroken
from onestop.rules.separators import Separator
from onestop.texts import message

TODAY = date(2026, 11, 23)
CARD = "038090000011|171000011|Nguyễn Văn Mẫu|05031990|Nam|Thôn 1, Xã Mẫu|20052021"
VNEID = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
SEPARATOR = separators.write("0123456789abcdef", Separator("N", "draft", "to-khai"))


def test_the_card_is_found_among_other_codes() -> None:
    assert among(["https://dichvucong.gov.vn", SEPARATOR, CARD], TODAY) == CARD


def test_a_slip_of_ours_goes_the_same_way() -> None:
    assert among(["P-174-2KC-PH3"], TODAY) == "P-174-2KC-PH3"


@pytest.mark.parametrize(
    ("text", "code", "what"),
    [
        (VNEID, "card.vneid-code", None),
        (SEPARATOR, "card.other-document", "separator"),
        ("H99.14-261123-0007", "card.other-document", "receipt"),
        ("https://dichvucong.gov.vn/tra-cuu", "card.other-document", "web"),
        (CARD[:40], "card.truncated", None),
        ("Tờ khai 12", "card.not-a-card", None),
    ],
)
def test_another_code_is_named(text: str, code: str, what: str | None) -> None:
    with pytest.raises(RuleBroken) as broken:
        among([text], TODAY)
    assert (broken.value.code, broken.value.details.get("what")) == (code, what)
    assert message(code, broken.value.details) != code


def test_the_one_that_can_be_named_goes_before_one_that_says_nothing() -> None:
    with pytest.raises(RuleBroken) as broken:
        among(["Tờ khai 12", VNEID], TODAY)
    assert broken.value.code == "card.vneid-code"


def test_no_code_at_all() -> None:
    with pytest.raises(RuleBroken) as broken:
        among([], TODAY)
    assert broken.value.code == "card.no-code"
