"""Where the office receives, and who decides where it only receives: points of reception, other agencies."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.bus import Level
from desktop.models import office as models
from desktop.models.office import PointRow
from desktop.models.table import TableModel
from desktop.views.buttons import Button
from desktop.views.inputs import Field
from desktop.views.laying import across, down
from desktop.views.lists import ListView
from desktop.views.office_part import OfficePart
from desktop.views.screen import Counter
from desktop.views.standing import EmptyState
from desktop.views.wording import Words
from onestop import clock
from onestop.actions import manage
from onestop.queries import agencies as agency_queries
from onestop.queries import office as queries
from onestop.queries.agencies import AgencyRow
from onestop.queries.office import OfficeRow
from onestop.rules.places import Agency, Point
from onestop.texts import _

ROWS = 5


class PointsPart(OfficePart):
    """The points of reception in their order; the first one stands on letters."""

    key = "points"
    tables = frozenset({"office"})

    def __init__(self, counter: Counter) -> None:
        self.title = _("Điểm tiếp nhận")
        super().__init__(counter)
        look = self.look
        self._points: list[Point] | None = None
        self._place: int | None = None
        self._wanted = 0
        self.model = TableModel(look, models.point_columns(), row_id=lambda row: row.place)
        empty = EmptyState(
            look, "map-pin", _("Chưa ghi điểm tiếp nhận nào"), _("Giấy tờ in ra ghi tên bộ phận ở phần Cơ quan.")
        )
        self.list = ListView(look, self.model, self.title, empty=empty)
        self.list.setFixedHeight(look.size("header") + look.size("row") * ROWS)
        self.list.picked.connect(self._pick)
        self.new = Button(look, _("Thêm điểm"), icon="plus")
        self.new.clicked.connect(lambda _on: self._begin())
        self.add(across(look, Words(look, _("Điểm đầu danh sách in trên giấy tờ."), "note", "quiet"), None, self.new))
        self.add_wide(self.list)
        self.add(self._editor(), self.fault)

    def _editor(self) -> QWidget:
        look, editor = self.look, QWidget()
        self.name, self.address, self.phone = QLineEdit(), QLineEdit(), QLineEdit()
        self.fields = {
            "name": Field(look, _("Tên điểm"), self.name, required=True),
            "address": Field(look, _("Địa chỉ"), self.address),
            "phone": Field(look, _("Điện thoại"), self.phone),
        }
        for line in (self.name, self.address, self.phone):
            line.setReadOnly(not self.may_change)
            line.textEdited.connect(lambda _text: self.calm(self.fields))
            line.returnPressed.connect(self._keep)
        self.keep = Button(look, _("Lưu điểm"), "main")
        self.keep.clicked.connect(self._keep)
        self.remove = Button(look, _("Bỏ điểm này"), "danger")
        self.remove.clicked.connect(self._remove)
        self.to_front = Button(look, _("Đưa lên đầu"))
        self.to_front.clicked.connect(self._to_front)
        row = across(look, (self.fields["address"], 3), (self.fields["phone"], 1), gap="m")
        for key in ("address", "phone"):
            row.setAlignment(self.fields[key], Qt.AlignmentFlag.AlignTop)
        buttons = across(look, self.to_front, None, self.remove, self.keep, gap="m")
        editor.setLayout(down(look, self.fields["name"], row, buttons, gap="s"))
        return editor

    def load(self) -> None:
        self.desk.ask(queries.this_office, then=self._here, owner=self, key="points")

    def _here(self, office: OfficeRow | None) -> None:
        kept = office.points if office is not None else []
        points = [Point(**{key: str(value or "") for key, value in each.items()}) for each in kept]
        if points == self._points:
            return  # another particular has changed: what is being typed here stays
        self._points = points
        self.model.show([PointRow(place, point) for place, point in enumerate(points)])
        if not points:
            self._begin(focus=False)
        else:
            self.list.choose_id(min(self._wanted, len(points) - 1))
            self._pick(self.list.current)  # the place may be the old one and the point another

    def _pick(self, row: PointRow | None) -> None:
        if row is not None:
            self._place = row.place
            self._show(row.point)

    def _begin(self, *, focus: bool = True) -> None:
        self._place = None
        self.list.clearSelection()
        self.list.setCurrentIndex(self.list.rootIndex())
        self._show(Point(""))
        if focus:
            self.name.setFocus()

    def _show(self, point: Point) -> None:
        self.calm(self.fields)
        for line, text in ((self.name, point.name), (self.address, point.address), (self.phone, point.phone)):
            line.setText(text)
            line.setCursorPosition(0)
        known = self.may_change and self._place is not None
        self.new.setEnabled(self.may_change)
        self.keep.setEnabled(self.may_change)
        self.remove.setEnabled(known)
        self.to_front.setEnabled(known and self._place != 0)

    def _keep(self) -> None:
        if not self.keep.isEnabled():
            return
        points = self._points or []
        here = Point(self.name.text(), self.address.text(), self.phone.text())
        place = len(points) if self._place is None else self._place
        self._write([*points[:place], here, *points[place + 1 :]], place)

    def _remove(self) -> None:
        if self._points and self._place is not None:
            self._write([*self._points[: self._place], *self._points[self._place + 1 :]], self._place)

    def _to_front(self) -> None:
        if self._points and self._place:
            rest = [*self._points[: self._place], *self._points[self._place + 1 :]]
            self._write([self._points[self._place], *rest], 0)

    def _write(self, points: Sequence[Point], then_at: int) -> None:
        """Keep the list; the point at `then_at` is shown afterwards."""

        def kept(_none: None) -> None:
            self.desk.tell(Level.GOOD, "office.points-kept")
            self.load()

        self._wanted = then_at
        self.calm(self.fields)
        self.desk.do(manage.set_points, tuple(points), then=kept, owner=self, or_else=self.refuse(self.fields))

    def first(self) -> QWidget:
        return self.list


class AgenciesPart(OfficePart):
    """Agencies that decide procedures which are only received here: their code stands before those dossiers' codes."""

    key = "agencies"
    tables = frozenset({"office", "procedure_version"})

    def __init__(self, counter: Counter) -> None:
        self.title = _("Cơ quan giải quyết khác")
        super().__init__(counter)
        look = self.look
        self._rows: list[AgencyRow] | None = None
        self._key = ""
        self.model = TableModel(look, models.agency_columns(), row_id=lambda row: row.key)
        empty = EmptyState(
            look, "building-2", _("Chưa có cơ quan nào khác"), _("Mọi thủ tục đều do cơ quan này giải quyết.")
        )
        self.list = ListView(look, self.model, self.title, empty=empty)
        self.list.setFixedHeight(look.size("header") + look.size("row") * ROWS)
        self.list.picked.connect(self._pick)
        self.new = Button(look, _("Thêm cơ quan"), icon="plus")
        self.new.clicked.connect(lambda _on: self._begin())
        about = _("Nơi giải quyết những thủ tục mà ở đây chỉ tiếp nhận; mã cơ quan ấy đứng đầu mã hồ sơ.")
        self.add(across(look, (Words(look, about, "note", "quiet", wrap=True), 1), self.new))
        self.add_wide(self.list)
        self.add(self._editor(), self.fault)

    def _editor(self) -> QWidget:
        look, editor = self.look, QWidget()
        self.name, self.code = QLineEdit(), QLineEdit()
        self.fields = {
            "name": Field(look, _("Tên cơ quan"), self.name, required=True),
            "code": Field(look, _("Mã cơ quan"), self.code, required=True),
        }
        for line in (self.name, self.code):
            line.setReadOnly(not self.may_change)
            line.textEdited.connect(lambda _text: self.calm(self.fields))
            line.returnPressed.connect(self._keep)
        self.keep = Button(look, _("Lưu cơ quan"), "main")
        self.keep.clicked.connect(self._keep)
        self.remove = Button(look, _("Bỏ cơ quan này"), "danger")
        self.remove.clicked.connect(self._remove)
        row = across(look, (self.fields["name"], 3), (self.fields["code"], 1), gap="m")
        for field in self.fields.values():
            row.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        self.decides = Words(look, "", "note", "quiet", wrap=True)
        buttons = across(look, None, self.remove, self.keep, gap="m")
        editor.setLayout(down(look, row, self.decides, buttons, gap="s"))
        return editor

    def load(self) -> None:
        self.desk.ask(agency_queries.agencies, clock.today(), then=self._here, owner=self, key="agencies")

    def _here(self, rows: list[AgencyRow]) -> None:
        if rows == self._rows:
            return  # another particular has changed: what is being typed here stays
        self._rows = rows
        self.model.show(rows)
        if not rows:
            self._begin(focus=False)
        else:
            if not self.list.choose_id(self._key):
                self.list.choose(0)
            self._pick(self.list.current)

    def _pick(self, row: AgencyRow | None) -> None:
        if row is not None:
            self._show(row)

    def _begin(self, *, focus: bool = True) -> None:
        self.list.clearSelection()
        self.list.setCurrentIndex(self.list.rootIndex())
        self._show(AgencyRow("", "", ""))
        if focus:
            self.name.setFocus()

    def _show(self, row: AgencyRow) -> None:
        self.calm(self.fields)
        self._key = row.key
        for line, text in ((self.name, row.name), (self.code, row.code)):
            line.setText(text)
            line.setCursorPosition(0)
        decided = _("Giải quyết: {procedures}").format(procedures=", ".join(row.procedures))
        self.decides.say(decided if row.procedures else "")
        self.new.setEnabled(self.may_change)
        self.keep.setEnabled(self.may_change)
        self.remove.setEnabled(self.may_change and bool(row.code))

    def _keep(self) -> None:
        if not self.keep.isEnabled():
            return
        agency = Agency(self._key, self.code.text(), self.name.text())

        def kept(key: str) -> None:
            self.desk.tell(Level.GOOD, "office.agency-kept", name=agency.name.strip())
            self._key = key
            self.load()

        self.calm(self.fields)
        self.desk.do(manage.set_agency, agency, then=kept, owner=self, or_else=self.refuse(self.fields))

    def _remove(self) -> None:
        name = self.name.text().strip()

        def removed(_none: None) -> None:
            self.desk.tell(Level.GOOD, "office.agency-removed", name=name)
            self.load()

        self.calm(self.fields)
        self.desk.do(manage.remove_agency, self._key, then=removed, owner=self, or_else=self.refuse(self.fields))

    def first(self) -> QWidget:
        return self.list


__all__ = ["AgenciesPart", "PointsPart"]
