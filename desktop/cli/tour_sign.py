"""Signing in the tour's day: with what, all that waits in one go, and what is then said of a paper's signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.cli.tour_lists import rows_of
from desktop.cli.tour_steps import Wait, Way, go, keys_help, shown, tab_to, to_button
from onestop.queries import overview, papers

if TYPE_CHECKING:
    from desktop.cli.tour import Tour


def sign(tour: Tour) -> Way:
    """Ký số: nothing is chosen to sign with, so the settings are opened; then every paper that waits is signed by the
    program that is none, and the first of them shows its signature."""
    tour.clock.at(15, 40)
    yield from go(tour, "Alt+Y", "sign")
    screen = tour.screen
    yield Wait("what waits", lambda: screen.queue is not None)
    rows = list(screen.list.papers)
    tour.check("the papers of the morning wait", rows)
    tour.press("F9")
    yield Wait("the way to the settings", screen.foot.settings_button.hasFocus)
    yield tour.quiet()
    yield from tour.picture("sign-not-chosen")
    tour.press("Return")
    yield shown(tour, "settings")
    yield from choose_program(tour)
    yield from go(tour, "Alt+Y", "sign")
    yield Wait("the first page", lambda: screen.pane.row is not None)
    yield tour.quiet()
    yield from tour.picture("sign")
    yield from keys_help(tour, "sign-keys")
    tour.press("F9")
    yield Wait("all are signed", lambda: not screen.flow.running and screen.foot.outcome.isVisible())
    yield tour.quiet()
    yield from tour.picture("sign-done")
    tour.check("nothing waits any more", not tour.office.read(overview.sign_queue, tour.office.actor.id).papers)
    after = tour.office.read(papers.one, rows[0].id)
    tour.check("the file of record is the signed one", after.signed["of"] == rows[0].blob)
    yield from look(tour, rows[0].dossier_code)


def choose_program(tour: Tour) -> Way:
    """In the settings: by a program on this PC, the one that is none."""
    screen, settings = tour.screen, tour.window.counter.settings
    way = screen.controls["sign_way"].input
    yield Wait("the ways of signing", way.hasFocus)
    tour.press("End")
    yield Wait("a program", lambda: settings.get("sign_way") == "program")
    program = screen.controls["sign_program"].input
    yield from tab_to(tour, "the programs", program)
    yield Wait("the programs that are known", lambda: program.findData("pretend") >= 0)
    tour.press("Down", program.findData("pretend") - program.currentIndex())
    yield Wait("the program that is none", lambda: settings.get("sign_program") == "pretend")
    yield from tour.picture("settings-sign")


def look(tour: Tour, code: str) -> Way:
    """In the dossier: the paper is signed, its signature is shown, its electronic copy is asked for and left."""
    yield from go(tour, "Alt+S", "dossiers")
    screen = tour.screen
    tour.press("/")
    tour.press("Ctrl+A")
    yield from tour.spell(code.lower().replace("-", "")[-10:])
    yield Wait("the dossier", lambda: [row.code for row in screen.model.rows] == [code])
    yield rows_of(screen)
    tour.press("Return")
    yield Wait(
        "the dossier at the side", lambda: screen.pane.card is not None and screen.pane.card.dossier.code == code
    )
    yield from to_button(tour, "Xem chữ ký")
    tour.press("Return")
    yield Wait("the signatures", lambda: screen.links.signatures is not None and screen.links.signatures.facts)
    yield tour.quiet()
    yield from tour.picture("dossiers-signatures")
    tour.press("Esc")
    yield from to_button(tour, "Sao y điện tử…")
    tour.press("Return")
    yield Wait("the copy", lambda: screen.links.copy is not None and screen.links.copy.isVisible())
    yield from tour.picture("dossiers-copy")
    tour.press("Esc")
    yield Wait("the copy is put away", lambda: not screen.links.copy.isVisible())
