"""When a dossier is due: every unit by table, the hour of return, supplements, the lines that explain it, and laws
that must hold for any date and any limit."""

from __future__ import annotations

import json
import string
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop.clock import VIETNAM
from onestop.rules.calendar import Calendar, OfficeHours, read_days
from onestop.rules.deadline import (
    END_OF_DAY,
    MOST_LINES,
    SAME_CLOCK,
    Deadline,
    HourKind,
    HourRule,
    LimitSource,
    Step,
    count,
    effective_limit,
    pause,
    restart,
)
from onestop.rules.errors import RuleBroken
from onestop.rules.procedure import Case, Channel, ChannelTerms, Limit, Procedure, Unit
from onestop.texts import SENTENCES, sentence

TABLE = Path(__file__).parents[3] / "resources" / "catalogue" / "holidays.toml"
CALENDAR = Calendar(days=read_days(TABLE.read_text(encoding="utf-8")))
SATURDAY_MORNING = Calendar(OfficeHours().with_day(5, (time(7, 30), time(11, 30))), CALENDAR.days)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def due(
    received: str, number: int | None, unit: Unit, hour: HourRule = END_OF_DAY, calendar: Calendar = CALENDAR
) -> str:
    found = count(at(received), Limit(number, unit), calendar, hour).due
    assert found is not None
    assert found.utcoffset() == timedelta(hours=7)
    return f"{found:%Y-%m-%d %H:%M}"


def lines(deadline: Deadline) -> list[str]:
    return [sentence(step.code, **step.details) for step in deadline.steps]


@pytest.mark.parametrize(
    ("received", "number", "expected"),
    [
        ("2026-11-23T09:05", 1, "2026-11-25 17:00"),
        ("2026-11-23T09:05", 3, "2026-11-27 17:00"),
        ("2026-11-23T16:59", 1, "2026-11-25 17:00"),
        # after hours, at night, in the lunch break, on a Sunday, on a holiday: the day of acceptance is the day
        ("2026-11-25T20:00", 1, "2026-11-26 17:00"),
        ("2026-11-25T00:10", 1, "2026-11-26 17:00"),
        ("2026-11-25T12:15", 1, "2026-11-26 17:00"),
        ("2026-11-22T23:00", 1, "2026-11-23 17:00"),
        ("2026-11-24T09:00", 1, "2026-11-25 17:00"),
        # swaps and make-up Saturdays
        ("2025-12-31T09:00", 1, "2026-01-05 17:00"),
        ("2026-01-09T09:00", 1, "2026-01-10 17:00"),
        ("2026-01-10T09:00", 1, "2026-01-12 17:00"),
        ("2026-08-21T09:00", 1, "2026-08-22 17:00"),
        ("2026-08-28T09:00", 1, "2026-09-03 17:00"),
        ("2025-04-29T09:00", 1, "2025-05-05 17:00"),
        ("2024-04-26T09:00", 2, "2024-05-03 17:00"),
        # over Tết
        ("2026-02-12T09:00", 3, "2026-02-24 17:00"),
        ("2024-02-07T09:00", 1, "2024-02-15 17:00"),
    ],
)
def test_working_days(received: str, number: int, expected: str) -> None:
    assert due(received, number, Unit.WORKING_DAY) == expected


@pytest.mark.parametrize(
    ("received", "number", "expected"),
    [
        ("2026-11-23T09:05", 2, "2026-11-25 17:00"),
        ("2026-11-23T09:05", 1, "2026-11-25 17:00"),  # ends on 24/11, a holiday
        ("2026-11-23T09:05", 5, "2026-11-30 17:00"),  # ends on a Saturday
        ("2026-11-23T09:05", 15, "2026-12-08 17:00"),
        ("2026-01-23T09:05", 24, "2026-02-23 17:00"),  # ends on the first day of Tết
        ("2026-01-05T09:05", 5, "2026-01-10 17:00"),  # ends on a Saturday that is worked
        ("2026-11-22T23:00", 1, "2026-11-23 17:00"),
    ],
)
def test_calendar_days(received: str, number: int, expected: str) -> None:
    assert due(received, number, Unit.DAY) == expected


