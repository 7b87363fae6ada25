"""Where an office's folder lies and what its database is called: names alone, so that looking there costs nothing."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

DATABASE = "office.db"


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
