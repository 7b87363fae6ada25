"""What a scanner, a camera or a folder is to the program: three methods, and the values that go in and come out.

    Source.find()                   the devices that are there now
    Source.abilities(device)        what one of them can do
    Source.scan(device, wish)       its pages, one after the other as they come

Every implementation keeps the same promises (`tests/desktop/devices/test_contract.py`). Trouble is a `DeviceTrouble`
whose code has its sentence in `texts`; a driver's own words go into `detail`, for the log and the installer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from typing import Protocol

from onestop.rules.errors import DeviceTrouble

LEAST_DPI = 200
"""What a stored copy of a paper has to have (NĐ 30/2020/NĐ-CP, phụ lục I)."""


class Feed(StrEnum):
    """Where the paper lies. AUTO: in the feeder when that is loaded, else on the glass."""

    AUTO = "auto"
    FLATBED = "flatbed"
    FEEDER = "feeder"


class Mode(StrEnum):
    """What becomes of the colours."""

    COLOUR = "colour"
    GREY = "grey"
    BW = "bw"


class Sheet(StrEnum):
    """The size of the paper."""

    A3 = "a3"
    A4 = "a4"
    A5 = "a5"
    CARD = "card"

    @property
    def millimetres(self) -> tuple[float, float]:
        """Width and height of the sheet upright."""
        return _MILLIMETRES[self]


_MILLIMETRES = {
    Sheet.A3: (297.0, 420.0),
    Sheet.A4: (210.0, 297.0),
    Sheet.A5: (148.0, 210.0),
    Sheet.CARD: (86.0, 54.0),
}


@dataclass(frozen=True, slots=True)
class Device:
    """One device. `id` is its driver's own name for it; `place`: where it hangs (USB, an address, a folder), or ""."""

    id: str
    name: str
    driver: str
    place: str = ""

    @property
    def key(self) -> str:
        """The name of the device among those of all drivers, as the settings keep it."""
        return f"{self.driver}:{self.id}"


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a device can do. `resolutions` ascend; a device with a range names those of it that an office uses."""

    sources: frozenset[Feed]
    modes: frozenset[Mode] = frozenset(Mode)
    resolutions: tuple[int, ...] = (200, 300)
    duplex: bool = False
    sizes: frozenset[Sheet] = frozenset((Sheet.A4,))


@dataclass(frozen=True, slots=True)
class ScanWish:
    """How to scan. The first page gets the number `first`.

    `manual_duplex`: a feeder that reads one side only goes through the stack twice. The first time pages get every
    second number; the person turns the stack over and the second time `turned` says how many sheets went through: the
    backs come last sheet first and get the numbers between.
    """

    source: Feed = Feed.AUTO
    dpi: int = 300
    mode: Mode = Mode.COLOUR
    size: Sheet = Sheet.A4
    duplex: bool = False
    manual_duplex: bool = False
    turned: int = 0
    first: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """One side of a sheet: an encoded picture (image/jpeg or image/png), its size in pixels, and its place.

    `from_glass`: the feeder was asked first and nothing lay in it, so the glass was read.
    """

    content: bytes
    media_type: str
    width: int
    height: int
    dpi: int
    number: int
    back: bool = False
    from_glass: bool = False


class Source(Protocol):
    """The devices of one driver. Anything here may take seconds and raise DeviceTrouble: call it off the GUI thread."""

    def find(self) -> list[Device]:
        """The devices that are there now. None is an empty list; trouble is that one cannot even look."""
        ...

    def abilities(self, device: Device) -> Abilities:
        """What the device can do; `device.offline` when it is not there any more."""
        ...

    def scan(self, device: Device, wish: ScanWish) -> Iterator[Page]:
        """The pages as they come; at least one, else trouble. Pages that have come stay good whatever comes after.

        Closing the iterator stops the device. What the wish asks for and the device cannot do is `device.unsupported`
        before any paper moves; a resolution is rounded up to the next one it has.
        """
        ...


def trouble(code: str, device: Device | None = None, detail: str = "") -> DeviceTrouble:
    """The trouble `code` with a device; `detail`: the driver's own words."""
    return DeviceTrouble(code, device=device.name if device else "", detail=detail)


def unsupported(device: Device, what: str) -> DeviceTrouble:
    """The device cannot do `what` (flatbed, feeder, duplex, colour, size, dpi): each has its own sentence."""
    return DeviceTrouble("device.unsupported", device=device.name, what=what)


def fit(wish: ScanWish, can: Abilities, device: Device) -> ScanWish:
    """The wish in what the device has: the next resolution up, more colour rather than less, AUTO where only one feed
    is there. DeviceTrouble `device.unsupported` where that would be less than was asked for."""
    source = wish.source
    if source is Feed.AUTO and len(can.sources) == 1:
        source = next(iter(can.sources))
    if source is not Feed.AUTO and source not in can.sources:
        raise unsupported(device, source.value)
    if wish.duplex and not can.duplex:
        raise unsupported(device, "duplex")
    if wish.size not in can.sizes:
        raise unsupported(device, "size")
    richer = {Mode.BW: (Mode.BW, Mode.GREY, Mode.COLOUR), Mode.GREY: (Mode.GREY, Mode.COLOUR)}
    mode = next((each for each in richer.get(wish.mode, (Mode.COLOUR,)) if each in can.modes), None)
    if mode is None:
        raise unsupported(device, "colour")
    enough = [each for each in can.resolutions if each >= wish.dpi]
    if not enough:
        raise unsupported(device, "dpi")
    return replace(wish, source=source, mode=mode, dpi=enough[0])


def places(wish: ScanWish, *, both_sides: bool = False) -> Iterator[tuple[int, bool]]:
    """Number and side (True: a back) of one page after the other. `both_sides`: the device gives front and back."""
    if wish.turned:
        for sheet in range(wish.turned, 0, -1):
            yield wish.first + 2 * sheet - 1, True
        # More backs than sheets: a sheet stuck to another the first time. They are put behind, none is dropped.
        yield from ((number, True) for number in count(wish.first + 2 * wish.turned))
    elif wish.manual_duplex:
        yield from ((number, False) for number in count(wish.first, 2))
    else:
        yield from ((number, both_sides and (number - wish.first) % 2 == 1) for number in count(wish.first))
