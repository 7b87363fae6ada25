"""What a person does with pages goes to the store step by step, in that order, and can be taken back step by step."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.bus import Level
from desktop.desk import Desk
from desktop.models.pages import PagesModel
from onestop.actions import pages, paper_changes
from onestop.actions.pages import Change
from onestop.actions.paper_changes import ArrangeForm
from onestop.rules.errors import RuleBroken
from onestop.texts import message

STEPS_BACK = 100


class Arranger(QObject):
    """Writes what the model of a strip says. `refused(sentence)` when the store will not have it: what is shown is then
    read anew by whoever hears it. `undone(ids)` names the pages of a step that was taken back."""

    refused = Signal(str)
    undone = Signal(object)

    def __init__(self, desk: Desk, model: PagesModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._model = desk, model
        self._back: list[tuple[Change, ...]] = []
        self._pending = 0
        self._wanted = 0
        model.arranged.connect(self._arrange)
        model.rearranged.connect(self._rearrange)

    @property
    def pending(self) -> bool:
        """Is something on its way to the store? What is read meanwhile is older than what is shown."""
        return self._pending > 0

    def begin(self) -> None:
        """Another draft or dossier: what was done before is not taken back any more."""
        self._back.clear()
        self._wanted = 0

    def undo(self) -> None:
        """Take the last step back."""
        if self._model.paper is not None:
            if not self._model.undo():
                self._desk.tell(Level.NOTE, "page.nothing-to-undo")
        elif self._pending:
            self._wanted += 1  # the way back of the last step is not known before the store has answered
        elif self._back:
            self._write(pages.arrange, self._back.pop(), undoing=True)
        else:
            self._desk.tell(Level.NOTE, "page.nothing-to-undo")

    def _arrange(self, changes: tuple[Change, ...]) -> None:
        self._write(pages.arrange, changes)

    def _rearrange(self, form: ArrangeForm) -> None:
        self._write(paper_changes.arrange, form)

    def _write(self, action: Any, form: Any, *, undoing: bool = False) -> None:
        self._pending += 1

        came_back: list[str] = []
        refusal: list[str] = []

        def done(back: Any) -> None:
            if undoing:
                came_back.extend(change.page for change in form)
            elif back:
                self._back = [*self._back, back][-STEPS_BACK:]

        def refuse(broken: RuleBroken) -> None:
            refusal.append(message(broken.code, broken.details))

        # Only then is what is read as new as what is shown.
        def ended() -> None:
            self._pending -= 1
            if came_back:
                self.undone.emit(came_back)
            if refusal:
                self._wanted = 0
                self.refused.emit(refusal[0])
            if self._wanted and not self._pending:
                self._wanted -= 1
                self.undo()

        self._desk.do(action, form, then=done, or_else=refuse, always=ended, owner=self)
