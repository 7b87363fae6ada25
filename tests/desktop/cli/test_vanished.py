"""What must never be begun anew or believed silently: a database that has vanished, a clock that ran ahead."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.office import Office
from onestop import clock
from onestop.actions import intakes, manage
from onestop.actions.intakes import IntakeForm
from onestop.actions.table import KINDS
from onestop.clock import VIETNAM
from onestop.queries import office as queries
from onestop.rules.errors import StoreTrouble
from onestop.store import acts, backup, rebuild
from onestop.store.folder import DATABASE, MAKING
from tests.desktop.cli.conftest import Run
from tests.helpers.office import MONDAY, made_dossier, received

REAL = """
code = "h99.21"
name = "Trung tâm Phục vụ hành chính công xã Ví Dụ"
parent_name = "Ủy ban nhân dân xã Ví Dụ"
place = "Xã Ví Dụ"
counter = 2
counters = 3

[[clerks]]
login = "truong"
name = "Đặng Thu Ngân"
role = "supervisor"
"""


@pytest.fixture
def office_file(tmp_path: Path) -> Path:
    file = tmp_path / "office.toml"
    file.write_text(REAL, "utf-8")
    return file


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for an office, with its own place for the marks."""
    monkeypatch.setenv("MOTCUA_STATE_DIR", str(tmp_path / "own-marks"))
    folder = tmp_path / "new"
    folder.mkdir()
    return folder


# ---- the database has vanished --------------------------------------------------------------------------------------


def vanish(folder: Path) -> None:
    for path in folder.glob("office.db*"):
        path.unlink()


def some(folder: Path, count: int, copy: bool = False) -> list[str]:
    """So many dossiers received in the office of `folder`, and today's copy made after the first."""
    office = Office.open(folder)
    office.act_as(office.clerk("demo"))  # type: ignore[arg-type]
    codes = []
    for _ in range(count):
        codes.append(received(office).code)
        if copy:
            office.copy_today()
    office.close()
    return codes


def test_no_office_is_begun_where_one_has_worked(run: Run, demo_folder: Path, office_file: Path) -> None:
    some(demo_folder, 1)
    vanish(demo_folder)
    for words in (("--demo",), ("--file", str(office_file))):
        ran = run("office", "init", *words)
        assert (ran.status, ran.code) == (2, "office.folder-used")
        assert str(demo_folder) in ran.error["message"]
    ran = run("dossier", "find", "H99")
    assert (ran.status, ran.code, ran.error["details"]["how"]) == (3, "office.lost", "no-copy")
    assert run("office", "bring-back").code == "backup.none"
    assert not (demo_folder / DATABASE).exists()


def test_the_last_good_copy_comes_back_by_command(run: Run, demo_folder: Path) -> None:
    with clock.frozen(MONDAY):
        printed = some(demo_folder, 4, copy=True)
        vanish(demo_folder)
        ran = run("dossier", "find", "H99")
        assert (ran.status, ran.code, ran.error["details"]["day"]) == (3, "office.lost", "2026-11-23")
        assert "23/11/2026" in ran.error["message"]
        assert run("office", "bring-back").plain == {"day": "2026-11-23", "file": DATABASE}
        assert [each["code"] for each in run("dossier", "find", "H99").plain] == printed[:1]
        with pytest.raises(StoreTrouble) as stopped:
            some(demo_folder, 1)
        assert stopped.value.code == "numbering.restored"
        assert run("office", "resume", "--reason", "mất tệp").plain["stopped"] == "restored"
        printed += some(demo_folder, 3)
    assert len(set(printed)) == len(printed)
    assert run("office", "bring-back").code == "office.well"


