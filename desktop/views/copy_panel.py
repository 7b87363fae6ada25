"""The copy panel: a dossier goes into another system field by field, each by one key; then its code comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QGuiApplication

from desktop.assets import Look
from desktop.desk import Desk
from desktop.views.widgets import Box, Button, Pill, Words, across
from onestop.actions import citizens
from onestop.queries import copy_panel
from onestop.queries.copy_panel import CopyField
from onestop.queries.copy_panel import CopyPanel as Fields
from onestop.rules.copy_panel import NUMBER
from onestop.rules.errors import RuleBroken
from onestop.texts import _, message


class CopyPanel(Box):
    """`forward(dossier)` copies the next field, `back()` the one before again; `finished` after the last: now the other
    system has given its code. A number of a person is opened by an act when it is copied, not before."""

    finished = Signal()

    def __init__(self, look: Look, desk: Desk, forward: QAction, back: QAction) -> None:
        super().__init__(look, "accent", padding="m", gap="s")
        self._desk = desk
        self._fields: Fields | None = None
        self._at = -1
        self.title = Words(look, "", "note", "accent_soft_ink", elide=True)
        self.example = Pill(look, _("mẫu thử"), "warning")
        self.copied = Words(look, "", strong=True, wrap=True)
        self.text = Words(look, "", figures=True, wrap=True)
        self.following = Words(look, "", "note", "accent_soft_ink", wrap=True)
        self.next_button = Button(look, _("Chép ô kế tiếp"), "main", action=forward)
        self.back_button = Button(look, _("Ô trước"), action=back)
        head = across(look, (self.title, 1), self.example)
        self.add(head, self.copied, self.text, self.following)
        self.add(across(look, (self.next_button, 3), (self.back_button, 2)))
        self.hide()

    @property
    def place(self) -> int:
        """Which field was copied last, from 0; -1 before the first."""
        return self._at

    def forward(self, dossier: str) -> None:
        """The next field of this dossier; the first one where the panel was not open."""
        if self._fields is None or self._fields.dossier != dossier or self.isHidden():
            self._desk.ask(copy_panel.panel, dossier, then=self._begin, owner=self, key="fields")
        elif self._at + 1 < len(self._fields.fields):
            self._copy(self._at + 1)
        else:
            self.put_away()
            self.finished.emit()

    def back(self) -> None:
        """The field before, once more."""
        if self._fields is not None and self._at > 0:
            self._copy(self._at - 1)

    def put_away(self) -> None:
        """Close it; the next time it begins anew."""
        self._fields, self._at = None, -1
        self.hide()

    def _begin(self, fields: Fields | None) -> None:
        if fields is None or not fields.fields:
            return
        self._fields = fields
        self.title.say(fields.name)
        self.example.setVisible(fields.example)
        self.show()
        self._copy(0)

    def _copy(self, place: int) -> None:
        if self._fields is None:
            return
        field = self._fields.fields[place]
        if field.opens is None:
            self._put(place, field.text)
        else:
            self._desk.do(
                citizens.open_number,
                field.opens,
                then=self._opened(place, field),
                or_else=self._refused,
                owner=self,
            )

    def _opened(self, place: int, field: CopyField) -> Callable[[Mapping[str, Any]], None]:
        return lambda values: self._put(place, str(values.get(NUMBER) or field.text))

    def _put(self, place: int, text: str) -> None:
        if self._fields is None:
            return
        fields, self._at = self._fields.fields, place
        QGuiApplication.clipboard().setText(text)
        field = fields[place]
        self.copied.say(
            _("Đã chép {place}/{count}: {label}").format(place=place + 1, count=len(fields), label=field.label)
        )
        self.text.say(field.text)
        rest = fields[place + 1].label if place + 1 < len(fields) else _("ghi mã mà hệ thống kia cấp")
        self.following.say(_("Dán vào hệ thống kia. Tiếp theo: {label}").format(label=rest))
        self.setAccessibleName(f"{self.copied.text()}. {self.following.text()}")

    def _refused(self, broken: RuleBroken) -> None:
        self.following.say(message(broken.code, broken.details))


__all__ = ["CopyPanel"]
