"""The office's own part of the settings page: particulars, points and agencies, calendar, clerks, numbering."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from desktop.bus import Level
from desktop.jobs import Report
from desktop.views.office_clerks import ClerksPart
from desktop.views.office_days import DaysPart
from desktop.views.office_devices import DevicesPart
from desktop.views.office_part import OfficePart
from desktop.views.office_places import AgenciesPart, PointsPart
from desktop.views.screen import Counter
from desktop.views.widgets import Button, Field, Note, Words, across, down
from onestop.actions import manage
from onestop.actions.manage import OfficeForm
from onestop.queries import office as queries
from onestop.queries.office import OfficeRow
from onestop.rules.errors import RuleBroken
from onestop.rules.roles import Permission
from onestop.texts import _, sentence

NEEDED = ("name", "parent_name", "place")
OPTIONS = ("symbol", "lookup")
"""Kept among the office's options."""


class ParticularsPart(OfficePart):
    """Names, address and phones, as letters print them."""

    key = "office"
    tables = frozenset({"office"})

    def __init__(self, counter: Counter) -> None:
        self.title = _("Cơ quan")
        super().__init__(counter)
        look = self.look
        self._begun: dict[str, str] = {}
        self.code = Words(look, "", tone="quiet", figures=True)
        labels = {
            "parent_name": (_("Cơ quan chủ quản"), _("Dòng đầu của mọi giấy tờ in ra.")),
            "name": (_("Tên bộ phận"), ""),
            "place": (_("Địa danh"), _("Đứng trước ngày tháng trên giấy tờ.")),
            "province": (_("Tỉnh, thành phố"), ""),
            "address": (_("Địa chỉ"), ""),
            "phone": (_("Điện thoại"), ""),
            "email": (_("Email"), ""),
            "symbol": (_("Ký hiệu"), _("Sau số của phiếu, ví dụ 05/PBS-TTPVHCC.")),
            "lookup": (_("Địa chỉ tra cứu"), _("In ở cuối giấy tiếp nhận; có thể in trong mã QR.")),
        }
        self.fields: dict[str, Field] = {}
        self.lines: dict[str, QLineEdit] = {}
        for key, (label, help_) in labels.items():
            line = QLineEdit()
            line.setReadOnly(not self.may_change)
            line.textEdited.connect(lambda _text: self._moved())
            line.returnPressed.connect(self._keep)
            self.lines[key] = line
            self.fields[key] = Field(look, label, line, help_, required=key in NEEDED)
        self.keep = Button(look, _("Lưu thông tin cơ quan"))
        self.keep.clicked.connect(self._keep)
        self.keep.setEnabled(False)
        fields = self.fields
        pairs = (("place", "province"), ("phone", "email"), ("symbol", "lookup"))
        rows = [across(look, (fields[one], 1), (fields[other], 1), gap="m") for one, other in pairs]
        for row, pair in zip(rows, pairs, strict=True):
            for key in pair:
                row.setAlignment(fields[key], Qt.AlignmentFlag.AlignTop)
        self.add(
            self.code,
            fields["parent_name"],
            fields["name"],
            rows[0],
            fields["address"],
            rows[1],
            rows[2],
            self.fault,
            across(look, self.keep, None),
        )

    def load(self) -> None:
        self.desk.ask(queries.this_office, then=self._here, owner=self, key="office")

    def _here(self, office: OfficeRow | None) -> None:
        if office is None:
            return
        self.code.say(_("Mã cơ quan {code}; mã này không đổi được.").format(code=office.code))
        said = {**{key: getattr(office, key, None) for key in self.lines}, **office.options}
        values = {key: str(said.get(key) or "") for key in self.lines}
        if values != self._begun:
            self._begun = values
            for key, line in self.lines.items():
                line.setText(values[key])
                line.setCursorPosition(0)
            self.keep.setEnabled(False)

    def _moved(self) -> None:
        self.calm(self.fields)
        self.keep.setEnabled(self.may_change and {key: line.text() for key, line in self.lines.items()} != self._begun)

    def _keep(self) -> None:
        if not self.keep.isEnabled():
            return
        values = {key: line.text().strip() or None for key, line in self.lines.items()}
        for key in NEEDED:
            if not values[key]:
                label = self.fields[key].label.text().lower()
                self.fields[key].say_wrong(sentence("office.particular-missing", field=label))
                self.lines[key].setFocus()
                return
        changed = {key: value for key, value in values.items() if (value or "") != self._begun[key]}
        self.desk.do(
            manage.change_office,
            OfficeForm(
                values={key: value for key, value in changed.items() if key not in OPTIONS},
                options={key: value for key, value in changed.items() if key in OPTIONS},
            ),
            then=lambda _none: self._kept(),
            owner=self,
            or_else=self.refuse(self.fields),
        )

    def _kept(self) -> None:
        self._begun = {key: line.text().strip() for key, line in self.lines.items()}
        self.keep.setEnabled(False)
        self.desk.tell(Level.GOOD, "office.kept")

    def first(self) -> QWidget:
        return self.lines["parent_name"]


