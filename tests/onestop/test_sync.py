"""The contract of sync on the centre in process, on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest

from tests.helpers.counters import CALM, MakeWorld, World
from tests.helpers.sync_contract import SyncContract


class TestInProcess(SyncContract):
    """SQLite at the centre."""

    @pytest.fixture
    def world(self, make_world: MakeWorld) -> World:
        return make_world(1, CALM)


class TestOnPostgreSQL(SyncContract):
    """PostgreSQL at the centre."""

    @pytest.fixture
    def world(self, make_world: MakeWorld, postgres_tables: str) -> World:
        return make_world(1, CALM, url=postgres_tables)
