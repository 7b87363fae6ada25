"""The side pane of the people list: one person with his papers, dossiers, history, and who may be the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.assets import Look
from desktop.bus import Level, Notice, Offer
from desktop.desk import Desk
from desktop.models import due, person_words
from desktop.models import people as words
from desktop.views.badges import DueLabel
from desktop.views.boxes import Box, Card, Note
from desktop.views.buttons import Button
from desktop.views.inputs import MaskedNumber
from desktop.views.laying import across, down
from desktop.views.sections import Calm, Fact, Leaf, Link, facts, line, section
from desktop.views.shelf import on_shelf
from desktop.views.standing import Awaiting, EmptyState
from desktop.views.wording import Words
from onestop import clock
from onestop.actions import citizens
from onestop.queries import people_card
from onestop.queries.people import HisDossier, Likeness, PersonRow
from onestop.queries.people_card import MASKED, Event, PersonCard
from onestop.rules.citizen import PERSON, kind_name, role_name, sex_name
from onestop.texts import N_, _

Answer = Callable[[str, str], None]
"""What is said of two registrations."""
FEW_DOSSIERS, FEW_EVENTS = 8, 6
"""So many are shown before one asks for the rest."""


class PersonPane(Card):
    """`show_person(id, row)` shows at once what the list knows, the rest when it has been read.

    `wished_person(id)`: somebody else is to be shown; `wished_dossier(code)`: a dossier is;
    `wished_paper(dossier, paper)`: a paper of the shelf is. `back` at Esc.
    """

    wished_person = Signal(str)
    wished_dossier = Signal(str)
    wished_paper = Signal(str, str)
    back = Signal()

    def __init__(self, look: Look, desk: Desk, receive: QAction, edit: QAction, may_open: Callable[[], bool]) -> None:
        super().__init__(look, gap="s")
        self._desk, self._may_open = desk, may_open
        self._id = ""
        self.card: PersonCard | None = None
        self.opened: Mapping[str, Any] | None = None
        self._all: set[str] = set()
        self._calm = Calm(look, self.refresh, self)
        self.setAccessibleName(_("Người đang chọn"))
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack, 1)  # first: a page of a layout without a place opens a window of its own
        self._nothing = EmptyState(
            look, "user-round", _("Chưa chọn ai"), _("Dùng phím ↑ ↓ để chọn một người trong danh sách.")
        )
        whole = QWidget()
        whole.setLayout(down(look, self._top(), (self._middle(), 1), self._foot(receive, edit), gap="s"))
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(whole)

    def _top(self) -> QWidget:
        look = self.look
        self.kind = Words(look, size="note", tone="quiet")
        self.name = Words(look, size="title", strong=True, wrap=True)
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.about = Words(look, tone="quiet", figures=True, wrap=True)
        top = QWidget()
        top.setLayout(down(look, self.kind, self.name, self.about, gap="xs", margins=("m", "none", "m", "none")))
        return top

    def _middle(self) -> QWidget:
        self.leaf = Leaf(self.look, _("Thông tin của người đang chọn"))
        self._awaiting = Awaiting(self.look, self.leaf)
        return self._awaiting

    def _foot(self, receive: QAction, edit: QAction) -> QWidget:
        look = self.look
        self.receive = Button(look, _("Tiếp nhận hồ sơ"), "main", action=receive, big=True)
        self.edit = Button(look, action=edit)
        foot = QWidget()
        foot.setLayout(down(look, self.receive, self.edit, margins=("m", "none", "m", "none")))
        return foot

    # -- whom it shows

    @property
    def person(self) -> str:
        """The id of the person shown, "" for nobody."""
        return self._id

    def show_person(self, citizen_id: str, row: PersonRow | None = None) -> None:
        """Another person, or nobody; numbers are masked again."""
        if citizen_id != self._id:
            self.card, self.opened, self._all = None, None, set()
        self._id = citizen_id
        self._stack.setCurrentIndex(1 if citizen_id else 0)
        if not citizen_id:
            return
        if row is not None and self.card is None:
            self._head(row.kind, row.name, row.date_of_birth, row.sex)
            self._calm.ask()
        else:
            self.refresh()

    def refresh(self) -> None:
        """Read the person shown anew."""
        if not self._id:
            return
        if self.card is None:
            self._awaiting.wait()
        self._desk.ask(
            people_card.card,
            self._id,
            clock.today(),
            then=self._here,
            owner=self,
            key="card",
            always=self._awaiting.ready,
        )

    def _here(self, card: PersonCard | None) -> None:
        if card is None or not self._id:
            self.show_person("")
            return
        again = self.card is not None and self.card.id == card.id
        if again and card == self.card:
            return
        self._id, self.card = card.id, card
        self._show(stay=again)

    def _head(self, kind: str, name: str, born: str | None, sex: str | None) -> None:
        self.kind.say(kind_name(kind))
        self.name.say(name)
        self.about.say(" · ".join(part for part in (person_words.born(born), sex_name(sex)) if part))
        self.about.setVisible(bool(self.about.text()))

    # -- what is shown

    def _show(self, *, stay: bool = False) -> None:
        card, look = self.card, self.look
        if card is None:
            return
        self._head(card.kind, card.name, card.values["date_of_birth"], card.values["sex"])
        parts: list[QWidget] = []
        contradictions = [each for each in card.remarks if words.tone_of(each) == "warning"]
        parts += [Note(look, words.said(each)) for each in contradictions]
        if card.alike:
            parts.append(section(look, _("Có thể là cùng một người"), *(self._alike(each) for each in card.alike)))
        parts.append(self._papers(card))
        parts.append(self._address(card))
        parts.append(self._dossiers(card))
        if card.shelf:
            parts.append(self._shelf(card))
        if card.merged:
            parts.append(section(look, _("Đã gộp vào đây"), *(self._merged(each) for each in card.merged)))
        if card.apart:
            parts.append(section(look, _("Đã xác nhận là người khác"), *(self._apart(each) for each in card.apart)))
        parts.append(self._history(card))
        self.leaf.show_parts(parts, stay=stay)

    def _papers(self, card: PersonCard) -> QWidget:
        look, values = self.look, card.values
        lines: list[QWidget] = []
        keys = ("identity_number", "cmnd", "passport", "birth_certificate", "tax_code")
        for key in keys:
            if not values[key]:
                continue
            name = person_words.paper_name(key)
            if self.opened is None and "*" in str(values[key]) and self._may_open():
                number = MaskedNumber(look, str(values[key]))
                number.eye.setAccessibleName(_("Xem đủ {paper} của {name}").format(paper=name, name=card.name))
                number.asked.connect(self.open_numbers)
                lines.append(Fact(look, name, number))
            else:
                lines.append(Fact(look, name, str((self.opened or values)[key])))
        lines += facts(
            look,
            (
                (_("Quốc tịch"), values["nationality"]),
                (_("Ngày cấp"), person_words.born(values["issued_on"])),
                (_("Không có giấy tờ"), values["no_paper_reason"]),
            ),
        )
        if card.kind == PERSON and values["from_card"]:
            lines.append(line(look, _("Lấy từ thẻ căn cước"), icon="circle-check", tone="good"))
        for each in card.remarks:
            if words.tone_of(each) == "quiet":
                lines.append(Words(look, words.said(each), "note", "quiet", wrap=True))
        if card.representative is not None:
            link = Link(look, card.representative.name, words.about(card.representative))
            link.clicked.connect(lambda: self.wished_person.emit(card.representative.id))
            lines.append(Fact(look, _("Người đại diện"), link))
        return section(look, _("Giấy tờ"), *lines)

    def _address(self, card: PersonCard) -> QWidget:
        look, values = self.look, card.values
        pairs = (
            (_("Địa chỉ"), values["address"]),
            (_("Mã xã, phường"), values["unit_code"]),
            (_("Huyện cũ"), values["old_district"]),
            (_("Điện thoại"), values["phone"]),
            (_("Email"), values["email"]),
        )
        lines = facts(look, pairs) or [Words(look, _("Chưa ghi địa chỉ, điện thoại."), tone="quiet", wrap=True)]
        return section(look, _("Địa chỉ và liên hệ"), *lines)

    def _dossiers(self, card: PersonCard) -> QWidget:
        look = self.look
        shown = card.dossiers if "dossiers" in self._all else card.dossiers[:FEW_DOSSIERS]
        lines: list[QWidget] = [self._dossier(each) for each in shown]
        if len(shown) < len(card.dossiers):
            lines.append(self._more("dossiers", len(card.dossiers) - len(shown)))
        if not lines:
            lines.append(Words(look, _("Chưa có hồ sơ nào ở đây."), tone="quiet"))
        title = _("Hồ sơ") if not card.dossiers else f"{_('Hồ sơ')} ({len(card.dossiers)})"
        return section(look, title, *lines)

    def _shelf(self, card: PersonCard) -> QWidget:
        shown = card.shelf if "shelf" in self._all else card.shelf[:FEW_DOSSIERS]
        lines: list[QWidget] = [on_shelf(self.look, each, self.wished_paper.emit) for each in shown]
        if len(shown) < len(card.shelf):
            lines.append(self._more("shelf", len(card.shelf) - len(shown)))
        return section(self.look, f"{_('Kho giấy tờ')} ({len(card.shelf)})", *lines)

    def _dossier(self, each: HisDossier) -> QWidget:
        role = {"owner": "", "submitter": _("nộp thay")}.get(each.role)
        notes = (each.code, role if role is not None else role_name(each.role).lower())
        until = DueLabel(self.look)
        done = each.state in ("finished", "handed-back")
        until.show_due(each.due_at, each.due_at if done else None)
        link = Link(self.look, each.procedure_name, " · ".join(note for note in notes if note), end=until)
        link.clicked.connect(lambda: self.wished_dossier.emit(each.code))
        return link

    def _history(self, card: PersonCard) -> QWidget:
        shown = card.history if "history" in self._all else card.history[:FEW_EVENTS]
        lines: list[QWidget] = [self._event(each) for each in shown]
        if len(shown) < len(card.history):
            lines.append(self._more("history", len(card.history) - len(shown)))
        return section(self.look, _("Lịch sử"), *lines)

    def _event(self, happened: Event) -> QWidget:
        look = self.look
        text, note = words.event(happened)
        at = Words(look, words.moment(happened.at, clock.now()), tone="quiet", figures=True)
        at.setFixedWidth(look.metrics().horizontalAdvance("00/00/0000") + look.space("xs"))
        at.setToolTip(due.exact(happened.at))
        row = across(
            look,
            at,
            (down(look, Words(look, text, wrap=True), Words(look, note, "note", "quiet", wrap=True), gap="none"), 1),
        )
        row.setAlignment(at, Qt.AlignmentFlag.AlignTop)
        whole = QWidget()
        whole.setLayout(row)
        whole.setAccessibleName(f"{at.text()} {text}. {note}")
        return whole

    def _more(self, what: str, count: int) -> QWidget:
        button = Button(self.look, _("Xem thêm {count}").format(count=count), "link")
        button.clicked.connect(lambda: self._show_all(what))
        holder = QWidget()
        holder.setLayout(across(self.look, button, None))
        return holder

    def _show_all(self, what: str) -> None:
        self._all.add(what)
        self._show(stay=True)
        self.leaf.setFocus()

    # -- who may be the same

    def _alike(self, likeness: Likeness) -> QWidget:
        look, row = self.look, likeness.row
        same = Button(look, _("Là một người"), icon="merge", name=_("{name} là cùng một người").format(name=row.name))
        other = Button(look, _("Không phải"), name=_("{name} là người khác").format(name=row.name))
        same.clicked.connect(lambda: self.join(self._id, row.id))
        other.clicked.connect(lambda: self.tell_apart(self._id, row.id))
        return self._beside(row, words.reasons(likeness), (same, other), "warning")

    def _merged(self, row: PersonRow) -> QWidget:
        split = Button(self.look, _("Tách ra"), icon="split", name=_("Tách {name} ra").format(name=row.name))
        split.clicked.connect(lambda: self.tell_apart(self._id, row.id, self.join))
        return self._beside(row, "", (split,))

    def _apart(self, row: PersonRow) -> QWidget:
        look = self.look
        same = Button(look, _("Là một người"), icon="merge", name=_("{name} là cùng một người").format(name=row.name))
        same.clicked.connect(lambda: self.join(self._id, row.id, self.tell_apart))
        name = _("Bỏ đánh dấu {name} là người khác").format(name=row.name)
        back = Button(look, _("Bỏ đánh dấu"), icon="undo-2", name=name)
        back.clicked.connect(lambda: self.undecide(self._id, row.id, self.tell_apart))
        return self._beside(row, "", (same, back))

    def _beside(self, row: PersonRow, why: str, buttons: Sequence[QWidget], tone: str = "") -> QWidget:
        look = self.look
        box = Box(look, tone, padding="m", gap="xs")
        link = Link(look, row.name, words.about(row))
        link.clicked.connect(lambda: self.wished_person.emit(row.id))
        box.add(link)
        if why:
            box.add(Words(look, why, "note", "warning" if tone else "quiet", wrap=True))
        box.body.addLayout(across(look, *buttons, None))
        box.setAccessibleName(f"{row.name}. {why}" if why else row.name)
        return box

    def join(self, one: str, other: str, back: Answer | None = None) -> None:
        """Say that the two are one person; the notice can take it back, by `back` to what was said before."""

        def joined(stays: str) -> None:
            undo = Offer(N_("Hoàn tác"), lambda: (back or self.undecide)(one, other))
            self._desk.bus.tell(Notice(Level.GOOD, "people.joined", key="people.same", offers=(undo,)))
            self.wished_person.emit(stays)

        self._desk.do(citizens.same, (one, other), then=joined, owner=self)

    def tell_apart(self, one: str, other: str, back: Answer | None = None) -> None:
        """Say that the two are different people; the notice can take it back, by `back` to what was said before."""

        def done(_none: None) -> None:
            undo = Offer(N_("Hoàn tác"), lambda: (back or self.undecide)(one, other))
            self._desk.bus.tell(Notice(Level.GOOD, "people.apart", key="people.same", offers=(undo,)))
            self.refresh()

        self._desk.do(citizens.apart, (one, other), then=done, owner=self)

    def undecide(self, one: str, other: str, back: Answer | None = None) -> None:
        """Take back what was said of the two: whoever is alike is asked about again. `back` undoes even that."""

        def done(taken_back: bool) -> None:
            if taken_back:
                undo = (Offer(N_("Hoàn tác"), lambda: back(one, other)),) if back is not None else ()
                self._desk.bus.tell(Notice(Level.GOOD, "people.undecided", key="people.same", offers=undo))
            self.refresh()

        self._desk.do(citizens.undecide, (one, other), then=done, owner=self)

    # -- numbers

    def open_numbers(self) -> None:
        """Show the numbers in full; who looked is recorded."""
        if self._id:
            asked = self._id
            self._desk.do(citizens.open_number, asked, then=lambda values: self._revealed(asked, values), owner=self)

    def _revealed(self, asked: str, values: Mapping[str, Any]) -> None:
        if asked != self._id:
            return
        self.opened = {key: values.get(key) for key in (*MASKED, "tax_code", "birth_certificate")}
        self._show(stay=True)
        self.leaf.setFocus()
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "leaf"):
            self._show(stay=True)
