"""Where the rows that could not come in are kept, to be mended and brought again."""

from __future__ import annotations

import filecmp
import os
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

from onestop.store.sheets import write_rejects


def keep_rejects(
    file: Path, folders: Sequence[Path], headings: Sequence[str], rows: Iterable[tuple[int, Sequence[str], str]]
) -> Path | None:
    """Write what `rows` gives to `<name>-rejects.csv` in the first of `folders` that can be written; None where there
    was nothing. A file of that name that says something else stays, for somebody may be mending it, and the next name
    is taken."""
    wanted = _wanted(file, folders)
    waiting = wanted.with_name(f".{wanted.name}.{os.getpid()}")
    try:
        return _placed(waiting, wanted) if write_rejects(waiting, headings, rows) else None
    finally:
        waiting.unlink(missing_ok=True)


def _wanted(file: Path, folders: Sequence[Path]) -> Path:
    name = f"{file.stem}-rejects.csv"
    for folder in folders:
        if os.access(folder, os.W_OK):
            return folder / name
    return folders[-1] / name


def _placed(waiting: Path, wanted: Path) -> Path:
    for number in count(1):
        path = wanted if number == 1 else wanted.with_stem(f"{wanted.stem}-{number}")
        if not path.exists():
            os.replace(waiting, path)
            return path
        if filecmp.cmp(waiting, path, shallow=False):
            return path
    raise AssertionError("numbers do not end")
