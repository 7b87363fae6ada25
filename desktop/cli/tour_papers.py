"""The citizen's own paper in the tour's day: a declaration signed before anything is received; the day's register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.cli.tour_receive import BROTHER, begin, pick, scan, take
from desktop.cli.tour_steps import Wait, Way
from onestop.rules.letters import FormKey

if TYPE_CHECKING:
    from desktop.cli.tour import Tour

UNMARRIED = "Xác nhận tình trạng hôn nhân"
BIRTH = "Đăng ký khai sinh"


def declaration(tour: Tour) -> Way:
    """Ctrl+P before F9: what was typed stands on the form, what was not is room for the pen."""
    yield from begin(tour, 14, 50)
    screen = tour.screen
    yield from scan(tour, BROTHER)
    yield from pick(tour, "doc than", "1.004873")
    tour.press("Ctrl+P")
    yield Wait("the declaration", lambda: screen._declared is not None and screen._declared.preview is not None)
    preview = screen._declared.preview
    yield Wait("it is shown", preview.isVisible)
    yield from tour.picture("declaration")
    tour.press("Return")
    yield from tour.keep_paper("declaration")
    words = tour.words("declaration.pdf")
    for said in ("TỜ KHAI CẤP GIẤY XÁC NHẬN", "Lê Quốc Ước", "Bản thân"):
        tour.check(f"it says {said}", said in words)
    tour.check("it is no draft", "BẢN NHÁP" not in words)
    tour.press("Esc")
    yield Wait("it is put away", lambda: not preview.isVisible())
    tour.press("Ctrl+D")
    yield from take(tour, UNMARRIED)
    yield from tour.keep_paper("receipt-unmarried")


def lists(tour: Tour) -> Way:
    """The declaration of the morning's birth, and the register of the day, from the list."""
    screen = tour.screen
    yield Wait("the birth at the side", lambda: screen.pane.card is not None)
    tour.press("Ctrl+Shift+P")
    yield Wait("the papers", lambda: screen.moves.pick is not None and screen.moves.pick.isVisible())
    rows = screen.moves.pick.list
    keys = [rows.item(at).data(0x0100).key for at in range(rows.count())]
    tour.check("a declaration is among them", FormKey.DECLARATION in keys)
    tour.press("Down", keys.index(FormKey.DECLARATION))
    tour.press("Return")
    yield from tour.keep_paper("declaration-birth")
    words = tour.words("declaration-birth.pdf")
    tour.check("the mother is who asks", "Quan hệ với người được khai sinh: Mẹ" in words)
    tour.check("it finds its dossier", tour.codes("declaration-birth.pdf") == [tour.notes[BIRTH]])
    yield tour.quiet()
    tour.press("Ctrl+L")
    yield Wait("the sheet", lambda: screen.lists.sheet is not None and screen.lists.sheet.isVisible())
    yield Wait("how many there are", lambda: bool(screen.lists.sheet.found.text()))
    yield from tour.picture("lists")
    tour.press("F9")
    yield from tour.keep_paper("register")
    tour.check("the birth stands in the register", tour.notes[BIRTH] in "".join(tour.words("register.pdf").split()))
