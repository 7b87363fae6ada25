"""The one place that opens a database: SQLite beside the program (optionally with a key), PostgreSQL at the centre.

SQLite runs in WAL with `synchronous=FULL`: what was committed survives a pulled plug. Writers begin with
`BEGIN IMMEDIATE` and stand in one lane; readers have their own connections and never wait for a writer.
"""

from __future__ import annotations

import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool

from onestop.rules import why
from onestop.rules.errors import StoreTrouble
from onestop.store.migrations import HEAD, KNOWN

BUSY_SECONDS = 5.0
WAL_PAGES = 8000
"""Pages of the write-ahead log before they are moved into the database: about 350 dossiers, 32 MB. A dossier touches
some twenty pages, most of them the same ones; moved seldom, each is moved once."""


class Dial:
    """How files of one kind are opened: with which driver, under which key. Calling it gives a bare connection."""

    def __init__(self, driver: Any = sqlite3, key: str | None = None) -> None:
        self.driver = driver
        self.error: type[Exception] = driver.Error
        self._key = key

    def __call__(self, path: Path) -> Any:
        connection = self.driver.connect(str(path), timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None)
        if self._key is not None:
            connection.execute(f"PRAGMA key=\"x'{self._key}'\"")
        return connection


PLAIN = Dial()


class Store:
    """An open database. `writing()` for acts, `reading()` for queries; both give SQLAlchemy connections."""

    def __init__(self, engine: Engine, path: Path | None = None, dial: Dial | None = None) -> None:
        self.engine = engine
        self.path = path
        self.dial = dial or PLAIN
        self.sqlite = engine.dialect.name == "sqlite"
        self._lane = threading.RLock()
        driver: Any = engine.dialect.dbapi
        # Prepared statements go to the driver by themselves: its own errors come out as they are.
        self._errors: tuple[type[Exception], ...] = (DatabaseError, driver.Error)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the database for as long as the block lasts."""
        try:
            with self.engine.connect() as connection:
                yield connection
        except self._errors as error:
            raise self.trouble(error) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The one writer: commits when the block ends well, rolls all back otherwise."""
        with self._lane:
            try:
                with self.engine.connect().execution_options(writer=True) as connection, connection.begin():
                    yield connection
            except self._errors as error:
                raise self.trouble(error) from error

    def trouble(self, error: Exception) -> StoreTrouble:
        """What `error`, which the database raised, means to whoever works with it."""
        return trouble(error, self.path.parent if self.path is not None else None)

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


class Ear:
    """Hears that somebody else has written: a connection of its own, asked now and then by one thread."""

    def __init__(self, store: Store) -> None:
        self._connection = store.engine.raw_connection() if store.sqlite else None
        self._version = self._ask()

    def _ask(self) -> int:
        if self._connection is None:
            return 0
        return int(self._connection.cursor().execute("PRAGMA data_version").fetchone()[0])

    def changed(self) -> bool:
        """Whether any other connection has committed since the last call."""
        before, self._version = self._version, self._ask()
        return before != self._version


def open_sqlite(path: Path, key: str | None = None, driver: ModuleType | None = None, durable: bool = True) -> Store:
    """The store in the file at `path`. `key`: 64 hex digits, which asks for SQLCipher in `driver` (sqlcipher3.dbapi2).

    `durable` False does not wait for the disk: for databases that are made to be thrown away, and for nothing else.
    Does not create tables: `onestop.store.migrate.upgrade` does. StoreTrouble when the file is not a database, is
    damaged, or was written by a newer program.
    """
    if key is not None and driver is None:
        raise StoreTrouble("store.no-cipher")
    dial = Dial(driver or sqlite3, key)

    def connect() -> Any:
        raw = dial(path)
        cursor = raw.cursor()
        if key is not None:
            cursor.execute("PRAGMA cache_size=-65536")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA synchronous={'FULL' if durable else 'OFF'}")
        cursor.execute("PRAGMA temp_store=MEMORY")
        cursor.execute(f"PRAGMA wal_autocheckpoint={WAL_PAGES}")
        cursor.execute(f"PRAGMA journal_size_limit={WAL_PAGES * 4096}")
        cursor.execute("PRAGMA mmap_size=268435456")
        cursor.close()
        return raw

    engine = create_engine(
        "sqlite://", module=dial.driver, creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=8
    )
    event.listen(engine, "begin", _begin)
    return Store(engine, path, dial)


def open_url(url: str) -> Store:
    """The store at a PostgreSQL address (or `sqlite:///file`), for the centre."""
    if url.startswith("sqlite:///"):
        return open_sqlite(Path(url.removeprefix("sqlite:///")))
    return Store(create_engine(url, pool_pre_ping=True))


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writer"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN")


def version(store: Store) -> str | None:
    """The schema version of the database: None = no tables yet."""
    try:
        with store.engine.connect() as connection:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except (OperationalError, DatabaseError) as error:
        words = str(error).lower()
        if "no such table" in words or "does not exist" in words or "undefined" in words:
            return None
        raise store.trouble(error) from error


def check_version(store: Store) -> bool:
    """True when the database is at this program's version, False when it must be brought up to it.

    StoreTrouble("store.newer") when a newer program wrote it.
    """
    found = version(store)
    if found == HEAD:
        return True
    if found is not None and found not in KNOWN:
        raise StoreTrouble("store.newer", found=found, known=HEAD)
    return False


def trouble(error: Exception, folder: Path | None = None) -> StoreTrouble:
    """The sentence-bearing trouble for what the database said, through SQLAlchemy or straight from its driver.

    Of a full or read-only disk SQLite may only know that a file could not be opened: `folder`, where the database lies,
    is then tried.
    """
    said = str(getattr(error, "orig", None) or error)
    words = said.lower()
    if "locked" in words or "busy" in words:
        return StoreTrouble("store.locked")
    if "full" in words and ("disk" in words or "database" in words):
        return StoreTrouble("store.disk-full")
    if "malformed" in words or "not a database" in words or "corrupt" in words or "encrypted" in words:
        return StoreTrouble("store.damaged")
    if "readonly" in words or "read-only" in words or "permission" in words:
        return StoreTrouble("store.read-only")
    if "i/o error" in words or "unable to open" in words:
        return StoreTrouble(_found_by_trying(folder))
    return StoreTrouble("store.failed", said=said)


ROOM = 256 * 1024
"""Bytes that SQLite may want beside a database before it can even read it: the index of its log."""


def _found_by_trying(folder: Path | None) -> str:
    """What a file meets that is written into `folder`, and taken away again."""
    if folder is None:
        return "store.unreachable"
    try:
        with tempfile.TemporaryFile(dir=folder, buffering=0) as probe:
            probe.write(bytes(ROOM))
    except OSError as error:
        return why.store_trouble(error)
    return "store.unreachable"
