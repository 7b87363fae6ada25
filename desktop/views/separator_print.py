"""Tờ phân cách on their way to paper: looked at, printed or kept as a file. They are no letters: no act, no number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.bus import Level, Notice
from desktop.jobs import Report
from desktop.printer.job import PrintJob, PrintState
from desktop.reports import separator
from desktop.reports.separator import Separator
from desktop.views.preview import Preview
from desktop.views.printing_flow import put_on_paper, write
from desktop.views.screen import Counter
from onestop import clock
from onestop.actions.pages import Owner
from onestop.queries import scanning
from onestop.queries.scanning import Bench
from onestop.rules.errors import RuleBroken
from onestop.texts import _, message

FILE = "to-phan-cach.pdf"


class SeparatorPrint(QObject):
    """One for a screen: `print(owner)` shows the sheets of a draft or dossier, Enter prints them."""

    def __init__(self, counter: Counter, screen: QWidget) -> None:
        super().__init__(screen)
        self._counter, self._desk, self._screen = counter, counter.desk, screen
        self.preview: Preview | None = None

    def print(self, owner: Owner) -> None:
        """Draw the sheets and show them."""
        if owner.draft:
            self._desk.ask(scanning.of_draft, owner.draft, clock.today(), then=self._draw, owner=self)
        elif owner.dossier:
            self._desk.ask(scanning.of_dossier, owner.dossier, then=self._draw, owner=self)

    def _draw(self, bench: Bench) -> None:
        here = self._counter.service.office
        try:
            sheets = separator.sheets_of(bench, here.id, here.row.name)
        except RuleBroken as broken:
            self._desk.tell(Level.NOTE, broken.code, **broken.details)
            return
        self._desk.run(drawn, sheets, then=self._show, owner=self)

    def _show(self, content: bytes) -> None:
        if self.preview is None:
            self.preview = Preview(self._counter.look, self._screen.window())
        self.preview.show_file(_("Tờ phân cách"), content, lambda: self._send(content), lambda: self._save(content))

    def _send(self, content: bytes) -> None:
        chosen = str(self._counter.settings.get("printer_receipt"))
        printers = self._counter.service.printers
        self._desk.run(put_on_paper, printers, content, chosen, _("Tờ phân cách"), then=self._came, owner=self)

    def _came(self, job: PrintJob) -> None:
        if job.state is not PrintState.DONE:
            details: dict[str, Any] = {"printer": job.printer, "detail": job.detail}
            why = {"letter": lambda: _("Tờ phân cách"), "why": lambda: message(job.code, details), **details}
            self._desk.bus.tell(Notice(Level.WARNING, job.code, why, "separators"))

    def _save(self, content: bytes) -> None:
        def picked(file: Path) -> None:
            self._desk.run(write, content, file, owner=self)

        self._counter.notices.pick_file(_("Lưu thành tệp"), [_("Tệp PDF (*.pdf)")], picked, save=FILE)


def drawn(report: Report, sheets: tuple[Separator, ...]) -> bytes:
    """In a worker: the sheets as one PDF."""
    report.step()
    return separator.draw(sheets)
