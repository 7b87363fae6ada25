"""Whether what came from elsewhere can be kept at all: in any of our databases, in the columns that it is meant for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from onestop.store import schema


def storable(value: Any) -> bool:
    """Whether a value can be kept in any of our databases: text of whole letters without NUL, 64-bit integers."""
    if isinstance(value, str):
        return "\x00" not in value and not re.search("[\ud800-\udfff]", value)
    if isinstance(value, int):
        return -(2**63) <= value < 2**63
    return value is None


def fits(table: str, row: Mapping[str, Any]) -> bool:
    """Whether a row that a fold made can stand in its table: nothing missing, every value of its column's type."""
    shape = schema.metadata.tables[table]
    for column in shape.columns:
        if column.name == "no":
            continue
        if not _column_fits(column, row.get(column.name)):
            return False
    for name, child in schema.CHILDREN.get(table, {}).items():
        for each in row.get(name) or ():
            for column in child.columns:
                if column.name not in (f"{table}_id", "office_id") and not _column_fits(column, each.get(column.name)):
                    return False
    return True


def _column_fits(column: Any, value: Any) -> bool:
    if value is None:
        return bool(column.nullable)
    kind = column.type
    if isinstance(kind, schema.Plain):
        return storable(schema.canonical(value))
    if isinstance(kind, schema.Instant):
        return isinstance(value, datetime) and value.tzinfo is not None
    expected: type = kind.python_type
    if expected is int:
        return isinstance(value, int) and not isinstance(value, bool) and storable(value)
    return isinstance(value, expected) and storable(value) if expected is str else isinstance(value, expected)
