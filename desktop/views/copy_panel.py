"""The copy panel: a dossier goes into another system field by field, each by one key, then its files; then the code
that it got there comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop import upload
from desktop.assets import Look
from desktop.bus import Level
from desktop.desk import Desk
from desktop.jobs import Report
from desktop.upload import Book, Gathered
from desktop.views.badges import Pill
from desktop.views.boxes import Box
from desktop.views.buttons import Button
from desktop.views.inputs import Choice
from desktop.views.laying import across, show_if
from desktop.views.wording import Words
from onestop.actions import citizens
from onestop.queries import copy_panel
from onestop.queries.copy_panel import CopyField
from onestop.queries.copy_panel import CopyPanel as Fields
from onestop.rules.copy_panel import NUMBER
from onestop.rules.errors import RuleBroken
from onestop.texts import _, message

COPYING, FILES, CODE = range(3)
"""The three steps of filing for somebody."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is copied: a dossier, or a form being filled in, and the query that gives its fields."""

    subject: str
    query: Callable[..., Fields | None]
    args: tuple[Any, ...]

    @classmethod
    def of(cls, dossier: str) -> Source:
        """A dossier with this id."""
        return cls(dossier, copy_panel.panel, (dossier,))


class Steps(QWidget):
    """Nộp hộ: 1 the data are copied, 2 the files uploaded, 3 the code comes back; the one that it is at stands out."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.pills = [Pill(look, tone="quiet") for _step in range(3)]
        self.setLayout(across(look, *self.pills, None, gap="xs"))
        self.show_step(COPYING)

    def show_step(self, step: int) -> None:
        """It is at this one."""
        short = (_("1 chép"), _("2 tải tệp"), _("3 dán mã"))
        for at, (pill, name) in enumerate(zip(self.pills, short, strict=True)):
            pill.say(name, "accent" if at == step else "good" if at < step else "quiet")
        names = (_("1 chép dữ liệu"), _("2 tải tệp"), _("3 dán mã trở lại"))
        self.setToolTip(_("Nộp hộ: {steps}").format(steps=", ".join(names)))
        self.setAccessibleName(_("Nộp hộ, bước {step}").format(step=names[step]))


class CopyPanel(Box):
    """`forward(source)` copies the next field, then gathers the files, `back()` the one before again; `finished` after
    the last: now the other system has given its code. A number of a person is opened by an act when it is copied, not
    before. `chosen(key)`: another of several profiles."""

    finished = Signal()
    chosen = Signal(str)

    def __init__(self, look: Look, desk: Desk, forward: QAction, back: QAction) -> None:
        super().__init__(look, "accent", padding="m", gap="s")
        self._desk = desk
        self._source: Source | None = None
        self._fields: Fields | None = None
        self._book = Book(())
        self._key = ""
        self._at = -1
        self.gathered: Gathered | None = None
        self.steps = Steps(look)
        self.title = Words(look, "", "note", "accent_soft_ink", elide=True)
        self.profile = Choice(look)
        self.profile.setAccessibleName(_("Bảng chép"))
        self.profile.activated.connect(lambda _place: self._another())
        self.example = Pill(look, _("mẫu thử"), "warning")
        self.copied = Words(look, "", strong=True, wrap=True)
        self.text = Words(look, "", figures=True, wrap=True)
        self.following = Words(look, "", "note", "accent_soft_ink", wrap=True)
        self.next_button = Button(look, _("Chép ô kế tiếp"), "main", action=forward)
        self.back_button = Button(look, "", icon="arrow-left", name=_("Chép lại ô trước"))
        self.back_button.clicked.connect(back.trigger)
        self.back_button.setToolTip(f"{self.back_button.accessibleName()} ({back.shortcut().toString()})")
        head = across(look, (self.title, 1), (self.profile, 1), self.example)
        self.add(self.steps, head, self.copied, self.text, self.following)
        self.add(across(look, (self.next_button, 1), self.back_button))
        self.hide()

    @property
    def place(self) -> int:
        """Which field was copied last, from 0; -1 before the first."""
        return self._at

    def prefer(self, key: str) -> None:
        """Copy by this profile, where there are several."""
        self._key = key

    def forward(self, source: Source) -> None:
        """The next field, or step, of this; the first one where the panel was not open."""
        if self._fields is None or self._source is None or self._source.subject != source.subject or self.isHidden():
            self._source = source
            self._desk.run(_profiles, self._desk.office, then=self._ask, owner=self)
        elif self._at + 1 < len(self._fields.fields):
            self._copy(self._at + 1)
        elif self._fields.papers and self.gathered is None:
            self.gather()
        else:
            self._end()

    def back(self) -> None:
        """The field before, once more."""
        if self._fields is not None and self._at > 0:
            self._copy(self._at - 1)

    def gather(self) -> None:
        """Step 2: the files of the dossier in one folder; its path is copied."""
        if self._source is not None:
            subject = self._source.subject
            self._desk.run(_gather, self._desk.office, subject, then=self._came, or_else=self._refused, owner=self)

    def take_files(self, source: Source) -> None:
        """The files alone, wherever the copying is."""
        if self._source is not None and self._source.subject == source.subject and not self.isHidden():
            self.gather()
            return

        def told(gathered: Gathered) -> None:
            _offer(gathered)
            self._desk.tell(Level.GOOD, "upload.gathered", count=len(gathered.files), folder=str(gathered.folder))

        self._desk.run(_gather, self._desk.office, source.subject, then=told, owner=self)

    def put_away(self) -> None:
        """Close it; the next time it begins anew."""
        self._source, self._fields, self._at, self.gathered = None, None, -1, None
        self.hide()

    def _end(self) -> None:
        received = self._fields is not None and self._fields.received
        self.put_away()
        if received:
            self.finished.emit()

    def _ask(self, book: Book) -> None:
        self._book = book
        if book.fault is not None:
            self._desk.tell(Level.WARNING, book.fault.code, **book.fault.details)
        self.profile.set_choices([(each.key, each.name) for each in book.profiles])
        self._read()

    def _read(self) -> None:
        if self._source is not None:
            source, more = self._source, (self._book.profiles, self._key)
            self._desk.ask(source.query, *source.args, *more, then=self._begin, owner=self, key="fields")

    def _another(self) -> None:
        self._key = str(self.profile.value)
        self.chosen.emit(self._key)
        self._read()

    def _begin(self, fields: Fields | None) -> None:
        if fields is None or not fields.fields:
            return
        self._fields, self.gathered = fields, None
        several = len(self._book.profiles) > 1
        self.title.say("" if several else fields.name)
        show_if(self.title, not several)
        show_if(self.profile, several)
        self.profile.choose(fields.profile)
        self.example.setVisible(fields.example)
        self.show()
        self._copy(0)

    def _copy(self, place: int) -> None:
        if self._fields is None:
            return
        field = self._fields.fields[place]
        if field.opens is None:
            self._put(place, field.typed or field.text)
        else:
            self._desk.do(
                citizens.open_number,
                field.opens,
                then=self._opened(place, field),
                or_else=self._refused,
                owner=self,
            )

    def _opened(self, place: int, field: CopyField) -> Callable[[Mapping[str, Any]], None]:
        return lambda values: self._put(place, str(values.get(NUMBER) or field.text))

    def _put(self, place: int, text: str) -> None:
        if self._fields is None:
            return
        fields, self._at = self._fields.fields, place
        QGuiApplication.clipboard().setText(text)
        field = fields[place]
        self.steps.show_step(COPYING)
        self.copied.say(
            _("Đã chép {place}/{count}: {label}").format(place=place + 1, count=len(fields), label=field.label)
        )
        self.text.say(field.text)
        rest = fields[place + 1].label if place + 1 < len(fields) else self._rest()
        self.following.say(_("Dán vào hệ thống kia. Tiếp theo: {label}").format(label=rest))
        self.next_button.say(_("Chép ô kế tiếp"))
        self._tell()

    def _rest(self) -> str:
        """What follows the last field."""
        assert self._fields is not None
        if self._fields.papers:
            return _("gom {count} tệp để tải lên").format(count=self._fields.papers)
        return _("ghi mã mà hệ thống kia cấp") if self._fields.received else _("tiếp nhận hồ sơ (F9)")

    def _came(self, gathered: Gathered) -> None:
        if self._fields is None:
            return
        self.gathered = gathered
        _offer(gathered)
        self.steps.show_step(FILES)
        self.copied.say(_("Đã gom {count} tệp để tải lên").format(count=len(gathered.files)))
        self.text.say("\n".join(gathered.files))
        text = _("Đường dẫn thư mục đã chép: dán vào hộp chọn tệp. Tiếp theo: {label}")
        self.following.say(text.format(label=_("ghi mã mà hệ thống kia cấp")))
        self.next_button.say(_("Dán mã trở lại"))
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleName(f"{self.copied.text()}. {self.following.text()}")

    def _refused(self, broken: RuleBroken) -> None:
        self.following.say(message(broken.code, broken.details))


def _offer(gathered: Gathered) -> None:
    """The folder's path is copied, and it is opened where there is a screen to open it on."""
    QGuiApplication.clipboard().setText(str(gathered.folder))
    if QGuiApplication.platformName() != "offscreen":
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(gathered.folder)))


def _gather(report: Report, office: Any, dossier_id: str) -> Gathered:
    return upload.gather(office, dossier_id, report.step)


def forget_files(report: Report, office: Any, dossier_id: str) -> None:
    """The dossier has its code there."""
    report.step()
    upload.forget(office, dossier_id)


def _profiles(report: Report, office: Any) -> Book:
    report.step()
    return upload.profiles(office.folder)


__all__ = ["CopyPanel", "Source", "forget_files"]
