"""Lịch làm việc: the office's hours and its dated table of days off and make-up days, added to, changed, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from desktop.bus import Level
from desktop.models import catalogue as words
from desktop.models import office as models
from desktop.models.table import TableModel
from desktop.views.boxes import Hairline
from desktop.views.buttons import Button, Chips
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down
from desktop.views.lists import ListView
from desktop.views.office_part import OfficePart
from desktop.views.screen import Counter
from desktop.views.standing import EmptyState
from desktop.views.wording import Words
from onestop import clock
from onestop.actions import catalogue as actions
from onestop.actions import manage
from onestop.actions.catalogue import DayForm
from onestop.actions.manage import OfficeForm
from onestop.queries import office as queries
from onestop.queries.office import OfficeRow
from onestop.rules.calendar import (
    WEEKDAYS,
    DayKind,
    DayOff,
    OfficeHours,
    hours_to_plain,
    read_hours,
)
from onestop.rules.errors import RuleBroken
from onestop.texts import _, message

ROWS = 9


class DaysPart(OfficePart):
    """Hours of the week above, dated exceptions of one year below."""

    key = "days"
    tables = frozenset({"day_off", "office"})

    def __init__(self, counter: Counter) -> None:
        self.title = _("Lịch làm việc")
        super().__init__(counter)
        look = self.look
        self._days: tuple[DayOff, ...] = ()
        self._hours_begun: dict[str, list[str]] = {}
        self.hours: list[tuple[QLineEdit, QCheckBox]] = []
        self.add(self._week(), Hairline(look))
        today = clock.today()
        years = [str(year) for year in range(today.year - 1, today.year + 3)]
        self.years = Chips(look, [(year, year) for year in years], _("Năm"))
        self.years.choose(str(today.year))
        self.years.picked.connect(lambda _year: self._show_year())
        self.model = TableModel(look, models.day_columns(), row_id=lambda row: row.date)
        self.empty = EmptyState(
            look, "calendar-days", _("Chưa có ngày nào trong năm này"), _("Thêm từng ngày, hoặc nhập bảng ngày nghỉ.")
        )
        self.list = ListView(look, self.model, _("Ngày nghỉ và ngày làm bù"), empty=self.empty)
        self.list.setFixedHeight(look.size("header") + look.size("row") * ROWS)
        self.list.picked.connect(self._pick)
        self.new = Button(look, _("Thêm ngày"), icon="plus")
        self.new.clicked.connect(self._begin)
        heading = Words(look, _("Ngày nghỉ và ngày làm bù"), strong=True)
        self.add(heading, across(look, (self.years, 1), self.new))
        self.add_wide(self.list)
        self.add(self._editor(), self.fault)
        self._lock()

    # -- the week

    def _week(self) -> QWidget:
        look, grid, week = self.look, QGridLayout(), QWidget()
        grid.setContentsMargins(*[look.space("none")] * 4)
        grid.setHorizontalSpacing(look.space("m"))
        grid.setVerticalSpacing(look.space("xs"))
        for column, title in enumerate((_("Ngày"), _("Giờ làm việc"), _("Ngày làm việc"))):
            grid.addWidget(Words(look, title, "note", "quiet", strong=True), 0, column)
        for at, name in enumerate(models.WEEKDAYS, 1):
            line, counted = QLineEdit(), QCheckBox()
            line.setPlaceholderText(_("không làm việc"))
            line.setAccessibleName(_("Giờ làm việc {day}").format(day=_(name)))
            line.setAccessibleDescription(_("Ghi dạng 07:00-11:30, 13:30-17:00."))
            counted.setAccessibleName(_("{day} tính là ngày làm việc").format(day=_(name)))
            line.textEdited.connect(lambda _text: self._hours_moved())
            counted.toggled.connect(lambda _on: self._hours_moved())
            grid.addWidget(Words(look, _(name)), at, 0)
            grid.addWidget(line, at, 1)
            grid.addWidget(counted, at, 2, Qt.AlignmentFlag.AlignLeft)
            self.hours.append((line, counted))
        grid.setColumnStretch(1, 1)
        self.hours_fault = Words(look, "", "note", "danger", wrap=True)
        self.hours_fault.hide()
        self.keep_hours = Button(look, _("Lưu giờ làm việc"))
        self.keep_hours.clicked.connect(self._keep_hours)
        week.setLayout(down(look, grid, self.hours_fault, across(look, self.keep_hours, None), gap="s"))
        return week

    def _hours_moved(self) -> None:
        self.hours_fault.hide()
        self.keep_hours.setEnabled(self.may_change)

    def _show_hours(self, office: OfficeRow | None) -> None:
        hours = read_hours(office.hours) if office is not None and office.hours else OfficeHours()
        plain = hours_to_plain(hours)
        if plain == self._hours_begun:
            return
        self._hours_begun = plain
        for at, (line, counted) in enumerate(self.hours):
            line.setText(", ".join(plain.get(WEEKDAYS[at], [])))
            line.setCursorPosition(0)
            counted.blockSignals(True)
            counted.setChecked(at in hours.counted)
            counted.blockSignals(False)
        self.keep_hours.setEnabled(False)

    def _keep_hours(self) -> None:
        plain: dict[str, list[str]] = {}
        for name, (line, _counted) in zip(WEEKDAYS, self.hours, strict=True):
            sessions = [part.strip() for part in line.text().replace(";", ",").split(",") if part.strip()]
            if sessions:
                plain[name] = sessions
        plain["counted"] = [name for name, (_line, box) in zip(WEEKDAYS, self.hours, strict=True) if box.isChecked()]
        try:
            hours = hours_to_plain(read_hours(plain))
        except RuleBroken as broken:
            weekday = str(broken.details.get("weekday") or "")
            details = dict(broken.details)
            if weekday in WEEKDAYS:
                at = WEEKDAYS.index(weekday)
                details["weekday"] = _(models.WEEKDAYS[at]).lower()
                self.hours[at][0].setFocus()
            self.hours_fault.say(message(broken.code, details))
            self.hours_fault.show()
            return
        self.desk.do(
            manage.change_office,
            OfficeForm(values={"hours": hours}),
            then=lambda _none: self._kept_hours(),
            owner=self,
        )

    def _kept_hours(self) -> None:
        self.keep_hours.setEnabled(False)
        self.desk.tell(Level.GOOD, "office.hours-kept")

    # -- the days

    def _editor(self) -> QWidget:
        look, editor = self.look, QWidget()
        self.date, self.name, self.source = QLineEdit(), QLineEdit(), QLineEdit()
        self.date.setPlaceholderText(_("ngày/tháng/năm"))
        self.kind = Choice(look, [(kind, models.kind_name(kind)) for kind in DayKind])
        self.confirmed = QCheckBox(_("Đã có văn bản"))
        self.fields = {
            "date": Field(look, _("Ngày"), self.date, required=True),
            "kind": Field(look, _("Loại"), self.kind),
            "name": Field(look, _("Tên ngày"), self.name, required=True),
            "source": Field(look, _("Căn cứ"), self.source),
        }
        for line in (self.date, self.name, self.source):
            line.textEdited.connect(lambda _text: self.calm(self.fields))
            line.returnPressed.connect(self._keep)
        self.keep = Button(look, _("Lưu ngày"), "main")
        self.keep.clicked.connect(self._keep)
        self.remove = Button(look, _("Bỏ khỏi bảng"), "danger")
        self.remove.clicked.connect(self._remove)
        fields = self.fields
        row = across(look, (fields["date"], 2), (fields["kind"], 2), (fields["name"], 4), gap="m")
        for field in (fields["date"], fields["kind"], fields["name"]):
            row.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        buttons = across(look, self.confirmed, None, self.remove, self.keep, gap="m")
        editor.setLayout(down(look, row, fields["source"], buttons, gap="s"))
        return editor

    def load(self) -> None:
        self.desk.ask(queries.days_off, then=self._here, owner=self, key="days")
        self.desk.ask(queries.this_office, then=self._show_hours, owner=self, key="hours")

    def _here(self, days: tuple[DayOff, ...]) -> None:
        self._days = days
        self._show_year()

    def _show_year(self) -> None:
        self.model.show([each for each in self._days if str(each.date.year) == self.years.chosen])
        if not self.model.rows:
            self._begin(focus=False)
        elif self.list.current is None:
            self.list.choose(0)

    def _pick(self, row: DayOff | None) -> None:
        if row is None:
            return
        self.calm(self.fields)
        self.date.setText(f"{row.date:%d/%m/%Y}")
        self.kind.choose(row.kind)
        self.name.setText(row.name)
        self.source.setText(row.source)
        for line in (self.name, self.source):
            line.setCursorPosition(0)
        self.confirmed.setChecked(row.confirmed)
        self.remove.setEnabled(self.may_change)

    def _begin(self, _checked: bool = False, *, focus: bool = True) -> None:
        """A day that is not in the table yet."""
        self.list.clearSelection()
        self.list.setCurrentIndex(self.list.rootIndex())
        self.calm(self.fields)
        for line in (self.date, self.name, self.source):
            line.clear()
        self.kind.choose(DayKind.OFF)
        self.confirmed.setChecked(True)
        self.remove.setEnabled(False)
        if focus:
            self.date.setFocus()

    def _form(self, *, remove: bool = False) -> DayForm | None:
        try:
            day = date.fromisoformat(words.iso(self.date.text(), "date"))
            if not remove and not self.name.text().strip():
                raise RuleBroken("day.no-name", field="name")
        except RuleBroken as broken:
            self.refuse(self.fields)(broken)
            return None
        if remove:
            return DayForm(day, None)
        kind = str(self.kind.value)
        return DayForm(day, kind, self.name.text().strip(), self.source.text().strip(), self.confirmed.isChecked())

    def _keep(self) -> None:
        form = self._form()
        if form is not None and self.may_change:
            self.years.choose(str(form.date.year))
            self.desk.do(
                actions.set_day,
                form,
                then=lambda _none: self._kept(form, "day.kept"),
                owner=self,
                or_else=self.refuse(self.fields),
            )

    def _remove(self) -> None:
        form = self._form(remove=True)
        if form is not None:
            self.desk.do(actions.set_day, form, then=lambda _none: self._kept(form, "day.removed"), owner=self)

    def _kept(self, form: DayForm, code: str) -> None:
        self.desk.tell(Level.GOOD, code, day=f"{form.date:%d/%m/%Y}")
        self.load()
        self.list.choose_id(form.date)

    def _lock(self) -> None:
        for line, counted in self.hours:
            line.setReadOnly(not self.may_change)
            counted.setEnabled(self.may_change)
        for widget in (self.new, self.keep, self.remove, self.keep_hours, self.confirmed, self.kind):
            widget.setEnabled(self.may_change)
        for field in (self.date, self.name, self.source):
            field.setReadOnly(not self.may_change)
        self.keep_hours.setEnabled(False)

    def hear(self, changes: Mapping[str, frozenset[str]]) -> None:
        if self.tables & changes.keys():
            self.load()

    def first(self) -> QWidget:
        return self.list


__all__ = ["DaysPart"]
