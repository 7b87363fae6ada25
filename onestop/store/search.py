"""Finding a person as one types, among a million: FTS5 over accents kept, accents dropped, and numbers.

Accents are optional and exact accents come first; word order is free; every word is a prefix. Words of digits are
looked for among birth year, identity number, old CMND, passport, tax code and phone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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


BEGINNING = 2
"""Letters of a word that may be only its beginning."""


def match_texts(typed: str) -> tuple[tuple[str, ...], str]:
    """The FTS5 expressions for what was typed, the most exact first, and a last resort; ((), "") for nothing.

    Accents as typed before accents dropped (not asked for where no accent was typed: it is the same), and in each whole
    words before a last word that is only begun. Last resort: every word may be only begun ("ng th anh"); that one is
    gathered from all words that go on so, and is asked only when nothing else gave anything; "" where no word before
    the last is so short that it may be a beginning.
    """
    pieces: list[tuple[str, str]] = []
    for piece in _pieces(typed):
        if re.search(r"[0-9]", piece):
            digits = re.sub(r"[^0-9a-z]", "", piece.lower())
            pieces.append((f'{{numbers}} : "{digits}"', f'{{numbers}} : "{digits}"'))
            continue
        kept, plain = _quoted(words.exact_key(piece)), _quoted(words.fold(piece))
        if kept and plain:
            pieces.append((f"{{exact}} : {kept}", f"{{folded}} : {plain}"))
    if not pieces:
        return (), ""
    out: list[str] = []
    for side in (0, 1):
        terms = [piece[side] for piece in pieces]
        out += [" AND ".join(terms), " AND ".join([*terms[:-1], terms[-1] + "*"])]
    short = any(len(word) <= BEGINNING for word in words.fold(typed).split()[:-1])
    return tuple(dict.fromkeys(out)), " AND ".join(piece[1] + "*" for piece in pieces) if short else ""


_GROUPS = re.compile(r"(?<![0-9])(?!(?:19|20)[0-9]{2} )([0-9]+(?: [0-9]+)+)(?![0-9])")


def _pieces(typed: str) -> list[str]:
    """The words of what was typed. A number written in groups (0912 345 678) is one, unless it begins with a year."""
    joined = _GROUPS.sub(lambda found: found[1].replace(" ", ""), words.clean(typed))
    return joined.split(" ")


def _quoted(word: str) -> str:
    stripped = word.replace('"', "").strip()
    return f'"{stripped}"' if re.search(r"\w", stripped) else ""


_FIND = text("SELECT rowid FROM search_citizen WHERE search_citizen MATCH :match ORDER BY rowid DESC LIMIT :limit")


WHOLE = 3
"""So many words of a name, typed from its beginning, are a whole name: its holders are who is looked for."""
_HOLDERS = "SELECT no, name FROM citizen WHERE folded >= :low AND folded < :high{numbers} ORDER BY folded LIMIT :most"
NAMESAKES = 100
"""So many holders of a name without its accents are looked through for those who bear the very accents typed."""
_YEAR = re.compile(r"(19|20)\d{0,2}")
_BORN = " AND date_of_birth LIKE :d{0}"
_NUMBERED = " AND (date_of_birth LIKE :d{0} OR identity_number LIKE :d{0} OR cmnd LIKE :d{0} OR phone LIKE :d{0})"


def _whole_name(connection: Connection, typed: str, limit: int) -> list[int]:
    """Who is named as typed, from the beginning of the name on; [] when it is no whole name or nobody is named so."""
    pieces = _pieces(typed)
    name = " ".join(piece for piece in pieces if not re.search(r"[0-9]", piece))
    digits = [re.sub(r"[^0-9]", "", piece) for piece in pieces if re.search(r"[0-9]", piece)]
    folded = words.fold(name)
    if folded.count(" ") + 1 < WHOLE:
        return []
    marked = words.has_marks(name)
    given: dict[str, Any] = {"low": folded, "high": folded[:-1] + chr(ord(folded[-1]) + 1)}
    given["most"] = max(limit, NAMESAKES) if marked else limit
    given |= {f"d{place}": f"{each}%" for place, each in enumerate(digits)}
    rows: Sequence[Any] = []
    # A year is looked for in the index itself, among the holders of the name; only then among their other numbers.
    born = "".join((_BORN if _YEAR.fullmatch(each) else _NUMBERED).format(place) for place, each in enumerate(digits))
    other = "".join(_NUMBERED.format(place) for place in range(len(digits)))
    for numbers_asked in dict.fromkeys((born, other)):
        rows = connection.execute(text(_HOLDERS.format(numbers=numbers_asked)), given).all()
        if rows:
            break
    if marked:
        kept = words.exact_key(name)
        rows = sorted(rows, key=lambda row: not words.exact_key(row.name).startswith(kept))
    return [row.no for row in rows[:limit]]


def find_numbers(connection: Connection, typed: str, limit: int) -> list[int]:
    """Row numbers of the citizens that fit `typed`: exact accents first, then whole words, then the latest registered.

    A whole name finds its holders and stops there; anything else is looked for word by word, in any order.
    """
    if connection.dialect.name != "sqlite":
        return []
    holders = _whole_name(connection, typed, limit)
    if holders:
        return holders
    found: dict[int, None] = {}
    expressions, last_resort = match_texts(typed)
    for expression in expressions:
        found.update(dict.fromkeys(connection.execute(_FIND, {"match": expression, "limit": limit}).scalars()))
        if len(found) >= limit:
            break
    if not found and last_resort:
        found.update(dict.fromkeys(connection.execute(_FIND, {"match": last_resort, "limit": limit}).scalars()))
    return list(found)[:limit]


_ALL = text(
    "SELECT no, name, folded, date_of_birth, identity_number, cmnd, passport, tax_code, phone FROM citizen ORDER BY no"
)


def fill(connection: Connection) -> None:
    """Index every citizen at once, into an empty index."""
    if connection.dialect.name != "sqlite":
        return
    result = connection.execute(_ALL.execution_options(yield_per=5000))
    for batch in result.mappings().partitions(5000):
        connection.execute(_PUT, [entry(dict(row)) for row in batch])


# -- the words of papers -----------------------------------------------------------------------------------------------

_PUT_TEXT = text("INSERT INTO search_document(rowid, exact, folded) VALUES (:no, :exact, :folded)")
_DROP_TEXT = text("DELETE FROM search_document WHERE rowid = :no")


def drop_text(connection: Connection, no: int) -> None:
    """Take the words of a paper out of the index."""
    if connection.dialect.name == "sqlite":
        connection.execute(_DROP_TEXT, {"no": no})


def put_text(connection: Connection, no: int, content: str) -> None:
    """Index the words of a paper."""
    if connection.dialect.name != "sqlite":
        return
    connection.execute(_PUT_TEXT, {"no": no, "exact": words.exact_key(content), "folded": words.fold(content)})


def text_expressions(typed: str) -> tuple[str, ...]:
    """The FTS5 expressions for words of papers, the most exact first: accents as typed, then dropped; the last word may
    be only begun. () for nothing."""
    pieces = words.clean(typed).split(" ")
    out = []
    for side, key in (("exact", words.exact_key), ("folded", words.fold)):
        terms = [_quoted(key(piece)) for piece in pieces]
        terms = [f"{{{side}}} : {term}" for term in terms if term]
        if terms:
            out.append(" AND ".join([*terms[:-1], terms[-1] + "*"]))
    return tuple(dict.fromkeys(out))
