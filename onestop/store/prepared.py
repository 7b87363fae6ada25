"""Statements compiled once and handed to the driver as they are: what a dossier costs at the counter.

A Core statement costs about 50 µs each time it goes through the engine, whatever it does; receiving a dossier needs
twenty. A `Prepared` keeps the text and the columns' own conversions, so that the same statement, written in Core and
good for every database, costs 10 µs. It takes part in the connection's transaction like any other.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Select, Table, Update

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    text: str
    names: tuple[str, ...]
    positional: bool
    binders: Mapping[str, Callable[[Any], Any]]
    constants: Mapping[str, Any]
    readers: tuple[tuple[int, Callable[[Any], Any]], ...]
    row: Callable[..., Any]


class Prepared:
    """One SELECT, UPDATE or single-table INSERT. Bound parameters go by name; expanding ones are not for it."""

    def __init__(self, statement: Select[Any] | Update | Insert, columns: Sequence[str] = ()) -> None:
        """`columns`: for an INSERT, the columns that every row gives."""
        self._statement = statement
        self._columns = list(columns)
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, connection: Connection, values: Values) -> list[Any]:
        """Every row, as named tuples."""
        done, cursor = self._run(connection, values)
        found = cursor.fetchall()
        cursor.close()
        if not done.readers:
            return [done.row(*row) for row in found]
        return [self._read(done, row) for row in found]

    def first(self, connection: Connection, values: Values) -> Any:
        """The first row, or None."""
        done, cursor = self._run(connection, values)
        row = cursor.fetchone()
        cursor.close()
        return None if row is None else self._read(done, row)

    def run(self, connection: Connection, values: Values) -> int:
        """Write; gives the number of rows, or for an INSERT on SQLite the row number."""
        _, cursor = self._run(connection, values)
        last = getattr(cursor, "lastrowid", None) if isinstance(self._statement, Insert) else None
        count: int = last or cursor.rowcount
        cursor.close()
        return count

    def run_all(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Write every row."""
        done = self._on(connection.dialect)
        cursor = connection.connection.cursor()
        cursor.executemany(done.text, [self._bound(done, values) for values in rows])
        cursor.close()

    # ---- how

    def _run(self, connection: Connection, values: Values) -> tuple[_Compiled, Any]:
        done = self._on(connection.dialect)
        cursor = connection.connection.cursor()
        cursor.execute(done.text, self._bound(done, values))
        return done, cursor

    @staticmethod
    def _bound(done: _Compiled, values: Values) -> Any:
        binders, constants = done.binders, done.constants
        if done.positional:
            out = []
            for name in done.names:
                value = values[name] if name in values else constants[name]
                out.append(binders[name](value) if name in binders else value)
            return out
        return {
            name: binders[name](values[name]) if name in binders else values.get(name, constants.get(name))
            for name in done.names
        }

    @staticmethod
    def _read(done: _Compiled, row: Sequence[Any]) -> Any:
        if not done.readers:
            return done.row(*row)
        plain = list(row)
        for place, read in done.readers:
            plain[place] = read(plain[place])
        return done.row(*plain)

    def _on(self, dialect: Dialect) -> _Compiled:
        done = self._compiled.get(dialect.name)
        if done is None:
            done = self._compiled[dialect.name] = self._compile(dialect)
        return done

    def _compile(self, dialect: Dialect) -> _Compiled:
        compiled = self._statement.compile(
            dialect=dialect, column_keys=self._columns or None, compile_kwargs={"render_postcompile": True}
        )
        names = tuple(compiled.positiontup or compiled.params)
        binders = {}
        for name, bind in compiled.binds.items():
            process = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if process is not None:
                binders[name] = process
        readers: list[tuple[int, Callable[[Any], Any]]] = []
        keys: list[str] = []
        if isinstance(self._statement, Select):
            for place, column in enumerate(self._statement.selected_columns):
                keys.append(column.key or f"column_{place}")
                process = column.type.dialect_impl(dialect).result_processor(dialect, None)
                if process is not None:
                    readers.append((place, process))
        row: Callable[..., Any] = namedtuple("Row", keys) if keys else tuple
        return _Compiled(str(compiled), names, compiled.positional, binders, dict(compiled.params), tuple(readers), row)


def insert_into(table: Table, besides: Sequence[str] = ("no",)) -> Prepared:
    """The INSERT of whole rows, every column but those that the database gives."""
    columns = [column.name for column in table.columns if column.name not in besides]
    return Prepared(table.insert().inline(), columns)
