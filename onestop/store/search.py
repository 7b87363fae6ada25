"""Finding a person as one types, among a million: FTS5 over accents kept, accents dropped, and numbers.

Accents are optional and exact accents come first; word order is free; every word is a prefix. Words of digits are
looked for among birth year, identity number, old CMND, passport, tax code and phone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

from onestop.rules import text as words

_PUT = text("INSERT INTO search_citizen(rowid, exact, folded, numbers) VALUES (:no, :exact, :folded, :numbers)")
_DROP = text("DELETE FROM search_citizen WHERE rowid = :no")


def entry(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the index holds of one citizen row."""
    return {"no": row["no"], "exact": words.exact_key(row["name"]), "folded": row["folded"], "numbers": numbers(row)}


def numbers(row: Mapping[str, Any]) -> str:
    """Birth year, papers and phone as one text of digits and letters."""
    parts = [(row.get("date_of_birth") or "")[:4]]
    parts += [row.get(key) or "" for key in ("identity_number", "cmnd", "passport", "tax_code", "phone")]
    return " ".join(re.sub(r"[^0-9A-Za-z]", "", part).lower() for part in parts if part)


def put(connection: Connection, row: Mapping[str, Any], fresh: bool) -> None:
    """Index one citizen row (with its `no`); `fresh` False takes the old entry out first."""
    if connection.dialect.name != "sqlite":
        return
    if not fresh:
        connection.execute(_DROP, {"no": row["no"]})
    connection.execute(_PUT, entry(row))


def drop(connection: Connection, no: int | None) -> None:
    """Take one citizen out of the index."""
    if connection.dialect.name == "sqlite" and no is not None:
        connection.execute(_DROP, {"no": no})


def match_texts(typed: str) -> tuple[str, str] | None:
    """The FTS5 expressions for what was typed: accents as typed, then accents dropped. None: nothing to look for."""
    cleaned = words.clean(typed)
    if not cleaned:
        return None
    exact: list[str] = []
    folded: list[str] = []
    for piece in cleaned.split(" "):
        bare = re.sub(r"[^0-9A-Za-z]", "", piece)
        if bare and re.search(r"\d", piece):
            digits = re.sub(r"[^0-9a-z]", "", piece.lower())
            exact.append(f'{{numbers}} : "{digits}"*')
            folded.append(f'{{numbers}} : "{digits}"*')
            continue
        kept, plain = _quoted(words.exact_key(piece)), _quoted(words.fold(piece))
        if kept:
            exact.append(f"{{exact}} : {kept}*")
        if plain:
            folded.append(f"{{folded}} : {plain}*")
    if not folded:
        return None
    return " AND ".join(exact), " AND ".join(folded)


def _quoted(word: str) -> str:
    stripped = word.replace('"', "").strip()
    return f'"{stripped}"' if re.search(r"\w", stripped) else ""


_FIND = text("SELECT rowid FROM search_citizen WHERE search_citizen MATCH :match ORDER BY rowid DESC LIMIT :limit")


def find_numbers(connection: Connection, typed: str, limit: int) -> list[int]:
    """Row numbers of the citizens that fit `typed`, exact accents first, the latest registered first within each."""
    expressions = match_texts(typed)
    if expressions is None:
        return []
    exact, folded = expressions
    found = list(connection.execute(_FIND, {"match": exact, "limit": limit}).scalars()) if exact else []
    if len(found) < limit and folded != exact:
        seen = set(found)
        more = connection.execute(_FIND, {"match": folded, "limit": limit}).scalars()
        found += [no for no in more if no not in seen]
    return found[:limit]


_ALL = text(
    "SELECT no, name, folded, date_of_birth, identity_number, cmnd, passport, tax_code, phone FROM citizen ORDER BY no"
)


def fill(connection: Connection) -> None:
    """Index every citizen at once, into an empty index."""
    if connection.dialect.name != "sqlite":
        return
    result = connection.execute(_ALL.execution_options(yield_per=5000))
    for batch in result.mappings().partitions(5000):
        connection.execute(_PUT, [entry(row) for row in batch])
