"""What a dossier at Tiếp nhận still needs, in the order of the work, each with its words and the way there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from desktop.views.checklist_row import short_name
from desktop.views.filling import OTHER, PERSON, REASON, Filling
from desktop.views.receive_person import OWNER, SUBMITTER, PersonPanel
from desktop.views.receive_procedure import ProcedurePanel
from desktop.views.receive_receipt import ReceiptPanel
from onestop.rules.citizen import role_name
from onestop.rules.intake import Need
from onestop.rules.papers import component_key
from onestop.texts import _

if TYPE_CHECKING:
    from desktop.views.receive_pages import ReceivePages

ORDER = (
    Need.PERSON,
    Need.OWNER,
    Need.PROCEDURE,
    Need.CASE,
    Need.PARTY,
    Need.COMPONENT,
    Need.CERTIFY,
    Need.FIELD,
    Need.LIMIT,
    Need.COPIES,
    Need.DELIVERY,
)
"""The order of the work: Enter goes along it."""
LATE = "late_entry."
"""What is at fault in the strip of Nhập bù, which names it itself."""
LONGEST_NAME = 46
"""Characters of the name of something missing."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Something still needed: its place in the order of the work, its words, and how to get there. `waits`: it comes by
    itself, and nobody has to go anywhere."""

    rank: tuple[int, int]
    words: str
    go: Callable[[], object]
    paper: bool = False
    waits: bool = False


class Way:
    """The way through the work of one screen."""

    def __init__(self, filling: Filling, person: PersonPanel, procedure: ProcedurePanel, receipt: ReceiptPanel) -> None:
        self.filling, self.person, self.procedure, self.receipt = filling, person, procedure, receipt
        self.pages: ReceivePages | None = None

    def stops(self) -> list[Stop]:
        """Everything still needed, in the order of the work, each with the way there."""
        filling = self.filling
        found = []
        for each in filling.needs():
            need, which = each.need, each.which
            rank = ORDER.index(Need.COMPONENT if need is Need.CHECK else need)
            sub, words, paper = 0, _("người nộp"), False
            go: Callable[[], object] = self._to_person(SUBMITTER)
            if each.need is Need.OWNER:
                words, go = _("chủ hồ sơ"), self._to_person(OWNER)
            elif each.need is Need.PROCEDURE:
                words, go = _("thủ tục"), self.procedure.begin
            elif each.need is Need.CASE:
                words, go = _("trường hợp"), self.procedure.case.setFocus
            elif each.need is Need.PARTY:
                sub = next((at for at, row in enumerate(filling.parties) if row.role == which), 0)
                words, go = role_name(which).lower(), self._to_party(which, sub)
            elif each.need is Need.COMPONENT:
                sub = self.procedure.papers.model.place(which)
                words, go, paper = self._paper_name(which), self._to_paper(which), True
            elif each.need is Need.CHECK:
                sub = self.procedure.papers.model.place(which)
                words, go = _("{paper} chưa kiểm tra").format(paper=self._paper_name(which)), self._to_paper(which)
            elif each.need is Need.CERTIFY:
                words, go = _("giấy tờ cần chứng thực"), self.procedure.certify.begin
            elif each.need is Need.FIELD:
                names = list(self.procedure.fields.fields)
                sub = names.index(which) if which in names else 0
                words, go = self._field_name(which), self._to_field(which)
            elif each.need is Need.LIMIT:
                words, go = _("thời hạn"), self.receipt.begin_limit
            elif each.need is Need.COPIES:
                words, go = _("số bản sao"), self.receipt.begin_copies
            elif each.need is Need.DELIVERY:
                words, go = _("người nhận qua bưu chính"), self._to_delivery(which)
            found.append(Stop((rank, sub), words, go, paper))
        found += [self._fault_stop(key) for key in filling.faults if not key.startswith(LATE)]
        found += self._unfinished(found)
        found += self._unfit()
        return sorted(found, key=lambda stop: stop.rank)

    def _unfinished(self, found: Sequence[Stop]) -> list[Stop]:
        """What is half typed: received now, the dossier would carry what stood there before."""
        more, unfinished = [], self.filling.unfinished
        if PERSON in unfinished:
            role = self.person.target
            rank = {SUBMITTER: (0, 0), OWNER: (ORDER.index(Need.OWNER), 0)}.get(role)
            rank = rank or (ORDER.index(Need.PARTY), int(role))
            if all(stop.rank != rank for stop in found):
                more.append(Stop(rank, _("thông tin đang nhập tay"), self._to_person(role)))
        papers = self.procedure.papers
        if REASON in unfinished:
            place = (ORDER.index(Need.COMPONENT), papers.asked_for)
            more.append(Stop(place, _("lý do chưa hợp lệ"), papers.go_on))
        elif OTHER in unfinished:
            place = (ORDER.index(Need.COMPONENT), len(papers.model.rows))
            more.append(Stop(place, _("tên giấy tờ khác"), papers.go_on))
        return more

    def _unfit(self) -> list[Stop]:
        """Pages that may not come in as they are, and those that are still on their way."""
        if self.pages is None:
            return []
        model, more = self.procedure.papers.model, []
        for at, row in enumerate(model.rows):
            name = component_key(row.line.asked.key if row.line.asked else "", row.line.name)
            if name in self.pages.faults and row.line.given is not None:
                words = _("trang của {paper} có lỗi").format(paper=short_name(row.name))
                more.append(Stop((ORDER.index(Need.COMPONENT), at), words, self._to_row(at)))
        if self.pages.coming:
            rank = (ORDER.index(Need.COMPONENT), len(model.rows))
            more.append(Stop(rank, _("trang đang quét"), self.receipt.take.setFocus, waits=True))
        return more

    def _to_row(self, place: int) -> Callable[[], object]:
        return lambda: self.procedure.papers.list.go_to_row(place)

    def _fault_stop(self, key: str) -> Stop:
        if key.startswith("party."):
            place = int(key.partition(".")[2])
            words = _("ngày sinh của {role}").format(role=role_name(self.filling.parties[place].role).lower())
            row = self.person.parties.rows[place]
            return Stop((ORDER.index(Need.PARTY), place), _("{field} chưa đúng").format(field=words), row.begin)
        if key in self.person.contact:
            field = self.person.contact[key]
            return Stop((0, 1), _("{field} chưa đúng").format(field=field.label.text().lower()), field.control.setFocus)
        name = key.partition(".")[2]
        words = _("{field} chưa đúng").format(field=self._field_name(name))
        return Stop((ORDER.index(Need.FIELD), 0), words, self._to_field(name))

    def _to_person(self, role: str) -> Callable[[], object]:
        return lambda: self.person.go_on(role)

    def _to_party(self, role: str, place: int) -> Callable[[], object]:
        entering = self.person.entering and self.person.target == str(place)
        return self._to_person(str(place)) if entering else lambda: self.person.parties.begin(role)

    def _to_paper(self, key: str) -> Callable[[], object]:
        return lambda: self.procedure.papers.list.go_to(key)

    def _to_field(self, name: str) -> Callable[[], object]:
        return lambda: self.procedure.fields.begin(name)

    def _to_delivery(self, which: str) -> Callable[[], object]:
        return lambda: self.receipt.begin_delivery(which)

    def _paper_name(self, key: str) -> str:
        case = self.filling.case
        name = next((each.name for each in case.components if each.key == key), key) if case else key
        short = short_name(name)
        return short if len(short) <= LONGEST_NAME else short[:LONGEST_NAME].rstrip() + "…"

    def _field_name(self, name: str) -> str:
        procedure = self.filling.procedure
        labels = {each.name: each.label for each in procedure.fields} if procedure else {}
        return labels.get(name, name)

    def here(self) -> tuple[int, int]:
        """The place in the order of the work where the focus is; before everything when it is nowhere."""
        focused = QApplication.focusWidget()
        if focused is None:
            return (-1, 0)
        person, procedure = self.person, self.procedure
        row = person.parties.place_of(focused)
        if row >= 0:
            return (ORDER.index(Need.PARTY), row)
        if person.isAncestorOf(focused):
            return (ORDER.index(Need.OWNER if person.in_owner(focused) else Need.PERSON), 0)
        if procedure.box.isAncestorOf(focused):
            return (ORDER.index(Need.PROCEDURE), 0)
        if procedure.papers.isAncestorOf(focused):
            return (ORDER.index(Need.COMPONENT), max(0, procedure.papers.list.currentIndex().row()))
        if procedure.certify.isAncestorOf(focused):
            return (ORDER.index(Need.CERTIFY), 0)
        if procedure.fields.isAncestorOf(focused):
            controls = [field.control for field in procedure.fields.fields.values()]
            return (ORDER.index(Need.FIELD), controls.index(focused) if focused in controls else 0)
        if self.receipt.isAncestorOf(focused):
            return (ORDER.index(Need.LIMIT), 0)
        return (ORDER.index(Need.CASE), 0)
