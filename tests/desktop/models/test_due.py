"""Return dates in the words people use."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.models import due
from onestop.clock import VIETNAM


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


NOW = at(23, 15, 12)


@pytest.mark.parametrize(
    ("moment", "text", "tone"),
    [
        (at(23, 16), "hôm nay 16:00", "warning"),
        (at(23, 15, 12), "hôm nay 15:12", "warning"),
        (at(23, 15), "vừa quá hạn", "danger"),
        (at(23, 9, 5), "quá hạn 6 giờ", "danger"),
        (at(22, 17), "quá hạn 1 ngày", "danger"),
        (at(21, 23, 59), "quá hạn 2 ngày", "danger"),
        (at(24, 9, 5), "ngày mai 9:05", "ink"),
        (at(27, 17), "27/11", "ink"),
        (at(4, 17, month=1, year=2027), "04/01/2027", "ink"),
    ],
)
def test_words(moment: datetime, text: str, tone: str) -> None:
    said = due.words(moment, NOW)
    assert (said.text, said.tone) == (text, tone)
    assert bool(said.icon) == (tone != "ink"), "a state is never colour alone"


def test_the_exact_time_is_beside_it() -> None:
    assert due.words(at(27, 17), NOW).exact == "17:00 Thứ Sáu 27/11/2026"
    assert due.words(datetime(2026, 11, 29, 2, 5, tzinfo=UTC), NOW).exact == "9:05 Chủ nhật 29/11/2026"


def test_without_a_date() -> None:
    said = due.words(None, NOW)
    assert (said.text, said.tone) == ("không hẹn ngày", "quiet")


@pytest.mark.parametrize(
    ("finished", "text", "tone"),
    [(at(20, 9), "đã xong", "good"), (at(23, 10), "xong, trễ hạn", "danger")],
)
def test_once_finished_only_late_or_not_counts(finished: datetime, text: str, tone: str) -> None:
    said = due.words(at(21, 17), NOW, finished)
    assert (said.text, said.tone) == (text, tone)
    assert said.icon


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (at(23, 17, 12), "còn 2 giờ"),
        (at(23, 15, 40), "còn 28 phút"),
        (at(26, 15, 12), "còn 3 ngày"),
        (at(23, 15), ""),
    ],
)
def test_what_is_left(moment: datetime, text: str) -> None:
    assert due.left(moment, NOW) == text
