"""The one place that opens a database: durable, one writer, readers that never wait, a key, and trouble with a code."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlcipher3.dbapi2
from sqlalchemy import insert, select, text

from desktop import founding
from desktop.office import Office
from onestop import clock
from onestop.actions import receive
from onestop.actions.table import KINDS
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.store import acts, backup, engine, migrate, rebuild, schema
from onestop.store.engine import Ear, Store
from tests.helpers.office import act_as, made_dossier

KEY = "5f" * 32
NOTE = {"office_id": "o", "person": "", "key": "k", "value": 1}


def put(store: Store, key: str) -> None:
    with store.writing() as connection:
        connection.execute(insert(schema.setting), {**NOTE, "key": key})


def keys(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(connection.execute(select(schema.setting.c.key).order_by(schema.setting.c.key)).scalars())


# ---- how it is opened -----------------------------------------------------------------------------------------------


def test_every_connection_is_durable_and_checks_references(store: Store) -> None:
    with store.reading() as one, store.reading() as two, store.writing() as three:
        for connection in (one, two, three):
            pragmas = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            }
            assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_an_act_subject_without_its_act_is_refused(store: Store) -> None:
    row = {"table_name": "citizen", "subject_id": "x", "act_id": "nowhere", "office_id": "o"}
    with pytest.raises(StoreTrouble), store.writing() as connection:
        connection.execute(insert(schema.act_subject), row)


def test_readers_see_one_moment_and_never_wait(store: Store) -> None:
    put(store, "a")
    with store.reading() as reader:
        before = reader.execute(select(schema.setting.c.key)).scalars().all()
        put(store, "b")
        assert reader.execute(select(schema.setting.c.key)).scalars().all() == before == ["a"]
    with store.writing() as writer:
        writer.execute(insert(schema.setting), {**NOTE, "key": "c"})
        assert keys(store) == ["a", "b"]
    assert keys(store) == ["a", "b", "c"]


def test_writers_stand_in_one_lane(store: Store) -> None:
    inside, most = 0, 0

    def write(number: int) -> None:
        nonlocal inside, most
        with store.writing() as connection:
            inside += 1
            most = max(most, inside)
            connection.execute(insert(schema.setting), {**NOTE, "key": f"{number:02}"})
            inside -= 1

    threads = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert keys(store) == [f"{number:02}" for number in range(20)]


def test_what_fails_leaves_nothing(store: Store) -> None:
    def refused() -> None:
        with store.writing() as connection:
            connection.execute(insert(schema.setting), {**NOTE, "key": "lost"})
            raise RuleBroken("no")

    with pytest.raises(RuleBroken):
        refused()
    assert keys(store) == []


def test_another_process_hears_and_is_heard(store: Store, database: Path) -> None:
    ear = Ear(store)
    assert not ear.changed()
    other = engine.open_sqlite(database)
    put(other, "x")
    other.close()
    assert ear.changed()
    assert not ear.changed()


def test_committed_is_there_after_the_process_is_gone(database: Path) -> None:
    """A process that commits and is killed the moment after."""
    code = f"""
import os, sys
from pathlib import Path
from sqlalchemy import insert
from onestop.store import engine, schema
store = engine.open_sqlite(Path({str(database)!r}))
with store.writing() as connection:
    connection.execute(insert(schema.setting), {NOTE!r})
os.kill(os.getpid(), 9)
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[3])
    assert done.returncode == -9
    store = engine.open_sqlite(database)
    assert keys(store) == ["k"]
    store.close()


# ---- what can be wrong with it --------------------------------------------------------------------------------------


def opening(path: Path) -> str:
    """The code of the trouble that opening `path` meets; "" when all is well."""
    store = engine.open_sqlite(path)
    try:
        engine.check_version(store)
        keys(store)
    except StoreTrouble as trouble:
        return trouble.code
    finally:
        store.close()
    return ""


