"""Gọi báo: how the citizen was told of his result and what came of it, by one figure."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.assets import Look
from desktop.models import delivery_words as words
from desktop.views.boxes import Note, Overlay
from desktop.views.buttons import Button
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down
from desktop.views.wording import Words
from onestop.queries.delivery import OneReady
from onestop.rules.delivery import LONGEST, CallForm
from onestop.rules.errors import RuleBroken
from onestop.texts import _, message


class CallSheet(Overlay):
    """`then(form)` when an outcome is chosen: 1 to 4, or its button."""

    alone = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._one: OneReady | None = None
        self._then: Callable[[CallForm], None] = lambda _form: None
        self.title = Words(look, size="lead", strong=True, wrap=True)
        self.phone = Words(look, "", "title", strong=True, figures=True, wrap=True)
        self.about = Words(look, "", "note", "quiet", wrap=True)
        self.way = Choice(look, words.call_ways())
        self.note = QLineEdit()
        self.note.setMaxLength(LONGEST)
        self.outcomes: dict[str, Button] = {}
        for number, (key, text, icon) in enumerate(words.call_outcomes(), 1):
            button = Button(look, f"{number}  {text}", icon=icon, name=text)
            button.setAccessibleDescription(_("Phím {key}").format(key=number))
            button.clicked.connect(lambda _checked=False, key=key: self._done(key))
            button.installEventFilter(self)
            self.outcomes[key] = button
        self.fault = Note(look, "", "warning")
        leave = Button(look, _("Thôi"), key="Esc")
        leave.clicked.connect(self.put_away)
        first, second, third, fourth = self.outcomes.values()
        self.setLayout(
            down(
                look,
                self.title,
                self.phone,
                self.about,
                across(look, (first, 1), (second, 1)),
                across(look, (third, 1), (fourth, 1)),
                across(
                    look, (Field(look, _("Báo bằng"), self.way), 1), (Field(look, _("Ghi chú"), self.note), 2), gap="m"
                ),
                self.fault,
                across(look, None, leave),
                gap="m",
                margins="xl",
            )
        )

    def open_for(self, one: OneReady, then: Callable[[CallForm], None]) -> None:
        """Ask how the call for this result went."""
        self._one, self._then = one, then
        self.title.say(_("Gọi báo {name}").format(name=one.row.owner_name))
        self.phone.say(one.row.phone or _("Không có số điện thoại"))
        calls = [words.outcome(each["outcome"]).lower() for each in one.calls]
        before = _("Đã gọi: {calls}").format(calls=", ".join(calls)) if calls else ""
        self.about.say(" · ".join(filter(None, (one.row.title, one.row.shelf, before))))
        self.setAccessibleName(f"{self.title.text()}. {self.phone.text()}")
        self.note.clear()
        self.fault.say("")
        self.way.setCurrentIndex(0)
        self._place()
        self.lift(next(iter(self.outcomes.values())))
        self._place()

    def _place(self) -> None:
        window, width = self.parentWidget(), self._look.size("palette")
        self.move((window.width() - width) // 2, window.height() // 6)
        self.fit(width)

    def _done(self, outcome: str) -> None:
        if self._one is not None:
            self._then(CallForm(self._one.id, str(self.way.value), outcome, self.note.text()))

    def refuse(self, broken: RuleBroken) -> None:
        """Say what is wrong."""
        self.fault.say(message(broken.code, broken.details))
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.text() in tuple("1234"):
            self._done(list(self.outcomes)[int(event.text()) - 1])
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)
