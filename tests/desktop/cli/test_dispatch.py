"""How the command line is read and answered: global options, wrong use, the three roads of trouble, the log."""

from __future__ import annotations

import io
import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.__main__ import main
from desktop.cli import dispatch, due
from desktop.cli.options import Wish, glance, split
from onestop import texts
from onestop.rules.errors import RuleBroken, Stale, StoreTrouble
from tests.desktop.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[3]
DUE = ("due", "--received", "2026-11-23T09:05", "--limit", "3", "--unit", "working-day")


# ---- global options -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "family", "rest"),
    [
        ([], None, []),
        (["due"], "due", []),
        (["--json", "due", "--unit", "day"], "due", ["--json", "--unit", "day"]),
        (["--data", "due", "check"], "check", ["--data", "due"]),
        (["--data=due", "check", "--json"], "check", ["--data=due", "--json"]),
        (["--json", "--lang", "en"], None, ["--json", "--lang", "en"]),
    ],
)
def test_the_family_is_found_between_global_options(words: list[str], family: str | None, rest: list[str]) -> None:
    assert split(words) == (family, rest)


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (["due"], (False, "vi")),
        (["due", "--json", "--lang", "en"], (True, "en")),
        (["--lang=en", "due"], (False, "en")),
        (["--lang", "fr"], (False, "vi")),
        (["--lang"], (False, "vi")),
    ],
)
def test_json_and_language_are_seen_before_anything_is_read(words: list[str], seen: tuple[bool, str]) -> None:
    assert glance(words) == seen


@pytest.mark.parametrize("before", [True, False])
def test_global_options_count_before_and_after(
    demo_folder: Path, capsys: pytest.CaptureFixture[str], before: bool
) -> None:
    options = ["--json", "--data", str(demo_folder), "--as", "ha", "--now", "2026-11-23T08:00", "--lang", "en"]
    words = ["citizen", "find", "x"]
    assert main([*options, *words] if before else [*words, *options]) == 0
    assert capsys.readouterr().out == "[]\n"


def test_options_on_both_sides_and_between(demo_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(demo_folder), "citizen", "--json", "find", "--as", "ha", "x"]) == 0
    assert capsys.readouterr().out == "[]\n"


# ---- wrong use ----------------------------------------------------------------------------------------------------

WRONG: dict[str, tuple[str, ...]] = {
    "usage.unknown-command": ("report", "register"),
    "usage.unknown-command ": ("catalogue", "burn"),
    "usage.unknown-command  ": ("office", "clerk", "burn", "x"),
    "usage.missing": ("due", "--received", "2026-11-23T09:05"),
    "usage.missing ": ("catalogue",),
    "usage.missing  ": ("citizen", "find"),
    "usage.missing   ": ("due", "--received", "2026-11-23T09:05", "--unit", "day"),
    "usage.unknown": (*DUE, "--limits", "4"),
    "usage.unknown ": ("--nonsense", *DUE),
    "usage.one-of": ("citizen", "register"),
    "usage.not-together": ("citizen", "register", "--card", "x", "--file", "y"),
    "usage.value-missing": ("due", "--received"),
    "usage.choice": ("due", "--received", "2026-11-23", "--limit", "1", "--unit", "fortnight"),
    "usage.choice ": ("catalogue", "find", "x", "--level", "half"),
    "usage.choice  ": (*DUE, "--lang", "fr"),
    "usage.choice   ": ("print", "birthday-card", "x", "y.pdf"),
    "usage.not-a-number": ("due", "--received", "2026-11-23", "--limit", "three", "--unit", "day"),
    "usage.not-a-number ": ("citizen", "find", "x", "--limit", "0"),
    "usage.not-a-time": ("due", "--received", "yesterday", "--limit", "1", "--unit", "day"),
    "usage.not-a-time ": (*DUE, "--now", "soon"),
}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("case", WRONG)
def test_wrong_use_is_told_by_the_same_road(run: Run, case: str, language: str) -> None:
    ran = run(*WRONG[case], "--lang", language) if "--lang" not in WRONG[case] else run(*WRONG[case])
    assert ran.status == 2
    assert ran.plain is None
    assert ran.code == case.strip()
    assert ran.error["message"] == texts.message(ran.code, ran.error["details"])
    assert "{" not in ran.error["message"]


