"""Tờ phân cách on their way to paper: looked at, printed or kept as a file. They are no letters: no act, no number."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.bus import Level
from desktop.jobs import Report
from desktop.reports import separator
from desktop.reports.separator import Separator
from desktop.views.plain_print import PlainPrint
from desktop.views.preview import Preview
from desktop.views.screen import Counter
from onestop import clock
from onestop.actions.pages import Owner
from onestop.queries import scanning
from onestop.queries.scanning import Bench
from onestop.rules.errors import RuleBroken
from onestop.texts import _

FILE = "to-phan-cach.pdf"


class SeparatorPrint(QObject):
    """One for a screen: `print(owner)` shows the sheets of a draft or dossier, Enter prints them."""

    def __init__(self, counter: Counter, screen: QWidget) -> None:
        super().__init__(screen)
        self._counter, self._desk = counter, counter.desk
        self._sheets = PlainPrint(counter, screen, lambda: _("Tờ phân cách"), FILE, "separators")

    @property
    def preview(self) -> Preview | None:
        """The sheets as they are looked at."""
        return self._sheets.preview

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
        self._desk.run(drawn, sheets, then=self._sheets.show, owner=self)


def drawn(report: Report, sheets: tuple[Separator, ...]) -> bytes:
    """In a worker: the sheets as one PDF."""
    report.step()
    return separator.draw(sheets)
