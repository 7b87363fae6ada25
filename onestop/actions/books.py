"""Numbers of letters: each from this counter's own book of the year, in the act that the letter is of."""

from __future__ import annotations

from onestop.store import numbers
from onestop.store.work import Work

OUTGOING = "outgoing"
"""The book of letters that go out: the apology (a công văn), the notice of stopping (a thông báo)."""


def next_number(work: Work, book: str, year: int) -> int:
    """The next number of this counter's own book of the year: without gaps, and never one that stands on paper."""
    name = numbers.book_of(book, year)
    number = numbers.next_of_book(work.connection, work.here, book, year, work.number_floor(name))
    work.given[name] = number
    return number