@pytest.mark.parametrize(
    ("received", "number", "expected"),
    [
        ("2026-11-23T09:05", 1, "2026-12-23 17:00"),
        ("2026-01-31T09:05", 1, "2026-03-02 17:00"),  # 28/2 is a Saturday
        ("2026-03-31T09:05", 1, "2026-05-04 17:00"),  # 30/4 and 1/5 off, then a weekend
        ("2024-01-31T09:05", 1, "2024-02-29 17:00"),
        ("2024-02-29T09:05", 12, "2025-02-28 17:00"),
        ("2025-08-31T09:05", 6, "2026-03-02 17:00"),
        ("2026-10-24T09:05", 1, "2026-11-25 17:00"),
        ("2026-11-30T09:05", 3, "2027-03-01 17:00"),
    ],
)
def test_months(received: str, number: int, expected: str) -> None:
    assert due(received, number, Unit.MONTH) == expected


@pytest.mark.parametrize(
    ("received", "number", "expected"),
    [
        ("2026-11-23T07:00", 8, "2026-11-23 17:00"),
        ("2026-11-23T09:05", 8, "2026-11-25 09:05"),
        ("2026-11-23T09:00", 2, "2026-11-23 11:00"),
        ("2026-11-23T10:00", 2, "2026-11-23 14:00"),
        ("2026-11-23T12:00", 1, "2026-11-23 14:30"),
        ("2026-11-23T18:00", 1, "2026-11-25 08:00"),
        ("2026-11-22T23:00", 8, "2026-11-23 17:00"),
        ("2026-11-23T05:00", 24, "2026-11-26 17:00"),
        ("2026-01-09T16:00", 2, "2026-01-10 08:00"),
    ],
)
@pytest.mark.parametrize("hour", [END_OF_DAY, SAME_CLOCK, HourRule(HourKind.FIXED, time(16))])
def test_hours_run_through_office_hours_whatever_the_setting(
    received: str, number: int, expected: str, hour: HourRule
) -> None:
    assert due(received, number, Unit.HOUR, hour) == expected


@pytest.mark.parametrize(
    ("received", "expected", "why"),
    [
        ("2026-11-23T07:00", "2026-11-23 17:00", "due.same-day"),
        ("2026-11-23T06:30", "2026-11-23 17:00", "due.same-day"),
        ("2026-11-23T12:00", "2026-11-23 17:00", "due.same-day"),
        ("2026-11-23T15:00", "2026-11-23 17:00", "due.same-day"),
        ("2026-11-23T15:00:59", "2026-11-23 17:00", "due.same-day"),
        ("2026-11-23T15:01", "2026-11-25 17:00", "due.after-cutoff"),
        ("2026-11-23T15:12", "2026-11-25 17:00", "due.after-cutoff"),
        ("2026-11-23T17:00", "2026-11-25 17:00", "due.received-after-hours"),
        ("2026-11-23T23:59", "2026-11-25 17:00", "due.received-after-hours"),
        ("2026-11-24T09:00", "2026-11-25 17:00", "due.received-day-off"),
        ("2026-11-22T23:00", "2026-11-23 17:00", "due.received-day-off"),
        ("2026-08-21T15:30", "2026-08-22 17:00", "due.after-cutoff"),
        ("2026-01-10T10:00", "2026-01-10 17:00", "due.same-day"),
    ],
)
def test_same_day(received: str, expected: str, why: str) -> None:
    assert due(received, None, Unit.SAME_DAY) == expected
    deadline = count(at(received), Limit(None, Unit.SAME_DAY), CALENDAR)
    assert deadline.steps[1].code == why
    assert why in [step.code for step in deadline.days]


def test_same_day_where_only_mornings_are_worked() -> None:
    mornings = Calendar(OfficeHours((*[((time(7), time(11, 30)),)] * 5, (), ())), CALENDAR.days)
    assert due("2026-11-25T10:00", None, Unit.SAME_DAY, calendar=mornings) == "2026-11-25 11:30"
    assert due("2026-11-25T11:30", None, Unit.SAME_DAY, calendar=mornings) == "2026-11-26 11:30"


def test_reception_on_saturday_uses_no_working_day_up() -> None:
    assert due("2026-11-27T09:00", 1, Unit.WORKING_DAY, calendar=SATURDAY_MORNING) == "2026-11-30 17:00"
    assert due("2026-11-28T08:00", 1, Unit.WORKING_DAY, calendar=SATURDAY_MORNING) == "2026-11-30 17:00"
    assert due("2026-11-28T08:00", None, Unit.SAME_DAY, calendar=SATURDAY_MORNING) == "2026-11-30 17:00"


