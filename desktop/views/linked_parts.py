"""The results of a linked filing: a section of the pane, rows among the next steps, and the sheet that notes one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop.assets import Look
from desktop.bus import Level, Notice
from desktop.models import due as dates
from desktop.models import linked_words as words
from desktop.models import moves
from desktop.views.boxes import Note, Overlay
from desktop.views.buttons import Button
from desktop.views.inputs import Field
from desktop.views.laying import across, down
from desktop.views.screen import Counter
from desktop.views.sections import line, section
from desktop.views.suggest import Option
from desktop.views.wording import Words
from onestop import clock
from onestop.actions import parts as actions
from onestop.actions.parts import PartDone
from onestop.queries.dossiers import PartRow
from onestop.queries.overview import Card
from onestop.rules.dossier import State
from onestop.rules.errors import RuleBroken
from onestop.rules.part_results import NO_RESULT_IN, PartForm
from onestop.texts import _, message

Go = Callable[[PartForm], None]
LINES = 2
FIELDS = ("number", "date", "signer", "title", "reason")


def parts_section(look: Look, parts: Sequence[PartRow]) -> QWidget:
    """Each result with who gives it, until when, and what became of it."""
    now = clock.now()
    rows = []
    for part in parts:
        told = words.standing(part, now)
        rows.append(line(look, part.name, f"{part.agency} · {told.text}", icon=told.icon, tone=told.tone))
    return section(look, _("Kết quả liên thông"), *rows)


def part_options(card: Card, *, may: bool, owed: bool) -> list[Option]:
    """The results that are `owed` and can be noted now, or those that can be corrected."""
    if not may or State(str(card.dossier.values["state"])) in NO_RESULT_IN:
        return []
    icon, named = ("circle-check", _("Có kết quả: {name}")) if owed else ("pencil", _("Sửa kết quả: {name}"))
    rows = [part for part in card.dossier.parts if (part.finished_at is None) == owed]
    return [Option(part, named.format(name=part.name), part.agency, icon) for part in rows]


class PartFlow(QObject):
    """`ask(card, part)` notes what became of one result and tells what is still owed; `then()` once it is noted."""

    def __init__(self, counter: Counter, screen: QWidget, then: Callable[[], None]) -> None:
        super().__init__(screen)
        self._counter, self._screen, self._then = counter, screen, then
        self.sheet: PartSheet | None = None

    def ask(self, card: Card, part: PartRow) -> None:
        """Open the sheet of this result."""
        if self.sheet is None:
            self.sheet = PartSheet(self._counter.look, self._screen.window())
        sheet, desk = self.sheet, self._counter.desk

        def done(made: PartDone) -> None:
            sheet.put_away()
            self._then()
            code = "dossiers.part-done" if made.left else "dossiers.parts-done"
            details = {"code": made.code, "part": part.name, "left": list(made.left)}
            desk.bus.tell(Notice(Level.GOOD, code, details, "move"))

        def go(form: PartForm) -> None:
            desk.do(actions.finish, form, then=done, or_else=sheet.refuse, always=sheet.free, owner=self)

        sheet.open_for(card, part, go)


class PartSheet(Overlay):
    """`open_for(card, part, go)`: `go(form)` on F9 or the button; `refuse` says beside a field what is wrong."""

    alone = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._wanted: tuple[str, str] = ("", "")
        self._go: Go = lambda _form: None
        self.title = Words(look, size="lead", strong=True, wrap=True)
        self.about = Words(look, "", "note", "quiet", wrap=True)
        self.lines = {name: QLineEdit() for name in FIELDS if name != "reason"}
        for each in self.lines.values():
            each.setMaxLength(300)
        self.lines["date"].setPlaceholderText(_("ngày/tháng/năm"))
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(look.metrics().lineSpacing() * LINES + look.space("m") * 2)
        names = {**moves.FIELD_NAMES, "reason": words.NO_RESULT}
        controls: dict[str, QWidget] = {**self.lines, "reason": self.reason}
        self.fields = {name: Field(look, _(names[name]), control) for name, control in controls.items()}
        for name, control in controls.items():
            control.setAccessibleName(_(names[name]))
        self.fault = Note(look, "", "warning")
        self.do_button = Button(look, _("Ghi kết quả"), "main", key="F9")
        self.do_button.clicked.connect(self._done)
        leave = Button(look, _("Thôi"), key="Esc")
        leave.clicked.connect(self.put_away)
        foot = across(look, None, leave, self.do_button)
        rows = [self.fields[name] for name in FIELDS]
        self.setLayout(down(look, self.title, self.about, *rows, self.fault, foot, gap="m", margins="xl"))
        self.closed.connect(self._forget)

    def open_for(self, card: Card, part: PartRow, go: Go) -> None:
        """Ask for the result of this part, with what is known of it."""
        self._wanted, self._go = (card.id, part.key), go
        kept = part.result or {}
        self.title.say(_("Có kết quả: {name}").format(name=part.name))
        self.about.say(f"{card.dossier.code} · {card.dossier.values['owner_name']} · {part.agency}")
        self.setAccessibleName(f"{self.title.text()}. {self.about.text()}")
        for name, each in self.lines.items():
            each.setText(str(kept.get(name) or ""))
        self.lines["title"].setText(str(kept.get("title") or part.name))
        day = "/".join(reversed(str(kept["date"]).split("-"))) if kept.get("date") else dates.date(clock.now())
        self.lines["date"].setText(day)
        self.reason.setPlainText(str(kept.get("reason") or ""))
        self._clear()
        self._place()
        self.lift(self.lines["number"])
        self._place()  # the height of words is known when they have been dressed

    def _clear(self) -> None:
        for field in self.fields.values():
            field.clear()
        self.fault.say("")

    def _place(self) -> None:
        window, width = self.parentWidget(), self._look.size("palette")
        self.move((window.width() - width) // 2, window.height() // 10)
        self.fit(width)

    def form(self) -> PartForm:
        """As it stands in the fields."""
        said = {name: " ".join(each.text().split()) for name, each in self.lines.items()}
        said["date"] = moves.read_day(said["date"])
        return PartForm(*self._wanted, **said, reason=" ".join(self.reason.toPlainText().split()))

    def _done(self) -> None:
        if self.do_button.isEnabled():
            self._clear()
            self.do_button.setEnabled(False)
            self._go(self.form())

    def free(self) -> None:
        """The answer is here."""
        self.do_button.setEnabled(True)

    def refuse(self, broken: RuleBroken) -> None:
        """Say beside the field, or above the button, what is wrong."""
        field = self.fields.get(str(broken.details.get("field") or ""))
        said = message(broken.code, broken.details)
        if field is not None:
            field.say_wrong(said)
            control = field.control
            assert isinstance(control, QWidget)
            control.setFocus()
        else:
            self.fault.say(said)
        self._place()
        QTimer.singleShot(0, self, self._place)

    def _forget(self) -> None:
        self._go = lambda _form: None
        self.do_button.setEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F9:
            self._done()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)
