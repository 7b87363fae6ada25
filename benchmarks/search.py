"""Type-ahead over a million people and a million dossiers through our queries, beside bare FTS5 and beside LIKE '%…%'.

Ours and bare FTS5 answer the same typed texts; ours adds the exact-accents-first order and the rows. LIKE looks through
the folded names and birth dates, the codes and phones, in the way a program without an index would.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, text

from benchmarks import made
from benchmarks.measure import PAIRS, Clock, line, pairs, status
from onestop.clock import VIETNAM
from onestop.queries import dossiers, people
from onestop.queries.dossiers import Wish
from onestop.rules.text import fold
from onestop.store.engine import open_sqlite

FULL, SMALL = 1_000_000, 2_000
LIMIT = 20
TYPED = 40
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=VIETNAM)


def typed_texts(connection: Connection, count: int, whole: bool, seed: int = made.SEED) -> list[str]:
    """What clerks type to find people of the store: whole name and birth year, half of them without accents; `whole`
    False: the last word of the name and the year only begun."""
    chance = random.Random(seed)
    people_count = connection.execute(text("SELECT max(no) FROM citizen")).scalar_one()
    texts = []
    for _ in range(count):
        row = connection.execute(
            text("SELECT name, date_of_birth FROM citizen WHERE no = :no"), {"no": chance.randint(1, people_count)}
        ).one()
        name, year = row.name, row.date_of_birth[:4]
        if not whole:
            name, year = name[: -max(1, len(name.split()[-1]) - 2)], year[:3]
        texts.append(f"{fold(name) if chance.random() < 0.5 else name.lower()} {year}")
    return texts


def pieces(connection: Connection, count: int, seed: int = made.SEED) -> list[str]:
    """What clerks type to find dossiers of the store: the day and order of a code, the last figures of a code that was
    linked, the contact's phone, in turn."""
    chance = random.Random(seed + 3)
    rows_count = connection.execute(text("SELECT max(no) FROM dossier")).scalar_one()
    row_at = text(
        "SELECT code, phone, (SELECT code FROM dossier_code WHERE dossier_id = dossier.id) AS linked"
        " FROM dossier WHERE no = :no"
    )
    texts: list[str] = []
    while len(texts) < count:
        row = connection.execute(row_at, {"no": chance.randint(1, rows_count)}).one()
        piece = (row.code.partition("-")[2], (row.linked or "")[-6:], row.phone)[len(texts) % 3]
        if piece:
            texts.append(piece)
    return texts


def bare_text(typed: str) -> str:
    """The same words as one FTS5 expression over all columns, accents dropped, the last word begun."""
    return " AND ".join(f'"{word}"' for word in fold(typed).split()) + "*"


def main(argv: list[str] | None = None) -> int:
    """Four lines: people against FTS5, against LIKE on whole words and on prefixes; dossiers against LIKE."""
    parser = argparse.ArgumentParser(prog="search")
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args(argv).small
    folder = made.store(SMALL if small else FULL, 1_000 if small else FULL)
    store = open_sqlite(folder / "office.db")
    count, runs = (4, 2) if small else (TYPED, PAIRS)
    with store.reading() as connection:
        whole, begun = typed_texts(connection, count, True), typed_texts(connection, count, False)

        def ours(texts: list[str]) -> Callable[[], None]:
            def run() -> None:
                for typed in texts:
                    people.find(connection, typed, LIMIT)

            return run

        scan = text(
            "SELECT id, name FROM citizen WHERE folded LIKE :name AND date_of_birth LIKE :year "
            "ORDER BY no DESC LIMIT 20"
        )
        fts = text("SELECT rowid FROM search_citizen WHERE search_citizen MATCH :match ORDER BY rowid DESC LIMIT 20")

        def bare() -> None:
            for typed in whole:
                connection.execute(fts, {"match": bare_text(typed)}).all()

        def like(texts: list[str]) -> Callable[[], None]:
            def run() -> None:
                for typed in texts:
                    name, _, year = fold(typed).rpartition(" ")
                    connection.execute(scan, {"name": f"%{name}%", "year": f"%{year}%"}).all()

            return run

        pieces_scan = text(
            "SELECT id FROM dossier WHERE code LIKE :piece OR phone LIKE :piece OR id IN"
            " (SELECT dossier_id FROM dossier_code WHERE code LIKE :piece) ORDER BY received_at DESC LIMIT 20"
        )
        some = pieces(connection, 3 if small else 6)

        def by_piece() -> None:
            for typed in some:
                assert dossiers.page(connection, made.OFFICE, Wish(typed=typed), NOW).rows, typed

        def pieces_like() -> None:
            for typed in some:
                connection.execute(pieces_scan, {"piece": f"%{typed}%"}).all()

        dossier_count = f"{1_000 if small else FULL:,} dossiers"
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
            line("search", f"pieces of codes and phones, {dossier_count}, beside LIKE",
                 pairs(by_piece, pieces_like, count=runs, clock=Clock.WALL, each=len(some)), 20, at_least=True),
        ]  # fmt: skip
    store.close()
    return status(lines)
