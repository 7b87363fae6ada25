"""What a printer is asked and what it answers; what all implementations check before they print."""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from pypdf import PdfReader
from pypdf.errors import PyPdfError

_SIZES = {
    "A4": (595.28, 841.89),
    "A5": (419.53, 595.28),
    "iso_dl_110x220mm": (311.81, 623.62),
    "iso_c5_162x229mm": (459.21, 649.13),
}


class PrintState(StrEnum):
    """What is known of a job when `print_pdf` comes back."""

    DONE = "done"
    """The printer has it all. Where a system cannot tell more: its spooler has it all."""
    FAILED = "failed"
    """Surely no paper came, and none will come later."""
    UNCERTAIN = "uncertain"
    """Some paper may have come: a person has to look ("Giấy đã ra chưa?"). None will come later if it can be helped."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """How a job ended. `code` has its sentence in texts (`printer`, `detail` to fill in); empty when it is done."""

    state: PrintState
    printer: str
    code: str = ""
    detail: str = ""


class Printers(Protocol):
    """The printers of this machine."""

    def names(self) -> tuple[str, ...]:
        """The printers one can choose from now; empty when there are none or the system does not answer."""
        ...

    def default(self) -> str | None:
        """The printer that the system prints on when nobody chooses."""
        ...

    def print_pdf(self, pdf: bytes | Path, printer: str, copies: int = 1, title: str = "") -> PrintJob:
        """Print every page `copies` times, one-sided and at its own size, and wait for the end.

        `title` shows in the system's list of jobs: never a person's name or number. Nothing is raised for trouble
        with printer, paper or file, it is in the answer; ValueError for fewer than one copy.
        """
        ...


def check_copies(copies: int) -> None:
    """ValueError for fewer than one."""
    if copies < 1:
        raise ValueError("at least one copy")


def read(pdf: bytes | Path) -> bytes:
    """The file as bytes; b"" when it cannot be read."""
    if isinstance(pdf, bytes):
        return pdf
    try:
        return pdf.read_bytes()
    except OSError:
        return b""


def media(data: bytes) -> str:
    """The size of the first page by its name, or in points as CUPS writes it; "" when there is no page to read."""
    try:
        box = PdfReader(io.BytesIO(data), strict=True).pages[0].mediabox
        width, height = sorted((float(box.width), float(box.height)))
    except (PyPdfError, LookupError, ValueError, TypeError, AttributeError):
        return ""
    for name, (wide, high) in _SIZES.items():
        if abs(width - wide) < 4 and abs(height - high) < 4:
            return name
    return f"Custom.{width:.0f}x{height:.0f}"
