"""The national catalogue for tests: the small file that holds every kind of its noise, and the real one where it is."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "tests" / "onestop" / "data" / "national-sample.jsonl"


def real_file() -> Path | None:
    """The real catalogue, where somebody has it: MOTCUA_NATIONAL_FILE, or in a folder beside the project's."""
    if named := os.environ.get("MOTCUA_NATIONAL_FILE"):
        return Path(named)
    return next(iter(sorted(ROOT.parent.glob("*/data/national-procedures.jsonl.gz"))), None)
