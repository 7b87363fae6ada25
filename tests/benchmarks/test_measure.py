"""The way a figure is taken: interleaved, the first pair dropped, one JSON line that keeps its word."""

from __future__ import annotations

import json

import pytest

from benchmarks import measure
from benchmarks.measure import Pairs, could_not_run, line, pairs, status


def test_pairs_are_interleaved_and_the_first_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    seconds = iter([9.0, 9.0, 2.0, 1.0, 4.0, 2.0])
    monkeypatch.setattr(measure, "once", lambda work, clock: (work(), next(seconds))[1])
    taken = pairs(lambda: order.append("A"), lambda: order.append("B"), count=2, each=2)
    assert order == ["A", "B"] * 3
    assert taken == Pairs((1.0, 2.0), (0.5, 1.0))


def test_no_pairs_is_an_error() -> None:
    with pytest.raises(ValueError):
        pairs(lambda: None, lambda: None, count=0)


def test_once_counts_the_work_and_nothing_before_it() -> None:
    assert 0 < measure.once(lambda: sum(range(200_000))) < 5
    assert measure.once(lambda: None, measure.Clock.WALL) < 0.5


@pytest.mark.parametrize(
    ("goal", "at_least", "ratio", "holds"),
    [(1.3, False, 1.25, True), (1.2, False, 1.25, False), (0.5, True, 0.8, True), (0.9, True, 0.8, False)],
)
def test_line(goal: float, at_least: bool, ratio: float, holds: bool, capsys: pytest.CaptureFixture[str]) -> None:
    taken = Pairs((1.0, 1.25, 10.0), (1.0, 1.0, 1.0))
    line("name", "what", taken, goal, at_least=at_least)
    said = json.loads(capsys.readouterr().out)
    assert said["id"] == "name" and said["n"] == 3
    assert (said["ratio"], said["holds"]) == (ratio, holds)
    assert (said["ours"], said["reference"]) == (1.25, 1.0)
    assert said["min"] <= said["ratio"] <= said["max"]
    assert {"id", "what", "ours", "reference", "ratio", "goal", "holds", "n"} <= said.keys()


@pytest.mark.parametrize(
    ("ours", "goal", "at_least", "holds"), [(28, 1.4, True, True), (27, 1.4, True, False), (7, 0.35, False, True)]
)
def test_what_is_counted(
    ours: int, goal: float, at_least: bool, holds: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    measure.counted("name", "what", ours, 20, goal, at_least=at_least, n=20)
    said = json.loads(capsys.readouterr().out)
    assert (said["ours"], said["reference"], said["ratio"], said["n"]) == (ours, 20, ours / 20, 20)
    assert said["holds"] is holds


def test_a_missing_reference_is_said_and_is_the_only_failure(capsys: pytest.CaptureFixture[str]) -> None:
    bad = line("x", "slow", Pairs((9.0,), (1.0,)), 1.0)
    assert status([bad]) == 0
    assert status([bad, could_not_run("x", "y", 0.25, "not installed")]) == 1
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert last["ratio"] is None and last["holds"] is None and last["error"] == "not installed"
