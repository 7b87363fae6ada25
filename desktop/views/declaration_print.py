"""Tờ khai điền sẵn of a dossier that is still being filled in: looked at, printed for the citizen to sign. No act is
written: it is his own paper, and comes back as a paper of the dossier."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.jobs import Report
from desktop.reports import declaration
from desktop.views.plain_print import PlainPrint
from desktop.views.preview import Preview
from desktop.views.printing_flow import of_letter
from desktop.views.screen import Counter
from onestop.queries import reception
from onestop.rules.declarations import DeclarationLetter
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import ReceiveForm
from onestop.rules.letters import FormKey, Paper
from onestop.texts import _

FILE = "to-khai.pdf"


class DeclarationPrint(QObject):
    """One for a screen: `print(form, at)` shows the declaration of a form, Enter prints it."""

    def __init__(self, counter: Counter, screen: QWidget) -> None:
        super().__init__(screen)
        self._counter, self._desk = counter, counter.desk
        kind = FormKey.DECLARATION
        self._pages = PlainPrint(counter, screen, lambda: _("Tờ khai điền sẵn"), FILE, "declaration", kind)

    @property
    def preview(self) -> Preview | None:
        """The declaration as it is looked at."""
        return self._pages.preview

    def print(self, form: ReceiveForm, at: datetime, refused: Callable[[RuleBroken], None]) -> None:
        """Fill it in, draw it and show it."""
        self._desk.ask(reception.declaration, form, at, then=self._draw, or_else=refused, owner=self, key="declaration")

    def _draw(self, letter: DeclarationLetter) -> None:
        chosen = of_letter(self._counter.settings, "paper", FormKey.DECLARATION)
        paper = Paper(chosen.upper()) if chosen else None
        self._desk.run(drawn, letter, paper, then=self._pages.show, owner=self)


def drawn(report: Report, letter: DeclarationLetter, paper: Paper | None) -> bytes:
    """In a worker: the declaration as PDF."""
    report.step()
    return declaration.draw(letter, paper)
