"""A verified copy of the database each day, seven kept, and a good copy offered when the database is damaged."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from onestop.rules.errors import StoreTrouble
from onestop.store.engine import Store
from onestop.store.files import sync_folder

KEEP = 7


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
        for path in folder.glob("????-??-??.db")
        if path.is_file() and path.stat().st_size
    ]
    return sorted(found, key=lambda each: each.day, reverse=True)


def copy_today(
    store: Store, folder: Path, today: date, keep: int = KEEP, progress: Callable[[int, int], bool] | None = None
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


class _Cancelled(Exception):
    """The person stopped the copy."""


def copy_to(store: Store, target: Path, progress: Callable[[int, int], bool] | None = None) -> Path | None:
    """A whole, verified copy of the database at `target`, made while work goes on. None when cancelled."""
    target.parent.mkdir(parents=True, exist_ok=True)
    waiting = target.with_name(f".{target.name}.{os.getpid()}")
    waiting.unlink(missing_ok=True)

    def tell(_status: int, remaining: int, total: int) -> None:
        if progress is not None and not progress(total - remaining, total):
            raise _Cancelled

    try:
        with store.reading() as connection:
            source = connection.connection.driver_connection
            if not isinstance(source, sqlite3.Connection):
                return _copy_by_export(source, waiting, target)
            goal = sqlite3.connect(waiting)
            try:
                source.backup(goal, pages=4000, progress=tell, sleep=0.0)
                goal.execute("PRAGMA journal_mode=DELETE")
            finally:
                goal.close()
        prove(waiting)
        os.replace(waiting, target)
        sync_folder(target.parent)
        return target
    except _Cancelled:
        return None
    except sqlite3.Error as error:
        raise StoreTrouble("backup.failed", reason=str(error)) from error
    except OSError as error:
        raise StoreTrouble("backup.failed", reason=error.strerror or str(error)) from error
    finally:
        with contextlib.suppress(OSError):
            waiting.unlink(missing_ok=True)


def _copy_by_export(source: object, waiting: Path, target: Path) -> Path:
    """A copy of a database with a key keeps that key (SQLCipher has no plain backup between drivers)."""
    source.execute("VACUUM INTO ?", (str(waiting),))  # type: ignore[attr-defined]
    os.replace(waiting, target)
    sync_folder(target.parent)
    return target


def prove(path: Path) -> None:
    """StoreTrouble("backup.damaged") unless the file is a whole database with its log of acts."""
    try:
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            verdict = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
            database.execute("SELECT count(*) FROM this_device").fetchone()
        finally:
            database.close()
    except sqlite3.Error as error:
        raise StoreTrouble("backup.damaged", path=path.name, reason=str(error)) from error
    if verdict != "ok":
        raise StoreTrouble("backup.damaged", path=path.name, reason=verdict)


def last_good(folder: Path) -> Copy | None:
    """The latest copy that proves whole; None when there is none."""
    for copy in copies(folder):
        try:
            prove(copy.path)
        except StoreTrouble:
            continue
        return copy
    return None


def bring_back(database: Path, copy: Copy, today: date) -> Path:
    """Put `copy` in the place of a damaged database; the damaged file is kept beside it. Gives where it lies.

    The store must be closed. Numbering stays stopped until a supervisor resumes it: the high-water mark stands above.
    """
    prove(copy.path)
    kept = database.with_name(f"{database.stem}.damaged-{today.isoformat()}{database.suffix}")
    number = 1
    while kept.exists():
        number += 1
        kept = database.with_name(f"{database.stem}.damaged-{today.isoformat()}-{number}{database.suffix}")
    waiting = database.with_name(f".{database.name}.restoring")
    try:
        waiting.write_bytes(copy.path.read_bytes())
        if database.exists():
            os.replace(database, kept)
        for tail in ("-wal", "-shm"):
            beside = database.with_name(database.name + tail)
            if beside.exists():
                os.replace(beside, kept.with_name(kept.name + tail))
        os.replace(waiting, database)
        sync_folder(database.parent)
    except OSError as error:
        raise StoreTrouble("backup.failed", reason=error.strerror or str(error)) from error
    return kept
