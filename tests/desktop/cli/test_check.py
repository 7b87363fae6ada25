"""`motcua check`: what it looks at, and that each fault of a machine or an office is seen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import check, check_papers
from desktop.office import Office
from onestop import clock
from onestop.store import backup
from tests.desktop.cli.conftest import Run
from tests.helpers.office import received

OF_THE_MACHINE = {"fonts", "printers", "disk", "marks", "database", "clock"}


@pytest.fixture(autouse=True)
def no_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked at for the sake of papers has tests of its own (test_check_papers.py), and takes seconds."""
    monkeypatch.setattr(check_papers, "findings", lambda _folder, _office: ())


def found(ran: Any, name: str) -> dict[str, Any]:
    """One of the checks."""
    return next(each for each in ran.plain["checks"] if each["name"] == name)


def test_a_sound_office(run: Run) -> None:
    ran = run("check")
    assert ran.status == 0
    assert ran.plain["ok"] is True, ran.plain
    assert {each["name"] for each in ran.plain["checks"]} == OF_THE_MACHINE | set(check.OF_THE_OFFICE)
    assert all(each["detail"] for each in ran.plain["checks"])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_before_there_is_an_office(run: Run, tmp_path: Path, language: str) -> None:
    ran = run("check", "--lang", language, data=tmp_path / "none")
    assert (ran.status, ran.plain["ok"]) == (0, True)
    assert {each["name"] for each in ran.plain["checks"]} == OF_THE_MACHINE
    assert found(ran, "database")["note"] is True
    assert not (tmp_path / "none").exists()


def test_for_the_eye(say: Callable[..., tuple[int, str, str]]) -> None:
    status, out, err = say("check")
    assert (status, err) == (0, "")
    assert "✓" in out
    assert "Máy sẵn sàng." in out


def test_a_damaged_database_is_a_finding(run: Run, demo_folder: Path) -> None:
    (demo_folder / "office.db").write_bytes(b"this is no database" * 500)
    ran = run("check")
    assert (ran.status, ran.plain["ok"], ran.error) == (3, False, None), "a scheduled job sees it"
    assert found(ran, "database")["ok"] is False


@pytest.mark.parametrize("copies", [0, 1])
def test_a_lost_database_is_a_finding_and_its_copy_is_named(run: Run, demo_office: Office, copies: int) -> None:
    with clock.frozen(datetime(2026, 11, 23, 17, 0, tzinfo=UTC)):
        for _ in range(copies):
            demo_office.copy_today()
    demo_office.close()
    for path in demo_office.folder.glob("office.db*"):
        path.unlink()
    ran = run("check")
    assert (ran.status, ran.plain["ok"]) == (3, False)
    detail = found(ran, "database")["detail"]
    assert "office.db" in detail
    assert ("24/11/2026" in detail) is bool(copies)
    assert not (demo_office.folder / "office.db").exists()


def test_a_hole_in_the_pages_is_a_finding(run: Run, demo_office: Office, demo_folder: Path) -> None:
    with demo_office.store.writing() as connection:
        connection.exec_driver_sql("PRAGMA writable_schema=ON")
        connection.exec_driver_sql("UPDATE sqlite_master SET rootpage = 3 WHERE name = 'ix_citizen_identity'")
        connection.exec_driver_sql("PRAGMA writable_schema=OFF")
    demo_office.close()
    assert found(run("check"), "database")["ok"] is False


def test_a_changed_act_is_a_finding(run: Run, demo_office: Office) -> None:
    with demo_office.store.writing() as connection:
        connection.exec_driver_sql("UPDATE act SET actor = 'somebody else' WHERE dseq = 3")
    ran = run("check")
    assert ran.plain["ok"] is False
    assert found(ran, "audit")["ok"] is False
    assert found(ran, "database")["ok"] is True


