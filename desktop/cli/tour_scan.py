"""Paper in the tour's day: separators, a mixed stack that sorts itself, a page looked at and read, found again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.cli.tour_lists import rows_of
from desktop.cli.tour_receive import SISTER, begin, pick, scan, take
from desktop.cli.tour_steps import Wait, Way, go, keys_help, shown
from desktop.devices.pretend import Laid, Mishap, PretendScanner, mixed_stack
from desktop.devices.pretend_papers import Kind
from onestop.queries import papers
from onestop.rules import separators
from onestop.rules.papers import TRAY

if TYPE_CHECKING:
    from desktop.cli.tour import Tour

SEED = 4
FOREIGN = "https://thanhtoan.invalid/qr?so=12"
NAME = "Trích lục có bản quét"


def stack(tour: Tour) -> Way:
    """Separators for a draft, printed; behind them a stack with a letter that carries somebody else's code and one page
    before the first separator; a jam in the middle, then the rest."""
    yield from begin(tour, 10, 40)
    screen = tour.screen
    yield from scan(tour, SISTER)
    yield from pick(tour, "tri", "2.000635")
    tour.press("Ctrl+Shift+P")
    pages = screen.pages
    yield Wait("the separators", lambda: pages._separators is not None and pages._separators.preview is not None)
    preview = pages._separators.preview
    yield Wait("the separators are shown", preview.isVisible)
    yield from tour.picture("receive-separators")
    tour.press("Return")
    yield Wait("the separators are printed", lambda: not preview.isVisible())
    yield from tour.keep_paper("separators")
    keys = [slot.key for slot in pages._slots()]
    tour.check("a sheet for each paper", tour.pages("separators.pdf") == len(keys))
    codes = [
        separators.write(tour.office.id, separators.Separator(separators.DRAFT, screen.filling.draft, key))
        for key in keys
    ]
    tour.check("the first sheet names the first paper", tour.codes("separators.pdf") == codes[:1])
    sheets = [Laid(Kind.LETTER, 3, code=FOREIGN), *mixed_stack(SEED, codes[:3], foreign=FOREIGN)]
    scanner = PretendScanner(tour.app.folder / "pretend")
    scanner.load(sheets)
    scanner.go_wrong(Mishap.JAM, at=4)
    tour.press("Shift+F6")
    yield Wait("the jam is told", lambda: tour.told_code("device.jam"))
    yield Wait("the scan has ended", lambda: not pages.running)
    yield tour.quiet()
    yield from tour.picture("receive-jam")
    tour.press("Shift+F6")
    yield Wait("the stack is through", lambda: scanner.left() == 0 and not pages.running)
    yield tour.quiet()
    yield from tour.picture("receive-scanned")
    here = tour.office.read(papers.pages, draft=screen.filling.draft)
    for key, code in zip(keys[:3], codes[:3], strict=True):
        wanted = sum(sheet.belongs == code and sheet.kind is not Kind.SEPARATOR for sheet in sheets)
        found = sum(row.component == key for row in here)
        # The jam came between a separator and its papers: what a separator says does not outlive the scan.
        tour.check(f"pages of {key}: {found} of {wanted}", 0 <= found <= wanted)
    papers_laid = sum(sheet.kind is not Kind.SEPARATOR for sheet in sheets)
    tour.check("no page is lost", len(here) == papers_laid)
    tour.check("no foreign code sorts anything", any(row.component is TRAY for row in here))
    yield from sort_the_rest(tour)
    yield from look(tour)
    yield from finish(tour)


def sort_the_rest(tour: Tour) -> Way:
    """What nobody has sorted goes to the paper that its words speak for."""
    screen, pages = tour.screen, tour.screen.pages
    screen.procedure.papers.list.setFocus()
    yield tour.quiet()
    pages.show_tray(on=True)
    yield Wait("the tray", lambda: pages.component is TRAY and pages.model.rows)
    yield from tour.picture("receive-tray")
    tour.press("Ctrl+A")
    tour.press("M")
    yield Wait("where to", lambda: pages.deeds.places is not None and pages.deeds.places.isVisible())
    yield tour.quiet()
    yield from tour.picture("receive-move")
    tour.press("1")
    yield Wait("the tray is empty", lambda: not pages._unsorted() and not pages.arranger.pending)
    yield tour.quiet()


def look(tour: Tour) -> Way:
    """The page beside the form, and its words."""
    screen, pages = tour.screen, tour.screen.pages
    screen.procedure.papers.list.setFocus()
    tour.press("Home")
    yield tour.quiet()
    tour.press("T")
    yield Wait("the keyboard is on the pages", pages.strip.hasFocus)
    tour.press("Home")
    tour.press("Return")
    yield Wait("the page beside the form", pages.beside.isVisible)
    yield tour.quiet()
    yield from tour.picture("receive-page")
    tour.press("T")
    yield Wait("the words are read", lambda: pages.pane.view.picture in pages.pane._known)
    yield tour.quiet()
    yield from tour.picture("receive-page-words")
    tour.press("Esc")
    yield Wait("the page is put away", lambda: not pages.beside.isVisible())


def finish(tour: Tour) -> Way:
    """Received with its papers; each gets its file of record beside the work, and is found by its words."""
    screen = tour.screen
    tour.press("Ctrl+D")
    yield tour.quiet()
    rows = screen.procedure.papers.model.rows
    for number, row in enumerate(rows):
        if row.line.given is not None and row.line.given.status == "unchecked":
            screen.procedure.papers.list.setFocus()
            tour.press("Home")
            tour.press("Down", number)
            tour.press("Space")
            yield tour.pause(0.05)
    yield from take(tour, NAME)
    yield from tour.keep_paper("receipt-scanned")
    tour.app._open_backroom()
    room = tour.app._backroom

    def filed() -> bool:
        room.look()
        return not room.busy and not tour.office.read(papers.to_file, tour.office.id)

    yield Wait("the files of record", filed)
    yield tour.quiet()


def afterwards(tour: Tour) -> Way:
    """The dossier's papers at the side of the list; the scan screen with what was read of a paper; Ctrl+K by a word."""
    tour.clock.at(15, 10)
    yield from go(tour, "Alt+S", "dossiers")
    screen = tour.screen
    yield rows_of(screen)
    tour.press("/")
    yield from tour.spell(tour.notes[NAME].lower().replace("-", "")[-10:])
    yield Wait("the dossier", lambda: [row.code for row in screen.model.rows] == [tour.notes[NAME]])
    tour.press("Return")
    yield Wait("the dossier at the side", lambda: screen.pane.card is not None)
    yield from tour.picture("dossiers-papers")
    tour.press("F6")
    yield shown(tour, "scan")
    scan_screen = tour.screen
    yield Wait("the papers", lambda: scan_screen.bench is not None and scan_screen.places.rows)
    yield tour.quiet()
    paper = next(at for at, row in enumerate(scan_screen.places.rows) if row.paper is not None)
    scan_screen.list.setFocus()
    tour.press("Home")
    tour.press("Down", paper)
    yield tour.quiet()
    yield from tour.picture("scan-paper")
    yield from keys_help(tour, "scan-keys")
    tour.press("Esc")
    yield shown(tour, "dossiers")
