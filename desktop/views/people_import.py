"""Bringing in a list of people from a file: what it seems to hold, how far it is, what became of every row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QProgressBar, QStackedLayout, QWidget

from desktop.jobs import Report, Ticket
from desktop.models import people as words
from desktop.models import person_words
from desktop.models.table import Column, TableModel
from desktop.views.badges import Pill
from desktop.views.boxes import Card, Note
from desktop.views.buttons import Button
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down, show_if
from desktop.views.lists import ListView
from desktop.views.screen import Counter
from desktop.views.sections import Leaf
from desktop.views.wording import Words, grouped
from onestop.actions import people_import
from onestop.actions.people_import import Imported, Preview, RowForm
from onestop.rules.errors import RuleBroken
from onestop.rules.identity import mask
from onestop.rules.legacy import Encoding
from onestop.store.work import Changes
from onestop.texts import N_, _, message

START, PREVIEW, RUNNING, RESULT = range(4)
STEPS = (N_("Chọn tệp"), N_("Xem thử"), N_("Nhập"), N_("Kết quả"))
ENCODINGS = {
    Encoding.UTF_8: "Unicode (UTF-8)",
    Encoding.UTF_16: "Unicode (UTF-16)",
    Encoding.TCVN3: "TCVN3 (.VnTime)",
    Encoding.VNI: "VNI-Windows",
    Encoding.CP1258: "Windows-1258",
}
SAMPLE = 90
"""Letters of the sample that are shown."""
SHOWN = 500
"""So many rejected rows are listed here; all of them stand in the file of rejects."""


def meanings() -> list[tuple[str, str]]:
    """What a column may hold."""
    names = {
        "surname": _("Họ và chữ đệm"),
        "middle": _("Chữ đệm"),
        "given": _("Tên"),
        "male": _("Nam (đánh dấu hoặc năm sinh)"),
        "female": _("Nữ (đánh dấu hoặc năm sinh)"),
        "kind": _("Loại đối tượng"),
        "representative_name": _("Người đại diện"),
        "representative_number": _("Số định danh người đại diện"),
    }
    plain = (
        "name",
        "date_of_birth",
        "sex",
        "identity_number",
        "cmnd",
        "passport",
        "nationality",
        "birth_certificate",
        "no_paper_reason",
        "tax_code",
        "phone",
        "email",
        "address",
        "unit_code",
        "old_district",
        "issued_on",
    )
    known = [(key, person_words.column_name(key)) for key in plain]
    return [("", _("không lấy")), *known, *names.items()]


@dataclass(slots=True)
class Outcome:
    """What came of an import; `changes` tells the screens."""

    done: Imported
    changes: Changes


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that did not come in."""

    id: int
    reason: str


@dataclass(slots=True)
class Gathered:
    """What the batches touched."""

    touched: dict[str, set[str]] = field(default_factory=dict)

    def add(self, changes: Changes) -> None:
        for table, ids in changes.touched.items():
            self.touched.setdefault(table, set()).update(ids)

    @property
    def changes(self) -> Changes:
        return Changes({table: frozenset(ids) for table, ids in self.touched.items()})


def bring_in(
    report: Report, office: Any, file: Path, encoding: str, columns: Mapping[str, int], sheet: str | None = None
) -> Outcome:
    """Long work: every batch is a transaction of its own; given up, what is in stays in."""
    gathered = Gathered()

    def perform(action: Any, form: Any, /) -> Any:
        done = office.perform(action, form)
        gathered.add(done.changes)
        return done

    def progress(state: Imported, share: float | None) -> bool:
        if report.cancelled:
            return False
        done = state.added + state.merged + state.rejected_count
        said = "|".join(str(number) for number in (done, state.added, state.merged, state.rejected_count))
        report.step(round((share or 0) * 1000), 1000 if share is not None else None, said)
        return True

    folders = (file.parent, office.folder)
    done = people_import.import_file(
        perform, file, encoding, folders, progress=progress, columns=columns, sheet_name=sheet
    )
    return Outcome(done, gathered.changes)


def look_into(
    _report: Report, file: Path, encoding: str, columns: Mapping[str, int] | None, sheet: str | None = None
) -> Preview:
    """Long work: read the beginning of the file."""
    return people_import.preview(file, encoding, columns, sheet_name=sheet)


