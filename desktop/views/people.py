"""Người dân: the list of people and organisations, found as one types, and the side pane of the one chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.bus import Level, Notice, Offer
from desktop.models import people as words
from desktop.models.table import TableModel, Wanted
from desktop.views.boxes import Card, Note
from desktop.views.buttons import Button
from desktop.views.inputs import SearchField
from desktop.views.laying import across, down, show_if
from desktop.views.lists import ListView, list_hints, pager_of
from desktop.views.people_form import PersonEditor, Unfinished
from desktop.views.people_import import PeopleImport
from desktop.views.people_pane import PersonPane
from desktop.views.person_box import form_from_typed
from desktop.views.screen import Counter, Hint, Keys, Screen
from desktop.views.sections import side_width
from desktop.views.standing import EmptyState
from desktop.views.wording import Words, grouped
from onestop import clock
from onestop.actions import citizens
from onestop.queries import people, people_card, reception
from onestop.queries.people import Person, PersonRow
from onestop.queries.people_card import FOUND
from onestop.queries.reception import AtDesk
from onestop.rules import citizen, identity
from onestop.rules.errors import RuleBroken
from onestop.rules.identity import CardReading
from onestop.rules.roles import Permission
from onestop.texts import N_, _, message

CARD_BARS = 3
"""A text with as many bars comes from a card."""
LIST, IMPORT = 0, 1
PANE, FORM = 0, 1


class PeopleScreen(Screen):
    """`go("people", person=ID)` shows one, `go("people", typed=TEXT)` searches, `go("people", new=TEXT)` opens the form
    with what was typed. Whoever may bring in a list but not register sees that page alone, and nobody's name."""

    place = "people"
    hears = frozenset({"person", "typed", "new"})
    watches = frozenset({"citizen", "dossier", "document"})

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        look, commands = self.look, counter.commands
        self._count: int | None = None
        self._wish: dict[str, Any] = {}
        self._begun = False
        self._asked_for = self._found_for = ""
        self.field = SearchField(look, _("Tên, số giấy tờ, điện thoại, tên và năm sinh"), "/")
        self.field.setMinimumWidth(look.size("field_narrow"))
        self.field.typed.connect(self._typed)
        self.field.hurried.connect(self._hurried)
        self.field.down.connect(self._into_list)
        self.field.textChanged.connect(lambda _text: self._enable())
        self.card_fault = Note(look, "", "danger")
        self.card_note = Note(look, "", "warning")
        self.card_fault.hide()
        self.card_note.hide()
        pager = pager_of(self.desk, people_card.page, self, self._wanted)
        self.model = TableModel(look, words.columns(), pager, parent=self)
        self.empty = EmptyState(
            look, "user-round-plus", "", "", Button(look, _("Đăng ký người mới"), action=commands["people.new"])
        )
        self.list = ListView(
            look,
            self.model,
            _("Danh sách người dân"),
            settings=self.settings,
            key="people",
            many=True,
            empty=self.empty,
        )
        self.list.picked.connect(self._pick)
        self.list.marked.connect(self._mark)
        self.list.opened.connect(lambda _row: self._into_pane())
        self.model.filled.connect(self._filled)
        self.pane = PersonPane(
            look,
            self.desk,
            commands["people.receive"],
            commands["people.edit"],
            lambda: commands.allowed("people.edit"),
        )
        self.pane.back.connect(self._to_list)
        self.pane.wished_person.connect(self.show_person)
        self.pane.wished_dossier.connect(lambda code: self.go("dossiers", typed=code))
        self.pane.wished_paper.connect(lambda of, paper: self.go("scan", dossier=of, paper=paper, back="people"))
        self.form = PersonEditor(look, self.desk, commands["people.save"])
        self.form.saved.connect(self._saved)
        self.form.left.connect(self._left_form)
        self.form.wished_person.connect(self._instead)
        self.form.merged.connect(self._merge_instead)
        self._may_look = commands.may(Permission.REGISTER)
        self.importer = PeopleImport(counter, alone=not self._may_look)
        self.importer.left.connect(self._left_import)
        self._lay_out()
        self._enable()

    def _lay_out(self) -> None:
        look, commands = self.look, self.counter.commands
        self.bulk = PairBar(look, self._join_marked, self._part_marked, self.list.clearSelection)
        self.foot_words = Words(look, tone="quiet", elide=True)
        foot = QWidget()
        self._foot = QStackedLayout(foot)
        self._foot.addWidget(self.foot_words)
        self._foot.addWidget(self.bulk)
        foot.setFixedHeight(look.size("control") + look.space("xs"))
        new = Button(look, _("Đăng ký mới"), action=commands["people.new"])
        bring = Button(look, _("Nhập từ tệp"), icon="upload", action=commands["people.import"])
        show_if(bring, commands.allowed("people.import"))
        main = Card(look, gap="s")
        main.add(across(look, (self.field, 1), new, bring, gap="s"), self.card_fault, self.card_note)
        main.add_wide(self.list, 1)
        main.add(foot)
        side = QWidget()
        self._side_box = side
        self._side = QStackedLayout(side)
        self._side.addWidget(self.pane)
        self._side.addWidget(self.form)
        browse = QWidget()
        browse.setLayout(across(look, (main, 1), side, gap="l"))
        self._pages = QStackedLayout(self)
        self._pages.addWidget(browse)
        self._pages.addWidget(self.importer)
        for before, after in ((self.field, new), (new, bring), (bring, self.list), (self.list, self.bulk)):
            QWidget.setTabOrder(before, after)

    # -- what the frame asks

    def title(self) -> str:
        return _("Người dân")

    def badge(self) -> str:
        return "" if self._count is None else _("{count} đã đăng ký").format(count=grouped(self._count))

    def hints(self) -> Sequence[Hint]:
        if self._pages.currentIndex() == IMPORT:
            return (Hint("Esc", _("về danh sách")),) if self._may_look else ()
        if self._side.currentIndex() == FORM:
            return (Hint("Return", _("ô tiếp theo")), Hint("Ctrl+S", _("lưu")), Hint("Esc", _("bỏ")))
        return (Hint("/", _("tìm")), Hint("Return", _("xem")), Hint("Ctrl+N", _("đăng ký mới")))

    def keys(self) -> Sequence[Keys]:
        return (Keys(_("Danh sách"), list_hints()),)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {
            "people.filter": self._begin_search,
            "people.new": self.register_new,
            "people.edit": self.edit,
            "people.save": self.form.keep,
            "people.import": self._begin_import,
            "people.merge": self._join_marked,
            "people.receive": self._receive,
        }

    def wished(self, **wish: Any) -> None:
        self._wish = wish

    def activated(self) -> None:
        wish, self._wish = self._wish, {}
        if not self._may_look:
            self._pages.setCurrentIndex(IMPORT)
            self._enable()
            self.importer.choose.setFocus()
            return
        if not self._begun:
            self._begun = True
            self._count_anew()
            if not wish.get("typed"):
                self.model.restart()
        if "typed" in wish:
            self._search(str(wish["typed"]))
        if wish.get("person"):
            self._pages.setCurrentIndex(LIST)
            self.show_person(str(wish["person"]))
        elif "new" in wish:
            self._pages.setCurrentIndex(LIST)
            self.register_new(str(wish["new"] or ""))
        if self._pages.currentIndex() == IMPORT:
            self.importer.setFocus()
        elif self._side.currentIndex() == FORM:
            self.form.fields["name"].control.setFocus()
        else:
            self.field.setFocus()
            self.field.selectAll()

    def refresh(self, changes: Mapping[str, frozenset[str]]) -> None:
        if not self._may_look:
            return
        if changes.get("citizen"):
            self.model.refresh()
            self._count_anew()
        self.pane.refresh()
        changed = self.form.person
        if self._side.currentIndex() == FORM and changed is not None and changed.id in changes.get("citizen", ()):
            self.desk.ask(people.person, changed.id, then=self._changed_elsewhere, owner=self.form, key="elsewhere")

    # -- the list

    def _wanted(self, _wanted: Wanted) -> dict[str, Any]:
        self._asked_for = self.field.text().strip()
        return {"typed": self._asked_for}

    def _begin_search(self) -> None:
        self._pages.setCurrentIndex(LIST)
        self.field.setFocus()
        self.field.selectAll()

    def _search(self, text: str) -> None:
        self.field.put(text)
        self.model.restart()

    def _typed(self, text: str) -> None:
        self.card_fault.say("")
        self.card_note.say("")
        if text.count("|") + text.count("｜") >= CARD_BARS:
            self.take_card(text)
        else:
            self.model.restart()

    def _hurried(self, text: str) -> None:
        if text.count("|") + text.count("｜") >= CARD_BARS:
            self.take_card(text)
        elif self.model.waiting or not self.model.rows:
            self.model.restart()
        else:
            self._into_list()

    def _into_list(self) -> None:
        if self.model.rows:
            self.list.setFocus()
            if self.list.current is None:
                self.list.choose(0)

    def _filled(self) -> None:
        typed = self.field.text().strip()
        rows = len(self.model.rows)
        if typed:
            self.empty.say(_("Không tìm thấy ai"), _("Xem lại cách viết, hoặc đăng ký người mới."))
            text = _("{count} người phù hợp").format(count=grouped(rows))
            if rows == FOUND:
                text = _("{count} người phù hợp nhất; gõ thêm để thu hẹp").format(count=grouped(rows))
        else:
            self.empty.say(_("Chưa có ai trong danh sách"), _("Đăng ký từng người, hoặc nhập danh sách từ tệp."))
            text = _("Xếp theo tên. Số giấy tờ được che; mở xem đủ số thì được ghi lại.")
        self.foot_words.say(text)
        anew, self._found_for = self._asked_for != self._found_for, self._asked_for
        shown = self.pane.person
        here = bool(shown) and self.model.place(shown) >= 0 and not (anew and typed)
        if here and self.list.current is None:
            self.list.choose_id(shown)
        elif not here and (typed or not shown) and self._side.currentIndex() == PANE:
            # Nobody is taken for the one whom one was looking at before.
            if rows:
                self.list.choose(0)
            else:
                self.pane.show_person("")
        self._enable()

    def _count_anew(self) -> None:
        self.desk.ask(people_card.count, then=self._counted, owner=self, key="count")

    def _counted(self, count: int) -> None:
        self._count = count
        self.changed_head.emit()

    def _pick(self, row: PersonRow | None) -> None:
        if row is not None and row.id != self.pane.person:
            if self._side.currentIndex() == FORM:
                self.form.leave()
            self.pane.show_person(row.id, row)
        self._enable()

    def _mark(self, rows: Sequence[PersonRow]) -> None:
        self.bulk.show_rows(rows)
        self._foot.setCurrentIndex(1 if len(rows) > 1 else 0)
        self._enable()

    def _into_pane(self) -> None:
        if self._side.currentIndex() == PANE and self.pane.person:
            self.pane.leaf.setFocus(Qt.FocusReason.TabFocusReason)

    def _enable(self) -> None:
        commands, browsing = self.counter.commands, self._pages.currentIndex() == LIST
        editing = self._side.currentIndex() == FORM
        answered = self._found_for == self.field.text().strip()
        somebody = bool(self.pane.person) and answered and not editing and browsing
        commands.enable("people.edit", somebody)
        commands.enable("people.receive", somebody)
        commands.enable("people.save", editing and browsing)
        commands.enable("people.merge", browsing and len(self.list.chosen) == 2)
        commands.enable("people.new", browsing)
        self.changed_head.emit()

    # -- one person

    def show_person(self, citizen_id: str) -> None:
        """Show this person in the pane, in the list where he is among the rows; a search that hides him is put away."""
        self._side.setCurrentIndex(PANE)
        self.pane.show_person(citizen_id)
        if self.field.text() and self.model.place(citizen_id) < 0:
            self._search("")
        if not self.list.choose_id(citizen_id):
            self.list.clearSelection()
            self.list.setCurrentIndex(self.list.rootIndex())
        self._enable()

    def register_new(self, typed: str = "") -> None:
        """Open the form for somebody new."""
        text = typed or (self.field.text().strip() if not self.model.rows else "")
        self._open_form()
        self.form.begin(form_from_typed(text) if text else {})

    def take_card(self, text: str) -> None:
        """A card was read: show its person, or open the form with what it says."""
        try:
            reading = identity.read_card(text, clock.today())
        except RuleBroken as broken:
            self.card_fault.say(message(broken.code, broken.details))
            self._search("")
            return
        self._search("")
        self.card_note.say(
            " ".join(message(each.code, each.details) for each in reading.remarks if each.code.startswith("card."))
        )
        papers = {"identity_number": reading.number, "cmnd": reading.cmnd, "kind": citizen.PERSON}
        self.desk.ask(
            reception.holder, papers, then=lambda there: self._of_card(reading, there), owner=self, key="card"
        )

    def _of_card(self, reading: CardReading, there: AtDesk | None) -> None:
        form = citizen.form_of_card(reading)
        if there is not None and not citizen.differences(there.person.values, reading):
            self.show_person(there.person.id)
            return
        # Where the card says otherwise, keeping it shows what differs, field by field.
        self._open_form()
        self.form.begin({key: getattr(form, key) for key in form.__dataclass_fields__}, from_card=True)

    def edit(self) -> None:
        """Change the one shown. His numbers are needed in full for it, which is recorded."""
        card = self.pane.card
        if card is None:
            return
        self.desk.do(citizens.open_number, card.id, then=lambda _values: self._read_for_change(card.id), owner=self)

    def _read_for_change(self, citizen_id: str) -> None:
        self.desk.ask(people.person, citizen_id, then=self._change, owner=self, key="change")

    def _change(self, person: Person | None) -> None:
        card = self.pane.card
        if person is None or card is None or card.id != person.id:
            return
        self._open_form()
        self.form.change(person, card.representative.name if card.representative else "")

    def _changed_elsewhere(self, person: Person | None) -> None:
        if person is not None and self.form.person is not None and person.id == self.form.person.id:
            self.form.hear_change(person.values)

    def _open_form(self) -> None:
        self.notices.drop("people.unfinished")
        self._pages.setCurrentIndex(LIST)
        self._side.setCurrentIndex(FORM)
        self._enable()

    def _saved(self, citizen_id: str) -> None:
        self.show_person(citizen_id)
        self._to_list()

    def _to_list(self) -> None:
        """Where the work goes on; a list without a current row would choose its first when it gets the focus."""
        (self.list if self.list.current is not None else self.field).setFocus()

    def _left_form(self, unfinished: Unfinished | None) -> None:
        """Back to the pane; what was typed can be taken up again."""
        self._side.setCurrentIndex(PANE)
        if unfinished is not None:
            again = Offer(N_("Nhập tiếp"), lambda: self._take_up(unfinished))
            self.desk.bus.tell(Notice(Level.NOTE, "people.unfinished", key="people.unfinished", offers=(again,)))
        self._enable()
        self._to_list()

    def _take_up(self, unfinished: Unfinished) -> None:
        self._open_form()
        self.form.take_up(unfinished)

    def _instead(self, citizen_id: str) -> None:
        """The one meant is registered already."""
        self.form.leave()
        self.show_person(citizen_id)

    def _merge_instead(self, one: str, other: str) -> None:
        self.form.leave()
        self.pane.join(one, other)

    def _receive(self) -> None:
        if self.pane.person:
            self.go("receive", person=self.pane.person)

    # -- two of them

    def _join_marked(self) -> None:
        rows = self.list.chosen
        if len(rows) == 2:
            self.pane.join(rows[0].id, rows[1].id)

    def _part_marked(self) -> None:
        rows = self.list.chosen
        if len(rows) == 2:
            self.pane.tell_apart(rows[0].id, rows[1].id)

    # -- a list of people

    def _begin_import(self) -> None:
        self._pages.setCurrentIndex(IMPORT)
        self._enable()
        self.importer.choose_file()

    def _left_import(self) -> None:
        self._pages.setCurrentIndex(LIST)
        self._enable()
        self.field.setFocus()

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._pages.currentIndex() == LIST and self.field.text():
            self._search("")
            self.field.setFocus()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side_box.setFixedWidth(side_width(self.look, "side", self))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_side_box"):
            self._side_box.setFixedWidth(side_width(self.look, "side", self))


class PairBar(QWidget):
    """What can be done with two rows: say that they are one person, or that they are not."""

    def __init__(
        self, look: Any, join: Callable[[], None], part: Callable[[], None], clear: Callable[[], None]
    ) -> None:
        super().__init__()
        self.words = Words(look, strong=True, elide=True)
        self.join = Button(look, _("Là một người"), icon="merge")
        self.part = Button(look, _("Là hai người khác nhau"))
        self.clear = Button(look, _("Bỏ chọn"), "link")
        self.join.clicked.connect(join)
        self.part.clicked.connect(part)
        self.clear.clicked.connect(clear)
        line = across(look, (self.words, 1), self.join, self.part, self.clear)
        self.setLayout(down(look, line, gap="none"))

    def show_rows(self, rows: Sequence[PersonRow]) -> None:
        """These rows are selected."""
        two = len(rows) == 2
        self.join.setEnabled(two)
        self.part.setEnabled(two)
        names = " – ".join(row.name for row in rows)
        count = _("Đang chọn {count} người. Chọn đúng hai người để gộp.").format(count=len(rows))
        self.words.say(names if two else count)


__all__ = ["PeopleScreen"]
