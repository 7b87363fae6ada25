"""The counter: window, command line, letters, devices."""

from __future__ import annotations

import sys

if sys.version_info < (3, 12):
    # PySide6 6.12 hands out None, True and False without taking a reference (every call of a void method, every
    # emit of a signal), as if they never died. They do not from Python 3.12 on; on 3.11 the interpreter aborts after
    # some thousands of calls ("none_dealloc: deallocating None"). So they are given references enough for ever.
    # tests/desktop/test_singletons.py shows it; to be taken away with Python 3.11 or with the wheel that does this.
    import ctypes

    for _one in (None, True, False, NotImplemented, Ellipsis):
        ctypes.c_ssize_t.from_address(id(_one)).value += 1 << (40 if sys.maxsize > 1 << 32 else 28)
