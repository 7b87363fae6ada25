"""The folder that an office device scans into, watched beside the work: new files that are whole are offered.

Off unless a folder is chosen. Nothing is taken in by itself: a notice says what has come, and one key takes it into the
paper that is marked. A file that is still being written is left alone; where the office wants it, one that is safe in
the office's own folder is deleted where it lay.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

from desktop.bus import Level, Notice, Offer
from desktop.devices.folder import Watched
from desktop.devices.spool import FOLDER
from desktop.jobs import Report, Ticket
from desktop.scanning import Outcome
from desktop.views.screen import Counter
from onestop.rules.errors import DeviceTrouble
from onestop.texts import N_

EVERY = 4_000
"""Milliseconds between two looks."""
AGAIN = 30_000
"""The same while the folder is not there: a network that is down takes its time to say so."""
NAMED = 3
"""New files that are named; of the others it is said how many there are."""
KEY = "folder"
"""Of every notice about the folder: the newest takes the place of the one before."""
LEDGER = "taken.json"
"""The file, in the office's spool, that remembers what was taken."""

Bring = Callable[[Sequence[Path], Callable[[Outcome], None]], None]
"""Takes files in and says afterwards what became of them."""


class FolderWatch(QObject):
    """One for the window. `ready`: the files that are offered; `look()` is called by itself."""

    def __init__(self, counter: Counter, parent: QObject) -> None:
        super().__init__(parent)
        self._counter, self._desk, self._settings = counter, counter.desk, counter.settings
        self.ready: tuple[Path, ...] = ()
        self._watched: Watched | None = None
        self._told: frozenset[Path] = frozenset()
        self._gone = False
        self._ticket: Ticket | None = None
        self._round = 0
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)
        self._settings.watch(self._changed)
        self._choose()

    @property
    def on(self) -> bool:
        """Is a folder watched?"""
        return self._watched is not None

    def _changed(self, key: str) -> None:
        if key == "scan_folder":
            self._choose()
            self.begin_afresh()

    def _choose(self) -> None:
        folder = str(self._settings.get("scan_folder")).strip()
        self.ready, self._told, self._gone = (), frozenset(), False
        self._counter.notices.drop(KEY)
        if not folder:
            self._watched = None
            self._timer.stop()
            return
        self._watched = Watched(Path(folder), self._counter.service.office.folder / FOLDER / LEDGER)
        self._timer.start(EVERY)

    def begin_afresh(self) -> None:
        """The folder has just been chosen: what lies there already is left alone."""
        if self._watched is not None:
            self._run(passed_over, self._watched, then=self._seen)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    # -- looking

    def look(self) -> None:
        """See what has come."""
        if self._watched is not None and self._ticket is None and self._counter.clerk() is not None:
            self._run(looked, self._watched, then=self._seen)

    def _run(self, work: Callable[..., Any], *given: Any, then: Callable[[Any], None]) -> None:
        self._round += 1
        number = self._round

        def answered(found: Any) -> None:
            if number == self._round:  # else something was done since: what was seen is no longer so
                then(found)

        ticket = self._desk.run(work, *given, then=answered, always=self._over, owner=self)
        self._ticket = None if ticket.over else ticket

    def _over(self) -> None:
        self._ticket = None

    def _seen(self, found: Sequence[Path] | DeviceTrouble) -> None:
        if self._watched is None:
            return
        gone = isinstance(found, DeviceTrouble)
        if gone != self._gone:
            self._gone = gone
            self._timer.setInterval(AGAIN if gone else EVERY)
            if gone:
                self._tell(Level.WARNING, "scan.folder-gone", folder=str(self._watched.folder))
            else:
                self._counter.notices.drop(KEY)
        if isinstance(found, DeviceTrouble):
            self.ready = ()
            return
        self.ready = tuple(found)
        new = frozenset(self.ready) - self._told
        self._told = frozenset(self.ready)
        if new:
            self._offer()
        elif not self.ready:
            self._counter.notices.drop(KEY)

    def _offer(self) -> None:
        names = [file.name for file in self.ready[:NAMED]]
        more = ["…"] if len(self.ready) > NAMED else []
        details = {"count": len(self.ready), "files": ", ".join([*names, *more])}
        self._desk.bus.tell(Notice(Level.NOTE, "scan.folder-new", details, KEY, (Offer(N_("Nhận"), self._take),)))

    def _take(self) -> None:
        """The button of the notice: on a screen without papers, Tiếp nhận comes first."""
        commands = self._counter.commands
        keys = ("receive.folder", "scan.folder")
        if not any(commands[key].isEnabled() for key in keys):
            self._counter.go("receive")
        for key in keys:
            commands.press(key)

    def _tell(self, level: Level, code: str, **details: Any) -> None:
        self._desk.bus.tell(Notice(level, code, details, KEY))

    # -- taking

    def take(self, bring: Bring) -> None:
        """Let `bring` take in what is offered."""
        files = self.ready
        if not files:
            self._tell(Level.NOTE, "scan.folder-empty")
            return
        bring(files, partial(self._brought, files))

    def _brought(self, files: Sequence[Path], outcome: Outcome) -> None:
        """What came, and what was refused by name, is not offered again; the rest waits."""
        refused = {name for name, _why in outcome.refused}
        done = files[: len(outcome.came) + len(outcome.refused)]
        clear = bool(self._settings.get("scan_folder_clear"))
        safe = [file for file in done if clear and file.name not in refused]
        watched = self._watched
        self.ready = tuple(file for file in self.ready if file not in done)
        self._counter.notices.drop(KEY)
        if watched is not None and done:
            self._run(settled, watched, done, safe, then=self._settled)

    def _settled(self, left: Sequence[str]) -> None:
        if left:
            self._tell(Level.WARNING, "scan.folder-uncleared", files=", ".join(left))


def take_new(counter: Counter, bring: Bring) -> None:
    """Ctrl+Shift+O of a screen: let `bring` take what the watched folder offers; without a folder it is said how to
    choose one."""
    watch: FolderWatch | None = getattr(counter.service, "folder", None)
    if watch is None or not watch.on:

        def to_settings() -> None:
            counter.go("settings", group="scan")

        settings = Offer(N_("Mở cài đặt"), to_settings)
        counter.desk.bus.tell(Notice(Level.NOTE, "scan.folder-none", {}, KEY, (settings,)))
        return
    watch.take(bring)


# In workers: a folder on the network may keep one waiting.


def looked(report: Report, watched: Watched) -> Sequence[Path] | DeviceTrouble:
    """The files that are whole and have not been taken, or why one cannot look. The trouble is an answer: the folder
    is looked for again and again."""
    try:
        return watched.look()
    except DeviceTrouble as trouble:
        return trouble


def passed_over(report: Report, watched: Watched) -> Sequence[Path] | DeviceTrouble:
    """Leave alone what lies there; nothing is new."""
    try:
        watched.pass_over()
    except DeviceTrouble as trouble:
        return trouble
    return ()


def settled(report: Report, watched: Watched, done: Sequence[Path], safe: Sequence[Path]) -> list[str]:
    """Remember what was taken, delete what is to be deleted; the names of those that could not be."""
    for file in done:
        watched.taken(file)
    return [file.name for file in safe if not watched.clear(file)]
