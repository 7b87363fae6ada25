"""The verdict on a file: what it is, what keeps it out, what will be done to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from onestop.rules.errors import Remark


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found. `kind`: a `kinds.Kind`, or a `kinds.Foreign` where it is no page. Width and height: dots of the
    largest picture, or points of a PDF's first page. `active`: what a PDF would do by itself (`pdf_clean.Active`);
    `attached`: the names of files inside it. `problems` keep it out; `notes` do not."""

    kind: str
    media_type: str
    size: int
    pages: int = 0
    width: int = 0
    height: int = 0
    problems: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()
    active: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    encrypted: bool = False
    signed: bool = False

    @property
    def fit(self) -> bool:
        """It may come in."""
        return not self.problems


@dataclass(slots=True)
class Findings:
    """A verdict in the making."""

    problems: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    def refuse(self, code: str, **details: Any) -> None:
        """One more thing that keeps the file out; each kind of thing once."""
        if code not in {each.code for each in self.problems}:
            self.problems.append(Remark(code, details))

    def note(self, code: str, **details: Any) -> None:
        self.notes.append(Remark(code, details))

    def verdict(self, kind: str, media_type: str, size: int) -> Verdict:
        return Verdict(kind, media_type, size, problems=tuple(self.problems), notes=tuple(self.notes), **self.facts)
