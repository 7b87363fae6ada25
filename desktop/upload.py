"""The papers of a dossier gathered in one folder, to be uploaded to another system; and the office's own copy panel.

Names of files are what a paper is, never a number of a person. What was gathered is gone again once the dossier has its
code there, or after a day.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from onestop import clock
from onestop.clock import VIETNAM
from onestop.queries import dossiers, papers
from onestop.rules import copy_panel, why
from onestop.rules.copy_panel import Profile
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.rules.text import fold
from onestop.store.privacy import kept_private

FOLDER = "upload"
"""In the office's folder."""
PROFILES = "copy-panel.toml"
"""An office's own, in its folder."""
KEPT = timedelta(days=1)
LONGEST = 60
"""Letters of a file's name."""
_NUMBER = re.compile(r"\d{9,}")
"""As long as the number of a person's paper."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The folder, and the names of the files in it."""

    folder: Path
    files: tuple[str, ...]


def gather(office: Any, dossier_id: str, tell: Callable[[int, int], Any] = lambda _done, _count: None) -> Gathered:
    """Write the files of record of a dossier into a folder of its own, under clear names.

    RuleBroken dossier.unknown, upload.none; StoreTrouble file.unwritable.
    """
    found = office.read(dossiers.one, dossier_id, False)
    if found is None:
        raise RuleBroken("dossier.unknown", code=dossier_id)
    held = [each for each in office.read(papers.of_dossier, dossier_id) if each.blob is not None]
    if not held:
        raise RuleBroken("upload.none", code=found.code)
    names = {each.key: each.name for each in found.components}
    folder = office.folder / FOLDER / found.code
    files: list[str] = []
    try:
        with kept_private(office.folder):
            _tidy(office.folder / FOLDER)
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            for each in held:
                tell(len(files), len(held))
                name = _file(len(files) + 1, each.about.title or names.get(each.component, "") or each.name)
                (folder / name).write_bytes(office.files.get(each.blob))
                files.append(name)
    except OSError as error:
        raise StoreTrouble("file.unwritable", file=str(folder), reason=why.of_system(error)) from error
    return Gathered(folder, tuple(files))


def _file(number: int, title: str) -> str:
    """ "01-to-khai-dang-ky-khai-sinh.pdf": plain letters, which every portal takes."""
    bare = re.sub(r"[^a-z0-9]+", "-", fold(_NUMBER.sub("", title))).strip("-")
    return f"{number:02}-{bare[:LONGEST].strip('-') or 'giay-to'}.pdf"


def _tidy(folder: Path) -> None:
    """What was gathered before and left."""
    if not folder.is_dir():
        return
    for each in folder.iterdir():
        made = datetime.fromtimestamp(each.stat().st_mtime, VIETNAM)
        if clock.now() - made > KEPT:
            shutil.rmtree(each, ignore_errors=True)


def forget(office: Any, dossier_id: str) -> None:
    """The dossier has its code there: what was gathered of it is not needed any more."""
    found = office.read(dossiers.one, dossier_id, False)
    if found is not None:
        for code in {found.code, found.values["code"]}:
            shutil.rmtree(office.folder / FOLDER / code, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Book:
    """The profiles that one can copy by, and what is wrong with the office's own file, where something is."""

    profiles: tuple[Profile, ...]
    fault: RuleBroken | None = None


def profiles(folder: Path) -> Book:
    """Those of the office's own file before those that ship; a file that cannot be read changes nothing and is told."""
    path = folder / PROFILES
    try:
        return Book(copy_panel.own_profiles(path.read_text("utf-8-sig")))
    except FileNotFoundError:
        return Book(copy_panel.profiles())
    except (OSError, UnicodeDecodeError) as error:
        reason = why.of_system(error) if isinstance(error, OSError) else why.of_text(error)
        return Book(copy_panel.profiles(), RuleBroken("copy-panel.unreadable", reason=reason))
    except RuleBroken as broken:
        return Book(copy_panel.profiles(), broken)
