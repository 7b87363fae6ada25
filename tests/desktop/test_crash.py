"""Reports of our own faults: where, what, no personal numbers; the newest stay."""

from __future__ import annotations

import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from desktop import crash
from onestop import clock

LOGGED = pytest.mark.expects_log("test|uncaught|thread")


def failure(text: str) -> ValueError:
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


@LOGGED
def test_a_report_says_where_and_hides_numbers(tmp_path: Path) -> None:
    reports = crash.Reports(tmp_path / "reports")
    file = reports.write(failure("no person 038190000012, 0912345678 in row 41"), "test of reports")
    assert file is not None
    assert reports.last == file
    text = file.read_text("utf-8")
    assert "test_crash.py" in text
    assert "*********012, *******678 in row 41" in text
    assert "test of reports" in text


@LOGGED
def test_only_the_newest_reports_stay(tmp_path: Path) -> None:
    reports, moment = crash.Reports(tmp_path), clock.now()
    for number in range(crash.KEPT + 5):
        with clock.frozen(moment + timedelta(seconds=number)):
            reports.write(failure(str(number)), "test")
    files = sorted(tmp_path.glob("crash-*.txt"))
    assert len(files) == crash.KEPT
    assert files[-1] == reports.last


@LOGGED
def test_no_report_where_none_can_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert crash.Reports(blocked).write(failure("x"), "test") is None


@LOGGED
def test_what_nothing_caught_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    told: list[tuple[str, Path | None]] = []
    crash.install(crash.Reports(tmp_path), lambda error, file: told.append((str(error), file)))
    error = failure("in a slot")
    sys.excepthook(ValueError, error, error.__traceback__)
    thread = threading.Thread(target=lambda: (_ for _ in ()).throw(failure("in a thread")).__next__())
    thread.start()
    thread.join()
    assert [text for text, _file in told] == ["in a slot", "in a thread"]
    assert all(file is not None and file.exists() for _text, file in told)
