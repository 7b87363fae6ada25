"""Dates, money and limits as NĐ 30/2020 writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from desktop.reports import words
from onestop.rules.procedure import Limit, Unit


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 11, 23), "ngày 23 tháng 11 năm 2026"),
    ],
)
def test_day(when: date, said: str) -> None:
    assert plain(words.day(when)) == said


def test_hour_is_that_of_viet_nam() -> None:
    assert plain(words.hour_and_day(datetime(2026, 11, 22, 17, 5, tzinfo=UTC))) == (
        "00 giờ 05 phút, ngày 23 tháng 11 năm 2026"
    )


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (None, "chưa có mức thu"),
        (0, "0 đồng"),
        (500, "500 đồng"),
        (36_000, "36.000 đồng"),
        (1_234_567, "1.234.567 đồng"),
    ],
)
def test_money(amount: int | None, said: str) -> None:
    assert plain(words.money(amount)) == said


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (Limit(3, Unit.WORKING_DAY), "03 ngày làm việc"),
        (Limit(20, Unit.DAY), "20 ngày"),
        (Limit(1, Unit.MONTH), "01 tháng"),
        (Limit(8, Unit.HOUR), "08 giờ làm việc"),
        (Limit(None, Unit.SAME_DAY), "trong ngày làm việc"),
        (Limit(None, Unit.SAME_DAY, "trong ngày; sau 15 giờ: ngày sau"), "trong ngày; sau 15 giờ: ngày sau"),
        (Limit(None, Unit.NOTICE), "theo thông báo của cơ quan giải quyết hồ sơ"),
        (Limit(), "chưa xác định"),
        (Limit(5, None), "chưa xác định"),
        (Limit(None, None, "theo quy định riêng"), "theo quy định riêng"),
    ],
)
def test_limit(limit: Limit, said: str) -> None:
    assert plain(words.limit(limit)) == said
