"""The office's own part of the settings page: its particulars, and the cards for the rest of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.bus import Level
from desktop.views.buttons import Button
from desktop.views.inputs import Field
from desktop.views.laying import across
from desktop.views.office_clerks import ClerksPart
from desktop.views.office_days import DaysPart
from desktop.views.office_devices import DevicesPart
from desktop.views.office_leaves import LeavesPart
from desktop.views.office_numbering import NumberingPart
from desktop.views.office_part import OfficePart
from desktop.views.office_places import AgenciesPart, PointsPart
from desktop.views.office_sheets import SheetsPart
from desktop.views.office_signers import SignersPart
from desktop.views.screen import Counter
from desktop.views.wording import Words
from onestop.actions import manage
from onestop.actions.manage import OfficeForm
from onestop.queries import office as queries
from onestop.queries.office import OfficeRow
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
    if counter.commands.may(Permission.EDIT_LETTERS):
        cards.append(SignersPart(counter))
    if counter.commands.may(Permission.MANAGE_CLERKS):
        cards.append(ClerksPart(counter))
    if counter.commands.may(Permission.DELEGATE):
        cards.append(LeavesPart(counter))
    if counter.commands.may(Permission.LATE_ENTRY):
        cards.append(SheetsPart(counter))
    return [*cards, NumberingPart(counter)]


__all__ = ["ParticularsPart", "parts"]
