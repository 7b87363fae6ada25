"""Long work on the catalogue, off the GUI thread: publishing a file, switching many procedures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.jobs import Report
from onestop.actions import catalogue as actions
from onestop.actions.catalogue import Published, PublishForm, SwitchForm
from onestop.rules.catalogue_file import is_own
from onestop.rules.errors import RuleBroken
from onestop.rules.national import unpacked
from onestop.store.work import Changes

BATCH = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it; `changes` tells the screens."""

    published: Published
    changes: Changes
    holidays: bool = False


def publish_file(report: Report, office: Any, file: Path) -> Outcome:
    """Publish a catalogue (our own format, or lines of the national one, packed or not) or a table of days off.

    It is read first, which may be given up; the writing itself takes a moment and is all or nothing.
    RuleBroken file.missing, file.empty, and those of `actions.publish`.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise RuleBroken("file.missing", file=file.name) from error
    if not content.strip():
        raise RuleBroken("file.empty", file=file.name)
    if file.suffix.lower() == ".toml":
        form = PublishForm("holidays", "office", file.name, content)
    else:
        plain = unpacked(content)
        own = is_own(plain)
        lines = plain.count(b"\n")
        actions.read_ahead(content, lambda line: report.step(line, None if own else max(line, lines)))
        form = PublishForm("catalogue", "office" if own else "national", file.name, content)
    report.step(1, None)
    done = office.perform(actions.publish, form)
    return Outcome(done.answer, done.changes, form.kind == "holidays")


@dataclass(frozen=True, slots=True)
class Switched:
    """How many were switched before it was over or given up."""

    count: int
    changes: Changes


def switch_many(report: Report, office: Any, forms: Sequence[SwitchForm]) -> Switched:
    """Offer many procedures, or no longer, some at a time; given up, those done stay so."""
    touched: dict[str, set[str]] = {}
    count = 0
    for start in range(0, len(forms), BATCH):
        if report.cancelled:
            break
        done = office.perform(actions.switch_all, forms[start : start + BATCH])
        count += done.answer
        for table, ids in done.changes.touched.items():
            touched.setdefault(table, set()).update(ids)
        report.step(count, len(forms))
    return Switched(count, Changes({table: frozenset(ids) for table, ids in touched.items()}))
