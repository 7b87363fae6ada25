"""A sheet over the window that asks for one line: a place, a reason, an address."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.assets import Look
from desktop.views.boxes import Overlay
from desktop.views.buttons import Button
from desktop.views.inputs import Field
from desktop.views.laying import across, down
from desktop.views.wording import Words
from onestop.rules.errors import RuleBroken
from onestop.texts import _, message

LONGEST = 80


class LineSheet(Overlay):
    """`then(text)` on Enter or the button; it stays open, with `refuse` beside the field, until `put_away`."""

    alone = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._then: Callable[[str], None] = lambda _text: None
        self.title = Words(look, size="lead", strong=True, wrap=True)
        self.about = Words(look, "", "note", "quiet", wrap=True)
        self.line = QLineEdit()
        self.line.setMaxLength(LONGEST)
        self.field = Field(look, "", self.line)
        self.do_button = Button(look, "", "main", key="Return")
        self.do_button.clicked.connect(self._done)
        leave = Button(look, _("Thôi"), key="Esc")
        leave.clicked.connect(self.put_away)
        row = across(look, None, leave, self.do_button)
        self.setLayout(down(look, self.title, self.about, self.field, row, gap="m", margins="xl"))

    def ask(self, title: str, about: str, label: str, do: str, text: str, then: Callable[[str], None]) -> None:
        """Open it with what is likely, marked so that typing takes its place."""
        self._then = then
        self.title.say(title)
        self.about.say(about)
        self.field.label.say(label)
        self.line.setAccessibleName(label)
        self.field.clear()
        self.do_button.say(do)
        self.do_button.setEnabled(True)
        self.setAccessibleName(f"{title}. {about}")
        self.line.setText(text)
        self._place()
        self.lift(self.line)
        self.line.selectAll()
        self._place()  # the height of words is known when they have been dressed

    def _place(self) -> None:
        window, width = self.parentWidget(), self._look.size("palette")
        self.move((window.width() - width) // 2, window.height() // 5)
        self.fit(width)

    def _done(self) -> None:
        if self.do_button.isEnabled():
            self.field.clear()
            self.do_button.setEnabled(False)
            self._then(self.line.text())

    def free(self) -> None:
        """The answer is here."""
        self.do_button.setEnabled(True)

    def refuse(self, broken: RuleBroken) -> None:
        """Say beside the field what is wrong."""
        self.field.say_wrong(message(broken.code, broken.details))
        self.line.setFocus()
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F9):
            self._done()
        else:
            super().keyPressEvent(event)
