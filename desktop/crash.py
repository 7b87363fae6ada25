"""What happens when the program itself is wrong: a report file beside the office's data, a line in the log, no panic.

A report holds the place in the code, the versions and the message with long numbers masked; it is never sent by itself.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from onestop import clock

log = logging.getLogger(__name__)

KEPT = 20
"""Reports that stay in the folder; older ones are removed."""
_NUMBER = re.compile(r"\d(?=\d{3})")


def mask(text: str) -> str:
    """Identity numbers and phones are not for a report: of a number with more than three digits the last three stay."""
    return _NUMBER.sub("*", text)


class Reports:
    """Writes reports into `folder` (made when first needed). `last` is the newest file of this run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.last: Path | None = None

    def write(self, error: BaseException, doing: str = "") -> Path | None:
        """The report file, or None when even that cannot be written. Also goes to the log."""
        log.error("%s: %s", doing or "bug", type(error).__name__, exc_info=error)
        moment = clock.now()
        frames = traceback.format_exception(type(error), error, error.__traceback__)
        lines = [
            f"{moment:%Y-%m-%dT%H:%M:%SZ} {doing}".rstrip(),
            f"Python {sys.version.split()[0]} {sys.platform}",
            "",
            "".join(_without_values(line) for line in frames),
        ]
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            file = self.folder / f"crash-{moment:%Y%m%d-%H%M%S-%f}.txt"
            file.write_text("\n".join(lines), "utf-8")
            for old in sorted(self.folder.glob("crash-*.txt"))[:-KEPT]:
                old.unlink(missing_ok=True)
        except OSError as trouble:
            log.error("no report could be written: %s", trouble)
            return None
        self.last = file
        return file


def _without_values(part: str) -> str:
    """Line numbers of the places stay readable, numbers in messages do not."""
    return part if part.startswith("  File ") else mask(part)


def install(reports: Reports, apologise: Callable[[BaseException, Path | None], None]) -> None:
    """From now on an error that nothing has caught is reported, and `apologise` tells the person.

    `apologise` may be called from any thread.
    """

    def from_python(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        apologise(error, reports.write(error.with_traceback(trace), "uncaught"))

    def from_thread(what: threading.ExceptHookArgs) -> None:
        if what.exc_value is not None:
            apologise(what.exc_value, reports.write(what.exc_value, f"thread {what.thread and what.thread.name}"))

    sys.excepthook = from_python
    threading.excepthook = from_thread
