"""Scanners on Windows: WIA 2.0 through its automation layer (`WIA.DeviceManager`), which is part of every Windows.

Written from the documentation and tried against `tests/helpers/fake_wia.py`, which keeps to it; nothing was recorded
from real hardware. COM objects are asked by name at run time, so no wrapper is generated and nothing is written
anywhere; a picture passes through a file in the folder that the caller names. To be used in one thread, in a process of
its own: drivers run inside it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop.devices import picture, wia_words
from desktop.devices.source import Abilities, Device, Feed, Mode, Page, ScanWish, Sheet, fit, places, trouble
from desktop.devices.wia_words import Can, Prop, Select, Stands, SubType
from onestop import clock
from onestop.rules.errors import DeviceTrouble

_USUAL = (75, 100, 150, 200, 240, 300, 400, 600)
_THOUSANDTHS = 1000 / 25.4
"""Thousandths of an inch in a millimetre: the unit of bed and feeder sizes."""
_SPARE = 80
"""Thousandths of an inch (2 mm) by which a glass may be smaller than the sheet."""


def manager_of_windows() -> Any:
    """WIA's own device manager."""
    client = importlib.import_module("comtypes.client")
    return client.CreateObject("WIA.DeviceManager", dynamic=True)


@dataclass
class Wia:
    """WIA's scanners. `manager` makes the device manager; tests give another."""

    folder: Path
    manager: Callable[[], Any] = manager_of_windows

    def find(self) -> list[Device]:
        with _Complaints(None):
            return [
                Device(str(info.DeviceID), _told(info, Prop.DEVICE_NAME) or "WIA", "wia", _told(info, Prop.PORT))
                for info in _items(self.manager().DeviceInfos)
                if info.Type == wia_words.SCANNER
            ]

    def abilities(self, device: Device) -> Abilities:
        with _Complaints(device):
            return _Scanner(self._connected(device), device).abilities()

    def scan(self, device: Device, wish: ScanWish) -> Iterator[Page]:
        with _Complaints(device):
            scanner = _Scanner(self._connected(device), device)
            wish = fit(wish, scanner.abilities(), device)
            asked = wish.source
            if wish.source is Feed.AUTO:
                loaded = scanner.is_loaded()
                wish = replace(wish, source=Feed.FEEDER if loaded else Feed.FLATBED, duplex=wish.duplex and loaded)
            scanner.choose(wish)
        self.folder.mkdir(parents=True, exist_ok=True)
        place = places(wish, both_sides=wish.duplex)
        pages = 0
        while pages == 0 or wish.source is Feed.FEEDER:
            file = self.folder / f"{clock.new_id()}.bmp"
            try:
                with _Complaints(device):
                    scanner.transfer(file)
                number, back = next(place)
                page = picture.page(file.read_bytes(), wish.dpi, number, back)
            except (OSError, picture.NoPicture) as error:
                raise trouble("device.answer", device, str(error)) from error
            except DeviceTrouble as empty:
                if pages and empty.code == "device.empty":
                    return
                raise
            finally:
                file.unlink(missing_ok=True)
            pages += 1
            yield replace(page, from_glass=asked is Feed.AUTO and wish.source is Feed.FLATBED)

    def _connected(self, device: Device) -> Any:
        for info in _items(self.manager().DeviceInfos):
            if info.DeviceID == device.id:
                return info.Connect()
        raise trouble("device.offline", device)


