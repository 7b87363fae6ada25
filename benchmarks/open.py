"""Opening the list of dossiers on a million rows beside opening it empty: the real screen in the real window."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from benchmarks import made
from benchmarks.measure import PAIRS, Clock, line, pairs, status
from desktop.app import App
from desktop.jobs import DirectJobs


def opening(run: App, application: QApplication) -> Callable[[], None]:
    """Make the screen anew, show it, and come back when its first page is in the model and painted."""

    def work() -> None:
        run.window.go("home")
        run.window.forget("dossiers")
        run.window.go("dossiers")
        until = time.monotonic() + 30
        screen: Any = run.window.shown
        while screen.model.waiting or not (screen.model.rows or screen.model.complete):
            application.sendPostedEvents()
            if time.monotonic() > until:
                raise AssertionError("the list never came")
        screen.grab()

    return work


def main(argv: list[str] | None = None) -> int:
    """One line."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(prog="open")
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args(argv).small
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    place = Path(tempfile.mkdtemp(prefix="motcua-open-", dir=made.store(1_000, 0).parent))
    before = os.environ.get("MOTCUA_STATE_DIR")
    runs = []
    try:
        for size in (1_000 if small else 1_000_000, 0):
            os.environ["MOTCUA_STATE_DIR"] = str(place / f"state-{size}")
            shutil.copytree(made.store(max(size, 1_000), size), place / str(size))
            run = App(application, place / str(size), DirectJobs(), "demo")
            run.window.resize(1366, 768)
            run.window.show()
            run.open_office()
            runs.append(run)
        taken = pairs(
            opening(runs[0], application), opening(runs[1], application), count=2 if small else PAIRS, clock=Clock.WALL
        )
        rows = 1_000 if small else 1_000_000
        found = line("open", f"open the list of dossiers on {rows:,} rows beside empty", taken, 2)
    finally:
        for run in runs:
            run.close()
            run.put_away()
        shutil.rmtree(place, ignore_errors=True)
        if before is None:
            os.environ.pop("MOTCUA_STATE_DIR", None)
        else:
            os.environ["MOTCUA_STATE_DIR"] = before
    return status([found])