class NumberingPart(OfficePart):
    """Whether this machine may give numbers, and a supervisor's word after a restore or a move."""

    key = "numbering"
    tables = frozenset({"office"})
    permission = Permission.RESUME_NUMBERING

    def __init__(self, counter: Counter) -> None:
        self.title = _("Cấp số hồ sơ")
        super().__init__(counter)
        look = self.look
        self.stopped: str | None = None
        self.all_right = Note(look, _("Máy này đang cấp số bình thường."), "good")
        self.why = Note(look, "", "danger")
        self.reason, self.number = QLineEdit(), QLineEdit()
        self.number.setFixedWidth(look.size("field_narrow"))
        self.retired = QCheckBox(_("Máy cũ không còn dùng để tiếp nhận"))
        self.fields = {
            "reason": Field(look, _("Lý do"), self.reason, _("Ví dụ: khôi phục từ bản sao ngày 20/11."), required=True),
            "counter": Field(look, _("Số máy"), self.number, _("Để trống thì giữ số máy như trước.")),
        }
        self.resume = Button(look, _("Cấp số trở lại"), "main")
        self.resume.clicked.connect(self._resume)
        for line in (self.reason, self.number):
            line.textEdited.connect(lambda _text: self.calm(self.fields))
        self.form = QWidget()
        row = across(look, (self.fields["reason"], 3), (self.fields["counter"], 1), gap="m")
        for field in self.fields.values():
            row.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        last = across(look, self.retired, None, self.resume, gap="m")
        self.form.setLayout(down(look, row, last, gap="s"))
        self.add(self.all_right, self.why, self.form, self.fault)
        self._show(None)

    def load(self) -> None:
        self.desk.run(_stopped, self.office(), then=self._show, owner=self)

    def _show(self, stopped: str | None) -> None:
        self.stopped = stopped
        self.all_right.setVisible(stopped is None)
        self.why.say(_why(stopped))
        self.form.setVisible(stopped is not None and self.may_change)

    def _resume(self) -> None:
        self.calm(self.fields)
        text = self.number.text().strip()
        if text and not (text.isascii() and text.isdigit()):
            self.refuse(self.fields)(RuleBroken("usage.not-a-number", field="counter", value=text, least=1, most=99))
            return
        self.resume.setEnabled(False)
        self.desk.run(
            _resume,
            self.office(),
            self.reason.text(),
            int(text) if text else None,
            self.retired.isChecked(),
            then=self._resumed,
            owner=self,
            or_else=self.refuse(self.fields),
            always=lambda: self.resume.setEnabled(True),
        )

    def _resumed(self, stopped: str | None) -> None:
        self._show(stopped)
        self.counter.notices.drop("numbering.restored")
        self.counter.notices.drop("numbering.copied")
        self.desk.tell(Level.GOOD, "numbering.goes-on")

    def first(self) -> QWidget:
        return self.reason if self.stopped is not None and self.may_change else self


def _stopped(_report: Report, office: object) -> str | None:
    """Long work: it reads the mark that is kept outside the folder."""
    stopped: str | None = office.numbering_stopped()  # type: ignore[attr-defined]
    return stopped


def _resume(_report: Report, office: object, reason: str, counter: int | None, retired: bool) -> str | None:
    office.resume_numbering(reason, counter, retired)  # type: ignore[attr-defined]
    return _stopped(_report, office)


def _why(stopped: str | None) -> str:
    if stopped is None:
        return ""
    if stopped == "copied":
        return _("Dữ liệu này được chép từ máy khác. Cấp số tạm dừng để không trùng mã với máy ấy.")
    return _("Dữ liệu này là bản đã khôi phục, cũ hơn số cuối cùng đã cấp. Cấp số tạm dừng để không trùng mã.")


def parts(counter: Counter) -> list[OfficePart]:
    """The cards of the office; none where no office is open."""
    if getattr(counter.service, "office", None) is None:
        return []
    cards: list[OfficePart] = [
        DevicesPart(counter),
        ParticularsPart(counter),
        PointsPart(counter),
        AgenciesPart(counter),
        DaysPart(counter),
    ]
    if counter.commands.may(Permission.MANAGE_CLERKS):
        cards.append(ClerksPart(counter))
    return [*cards, NumberingPart(counter)]


__all__ = ["NumberingPart", "ParticularsPart", "parts"]
