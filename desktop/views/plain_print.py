"""Pages that are no letter of a dossier on their way to paper: looked at, printed or kept as a file, without an act."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.bus import Level, Notice
from desktop.printer.job import PrintJob, PrintState
from desktop.views.preview import Preview
from desktop.views.printing_flow import printer_for, put_on_paper, write
from desktop.views.screen import Counter
from onestop.rules.letters import FormKey
from onestop.texts import _, message


class PlainPrint(QObject):
    """One for a screen. `name`: what the pages are, in the language in use when it is said; `file`: the name proposed
    for a copy; `key`: the place of its notices; `kind`: the letter whose printer they go to."""

    def __init__(
        self,
        counter: Counter,
        screen: QWidget,
        name: Callable[[], str],
        file: str,
        key: str,
        kind: FormKey = FormKey.RECEIPT,
    ) -> None:
        super().__init__(screen)
        self._kind = kind
        self._counter, self._desk, self._screen = counter, counter.desk, screen
        self._name, self._file, self._key = name, file, key
        self.preview: Preview | None = None

    def show(self, content: bytes) -> None:
        """Show the pages; Enter prints them."""
        if self.preview is None:
            self.preview = Preview(self._counter.look, self._screen.window())
        self.preview.show_file(self._name(), content, lambda: self._send(content), lambda: self._save(content))

    def _send(self, content: bytes) -> None:
        chosen = printer_for(self._counter.settings, self._kind)
        printers = self._counter.service.printers
        self._desk.run(put_on_paper, printers, content, chosen, self._name(), then=self._came, owner=self)

    def _came(self, job: PrintJob) -> None:
        if job.state is not PrintState.DONE:
            details: dict[str, Any] = {"printer": job.printer, "detail": job.detail}
            why = {"letter": self._name, "why": lambda: message(job.code, details), **details}
            self._desk.bus.tell(Notice(Level.WARNING, job.code, why, self._key))

    def _save(self, content: bytes) -> None:
        def picked(file: Path) -> None:
            self._desk.run(write, content, file, owner=self)

        self._counter.notices.pick_file(_("Lưu thành tệp"), [_("Tệp PDF (*.pdf)")], picked, save=self._file)


__all__ = ["PlainPrint"]
