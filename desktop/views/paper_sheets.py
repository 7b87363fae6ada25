"""A small sheet that asks for a reason, and where need be for the supervisor's own log-in, before a paper is taken off
or a broken file is let in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.assets import Look
from desktop.views.boxes import Overlay
from desktop.views.buttons import Button
from desktop.views.inputs import Field
from desktop.views.laying import across, down, show_if
from desktop.views.wording import Words
from onestop.texts import _, sentence

Answer = Callable[[str, str, str], None]
"""What is done with reason, login and password."""


class WordSheet(Overlay):
    """Enter goes on from field to field and does it at the last one; Esc puts the sheet away."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._then: Answer = lambda _reason, _login, _password: None
        self._log_in = False
        self.title = Words(look, size="lead", strong=True, wrap=True)
        self.about = Words(look, "", tone="quiet", wrap=True)
        self.reason, self.login, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        labels = (_("Lý do"), _("Tên đăng nhập của phụ trách"), _("Mật khẩu"))
        lines = (self.reason, self.login, self.password)
        self.fields = {line: Field(look, label, line, required=True) for line, label in zip(lines, labels, strict=True)}
        self.do_button = Button(look, "", "main", key="Return")
        self.do_button.clicked.connect(self._finish)
        leave = Button(look, _("Thôi"), key="Esc")
        leave.clicked.connect(self.put_away)
        self._who = QWidget()
        self._who.setLayout(across(look, (self.fields[self.login], 1), (self.fields[self.password], 1)))
        row = across(look, None, leave, self.do_button)
        self.setLayout(
            down(look, self.title, self.about, self.fields[self.reason], self._who, row, gap="m", margins="xl")
        )

    def ask(self, title: str, about: str, verb: str, then: Answer, *, log_in: bool = False) -> None:
        """Open it, empty. `log_in`: somebody else vouches for it, with his own log-in."""
        self._then, self._log_in = then, log_in
        self.title.say(title)
        self.about.say(about)
        show_if(self.about, bool(about))
        self.do_button.say(verb)
        for line, field in self.fields.items():
            line.clear()
            field.clear()
        show_if(self._who, log_in)
        self.setAccessibleName(title)
        window, width = self.parentWidget(), self._look.size("palette")
        self.move((window.width() - width) // 2, window.height() // 6)
        self.fit(width)
        self.lift(self.reason)

    def refuse(self, code: str) -> None:
        """The log-in was refused: say so, and let it be typed again."""
        self.fields[self.password].say_wrong(sentence(code))
        self.password.clear()
        self.password.setFocus()

    def _asked(self) -> list[QLineEdit]:
        return [self.reason, self.login, self.password] if self._log_in else [self.reason]

    def _finish(self) -> None:
        for line in self._asked():
            self.fields[line].clear()
            if not line.text().strip():
                self.fields[line].say_wrong(_("Chưa ghi."))
                line.setFocus()
                return
        self._then(self.reason.text().strip(), self.login.text().strip(), self.password.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            here = next((line for line in self._asked() if line.hasFocus()), None)
            empty = next((line for line in self._asked() if not line.text().strip()), None)
            if here is not None and here.text().strip() and empty is not None:
                empty.setFocus()
            else:
                self._finish()
        else:
            super().keyPressEvent(event)
