"""Walking the chain of a year of one office (0.66 million acts) beside a bare SHA-256 chain over the same texts."""

from __future__ import annotations

import argparse
import hashlib

from benchmarks import made
from benchmarks.measure import LEAST, Clock, line, pairs, status
from onestop.store import acts
from onestop.store.engine import open_sqlite

FULL, SMALL = 660_000, 2_000


def main(argv: list[str] | None = None) -> int:
    """One line: acts a second beside links a second."""
    parser = argparse.ArgumentParser(prog="audit")
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args(argv).small
    count = SMALL if small else FULL
    store = open_sqlite(made.logged(count) / "office.db")

    with store.reading() as connection:
        texts = [text.encode() for text in connection.exec_driver_sql("SELECT body FROM act ORDER BY dseq").scalars()]

    def ours() -> None:
        with store.reading() as connection:
            found = acts.verify(connection)
        if not found.ok or found.acts != count:
            raise AssertionError(f"the made chain does not verify: {found}")

    def bare() -> None:
        h = b""
        for text in texts:
            h = hashlib.sha256(h + text).digest()

    taken = pairs(ours, bare, count=2 if small else LEAST, clock=Clock.CPU, each=count)
    found = line("audit", f"verify the chain of {count:,} acts", taken, 0.2, at_least=True)
    store.close()
    return status([found])
