"""The office's own letters in the tour's day: a template is written on, a result letter is made and printed, and the
dossier is finished as it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.cli.tour_lists import rows_of
from desktop.cli.tour_papers import UNMARRIED
from desktop.cli.tour_steps import Wait, Way, go, shown
from onestop.actions import signers
from onestop.rules.dossier import Move
from onestop.rules.letters import FormKey
from onestop.rules.signers import Signer

if TYPE_CHECKING:
    from desktop.cli.tour import Tour

HEAD = Signer("", "Nguyễn Văn Chủ", "Chủ tịch", "TM", "2026-01-01", behalf="Ủy ban nhân dân")


def templates(tour: Tour) -> Way:
    """Who signs is known. By the palette to the templates: a field is begun with its brace, taken with Enter, and seen
    on the page."""
    tour.clock.at(16, 10)
    tour.office.perform(signers.add, HEAD)
    yield from tour.command("Mẫu văn bản kết quả")
    yield shown(tour, "templates")
    screen = tour.screen
    yield Wait("the page", lambda: screen.paper.pages > 0)
    yield Wait("the keyboard is in the words", screen.form.text.hasFocus)
    tour.press("Ctrl+End")
    tour.press("Return")
    yield from tour.spell("Người được cấp: {ben")
    yield Wait("fields are offered", screen.form.text.completer.popup().isVisible)
    yield from tour.picture("templates")
    tour.press("Return")
    yield Wait("it is inserted", lambda: screen.form.text.toPlainText().rstrip().endswith("}"))
    tour.press("Ctrl+S")
    yield Wait("it is a version of the office's own", lambda: screen.row is not None and screen.row.version == 1)
    yield tour.quiet()
    tour.check("the last line is seen", "Người được cấp" in screen.paper.accessibleDescription())


def letter(tour: Tour) -> Way:
    """The dossier of the afternoon: its letter is made with the next number, and says what finishing it will say."""
    yield from go(tour, "Alt+S", "dossiers")
    screen, code = tour.screen, tour.notes[UNMARRIED]
    yield rows_of(screen)
    tour.press("/")
    tour.press("Ctrl+A")
    yield from tour.spell(code.lower().replace("-", "")[-10:])
    yield Wait("the dossier", lambda: [row.code for row in screen.model.rows] == [code])
    tour.press("Return")
    yield Wait("it is at the side", lambda: screen.pane.card is not None and screen.pane.card.dossier.code == code)
    tour.press("Ctrl+Shift+P")
    yield Wait("the papers", lambda: screen.moves.pick is not None and screen.moves.pick.isVisible())
    rows = screen.moves.pick.list
    keys = [rows.item(at).data(0x0100).key for at in range(rows.count())]
    tour.press("Down", keys.index(FormKey.RESULT_LETTER))
    tour.press("Return")
    flow = screen.moves.results
    yield Wait("the sheet", lambda: flow.sheet is not None and flow.sheet.isVisible())
    yield from tour.picture("result-letter")
    tour.press("F9")
    yield from tour.keep_paper("result-letter")
    words = tour.words("result-letter.pdf")
    for said in ("GIẤY XÁC NHẬN", "Lê Quốc Ước", "TM. ỦY BAN NHÂN DÂN", "Nguyễn Văn Chủ", "/UBND-XNTTHN"):
        tour.check(f"it says {said}", said in words)
    yield tour.quiet()
    tour.press("F8")
    yield Wait("the moves", screen.moves.pick.isVisible)
    moves = [rows.item(at).data(0x0100).key for at in range(rows.count())]
    tour.press("Down", moves.index(Move.FINISH))
    tour.press("Return")
    sheet = screen.moves.sheet
    yield Wait("what came out", sheet.isVisible)
    tour.check("its number is proposed", "UBND-XNTTHN" in sheet.lines["number"].text())
    tour.check("so is who signed", sheet.lines["signer"].text() == "Nguyễn Văn Chủ")
    tour.press("F9")
    yield Wait("it is put away", lambda: not sheet.isVisible())
    yield Wait("it is finished", lambda: screen.pane.card.dossier.values["state"] == "finished")
    yield tour.quiet()