def test_notice_has_no_date() -> None:
    deadline = count(at("2026-11-23T09:05"), Limit(0, Unit.NOTICE), CALENDAR)
    assert (deadline.due, deadline.asks) == (None, False)
    assert [step.code for step in deadline.steps] == ["due.received", "due.notice"]


@pytest.mark.parametrize(
    ("limit", "why"),
    [
        (Limit(3, None), "due.unit-unknown"),
        (Limit(), "due.unit-unknown"),
        (Limit(None, Unit.DAY), "due.number-unknown"),
    ],
)
def test_nothing_is_guessed(limit: Limit, why: str) -> None:
    deadline = count(at("2026-11-23T09:05"), limit, CALENDAR)
    assert (deadline.due, deadline.asks) == (None, True)
    assert [step.code for step in deadline.steps] == ["due.received", why]
    assert [step.code for step in deadline.days] == ["day.received", why]


@pytest.mark.parametrize("unit", [Unit.WORKING_DAY, Unit.DAY, Unit.MONTH, Unit.HOUR])
@pytest.mark.parametrize("number", [0, -1, 10**6])
def test_numbers_that_no_law_has(unit: Unit, number: int) -> None:
    with pytest.raises(RuleBroken) as caught:
        count(at("2026-11-23T09:05"), Limit(number, unit), CALENDAR)
    assert caught.value.code == "limit.out-of-range"
    assert caught.value.details["number"] == number


# -- the hour of return


@pytest.mark.parametrize(
    ("setting", "received", "expected"),
    [
        ("end-of-day", "2026-11-23T09:05", "17:00"),
        ("same-clock", "2026-11-23T09:05", "09:05"),
        ("same-clock", "2026-11-22T23:00", "17:00"),
        ("same-clock", "2026-11-23T05:00", "07:00"),
        ("same-clock", "2026-11-23T12:20", "13:30"),
        ("16:30", "2026-11-23T09:05", "16:30"),
        ("7:30", "2026-11-23T16:00", "07:30"),
        ("18:00", "2026-11-23T09:05", "17:00"),
        ("12:00", "2026-11-23T09:05", "13:30"),
    ],
)
def test_the_hour(setting: str, received: str, expected: str) -> None:
    hour = HourRule.read(setting)
    for unit in (Unit.WORKING_DAY, Unit.DAY, Unit.MONTH):
        assert due(received, 3, unit, hour).endswith(expected)


@pytest.mark.parametrize(
    ("setting", "received", "expected"),
    [
        ("same-clock", "2026-11-23T09:05", "2026-11-23 17:00"),
        ("same-clock", "2026-11-23T15:12", "2026-11-25 17:00"),
        ("16:00", "2026-11-23T14:00", "2026-11-23 16:00"),
        ("14:00", "2026-11-23T14:30", "2026-11-23 17:00"),
        ("14:00", "2026-11-23T15:30", "2026-11-25 14:00"),
    ],
)
def test_the_hour_of_a_same_day_dossier_is_never_one_gone_by(setting: str, received: str, expected: str) -> None:
    assert due(received, None, Unit.SAME_DAY, HourRule.read(setting)) == expected


