"""The pre-printed receipt: everything but its code is left to the pen, for days without electricity or network."""

from __future__ import annotations

from dataclasses import dataclass

from onestop.rules.letters import OnPaper


@dataclass(frozen=True, slots=True)
class BlankReceiptLetter(OnPaper):
    """One sheet of a batch. Its reference is the code under which what is written on it will be entered."""

    number: int
    of: int
    """Sheet `number` of `of`."""
    rows: int = 5
    """Lines of the table of papers."""
