"""The pretend printer for the demo, for training and tests: paper is a file, and it can go wrong on request."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from desktop.printer.job import PrintJob, PrintState, check_copies, media, read


class Mishap(StrEnum):
    """What a pretend printer can do instead of printing."""

    JAM = "jam"
    """The first page sticks halfway: nobody knows what came out."""
    NO_PAPER = "no-paper"
    GONE = "gone"
    """It is not found, now and until `come_back`."""
    UNCERTAIN = "uncertain"
    """All the paper comes, but the printer never says so."""


class PretendPrinters:
    """Printers that write what they print into `folder`: 0001.pdf, 0002.pdf, … one file for each copy."""

    def __init__(self, folder: Path, names: Iterable[str] = ("Máy in thử",)) -> None:
        self._folder = folder
        self._names = tuple(names)
        self._mishaps: deque[Mishap] = deque()
        self._away = False

    def go_wrong(self, mishap: Mishap, times: int = 1) -> None:
        """Let the next `times` jobs end in `mishap`."""
        if mishap is Mishap.GONE:
            self._away = True
        else:
            self._mishaps.extend([mishap] * times)

    def come_back(self) -> None:
        """The vanished printers are there again."""
        self._away = False

    def paper(self) -> tuple[Path, ...]:
        """What has come out, in order."""
        return tuple(sorted(self._folder.glob("[0-9]*.pdf"))) if self._folder.is_dir() else ()

    def names(self) -> tuple[str, ...]:
        return () if self._away else self._names

    def default(self) -> str | None:
        return next(iter(self.names()), None)

    def print_pdf(self, pdf: bytes | Path, printer: str, copies: int = 1, title: str = "") -> PrintJob:
        check_copies(copies)
        data = read(pdf)
        if not media(data):
            return PrintJob(PrintState.FAILED, printer, "printer.file")
        if printer not in self.names():
            return PrintJob(PrintState.FAILED, printer, "printer.gone")
        mishap = self._mishaps.popleft() if self._mishaps else None
        if mishap is Mishap.NO_PAPER:
            return PrintJob(PrintState.FAILED, printer, "printer.no-paper")
        if mishap is Mishap.JAM:
            return PrintJob(PrintState.UNCERTAIN, printer, "printer.jam")
        self._folder.mkdir(parents=True, exist_ok=True)
        for _ in range(copies):
            (self._folder / f"{len(self.paper()) + 1:04d}.pdf").write_bytes(data)
        if mishap is Mishap.UNCERTAIN:
            return PrintJob(PrintState.UNCERTAIN, printer, "printer.silent")
        return PrintJob(PrintState.DONE, printer)
