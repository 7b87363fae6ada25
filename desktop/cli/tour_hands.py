"""Hands and leave in the tour's day: what came today goes to an officer in one go; the supervisor writes down that she
is on leave, and that she is back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.cli.tour_lists import rows_of
from desktop.cli.tour_steps import Wait, Way, go, tab_to, to_button

if TYPE_CHECKING:
    from desktop.cli.tour import Tour

OFFICER = "Võ Hoàng Lan"


def hand_over(tour: Tour) -> Way:
    """What came today is looked for and chosen, all of it; Shift+F8 asks to whom it goes."""
    yield from go(tour, "Alt+S", "dossiers")
    screen = tour.screen
    tour.press("/")
    tour.press("Ctrl+A")
    yield from tour.spell("261123")
    tour.press("Return")
    yield rows_of(screen)
    yield tour.quiet()
    tour.press("Ctrl+A")
    yield Wait("several are chosen", lambda: len(screen.list.chosen) > 1)
    yield tour.quiet()
    tour.press("Shift+F8")
    yield Wait("to whom", lambda: screen.hands.sheet is not None and screen.hands.sheet.isVisible())
    tour.press("Ctrl+A")
    tour.write(OFFICER)
    yield from tour.picture("hand-over")
    tour.press("F9")
    yield Wait("they are hers to take", lambda: not screen.hands.sheet.isVisible())
    yield tour.quiet()
    tour.check("handed over with a list", tour.told_code("hands.handed-over"))
    yield from tour.picture("dossiers-handed-over")
    tour.press("Esc")
    tour.press("Esc")
    yield tour.quiet()


def leave(tour: Tour) -> Way:
    """Cài đặt: the officer goes on leave, what she has goes to the clerk chosen; and she is back."""
    yield from go(tour, "Alt+C", "settings")
    part = next(each for each in tour.screen.office_parts if each.key == "leaves")
    yield from to_button(tour, part.title, "Shift+Tab")
    tour.press("Space")
    yield Wait("the leaves", part.list.hasFocus)
    yield from tab_to(tour, "who is away", part.who)
    for _name in range(part.who.count()):
        if part.who.value != "lan":
            tour.press("Down")
    tour.check("the officer", part.who.value == "lan")
    yield tour.quiet()
    tour.check("what she has is counted", any(letter.isdigit() for letter in part.holds.text()))
    yield from tab_to(tour, "why", part.reason)
    yield from tour.spell("Nghỉ phép năm")
    yield from tour.picture("settings-leave")
    tour.press("Return")
    yield Wait("it is written down", lambda: part.current is not None)
    yield tour.quiet()
    tour.check("her dossiers went over", tour.told_code("absence.begun"))
    yield from tab_to(tour, "back at work", part.back, "Shift+Tab")
    tour.press("Space")
    yield Wait("she is back", lambda: tour.told_code("absence.ended"))
    yield tour.quiet()
