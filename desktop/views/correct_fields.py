"""The inputs of a correction: each knows the value that stands, is marked once it says another, and says which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.assets import Look
from desktop.models import correct_words as words
from desktop.models import person_words
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down
from desktop.views.receive_fields import read_typed
from desktop.views.wording import Words
from onestop.queries.dossiers import ComponentRow
from onestop.rules import correcting as rules
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import By
from onestop.rules.procedure import FormField
from onestop.rules.text import clean
from onestop.texts import _

COUNT_WIDTH = "figure_field"


class Entry(QObject):
    """One input: `value()` as it would be kept; `changed` where that is not what stands; `called`: what a fault names
    it by."""

    def __init__(self, look: Look, called: str, label: str, control: QLineEdit | Choice, old: Any) -> None:
        self.field = Field(look, label, control)
        super().__init__(self.field)
        self.called, self.old, self.control = called, old, control
        if isinstance(control, Choice):
            control.choose(old)
            control.currentIndexChanged.connect(self.mark)
        else:
            control.setMaxLength(rules.LONGEST)
            control.setText(self.shown(old))
            control.setCursorPosition(0)
            control.textChanged.connect(self.mark)

    def shown(self, value: Any) -> str:
        """A value as it stands in the line."""
        return "" if value is None else str(value)

    def value(self) -> Any:
        """What is said now."""
        if isinstance(self.control, Choice):
            return self.control.value
        return clean(self.control.text()) or None

    @property
    def changed(self) -> bool:
        """Does it say something else than what stands?"""
        return (self.value() or None) != (self.old or None)

    def mark(self) -> None:
        """Say what stood there before, where it is another value now."""
        if not self.changed:
            self.field.clear()
            return
        self.field.say_note(_("trước: {old}").format(old=self._was() or _("để trống")), "accent")

    def _was(self) -> str:
        if isinstance(self.control, Choice):
            return self.control.itemText(self.control.findData(self.old))
        return self.shown(self.old)


class FormEntry(Entry):
    """A field of the procedure's own form: a day is read as a day, a number as a number."""

    def __init__(self, look: Look, declared: FormField, old: Any) -> None:
        self.declared = declared
        control: QLineEdit | Choice = QLineEdit()
        if declared.type == "choice":
            known = [*declared.choices, *([old] if old and old not in declared.choices else [])]
            control = Choice(look, [(None, _("chưa chọn")), *((each, str(each)) for each in known)])
        elif declared.type == "date" and isinstance(control, QLineEdit):
            control.setPlaceholderText(_("ngày/tháng/năm"))
        super().__init__(look, f"fields.{declared.name}", declared.label, control, old)

    def shown(self, value: Any) -> str:
        text = super().shown(value)
        return person_words.born(text) if self.declared.type == "date" else text

    def value(self) -> Any:
        given = super().value()
        if isinstance(given, str) and not isinstance(self.control, Choice):
            kept, _fault = read_typed(self.declared, given)
            return kept or None
        return given or None

    def demand_readable(self) -> None:
        """RuleBroken field.date-unreadable, field.not-a-number."""
        if isinstance(self.control, QLineEdit):
            _kept, fault = read_typed(self.declared, self.control.text())
            if fault is not None:
                raise RuleBroken(fault.code, field=self.called, **dict(fault.details))


class PaperRow(QWidget):
    """A component: how it came, how many of each, a remark; under it what stood before."""

    def __init__(self, look: Look, row: ComponentRow) -> None:
        super().__init__()
        self.key, self.name = row.key, row.name
        self._old: dict[str, Any] = {
            "by": row.by or By.SUBMITTED.value,
            "originals": row.originals,
            "certified": row.certified,
            "copies": row.copies,
            "reason": row.reason,
        }
        self._status = row.status
        known = [(key, text) for key, text in words.by_names().items() if key != By.REUSED or row.by == By.REUSED]
        self.by = Choice(look, [(key.value if isinstance(key, By) else key, text) for key, text in known])
        self.by.choose(self._old["by"])
        self.by.setAccessibleName(_("{paper}: cách nộp").format(paper=row.name))
        self.counts: dict[str, QLineEdit] = {}
        names = {"originals": _("bản chính"), "certified": _("bản chứng thực"), "copies": _("bản sao")}
        parts: list[QWidget] = []
        for key, text in names.items():
            line = QLineEdit(str(self._old[key]))
            line.setValidator(QIntValidator(0, rules.MOST, line))
            line.setFixedWidth(look.size(COUNT_WIDTH))
            line.setAccessibleName(f"{row.name}: {text}")
            line.textChanged.connect(self.mark)
            self.counts[key] = line
            parts += [line, Words(look, text, "note", "quiet")]
        self.reason = QLineEdit(row.reason or "")
        self.reason.setPlaceholderText(_("ghi chú"))
        self.reason.setAccessibleName(_("{paper}: ghi chú").format(paper=row.name))
        self.by.currentIndexChanged.connect(self.mark)
        self.reason.textChanged.connect(self.mark)
        self.note = Words(look, "", "note", "quiet", wrap=True)
        self.note.hide()
        line_of = across(look, self.by, *parts, (self.reason, 1))
        self.setLayout(down(look, Words(look, row.name, wrap=True), line_of, self.note, gap="xs"))

    def changes(self) -> dict[str, Any]:
        """What is said otherwise, as a correction takes it."""
        said: dict[str, Any] = {key: int(line.text() or 0) for key, line in self.counts.items()}
        said["by"] = self.by.value
        said["reason"] = clean(self.reason.text()) or None
        return {key: value for key, value in said.items() if value != self._old[key]}

    def mark(self) -> None:
        """Say what stood there before, where something is otherwise now."""
        old = words.value(f"component:{self.key}", {**self._old, "status": self._status})
        self.say(_("trước: {old}").format(old=old) if self.changes() else "", "accent")

    def say(self, text: str, tone: str) -> None:
        """Say it under the row; "" says nothing."""
        self.note.say(text)
        self.note.set_tone(tone)
        self.note.setVisible(bool(text))
        self.by.setAccessibleDescription(text)


def first_of(entries: Sequence[Entry], group: str) -> Entry | None:
    """The entry at which something is said about a whole group."""
    called = {"contact": "phone", "delivery": "delivery.way"}.get(group, group.replace("field:", "fields."))
    return next((each for each in entries if each.called == called), None)
