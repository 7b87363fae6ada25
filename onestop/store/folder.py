"""Where an office's folder lies and what its database is called: names alone, so that looking there costs nothing."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

DATABASE = "office.db"
MAKING = ".making"
"""A new office comes about in this folder inside its own, and is moved out whole."""
COPIES = "????-??-??.db"
"""How the daily copies are called, in the folder `backups`."""


def default_folder() -> Path:
    """Where the office's folder lies unless `--data` says otherwise."""
    return Path(platformdirs.user_data_dir("motcua", appauthor=False))


def marks_folder() -> Path:
    """Where the high-water marks lie: outside every office folder."""
    given = os.environ.get("MOTCUA_STATE_DIR")
    return Path(given) if given else Path(platformdirs.user_state_dir("motcua", appauthor=False))


def holds_office(folder: Path) -> bool:
    """Whether there is an office's database in `folder`."""
    return (folder / DATABASE).exists()


def lost_office(folder: Path) -> bool:
    """Whether an office has worked in `folder` whose database is no longer there: its published files, its copies or
    what was kept beside the database tell of it. Such a folder is never taken for a new one: codes that are on paper
    would be given again. One that was being founded when the machine was switched off has never worked."""
    if holds_office(folder) or (folder / MAKING / DATABASE).exists():
        return False
    traces = (f"backups/{COPIES}", "files/??/*", "office.?*.db", f"{DATABASE}-wal")
    return any(next(folder.glob(each), None) is not None for each in traces)
