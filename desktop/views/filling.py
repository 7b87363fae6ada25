"""The dossier being filled in at the counter: people, procedure, papers, wishes, and what the rules say of it so far.

No widget is in here. The panels of the receive screen change it through its methods and hear its signals; it asks the
store what the dossier would carry (return date, fee, what is missing) and keeps the answer to the latest question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.desk import Desk
from onestop import clock
from onestop.queries import reception
from onestop.queries.people import HisDossier, Person
from onestop.queries.reception import AtDesk, Chosen, TakenUp
from onestop.queries.reckoning import Reckoning
from onestop.rules import citizen, intake, proposal
from onestop.rules.channels import Closed
from onestop.rules.citizen import Difference
from onestop.rules.dossier import OPEN
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.identity import CardReading
from onestop.rules.intake import (
    CertifyForm,
    ComponentForm,
    Delivery,
    Need,
    Needed,
    PartyForm,
    PersonForm,
    ReceiveForm,
    Typed,
)
from onestop.rules.late_entry import LateEntry, read_moment
from onestop.rules.procedure import Case, Channel, Procedure

RECKON_AFTER = 40
"""Milliseconds in which several changes become one question to the rules."""
MINUTE = 60_000
PERSON, REASON, OTHER, DATES, SLIPS, SEARCHES = "person", "reason", "other", "dates", "slips", "searches"
"""Places where something may stand half typed: the form of somebody new, why a paper is not valid, the name of a
further paper, birth dates that cannot be, the words of a slip, and what is looked for (which alone makes no draft)."""


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody of the dossier. `form` is what was entered or read; `there` the registered person, if he is one.

    `reading` is what a card said: kept while this dossier is filled in and nowhere else.
    """

    form: PersonForm
    there: AtDesk | None = None
    reading: CardReading | None = None
    differences: tuple[Difference, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def known(self) -> Person | None:
        """The registered person."""
        return self.there.person if self.there else None

    @property
    def values(self) -> Mapping[str, Any]:
        """Columns of the person: those kept, else those entered."""
        if self.there is not None:
            return self.there.person.values
        return {name: getattr(self.form, name) for name in self.form.__dataclass_fields__}

    @property
    def name(self) -> str:
        """The name to show."""
        return str(self.values.get("name") or "")

    @property
    def number(self) -> str:
        """The number of whatever paper there is, in full."""
        keys = ("identity_number", "cmnd", "passport", "tax_code", "birth_certificate")
        return next((str(self.values[key]) for key in keys if self.values.get(key)), "")

    @property
    def handed_over(self) -> PersonForm:
        """What the action is given: a pointer to the one who is known, else everything entered."""
        return PersonForm(id=self.there.person.id) if self.there else self.form


@dataclass(frozen=True, slots=True)
class Party:
    """A row of the people whom the dossier names. `none`: the clerk has said that there is nobody."""

    role: str
    who: Who | None = None
    none: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """Something entered that cannot be right, by the code of its sentence."""

    code: str
    details: Mapping[str, Any] = field(default_factory=dict)


class Filling(QObject):
    """One dossier at a time. `changed` is emitted for whatever belongs to the form; the others say which part."""

    begun = Signal()
    """Another dossier, or a draft taken up: whatever a panel shows beside the filling was of the one before."""
    resumed = Signal()
    """A draft was taken up and every panel shows it: what was being typed when it was kept goes back to its place."""
    changed = Signal()
    people_changed = Signal()
    procedure_changed = Signal()
    channel_changed = Signal()
    """The clerk says that it comes in another way."""
    papers_changed = Signal()
    proposed = Signal()
    """Summary or fields are proposed anew because somebody's name or data came in."""
    reckoned = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._soon = QTimer(self, singleShot=True, interval=RECKON_AFTER)
        self._soon.timeout.connect(self.reckon_now)
        self._minute = QTimer(self, interval=MINUTE)
        self._minute.timeout.connect(self.reckon_now)  # a return date moves with the clock (15:00, midnight)
        self.clear()

    # -- beginning

    def clear(self) -> None:
        """An empty form under a new draft id."""
        self.draft = clock.new_id()
        self.submitter: Who | None = None
        self.owner: Who | None = None
        self.proxy = False
        self.relation = ""
        self.parties: tuple[Party, ...] = ()
        self.chosen: Chosen | None = None
        self.case_key = ""
        self.channel = Channel.DIRECT
        self.assisted = False
        self._own_channel = False
        self.linked: tuple[str, ...] = ()
        self.components: tuple[ComponentForm, ...] = ()
        self.certify: tuple[CertifyForm, ...] = ()
        self.phone = ""
        self.email = ""
        self.summary_typed = ""
        self.fields_typed: dict[str, str] = {}
        self.delivery = Delivery()
        self.result_copies = 0
        self._copies_proposed = False
        self.sets = 1
        self.exemption: str | None = None
        self.limit_number: int | None = None
        self.limit_unit: str | None = None
        self.note = ""
        self.late_entry: LateEntry | None = None
        self.faults: dict[str, Fault] = {}
        self.unfinished: Typed = {}
        self.reckoning: Reckoning | None = None
        self.refused: RuleBroken | None = None
        self._set_aside: dict[tuple[str, str], tuple[ComponentForm, ...]] = {}
        self._asked = 0
        self._minute.stop()

    def begin(self) -> None:
        """Another dossier: everything is empty and every panel hears of it."""
        self.clear()
        self.begun.emit()
        self._tell_all()

    def take_up(self, found: TakenUp) -> None:
        """Go on with a draft, or with a copy of an earlier dossier (which gets a draft of its own)."""
        self.clear()
        self.begun.emit()
        form = found.form
        if found.draft is not None:
            self.draft = found.draft
        desk_person = form.submitter or form.owner
        self.submitter = self._who(desk_person, found)
        self.proxy = form.submitter is not None
        self.owner = self._who(form.owner, found) if self.proxy else None
        self.relation = form.relation or ""
        self.chosen = found.chosen
        self.case_key = form.case or ""
        self.channel, self.assisted = form.channel, form.assisted
        self._own_channel = form.channel is not Channel.DIRECT
        self.linked = form.linked
        self.components, self.certify = form.components, form.certify
        self.phone, self.email = form.phone or "", form.email or ""
        self.delivery, self.result_copies, self.sets = form.delivery, form.result_copies, form.sets
        self.exemption = form.exemption
        self.limit_number, self.limit_unit = form.limit_number, form.limit_unit
        self.note = form.note
        if found.draft is not None:
            self.late_entry = form.late_entry  # a copy of an earlier dossier is of the paper that is being entered
        rows = [Party(each.role, self._who(each.person, found)) for each in form.parties]
        self.parties = self._with_roles(rows)
        if self.chosen is not None:
            self.case_key = self.chosen.procedure.case(self.case_key or None).key
        if form.summary != self.proposed_summary:
            self.summary_typed = form.summary
        taken = self._taken
        self.fields_typed = {name: str(value) for name, value in form.fields.items() if taken.get(name) != str(value)}
        self.unfinished = {key: dict(texts) for key, texts in found.unfinished.items()}
        for key in ("phone", "email"):
            self._judge_contact(key)
        self._tell_all()
        self.resumed.emit()

    @staticmethod
    def _who(form: PersonForm, found: TakenUp) -> Who | None:
        if form.id:
            there = found.known.get(form.id)
            return Who(PersonForm(id=form.id), there) if there else None
        return Who(form) if form != PersonForm(kind=form.kind) else None

    def _tell_all(self) -> None:
        self.people_changed.emit()
        self.procedure_changed.emit()
        self.papers_changed.emit()
        self.proposed.emit()
        self._touch()

    def _touch(self) -> None:
        self._soon.start()
        self.changed.emit()

    # -- people

    @property
    def real_owner(self) -> Who | None:
        """The owner, whoever stands at the desk."""
        return self.owner if self.proxy else self.submitter

    def set_submitter(self, who: Who | None) -> None:
        """Who stands at the desk; his phone and mail are proposed where the form has none."""
        before, self.submitter = self.submitter, who
        if who is not None and (before is None or before.values.get("id") != who.values.get("id")):
            self._propose_contact(before, who)
        self._people()

    def _propose_contact(self, before: Who | None, who: Who) -> None:
        for key in ("phone", "email"):
            old = str(before.values.get(key) or "") if before else ""
            if getattr(self, key) in ("", old):
                setattr(self, key, str(who.values.get(key) or ""))
                self.faults.pop(key, None)

    def set_owner(self, who: Who | None) -> None:
        """The owner where another hands in."""
        self.owner = who
        self._people()

    def set_proxy(self, on: bool) -> None:
        """Nộp thay: the owner is somebody else. What was entered for him stays, in case the key was a slip."""
        if on != self.proxy:
            self.proxy = on
            self._people()

    def set_relation(self, relation: str) -> None:
        """What the one at the desk is to the owner."""
        self.relation = relation
        self._touch()

    def set_party(self, place: int, party: Party) -> None:
        """Another person, or nobody, in a row of the parties."""
        rows = list(self.parties)
        rows[place] = party
        self.faults.pop(f"party.{place}", None)
        self.parties = tuple(rows)
        self._people()

    def add_party(self, role: str) -> None:
        """One more row of a role."""
        places = [place for place, each in enumerate(self.parties) if each.role == role]
        at = places[-1] + 1 if places else len(self.parties)
        self.parties = (*self.parties[:at], Party(role), *self.parties[at:])
        self._people()

    def _people(self) -> None:
        self.people_changed.emit()
        self.proposed.emit()
        self._touch()

    @property
    def relatives(self) -> tuple[str, ...]:
        """Names that the cards read for this dossier hold beside their owner's. Never part of the form."""
        names = []
        for who in (self.submitter, self.owner, *(party.who for party in self.parties)):
            if who is not None and who.reading is not None:
                names += [text for _index, text in who.reading.relatives if any(map(str.isalpha, text))]
        return tuple(dict.fromkeys(names))

    @property
    def open_already(self) -> tuple[HisDossier, ...]:
        """Dossiers of the owner under the same procedure that are not finished."""
        owner, chosen = self.real_owner, self.chosen
        if owner is None or owner.there is None or chosen is None:
            return ()
        code = chosen.procedure.code
        return tuple(
            each
            for each in owner.there.dossiers
            if each.role == "owner" and each.procedure_code == code and each.state in OPEN
        )

    # -- procedure

    @property
    def procedure(self) -> Procedure | None:
        """The procedure picked."""
        return self.chosen.procedure if self.chosen else None

    @property
    def case(self) -> Case | None:
        """The case picked."""
        return self.procedure.case(self.case_key or None) if self.procedure else None

    def choose(self, chosen: Chosen) -> None:
        """Another procedure: papers ticked for the one before come back if it is chosen again."""
        self._set_papers_aside()
        self.chosen = chosen
        procedure = chosen.procedure
        self.case_key = procedure.case(None).key
        self._choose_channel(chosen)
        self.linked = ()
        self.limit_number = self.limit_unit = None
        if self.exemption not in [each.key for each in procedure.exemptions]:
            self.exemption = None
        self.sets = procedure.sets
        self._propose_copies(procedure)
        self.parties = self._with_roles(self.parties)
        self._take_papers_up()
        self._procedure()

    def _propose_copies(self, procedure: Procedure) -> None:
        """A request for copies is for one at least; that one goes with its procedure, unless somebody has said so."""
        if procedure.asks_copies and not self.result_copies:
            self.result_copies, self._copies_proposed = 1, True
        elif self._copies_proposed and not procedure.asks_copies:
            self.result_copies, self._copies_proposed = 0, False

    def set_copies(self, number: int) -> None:
        """How many copies of the result the citizen wants."""
        self._copies_proposed = False
        self.set_wish(result_copies=number)

    def set_case(self, key: str) -> None:
        """Another case of the same procedure."""
        if self.procedure is None or key == self.case_key:
            return
        self._set_papers_aside()
        self.case_key = key
        self._take_papers_up()
        self._procedure()

    def _set_papers_aside(self) -> None:
        if self.procedure is not None:
            self._set_aside[self.procedure.code, self.case_key] = self.components

    def _take_papers_up(self) -> None:
        assert self.procedure is not None
        self.components = self._set_aside.get((self.procedure.code, self.case_key), ())

    def _with_roles(self, rows: tuple[Party, ...] | list[Party]) -> tuple[Party, ...]:
        """A row for every role of the procedure; rows of somebody stay whatever the role."""
        roles = self.procedure.parties if self.procedure else ()
        kept = [row for row in rows if row.who is not None or row.role in roles]
        wanted = [[row for row in kept if row.role == role] or [Party(role)] for role in roles]
        others = [row for row in kept if row.role not in roles]
        return tuple(row for group in wanted for row in group) + tuple(others)

    def _procedure(self) -> None:
        self.people_changed.emit()
        self.procedure_changed.emit()
        self.papers_changed.emit()
        self.proposed.emit()
        self._touch()

    def _choose_channel(self, chosen: Chosen) -> None:
        """What the clerk has chosen stays where the procedure takes it; else on paper, and where that is closed the
        counter files it online for whoever stands there."""
        offered = [terms.channel for terms in chosen.procedure.channels] or [Channel.DIRECT]
        open_ones = [each for each in offered if each not in chosen.closed] or offered
        if self._own_channel and self.channel in open_ones:
            return
        self._own_channel = False
        first = next((each for each in (Channel.DIRECT, Channel.ONLINE) if each in open_ones), open_ones[0])
        self.channel, self.assisted = first, first is Channel.ONLINE

    def set_channel(self, channel: Channel, assisted: bool) -> None:
        """How it comes in; `assisted`: filed online for a citizen who is present."""
        self.channel, self.assisted = channel, assisted
        self._own_channel = True
        self.channel_changed.emit()
        self._touch()

    @property
    def helped(self) -> bool:
        """Does the counter file it online for whoever stands there?"""
        return self.assisted and self.channel is Channel.ONLINE

    @property
    def paper_closed(self) -> Closed | None:
        """Why the procedure is not taken in on paper now; None where it is."""
        return self.chosen.closed.get(Channel.DIRECT) if self.chosen else None

    def set_linked(self, keys: tuple[str, ...]) -> None:
        """Which results of a linked filing are wanted; none: it is not linked."""
        self.linked = keys
        self._touch()

    # -- papers, fields, wishes

    def set_components(self, given: tuple[ComponentForm, ...]) -> None:
        """What was handed in."""
        self.components = given
        self.papers_changed.emit()
        self._touch()

    def set_certify(self, rows: tuple[CertifyForm, ...]) -> None:
        """The grid of documents to be certified."""
        self.certify = rows
        self.proposed.emit()
        self._touch()

    @property
    def proposed_summary(self) -> str:
        """The summary where the clerk has not written one."""
        if self.procedure is None:
            return ""
        named = [(party.role, party.who.name) for party in self.parties if party.who is not None]
        return proposal.summary(self.procedure, self.case, named, len(self.certify))

    @property
    def summary(self) -> str:
        """The summary that will be printed."""
        return self.summary_typed or self.proposed_summary

    def set_summary(self, text: str) -> None:
        """The clerk's own summary; empty, or the same as proposed, follows the proposal."""
        text = intake.spaced(text)
        self.summary_typed = "" if text == self.proposed_summary else text
        self._touch()

    @property
    def _taken(self) -> dict[str, str]:
        if self.procedure is None:
            return {}
        people: dict[str, Mapping[str, Any]] = {}
        for party in reversed(self.parties):
            if party.who is not None:
                people[party.role] = party.who.values
        for role, who in (("owner", self.real_owner), ("submitter", self.submitter)):
            if who is not None:
                people[role] = who.values
        return proposal.taken(self.procedure, people)

    @property
    def field_values(self) -> dict[str, str]:
        """The fields of the procedure's form: what was typed, else what is taken from people."""
        names = [each.name for each in self.procedure.fields] if self.procedure else []
        values = {**self._taken, **self.fields_typed}
        return {name: values[name] for name in names if values.get(name)}

    def set_field(self, name: str, value: str) -> None:
        """What was typed into a field; the same as taken from a person follows that person."""
        if self._taken.get(name) == value:
            self.fields_typed.pop(name, None)
        else:
            self.fields_typed[name] = value
        self._touch()

    def set_contact(self, key: str, text: str) -> None:
        """`phone` or `email` for this dossier."""
        setattr(self, key, text.strip())
        self._judge_contact(key)
        self._touch()

    def _judge_contact(self, key: str) -> None:
        try:
            if key == "phone":
                citizen.check_phone(self.phone)
            else:
                citizen.check_email(self.email)
            self.faults.pop(key, None)
        except RuleBroken as broken:
            self.faults[key] = Fault(broken.code, broken.details)

    def set_fault(self, key: str, fault: Fault | None) -> None:
        """A panel found something that cannot be right, or that it is right now."""
        if fault is None:
            self.faults.pop(key, None)
        else:
            self.faults[key] = fault

    def leave(self, place: str, typed: Mapping[str, str] | None) -> None:
        """What has been typed at a place and is not part of the form yet, so that it is kept with the draft; nothing
        once it has become part of it, or was given up."""
        texts = {key: text for key, text in (typed or {}).items() if text}
        if texts == self.unfinished.get(place, {}):
            return
        if texts:
            self.unfinished[place] = texts
        else:
            del self.unfinished[place]
        self.changed.emit()

    def set_wish(self, **wish: Any) -> None:
        """delivery, result_copies, sets, exemption, limit_number, limit_unit, note."""
        for key, value in wish.items():
            setattr(self, key, value)
        self._touch()

    # -- entered afterwards

    def set_late(self, late: LateEntry | None) -> None:
        """Nhập bù: what is said of the paper; None, it is received now."""
        if late != self.late_entry:
            self.late_entry = late
            self._touch()

    @property
    def at(self) -> datetime:
        """The moment of receipt as far as it is known: the paper's, where one is entered afterwards."""
        try:
            return read_moment(self.late_entry.at) if self.late_entry is not None else clock.now()
        except RuleBroken:
            return clock.now()

    @property
    def day(self) -> date:
        """The day whose catalogue counts."""
        return clock.local(self.at).date()

    # -- the form, and what the rules say

    @property
    def empty(self) -> bool:
        """Is there nothing yet that anybody would miss?"""
        nobody = self.submitter is None and self.owner is None
        typed = self.unfinished.keys() - {SEARCHES}
        return nobody and self.chosen is None and not (self.phone or self.email or self.note or typed)

    @property
    def title(self) -> str:
        """What the draft is called in a list."""
        who, what = self.real_owner or self.submitter, self.procedure
        name = who.name if who else self.unfinished.get(PERSON, {}).get("name", "")
        about = (what.short_name or what.name) if what else ""
        return " – ".join(part for part in (name, about) if part)

    def form(self) -> ReceiveForm:
        """Everything as the action takes it."""
        owner, submitter = self.real_owner, self.submitter if self.proxy else None
        return ReceiveForm(
            procedure=self.procedure.code if self.procedure else "",
            owner=self._with_contact(owner) if owner else PersonForm(),
            case=self.case_key or None,
            channel=self.channel,
            assisted=self.assisted,
            submitter=self._with_contact(submitter) if submitter else None,
            relation=(self.relation or None) if submitter else None,
            parties=tuple(
                PartyForm(party.role, party.who.handed_over) for party in self.parties if party.who is not None
            ),
            phone=self.phone or None,
            email=self.email or None,
            summary=self.summary,
            fields=self.field_values,
            components=self.components,
            certify=self.certify if self.procedure and self.procedure.certify else (),
            sets=self.sets,
            result_copies=self.result_copies,
            exemption=self.exemption,
            delivery=self.delivery,
            limit_number=self.limit_number,
            limit_unit=self.limit_unit,
            draft=self.draft,
            note=self.note,
            linked=self.linked,
            late_entry=self.late_entry,
        )

    def _with_contact(self, who: Who) -> PersonForm:
        """A person to be registered at the desk gets the phone and mail that he gave for the dossier."""
        form = who.handed_over
        if form.id or who is not self.submitter:
            return form
        phone = form.phone or ("" if "phone" in self.faults else self.phone)
        email = form.email or ("" if "email" in self.faults else self.email)
        return replace(form, phone=phone or None, email=email or None)

    def needs(self) -> tuple[Needed, ...]:
        """Everything still needed, in the order of the work."""
        found = intake.needs(
            self.form() if self.procedure else None,
            self.procedure,
            person=self.submitter is not None,
            owner=not self.proxy or self.owner is not None,
            limit_known=self.reckoning is None or not self.reckoning.deadline.asks,
        )
        none = {party.role for party in self.parties if party.none}
        return tuple(each for each in found if not (each.need is Need.PARTY and each.which in none))

    @property
    def ready(self) -> bool:
        """May it be received?"""
        late = self.late_entry
        said = late is None or all((late.sheet, late.at, late.by, late.reason))
        return said and not self.needs() and not self.faults and self.refused is None

    def reckon_now(self) -> None:
        """Ask what the dossier would carry if it were received now."""
        self._soon.stop()
        self._asked += 1
        if self.procedure is None:
            self.reckoning = self.refused = None
            self._minute.stop()
            self.reckoned.emit()
            return
        number = self._asked
        self._minute.start()

        def answered(found: Reckoning) -> None:
            if number == self._asked:
                self.reckoning, self.refused = found, None
                self.reckoned.emit()

        def refused(broken: RuleBroken) -> None:
            if number == self._asked:
                self.reckoning, self.refused = None, broken
                self.reckoned.emit()

        self._desk.ask(reception.reckon, self.form(), self.at, then=answered, or_else=refused, owner=self, key="reckon")
