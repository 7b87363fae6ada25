"""What came of publishing a file: how many procedures are new, changed, as before, and every line that was refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.assets import Look
from desktop.models.table import Column, TableModel
from desktop.views.boxes import Card, Note
from desktop.views.buttons import Button, Figure
from desktop.views.catalogue_work import Outcome
from desktop.views.laying import across, down
from desktop.views.lists import ListView
from desktop.views.wording import Words, grouped
from onestop.actions.catalogue import Rejected
from onestop.texts import N_, _, message


class ImportResult(QWidget):
    """A page. `left` when the person goes back; `wished_review` to look at what waits."""

    left = Signal()
    wished_review = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        back = Button(look, _("Về danh mục"), "link", icon="arrow-left")
        back.clicked.connect(self.left)
        self.title = Words(look, "", "title", strong=True, elide=True)
        self.figures = {
            "added": Figure(look, _("Thêm mới")),
            "changed": Figure(look, _("Có thay đổi")),
            "unchanged": Figure(look, _("Giữ nguyên")),
            "rejected": Figure(look, _("Không nhập được")),
        }
        for figure in self.figures.values():
            figure.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            figure.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.review = Button(look, _("Xem và duyệt"))
        self.review.clicked.connect(self.wished_review)
        self.waiting = Note(look, "", "warning", self.review)
        self.all_right = Note(look, _("Mọi dòng trong tệp đều đọc được."), "good")
        self.lines_title = Words(look, _("Các dòng không nhập được"), "note", "quiet", strong=True)
        self.model = TableModel(look, columns(), row_id=lambda row: row.line)
        self.lines = ListView(look, self.model, _("Các dòng không nhập được"))
        self.done = Button(look, _("Xong"), "main", big=True)
        self.done.clicked.connect(self.left)
        card = Card(look, gap="m")
        card.add(
            across(look, back, None),
            self.title,
            across(look, *((figure, 1) for figure in self.figures.values()), gap="m"),
            self.waiting,
            self.all_right,
            self.lines_title,
        )
        self._middle = QStackedWidget()
        self._middle.addWidget(self.lines)
        self._middle.addWidget(QWidget())
        card.add_wide(self._middle, 1)
        card.add(across(look, None, self.done))
        self.setLayout(down(look, card))

    def show_outcome(self, file: Path, outcome: Outcome) -> None:
        """What came of this file."""
        done = outcome.published
        what = _("Bảng ngày nghỉ {file}") if outcome.holidays else _("Danh mục {file}")
        self.title.say(what.format(file=file.name))
        notes = {
            "added": _("ngày") if outcome.holidays else _("thủ tục"),
            "changed": "",
            "unchanged": "",
            "rejected": _("dòng"),
        }
        for key, number in (
            ("added", done.added),
            ("changed", done.changed),
            ("unchanged", done.unchanged),
            ("rejected", len(done.rejected)),
        ):
            tone = "danger" if key == "rejected" and number else "good" if key == "added" and number else "ink"
            self.figures[key].show_figure(grouped(number), notes[key], tone)
        text = _("{count} thủ tục khác những mục đã duyệt ở đây. Bản đang dùng giữ nguyên cho đến khi duyệt.")
        self.waiting.say(text.format(count=grouped(len(done.review))) if done.review else "")
        self.model.show(list(done.rejected))
        broken = bool(done.rejected)
        self._middle.setCurrentIndex(0 if broken else 1)
        self.lines_title.setVisible(broken)
        self.all_right.setVisible(not broken)
        (self.review if done.review else self.done).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _reason(row: Rejected) -> str:
    return message(row.reason, row.details)


def columns() -> Sequence[Column]:
    """A refused line: where, what, why."""
    return (
        Column("line", N_("Dòng"), lambda row: str(row.line), lambda row: row.line, figures=True, width=10),
        Column("code", N_("Mã"), lambda row: row.code or "", lambda row: row.code or "", figures=True, width=16),
        Column("reason", N_("Lý do"), _reason, tip=_reason, stretch=True),
    )


__all__ = ["ImportResult"]
