"""Making every folded table anew from the acts, and telling where the rows at hand differ from that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from onestop.store import acts, schema, search
from onestop.store.files import Files
from onestop.store.replay import expansion, fold_one
from onestop.store.work import Kinds, Row, kind_of

States = dict[str, dict[str, Row]]
"""table -> key -> subject."""


def states(
    connection: Connection,
    kinds: Kinds,
    files: Files,
    office_id: str,
    progress: Callable[[int], bool] | None = None,
) -> States:
    """Every subject as its acts alone make it. `progress(n)` is told every 1,000 acts and may end it with False."""
    made: States = {table.name: {} for table in schema.FOLDED}
    for count, act in enumerate(acts.in_order(connection, office_id), 1):
        kind = kind_of(kinds, act)
        if kind is None:
            continue
        for table, subject_id in act.subjects:
            fold = kind.folds.get(table)
            if fold is None:
                continue
            rows = made[table]
            after = fold_one(fold, rows.get(subject_id), act)
            if after is None:
                rows.pop(subject_id, None)
            else:
                rows[subject_id] = after
        for table, published in expansion(kind, act, files).items():
            made[table].update({row["id"]: dict(row) for row in published})
        if progress is not None and count % 1000 == 0 and not progress(count):
            break
    return made


def rows_of(made: States) -> dict[str, list[Row]]:
    """The states as rows table by table, children in their own tables."""
    tables: dict[str, list[Row]] = {table.name: [] for table in schema.FOLDED}
    for name, subjects in made.items():
        table = schema.metadata.tables[name]
        columns = [column.name for column in table.columns if column.name != "no"]
        children = schema.CHILDREN.get(name, {})
        out = tables[name]
        for subject_id, subject in subjects.items():
            out.append({column: subject.get(column) for column in columns})
            for field, child in children.items():
                parent = f"{name}_id"
                names = [column.name for column in child.columns]
                for each in subject.get(field) or ():
                    row = {column: each.get(column) for column in names}
                    row[parent], row["office_id"] = subject_id, subject["office_id"]
                    tables[child.name].append(row)
    return tables


def write(connection: Connection, made: States, office_id: str) -> int:
    """Put the states in place of what stands in the folded tables; gives the number of rows written."""
    written = 0
    rows = rows_of(made)
    for table in reversed(schema.FOLDED):
        connection.execute(delete(table).where(table.c.office_id == office_id))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DELETE FROM search_citizen")
    for table in schema.FOLDED:
        if rows[table.name]:
            connection.execute(insert(table), rows[table.name])
            written += len(rows[table.name])
    search.fill(connection)
    return written


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that is not what the acts make of it. `column` is "" where the whole row is missing or too many."""

    table: str
    key: str
    column: str
    found: Any
    expected: Any


def compare(connection: Connection, kinds: Kinds, files: Files, office_id: str) -> list[Difference]:
    """Where the folded tables and the index of subjects differ from what the acts say. Empty = rows are fold(acts)."""
    expected = rows_of(states(connection, kinds, files, office_id))
    differences: list[Difference] = []
    for table in schema.FOLDED:
        keys = ["id"] if "id" in table.c else [column.name for column in table.primary_key.columns]
        columns = [column.name for column in table.columns if column.name != "no"]
        wanted = {"\x1f".join(str(row[key]) for key in keys): row for row in expected[table.name]}
        for found in connection.execute(select(table).where(table.c.office_id == office_id)).mappings():
            name = "\x1f".join(str(found[key]) for key in keys)
            row = wanted.pop(name, None)
            if row is None:
                differences.append(Difference(table.name, name, "", "there", "absent"))
                continue
            differences += [
                Difference(table.name, name, column, found[column], row[column])
                for column in columns
                if found[column] != row[column]
            ]
        differences += [Difference(table.name, name, "", "absent", "there") for name in wanted]
    return differences + _wrong_subjects(connection)


def _wrong_subjects(connection: Connection) -> list[Difference]:
    """Acts that `act_subject` names otherwise than they name their subjects themselves."""
    c = schema.act_subject.c
    linked: dict[str, set[acts.Subject]] = {}
    for act_id, table, subject_id in connection.execute(select(c.act_id, c.table_name, c.subject_id)):
        linked.setdefault(act_id, set()).add((table, subject_id))
    wrong = []
    for act_id, joined in connection.execute(select(schema.act.c.act_id, schema.act.c.subjects)):
        found, said = linked.pop(act_id, set()), set(acts.read_subjects(joined))
        if found != said:
            wrong.append(Difference("act_subject", act_id, "", sorted(found), sorted(said)))
    return wrong
