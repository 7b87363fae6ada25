"""The short code of a slip: read however it is said, never another slip's, never a dossier's."""

from __future__ import annotations

from itertools import combinations

import pytest

from onestop import clock
from onestop.rules import code_search, codes, slips
from onestop.rules.errors import RuleBroken

ID = "019ab2c4-7d10-7abc-8def-0123456789ab"
CODE = slips.compose(1, ID)


def test_the_same_slip_has_the_same_code_and_names_its_counter() -> None:
    assert slips.compose(1, ID) == CODE
    assert slips.compose(2, ID) != CODE
    assert [slips.compose(counter, ID)[2] for counter in (1, 2, 10)] == ["1", "2", "C"]


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        CODE.replace("-", " "),
        CODE.replace("-", ""),
        CODE[2:],
        CODE[2:].replace("-", ""),
        f"  {CODE.replace('-', '–')}\r\n",
        CODE.replace("1", "I").replace("0", "O"),
    ],
)
def test_it_is_read_as_people_write_it(typed: str) -> None:
    assert slips.read(typed) == CODE


def test_one_wrong_sign_and_two_that_changed_places_name_no_slip() -> None:
    for code in (CODE, *(slips.compose(counter, clock.new_id()) for counter in range(1, 30))):
        signs = code[2:].replace("-", "")
        for place, sign in enumerate(signs):
            for other in slips.SIGNS:
                if other != sign:
                    assert slips.read(signs[:place] + other + signs[place + 1 :]) is None
        for one, two in combinations(range(len(signs)), 2):
            if signs[one] != signs[two]:
                changed = list(signs)
                changed[one], changed[two] = changed[two], changed[one]
                assert slips.read("".join(changed)) is None


def test_no_dossier_code_is_a_slip_and_no_slip_a_dossier_code() -> None:
    for counter in range(1, 24):
        code = slips.compose(counter, clock.new_id())
        assert codes.read(code) is None
        assert codes.read_temporary(code) is None
    for code in ("H99.14-261123-0001", "G09.20-20260609-0092637", "T-1A2B3C-261123-0007", "H99-261123-0001"):
        assert slips.read(code) is None
        assert slips.read_scanned(code) is None


def test_only_the_whole_code_is_a_scan() -> None:
    assert slips.read_scanned(CODE + "\r") == CODE
    assert slips.read_scanned(CODE.lower()) == CODE
    for text in (CODE[2:], CODE.replace("-", ""), CODE[:-1], CODE + "|x", ID):
        assert slips.read_scanned(text) is None


def test_a_beginning_is_enough_while_one_types() -> None:
    assert slips.beginning(CODE[:5]) == CODE[:5]
    assert slips.beginning(CODE[:7].lower().replace("-", "")) == CODE[:7]
    assert slips.beginning(CODE) == slips.beginning(CODE[2:]) == CODE
    for text in ("", "P", CODE[:4], "Phương", "Phúc", "Phức Hạnh", "261123", CODE[2:6], "7"):
        assert slips.beginning(text) is None


def test_what_is_typed_for_a_dossier_finds_no_slip_by_chance() -> None:
    assert all(slips.beginning(each) is None for each in code_search.beginnings("261123-7", ("H99.14",), clock.today()))


def test_a_thousand_counters_of_one_morning_give_each_code_once() -> None:
    given = {slips.compose(counter, clock.new_id()) for counter in range(1, 23) for _slip in range(500)}
    assert len(given) == 22 * 500


def test_a_code_of_another_system_may_look_as_it_likes() -> None:
    """Whether there is such a slip is asked where codes are linked; by its looks alone none is turned away."""
    assert codes.external("123-456-789") == "123-456-789"
    with pytest.raises(RuleBroken):
        codes.external("--")
