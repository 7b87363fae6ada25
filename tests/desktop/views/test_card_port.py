"""A card reader on a serial port: its readings take the road of a reader that types; one that was pulled out is told of
once, and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.bus import Bus
from desktop.crash import Reports
from desktop.desk import Desk
from desktop.jobs import DirectJobs
from desktop.settings import Settings
from desktop.views import card_port
from desktop.views.card_port import CardPort
from desktop.views.reader import Reader
from onestop.rules.errors import DeviceTrouble

CARD = "038090000011|171000011|Nguyễn Văn Mẫu|05031990|Nam|Thôn 1, Xã Mẫu|20052021"


class Port:
    """A reader whose cable the test holds."""

    made: list[Port]

    def __init__(self, port: str, speed: int) -> None:
        self.port, self.speed = port, speed
        self.plugged, self.connected, self.tries = True, False, 0
        self.said: list[str] = []

    def connect(self) -> None:
        self.tries += 1
        if not self.plugged:
            raise DeviceTrouble("reader.gone", port=self.port)
        self.connected = True

    def poll(self) -> list[str]:
        said, self.said = self.said, []
        if not self.plugged:
            self.connected = False
        return said

    def close(self) -> None:
        self.connected = False


class Bench:
    def __init__(self, qapp: QApplication, tmp_path: Path) -> None:
        self.bus, self.settings = Bus(), Settings(tmp_path / "settings.json")
        self.told: list[str] = []
        self.bus.listen(lambda notice: self.told.append(notice.code))
        self.owner, self.reader = QObject(), Reader(qapp)
        self.heard: list[str] = []
        self.reader.read.connect(self.heard.append)
        self.ports: list[Port] = []
        desk = Desk(None, DirectJobs(), self.bus, Reports(tmp_path))  # type: ignore[arg-type]
        self.settings.set("card_port", "COM3")
        self.listening = CardPort(desk, self.settings, self.reader, self.owner, make=self._made)

    def _made(self, port: str, speed: int) -> Any:
        self.ports.append(Port(port, speed))
        return self.ports[-1]


@pytest.fixture
def bench(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setattr(card_port, "AGAIN", 5)
    made = Bench(qapp, tmp_path)
    yield made
    made.listening.close()
    qapp.focusChanged.disconnect(made.reader._moved)
    made.reader.deleteLater()


def test_what_the_port_says_is_a_reading(bench: Bench, qtbot: QtBot) -> None:
    [port] = bench.ports
    assert (port.port, port.speed, bench.listening.connected) == ("COM3", 9600, True)
    port.said = [CARD]
    qtbot.waitUntil(lambda: bench.heard == [CARD])
    assert bench.told == []


def test_a_reader_pulled_out_is_told_of_once_and_comes_back(bench: Bench, qtbot: QtBot) -> None:
    [port] = bench.ports
    port.plugged = False
    qtbot.waitUntil(lambda: port.tries > 4)
    assert bench.told == ["reader.gone"]
    port.plugged = True
    qtbot.waitUntil(lambda: bench.listening.connected)
    assert bench.told == ["reader.gone", "reader.back"]
    port.said = [CARD]
    qtbot.waitUntil(lambda: bench.heard == [CARD])


def test_another_port_is_listened_to_as_soon_as_it_is_chosen(bench: Bench) -> None:
    bench.settings.set("card_speed", 115200)
    bench.settings.set("card_port", "COM5")
    assert [(each.port, each.speed) for each in bench.ports] == [("COM3", 9600), ("COM3", 115200), ("COM5", 115200)]
    assert not bench.ports[0].connected
    bench.settings.set("card_port", "")
    assert not bench.listening.connected
    assert not bench.ports[-1].connected
