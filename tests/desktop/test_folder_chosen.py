"""The folder for scans and the camera in the program's own window: each is loaded once it is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.app import App
from desktop.devices.camera import PretendCamera
from tests.desktop.real import real_program
from tests.helpers.feeder import picture


@pytest.fixture
def opened(demo_folder: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> Iterator[App]:
    """The program's own window, somebody at the desk."""
    with real_program(demo_folder, monkeypatch) as app:
        yield app


def test_a_folder_that_is_chosen_is_watched_and_what_lay_there_is_left_alone(opened: App, tmp_path: Path) -> None:
    folder = tmp_path / "scan"
    folder.mkdir()
    (folder / "old.jpg").write_bytes(picture("cũ"))
    assert not opened.services.watches
    opened.settings.set("scan_folder", str(folder))
    watch = opened.services.folder
    assert watch.on
    (folder / "new.jpg").write_bytes(picture("mới"))
    watch.look()
    watch.look()
    assert [file.name for file in watch.ready] == ["new.jpg"]
    assert opened.window.notices.codes()[-1] == "scan.folder-new"
    opened.settings.set("scan_folder", "")
    assert not watch.on


def test_a_demo_office_has_a_pretend_camera(opened: App) -> None:
    assert opened.services._camera is None, "not before it is asked for"
    camera = opened.services.camera
    assert isinstance(camera, PretendCamera)
    camera.open(camera.find()[0])
    assert len(camera.pictures) == 3
    assert camera.look().height() > 2000
