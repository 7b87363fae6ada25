"""How this room speaks of a file that cannot be opened: libraries raise whatever a damaged file leads them to."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from onestop.rules.errors import RuleBroken, Trouble

log = logging.getLogger(__name__)

MOST_PIXELS = 120_000_000
"""Pixels of one picture: A3 at 600 dpi has 70 million, the largest telephone 108 million. What says that it has more
is not decoded at all: 900 million white dots fit into 110 kB."""
LONGEST_SIDE = 30_000


@contextmanager
def strange_file() -> Iterator[None]:
    """Round the calls of a library that opens somebody's file: what it raises becomes RuleBroken paper.unreadable,
    paper.truncated or paper.too-much-memory; what this room raises itself passes."""
    try:
        yield
    except (RuleBroken, Trouble):
        raise
    except MemoryError as error:
        raise RuleBroken("paper.too-much-memory") from error
    except Exception as error:
        log.debug("a file could not be opened", exc_info=True)
        raise RuleBroken(_code(str(error).lower())) from error


def _code(said: str) -> str:
    if "insufficient memory" in said or "bad_alloc" in said or "cannot allocate" in said:
        return "paper.too-much-memory"
    if "truncated" in said or "unexpected end" in said or "not enough image data" in said:
        return "paper.truncated"
    return "paper.unreadable"


def demand_size(width: int, height: int) -> None:
    """RuleBroken paper.too-many-pixels before anything of such a picture is decoded."""
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise RuleBroken("paper.too-many-pixels", millions=round(width * height / 1e6))
    if width < 1 or height < 1:
        raise RuleBroken("paper.unreadable")
