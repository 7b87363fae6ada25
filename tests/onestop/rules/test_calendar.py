"""Which days are worked: the shipped table, years without one, the office's hours, arithmetic of office time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.clock import VIETNAM
from onestop.rules.calendar import (
    ORDINARY,
    Calendar,
    DayKind,
    DayOff,
    OfficeHours,
    days_from_plain,
    days_to_plain,
    hours_to_plain,
    read_days,
    read_hours,
)
from onestop.rules.errors import RuleBroken

TABLE = Path(__file__).parents[3] / "resources" / "catalogue" / "holidays.toml"
DAYS = read_days(TABLE.read_text(encoding="utf-8"))
CALENDAR = Calendar(days=DAYS)
SATURDAY_MORNING = OfficeHours().with_day(5, (time(7, 30), time(11, 30)))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def span(first: str, last: str) -> list[date]:
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    return [day + timedelta(days=n) for n in range((end - day).days + 1)]


OFF = [
    # 2024
    ("2024-01-01", "2024-01-01", "Tết Dương lịch"),
    ("2024-02-08", "2024-02-14", "Tết Nguyên đán"),
    ("2024-04-18", "2024-04-18", "Giỗ Tổ Hùng Vương"),
    ("2024-04-29", "2024-04-29", "hoán đổi với thứ Bảy 4/5/2024"),
    ("2024-04-30", "2024-04-30", "Ngày Chiến thắng"),
    ("2024-05-01", "2024-05-01", "Quốc tế Lao động"),
    ("2024-09-02", "2024-09-03", "Quốc khánh"),
    # 2025
    ("2025-01-01", "2025-01-01", "Tết Dương lịch"),
    ("2025-01-27", "2025-02-01", "Tết Nguyên đán"),
    ("2025-04-07", "2025-04-07", "Giỗ Tổ Hùng Vương"),
    ("2025-04-30", "2025-04-30", "Ngày Chiến thắng"),
    ("2025-05-01", "2025-05-01", "Quốc tế Lao động"),
    ("2025-05-02", "2025-05-02", "hoán đổi với thứ Bảy 26/4/2025"),
    ("2025-09-01", "2025-09-02", "Quốc khánh"),
    # 2026
    ("2026-01-01", "2026-01-01", "Tết Dương lịch"),
    ("2026-01-02", "2026-01-02", "hoán đổi với thứ Bảy 10/1/2026"),
    ("2026-02-16", "2026-02-20", "Tết Nguyên đán"),
    ("2026-04-26", "2026-04-26", "Giỗ Tổ Hùng Vương"),
    ("2026-04-27", "2026-04-27", "bù Giỗ Tổ Hùng Vương"),
    ("2026-04-30", "2026-04-30", "Ngày Chiến thắng"),
    ("2026-05-01", "2026-05-01", "Quốc tế Lao động"),
    ("2026-08-31", "2026-08-31", "hoán đổi với thứ Bảy 22/8/2026"),
    ("2026-09-01", "2026-09-02", "Quốc khánh"),
    ("2026-11-24", "2026-11-24", "Ngày Văn hóa Việt Nam"),
    # 2027, computed
    ("2027-01-01", "2027-01-01", "Tết Dương lịch"),
    ("2027-02-04", "2027-02-10", "Tết Nguyên đán"),
    ("2027-04-16", "2027-04-16", "Giỗ Tổ Hùng Vương"),
    ("2027-04-30", "2027-04-30", "Ngày Chiến thắng"),
    ("2027-05-01", "2027-05-01", "Quốc tế Lao động"),
    ("2027-05-03", "2027-05-03", "bù Quốc tế Lao động"),
    ("2027-09-02", "2027-09-03", "Quốc khánh"),
    ("2027-11-24", "2027-11-24", "Ngày Văn hóa Việt Nam"),
]
MAKE_UP = ["2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"]


@pytest.mark.parametrize(("first", "last", "name"), OFF)
def test_days_off(first: str, last: str, name: str) -> None:
    for day in span(first, last):
        assert not CALENDAR.is_working_day(day)
        why = CALENDAR.why_off(day)
        assert why is not None
        assert (why.code, why.details["name"]) == ("day.holiday", name)
        assert CALENDAR.sessions(day) == ()


def test_the_table_holds_nothing_else() -> None:
    listed = {day for first, last, _ in OFF for day in span(first, last)}
    assert {day.date for day in DAYS if day.kind is DayKind.OFF} == listed
    assert sorted(day.date.isoformat() for day in DAYS if day.kind is DayKind.WORK) == MAKE_UP
    assert all(day.source and day.name for day in DAYS)


@pytest.mark.parametrize("text", MAKE_UP)
def test_a_make_up_saturday_is_an_ordinary_day(text: str) -> None:
    day = date.fromisoformat(text)
    assert day.weekday() == 5
    assert CALENDAR.is_working_day(day)
    assert CALENDAR.why_off(day) is None
    assert CALENDAR.sessions(day) == ORDINARY
    assert Calendar(SATURDAY_MORNING, DAYS).sessions(day) == ORDINARY


def test_every_computed_day_is_marked() -> None:
    assert all(day.confirmed for day in DAYS if day.date.year < 2026)
    assert not any(day.confirmed for day in DAYS if day.date.year == 2027)


def test_against_the_holidays_package() -> None:
    """A second opinion on every weekday of the four years; the package misses one swap of 2026 and nothing else."""
    known = holidays.country_holidays("VN", years=range(2024, 2028))
    differ = [
        day for day in span("2024-01-01", "2027-12-31") if known.is_working_day(day) is not CALENDAR.is_working_day(day)
    ]
    assert [str(day) for day in differ] == ["2026-01-02", "2026-01-10"]


def test_an_ordinary_weekend() -> None:
    friday = date(2026, 11, 27)
    assert CALENDAR.is_working_day(friday)
    assert CALENDAR.why_off(friday) is None
    assert [CALENDAR.why_off(friday + timedelta(days=n)).code for n in (1, 2)] == ["day.saturday", "day.sunday"]  # type: ignore[union-attr]
    assert CALENDAR.next_working_day(friday) == date(2026, 11, 30)
    assert CALENDAR.working_day_from(friday) == friday


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2026-11-23", 0, "2026-11-23"),
        ("2026-11-23", 1, "2026-11-25"),
        ("2026-11-23", 3, "2026-11-27"),
        ("2025-12-31", 1, "2026-01-05"),
        ("2026-01-09", 1, "2026-01-10"),
        ("2026-01-09", 2, "2026-01-12"),
        ("2026-02-13", 1, "2026-02-23"),
        ("2026-08-21", 1, "2026-08-22"),
        ("2026-08-28", 1, "2026-09-03"),
    ],
)
def test_add_working_days(start: str, number: int, end: str) -> None:
    assert CALENDAR.add_working_days(date.fromisoformat(start), number) == date.fromisoformat(end)


# -- years that the table does not hold


def test_a_year_without_table_has_weekends_and_fixed_holidays() -> None:
    assert [CALENDAR.covers(year) for year in (2023, 2024, 2025, 2026, 2027, 2028)] == [
        False,
        True,
        True,
        True,
        True,
        False,
    ]
    off_weekdays = [
        f"{day:%d/%m}"
        for day in span("2028-01-01", "2028-12-31")
        if day.weekday() < 5 and not CALENDAR.is_working_day(day)
    ]
    # 1/1 is a Saturday and 2/9 a Saturday: made up on Monday; 30/4 a Sunday with 1/5 behind it: made up on Tuesday.
    assert off_weekdays == ["03/01", "01/05", "02/05", "04/09", "24/11"]
    why = CALENDAR.why_off(date(2028, 5, 2))
    assert why is not None
    assert why.details["name"] == "bù Ngày Chiến thắng"
    assert why.details["confirmed"] is False


def test_the_culture_day_is_not_moved_nor_older_than_2026() -> None:
    assert CALENDAR.why_off(date(2029, 11, 24)).details["name"] == "Ngày Văn hóa Việt Nam"  # type: ignore[union-attr]
    assert CALENDAR.is_working_day(date(2029, 11, 26))
    assert Calendar().is_working_day(date(2025, 11, 24))


def test_one_row_does_not_make_a_year_known() -> None:
    more = DayOff(date(2028, 9, 1), DayKind.OFF, "Quốc khánh")
    calendar = Calendar(days=(*DAYS, more))
    assert not calendar.covers(2028)
    assert not calendar.is_working_day(date(2028, 9, 1))
    assert not calendar.is_working_day(date(2028, 5, 1))


@pytest.mark.parametrize(
    ("text", "kind", "known"),
    [
        ("2028-01-03", DayKind.OFF, False),
        ("2028-01-26", DayKind.OFF, True),
        ("2028-01-29", DayKind.WORK, False),
        ("2028-04-04", DayKind.OFF, False),
    ],
)
def test_a_year_is_known_by_its_tet(text: str, kind: DayKind, known: bool) -> None:
    row = DayOff(date.fromisoformat(text), kind, "Tết Nguyên đán")
    assert Calendar(days=(row,)).covers(2028) is known


def test_a_row_beats_the_fixed_holiday_and_a_later_row_an_earlier_one() -> None:
    fixed = date(2028, 1, 3)
    worked = DayOff(fixed, DayKind.WORK, "làm việc theo thông báo")
    assert not CALENDAR.is_working_day(fixed)
    assert Calendar(days=(*DAYS, worked)).is_working_day(fixed)
    holiday = DayOff(fixed, DayKind.OFF, "nghỉ")
    assert not Calendar(days=(worked, holiday)).is_working_day(fixed)


def test_a_table_that_frees_every_day_is_refused_not_followed_for_ever() -> None:
    start = date(2026, 1, 1)
    table = tuple(DayOff(start + timedelta(days=n), DayKind.OFF, "nghỉ") for n in range(4_000))
    with pytest.raises(RuleBroken) as caught:
        Calendar(days=table).next_working_day(start)
    assert caught.value.code == "calendar.no-working-day"


# -- reading


@pytest.mark.parametrize(
    ("text", "code", "details"),
    [
        ("[[day]\n", "holidays.unreadable", {}),
        ("day = 3", "holidays.unreadable", {}),
        ('[[day]]\nname = "x"', "holidays.bad-row", {"row": 1, "field": "date"}),
        ('[[day]]\ndate = "2026-02-30"\nname = "x"', "holidays.bad-row", {"row": 1, "field": "date"}),
        ('[[day]]\ndate = 2026-02-03T07:00:00\nname = "x"', "holidays.bad-row", {"row": 1, "field": "date"}),
        ("[[day]]\ndate = 2026-02-03", "holidays.bad-row", {"row": 1, "field": "name"}),
        ('[[day]]\ndate = 2026-02-03\nname = "x"\nkind = "maybe"', "holidays.bad-row", {"row": 1, "field": "kind"}),
        ('[[day]]\ndate = 2026-02-03\nname = "x"\nconfirmed = 1', "holidays.bad-row", {"row": 1, "field": "confirmed"}),
        (
            '[[day]]\ndate = 2026-02-03\nname = "x"\n[[day]]\ndate = "2026-02-03"\nname = "y"',
            "holidays.duplicate",
            {"day": "3/2/2026"},
        ),
    ],
)
def test_a_bad_table_says_where(text: str, code: str, details: dict[str, object]) -> None:
    with pytest.raises(RuleBroken) as caught:
        read_days(text)
    assert caught.value.code == code
    assert details.items() <= caught.value.details.items()


def test_a_table_goes_through_plain_values_unchanged() -> None:
    assert days_from_plain(days_to_plain(DAYS)) == DAYS
    assert list(DAYS) == sorted(DAYS, key=lambda day: day.date)


def test_what_is_not_said_to_be_confirmed_is_not() -> None:
    (day,) = days_from_plain([{"date": "2028-01-26", "name": "Tê\u0301t"}])
    assert day == DayOff(date(2028, 1, 26), DayKind.OFF, "Tết", "", confirmed=False)


def test_hours_read_and_written() -> None:
    plain = {"mon": ["7:00-11:30", "13:30–17:00"], "sat": ["07:30-11:30"]}
    hours = read_hours(plain)
    assert hours.sessions[0] == ORDINARY
    assert hours.sessions[5] == ((time(7, 30), time(11, 30)),)
    assert hours.counted == frozenset(range(5))
    assert read_hours(hours_to_plain(hours)) == hours
    assert read_hours(hours_to_plain(OfficeHours())) == OfficeHours()


@pytest.mark.parametrize(
    ("plain", "code"),
    [
        ({}, "hours.none"),
        ({"sat": ["07:00-11:00"]}, "hours.none"),
        ({"mon": ["11:30-07:00"]}, "hours.bad"),
        ({"mon": ["07:00-11:30", "11:00-17:00"]}, "hours.bad"),
        ({"mon": ["sáng"]}, "hours.bad"),
        ({"mon": ["07:00"]}, "hours.bad"),
        ({"mon": [7]}, "hours.bad"),
        ({"mon": ["07:00-25:00"]}, "hours.bad"),
        ({"monday": ["07:00-11:00"]}, "hours.bad"),
        ({"mon": ["07:00-11:00"], "counted": ["t2"]}, "hours.bad"),
    ],
)
def test_bad_hours(plain: dict[str, object], code: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        read_hours(plain)
    assert caught.value.code == code


# -- hours of a day


def test_opening_and_closing() -> None:
    assert CALENDAR.opening(date(2026, 11, 25)) == at("2026-11-25T07:00")
    assert CALENDAR.closing(date(2026, 11, 25)) == at("2026-11-25T17:00")
    with pytest.raises(ValueError):
        CALENDAR.closing(date(2026, 11, 24))


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23T06:59", False),
        ("2026-11-23T07:00", True),
        ("2026-11-23T11:30", False),
        ("2026-11-23T13:30", True),
        ("2026-11-23T16:59", True),
        ("2026-11-23T17:00", False),
        ("2026-11-24T09:00", False),
        ("2026-11-28T09:00", False),
        ("2026-08-22T09:00", True),
    ],
)
def test_is_open(moment: str, is_open: bool) -> None:
    assert CALENDAR.is_open(at(moment)) is is_open
    assert CALENDAR.is_open(at(moment).astimezone(UTC)) is is_open


def test_reception_on_saturday_morning_is_no_working_day() -> None:
    police = Calendar(SATURDAY_MORNING, DAYS)
    saturday = date(2026, 11, 28)
    assert police.is_open(at("2026-11-28T08:00"))
    assert not police.is_working_day(saturday)
    assert police.closing(saturday) == at("2026-11-28T11:30")
    counted = Calendar(OfficeHours().with_day(5, (time(7, 30), time(11, 30)), counted=True), DAYS)
    assert counted.is_working_day(saturday)
    assert counted.hours.ordinary == ORDINARY


@pytest.mark.parametrize(
    ("wanted", "given_"),
    [
        (time(0), "07:00"),
        (time(7), "07:00"),
        (time(9, 5), "09:05"),
        (time(11, 30), "11:30"),
        (time(11, 31), "13:30"),
        (time(12, 45), "13:30"),
        (time(17), "17:00"),
        (time(23, 59), "17:00"),
    ],
)
def test_a_clock_time_is_moved_into_office_hours(wanted: time, given_: str) -> None:
    assert CALENDAR.within_hours(date(2026, 11, 25), wanted) == at(f"2026-11-25T{given_}")


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-23T09:05", 0, "2026-11-23T09:05"),
        ("2026-11-23T12:00", 0, "2026-11-23T13:30"),
        ("2026-11-23T09:05", 145, "2026-11-23T11:30"),
        ("2026-11-23T09:05", 146, "2026-11-23T13:31"),
        ("2026-11-23T16:00", 60, "2026-11-23T17:00"),
        ("2026-11-23T16:00", 61, "2026-11-25T07:01"),
        ("2026-11-22T23:00", 8 * 60, "2026-11-23T17:00"),
        ("2026-11-23T05:00", 8 * 60, "2026-11-23T17:00"),
        ("2026-08-21T17:00", 30, "2026-08-22T07:30"),
    ],
)
def test_office_minutes(start: str, minutes: int, end: str) -> None:
    assert CALENDAR.add_working_minutes(at(start), minutes) == at(end)
    assert CALENDAR.working_minutes(at(start), at(end)) == minutes


def test_no_minutes_backwards() -> None:
    assert CALENDAR.working_minutes(at("2026-11-23T10:00"), at("2026-11-23T09:00")) == 0


@given(
    start=st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 1)).map(lambda m: m.replace(second=0, microsecond=0)),
    minutes=st.integers(1, 5_000),
)
def test_minutes_added_are_minutes_counted(start: datetime, minutes: int) -> None:
    start = start.replace(tzinfo=VIETNAM)
    end = CALENDAR.add_working_minutes(start, minutes)
    assert CALENDAR.working_minutes(start, end) == minutes
    assert CALENDAR.is_open(end - timedelta(minutes=1))
