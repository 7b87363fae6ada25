"""Sao y điện tử: which form of copy, by which agency, signed at once or later; written to a file outside."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from desktop import signing
from desktop.bus import Level, Notice
from desktop.signing import Copy
from desktop.views.boxes import Note, Overlay
from desktop.views.buttons import Button
from desktop.views.checklist_row import short_name
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down, show_if
from desktop.views.screen import Counter
from desktop.views.sign_flow import KEY, OF_PIN
from desktop.views.sign_foot import PinLine, pin_name, with_what
from desktop.views.wording import Words
from onestop.queries.papers import DocumentRow
from onestop.rules.errors import RuleBroken
from onestop.rules.text import clean
from onestop.texts import _, message, sentence
from paper.ecopy import CopyForm

FILE = "ban-sao.pdf"


def forms() -> tuple[tuple[CopyForm, str], ...]:
    """The forms of a copy, NĐ 30/2020/NĐ-CP art. 25."""
    return (
        (CopyForm.WHOLE, _("Sao y: từ bản gốc, bản chính")),
        (CopyForm.OF_A_COPY, _("Sao lục: từ bản sao y")),
        (CopyForm.PART, _("Trích sao: một phần của bản gốc")),
    )


class CopySheet(Overlay):
    """`open_for(paper)`: Enter asks where to write the copy and makes it; Esc puts it away."""

    def __init__(self, counter: Counter, window: QWidget) -> None:
        super().__init__(window)
        look = self._look = counter.look
        self._counter, self._desk = counter, counter.desk
        self._paper: DocumentRow | None = None
        self.title = Words(look, size="lead", strong=True, wrap=True)
        self.form = Choice(look, forms())
        self.agency = QLineEdit()
        self.agency.setMaxLength(300)
        self.agency_field = Field(look, _("Cơ quan sao"), self.agency, required=True)
        self.sign = QCheckBox(_("Ký số bản sao ngay"))
        self.sign.toggled.connect(lambda _on: self._settle())
        self.said = Words(look, "", "note", "quiet", wrap=True)
        self.pin = PinLine()
        self.pin_field = Field(look, "", self.pin)
        settings = Button(look, _("Mở cài đặt"))
        settings.clicked.connect(self._to_settings)
        self.fault = Note(look, "", "warning", settings)
        self.fault.hide()
        self.settings = settings
        self.do_button = Button(look, _("Chọn nơi ghi…"), "main", key="Return")
        self.do_button.clicked.connect(self._ask_where)
        leave = Button(look, _("Thôi"), key="Esc")
        leave.clicked.connect(self.put_away)
        fields = (Field(look, _("Hình thức sao"), self.form), self.agency_field, self.sign, self.said, self.pin_field)
        row = across(look, None, leave, self.do_button)
        self.setLayout(down(look, self.title, *fields, self.fault, row, gap="m", margins="xl"))
        self.closed.connect(self._forget)

    def open_for(self, paper: DocumentRow) -> None:
        """Make a copy of this paper."""
        office = self._counter.service.office
        self._paper = paper
        self.title.say(_("Bản sao điện tử của “{title}”").format(title=short_name(paper.about.title)))
        self.setAccessibleName(self.title.text())
        self.agency.setText(office.row.name)
        for field in (self.agency_field, self.pin_field):
            field.clear()
        self.fault.say("")
        lacks = self._lacks()
        self.sign.setChecked(not lacks)
        self.sign.setEnabled(not lacks and not paper.is_signed)
        self._settle()
        self._place()
        self.lift(self.form)
        self._place()  # the height of words is known when they have been dressed

    def _place(self) -> None:
        window, width = self.parentWidget(), self._look.size("palette")
        self.move((window.width() - width) // 2, window.height() // 6)
        self.fit(width)

    def _lacks(self) -> str:
        try:
            signing.maker(signing.means_of(self._counter.settings), demo=self._counter.service.office.row.demo)
        except RuleBroken as broken:
            return broken.code
        return ""

    def _settle(self) -> None:
        means, lacks, paper = signing.means_of(self._counter.settings), self._lacks(), self._paper
        on = self.sign.isChecked()
        needed = paper is not None and paper.is_signed
        if on:
            self.said.say(with_what(means))
        else:
            self.said.say(_("Dấu sao được viết lên trang đầu; cơ quan ký số sau."))
        show_if(self.said, on or not needed)
        self.pin_field.label.say(pin_name(means))
        self.pin.setAccessibleName(pin_name(means))
        show_if(self.pin_field, on and means.asks_pin)
        if needed and lacks:
            self.fault.say(f"{sentence('sign.copy-is-signed')} {sentence(lacks)}")
        show_if(self.settings, bool(lacks))
        self.do_button.setEnabled(not (needed and lacks))
        if self.isVisible():
            self._place()

    # -- making it

    def _ask_where(self) -> None:
        if not self.do_button.isEnabled() or self._paper is None:
            return
        self.agency_field.clear()
        self.pin_field.clear()
        if not clean(self.agency.text()):
            self.agency_field.say_wrong(_("Chưa ghi."))
            self.agency.setFocus()
            return
        self._counter.notices.pick_file(_("Ghi bản sao điện tử"), [_("Tệp PDF (*.pdf)")], self._make, save=FILE)

    def _make(self, file: Path) -> None:
        paper = self._paper
        if paper is None:
            return
        service, on, pin = self._counter.service, self.sign.isChecked(), self.pin.take()
        form = next(form for form, _words in forms() if form == self.form.value)
        means = signing.means_of(self._counter.settings)
        make = signing.maker(means, pin, demo=service.office.row.demo) if on else None
        copy = Copy(form, clean(self.agency.text()), file)
        self._busy(True)
        self._desk.run(
            signing.copy_out,
            service.office,
            service.pagework,
            paper,
            copy,
            make,
            then=lambda made: self._done(made.file, signed=on),
            or_else=self._refused,
            always=lambda: self._busy(False),
            what="progress.copy",
            owner=self,
        )

    def _busy(self, on: bool) -> None:
        self.do_button.setEnabled(not on)

    def _done(self, file: Path, *, signed: bool) -> None:
        self.put_away()
        details = {"file": str(file)} | ({} if signed else {"how": "unsigned"})
        self._desk.bus.tell(Notice(Level.GOOD, "sign.copied", details, KEY))

    def _refused(self, broken: RuleBroken) -> None:
        said = message(broken.code, broken.details)
        if self.isHidden():
            self._desk.tell(Level.WARNING, broken.code, **broken.details)
            return
        if broken.code in OF_PIN:
            self.pin_field.say_wrong(said)
            self.pin.setFocus()
        else:
            self.fault.say(said)
            show_if(self.settings, False)
        self._place()

    def _to_settings(self) -> None:
        self.put_away()
        self._counter.go("settings", group="sign")

    def _forget(self) -> None:
        self.pin.forget()
        self._paper = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask_where()
        else:
            super().keyPressEvent(event)
