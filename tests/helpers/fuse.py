"""A SQLite driver that can fail: at the n-th statement or commit the process is gone, or the disk is full.

Give `Fuse()` to `engine.open_sqlite(..., driver=fuse)`; it is the standard module with a wire in it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any


class Killed(BaseException):
    """The process is gone, in the middle of whatever it did."""


def disk_full() -> BaseException:
    """What SQLite says when the disk is full."""
    return sqlite3.OperationalError("database or disk is full")


class Fuse:
    """Counts statements (`writes_only`: those that write, and commits) and burns at the one that `light` named."""

    def __init__(self, writes_only: bool = False) -> None:
        self.burns: Callable[[], BaseException] = Killed
        self.left: int | None = None
        self.counted = 0
        self._writes_only = writes_only

    def __getattr__(self, name: str) -> Any:
        return getattr(sqlite3, name)

    def light(self, statements: int | None, burns: Callable[[], BaseException] = Killed) -> None:
        """Burn after this many further statements; None = never."""
        self.left, self.burns, self.counted = statements, burns, 0

    def step(self, statement: str) -> None:
        """One statement is about to run."""
        word = statement.lstrip()[:6].upper()
        if word in ("PRAGMA", "BEGIN", "ROLLBA") or (self._writes_only and word == "SELECT"):
            return
        self.counted += 1
        if self.left is None:
            return
        self.left -= 1
        if self.left < 0:
            self.left = None
            raise self.burns()

    def connect(self, *args: Any, **options: Any) -> sqlite3.Connection:
        """As `sqlite3.connect`."""
        fuse = self

        class Cursor(sqlite3.Cursor):
            def execute(self, statement: str, *parameters: Any) -> Any:
                fuse.step(statement)
                return super().execute(statement, *parameters)

            def executemany(self, statement: str, *parameters: Any) -> Any:
                fuse.step(statement)
                return super().executemany(statement, *parameters)

        class Connection(sqlite3.Connection):
            def cursor(self, *args: Any) -> Any:
                return super().cursor(Cursor)

            def commit(self) -> None:
                if self.in_transaction:
                    fuse.step("COMMIT")
                super().commit()

        return sqlite3.connect(*args, factory=Connection, **options)
