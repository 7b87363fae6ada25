"""Document cameras and webcams: a live picture for the screen, and the page that lies under it.

    camera = Camera()                     in the GUI thread, and used there
    camera.open(device, output)           the live picture goes to `output` (a QVideoWidget, or None)
    camera.look()                         what it sees now, for the screen
    camera.capture()                      the same as a page

The same three methods as a scanner besides. QtMultimedia, with the libraries it brings, is loaded when the first camera
is made and not before.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

from desktop.devices import picture
from desktop.devices.source import Abilities, Device, Feed, Mode, Page, ScanWish, Sheet, fit, places, trouble

if TYPE_CHECKING:
    from PySide6.QtMultimedia import (
        QCamera,
        QCameraDevice,
        QMediaCaptureSession,
        QMediaDevices,
        QVideoFrame,
        QVideoSink,
    )

MODES = frozenset((Mode.COLOUR, Mode.GREY))


def _multimedia() -> Any:
    return importlib.import_module("PySide6.QtMultimedia")


class Camera(QObject):
    """The cameras of this machine, one of them open at a time. `seen` for the first picture, `lost(code)` when an open
    camera goes away or cannot be used, `changed` when one was plugged in or pulled out.

    `listed` gives the cameras that Qt knows; tests give their own and feed `sink` with frames.
    """

    seen = Signal()
    lost = Signal(str)
    changed = Signal()

    def __init__(self, parent: QObject | None = None, listed: Callable[[], list[QCameraDevice]] | None = None) -> None:
        super().__init__(parent)
        media = _multimedia()
        self._listed = listed or media.QMediaDevices.videoInputs
        self.plugs: QMediaDevices = media.QMediaDevices(self)
        self.plugs.videoInputsChanged.connect(self._plugged)
        self._session: QMediaCaptureSession = media.QMediaCaptureSession(self)
        self._own_sink: QVideoSink = media.QVideoSink(self)
        self.sink = self._own_sink
        self.sink.videoFrameChanged.connect(self._frame)
        self._look_through(self._own_sink)
        self._camera: QCamera | None = None
        self._open: Device | None = None
        self._latest: QVideoFrame | None = None

    # -- the live picture

    def open(self, device: Device, output: QObject | None = None) -> None:
        """Let `device` look. `output`: a widget or item that shows the live picture; its frames are then taken from it.

        DeviceTrouble `device.offline` when it is not plugged in.
        """
        self.close()
        found = next((each for each in self._listed() if _id(each) == device.id), None)
        if found is None:
            raise trouble("device.offline", device)
        self._look_through(output.videoSink() if output is not None else self._own_sink)  # type: ignore[attr-defined]
        camera = _multimedia().QCamera(found, self)
        self._session.setCamera(camera)
        camera.errorOccurred.connect(self._went_wrong)
        camera.start()
        self._camera, self._open = camera, device

    def close(self) -> None:
        """Switch the camera off. What it saw is forgotten."""
        self._look_through(self._own_sink)
        if self._camera is not None:
            self._camera.stop()
            self._session.setCamera(None)  # type: ignore[arg-type]
            self._camera.deleteLater()
        self._camera, self._open, self._latest = None, None, None

    def capture(self, number: int = 1, dpi: int = 300, mode: Mode = Mode.COLOUR) -> Page:
        """What the open camera sees now, as a page. DeviceTrouble `device.no-picture` before its first frame.

        A camera has no resolution of its own: `dpi` is what the page is taken for, until its edges have been found.
        """
        image = self.look()
        if image.isNull():
            raise trouble("device.no-picture", self._open)
        return page_of(image, number, dpi, mode)

    def look(self) -> QImage:
        """What the open camera sees now; null before its first frame."""
        return self._latest.toImage() if self._latest is not None else QImage()

    # -- as a source

    def find(self) -> list[Device]:
        return [Device(_id(each), each.description(), "camera", "USB") for each in self._listed()]

    def abilities(self, device: Device) -> Abilities:
        if not self._is_there(device):
            raise trouble("device.offline", device)
        return Abilities(frozenset((Feed.FLATBED,)), MODES, (200, 300), sizes=frozenset(Sheet))

    def scan(self, device: Device, wish: ScanWish) -> Iterator[Page]:
        """One page: what the camera sees. It must be open: a camera needs a moment, and this one may not wait."""
        wish = fit(wish, self.abilities(device), device)
        if self._open != device:
            raise trouble("device.no-picture", device)
        number, _back = next(places(wish))
        yield self.capture(number, wish.dpi, wish.mode)

    # -- what Qt says

    def _look_through(self, sink: QVideoSink) -> None:
        if isValid(self.sink):
            self.sink.videoFrameChanged.disconnect(self._frame)
        self.sink = sink
        sink.videoFrameChanged.connect(self._frame)
        self._session.setVideoSink(sink)

    def _frame(self, frame: QVideoFrame) -> None:
        if self._open is None or not frame.isValid():
            return
        first = self._latest is None
        self._latest = frame
        if first:
            self.seen.emit()

    def _plugged(self) -> None:
        if self._open is not None and not self._is_there(self._open):
            self._lose("device.offline")
        self.changed.emit()

    def _went_wrong(self, _error: object, _words: str) -> None:
        """The camera was pulled out, or another program holds it."""
        if self._open is not None:
            self._lose("device.busy" if self._is_there(self._open) else "device.offline")

    def _lose(self, code: str) -> None:
        self.close()
        self.lost.emit(code)

    def _is_there(self, device: Device) -> bool:
        return device.id in [_id(each) for each in self._listed()]


class PretendCamera(QObject):
    """A document camera that is not there, for demo, training and tests: it sees the pictures that are laid under it,
    one after the other as pages are taken, and it can be pulled out. `lay` gives them when they are first looked at."""

    seen = Signal()
    lost = Signal(str)
    changed = Signal()

    def __init__(self, lay: Callable[[], list[QImage]], parent: QObject | None = None, name: str = "") -> None:
        super().__init__(parent)
        self._lay = lay
        self.pictures: list[QImage] = []
        self.devices = [Device("pretend", name or "Máy ảnh thử", "camera")]
        self.opened: Device | None = None

    def find(self) -> list[Device]:
        return list(self.devices)

    def open(self, device: Device, output: QObject | None = None) -> None:
        """As `Camera.open`; there is a picture at once."""
        self.close()
        if device not in self.devices:
            raise trouble("device.offline", device)
        self.opened = device
        if not self.pictures:
            self.pictures = self._lay()
        self.seen.emit()

    def close(self) -> None:
        """Nothing is seen any more."""
        self.opened = None

    def look(self) -> QImage:
        """What lies under it; null while it is closed or nothing does."""
        return self.pictures[0] if self.opened is not None and self.pictures else QImage()

    def capture(self, number: int = 1, dpi: int = 300, mode: Mode = Mode.COLOUR) -> Page:
        """As `Camera.capture`. The next paper lies there afterwards."""
        image = self.look()
        if image.isNull():
            raise trouble("device.no-picture", self.opened)
        self.pictures = [*self.pictures[1:], image]
        return page_of(image, number, dpi, mode)

    def pull_out(self, device: Device) -> None:
        """It is gone from now on."""
        self.devices = [each for each in self.devices if each != device]
        if self.opened == device:
            self.close()
            self.lost.emit("device.offline")
        self.changed.emit()


def pretend_pictures() -> list[QImage]:
    """Papers of people who do not exist, as a camera sees them on a table; a card among them."""
    papers = importlib.import_module("desktop.devices.pretend_papers")
    found = []
    for number, kind in enumerate((papers.Kind.FORM, papers.Kind.CARD, papers.Kind.CERTIFICATE), 1):
        sheet = papers.worn(papers.draw(kind, number).picture, papers.Wear(noise=3.0), number)
        content = picture.encoded(papers.on_a_table(sheet), 200, number).content
        found.append(QImage.fromData(QByteArray(content)))
    return found


def page_of(image: QImage, number: int = 1, dpi: int = 300, mode: Mode = Mode.COLOUR) -> Page:
    """A picture as a page."""
    if mode is Mode.GREY:
        image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return Page(encoded(image), "image/jpeg", image.width(), image.height(), dpi, number)


def encoded(image: QImage, quality: int = picture.QUALITY) -> bytes:
    """A picture as a JPEG."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", quality)  # type: ignore[call-overload]
    return bytes(content.data())


def _id(device: QCameraDevice) -> str:
    return bytes(device.id().data()).decode(errors="replace")
