"""What every test stands on: no screen, no network, no clock but the test's, folders of its own, a quiet log."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

# Before anything imports Qt: a test never opens a window on somebody's screen.
os.environ["QT_QPA_PLATFORM"] = os.environ.get("MOTCUA_TEST_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

from onestop import clock, texts

pytest_plugins = [
    "tests.helpers.options",
    "tests.helpers.guard",
    "tests.helpers.postgres",
    "tests.helpers.office",
    "tests.helpers.counters",
    "pytester",
]

# The same examples in every run, so that a red test is red for the next person too; no deadline on a busy machine.
settings.register_profile("motcua", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("motcua")


@pytest.fixture(autouse=True)
def fresh_words_and_clock() -> Iterator[None]:
    """Vietnamese, and the machine's own clock, at the start of every test and after it."""
    texts.use("vi")
    clock.replace(None)
    yield
    texts.use("vi")
    clock.replace(None)


PATIENCE = 30_000
"""Milliseconds that a test waits for what has to come, unless it says otherwise: a busy machine is no bug of ours."""


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """pytest-qt's own, more patient: its five seconds are short while both cores are taken."""
    for name in ("waitUntil", "waitSignal", "waitSignals", "waitCallback", "waitExposed"):
        given = getattr(qtbot, name)
        setattr(qtbot, name, partial(given, timeout=PATIENCE))
    return qtbot


@pytest.fixture(autouse=True)
def no_ear_left() -> Iterator[None]:
    """Two ears for card readers hand each key to and fro for ever: whoever opens a window puts it away."""
    yield
    reader, widgets = sys.modules.get("desktop.views.reader"), sys.modules.get("PySide6.QtWidgets")
    if reader is not None and widgets is not None and widgets.QApplication.instance() is not None:
        core = sys.modules["PySide6.QtCore"]
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
        assert not widgets.QApplication.instance().findChildren(reader.Reader), "an ear for card readers is left"


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of its own for every test: nothing is read from or left in the user's folders."""
    with tempfile.TemporaryDirectory(prefix="motcua-home-") as folder:
        home = Path(folder)
        monkeypatch.setenv("HOME", str(home))
        for name in ("DATA", "CONFIG", "STATE", "CACHE"):
            monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        yield home


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """`dev.py test` says here what its checks found, so that pytest's own line stays the last."""
    failed = os.environ.get("MOTCUA_FAILED_CHECKS")
    if failed:
        terminalreporter.section("checks that failed before the tests")
        terminalreporter.line(f"{failed} (their output stands above; `python3 dev.py check` shows it alone)", red=True)
