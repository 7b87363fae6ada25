"""How dates, money, counts and limits are written on paper (NĐ 30/2020/NĐ-CP, appendix I). Always Vietnamese."""

from __future__ import annotations

from datetime import date, datetime

from onestop.clock import local
from onestop.rules.fees import NO_AMOUNT
from onestop.rules.procedure import Limit, Unit

_UNITS = {
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.DAY: "ngày",
    Unit.MONTH: "tháng",
    Unit.HOUR: "giờ làm việc",
}

DOTS = "…………………"
"""Room to write by hand."""

DAY_BY_HAND = "ngày\u00a0…… tháng\u00a0…… năm\u00a020……"
"""A date that the pen writes."""


def two_digits(number: int) -> str:
    """1 → "01", as numbers under ten stand in letters."""
    return f"{number:02d}"


def day(when: date) -> str:
    """ "ngày 05 tháng 01 năm 2026": a zero before days under 10 and before the months 1 and 2 only."""
    month = f"{when.month:02d}" if when.month <= 2 else str(when.month)
    return f"ngày\u00a0{when.day:02d} tháng\u00a0{month} năm\u00a0{when.year}"


def short_day(when: date | str | None) -> str:
    """ "23/11/2026", for a column; of text that is no ISO date, the text; "" for nothing."""
    if not when:
        return ""
    if isinstance(when, str):
        try:
            when = date.fromisoformat(when)
        except ValueError:
            return str(when)
    return f"{when:%d/%m/%Y}"


def born(when: str) -> str:
    """A birth date that may be a year, or a month and a year: "1990-02" → "02/1990"; "" for nothing."""
    return "/".join(reversed(when.split("-"))) if when else ""


def hour_and_day(moment: datetime) -> str:
    """ "09 giờ 05 phút, ngày 23 tháng 11 năm 2026", on a Vietnamese clock."""
    civil = local(moment)
    return f"{civil.hour:02d}\u00a0giờ {civil.minute:02d}\u00a0phút, {day(civil.date())}"


def short_moment(moment: datetime | None) -> str:
    """ "17:00 27/11/2026", for a column; "" for nothing."""
    return f"{local(moment):%H:%M %d/%m/%Y}" if moment is not None else ""


def money(amount: int | None) -> str:
    """36000 → "36.000 đồng"; None → "chưa có mức thu"."""
    if amount is None:
        return NO_AMOUNT
    return f"{amount:,}".replace(",", ".") + "\u00a0đồng"


def limit(limit: Limit) -> str:
    """ "03 ngày làm việc"; the words of the rule where it is not a plain number of a unit."""
    if limit.unit is Unit.SAME_DAY:
        return limit.rule or "trong ngày làm việc"
    if limit.unit is Unit.NOTICE:
        return limit.rule or "theo thông báo của cơ quan giải quyết hồ sơ"
    if limit.unit is None or limit.number is None:
        return limit.rule or "chưa xác định"
    return f"{limit.number:02d}\u00a0{_UNITS[limit.unit]}"
