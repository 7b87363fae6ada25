"""How a result reaches the citizen, as rules: the next box, calls, originals, tracking numbers, what a file may say."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from onestop.clock import VIETNAM
from onestop.rules import delivery
from onestop.rules.delivery import CallForm, KeepForm, Original, PostForm, called, next_shelf, read_form
from onestop.rules.errors import RuleBroken

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("last", "following"),
    [("ô 3 / kệ B", "ô 4 / kệ B"), ("09", "10"), ("B-099", "B-100"), ("tủ sắt", "tủ sắt"), ("", "")],
)
def test_the_next_box(last: str, following: str) -> None:
    assert next_shelf(last) == following


def test_calls_come_to_something() -> None:
    assert called(None) == delivery.Called()
    missed, reached = {"outcome": "no-answer"}, {"outcome": "reached"}
    assert called([missed, missed]) == delivery.Called(2, told=False, last="no-answer")
    assert called([reached, missed]).told, "he knows, whoever did not pick up later"


def test_originals_are_a_list_by_name() -> None:
    kept = delivery.with_kept((), (Original("Giấy khai sinh", 2), Original("Sổ hộ khẩu")), NOW)
    assert kept == [
        {"name": "Giấy khai sinh", "count": 2, "since": "2026-11-27"},
        {"name": "Sổ hộ khẩu", "count": 1, "since": "2026-11-27"},
    ]
    again = delivery.with_kept(kept, (Original("giấy khai sinh", 1),), NOW.replace(day=28))
    assert again[0] == {"name": "Giấy khai sinh", "count": 1, "since": "2026-11-27"}
    assert [each["name"] for each in delivery.without(kept, ("so ho khau",))] == ["Giấy khai sinh"]
    assert delivery.without(kept, ()) == []


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: delivery.with_kept((), (), NOW), "delivery.originals-missing"),
        (lambda: delivery.with_kept((), (Original(" "),), NOW), "delivery.originals-missing"),
        (lambda: delivery.with_kept((), (Original("Sổ", 0),), NOW), "delivery.original-count"),
        (lambda: delivery.without((), ()), "delivery.no-originals"),
        (lambda: delivery.without(({"name": "Sổ"},), ("Thẻ",)), "delivery.original-unknown"),
        (lambda: delivery.checked_call(CallForm("x", "fax", "reached")), "delivery.call-way"),
        (lambda: delivery.checked_call(CallForm("x", "phone", "")), "delivery.call-outcome"),
        (lambda: delivery.checked_tracking(("EM1", "EM2"), 1), "delivery.tracking-count"),
        (lambda: delivery.checked_tracking(("EM1", "em 1"), 2), "delivery.tracking-twice"),
        (lambda: delivery.checked("x" * 81, "shelf"), "delivery.too-long"),
        (lambda: delivery.checked("  ", "carrier", "delivery.carrier"), "delivery.carrier"),
        (lambda: read_form("x", "post", {"tracking": 3}), "form.wrong-type"),
        (lambda: read_form("x", "keep-originals", {"originals": [{"name": "Sổ", "count": "2"}]}), "form.not-a-count"),
        (lambda: read_form("x", "keep-originals", {"originals": [{"tên": "Sổ"}]}), "form.unknown-key"),
        (lambda: read_form("x", "shelve", {"box": "3"}), "form.unknown-key"),
        (lambda: read_form("x", "call", ["phone"]), "form.not-an-object"),
    ],
)
def test_what_is_not_right_is_refused(call: Any, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        call()
    assert refused.value.code == code


def test_a_file_says_what_it_wants() -> None:
    assert read_form("x", "post", {"carrier": " VNPost ", "tracking": "EM1", "with": ["y"]}) == PostForm(
        ("x", "y"), "VNPost", ("EM1",)
    )
    assert read_form("x", "call", {"outcome": "reached"}) == CallForm("x", "phone", "reached")
    wanted = KeepForm("x", (Original("Sổ hộ khẩu"),))
    assert read_form("x", "keep-originals", {"originals": [{"name": "Sổ hộ khẩu"}]}) == wanted
    assert delivery.checked_tracking(("em 1vn",), 3) == ("EM1VN", "", "")
