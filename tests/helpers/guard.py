"""A harness that lets nothing pass: an unexpected warning in the log, or a reach for the network, fails the test.

A test that provokes a warning says so: `with guard.expecting("chain broken"): …`, or for the whole test
`@pytest.mark.expects_log("chain broken")`. Both take a regular expression that is searched in the message. A warning
that was expected and did not come fails as well.
"""

from __future__ import annotations

import ipaddress
import logging
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest


class Guard(logging.Handler):
    """Collects what a test may not leave behind."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.unexpected: list[str] = []
        self.calls_out: list[str] = []
        self._expected: list[tuple[re.Pattern[str], list[str]]] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        for pattern, seen in self._expected:
            if pattern.search(message):
                seen.append(message)
                return
        self.unexpected.append(f"{record.levelname} {record.name}: {message}")

    @contextmanager
    def expecting(self, pattern: str) -> Iterator[list[str]]:
        """Let warnings pass that match `pattern`; yields the list they are put in. None at all is a failure."""
        entry = (re.compile(pattern), [])
        self._expected.append(entry)
        try:
            yield entry[1]
        finally:
            self._expected.remove(entry)
        assert entry[1], f"expected a warning in the log that matches {pattern!r}; none came"

    def refuse(self, address: Any) -> None:
        """Raise unless `address` is on this machine."""
        if not is_local(address):
            self.calls_out.append(repr(address))
            raise OSError(f"a test reached for the network: {address!r}")


def is_local(address: Any) -> bool:
    """Whether a socket address is a path, or an address of the loopback range."""
    if not isinstance(address, tuple):
        return True
    host = address[0]
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def guard(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Guard]:
    """The guard of the running test."""
    watcher = Guard()
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    look_up = socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        watcher.refuse(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        watcher.refuse(address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        watcher.refuse((host.decode() if isinstance(host, bytes) else host or "", 0))
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)
    logging.getLogger().addHandler(watcher)
    marks = [mark.args[0] for mark in request.node.iter_markers("expects_log")]
    missing: list[str] = []
    try:
        with _expecting_all(watcher, marks, missing):
            yield watcher
    finally:
        logging.getLogger().removeHandler(watcher)
    faults = [f"unexpected in the log: {line}" for line in watcher.unexpected]
    faults += [f"reached for the network: {address}" for address in watcher.calls_out]
    faults += [f"never came in the log: {pattern!r}" for pattern in missing]
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


@contextmanager
def _expecting_all(watcher: Guard, patterns: list[str], missing: list[str]) -> Iterator[None]:
    entries: list[tuple[re.Pattern[str], list[str]]] = [(re.compile(pattern), []) for pattern in patterns]
    watcher._expected.extend(entries)
    yield
    missing.extend(pattern.pattern for pattern, seen in entries if not seen)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "expects_log(pattern): the test provokes a log warning that matches pattern")
