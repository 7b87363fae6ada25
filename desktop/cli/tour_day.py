"""The day of `motcua tour`: what a clerk does from the first key to the last, as steps that say what they wait for.

A step is a generator: between two `yield`s it presses keys, and what it yields is waited for. It looks at the window
only to wait and to check; everything that is done is done with keys, words and cards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the hands need Qt, and only `tour.py` may have it
    from desktop.cli.tour import Tour

Way = Iterator["Wait"]


class Missed(Exception):
    """Something that should have been so was not; the text says what."""


@dataclass(frozen=True)
class Wait:
    """Go on when `true()`; `what` is said when it never is."""

    what: str
    true: Callable[[], Any]


@dataclass(frozen=True)
class Step:
    """A part of the day on one screen. `short`: it belongs to the short tour too."""

    name: str
    screen: str
    way: Callable[[Tour], Way]
    short: bool = False


# Nobody here is real: the numbers are of a ward that does not exist.
MOTHER = "001194004321|012345678|Nguyễn Thị Thu Hương|12031994|Nữ|Tổ 5, phường Mẫu, tỉnh Mẫu|15062023"


def shown(tour: Tour, place: str) -> Wait:
    """Until this screen is there."""
    return Wait(f"the screen “{place}”", lambda: tour.window.here == place and tour.screen is not None)


# -- coming in


def welcome(tour: Tour) -> Way:
    """A machine without an office: the page says so, and makes the demo office."""
    pages = tour.window._pages
    yield Wait("the welcome page", lambda: hasattr(pages.currentWidget(), "demo"))
    page = pages.currentWidget()
    yield from tour.picture("welcome")
    tour.check("the page offers the demo office", len(page.buttons) == 2)
    for _press in range(4):
        if page.buttons[0].hasFocus():
            break
        tour.press("Tab")
    tour.check("the button is reached with Tab", page.buttons[0].hasFocus())
    tour.press("Space")
    yield Wait("the office is made", lambda: tour.office is not None)


def log_in(tour: Tour) -> Way:
    """The login page of a demo office: a clerk is picked by keys."""
    pages = tour.window._pages
    yield Wait("the login page", lambda: hasattr(pages.currentWidget(), "panel"))
    panel = pages.currentWidget().panel
    yield Wait("the keyboard is in it", lambda: tour.within(panel))
    yield from tour.picture("login")
    yield from pick_clerk(tour, panel, "Trần Thu Hà")
    yield shown(tour, "home")
    tour.check("the clerk is at the desk", tour.window.counter.clerk().login == "ha")


def pick_clerk(tour: Tour, panel: Any, name: str) -> Way:
    """Tab to the tile of this clerk and press it."""
    for _press in range(24):
        focus = tour.focus
        if focus is not None and focus.accessibleName().startswith(name):
            break
        tour.press("Tab")
        yield tour.pause(0.01)
    tour.check(f"{name} is reached with Tab", tour.focus.accessibleName().startswith(name))
    tour.press("Space")


def first_home(tour: Tour) -> Way:
    """Hôm nay before the first citizen."""
    tour.clock.at(9, 1)
    yield shown(tour, "home")
    yield from tour.picture("home-morning")


# -- receiving


def receive_empty(tour: Tour) -> Way:
    """F2: the screen as it waits for a citizen."""
    tour.clock.at(9, 5)
    tour.press("F2")
    yield shown(tour, "receive")
    yield Wait("the quick list", lambda: tour.screen.procedure.box.offer is not None)
    yield tour.quiet()
    tour.check("the keyboard is where people are found", tour.screen.person.box.field.hasFocus())
    yield from tour.picture("receive-empty")


def birth(tour: Tour) -> Way:
    """A birth: card, procedure in three letters, the child by name, all papers, two copies, received and printed."""
    screen = tour.screen
    filling = screen.filling
    tour.begin_dossier()
    tour.scan(MOTHER)
    yield Wait("the card is read", lambda: filling.submitter is not None)
    tour.check("the card's name stands there", filling.submitter.name == "Nguyễn Thị Thu Hương")
    yield Wait("the keyboard went on", screen.procedure.box.field.hasFocus)
    yield from tour.spell("gks")
    yield Wait("suggestions", lambda: screen.procedure.box.suggestions.open)
    yield from tour.picture("receive-procedure")
    tour.press("Return")
    yield Wait("the procedure is picked", lambda: filling.procedure is not None)
    tour.check("three letters bring the birth", filling.procedure.code == "1.001193")
    yield tour.quiet()
    yield from tour.picture("receive-picked")
    tour.press("Ctrl+D")
    yield tour.quiet()
    tour.check("all papers are there", not [stop for stop in screen.stops() if stop.paper])
    tour.press("Return")
    parties = screen.person.parties
    yield Wait("the keyboard is at the child", lambda: parties.place_of(tour.focus) == 0)
    yield from name_party(tour, 0, "Trần Minh Khôi", "02/11/2026")
    yield from name_party(tour, 1, "Trần Quốc Bảo", "1991")
    yield Wait("the keyboard is at the mother", lambda: parties.place_of(tour.focus) == 2)
    tour.scan(MOTHER)
    yield Wait("the mother is the one of the card", lambda: filling.parties[2].who is not None)
    fields = screen.procedure.fields.fields
    yield from tab_to(tour, "the place of birth", fields["noi_sinh"].control)
    tour.write("Bệnh viện đa khoa Mẫu")
    tour.press("Tab")
    tour.check("the child's birth date came by itself", fields["ngay_sinh"].control.text() == "02/11/2026")
    yield from tab_to(tour, "the people", fields["dan_toc"].control)
    tour.write("Kinh")
    tour.press("Tab")
    tour.write("Việt Nam")
    tour.press("F4")
    yield from tab_to(tour, "the phone", screen.person.phone)
    yield from tour.spell("0912345678")
    yield from tab_to(tour, "the copies", screen.receipt.copies)
    yield from tour.spell("2")
    yield tour.quiet()
    tour.check("two copies are asked for", filling.form().result_copies == 2)
    yield from tour.picture("receive-filled")
    yield from receive(tour, "Đăng ký khai sinh")
    yield from tour.keep_paper("receipt-birth")
    yield from tour.picture("receive-received")


def name_party(tour: Tour, place: int, name: str, born: str) -> Way:
    """Write a name and a birth date into the row of somebody whom the dossier only names."""
    row = tour.screen.person.parties.rows[place]
    yield Wait(f"the keyboard is at row {place + 1}", row.box.field.hasFocus)
    tour.write(name)
    yield Wait("what can be done with the name", lambda: row.box.suggestions.open)
    options = row.box.suggestions.options
    at = next((number for number, option in enumerate(options) if option.key[0] == "name"), -1)
    tour.check(f"{name} can be named", at >= 0)
    tour.press("Down", at)
    tour.press("Return")
    yield Wait(f"the keyboard is at the birth date of row {place + 1}", row.birth.hasFocus)
    yield from tour.spell(born)
    tour.press("Return")
    yield tour.quiet()
    tour.check(f"{name} stands in the row", tour.screen.filling.parties[place].who.name == name)


def tab_to(tour: Tour, what: str, widget: Any, keys: str = "Tab", most: int = 40) -> Way:
    """Press Tab until the keyboard is there."""
    for _press in range(most):
        if widget.hasFocus():
            break
        tour.press(keys)
        yield tour.pause(0.005)
    tour.check(f"{what}: reached with {keys}", widget.hasFocus())


def receive(tour: Tour, name: str) -> Way:
    """F9, and wait until the code is there."""
    screen = tour.screen
    left = [stop.words for stop in screen.stops()]
    tour.check(f"nothing is missing {left or ''}".rstrip(), not left)
    tour.press("F9")
    yield Wait("the code", lambda: screen.taken is not None)
    tour.end_dossier(name, screen.taken.code)
    tour.check(f"received as {screen.taken.code}", screen.taken.code.startswith("H99.14-261123-"))


def leave(tour: Tour) -> Way:
    """Ctrl+Q."""
    tour.press("Ctrl+Q")
    yield Wait("the window is closed", lambda: not tour.window.isVisible())


DAY: tuple[Step, ...] = (
    Step("welcome", "welcome", welcome, short=True),
    Step("log-in", "login", log_in, short=True),
    Step("home-morning", "home", first_home),
    Step("receive-empty", "receive", receive_empty, short=True),
    Step("receive-birth", "receive", birth, short=True),
    Step("leave", "home", leave, short=True),
)
