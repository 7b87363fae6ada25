"""Giấy dự phòng: pre-printed receipts for days without electricity; reserved, printed, counted, written off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.bus import Level
from desktop.jobs import Report
from desktop.models import late_words
from desktop.models.table import Column, TableModel
from desktop.reports import blank_receipt
from desktop.views.boxes import Note
from desktop.views.buttons import Button
from desktop.views.inputs import Field
from desktop.views.laying import across, down
from desktop.views.lists import ListView
from desktop.views.office_part import OfficePart
from desktop.views.plain_print import PlainPrint
from desktop.views.screen import Counter
from desktop.views.standing import EmptyState
from desktop.views.wording import Words, grouped
from onestop import clock
from onestop.actions import reserved_sheets
from onestop.actions.reserved_sheets import Reserved, SpoiledForm
from onestop.queries import reserved_sheets as queries
from onestop.queries.reserved_sheets import Batch, Sheets
from onestop.rules.blank_letters import BlankReceiptLetter
from onestop.rules.roles import Permission
from onestop.texts import N_, _

ROWS = 4
PROPOSED = 20
FILE = "giay-du-phong.pdf"


class SheetsPart(OfficePart):
    """How many are left, the batches, new ones below, and a spoiled one."""

    key = "sheets"
    tables = frozenset({"reserved_sheet", "dossier"})
    permission = Permission.LATE_ENTRY

    def __init__(self, counter: Counter) -> None:
        self.title = _("Giấy dự phòng khi mất điện")
        super().__init__(counter)
        look = self.look
        self.current: Batch | None = None
        text = _("In sẵn để ở quầy; mỗi tờ một mã tạm. Có điện lại thì nhập bù ở Tiếp nhận.")
        about = Words(look, text, "note", "quiet", wrap=True)
        self.left, self.few = Note(look, "", "good"), Note(look, "", "warning")
        self.model = TableModel(look, columns())
        none = EmptyState(look, "printer", _("Chưa in giấy dự phòng"), _("In sẵn một đợt trước khi cần đến."))
        self.list = ListView(look, self.model, _("Các đợt giấy dự phòng"), empty=none)
        self.list.setFixedHeight(look.size("header") + look.size("row") * ROWS)
        self.list.picked.connect(self._pick)
        self.again = Button(look, _("In lại những tờ chưa dùng"), icon="printer")
        self.again.clicked.connect(self._again)
        self.count = QLineEdit(str(PROPOSED))
        self.count.setValidator(QIntValidator(1, 999, self.count))
        self.count.setFixedWidth(look.size("figure_field"))
        self.count.returnPressed.connect(self._reserve)
        self.sheet, self.reason = QLineEdit(), QLineEdit()
        self.reason.setMaxLength(200)
        self.sheet.setPlaceholderText("T-")
        self.reason.returnPressed.connect(self._write_off)
        self.fields = {
            "count": Field(look, _("Số tờ"), self.count, required=True),
            "sheet": Field(look, _("Mã trên giấy hỏng"), self.sheet, required=True),
            "reason": Field(look, _("Vì sao hủy"), self.reason, required=True),
        }
        self.fields["late_entry.sheet"] = self.fields["sheet"]
        for line in (self.count, self.sheet, self.reason):
            line.textEdited.connect(lambda _text: self.calm(self.fields))
        self.reserve = Button(look, _("Giữ mã và in"), "main", icon="printer")
        self.reserve.clicked.connect(self._reserve)
        self.spoil = Button(look, _("Hủy giấy"), "danger")
        self.spoil.clicked.connect(self._write_off)
        self.prints = PlainPrint(counter, self, lambda: _("Giấy dự phòng"), FILE, "sheets")
        self.editor = QWidget()
        new = across(look, self.fields["count"], self.reserve, None, gap="m")
        new.setAlignment(self.reserve, Qt.AlignmentFlag.AlignBottom)
        off = across(look, (self.fields["sheet"], 2), (self.fields["reason"], 3), self.spoil, gap="m")
        off.setAlignment(self.spoil, Qt.AlignmentFlag.AlignBottom)
        self.editor.setLayout(down(look, across(look, None, self.again), new, off, gap="s"))
        self.add(about, self.left, self.few)
        self.add_wide(self.list)
        self.add(self.editor, self.fault)
        self.editor.setVisible(self.may_change)
        self.again.setEnabled(False)

    # -- what is there

    def load(self) -> None:
        self.desk.ask(queries.standing, clock.now(), then=self._here, owner=self, key="sheets")

    def _here(self, sheets: Sheets) -> None:
        enough = _("Còn {left} tờ chưa dùng.").format(left=grouped(sheets.left))
        few = _("Còn {left} tờ chưa dùng, dưới {few} tờ. In thêm một đợt.").format(
            left=grouped(sheets.left), few=sheets.few
        )
        self.left.say(enough if sheets.batches and not sheets.scarce else "")
        self.few.say(few if sheets.scarce else "")
        before = self.current.name if self.current is not None else ""
        self.model.show(list(sheets.batches))
        self.current = next((each for each in sheets.batches if each.name == before), None)
        if self.current is None and sheets.batches:
            self.list.choose(0)
        self._enable()

    def _pick(self, batch: Batch | None) -> None:
        self.current = batch
        self._enable()

    def _enable(self) -> None:
        self.again.setEnabled(self.current is not None and self.current.left > 0)

    # -- what a supervisor does

    def _reserve(self) -> None:
        self.calm(self.fields)
        self.reserve.setEnabled(False)
        self.desk.do(
            reserved_sheets.reserve,
            int(self.count.text() or 0),
            then=self._reserved,
            owner=self,
            or_else=self.refuse(self.fields),
            always=lambda: self.reserve.setEnabled(True),
        )

    def _reserved(self, reserved: Reserved) -> None:
        """They are safe on disk: only now may paper move."""
        self.desk.tell(Level.GOOD, "sheets.reserved", count=len(reserved.codes))
        self._print(reserved.batch)

    def _again(self) -> None:
        if self.current is not None:
            self._print(self.current.name)

    def _print(self, batch: str) -> None:
        refuse = self.refuse(self.fields)
        self.desk.ask(queries.blanks, batch, then=self._draw, owner=self, key="blanks", or_else=refuse)

    def _draw(self, blanks: tuple[BlankReceiptLetter, ...]) -> None:
        if blanks:
            self.desk.run(drawn, blanks, then=self.prints.show, owner=self)

    def _write_off(self) -> None:
        self.calm(self.fields)
        form = SpoiledForm(self.sheet.text(), self.reason.text())
        self.desk.do(
            reserved_sheets.write_off, form, then=self._written_off, owner=self, or_else=self.refuse(self.fields)
        )

    def _written_off(self, code: str) -> None:
        self.sheet.clear()
        self.reason.clear()
        self.desk.tell(Level.GOOD, "sheets.spoiled", sheet=code)

    def first(self) -> QWidget:
        return self.count if self.may_change else self.list


def drawn(report: Report, blanks: tuple[BlankReceiptLetter, ...]) -> bytes:
    """In a worker: the sheets as one PDF."""
    report.step()
    return blank_receipt.draw(blanks)


def columns() -> Sequence[Column]:
    """The batches, the latest first."""
    return (
        Column("at", N_("In lúc"), lambda row: late_words.moment(row.reserved_at), figures=True, width=21),
        Column("name", N_("Từ mã"), lambda row: row.name, figures=True, width=24, stretch=True),
        Column("sheets", N_("Số tờ"), lambda row: grouped(row.sheets), figures=True, width=9),
        Column("used", N_("Đã dùng"), lambda row: grouped(row.used), figures=True, width=10),
        Column("spoiled", N_("Đã hủy"), lambda row: grouped(row.spoiled), figures=True, width=9),
        Column("left", N_("Còn"), lambda row: grouped(row.left), figures=True, strong=True, width=8),
    )


__all__ = ["SheetsPart"]
