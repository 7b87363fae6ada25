"""A verified copy of the database each day, seven kept, and a good copy offered when the database is damaged."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from onestop.rules import why
from onestop.rules.errors import StoreTrouble
from onestop.store.engine import PLAIN, Dial, Store, trouble
from onestop.store.files import sync_folder
from onestop.store.folder import COPIES

KEEP = 7

STEPS = 1_000_000
"""Steps of SQLite between two questions whether to go on with the proving: some hundredths of a second."""

Progress = Callable[[int, int], bool]
"""Told (done, total) pages; ends the work by returning False."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One stored copy."""

    path: Path
    day: str
    size: int


def copies(folder: Path) -> list[Copy]:
    """The copies at hand, the latest first."""
    found = [
        Copy(path, path.stem, path.stat().st_size)
        for path in folder.glob(COPIES)
        if path.is_file() and path.stat().st_size
    ]
    return sorted(found, key=lambda each: each.day, reverse=True)


def copy_today(
    store: Store, folder: Path, today: date, keep: int = KEEP, progress: Progress | None = None
) -> Path | None:
    """Make today's copy unless it is there, prove it, and let the oldest beyond `keep` go.

    `progress(done, total)` in pages; False cancels and leaves nothing behind. Gives the copy, or None when cancelled.
    Call off the GUI thread: the copy goes page by page beside running work.
    """
    target = folder / f"{today.isoformat()}.db"
    if target.exists() and target.stat().st_size:
        return target
    made = copy_to(store, target, progress)
    if made is not None:
        for old in copies(folder)[keep:]:
            old.path.unlink(missing_ok=True)
    return made


def _of_database(error: Exception, folder: Path) -> dict[str, Any]:
    found = trouble(error, folder)
    return {"code": found.code, "details": found.details, "said": str(error)}


FORGOTTEN = 24 * 3600
"""Seconds after which what a killed process left of a copy is nobody's any more."""


def _forget_killed(waiting: Path) -> None:
    """Take away what processes that were killed have left of copies."""
    waiting.touch()
    now = waiting.stat().st_mtime
    for left in waiting.parent.glob(".*.db.*"):
        if now - left.stat().st_mtime > FORGOTTEN:
            left.unlink(missing_ok=True)


class _Cancelled(Exception):
    """The person stopped the copy."""


def copy_to(store: Store, target: Path, progress: Progress | None = None) -> Path | None:
    """A whole, proved copy of the database at `target`, made while work goes on. None when cancelled.

    A copy of a database with a key has that key.
    """
    waiting = target.with_name(f".{target.name}.{os.getpid()}")

    def tell(_status: int, remaining: int, total: int) -> None:
        if progress is not None and not progress(total - remaining, total):
            raise _Cancelled

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        waiting.unlink(missing_ok=True)
        with store.reading() as connection:
            source: Any = connection.connection.driver_connection
            _forget_killed(waiting)
            with contextlib.closing(store.dial(waiting)) as goal:
                source.backup(goal, pages=4000, progress=tell, sleep=0.0)
                goal.execute("PRAGMA journal_mode=DELETE")
        prove(waiting, store.dial, progress)
        _make_durable(waiting)
        os.replace(waiting, target)
        sync_folder(target.parent)
        return target
    except _Cancelled:
        return None
    except store.dial.error as error:
        raise StoreTrouble("backup.failed", reason=_of_database(error, target.parent)) from error
    except OSError as error:
        raise StoreTrouble("backup.failed", reason=why.of_system(error)) from error
    finally:
        with contextlib.suppress(OSError):
            waiting.unlink(missing_ok=True)


def prove(path: Path, dial: Dial = PLAIN, progress: Progress | None = None) -> None:
    """StoreTrouble("backup.damaged") unless the file is a whole database with its log of acts.

    `dial` opens a database that has a key (`Store.dial`). `progress` ends the proving by returning False.
    """
    stopped = False

    def go_on() -> int:
        nonlocal stopped
        stopped = progress is not None and not progress(1, 1)
        return int(stopped)

    try:
        if not path.is_file():
            raise StoreTrouble("backup.damaged", path=path.name, reason={"code": "why.no-copy-file"})
        with contextlib.closing(dial(path)) as database:
            database.set_progress_handler(go_on, STEPS)
            verdict = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
            database.execute("SELECT count(*) FROM this_device").fetchone()
    except dial.error as error:
        if stopped:
            raise _Cancelled from error
        reason = {"code": "why.not-whole", "said": str(error)}
        raise StoreTrouble("backup.damaged", path=path.name, reason=reason) from error
    if verdict != "ok":
        reason = {"code": "why.not-whole", "said": str(verdict)}
        raise StoreTrouble("backup.damaged", path=path.name, reason=reason)


def last_good(folder: Path, dial: Dial = PLAIN) -> Copy | None:
    """The latest copy that proves whole; None when there is none."""
    for copy in copies(folder):
        try:
            prove(copy.path, dial)
        except StoreTrouble:
            continue
        return copy
    return None


RESTORED = "office.restored"
"""Lies in a folder whose database was brought back, until a supervisor has said that numbering may go on."""


def bring_back(database: Path, copy: Copy, today: date, dial: Dial = PLAIN) -> Path:
    """Put `copy` in the place of a damaged or lost database; what is left of it is kept beside. Gives where it lies.

    The store must be closed. At no moment is there less than before. Numbering stays stopped until a supervisor
    resumes it, whether or not the high-water mark is still there.
    """
    prove(copy.path, dial)
    kept = _free_name(database, today)
    waiting = database.with_name(f".{database.name}.restoring")
    note = database.with_name(RESTORED)
    noted_before = note.exists()
    try:
        shutil.copyfile(copy.path, waiting)
        _make_durable(waiting)
        # The log of the damaged database first: a new database never meets the log of another.
        for tail in ("-wal", "-shm"):
            beside = database.with_name(database.name + tail)
            if beside.exists():
                os.replace(beside, kept.with_name(kept.name + tail))
        if database.exists():
            _keep_beside(database, kept)
        note.write_text(copy.day, "ascii")
        os.replace(waiting, database)
        sync_folder(database.parent)
    except OSError as error:
        if not noted_before:
            with contextlib.suppress(OSError):
                note.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            waiting.unlink(missing_ok=True)
        raise StoreTrouble("backup.failed", reason=why.of_system(error)) from error
    return kept


def _free_name(database: Path, today: date) -> Path:
    kept = database.with_name(f"{database.stem}.damaged-{today.isoformat()}{database.suffix}")
    number = 1
    while kept.exists():
        number += 1
        kept = database.with_name(f"{database.stem}.damaged-{today.isoformat()}-{number}{database.suffix}")
    return kept


def _keep_beside(database: Path, kept: Path) -> None:
    """A second name for the damaged file, so that the first is never free; a copy where the disk has no such thing."""
    try:
        os.link(database, kept)
    except OSError:
        shutil.copyfile(database, kept)


def _make_durable(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
