"""Whether a file that was brought has anything on it at all: what is blank on every page says nothing to nobody."""

from __future__ import annotations

from onestop.rules.errors import RuleBroken
from paper import leaves, pdf
from paper.blank import blankness
from paper.kinds import Kind, kind_of
from paper.sketch import inked, sketched

LOOK_DPI = 150.0
MOST_PAGES = 20
"""Pages that are looked at: who brings twenty blank ones and something behind them is given the benefit of it."""


def is_bare(content: bytes) -> bool:
    """Whether every page of a PDF or a picture file is blank. A page that cannot be drawn is none: what is wrong with
    it is for the verdict to say."""
    try:
        count = leaves.count(content)
        return 0 < count <= MOST_PAGES and all(_is_bare(content, number) for number in range(count))
    except RuleBroken:
        return False


def _is_bare(content: bytes, number: int) -> bool:
    if kind_of(content) is Kind.PDF and pdf.words(content, number):
        return False
    sketch = sketched(leaves.leaf(content, number, LOOK_DPI))
    return blankness(sketch, inked(sketch.grey)).blank
