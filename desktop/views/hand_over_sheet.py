"""Trả kết quả: which results go, to whom, on which paper; several at once to one person."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.assets import Look
from desktop.models import delivery_words
from desktop.models import moves as words
from desktop.views.boxes import Note, Overlay
from desktop.views.buttons import Button
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down, show_if
from desktop.views.sections import Leaf, line
from desktop.views.wording import Words
from onestop.queries.delivery import Collector, MayCollect, OneReady, who_may_have_all
from onestop.rules.delivery import LONGEST, HandOverForm
from onestop.rules.errors import RuleBroken
from onestop.rules.moves import Receiver
from onestop.texts import _, message

AUTHORISED = "authorised"
MOST_ROWS = 4
"""Results that are seen at once; more of them scroll."""

Go = Callable[[HandOverForm, bool], None]


class HandOverSheet(Overlay):
    """`open_for(results, stands, paper, go)`: `go(form, print)` on F9 or Ctrl+Enter (with the slip). `stands`: whoever
    laid down a card."""

    alone = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._results: Sequence[OneReady] = ()
        self._people: Sequence[MayCollect] = ()
        self._stands: Collector | None = None
        self._go: Go = lambda _form, _print: None
        self.title = Words(look, size="lead", strong=True, wrap=True)
        self.leaf = Leaf(look, _("Các kết quả trả lần này"), inside="none", gap="s")
        self.who, self.paper = Choice(look), Choice(look, words.papers())
        self.who.currentIndexChanged.connect(lambda _at: self._settle())
        self.name, self.number, self.note, self.phone = (QLineEdit() for _each in range(4))
        for each in (self.name, self.number, self.note, self.phone):
            each.setMaxLength(LONGEST)
        self.note.setPlaceholderText(_("số, ngày, nơi chứng thực"))
        self.fields = {
            "receiver": Field(look, _("Người nhận kết quả"), self.who),
            "name": Field(look, _("Họ tên người được ủy quyền"), self.name),
            "number": Field(look, _("Số giấy tờ tùy thân"), self.number),
            "note": Field(look, _("Giấy ủy quyền"), self.note),
            "paper": Field(look, _("Mang theo"), self.paper),
        }
        self.hint = Note(look, "", "accent")
        self.fault = Note(look, "", "warning")
        self.do_button = Button(look, _("Trả kết quả"), "main", key="F9")
        self.print_button = Button(look, _("Trả và in biên nhận"), key="Ctrl+Return")
        self.do_button.clicked.connect(lambda: self._done(False))
        self.print_button.clicked.connect(lambda: self._done(True))
        leave = Button(look, _("Thôi"), key="Esc")
        leave.clicked.connect(self.put_away)
        fields = [self.fields[key] for key in ("receiver", "name", "number", "note", "paper")]
        row = across(look, None, leave, self.print_button, self.do_button)
        self.setLayout(down(look, self.title, self.leaf, *fields, self.hint, self.fault, row, gap="m", margins="xl"))

    def open_for(self, results: Sequence[OneReady], stands: Collector | None, paper: str, go: Go) -> None:
        """Hand these over."""
        self._results, self._stands, self._go = results, stands, go
        self._people = who_may_have_all(results)
        count = len(results)
        one = _("Trả: {name}").format(name=results[0].row.title)
        self.title.say(_("Trả {count} kết quả").format(count=count) if count > 1 else one)
        self.setAccessibleName(self.title.text())
        self.leaf.show_parts([self._row(each) for each in results])
        roles = {"owner": _("Chủ hồ sơ"), "submitter": _("Người nộp")}
        choices: list[tuple[object, str]] = [
            (each.id, f"{roles.get(each.role, each.role)}: {each.name}" + (f" · {each.number}" if each.number else ""))
            for each in self._people
        ]
        self.who.set_choices([*choices, (AUTHORISED, _("Người được ủy quyền"))])
        self._begin(paper)
        self._settle()
        self._place()
        self.lift(self.name if self._authorised and not self.name.text() else self.who)
        self._place()

    def _begin(self, paper: str) -> None:
        """What is known already: who stands here by his card, on which paper he comes."""
        stands = self._stands
        his = stands is not None and all(each.id in stands.dossiers for each in self._results)
        # A dossier handed in for somebody else is mostly collected by who handed it in.
        named = [each for each in self._people if stands is not None and his and each.name == stands.name]
        submitter = [each for each in self._people if each.role == "submitter"]
        chosen = (named or submitter or list(self._people))[:1]
        stranger = stands is not None and not his
        self.who.setCurrentIndex(0)
        self.who.choose(chosen[0].id if chosen and not stranger else AUTHORISED)
        self.name.setText(stands.name if stands is not None and stranger else "")
        self.number.setText(stands.number if stands is not None and stranger else "")
        self.note.clear()
        self.paper.choose(paper)
        for field in self.fields.values():
            field.clear()
        self.fault.say("")
        if stranger and stands is not None:
            said = _("{name} không phải chủ hồ sơ hay người nộp: chỉ trả khi có giấy ủy quyền.")
            self.hint.say(said.format(name=stands.name or stands.number))
        elif not self._people:
            self.hint.say(_("Không ai đứng tên ở mọi hồ sơ đã chọn: trả từng hồ sơ, hoặc theo giấy ủy quyền."))
        else:
            self.hint.say("")

    def _row(self, each: OneReady) -> QWidget:
        row = each.row
        kept = delivery_words.originals(each.custody)
        originals = _("trả cùng bản gốc: {names}").format(names=kept) if kept else ""
        title = " ".join(filter(None, (row.title, row.number)))
        note = " · ".join(filter(None, (row.shelf, row.owner_name, row.code, originals)))
        return line(self._look, title, note, icon="archive" if kept else "file-text", tone="warning" if kept else "ink")

    @property
    def _authorised(self) -> bool:
        return self.who.value == AUTHORISED

    def _settle(self) -> None:
        for key in ("name", "number", "note"):
            show_if(self.fields[key], self._authorised)
        show_if(self.fields["paper"], not self._authorised)
        if self.isVisible():
            self._place()

    def _place(self) -> None:
        window, width = self.parentWidget(), self._look.size("palette")
        self.leaf.fit(width - 2 * self._look.space("xl"), MOST_ROWS * self._look.size("suggest_row"))
        self.move((window.width() - width) // 2, window.height() // 12)
        self.fit(width)

    # -- what was said

    def form(self) -> HandOverForm:
        """As it stands in the fields."""
        ids = tuple(each.id for each in self._results)
        if self._authorised:
            receiver = Receiver(" ".join(self.name.text().split()), self.number.text().strip())
            return HandOverForm(ids, receiver, "authorisation", self.note.text())
        person = next(each for each in self._people if each.id == self.who.value)
        return HandOverForm(ids, Receiver(person.name), str(self.paper.value))

    def _done(self, slip: bool) -> None:
        if not self.do_button.isEnabled():
            return
        for field in self.fields.values():
            field.clear()
        self.fault.say("")
        self._busy(True)
        self._go(self.form(), slip)

    def _busy(self, on: bool) -> None:
        self.do_button.setEnabled(not on)
        self.print_button.setEnabled(not on)

    def free(self) -> None:
        """The answer is here."""
        self._busy(False)

    def refuse(self, broken: RuleBroken) -> None:
        """Say beside the field, or above the buttons, what is wrong."""
        said = message(broken.code, broken.details)
        key = str(broken.details.get("field") or "")
        field = self.fields.get("name" if key == "receiver" and self._authorised else key)
        if field is not None and not field.isHidden():
            field.say_wrong(said)
            assert isinstance(field.control, QWidget)
            field.control.setFocus()
        else:
            self.fault.say(said)
        self._place()
        QTimer.singleShot(0, self, self._place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._done(True)
        elif event.key() == Qt.Key.Key_F9:
            self._done(False)
        elif enter:
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)
