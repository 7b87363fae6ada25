"""The dossiers that are chosen change hands: taken over by one key, or handed over in one go with one list to sign."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.assets import Look
from desktop.bus import Level, Notice, Offer
from desktop.models import moves as words
from desktop.views.boxes import Note, Overlay
from desktop.views.buttons import Button
from desktop.views.inputs import Field
from desktop.views.laying import across, down
from desktop.views.screen import Counter
from desktop.views.wording import Words
from onestop.actions import hand_many
from onestop.actions.hand_many import Many, ManyForm
from onestop.queries import hands
from onestop.queries.dossiers import DossierRow
from onestop.rules.errors import RuleBroken
from onestop.rules.letters import FormKey
from onestop.rules.roles import Permission
from onestop.texts import N_, _, message

KEY = "hands"
TOLD = 3
"""So many of what stays out are named."""


class HandFlow(QObject):
    """`take()` and `ask()` go by the rows that `chosen()` gives."""

    made = Signal()

    def __init__(self, counter: Counter, screen: QWidget, chosen: Callable[[], Sequence[DossierRow]]) -> None:
        super().__init__(screen)
        self._screen, self._chosen = screen, chosen
        self._counter, self._desk = counter, counter.desk
        self.sheet: HandSheet | None = None

    # -- taken over

    def take(self) -> None:
        """Say that one has them."""
        rows = list(self._chosen())
        if rows:
            self._desk.do(
                hand_many.take_over,
                [row.id for row in rows],
                then=partial(self._taken, rows),
                or_else=self._refused,
                owner=self,
            )

    def _taken(self, rows: Sequence[DossierRow], done: Many) -> None:
        self.made.emit()
        self._desk.bus.tell(Notice(Level.GOOD, "hands.taken-over", {"count": len(done.moved)}, KEY))
        self._tell_left_out(rows, done, "hands.not-taken")

    # -- handed over

    def ask(self) -> None:
        """To whom, and what is to be known with it."""
        if not self._chosen():
            return
        if self.sheet is None:
            self.sheet = HandSheet(self._counter.look, self._screen.window())
        self._desk.ask(hands.offered, then=self._open, owner=self, key="offered")

    def _open(self, offered: tuple[str, ...]) -> None:
        rows = list(self._chosen())
        if rows and self.sheet is not None:
            self.sheet.open_for(rows, offered, partial(self._do, rows))

    def _do(self, rows: Sequence[DossierRow], to: str, note: str) -> None:
        assert self.sheet is not None
        self._desk.do(
            hand_many.hand_over,
            ManyForm(tuple(row.id for row in rows), to, note),
            then=partial(self._handed, rows),
            or_else=self.sheet.refuse,
            always=self.sheet.free,
            owner=self,
        )

    def _handed(self, rows: Sequence[DossierRow], done: Many) -> None:
        self.made.emit()
        if self.sheet is not None:
            self.sheet.put_away()
        offers = []
        if self._counter.commands.may(Permission.PRINT):
            offers.append(Offer(N_("In giấy bàn giao"), partial(self._print, done.list)))
        details = {"count": len(done.moved), "to": done.to}
        self._desk.bus.tell(Notice(Level.GOOD, "hands.handed-over", details, KEY, tuple(offers)))
        for remark in done.remarks:
            self._desk.tell(Level.WARNING, remark.code, **remark.details)
        self._tell_left_out(rows, done, "hands.left-out")

    def _print(self, batch: str) -> None:
        self._counter.service.prints.print(FormKey.DOSSIER_HANDOVER, batch)

    def _tell_left_out(self, rows: Sequence[DossierRow], done: Many, code: str) -> None:
        if not done.left_out:
            return
        codes = {row.id: row.code for row in rows}
        named = [codes.get(dossier, dossier) for dossier, _why in done.left_out]
        shown = ", ".join(named[:TOLD]) + (" …" if len(named) > TOLD else "")
        broken = done.left_out[0][1]
        details = {"count": len(named), "codes": shown, "why": partial(message, broken.code, broken.details)}
        self._desk.bus.tell(Notice(Level.WARNING, code, details, "hands-out"))

    def _refused(self, broken: RuleBroken) -> None:
        self._desk.tell(Level.WARNING, broken.code, **broken.details)


Go = Callable[[str, str], None]


class HandSheet(Overlay):
    """`open_for(rows, offered, go)`: `go(to, note)` on F9 or the button; `refuse` says what is wrong."""

    alone = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._go: Go = lambda _to, _note: None
        self.title = Words(look, _("Bàn giao hồ sơ"), size="lead", strong=True, wrap=True)
        self.about = Words(look, "", "note", "quiet", wrap=True)
        self.to = QComboBox()
        self.to.setEditable(True)
        self.note = QLineEdit()
        self.note.setMaxLength(300)
        controls: dict[str, QWidget] = {"to": self.to, "note": self.note}
        self.fields = {name: Field(look, _(words.FIELD_NAMES[name]), control) for name, control in controls.items()}
        for name, control in controls.items():
            control.setAccessibleName(_(words.FIELD_NAMES[name]))
        self.fault = Note(look, "", "warning")
        self.do_button = Button(look, _("Bàn giao"), "main", key="F9")
        self.do_button.clicked.connect(self._done)
        leave = Button(look, _("Thôi"), key="Esc")
        leave.clicked.connect(self.put_away)
        buttons = across(look, None, leave, self.do_button)
        self.setLayout(
            down(look, self.title, self.about, *self.fields.values(), self.fault, buttons, gap="m", margins="xl")
        )

    def open_for(self, rows: Sequence[DossierRow], offered: Sequence[str], go: Go) -> None:
        """Ask to whom these go."""
        self._go = go
        named = ", ".join(row.code for row in rows[:TOLD]) + (" …" if len(rows) > TOLD else "")
        self.about.say(_("{count} hồ sơ").format(count=len(rows)) + f": {named}")
        self.setAccessibleName(f"{self.title.text()}. {self.about.text()}")
        self.to.clear()
        self.to.addItems(list(offered))
        self.to.setEditText(offered[0] if offered else "")
        self.note.clear()
        self.fault.say("")
        for field in self.fields.values():
            field.clear()
        self.do_button.setEnabled(True)
        self._place()
        self.lift(self.to)
        self._place()

    def _place(self) -> None:
        window, width = self.parentWidget(), self._look.size("palette")
        self.move((window.width() - width) // 2, window.height() // 10)
        self.fit(width)

    def _done(self) -> None:
        if self.do_button.isEnabled():
            self.do_button.setEnabled(False)
            self._go(" ".join(self.to.currentText().split()), " ".join(self.note.text().split()))

    def free(self) -> None:
        """The answer is here."""
        self.do_button.setEnabled(True)

    def refuse(self, broken: RuleBroken) -> None:
        """Say what is wrong, beside the field where there is one."""
        said = message(broken.code, broken.details)
        if broken.details.get("field") == "to":
            self.fields["to"].say_wrong(said)
            self.to.setFocus()
        else:
            self.fault.say(said)
        self._place()
        QTimer.singleShot(0, self, self._place)  # the height of what was said is known when it has been dressed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F9:
            self._done()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)


__all__ = ["HandFlow", "HandSheet"]