@pytest.mark.parametrize("text", ["", "noon", "25:00", "16h30", "-1:00"])
def test_a_bad_hour_setting(text: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        HourRule.read(text)
    assert caught.value.code == "setting.hour-rule"


@pytest.mark.parametrize("text", ["end-of-day", "same-clock", "16:30", "07:00"])
def test_an_hour_setting_reads_back(text: str) -> None:
    assert str(HourRule.read(text)) == text


def test_a_fixed_hour_without_its_time_is_a_mistake() -> None:
    with pytest.raises(ValueError):
        HourRule(HourKind.FIXED)
    with pytest.raises(ValueError):
        HourRule(HourKind.SAME_CLOCK, time(9))


# -- which limit counts


def procedure(own: Limit, channel: Limit | None = None, case: Limit | None = None) -> Procedure:
    return Procedure(
        "1.013225",
        "Cấp giấy phép xây dựng",
        limit=own,
        channels=(ChannelTerms(Channel.DIRECT, channel),),
        cases=(Case(), Case("nha-o", "Nhà ở riêng lẻ", limit=case)),
    )


OWN = Limit(20, Unit.DAY, "nhà ở riêng lẻ 15 ngày")
SAME = Limit(None, Unit.SAME_DAY, "nhận sau 15 giờ")


@pytest.mark.parametrize(
    ("own", "channel", "case", "expected"),
    [
        (OWN, Limit(15, Unit.DAY), None, (Limit(15, Unit.DAY), LimitSource.CHANNEL)),
        (OWN, Limit(15, Unit.DAY), Limit(7, Unit.DAY), (Limit(15, Unit.DAY), LimitSource.CHANNEL)),
        (OWN, Limit(1, None), Limit(7, Unit.DAY), (Limit(7, Unit.DAY), LimitSource.CASE)),
        (OWN, None, Limit(7, Unit.DAY), (Limit(7, Unit.DAY), LimitSource.CASE)),
        (OWN, None, Limit(7, None), (OWN, LimitSource.PROCEDURE)),
        (SAME, Limit(1, None), None, (SAME, LimitSource.PROCEDURE)),
        (OWN, Limit(None, Unit.WORKING_DAY), None, (OWN, LimitSource.PROCEDURE)),
        (OWN, Limit(0, Unit.WORKING_DAY), None, (OWN, LimitSource.PROCEDURE)),
        (Limit(5, None), Limit(3, None), None, (Limit(3, None), LimitSource.UNKNOWN)),
        (
            Limit(None, None, "theo từng trường hợp"),
            None,
            None,
            (Limit(None, None, "theo từng trường hợp"), LimitSource.UNKNOWN),
        ),
        (Limit(0, Unit.NOTICE), Limit(3, None), None, (Limit(0, Unit.NOTICE), LimitSource.PROCEDURE)),
    ],
)
def test_effective_limit(
    own: Limit, channel: Limit | None, case: Limit | None, expected: tuple[Limit, LimitSource]
) -> None:
    subject = procedure(own, channel, case)
    assert effective_limit(subject, "nha-o", Channel.DIRECT) == expected
    assert effective_limit(subject, subject.cases[1], Channel.DIRECT) == expected


def test_a_channel_that_is_not_offered_has_the_procedures_limit() -> None:
    assert effective_limit(procedure(OWN, Limit(15, Unit.DAY)), None, Channel.ONLINE) == (OWN, LimitSource.PROCEDURE)
    assert effective_limit(procedure(OWN, Limit(15, Unit.DAY)), None, None) == (OWN, LimitSource.PROCEDURE)


def test_an_unknown_case() -> None:
    with pytest.raises(KeyError):
        effective_limit(procedure(OWN), "không có", Channel.DIRECT)


def test_an_unknown_limit_makes_the_count_ask() -> None:
    limit, source = effective_limit(procedure(Limit(5, None)), None, Channel.DIRECT)
    assert source is LimitSource.UNKNOWN
    assert count(at("2026-11-23T09:05"), limit, CALENDAR).asks


# -- supplements


FIVE = Limit(5, Unit.WORKING_DAY)


def test_restart_counts_the_whole_limit_again() -> None:
    again = restart(at("2026-11-27T10:00"), FIVE, CALENDAR)
    assert again.due == count(at("2026-11-27T10:00"), FIVE, CALENDAR).due == at("2026-12-04T17:00")
    assert again.steps[0].code == "due.restarted"
    assert again.days[0].code == "day.restarted"


@pytest.mark.parametrize(
    ("limit", "received", "asked", "completed", "expected"),
    [
        # Mon 18/11/2024, asked Wed, complete Fri: Tue | Fri Mon Tue Wed
        (FIVE, "2024-11-18T09:00", "2024-11-20T09:00", "2024-11-22T10:00", "2024-11-27 17:00"),
        # asked on the very day it was due: the day of completion is left
        (FIVE, "2024-11-18T09:00", "2024-11-25T09:00", "2024-11-28T10:00", "2024-11-28 17:00"),
        # complete on a Saturday: the day that is left is Monday
        (FIVE, "2024-11-18T09:00", "2024-11-25T09:00", "2024-11-30T10:00", "2024-12-02 17:00"),
        # asked after it was due: nothing is left to pause
        (FIVE, "2024-11-18T09:00", "2024-11-26T09:00", "2024-11-29T10:00", "2024-11-25 17:00"),
        # asked and complete on one day
        (FIVE, "2024-11-18T09:00", "2024-11-20T09:00", "2024-11-20T15:00", "2024-11-25 17:00"),
        (Limit(10, Unit.DAY), "2024-11-18T09:00", "2024-11-20T09:00", "2024-11-27T10:00", "2024-12-05 17:00"),
        (Limit(1, Unit.MONTH), "2024-11-18T09:00", "2024-11-20T09:00", "2024-11-30T10:00", "2024-12-30 17:00"),
        (Limit(8, Unit.HOUR), "2024-11-18T09:00", "2024-11-18T10:00", "2024-11-20T14:00", "2024-11-21 11:00"),
        (Limit(None, Unit.SAME_DAY), "2024-11-18T09:00", "2024-11-18T10:00", "2024-11-20T14:00", "2024-11-20 17:00"),
        (Limit(None, Unit.SAME_DAY), "2024-11-18T09:00", "2024-11-19T10:00", "2024-11-20T14:00", "2024-11-18 17:00"),
    ],
)
def test_pause(limit: Limit, received: str, asked: str, completed: str, expected: str) -> None:
    paused = pause(at(received), [(at(asked), at(completed))], limit, CALENDAR)
    assert paused.due is not None
    assert f"{paused.due:%Y-%m-%d %H:%M}" == expected


def test_two_waits_are_both_left_out_and_overlaps_counted_once() -> None:
    one = (at("2024-11-20T09:00"), at("2024-11-22T10:00"))
    two = (at("2024-11-26T09:00"), at("2024-11-28T10:00"))
    apart = pause(at("2024-11-18T09:00"), [two, one], FIVE, CALENDAR)
    assert apart.due == at("2024-11-29T17:00")
    inside = (at("2024-11-20T14:00"), at("2024-11-21T10:00"))
    assert pause(at("2024-11-18T09:00"), [one, inside], FIVE, CALENDAR).due == at("2024-11-27T17:00")


def test_a_wait_is_told() -> None:
    paused = pause(at("2024-11-18T09:00"), [(at("2024-11-20T09:00"), at("2024-11-22T10:00"))], FIVE, CALENDAR)
    assert "20, 21/11 chờ công dân: không tính" in lines(paused)


def test_a_wait_that_ends_before_it_begins_is_a_mistake() -> None:
    with pytest.raises(ValueError):
        pause(at("2024-11-18T09:00"), [(at("2024-11-22T09:00"), at("2024-11-20T10:00"))], FIVE, CALENDAR)


# -- the explanation


@pytest.mark.parametrize(
    ("received", "limit", "expected"),
    [
        (
            "2026-11-23T09:05",
            Limit(3, Unit.WORKING_DAY),
            ["nhận 23/11 lúc 9:05", "24/11 nghỉ Ngày Văn hóa Việt Nam", "25, 26, 27/11: 3 ngày"],
        ),
        (
            "2026-11-23T15:12",
            Limit(None, Unit.SAME_DAY),
            [
                "nhận 23/11 lúc 15:12",
                "nhận sau 15:00: trả ngày làm việc tiếp theo",
                "24/11 nghỉ Ngày Văn hóa Việt Nam",
            ],
        ),
        (
            "2026-11-27T09:05",
            Limit(2, Unit.WORKING_DAY),
            ["nhận 27/11 lúc 9:05", "28, 29/11 nghỉ cuối tuần", "30/11 – 1/12: 2 ngày"],
        ),
        (
            "2025-12-30T09:05",
            Limit(30, Unit.WORKING_DAY),
            [
                "nhận 30/12 lúc 9:05",
                "31/12: 1 ngày",
                "1/1/2026 nghỉ Tết Dương lịch",
                "2/1/2026 nghỉ hoán đổi với thứ Bảy 10/1/2026",
                "5/1 – 9/1/2026: 5 ngày",
                "10/1/2026 làm bù: 1 ngày",
                "12/1 – 11/2/2026, trừ ngày nghỉ: 23 ngày",
            ],
        ),
        (
            "2026-01-05T09:05",
            Limit(44, Unit.DAY),
            [
                "nhận 5/1 lúc 9:05",
                "6/1 – 18/2: 44 ngày",
                "18/2 nghỉ Tết Nguyên đán: chuyển sang 23/2",
            ],
        ),
        (
            "2026-01-31T09:05",
            Limit(1, Unit.MONTH),
            [
                "nhận 31/1 lúc 9:05",
                "tháng 2 không có ngày 31: lấy ngày cuối tháng",
                "đủ 1 tháng vào 28/2",
                "28/2 là ngày nghỉ: chuyển sang 2/3",
            ],
        ),
        (
            "2026-11-23T11:45",
            Limit(28, Unit.HOUR),
            [
                "nhận 23/11 lúc 11:45",
                "bắt đầu tính từ 13:30 ngày 23/11",
                "23/11: 3 giờ 30 phút",
                "24/11 nghỉ Ngày Văn hóa Việt Nam",
                "25, 26, 27/11: 24 giờ",
                "30/11: 30 phút",
            ],
        ),
    ],
)
def test_the_lines_to_read(received: str, limit: Limit, expected: list[str]) -> None:
    assert lines(count(at(received), limit, CALENDAR)) == expected


def test_a_year_without_a_table_is_said() -> None:
    deadline = count(at("2027-12-23T09:00"), Limit(10, Unit.WORKING_DAY), CALENDAR)
    assert "chưa có lịch nghỉ 2028: chỉ trừ cuối tuần và lễ cố định" in lines(deadline)
    assert [step.code for step in deadline.doubts] == ["due.year-not-in-table"]
    assert "due.year-not-in-table" in [step.code for step in deadline.days]


def test_days_that_were_only_computed_are_said() -> None:
    deadline = count(at("2027-02-02T09:00"), Limit(3, Unit.WORKING_DAY), CALENDAR)
    assert [(step.code, step.details) for step in deadline.doubts] == [("due.days-unconfirmed", {"days": "4/2 – 10/2"})]
    assert count(at("2026-11-23T09:00"), Limit(30, Unit.DAY), CALENDAR).doubts == ()


def test_the_daily_list_for_the_command_line() -> None:
    deadline = count(at("2026-11-26T09:05"), Limit(4, Unit.DAY), CALENDAR)
    assert [(str(step.date), sentence(step.code, **step.details)) for step in deadline.days] == [
        ("2026-11-26", "nhận 26/11 lúc 9:05"),
        ("2026-11-27", "ngày thứ 1"),
        ("2026-11-28", "ngày thứ 2"),
        ("2026-11-29", "ngày thứ 3"),
        ("2026-11-30", "ngày thứ 4"),
    ]
    rolled = count(at("2026-11-26T09:05"), Limit(2, Unit.DAY), CALENDAR)
    assert [(str(step.date), sentence(step.code, **step.details)) for step in rolled.days[-4:]] == [
        ("2026-11-28", "ngày thứ 2"),
        ("2026-11-28", "28/11 là ngày nghỉ: chuyển sang 30/11"),
        ("2026-11-29", "nghỉ Chủ nhật"),
        ("2026-11-30", "ngày làm việc tiếp theo"),
    ]


def test_steps_are_kept_as_json() -> None:
    deadline = count(at("2026-11-23T09:05"), Limit(30, Unit.WORKING_DAY), CALENDAR)
    for step in (*deadline.steps, *deadline.days):
        assert Step.from_plain(json.loads(json.dumps(step.to_plain()))) == step


def test_any_zone_and_a_naive_time_mean_the_same_moment() -> None:
    here = count(at("2026-11-23T09:05"), FIVE, CALENDAR)
    assert count(at("2026-11-23T09:05").astimezone(UTC), FIVE, CALENDAR) == here
    assert count(datetime.fromisoformat("2026-11-23T09:05"), FIVE, CALENDAR) == here
    # 20:00 UTC on Sunday is Monday morning in Viet Nam
    assert count(datetime(2026, 11, 22, 20, tzinfo=UTC), Limit(1, Unit.WORKING_DAY), CALENDAR).due == at(
        "2026-11-25T17:00"
    )


# -- what must hold for any date and limit

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 6, 30)).map(lambda moment: moment.replace(tzinfo=VIETNAM))
RULES = st.one_of(
    st.sampled_from([END_OF_DAY, SAME_CLOCK]), st.times().map(lambda moment: HourRule(HourKind.FIXED, moment))
)
LIMITS = st.one_of(
    st.builds(Limit, st.integers(1, 120), st.sampled_from([Unit.WORKING_DAY, Unit.DAY, Unit.HOUR])),
    st.builds(Limit, st.integers(1, 12), st.just(Unit.MONTH)),
    st.just(Limit(None, Unit.SAME_DAY)),
)
CALENDARS = st.sampled_from([CALENDAR, SATURDAY_MORNING, Calendar()])


