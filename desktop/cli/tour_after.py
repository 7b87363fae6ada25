"""After the moves in the tour's day: the citizen says what he thinks, a telephone number is corrected, a supervisor
reads what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.cli.tour_lists import rows_of
from desktop.cli.tour_steps import Wait, Way, shown, tab_to

if TYPE_CHECKING:
    from desktop.cli.tour import Tour


def rate(tour: Tour) -> Way:
    """Ctrl+R on the dossier that was just handed over: the screen is turned, digits do what a finger does."""
    screen = tour.screen
    yield tour.quiet()
    tour.press("Ctrl+R")
    yield Wait("the sheet", lambda: screen.moves.rating.sheet is not None and screen.moves.rating.sheet.isVisible())
    sheet = screen.moves.rating.sheet
    yield from tour.picture("rating")
    tour.press("4")
    yield Wait("what was not good", lambda: sheet.pages.currentIndex() == 1)
    tour.press("1")
    tour.press("3")
    yield from tour.picture("rating-why")
    tour.press("Return")
    yield Wait("thanks", lambda: sheet.pages.currentIndex() == 2)
    tour.press("Space")
    yield Wait("the screen is the clerk's", lambda: not sheet.isVisible())
    yield tour.quiet()
    tour.check("nobody at the counter sees which it was", not sheet.text.toPlainText())


def correct(tour: Tour) -> Way:
    """Ctrl+E on a dossier that is still open: a number was heard wrong."""
    screen = tour.screen
    tour.press("/")
    tour.press("Esc")
    yield rows_of(screen)
    tour.press("Home")
    yield Wait(
        "an open dossier at the side",
        lambda: (
            screen.pane.card is not None
            and screen.list.current is not None
            and screen.pane.card.id == screen.list.current.id
            and screen.pane.card.dossier.values["is_open"]
        ),
    )
    yield tour.quiet()
    tour.press("Ctrl+E")
    yield Wait("what can be corrected", lambda: screen.after.sheet is not None and screen.after.sheet.isVisible())
    sheet = screen.after.sheet
    tour.write("Công dân đổi số điện thoại")
    phone = next(entry.control for entry in sheet.entries if entry.called == "phone")
    yield from tab_to(tour, "phone", phone)
    tour.press("Ctrl+A")
    yield from tour.spell("0987654321")
    yield from tour.picture("correct")
    tour.press("F9")
    yield Wait("it is corrected", lambda: screen.pane.card.dossier.values["phone"] == "0987654321")
    yield tour.quiet()
    yield from tour.picture("dossiers-corrected")
    tour.check("the history says so", screen.pane.card.history[-1].kind == "dossier.corrected")


def read(tour: Tour) -> Way:
    """By the palette to what citizens say: the supervisor reads it, writes what was done, and it waits no longer."""
    yield from tour.command("Ý kiến của công dân")
    yield shown(tour, "ratings")
    screen = tour.screen
    yield Wait("what waits to be read", lambda: len(screen.list.table.rows) == 1)
    yield from tab_to(tour, "answer", screen.answer)
    tour.write("Đã gọi điện xin lỗi")
    yield from tour.picture("ratings")
    tour.press("F9")
    yield Wait("nothing waits", lambda: not screen.list.table.rows)
    tour.check("one of the ratings was bad", sum(screen.feedback.total[3:]) == 1)
