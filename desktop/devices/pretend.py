"""The pretend scanner for demo, training and tests: it has a stack of paper, and it can go wrong on request.

    scanner = PretendScanner(folder)
    scanner.load(mixed_stack(seed=1, codes=("A", "B")))
    scanner.go_wrong(Mishap.JAM, at=4)

What lies in the feeder and what will go wrong is a small file in `folder`, so that the scanner may work in a process of
its own and be loaded from another. With nothing loaded, the glass holds one paper after the other.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from PIL import Image

from desktop.devices import picture
from desktop.devices.pretend_papers import Kind, Wear, draw, worn
from desktop.devices.source import Abilities, Device, Feed, Mode, Page, ScanWish, Sheet, fit, places, trouble

ABILITIES = Abilities(
    frozenset((Feed.FLATBED, Feed.FEEDER)), frozenset(Mode), (150, 200, 300), True, frozenset((Sheet.A4, Sheet.A5))
)
_BY_THEMSELVES = (Kind.FORM, Kind.CERTIFICATE, Kind.LETTER, Kind.CARD, Kind.SLIP)
_CRASHED = 70
"""Exit status of a driver that died."""


class Mishap(StrEnum):
    """What can happen instead of a page."""

    JAM = "jam"
    COVER_OPEN = "cover-open"
    TWO_SHEETS = "two-sheets"
    BUSY = "busy"
    OFFLINE = "offline"
    """It is gone, now and until `come_back`."""
    GARBAGE = "garbage"
    """What comes is no picture."""
    HANG = "hang"
    """Nothing comes any more: only for a scanner in a process of its own."""
    CRASH = "crash"
    """The process dies: likewise."""


_CODES = {
    Mishap.JAM: "device.jam",
    Mishap.COVER_OPEN: "device.cover-open",
    Mishap.TWO_SHEETS: "device.two-sheets",
    Mishap.BUSY: "device.busy",
    Mishap.OFFLINE: "device.offline",
    Mishap.GARBAGE: "device.answer",
}


@dataclass(frozen=True, slots=True)
class Laid:
    """A sheet in the feeder: what is on its front, what on its back, what has become of it. `belongs`: the code of the
    separator before it, for whoever checks the sorting."""

    kind: Kind
    seed: int = 0
    back: Kind = Kind.BLANK
    wear: Wear = field(default_factory=Wear)
    code: str = ""
    belongs: str = ""


def mixed_stack(
    seed: int, codes: Sequence[str], papers: int = 3, *, skew: float = 5.0, noise: float = 6.0, foreign: str = ""
) -> list[Laid]:
    """A stack as a counter sees it: for each of `codes` a separator and up to `papers` papers of every kind, some
    upside down, some written on both sides, skewed up to `skew` degrees. `foreign`: what the code of a letter says that
    is not ours; "" for letters without one."""
    dice = random.Random(seed)
    sheets: list[Laid] = []
    for code in codes:
        sheets.append(Laid(Kind.SEPARATOR, wear=_wear(dice, 1.0, noise), code=code, belongs=code))
        for _ in range(dice.randint(1, papers)):
            kind = dice.choice(_BY_THEMSELVES)
            wear = replace(_wear(dice, skew, noise), upside_down=dice.random() < 0.15)
            back = Kind.LETTER if kind is Kind.FORM and dice.random() < 0.3 else Kind.BLANK
            said = foreign if kind is Kind.LETTER else ""
            sheets.append(Laid(kind, dice.randrange(10_000), back, wear, said, code))
    return sheets


def _wear(dice: random.Random, skew: float, noise: float) -> Wear:
    return Wear(round(dice.uniform(-skew, skew), 2), round(dice.uniform(0, noise), 1), dice.randint(0, 12))


@dataclass
class PretendScanner:
    """One scanner that is not there. `folder` holds what is in it. `slow`: seconds for each page."""

    folder: Path
    name: str = "Máy quét thử"
    slow: float = 0.0
    device: Device = field(init=False)

    def __post_init__(self) -> None:
        self.device = Device("pretend", self.name, "pretend", "")

    # -- what can be done to it

    def load(self, sheets: Sequence[Laid]) -> None:
        """Put `sheets` into the feeder, on top of nothing."""
        self._keep({**self._state(), "stack": [asdict(sheet) for sheet in sheets]})

    def turn_over(self) -> None:
        """Take the sheets that came out, and lay them into the feeder again with their backs up."""
        state = self._state()
        self._keep({**state, "stack": state.get("through", [])[::-1], "turned": True, "through": []})

    def left(self) -> int:
        """How many sheets lie in the feeder."""
        return len(self._state().get("stack", []))

    def go_wrong(self, mishap: Mishap, at: int = 1) -> None:
        """Let `mishap` happen instead of the page `at` of the next scan."""
        self._keep({**self._state(), "mishap": mishap.value, "at": at})

    def come_back(self) -> None:
        """Whatever was wrong is mended."""
        state = self._state()
        self._keep({key: value for key, value in state.items() if key not in ("mishap", "at")})

    # -- the three methods

    def find(self) -> list[Device]:
        return [] if self._is_gone() else [self.device]

    def abilities(self, device: Device) -> Abilities:
        self._must_be_there(device)
        return ABILITIES

    def scan(self, device: Device, wish: ScanWish) -> Iterator[Page]:
        wish = fit(wish, self.abilities(device), device)
        loaded = self.left() > 0
        feeder = wish.source is Feed.FEEDER or (wish.source is Feed.AUTO and loaded)
        if feeder and not loaded:
            raise trouble("device.empty", device)
        place = places(wish, both_sides=wish.duplex and feeder)
        came = 0
        for sheet, sides in self._sheets(feeder, wish.duplex):
            for side, kind in enumerate(sides, 1):
                came += 1
                time.sleep(self.slow)
                self._must_be_there(device)
                self._go_wrong_if_told(device, came)
                number, back = next(place)
                page = _scanned(sheet, kind, wish, number, back)
                if side == len(sides):
                    self._through(feeder)
                yield replace(page, from_glass=wish.source is Feed.AUTO and not feeder)

    def _sheets(self, feeder: bool, duplex: bool) -> Iterator[tuple[Laid, tuple[Kind, ...]]]:
        """The sheets that will be drawn in, and the sides of each that are read."""
        if not feeder:
            count = int(self._state().get("count", 0))
            kind = _BY_THEMSELVES[count % len(_BY_THEMSELVES)]
            yield Laid(kind, count), (kind,)
            return
        while self.left():
            state = self._state()
            sheet = _laid(state["stack"][0])
            if duplex:
                yield sheet, (sheet.kind, sheet.back)
            else:
                yield sheet, (sheet.back if state.get("turned") else sheet.kind,)

    def _through(self, feeder: bool) -> None:
        """A sheet has come out."""
        state = self._state()
        if not feeder:
            self._keep({**state, "count": int(state.get("count", 0)) + 1})
            return
        first, *rest = state["stack"]
        turned = bool(rest) and bool(state.get("turned"))
        self._keep({**state, "stack": rest, "turned": turned, "through": [*state.get("through", []), first]})

    # -- going wrong

    def _go_wrong_if_told(self, device: Device, came: int) -> None:
        state = self._state()
        if not state.get("mishap") or came < int(state.get("at", 1)):
            return
        mishap = Mishap(state["mishap"])
        if mishap is not Mishap.OFFLINE:
            self.come_back()
        if mishap is Mishap.CRASH:
            os._exit(_CRASHED)
        while mishap is Mishap.HANG:
            time.sleep(1)
        raise trouble(_CODES[mishap], device)

    def _is_gone(self) -> bool:
        state = self._state()
        return state.get("mishap") == Mishap.OFFLINE and int(state.get("at", 1)) <= 1

    def _must_be_there(self, device: Device) -> None:
        if self._is_gone():
            raise trouble("device.offline", device)

    # -- what is remembered

    def _state(self) -> dict[str, Any]:
        try:
            state: dict[str, Any] = json.loads((self.folder / "pretend.json").read_text("utf-8"))
        except FileNotFoundError:
            return {}
        return state

    def _keep(self, state: dict[str, Any]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / "pretend.new"
        draft.write_text(json.dumps(state, ensure_ascii=False), "utf-8")
        draft.replace(self.folder / "pretend.json")


def _laid(plain: dict[str, Any]) -> Laid:
    kinds = {"kind": Kind(plain["kind"]), "back": Kind(plain["back"]), "wear": Wear(**plain["wear"])}
    return Laid(**{**plain, **kinds})


def _scanned(sheet: Laid, kind: Kind, wish: ScanWish, number: int, back: bool) -> Page:
    drawn = draw(kind, sheet.seed, wish.dpi, sheet.code)
    image: Image.Image = worn(drawn.picture, sheet.wear, sheet.seed)
    if wish.mode is not Mode.COLOUR:
        image = image.convert("L")
    if wish.mode is Mode.BW:
        image = image.point(lambda grey: 255 if grey > 128 else 0, "1")
    return picture.encoded(image, wish.dpi, number, back)
