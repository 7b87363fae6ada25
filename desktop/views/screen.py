"""What a screen is to the frame, and what the frame hands to a screen.

A screen is one file with one class `…Screen(Screen)` whose constructor takes the `Counter`. It holds a desk, never a
session, a thread or a rule. To add one: write the class, then `window.add(Place(…))` in `app.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.assets import Look
from desktop.desk import Desk
from desktop.settings import Settings
from desktop.views.commands import Commands
from desktop.views.notices import Notices

COALESCE = 60
"""Milliseconds in which several changes become one refresh."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A key and what it does, at the right of the title row: Hint("F2", _("Hồ sơ mới"))."""

    keys: str
    text: str


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who is at the desk, as the frame shows it. `counter` and `role` are words, not codes."""

    id: str
    login: str
    name: str
    role: str = ""
    counter: str = ""


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys that are no commands, under a heading: those of a list, of a form."""

    heading: str
    hints: Sequence[Hint]


class Go(Protocol):
    """`go("dossiers", group="overdue")` shows the screen and hands it the wish; False when the present one refuses."""

    def __call__(self, place: str, /, **wish: Any) -> bool: ...


@dataclass(frozen=True)
class Counter:
    """Everything that a screen may use, built once in `app.py`."""

    desk: Desk
    look: Look
    settings: Settings
    commands: Commands
    notices: Notices
    go: Go
    clerk: Callable[[], Clerk | None]
    """Who is at the desk now."""
    service: Any = None
    """Adapters that `app.py` hands to screens (printer, readers); each screen says what it expects of it."""


class Screen(QWidget):
    """The contract of a screen.

    `place` is its key ("receive"); `watches` the tables whose changes make it stale; `hears` the names of the wishes
    that one may come with: a wish that nobody hears would open the wrong thing without a word. The frame asks for
    `title`, `badge` and `hints` when the screen is shown and whenever it emits `changed_head`.
    """

    place = ""
    watches: frozenset[str] = frozenset()
    hears: frozenset[str] = frozenset()
    reads_cards = False
    """While it is shown a card is for it; else Tiếp nhận comes to the front."""
    changed_head = Signal()

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.counter = counter
        self.desk, self.look = counter.desk, counter.look
        self.settings, self.notices, self.go = counter.settings, counter.notices, counter.go
        self._stale: dict[str, frozenset[str]] = {}
        self._calm = QTimer(self, singleShot=True, interval=COALESCE)
        self._calm.timeout.connect(self._refresh_now)
        self.desk.bus.changed.connect(self._hear)

    # -- what the frame asks

    def title(self) -> str:
        """The heading of the title row."""
        return ""

    def badge(self) -> str:
        """A word beside the heading ("86 đang giải quyết"); "" for none."""
        return ""

    def badge_tone(self) -> str:
        """The tone of that word: accent, warning, danger, good, quiet."""
        return "accent"

    def hints(self) -> Sequence[Hint]:
        """Two to four keys worth knowing here; F1 is added by the frame."""
        return ()

    def keys(self) -> Sequence[Keys]:
        """Every key that does something here and is neither a command nor one of `hints`; F1 shows them."""
        return ()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Command key → what it does here. Asked once, when the screen is made."""
        return {}

    def activated(self) -> None:
        """It is shown now: put the focus where work begins."""

    def wished(self, **wish: Any) -> None:
        """Someone came with a wish (`go(place, **wish)`); called before `activated`."""

    def can_leave(self) -> bool:
        """May another screen be shown now? False only when something cannot be kept; say why in a notice."""
        return True

    def keepsake(self) -> dict[str, Any] | None:
        """The wish that brings back what is shown, asked before the screen is made anew in another language. None while
        something would not come back (a scan runs, a draft cannot be written): the other language waits for it."""
        return {}

    def refresh(self, changes: Mapping[str, frozenset[str]]) -> None:
        """Rows of these tables have changed (table → ids). Called while shown, or at the next `activated`."""

    # -- what the base does

    def _hear(self, changes: Any) -> None:
        mine = {table: ids for table, ids in changes.touched.items() if table in self.watches}
        if not mine:
            return
        for table, ids in mine.items():
            self._stale[table] = self._stale.get(table, frozenset()) | ids
        if self.isVisible() and not self._calm.isActive():
            self._calm.start()

    def _refresh_now(self) -> None:
        if self._stale and self.isVisible():
            stale, self._stale = self._stale, {}
            self.refresh(stale)

    def enter(self) -> None:
        """Called by the frame when the screen is shown."""
        self._refresh_now()
        self.activated()
