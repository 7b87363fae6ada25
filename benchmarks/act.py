"""Receiving a dossier (rules, number, act, fold, durable commit) beside one bare INSERT with a durable commit."""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import made
from benchmarks.measure import PAIRS, Clock, line, pairs, status
from desktop import founding
from desktop.office import Office
from onestop.actions import citizens, receive
from onestop.rules.intake import ReceiveForm, read_form, read_person

EACH = 40
PEOPLE = 200
CERTIFIED, EXTRACT = "2.000815", "2.000635"


@contextmanager
def demo_office() -> Iterator[Office]:
    """A demo office in a folder of its own, with people to receive from."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-bench-", dir=made.OUT if made.OUT.exists() else None))
    before = os.environ.get("MOTCUA_STATE_DIR")
    os.environ["MOTCUA_STATE_DIR"] = str(folder / "state")
    office, _ = founding.establish(folder / "office", founding.sample())
    row = office.clerk("demo")
    assert row is not None
    office.act_as(row)
    try:
        yield office
    finally:
        office.close()
        shutil.rmtree(folder, ignore_errors=True)
        if before is None:
            del os.environ["MOTCUA_STATE_DIR"]
        else:
            os.environ["MOTCUA_STATE_DIR"] = before


def forms(office: Office, count: int) -> Iterator[ReceiveForm]:
    """Dossiers of registered people, one person after the other, so that nobody owns many open ones."""
    ids = []
    for row in made.people(count):
        plain = {key: row[key] for key in ("name", "date_of_birth", "sex", "identity_number", "address")}
        ids.append(office.perform(citizens.register, read_person(plain, "owner")).answer.id)
    while True:
        for citizen_id in ids:
            yield read_form({"procedure": EXTRACT, "owner": {"id": citizen_id}, "complete": True})


def receiving(office: Office, source: Iterator[ReceiveForm], each: int) -> Callable[[], None]:
    """Receive `each` dossiers, one transaction each."""

    def run() -> None:
        for _ in range(each):
            office.perform(receive.take_in, next(source))

    return run


def inserting(database: sqlite3.Connection, each: int) -> Callable[[], None]:
    """`each` bare INSERTs of a row of that size, one durable commit each."""
    body = "x" * 2_500

    def run() -> None:
        for _ in range(each):
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT INTO bare(body) VALUES (?)", (body,))
            database.execute("COMMIT")

    return run


def bare_database(folder: Path) -> sqlite3.Connection:
    """An empty database with the same durability."""
    database = sqlite3.connect(folder / "bare.db", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE bare(id INTEGER PRIMARY KEY, body TEXT)")
    return database


def main(argv: list[str] | None = None) -> int:
    """One line."""
    parser = argparse.ArgumentParser(prog="act")
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args(argv).small
    each = 3 if small else EACH
    made.OUT.mkdir(parents=True, exist_ok=True)
    with demo_office() as office:
        source = forms(office, 20 if small else EACH * (PAIRS + 1))
        database = bare_database(office.folder)
        taken = pairs(
            receiving(office, source, each),
            inserting(database, each),
            count=2 if small else PAIRS,
            clock=Clock.WALL,
            each=each,
        )
        database.close()
    return status([line("act", "receive a dossier: decide, number, fold, act, durable commit", taken, 4)])
