"""The program's front door: the window, or the family of the command line that was asked for, and nothing more."""

from __future__ import annotations

import builtins
import importlib
import sys
from collections.abc import Sequence
from typing import Any

from desktop.cli import dispatch, display
from desktop.cli.options import Wish


def main(words: Sequence[str] | None = None) -> int:
    """Run the program with `words` (None: those of the process). Gives the exit status."""
    return dispatch.main(sys.argv[1:] if words is None else words, open_window)


def open_window(wish: Wish) -> int:
    """Open the window on the office that was asked for. Qt is imported here and not before; Trouble window.no-display
    where there is no screen for it."""
    display.demand()
    status: int = window_program().main(folder=wish.folder, language=wish.language, login=wish.login, now=wish.now)
    return status


def window_program() -> Any:
    """`desktop.app`, loaded as fast as Python can: Qt puts an import of its own in the place of Python's, to watch for
    `from __feature__ import …`, which nothing here says; with it every later import takes a third longer."""
    plain = builtins.__import__
    importlib.import_module("PySide6.QtCore")
    builtins.__import__ = plain
    return importlib.import_module("desktop.app")


if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # a driver or a strange file is opened in a process that is this program again
        importlib.import_module("multiprocessing").freeze_support()
    sys.exit(main())
