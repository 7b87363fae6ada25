"""What a card of the office's own settings is: read when the page is shown, locked for whoever may not change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.views.boxes import Card, Note
from desktop.views.inputs import Field
from desktop.views.screen import Counter
from desktop.views.wording import Words
from onestop.rules.errors import RuleBroken
from onestop.rules.roles import Permission
from onestop.texts import _, message


class OfficePart(Card):
    """One card. `key` names it in the menu; `tables`: those whose changes it hears; `permission` to
    change anything, None for what anybody may do."""

    key = ""
    title = ""
    tables: frozenset[str] = frozenset()
    permission: Permission | None = Permission.EDIT_OFFICE

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter.look, gap="m")
        self.counter = counter
        self.desk: Desk = counter.desk
        self.may_change = self.permission is None or counter.commands.may(self.permission)
        self.setAccessibleName(self.title)
        self.add(Words(self.look, self.title, "lead", strong=True))
        if not self.may_change:
            self.add(Words(self.look, _("Chỉ người phụ trách được đổi"), "note", "quiet"))
        self.fault = Note(self.look, "", "danger")
        self.fault.hide()

    def load(self) -> None:
        """Read what it shows."""

    def hear(self, changes: Mapping[str, frozenset[str]]) -> None:
        """Rows of its tables have changed."""
        if self.tables & changes.keys():
            self.load()

    def first(self) -> QWidget:
        """Where the focus goes when it is chosen in the menu."""
        return self

    def refuse(self, fields: Mapping[str, Field]) -> Callable[[RuleBroken], None]:
        """What to do with a fault: said at its field, or at the foot of the card."""

        def said(broken: RuleBroken) -> None:
            key, text = str(broken.details.get("field") or ""), message(broken.code, broken.details)
            if key in fields:
                fields[key].say_wrong(text)
                fields[key].control.setFocus()
            else:
                self.fault.say(text)

        return said

    def calm(self, fields: Mapping[str, Field]) -> None:
        """Nothing is at fault any more."""
        self.fault.say("")
        for field in fields.values():
            field.clear()

    def office(self) -> Any:
        """The open office, for work that is run off the GUI thread."""
        return self.counter.service.office


__all__ = ["OfficePart"]
