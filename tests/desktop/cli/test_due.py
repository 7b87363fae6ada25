"""`motcua due`: the shipped calendar, or the office's own; every unit; every step dated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from desktop.office import Office
from onestop.actions import catalogue
from tests.desktop.cli.conftest import Run


@pytest.mark.parametrize(
    ("received", "limit", "unit", "due"),
    [
        ("2026-11-23T09:05", "3", "working-day", "2026-11-27T17:00:00+07:00"),
        ("2026-11-23T09:05+07:00", "3", "working-day", "2026-11-27T17:00:00+07:00"),
        ("2026-11-23T02:05Z", "3", "working-day", "2026-11-27T17:00:00+07:00"),
        ("2026-11-23T15:12", "0", "same-day", "2026-11-25T17:00:00+07:00"),
        ("2026-11-23T09:00", "0", "same-day", "2026-11-23T17:00:00+07:00"),
        ("2026-08-20T09:00", "1", "working-day", "2026-08-21T17:00:00+07:00"),
        ("2026-08-21T09:00", "1", "working-day", "2026-08-22T17:00:00+07:00"),
        ("2026-11-20T09:00", "1", "month", "2026-12-21T17:00:00+07:00"),
        ("2026-11-20T16:00", "2", "hour", "2026-11-23T08:00:00+07:00"),
        ("2026-11-23T09:05", "5", "day", "2026-11-30T17:00:00+07:00"),
    ],
)
def test_the_return_time(run: Run, tmp_path: Path, received: str, limit: str, unit: str, due: str) -> None:
    ran = run("due", "--received", received, "--limit", limit, "--unit", unit, data=tmp_path / "none")
    assert ran.status == 0
    assert ran.plain["due"] == due
    steps = ran.plain["steps"]
    assert steps[0]["why"].startswith("nhận ")
    assert [step["date"] for step in steps] == sorted(step["date"] for step in steps)
    assert all(date.fromisoformat(step["date"]) and step["why"] for step in steps)


def test_a_notice_has_no_date(run: Run, tmp_path: Path) -> None:
    ran = run("due", "--received", "2026-11-23T09:05", "--unit", "notice", data=tmp_path / "none")
    assert (ran.status, ran.plain["due"]) == (0, None)
    assert len(ran.plain["steps"]) == 2


def test_holidays_are_named_on_their_day(run: Run, tmp_path: Path) -> None:
    words = ("due", "--received", "2026-11-23T09:05", "--limit", "1", "--unit", "working-day")
    steps = run(*words, data=tmp_path / "none").plain["steps"]
    assert {"date": "2026-11-24", "why": "nghỉ Ngày Văn hóa Việt Nam", "code": "day.holiday"} in steps


def test_a_limit_that_no_law_has(run: Run, tmp_path: Path) -> None:
    words = ("due", "--received", "2026-11-23T09:05", "--limit", "90000", "--unit", "day")
    ran = run(*words, data=tmp_path / "none")
    assert (ran.status, ran.code) == (2, "limit.out-of-range")
    assert run(*words[:3], "--limit", "0", "--unit", "day", data=tmp_path / "none").code == "limit.out-of-range"


def test_an_office_counts_by_its_own_calendar(run: Run, demo_office: Office) -> None:
    words = ("due", "--received", "2026-12-01T09:00", "--limit", "1", "--unit", "working-day")
    assert run(*words).plain["due"] == "2026-12-02T17:00:00+07:00"
    demo_office.perform(catalogue.set_day, catalogue.DayForm(date(2026, 12, 2), "off", "mất điện"))
    assert run(*words).plain["due"] == "2026-12-03T17:00:00+07:00"
    assert "mất điện" in str(run(*words).plain["steps"])


def test_for_the_eye(say: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    words = ("due", "--received", "2026-11-23T09:05", "--limit", "3", "--unit", "working-day")
    status, out, err = say(*words, data=tmp_path / "none")
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "Hẹn trả: 27/11/2026 17:00"
    assert "nghỉ Ngày Văn hóa Việt Nam" in out


@pytest.mark.parametrize("received", ["0001-01-01T00:00+07:00", "9999-12-31T23:00+07:00", "2026-11-25T08:00:00+99:00"])
def test_a_moment_outside_the_calendar_is_wrong_use(run: Run, received: str) -> None:
    ran = run("due", "--received", received, "--limit", "5", "--unit", "day")
    assert (ran.status, ran.code) == (2, "usage.not-a-time")
