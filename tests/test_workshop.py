"""The workshop itself: dev.py, what it sets up, the pinned requirements, the texts, and that README knows it all."""

from __future__ import annotations

import ast
import gettext
import importlib.util
import io
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

import dev

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("onestop", "paper", "desktop", "server")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(name: str) -> dict[str, set[str]]:
    """package → versions, of one requirements file."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"(?m)^([a-z0-9.-]+)==([^ ;\\]+)", requirements(name)):
        found.setdefault(package, set()).add(version)
    return found


def requirements(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def declared(group: str) -> list[str]:
    """The packages that pyproject.toml asks for directly, as the requirements files spell them."""
    wishes = PROJECT["project"]["dependencies"] if group == "runtime" else PROJECT["dependency-groups"][group]
    return [re.split(r"[\[<>=~! ;]", wish)[0].lower().replace("_", "-").replace(".", "-") for wish in wishes]


# -- requirements ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", dev.REQUIREMENTS)
def test_what_is_asked_for_is_pinned(group: str) -> None:
    assert set(declared(group)) <= pins(group).keys(), "run `python3 dev.py pin`"


@pytest.mark.parametrize("group", dev.REQUIREMENTS)
def test_every_pin_has_its_hash(group: str) -> None:
    blocks = re.split(r"(?m)^(?=[a-z])", requirements(group))[1:]
    assert blocks
    assert not [block.split()[0] for block in blocks if "--hash=sha256:" not in block]


@pytest.mark.parametrize("group", dev.REQUIREMENTS)
def test_no_address_is_written_down(group: str) -> None:
    assert not re.search(r"://|(?m:^-)|index|find-links", requirements(group))


def test_tests_run_on_what_is_shipped() -> None:
    runtime, everything = pins("runtime"), pins("dev")
    assert {name: everything.get(name) for name in runtime} == runtime


def test_every_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wishes = re.findall(r'(?m)^    "[A-Za-z0-9_.-]+(?:\[\w+\])?>=.*$', text)
    assert len(wishes) == sum(len(declared(group)) for group in dev.REQUIREMENTS)
    assert not [wish for wish in wishes if not re.search(r"# \w", wish)]


# -- dev.py ------------------------------------------------------------------------------------------------------------


def test_dev_needs_nothing_installed() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


@pytest.mark.parametrize("command", dev.COMMANDS)
@pytest.mark.parametrize("page", ["README.md", "README.en.md"])
def test_every_command_is_in_the_readme(page: str, command: str) -> None:
    assert f"dev.py {command}" in (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("command", dev.COMMANDS)
def test_every_command_tells_what_it_does(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        dev.main([command, "--help"])
    said = capsys.readouterr().out
    assert end.value.code == 0
    assert f"dev.py {command}" in said
    assert len(said.splitlines()) > 4


@pytest.mark.parametrize("words", [[], ["nonsense"]])
def test_an_unknown_command_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        dev.main(words)
    assert end.value.code == 2
    assert "COMMAND" in capsys.readouterr().err


def test_a_change_of_pins_asks_for_a_new_set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pyproject.toml", "requirements/dev.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("one\n", encoding="utf-8")
    monkeypatch.setattr(dev, "ROOT", str(tmp_path))
    monkeypatch.setattr(dev, "STAMP", str(tmp_path / ".venv" / "set-up"))
    assert not dev.is_set_up()
    dev.write(dev.STAMP, dev.wanted())
    assert dev.is_set_up()
    (tmp_path / "requirements/dev.txt").write_text("two\n", encoding="utf-8")
    assert not dev.is_set_up()


@pytest.fixture
def debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pretend Debian that has libgl1 and libcups2t64 and writes down what apt-get is asked; the file it writes to."""
    tools, log = tmp_path / "bin", tmp_path / "asked"
    tools.mkdir()
    scripts = {
        "dpkg-query": "echo 'libgl1 installed'; echo 'libcups2t64 installed'; echo 'xvfb config-files'; exit 1",
        "apt-get": f'echo "$@" >> {log}',
    }
    for name, body in scripts.items():
        (tools / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setitem(dev.SYSTEM, "run", "libgl1 libegl1 libcups2 xvfb")
    return log


def test_only_what_is_missing_is_installed(debian: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "root_rights", list)
    dev.system_packages("run")
    update, install = debian.read_text(encoding="utf-8").splitlines()
    assert update == "update -qq"
    assert install.split()[-2:] == ["libegl1", "xvfb"]


def test_nothing_missing_asks_nobody(debian: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(dev.SYSTEM, "run", "libgl1 libcups2")
    dev.system_packages("run")
    assert not debian.exists()


def test_without_root_one_line_says_what_to_install(
    debian: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "root_rights", lambda: None)
    dev.system_packages("run")
    assert capsys.readouterr().err == "dev.py: please install: sudo apt-get install libegl1 xvfb\n"
    assert not debian.exists()
    with pytest.raises(SystemExit, match="to make"):
        dev.system_packages(package="python3-venv", needed="to make .venv")


@pytest.mark.parametrize(
    ("settings", "there"),
    [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True), ({"DISPLAY": ""}, False)],
)
def test_display(settings: dict[str, str], there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert dev.has_display() is there


def test_ci_runs_the_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "python3 dev.py test" in script.read_text(encoding="utf-8")


def test_the_command_is_installed() -> None:
    assert PROJECT["project"]["scripts"]["motcua"] == "desktop.__main__:main"
    assert Path(dev.motcua()).exists()


def test_the_wheel_holds_all_that_the_program_reads(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    parts = (*PACKAGES, "resources", "docs/guide")
    files = (file for part in parts for file in (ROOT / part).rglob("*") if file.is_file())
    assert {file.relative_to(ROOT).as_posix() for file in files if "__pycache__" not in file.parts} <= inside
    assert not {name for name in inside if name.startswith(("tests", "build", "benchmarks", "out"))}


# -- texts -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def strings() -> ModuleType:
    """build/strings.py, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("strings_command", ROOT / "build" / "strings.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def source(tmp_path: Path, strings: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source tree of one file with two texts, and an empty folder for its catalogue."""
    monkeypatch.setattr(strings, "ROOT", tmp_path)
    monkeypatch.setattr(strings, "SOURCES", ("shop",))
    monkeypatch.setattr(strings, "LOCALE", tmp_path / "locale")
    (tmp_path / "shop").mkdir()
    file = tmp_path / "shop" / "window.py"
    file.write_text('a = _("Người nộp")\nb = N_("Còn {count} hồ sơ"\n       " chưa gửi")\n', encoding="utf-8")
    return file


def translate(strings: ModuleType, **texts: str) -> None:
    """Put translations (of the first letter of a text) into en.po, as a translator would."""
    catalogue = strings.read("en")
    for message in catalogue:
        for start, translated in texts.items():
            if message.id and message.id.startswith(start):
                message.string = translated
    (strings.LOCALE / "en.po").write_bytes(strings.po_text(catalogue))


def test_texts_come_out_and_translations_stay(source: Path, strings: ModuleType) -> None:
    assert strings.main([]) == 0
    translate(strings, Người="Applicant", Còn="{count} dossiers not sent")
    source.write_text(source.read_text(encoding="utf-8") + 'c = _("Hẹn trả")\n', encoding="utf-8")
    assert strings.main([]) == 0
    there = {message.id: message.string for message in strings.read("en") if message.id}
    assert there == {
        "Người nộp": "Applicant",
        "Còn {count} hồ sơ chưa gửi": "{count} dossiers not sent",
        "Hẹn trả": "",
    }


def test_a_complete_catalogue_passes_and_is_spoken(source: Path, strings: ModuleType) -> None:
    strings.main([])
    translate(strings, Người="Applicant", Còn="{count} dossiers not sent")
    strings.main([])
    assert strings.main(["--check"]) == 0
    spoken = gettext.GNUTranslations(io.BytesIO((strings.LOCALE / "en.mo").read_bytes()))
    assert spoken.gettext("Người nộp") == "Applicant"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("", "not translated: 'Người nộp'"),
        ("missing", "missing: 'Hẹn trả'"),
        ("fuzzy", "fuzzy: 'Người nộp'"),
        ("placeholder", "placeholders differ"),
        ("old", "en.mo is not what en.po says"),
        ("gone", "not in the source any more: 'Người nộp'"),
    ],
)
def test_what_is_wrong_is_seen(
    source: Path, strings: ModuleType, spoil: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    strings.main([])
    file = strings.LOCALE / "en.po"
    if spoil:
        translate(strings, Người="Applicant", Còn="{count} dossiers not sent")
    if spoil != "old":
        strings.main([])
    text = file.read_text(encoding="utf-8")
    if spoil == "missing":
        source.write_text(source.read_text(encoding="utf-8") + 'c = _("Hẹn trả")\n', encoding="utf-8")
    elif spoil == "fuzzy":
        file.write_text(text.replace('msgid "Người', '#, fuzzy\nmsgid "Người'), encoding="utf-8")
    elif spoil == "placeholder":
        file.write_text(text.replace('msgstr "{count}', 'msgstr "{number}'), encoding="utf-8")
    elif spoil == "gone":
        source.write_text(source.read_text(encoding="utf-8").replace("Người nộp", "Chủ hồ sơ"), encoding="utf-8")
    capsys.readouterr()
    assert strings.main(["--check"]) == 1
    assert said in capsys.readouterr().out


def test_catalogues_come_out_the_same_twice(strings: ModuleType) -> None:
    made = []
    for order in (1, -1):
        catalogue = Catalog(locale="en", header_comment="# x", fuzzy=False)
        for text in ["Một", "Hai", "Ba"][::order]:
            catalogue.add(text, text.lower(), locations=[("shop/window.py", 1)])
        made.append((strings.po_text(catalogue), strings.mo_text(catalogue)))
    assert made[0] == made[1]
    assert b"Date" not in made[0][0] + made[0][1]


# -- migrations --------------------------------------------------------------------------------------------------------


def test_a_change_of_the_schema_becomes_a_migration(tmp_path: Path) -> None:
    for name in ("onestop", "build", "resources"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)

    def migrate(*words: str) -> subprocess.CompletedProcess[str]:
        env = {**dev.environment(), "PYTHONPATH": str(tmp_path)}
        command = [sys.executable, "build/migrate.py", *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=env, check=False)

    schema = tmp_path / "onestop" / "store" / "schema.py"
    table = 'import sqlalchemy\nsqlalchemy.Table("planted", metadata, sqlalchemy.Column("id", sqlalchemy.Text))\n'
    schema.write_text(schema.read_text(encoding="utf-8") + table, encoding="utf-8")
    unwritten = migrate()
    assert unwritten.returncode == 1
    assert "planted" in unwritten.stdout
    written = migrate("a planted table")
    assert written.returncode == 0, written.stderr
    migration = tmp_path / written.stdout.strip()
    assert migration.name.endswith("_a_planted_table.py")
    assert "planted" in migration.read_text(encoding="utf-8")
    agreed = migrate()
    assert agreed.returncode == 0, agreed.stdout + agreed.stderr
    assert migrate("nothing more").returncode == 1