class PeopleImport(QWidget):
    """A page in four steps. `left` when the person goes back to the list; `alone`: for one who may not see that, it
    begins anew instead."""

    left = Signal()

    def __init__(self, counter: Counter, alone: bool = False) -> None:
        super().__init__()
        self._alone = alone
        self._counter = counter
        self._desk, self._look = counter.desk, counter.look
        self.file: Path | None = None
        self.preview: Preview | None = None
        self._columns: dict[str, int] | None = None
        self._sheet: str | None = None
        self._ticket: Ticket | None = None
        self.choices: list[Choice] = []
        look = self._look
        self._marks = [Pill(look, f"{place}. {_(step)}", "quiet") for place, step in enumerate(STEPS, 1)]
        self.back = Button(look, _("Về danh sách"), "link", icon="arrow-left")
        self.back.clicked.connect(self.leave)
        show_if(self.back, not alone)
        self.file_words = Words(look, size="lead", strong=True, elide=True)
        card = Card(look, gap="m")
        card.add(across(look, self.back, None, *self._marks, gap="s"))
        self._pages = QStackedLayout()
        card.body.addLayout(self._pages, 1)  # first: a page of a layout without a place opens a window of its own
        for page in (self._start(), self._preview(), self._running(), self._result()):
            self._pages.addWidget(page)
        self.setLayout(down(look, card))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._step(START)

    # -- the four pages

    def _start(self) -> QWidget:
        look, page = self._look, QWidget()
        title = Words(look, _("Nhập danh sách người dân từ tệp"), "title", strong=True)
        text = _(
            "Tệp CSV hoặc XLSX có một dòng tiêu đề: họ tên, ngày sinh, giới tính, số định danh, địa chỉ… "
            "Bảng mã cũ (TCVN3, VNI, Windows-1258) được nhận ra và cho xem trước. "
            "Người đã có thì được gộp theo số giấy tờ, không ghi đè; dòng không nhập được nằm trong một tệp để sửa."
        )
        words_ = Words(look, text, tone="quiet", wrap=True)
        words_.setMaximumWidth(look.size("palette"))
        self.choose = Button(look, _("Chọn tệp"), "main", icon="folder-open", big=True)
        self.choose.clicked.connect(self.choose_file)
        self.fault = Note(look, "", "danger")
        self.fault.hide()
        self.fault.setMaximumWidth(look.size("palette"))
        column = down(look, None, title, words_, self.fault, across(look, self.choose, None), gap="m")
        column.addStretch(2)
        page.setLayout(across(look, None, column, None, margins="xl"))
        return page

    def _preview(self) -> QWidget:
        look, page = self._look, QWidget()
        self.about = Words(look, tone="quiet", wrap=True)
        self.encoding = Choice(look, list(ENCODINGS.items()))
        self.encoding.activated.connect(lambda _place: self._look_again(str(self.encoding.value)))
        self.encoding_field = Field(look, _("Bảng mã của tệp"), self.encoding)
        self.sheet = Choice(look)
        self.sheet.activated.connect(lambda _place: self._another_sheet(str(self.sheet.value)))
        self.sheet_field = Field(look, _("Trang tính"), self.sheet, _("Tệp có nhiều trang; mỗi lần nhập một trang."))
        self.sample = Note(look, "", "warning")
        self.mapping = Leaf(look, _("Các cột trong tệp"), inside="none", gap="s")
        self.preview_fault = Note(look, "", "danger")
        self.preview_fault.hide()
        self.model = TableModel(look, preview_columns(), row_id=lambda row: row.number)
        self.rows = ListView(look, self.model, _("Các dòng đầu sẽ nhập như sau"))
        self.go = Button(look, _("Nhập danh sách"), "main", big=True)
        self.go.clicked.connect(self.run)
        other = Button(look, _("Chọn tệp khác"), icon="folder-open")
        other.clicked.connect(self.choose_file)
        left = QWidget()
        left.setFixedWidth(look.size("search"))
        title = Words(look, _("Cột trong tệp là gì"), "note", "quiet", strong=True)
        left.setLayout(down(look, self.sheet_field, self.encoding_field, self.sample, title, (self.mapping, 1)))
        right = down(
            look,
            Words(look, _("Các dòng đầu sẽ nhập như sau"), "note", "quiet", strong=True),
            self.preview_fault,
            (self.rows, 1),
            across(look, None, other, self.go),
        )
        body = across(look, left, (right, 1), gap="xl")
        page.setLayout(down(look, self.file_words, self.about, (body, 1), gap="s", margins=("m", "none", "m", "none")))
        return page

    def _running(self) -> QWidget:
        look, page = self._look, QWidget()
        self.running_words = Words(look, "", "title", strong=True, elide=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Tiến độ nhập danh sách"))
        self.counts = Words(look, "", "lead", figures=True)
        note = Words(
            look, _("Dừng lúc nào cũng được: những dòng đã nhập vẫn còn, nhập lại tệp là làm tiếp."), tone="quiet"
        )
        self.stop = Button(look, _("Dừng"), "danger")
        self.stop.clicked.connect(self._give_up)
        inner = QWidget()
        inner.setFixedWidth(look.size("palette"))
        stop = across(look, self.stop, None)
        inner.setLayout(down(look, self.running_words, self.bar, self.counts, note, stop, gap="m"))
        page.setLayout(across(look, None, inner, None))
        return page

    def _result(self) -> QWidget:
        look, page = self._look, QWidget()
        self.result_words = Words(look, "", "title", strong=True, wrap=True)
        self.figures = Words(look, "", "lead", figures=True, wrap=True)
        self.rejects_words = Words(look, "", tone="quiet", wrap=True)
        self.rejects_words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open_rejects = Button(look, _("Mở tệp các dòng chưa nhập"), icon="folder-open")
        self.open_rejects.clicked.connect(self._open_rejects)
        self.rejects = TableModel(look, rejected_columns())
        self.rejected = ListView(look, self.rejects, _("Các dòng chưa nhập"))
        self.kept = Note(look, "", "accent")
        another = Button(look, _("Nhập tệp khác"))
        another.clicked.connect(self.choose_file)
        self.done = Button(look, _("Xong"), "main", big=True)
        self.done.clicked.connect(self.leave)
        page.setLayout(
            down(
                look,
                self.result_words,
                self.figures,
                self.kept,
                across(look, (self.rejects_words, 1), self.open_rejects),
                (self.rejected, 1),
                across(look, None, another, self.done),
                gap="m",
                margins=("m", "none", "m", "none"),
            )
        )
        return page

    def _step(self, step: int) -> None:
        self._pages.setCurrentIndex(step)
        for place, mark in enumerate(self._marks):
            mark.say(mark.text(), "accent" if place == step else "quiet")
        self.back.setEnabled(step != RUNNING)

    # -- choosing

    def choose_file(self) -> None:
        """Let a file be picked, and look into it."""
        if self._ticket is not None:
            return
        if self.file is None:
            self._step(START)
            self.choose.setFocus()
        self._counter.notices.pick_file(
            _("Chọn danh sách người dân"), [_("Bảng tính (*.csv *.xlsx *.txt)")], self.take_file
        )

    def take_file(self, file: Path) -> None:
        """Look into this file."""
        self.file, self.preview, self._columns, self._sheet = file, None, None, None
        self.fault.say("")
        self._look_again("auto")

    def _another_sheet(self, name: str) -> None:
        """Another worksheet of the workbook: its columns are its own."""
        self._columns, self._sheet = None, name
        self._look_again("auto")

    def _look_again(self, encoding: str) -> None:
        if self.file is None:
            return
        self._desk.run(
            look_into,
            self.file,
            encoding,
            self._columns,
            self._sheet,
            then=self._looked,
            owner=self,
            or_else=lambda broken: self._cannot(broken, encoding),
        )

    def _cannot(self, broken: RuleBroken, encoding: str) -> None:
        text = message(broken.code, broken.details)
        if self.preview is not None and encoding != "auto":
            self.preview_fault.say(text)
            self.encoding.choose(self.preview.guess.encoding)
        else:
            self.file = None
            self.fault.say(text)
            self._step(START)
            self.choose.setFocus()

    def _looked(self, preview: Preview) -> None:
        assert self.file is not None
        self.preview = preview
        self._columns = dict(preview.columns)
        guess = preview.guess
        self.preview_fault.say("")
        self.file_words.say(self.file.name)
        seen = _("{columns} cột, {unread} cột không lấy").format(
            columns=len(preview.headings), unread=len(preview.headings) - len(set(preview.columns.values()))
        )
        self.about.say(seen)
        self.sheet.set_choices([(name, name) for name in sorted((preview.sheet, *preview.other_sheets))])
        self.sheet.choose(preview.sheet)
        show_if(self.sheet_field, bool(preview.other_sheets))
        self.encoding.choose(guess.encoding)
        unsure = guess.needs_confirming
        text = _("Tệp viết bằng bảng mã cũ. Đọc thử: “{sample}”. Chữ sai thì chọn bảng mã khác.")
        sample = guess.sample if len(guess.sample) <= SAMPLE else guess.sample[:SAMPLE].rpartition(" ")[0] + "…"
        said = text.format(sample=sample) if unsure else ""
        if guess.case_lost and not unsure:
            said = _("Trong tệp có chữ hoa mất dấu hoa (như NGUYễN). Tên được giữ nguyên, không tự sửa.")
        self.sample.say(said)
        self.go.say(_("Chữ đúng, nhập danh sách") if unsure else _("Nhập danh sách"))
        self.go.setEnabled(not preview.no_names)
        if preview.no_names:
            self.preview_fault.say(_("Chưa rõ cột nào là họ tên. Chọn ở bên trái: cột ấy là “Họ tên”."))
        self._show_mapping(preview)
        self.model.show(list(preview.rows))
        self._step(PREVIEW)
        (self.go if self.go.isEnabled() else self.choices[0] if self.choices else self.back).setFocus()

    def _show_mapping(self, preview: Preview) -> None:
        look, grid, holder = self._look, QGridLayout(), QWidget()
        grid.setContentsMargins(*[look.space("none")] * 4)
        grid.setHorizontalSpacing(look.space("m"))
        grid.setVerticalSpacing(look.space("xs"))
        places = {place: key for key, place in preview.columns.items()}
        self.choices = []
        for place, heading in enumerate(preview.headings):
            first = next((row.cells[place] for row in preview.rows if len(row.cells) > place and row.cells[place]), "")
            name = Words(look, heading or _("(cột không tên)"), elide=True)
            example = Words(look, first, "note", "quiet", elide=True)
            choice = Choice(look, meanings())
            choice.choose(places.get(place, ""))
            choice.setAccessibleName(_("Cột {heading} là").format(heading=heading))
            choice.activated.connect(lambda _at, place=place, choice=choice: self._mean(place, str(choice.value)))
            self.choices.append(choice)
            grid.addLayout(down(look, name, example, gap="none"), place, 0)
            grid.addWidget(choice, place, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        holder.setLayout(grid)
        self.mapping.show_parts([holder])

    def _mean(self, place: int, key: str) -> None:
        """A person says what a column holds; another column that held the same holds nothing now."""
        columns = {each: at for each, at in (self._columns or {}).items() if at != place and each != key}
        if key:
            columns[key] = place
        self._columns = columns
        assert self.preview is not None
        if "name" not in columns and "given" not in columns:
            self.preview_fault.say(_("Chưa rõ cột nào là họ tên. Chọn ở bên trái: cột ấy là “Họ tên”."))
            self.go.setEnabled(False)
            return
        self._look_again(str(self.encoding.value))

    # -- bringing in

    def run(self) -> None:
        """Bring the list in."""
        if self.file is None or self.preview is None or self._ticket is not None:
            return
        self.running_words.say(_("Đang nhập {file}").format(file=self.file.name))
        self.counts.say("")
        self.bar.setRange(0, 0)
        self._step(RUNNING)
        self.stop.setEnabled(True)
        self.stop.setFocus()
        self._ticket = self._desk.run(
            bring_in,
            self._counter.service.office,
            self.file,
            str(self.encoding.value),
            self._columns or {},
            self._sheet,
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
        numbers = said.split("|")
        if len(numbers) == 4:
            rows, added, merged, rejected = (grouped(int(number)) for number in numbers)
            text = _("{rows} dòng: thêm {added}, đã có {merged}, chưa nhập {rejected}")
            self.counts.say(text.format(rows=rows, added=added, merged=merged, rejected=rejected))

    def _give_up(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self.stop.setEnabled(False)
            self.running_words.say(_("Đang dừng…"))

    def _over(self) -> None:
        self._ticket = None
        if self._pages.currentIndex() == RUNNING:
            self._step(PREVIEW)

    def _broke(self, broken: RuleBroken) -> None:
        self._step(PREVIEW)
        self.preview_fault.say(message(broken.code, broken.details))

    def _finished(self, outcome: Outcome) -> None:
        done = outcome.done
        self.result_words.say(_("Đã dừng giữa chừng") if done.stopped else _("Đã nhập xong"))
        text = _("Thêm {added} người · {merged} người đã có · {rejected} dòng chưa nhập")
        self.figures.say(
            text.format(added=grouped(done.added), merged=grouped(done.merged), rejected=grouped(done.rejected_count))
        )
        notes = []
        kept = _("{count} dòng nói khác thông tin đã có; thông tin đã có được giữ nguyên.")
        if done.kept:
            notes.append(kept.format(count=grouped(len(done.kept))))
        if done.case_lost:
            lost = _("{count} tên có chữ đầu mất chữ hoa vì TCVN3; tên giữ nguyên, xem lại ở Người dân.")
            notes.append(lost.format(count=grouped(len(done.case_lost))))
        if done.other_sheets:
            notes.append(_("Chưa nhập trang tính: {sheets}.").format(sheets=", ".join(done.other_sheets)))
        self.kept.say(" ".join(notes))
        rejected = [Rejected(row, reason) for row, _code, reason in done.rejected[:SHOWN]]
        self.rejects.show(rejected)
        self.rejected.setVisible(bool(rejected))
        file = done.rejects_file
        self.rejects_file = file
        said = _("Các dòng chưa nhập nằm trong {file}. Sửa ở đó rồi nhập chính tệp ấy.")
        self.rejects_words.say(said.format(file=file) if file else "")
        self.rejects_words.setVisible(file is not None)
        self.open_rejects.setVisible(file is not None)
        self._step(RESULT)
        self.done.setFocus()

    def _open_rejects(self) -> None:
        if self.rejects_file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.rejects_file)))

    # -- leaving

    def leave(self) -> None:
        """Back to the list; the next import begins anew."""
        if self._ticket is not None:
            return
        self.file = self.preview = None
        if self._alone:
            self._step(START)
            self.choose.setFocus()
        else:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


def _said(row: RowForm) -> str:
    if row.broken is not None:
        return message(row.broken.code, row.broken.details)
    return " ".join(message(each.code, each.details) for each in row.remarks)


def _of(row: RowForm, key: str) -> str:
    return str(getattr(row.form, key) or "") if row.form is not None else ""


def preview_columns() -> Sequence[Column]:
    """The first rows as they would come in; a row that would not says why."""
    return (
        Column("number", N_("Dòng"), lambda row: str(row.number), figures=True, width=8),
        Column(
            "name",
            N_("Họ tên"),
            lambda row: _of(row, "name") if row.form is not None else " · ".join(filter(None, row.cells)),
            icon=lambda row: "circle-x" if row.broken else words.icon(row.form.kind if row.form else "person"),
            tone=lambda row: "danger" if row.broken else "ink",
            strong=True,
            width=24,
        ),
        Column(
            "born", N_("Ngày sinh"), lambda row: person_words.born(_of(row, "date_of_birth")), figures=True, width=14
        ),
        Column("sex", N_("Giới tính"), lambda row: _of(row, "sex"), width=10),
        Column(
            "paper",
            N_("Số giấy tờ"),
            lambda row: mask(_of(row, "identity_number") or _of(row, "cmnd") or _of(row, "passport")),
            figures=True,
            width=15,
        ),
        Column(
            "note",
            N_("Ghi chú"),
            _said,
            tip=_said,
            tone=lambda row: "danger" if row.broken else "warning",
            stretch=True,
        ),
    )


def rejected_columns() -> Sequence[Column]:
    """Rows that did not come in."""
    return (
        Column("row", N_("Dòng"), lambda row: str(row.id), sort=lambda row: row.id, figures=True, width=8),
        Column("reason", N_("Lý do"), lambda row: row.reason, tip=lambda row: row.reason, stretch=True),
    )


__all__ = ["PeopleImport"]