def test_what_is_wrong_has_a_code(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert opening(database) == ""
    text_file = database.with_name("text.db")
    text_file.write_text("không phải cơ sở dữ liệu " * 100)
    assert opening(text_file) == "store.damaged"
    cut = database.with_name("cut.db")
    cut.write_bytes(database.read_bytes()[: 4096 * 3])
    assert opening(cut) == "store.damaged"
    assert opening(database.parent / "no-such-folder" / "x.db") == "store.unreachable"
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    holder = sqlite3.connect(database, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    store = engine.open_sqlite(database)
    with pytest.raises(StoreTrouble) as caught:
        put(store, "x")
    assert caught.value.code == "store.locked"
    store.close()
    holder.close()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "store.disk-full"),
        (errno.EDQUOT, "store.disk-full"),
        (errno.EROFS, "store.read-only"),
        (errno.EACCES, "store.read-only"),
        (errno.EIO, "store.unreachable"),
        (None, "store.unreachable"),
    ],
)
@pytest.mark.parametrize("said", ["unable to open database file", "disk I/O error"])
def test_what_the_database_cannot_say_is_found_by_trying(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int | None, code: str, said: str
) -> None:
    """On a disk that is quite full SQLite only knows that it could not open a file, even to read."""

    class Probe:
        def __init__(self, **_: object) -> None:
            if number in (errno.EROFS, errno.EACCES):
                raise OSError(number, os.strerror(number))

        def __enter__(self) -> Probe:
            return self

        def __exit__(self, *_: object) -> None:
            """Gone with its end."""

        def write(self, content: bytes) -> int:
            if number is not None:
                raise OSError(number, os.strerror(number))
            return len(content)

    monkeypatch.setattr(engine.tempfile, "TemporaryFile", Probe)
    assert engine.trouble(sqlite3.OperationalError(said), tmp_path).code == code
    assert engine.trouble(sqlite3.OperationalError(said)).code == "store.unreachable"


def test_a_folder_that_cannot_be_written(database: Path) -> None:
    """Root may write anywhere, so the database says it itself."""
    store = engine.open_sqlite(database)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(StoreTrouble) as caught:
        put(store, "x")
    assert caught.value.code == "store.read-only"
    store.close()


def test_a_newer_database_is_refused(database: Path) -> None:
    store = engine.open_sqlite(database)
    assert engine.check_version(store)
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreTrouble) as caught:
        engine.check_version(store)
    assert caught.value.code == "store.newer"
    store.close()


def test_an_office_of_a_newer_program_is_left_as_it_is(demo_folder: Path) -> None:
    database = demo_folder / "office.db"
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = database.read_bytes()
    with pytest.raises(StoreTrouble) as caught:
        Office.open(demo_folder)
    assert caught.value.code == "store.newer"
    assert database.read_bytes() == before


def test_a_database_without_tables_has_no_version(tmp_path: Path) -> None:
    store = engine.open_sqlite(tmp_path / "new.db")
    assert engine.version(store) is None
    assert not engine.check_version(store)
    migrate.upgrade(store)
    assert engine.check_version(store)
    store.close()


# ---- under a key ----------------------------------------------------------------------------------------------------


@pytest.fixture
def locked_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office under a key, with a dossier in it."""
    monkeypatch.setenv("MOTCUA_STATE_DIR", str(tmp_path / "marks"))
    folder = tmp_path / "locked"
    office, _ = founding.establish(folder, founding.sample(), KEY)
    act_as(office, "demo")
    office.perform(receive.take_in, made_dossier())
    office.close()
    return folder


def test_the_key_opens_and_nothing_else_does(locked_office: Path) -> None:
    database = locked_office / "office.db"
    assert not database.read_bytes().startswith(b"SQLite format 3")
    office = Office.open(locked_office, KEY)
    assert office.read(rebuild.compare, KINDS, office.files, office.id) == []
    assert office.read(acts.verify).ok
    office.close()
    assert opening(database) == "store.damaged"
    wrong = engine.open_sqlite(database, "00" * 32, sqlcipher3.dbapi2)
    with pytest.raises(StoreTrouble) as caught:
        engine.check_version(wrong)
    assert caught.value.code == "store.damaged"
    wrong.close()
    with pytest.raises(StoreTrouble) as caught:
        engine.open_sqlite(database, KEY)
    assert caught.value.code == "store.no-cipher"


def test_a_copy_keeps_the_key(locked_office: Path, tmp_path: Path) -> None:
    office = Office.open(locked_office, KEY)
    made = office.copy_today()
    assert made is not None
    assert not made.read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(StoreTrouble):
        backup.prove(made)
    backup.prove(made, office.store.dial)
    assert backup.last_good(office.backups) is None
    good = backup.last_good(office.backups, office.store.dial)
    assert good is not None
    office.close()
    database = locked_office / "office.db"
    database.write_bytes(os.urandom(8192))
    backup.bring_back(database, good, clock.today(), office.store.dial)
    again = Office.open(locked_office, KEY)
    assert again.read(acts.verify).ok
    again.close()


def test_an_error_of_the_other_driver_is_trouble_too(locked_office: Path) -> None:
    """SQLCipher's errors are not those of the standard driver."""
    store = engine.open_sqlite(locked_office / "office.db", KEY, sqlcipher3.dbapi2)
    with pytest.raises(StoreTrouble) as caught, store.writing() as connection:
        connection.connection.cursor().execute("SELECT * FROM no_such_table")
    assert caught.value.code == "store.failed"
    with pytest.raises(StoreTrouble), store.writing() as connection:
        connection.execute(text("SELECT * FROM no_such_table"))
    store.close()
