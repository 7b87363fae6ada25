"""The fields of the procedure's own form: taken from people where they say so, typed over where the clerk knows."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desktop.assets import Look
from desktop.models import person_words
from desktop.views.filling import Fault, Filling
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down
from desktop.views.wording import Words
from onestop.rules.errors import RuleBroken
from onestop.rules.identity import read_birth_date
from onestop.rules.procedure import FormField, Procedure
from onestop.rules.text import clean
from onestop.texts import _, message

MOST_COLUMNS = 3


class FieldsPanel(QWidget):
    """One input for each field, in as many columns as there is room for."""

    touched = Signal()

    def __init__(self, look: Look, filling: Filling) -> None:
        super().__init__()
        self._look, self._filling = look, filling
        self._procedure: Procedure | None = None
        self.fields: dict[str, Field] = {}
        self._declared: dict[str, FormField] = {}
        self._doubt = Words(look, _("chưa xác nhận"), "note", "warning")
        self._doubt.setToolTip(_("Các mục này chưa được đối chiếu với mẫu tờ khai"))
        head = across(look, Words(look, _("Thông tin tờ khai"), tone="quiet", strong=True), None, self._doubt)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(*[look.space("none")] * 4)
        self._grid.setHorizontalSpacing(look.space("m"))
        self._grid.setVerticalSpacing(look.space("s"))
        self.setLayout(down(look, head, self._grid, gap="xs"))
        filling.resumed.connect(self._judge)
        filling.procedure_changed.connect(self.show_fields)
        filling.proposed.connect(self._show_values)
        self.show_fields()

    def show_fields(self) -> None:
        """The fields of the procedure picked."""
        procedure = self._filling.procedure
        if procedure is not self._procedure:
            self._procedure = procedure
            self._make(procedure.fields if procedure else ())
        self.setVisible(bool(self._declared))
        self._doubt.setVisible(procedure is not None and "fields" in procedure.unconfirmed)
        self._show_values()

    def _make(self, declared: tuple[FormField, ...]) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.fields, self._declared = {}, {}
        columns = self._columns(declared)
        for column in range(MOST_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        place = 0
        for each in declared:
            if each.type == "note":
                note = Words(self._look, each.label, "note", "quiet", wrap=True)
                row = -(-place // columns)
                self._grid.addWidget(note, row, 0, 1, columns)
                place = (row + 1) * columns
                continue
            field = self._field(each)
            wide = 1 if columns == 1 or self._fits(each, columns) else 2
            if place % columns + wide > columns:
                place += columns - place % columns
            self._grid.addWidget(field, place // columns, place % columns, 1, wide)
            place += wide
            self.fields[each.name], self._declared[each.name] = field, each

    def _columns(self, declared: tuple[FormField, ...]) -> int:
        """Three where every label fits into a third, else two; with large letters one less."""
        asked = [each for each in declared if each.type != "note"]
        columns = MOST_COLUMNS if all(self._fits(each, MOST_COLUMNS) for each in asked) else MOST_COLUMNS - 1
        return columns - 1 if self._look.large else columns

    def _fits(self, each: FormField, columns: int) -> bool:
        room = self._look.size("field_column") * MOST_COLUMNS // columns
        return self._look.metrics().horizontalAdvance(each.label) <= room

    def _field(self, each: FormField) -> Field:
        if each.type == "choice":
            choice = Choice(self._look, [("", _("chưa chọn")), *((text, text) for text in each.choices)])
            choice.setMinimumContentsLength(1)
            choice.currentIndexChanged.connect(
                lambda _index: self._filling.set_field(each.name, str(choice.value or ""))
            )
            return Field(self._look, each.label, choice, required=each.required)
        line = QLineEdit()
        line.setMaxLength(1000)
        if each.type == "date":
            line.setPlaceholderText(_("ngày/tháng/năm"))
        line.textEdited.connect(partial(self._typed, each))
        line.editingFinished.connect(partial(self._left, each, line))
        return Field(self._look, each.label, line, required=each.required)

    def _show_values(self) -> None:
        values = self._filling.field_values
        for name, field in self.fields.items():
            control, value = field.control, values.get(name, "")
            if isinstance(control, Choice):
                control.blockSignals(True)
                control.choose(value)
                control.blockSignals(False)
            elif isinstance(control, QLineEdit) and not control.hasFocus():
                text = person_words.born(value) if self._declared[name].type == "date" else value
                if control.text() != text:
                    control.setText(text)
                    control.setCursorPosition(0)

    def _typed(self, each: FormField, text: str) -> None:
        value, _fault = read_typed(each, text)
        self._filling.set_field(each.name, value)

    def _left(self, each: FormField, line: QLineEdit) -> None:
        """The person has finished with it: say what cannot be right; nothing typed is thrown away."""
        field = self.fields.get(each.name)
        if field is None or field.control is not line:
            return
        _value, fault = read_typed(each, line.text())
        self._filling.set_fault(f"fields.{each.name}", fault)
        field.say_wrong(message(fault.code, dict(fault.details)) if fault else "")
        self.touched.emit()

    def _judge(self) -> None:
        """A draft may hold what cannot be right: that is said again."""
        for name, field in self.fields.items():
            if isinstance(field.control, QLineEdit):
                self._left(self._declared[name], field.control)

    def begin(self, name: str) -> bool:
        """Put the focus into this field."""
        field = self.fields.get(name)
        if field is not None:
            field.control.setFocus()
        return field is not None

    def lock(self, locked: bool) -> None:
        """Received: only to be read."""
        for field in self.fields.values():
            field.control.setEnabled(not locked)


def read_typed(each: FormField, text: str) -> tuple[str, Fault | None]:
    """What is kept of a typed text, and what is wrong with it: dates as ISO, numbers with a point."""
    kept = clean(text)
    if not kept:
        return "", None
    if each.type == "date":
        try:
            return read_birth_date(kept), None
        except RuleBroken:
            return kept, Fault("field.date-unreadable", {"text": kept})
    if each.type == "number" and not re.fullmatch(r"[0-9][0-9., ]*", kept):
        return kept, Fault("field.not-a-number", {"text": kept})
    return kept, None
