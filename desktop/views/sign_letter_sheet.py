"""Ký số for one result letter: with what, the PIN where it is asked for here, and what went wrong with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.assets import Look
from desktop.signing import Means
from desktop.views.boxes import Note, Overlay
from desktop.views.buttons import Button
from desktop.views.inputs import Field
from desktop.views.laying import across, down, show_if
from desktop.views.sign_flow import OF_PIN
from desktop.views.sign_foot import PinLine, pin_name, with_what
from desktop.views.wording import Words
from onestop.rules.errors import RuleBroken
from onestop.texts import _, message

Go = Callable[[str, bool], None]
"""The PIN, and whether even the token's last try may be used."""


class SignLetterSheet(Overlay):
    """`open_for(title, means, go)`: `go(pin, even_last_try)` on F9; `refuse` says what is wrong."""

    alone = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._go: Go = lambda _pin, _last: None
        self.title = Words(look, size="lead", strong=True, wrap=True)
        about = _("Chữ ký hiện ở chỗ ký của văn bản; bản đã ký được giữ làm kết quả của hồ sơ.")
        self.means = Words(look, "", "note", "quiet", wrap=True)
        self.pin = PinLine()
        self.field = Field(look, _("Mã PIN của thiết bị ký"), self.pin)
        self.fault = Note(look, "", "danger")
        self.last = Button(look, _("Thử lần cuối"), "danger")
        self.last.clicked.connect(lambda _on: self._sign(even_last_try=True))
        self.do_button = Button(look, _("Ký số"), "main", key="F9")
        self.do_button.clicked.connect(lambda _on: self._sign(even_last_try=False))
        leave = Button(look, _("Thôi"), key="Esc")
        leave.clicked.connect(self.put_away)
        buttons = across(look, self.last, None, leave, self.do_button)
        about_words = Words(look, about, "note", "quiet", wrap=True)
        self.setLayout(
            down(look, self.title, about_words, self.means, self.field, self.fault, buttons, gap="m", margins="xl")
        )
        self.closed.connect(self.pin.forget)

    def open_for(self, title: str, means: Means, go: Go) -> None:
        """Ask for what signing needs."""
        self._go = go
        self.title.say(_("Ký số {title}").format(title=title))
        self.setAccessibleName(self.title.text())
        self.means.say(with_what(means))
        self.field.label.say(pin_name(means))
        self.pin.setAccessibleName(pin_name(means))
        self.pin.forget()
        show_if(self.field, means.asks_pin)
        self.field.clear()
        self.fault.say("")
        show_if(self.last, False)
        self.free()
        self._place()
        self.lift(self.pin if means.asks_pin else self.do_button)
        self._place()

    def free(self) -> None:
        """The answer is here."""
        self.do_button.setEnabled(True)
        self.last.setEnabled(True)

    def refuse(self, broken: RuleBroken) -> None:
        """What the key said: beside the PIN, or above the buttons."""
        said = message(broken.code, broken.details)
        show_if(self.last, broken.code == "sign.last-try")
        if broken.code in OF_PIN and not self.field.isHidden():
            self.field.say_wrong(said)
            self.pin.setFocus()
        else:
            self.fault.say(said)
        self._place()
        QTimer.singleShot(0, self, self._place)

    def _sign(self, *, even_last_try: bool = False) -> None:
        if not self.do_button.isEnabled():
            return
        self.field.clear()
        self.fault.say("")
        self.do_button.setEnabled(False)
        self.last.setEnabled(False)
        self._go(self.pin.take(), even_last_try)

    def _place(self) -> None:
        window, width = self.parentWidget(), self._look.size("palette")
        self.move((window.width() - width) // 2, window.height() // 5)
        self.fit(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_F9, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._sign()
        else:
            super().keyPressEvent(event)
