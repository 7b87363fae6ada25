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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onestop.store.acts import Head


@dataclass(frozen=True, slots=True)
class Mark:
    """What was known when the last number left this machine."""

    device_id: str
    epoch: int
    dseq: int
    machine: str
    day: str = ""
    orders: dict[str, int] = field(default_factory=dict)


class Marks:
    """The folder of marks: one small file per device, outside every office folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, device_id: str) -> Path:
        return self.folder / f"{device_id}.mark.json"

    def read(self, device_id: str) -> Mark | None:
        """The mark of a device, or None when there is none or it cannot be read."""
        try:
            plain: dict[str, Any] = json.loads(self._path(device_id).read_text("utf-8"))
            return Mark(
                plain["device_id"],
                plain["epoch"],
                plain["dseq"],
                plain["machine"],
                plain.get("day", ""),
                {str(key): int(value) for key, value in plain.get("orders", {}).items()},
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, mark: Mark) -> bool:
        """Keep `mark`. Not flushed to disk: after a power cut an older mark is harmless, the folder is then ahead.

        False when the place cannot be written; numbering goes on and `motcua check` says so.
        """
        plain = {
            "device_id": mark.device_id,
            "epoch": mark.epoch,
            "dseq": mark.dseq,
            "machine": mark.machine,
            "day": mark.day,
            "orders": mark.orders,
        }
        target = self._path(mark.device_id)
        waiting = target.with_suffix(f".{os.getpid()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            waiting.write_text(json.dumps(plain), "utf-8")
            os.replace(waiting, target)
        except OSError:
            return False
        return True


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
