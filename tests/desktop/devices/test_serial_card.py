"""Card readers on a serial port, through a pair of pseudo-terminals: lines, bursts, silence, and a cable pulled out."""

from __future__ import annotations

import os
import tty
from collections.abc import Iterator
from datetime import date

import pytest
import serial

from desktop.devices import serial_card
from desktop.devices.serial_card import END, SLOW_END, SerialCard
from onestop.rules.errors import DeviceTrouble, RuleBroken
from onestop.rules.identity import read_card
from onestop.texts import SENTENCES
from tests.helpers.office import made_card, made_person
from tests.helpers.waiting import waited

CARD = made_card(made_person(930))
NEW_CARD = "038300000033||Lê Thị Ví Dụ|15082000|Nữ|Tổ 3, Phường Mẫu, Thanh Hóa|10092025||||"


class Bench:
    """A reader at one end of a pseudo-terminal, the program at the other, a clock that the test moves."""

    def __init__(self) -> None:
        self.end, slave = os.openpty()
        tty.setraw(slave)
        self._slave = slave
        self.now = 100.0
        self.card = SerialCard(os.ttyname(slave), 9600, clock=lambda: self.now)
        self.heard: list[str] = []

    def send(self, text: str | bytes) -> None:
        """Let the reader send, and the program hear all of it."""
        data = text.encode() if isinstance(text, str) else text
        os.write(self.end, data)
        held = len(self.card._came)
        assert waited(lambda: self.poll() or len(self.card._came) >= held + len(data) or b"\n" in data or b"\r" in data)

    def poll(self) -> bool:
        found = self.card.poll()
        self.heard += found
        return bool(found)

    def rest(self, seconds: float) -> list[str]:
        """Nothing comes for so long; what has been heard until then."""
        self.now += seconds
        self.poll()
        heard, self.heard = self.heard, []
        return heard

    def pull_out(self) -> None:
        os.close(self.end)
        os.close(self._slave)
        self.end = self._slave = -1

    def close(self) -> None:
        self.card.close()
        for each in (self.end, self._slave):
            if each >= 0:
                os.close(each)


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    made.card.connect()
    yield made
    made.close()


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\n\r"])
@pytest.mark.parametrize("card", [CARD, NEW_CARD])
def test_a_line_is_a_reading(bench: Bench, card: str, end: str) -> None:
    bench.send(card + end)
    assert bench.rest(2) == [card]
    assert bench.rest(2) == []


@pytest.mark.parametrize("card", [CARD, NEW_CARD])
def test_six_or_ten_bars_and_a_short_silence_are_a_reading(bench: Bench, card: str) -> None:
    bench.send(card)
    assert bench.rest(END / 2) == []
    assert bench.rest(END) == [card]


def test_a_reader_that_pauses_in_the_middle_is_waited_for(bench: Bench) -> None:
    bench.send(NEW_CARD[:40])
    assert bench.rest(END * 2) == []
    bench.send(NEW_CARD[40:])
    assert bench.rest(END * 2) == [NEW_CARD]


def test_what_has_no_structure_ends_with_a_longer_silence(bench: Bench) -> None:
    bench.send("P-174-2KC-PH3")
    assert bench.rest(SLOW_END / 2) == []
    assert bench.rest(SLOW_END) == ["P-174-2KC-PH3"]


def test_two_cards_are_two_readings(bench: Bench) -> None:
    bench.send(f"{CARD}\r\n{NEW_CARD}\r\n")
    assert bench.rest(2) == [CARD, NEW_CARD]


def test_what_frames_a_reading_is_no_part_of_it(bench: Bench) -> None:
    bench.send(f"\x02{CARD}\x03\r")
    assert bench.rest(2) == [CARD]


def test_a_letter_cut_in_two_by_the_line_is_whole_again(bench: Bench) -> None:
    data = NEW_CARD.encode()
    middle = data.index("ê".encode()) + 1
    bench.send(data[:middle])
    bench.send(data[middle:])
    assert bench.rest(1) == [NEW_CARD]


def test_another_code_page_is_said_to_be_one(bench: Bench) -> None:
    bench.send(CARD.encode("utf-16-le").replace(b"\0", b"") + b"\r")
    (text,) = bench.rest(2)
    with pytest.raises(RuleBroken) as broken:
        read_card(text, date(2026, 11, 23))
    assert broken.value.code == "card.mangled"


class Played:
    """A line that gives what it is told to."""

    def __init__(self, *parts: bytes) -> None:
        self.parts = list(parts)

    @property
    def in_waiting(self) -> int:
        return len(self.parts[0]) if self.parts else 0

    def read(self, _most: int) -> bytes:
        return self.parts.pop(0) if self.parts else b""


def test_noise_without_an_end_does_not_grow_for_ever() -> None:
    line = Played(*[b"x" * 2000] * 3, f"{CARD}\r".encode())
    card = SerialCard("COM3", opener=lambda *_arguments, **_more: line)
    card.connect()
    assert [card.poll() for _time in range(4)] == [[], [], [], [CARD]]


def test_nothing_is_heard_before_the_port_is_open() -> None:
    card = SerialCard("/dev/không-có")
    assert card.poll() == []
    assert not card.connected


def test_a_reader_that_is_pulled_out_is_lost_and_comes_back(bench: Bench) -> None:
    bench.send(CARD[:30])
    bench.pull_out()
    assert waited(lambda: not bench.card.poll() and not bench.card.connected)
    assert bench.card.poll() == []
    with pytest.raises(DeviceTrouble) as trouble:
        bench.card.connect()
    assert trouble.value.code == "reader.gone"
    again = Bench()
    try:
        bench.card.port = again.card.port
        bench.card.connect()
        os.write(again.end, f"{CARD}\r".encode())
        assert waited(bench.poll)
        assert bench.heard == [CARD], "the half reading of before is forgotten"
    finally:
        bench.card.close()
        again.close()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (serial.SerialException("could not open port 'COM3': FileNotFoundError(2, 'x')"), "reader.gone"),
        (serial.SerialException("could not open port 'COM3': PermissionError(13, 'Access is denied.')"), "reader.busy"),
        (PermissionError(13, "denied"), "reader.busy"),
        (OSError(16, "Device or resource busy"), "reader.busy"),
        (ValueError("Not a valid baudrate"), "reader.gone"),
    ],
)
def test_why_a_port_does_not_open(error: Exception, code: str) -> None:
    def fails(*_arguments: object, **_more: object) -> None:
        raise error

    with pytest.raises(DeviceTrouble) as trouble:
        SerialCard("COM3", opener=fails).connect()
    assert (trouble.value.code, trouble.value.details["port"]) == (code, "COM3")
    assert code in SENTENCES


def test_connecting_twice_and_closing_twice_is_once(bench: Bench) -> None:
    bench.card.connect()
    bench.card.close()
    bench.card.close()
    assert not bench.card.connected


def test_ports_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Port:
        device, description = "/dev/ttyACM0", "QR Reader"

    monkeypatch.setattr(serial_card.list_ports, "comports", lambda: [Port()])
    assert serial_card.ports() == [("/dev/ttyACM0", "QR Reader")]
