"""`motcua office`: an office made whole or not at all, its file, numbering after a restore, clerks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop import founding
from desktop.office import Office
from onestop.actions.table import KINDS
from onestop.rules.errors import StoreTrouble
from onestop.store import rebuild
from onestop.store.folder import DATABASE
from tests.desktop.cli.conftest import Run
from tests.helpers.office import received

ORDINARY = """
code = "h99.21"
name = "Trung tâm Phục vụ hành chính công xã Ví Dụ"
parent_name = "Ủy ban nhân dân xã Ví Dụ"
place = "Xã Ví Dụ"
phone = "0200 000 0000"
counter = 2
counters = 3

[hours]
mon = ["07:30-11:30", "13:00-16:30"]
tue = ["07:30-11:30", "13:00-16:30"]

[[points]]
name = "Bộ phận Một cửa xã Ví Dụ"

[[clerks]]
login = "truong"
name = "Đặng Thu Ngân"
role = "supervisor"

[options]
due_hour = "16:00"
"""


@pytest.fixture
def office_file(tmp_path: Path) -> Path:
    file = tmp_path / "office.toml"
    file.write_text(ORDINARY, "utf-8")
    return file


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for an office, with its own place for the marks."""
    monkeypatch.setenv("MOTCUA_STATE_DIR", str(tmp_path / "own-marks"))
    folder = tmp_path / "new"
    folder.mkdir()
    return folder


def test_the_demo_office(run: Run, empty: Path) -> None:
    ran = run("office", "init", "--demo", data=empty)
    assert ran.status == 0
    assert ran.plain["agency"] == "H99.14"
    assert ran.plain["demo"] is True
    assert set(ran.plain["codes"]) == {"demo", "ha", "duc", "hoa", "lan", "khoa"}
    assert run("catalogue", "find", "khai sinh", data=empty).plain[0]["code"] == "1.001193"
    assert (
        run("due", "--received", "2026-11-23T09:00", "--limit", "1", "--unit", "working-day", data=empty)
        .plain["due"]
        .startswith("2026-11-25")
    )
    assert not (empty / founding.MAKING).exists()


def test_an_ordinary_office(run: Run, empty: Path, office_file: Path, tmp_path: Path) -> None:
    ran = run("office", "init", "--file", str(office_file), data=empty)
    assert ran.status == 0
    assert (ran.plain["agency"], ran.plain["demo"], ran.plain["counter"]) == ("H99.21", False, 2)
    code = ran.plain["codes"]["truong"]
    password = tmp_path / "password"
    password.write_text(code, "utf-8")
    first = run("citizen", "find", "x", "--as", "truong", "--password-file", str(password), data=empty)
    assert first.code == "login.choose-password"
    office = Office.open(empty)
    assert office.log_in("truong", code, "mật khẩu đủ dài").clerk is not None
    office.close()
    password.write_text("mật khẩu đủ dài\n", "utf-8")
    assert run("citizen", "find", "x", "--as", "truong", "--password-file", str(password), data=empty).status == 0
    database = (empty / DATABASE).read_bytes()
    assert code.encode() not in database
    due = run("due", "--received", "2026-11-23T09:00", "--limit", "1", "--unit", "working-day", data=empty).plain
    assert due["due"] == "2026-11-30T16:00:00+07:00", "closed from Wednesday on; 24/11 is a holiday"


def test_the_example_of_the_guide_is_an_office(run: Run, empty: Path, office_file: Path) -> None:
    guide = (Path(__file__).resolve().parents[3] / "docs" / "guide" / "office-file.md").read_text("utf-8")
    office_file.write_text(guide.partition("```toml\n")[2].partition("```")[0], "utf-8")
    ran = run("office", "init", "--file", str(office_file), data=empty)
    assert (ran.status, set(ran.plain["codes"])) == (0, {"anh", "ha"})


def test_rows_are_the_fold_of_the_acts_of_founding(demo_office: Office) -> None:
    assert demo_office.read(rebuild.compare, KINDS, demo_office.files, demo_office.id) == []


