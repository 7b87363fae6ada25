"""The only source of now(), today() and new ids; tests and `--now` replace it.

Instants are timezone-aware UTC; a civil date or hour is always that of Viet Nam (+07:00, no summer time).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "+07:00")

_source: Callable[[], datetime] | None = None


def now() -> datetime:
    """The present instant, UTC."""
    return _source() if _source else datetime.now(UTC)


def today() -> date:
    """The present civil date in Viet Nam."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """`moment` shown on a Vietnamese clock. A naive moment is taken to be Vietnamese time already."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=VIETNAM)
    return moment.astimezone(VIETNAM)


def utc(moment: datetime) -> datetime:
    """`moment` as UTC; a naive moment is taken to be Vietnamese time."""
    return local(moment).astimezone(UTC)


def new_id() -> str:
    """A UUID version 7 (RFC 9562, 6.2 method 3) in text form: those of one process stand in the order in which they
    were made, so that papers kept at one moment stay in order; across machines nothing is ordered by them."""
    global _last_tick
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    tick = max((milliseconds & ((1 << 48) - 1)) << 12 | rest * 4096 // 1_000_000, _last_tick + 1)
    _last_tick = tick
    value = (tick >> 12) << 80 | 0x7 << 76 | (tick & 0xFFF) << 64 | 0x2 << 62
    text = f"{value | int.from_bytes(os.urandom(8)) >> 2:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


_last_tick = 0


def replace(source: Callable[[], datetime] | None) -> None:
    """Use `source` as the clock from now on; None gives the machine's own back."""
    global _source
    _source = source


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Let the clock stand still at `moment` (naive = Vietnamese time) inside the block."""
    global _source
    before, fixed = _source, utc(moment)
    _source = lambda: fixed  # noqa: E731
    try:
        yield
    finally:
        _source = before
