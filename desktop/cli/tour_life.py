"""A dossier's life in the tour's day: forwarded, taken back, sent on, finished, handed to whoever comes for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.cli.tour_lists import rows_of
from desktop.cli.tour_steps import Wait, Way, go

if TYPE_CHECKING:
    from desktop.cli.tour import Tour

BIRTH = "Đăng ký khai sinh"


def life(tour: Tour) -> Way:
    """The birth of the morning from the counter to the hands of the father, with F8 and numbers alone."""
    tour.clock.at(15, 45)
    yield from go(tour, "Alt+S", "dossiers")
    screen, code = tour.screen, tour.notes[BIRTH]
    yield rows_of(screen)
    tour.press("/")
    yield from tour.spell(code.lower().replace("-", "")[-10:])
    yield Wait("the dossier", lambda: [row.code for row in screen.model.rows] == [code])
    tour.press("Return")
    yield Wait("the dossier at the side", lambda: screen.pane.card is not None and screen.moves.possible)
    yield from _choose(tour, screen, "forward", "moves")
    tour.press("F9")
    yield from _state(screen, "processing")
    tour.press("Ctrl+Z")
    yield from _state(screen, "received")
    yield from _choose(tour, screen, "forward", "move-forward")
    tour.press("F9")
    yield from _state(screen, "processing")
    yield from _choose(tour, screen, "finish")
    sheet = screen.moves.sheet
    tour.press("Tab")
    yield from tour.spell("125/2026")
    tour.press("Tab", 2)
    yield from tour.spell("Lê Minh Đức")
    yield from tour.picture("move-finish")
    tour.press("F9")
    yield from _state(screen, "finished")
    yield from _choose(tour, screen, "hand-back")
    tour.check("who came is known", len(sheet.shown) == 2)
    yield from tour.picture("move-hand-back")
    tour.press("F9")
    yield from _state(screen, "handed-back")
    yield tour.quiet()
    yield from tour.picture("dossiers-handed-back")
    tour.check("nothing follows", not screen.moves.possible)
    result = screen.pane.card.dossier.values["result"]
    tour.check("the result has its number", result["number"] == "125/2026")


def _choose(tour: Tour, screen: Any, move: str, picture: str = "") -> Way:
    """F8 and the number of the move."""
    yield tour.quiet()
    tour.press("F8")
    yield Wait("the moves", lambda: screen.moves.pick is not None and screen.moves.pick.isVisible())
    if picture == "moves":
        yield from tour.picture(picture)
    number = screen.moves.moves.index(move) + 1
    tour.press(str(number))
    yield Wait(f"the sheet of {move}", screen.moves.sheet.isVisible)
    if picture and picture != "moves":
        yield from tour.picture(picture)


def _state(screen: Any, state: str) -> Way:
    yield Wait(
        f"the dossier is {state}",
        lambda: (
            not screen.moves.sheet.isVisible()
            and screen.pane.card is not None
            and screen.pane.card.dossier.values["state"] == state
        ),
    )
