"""Results come back in the tour's day: shelved, called for, handed to whoever lays down a card, posted with a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.cli.tour_before import person
from desktop.cli.tour_steps import Wait, Way, go
from onestop.actions import delivery, process
from onestop.rules.delivery import CallForm, KeepForm, Original, ShelveForm
from onestop.rules.moves import MoveForm, Result

if TYPE_CHECKING:
    from desktop.cli.tour import Tour

READY = (
    ("H99.14-261116-0001", "Giấy xác nhận tình trạng hôn nhân", "118/2026/UBND-XNTTHN", "ô 1 / kệ A"),
    ("H99.14-261116-0002", "Giấy chứng nhận đăng ký hộ kinh doanh", "26H8000412", "ô 2 / kệ A"),
    ("H99.14-261117-0002", "Quyết định trợ cấp xã hội hằng tháng", "604/QĐ-UBND", "ô 3 / kệ A"),
    ("H99.14-261118-0001", "Thông báo kết quả đăng ký thường trú", "77/TB", ""),
    ("H99.14-261119-0003", "Giấy xác nhận hộ nghèo", "31/XN-UBND", ""),
)
"""What the officers have finished since last week: code, result, its number, where it was put."""


def hand_back(tour: Tour) -> Way:
    """One is shelved, its owner called; another one comes with her card; one goes by post."""
    tour.clock.at(16, 5)
    known = _finish(tour)
    yield from go(tour, "Alt+R", "handback")
    screen = tour.screen
    yield Wait("the results", lambda: len(screen.list.shown) >= len(known) and screen.pane.one is not None)
    yield from tour.picture("handback")
    tour.press("Down")
    yield Wait("the list has the keyboard", screen.list.hasFocus)
    while screen.list.current is None or screen.list.current.shelf:
        tour.press("Down")
        yield tour.quiet()
    yield Wait("it is in the pane", lambda: screen.pane.one is not None and not screen.pane.one.row.shelf)
    tour.press("F4")
    sheet = screen.flow._sheets
    yield Wait("the box is asked for", lambda: any(each.isVisible() for each in sheet.values()))
    yield from tour.spell("ô 4 / kệ A")
    tour.press("Return")
    yield Wait("it is shelved", lambda: screen.pane.one.row.shelf == "ô 4 / kệ A")
    tour.press("F7")
    yield Wait("the call is asked for", lambda: any(each.isVisible() for each in sheet.values()))
    yield from tour.picture("handback-call")
    tour.press("1")
    yield Wait("the call is there", lambda: screen.pane.one.row.called.told)
    yield from _comes(tour, screen)
    yield from _posts(tour, screen)


def _finish(tour: Tour) -> list[str]:
    ids = []
    for code, title, number, shelf in READY:
        made = tour.office.perform(process.move, MoveForm(code, "finish", result=Result(title, number))).answer
        ids.append(made.id)
        if shelf:
            tour.office.perform(delivery.shelve, ShelveForm(made.id, shelf))
    tour.office.perform(delivery.keep_originals, KeepForm(ids[0], (Original("Trích lục ghi chú ly hôn"),)))
    tour.office.perform(delivery.call, CallForm(ids[1], "phone", "no-answer"))
    return ids


def _card(place: int) -> str:
    """What the QR of that person's card says."""
    who = person(place)
    year, month, day = who["date_of_birth"].split("-")
    born = f"{day}{month}{year}"
    fields = (who["identity_number"], "", who["name"], born, who["sex"], who["address"], "15062023")
    return "|".join(fields)


def _comes(tour: Tour, screen: Any) -> Way:
    """A card is laid down: all that is hers is chosen, and one key hands it over with the slip."""
    tour.scan(_card(0))
    yield Wait("whose card it is", lambda: screen.stands is not None and screen.list.ticked)
    tour.check("hers alone", [row.code for row in screen.list.ticked] == [READY[0][0]])
    yield tour.quiet()
    tour.press("F9")
    yield Wait("to whom is asked", lambda: screen.flow.asking)
    yield from tour.picture("handback-sheet")
    tour.press("Ctrl+Return")
    yield Wait("it is handed over", lambda: screen.stands is None)
    yield from tour.keep_paper("handed-back-a4")
    tour.check("the original is on the slip", "Trích lục ghi chú ly hôn" in tour.words("handed-back-a4.pdf"))


def _posts(tour: Tour, screen: Any) -> Way:
    """One goes by post, with its number on the list."""
    yield tour.quiet()
    yield Wait("the results that are left", lambda: len(screen.list.shown) >= len(READY) - 1)
    tour.press("F8")
    sheets = screen.flow._sheets
    yield Wait("the envelopes", lambda: any(hasattr(each, "numbers") and each.isVisible() for each in sheets.values()))
    yield from tour.spell("VNPost")
    tour.press("Return")
    yield from tour.spell("EM123456789VN")
    (sheet,) = [each for each in sheets.values() if hasattr(each, "numbers")]
    tour.check("the number stands beside its envelope", sheet.form().tracking == ("EM123456789VN",))
    yield from tour.picture("handback-post")
    tour.press("F9")
    yield from tour.keep_paper("post-list")
    tour.check("its number is on the list", "EM123456789VN" in tour.words("post-list.pdf"))
