"""The start of the real program: what is loaded before the frame stands, and which screen a clerk finds first."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.office import Office
from onestop.actions.manage import SettingForm, keep_setting

ROOT = Path(__file__).resolve().parent.parent.parent
START = """
import builtins, json, sys
from pathlib import Path
plain = builtins.__import__
from desktop.__main__ import window_program
app = window_program()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop.jobs import Jobs
def loaded():
    heavy = ("sqlalchemy", "reportlab", "alembic", "PySide6.QtPdf", "PySide6.QtNetwork", "onestop.actions.table")
    return [name for name in heavy if name in sys.modules]
said = {"plain": builtins.__import__ is plain}
application = QApplication([])
run = app.App(application, Path(sys.argv[1]), Jobs(), "demo")
run.window.show()
said["frame"] = loaded()
def look():
    if run.window.shown is not None:
        said["here"], said["list"] = run.window.here, loaded()
        application.quit()
ticker = QTimer(interval=1)
ticker.timeout.connect(look)
ticker.start()
QTimer.singleShot(0, run.open_office)
application.exec()
run.close()
print(json.dumps(said))
"""


@pytest.mark.parametrize("first", ["home", "dossiers", "receive"])
def test_a_clerk_finds_the_screen_he_chose_and_nothing_is_loaded_too_early(
    demo_folder: Path, demo_office: Office, first: str
) -> None:
    clerk = demo_office.clerk("demo")
    assert clerk is not None
    demo_office.act_as(clerk)
    if first != "home":
        demo_office.perform(keep_setting, SettingForm("first_screen", first))
    words = [sys.executable, "-c", START, str(demo_folder)]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["plain"], "Qt's own import stayed in the place of Python's"
    assert said["frame"] == []
    assert said["here"] == first
    assert not {"reportlab", "alembic", "PySide6.QtNetwork"} & set(said["list"])
    if first == "dossiers":
        assert "onestop.actions.table" not in said["list"], "what writes is loaded before a list is read"
