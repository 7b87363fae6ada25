"""Rows are the fold of the acts: every table but this machine's own, made anew from the acts alone, is what stands.

Random days of real work at one counter: people, dossiers, letters, links, clerks, catalogue, calendar, numbering
resumed after a restore. The seeds are the test's own; `-s` prints what each of them did.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, delete, func, insert, select, update

from onestop.actions.table import KINDS
from onestop.store import acts, rebuild, schema
from tests.helpers.counters import CALM, Desk, MakeWorld, World

DECISION = Path(__file__).resolve().parents[2] / "docs" / "decisions" / "acts-and-folds.md"


def a_day(world: World, things: int = 42) -> Desk:
    """A day at counter one alone."""
    desk = world.one
    world.days += 1
    for _ in range(things):
        desk.work()
    return desk


@pytest.mark.parametrize("seed", range(1, 13))
def test_rows_are_the_fold_of_the_acts(make_world: MakeWorld, seed: int) -> None:
    world = make_world(seed, CALM)
    for day in range(3):
        desk = a_day(world)
        with desk.store.reading() as connection:
            assert rebuild.compare(connection, KINDS, desk.office.files, desk.office.id) == [], f"day {day}"
        if day == 0:
            desk.keep_copy()
        if day == 1 and seed % 3 == 0:
            desk.bring_back(image=False)
            if desk.office.numbering_stopped():
                desk._as("demo")
                desk.office.resume_numbering("máy hỏng, chép lại bản hôm trước")
    print(f"seed {seed}: {sum(desk.counts.values())} tried, {dict(desk.counts)}")  # noqa: T201  (-s)
    assert desk.counts["receive"] > 5
    assert desk.counts["change"] > 3


@pytest.mark.parametrize("seed", [21, 22])
def test_what_is_made_anew_is_what_stood(make_world: MakeWorld, seed: int) -> None:
    """`rebuild.write` puts the very same rows back, and the search index with them."""
    world = make_world(seed, CALM)
    desk = a_day(world, 60)
    with desk.store.writing() as connection:
        before = {table.name: rows(connection, table) for table in schema.FOLDED}
        made = rebuild.states(connection, KINDS, desk.office.files, desk.office.id)
        written = rebuild.write(connection, made, desk.office.id)
        after = {table.name: rows(connection, table) for table in schema.FOLDED}
        indexed = connection.exec_driver_sql("SELECT count(*) FROM search_citizen").scalar_one()
        people = connection.execute(select(func.count()).select_from(schema.citizen)).scalar_one()
    assert after == before
    assert written == sum(map(len, before.values()))
    assert indexed == people


def rows(connection: Connection, table: Any) -> list[tuple[Any, ...]]:
    """A table without its local row numbers."""
    columns = [column for column in table.columns if column.name != "no"]
    return sorted((tuple(row) for row in connection.execute(select(*columns))), key=repr)


# ---- the comparison is not blind ------------------------------------------------------------------------------------


@pytest.fixture
def worked(make_world: MakeWorld) -> Desk:
    """A counter with something in every folded table."""
    world = make_world(31, CALM, people=10)
    for _ in range(6):
        desk = a_day(world, 60)
    with desk.store.reading() as connection:
        empty = [
            table.name
            for table in schema.FOLDED
            if not connection.execute(select(func.count()).select_from(table)).scalar_one()
        ]
    assert empty == []
    return desk


def test_a_row_that_no_act_explains_is_seen(worked: Desk) -> None:
    """In every folded table: one value changed, one row gone, one row too many."""
    for table in schema.FOLDED:
        keys = [column for column in table.primary_key.columns if column.name != "no"] or [table.c.id]
        if "no" in table.c:
            keys = [table.c.id]
        for spoil in (changed, gone, doubled):
            with worked.store.engine.connect().execution_options(writer=True) as connection:
                transaction = connection.begin()
                spoil(connection, table, keys)
                found = rebuild.compare(connection, KINDS, worked.office.files, worked.office.id)
                transaction.rollback()
            assert {each.table for each in found} == {table.name}, spoil.__name__


def changed(connection: Connection, table: Any, keys: list[Any]) -> None:
    column = next(
        each for each in reversed(table.columns)
        if isinstance(each.type.python_type if not isinstance(each.type, schema.Plain) else None, type)
        and each.type.python_type is str and each not in keys and each.name != "office_id"
    )  # fmt: skip
    row = connection.execute(select(*keys).limit(1)).one()
    where = [key == value for key, value in zip(keys, row, strict=True)]
    connection.execute(update(table).where(*where).values({column.name: "khác"}))


def gone(connection: Connection, table: Any, keys: list[Any]) -> None:
    row = connection.execute(select(*keys).limit(1)).one()
    connection.execute(delete(table).where(*(key == value for key, value in zip(keys, row, strict=True))))


def doubled(connection: Connection, table: Any, keys: list[Any]) -> None:
    row = dict(connection.execute(select(table).limit(1)).mappings().one())
    row.pop("no", None)
    key = keys[0].name
    row[key] = f"{row[key]}-x"
    if "code" in row and table.name in ("dossier", "reserved_sheet"):
        row["code"] = f"{row['code']}-x"
    connection.execute(insert(table), row)


def test_a_lost_index_of_subjects_is_seen(worked: Desk) -> None:
    with worked.store.engine.connect().execution_options(writer=True) as connection:
        transaction = connection.begin()
        connection.execute(delete(schema.act_subject).where(schema.act_subject.c.table_name == "citizen"))
        found = rebuild.compare(connection, KINDS, worked.office.files, worked.office.id)
        transaction.rollback()
    assert {each.table for each in found} == {"act_subject"}


# ---- the written list -----------------------------------------------------------------------------------------------


def test_every_table_is_folded_or_log_or_local() -> None:
    named = [table.name for group in (schema.FOLDED, schema.LOG, schema.LOCAL) for table in group]
    assert sorted(named) == sorted(schema.metadata.tables)
    assert all("office_id" in table.c for table in schema.metadata.tables.values())


def test_local_tables_stand_in_the_decision() -> None:
    """docs/decisions/acts-and-folds.md says of each why it is not folded."""
    text = DECISION.read_text("utf-8")
    assert [table.name for table in schema.LOCAL if f"`{table.name}`" not in text] == []


def test_every_act_folds_into_what_it_names(worked: Desk) -> None:
    """No act without a subject, and every folded row has at least one act."""
    with worked.store.reading() as connection:
        for act in acts.in_order(connection, worked.office.id):
            assert act.subjects, act.kind
        for table in schema.FOLDED:
            if "id" not in table.c or table.name in schema.PUBLISHED:
                continue
            s = schema.act_subject.c
            known = set(connection.execute(select(s.subject_id).where(s.table_name == table.name)).scalars())
            assert set(connection.execute(select(table.c.id)).scalars()) <= known, table.name
