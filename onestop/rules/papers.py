"""Papers as files: what keeps one out before "Tiếp nhận", and the particulars kept of each (NĐ 118/2025 art. 19.2).

Whether a component is satisfied is said by `rules/intake.py` and never depends on a file: what is shown, read from a
database or reused needs none, and a paper may be scanned later. What is judged here is only the files that are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.text import clean, fold

TRAY: str | None = None
"""The component of a page that nobody has sorted yet: the tray "Chưa phân loại"."""

RESULT = "ket-qua"
"""The component under which a dossier keeps what came out of it."""

MEGABYTE = 1024 * 1024


class Source(StrEnum):
    """How a paper came in."""

    SCANNER = "scanner"
    CAMERA = "camera"
    FILE = "file"
    FOLDER = "folder"
    REUSED = "reused"


class Signature(StrEnum):
    """What became of the signatures in a file that came. `unknown`: intact, but nobody here vouches for the signer."""

    NONE = "none"
    VALID = "valid"
    BROKEN = "broken"
    UNKNOWN = "unknown"


# -- what is judged ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of one file, or of one scanned page. `problems`: what a look inside found (codes with details);
    `leaves`: 0 where nobody can tell; `passed`: a supervisor has let it in as it is."""

    name: str
    media_type: str
    size: int
    leaves: int = 1
    blank: bool = False
    problems: tuple[Remark, ...] = ()
    signature: Signature = Signature.NONE
    passed: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that keeps a paper out, in one line: which component, which file, and why."""

    component: str
    file: str
    remark: Remark


PASSABLE = frozenset({"paper.signature-broken", "paper.unreadable", "paper.truncated", "paper.damaged", "paper.blank"})
"""A broken file or a broken signature may be let in by a supervisor with a reason; the rest has to be brought anew."""


def faults_of(component: str, files: Sequence[FileFacts], most_bytes: int | None = None) -> tuple[Fault, ...]:
    """What keeps the files of a component out (art. 17.1: scanned whole, legible). `most_bytes`: the office's limit."""
    found: list[Fault] = []
    for each in files:
        if each.passed:
            continue
        remarks = list(each.problems)
        if most_bytes is not None and each.size > most_bytes and each.media_type == "application/pdf":
            remarks.append(
                Remark("paper.too-big", {"size": _megabytes(each.size), "most": _megabytes(most_bytes)}),
            )
        if each.signature is Signature.BROKEN:
            remarks.append(Remark("paper.signature-broken"))
        found += [Fault(component, each.name, remark) for remark in remarks]
    if files and all(each.blank and not each.passed for each in files) and not found:
        found.append(Fault(component, files[0].name, Remark("paper.blank")))
    return tuple(found)


def gate(papers: Mapping[str, Sequence[FileFacts]], most_bytes: int | None = None) -> tuple[Fault, ...]:
    """Everything that keeps the papers out, component by component. `papers`: name of the component → its files."""
    return tuple(fault for name, files in papers.items() for fault in faults_of(name, files, most_bytes))


def demand_fit(faults: Iterable[Fault]) -> None:
    """RuleBroken("paper.not-fit") naming each paper that may not come in, one line each, unless there is none."""
    found = [
        {"component": each.component, "file": each.file, "code": each.remark.code, "details": dict(each.remark.details)}
        for each in faults
    ]
    if found:
        raise RuleBroken("paper.not-fit", field="components", faults=found)


def demand_passable(codes: Iterable[str]) -> None:
    """RuleBroken("paper.not-passable") when something is wrong that no word of a supervisor mends."""
    for code in codes:
        if code not in PASSABLE:
            raise RuleBroken("paper.not-passable", problem=code)


def _megabytes(size: int) -> float:
    return round(size / MEGABYTE, 1)


