"""From login to the printed receipt, and on to whoever comes for the result, with key and input-method events alone:
the mouse is never touched."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from desktop.cli import tour_life, tour_lists, tour_receive
from desktop.cli.tour import take
from desktop.cli.tour_steps import Step
from onestop import clock
from onestop.queries import overview
from onestop.queries.dossiers import Wish

MOUSE = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}
KEYS = {QEvent.Type.KeyPress, QEvent.Type.InputMethod}


class Witness(QObject):
    """Counts what came in by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[QEvent.Type] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in MOUSE or kind in KEYS:
            self.seen[kind] += 1
        return False


def test_from_login_to_the_result_in_the_citizens_hands(qapp: QApplication, tmp_path: Path) -> None:
    found: dict[str, Any] = {}

    def look(tour: Any) -> Any:
        """What is safe on disk, read past the window."""
        yield tour.quiet()
        page = tour.office.read(overview.page, wish=Wish("all"), now=clock.now(), size=10)
        found["codes"] = [row.code for row in page.rows]
        found["shown"] = tour.screen.taken.code
        found["printed"] = len(tour.printers.paper())
        found["focus"] = tour.window.isAncestorOf(tour.focus)

    def see(tour: Any) -> Any:
        """What became of it."""
        yield tour.quiet()
        (row,) = tour.office.read(overview.page, wish=Wish("all"), now=clock.now(), size=10).rows
        found["left"] = row.state

    witness = Witness()
    qapp.installEventFilter(witness)
    steps = [
        Step("welcome", "welcome", tour_lists.welcome),
        Step("log-in", "login", tour_lists.log_in),
        Step("receive", "receive", tour_receive.birth),
        Step("look", "receive", look),
        Step("life", "dossiers", tour_life.life),
        Step("see", "dossiers", see),
        Step("leave", "dossiers", tour_lists.leave),
    ]
    summary = take(tmp_path, steps, themes=())
    qapp.removeEventFilter(witness)
    assert [step["error"] for step in summary["steps"] if not step["ok"]] == []
    code = "H99.14-261123-0001"
    assert found == {"codes": [code], "shown": code, "printed": 1, "focus": True, "left": "handed-back"}
    assert not set(witness.seen) & MOUSE
    assert witness.seen[QEvent.Type.KeyPress] > 40
    assert witness.seen[QEvent.Type.InputMethod] > 20
    assert (tmp_path / "receipt-birth-a4.pdf").exists()
