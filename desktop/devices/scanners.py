"""The scanners of this machine: which there are, which one is used and how, and what to do when it does not answer.

    scanners = Scanners(spool, settings)
    for page in scanners.scan(wish_of(settings), about=…, stop=…): …

Every driver works in a process of its own, and only there is its code loaded. The chosen device is asked first; where
it does not even begin, the same machine is tried through another driver, and `fallbacks` says so with the reason.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from desktop.devices.source import Device, Feed, Mode, Page, ScanWish, Source, trouble
from desktop.devices.spool import PASSING, Spool, Tray
from desktop.devices.worker import Make, Worker
from desktop.settings import Settings
from onestop.rules.errors import DeviceTrouble, Remark
from onestop.rules.text import fold

ANOTHER_WAY = frozenset(
    f"device.{word}" for word in "offline crashed silent answer failed no-program no-rights unsupported".split()
)
"""Troubles of a driver rather than of paper: another driver may fare better."""
Stop = Callable[[], bool]


@dataclass
class Found:
    """What a look around gave: the devices, the usual driver first, and why a driver could not even look."""

    devices: list[Device] = field(default_factory=list)
    reasons: dict[str, DeviceTrouble] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fallback:
    """`device` was used because `instead_of` did not begin, for `reason`."""

    instead_of: Device
    reason: DeviceTrouble
    device: Device


def wish_of(settings: Settings) -> ScanWish:
    """How the settings want papers scanned."""
    sides = settings.get("scan_sides")
    return ScanWish(
        source=Feed(settings.get("scan_source")),
        dpi=settings.get("scan_dpi"),
        mode=Mode(settings.get("scan_colour")),
        duplex=sides == "both",
        manual_duplex=sides == "manual",
    )


def addresses_of(settings: Settings) -> tuple[str, ...]:
    """The network scanners that the settings name."""
    return tuple(str(settings.get("scan_addresses")).replace(",", " ").replace(";", " ").split())


class Scanners:
    """All drivers of this machine. `pretend`: the folder of a pretend scanner, for demo and training; `drivers`: these
    instead of the machine's own, in this order."""

    def __init__(
        self,
        spool: Spool,
        settings: Settings,
        *,
        pretend: Path | None = None,
        drivers: Mapping[str, Make] | None = None,
    ) -> None:
        self.spool, self.settings = spool, settings
        self._pretend, self._given = pretend, drivers
        self._first: Device | None = None
        self._seen: dict[str, Device] = {}
        self.fallbacks: list[Fallback] = []
        self._news: list[Remark] = []
        self._said: set[tuple[str, str]] = set()

    def drivers(self) -> dict[str, Make]:
        """What makes each driver, the one to be asked first first."""
        if self._given is not None:
            return dict(self._given)
        made: dict[str, Make] = {"pretend": partial(_pretend, self._pretend)} if self._pretend is not None else {}
        made |= {"wia": _wia} if sys.platform == "win32" else {"sane": _sane}
        made["escl"] = partial(_escl, addresses_of(self.settings))
        if self.settings.get("scan_folder"):
            made["folder"] = partial(_watched, Path(self.settings.get("scan_folder")), self.spool.folder)
        return made

    def find(self, stop: Stop = lambda: False, *, only: frozenset[str] | None = None) -> Found:
        """Look around with every driver (or `only` some), all at one time. It takes seconds."""
        found = Found()
        with ExitStack() as looking:
            heard = {
                name: looking.enter_context(self._worker(make, stop).looking())
                for name, make in self.drivers().items()
                if (only is None or name in only) and not stop()
            }
            for name, devices in heard.items():
                try:
                    found.devices += devices()
                except DeviceTrouble as reason:
                    found.reasons[name] = reason
        self._seen |= {device.key: device for device in found.devices}
        return found

    def remember(self) -> None:
        """The setting `scan_device` has changed: keep the name of the chosen one, so that it is known while it is away,
        too. To be called where settings may be written."""
        self._first = None
        chosen = self._seen.get(str(self.settings.get("scan_device")))
        if chosen is not None:
            self.settings.set("scan_known", {chosen.key: [chosen.name, chosen.place]})

    def device(self, stop: Stop = lambda: False) -> Device:
        """The one that is used: the chosen one, without looking around; else the first one found.

        DeviceTrouble `device.none` when there is none, or what kept the only driver from looking.
        """
        key = str(self.settings.get("scan_device"))
        if key:
            driver, _, own = key.partition(":")
            name, place = (*map(str, self.settings.get("scan_known").get(key, ())), own, "")[:2]
            return self._seen.get(key) or Device(own, name, driver, place)
        if self._first is None:
            self._first = self._first_found(stop)
        return self._first

    def _first_found(self, stop: Stop) -> Device:
        """Driver by driver, and no further than the first that has one: looking takes seconds."""
        reasons: list[DeviceTrouble] = []
        for name in self.drivers():
            found = self.find(stop, only=frozenset((name,)))
            if found.devices:
                return found.devices[0]
            reasons += found.reasons.values()
        raise next(iter(reasons), None) or trouble("device.none")

    def scan(
        self,
        wish: ScanWish,
        *,
        device: Device | None = None,
        about: Mapping[str, Any] | None = None,
        stop: Stop = lambda: False,
    ) -> Iterator[Page]:
        """The pages as they come, from `device` or the one that is used. See `Worker` for `about` and `stop`."""
        first = device or self.device(stop)
        make = self.drivers().get(first.driver)
        if make is None:
            raise trouble("device.offline", first, first.driver)
        begun = False
        try:
            for page in self._worker(make, stop, about).scan(first, wish):
                begun = True
                self._came(page, first, wish)
                yield page
            return
        except DeviceTrouble as reason:
            self._first = None
            if begun or reason.code not in ANOTHER_WAY or stop():
                raise
            other = self._same_machine(first, stop)
            if other is None:
                raise
            helped = Fallback(first, reason, other)
        self.fallbacks.append(helped)
        for page in self._worker(self.drivers()[other.driver], stop, about).scan(other, wish):
            self._came(page, other, wish)
            self._tell("scan.fallback", first, instead=_named(first), device=_named(other), why=helped.reason.code)
            yield page

    def news(self) -> tuple[Remark, ...]:
        """What the scans since the last call did otherwise than chosen: another driver helped out (`scan.fallback`),
        the glass was read as the feeder was empty (`scan.from-glass`). Each is told once, and again only after things
        have been as chosen in between."""
        news, self._news = tuple(self._news), []
        return news

    def _came(self, page: Page, device: Device, wish: ScanWish) -> None:
        self._said.discard(("scan.fallback", device.key))
        if page.from_glass:
            self._tell("scan.from-glass", device, device=device.name)
        elif wish.source is Feed.AUTO:
            self._said.discard(("scan.from-glass", device.key))

    def _tell(self, code: str, about: Device, **details: str) -> None:
        if (code, about.key) not in self._said:
            self._said.add((code, about.key))
            self._news.append(Remark(code, details))

    def glance(self, wish: ScanWish, stop: Stop = lambda: False) -> Page | None:
        """The first page that comes, kept nowhere: the scanner is stopped after it. None when it was given up."""
        pages = self.scan(wish, about={PASSING: True}, stop=stop)
        with closing(pages):  # type: ignore[type-var] # the scan is a generator
            return next(pages, None)

    def left(self) -> list[Tray]:
        """Scans that broke off, with the pages that had come."""
        return self.spool.left()

    def source(self, driver: str, stop: Stop = lambda: False) -> Source:
        """One driver, behind its wall."""
        return self._worker(self.drivers()[driver], stop)

    def _worker(self, make: Make, stop: Stop, about: Mapping[str, Any] | None = None) -> Worker:
        return Worker(make, self.spool, about=about, stop=stop)

    def _same_machine(self, device: Device, stop: Stop) -> Device | None:
        others = frozenset(self.drivers()) - {device.driver, "folder", "pretend"}
        return next((each for each in self.find(stop, only=others).devices if is_same(device, each)), None)


