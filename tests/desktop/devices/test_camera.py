"""Cameras: Qt's own objects all the way, with frames that a test feeds in; no camera is needed."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage
from PySide6.QtMultimedia import QCamera, QCameraDevice, QVideoFrame
from PySide6.QtMultimediaWidgets import QVideoWidget
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.devices.camera import Camera
from desktop.devices.source import Device, Mode, ScanWish
from onestop.rules.errors import DeviceTrouble


def frame(colour: str = "#804020", size: tuple[int, int] = (320, 240)) -> QVideoFrame:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return QVideoFrame(image)


@pytest.fixture
def plugged() -> list[QCameraDevice]:
    return [QCameraDevice()]


@pytest.fixture
def camera(qapp: QApplication, plugged: list[QCameraDevice]) -> Iterator[Camera]:
    made = Camera(listed=lambda: plugged)
    yield made
    made.close()
    made.deleteLater()


def test_what_it_sees_is_the_page(camera: Camera) -> None:
    camera.open(camera.find()[0])
    camera.sink.setVideoFrame(frame("#804020"))
    camera.sink.setVideoFrame(frame("#208040"))
    page = camera.capture(number=3, dpi=200)
    assert (page.media_type, page.width, page.height, page.dpi, page.number) == ("image/jpeg", 320, 240, 200, 3)
    with Image.open(io.BytesIO(page.content)) as image:
        assert image.getpixel((5, 5)) == pytest.approx((0x20, 0x80, 0x40), abs=4)


def test_the_first_picture_is_told_once(camera: Camera, qtbot: QtBot) -> None:
    told: list[bool] = []
    camera.seen.connect(lambda: told.append(True))
    camera.open(camera.find()[0])
    with qtbot.waitSignal(camera.seen):
        camera.sink.setVideoFrame(frame())
    camera.sink.setVideoFrame(frame())
    assert told == [True]


def test_grey_on_request(camera: Camera) -> None:
    camera.open(camera.find()[0])
    camera.sink.setVideoFrame(frame("#ff0000"))
    (page,) = camera.scan(camera.find()[0], ScanWish(dpi=200, mode=Mode.GREY))
    with Image.open(io.BytesIO(page.content)) as image:
        assert image.mode == "L"


def test_before_its_first_picture_there_is_no_page(camera: Camera) -> None:
    device = camera.find()[0]
    for _time in range(2):
        with pytest.raises(DeviceTrouble) as trouble:
            list(camera.scan(device, ScanWish()))
        assert trouble.value.code == "device.no-picture"
        camera.open(device)


def test_what_an_earlier_camera_saw_is_forgotten(camera: Camera) -> None:
    camera.open(camera.find()[0])
    camera.sink.setVideoFrame(frame())
    camera.close()
    with pytest.raises(DeviceTrouble):
        camera.capture()
    camera.sink.setVideoFrame(frame())
    with pytest.raises(DeviceTrouble):
        camera.capture()


def test_one_that_is_pulled_out_is_lost(camera: Camera, plugged: list[QCameraDevice], qtbot: QtBot) -> None:
    camera.open(camera.find()[0])
    camera.sink.setVideoFrame(frame())
    plugged.clear()
    with qtbot.waitSignal(camera.lost) as lost:
        camera.plugs.videoInputsChanged.emit()
    assert lost.args == ["device.offline"]
    with pytest.raises(DeviceTrouble):
        camera.capture()


def test_one_that_another_program_holds_is_busy(camera: Camera, qtbot: QtBot) -> None:
    camera.open(camera.find()[0])
    opened = camera.findChild(QCamera)
    assert opened is not None
    with qtbot.waitSignal(camera.lost) as lost:
        opened.errorOccurred.emit(QCamera.Error.CameraError, "Device or resource busy")
    assert lost.args == ["device.busy"]


def test_one_that_is_not_there_cannot_be_opened(camera: Camera) -> None:
    with pytest.raises(DeviceTrouble) as trouble:
        camera.open(Device("xyz", "Máy cũ", "camera"))
    assert trouble.value.code == "device.offline"


def test_its_frames_are_taken_from_the_widget_that_shows_them(camera: Camera, qtbot: QtBot) -> None:
    widget = QVideoWidget()
    qtbot.addWidget(widget)
    camera.open(camera.find()[0], widget)
    assert camera.sink is widget.videoSink()
    camera.sink.setVideoFrame(frame("#102030"))
    assert camera.capture().width == 320
    camera.close()
    assert camera.sink is not widget.videoSink()


def test_qtmultimedia_is_loaded_only_when_asked() -> None:
    said = "import sys, desktop.devices.camera; print('PySide6.QtMultimedia' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
