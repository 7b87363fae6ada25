"""What is the matter with the scanners and readers: one line for each driver, device, address, folder and port.

For "Kiểm tra thiết bị" in the settings and for `motcua check`. It looks and changes nothing; no paper moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.devices import serial_card
from desktop.devices.escl import Escl
from desktop.devices.scanners import Found, Scanners, Stop, addresses_of
from desktop.devices.source import Abilities, Device, Feed, Mode
from onestop.rules.errors import DeviceTrouble
from onestop.texts import N_, _, message

DRIVERS = {
    "pretend": N_("Máy quét thử"),
    "sane": N_("Máy quét nối với máy này (SANE)"),
    "wia": N_("Máy quét nối với máy này (WIA)"),
    "escl": N_("Máy quét mạng (eSCL)"),
    "folder": N_("Thư mục nhận bản quét"),
    "camera": N_("Máy ảnh, máy soi giấy tờ"),
    "serial": N_("Đầu đọc thẻ ở cổng COM"),
}
_FEEDS = {Feed.FLATBED: N_("mặt kính"), Feed.FEEDER: N_("khay nạp")}
_MODES = {Mode.COLOUR: N_("màu"), Mode.GREY: N_("xám"), Mode.BW: N_("đen trắng")}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that was looked at. `ok` False: it would not work; `note`: it works, but somebody should know."""

    name: str
    driver: str
    ok: bool
    detail: str
    note: bool = False


def facts(scanners: Scanners, cameras: Iterable[Device] = (), stop: Stop = lambda: False) -> list[Fact]:
    """Every fact, that of a chosen device which is away first. `cameras`: those that the window knows (they are found
    in its thread)."""
    look, cameras = scanners.find(stop), list(cameras)
    chosen = str(scanners.settings.get("scan_device"))
    found = []
    if chosen and chosen not in [device.key for device in (*look.devices, *cameras)]:
        away = scanners.device()
        found.append(Fact(away.name, away.driver, False, message("device.offline")))
    found += _scanners(scanners, look, chosen, stop)
    found += _addresses(scanners)
    kind = DRIVERS["camera"]
    found += [Fact(each.name, "camera", True, _(kind)) for each in cameras]
    found += _port(scanners)
    return found


def _scanners(scanners: Scanners, look: Found, chosen: str, stop: Stop) -> Iterator[Fact]:
    for driver in scanners.drivers():
        devices = [each for each in look.devices if each.driver == driver]
        if driver in look.reasons:
            reason = look.reasons[driver]
            # A driver that was never installed is missed only by whoever chose one of its devices.
            spare = reason.code == "device.no-program" and not chosen.startswith(f"{driver}:")
            yield Fact(_(DRIVERS[driver]), driver, spare, message(reason.code, reason.details), note=spare)
        elif not devices:
            folder = driver == "folder"
            said = _("Không thấy thư mục này.") if folder else _("Không thấy máy nào.")
            yield Fact(_(DRIVERS[driver]), driver, not folder, said, note=True)
        for device in devices:
            if stop():
                return
            try:
                can = scanners.source(driver, stop).abilities(device)
            except DeviceTrouble as reason:
                yield Fact(device.name, driver, False, message(reason.code, reason.details))
            else:
                yield Fact(device.name, driver, True, str(device.place) if driver == "folder" else said_of(can))


def said_of(can: Abilities) -> str:
    """What a device can do, in a line."""
    feeds = [_(word) for feed, word in _FEEDS.items() if feed in can.sources]
    sides = [_("hai mặt")] if can.duplex else []
    modes = [_(word) for mode, word in _MODES.items() if mode in can.modes]
    dpi = f"{', '.join(map(str, can.resolutions))} dpi"
    return "; ".join((", ".join(feeds + sides), ", ".join(modes), dpi))


def _addresses(scanners: Scanners) -> Iterator[Fact]:
    """Named scanners that do not answer: discovery passes over them in silence."""
    for address in addresses_of(scanners.settings):
        try:
            Escl(patience=3.0).at(address)
        except DeviceTrouble as reason:
            yield Fact(address, "escl", False, message(reason.code, reason.details))


def _port(scanners: Scanners) -> Iterator[Fact]:
    port = str(scanners.settings.get("card_port"))
    if not port:
        return
    there = port in [name for name, _words in serial_card.ports()] or Path(port).exists()
    said = _("Có cổng này.") if there else message("reader.gone", {"port": port})
    yield Fact(port, "serial", there, said)