class _Scanner:
    """One connected device and the item of it that is scanned."""

    def __init__(self, connected: Any, device: Device) -> None:
        self._connected, self._device = connected, device
        items = list(_items(connected.Items))
        if not items:
            raise trouble("device.answer", device, "no item")
        self._item = items[0]

    def abilities(self) -> Abilities:
        can = Can(_number(self._connected, Prop.HANDLING_CAPABILITIES))
        sources = {Feed.FEEDER} if Can.FEED in can else set()
        if Can.FLAT in can or not sources:
            sources.add(Feed.FLATBED)
        return Abilities(
            sources=frozenset(sources),
            modes=self._modes(),
            resolutions=self._resolutions(),
            duplex=Can.FEED in can and Can.DUPLEX in can,
            sizes=frozenset(sheet for sheet in Sheet if self._holds(sheet)),
        )

    def is_loaded(self) -> bool:
        """Whether paper lies in the feeder. A cover that is open or a jam shows here, too, before any paper moves."""
        stands = Stands(_number(self._connected, Prop.HANDLING_STATUS))
        if Stands.PAPER_JAM in stands:
            raise trouble("device.jam", self._device)
        if stands & (Stands.COVER_UP | Stands.PATH_COVER_UP):
            raise trouble("device.cover-open", self._device)
        return Stands.FEED_READY in stands

    def choose(self, wish: ScanWish) -> None:
        """Set the wish on device and item, the properties that change others first."""
        feeder = wish.source is Feed.FEEDER
        select = (Select.FEEDER | (Select.DUPLEX if wish.duplex else Select(0))) if feeder else Select.FLATBED
        _set(self._connected, Prop.HANDLING_SELECT, int(select))
        if feeder:
            _set(self._connected, Prop.PAGES, 1)  # one page at each transfer: this is how the automation layer feeds
        _set(self._item, Prop.INTENT, wia_words.INTENT[wish.mode])
        _set(self._item, Prop.DATA_TYPE, wia_words.DATA_TYPE[wish.mode])
        _set(self._item, Prop.HORIZONTAL_RESOLUTION, wish.dpi)
        _set(self._item, Prop.VERTICAL_RESOLUTION, wish.dpi)
        wide, high = wish.size.millimetres
        for start, extent, length in (
            (Prop.HORIZONTAL_START, Prop.HORIZONTAL_EXTENT, wide),
            (Prop.VERTICAL_START, Prop.VERTICAL_EXTENT, high),
        ):
            _set(self._item, start, 0)
            most = _range(self._item, extent)[1]
            pixels = round(length / 25.4 * wish.dpi)
            _set(self._item, extent, min(pixels, most) if most else pixels)

    def transfer(self, file: Path) -> None:
        """The next page into `file`."""
        self._item.Transfer(wia_words.BMP).SaveFile(str(file))

    def _modes(self) -> frozenset[Mode]:
        listed = _listed(self._item, Prop.DATA_TYPE)
        found = frozenset(mode for mode, value in wia_words.DATA_TYPE.items() if value in listed)
        return found or frozenset(Mode)

    def _resolutions(self) -> tuple[int, ...]:
        listed = _listed(self._item, Prop.HORIZONTAL_RESOLUTION)
        if listed:
            return tuple(sorted(listed))
        least, most = _range(self._item, Prop.HORIZONTAL_RESOLUTION)
        return tuple(each for each in _USUAL if least <= each <= most) or (300,)

    def _holds(self, sheet: Sheet) -> bool:
        limits = [
            (_number(self._connected, wide), _number(self._connected, high))
            for wide, high in (
                (Prop.HORIZONTAL_BED, Prop.VERTICAL_BED),
                (Prop.HORIZONTAL_FEED, Prop.VERTICAL_FEED),
            )
        ]
        wanted = tuple(length * _THOUSANDTHS for length in sheet.millimetres)
        told = [limit for limit in limits if all(limit)]
        return not told or any(
            all(length <= most + _SPARE for length, most in zip(wanted, limit, strict=True)) for limit in told
        )


class _Complaints:
    """COM's errors become DeviceTrouble inside the block."""

    def __init__(self, device: Device | None) -> None:
        self._device = device

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        code = hresult(error) if error is not None else None
        if code is not None:
            said = wia_words.ERROR.get(code, "device.failed")
            raise trouble(said, self._device, f"0x{code:08X}") from error


def hresult(error: BaseException) -> int | None:
    """The HRESULT of a COM error, None for any other exception. WIA's own stands either in `hresult` or, where the call
    went through IDispatch (0x80020009, DISP_E_EXCEPTION), as the scode of the details."""
    outer = getattr(error, "hresult", None)
    if outer is None and isinstance(error, OSError):
        outer = getattr(error, "winerror", None)
    if not isinstance(outer, int):
        return None
    details = getattr(error, "details", None)
    inner = details[-1] if isinstance(details, tuple) and details and isinstance(details[-1], int) else 0
    return (inner if outer & 0xFFFFFFFF == 0x80020009 and inner else outer) & 0xFFFFFFFF


def _items(collection: Any) -> Iterator[Any]:
    """The members of a WIA collection, which counts from 1."""
    return (collection.Item(place) for place in range(1, int(collection.Count) + 1))


def _property(owner: Any, prop: Prop) -> Any:
    """A property by its id; None where the device has none like it. The collection itself is asked only by position:
    whether it takes an id for a name is not documented."""
    return next((each for each in _items(owner.Properties) if each.PropertyID == prop), None)


def _told(owner: Any, prop: Prop) -> str:
    found = _property(owner, prop)
    return str(found.Value).strip() if found is not None else ""


def _number(owner: Any, prop: Prop) -> int:
    found = _property(owner, prop)
    return int(found.Value) if found is not None and isinstance(found.Value, int) else 0


def _listed(owner: Any, prop: Prop) -> frozenset[int]:
    found = _property(owner, prop)
    if found is None or found.SubType != SubType.LIST:
        return frozenset()
    return frozenset(int(each) for each in _items(found.SubTypeValues))


def _range(owner: Any, prop: Prop) -> tuple[int, int]:
    found = _property(owner, prop)
    if found is None or found.SubType != SubType.RANGE:
        return 0, 0
    return int(found.SubTypeMin), int(found.SubTypeMax)


def _set(owner: Any, prop: Prop, value: int) -> None:
    """Set a property that is there and may be set: drivers leave out what they do not need."""
    found = _property(owner, prop)
    if found is not None and not found.IsReadOnly:
        found.Value = value
