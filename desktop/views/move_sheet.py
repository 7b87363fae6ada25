"""One step in a dossier's life: first which, by its number or arrows; then what has to be said with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from desktop.assets import Look
from desktop.models import due as dates
from desktop.models import moves as words
from desktop.views.boxes import Note, Overlay
from desktop.views.buttons import Button
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down, show_if
from desktop.views.pick import PickSheet
from desktop.views.suggest import Option
from desktop.views.wording import Words
from onestop import clock
from onestop.queries.overview import Card
from onestop.rules.errors import RuleBroken
from onestop.rules.moves import MoveForm, Receiver, Result
from onestop.rules.result_letters import MADE
from onestop.texts import _, message

DIGITS = "1234567890"
"""The tenth is picked with 0."""
AUTHORISED = "authorised"
LINES = 4
"""Lines of text that can be seen at once."""

Go = Callable[[MoveForm], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The dossier as whoever moves it has it before the eyes, and the names that it may be forwarded to."""

    card: Card
    sections: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """Where it stands."""
        return str(self.card.dossier.values["state"])


class MovePick(PickSheet):
    """Which step, or which paper: numbers pick it, as do the arrows and Enter."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window)
        self.list.installEventFilter(self)

    def ask(
        self,
        title: str,
        moves: Sequence[str],
        then: Callable[[Any], None],
        before: Sequence[Option] = (),
        behind: Sequence[Option] = (),
    ) -> None:
        """Offer these moves; `before` them and `behind` them other rows."""
        named = [(move, words.WORDS[move]) for move in moves]
        rows = [*before, *(Option(move, _(each.name), _(each.what), each.icon) for move, each in named), *behind]
        self.among(title, [replace(row, number=at) for at, row in enumerate(rows, 1)], then)

    def among(self, title: str, options: Sequence[Option], then: Callable[[Any], None]) -> None:
        """Offer these rows."""
        self.offer(title, options, then)
        self.foot.say(_("Số để chọn · Enter chọn · Esc đóng"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentItem())
                return True
            if event.text() and event.text() in DIGITS:
                place = DIGITS.index(event.text())
                if place < self.list.count():
                    self._take(self.list.item(place))
                return True
        return super().eventFilter(watched, event)


class MoveSheet(Overlay):
    """`open_for(move, wanted, go)`: `go(form)` on F9 or the button; `refuse` says beside a field what is wrong."""

    alone = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._move = ""
        self._wanted: Wanted | None = None
        self._go: Go = lambda _form: None
        self.title = Words(look, size="lead", strong=True, wrap=True)
        self.about = Words(look, "", "note", "quiet", wrap=True)
        self.to = QComboBox()
        self.to.setEditable(True)
        self.lines = {
            name: QLineEdit() for name in ("note", "title", "number", "date", "signer", "due", "name", "id_number")
        }
        for line in self.lines.values():
            line.setMaxLength(300)
        for name in ("date", "due"):
            self.lines[name].setPlaceholderText(_("ngày/tháng/năm"))
        self.texts = {name: QPlainTextEdit() for name in ("items", "reason")}
        for text in self.texts.values():
            text.setTabChangesFocus(True)
            text.setFixedHeight(look.metrics().lineSpacing() * LINES + look.space("m") * 2)
        self.who, self.paper = Choice(look), Choice(look, words.papers())
        self.who.currentIndexChanged.connect(self._settle)
        controls: dict[str, QWidget] = {
            "to": self.to,
            "who": self.who,
            "paper": self.paper,
            **self.lines,
            **self.texts,
        }
        self.fields = {name: Field(look, _(words.FIELD_NAMES[name]), control) for name, control in controls.items()}
        for name, control in controls.items():
            control.setAccessibleName(_(words.FIELD_NAMES[name]))
        self.fault = Note(look, "", "warning")
        self.do_button = Button(look, "", "main", key="F9")
        self.do_button.clicked.connect(self._done)
        leave = Button(look, _("Thôi"), key="Esc")
        leave.clicked.connect(self.put_away)
        order = [self.fields[name] for name in words.FIELD_NAMES]
        self.setLayout(
            down(
                look,
                self.title,
                self.about,
                *order,
                self.fault,
                across(look, None, leave, self.do_button),
                gap="m",
                margins="xl",
            )
        )
        self.closed.connect(self._forget)

    @property
    def shown(self) -> tuple[str, ...]:
        """The names of the fields that are shown."""
        return tuple(name for name, field in self.fields.items() if not field.isHidden())

    def open_for(self, move: str, wanted: Wanted, go: Go) -> None:
        """Ask what this move needs; a move that needs nothing is asked to be confirmed."""
        said, values = words.WORDS[move], wanted.card.dossier.values
        self._move, self._wanted, self._go = move, wanted, go
        self.title.say(_(said.name))
        self.about.say(f"{wanted.card.dossier.code} · {values['owner_name']} · {_(said.what)}")
        self.setAccessibleName(f"{_(said.name)}. {self.about.text()}")
        self.do_button.say(_(said.name))
        self._begin(wanted, values)
        for name, field in self.fields.items():
            field.clear()
            show_if(field, name in said.fields)
        self.fault.say("")
        self._settle()
        self._place()
        self.lift(self._control(said.fields[0]) if said.fields else self.do_button)
        self._place()

    def _begin(self, wanted: Wanted, values: Mapping[str, Any]) -> None:
        for line in self.lines.values():
            line.clear()
        for text in self.texts.values():
            text.clear()
        self.to.clear()
        self.to.addItems(list(wanted.sections))
        self.to.setEditText(wanted.sections[0] if wanted.sections else "")
        self.lines["title"].setText(values["summary"] or values["procedure_name"])
        self.lines["date"].setText(dates.date(clock.now()))
        made = next((each.details for each in reversed(wanted.card.history) if each.kind == MADE), None)
        if made is not None:
            # The result letter that was made of it says what came out.
            for name in ("title", "number", "signer"):
                self.lines[name].setText(str(made[name]))
            self.lines["date"].setText("/".join(reversed(str(made["date"]).split("-"))))
        roles = {"owner": _("Chủ hồ sơ"), "submitter": _("Người nộp")}
        people: list[tuple[object, str]] = [
            (each.role, f"{roles[each.role]}: {each.name}") for each in wanted.card.people if each.role in roles
        ]
        # Whoever handed it in comes for it more often than anybody else.
        people.sort(key=lambda each: each[0] != "submitter")
        self.who.set_choices([*people, (AUTHORISED, _("Người được ủy quyền"))])
        self.who.setCurrentIndex(0)
        self.paper.setCurrentIndex(0)

    def _control(self, name: str) -> QWidget:
        control = self.fields[name].control
        assert isinstance(control, QWidget)
        return control

    def _settle(self) -> None:
        if self._move not in words.WORDS:
            return
        wanted = words.WORDS[self._move].fields
        authorised = self.who.value == AUTHORISED
        for name in ("name", "id_number"):
            show_if(self.fields[name], name in wanted and authorised)
        show_if(self.fields["paper"], "paper" in wanted and not authorised)
        if self.isVisible():
            self._place()

    def _place(self) -> None:
        window, width = self.parentWidget(), self._look.size("palette")
        self.move((window.width() - width) // 2, window.height() // 10)
        self.fit(width)

    # -- what was said

    def form(self) -> MoveForm:
        """As it stands in the fields that are shown."""
        assert self._wanted is not None
        line = {name: each.text() if name in self.shown else "" for name, each in self.lines.items()}
        text = {name: each.toPlainText() if name in self.shown else "" for name, each in self.texts.items()}
        receiver, paper = Receiver(), ""
        if "who" in self.shown:
            receiver, paper = self._receiver(line)
        return MoveForm(
            self._wanted.card.id,
            self._move,
            seen=self._wanted.state,
            held=self._wanted.card.hands.holder if self._move in words.OF_HANDS else None,
            reason=" ".join(text["reason"].split()),
            items=tuple(" ".join(each.split()) for each in text["items"].splitlines() if each.strip()),
            due=words.read_day(line["due"]),
            to=" ".join(self.to.currentText().split()) if "to" in self.shown else "",
            note=line["note"],
            result=Result(line["title"], line["number"], words.read_day(line["date"]), line["signer"]),
            receiver=receiver,
            paper=paper,
        )

    def _receiver(self, line: Mapping[str, str]) -> tuple[Receiver, str]:
        assert self._wanted is not None
        if self.who.value == AUTHORISED:
            return Receiver(" ".join(line["name"].split()), line["id_number"].strip()), "authorisation"
        person = next(each for each in self._wanted.card.people if each.role == self.who.value)
        return Receiver(person.name), str(self.paper.value)

    def _done(self) -> None:
        if not self.do_button.isEnabled():
            return
        for field in self.fields.values():
            field.clear()
        self.fault.say("")
        self.do_button.setEnabled(False)
        self._go(self.form())

    def free(self) -> None:
        """The answer is here."""
        self.do_button.setEnabled(True)

    def refuse(self, broken: RuleBroken) -> None:
        """Say beside the field, or above the button, what is wrong."""
        said = message(broken.code, broken.details)
        field = str(broken.details.get("field") or "")
        name = {"receiver": "name" if "name" in self.shown else "who"}.get(field, field)
        if name in self.shown:
            self.fields[name].say_wrong(said)
            self._control(name).setFocus()
        else:
            self.fault.say(said)
        self._place()
        QTimer.singleShot(0, self, self._place)  # the height of what was said is known when it has been dressed

    def _forget(self) -> None:
        self._wanted, self._go = None, lambda _form: None
        self.do_button.setEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_F9 or (enter and not words.WORDS[self._move].fields):
            self._done()
        elif enter:
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)
