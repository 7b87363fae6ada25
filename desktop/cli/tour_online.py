"""Online in the tour's day: filed for a citizen who stands at the desk, linked with other results, from the portal."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from desktop.cli.tour_receive import SISTER, STUDENT, begin, pick, scan, take
from desktop.cli.tour_steps import Wait, Way, go
from onestop.clock import VIETNAM

if TYPE_CHECKING:
    from desktop.cli.tour import Tour

THERE, PORTAL = "G22.99-261123-0417", "G22.99-261123-0391"
"""Codes of the province and of the national portal that were never given."""


def assisted(tour: Tour) -> Way:
    """Ctrl+H: the counter files online; the data are copied with F12 from the draft on, then the code comes back."""
    yield from begin(tour, 16, 5)
    screen = tour.screen
    yield from scan(tour, STUDENT)
    yield from pick(tour, "trich luc", "2.000635")
    tour.press("Ctrl+D")
    yield tour.quiet()
    tour.press("Ctrl+H")
    yield tour.quiet()
    tour.check("it is filed online for him", screen.filling.helped)
    panel = screen.assist.panel
    for place in range(3):
        tour.press("F12")
        yield Wait(f"field {place + 1}", partial(_copied, panel, place))
    yield from tour.picture("assist-copy")
    yield from take(tour, "Nộp hộ trực tuyến")
    yield from tour.keep_paper("receipt-assisted")
    tour.check("the receipt says how", "hỗ trợ nộp trực tuyến" in " ".join(tour.words("receipt-assisted.pdf").split()))
    link = screen.assist.link
    for _field in range(40):
        tour.press("F12")
        yield tour.quiet()
        if link.isVisible():
            break
    yield Wait("the field for the code", link.line.hasFocus)
    yield from tour.spell(THERE.lower())
    yield from tour.picture("assist-code")
    tour.press("Return")
    yield Wait("the code is tied", link.isHidden)
    tour.check("the code is back", tour.told_code("dossiers.linked"))


def _copied(panel: Any, place: int) -> bool:
    return bool(panel.place == place)


def portal(tour: Tour) -> Way:
    """A birth with the residence and the card from the national portal: written down, then accepted from the list."""
    yield from begin(tour, 16, 20)
    screen = tour.screen
    yield from scan(tour, SISTER)
    yield from pick(tour, "gks", "1.001193")
    tour.press("Ctrl+L")
    yield tour.quiet()
    tour.check("three results", len(screen.filling.linked) == 3)
    yield from tour.picture("linked")
    tour.press("Ctrl+Shift+G")
    yield Wait("the sheet", lambda: screen._register is not None and screen._register.isVisible())
    yield from tour.spell(PORTAL.lower())
    tour.press("Tab")
    tour.press("Ctrl+A")
    yield from tour.spell("23/11/2026 10:40")
    tour.press("F9")
    yield Wait("it is written down", lambda: tour.told_code("receive.registered"))
    tour.clock.put(datetime(2026, 11, 23, 16, 30, tzinfo=VIETNAM))
    yield from go(tour, "Alt+S", "dossiers")
    screen = tour.screen
    tour.window.go("dossiers", group="to-answer")
    yield Wait("what waits for an answer", lambda: [row.state for row in screen.model.rows] == ["new"])
    yield Wait("it at the side", lambda: screen.pane.card is not None and bool(screen.pane.card.dossier.parts))
    yield from tour.picture("to-answer")
    tour.press("F8")
    yield Wait("the moves", lambda: screen.moves.pick is not None and screen.moves.pick.isVisible())
    tour.press(str(screen.moves.moves.index("accept") + 1))
    yield Wait("the sheet of accept", screen.moves.sheet.isVisible)
    tour.press("F9")
    yield Wait("it is accepted", lambda: screen.pane.card.dossier.values["state"] == "received")
    yield tour.quiet()
    yield from tour.picture("linked-pane")
    tour.check("each result has its date", all(part.due_at for part in screen.pane.card.dossier.parts))
