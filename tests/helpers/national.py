"""The national catalogue for tests: the small file that holds every kind of its noise, and the real one where it is;
with the starter in front of it, as the index of an office has it."""

from __future__ import annotations

import os
import tomllib
from dataclasses import replace
from pathlib import Path

from onestop.rules.catalogue_file import Document, read_document, read_synonyms
from onestop.rules.catalogue_fit import read_habits
from onestop.rules.catalogue_search import Entry
from onestop.rules.national import read_file
from onestop.rules.procedure import Procedure
from onestop.rules.review import merge

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "tests" / "onestop" / "data" / "national-sample.jsonl"
CATALOGUE = ROOT / "resources" / "catalogue"
SYNONYMS = read_synonyms(tomllib.loads((CATALOGUE / "synonyms.toml").read_text(encoding="utf-8")))
HABITS = read_habits(tomllib.loads((CATALOGUE / "search.toml").read_text(encoding="utf-8")))
STARTER: Document = read_document((CATALOGUE / "procedures.json").read_bytes())


def real_file() -> Path | None:
    """The real catalogue, where somebody has it: MOTCUA_NATIONAL_FILE, or in a folder beside the project's."""
    if named := os.environ.get("MOTCUA_NATIONAL_FILE"):
        return Path(named)
    return next(iter(sorted(ROOT.parent.glob("*/data/national-procedures.jsonl.gz"))), None)


def entries(content: bytes | None) -> list[Entry]:
    """The starter with a national file behind it."""
    ours = {each.code: each for each in STARTER.procedures}
    found = {}
    for _, theirs in read_file(content) if content else ():
        if isinstance(theirs, Procedure):
            found[theirs.code] = merge(ours[theirs.code], theirs) if theirs.code in ours else theirs
    return [Entry.of(each) for each in {**ours, **found}.values()]


def with_quick(found: list[Entry]) -> list[Entry]:
    """The same at an office that kept the quick list of the starter."""
    quick = {code: place for place, code in enumerate(STARTER.quick, start=1)}
    return [replace(each, quick=quick.get(each.code, 0)) for each in found]