@pytest.mark.parametrize(
    ("change", "code", "detail"),
    [
        (("code =", "kode ="), "office-file.unknown-key", "kode"),
        (('code = "h99.21"', ""), "office-file.missing", "code"),
        (('place = "Xã Ví Dụ"', "place = 7"), "office-file.wrong-type", "place"),
        (('role = "supervisor"', 'role = "reception"'), "office.no-supervisor", None),
        (('role = "supervisor"', 'role = "king"'), "clerk.role", None),
        (('login = "truong"', 'login = "tr ưởng!"'), "clerk.login", None),
        (('login = "truong"', ""), "office-file.missing", "clerks.login"),
        (("counter = 2", "counter = 4"), "office.counter", None),
        (("counter = 2", 'counter = "hai"'), "office-file.wrong-type", "counter"),
        (('"07:30-11:30"', '"11:30-07:30"'), "hours.bad", None),
        (('due_hour = "16:00"', 'due_hour = "lúc nào"'), "setting.wrong-form", None),
        (('due_hour = "16:00"', "colour = 3"), "office-file.unknown-key", "options.colour"),
        (('code = "h99.21"', 'code = "H99 14!"'), "code.prefix-bad", None),
        (("counter = 2", "counter ="), "office-file.unreadable", None),
        (("[[clerks]]", "[clerks]"), "office-file.wrong-type", "clerks"),
        (("[[points]]", "[points]"), "office-file.wrong-type", "points"),
        (("[hours]", "[[hours]]"), "office-file.wrong-type", "hours"),
        (("[options]", '[agencies.so-x]\ncode = "H99/05"\n[options]'), "code.prefix-bad", None),
        (("[options]", '[agencies.so-x]\ncode = "H99.21"\n[options]'), "agency.own-code", None),
        (("[[clerks]]", '[[points]]\nname = "bộ phận một cửa XÃ Ví Dụ"\n[[clerks]]'), "point.twice", None),
    ],
)
def test_a_bad_office_file_makes_no_office(
    run: Run, empty: Path, office_file: Path, change: tuple[str, str], code: str, detail: str | None
) -> None:
    office_file.write_text(ORDINARY.replace(*change), "utf-8")
    ran = run("office", "init", "--file", str(office_file), data=empty)
    assert (ran.status, ran.code) == (2, code)
    assert detail is None or ran.error["details"]["key"] == detail
    assert list(empty.iterdir()) == []


def test_a_file_that_is_not_there_or_no_text(run: Run, empty: Path, tmp_path: Path) -> None:
    assert run("office", "init", "--file", str(tmp_path / "none"), data=empty).code == "file.missing"
    bad = tmp_path / "bad.toml"
    bad.write_bytes(b"\xff\xfe\x00")
    assert run("office", "init", "--file", str(bad), data=empty).code == "office-file.unreadable"
    assert run("office", "init", data=empty).code == "office.file-needed"


def test_an_office_is_never_made_over_another(run: Run, demo_folder: Path) -> None:
    before = (demo_folder / DATABASE).read_bytes()
    assert run("office", "init", "--demo").code == "office.already"
    assert (demo_folder / DATABASE).read_bytes() == before


