"""The side pane of the list: one dossier with its papers, people, money, prints and history; no window per dossier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QMenu, QStackedLayout, QWidget

from desktop.assets import Look
from desktop.desk import Desk
from desktop.models import dossier_words as words
from desktop.models import due
from desktop.views.badges import DueLabel, Pill, State
from desktop.views.boxes import Box, Card, Note
from desktop.views.buttons import Button
from desktop.views.copy_panel import CopyPanel, Source, forget_files
from desktop.views.corrected_lines import corrected_section
from desktop.views.dossier_papers import papers_section
from desktop.views.inputs import Field, MaskedNumber
from desktop.views.late_section import late_section
from desktop.views.laying import across, down, show_if
from desktop.views.linked_parts import parts_section
from desktop.views.paper_links import Links
from desktop.views.sections import Leaf, line, section
from desktop.views.standing import Awaiting, EmptyState, Room
from desktop.views.wording import Words
from onestop import clock
from onestop.actions import citizens, linking, printing
from onestop.actions.linking import LinkForm
from onestop.actions.printing import OutcomeForm
from onestop.queries import overview
from onestop.queries.dossiers import DossierRow, PrintedRow
from onestop.queries.overview import Card as DossierCard
from onestop.queries.overview import CardPerson, Event
from onestop.rules.citizen import relation_name, role_name
from onestop.rules.dossier import State as DossierState
from onestop.rules.errors import RuleBroken
from onestop.texts import _, message

REST = 60
"""Milliseconds on a row before the whole dossier is read."""
LEAST_ROWS = 3

ANSWERS = (("out", "check"), ("not-out", "x"), ("ruined", "ban"))
"""What a person may say of a sheet, with an icon each."""


def answer_text(outcome: str) -> str:
    """The word on the button."""
    return {"out": _("Ra đủ"), "not-out": _("Chưa ra"), "ruined": _("Hỏng")}[outcome]


class DossierPane(Card):
    """`show_row` at once with what the list knows, the rest when it has been read (`shown`). `linked(code)` after a
    code was tied to the dossier. `back` when the person leaves it with Esc. `paper_wished(component, paper)`: a paper
    is to be looked at. `scan`: the action that scans; `links`: what else can be done with a paper; `copying`: the
    actions that copy the next and the former field for another system."""

    linked = Signal(str)
    shown = Signal()
    back = Signal()
    paper_wished = Signal(str, str)

    def __init__(
        self,
        look: Look,
        desk: Desk,
        main: QAction,
        others: Sequence[QAction],
        scan: QAction | None = None,
        links: Links = lambda _paper: [],
        copying: tuple[QAction, QAction] | None = None,
    ) -> None:
        super().__init__(look, gap="s")
        self._desk, self._scan, self._links = desk, scan, links
        self.copying = CopyPanel(look, desk, *copying) if copying is not None else None
        self._row: DossierRow | None = None
        self.card: DossierCard | None = None
        self.setMaximumWidth(look.size("side"))
        self.setAccessibleName(_("Hồ sơ đang chọn"))
        # Whoever goes down the list with a key held sees the heads; what he stops at is read.
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self.refresh)
        pages = QWidget()
        self._stack = QStackedLayout(pages)
        whole = QWidget()
        whole.setLayout(down(look, self._top(), (self._middle(), 1), self._foot(main, others), gap="s"))
        self._nothing = EmptyState(
            look, "folder", _("Chưa chọn hồ sơ"), _("Dùng phím ↑ ↓ để chọn một hồ sơ trong danh sách.")
        )
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(whole)
        self.body.addWidget(pages, 1)

    # -- parts

    def _top(self) -> QWidget:
        look = self.look
        self.code = Words(look, tone="quiet", figures=True, elide=True)
        self.state = State(look)
        self.name = Words(look, size="title", strong=True, wrap=True)
        self.who = Words(look, wrap=True, figures=True)
        self.due = DueLabel(look, strong=True)
        self.due.words.setProperty("letters", "title")
        self.left = Pill(look)
        self.promise = Words(look, "", "note", "quiet", wrap=True)
        self.due_box = Box(look, gap="none")
        self.due_name = Words(look, "", "note", "quiet")
        self.due_box.add(self.due_name, across(look, (self.due, 1), self.left), self.promise)
        self.question = Question(look, self._settle)
        top = QWidget()
        first = across(look, (self.code, 1), self.state)
        top.setLayout(
            down(look, first, down(look, self.name, self.who, gap="xs"), self.due_box, self.question, margins=_inside())
        )
        return top

    def _middle(self) -> QWidget:
        self.leaf = Leaf(self.look, _("Nội dung hồ sơ"), gap="m")
        self._awaiting = Awaiting(self.look, self.leaf)
        room = Room(self.look.size("row") * LEAST_ROWS)
        room.setLayout(down(self.look, self._awaiting))
        return room

    def _foot(self, main: QAction, others: Sequence[QAction]) -> QWidget:
        look = self.look
        self.link = LinkBox(look, self._link)
        panels: list[QWidget] = [self.link]
        if self.copying is not None:
            self.copying.finished.connect(self.ask_link)
            panels.append(self.copying)
        self.next_button = Button(look, kind="main", action=main, big=True)
        self.more = Button(look, _("Thao tác khác"))
        self._menu = QMenu(self.more)
        self._menu.addActions(list(others[1:]))
        self.more.setMenu(self._menu)
        self.again = Button(look, others[0].text())
        self.again.clicked.connect(others[0].trigger)
        self._again = others[0]
        self._again.changed.connect(self._follow)  # the action outlives this pane: a method ends with it
        foot = QWidget()
        row = across(look, (self.again, 3), (self.more, 2))
        foot.setLayout(down(look, *panels, self.next_button, row, margins=_inside()))
        return foot

    def _follow(self) -> None:
        self.again.setEnabled(self._again.isEnabled())

    # -- what is shown

    @property
    def row(self) -> DossierRow | None:
        """The dossier that is shown, None for none."""
        return self._row

    def show_row(self, row: DossierRow | None) -> None:
        """Another dossier, or none."""
        other = row is None or self._row is None or row.id != self._row.id
        self._row = row
        self._stack.setCurrentIndex(0 if row is None else 1)
        if row is None:
            self.card = None
            return
        self._head(row)
        if other:
            self.card = None
            self.who.say(row.owner_name)
            self.promise.say("")
            self.question.ask(None)
            self.put_away()
            self._rest.start()
        else:
            self.refresh()

    def refresh(self) -> None:
        """Read the dossier shown anew."""
        if self._row is None:
            return
        if self.card is None:
            self._awaiting.wait()
        self._desk.ask(
            overview.card, self._row.id, then=self._here, owner=self, key="card", always=self._awaiting.ready
        )

    def tick(self) -> None:
        """A minute has passed."""
        if self.card is not None:
            self._still(self.card)
        elif self._row is not None:
            self._head(self._row)

    def _head(self, row: DossierRow) -> None:
        self.code.say(row.code)
        self.name.say(row.procedure_name)
        self._stands(row.state, row.due_at, row.finished_at, row.supplement_until)

    def _stands(
        self, state: str, due_at: datetime | None, finished_at: datetime | None, supplement_until: str | None
    ) -> None:
        """Its state, and how far off its return time is, or the day until which it is waited for."""
        now, told = clock.now(), words.state(state)
        self.state.show_state(told.icon, told.text, told.tone)
        waits = supplement_until if state == DossierState.SUPPLEMENT else None
        answer = self._row.answer if self._row is not None and state == DossierState.NEW else None
        self.due_name.say(_("Chờ bổ sung") if waits else _("Chờ trả lời trực tuyến") if answer else _("Hẹn trả"))
        if waits or answer:
            said = due.answering(answer) if answer else due.waiting(waits or "", now)
            self.due.show_state(said.icon, said.text, said.tone)
            self.due.setToolTip(said.exact)
            self.due.setAccessibleDescription(said.exact)
        else:
            self.due.show_due(due_at, finished_at, now)
        left = due.left(due_at, now) if due_at is not None and finished_at is None else ""
        self.left.say(left, "warning" if self.due.words.property("tone") == "warning" else "quiet")

    def _still(self, card: DossierCard) -> None:
        values = card.dossier.values
        self._stands(values["state"], values["due_at"], values["finished_at"], values["supplement_until"])

    def _here(self, card: DossierCard | None) -> None:
        if card is None or self._row is None or card.id != self._row.id:
            return
        again = self.card is not None and self.card.id == card.id
        if again and self.card == card:
            return
        self.card = card
        self.shown.emit()
        values = card.dossier.values
        self._still(card)
        self.who.say(" · ".join(part for part in (values["owner_name"], values["phone"]) if part))
        due_at = values["due_at"]
        # Each part has its own; what came online has none before it is accepted.
        ours = not card.dossier.parts and values["state"] != DossierState.NEW
        limit = words.limit(values["limit_text"]) if ours else ""
        still = words.apology(card.terms, clock.now())
        answer = self._row.answer
        until = due.answering(answer).exact if answer and values["state"] == DossierState.NEW else ""
        said = (until or (due.exact(due_at) if due_at else ""), limit, *words.promises(values), still)
        self.promise.say(" · ".join(part for part in said if part))
        self.question.ask(next((each for each in card.dossier.printed if each.outcome == "waiting"), None))
        self.leaf.show_parts(self._sections(card), stay=again)

    def _sections(self, card: DossierCard) -> list[QWidget]:
        look, values = self.look, card.dossier.values
        parts: list[QWidget] = []
        if values["external_code"] or values["code"] != card.dossier.code:
            others = (values["external_code"], values["code"] if values["code"] != card.dossier.code else None)
            rows = [Words(look, each, figures=True, wrap=True) for each in others if each]
            parts.append(section(look, _("Mã khác"), *rows))
        parts += late_section(look, values)
        course = words.course(values, card.hands)
        if course:
            parts.append(section(look, _("Hiện nay"), *(line(look, text, note) for text, note in course)))
        if card.dossier.parts:
            parts.append(parts_section(look, card.dossier.parts))
        parts += corrected_section(look, card, clock.now())
        scan = None
        if self._scan is not None and self._scan.isVisible():
            scan = Button(look, _("Quét"), "link", action=self._scan)
        parts.append(papers_section(look, card, self.paper_wished.emit, scan, self._links))
        parts.append(
            section(look, _("Người trong hồ sơ"), *(self._person(each, values["relation"]) for each in card.people))
        )
        fees = words.fees(values)
        money = [_pair(look, name, amount) for name, amount in fees] or [Words(look, _("Không có khoản thu"))]
        parts.append(section(look, _("Phí, lệ phí"), *money))
        way, receiver = words.delivery(values["delivery"])
        parts.append(section(look, _("Nhận kết quả"), Words(look, ": ".join(filter(None, (way, receiver))), wrap=True)))
        if card.dossier.printed:
            parts.append(section(look, _("Đã in"), *(_printing(look, each) for each in card.dossier.printed)))
        now = clock.now()
        parts.append(section(look, _("Quá trình"), *(_event(look, each, now) for each in card.history)))
        reasons = words.reasons(values["steps"])
        if reasons:
            lines = [Words(look, each, "note", "quiet", wrap=True) for each in reasons]
            parts.append(section(look, _("Cách tính ngày hẹn trả"), *lines))
        terms = [Words(look, each, "note", "quiet", wrap=True) for each in words.terms(card.terms)]
        if terms:
            parts.append(section(look, _("Các mốc khác"), *terms))
        if values["note"]:
            parts.append(section(look, _("Ghi chú"), Words(look, values["note"], wrap=True)))
        return parts

    def _person(self, person: CardPerson, relation: str | None) -> QWidget:
        role = {"owner": _("Chủ hồ sơ"), "submitter": _("Người nộp")}.get(person.role) or role_name(person.role)
        if person.role == "submitter" and relation:
            role = f"{role} ({relation_name(relation).lower()})"
        number = MaskedNumber(self.look, person.paper)
        number.asked.connect(lambda: self._open(person, number))
        show_if(number, bool(person.paper))
        number.eye.setAccessibleName(_("Xem đủ số của {name}").format(name=person.name))
        return line(self.look, person.name, role, end=number)

    # -- what is done

    def _open(self, person: CardPerson, number: MaskedNumber) -> None:
        self._desk.do(
            citizens.open_number,
            person.citizen_id,
            then=lambda values: number.reveal(overview.paper_of(values)),
            owner=number,
        )

    def _settle(self, printed: str, outcome: str) -> None:
        self.question.setEnabled(False)
        self._desk.do(
            printing.settle,
            OutcomeForm(printed, outcome),
            owner=self,
            then=lambda _none: self.refresh(),
            always=lambda: self.question.setEnabled(True),
        )

    @property
    def busy(self) -> bool:
        """Does something stand above the buttons, that Esc closes first?"""
        return self.link.isVisible() or (self.copying is not None and self.copying.isVisible())

    def copy_field(self) -> None:
        """Copy the next field for the other system."""
        if self.card is not None and self.copying is not None:
            self.link.put_away()
            self.copying.forward(Source.of(self.card.id))

    def copy_field_before(self) -> None:
        """Copy the field before it once more."""
        if self.copying is not None:
            self.copying.back()

    def gather(self) -> None:
        """The files of the dossier in one folder, to be uploaded to the other system."""
        if self.card is not None and self.copying is not None:
            self.copying.take_files(Source.of(self.card.id))

    def put_away(self) -> None:
        """Close what stands above the buttons."""
        self.link.put_away()
        if self.copying is not None:
            self.copying.put_away()

    def ask_link(self) -> None:
        """Open the field for the code of another system."""
        if self.card is not None:
            self.put_away()
            values = self.card.dossier.values
            temporary = values["code_kind"] == "temporary" and not values["official_code"]
            self.link.open(values["external_code"] or "", temporary=temporary)

    def _link(self, external: str, official: bool) -> None:
        if self._row is None:
            return
        code = self._row.code
        self._desk.do(
            linking.link,
            LinkForm(code, external, official),
            owner=self,
            then=lambda _id: self._tied(external),
            or_else=self.link.refuse,
            always=self.link.free,
        )

    def _tied(self, external: str) -> None:
        self.link.put_away()
        if self.card is not None:
            self._desk.run(forget_files, self._desk.office, self.card.id, owner=self)
        self.refresh()
        self.linked.emit(external)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.busy:
                self.put_away()
                self.next_button.setFocus()
            else:
                self.back.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setMaximumWidth(self.look.size("side"))


class Question(Note):
    """ "Giấy đã ra chưa?" of the first print nobody has answered for, with the three answers."""

    def __init__(self, look: Look, settle: Callable[[str, str], None]) -> None:
        self._printed = ""
        self.buttons = {key: Button(look, answer_text(key), icon=icon) for key, icon in ANSWERS}
        super().__init__(look, "", "warning", *self.buttons.values())
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, key=key: settle(self._printed, key))
        self.hide()

    def ask(self, printed: PrintedRow | None) -> None:
        """Ask of this print; None asks nothing."""
        self._printed = printed.id if printed is not None else ""
        if printed is None:
            self.say("")
            return
        at = words.moment(printed.at, clock.now())
        self.say(_("Giấy đã ra chưa? {letter}, in lúc {at}").format(letter=words.printing(printed), at=at))


class LinkBox(Box):
    """The field for a code that another system gave."""

    def __init__(self, look: Look, link: Callable[[str, bool], None]) -> None:
        super().__init__(look, padding="m", gap="s")
        self._link = link
        self.line = QLineEdit()
        self.line.setMaxLength(80)
        self.field = Field(look, _("Mã của hệ thống khác"), self.line, _("Ví dụ: mã hồ sơ trên Cổng dịch vụ công."))
        self.official = QCheckBox(_("Là mã chính thức, thay cho mã tạm"))
        self.take = Button(look, _("Gắn mã"), "main")
        self.leave = Button(look, _("Thôi"))
        self.add(self.field, self.official, across(look, (self.take, 1), (self.leave, 1)))
        self.line.returnPressed.connect(self._go)
        self.line.textEdited.connect(lambda _text: self.field.clear())
        self.take.clicked.connect(self._go)
        self.leave.clicked.connect(self.put_away)
        self.hide()

    def open(self, known: str, *, temporary: bool) -> None:
        """Show it, with the code known so far; `temporary`: an official one is still to come."""
        self.line.setText(known)
        self.official.setChecked(temporary)
        self.official.setVisible(temporary)
        self.field.clear()
        self.show()
        self.line.setFocus()
        self.line.selectAll()

    def put_away(self) -> None:
        """Hide it."""
        self.hide()

    def _go(self) -> None:
        self.take.setEnabled(False)
        self._link(self.line.text(), self.official.isVisible() and self.official.isChecked())

    def free(self) -> None:
        """The answer is here."""
        self.take.setEnabled(True)

    def refuse(self, broken: RuleBroken) -> None:
        """Say beside the field what is wrong with it."""
        self.field.say_wrong(message(broken.code, broken.details))
        self.line.setFocus()


# -- lines


def _inside() -> tuple[str, str, str, str]:
    return ("m", "none", "m", "none")


def _pair(look: Look, name: str, amount: str) -> QWidget:
    pair = QWidget()
    pair.setLayout(across(look, (Words(look, name, wrap=True), 1), Words(look, amount, figures=True)))
    return pair


def _printing(look: Look, row: PrintedRow) -> QWidget:
    told = words.outcome(row.outcome)
    note = f"{told.text} · {words.moment(row.at, clock.now())}"
    return line(look, words.printing(row), note, icon=told.icon, tone=told.tone)


def _event(look: Look, happened: Event, now: datetime) -> QWidget:
    text, note = words.event(happened)
    at = Words(look, words.moment(happened.at, now), tone="quiet", figures=True)
    at.setFixedWidth(look.metrics().horizontalAdvance("00/00 00:00") + look.space("xs"))
    at.setToolTip(due.exact(happened.at))
    row = across(look, at, (line(look, text, note), 1), gap="s")
    row.setAlignment(at, Qt.AlignmentFlag.AlignTop)
    event = QWidget()
    event.setLayout(row)
    event.setAccessibleName(f"{at.text()} {text}. {note}")
    return event


__all__ = ["ANSWERS", "DossierPane", "answer_text"]
