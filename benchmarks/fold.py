"""Rebuilding every row from 100,000 acts beside writing the same rows with executemany."""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import made
from benchmarks.measure import LEAST, Clock, line, pairs, status
from onestop.actions.table import KINDS
from onestop.store import rebuild, schema
from onestop.store.engine import open_sqlite
from onestop.store.files import Files
from onestop.store.work import Row

FULL, SMALL = 100_000, 1_000


def main(argv: list[str] | None = None) -> int:
    """One line."""
    parser = argparse.ArgumentParser(prog="fold")
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args(argv).small
    count = SMALL if small else FULL
    folder = Path(tempfile.mkdtemp(prefix="motcua-fold-", dir=made.logged(count).parent))
    shutil.copy(made.logged(count) / "office.db", folder / "office.db")
    shutil.copy(folder / "office.db", folder / "bare.db")
    store = open_sqlite(folder / "office.db")
    files = Files(folder / "files")
    with store.reading() as connection:
        rows = rebuild.rows_of(rebuild.states(connection, KINDS, files, made.OFFICE))
    plain = {name: [_bound(name, row) for row in each] for name, each in rows.items()}
    database = sqlite3.connect(folder / "bare.db", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")

    def ours() -> None:
        with store.writing() as connection:
            rebuild.write(connection, rebuild.states(connection, KINDS, files, made.OFFICE), made.OFFICE)

    def bare() -> None:
        database.execute("BEGIN IMMEDIATE")
        for name, each in plain.items():
            database.execute(f"DELETE FROM {name}")
            if each:
                names = list(each[0])
                marks = ", ".join(f":{column}" for column in names)
                database.executemany(f"INSERT INTO {name}({', '.join(names)}) VALUES ({marks})", each)
        database.execute("COMMIT")

    taken = pairs(ours, bare, count=2 if small else LEAST, clock=Clock.CPU)
    found = line("fold", f"rebuild all rows from {count:,} acts", taken, 6)
    store.close()
    database.close()
    shutil.rmtree(folder, ignore_errors=True)
    return status([found])


def _bound(table: str, row: Row) -> dict[str, Any]:
    """A row with every value as the database has it."""
    columns = schema.metadata.tables[table].columns
    bound = {}
    for column in columns:
        if column.name == "no":
            continue
        value = row.get(column.name)
        process = getattr(column.type, "process_bind_param", None)
        bound[column.name] = process(value, None) if process else value
    return bound
