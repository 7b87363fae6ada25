"""Where pages go: the tray, the components of a draft or dossier, and under each the papers kept, as a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.models import page_words
from onestop.queries.papers import DocumentRow, PageRow
from onestop.queries.scanning import Bench, Slot
from onestop.rules import papers as rules
from onestop.rules.intake import By
from onestop.rules.papers import TRAY
from onestop.texts import _

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """Roles beside Qt's own."""

    ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A row. `component` None: the tray. `paper`: a paper under its component. `count`: at the right. `faults`: what
    keeps its pages out, one sentence each."""

    component: str | None
    title: str
    icon: str
    tone: str
    note: str = ""
    count: str = ""
    faults: tuple[str, ...] = ()
    paper: DocumentRow | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        """What tells it from others."""
        return self.component, self.paper.id if self.paper is not None else ""


def tray_name() -> str:
    """The tray's name."""
    return _("Chưa phân loại")


def rows_of(bench: Bench, most_bytes: int | None) -> list[PlaceRow]:
    """The rows, the tray on top while it has pages."""
    rows: list[PlaceRow] = []
    unsorted = _pages(bench, TRAY)
    if unsorted or not bench.slots:
        rows.append(_tray(unsorted))
    for slot in bench.slots:
        papers = [each for each in bench.papers if each.component == slot.key]
        rows.append(_slot(bench, slot, papers, most_bytes))
        rows += [_paper(each) for each in papers]
    known = {slot.key for slot in bench.slots}
    rows += [_paper(each) for each in bench.papers if each.component not in known]
    return rows


def faults_of(bench: Bench, slot: Slot, most_bytes: int | None) -> tuple[rules.Fault, ...]:
    """What keeps the pages of a component out."""
    return rules.faults_of(slot.name, [page_words.facts(row) for row in _pages(bench, slot.key)], most_bytes)


def _pages(bench: Bench, component: str | None) -> list[PageRow]:
    return [row for row in bench.pages if row.component == component and not row.removed]


def _tray(pages: Sequence[PageRow]) -> PlaceRow:
    note = _("M chuyển trang vào giấy tờ") if pages else _("trang quét vào đây khi chưa chọn thủ tục")
    count = page_words.pages(len(pages)) if pages else ""
    return PlaceRow(TRAY, tray_name(), "inbox", "warning" if pages else "quiet", note, count)


def _slot(bench: Bench, slot: Slot, papers: Sequence[DocumentRow], most_bytes: int | None) -> PlaceRow:
    pages = _pages(bench, slot.key)
    count = page_words.pages(page_words.count(pages)) if pages else ""
    faults = faults_of(bench, slot, most_bytes)
    if faults:
        said = tuple(_said(each) for each in faults)
        return PlaceRow(slot.key, slot.name, "circle-alert", "danger", "", count, said)
    if pages:
        note = _("chờ lưu vào hồ sơ") if bench.dossier else _("theo bản nháp")
        return PlaceRow(slot.key, slot.name, "file-text", "accent", note, count)
    if papers:
        return PlaceRow(slot.key, slot.name, "circle-check", "good")
    if slot.scan_later:
        return PlaceRow(slot.key, slot.name, "clock", "warning", _("quét sau"))
    if slot.large:
        return PlaceRow(slot.key, slot.name, "minus", "quiet", _("khổ lớn, không quét"))
    ways = {
        By.SHOWN: _("đã đối chiếu, không phải quét"),
        By.DATABASE: _("từ cơ sở dữ liệu, không phải quét"),
        By.VNEID: _("xem trên VNeID, không phải quét"),
        By.REUSED: _("dùng lại từ kho"),
    }
    if slot.by in ways:
        return PlaceRow(slot.key, slot.name, "check", "quiet", ways[By(slot.by)])
    note = _("chưa quét") if slot.by else ""
    return PlaceRow(slot.key, slot.name, "circle-dashed", "quiet", note)


def _said(fault: rules.Fault) -> str:
    said = page_words.fault(fault.remark).rstrip(".")
    return f"{fault.file}: {said[:1].lower()}{said[1:]}."


def _paper(paper: DocumentRow) -> PlaceRow:
    told = page_words.signature(paper)
    note = " · ".join(part for part in (told.text, paper.about.number, page_words.validity(paper)) if part)
    count = page_words.pages(paper.leaves)
    return PlaceRow(paper.component, paper.about.title, told.icon, told.tone, note, count, paper=paper)


class PlacesModel(QAbstractListModel):
    """The rows; `show` keeps which one is which by their keys."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PlaceRow] = []

    @property
    def rows(self) -> Sequence[PlaceRow]:
        """The rows as shown."""
        return self._rows

    def place(self, fits: Callable[[PlaceRow], bool]) -> int:
        """The first row that fits, -1 when none does."""
        return next((at for at, row in enumerate(self._rows) if fits(row)), -1)

    def show(self, rows: Sequence[PlaceRow]) -> None:
        """Other rows, or the same with other words."""
        if [row.key for row in rows] == [row.key for row in self._rows]:
            old, self._rows = self._rows, list(rows)
            for at, (before, now) in enumerate(zip(old, rows, strict=True)):
                if before != now:
                    self.dataChanged.emit(self.index(at), self.index(at))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    # -- what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join((row.title, *row.faults))
        if role == Role.ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.title, row.count, row.note, *row.faults) if part)
        return None
