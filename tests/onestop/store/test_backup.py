"""A verified copy a day, seven kept, made while work goes on; the last good one in the place of a damaged database."""

from __future__ import annotations

import os
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.office import Office
from onestop.actions.table import KINDS
from onestop.rules.errors import StoreTrouble
from onestop.store import acts, backup, rebuild
from tests.helpers.office import act_as, received

DAY = date(2026, 11, 23)


def test_a_copy_is_whole_and_made_once_a_day(demo_office: Office) -> None:
    received(demo_office)
    made = backup.copy_today(demo_office.store, demo_office.backups, DAY)
    assert made == demo_office.backups / "2026-11-23.db"
    backup.prove(made)
    stamp = made.stat().st_mtime_ns
    assert backup.copy_today(demo_office.store, demo_office.backups, DAY) == made
    assert made.stat().st_mtime_ns == stamp
    assert [path.name for path in demo_office.backups.iterdir()] == ["2026-11-23.db"]


def test_seven_are_kept(demo_office: Office) -> None:
    for day in range(10):
        backup.copy_today(demo_office.store, demo_office.backups, DAY + timedelta(days=day))
    assert [each.day for each in backup.copies(demo_office.backups)] == [
        (DAY + timedelta(days=day)).isoformat() for day in range(9, 2, -1)
    ]


def test_work_goes_on_while_it_is_made(demo_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dossier is received between two steps of the copy; the copy is one moment all the same."""
    done: list[str] = []

    def progress(_copied: int, _total: int) -> bool:
        if len(done) < 3:
            done.append(received(demo_office).code)
        return True

    made = backup.copy_to(demo_office.store, demo_office.folder / "copy.db", progress)
    assert made is not None
    assert done
    with sqlite3.connect(made) as copy:
        held = {row[0] for row in copy.execute("SELECT code FROM dossier")}
        said = copy.execute("SELECT count(*) FROM act WHERE kind = 'dossier.received'").fetchone()[0]
    copy.close()
    assert len(held) == said
    assert demo_office.read(acts.verify).ok


@pytest.mark.parametrize("stop_at", [1, 2, 5])
def test_cancelled_it_leaves_nothing(demo_office: Office, monkeypatch: pytest.MonkeyPatch, stop_at: int) -> None:
    """At a step of the copying, and while the copy is being proved."""
    monkeypatch.setattr(backup, "STEPS", 500)
    calls: list[tuple[int, int]] = []

    def progress(copied: int, total: int) -> bool:
        calls.append((copied, total))
        return len(calls) < stop_at

    assert backup.copy_today(demo_office.store, demo_office.backups, DAY, progress=progress) is None
    assert len(calls) == stop_at
    assert list(demo_office.backups.iterdir()) == []


def test_a_copy_that_does_not_prove_is_not_kept(demo_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *_: object) -> None:
        raise StoreTrouble("backup.damaged", path=path.name, reason="x")

    monkeypatch.setattr(backup, "prove", refuse)
    with pytest.raises(StoreTrouble):
        backup.copy_today(demo_office.store, demo_office.backups, DAY)
    assert list(demo_office.backups.iterdir()) == []


def test_no_room_for_a_copy_is_said(demo_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(StoreTrouble) as caught:
        backup.copy_today(demo_office.store, demo_office.backups, DAY)
    assert caught.value.code == "backup.failed"
    assert list(demo_office.backups.iterdir()) == []


def spoil(path: Path, place: int) -> None:
    with path.open("r+b") as stream:
        stream.seek(place)
        stream.write(os.urandom(4096))


def test_the_last_good_one_is_found(demo_office: Office) -> None:
    assert backup.last_good(demo_office.backups) is None
    for day in range(3):
        backup.copy_today(demo_office.store, demo_office.backups, DAY + timedelta(days=day))
    spoil(demo_office.backups / "2026-11-25.db", 4096 * 3)
    (demo_office.backups / "2026-11-24.db").write_bytes(b"")
    found = backup.last_good(demo_office.backups)
    assert found is not None
    assert found.day == "2026-11-23"


def test_no_file_and_another_database_are_no_copies(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble):
        backup.prove(tmp_path / "nothing.db")
    assert not (tmp_path / "nothing.db").exists()
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE t (x)")
    other.close()
    with pytest.raises(StoreTrouble) as caught:
        backup.prove(tmp_path / "other.db")
    assert caught.value.code == "backup.damaged"


def test_a_damaged_database_gives_way_to_the_last_good_copy(demo_folder: Path) -> None:
    """What was lost since is noticed: numbering waits for a supervisor, and no number comes twice."""
    office = Office.open(demo_folder)
    act_as(office, "demo")
    first = received(office)
    office.copy_today()
    lost = [received(office) for _ in range(5)]
    office.close()
    database = demo_folder / "office.db"
    for tail in ("-wal", "-shm"):
        database.with_name(database.name + tail).write_bytes(b"left behind")
    damaged = os.urandom(64 * 1024)
    database.write_bytes(damaged)
    with pytest.raises(StoreTrouble) as caught:
        Office.open(demo_folder)
    assert caught.value.code == "store.damaged"

    copy = backup.last_good(demo_folder / "backups")
    assert copy is not None
    kept = backup.bring_back(database, copy, DAY)
    assert kept.name == "office.damaged-2026-11-23.db"
    assert kept.read_bytes() == damaged
    assert not database.with_name("office.db-wal").exists()

    office = Office.open(demo_folder)
    act_as(office, "demo")
    assert office.read(rebuild.compare, KINDS, office.files, office.id) == []
    assert office.numbering_stopped() == "restored"
    with pytest.raises(StoreTrouble) as caught:
        received(office)
    assert caught.value.code == "numbering.restored"
    office.resume_numbering("ổ đĩa hỏng, lấy lại bản sao hôm qua")
    again = [received(office).code for _ in range(3)]
    assert not set(again) & {first.code, *(each.code for each in lost)}
    assert office.read(acts.verify).ok
    office.close()
    kept_too = backup.bring_back(database, copy, DAY)
    assert kept_too.name == "office.damaged-2026-11-23-2.db"


@pytest.mark.parametrize("step", ["copyfile", "fsync", "replace"])
def test_whatever_breaks_off_the_old_database_is_still_there(
    demo_office: Office, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    demo_office.copy_today()
    copy = backup.last_good(demo_office.backups)
    assert copy is not None
    demo_office.close()
    database = demo_office.folder / "office.db"
    before = database.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(backup.shutil if step == "copyfile" else os, step, fail)
        with pytest.raises(StoreTrouble) as caught:
            backup.bring_back(database, copy, DAY)
    assert caught.value.code == "backup.failed"
    assert database.read_bytes() == before
    assert not database.with_name(".office.db.restoring").exists()
