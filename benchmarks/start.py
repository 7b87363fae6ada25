"""From the start of the process to the painted frame, and to a list that can be used, beside a bare QMainWindow.

Ours is the real window on an office of a million dossiers, log-in passed by a switch, for a clerk who has chosen the
list of dossiers as his first screen; the list is there when its first page is in the model. Both are measured by a
process of their own that prints the moment it is there.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import made
from benchmarks.measure import PAIRS, Pairs, line, status
from desktop.office import Office
from onestop.actions.manage import SettingForm, keep_setting

BARE = """
import sys, time
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
class Window(QMainWindow):
    def event(self, event):
        done = super().event(event)
        if event.type() == QEvent.Type.Paint and not hasattr(self, "painted"):
            self.painted = True
            print(time.time(), flush=True)
            QTimer.singleShot(0, QApplication.quit)
        return done
application = QApplication([])
window = Window()
window.setCentralWidget(QLabel("Một Cửa"))
window.resize(1366, 768)
window.show()
sys.exit(application.exec())
"""

OURS = """
import sys, time
from pathlib import Path
from desktop.__main__ import window_program
app = window_program()
from desktop.jobs import Jobs
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
class Watch(QObject):
    painted = False
    def eventFilter(self, thing, event):
        if event.type() == QEvent.Type.Paint and not self.painted:
            self.painted = True
            print(time.time(), flush=True)
            if sys.argv[2] == "frame":
                QTimer.singleShot(0, QApplication.quit)
        return False
application = QApplication([])
run = app.App(application, Path(sys.argv[1]), Jobs(), "demo")
watch = Watch()
run.window.installEventFilter(watch)
run.window.resize(1366, 768)
run.window.show()
QTimer.singleShot(0, run.open_office)
def look():
    screen = run.window.shown
    if screen is not None and screen.model.rows and not screen.model.waiting:
        ticker.stop()
        print(time.time(), flush=True)
        QApplication.quit()
ticker = QTimer(interval=1)
ticker.timeout.connect(look)
if sys.argv[2] == "list":
    ticker.start()
status = application.exec()
run.close()
sys.exit(status)
"""


def moment(code: str, *words: str) -> float:
    """Seconds from the start of a process to the last moment that it prints."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode; the dropped pair makes it
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True, env=environment, timeout=60
    )
    return float(done.stdout.split()[-1]) - began


def begin_with_dossiers(folder: Path) -> None:
    """The clerk's choice of a first screen."""
    office = Office.open(folder)
    clerk = office.clerk("demo")
    assert clerk is not None
    office.act_as(clerk)
    office.perform(keep_setting, SettingForm("first_screen", "dossiers"))
    office.close()


def main(argv: list[str] | None = None) -> int:
    """Two lines."""
    parser = argparse.ArgumentParser(prog="start")
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args(argv).small
    size = 1_000 if small else 1_000_000
    runs = 1 if small else PAIRS
    place = Path(tempfile.mkdtemp(prefix="motcua-start-", dir=made.store(size, size).parent))
    before = os.environ.get("MOTCUA_STATE_DIR")
    os.environ["MOTCUA_STATE_DIR"] = str(place / "state")
    try:
        shutil.copytree(made.store(size, size), place / "office")
        folder = str(place / "office")
        begin_with_dossiers(place / "office")
        lines = []
        for what, goal in (("frame", 2.0), ("list", 3.5)):
            taken = [(moment(OURS, folder, what), moment(BARE)) for _ in range(runs + 1)][1:]
            pairs = Pairs(tuple(ours for ours, _ in taken), tuple(bare for _, bare in taken))
            words = "painted frame" if what == "frame" else f"list usable, {size:,} dossiers"
            lines.append(line("start", f"process start to {words}, beside a bare QMainWindow", pairs, goal))
    finally:
        shutil.rmtree(place, ignore_errors=True)
        if before is None:
            os.environ.pop("MOTCUA_STATE_DIR", None)
        else:
            os.environ["MOTCUA_STATE_DIR"] = before
    return status(lines)
