"""The left column of Tiếp nhận: who hands in, whose dossier it is, how to reach them, and the people it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFrame, QLineEdit, QScrollArea, QSizePolicy, QWidget

from desktop.assets import Look
from desktop.bus import Level, Notice, Offer
from desktop.desk import Desk
from desktop.models import due
from desktop.views.boxes import Card, Note
from desktop.views.buttons import Button
from desktop.views.filling import PERSON, SEARCHES, Filling, Party, Who
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down, show_if
from desktop.views.person_box import PersonBox, form_from_typed, who_of_card
from desktop.views.person_card import CardOffer, Differences, PersonCard, Similar
from desktop.views.person_form import PersonEntry
from desktop.views.receive_parties import PartiesPanel
from desktop.views.screen import Go
from desktop.views.wording import Words
from onestop.actions import citizens
from onestop.actions.citizens import ChangeForm
from onestop.queries import reception
from onestop.queries.people import Likeness
from onestop.queries.reception import AtDesk
from onestop.rules.citizen import RELATIONS, Difference, role_name
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import PersonForm
from onestop.texts import N_, _, message

SUBMITTER, OWNER = "submitter", "owner"
LOOK_AFTER = 300
"""Milliseconds of rest before people who look alike are looked for."""
PAPERS = ("identity_number", "cmnd", "passport", "tax_code")
GIVEN_UP = "receive-entry"
"""The key of the notice that gives back a form that was given up."""


class Side(QScrollArea):
    """A column that scrolls down when it does not fit; otherwise nobody sees that it can. It is never narrower than its
    content: with very big letters the window scrolls sideways, not each column by itself."""

    def __init__(self, look: Look, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        content.setProperty("bare", True)
        self.setWidget(content)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content.installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def minimumSizeHint(self) -> QSize:
        width = self.widget().minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(width, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Whoever gets the focus in here is seen, by Tab or by a command."""
        if new is not None and self.isAncestorOf(new):
            self.ensureWidgetVisible(new)


@dataclass(slots=True)
class _Somebody:
    """Search and card of one of the two: submitter or owner."""

    box: PersonBox
    card: PersonCard