def test_what_fails_half_way_leaves_nothing(run: Run, empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreTrouble("store.disk-full")

    monkeypatch.setattr(founding, "_put_on_quick_list", full)
    ran = run("office", "init", "--demo", data=empty)
    assert (ran.status, ran.code) == (3, "store.disk-full")
    assert list(empty.iterdir()) == []
    monkeypatch.undo()
    monkeypatch.setenv("MOTCUA_STATE_DIR", str(empty.parent / "own-marks"))
    (empty / founding.MAKING).mkdir()
    (empty / founding.MAKING / DATABASE).write_bytes(b"the rest of a killed attempt")
    assert run("office", "init", "--demo", data=empty).status == 0


def test_now_needs_a_demo_office(run: Run, empty: Path, office_file: Path) -> None:
    words = ("office", "init", "--file", str(office_file), "--now", "2026-11-23T08:00")
    assert run(*words, data=empty).code == "clock.demo-only"
    assert run("office", "init", "--demo", "--now", "2026-11-23T08:00", data=empty).status == 0


# ---- after a restore ----------------------------------------------------------------------------------------------


def test_a_restored_office_numbers_again_after_a_word(
    run: Run, demo_folder: Path, tmp_path: Path, write: object
) -> None:
    earlier = tmp_path / "earlier"
    office = Office.open(demo_folder)
    office.act_as(office.clerk("demo"))  # type: ignore[arg-type]
    first = received(office).code
    office.store.close()
    shutil.copytree(demo_folder, earlier)
    office = Office.open(demo_folder)
    office.act_as(office.clerk("demo"))  # type: ignore[arg-type]
    second = received(office).code
    office.close()
    shutil.rmtree(demo_folder)
    shutil.copytree(earlier, demo_folder)
    office = Office.open(demo_folder)
    office.act_as(office.clerk("demo"))  # type: ignore[arg-type]
    with pytest.raises(StoreTrouble) as stopped:
        received(office)
    office.close()
    assert stopped.value.code == "numbering.restored"
    assert run("check").plain["ok"] is False
    assert run("office", "resume", "--reason", "khôi phục", "--as", "ha").code == "permission.missing"
    ran = run("office", "resume", "--reason", "khôi phục sau khi hỏng ổ đĩa")
    assert (ran.status, ran.plain["stopped"], ran.plain["epoch"]) == (0, "restored", 2)
    office = Office.open(demo_folder)
    office.act_as(office.clerk("demo"))  # type: ignore[arg-type]
    third = received(office).code
    office.close()
    assert len({first, second, third}) == 3
    assert third > second


def test_a_copy_on_another_machine_says_what_became_of_the_old_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_MACHINE_ID", "another machine")
    resume = ("office", "resume", "--reason", "thay máy")
    assert run(*resume).code == "numbering.old-machine"
    assert run(*resume, "--counter", "9").code == "office.counter"
    assert run("office", "resume", "--reason", " ").code == "numbering.reason-missing"
    assert run(*resume, "--old-machine-retired").plain["stopped"] == "copied"
    assert run(*resume, "--counter", "2").plain["counter"] == 2


# ---- clerks -------------------------------------------------------------------------------------------------------


def test_a_clerk_is_added_and_gets_a_new_code(run: Run, demo_folder: Path) -> None:
    words = ("office", "clerk", "add", "Oanh", "--name", "Hồ Kim Oanh", "--role", "reception", "--counter", "4")
    ran = run(*words)
    assert ran.status == 0
    assert ran.plain["login"] == "oanh"
    assert run(*words).code == "clerk.login-taken"
    again = run("office", "clerk", "code", "oanh").plain["code"]
    assert again != ran.plain["code"]
    office = Office.open(demo_folder)
    assert office.log_in("oanh", ran.plain["code"], "mật khẩu đủ dài").code == "login.refused"
    assert office.log_in("oanh", again, "mật khẩu đủ dài").clerk is not None
    office.close()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "x", "--name", "X Y", "--role", "king"), "usage.choice"),
        (("add", "x", "--name", " ", "--role", "reception"), "clerk.name"),
        (("add", "x y", "--name", "X", "--role", "reception"), "clerk.login"),
        (("code", "nobody"), "clerk.unknown"),
        (("add", "x", "--name", "X", "--role", "reception", "--as", "ha"), "permission.missing"),
        (("code", "duc", "--as", "ha"), "permission.missing"),
    ],
)
def test_clerks_that_cannot_be(run: Run, words: tuple[str, ...], code: str) -> None:
    ran = run("office", "clerk", *words)
    assert (ran.status, ran.code) == (2, code)
