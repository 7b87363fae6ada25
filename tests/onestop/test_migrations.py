"""Migrations, four ways, on both databases: models equal head; every step up; every step down; up and down change
nothing. And with data in it; and a newer database is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, inspect, select, text

from desktop.office import Office
from onestop.actions import linking, manage
from onestop.actions.table import KINDS
from onestop.queries import dossiers
from onestop.rules.errors import StoreTrouble
from onestop.store import acts, engine, migrate, migrations, rebuild, schema
from onestop.store.engine import Store
from tests.helpers.office import received

REVISIONS = [each.revision for each in reversed(list(ScriptDirectory.from_config(migrate.config()).walk_revisions()))]
BOTH = ("sqlite", "postgresql")


@pytest.fixture(params=BOTH)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        opened = engine.open_sqlite(tmp_path / "new.db", durable=False)
    else:
        opened = engine.open_url(request.getfixturevalue("postgres_url"))
    yield opened
    opened.close()


def shape(connection: Connection) -> dict[str, Any]:
    """Everything that the database says of its own tables."""
    look = inspect(connection)
    tables = {}
    for name in look.get_table_names():
        if name == "alembic_version":
            continue
        tables[name] = {
            "columns": [(each["name"], str(each["type"]), each["nullable"]) for each in look.get_columns(name)],
            "key": look.get_pk_constraint(name),
            "foreign": look.get_foreign_keys(name),
            "unique": sorted(look.get_unique_constraints(name), key=str),
            "indexes": sorted(map(index_shape, look.get_indexes(name)), key=str),
        }
    return tables


def index_shape(index: Any) -> tuple[Any, ...]:
    """An index as plain values: its condition is an object of its own each time."""
    options = {key: str(value) for key, value in index.get("dialect_options", {}).items()}
    return index["name"], index["column_names"], index["unique"], options


def shape_of(store: Store) -> dict[str, Any]:
    with store.reading() as connection:
        return shape(connection)


def differences(connection: Connection) -> list[Any]:
    schema.suit_postgresql()
    context = MigrationContext.configure(connection, opts=migrate.COMPARISON)
    return list(compare_metadata(context, schema.metadata))


# ---- models equal head ----------------------------------------------------------------------------------------------


def test_the_list_of_known_versions_is_the_folder() -> None:
    assert tuple(REVISIONS) == migrations.KNOWN
    assert REVISIONS[-1] == migrations.HEAD


def test_models_equal_head(store: Store) -> None:
    migrate.upgrade(store)
    assert engine.check_version(store)
    with store.writing() as connection:
        assert differences(connection) == []


def test_a_difference_would_be_seen(store: Store) -> None:
    """Column gone, index gone, table gone, a type changed: the comparison above is not blind."""
    migrate.upgrade(store)
    for statement in (
        "ALTER TABLE draft DROP COLUMN title",
        "DROP INDEX ix_citizen_sort",
        "DROP TABLE stripe",
    ):
        with store.engine.connect().execution_options(writer=True) as connection:
            transaction = connection.begin()
            connection.execute(text(statement))
            assert differences(connection), statement
            transaction.rollback()


# ---- every step up, every step down ---------------------------------------------------------------------------------


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_step_up(store: Store, revision: str) -> None:
    before = REVISIONS.index(revision)
    if before:
        migrate.upgrade(store, REVISIONS[before - 1])
    migrate.upgrade(store, revision)
    assert engine.version(store) == revision


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_step_down(store: Store, revision: str) -> None:
    before = REVISIONS.index(revision)
    migrate.upgrade(store, revision)
    migrate.downgrade(store, REVISIONS[before - 1] if before else "base")
    assert engine.version(store) == (REVISIONS[before - 1] if before else None)


@pytest.mark.parametrize("revision", REVISIONS)
def test_up_and_down_and_up_change_nothing(store: Store, revision: str) -> None:
    before = REVISIONS.index(revision)
    if before:
        migrate.upgrade(store, REVISIONS[before - 1])
    low = shape_of(store)
    migrate.upgrade(store, revision)
    high = shape_of(store)
    assert high != low
    migrate.downgrade(store, REVISIONS[before - 1] if before else "base")
    assert shape_of(store) == low
    migrate.upgrade(store, revision)
    assert shape_of(store) == high


def test_up_and_down_leave_no_table(store: Store) -> None:
    """The search index goes with its shadows."""
    migrate.upgrade(store)
    migrate.downgrade(store, "base")
    with store.reading() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}


def test_an_upgrade_that_fails_changes_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it is one transaction, on both databases."""
    create = migrate.command.upgrade

    def fail(*args: Any) -> None:
        create(*args)
        raise StoreTrouble("store.disk-full")

    with monkeypatch.context() as patch:
        patch.setattr(migrate.command, "upgrade", fail)
        with pytest.raises(StoreTrouble):
            migrate.upgrade(store)
    assert engine.version(store) is None
    assert shape_of(store) == {}
    migrate.upgrade(store)


# ---- with data ------------------------------------------------------------------------------------------------------


def test_data_goes_in_and_comes_out_the_same(store: Store) -> None:
    """The head, an act and every column type, on both databases alike."""
    migrate.upgrade(store)
    with store.writing() as connection:
        manage.prepare(connection, manage.FoundForm("H", "N", "P", "M", (), machine="m"))
        here = acts.head(connection)
        assert here is not None
        body = {"tên": "Đỗ Ưu", "n": 1, "none": None}
        moment = acts.read_instant("2026-11-23T02:05:00Z")
        act, here = acts.append(connection, here, "k", 1, (("citizen", "c"),), "a", body, moment)
        acts.keep_head(connection, here)
        form = {"tên": ["Đỗ", 1, None, True]}
        draft = {
            "id": "d", "office_id": here.office_id, "clerk_id": "c", "title": "Nháp ạ", "form": form, "state": "open",
            "dossier_id": None, "saved_at": act.at,
        }  # fmt: skip
        connection.execute(insert(schema.draft), draft)
    with store.reading() as connection:
        row = connection.execute(select(schema.draft)).mappings().one()
        assert dict(row) == draft
        (kept,) = acts.of_subject(connection, ("citizen", "c"))
        assert kept == act
        assert acts.verify(connection).ok


def test_codes_that_were_linked_before_0003_are_found_again(demo_office: Office) -> None:
    """A database of 0002 brought up to this version: the rows are what the acts make, the earlier codes too."""
    first, second = received(demo_office), received(demo_office)
    for code, external in ((first.code, "G22-1"), (first.code, "G22-2"), (second.code, "G22-3")):
        demo_office.perform(linking.link, linking.LinkForm(code, external))
    migrate.downgrade(demo_office.store, "0002")
    migrate.upgrade(demo_office.store)
    with demo_office.store.reading() as connection:
        assert rebuild.compare(connection, KINDS, demo_office.files, demo_office.id) == []
    assert [demo_office.read(dossiers.find_id, code) for code in ("G22-1", "G22-2", "G22-3")] == [
        first.id,
        first.id,
        second.id,
    ]


def test_a_newer_database_is_refused(store: Store) -> None:
    migrate.upgrade(store)
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreTrouble) as caught:
        engine.check_version(store)
    assert caught.value.code == "store.newer"
