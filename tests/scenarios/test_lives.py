"""A dossier's whole life, over random days with several clerks: only legal moves, every clock right, undone exactly.

Judged by a table of moves and by a reckoning, minute by minute, that know nothing of the project's own. The suite lives
some hundred days; `--lives 3000` is the run of docs/measurements.md. `-s` prints what was done.
"""

from __future__ import annotations

import ast
import shutil
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.helpers import life_law, slow_clock
from tests.helpers.life_law import REFUSED_TAKERS
from tests.helpers.lives import Town, every_legal_move
from tests.helpers.town import made_town

TOWN_DAYS = 40
ACROSS = date(2025, 6, 16)
"""A first day from which a town lives through 1/7/2025, when supplements began to restart the limit."""


@pytest.fixture(scope="module")
def template(quick_folder: Path) -> Path:
    return made_town(quick_folder / "town")


def test_every_move_and_every_clock_is_as_the_law_has_it(
    request: pytest.FixtureRequest, template: Path, quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: Counter[str] = Counter()
    towns = max(1, request.config.getoption("--lives") // TOWN_DAYS)
    for seed in range(towns):
        monkeypatch.setenv("MOTCUA_STATE_DIR", str(quick_folder / f"marks-{seed}"))
        town = Town(template, quick_folder / f"town-{seed}", seed, ACROSS if seed % 5 == 0 else None)
        try:
            town.live(TOWN_DAYS)
            town.judge()
        finally:
            town.close()
            shutil.rmtree(town.office.folder)
        counts += town.counts
    print(f"{towns} towns: {dict(sorted(counts.items()))}")  # noqa: T201  (-s)
    missed = every_legal_move() - set(counts)
    assert not missed, "a move that nobody made"
    refused = {"permission.missing", "dossier.move-not-allowed", "dossier.moved-meanwhile", "move.reason-missing"}
    refused |= {"supplement.again", "undo.printed", "undo.another", "undo.nothing", "extension.again"}
    refused |= {"hands.nobody", "hands.taken", "hands.not-yours", "hands.same", "hands.meanwhile", "hands.clerk-cannot"}
    refused |= {"move.to-missing", "absence.overlap", "absence.self", "absence.deputy-absent", "absence.none"}
    refused |= set(REFUSED_TAKERS.values())
    assert counts["moved by leaves"] > 0
    assert counts["redirected"] > 0
    assert {f"refused {code}" for code in refused} <= set(counts)


def test_the_reckoning_imports_nothing_from_the_project() -> None:
    for module in (slow_clock, life_law):
        tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
        named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        named |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        named.discard("tests.helpers.slow_clock")
        assert {each.partition(".")[0] for each in named} <= sys.stdlib_module_names, module.__name__
