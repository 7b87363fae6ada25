"""None, True and False outlive any number of calls into Qt (PySide6 6.12 on Python 3.11 loses their references)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CALLS = """
import desktop
from PySide6.QtCore import QObject, Signal
class Bell(QObject):
    rung = Signal()
bell = Bell()
for _ in range(50_000):
    bell.setObjectName("bell")
    bell.rung.emit()
print("alive")
"""


def test_none_true_and_false_do_not_die() -> None:
    done = subprocess.run([sys.executable, "-c", CALLS], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr
