"""A sheet over the window that asks for a reason in words before a paper is made of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.assets import Look
from desktop.views.boxes import Overlay
from desktop.views.buttons import Button
from desktop.views.inputs import Field
from desktop.views.laying import across, down
from desktop.views.wording import Words
from onestop.texts import _


class ReasonSheet(Overlay):
    """`then(text)` with what was written, on the button or Ctrl+Enter; Esc puts it away. Whoever asks keeps the text:
    `keep(text)` at every change, "" once it was used."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._then: Callable[[str], None] = lambda text: None
        self._keep: Callable[[str], None] = lambda text: None
        self.title = Words(look, size="lead", strong=True)
        self.about = Words(look, "", tone="quiet", wrap=True)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.installEventFilter(self)
        self.text.textChanged.connect(lambda: self._keep(self.text.toPlainText()))
        self.field = Field(look, _("Lý do"), self.text, required=True)
        self.make = Button(look, _("Lập phiếu và in"), "main", key="Ctrl+Return")
        self.make.clicked.connect(self._finish)
        leave = Button(look, _("Bỏ"), key="Esc")
        leave.clicked.connect(self.put_away)
        self.setLayout(
            down(
                look,
                self.title,
                self.about,
                (self.field, 1),
                across(look, None, leave, self.make),
                gap="m",
                margins="xl",
            )
        )

    def ask(
        self,
        title: str,
        about: str,
        label: str,
        text: str,
        keep: Callable[[str], None],
        then: Callable[[str], None],
    ) -> None:
        """Open it with what was written before."""
        look, window = self._look, self.parentWidget()
        self._keep, self._then = lambda text: None, then
        self.text.setPlainText(text)
        self._keep = keep
        self.title.say(title)
        self.about.say(about)
        self.field.label.say(label)
        self.text.setAccessibleName(label)
        self.field.clear()
        self.setAccessibleName(title)
        width, height = look.size("palette"), look.size("palette") * 2 // 3
        self.setGeometry((window.width() - width) // 2, max(0, (window.height() - height) // 3), width, height)
        self.lift(self.text)

    def _finish(self) -> None:
        text = self.text.toPlainText().strip()
        if not text:
            self.field.say_wrong(_("Ghi rõ lý do để người dân hiểu được."))
            self.text.setFocus()
            return
        self.text.clear()
        self.put_away()
        self._then(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if event.type() == QEvent.Type.KeyPress:
                    self._finish()
                event.accept()  # it is this sheet's, not the "receive and next" of the screen below
                return True
            if event.key() == Qt.Key.Key_Escape and event.type() == QEvent.Type.KeyPress:
                self.put_away()
                return True
        return False
