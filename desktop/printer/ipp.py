"""Two questions to a CUPS server, in its own protocol (RFC 8011): how a job stands, and how a printer stands.

The commands of CUPS cannot answer them: lpstat words a job that was taken out of the queue like one that was printed.
"""

from __future__ import annotations

import http.client
import socket
import struct
from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import quote

_GET_JOB, _GET_PRINTER = 0x0009, 0x000B
_OPERATION, _END = 0x01, 0x03
_INTEGER, _ENUM, _NO_VALUE = 0x21, 0x23, 0x13
_NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE = 0x42, 0x44, 0x45, 0x47, 0x48

Value = int | str | None
Attributes = dict[str, list[Value]]


class JobState(IntEnum):
    """job-state."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


@dataclass(frozen=True, slots=True)
class Job:
    """How a job stands; `begun` once the printer had it in hand."""

    state: JobState
    begun: bool
    message: str


@dataclass(frozen=True, slots=True)
class Printer:
    """How a printer stands: stopped, and for what reasons (media-empty-error, media-jam-error, paused, …)."""

    stopped: bool
    reasons: tuple[str, ...]
    message: str


class _ByPath(http.client.HTTPConnection):
    """HTTP over a local socket."""

    def __init__(self, path: str, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class Server:
    """A CUPS server at `address`: host:port, or the path of its socket. Every answer is None when it does not come."""

    def __init__(self, address: str, timeout: float = 10.0) -> None:
        self._address = address
        self._timeout = timeout

    def job(self, printer: str, number: int) -> Job | None:
        """How job `number` of `printer` stands."""
        found = self._ask(
            _GET_JOB,
            printer,
            [(_INTEGER, "job-id", struct.pack(">i", number))],
            ("job-state", "time-at-processing", "job-printer-state-message", "job-state-reasons"),
        )
        state = _first(found, "job-state")
        if not isinstance(state, int) or state not in set(JobState):
            return None
        begun = isinstance(_first(found, "time-at-processing"), int)
        return Job(JobState(state), begun, str(_first(found, "job-printer-state-message") or ""))

    def printer(self, name: str) -> Printer | None:
        """How the printer stands."""
        found = self._ask(_GET_PRINTER, name, [], ("printer-state", "printer-state-reasons", "printer-state-message"))
        if "printer-state" not in found:
            return None
        reasons = tuple(str(reason) for reason in found.get("printer-state-reasons", []) if reason != "none")
        return Printer(_first(found, "printer-state") == 5, reasons, str(_first(found, "printer-state-message") or ""))

    def _ask(
        self, operation: int, printer: str, more: list[tuple[int, str, bytes]], wanted: tuple[str, ...]
    ) -> Attributes:
        parts = [struct.pack(">BBHIB", 1, 1, operation, 1, _OPERATION)]
        attributes = [
            (_CHARSET, "attributes-charset", b"utf-8"),
            (_LANGUAGE, "attributes-natural-language", b"en"),
            (_URI, "printer-uri", f"ipp://localhost/printers/{quote(printer)}".encode()),
            *more,
            (_NAME, "requesting-user-name", b"motcua"),
            *[(_KEYWORD, "" if index else "requested-attributes", name.encode()) for index, name in enumerate(wanted)],
        ]
        for tag, name, value in attributes:
            parts.append(struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value)
        parts.append(bytes([_END]))
        try:
            connection = self._connect()
            try:
                connection.request("POST", "/", b"".join(parts), {"Content-Type": "application/ipp"})
                answer = connection.getresponse()
                body = answer.read()
            finally:
                connection.close()
        except (OSError, http.client.HTTPException):
            return {}
        return read_answer(body) if answer.status == 200 else {}

    def _connect(self) -> http.client.HTTPConnection:
        if self._address.startswith("/"):
            return _ByPath(self._address, self._timeout)
        host, _, port = self._address.partition(":")
        return http.client.HTTPConnection(host, int(port or 631), timeout=self._timeout)


def read_answer(body: bytes) -> Attributes:
    """The attributes of an answer, all groups together; {} for an answer that says no or cannot be read."""
    found: Attributes = {}
    try:
        _, _, status, _ = struct.unpack_from(">BBHI", body)
        if status >= 0x0100:
            return {}
        place, name = 8, ""
        while body[place] != _END:
            tag = body[place]
            place += 1
            if tag < 0x10:  # the next group
                continue
            (length,) = struct.unpack_from(">H", body, place)
            if length:
                name = body[place + 2 : place + 2 + length].decode()
            place += 2 + length
            (length,) = struct.unpack_from(">H", body, place)
            value = body[place + 2 : place + 2 + length]
            place += 2 + length
            found.setdefault(name, []).append(_value(tag, value))
    except (struct.error, IndexError):
        return {}
    return found


def _value(tag: int, value: bytes) -> Value:
    if tag in (_INTEGER, _ENUM) and len(value) == 4:
        return int(struct.unpack(">i", value)[0])
    return None if tag == _NO_VALUE else value.decode(errors="replace")


def _first(found: Attributes, name: str) -> Value:
    return next(iter(found.get(name, [])), None)
