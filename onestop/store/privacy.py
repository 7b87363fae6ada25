"""Whose business an office's folder is: what the program makes there is nobody else's to read.

On Windows a user's folders are private by themselves; nothing is done there.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

OTHERS = 0o007
GROUP_AND_OTHERS = 0o077

_shared: list[int] = []
"""The user's own mask, while ours is in force."""


def mask_of(folder: Path) -> int:
    """What is taken from new files in `folder`: everything from everybody but the user; where an installer has made the
    folder for a group to write in, from everybody but that group."""
    with suppress(OSError):
        if folder.stat().st_mode & stat.S_IWGRP:
            return OTHERS
    return GROUP_AND_OTHERS


@contextmanager
def kept_private(folder: Path) -> Iterator[None]:
    """For as long as the block lasts, new files are private as `mask_of(folder)` says, wherever they are made."""
    if os.name == "nt":
        yield
        return
    before = os.umask(mask_of(folder))
    _shared.append(before)
    try:
        yield
    finally:
        _shared.pop()
        os.umask(before)


def open_to_whom_the_folder_is(path: Path) -> None:
    """A database, which SQLite makes for its user alone to write to, for whoever may write in its folder."""
    if os.name != "nt":
        path.chmod(0o666 & ~mask_of(path.parent))


def shared_mask() -> int:
    """The user's own mask: for files that are made to be handed to others."""
    if _shared:
        return _shared[0]
    mask = os.umask(0)
    os.umask(mask)
    return mask


def tighten(folder: Path, names: tuple[str, ...]) -> None:
    """Take from others what earlier versions left them of these files and folders."""
    if os.name == "nt":
        return
    for name in names:
        path = folder / name
        with suppress(OSError):
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & OTHERS:
                path.chmod(mode & ~mask_of(folder))
