"""Running the command line inside the test's own process, and what it said."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from desktop.__main__ import main
from desktop.cli import machine
from desktop.devices.pretend import PretendScanner
from tests.helpers.drivers import made_pretend

Run = Callable[..., "Ran"]


@dataclass(frozen=True)
class Ran:
    """What one command left behind. `plain` is the document on stdout, `error` the one on stderr; None = nothing."""

    status: int
    plain: Any
    error: Any

    @property
    def code(self) -> str:
        """The code of the error."""
        return str(self.error["error"])


@pytest.fixture(autouse=True)
def nobody_looks_around(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scanners of the machine that runs the tests are no concern of theirs."""
    monkeypatch.setattr(machine, "DRIVERS", {})


@pytest.fixture
def scanner(nobody_looks_around: None, demo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> PretendScanner:
    """The one scanner of the demo office."""
    scanner = PretendScanner(demo_folder / "pretend")
    monkeypatch.setattr(machine, "DRIVERS", {"pretend": partial(made_pretend, scanner.folder, scanner.name)})
    return scanner


@pytest.fixture
def run(demo_folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("dossier", "find", "x")`: one command with --json on the demo office. At most one document a stream, and on
    one stream only, unless what was found is an answer and a fault at once (`both`)."""

    def command(*words: str, data: Path = demo_folder, both: bool = False) -> Ran:
        capsys.readouterr()
        status = main(["--data", str(data), "--json", *words])
        said = capsys.readouterr()
        assert both or not (said.out and said.err)
        return Ran(status, json.loads(said.out) if said.out else None, json.loads(said.err) if said.err else None)

    return command


@pytest.fixture
def say(demo_folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """The same without --json: (status, stdout, stderr) as a person reads them."""

    def command(*words: str, data: Path = demo_folder) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(["--data", str(data), *words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """`write({...})`: a JSON file made of it, by its path."""
    count = iter(range(1000))

    def file(content: Any, name: str = "") -> str:
        path = tmp_path / (name or f"form-{next(count)}.json")
        path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        return str(path)

    return file


UNMARRIED: dict[str, Any] = {
    "procedure": "1.004873",
    "owner": {
        "name": "Hoàng Thị Ước",
        "identity_number": "001190000017",
        "date_of_birth": "1990-02-17",
        "sex": "Nữ",
        "address": "Số 5 đường Mẫu, phường Mẫu",
    },
    "contact": {"phone": "0912345678"},
    "fields": {"purpose": "kết hôn"},
    "components": [],
    "complete": True,
    "result_copies": 1,
}


def on(day: int, hour: int = 9) -> tuple[str, str]:
    return ("--now", f"2026-11-{day}T{hour:02}:00")


@pytest.fixture
def code(run: Run, write: Callable[..., str]) -> str:
    """A dossier received on Monday 23 November at 9:00; due on Friday 27 (the 24th is off)."""
    ran = run("dossier", "receive", "--file", write(UNMARRIED), *on(23))
    assert ran.status == 0, ran.error
    return str(ran.plain["code"])
