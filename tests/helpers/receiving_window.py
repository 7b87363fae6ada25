"""A process that receives dossiers in the real window, by keys and cards alone, until it is killed.

`python -m tests.helpers.receiving_window FOLDER OUT` speaks as tests/helpers/receiving.py does. Paper comes out of the
pretend printer into OUT/paper.
"""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer

from desktop.app import App
from desktop.assets import make_application
from desktop.cli.tour import SIZE, THEMES, Guide, Told, Tour
from desktop.cli.tour_receive import pick, scan
from desktop.cli.tour_steps import Missed, Step, Wait, Way, shown
from desktop.jobs import Jobs
from desktop.printer import PretendPrinters
from tests.helpers.office import EXTRACT, made_card, made_person
from tests.helpers.receiving import Teller, forge


class Desk(Tour):
    """The hands of the tour at a window on an office that is there, by the machine's own clock."""

    def __init__(self, folder: Path, out: Path, seed: int) -> None:
        super(Tour, self).__init__()
        self.application = make_application(sys.argv[:1])
        self.folder, self.out, self.themes = folder, out, THEMES[:1]
        self.printers = PretendPrinters(out / "paper")
        self.jobs = Jobs()
        self.app = App(self.application, folder, self.jobs, login="demo")
        self.app.window.counter.service.printers = self.printers
        self.told: list[Told] = []
        self.dossiers: list[Any] = []
        self.notes: dict[str, Any] = {}
        self._papers = 0
        self.astray = False
        self._before, self._pictured = (0, 0, 0.0), 0.0
        self.dice = random.Random(seed)
        self.tell = Teller(out)


def receive(desk: Any) -> Way:
    """One citizen after the other."""
    yield Wait("somebody at the desk", lambda: desk.app.window.here == "home")
    yield desk.quiet()
    while True:
        yield from one(desk)


def one(desk: Any) -> Way:
    """Card, procedure, all papers, F9, the paper."""
    desk.press("F2")
    yield shown(desk, "receive")
    screen = desk.screen
    yield Wait("the procedures", lambda: screen.procedure.box.offer is not None)
    yield Wait("an empty dossier", lambda: screen.filling.empty)
    yield Wait("the keyboard is where people are found", screen.person.box.field.hasFocus)
    yield from scan(desk, made_card(made_person(desk.dice.randrange(10**6))))
    yield from pick(desk, EXTRACT, EXTRACT)
    desk.press("Ctrl+D")
    yield desk.quiet()
    left = [stop.words for stop in screen.stops()]
    if left:
        raise Missed(f"still needed: {left}")
    came = len(desk.printers.paper())
    desk.press("F9")
    yield Wait("the code", lambda: screen.taken is not None)
    desk.tell(received=screen.taken.code, draft=None)
    yield Wait("the paper", lambda: len(desk.printers.paper()) > came)
    desk.tell(paper=screen.taken.code)
    yield desk.quiet()


def work(folder: Path, out: Path, seed: int) -> None:
    """Open the window and receive: for ever. What goes wrong ends the process and is said."""
    desk = Desk(folder, out, seed)
    window = desk.app.window
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    guide = Guide(desk, [Step("receive", "receive", receive)])
    QTimer.singleShot(0, desk.app.open_office)
    QTimer.singleShot(0, guide.start)
    desk.application.exec()
    said = json.dumps(desk.here.plain(), ensure_ascii=False) if desk.told else "nothing was done"
    (out / "fell").write_text(said, "utf-8")
    os._exit(1)


if __name__ == "__main__":
    forge(Path(sys.argv[1]), Path(sys.argv[2]), work)
