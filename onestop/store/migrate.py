"""Bringing a database to this program's version, and back (Alembic). Loaded only when there is something to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config

from onestop.store.engine import Store

HERE = Path(__file__).resolve().parent / "migrations"


def config() -> Config:
    """Alembic's configuration, without a file."""
    settings = Config()
    settings.set_main_option("script_location", str(HERE))
    settings.set_main_option("path_separator", "os")
    return settings


def is_compared(thing: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    """The search index (FTS5 tables and their shadows) is not part of the schema that is compared."""
    return not (kind == "table" and name is not None and name.startswith("search_"))


COMPARISON: dict[str, Any] = {"include_object": is_compared, "compare_type": True, "render_as_batch": True}
"""How the schema is compared with a database, by Alembic's environment and by the tests."""


def upgrade(store: Store, revision: str = "head") -> None:
    """Bring the tables of `store` up to `revision`, in one transaction."""
    settings = config()
    with store.writing() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)


def downgrade(store: Store, revision: str) -> None:
    """Bring the tables of `store` down to `revision` ("base" = none)."""
    settings = config()
    with store.writing() as connection:
        settings.attributes["connection"] = connection
        command.downgrade(settings, revision)
