"""What holds for every scanner, camera and folder: one class, run on each implementation that can run here."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QCameraDevice, QVideoFrame
from PySide6.QtWidgets import QApplication

from desktop.devices.camera import Camera
from desktop.devices.escl import Escl
from desktop.devices.folder import Files, Watched
from desktop.devices.pretend import Laid, Mishap, PretendScanner
from desktop.devices.pretend_papers import Kind as Paper
from desktop.devices.sane import Sane
from desktop.devices.scanners import _pretend
from desktop.devices.source import Abilities, Device, Feed, Mode, Page, ScanWish, Source
from desktop.devices.spool import Spool
from desktop.devices.wia import Wia
from desktop.devices.worker import Worker
from onestop.rules.errors import DeviceTrouble
from tests.helpers import sane
from tests.helpers.escl_simulator import EsclSimulator, running
from tests.helpers.fake_wia import FakeWia


@dataclass
class Kind:
    """One implementation: how to put sheets into its feeder (None: it has none), how to take it away (None: cannot be),
    where it may leave files while it works."""

    source: Source
    raw: Path
    load: Callable[[int], Any] | None = None
    leave: Callable[[], Any] | None = None
    pages: int = 1
    """How many come when nothing is loaded."""


def picture(file: Path, grey: int = 120, size: tuple[int, int] = (827, 1169)) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, (grey, grey, grey)).save(file)
    return file


def pretend(tmp_path: Path, stack: ExitStack) -> Kind:
    scanner = PretendScanner(tmp_path / "pretend")
    return Kind(scanner, tmp_path / "raw", lambda count: scanner.load([Laid(Paper.SLIP, 3)] * count), _away(scanner))


def pretend_behind_the_wall(tmp_path: Path, stack: ExitStack) -> Kind:
    """The worker keeps what the contract says, whatever is behind it."""
    scanner = PretendScanner(tmp_path / "pretend")
    spool = Spool(tmp_path / "spool")
    worker = Worker(partial(_pretend, tmp_path / "pretend"), spool)
    load = lambda count: scanner.load([Laid(Paper.SLIP, 3)] * count)  # noqa: E731
    return Kind(worker, spool.folder, load, _away(scanner))


def _away(scanner: PretendScanner) -> Callable[[], Any]:
    return lambda: scanner.go_wrong(Mishap.OFFLINE)


def files(tmp_path: Path, stack: ExitStack) -> Kind:
    return Kind(Files([picture(tmp_path / "a.png"), picture(tmp_path / "b.jpg")]), tmp_path / "raw", pages=2)


def watched(tmp_path: Path, stack: ExitStack) -> Kind:
    picture(tmp_path / "in" / "a.png")
    picture(tmp_path / "in" / "b.jpg")
    source = Watched(tmp_path / "in", tmp_path / "office" / "taken.json", settle=0.0)
    leave = (tmp_path / "in").rename
    return Kind(source, tmp_path / "raw", leave=lambda: leave(tmp_path / "elsewhere"), pages=2)


def wia(tmp_path: Path, stack: ExitStack) -> Kind:
    fake = FakeWia()
    return Kind(
        Wia(tmp_path / "raw", fake.manager),
        tmp_path / "raw",
        lambda count: setattr(fake, "sheets", count),
        lambda: setattr(fake, "gone", True),
    )


def escl(tmp_path: Path, stack: ExitStack) -> Kind:
    simulator = EsclSimulator()
    leaving = stack.enter_context(ExitStack())
    root = leaving.enter_context(running(simulator))
    source = Escl((root,), listen=0, patience=3, pause=0.01)
    return Kind(source, tmp_path / "raw", lambda count: setattr(simulator, "sheets", count), leaving.close)


def camera(tmp_path: Path, stack: ExitStack) -> Kind:
    there = [QCameraDevice()]
    looking = Camera(listed=lambda: there)
    stack.callback(looking.deleteLater)
    stack.callback(looking.close)
    looking.open(looking.find()[0])
    frame = QImage(640, 480, QImage.Format.Format_RGB32)
    frame.fill(0xFF404040)
    looking.sink.setVideoFrame(QVideoFrame(frame))
    return Kind(looking, tmp_path / "raw", leave=there.clear)


def sane_test(tmp_path: Path, stack: ExitStack) -> Kind:
    config = sane.configured(tmp_path / "sane", "test")
    return Kind(Sane(tmp_path / "raw", config), tmp_path / "raw", pages=10)


def sane_pnm(tmp_path: Path, stack: ExitStack) -> Kind:
    page = picture(tmp_path / "page.ppm")
    config = sane.configured(tmp_path / "sane", "pnm")
    return Kind(Sane(tmp_path / "raw", config, more=(f"--filename={page}",)), tmp_path / "raw")


MAKERS = [
    pretend,
    pretend_behind_the_wall,
    files,
    watched,
    wia,
    escl,
    camera,
    *([sane_test, sane_pnm] if sane.is_here() else []),
]


FEEDING = [pretend, pretend_behind_the_wall, wia, escl]
"""Those whose feeder a test can load."""
LEAVING = [*FEEDING, watched, camera]
"""Those that a test can take away."""
TRAVELLING = [make for make in MAKERS if make not in (pretend_behind_the_wall, wia, camera)]
"""Those that are handed to another process as they are here."""


@pytest.fixture(params=MAKERS, ids=lambda make: make.__name__)
def kind(request: pytest.FixtureRequest, tmp_path: Path, qapp: QApplication) -> Iterator[Kind]:
    with ExitStack() as stack:
        yield request.param(tmp_path, stack)


def only(makers: list[Callable[..., Kind]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("kind", makers, indirect=True, ids=lambda make: make.__name__)


def wish_for(can: Abilities, **more: Any) -> ScanWish:
    return ScanWish(**{"dpi": can.resolutions[0], "mode": Mode.COLOUR, **more})


def check(page: Page, wish: ScanWish) -> None:
    with Image.open(io.BytesIO(page.content)) as picture:
        picture.load()
        assert picture.size == (page.width, page.height)
        assert page.media_type == {"JPEG": "image/jpeg", "PNG": "image/png"}[str(picture.format)]
    assert page.dpi >= wish.dpi


class TestContract:
    """What the docstrings of `source` promise."""

    def test_devices_have_names_and_keys(self, kind: Kind) -> None:
        devices = kind.source.find()
        assert devices
        assert len({device.key for device in devices}) == len(devices)
        assert all(isinstance(device, Device) and device.driver for device in devices)
        assert kind.source.find() == devices

    def test_abilities_are_whole(self, kind: Kind) -> None:
        can = kind.source.abilities(kind.source.find()[0])
        assert can.sources and can.sources <= {Feed.FLATBED, Feed.FEEDER}
        assert can.modes and can.sizes
        assert can.resolutions == tuple(sorted(set(can.resolutions)))
        assert can.resolutions[0] > 0
        assert not can.duplex or Feed.FEEDER in can.sources

    def test_pages_come_whole_and_in_order(self, kind: Kind) -> None:
        device = kind.source.find()[0]
        wish = wish_for(kind.source.abilities(device), first=4)
        pages = list(kind.source.scan(device, wish))
        assert [page.number for page in pages] == list(range(4, 4 + kind.pages))
        assert not any(page.back for page in pages)
        for page in pages:
            check(page, wish)

    @only(FEEDING)
    def test_a_loaded_feeder_goes_before_the_glass(self, kind: Kind) -> None:
        assert kind.load is not None
        device = kind.source.find()[0]
        kind.load(3)
        wish = wish_for(kind.source.abilities(device))
        assert [page.number for page in kind.source.scan(device, wish)] == [1, 2, 3]
        (page,) = kind.source.scan(device, wish)
        assert page.from_glass, "the feeder is empty now: what lies on the glass, which is said"

    @only(FEEDING)
    def test_both_sides(self, kind: Kind) -> None:
        assert kind.load is not None
        device = kind.source.find()[0]
        kind.load(2)
        wish = wish_for(kind.source.abilities(device), duplex=True)
        sides = [(page.number, page.back) for page in kind.source.scan(device, wish)]
        assert sides == [(1, False), (2, True), (3, False), (4, True)]

    @only(FEEDING)
    def test_both_sides_by_hand(self, kind: Kind) -> None:
        assert kind.load is not None
        device = kind.source.find()[0]
        can = kind.source.abilities(device)
        kind.load(3)
        fronts = list(kind.source.scan(device, wish_for(can, manual_duplex=True)))
        kind.load(3)
        backs = list(kind.source.scan(device, wish_for(can, manual_duplex=True, turned=len(fronts))))
        assert [(page.number, page.back) for page in fronts] == [(1, False), (3, False), (5, False)]
        assert [(page.number, page.back) for page in backs] == [(6, True), (4, True), (2, True)]

    @only(FEEDING)
    def test_an_empty_feeder_that_was_asked_for_is_trouble(self, kind: Kind) -> None:
        device = kind.source.find()[0]
        with pytest.raises(DeviceTrouble) as trouble:
            list(kind.source.scan(device, wish_for(kind.source.abilities(device), source=Feed.FEEDER)))
        assert trouble.value.code == "device.empty"

    def test_a_resolution_is_rounded_up(self, kind: Kind) -> None:
        device = kind.source.find()[0]
        can = kind.source.abilities(device)
        wish = ScanWish(dpi=can.resolutions[0] - 1)
        page = next(iter(kind.source.scan(device, wish)))
        assert page.dpi >= can.resolutions[0]

    def test_what_it_cannot_do_is_said_before_paper_moves(self, kind: Kind) -> None:
        device = kind.source.find()[0]
        can = kind.source.abilities(device)
        lacking = [feed for feed in (Feed.FLATBED, Feed.FEEDER) if feed not in can.sources]
        wishes = [ScanWish(dpi=9_999), *(wish_for(can, source=feed) for feed in lacking)]
        wishes += [] if can.duplex else [wish_for(can, duplex=True)]
        for wish in wishes:
            with pytest.raises(DeviceTrouble) as trouble:
                list(kind.source.scan(device, wish))
            assert trouble.value.code == "device.unsupported", wish

    @only(LEAVING)
    def test_a_device_that_is_not_there_is_offline(self, kind: Kind) -> None:
        device = kind.source.find()[0]
        assert kind.leave is not None
        can = kind.source.abilities(device)
        kind.leave()
        for ask in (lambda: kind.source.abilities(device), lambda: list(kind.source.scan(device, wish_for(can)))):
            with pytest.raises(DeviceTrouble) as trouble:
                ask()
            assert trouble.value.code == "device.offline"

    def test_leaving_early_stops_it_and_leaves_nothing_behind(self, kind: Kind) -> None:
        device = kind.source.find()[0]
        wish = wish_for(kind.source.abilities(device))
        if kind.load is not None:
            kind.load(5)
        pages: Any = iter(kind.source.scan(device, wish))
        next(pages)
        pages.close()
        left = [file for file in kind.raw.rglob("*") if file.is_file() and file.suffix not in (".jpg", ".json")]
        assert [file.name for file in left] in ([], ["lock"])
        assert kind.source.find()[0] == device
        next(iter(kind.source.scan(device, wish)))

    @only(TRAVELLING)
    def test_it_travels_to_another_process(self, kind: Kind) -> None:
        there: Source = pickle.loads(pickle.dumps(kind.source))
        assert there.find() == kind.source.find()
