"""What the steps of the tour are made of: what is waited for, what fails, and the moves that many of them share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the hands need Qt, and only `tour.py` may have it
    from desktop.cli.tour import Tour

Way = Iterator["Wait"]
"""A step under way: between two `yield`s it presses keys; what it yields is waited for."""


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


def shown(tour: Tour, place: str) -> Wait:
    """Until this screen is there."""
    return Wait(f"the screen “{place}”", lambda: tour.window.here == place and tour.screen is not None)


def go(tour: Tour, keys: str, place: str) -> Way:
    """Press the keys of a place on the rail and wait until it has settled."""
    tour.press(keys)
    yield shown(tour, place)
    yield tour.quiet()


def tab_to(tour: Tour, what: str, widget: Any, keys: str = "Tab", most: int = 60) -> Way:
    """Press Tab until the keyboard is there."""
    yield from tab_until(tour, what, lambda focus: tour.within(widget), keys, most)


def tab_until(tour: Tour, what: str, found: Callable[[Any], bool], keys: str = "Tab", most: int = 60) -> Way:
    """Press Tab until the widget that has the keyboard is the one."""
    for _press in range(most):
        if tour.focus is not None and found(tour.focus):
            break
        tour.press(keys)
        yield tour.pause(0.004)
    tour.check(f"{what}: reached with {keys}", tour.focus is not None and found(tour.focus))


def to_button(tour: Tour, words: str, keys: str = "Tab") -> Way:
    """Tab to the button that is called so."""

    def called(focus: Any) -> bool:
        says = getattr(focus, "text", None)
        return focus.accessibleName() == words or (callable(says) and says() == words)

    yield from tab_until(tour, f"“{words}”", called, keys)


def pick_clerk(tour: Tour, name: str) -> Way:
    """Tab to the tile of this clerk and press it."""
    yield from tab_until(tour, name, lambda focus: focus.accessibleName().startswith(name))
    tour.press("Space")


def keys_help(tour: Tour, picture: str = "") -> Way:
    """F1: the keys of the screen; again: they are gone."""
    tour.press("F1")
    yield Wait("the keys", lambda: tour.window._keys is not None and tour.window._keys.isVisible())
    tour.check("F1 shows the keys", tour.window._keys.accessibleDescription())
    if picture:
        yield from tour.picture(picture)
    tour.press("F1")
    yield Wait("the keys are put away", lambda: not tour.window._keys.isVisible())


def search(tour: Tour, text: str) -> Way:
    """Write into the search field of the screen shown; "/" leads there."""
    field = tour.screen.field
    if not field.hasFocus():
        tour.press("/")
    yield Wait("the keyboard is in the search", field.hasFocus)
    tour.press("Ctrl+A")
    tour.write(text)
