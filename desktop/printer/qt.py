"""Printing through Qt, where there is no `lp` (Windows): every page goes as a picture to the system's spooler."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.printer.job import PrintJob, PrintState, check_copies, media, read

RESOLUTION = 300
"""Dots per inch."""


class QtPrinters:
    """The printers that Qt knows. `file` prints into a PDF file instead, whatever the printer is called.

    Needs a QApplication; may run off its thread.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file

    def names(self) -> tuple[str, ...]:
        return tuple(QPrinterInfo.availablePrinterNames())

    def default(self) -> str | None:
        return QPrinterInfo.defaultPrinterName() or None

    def print_pdf(self, pdf: bytes | Path, printer: str, copies: int = 1, title: str = "") -> PrintJob:
        check_copies(copies)
        data = read(pdf)
        if not media(data):
            return PrintJob(PrintState.FAILED, printer, "printer.file")
        if self._file is None and printer not in self.names():
            return PrintJob(PrintState.FAILED, printer, "printer.gone")
        with tempfile.TemporaryDirectory(prefix="motcua-print-") as folder:
            path = Path(folder) / "page.pdf"
            path.write_bytes(data)
            document = QPdfDocument()
            try:
                if document.load(str(path)) is not QPdfDocument.Error.None_:
                    return PrintJob(PrintState.FAILED, printer, "printer.file")
                return self._draw(document, printer, copies, title)
            finally:
                document.close()

    def _draw(self, document: QPdfDocument, name: str, copies: int, title: str) -> PrintJob:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self._file is None:
            printer.setPrinterName(name)
        else:
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(str(self._file))
        printer.setResolution(RESOLUTION)
        printer.setDocName(title or "Một Cửa")
        printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
        printer.setFullPage(True)
        by_system = printer.supportsMultipleCopies()
        if by_system:
            printer.setCopyCount(copies)
        pages = list(range(document.pageCount())) * (1 if by_system else copies)
        _fit(printer, document.pagePointSize(pages[0]))
        painter = QPainter()
        if not painter.begin(printer):
            return PrintJob(PrintState.FAILED, name, "printer.refused")
        whole = True
        for index, page in enumerate(pages):
            size = document.pagePointSize(page)
            if index:
                _fit(printer, size)
                whole = whole and printer.newPage()
            scale = RESOLUTION / 72
            picture = document.render(page, (size * scale).toSize())
            painter.drawImage(QRectF(0, 0, size.width() * scale, size.height() * scale), picture)
        whole = painter.end() and whole
        if not whole or printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
            return PrintJob(PrintState.UNCERTAIN, name, "printer.silent")
        return PrintJob(PrintState.DONE, name)


def _fit(printer: QPrinter, points: QSizeF) -> None:
    """Set the printer's page to the size of the document's page, upright or lying as that is."""
    lying = points.width() > points.height()
    upright = points.transposed() if lying else points
    size = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    orientation = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(size, orientation, QMarginsF(0, 0, 0, 0)))
