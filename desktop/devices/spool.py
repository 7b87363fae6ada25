"""Where pages lie between the scanner and the dossier: inside the office's folder, and still there after a crash.

    spool/<scan>/about.json               what the scan was for, in the words of whoever began it
    spool/<scan>/0003-0005b-300.jpg       the third page that came: number 5, a back, 300 dpi
    spool/<scan>/raw/                     what a driver writes on its way

A page is written whole or not at all, and goes away when it has been taken over. A scan is held by a lock that dies
with its process: what is not held and still has pages is handed over at the next start and before the next scan
(`left`), and what has none is swept away.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.devices import picture
from desktop.devices.source import Page, trouble
from onestop import clock

FOLDER = "spool"
"""The folder, inside the office's, through which pages come from the scanner."""
PASSING = "passing"
"""Set in `about` of a scan whose pages are looked at and kept nowhere (a trial, the code of a card)."""

_LOCKS: Any = importlib.import_module("msvcrt" if os.name == "nt" else "fcntl")
_NAME = re.compile(r"(?P<order>\d{4})-(?P<number>\d{4})(?P<side>[bf])-(?P<dpi>\d+)\.(?P<end>jpg|png|pdf)")
_ENDS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
_KINDS = {end: kind for kind, end in _ENDS.items()}


class Tray:
    """The pages of one scan that nobody has taken over yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = -1
        self._came = 0

    @property
    def about(self) -> dict[str, Any]:
        """What the scan was for; {} where that was lost."""
        try:
            about = json.loads((self.folder / "about.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return about if isinstance(about, dict) else {}

    @property
    def raw(self) -> Path:
        """Where the driver may write."""
        return self.folder / "raw"

    def put(self, page: Page) -> str:
        """Lay a page down, safe on the disk; its name. DeviceTrouble `device.no-room` when that cannot be."""
        self._came += 1
        name = f"{self._came:04}-{page.number:04}{'b' if page.back else 'f'}-{page.dpi}.{_ENDS[page.media_type]}"
        draft = self.folder / f"{self._came:04}.part"
        try:
            with draft.open("wb") as stream:
                stream.write(page.content)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(self.folder / name)
        except OSError as error:
            raise trouble("device.no-room", None, str(error)) from error
        return name

    def names(self) -> list[str]:
        """The pages that lie here, in the order they came."""
        try:
            return sorted(each for each in os.listdir(self.folder) if _NAME.fullmatch(each))
        except OSError:
            return []

    def take(self, name: str, *, damaged: bool = False) -> Page:
        """The page of that name; it stays until it is forgotten. DeviceTrouble `device.answer` when it cannot be read,
        or is no whole picture; `damaged`: then it comes all the same, 0 × 0, for whoever keeps whatever there is."""
        found = _NAME.fullmatch(name)
        assert found is not None, name
        try:
            content = (self.folder / name).read_bytes()
            wide, high = (0, 0) if found["end"] == "pdf" else picture.size(content)
        except OSError as error:
            raise trouble("device.answer", None, str(error)) from error
        except picture.NoPicture as error:
            if not damaged:
                raise trouble("device.answer", None, str(error)) from error
            wide, high = 0, 0
        number, dpi = int(found["number"]), int(found["dpi"])
        return Page(content, _KINDS[found["end"]], wide, high, dpi, number, found["side"] == "b")

    def forget(self, name: str) -> None:
        """The page is safe elsewhere."""
        (self.folder / name).unlink(missing_ok=True)

    def end(self) -> None:
        """Nothing more comes: gone when it is empty or nothing of it was to be kept, else it stays for the next
        start."""
        shutil.rmtree(self.raw, ignore_errors=True)
        for draft in self.folder.glob("*.part"):
            draft.unlink(missing_ok=True)
        passing = self.about.get(PASSING)
        self._let_go()
        if passing or not self.names():
            shutil.rmtree(self.folder, ignore_errors=True)

    def hold(self) -> bool:
        """Make it ours until this process ends; False when it is somebody else's."""
        try:
            lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT)
        except OSError:
            return False
        try:
            if os.name == "nt":
                _LOCKS.locking(lock, _LOCKS.LK_NBLCK, 1)
            else:
                _LOCKS.flock(lock, _LOCKS.LOCK_EX | _LOCKS.LOCK_NB)
        except OSError:
            os.close(lock)
            return False
        self._lock = lock
        return True

    def _let_go(self) -> None:
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


class Spool:
    """All scans under way, or broken off, in one office."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, about: Mapping[str, Any]) -> Tray:
        """A tray for a new scan; `about` (JSON) comes back with its pages should it break off. DeviceTrouble
        `device.no-room`."""
        tray = Tray(self.folder / clock.new_id())
        try:
            tray.folder.mkdir(parents=True)
            (tray.folder / "about.json").write_text(json.dumps(about, ensure_ascii=False), "utf-8")
        except OSError as error:
            raise trouble("device.no-room", None, str(error)) from error
        tray.hold()
        return tray

    def left(self) -> list[Tray]:
        """Scans that broke off with pages nobody took, oldest first; they are ours now. What else was left is swept."""
        found = []
        for folder in sorted(self.folder.iterdir(), key=_begun) if self.folder.is_dir() else []:
            tray = Tray(folder)
            if not folder.is_dir() or not tray.hold():
                continue
            if tray.names() and not tray.about.get(PASSING):
                found.append(tray)
            else:
                tray.end()
        return found


def _begun(folder: Path) -> tuple[int, str]:
    """When a scan began: names made in one millisecond are in no order."""
    try:
        return (folder / "about.json").stat().st_mtime_ns, folder.name
    except OSError:
        return 0, folder.name
