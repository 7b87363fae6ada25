"""Printers: a PDF goes out silently on the printer that was chosen, and one hears whether the paper came.

    Printers.names()                                   what can be printed on
    Printers.print_pdf(pdf, printer, copies, title)    blocks until it is known, so it belongs in `desk.run`

`CupsPrinters` hands the file to `lp`; `QtPrinters` draws its pages through Qt where there is no such command (Windows);
`PretendPrinters` serves the demo, training and tests, and can jam, run out of paper, vanish or leave one in doubt.
"""

from __future__ import annotations

import shutil

from desktop.printer.cups import CupsPrinters
from desktop.printer.job import Printers, PrintJob, PrintState
from desktop.printer.pretend import Mishap, PretendPrinters
from desktop.printer.qt import QtPrinters

__all__ = [
    "CupsPrinters",
    "Mishap",
    "PretendPrinters",
    "PrintJob",
    "PrintState",
    "Printers",
    "QtPrinters",
    "printers",
]


def printers() -> Printers:
    """The printers that are really there: CUPS where its commands are, else through Qt."""
    return CupsPrinters() if shutil.which("lp") and shutil.which("lpstat") else QtPrinters()
