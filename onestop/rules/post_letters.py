"""What the list of the post shows: the results that went to the citizens by post on some days."""

from __future__ import annotations

from dataclasses import dataclass

from onestop.rules.letters import OnPaper
from onestop.rules.list_letters import Span


@dataclass(frozen=True, slots=True)
class PostRow:
    """One envelope. `tracking` "" leaves the post's own pen room; `note`: what goes with it, or what became of it."""

    code: str
    name: str
    address: str
    phone: str
    content: str
    tracking: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PostGroup:
    """What went with one carrier at one time. `name`: the list, "2026-11-27.1.01"."""

    name: str
    carrier: str
    rows: tuple[PostRow, ...]


@dataclass(frozen=True, slots=True)
class PostListLetter(OnPaper):
    """Bảng kê bưu gửi: the lists of a span of days, as the tracking numbers are known at `issued_at`."""

    span: Span
    groups: tuple[PostGroup, ...]
