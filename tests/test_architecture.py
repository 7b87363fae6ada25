"""The way the arrows run: the contracts of pyproject.toml hold, and each of them is seen red by one planted import."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("onestop", "paper", "desktop", "server")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]

# contract: (file, line added to it, what the report says of it)
PLANTS = {
    "programs": ("onestop/rules/errors.py", "import paper", "onestop.rules.errors -> paper"),
    "onestop": ("onestop/store/work.py", "import onestop.actions", "onestop.store.work -> onestop.actions"),
    "desktop": ("desktop/models/__init__.py", "import desktop.views", "desktop.models -> desktop.views"),
    "server": ("server/peer.py", "import server.app", "server.peer -> server.app"),
    "no-qt": ("paper/__init__.py", "import PySide6.QtGui", "paper -> PySide6"),
    "cli-no-qt": ("desktop/cli/__init__.py", "import PySide6.QtWidgets", "desktop.cli -> PySide6"),
    "cli-no-app": ("desktop/cli/__init__.py", "import desktop.app", "desktop.cli -> desktop.app"),
    "devices-no-qt": ("desktop/devices/source.py", "import PySide6.QtCore", "desktop.devices.source -> PySide6"),
    "reportlab": ("desktop/printer/__init__.py", "import reportlab.pdfgen", "desktop.printer -> reportlab"),
    "fastapi": ("onestop/clock.py", "import fastapi", "onestop.clock -> fastapi"),
    "sqlalchemy": ("onestop/rules/errors.py", "import sqlalchemy", "onestop.rules.errors -> sqlalchemy"),
}


def lint_imports(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the packages in `folder` by the pyproject.toml there."""
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The packages and their contracts, to spoil."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_contracts_hold() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_contract_has_its_plant() -> None:
    assert {contract["id"] for contract in CONTRACTS} == PLANTS.keys()


@pytest.mark.parametrize("contract", PLANTS)
def test_planted_import_is_seen(copy: Path, contract: str) -> None:
    file, line, said = PLANTS[contract]
    room = copy / (line.removeprefix("import ").replace(".", "/") + ".py")
    if room.parts[len(copy.parts)] in PACKAGES and not room.exists() and not room.with_suffix("").is_dir():
        room.write_text('"""A room that a later release builds."""\n', encoding="utf-8")
    with (copy / file).open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")
    done = lint_imports(copy, "--contract", contract)
    assert done.returncode == 1, done.stdout + done.stderr
    assert said in done.stdout


@pytest.mark.parametrize("room", ["onestop/utils.py", "desktop/common.py", "server/manager.py"])
def test_a_room_that_nobody_planned_is_seen(copy: Path, room: str) -> None:
    (copy / room).write_text('"""Everything else."""\n', encoding="utf-8")
    done = lint_imports(copy, "--contract", Path(room).parts[0])
    assert done.returncode == 1, done.stdout + done.stderr
    assert Path(room).stem in done.stdout