_WAYS = {"sane": "SANE", "wia": "WIA", "escl": "eSCL"}
"""How the roads to a scanner are called on its box and in its manual."""


def _named(device: Device) -> str:
    way = _WAYS.get(device.driver)
    return f"{device.name} ({way})" if way else device.name


def is_same(one: Device, other: Device) -> bool:
    """Whether two drivers speak of one machine: the same address, or a name (not a mere "Scanner") in the other's."""
    if one.place and one.place != "USB" and one.place == other.place:
        return True
    names = sorted((fold(one.name), fold(other.name)), key=len)
    return len(names[0].split()) > 1 and names[0] in names[1]


# Each makes its driver in the child: what it imports, the window never loads.


def _sane(raw: Path) -> Source:
    return _class("sane", "Sane")(raw)


def _wia(raw: Path) -> Source:
    return _class("wia", "Wia")(raw)


def _escl(addresses: tuple[str, ...], _raw: Path) -> Source:
    return _class("escl", "Escl")(addresses)


def _watched(folder: Path, spool: Path, _raw: Path) -> Source:
    return _class("folder", "Watched")(folder, spool / "taken.json")


def _pretend(folder: Path, _raw: Path) -> Source:
    return _class("pretend", "PretendScanner")(folder)


def _class(module: str, name: str) -> Callable[..., Source]:
    made: Callable[..., Source] = getattr(importlib.import_module(f"desktop.devices.{module}"), name)
    return made