@given(received=MOMENTS, limit=LIMITS, hour=RULES, calendar=CALENDARS)
@settings(max_examples=400)
def test_due_is_later_on_a_working_day_in_office_hours_and_explained(
    received: datetime, limit: Limit, hour: HourRule, calendar: Calendar
) -> None:
    deadline = count(received, limit, calendar, hour)
    assert deadline.due is not None
    assert not deadline.asks
    assert deadline.due > received.replace(second=0, microsecond=0)
    assert calendar.is_working_day(deadline.due.date())
    assert calendar.opening(deadline.due.date()) <= deadline.due <= calendar.closing(deadline.due.date())
    assert len(deadline.steps) <= MOST_LINES
    for step in (*deadline.steps, *deadline.days):
        assert step.code in SENTENCES
        wanted = {name for _, name, _, _ in string.Formatter().parse(SENTENCES[step.code]) if name}
        assert wanted <= step.details.keys()
    told = [step.date for step in deadline.days]
    assert told == sorted(told)
    first = received.date()
    assert set(told) == {first + timedelta(days=n) for n in range((deadline.due.date() - first).days + 1)}


@given(received=MOMENTS, number=st.integers(1, 30), unit=st.sampled_from([Unit.WORKING_DAY, Unit.DAY]))
def test_the_lines_count_the_days_of_the_limit(received: datetime, number: int, unit: Unit) -> None:
    deadline = count(received, Limit(number, unit), CALENDAR)
    counted = [
        step.details["count"]
        for step in deadline.steps
        if step.code.startswith(("due.days", "due.make-up")) and "count" in step.details
    ]
    assert sum(counted) == number
    assert len([step for step in deadline.days if step.code in ("day.counted", "day.make-up")]) == number