class PersonPanel(Card):
    """`onward` when Enter has nothing more to do here; `wants_copy` when an earlier dossier is to be copied."""

    onward = Signal()
    wants_copy = Signal()

    def __init__(self, look: Look, desk: Desk, filling: Filling, go: Go) -> None:
        super().__init__(look, _("Người nộp"), "F4")
        self._look, self._desk, self._filling, self._go = look, desk, filling, go
        self._target = SUBMITTER
        self.locked = False
        hint = _("Quét thẻ căn cước hoặc gõ tên, số…")
        self._who = {
            SUBMITTER: _Somebody(PersonBox(look, desk, hint, _("Tìm người nộp")), PersonCard(look)),
            OWNER: _Somebody(PersonBox(look, desk, hint, _("Tìm chủ hồ sơ")), PersonCard(look)),
        }
        self.box = self._who[SUBMITTER].box
        for role, somebody in self._who.items():
            somebody.box.chosen.connect(lambda who, role=role: self.place(who, role))
            somebody.box.by_hand.connect(lambda text, role=role: self.enter_by_hand(role, form_from_typed(text)))
            somebody.box.passed.connect(self.onward)
            somebody.box.settled.connect(self._settle_boxes)
            somebody.box.holds.connect(lambda text, role=role: self._leave_search(role, text))
            somebody.card.cleared.connect(lambda role=role: self._clear(role))
            somebody.card.corrected.connect(lambda role=role: self._correct(role))
        self.offer = CardOffer(look)
        self.offer.placed.connect(self._placed)
        self.differences = Differences(look)
        self.differences.taken.connect(self._take_over)
        self.similar = Similar(look)
        self.similar.same.connect(self._same)
        self.similar.other.connect(self._other)
        self.entry = PersonEntry(look)
        self.entry.entered.connect(self._entered)
        self.entry.given_up.connect(self._give_up_entry)
        self.entry.moved.connect(self._look_for_form)
        self.entry.edited.connect(self._keep_entry)
        self.entry.hide()
        self.phone, self.email = QLineEdit(), QLineEdit()
        self.email.setPlaceholderText(_("không có"))
        self.contact = {
            "phone": Field(look, _("Điện thoại"), self.phone),
            "email": Field(look, _("Email"), self.email),
        }
        for key, line in (("phone", self.phone), ("email", self.email)):
            line.textEdited.connect(lambda text, key=key: self._filling.set_contact(key, text))
            line.editingFinished.connect(self._show_faults)
        self.proxy = QCheckBox(_("&Nộp thay"))
        meaning = _("(chủ hồ sơ là người khác)")
        self.proxy.setAccessibleName(_("Nộp thay") + " " + meaning)
        proxy = across(look, self.proxy, (Words(look, meaning, tone="quiet", elide=True), 1), gap="xs")
        self.proxy.setAccessibleDescription(_("Phím {key}").format(key="Alt N"))
        self.proxy.toggled.connect(self._set_proxy)
        self.relation = Choice(look, [("", _("chưa ghi")), *((key, _(text)) for key, text in RELATIONS.items())])
        self.relation.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.relation.currentIndexChanged.connect(lambda: filling.set_relation(str(self.relation.value)))
        relation = Field(look, _("Quan hệ với chủ hồ sơ"), self.relation)
        back = Button(look, _("Chủ hồ sơ tự nộp"), "link", key="Alt+B")
        back.setShortcut(QKeySequence("Alt+B"))
        back.clicked.connect(lambda: self.proxy.setChecked(False))
        owner = self._who[OWNER]
        self._owner = QWidget()
        self._owner.setLayout(down(look, owner.box, owner.card, relation, across(look, back, None)))
        see = Button(look, _("Xem"), "link")
        see.clicked.connect(self._see)
        self.open_already = Note(look, "", "warning", see)
        self.parties = PartiesPanel(look, desk, filling)
        self.parties.by_hand.connect(lambda place, text: self.enter_by_hand(str(place), form_from_typed(text)))
        self.parties.passed.connect(lambda _place: self.onward.emit())
        self.parties.holds.connect(lambda place, text: self._leave_search(str(place), text))
        self._copy = Button(look, _("Chép từ hồ sơ trước"), "link", icon="copy")
        self._copy.clicked.connect(self.wants_copy)
        submitter = self._who[SUBMITTER]
        column = QWidget()
        column.setLayout(
            down(
                look,
                submitter.box,
                self.offer,
                submitter.card,
                self.differences,
                self.entry,
                self.similar,
                across(look, (self.contact["phone"], 1), (self.contact["email"], 1)),
                proxy,
                self._owner,
                self.open_already,
                across(look, self._copy, None),
                self.parties,
                None,
                gap="s",
            )
        )
        self.side = Side(look, column)
        self.add((self.side, 1))
        self._rest = QTimer(self, singleShot=True, interval=LOOK_AFTER)
        self._rest.timeout.connect(self._look_for)
        self._looking_for: tuple[PersonForm | None, str | None] = (None, None)
        filling.begun.connect(self._begin_afresh)
        filling.resumed.connect(self._resume)
        filling.people_changed.connect(self.show_people)
        filling.procedure_changed.connect(self._show_open)
        self.show_people()

    # -- what is shown

    def show_people(self) -> None:
        """Everybody as the filling has them."""
        filling = self._filling
        for role, who in ((SUBMITTER, filling.submitter), (OWNER, filling.owner)):
            somebody = self._who[role]
            somebody.card.setVisible(who is not None and self._target_hidden(role))
            if who is not None:
                somebody.card.show_who(who, masked=self.locked, locked=self.locked)
        self._settle_boxes()
        self.proxy.blockSignals(True)
        self.proxy.setChecked(filling.proxy)
        self.proxy.blockSignals(False)
        self._owner.setVisible(filling.proxy)
        self.relation.blockSignals(True)
        self.relation.choose(filling.relation)
        self.relation.blockSignals(False)
        for key, line in (("phone", self.phone), ("email", self.email)):
            if line.text().strip() != getattr(filling, key):
                line.setText(getattr(filling, key))
        differing = self._differing()
        self.differences.show_differences(differing[1].differences if differing and not self.locked else ())
        self._show_open()
        there = filling.real_owner.there if filling.real_owner else None
        self._copy.setVisible(bool(there and there.dossiers) and not self.locked)
        self._show_faults()

    def _settle_boxes(self) -> None:
        """The search is put away while somebody is there; F4 brings it back."""
        for role, who in ((SUBMITTER, self._filling.submitter), (OWNER, self._filling.owner)):
            box = self._who[role].box
            show_if(box, who is None or box.wanted)

    def _target_hidden(self, role: str) -> bool:
        """The card of somebody who is just being entered anew gives its place to the form."""
        return self.entry.isHidden() or self._target != role

    def _differing(self) -> tuple[str, Who] | None:
        for role, who in ((SUBMITTER, self._filling.submitter), (OWNER, self._filling.owner)):
            if who is not None and who.differences and (role == SUBMITTER or self._filling.proxy):
                return role, who
        return None

    def _show_open(self) -> None:
        found = self._filling.open_already
        text = ""
        if found and not self.locked:
            text = _("Người này có {count} hồ sơ cùng thủ tục đang giải quyết ({code})").format(
                count=len(found), code=found[0].code
            )
            if found[0].due_at is not None:
                text += _(", hẹn trả {day}").format(day=due.date(found[0].due_at))
        self.open_already.say(text + "." if text else "")

    def _show_faults(self) -> None:
        for key, field in self.contact.items():
            fault = self._filling.faults.get(key)
            focused = field.control.hasFocus()
            if fault is None:
                field.clear()
            elif not focused:
                field.say_wrong(message(fault.code, dict(fault.details)))

    def _see(self) -> None:
        found = self._filling.open_already
        if found:
            self._go("dossiers", dossier=found[0].dossier_id)

    def lock(self, locked: bool) -> None:
        """Received: nothing can be changed any more, and numbers are masked."""
        self.locked = locked
        for widget in (self.phone, self.email, self.proxy, self.relation, self.parties, self.box, self._who[OWNER].box):
            widget.setEnabled(not locked)
        self.parties.mask_numbers(locked)
        if locked:
            self.similar.show_likeness(None)
            self.offer.put_away()
            self._leave_entry()
        self.show_people()

    # -- another dossier, a draft

    def _begin_afresh(self) -> None:
        """Nothing of the citizen before: no form, no question, no fault, no answer that is still to come."""
        self._rest.stop()
        self._looking_for = (None, None)
        self._desk.forget(self)
        self.entry.hide()
        self._target = SUBMITTER
        self.similar.show_likeness(None)
        self.offer.put_away()
        for somebody in self._who.values():
            somebody.box.begin_afresh()

    def _resume(self) -> None:
        """What was being typed when the draft was kept is back where it stood."""
        searches = self._filling.unfinished.get(SEARCHES, {})
        for role, somebody in self._who.items():
            somebody.box.field.put(searches.get(role, ""))
        self.parties.resume(searches)
        typed = self._filling.unfinished.get(PERSON, {})
        role = typed.get("role", SUBMITTER)
        if typed and (role in self._who or (role.isdigit() and int(role) < len(self._filling.parties))):
            self._go_on_by_hand(typed)

    def _leave_search(self, role: str, text: str) -> None:
        searches = {**self._filling.unfinished.get(SEARCHES, {}), role: text.strip()}
        self._filling.leave(SEARCHES, searches)

    # -- somebody comes

    def take_reading(self, text: str) -> None:
        """A card was read, wherever the focus is. It fills the row that has the focus, else the person at the desk; is
        somebody else there already, the clerk is asked whose it is."""
        focused = QApplication.focusWidget()
        row = self.parties.place_of(focused)
        if row >= 0 and self._filling.parties[row].who is None:
            self.parties.rows[row].box.take_reading(text)
        elif self._owner.isAncestorOf(focused) if focused is not None else False:
            self._who[OWNER].box.take_reading(text)
        else:
            self.box.take_reading(text)

    def place(self, who: Who, role: str) -> None:
        """Somebody was found for `role`. A second card at the desk does not push the first one out."""
        filling = self._filling
        there = filling.submitter
        card_again = there is not None and who.reading is not None and self.entry.isHidden()
        if role == SUBMITTER and card_again and there is not None and not _is_same(there, who):
            places = [(SUBMITTER, _("Người nộp")), (OWNER, _("Chủ hồ sơ (nộp thay)"))]
            places += [
                (str(place), role_name(party.role)) for place, party in enumerate(filling.parties) if party.who is None
            ]
            self.differences.hide()
            self.offer.show_offer(who, places)
            return
        self._placed(who, role)

    def _placed(self, who: Who, role: str) -> None:
        filling = self._filling
        self._close_entry()
        if role == SUBMITTER:
            filling.set_submitter(who)
        elif role == OWNER:
            filling.set_proxy(True)
            filling.set_owner(who)
        elif role:
            filling.set_party(int(role), Party(filling.parties[int(role)].role, who))
        else:
            self.show_people()
            return
        self._look_soon(who)
        if role in (SUBMITTER, OWNER) and self._who[role].box.field.hasFocus():
            self.onward.emit()
            self._settle_boxes()

    def put_known(self, there: AtDesk) -> None:
        """Somebody registered stands at the desk (another screen says so)."""
        self._placed(Who(PersonForm(id=there.person.id), there), SUBMITTER)

    def in_owner(self, widget: QWidget) -> bool:
        """Is this widget in the part about the owner?"""
        return self._owner.isAncestorOf(widget)

    def _clear(self, role: str) -> None:
        if role == SUBMITTER:
            self._filling.set_submitter(None)
        else:
            self._filling.set_owner(None)
        self.similar.show_likeness(None)
        self.begin(owner=role == OWNER)

    def _set_proxy(self, on: bool) -> None:
        self._filling.set_proxy(on)
        if on and self._filling.owner is None and self.proxy.hasFocus():
            self.begin(owner=True)

    def begin(self, owner: bool = False) -> None:
        """F4: the field in which people are found."""
        if not self.locked:
            box = self._who[OWNER if owner else SUBMITTER].box
            show_if(box, True)
            box.begin()

    def go_on(self, role: str) -> None:
        """What is still needed of this role: its form, where that is open, else the field where people are found."""
        if self.entering and self._target == role:
            self.entry.go_to_next()
        elif role in self._who:
            self.begin(owner=role == OWNER)
        else:
            self.parties.rows[int(role)].begin()

    # -- by hand

    @property
    def entering(self) -> bool:
        """Is the form for somebody new open?"""
        return not self.entry.isHidden()

    @property
    def target(self) -> str:
        """Whose place the one in the form is to take: submitter, owner, or the place of a party."""
        return self._target

    def enter_by_hand(self, role: str, values: Any) -> None:
        """Open the form for somebody in this role."""
        self._open_entry(role)
        self.entry.begin(values)
        self._keep_entry()

    def _go_on_by_hand(self, typed: Mapping[str, str]) -> None:
        self._open_entry(typed.get("role", SUBMITTER))
        self.entry.go_on(typed)
        self._keep_entry()

    def _open_entry(self, role: str) -> None:
        self._target = role
        self.entry.show()
        self.show_people()
        self.side.ensureWidgetVisible(self.entry)

    def _keep_entry(self) -> None:
        typed = self.entry.typed
        self._filling.leave(PERSON, {"role": self._target, **typed} if typed else None)

    def _correct(self, role: str) -> None:
        who = self._filling.submitter if role == SUBMITTER else self._filling.owner
        if who is not None:
            self._open_entry(role)
            self.entry.begin(who.values)  # nothing is half typed yet

    def _entered(self, form: PersonForm, remarks: Any) -> None:
        role = self._target
        values = {name: getattr(form, name) for name in form.__dataclass_fields__}

        def answered(there: AtDesk | None) -> None:
            if there is not None:
                # The paper is known: the register says who it is.
                self._placed(Who(PersonForm(id=there.person.id), there), role)
            else:
                self._placed(Who(form, remarks=remarks), role)
            self.onward.emit()

        self._desk.ask(reception.holder, values, then=answered, owner=self, key="holder")

    def _give_up_entry(self) -> None:
        """Esc: what was typed can be taken up again while this dossier is at the desk."""
        typed = self._filling.unfinished.get(PERSON)
        self._leave_entry()
        if typed:
            again = Offer(N_("Nhập tiếp"), self._mine(lambda: self._go_on_by_hand(typed)))
            self._desk.bus.tell(Notice(Level.NOTE, "people.unfinished", key=GIVEN_UP, offers=(again,)))

    def _mine(self, call: Callable[..., None]) -> Callable[..., None]:
        """`call`, as long as the same dossier is at the desk."""
        draft = self._filling.draft

        def mine(*args: Any) -> None:
            if self._filling.draft == draft:
                call(*args)

        return mine

    def _leave_entry(self) -> None:
        self._close_entry()
        self.similar.show_likeness(None)
        self.show_people()
        if not self.locked:
            self.begin(owner=self._target == OWNER)

    def _close_entry(self) -> None:
        self.entry.hide()
        self._filling.leave(PERSON, None)
        self._target = SUBMITTER if self._target not in (SUBMITTER, OWNER) else self._target

    # -- who looks alike

    def _look_soon(self, who: Who) -> None:
        """Look for people who resemble him, unless a paper has found him beyond doubt."""
        if who.there is not None and who.reading is not None:
            self.similar.show_likeness(None)
            return
        known = who.known
        form = (
            who.form
            if known is None
            else PersonForm(
                kind=str(known.values.get("kind") or ""), name=who.name, date_of_birth=known.values.get("date_of_birth")
            )
        )
        self._looking_for = (form, known.id if known else None)
        self._look_for()

    def _look_for_form(self, form: PersonForm) -> None:
        self._looking_for = (form, None)
        self._rest.start()

    def _look_for(self) -> None:
        form, besides = self._looking_for
        if form is None:
            return
        values = {name: getattr(form, name) for name in form.__dataclass_fields__}

        def answered(found: list[Likeness]) -> None:
            said_not = set(form.not_same)
            self.similar.show_likeness(next((each for each in found if each.row.id not in said_not), None))

        self._desk.ask(reception.alike, values, besides, then=answered, owner=self, key="alike")

    def _same(self, likeness: Likeness) -> None:
        """Là người này. Somebody registered is merged; somebody just entered gives the register the paper it lacks."""
        self.similar.show_likeness(None)
        role, who = self._in_question()
        if who is not None and who.known is not None:
            self._desk.do(
                citizens.same,
                (who.known.id, likeness.row.id),
                then=self._mine(lambda stays: self._fetch(stays, role, who.reading)),
                owner=self,
            )
            return
        entered = self.entry.form() if not self.entry.isHidden() else who.form if who is not None else PersonForm()
        reading = who.reading if who is not None else None
        self._desk.ask(
            reception.at_desk,
            likeness.row.id,
            then=lambda there: self._is_him(there, role, entered, reading),
            owner=self,
            key="person",
        )

    def _in_question(self) -> tuple[str, Who | None]:
        """In whose place the likeness was noticed."""
        filling = self._filling
        if not self.entry.isHidden():
            return self._target, None
        form, besides = self._looking_for
        for role, who in (
            (SUBMITTER, filling.submitter),
            (OWNER, filling.owner),
            *((str(place), party.who) for place, party in enumerate(filling.parties)),
        ):
            if who is not None and (who.form is form or (besides and who.known and who.known.id == besides)):
                return role, who
        return SUBMITTER, filling.submitter

    def _is_him(self, there: AtDesk | None, role: str, entered: PersonForm, reading: Any) -> None:
        if there is None:
            return
        known = there.person.values
        papers = {key: getattr(entered, key) for key in PAPERS if getattr(entered, key) and not known.get(key)}
        if not papers:
            self._known(there, role, reading)
            return
        # So that the next time his paper finds him: that is how the answer is remembered.
        self._desk.do(
            citizens.change,
            ChangeForm(there.person.id, papers),
            then=self._mine(lambda _done: self._fetch(there.person.id, role, reading)),
            or_else=self._mine(lambda _broken: self._known(there, role, reading)),
            owner=self,
        )

    def _fetch(self, citizen_id: str, role: str, reading: Any) -> None:
        def answered(there: AtDesk | None) -> None:
            if there is not None:
                self._known(there, role, reading)

        self._desk.ask(reception.at_desk, citizen_id, then=answered, owner=self, key="person")

    def _known(self, there: AtDesk, role: str, reading: Any) -> None:
        self._close_entry()
        self._put(role, _again(there, reading))
        self.similar.show_likeness(None)

    def _put(self, role: str, who: Who) -> None:
        filling = self._filling
        if role == SUBMITTER:
            filling.set_submitter(who)
        elif role == OWNER:
            filling.set_owner(who)
        else:
            filling.set_party(int(role), Party(filling.parties[int(role)].role, who))

    def _other(self, likeness: Likeness) -> None:
        """Không phải: written at once where both are registered, else together with the one who is new."""
        self.similar.show_likeness(None)
        role, who = self._in_question()
        if who is None:
            form, besides = self._looking_for
            if form is not None:
                self.entry.not_same = (*self.entry.not_same, likeness.row.id)
                self._looking_for = (replace(form, not_same=self.entry.not_same), besides)
        elif who.known is not None:
            self._desk.do(citizens.apart, (who.known.id, likeness.row.id), owner=self)
        else:
            form = replace(who.form, not_same=(*who.form.not_same, likeness.row.id))
            self._looking_for = (form, None)
            self._put(role, replace(who, form=form))
        self._look_for()

    # -- what the card says otherwise

    def _take_over(self, differences: tuple[Difference, ...]) -> None:
        differing = self._differing()
        if differing is None or differing[1].known is None:
            return
        role, who = differing
        assert who.known is not None
        known, reading = who.known, who.reading

        def refused(broken: RuleBroken) -> None:
            self._who[role].box.say_fault(message(broken.code, broken.details))

        self._desk.do(
            citizens.change,
            ChangeForm(known.id, {each.field: each.offered for each in differences}),
            then=self._mine(lambda _done: self._fetch(known.id, role, reading)),
            or_else=self._mine(refused),
            owner=self,
        )


def _is_same(one: Who, other: Who) -> bool:
    if one.known is not None and other.known is not None:
        return one.known.id == other.known.id
    return bool(one.number) and one.number == other.number


def _again(there: AtDesk, reading: Any) -> Who:
    """The same person after the register has changed, with what the card still says otherwise."""
    if reading is None:
        return Who(PersonForm(id=there.person.id), there)
    return who_of_card(reading, there)