def test_wrong_use_for_the_eye_shows_how_it_is_used(say: Callable[..., tuple[int, str, str]]) -> None:
    status, out, err = say("due", "--received")
    assert (status, out) == (2, "")
    assert "--received" in err
    assert "motcua due" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("family", ["report", "enroll", "sync", "backup", "restore", "outbox", "settle"])
def test_what_is_not_there_yet_is_not_a_command(run: Run, family: str) -> None:
    assert run(family).code == "usage.unknown-command"


# ---- help, version, window ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("--help",), ("-h",), ("dossier", "--help"), ("dossier", "receive", "-h")])
def test_help_is_no_error(say: Callable[..., tuple[int, str, str]], words: tuple[str, ...]) -> None:
    status, out, err = say(*words)
    assert (status, err) == (0, "")
    assert "motcua" in out
    assert "usage:" not in out


def test_help_names_every_family(run: Run) -> None:
    said = run("--help").plain["help"]
    assert all(family in said for family in dispatch.FAMILIES)


def test_version(run: Run) -> None:
    assert run("--version").plain == {"version": dispatch.VERSION}


def test_the_version_is_that_of_the_project() -> None:
    assert f'\nversion = "{dispatch.VERSION}"\n' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_without_a_command_the_window_opens(tmp_path: Path) -> None:
    asked: list[Wish] = []
    words = ["--data", str(tmp_path), "--lang", "en", "--as", "ha"]
    assert dispatch.main(words, lambda wish: asked.append(wish) or 7) == 7
    assert asked == [Wish(folder=tmp_path, language="en", login="ha")]


