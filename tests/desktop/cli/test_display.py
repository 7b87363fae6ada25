"""Without a screen the window is no crash: one sentence or one document, and the status of the surroundings."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.cli import display
from onestop.rules.errors import Trouble

ROOT = Path(__file__).resolve().parents[3]
NOWHERE = "localhost:4242"
"""A display that no machine has."""


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A session that says nothing of a screen."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize("words", [(), ("--json",), ("--lang", "en"), ("--json", "--lang", "en")])
@pytest.mark.parametrize("shown", ["", NOWHERE])
def test_the_program_itself_says_so(
    bare: pytest.MonkeyPatch, tmp_path: Path, words: tuple[str, ...], shown: str
) -> None:
    surroundings = {**os.environ, "DISPLAY": shown}
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--data", str(tmp_path / "office"), *words],
        env=surroundings, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (3, "")
    if "--json" in words:
        assert json.loads(done.stderr)["error"] == "window.no-display"
    else:
        (line,) = done.stderr.splitlines()
        assert "DISPLAY" in line
    assert not (tmp_path / "office").exists()


def test_what_needs_no_screen_is_not_asked(bare: pytest.MonkeyPatch) -> None:
    with pytest.raises(Trouble):
        display.demand()
    for platform in ("offscreen", "minimal:enable_fonts", "vnc;offscreen", "linuxfb"):
        bare.setenv("QT_QPA_PLATFORM", platform)
        display.demand()
    for platform in ("xcb", "wayland;xcb"):
        bare.setenv("QT_QPA_PLATFORM", platform)
        with pytest.raises(Trouble) as caught:
            display.demand()
        assert caught.value.code == "window.no-display"


def test_a_compositor_that_answers_is_a_screen(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bare.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    bare.setenv("WAYLAND_DISPLAY", "wayland-9")
    with pytest.raises(Trouble):
        display.demand()
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-9"))
        compositor.listen()
        display.demand()
