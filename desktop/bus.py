"""The two signals of the whole program: what has changed in the store, and what a person should be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, Signal


class Level(StrEnum):
    """How a notice looks and how long it stays: good news leaves by itself, the rest is put away by the person."""

    GOOD = "good"
    NOTE = "note"
    WARNING = "warning"
    DANGER = "danger"
    PROGRESS = "progress"


@dataclass(frozen=True, slots=True)
class Offer:
    """A button on a notice: "Xem", "Hoàn tác", "Thử lại". `text` is marked (N_): it is said in whatever language is in
    use while it is seen."""

    text: str
    call: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell, as data until it is shown: the sentence is `texts.sentence(code, **details)`. A detail that is
    words of ours is a function that gives them in the language in use.

    A notice with the `key` of one still shown takes its place. A PROGRESS notice has `done` and `total` (None =
    unknown) in its details and `cancel` where the work can be given up; `over=True` in the details takes it away.
    """

    level: Level
    code: str
    details: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    offers: tuple[Offer, ...] = ()
    cancel: Callable[[], None] | None = None


class Bus(QObject):
    """`changed(Changes)` after every commit, whether by a click or by sync; `notice(Notice)` for the person.

    Notices told before a window listens are kept and given to the first listener of `listen`.
    """

    changed = Signal(object)
    notice = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._unheard: list[Notice] | None = []

    def tell(self, notice: Notice) -> None:
        """Say it to the person, now or as soon as a window is there."""
        if self._unheard is None:
            self.notice.emit(notice)
        else:
            self._unheard.append(notice)

    def listen(self, hear: Callable[[Notice], None]) -> None:
        """`hear` every notice from now on, those told before first."""
        self.notice.connect(hear)
        waiting, self._unheard = self._unheard or [], None
        for notice in waiting:
            self.notice.emit(notice)
