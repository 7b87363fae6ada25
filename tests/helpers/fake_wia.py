"""WIA's automation layer as its documentation describes it, without Windows: the objects, the property ids, the errors.

It keeps to what `desktop/devices/wia.py` must not take for granted: collections count from 1, are asked by position, a
file is never overwritten, most properties are read-only, and an error that a driver makes arrives inside
DISP_E_EXCEPTION. None of it was recorded from a real device.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from desktop.devices.wia_words import BMP, SCANNER, Can, Prop, Select, Stands, SubType

DISP_E_EXCEPTION = 0x80020009
NOTHING = Stands(0)


class FakeComError(Exception):
    """As comtypes raises it: the outer HRESULT, a text, and the details with the driver's own scode last."""

    def __init__(self, scode: int, outer: int = DISP_E_EXCEPTION) -> None:
        self.hresult = _signed(outer)
        self.text = None
        self.details = (None, "WIA", None, 0, _signed(scode))
        super().__init__(self.hresult, self.text, self.details)


def _signed(hresult: int) -> int:
    return hresult - (1 << 32) if hresult >= 1 << 31 else hresult


@dataclass
class Collection:
    """Counts from 1."""

    members: Sequence[Any]

    @property
    def Count(self) -> int:
        return len(self.members)

    def Item(self, place: int) -> Any:
        if not isinstance(place, int) or not 1 <= place <= len(self.members):
            raise FakeComError(0x80070057)
        return self.members[place - 1]


class Property:
    """One property; its range or list by `SubType`."""

    def __init__(
        self, number: int, value: Any, *, fixed: bool = False, most: int = 0, values: Sequence[int] = ()
    ) -> None:
        self.PropertyID, self._value, self.IsReadOnly = int(number), value, fixed
        self.SubType = SubType.LIST if values else SubType.RANGE if most else SubType.UNSPECIFIED
        self.SubTypeMin, self.SubTypeMax, self.SubTypeStep = 0, most, 1
        self.SubTypeValues = Collection(tuple(values))

    @property
    def Value(self) -> Any:
        return self._value

    @Value.setter
    def Value(self, value: Any) -> None:
        if self.IsReadOnly:
            raise FakeComError(0x80070005)
        if (self.SubType is SubType.RANGE and not 0 <= value <= self.SubTypeMax) or (
            self.SubType is SubType.LIST and value not in self.SubTypeValues.members
        ):
            raise FakeComError(0x80070057)
        self._value = value


@dataclass
class FakeWia:
    """One scanner and what lies in it. `fail_at`: before this page (from 1) `error` comes. `gone`: it is not listed."""

    sheets: int = 0
    can: Can = Can.FEED | Can.FLAT | Can.DUPLEX | Can.DETECT_FEED
    stands: Stands = NOTHING
    error: int = 0
    fail_at: int = 1
    gone: bool = False
    no_item: bool = False
    garbage: bool = False
    resolutions: Sequence[int] = (100, 200, 300)
    data_types: Sequence[int] = (0, 2, 3)
    bed: tuple[int, int] = (8500, 11700)
    came: int = 0
    taken: list[dict[Prop, Any]] = field(default_factory=list)
    """What was set when each page was taken."""

    def manager(self) -> Any:
        """What CreateObject("WIA.DeviceManager") gives."""
        return _Manager(self)


class _Manager:
    def __init__(self, wia: FakeWia) -> None:
        camera = _Info("camera", 2, "Máy ảnh", lambda: None)
        scanner = _Info("{scanner}", SCANNER, "Máy quét Mẫu 200", lambda: _Device(wia))
        self.DeviceInfos = Collection([camera] if wia.gone else [camera, scanner])


class _Info:
    def __init__(self, number: str, kind: int, name: str, connect: Any) -> None:
        self.DeviceID, self.Type = number, kind
        self.Properties = Collection([Property(Prop.DEVICE_NAME, name, fixed=True), Property(Prop.PORT, "USB0")])
        self.Connect = connect


class _Device:
    def __init__(self, wia: FakeWia) -> None:
        loaded = Stands.FEED_READY if wia.sheets else Stands(0)
        self.Properties = Collection(
            [
                Property(Prop.HORIZONTAL_BED, wia.bed[0], fixed=True),
                Property(Prop.VERTICAL_BED, wia.bed[1], fixed=True),
                Property(Prop.HANDLING_CAPABILITIES, int(wia.can), fixed=True),
                Property(Prop.HANDLING_STATUS, int(wia.stands | loaded), fixed=True),
                Property(Prop.HANDLING_SELECT, int(Select.FLATBED)),
                Property(Prop.PAGES, 1, most=100),
            ]
        )
        self.Items = Collection([] if wia.no_item else [_Item(wia, self)])


class _Item:
    def __init__(self, wia: FakeWia, device: _Device) -> None:
        self._wia, self._device = wia, device
        self._feed = self._read()
        self.Properties = Collection(
            [
                Property(Prop.DATA_TYPE, 3, values=wia.data_types),
                Property(Prop.DEPTH, 24, fixed=True),
                Property(Prop.INTENT, 0, most=0x2000F),
                Property(Prop.HORIZONTAL_RESOLUTION, 100, values=wia.resolutions),
                Property(Prop.VERTICAL_RESOLUTION, 100, values=wia.resolutions),
                Property(Prop.HORIZONTAL_START, 0, most=10_000),
                Property(Prop.VERTICAL_START, 0, most=10_000),
                Property(Prop.HORIZONTAL_EXTENT, 850, most=10_000),
                Property(Prop.VERTICAL_EXTENT, 1170, most=10_000),
            ]
        )

    def _set(self) -> dict[Prop, Any]:
        both = (*self._device.Properties.members, *self.Properties.members)
        return {Prop(each.PropertyID): each.Value for each in both}

    def _read(self) -> Any:
        """Sides that are drawn in, in order."""
        sheet = 0
        while True:
            select = Select(self._set()[Prop.HANDLING_SELECT])
            if Select.FEEDER in select:
                if not self._wia.sheets:
                    raise FakeComError(0x80210003)
                self._wia.sheets -= 1
            sheet += 1
            yield 2 * sheet
            if Select.DUPLEX in select:
                yield 2 * sheet + 1

    def Transfer(self, form: str) -> Any:
        if form != BMP:
            raise FakeComError(0x8021000B)
        self._wia.came += 1
        if self._wia.error and self._wia.came >= self._wia.fail_at:
            raise FakeComError(self._wia.error)
        now = self._set()
        self._wia.taken.append(now)
        size = (now[Prop.HORIZONTAL_EXTENT], now[Prop.VERTICAL_EXTENT])
        return _Image(size, now[Prop.DATA_TYPE], next(self._feed), self._wia.garbage)


class _Image:
    def __init__(self, size: tuple[int, int], data_type: int, side: int, garbage: bool) -> None:
        self._size, self._data_type, self._side, self._garbage = size, data_type, side, garbage

    def SaveFile(self, name: str) -> None:
        if Path(name).exists():
            raise FakeComError(0x80070050)
        if self._garbage:
            Path(name).write_bytes(b"BM no picture")
            return
        level = (40 + 10 * self._side) % 256
        mode = {0: "1", 2: "L", 3: "RGB"}[self._data_type]
        colour: Any = (level, level, level) if mode == "RGB" else level if mode == "L" else 1
        Image.new(mode, self._size, colour).save(name, "BMP")
