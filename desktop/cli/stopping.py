"""Ctrl-C in the middle of long work: it ends where it can, what is done stays done."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def asked_to_stop() -> Iterator[list[bool]]:
    """Something is in the list once Ctrl-C was pressed; pressed again it interrupts at once, as everywhere."""
    asked: list[bool] = []

    def hear(number: int, frame: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(True)

    before = signal.signal(signal.SIGINT, hear)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)
