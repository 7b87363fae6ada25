"""A card reader on a serial port (COM, ttyUSB, ttyACM): off unless a port is chosen in the settings.

    reader = SerialCard(port, speed)
    reader.connect()                  may take a moment: off the GUI thread
    for text in reader.poll(): …      at once; call it some thirty times a second

What comes is the text of a QR code, whole: it takes the same road as that of a reader that types
(`views/reader.py`, `rules/identity.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import serial
from serial.tools import list_ports

from onestop.rules.errors import DeviceTrouble
from onestop.rules.identity import scan_complete

END = 0.12
"""Seconds of silence that end a reading, as with a reader that types."""
SLOW_END = 1.0
"""The same where a card is not whole by its structure yet: Bluetooth pauses in the middle."""
LONGEST = 4096
"""Bytes; no QR code of a card comes near. What is longer is noise and is dropped."""
_FRAMING = "".join(map(chr, range(32)))


def ports() -> list[tuple[str, str]]:
    """The serial ports of this machine: what to choose, and what it is called."""
    return sorted((str(each.device), str(each.description or each.device)) for each in list_ports.comports())


class SerialCard:
    """One reader. `opener` opens the port, `clock` gives seconds; tests give others."""

    def __init__(
        self,
        port: str,
        speed: int = 9600,
        opener: Callable[..., Any] = serial.Serial,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.port, self.speed = port, speed
        self._opener, self._clock = opener, clock
        self._line: Any = None
        self._came = bytearray()
        self._last = 0.0

    @property
    def connected(self) -> bool:
        """Whether the port is open. After it was lost, `connect` again: every few seconds is often enough."""
        return self._line is not None

    def connect(self) -> None:
        """Open the port. DeviceTrouble `reader.gone` when it is not there, `reader.busy` when it may not be opened."""
        if self._line is not None:
            return
        try:
            self._line = self._opener(self.port, self.speed, timeout=0)
        except (serial.SerialException, OSError, ValueError) as error:
            words = str(error).lower()
            held = isinstance(error, PermissionError) or "denied" in words or "busy" in words or "lock" in words
            code = "reader.busy" if held else "reader.gone"
            raise DeviceTrouble(code, port=self.port, detail=str(error)) from error
        self._came.clear()

    def close(self) -> None:
        """Let the port go. A reading under way is dropped."""
        line, self._line = self._line, None
        self._came.clear()
        if line is not None:
            with suppress(serial.SerialException, OSError):  # it is gone: there is nothing to let go
                line.close()

    def poll(self) -> list[str]:
        """The readings that are whole now. Never waits. A reader that was pulled out is lost: `connected` is False."""
        if self._line is None:
            return []
        try:
            came = self._line.read(self._line.in_waiting or 1)
        except (serial.SerialException, OSError, TypeError):  # TypeError: pyserial, closed under its feet
            self.close()
            return []
        now = self._clock()
        if came:
            self._came += came
            self._last = now
        return self._whole(now)

    def _whole(self, now: float) -> list[str]:
        *lines, rest = bytes(self._came).replace(b"\r", b"\n").split(b"\n")
        quiet = now - self._last
        if rest and (quiet >= SLOW_END or (quiet >= END and scan_complete(_text(rest)))):
            lines.append(rest)
            rest = b""
        self._came[:] = rest if len(rest) <= LONGEST else b""
        return [text for line in lines if len(line) <= LONGEST and (text := _text(line))]


def _text(line: bytes) -> str:
    """A reading as text, without the control characters that some readers frame it with. What is not UTF-8 shows as
    such: `read_card` then says what to set on the reader."""
    return line.decode(errors="replace").strip(_FRAMING + " ")
