"""Alembic's environment: runs the migrations on the connection it is handed."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from onestop.store.migrate import COMPARISON
from onestop.store.schema import Instant, Plain, metadata, suit_postgresql


def render_item(kind: str, thing: Any, autogen_context: Any) -> str | Literal[False]:
    """Migrations stand on their own: our column types are written as what they are in the database."""
    return "sa.Text()" if kind == "type" and isinstance(thing, Instant | Plain) else False


suit_postgresql()
connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_item=render_item,
    **COMPARISON,
)
with context.begin_transaction():
    context.run_migrations()