# ---- the three roads ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trouble", "status", "code"),
    [
        (RuleBroken("dossier.unknown", code="x"), 2, "dossier.unknown"),
        (Stale("act.stale"), 2, "act.stale"),
        (StoreTrouble("store.disk-full"), 3, "store.disk-full"),
        (KeyboardInterrupt(), 130, "command.interrupted"),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_trouble_has_its_status(
    run: Run, monkeypatch: pytest.MonkeyPatch, trouble: BaseException, status: int, code: str, language: str
) -> None:
    def fail(*_: Any) -> Any:
        raise trouble

    monkeypatch.setattr(due.deadline, "count", fail)
    ran = run(*DUE, "--lang", language)
    assert (ran.status, ran.plain, ran.code) == (status, None, code)
    assert ran.error["message"] == texts.message(code, ran.error["details"])


@pytest.mark.expects_log("due: ZeroDivisionError")
def test_a_bug_is_ours_and_leaves_a_report(run: Run, demo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due.deadline, "count", lambda *_: 1 / 0)
    ran = run(*DUE)
    assert (ran.status, ran.plain, ran.code) == (1, None, "program.bug")
    report = Path(ran.error["details"]["file"])
    assert report.parent == demo_folder / "logs"
    assert "ZeroDivisionError" in report.read_text("utf-8")


def test_who_reads_half_an_answer_is_not_complained_to(
    run: Run, demo_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Gone())
    assert main(["--data", str(demo_folder), *DUE]) == 0


# ---- who acts, when -----------------------------------------------------------------------------------------------


def test_now_is_for_training_offices(run: Run, demo_folder: Path, tmp_path: Path) -> None:
    assert run("citizen", "find", "x", "--now", "2026-11-23T08:00").status == 0
    ordinary = tmp_path / "ordinary"
    office = tmp_path / "office.toml"
    sample = (ROOT / "resources" / "sample" / "office.toml").read_text("utf-8")
    office.write_text(sample, "utf-8")
    assert run("office", "init", "--file", str(office), data=ordinary).status == 0
    ran = run("citizen", "find", "x", "--now", "2026-11-23T08:00", data=ordinary)
    assert (ran.status, ran.code) == (2, "clock.demo-only")
    assert run("citizen", "find", "x", data=ordinary).code == "permission.nobody"
    assert run("citizen", "find", "x", "--as", "ha", data=ordinary).code == "login.password-missing"


def test_a_demo_office_needs_no_password_but_takes_one(run: Run, tmp_path: Path) -> None:
    assert run("citizen", "find", "x", "--as", "HA").status == 0
    assert run("citizen", "find", "x", "--as", "nobody").code == "clerk.unknown"
    wrong = tmp_path / "password"
    wrong.write_text("not this one\n", "utf-8")
    assert run("citizen", "find", "x", "--as", "ha", "--password-file", str(wrong)).code == "login.refused"
    missing = str(tmp_path / "none")
    assert run("citizen", "find", "x", "--as", "ha", "--password-file", missing).code == "file.missing"


def test_no_office_is_something_to_act_on(run: Run, tmp_path: Path) -> None:
    ran = run("citizen", "find", "x", data=tmp_path / "empty")
    assert (ran.status, ran.code) == (2, "office.none")
    assert not (tmp_path / "empty").exists()


# ---- the log ------------------------------------------------------------------------------------------------------


def test_the_log_knows_commands_but_no_people(run: Run, demo_folder: Path) -> None:
    run("citizen", "find", "Hoàng Thị Ước 001190000017")
    run("dossier", "show", "H99.14-261123-0001")
    log = (demo_folder / "logs" / "motcua.log").read_text("utf-8")
    assert "citizen find: 0 in" in log
    assert "dossier show: 2 dossier.unknown in" in log
    assert "Ước" not in log
    assert "001190000017" not in log


# ---- a process of its own -----------------------------------------------------------------------------------------


def process(*words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The real program, as a terminal would start it."""
    return subprocess.run(
        [sys.executable, "-m", "desktop", *words],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **(env or {})},
        check=False,
    )


def test_due_starts_without_a_database_or_a_window(tmp_path: Path) -> None:
    script = (
        "import sys; from desktop.__main__ import main; status = main(sys.argv[1:]); "
        "seen = {name.partition('.')[0] for name in sys.modules}; "
        "heavy = {'PySide6', 'sqlalchemy', 'reportlab', 'openpyxl', 'argon2'} & seen; "
        "sys.exit(f'imported {heavy}' if heavy else status)"
    )
    words = [sys.executable, "-c", script, *DUE, "--json", "--data", str(tmp_path)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["due"] == "2026-11-27T17:00:00+07:00"


@pytest.mark.parametrize("words", [("citizen", "find", "x"), ("catalogue", "find", "x"), ("check",)])
def test_no_command_needs_qt(demo_folder: Path, words: tuple[str, ...]) -> None:
    script = (
        "import sys; from desktop.__main__ import main; from desktop.cli import machine; machine.DRIVERS = {}; "
        "status = main(sys.argv[1:]); "
        "sys.exit('imported Qt' if 'PySide6' in sys.modules else status)"
    )
    command = [sys.executable, "-c", script, *words, "--json", "--data", str(demo_folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_vietnamese_comes_out_whatever_the_terminal_speaks(tmp_path: Path) -> None:
    done = process("due", env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 2
    assert "Thiếu: --received" in done.stderr
    done = process("--json", "nonsense\udcff", env={"LC_ALL": "C"})
    assert json.loads(done.stderr)["error"] == "usage.unknown-command"


def test_the_installed_command_is_there(demo_folder: Path) -> None:
    program = shutil.which("motcua", path=str(Path(sys.executable).parent))
    assert program is not None
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, dispatch.VERSION + "\n")


# ---- even before there is a command -------------------------------------------------------------------------------


@pytest.mark.expects_log("citizen: AttributeError")
def test_a_bug_while_reading_the_command_is_ours_too(
    run: Run, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(dispatch.FAMILIES, "citizen", dispatch.Family("__init__", "broken"))
    ran = run("citizen", "find", "x")
    assert (ran.status, ran.code) == (1, "program.bug")
    assert own_folders in Path(ran.error["details"]["file"]).parents


def test_the_window_takes_the_same_roads(capsys: pytest.CaptureFixture[str]) -> None:
    def window(_: Wish) -> int:
        raise StoreTrouble("store.newer")

    assert dispatch.main(["--json"], window) == 3
    assert json.loads(capsys.readouterr().err)["error"] == "store.newer"


def test_a_log_that_finds_the_disk_full_takes_nothing_from_the_answer(run: Run, demo_folder: Path) -> None:
    logs = demo_folder / "logs"
    shutil.rmtree(logs, ignore_errors=True)
    logs.mkdir()
    (logs / "motcua.log").symlink_to("/dev/full")
    ran = run("dossier", "find", "a")
    assert (ran.status, ran.plain, ran.error) == (0, [], None)


def test_before_an_office_is_open_the_log_says_nothing_on_stderr(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(parser: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    monkeypatch.setattr(due, "build", broken)
    assert main(["--data", str(tmp_path), "--json", "due"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert json.loads(said.err)["error"].startswith("program.bug")
