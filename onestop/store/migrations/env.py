"""Alembic's environment: runs the migrations on the connection it is handed."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from onestop.store.schema import Instant, Plain, metadata, suit_postgresql


def include_object(thing: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    """The search index (FTS5 tables and their shadows) is not part of the schema that is compared."""
    return not (kind == "table" and name is not None and name.startswith("search_"))


def render_item(kind: str, thing: Any, autogen_context: Any) -> str | Literal[False]:
    """Migrations stand on their own: our column types are written as what they are in the database."""
    return "sa.Text()" if kind == "type" and isinstance(thing, Instant | Plain) else False


suit_postgresql()
connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    include_object=include_object,
    compare_type=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
