"""Document cameras and webcams: a live picture for the screen, and the page that lies under it.

    camera = Camera()                     in the GUI thread, and used there
    camera.open(device, output)           the live picture goes to `output` (a QVideoWidget, or None)
    camera.capture()                      what it sees now

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
    camera goes away or cannot be used.

    `listed` gives the cameras that Qt knows; tests give their own and feed `sink` with frames.
    """

    seen = Signal()
    lost = Signal(str)

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
        image = self._latest.toImage() if self._latest is not None else QImage()
        if image.isNull():
            raise trouble("device.no-picture", self._open)
        if mode is Mode.GREY:
            image = image.convertToFormat(QImage.Format.Format_Grayscale8)
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "JPEG", picture.QUALITY)  # type: ignore[call-overload]
        return Page(bytes(content.data()), "image/jpeg", image.width(), image.height(), dpi, number)

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

    def _went_wrong(self, _error: object, _words: str) -> None:
        """The camera was pulled out, or another program holds it."""
        if self._open is not None:
            self._lose("device.busy" if self._is_there(self._open) else "device.offline")

    def _lose(self, code: str) -> None:
        self.close()
        self.lost.emit(code)

    def _is_there(self, device: Device) -> bool:
        return device.id in [_id(each) for each in self._listed()]


def _id(device: QCameraDevice) -> str:
    return bytes(device.id().data()).decode(errors="replace")
