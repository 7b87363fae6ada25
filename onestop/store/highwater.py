"""The high-water mark: what this device has numbered, kept outside the office's folder with the machine's id.

A restored or copied folder is noticed by it before the first print: the folder stands behind the mark, or on a
machine that is not its own. Numbering then stops until a supervisor says what happened (`actions.manage.resume`).
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
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


REMEMBERED = timedelta(days=14)
"""How far behind the newest day the orders of a day are remembered."""


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
    days = {name: name.rpartition(" ")[2] for name in orders}
    newest = max((day for day in days.values() if len(day) == len("2026-11-23")), default="")
    if not newest:
        return orders
    oldest = (date.fromisoformat(newest) - REMEMBERED).isoformat()
    return {name: order for name, order in orders.items() if len(days[name]) < len(oldest) or days[name] >= oldest}


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