def test_a_damaged_database_names_its_copy_or_says_that_there_is_none(run: Run, demo_folder: Path) -> None:
    with clock.frozen(MONDAY):
        some(demo_folder, 1, copy=True)
    (demo_folder / DATABASE).write_bytes(b"this is no database" * 500)
    ran = run("dossier", "find", "x")
    assert (ran.status, ran.code, ran.error["details"]["how"]) == (3, "store.damaged", "copy")
    assert "23/11/2026" in ran.error["message"]
    assert "bring-back" in ran.error["message"]
    shutil.rmtree(demo_folder / "backups")
    ran = run("dossier", "find", "x", "--lang", "en")
    assert (ran.code, ran.error["details"]["how"]) == ("store.damaged", "no-copy")
    assert "backups" not in ran.error["message"]


def test_an_office_that_is_worked_by_commands_has_its_daily_copy(
    run: Run, demo_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = tmp_path / "person.json"
    person.write_text('{"name": "An Bình", "date_of_birth": "1990", "no_paper_reason": "mất"}', "utf-8")
    with clock.frozen(MONDAY):
        assert run("citizen", "find", "an").status == 0
        assert backup.copies(demo_folder / "backups") == [], "nothing was recorded"
        assert run("citizen", "register", "--file", str(person)).status == 0
        (made,) = backup.copies(demo_folder / "backups")
        assert made.day == "2026-11-23"
        before = made.path.stat().st_mtime_ns
        run("citizen", "register", "--file", str(person))
        assert made.path.stat().st_mtime_ns == before, "one a day"
    with clock.frozen(MONDAY + timedelta(days=1)):
        left = demo_folder / "backups" / ".2026-11-20.db.4242"
        left.write_bytes(b"of a killed process")
        os.utime(left, (1, 1))
        person.write_text('{"name": "An Khang", "date_of_birth": "1990", "no_paper_reason": "mất"}', "utf-8")
        assert run("citizen", "register", "--file", str(person)).status == 0
        assert [each.day for each in backup.copies(demo_folder / "backups")] == ["2026-11-24", "2026-11-23"]
        assert not left.exists()
        (demo_folder / DATABASE).write_bytes(b"this is no database" * 500)
        assert run("citizen", "find", "an").error["details"]["day"] == "2026-11-24"


@pytest.mark.expects_log("no copy today")
def test_a_copy_that_cannot_be_made_undoes_nothing(
    run: Run, demo_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (demo_folder / "backups").write_bytes(b"a file where the folder would be")
    person = tmp_path / "person.json"
    person.write_text('{"name": "An Bình", "date_of_birth": "1990", "no_paper_reason": "mất"}', "utf-8")
    assert run("citizen", "register", "--file", str(person)).plain["created"] is True


def test_an_office_made_anew_on_this_machine_goes_on_above_what_it_has_given(
    run: Run, empty: Path, office_file: Path
) -> None:
    """The whole folder is gone. The next office of the same agency prints no code that is on paper already."""
    with clock.frozen(MONDAY):
        printed = []
        for _ in range(3):
            assert run("office", "init", "--file", str(office_file), data=empty).status == 0
            printed += numbers_of(empty)
            shutil.rmtree(empty)
    assert len(set(printed)) == len(printed)


def numbers_of(folder: Path) -> list[str]:
    """Codes and numbers of letters that a real office gives."""
    office = Office.open(folder)
    clerk = office.read(queries.clerks)[0]
    office.act_as(clerk)
    given = [received(office).code for _ in range(3)]
    form = IntakeForm("supplement", made_dossier(), ("Thiếu tờ khai",))
    given.append(f"PBS {office.perform(intakes.make, form).answer.number}")
    office.close()
    return given


def test_a_training_office_begins_anew_elsewhere(run: Run, empty: Path, demo_folder: Path) -> None:
    with clock.frozen(MONDAY):
        first = some(demo_folder, 2)
        assert run("office", "init", "--demo", data=empty).status == 0
        assert some(empty, 2) == first


def test_a_founding_that_was_killed_half_way_is_begun_again(run: Run, empty: Path, demo_folder: Path) -> None:
    (empty / "files" / "ab").mkdir(parents=True)
    (empty / "files" / "ab" / "abcd").write_bytes(b"published")
    (empty / MAKING).mkdir()
    shutil.copy(demo_folder / DATABASE, empty / MAKING / DATABASE)
    assert run("office", "init", "--demo", data=empty).status == 0


# ---- a clock that was wrong -----------------------------------------------------------------------------------------


def test_a_clock_that_ran_ahead_is_set_right_by_a_supervisors_word(run: Run, demo_folder: Path) -> None:
    ahead = MONDAY + timedelta(days=368)
    with clock.frozen(MONDAY):
        printed = some(demo_folder, 2)
    with clock.frozen(ahead):
        wrong = some(demo_folder, 2, copy=True)
    with clock.frozen(MONDAY + timedelta(hours=1)):
        with pytest.raises(StoreTrouble) as stopped:
            some(demo_folder, 1)
        assert stopped.value.code == "clock.set-back"
        refused = run("office", "resume", "--reason", "đồng hồ chạy nhanh")
        assert (refused.status, refused.code) == (3, "clock.set-back"), "a clock is never believed silently"
        assert "--clock-right" in refused.error["message"]
        assert "26/11/2027" in refused.error["message"]
        assert run("office", "resume", "--clock-right", "--reason", " ").code == "clock.reason-missing"
        assert run("office", "resume", "--clock-right", "--reason", "x", "--as", "ha").code == "permission.missing"
        ran = run("office", "resume", "--clock-right", "--reason", "pin đồng hồ hỏng")
        assert ran.status == 0
        corrected = ran.plain["clock"]
        assert (corrected["dossiers"], corrected["acts"]) == (wrong, 4)
        assert corrected["last"].startswith("2027-11-26")
        assert corrected["now"].startswith("2026-11-23")
        assert (ran.plain["stopped"], ran.plain["epoch"]) == (None, 1), "numbering was not stopped: no new epoch"
        printed += some(demo_folder, 2)
        assert len(set(printed)) == 4
        kinds = [each["kind"] for each in run("dossier", "show", wrong[0]).plain["history"]]
        assert kinds == ["dossier.received", "clock.corrected"]
        assert run("dossier", "show", printed[0]).plain["history"][-1]["kind"] == "dossier.received"
        office = Office.open(demo_folder)
        assert office.last_copy() == "2026-11-23", "a copy of a day that has not come is not the latest"
        assert office.read(acts.verify).ok
        assert office.read(rebuild.compare, KINDS, office.files, office.id) == []
        office.close()
        assert run("office", "resume", "--clock-right", "--reason", "nữa").code == "clock.not-behind"
        assert run("check").plain["ok"] is True


def test_a_clock_that_is_wrong_now_is_not_believed(run: Run, demo_folder: Path) -> None:
    with clock.frozen(MONDAY):
        some(demo_folder, 1)
    with clock.frozen(datetime(2019, 1, 1, 8, 0, tzinfo=VIETNAM)):
        assert run("office", "resume", "--clock-right", "--reason", "pin hỏng").code == "clock.too-early"


def test_with_the_clock_behind_one_can_log_in_and_the_log_says_so(demo_folder: Path) -> None:
    office = Office.open(demo_folder)
    office.act_as(office.clerk("demo"))  # type: ignore[arg-type]
    with clock.frozen(MONDAY):
        code = office.perform(manage.renew_code, "demo").answer
        assert office.log_in("demo", code, "mật khẩu đủ dài").clerk is not None
    with clock.frozen(MONDAY + timedelta(days=300)):
        received(office)
    with clock.frozen(MONDAY + timedelta(hours=1)):
        assert office.log_in("demo", "mật khẩu đủ dài").clerk is not None
        with office.store.reading() as connection:
            log = list(acts.in_order(connection, office.id, ["clerk.logged-in"]))
        assert log[-1].body == {"clock": "behind"}
        corrected = office.correct_clock("đồng hồ chạy nhanh")
        assert corrected.acts == 2
        received(office)
    office.close()
