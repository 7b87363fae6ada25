"""Type-ahead over a million people through our query, beside bare FTS5 and beside LIKE '%…%'.

Ours and bare FTS5 answer the same typed texts; ours adds the exact-accents-first order and the rows. LIKE looks through
the folded names in the way a program without an index would: whole words first, then prefixes of words.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable

from sqlalchemy import text

from benchmarks import made
from benchmarks.measure import PAIRS, Clock, line, pairs, status
from onestop.queries import people
from onestop.rules.text import fold
from onestop.store import search
from onestop.store.engine import open_sqlite

FULL, SMALL = 1_000_000, 2_000
LIMIT = 20
TYPED = 40


def typed_texts(count: int, whole: bool, seed: int = made.SEED) -> list[str]:
    """What clerks type: two or three words of a made name, half without accents, whole or with the last word begun."""
    chance = random.Random(seed)
    rows = list(made.people(500, seed + 7))
    texts = []
    for _ in range(count):
        words = chance.choice(rows)["name"].split()
        some = [words[0], *words[-2:]] if len(words) > 2 else words
        if not whole:
            some[-1] = some[-1][: max(2, len(some[-1]) - 1)]
        typed = " ".join(some)
        texts.append(fold(typed) if chance.random() < 0.5 else typed.lower())
    return texts


def main(argv: list[str] | None = None) -> int:
    """Three lines: against FTS5, against LIKE on whole words, against LIKE on prefixes."""
    parser = argparse.ArgumentParser(prog="search")
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args(argv).small
    folder = made.store(SMALL if small else FULL, 1_000 if small else FULL)
    store = open_sqlite(folder / "office.db")
    count, runs = (4, 2) if small else (TYPED, PAIRS)
    whole, begun = typed_texts(count, True), typed_texts(count, False)
    with store.reading() as connection:

        def ours(texts: list[str]) -> Callable[[], None]:
            def run() -> None:
                for typed in texts:
                    people.find(connection, typed, LIMIT)

            return run

        fts = text("SELECT rowid FROM search_citizen WHERE search_citizen MATCH :match ORDER BY rowid DESC LIMIT 20")

        def bare() -> None:
            for typed in whole:
                expressions = search.match_texts(typed)
                assert expressions is not None
                connection.execute(fts, {"match": expressions[1]}).all()

        def like(texts: list[str]) -> Callable[[], None]:
            def run() -> None:
                for typed in texts:
                    words = fold(typed).split()
                    condition = " AND ".join(f"folded LIKE :w{place}" for place in range(len(words)))
                    query = text(f"SELECT id, name FROM citizen WHERE {condition} ORDER BY no DESC LIMIT 20")
                    connection.execute(query, {f"w{place}": f"%{word}%" for place, word in enumerate(words)}).all()

            return run

        few = 1 if small else 6
        people_count = f"{SMALL if small else FULL:,} people"
        lines = [
            line("search", f"type-ahead, {people_count}, beside bare FTS5",
                 pairs(ours(whole), bare, count=runs, clock=Clock.WALL, each=count), 3),
            line("search", f"type-ahead, {people_count}, whole words, beside LIKE",
                 pairs(ours(whole[:few]), like(whole[:few]), count=runs, clock=Clock.WALL, each=few), 100,
                 at_least=True),
            line("search", f"type-ahead, {people_count}, prefixes, beside LIKE",
                 pairs(ours(begun[:few]), like(begun[:few]), count=runs, clock=Clock.WALL, each=few), 20,
                 at_least=True),
        ]  # fmt: skip
    store.close()
    return status(lines)
