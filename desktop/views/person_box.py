"""The field in which a person is found: by a card, or by a name, a number, a phone as one types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.assets import Look
from desktop.desk import Desk
from desktop.models import person_words
from desktop.views.boxes import Note
from desktop.views.filling import Who
from desktop.views.inputs import SearchField
from desktop.views.laying import down
from desktop.views.suggest import Option, Suggestions
from onestop import clock
from onestop.queries import people, reception
from onestop.queries.people import PersonRow
from onestop.queries.reception import AtDesk
from onestop.rules import citizen, identity
from onestop.rules.citizen import PERSON
from onestop.rules.errors import RuleBroken
from onestop.rules.identity import CardReading
from onestop.rules.intake import PersonForm
from onestop.texts import _, message

ROWS = 8
FEWEST = 2
"""Fewer letters than these are not searched for."""
WHOLE_NUMBER = 12
"""A personal number typed to its end: whoever has it is the one."""
CARD_BARS = 3
"""A pasted text with as many bars is a card's."""


class PersonBox(QWidget):
    """`chosen(Who)` when somebody is found, `by_hand(text)` when the clerk wants to register whom he typed.

    A card that cannot be read is explained under the field; nothing else changes. With `names` a bare name may be
    taken as well (people whom the dossier only names): `named(text)`. `passed` is an Enter in the empty field.
    `settled` when the focus has left it or a fault has come or gone: it may be put away while somebody is there.
    """

    chosen = Signal(object)
    by_hand = Signal(str)
    named = Signal(str)
    passed = Signal()
    settled = Signal()
    holds = Signal(str)
    """What stands in the field as one types; "" once it has been taken or put away."""

    def __init__(self, look: Look, desk: Desk, hint: str, name: str, key: str = "", *, names: bool = False) -> None:
        super().__init__()
        self._desk, self._names = desk, names
        self._offered: Sequence[str] = ()
        self.field = SearchField(look, hint, key)
        self.field.setAccessibleName(name)
        self.field.setAccessibleDescription(hint)
        self.field.setMaxLength(2000)
        self.suggestions = Suggestions(look, self.field, name)
        self.suggestions.picked.connect(self._picked)
        self.field.typed.connect(self._typed)
        self.field.hurried.connect(self._hurried)
        self.field.textChanged.connect(self._changed)
        self.field.textChanged.connect(self.holds)
        self.fault = Note(look, "", "danger")
        self.fault.hide()
        self.field.installEventFilter(self)
        self.setLayout(down(look, self.field, self.fault, gap="xs"))
        self.setFocusProxy(self.field)

    # -- a card

    def take_reading(self, text: str) -> None:
        """A card's text, from a reader or a paste. What is wrong with it is said under the field."""
        try:
            reading = identity.read_card(text, clock.today())
        except RuleBroken as broken:
            self.say_fault(message(broken.code, broken.details))
            return
        self.say_fault("")
        papers = {"identity_number": reading.number, "cmnd": reading.cmnd, "kind": PERSON}
        self._desk.ask(
            reception.holder, papers, then=lambda there: self._read(reading, there), owner=self, key="person"
        )

    def _read(self, reading: CardReading, there: AtDesk | None) -> None:
        self._empty()
        self.chosen.emit(who_of_card(reading, there))

    def say_fault(self, text: str) -> None:
        """Why a reading was not taken; "" when there is nothing to say."""
        self.fault.say(text)
        self.settled.emit()

    @property
    def wanted(self) -> bool:
        """Does it show something that must not be put away?"""
        return self.field.hasFocus() or bool(self.fault.words.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self.settled.emit)  # once it is known where the focus went
        return False

    # -- typing

    def offer_names(self, names: Sequence[str]) -> None:
        """Names to be picked while the field is empty (relatives on the card of this dossier)."""
        self._offered = names

    def begin(self, text: str = "") -> None:
        """Put the focus here, with this text to be searched for."""
        self.field.setFocus()
        if text:
            self.field.setText(text)
        self.field.selectAll()

    def show_offered(self) -> None:
        """Show what may be picked while nothing is typed."""
        if self._offered and not self.field.text().strip():
            options = [Option(("name", name), name, _("theo thẻ vừa quét"), "id-card") for name in self._offered]
            self.suggestions.offer(options, first=-1)

    def _changed(self, text: str) -> None:
        if text.count("|") + text.count("｜") >= CARD_BARS and len(text) > ROWS:
            self._empty()
            self.take_reading(text)
        elif not text.strip():
            self.suggestions.put_away()

    def _typed(self, text: str) -> None:
        text = text.strip()
        if not self.field.hasFocus():
            return
        if len(text) < FEWEST:
            self.suggestions.put_away()
            self.show_offered()
            return
        self._desk.ask(people.find, text, ROWS, then=lambda rows: self._found(text, rows), owner=self, key="person")

    def _found(self, text: str, rows: Sequence[PersonRow]) -> None:
        options = [Option(("person", row.id), row.name, _about(row), _icon(row.kind)) for row in rows]
        digits = sum(map(str.isdigit, text))
        if self._names and not digits:
            detail = _("chỉ ghi tên và ngày sinh vào hồ sơ")
            options.append(Option(("name", text), _("Ghi “{text}”").format(text=text), detail, "pencil"))
        if not (rows and digits == WHOLE_NUMBER):
            title = _("Đăng ký người mới: “{text}”").format(text=text)
            options.append(Option(("new", text), title, icon="user-round-plus"))
        self.suggestions.offer(options)

    def _hurried(self, text: str) -> None:
        if not text.strip():
            self.passed.emit()
        elif not self.suggestions.open:
            self._typed(text)

    def _picked(self, key: tuple[str, str]) -> None:
        kind, value = key
        if kind == "person":
            self._desk.ask(reception.at_desk, value, then=self._found_one, owner=self, key="person")
        elif kind == "name":
            self._empty()
            self.named.emit(value)
        else:
            self._empty()
            self.by_hand.emit(value)

    def _found_one(self, there: AtDesk | None) -> None:
        if there is not None:
            self._empty()
            self.chosen.emit(Who(PersonForm(id=there.person.id), there))

    def _empty(self) -> None:
        self.say_fault("")
        self.field.empty()
        self.suggestions.put_away()
        self.holds.emit("")

    def begin_afresh(self) -> None:
        """Another dossier: no text, no fault, and no answer to what was asked for the one before."""
        self._desk.forget(self, "person")
        self._empty()


def who_of_card(reading: CardReading, there: AtDesk | None) -> Who:
    """The person of a card: the registered one with what the card says otherwise, else everything from the card."""
    if there is None:
        return Who(citizen.form_of_card(reading), None, reading, (), reading.remarks)
    differences = citizen.differences(there.person.values, reading)
    return Who(PersonForm(id=there.person.id), there, reading, differences, reading.remarks)


def _about(row: PersonRow) -> str:
    first = person_words.born(row.date_of_birth) if row.kind == PERSON else citizen.kind_name(row.kind)
    return " · ".join(part for part in (first, row.paper, row.address) if part)


def _icon(kind: str) -> str:
    return "user-round" if kind == PERSON else "building-2"


def form_from_typed(text: str) -> Mapping[str, Any]:
    """Where a clerk's search text belongs in the form of a new person: a name, or a number by its length."""
    digits = "".join(letter for letter in text if letter.isdigit())
    if not digits or any(letter.isalpha() for letter in text):
        return {"name": text}
    if len(digits) == 12:
        return {"identity_number": digits}
    if len(digits) == 9:
        return {"cmnd": digits}
    return {"phone": digits} if digits.startswith("0") else {"identity_number": digits}
