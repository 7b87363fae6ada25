"""Nhập bù at Tiếp nhận: which pre-printed sheet is being entered, its moment, who received, why; it stays on from sheet
to sheet until it is switched off, so that a whole morning is entered in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from desktop.assets import Look
from desktop.desk import Desk
from desktop.models import late_words
from desktop.views.boxes import Box
from desktop.views.buttons import Button
from desktop.views.filling import Fault, Filling
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, show_if
from desktop.views.receive_way import Stop
from onestop import clock
from onestop.queries import office
from onestop.queries.office import ClerkRow
from onestop.rules import late_entry as rules
from onestop.rules.errors import RuleBroken
from onestop.rules.late_entry import LateEntry
from onestop.rules.roles import Permission, may
from onestop.texts import _, message

SHEET, AT, BY, REASON = "late_entry.sheet", "late_entry.at", "late_entry.by", "late_entry.reason"


class LateBar(Box):
    """The strip above the three columns. `switched(on)`; `day_changed` when the paper is of another day; `onward` with
    Enter."""

    switched = Signal(bool)
    onward = Signal()
    day_changed = Signal()

    def __init__(self, look: Look, desk: Desk, filling: Filling) -> None:
        super().__init__(look, "warning", padding="s", gap="xs")
        self._desk, self._filling = desk, filling
        self.on = False
        self._wanted = ""
        """Who received, until the clerks have been read."""
        self.sheet, self.at = QLineEdit(), QLineEdit()
        self.sheet.setPlaceholderText("T-")
        self.at.setPlaceholderText(_("23/11/2026 9:05"))
        self.by, self.reason = Choice(look), Choice(look, [("", _("chọn lý do")), *late_words.reasons()])
        self.fields = {
            SHEET: Field(look, _("Mã tạm trên giấy"), self.sheet, required=True),
            AT: Field(look, _("Ngày giờ trên giấy"), self.at, required=True),
            BY: Field(look, _("Người nhận"), self.by, required=True),
            REASON: Field(look, _("Lý do"), self.reason, required=True),
        }
        self.sheet.textEdited.connect(lambda _text: self._typed())
        self.at.textEdited.connect(lambda _text: self._typed())
        for line in (self.sheet, self.at):
            line.returnPressed.connect(self.onward)
        for choice in (self.by, self.reason):
            choice.currentIndexChanged.connect(lambda _at: self._typed())
        self.off_button = Button(look, _("Thôi nhập bù"), icon="x")
        self.off_button.clicked.connect(self.switch_off)
        shares = {SHEET: 3, AT: 3, BY: 3, REASON: 2}
        row = across(look, *((self.fields[key], share) for key, share in shares.items()), self.off_button, gap="m")
        for field in self.fields.values():
            row.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        row.setAlignment(self.off_button, Qt.AlignmentFlag.AlignBottom)
        self.add(row)
        self.setAccessibleName(_("Nhập bù từ giấy in sẵn"))
        filling.begun.connect(self._another)
        filling.resumed.connect(self._taken_up)
        self.hide()

    # -- on and off

    def switch(self) -> None:
        """On, or off again."""
        if self.on:
            self.switch_off()
        else:
            self.switch_on()

    def switch_on(self, sheet: str = "") -> None:
        """Show the strip. `sheet`: the code that the reader has heard."""
        if sheet:
            self.sheet.setText(sheet)
        self._show()
        self._typed()
        (self.at if self.sheet.text().strip() else self.sheet).setFocus()

    def _show(self) -> None:
        if not self.on:
            self.on = True
            self._desk.ask(office.clerks, then=self._clerks, owner=self, key="late-clerks")
            show_if(self, True)
            self.switched.emit(True)

    def switch_off(self) -> None:
        """What is received from now on is received now."""
        if not self.on:
            return
        self.on = False
        self.sheet.clear()
        show_if(self, False)
        for field in (SHEET, AT):
            self._filling.set_fault(field, None)
        self._filling.set_late(None)
        self.switched.emit(False)
        self.day_changed.emit()

    def lock(self, locked: bool) -> None:
        """Received: nothing is to be changed any more."""
        for control in (self.sheet, self.at, self.by, self.reason):
            control.setEnabled(not locked)

    def _another(self) -> None:
        """The next sheet: its day, clerk and reason are mostly those of the one before."""
        self.lock(False)
        if self.on:
            self.sheet.clear()
            moment = self._moment()
            self.at.setText(f"{moment:%d/%m/%Y} " if moment is not None else "")
            self._typed()

    def _taken_up(self) -> None:
        """A draft that was begun as Nhập bù goes on as such, any other one is not."""
        late = self._filling.late_entry
        if late is None:
            self.switch_off()
            return
        self._wanted = late.by
        self._show()
        for choice, value in ((self.reason, late.reason), (self.by, late.by)):
            choice.blockSignals(True)
            choice.choose(value)
            choice.blockSignals(False)
        self.sheet.setText(late.sheet)
        self.at.setText(late.at)
        self._typed()

    def _clerks(self, rows: Sequence[ClerkRow]) -> None:
        wanted = self._wanted or str(self.by.value or "")
        known = [(row.id, row.name) for row in rows if may(row.role, Permission.RECEIVE)]
        self.by.set_choices([("", _("chọn người nhận")), *known])
        self.by.choose(wanted)
        self._typed()

    # -- what is typed

    def _typed(self) -> None:
        if not self.on:
            return
        for field in self.fields.values():
            field.clear()
        before, by = self._filling.day, str(self.by.value or "")
        if self.by.count():
            self._wanted = by
        late = LateEntry(self.sheet.text().strip(), self.at.text().strip(), self._wanted, str(self.reason.value or ""))
        self._judge(late)
        self._filling.set_late(late)
        if self._filling.day != before:
            self.day_changed.emit()

    def _judge(self, late: LateEntry) -> None:
        """What cannot be, as far as it can be seen without asking the store."""
        checks: tuple[tuple[str, str, Callable[[], object]], ...] = (
            (SHEET, late.sheet, lambda: rules.read_sheet(late.sheet)),
            (AT, late.at, lambda: rules.demand_past(rules.read_moment(late.at), clock.now())),
        )
        for key, text, check in checks:
            fault = None
            if text:
                try:
                    check()
                except RuleBroken as broken:
                    fault = Fault(broken.code, broken.details)
            self._filling.set_fault(key, fault)

    def _moment(self) -> datetime | None:
        try:
            return rules.read_moment(self.at.text())
        except RuleBroken:
            return None

    # -- what is still needed

    def stops(self) -> list[Stop]:
        """What the strip still needs, before everything else: faults are named by the way there."""
        late = self._filling.late_entry
        if not self.on or late is None:
            return []
        found = []
        for place, (key, text) in enumerate(((SHEET, late.sheet), (AT, late.at), (BY, late.by), (REASON, late.reason))):
            label = self.fields[key].label.text().lower()
            wrong = key in self._filling.faults
            if not text or wrong:
                words = _("{field} chưa đúng").format(field=label) if wrong else label
                found.append(Stop((0, place - 9), words, self._to(key)))
        return found

    def _to(self, key: str) -> Callable[[], object]:
        def go() -> None:
            fault = self._filling.faults.get(key)
            if fault is not None:
                self.fields[key].say_wrong(message(fault.code, fault.details))
            self.fields[key].control.setFocus()

        return go

    def refuse(self, broken: RuleBroken) -> bool:
        """The rules said no to something here: say it at its field. False where it is about something else."""
        key = str(broken.details.get("field") or "")
        if not self.on or key not in self.fields:
            return False
        self.fields[key].say_wrong(message(broken.code, broken.details))
        self.fields[key].control.setFocus()
        return True


__all__ = ["LateBar"]
