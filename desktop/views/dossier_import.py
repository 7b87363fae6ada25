"""Open dossiers of an older system from a file, over the list of dossiers: what it seems to hold, how far it is, what
became of every row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QProgressBar, QStackedLayout, QWidget

from desktop.bus import Level
from desktop.jobs import Report, Ticket
from desktop.models import dossier_rows
from desktop.models.table import TableModel
from desktop.views.boxes import Note, Overlay
from desktop.views.buttons import Button
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down, show_if
from desktop.views.lists import ListView
from desktop.views.people_import import ENCODINGS, SHOWN, Gathered, Rejected, rejected_columns
from desktop.views.screen import Counter
from desktop.views.wording import Words, grouped
from onestop.actions import dossier_import
from onestop.actions.dossier_import import Imported, Preview
from onestop.rules.errors import RuleBroken
from onestop.store.work import Changes
from onestop.texts import _, message

PREVIEW, RUNNING, RESULT = range(3)


class DossierImport(Overlay):
    """`begin()` lets a file be picked and shows its first rows; F9 takes them over, Esc leaves while nothing runs."""

    alone = True

    def __init__(self, counter: Counter, window: QWidget) -> None:
        super().__init__(window)
        self._counter, self._desk, self._look = counter, counter.desk, counter.look
        self.file: Path | None = None
        self.preview: Preview | None = None
        self.rejects_file: Path | None = None
        self._ticket: Ticket | None = None
        self.title = Words(self._look, size="title", strong=True, elide=True)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        for page in (self._preview(), self._running(), self._result()):
            self._pages.addWidget(page)
        self.setLayout(down(self._look, self.title, (pages, 1), gap="m", margins="l"))

    # -- the three pages

    def _preview(self) -> QWidget:
        look, page = self._look, QWidget()
        self.about = Words(look, "", "note", "quiet", wrap=True)
        self.system = QLineEdit()
        self.system.setMaxLength(80)
        self.system_field = Field(look, _("Tên hệ thống cũ, ghi vào từng hồ sơ"), self.system, required=True)
        self.system.textEdited.connect(lambda _text: self.system_field.clear())
        self.encoding = Choice(look, list(ENCODINGS.items()))
        self.encoding.activated.connect(lambda _at: self._look_again(str(self.encoding.value)))
        self.encoding_field = Field(look, _("Bảng mã"), self.encoding)
        self.unsure = Note(look, "", "warning")
        self.fault = Note(look, "", "danger")
        self.model = TableModel(look, dossier_rows.columns(), row_id=lambda row: row.number)
        self.rows = ListView(look, self.model, _("Các dòng đầu sẽ nhập như sau"))
        self.go = Button(look, _("Nhập hồ sơ"), "main", big=True, key="F9")
        self.go.clicked.connect(self.run)
        other = Button(look, _("Chọn tệp khác"), icon="folder-open")
        other.clicked.connect(self.begin)
        leave = Button(look, _("Thôi"), key="Esc")
        leave.clicked.connect(self.put_away)
        top = across(look, (self.system_field, 3), (self.encoding_field, 2), gap="m")
        foot = across(look, other, None, leave, self.go, gap="m")
        page.setLayout(down(look, self.about, top, self.unsure, self.fault, (self.rows, 1), foot, gap="s"))
        return page

    def _running(self) -> QWidget:
        look, page = self._look, QWidget()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Tiến độ nhập hồ sơ"))
        self.counts = Words(look, "", "lead", figures=True)
        note = Words(
            look, _("Dừng lúc nào cũng được: những hồ sơ đã nhập vẫn còn, nhập lại tệp là làm tiếp."), tone="quiet"
        )
        self.stop = Button(look, _("Dừng"), "danger")
        self.stop.clicked.connect(self._give_up)
        page.setLayout(down(look, None, self.bar, self.counts, note, across(look, self.stop, None), None, gap="m"))
        return page

    def _result(self) -> QWidget:
        look, page = self._look, QWidget()
        self.figures = Words(look, "", "lead", figures=True, wrap=True)
        self.counted = Note(look, "", "accent")
        self.rejects_words = Words(look, "", tone="quiet", wrap=True)
        self.rejects_words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open_rejects = Button(look, _("Mở tệp các dòng chưa nhập"), icon="folder-open")
        self.open_rejects.clicked.connect(self._open_rejects)
        self.rejects = TableModel(look, rejected_columns())
        self.rejected = ListView(look, self.rejects, _("Các dòng chưa nhập"))
        self.done = Button(look, _("Xong"), "main", big=True, key="Esc")
        self.done.clicked.connect(self.put_away)
        rejects = across(look, (self.rejects_words, 1), self.open_rejects)
        body = (self.figures, self.counted, rejects, (self.rejected, 1), across(look, None, self.done))
        page.setLayout(down(look, *body, gap="m"))
        return page

    # -- choosing

    def begin(self) -> None:
        """Let a file be picked."""
        if self._ticket is None:
            kinds = [_("Danh sách hồ sơ (*.csv *.xlsx *.json *.jsonl *.txt)")]
            self._counter.notices.pick_file(_("Chọn danh sách hồ sơ của hệ thống cũ"), kinds, self.take_file)

    def take_file(self, file: Path) -> None:
        """Look into this file; one that is no such list is told, and nothing is opened."""
        self.file, self.preview = file, None
        self._look_again("auto")

    def _look_again(self, encoding: str) -> None:
        if self.file is not None:
            self._desk.run(look_into, self.file, encoding, then=self._looked, owner=self, or_else=self._cannot)

    def _cannot(self, broken: RuleBroken) -> None:
        if self.preview is None:
            self.put_away()
            self._desk.tell(Level.WARNING, broken.code, **broken.details)
        else:
            self.fault.say(message(broken.code, broken.details))
            self.encoding.choose(self.preview.guess.encoding)

    def _looked(self, preview: Preview) -> None:
        assert self.file is not None
        self.preview = preview
        self.title.say(_("Tiếp quản hồ sơ từ {file}").format(file=self.file.name))
        parts = [_("{count} cột").format(count=len(preview.headings))]
        if preview.unread:
            parts.append(_("không lấy: {columns}").format(columns=", ".join(preview.unread)))
        if preview.other_sheets:
            parts.append(_("chưa nhập trang tính: {sheets}").format(sheets=", ".join(preview.other_sheets)))
        self.about.say(" · ".join(parts))
        guess = preview.guess
        self.encoding.choose(guess.encoding)
        unsure = _("Tệp viết bằng bảng mã cũ. Đọc thử: “{sample}”. Chữ sai thì chọn bảng mã khác.")
        self.unsure.say(unsure.format(sample=guess.sample) if guess.needs_confirming else "")
        self.fault.say("")
        self.go.say(_("Chữ đúng, nhập hồ sơ") if guess.needs_confirming else _("Nhập hồ sơ"))
        self.model.show(list(preview.rows))
        self._pages.setCurrentIndex(PREVIEW)
        if not self.isVisible():
            self._place()
            self.lift(self.system)

    def _place(self) -> None:
        window, edge = self.parentWidget(), self._look.space("xl")
        self.setGeometry(edge, edge, window.width() - 2 * edge, window.height() - 2 * edge)

    # -- taking over

    def run(self) -> None:
        """Take the dossiers over."""
        if self.file is None or self.preview is None or self._ticket is not None:
            return
        if not self.system.text().strip():
            self.system_field.say_wrong(_("Ghi tên hệ thống cũ, ví dụ Một cửa điện tử tỉnh."))
            self.system.setFocus()
            return
        self.counts.say("")
        self.bar.setRange(0, 0)
        self._pages.setCurrentIndex(RUNNING)
        self.stop.setEnabled(True)
        self.stop.setFocus()
        self._ticket = self._desk.run(
            bring_in,
            self._counter.service.office,
            self.file,
            self.system.text(),
            str(self.encoding.value),
            then=self._finished,
            owner=self,
            progress=self._progress,
            or_else=self._broke,
            always=self._over,
        )
        if self._pages.currentIndex() != RUNNING:
            self._ticket = None  # it was over before `run` came back

    def _progress(self, done: int, total: int | None, said: str) -> None:
        self.bar.setRange(0, total or 0)
        self.bar.setValue(done)
        numbers = [grouped(int(number)) for number in said.split("|") if number]
        if len(numbers) == 3:
            text = _("thêm {added}, đã có {unchanged}, chưa nhập {rejected}")
            self.counts.say(text.format(added=numbers[0], unchanged=numbers[1], rejected=numbers[2]))

    def _give_up(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self.stop.setEnabled(False)

    def _over(self) -> None:
        self._ticket = None
        if self._pages.currentIndex() == RUNNING:
            self._pages.setCurrentIndex(PREVIEW)

    def _broke(self, broken: RuleBroken) -> None:
        self._pages.setCurrentIndex(PREVIEW)
        self.fault.say(message(broken.code, broken.details))

    def _finished(self, outcome: Outcome) -> None:
        done = outcome.done
        self.title.say(_("Đã dừng giữa chừng") if done.stopped else _("Đã nhập xong"))
        text = _("Thêm {added} hồ sơ · {unchanged} hồ sơ đã có · {rejected} dòng chưa nhập")
        numbers = {"added": done.added, "unchanged": done.unchanged, "rejected": done.rejected_count}
        self.figures.say(text.format(**{key: grouped(number) for key, number in numbers.items()}))
        counted = _("{count} hồ sơ không ghi ngày hẹn trả: ngày hẹn tính theo danh mục.")
        self.counted.say(counted.format(count=grouped(len(done.counted))) if done.counted else "")
        rejected = [Rejected(row, reason) for row, _code, reason in done.rejected[:SHOWN]]
        self.rejects.show(rejected)
        show_if(self.rejected, bool(rejected))
        self.rejects_file = done.rejects_file
        said = _("Các dòng chưa nhập nằm trong {file}. Sửa ở đó rồi nhập chính tệp ấy.")
        self.rejects_words.say(said.format(file=done.rejects_file) if done.rejects_file else "")
        show_if(self.open_rejects, done.rejects_file is not None)
        self._pages.setCurrentIndex(RESULT)
        self.done.setFocus()

    def _open_rejects(self) -> None:
        if self.rejects_file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.rejects_file)))

    # -- leaving

    def put_away(self) -> None:
        """Not while something runs: that is stopped by its own button."""
        if self._ticket is None:
            super().put_away()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F9 and self._pages.currentIndex() == PREVIEW:
            self.run()
        else:
            super().keyPressEvent(event)


def look_into(_report: Report, file: Path, encoding: str) -> Preview:
    """Long work: read the beginning of the file."""
    return dossier_import.preview(file, encoding)


@dataclass(slots=True)
class Outcome:
    """What came of an import; `changes` tells the screens."""

    done: Imported
    changes: Changes


def bring_in(report: Report, office: Any, file: Path, system: str, encoding: str) -> Outcome:
    """Long work: every batch is a transaction of its own; given up, what is in stays in."""
    gathered = Gathered()

    def perform(action: Any, form: Any, /) -> Any:
        done = office.perform(action, form)
        gathered.add(done.changes)
        return done

    def progress(state: Imported, share: float | None) -> bool:
        if report.cancelled:
            return False
        said = "|".join(str(number) for number in (state.added, state.unchanged, state.rejected_count))
        report.step(round((share or 0) * 1000), 1000 if share is not None else None, said)
        return True

    folders = (file.parent, office.folder)
    done = dossier_import.import_file(perform, file, system, encoding, folders, progress)
    return Outcome(done, gathered.changes)


__all__ = ["DossierImport"]
