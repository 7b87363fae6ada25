"""An empty database at the last migration, and a device in it, for the tests of the store."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from onestop.actions import manage
from onestop.store import engine, migrate
from onestop.store.engine import Store
from onestop.store.files import Files


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once a run; copied by every test that needs one."""
    path = tmp_path_factory.mktemp("empty") / "office.db"
    store = engine.open_sqlite(path, durable=False)
    migrate.upgrade(store)
    store.close()
    return path


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Path:
    """The path of a fresh, empty database."""
    return Path(shutil.copy(empty_database, tmp_path / "office.db"))


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    """A fresh database, open, with a device (counter 1 of 2) and no office yet."""
    opened = engine.open_sqlite(database)
    form = manage.FoundForm("H99", "Trung tâm", "UBND", "Mẫu", (), counter=1, counters=2, machine="m")
    with opened.writing() as connection:
        manage.prepare(connection, form)
    yield opened
    opened.close()


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """An empty folder of files."""
    return Files(tmp_path / "files")
