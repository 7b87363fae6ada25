"""What can be done with a kept paper beside looking at it: signed, its signatures read, copied out. Small links under
its line, in the pane of a dossier and on the scan screen."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.assets import Look
from desktop.models import page_words
from desktop.views.buttons import Button
from desktop.views.laying import Flow
from desktop.views.screen import Counter
from onestop.queries.papers import DocumentRow
from onestop.texts import _

Links = Callable[[DocumentRow], list[Button]]


class PaperLinks(QObject):
    """One for a screen; `of(paper)` makes the links. The sheets are made when they are first asked for: what they are
    made of takes a moment to load."""

    def __init__(self, counter: Counter, screen: QWidget, place: str) -> None:
        super().__init__(screen)
        self._counter, self._screen, self._place = counter, screen, place
        self.signatures: Any = None
        self.copy: Any = None

    def of(self, paper: DocumentRow) -> list[Button]:
        """What can be done with this paper by whoever is at the desk."""
        clerk, may = self._counter.clerk(), self._counter.commands.allowed("go.sign")
        if paper.blob is None or paper.dropped is not None:
            return []
        found = []
        if may and clerk is not None and paper.waits_for(clerk.id):
            found.append(self._link(_("Ký số ngay"), paper, self.sign))
        if paper.is_signed:
            found.append(self._link(_("Xem chữ ký"), paper, self.show_signatures))
        if may:
            found.append(self._link(_("Sao y điện tử…"), paper, self.copy_out))
        return found

    def _link(self, text: str, paper: DocumentRow, call: Callable[[DocumentRow], None]) -> Button:
        name = f"{text} {paper.about.title}, {page_words.came_as(paper)}"
        button = Button(self._counter.look, text, "link", name=name)
        button.clicked.connect(lambda _checked=False: call(paper))
        return button

    def sign(self, paper: DocumentRow) -> None:
        """To the papers that wait, with this one marked."""
        self._counter.go("sign", paper=paper.id, back=self._place)

    def show_signatures(self, paper: DocumentRow) -> None:
        """Who signed it, and whether that holds."""
        if self.signatures is None:
            sheet = importlib.import_module("desktop.views.signatures_sheet").SignaturesSheet
            counter = self._counter
            self.signatures = sheet(counter.look, counter.desk, counter.service, self._screen.window())
        self.signatures.open_for(paper)

    def copy_out(self, paper: DocumentRow) -> None:
        """Its electronic copy."""
        if self.copy is None:
            sheet = importlib.import_module("desktop.views.copy_sheet").CopySheet
            self.copy = sheet(self._counter, self._screen.window())
        self.copy.open_for(paper)


def in_line(look: Look, *widgets: QWidget) -> QWidget:
    """Side by side, in a second line where there is no room."""
    whole = QWidget()
    flow = Flow(look)
    for widget in widgets:
        widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        flow.addWidget(widget)
    whole.setLayout(flow)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    whole.setSizePolicy(policy)
    return whole