# -- the particulars of a paper ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class About:
    """The particulars of a digitised paper, NĐ 118/2025 art. 19.2: mã loại giấy tờ; số định danh of the holder (or name
    and birth), date and place of issue; tên giấy tờ; trích yếu; thời hạn and phạm vi hiệu lực. Dates YYYY-MM-DD; a
    birth date may be a year. Empty = not given."""

    title: str = ""
    kind_code: str = ""
    number: str = ""
    issued_on: str = ""
    issuer: str = ""
    holder_number: str = ""
    holder_name: str = ""
    holder_born: str = ""
    summary: str = ""
    valid_to: str = ""
    perpetual: bool = False
    scope: str = ""


LONGEST = {
    "title": 2000,
    "kind_code": 200,
    "number": 60,
    "issuer": 200,
    "holder_name": 500,
    "summary": 1000,
    "scope": 200,
}
"""Letters; what the national store of papers takes."""

GROUPS: dict[str, tuple[str, ...]] = {
    "title": ("title", "kind_code"),
    "number": ("number", "issued_on", "issuer"),
    "holder": ("holder_number", "holder_name", "holder_born"),
    "summary": ("summary",),
    "validity": ("valid_to", "perpetual", "scope"),
}
"""What is changed together: two counters that change two groups do not disagree."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_BORN = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def checked(about: About, today: date) -> About:
    """The particulars as they may be kept: texts clean, dates that exist. RuleBroken paper.about-* with `field`."""
    values: dict[str, Any] = {}
    for each in fields(About):
        value = getattr(about, each.name)
        values[each.name] = clean(value) if isinstance(value, str) else bool(value)
    for name, most in LONGEST.items():
        if len(values[name]) > most:
            raise RuleBroken("paper.about-long", field=name, most=most)
    for name in ("issued_on", "valid_to"):
        if values[name]:
            _day(values[name], name)
    if values["issued_on"] and values["issued_on"] > today.isoformat():
        raise RuleBroken("paper.issued-in-future", field="issued_on", day=values["issued_on"])
    if values["issued_on"] and values["valid_to"] and values["valid_to"] < values["issued_on"]:
        raise RuleBroken("paper.ends-before-issue", field="valid_to")
    if values["perpetual"] and values["valid_to"]:
        raise RuleBroken("paper.perpetual-and-ends", field="valid_to")
    if values["holder_number"] and not re.fullmatch(r"\d{9}|\d{12}", values["holder_number"]):
        raise RuleBroken("paper.holder-number", field="holder_number")
    if values["holder_born"] and not _BORN.fullmatch(values["holder_born"]):
        raise RuleBroken("paper.about-date", field="holder_born", value=values["holder_born"])
    return About(**values)


def _day(value: str, name: str) -> None:
    try:
        if not _DAY.fullmatch(value):
            raise ValueError(value)
        date.fromisoformat(value)
    except ValueError as error:
        raise RuleBroken("paper.about-date", field=name, value=value) from error


def is_valid_on(valid_to: str | None, day: date) -> bool:
    """Whether a paper still holds on `day`; one without an end does."""
    return not valid_to or valid_to >= day.isoformat()


# -- one component, several pages --------------------------------------------------------------------------------------


def component_key(key: str, name: str) -> str:
    """How a page names the component it belongs to: the catalogue's key; a further paper goes by "+" and its name."""
    return key or f"+{name}"


def pick_component(components: Sequence[tuple[str, str]], wanted: str) -> tuple[str, str]:
    """The component (key, name) that `wanted` means: its key, its name, or a part of a name that fits one alone
    (accents and case aside). RuleBroken component.unknown, component.ambiguous."""
    for key, name in components:
        if wanted in (key, name, component_key("", name)):
            return key, name
    folded = fold(wanted)
    fitting = [(key, name) for key, name in components if folded and folded in fold(name)]
    exact = [(key, name) for key, name in fitting if fold(name) == folded]
    if len(exact) == 1 or len(fitting) == 1:
        return (exact or fitting)[0]
    if fitting:
        raise RuleBroken("component.ambiguous", name=wanted, candidates=[name for _key, name in fitting])
    raise RuleBroken("component.unknown", name=wanted, known=[name for _key, name in components])
