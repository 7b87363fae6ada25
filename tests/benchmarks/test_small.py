"""Every benchmark runs small, prints the goals that it is there for, and compares with a reference that ran."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

from benchmarks import made

GOALS = {
    "act": ["<= 4"],
    "audit": [">= 0.2"],
    "card": [">= 1.4", "<= 2"],
    "fold": ["<= 6"],
    "growth": ["<= 1.5", "<= 1.5", "<= 1.5"],
    "list": ["<= 1.3"],
    "ocr": [">= 0.85"],
    "open": ["<= 2"],
    "scan": ["<= 3", ">= 1", ">= 0.98", ">= 0.95"],
    "search": ["<= 3", ">= 100", ">= 20", ">= 20"],
    "size": ["<= 0.35", ">= 0.995"],
    "start": ["<= 2", "<= 3.5"],
}


pytestmark = pytest.mark.xdist_group("benchmarks")
"""One worker makes the stores that several of them measure on."""


@pytest.mark.parametrize("name", sorted(GOALS))
def test_a_benchmark_runs_small(
    name: str,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(made, "OUT", tmp_path_factory.getbasetemp() / "bench")
    made.OUT.mkdir(exist_ok=True)
    status = importlib.import_module(f"benchmarks.{name}").main(["--small"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert status == 0
    assert [line["goal"] for line in lines] == GOALS[name]
    for line in lines:
        assert line["id"] == name
        assert line["ours"] > 0
        assert line["reference"] > 0
        assert isinstance(line["holds"], bool)


def test_no_benchmark_is_forgotten() -> None:
    folder = Path(made.__file__).parent
    measuring = {file.stem for file in folder.glob("*.py") if "def main(" in file.read_text("utf-8")}
    assert measuring == set(GOALS) | {"receipt"}
