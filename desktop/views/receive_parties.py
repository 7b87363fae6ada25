"""The people whom a dossier names beside owner and submitter: con, cha, mẹ, bên nam, … each in a row of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.assets import Look
from desktop.desk import Desk
from desktop.models import person_words
from desktop.views.boxes import Box
from desktop.views.buttons import Button
from desktop.views.filling import DATES, Fault, Filling, Party, Who
from desktop.views.inputs import SearchField
from desktop.views.laying import across, down, show_if
from desktop.views.person_box import PersonBox
from desktop.views.suggest import Option, Suggestions
from desktop.views.wording import Words
from onestop import clock
from onestop.rules.citizen import ROLES, role_name
from onestop.rules.errors import RuleBroken
from onestop.rules.identity import check_birth_date, mask
from onestop.rules.intake import PersonForm
from onestop.texts import _, message

NOBODY = ("-", "–", "−")
"""Typed into an empty row: there is no such person."""


class PartyRow(QWidget):
    """One row. `became(Party)` when it says something else; `by_hand(text)`, `passed` as of its box."""

    became = Signal(object)
    by_hand = Signal(str)
    passed = Signal()
    dated = Signal(str, object)
    """The birth date as typed, and the Fault of one that cannot be."""

    def __init__(self, look: Look, desk: Desk, party: Party) -> None:
        super().__init__()
        self._look = look
        self.party = party
        self.masked = False
        """Received: numbers are no longer shown in full."""
        title = role_name(party.role)
        hint = _("Tên, số, quét thẻ; − nếu không có")
        self.box = PersonBox(look, desk, hint, title, names=True)
        self.box.chosen.connect(lambda who: self.became.emit(Party(self.party.role, who)))
        self.box.named.connect(self._name)
        self.box.by_hand.connect(self.by_hand)
        self.box.passed.connect(self.passed)
        self.box.field.textEdited.connect(self._typed)
        self.label = Words(look, title, tone="quiet")
        self.name = Words(look, strong=True, wrap=True)
        self.about = Words(look, "", "note", "quiet", figures=True, wrap=True)
        self.birth = QLineEdit()
        self.birth.setFixedWidth(look.size("party_birth"))
        self.birth.setPlaceholderText(_("ngày sinh"))
        self.birth.setAccessibleName(_("Ngày sinh của {role}").format(role=title))
        self.birth.editingFinished.connect(self._birth)
        self.fault = Words(look, "", "note", "danger", wrap=True)
        self.clear = Button(look, "", "flat", icon="x", name=_("Bỏ {role}").format(role=title))
        self.clear.clicked.connect(lambda: self.became.emit(Party(self.party.role)))
        self._role = Words(look, title, "note", "quiet")
        self._filled = Box(look, padding=("m", "xs", "xs", "xs"), gap="none")
        words = down(look, self._role, self.name, self.about, gap="none")
        self._filled.add(across(look, (words, 1), self.birth, self.clear, gap="xs"), self.fault)
        self.setLayout(down(look, self.label, self.box, self._filled, gap="xs"))
        self.show_party(party)

    def show_party(self, party: Party) -> None:
        """What the row says now."""
        self.party = party
        who = party.who
        filled = who is not None or party.none
        show_if(self.box, not filled)
        show_if(self.label, not filled)
        show_if(self._filled, filled)
        self.label.say(role_name(party.role))
        self._role.say(role_name(party.role))
        if who is None:
            self.name.say(_("Không có") if party.none else "")
            self.name.set_tone("quiet")
            self.about.hide()
            self.birth.hide()
            self.fault.hide()
            return
        bare = who.there is None and not who.form.from_card and not who.number
        self.name.say(who.name)
        self.name.set_tone("ink")
        values = dict(who.values)
        if self.masked:
            values |= {key: mask(values[key]) for key in person_words.PAPERS if values.get(key)}
        about = "" if bare else person_words.about(values)
        self.about.say(about)
        self.about.setVisible(bool(about))
        self.birth.setVisible(bare)
        if bare and not self.birth.hasFocus():
            self.birth.setText(person_words.born(who.form.date_of_birth))
        self.fault.setVisible(bool(self.fault.text()))
        self.setAccessibleName(f"{self.label.text()}: {who.name}. {about}")

    def begin(self) -> None:
        """Put the focus where this row is filled in."""
        if self.box.isVisibleTo(self):
            self.box.begin()
            self.box.show_offered()
        elif self.birth.isVisibleTo(self):
            self.birth.setFocus()
        else:
            self.clear.setFocus()

    def holds(self, widget: QWidget | None) -> bool:
        """Is the focus in this row?"""
        return widget is not None and self.isAncestorOf(widget)

    def _typed(self, text: str) -> None:
        if text.strip() in NOBODY:
            self.box.field.empty()
            self.became.emit(Party(self.party.role, none=True))
            self.passed.emit()

    def _name(self, text: str) -> None:
        self.became.emit(Party(self.party.role, Who(PersonForm(name=text))))
        self.birth.setFocus()

    def take_birth(self, text: str) -> None:
        """The birth date as somebody typed it, and what is wrong with it."""
        self.birth.setText(text)
        self._birth()

    def _birth(self) -> None:
        who = self.party.who
        if who is None:
            return
        text = self.birth.text().strip()
        try:
            known = check_birth_date(text, clock.today()) if text else None
        except RuleBroken as broken:
            self.fault.say(message(broken.code, broken.details))
            self.fault.show()
            self.dated.emit(text, Fault(broken.code, broken.details))
            return
        self.fault.say("")
        self.fault.hide()
        self.dated.emit("", None)
        if known != who.form.date_of_birth:
            self.became.emit(Party(self.party.role, replace(who, form=replace(who.form, date_of_birth=known))))


class PartiesPanel(QWidget):
    """All rows. `by_hand(place, text)`: whom to register for which row; `passed(place)`: Enter in an empty row."""

    by_hand = Signal(int, str)
    passed = Signal(int)
    holds = Signal(int, str)
    """What stands in the search of a row."""

    def __init__(self, look: Look, desk: Desk, filling: Filling) -> None:
        super().__init__()
        self._look, self._desk, self._filling = look, desk, filling
        self.rows: list[PartyRow] = []
        self._doubt = Words(look, _("chưa xác nhận"), "note", "warning")
        self._doubt.setToolTip(_("Danh sách người liên quan của thủ tục này chưa được đối chiếu với văn bản"))
        head = across(look, Words(look, _("Người liên quan"), tone="quiet", strong=True), None, self._doubt)
        self._column = down(look, gap="s")
        self._more = SearchField(look, _("Thêm người: vai trò"))
        self._more.setAccessibleName(_("Thêm người liên quan: vai trò"))
        self._roles = Suggestions(look, self._more, _("Vai trò"))
        self._roles.picked.connect(self._add)
        self._more.typed.connect(self._offer_roles)
        self._more.hurried.connect(self._offer_roles)
        self._more.down.connect(lambda: self._offer_roles(""))
        self._more.hide()
        self.more = Button(look, _("+ Thêm người"), "link")
        self.more.clicked.connect(self._ask_role)
        line = across(look, self.more, None)
        self.setLayout(down(look, head, self._column, self._more, line, gap="s"))
        filling.begun.connect(self._begin_afresh)
        filling.people_changed.connect(self.show_parties)
        filling.procedure_changed.connect(self.show_parties)
        self.show_parties()

    def show_parties(self) -> None:
        """The rows as the filling has them."""
        parties = self._filling.parties
        procedure = self._filling.procedure
        self.setVisible(bool(parties))
        self._doubt.setVisible(procedure is not None and "parties" in procedure.unconfirmed)
        if [row.party.role for row in self.rows] != [party.role for party in parties]:
            self._make(parties)
        for row, party in zip(self.rows, parties, strict=True):
            if row.party != party:
                row.show_party(party)
        taken = {party.who.name.casefold() for party in parties if party.who is not None}
        relatives = [name for name in self._filling.relatives if name.casefold() not in taken]
        for row in self.rows:
            row.box.offer_names(relatives)

    def _begin_afresh(self) -> None:
        self._more.empty()
        self._more.hide()
        self._make(())

    def _make(self, parties: tuple[Party, ...]) -> None:
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for place, party in enumerate(parties):
            row = PartyRow(self._look, self._desk, party)
            row.became.connect(lambda party, place=place: self._filling.set_party(place, party))
            row.by_hand.connect(lambda text, place=place: self.by_hand.emit(place, text))
            row.passed.connect(lambda place=place: self.passed.emit(place))
            row.box.holds.connect(lambda text, place=place: self.holds.emit(place, text))
            row.dated.connect(lambda text, fault, place=place: self._dated(place, text, fault))
            self._column.addWidget(row)
            self.rows.append(row)

    def _dated(self, place: int, text: str, fault: Fault | None) -> None:
        """A date that cannot be is no part of the form: it is kept as it was typed, and stops the receiving."""
        self._filling.set_fault(f"party.{place}", fault)
        self._filling.leave(DATES, {**self._filling.unfinished.get(DATES, {}), str(place): text if fault else ""})

    def resume(self, searches: Mapping[str, str]) -> None:
        """What was being typed when the draft was kept, back in its rows."""
        dates = dict(self._filling.unfinished.get(DATES, {}))
        for place, row in enumerate(self.rows):
            row.box.field.put(searches.get(str(place), ""))
            if str(place) in dates and row.party.who is not None:
                row.take_birth(dates[str(place)])

    def mask_numbers(self, masked: bool) -> None:
        """Show numbers in full, or no longer."""
        for row in self.rows:
            row.masked = masked
            row.show_party(row.party)

    def begin(self, role: str) -> bool:
        """Put the focus into the first row of this role that is still empty, or the first of it."""
        rows = [row for row in self.rows if row.party.role == role]
        row = next((row for row in rows if row.party.who is None and not row.party.none), rows[0] if rows else None)
        if row is not None:
            row.begin()
        return row is not None

    def place_of(self, widget: QWidget | None) -> int:
        """The row that has this widget in it, -1 for none."""
        return next((place for place, row in enumerate(self.rows) if row.holds(widget)), -1)

    # -- one more

    def _ask_role(self) -> None:
        self._more.show()
        self._more.setFocus()
        self._offer_roles("")

    def _offer_roles(self, text: str) -> None:
        wanted = text.strip().casefold()
        procedure = self._filling.procedure
        own = procedure.parties if procedure else ()
        codes = [*own, *(code for code in ROLES if code not in own)]
        options = [Option(code, role_name(code)) for code in codes if wanted in role_name(code).casefold()]
        self._roles.offer(options[:8])

    def _add(self, role: str) -> None:
        self._more.empty()
        self._more.hide()
        self._filling.add_party(role)
        self.begin(role)