def test_a_folder_from_elsewhere(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_MACHINE_ID", "another machine")
    assert found(run("check"), "numbering")["ok"] is False


def test_a_clock_behind_the_last_act(run: Run, demo_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    received(demo_office)
    later = clock.now()
    clock.replace(lambda: later - timedelta(days=1))
    ran = run("check")
    assert found(ran, "clock")["ok"] is False
    assert (ran.status, "--clock-right" in found(ran, "clock")["detail"]) == (3, True)
    clock.replace(lambda: datetime(2004, 1, 1, tzinfo=UTC))
    assert found(run("check"), "clock")["ok"] is False


def test_a_clock_of_training_is_never_behind(run: Run, demo_office: Office) -> None:
    received(demo_office)
    ran = run("check", "--now", "2026-01-05T08:00")
    assert found(ran, "clock")["ok"] is True
    assert "5" in found(ran, "clock")["detail"]


def test_room_and_rights(run: Run, demo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(demo_folder)
    with monkeypatch.context() as full:
        full.setattr(check.shutil, "disk_usage", lambda _: usage._replace(free=1_000_000))
        assert found(run("check"), "disk")["ok"] is False
    monkeypatch.setattr(check, "_can_write", lambda folder: False)
    ran = run("check")
    assert found(ran, "disk")["ok"] is False
    assert found(ran, "marks")["ok"] is False


def test_copies(run: Run, demo_office: Office, demo_folder: Path) -> None:
    assert found(run("check"), "copies")["note"] is True
    backup.copy_today(demo_office.store, demo_office.backups, clock.today())
    assert found(run("check"), "copies") == {**found(run("check"), "copies"), "ok": True, "note": False}
    latest = backup.copies(demo_office.backups)[0].path
    latest.rename(latest.with_name("2026-01-02.db"))
    assert found(run("check"), "copies")["note"] is True
    (demo_office.backups / f"{date(2027, 1, 1)}.db").write_bytes(b"half a copy")
    assert found(run("check"), "copies")["ok"] is False


@pytest.mark.parametrize(("language", "written"), [("vi", "75.859 MB"), ("en", "75,859 MB")])
def test_room_is_written_as_the_language_writes_numbers(
    run: Run, demo_folder: Path, monkeypatch: pytest.MonkeyPatch, language: str, written: str
) -> None:
    usage = shutil.disk_usage(demo_folder)
    monkeypatch.setattr(check.shutil, "disk_usage", lambda _: usage._replace(free=75_859_000_000))
    assert written in found(run("check", "--lang", language), "disk")["detail"]


def test_letters_that_a_font_lacks(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "LETTERS", "ă漢")
    ran = run("check")
    assert found(ran, "fonts")["ok"] is False
    assert "漢" in found(ran, "fonts")["detail"]


@pytest.mark.parametrize(
    ("script", "names"),
    [("#!/bin/sh\necho MayInMotCua\necho MayInTang2\n", ["MayInMotCua", "MayInTang2"]), ("#!/bin/sh\nexit 1\n", [])],
)
def test_printers(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, names: list[str]) -> None:
    program = tmp_path / "lpstat"
    program.write_text(script, "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert check.printers_of_cups() == names
    finding = found(run("check"), "printers")
    assert finding["ok"] is True
    assert finding["note"] is (not names)
    monkeypatch.setenv("PATH", "")
    assert check.printers_of_cups() == []


def test_holidays_are_wanted_in_time(run: Run) -> None:
    assert found(run("check", "--now", "2026-11-23T08:00"), "holidays")["note"] is False
    ran = run("check", "--now", "2027-11-23T08:00")
    assert (found(ran, "holidays")["ok"], found(ran, "holidays")["note"]) == (True, True)
    assert found(run("check", "--now", "2028-11-23T08:00"), "holidays")["ok"] is False


def test_an_emptied_database_is_damaged_and_is_left_as_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "office.db").touch()
    ran = run("check", data=tmp_path)
    assert (ran.status, ran.plain["ok"], found(ran, "database")["ok"]) == (3, False, False)
    assert run("dossier", "find", "a", data=tmp_path).code == "store.damaged"
    assert (tmp_path / "office.db").stat().st_size == 0
