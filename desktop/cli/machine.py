"""What commands use of this machine: its settings, its scanners, and whoever looks into pages and files."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from desktop.devices.scanners import Scanners
from desktop.devices.spool import FOLDER, Spool
from desktop.devices.worker import Make
from desktop.office import Office
from desktop.settings import Scope, Settings
from onestop.actions.papers import Brought
from onestop.rules.errors import RuleBroken

if TYPE_CHECKING:  # loaded with the first file: it brings OpenCV along
    from desktop.pagework import Pagework

DRIVERS: Mapping[str, Make] | None = None
"""What makes each driver; None: those of this machine."""


@dataclass(frozen=True, slots=True)
class OfficeChoices:
    """What the office chose for all its machines. A clerk's own choices are no concern of a command."""

    options: Mapping[str, Any]

    def get(self, scope: str, key: str) -> Any:
        """The office's value, None where there is none."""
        return self.options.get(key) if scope == Scope.OFFICE else None

    def set(self, scope: str, key: str, value: Any) -> NoReturn:
        """Commands that set something have an action for it."""
        raise RuleBroken("setting.no-office", field=key)


def settings_of(folder: Path, office: Office | None) -> Settings:
    """The settings of this machine as the window has them."""
    return Settings(folder / "settings.json", OfficeChoices(office.row.options) if office is not None else None)


def scanners_of(folder: Path, office: Office | None) -> Scanners:
    """The scanners of this machine; in a demo office a pretend one among them."""
    pretend = folder / "pretend" if office is not None and office.row.demo else None
    return Scanners(Spool(folder / FOLDER), settings_of(folder, office), pretend=pretend, drivers=DRIVERS)


@contextmanager
def workshop(office: Office) -> Iterator[Pagework]:
    """Whoever looks into pages and files, in processes of their own, which end with the command."""
    work: Pagework = importlib.import_module("desktop.pagework").Pagework(office)
    try:
        yield work
    finally:
        work.close()


def look_into(office: Office, files: Sequence[Path]) -> list[Brought]:
    """What is in these files; nothing of it is loaded where there is none. RuleBroken file.missing, StoreTrouble
    scan.no-room while the disk is nearly full."""
    if not files:
        return []
    importlib.import_module("desktop.scanning").demand_room(office)
    with workshop(office) as work:
        return [work.read(file) for file in files]


class Quiet:
    """How long work is told of by a command: it says nothing on the way, and Ctrl-C ends it."""

    cancelled = False

    def step(self, done: int = 0, total: int | None = None, what: str = "") -> None:
        """So far."""
