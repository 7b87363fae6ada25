"""Hồ sơ đến từ Cổng dịch vụ công: its code there and when it was handed in, asked over Tiếp nhận for the person and the
procedure that stand there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.models import due
from desktop.models.moves import read_day
from desktop.views.boxes import Note, Overlay
from desktop.views.buttons import Button
from desktop.views.filling import Filling
from desktop.views.inputs import Field
from desktop.views.laying import across, down
from desktop.views.screen import Screen
from desktop.views.wording import Words
from onestop import clock
from onestop.actions import receive
from onestop.actions.receive import Received
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import RegisterForm
from onestop.texts import _, message

Then = Callable[[Received], None]


class RegisterSheet(Overlay):
    """`open_for(filling, then)`: F9 writes it down, Esc puts it away; `then(received)` once it is safe on disk."""

    alone = True

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen.window())
        look = self._look = screen.look
        self._desk = screen.desk
        self._filling: Filling | None = None
        self._then: Then = lambda _received: None
        self.title = Words(look, _("Hồ sơ đến từ Cổng DVCQG"), size="lead", strong=True)
        self.about = Words(look, "", "note", "quiet", wrap=True)
        self.code, self.at = QLineEdit(), QLineEdit()
        self.code.setMaxLength(80)
        self.at.setPlaceholderText(_("ngày/tháng/năm giờ:phút"))
        self.fields = {
            "external_code": Field(look, _("Mã hồ sơ trên Cổng"), self.code, required=True),
            "submitted_at": Field(look, _("Nộp lúc"), self.at, required=True),
        }
        hint = _("Trả lời trong 8 giờ làm việc kể từ khi nộp; thời hạn giải quyết tính từ khi tiếp nhận.")
        self.hint = Words(look, hint, "note", "quiet", wrap=True)
        self.fault = Note(look, "", "warning")
        self.do_button = Button(look, _("Ghi nhận"), "main", key="F9")
        self.do_button.clicked.connect(self._do)
        leave = Button(look, _("Thôi"), key="Esc")
        leave.clicked.connect(self.put_away)
        foot = across(look, None, leave, self.do_button)
        rows = (self.title, self.about, *self.fields.values(), self.hint, self.fault)
        self.setLayout(down(look, *rows, foot, gap="m", margins="xl"))
        self.setAccessibleName(self.title.text())

    def open_for(self, filling: Filling, then: Then) -> None:
        """Ask for what is filled in."""
        self._filling, self._then = filling, then
        self.about.say(filling.title)
        self.code.clear()
        now = clock.now()
        self.at.setText(f"{due.date(now)} {due.hour(now)}")
        self._clear()
        self._place()
        self.lift(self.code)
        self._place()  # the height of words is known when they have been dressed

    def _clear(self) -> None:
        for field in self.fields.values():
            field.clear()
        self.fault.say("")

    def _place(self) -> None:
        window, width = self.parentWidget(), self._look.size("palette")
        self.move((window.width() - width) // 2, window.height() // 6)
        self.fit(width)

    def _do(self) -> None:
        if self._filling is None or not self.do_button.isEnabled():
            return
        self._clear()
        self.do_button.setEnabled(False)
        form = replace(self._filling.form(), late_entry=None, assisted=False)
        wish = RegisterForm(form, self.code.text(), read_day(self.at.text()))
        self._desk.do(
            receive.register,
            wish,
            then=self._done,
            or_else=self._refuse,
            always=lambda: self.do_button.setEnabled(True),
            owner=self,
        )

    def _done(self, received: Received) -> None:
        self.put_away()
        self._then(received)

    def _refuse(self, broken: RuleBroken) -> None:
        said = message(broken.code, broken.details)
        name = {"external": "external_code"}.get(str(broken.details.get("field")), str(broken.details.get("field")))
        field = self.fields.get(name)
        if field is None:
            self.fault.say(said)
        else:
            field.say_wrong(said)
            control = field.control
            assert isinstance(control, QWidget)
            control.setFocus()
        self._place()
        QTimer.singleShot(0, self, self._place)  # the height of what was said is known when it has been dressed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F9:
            self._do()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)
