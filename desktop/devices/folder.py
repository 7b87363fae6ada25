"""Plain files as a source: those that a person chose, and a watched folder that an office device scans into.

Nothing is renamed, and nothing deleted but what was taken over, where the office wants that (`clear`). In a watched
folder a file that is still being written is left alone: its size and time must be the same at two looks, it must open,
and its end must be there. What was taken is remembered and not taken twice; a file that is written anew under the same
name is a new one.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.devices import picture
from desktop.devices.source import Abilities, Device, Feed, Mode, Page, ScanWish, Sheet, fit, places, trouble
from onestop.rules.errors import DeviceTrouble

PDF = "application/pdf"
"""A PDF comes whole, as one page without a size: `paper` looks into it."""
MOST_BYTES = 200_000_000
_ABILITIES = Abilities(frozenset((Feed.FLATBED,)), frozenset(Mode), (200, 300, 400, 600), False, frozenset(Sheet))
_TEMPORARY = (".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".download", ".lock", ".writing")
_ENDS = {b"\xff\xd8": b"\xff\xd9", b"\x89PNG": b"IEND\xaeB\x60\x82", b"%PDF": b"%%EOF"}
"""How a whole file of a kind ends; some writers put a little behind it."""
_TAIL = 1024

Mark = tuple[int, int]
"""Size and time of a file, as it was seen."""


@dataclass
class Files:
    """The files that a person chose, in the order chosen."""

    files: Sequence[Path] = ()

    def find(self) -> list[Device]:
        return [Device("files", self.files[0].parent.name, "files", str(self.files[0].parent))] if self.files else []

    def abilities(self, device: Device) -> Abilities:
        return _ABILITIES

    def scan(self, device: Device, wish: ScanWish) -> Iterator[Page]:
        wish = fit(wish, _ABILITIES, device)
        place = places(wish)
        if not self.files:
            raise trouble("device.empty", device)
        for file in self.files:
            yield from _pages(file, wish, place, device)


@dataclass
class Watched:
    """A folder that fills by itself. `ledger`: the file, inside the office's folder, that remembers what was taken."""

    folder: Path
    ledger: Path
    settle: float = 1.0
    """Seconds between the two looks of a scan."""
    _looked: dict[str, Mark] = field(default_factory=dict, repr=False)

    def find(self) -> list[Device]:
        there = self.folder.is_dir()
        return [Device(str(self.folder), self.folder.name, "folder", str(self.folder))] if there else []

    def abilities(self, device: Device) -> Abilities:
        self._listing(device)
        return _ABILITIES

    def scan(self, device: Device, wish: ScanWish) -> Iterator[Page]:
        wish = fit(wish, self.abilities(device), device)
        place = places(wish)
        self.look(device)
        time.sleep(self.settle)
        ready = self.look(device)
        if not ready:
            raise trouble("device.empty", device, str(self.folder))
        refused: DeviceTrouble | None = None
        for file in ready:
            try:
                yield from _pages(file, wish, place, device)
            except DeviceTrouble as trouble_:
                refused = refused or trouble_  # the others first; whoever is told of this one finds it where it lies
            self.taken(file)
        if refused is not None:
            raise refused

    def look(self, device: Device | None = None) -> list[Path]:
        """The files, oldest first, that stand as they stood at the last look, are whole and have not been taken."""
        before, self._looked = self._looked, self._listing(device)
        taken = self._taken()
        ready = [
            name
            for name, mark in self._looked.items()
            if before.get(name) == mark and taken.get(name) != list(mark) and _is_whole(self.folder / name, mark[0])
        ]
        return [self.folder / name for name in sorted(ready, key=lambda name: (self._looked[name][1], name))]

    def taken(self, file: Path) -> None:
        """Remember that `file`, as it was seen, has been taken over."""
        kept = {name: mark for name, mark in self._taken().items() if name in self._looked}
        if file.name in self._looked:  # else it has gone meanwhile
            kept[file.name] = list(self._looked[file.name])
        self._write(kept)

    def pass_over(self) -> None:
        """The folder has just been chosen: what lies there is old, and is not offered."""
        self._looked = self._listing(None)
        self._write({name: list(mark) for name, mark in self._looked.items()})

    def clear(self, file: Path) -> bool:
        """Delete a file that was taken over; False where it cannot be, or was written anew since it was seen."""
        try:
            about = file.stat(follow_symlinks=False)
            if self._looked.get(file.name) != (about.st_size, about.st_mtime_ns):
                return False
            file.unlink()
        except OSError:
            return False
        return True

    def _write(self, kept: dict[str, list[int]]) -> None:
        draft = self.ledger.with_suffix(".new")
        try:
            self.ledger.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
            draft.replace(self.ledger)
        except OSError as error:
            raise trouble("device.no-room", None, str(error)) from error

    def _taken(self) -> dict[str, list[int]]:
        try:
            kept = json.loads(self.ledger.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def _listing(self, device: Device | None) -> dict[str, Mark]:
        found: dict[str, Mark] = {}
        try:
            with os.scandir(self.folder) as entries:
                for entry in entries:
                    name = entry.name.lower()
                    if name.startswith((".", "~")) or name.endswith(_TEMPORARY):
                        continue
                    if entry.is_file(follow_symlinks=False):
                        about = entry.stat(follow_symlinks=False)
                        found[entry.name] = (about.st_size, about.st_mtime_ns)
        except OSError as error:
            raise trouble("device.offline", device or _named(self.folder), str(error)) from error
        return found


def _named(folder: Path) -> Device:
    return Device(str(folder), folder.name, "folder", str(folder))


def _is_whole(file: Path, size: int) -> bool:
    """Whether the file opens, is of a kind that is taken, and has its end."""
    if not 0 < size <= MOST_BYTES:
        return False
    try:
        with file.open("rb") as stream:
            head = stream.read(8)
            stream.seek(max(0, size - _TAIL))
            tail = stream.read()
    except OSError:
        return False
    for start, end in _ENDS.items():
        if head.startswith(start):
            return end in tail
    return head.startswith((b"II*\x00", b"MM\x00*", b"BM"))  # these say nothing of their end: decoding tells


def _pages(file: Path, wish: ScanWish, place: Iterator[tuple[int, bool]], device: Device) -> Iterator[Page]:
    """The pages of one file."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise _refused(device, file, "too large")
        content = file.read_bytes()
        if content.startswith(b"%PDF"):
            number, _back = next(place)
            yield Page(content, PDF, 0, 0, wish.dpi, number)
            return
        for frame in range(picture.frames(content)):
            number, _back = next(place)
            yield picture.page(content, wish.dpi, number, frame=frame, own_dpi=True)
    except (OSError, picture.NoPicture) as error:
        raise _refused(device, file, str(error)) from error


def _refused(device: Device, file: Path, why: str) -> DeviceTrouble:
    return DeviceTrouble("device.file", device=device.name, file=file.name, detail=why)
