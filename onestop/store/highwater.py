"""The high-water mark: what this device has numbered, kept outside the office's folder with the machine's id.

A restored or copied folder is noticed by it before the first print: the folder stands behind the mark, or on a
machine that is not its own. Numbering then stops until a supervisor says what happened (`actions.resuming`).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from onestop.store.acts import Head


@dataclass(frozen=True, slots=True)
class Mark:
    """What was known when the last number left this machine. `orders`: the highest number given, by its full name
    ("H99 2026-11-23" for a day's dossiers, "book:supplement 2026" for a year's letters)."""

    device_id: str
    epoch: int
    dseq: int
    machine: str
    orders: dict[str, int] = field(default_factory=dict)


LONGEST = 256 * 1024
"""A file of marks beyond this is made one line again."""


class Marks:
    """The folder of marks, outside every office folder: one small file per device, a line for every move of the mark.

    Lines are appended, so that the window and the command line never take each other's mark back; what counts is the
    furthest of them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[str, tuple[tuple[int, int], Mark | None]] = {}

    def _path(self, device_id: str) -> Path:
        return self.folder / f"{device_id}.marks"

    def read(self, device_id: str) -> Mark | None:
        """The furthest mark of a device, or None when there is none or it cannot be read."""
        path = self._path(device_id)
        try:
            state = path.stat()
            stamp = (state.st_size, state.st_mtime_ns)
            known = self._known.get(device_id)
            if known is not None and known[0] == stamp:
                return known[1]
            found = _furthest(path.read_text("utf-8").splitlines())
        except (OSError, UnicodeDecodeError):
            return None
        self._known[device_id] = (stamp, found)
        return found

    def write(self, mark: Mark) -> bool:
        """Move the mark. Not flushed to disk: after a power cut an older mark is harmless, the folder is then ahead.

        False when the place cannot be written; numbering goes on and `motcua check` says so.
        """
        path = self._path(mark.device_id)
        before = self.read(mark.device_id)
        line = json.dumps(asdict(mark)) + "\n"
        try:
            if before is None:
                self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                size = os.fstat(handle).st_size
                os.write(handle, line.encode())
                state = os.fstat(handle)
            finally:
                os.close(handle)
            if size > LONGEST:
                self._shorten(path)
            elif state.st_size == size + len(line):
                self._known[mark.device_id] = ((state.st_size, state.st_mtime_ns), _further(before, mark))
        except OSError:
            return False
        return True

    def _shorten(self, path: Path) -> None:
        furthest = _furthest(path.read_text("utf-8").splitlines())
        if furthest is not None:
            waiting = path.with_suffix(f".{os.getpid()}")
            waiting.write_text(json.dumps(asdict(furthest)) + "\n", "utf-8")
            os.replace(waiting, path)


REMEMBERED = 40
"""So many days are remembered, the newest: a clock that once ran ahead puts no other day out of mind."""


def _furthest(lines: Iterable[str]) -> Mark | None:
    furthest: Mark | None = None
    for line in lines:
        try:
            plain: dict[str, Any] = json.loads(line)
            mark = Mark(
                plain["device_id"],
                int(plain["epoch"]),
                int(plain["dseq"]),
                plain["machine"],
                {str(key): int(value) for key, value in plain.get("orders", {}).items()},
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            continue  # a line cut off by a power cut
        furthest = _further(furthest, mark)
    return None if furthest is None else replace(furthest, orders=_recent(furthest.orders))


def _further(one: Mark | None, other: Mark) -> Mark:
    """The further of two marks, with the highest orders of both."""
    if one is None:
        return other
    orders = dict(one.orders)
    for name, order in other.orders.items():
        orders[name] = max(order, orders.get(name, 0))
    ahead = max(one, other, key=lambda mark: (mark.epoch, mark.dseq))
    return replace(ahead, orders=orders)


def _recent(orders: dict[str, int]) -> dict[str, int]:
    """Orders without those of days long gone; the books of a year stay."""
    ends = {name: name.rpartition(" ")[2] for name in orders}
    days = sorted({end for end in ends.values() if len(end) == len("2026-11-23")}, reverse=True)
    forgotten = set(days[REMEMBERED:])
    return {name: order for name, order in orders.items() if ends[name] not in forgotten}


# ---- what this machine has given for an agency ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose numbers a counter gives, whatever folder it works in: agency, and counter k of n."""

    agency: str
    counter: int
    counters: int

    @property
    def name(self) -> str:
        """Under which its marks are kept, in the place of a device's id."""
        return f"{AGENCY}{self.agency}-{self.counter}-of-{self.counters}"

    def may_meet(self, other: Desk) -> bool:
        """Whether the two can give the same number: not where both know of one another that the stripes are shared
        out among as many counters."""
        return self.agency == other.agency and (self.counters != other.counters or self.counter == other.counter)


AGENCY = "agency-"
_DESK = re.compile(rf"{AGENCY}(.+)-([0-9]+)-of-([0-9]+)")


def given_by(marks: Marks, desk: Desk) -> dict[str, int]:
    """The highest numbers that any folder on this machine has given which `desk` could give again, by full name.

    A folder that has vanished with its database has left these: the next office of the same agency goes on above them.
    """
    known: dict[str, int] = {}
    for path in marks.folder.glob(f"{AGENCY}{desk.agency}-*.marks"):
        read = _DESK.fullmatch(path.stem)
        mark = marks.read(path.stem) if read and desk.may_meet(Desk(read[1], int(read[2]), int(read[3]))) else None
        for name, order in mark.orders.items() if mark is not None else ():
            known[name] = max(order, known.get(name, 0))
    return known


def suspicion(here: Head, mark: Mark | None, machine: str) -> str | None:
    """Why this folder may not number: "restored", "copied", or None when all is well."""
    if here.machine != machine:
        return "copied"
    if mark is not None and (mark.epoch, mark.dseq) > (here.epoch, here.dseq):
        return "restored"
    return None


def machine_id() -> str:
    """A stable fingerprint of this machine (hashed: the raw id is nobody's business)."""
    return hashlib.sha256(f"motcua:{_raw_machine_id()}".encode()).hexdigest()[:32]


def _raw_machine_id() -> str:
    given = os.environ.get("MOTCUA_MACHINE_ID")
    if given:
        return given
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415  (exists on Windows only)

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    for place in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            text = Path(place).read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            continue
        if text:
            return text
    return f"{uuid.getnode():012x}"
