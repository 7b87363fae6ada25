"""Waiting for something outside Qt: another process, a line, a scanner. Never for a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


def waited(until: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Whether `until` came true within `seconds`. It is not asked again after it did."""
    end = time.monotonic() + seconds
    quiet = threading.Event()
    while not (came := until()) and time.monotonic() < end:
        quiet.wait(0.02)
    return came
