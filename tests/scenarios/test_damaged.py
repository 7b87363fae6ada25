"""Damaged files at every door: each costs a sentence and nothing else. No crash, no hang, nothing lost on the way.

`--damaged` says how many in all (docs/measurements.md: 5,000); the same number damages the same bytes in every run
(those of signatures are new each time).
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.cli import machine
from desktop.office import Office
from onestop import clock
from tests.helpers.door_seeds import spoiled
from tests.helpers.doors import TAKEN, Doors
from tests.helpers.office import MONDAY

NAMES = (
    "files that are brought", "pages from a scanner", "pages that a crash left", "signatures", "people, CSV",
    "people, XLSX", "catalogue", "dossier", "template", "settings", "office file", "card", "answers of a scanner",
    "key files and trusted issuers",
)  # fmt: skip
LONGEST = 30.0
"""Seconds for one file: a person waits for it."""
ENOUGH = 20
"""Files of which some come in all the same."""
ALWAYS_REFUSED = ("key files and trusted issuers",)
"""Doors that may refuse everything: a key has no unimportant bytes."""


@pytest.fixture
def doors(demo_office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Doors]:
    monkeypatch.setattr(machine, "DRIVERS", {})
    folder = tmp_path / "brought"
    folder.mkdir()
    with clock.frozen(MONDAY):
        made = Doors(demo_office, folder)
        yield made
        made.close()


@pytest.mark.parametrize("name", NAMES)
def test_damaged_files_cost_a_sentence_and_nothing_else(
    doors: Doors, name: str, request: pytest.FixtureRequest
) -> None:
    every = {door.name: door for door in doors.all()}
    assert tuple(every) == NAMES and sum(door.share for door in every.values()) == 100
    door = every[name]
    count = max(len(door.seeds), request.config.getoption("--damaged") * door.share // 100)
    outcome, longest = Counter[str](), 0.0
    for number in range(count):
        seed = list(door.seeds.values())[number % len(door.seeds)]
        bad = spoiled(seed, number, door.is_text)
        started = time.monotonic()
        outcome[door.walk(bad, number)] += 1
        longest = max(longest, time.monotonic() - started)
    sys.stdout.write(f"\n{name}: {count} files, longest {longest:.1f} s: {dict(outcome.most_common())}\n")
    assert longest < LONGEST
    assert sum(outcome.values()) == count
    assert count < ENOUGH or name in ALWAYS_REFUSED or outcome[TAKEN] or outcome["broken"]
