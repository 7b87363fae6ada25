"""Drivers for trying out the wall around them: each does one bad thing. They are made in the child process."""

from __future__ import annotations

import io
import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from desktop.devices.escl import Escl
from desktop.devices.pretend import PretendScanner
from desktop.devices.source import Abilities, Device, Feed, Page, ScanWish, Source, trouble
from tests.helpers.waiting import waited

DEVICE = Device("x", "Máy quét Mẫu", "bad")


def picture(number: int) -> Page:
    """A page that tells its number by its width."""
    out = io.BytesIO()
    Image.new("L", (100 + number, 50), 200).save(out, "JPEG")
    return Page(out.getvalue(), "image/jpeg", 100 + number, 50, 300, number)


@dataclass
class Bad:
    """Gives pages until `at`, then does `what`; leaves marks in `folder` for the test to see."""

    raw: Path
    folder: Path
    what: str
    at: int = 3

    def find(self) -> list[Device]:
        self._do("find")
        self._do("find-jam")
        self._do("missing")
        return [DEVICE]

    def abilities(self, device: Device) -> Abilities:
        self._do("abilities")
        self._do("abilities-jam")
        return Abilities(frozenset((Feed.FEEDER,)))

    def scan(self, device: Device, wish: ScanWish) -> Iterator[Page]:
        self.raw.mkdir(parents=True, exist_ok=True)
        (self.raw / "half.pnm").write_bytes(b"P6")
        (self.folder / "pid").write_text(str(os.getpid()))
        try:
            for number in range(1, 6):
                if number == self.at:
                    self._do(self.what)
                yield picture(number)
        finally:
            (self.folder / "stopped").write_text("")

    def _do(self, what: str) -> None:
        if what != self.what:
            return
        os.write(1, b"a driver that talks")
        os.write(2, b"a driver that complains")
        match what:
            case "hang" | "find" | "abilities":
                threading.Event().wait()
            case "stubborn":  # hangs in code of its own, which no signal ends
                signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
                threading.Event().wait()
            case "segfault":
                os.kill(os.getpid(), signal.SIGSEGV)
            case "exit":
                os._exit(3)
            case "bug":
                raise ZeroDivisionError("a driver cannot count")
            case "missing":
                raise trouble("device.no-program", None, "scanimage")
            case "jam" | "find-jam" | "abilities-jam":
                raise trouble("device.jam", DEVICE, "stuck")
            case "child":  # a program of the driver's own hangs and does not let go
                if os.fork() == 0:
                    (self.folder / "grandchild").write_text(str(os.getpid()))
                    threading.Event().wait()
                threading.Event().wait()
            case "slow":
                threading.Event().wait(0.3)


def bad(folder: Path, what: str, at: int, raw: Path) -> Source:
    """Made in the child."""
    return Bad(raw, folder, what, at)


@dataclass
class Meeting(Bad):
    """Finds its device when the driver `other` is looking around at the same time."""

    other: str = ""

    def find(self) -> list[Device]:
        (self.folder / self.what).touch()
        if not waited((self.folder / self.other).exists):
            raise trouble("device.silent", DEVICE)
        return [replace(DEVICE, driver=self.what)]


def meeting(folder: Path, me: str, other: str, raw: Path) -> Source:
    """Made in the child."""
    return Meeting(raw, folder, me, other=other)


def made_pretend(folder: Path, name: str, _raw: Path) -> Source:
    """A pretend scanner of that name, its device under the driver called like its folder."""
    scanner = PretendScanner(folder, name)
    scanner.device = replace(scanner.device, driver=folder.name)
    return scanner


def made_escl(root: str, _raw: Path) -> Source:
    """The scanner at `root`, and no ear for others: tests speak to nobody."""
    return Escl((root,), listen=0)
