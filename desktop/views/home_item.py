"""One thing that needs a person now, as a line of Hôm nay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that needs a person: what it is, a quiet line about it, and what can be done: `open` under the word
    `verb`, or one of `answers` (word, call). `key` tells it from others with the same title."""

    icon: str
    tone: str
    title: str
    note: str = ""
    open: Callable[[], Any] | None = None
    verb: str = ""
    answers: tuple[tuple[str, Callable[[], Any]], ...] = ()
    key: str = ""

    @property
    def words(self) -> tuple[Any, ...]:
        """What is seen of it; another item with the same is not drawn anew."""
        return (self.icon, self.tone, self.title, self.note, self.verb, len(self.answers), self.key, self.open is None)