@given(
    received=MOMENTS,
    number=st.integers(1, 90),
    more=st.integers(0, 30),
    unit=st.sampled_from([Unit.WORKING_DAY, Unit.DAY, Unit.HOUR]),
    hour=RULES,
)
def test_a_longer_limit_never_ends_earlier(
    received: datetime, number: int, more: int, unit: Unit, hour: HourRule
) -> None:
    shorter = count(received, Limit(number, unit), CALENDAR, hour).due
    longer = count(received, Limit(number + more, unit), CALENDAR, hour).due
    assert shorter is not None
    assert longer is not None
    assert shorter <= longer


@given(received=MOMENTS, later=st.timedeltas(timedelta(), timedelta(days=20)), limit=LIMITS)
def test_who_comes_later_is_never_served_earlier(received: datetime, later: timedelta, limit: Limit) -> None:
    first, second = count(received, limit, CALENDAR).due, count(received + later, limit, CALENDAR).due
    assert first is not None
    assert second is not None
    assert first <= second


@given(received=MOMENTS, number=st.integers(1, 90), hour=RULES)
def test_working_days_are_never_quicker_than_days(received: datetime, number: int, hour: HourRule) -> None:
    days = count(received, Limit(number, Unit.DAY), CALENDAR, hour).due
    working = count(received, Limit(number, Unit.WORKING_DAY), CALENDAR, hour).due
    assert days is not None
    assert working is not None
    assert days <= working


@given(
    received=MOMENTS,
    limit=LIMITS,
    waits=st.lists(
        st.tuples(st.timedeltas(timedelta(), timedelta(days=30)), st.timedeltas(timedelta(), timedelta(days=30))),
        max_size=3,
    ),
)
def test_waiting_never_shortens_a_limit(
    received: datetime, limit: Limit, waits: list[tuple[timedelta, timedelta]]
) -> None:
    spans = [(received + begins, received + begins + lasts) for begins, lasts in waits]
    plain, paused = count(received, limit, CALENDAR).due, pause(received, spans, limit, CALENDAR)
    assert plain is not None
    assert paused.due is not None
    assert paused.due >= plain
    assert len(paused.steps) <= MOST_LINES
