"""Tiếp nhận: one dossier from the citizen's card to the printed receipt, read from left to right, all by keyboard.

This file arranges the three columns and leads from one to the next; what is filled in lies in `filling.py`, each
column in a file of its own.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop.bus import Level, Notice, Offer
from desktop.models import due
from desktop.models.dossier_words import draft_title
from desktop.views.buttons import Button
from desktop.views.checklist_keys import paper_hints
from desktop.views.files import dropped
from desktop.views.filling import Filling
from desktop.views.late_bar import LateBar
from desktop.views.laying import across, down, show_if
from desktop.views.person_box import PersonBox
from desktop.views.pick import PickSheet
from desktop.views.reader import Reader
from desktop.views.receive_drafts import DraftKeeper, when
from desktop.views.receive_linked import Helped
from desktop.views.receive_missing import MissingLine
from desktop.views.receive_person import GIVEN_UP, PersonPanel
from desktop.views.receive_procedure import ProcedurePanel
from desktop.views.receive_receipt import ReceiptPanel
from desktop.views.receive_slips import Slips
from desktop.views.receive_way import Stop, Way
from desktop.views.screen import Counter, Hint, Keys, Screen
from desktop.views.suggest import Option
from onestop import clock
from onestop.actions import drafts, receive
from onestop.actions.receive import Received
from onestop.queries import reception
from onestop.queries.dossiers import DraftRow
from onestop.queries.reception import AtDesk, Chosen, TakenUp
from onestop.rules.codes import read_temporary
from onestop.rules.errors import RuleBroken
from onestop.rules.identity import read_slip
from onestop.rules.letters import FormKey
from onestop.texts import N_, _

if TYPE_CHECKING:
    from desktop.views.printing_flow import PrintFlow
    from desktop.views.receive_assist import AssistBox
    from desktop.views.receive_cards import ReceiveCards
    from desktop.views.receive_pages import ReceivePages


class Services(Protocol):
    """What this screen asks of `counter.service`. `reader`: where it is missing the screen makes its own."""

    office: Any
    printers: Any
    prints: PrintFlow


class ReceiveScreen(Screen):
    """The screen. Wishes: `fresh=True` another dossier, `draft=id`, `drafts=True`, `copy=dossier id`, `person=id`,
    `procedure=code`, `slip=code or id`, `reading=text` (what a reader heard while another screen was shown)."""

    place = "receive"
    hears = frozenset({"fresh", "draft", "drafts", "copy", "person", "procedure", "slip", "reading"})
    watches = frozenset({"procedure_version", "overlay", "publication", "day_off", "office", "draft", "page"})

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        look, desk, commands = self.look, self.desk, counter.commands
        self.taken: Received | None = None
        self._taking = False
        self._begun = False
        self._wishes: dict[str, Any] = {}
        self.filling = Filling(desk, self)
        self.keeper = DraftKeeper(desk, self.filling, self)
        self.keeper.kept.connect(self.changed_head)
        self.person = PersonPanel(look, desk, self.filling, self.go)
        self.procedure = ProcedurePanel(look, desk, self.filling, commands)
        self.receipt = ReceiptPanel(look, self.filling, commands)
        self.way = Way(self.filling, self.person, self.procedure, self.receipt)
        for panel in (self.person, self.procedure):
            panel.onward.connect(self.go_next)
        self.person.wants_copy.connect(self.copy_earlier)
        self.procedure.drafts.opened.connect(self.open_draft)
        self.procedure.drafts.dropped.connect(self._drop_draft)
        self.receipt.again.clicked.connect(self._print_again)
        self._supplement = Button(look, _("In phiếu bổ sung"), "link", key="F7")
        self._supplement.clicked.connect(commands["receive.missing"].trigger)
        self.missing_line = MissingLine(look, self._supplement)
        self.procedure.add(self.missing_line)
        # Big letters on a small screen: the sides give way before the window has to scroll.
        self.person.keep_within("receive_side")
        self.receipt.keep_within("receive_side")
        self._columns = across(look, (self.person, 3), (self.procedure, 4), (self.receipt, 3), gap="l")
        self.late = LateBar(look, desk, self.filling)
        self.late.onward.connect(self.go_next)
        self.late.switched.connect(lambda _on: self.changed_head.emit())
        self.late.day_changed.connect(self._another_day)
        self.procedure.box.day = lambda: self.filling.day
        self.setLayout(down(look, self.late, (self._columns, 1), gap="s"))
        self.setAcceptDrops(True)
        self._pages: ReceivePages | None = None
        self._cards: ReceiveCards | None = None
        self._declared: Any = None
        self._assist: AssistBox | None = None
        self._register: Any = None
        self.helped = Helped(self.filling, self.settings)
        for changed in (self.filling.procedure_changed, self.filling.channel_changed):
            changed.connect(self._help)
        self.procedure.papers.list.pages_wanted.connect(self._to_pages)
        self.procedure.papers.list.shelf_wanted.connect(self._to_shelf)
        self.filling.begun.connect(self._put_sheets_away)
        self.filling.changed.connect(self._show_missing)
        self.filling.reckoned.connect(self._show_missing)
        service = counter.service
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.reader: Reader = getattr(service, "reader", None) or Reader(application)
        self.reader.read.connect(self._heard)
        self.slips = Slips(self, self.filling, self.keeper, self._someone_and_something)
        self.slips.made.connect(self._begin)
        self.slips.refused.connect(self._refused)
        self._pick: PickSheet | None = None
        self._show_missing()

    # -- what the frame asks

    def title(self) -> str:
        return _("Tiếp nhận hồ sơ")

    def badge(self) -> str:
        return " · ".join(part for part in (_("Nhập bù") if self.late.on else "", self._badge()) if part)

    def _badge(self) -> str:
        if self.taken is not None:
            return _("Đã tiếp nhận {code}").format(code=self.taken.code)
        if self.keeper.failed:
            return _("Chưa lưu được bản nháp")
        if self.keeper.saved_at is not None:
            return _("Bản nháp đã lưu {hour}").format(hour=due.hour(self.keeper.saved_at))
        return ""

    def badge_tone(self) -> str:
        if self.late.on or (self.keeper.failed and self.taken is None):
            return "warning"
        return "good" if self.taken is not None else "accent"

    def hints(self) -> Sequence[Hint]:
        return (Hint("F3", _("Đọc thẻ")), Hint("F2", _("Hồ sơ mới")), Hint("F8", _("Cho công dân xem")))

    def keys(self) -> Sequence[Keys]:
        people = (
            Hint("Alt+N", _("nộp thay: chủ hồ sơ là người khác")),
            Hint("Alt+B", _("chủ hồ sơ tự nộp")),
            Hint("Alt+1…9", _("lấy theo thẻ; thẻ vừa quét là của ai")),
            Hint("Alt+0", _("bỏ qua thẻ vừa quét")),
            Hint("Alt+L", _("là người này")),
            Hint("Alt+K", _("không phải người này")),
            Hint("Alt+Return", _("dùng người vừa nhập tay")),
            Hint("Minus", _("không có người liên quan này")),
        )
        fields = (
            Hint("Return", _("tới chỗ còn thiếu tiếp theo")),
            Hint("Esc", _("thôi; bản nháp vẫn còn")),
            Hint("1–9", _("thủ tục hay dùng, trong ô tìm")),
            Hint("Up+Down", _("dòng chứng thực trên, dưới")),
            Hint("Ctrl+Del", _("bỏ dòng chứng thực")),
        )
        return (
            Keys(_("Danh sách giấy tờ"), paper_hints()),
            Keys(_("Người nộp, người liên quan"), people),
            Keys(_("Các ô"), fields),
        )

    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {
            "receive.person": self.person.begin,
            "receive.procedure": self.procedure.begin,
            "receive.missing": lambda: self.slips.ask_supplement(lacks=any(stop.paper for stop in self.stops())),
            "receive.show": self.slips.show_draft,
            "receive.take": lambda: self.take(False),
            "receive.take_next": lambda: self.take(True),
            "receive.all_there": self._all_there,
            "receive.other_paper": self._other_paper,
            "receive.copy": self.copy_earlier,
            "receive.refuse": self.slips.ask_refusal,
            "receive.drafts": self.show_drafts,
            "receive.scan": lambda: self.scan(stack=False),
            "receive.stack": lambda: self.scan(stack=True),
            "receive.files": self.pick_files,
            "receive.camera": self.photograph,
            "receive.card": self.read_card,
            "receive.folder": self.take_folder,
            "receive.separators": self.print_separators,
            "receive.declaration": self.print_declaration,
            "receive.late": self.late.switch,
            "receive.assist": self._toggle_help,
            "receive.linked": self.procedure.linked.toggle,
            "receive.register": self.register,
            "receive.field": self.copy_field,
            "receive.field_back": self.copy_field_before,
            "receive.upload": self.gather,
            "receive.link": self.ask_link,
        }

    def wished(self, **wish: Any) -> None:
        self._wishes = {**self._wishes, **wish}

    def keepsake(self) -> dict[str, Any] | None:
        pages = self._pages
        if self.keeper.pending:
            self.keeper.keep_now()  # something came while another screen was shown
        if self._busy or self.keeper.failed or (pages is not None and (pages.running or pages.flow.backs)):
            return None
        begun = not self.filling.empty or self.keeper.saved_at is not None
        return {"draft": self.filling.draft} if begun and self.taken is None else {}

    def activated(self) -> None:
        if not self._begun:
            self._begun = True
            self.procedure.box.load()
        wish, self._wishes = self._wishes, {}
        self._offer_drafts()
        if wish.get("fresh"):
            self.begin_anew()
        elif wish.get("draft"):
            self.open_draft(str(wish["draft"]), then=lambda: self._bring_in(wish))
        elif wish.get("slip"):
            self.open_slip(str(wish["slip"]))
        elif wish.get("copy"):
            self.copy_dossier(str(wish["copy"]))
        elif wish.get("drafts"):
            self.show_drafts()
        if not wish.get("draft"):
            self._bring_in(wish)
        if not self.isAncestorOf(QApplication.focusWidget() or self.window()) and not wish.get("drafts"):
            self.go_first()

    def _bring_in(self, wish: Mapping[str, Any]) -> None:
        """Whom, what, or which card the wish brings into the dossier that is open."""
        if wish.get("person"):
            self._put_person(str(wish["person"]))
        if wish.get("procedure"):
            self.procedure.box.pick(str(wish["procedure"]))
        if wish.get("reading"):
            self._heard(str(wish["reading"]))

    def can_leave(self) -> bool:
        self.keeper.keep_now()
        return True

    def refresh(self, changes: Mapping[str, frozenset[str]]) -> None:
        if changes.keys() & {"procedure_version", "overlay", "publication"}:
            self.procedure.box.load()
        if changes.keys() & {"day_off", "office", "overlay"}:
            self.filling.reckon_now()
        if "draft" in changes and self.filling.empty:
            self._offer_drafts()
        if "page" in changes and self._pages is not None:
            self._pages.load()

    # -- from one need to the next

    def stops(self) -> list[Stop]:
        """Everything still needed, in the order of the work."""
        return [*self.late.stops(), *self.way.stops()]

    def go_next(self) -> None:
        """Enter: to the next thing that is still needed, from here on; then to what was passed over; then to F9."""
        if self.taken is not None:
            return
        stops, here = self.stops(), self.way.here()
        later = [stop for stop in stops if stop.rank > here]
        before = [stop for stop in stops if stop.rank < here]
        stop = next(iter([*later, *before, *stops]), None)
        if stop is None:
            self.receipt.take.setFocus()
        else:
            stop.go()

    def go_first(self) -> None:
        """Put the focus where work begins, or goes on."""
        stops = self.stops()
        if self.taken is not None:
            self.receipt.again.setFocus()
        elif stops:
            stops[0].go()
        else:
            self.receipt.take.setFocus()

    def _show_missing(self) -> None:
        """The one line that names what is still needed."""
        if self.taken is not None:
            self.missing_line.say("")
            return
        stops = self.stops() if not self.filling.empty else []
        papers = [stop for stop in stops if stop.paper]
        show_if(self._supplement, bool(papers) and self.filling.submitter is not None)
        self.receipt.hold(on=any(stop.waits for stop in stops))
        words = list(dict.fromkeys(stop.words for stop in stops))
        if stops and all(stop.waits for stop in stops):
            self.missing_line.say(_("Đang quét cho hồ sơ này: quét xong mới tiếp nhận được. Esc dừng quét."))
        elif words:
            self.missing_line.name(words)
        elif self.filling.ready and not self.filling.empty:
            self.missing_line.say(_("Hồ sơ đã đủ. Nhấn F9 để tiếp nhận và in."), good=True)
        else:
            self.missing_line.say("")

    # -- pages

    @property
    def pages(self) -> ReceivePages:
        """The pages of this dossier, made when they are first wanted."""
        if self._pages is None:
            module = importlib.import_module("desktop.views.receive_pages")
            pages: ReceivePages = module.ReceivePages(
                self.counter, self.filling, self.keeper, self.procedure.papers, self
            )
            self._pages = self.way.pages = pages
            self.procedure.papers.put_below(pages)
            self._columns.insertWidget(0, pages.beside, 6)
            pages.viewing.connect(self._look_at_page)
            pages.changed.connect(self._show_missing)
            pages.flow.came.connect(self.procedure.await_pages)
            pages.changed.connect(self.procedure.show_pages)
            pages.load()
        return self._pages

    def _to_pages(self) -> None:
        if self._pages is not None:
            self._pages.begin()

    def _to_shelf(self) -> None:
        self.pages.show_shelf()

    def _look_at_page(self, on: bool) -> None:
        """The page takes the places of the people and of the receipt, beside the papers and fields of the form."""
        assert self._pages is not None
        for widget, shown in ((self.person, not on), (self.receipt, not on), (self._pages.beside, on)):
            show_if(widget, shown)

    def scan(self, *, stack: bool) -> None:
        """F6 and Shift+F6. While a card is looked for, F6 is about the card. For a dossier that is received already it
        goes on where its papers are scanned."""
        if self._cards is not None and self._cards.looking:
            self._cards.by_scanner()
        elif self.taken is not None:
            self.go("scan", dossier=self.taken.id, back="receive")
        else:
            self.pages.scan(stack=stack)

    def photograph(self) -> None:
        """Ctrl+F6. As for F6, a dossier that is received goes on where its papers are scanned."""
        if self.taken is not None:
            self.go("scan", dossier=self.taken.id, back="receive")
        else:
            self.pages.photograph()

    def pick_files(self) -> None:
        """Ctrl+O: where people are found the picture of a card, else files for the paper that is marked."""
        if self._among_people(QApplication.focusWidget()):
            self.cards.pick()
        elif self.taken is None:
            self.pages.pick_files()

    def take_folder(self) -> None:
        """Ctrl+Shift+O."""
        if self.taken is None:
            self.pages.take_folder()

    @property
    def cards(self) -> ReceiveCards:
        """Cards without a reader, made when one is first wanted."""
        if self._cards is None:
            module = importlib.import_module("desktop.views.receive_cards")
            self._cards = module.ReceiveCards(self.counter, self, self._heard)
        cards: ReceiveCards = self._cards
        return cards

    def read_card(self) -> None:
        """F3: the card on the page that is marked, where the focus is among pages; else under the camera."""
        shown = self._pages.marked if self._pages is not None else None
        if shown is not None:
            self.cards.from_page(shown.picture)
        else:
            self.cards.by_camera()

    def _among_people(self, widget: QWidget | None) -> bool:
        return widget is not None and self.person.isAncestorOf(widget)

    def print_separators(self) -> None:
        """Ctrl+Shift+P."""
        if self.taken is None:
            self.pages.print_separators()

    @property
    def assist(self) -> AssistBox:
        """What helps to file this dossier online, made when it is first wanted."""
        if self._assist is None:
            module = importlib.import_module("desktop.views.receive_assist")
            box: AssistBox = module.AssistBox(self.counter, self.filling)
            self._assist = box
            self.receipt.put_above_buttons(box)
            box.received(self.taken)
        return self._assist

    def copy_field(self) -> None:
        """F12: the next field for the other system."""
        self.assist.forward()

    def copy_field_before(self) -> None:
        """Shift+F12: the one before it once more."""
        self.assist.back()

    def gather(self) -> None:
        """Ctrl+U: the files of the dossier in one folder."""
        self.assist.gather()

    def ask_link(self) -> None:
        """Ctrl+G: the code that the other system gave."""
        self.assist.ask_link()

    def _help(self) -> None:
        if self.filling.helped:
            self.assist.show()

    def _toggle_help(self) -> None:
        if self.taken is None:
            self.helped.toggle()

    def register(self) -> None:
        """Ctrl+Shift+G: what came from the national portal is written down, to be answered within its hours."""
        if not self._someone_and_something():
            return
        if self._register is None:
            self._register = importlib.import_module("desktop.views.receive_register").RegisterSheet(self)
        sheet = self._register
        self.keeper.keep_now(then=lambda: sheet.open_for(self.filling, self._registered), ended=self._not_kept)

    def _registered(self, registered: Received) -> None:
        self.keeper.stop()
        see = Offer(N_("Xem hồ sơ"), lambda: self._see(registered.code))
        details = {"code": registered.code}
        self.desk.bus.tell(Notice(Level.GOOD, "receive.registered", details, "receive", (see,)))
        self._begin()

    def print_declaration(self) -> None:
        """Ctrl+P: the citizen's declaration, filled in, for him to read and sign."""
        if self.taken is not None:
            self.prints.life(FormKey.DECLARATION, self.taken.id)
        elif self._someone_and_something():
            if self._declared is None:
                module = importlib.import_module("desktop.views.declaration_print")
                self._declared = module.DeclarationPrint(self.counter, self)
            self._declared.print(self.filling.form(), self.filling.at, self._no_declaration)

    def _no_declaration(self, broken: RuleBroken) -> None:
        self.desk.tell(Level.NOTE, broken.code, **broken.details)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.taken is None and dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._among_people(self.childAt(event.position().toPoint())):
            event.acceptProposedAction()
            self._to_person(self.childAt(event.position().toPoint()))
            self.cards.from_file(dropped(event)[0])
            return
        papers = self.procedure.papers.list
        place = papers.viewport().mapFrom(self, event.position().toPoint())
        inside = papers.isVisible() and papers.viewport().rect().contains(place)
        event.acceptProposedAction()
        self.pages.bring(dropped(event), papers.indexAt(place).row() if inside else -1)

    def _to_person(self, widget: QWidget | None) -> None:
        """A card was dropped here: it is of whoever is found in this field."""
        while widget is not None and widget is not self.person:
            if isinstance(widget, PersonBox):
                widget.field.setFocus()
                return
            widget = widget.parentWidget()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._pages is not None and self._pages.put_away():
            return
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            focused = QApplication.focusWidget()
            if isinstance(focused, QAbstractButton) and focused.isEnabled() and not focused.isCheckable():
                focused.click()
            else:
                self.go_next()
        else:
            super().keyPressEvent(event)

    # -- beginning, drafts, copies

    def begin_anew(self) -> None:
        """F2: another dossier. What was begun is kept as a draft."""
        if self.taken is None and not self.filling.empty:
            title, draft = self.filling.title, self.filling.draft
            self.keeper.keep_now()

            def reopen() -> None:
                self.go("receive", draft=draft)

            back = Offer(N_("Mở lại"), reopen)
            details = {"title": lambda: draft_title(title)}
            self.desk.bus.tell(Notice(Level.NOTE, "receive.set-aside", details, "receive", (back,)))
        self._begin()

    def _begin(self) -> None:
        self._unlock()
        self._let_go()
        self.filling.begin()
        self.keeper.begin()
        self._offer_drafts()
        self.go_first()

    def _let_go(self) -> None:
        """Nobody is typing any more: a field in which somebody is keeps its text."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            focused.clearFocus()

    def _put_sheets_away(self) -> None:
        """Another dossier: what lies over the screen is about the one before, and what a notice would give back is."""
        self.slips.put_away()
        if self._pick is not None:
            self._pick.put_away()
        self.notices.drop(GIVEN_UP)
        self.pages.flow.all_sorted()

    def _unlock(self) -> None:
        self.taken = None
        self.late.lock(False)
        self.person.lock(False)
        self.procedure.lock(False)
        self.receipt.lock(None)
        self.changed_head.emit()

    def _offer_drafts(self) -> None:
        clerk = self.counter.clerk()
        if clerk is None:
            return

        def answered(rows: list[DraftRow]) -> None:
            self.procedure.drafts.show_drafts([row for row in rows if row.id != self.filling.draft])

        self.desk.ask(reception.open_drafts, clerk.id, then=answered, owner=self, key="drafts")

    def show_drafts(self) -> None:
        """Ctrl+Shift+D: all drafts of the clerk."""
        clerk = self.counter.clerk()
        if clerk is None:
            return

        def answered(rows: list[DraftRow]) -> None:
            rows = [row for row in rows if row.id != self.filling.draft or self.filling.empty]
            if not rows:
                self.desk.tell(Level.NOTE, "receive.no-drafts")
                return
            known = {row.id: row for row in rows}
            options = [
                Option(
                    row.id,
                    draft_title(row.title),
                    when(row.saved_at),
                    "history",
                    _("chờ bổ sung") if row.state == "waiting" else "",
                    "warning",
                )
                for row in rows
            ]
            self._picker().offer(
                _("Các bản nháp"), options, self.open_draft, lambda draft_id: self._drop_draft(known[draft_id])
            )

        self.desk.ask(reception.open_drafts, clerk.id, then=answered, owner=self, key="drafts-list")

    def _picker(self) -> PickSheet:
        if self._pick is None:
            self._pick = PickSheet(self.look, self.window())
        return self._pick

    def open_draft(self, draft_id: str, then: Callable[[], None] | None = None) -> None:
        """Go on with a draft; what is on the screen now is kept as one. `then`: once it is there."""
        if draft_id == self.filling.draft and not self.filling.empty:
            self.go_first()
            if then is not None:
                then()
            return
        self._ask_for(reception.take_up, draft_id, then)

    def open_slip(self, name: str) -> None:
        """The citizen has come back with a PHIẾU YÊU CẦU BỔ SUNG: its draft. `name`: its short code or its id."""
        self._ask_for(reception.take_up_slip, name)

    def copy_dossier(self, dossier_id: str) -> None:
        """A new dossier with the people and wishes of an earlier one."""
        self._ask_for(reception.copy_of, dossier_id)

    def _ask_for(self, query: Callable[..., TakenUp], wanted: str, then: Callable[[], None] | None = None) -> None:
        if self.taken is None:
            self.keeper.keep_now()

        def answered(found: TakenUp) -> None:
            self._unlock()
            self._let_go()
            self.filling.take_up(found)
            if found.pages or self._pages is not None:
                self.pages.load()
            self.keeper.begin(found.saved_at)
            self.filling.reckon_now()
            self._offer_drafts()
            self.go_first()
            if then is not None:
                then()

        self.desk.ask(query, wanted, clock.today(), then=answered, owner=self, key="take-up")

    def _drop_draft(self, draft: DraftRow) -> None:
        def dropped(_none: Any) -> None:
            back = Offer(N_("Hoàn tác"), lambda: self._restore(draft.id))

            def title() -> str:
                return draft_title(draft.title)

            self.desk.bus.tell(Notice(Level.NOTE, "receive.draft-dropped", {"title": title}, "receive", (back,)))
            self._offer_drafts()

        self.desk.do(drafts.drop, draft.id, then=dropped, owner=self)

    def _restore(self, draft_id: str) -> None:
        self.desk.do(drafts.restore, draft_id, then=lambda _none: self._offer_drafts(), owner=self)

    def copy_earlier(self) -> None:
        """Pick an earlier dossier of this person and copy it."""
        owner = self.filling.real_owner
        found = owner.there.dossiers if owner is not None and owner.there is not None else ()
        if not found:
            code = "receive.person-first" if owner is None else "receive.no-earlier"
            self.desk.tell(Level.NOTE, code)
            return
        once = {each.dossier_id: each for each in reversed(found)}
        options = [
            Option(each.dossier_id, each.procedure_name, f"{each.code} · {due.date(each.received_at)}", "folder")
            for each in reversed(list(once.values()))
        ]
        self._picker().offer(_("Chép từ hồ sơ trước"), options, self.copy_dossier)

    def _put_person(self, citizen_id: str) -> None:
        def answered(there: AtDesk | None) -> None:
            if there is not None:
                self.person.put_known(there)
                self.go_first()

        self.desk.ask(reception.at_desk, citizen_id, then=answered, owner=self, key="wished-person")

    def _another_day(self) -> None:
        """The paper is of another day: the procedure as it was in force then."""
        before, case = self.filling.procedure, self.filling.case_key
        if before is None or self.taken is not None:
            return

        def answered(chosen: Chosen | None) -> None:
            if chosen is not None and chosen.procedure != self.filling.procedure:
                self.filling.choose(chosen)
                if case in [each.key for each in chosen.procedure.cases]:
                    self.filling.set_case(case)

        self.desk.ask(reception.choose, before.code, self.filling.day, then=answered, owner=self, key="another-day")

    # -- a reader

    def _heard(self, text: str) -> None:
        """A reader typed: a card, or one of our slips. On another screen it brings this one to the front."""
        if not self.isVisible():
            shown = getattr(self.window(), "shown", None)
            if shown is None or not shown.reads_cards:
                self.go("receive", reading=text)
            return
        slip, sheet = read_slip(text), read_temporary(text)
        if slip is not None:
            self.open_slip(slip)
            return
        if sheet is not None and self.late.on:
            self.late.switch_on(sheet.text)
            return
        if self.taken is not None:
            self._begin()  # the next citizen has laid down his card
        self.person.take_reading(text)

    # -- papers

    def _all_there(self) -> None:
        if self.taken is None and self.filling.procedure is not None:
            papers = self.procedure.papers
            papers.model.all_there()
            papers.list.setFocus()

    def _other_paper(self) -> None:
        if self.taken is None and self.filling.procedure is not None:
            self.procedure.papers.ask_other()

    # -- receiving

    def take(self, following: bool) -> None:
        """F9 and Ctrl+Enter. Something missing is named and gone to; a second press while the first is under way does
        nothing, and one that comes through all the same finds the dossier received already."""
        if self._busy or self.taken is not None:
            return
        stops = self.stops()
        if stops:
            first = next((stop for stop in stops if not stop.waits), None)
            if first is not None:
                first.go()
            self._show_missing()
            return
        self._taking = True
        form = self.filling.form()
        self.keeper.keep_now(then=lambda: self._take_in(form, following), ended=self._not_kept)

    @property
    def _busy(self) -> bool:
        """Is something of this dossier on its way to disk?"""
        return self._taking or self.slips.busy

    def _not_kept(self) -> None:
        if self.keeper.failed:
            self._taking = False

    def _take_in(self, form: Any, following: bool) -> None:
        def ended() -> None:
            self._taking = False

        self.desk.do(
            receive.take_in,
            form,
            then=lambda received: self._received(received, following),
            or_else=self._refused,
            always=ended,
            owner=self,
        )

    def _received(self, received: Received, following: bool) -> None:
        """It is safe on disk: only now may paper move."""
        self.keeper.stop()
        see = Offer(N_("Xem hồ sơ"), lambda: self._see(received.code))
        details: dict[str, Any] = {"code": received.code}
        if received.again:
            self.desk.bus.tell(Notice(Level.NOTE, "receive.taken-again", details, "receive", (see,)))
        elif self.filling.late_entry is not None:
            # The citizen has his paper, and has gone: nothing is printed by itself.
            details["official"] = received.official or received.code
            self.desk.bus.tell(Notice(Level.GOOD, "receive.taken-late", details, "receive", (see,)))
        else:
            code = "receive.taken"
            if received.due is not None:
                code, details["due"] = "receive.taken-due", due.exact(received.due)
            self.desk.bus.tell(Notice(Level.GOOD, code, details, "receive", (see,)))
            self.prints.receipt(received.id)
        if following:
            self._begin()
            return
        self.taken = received
        self.late.lock(True)
        self.person.lock(True)
        self.procedure.lock(True)
        self.receipt.lock(received)
        if self._assist is not None:
            self._assist.received(received)
        self._show_missing()
        self.changed_head.emit()
        self.receipt.fresh.setFocus()

    def _see(self, code: str) -> None:
        self.go("dossiers", typed=code)

    def _refused(self, broken: RuleBroken) -> None:
        """The rules said no: say it, and go to what it is about."""
        self.desk.tell(Level.WARNING, broken.code, **broken.details)
        field = str(broken.details.get("field") or "")
        if self.late.refuse(broken):
            return
        if field.startswith("fields."):
            self.procedure.fields.begin(field.partition(".")[2])
        elif field.startswith("delivery"):
            self.receipt.begin_delivery(field)
        elif field == "components":
            self.procedure.papers.list.setFocus()
        elif field == "certify":
            self.procedure.certify.begin()
        elif field == "limit_unit":
            self.receipt.begin_limit()
        elif field in ("phone", "email"):
            self.person.contact[field].control.setFocus()
        else:
            self.go_first()

    @property
    def prints(self) -> PrintFlow:
        """Whoever prints, asked for when there is something to print: until then nothing of it is loaded."""
        flow: PrintFlow = self.counter.service.prints
        return flow

    def _print_again(self) -> None:
        if self.taken is not None:
            self.prints.reprint(self.taken.id)

    # -- before receiving

    def _someone_and_something(self) -> bool:
        """Is there a person and a procedure, and nothing under way? What is not there is said and gone to."""
        if self.taken is not None or self._busy:
            return False
        if self.filling.real_owner is None:
            self.desk.tell(Level.NOTE, "receive.person-first")
            self.person.begin(owner=self.filling.proxy and self.filling.submitter is not None)
            return False
        if self.filling.procedure is None:
            self.desk.tell(Level.NOTE, "receive.procedure-first")
            self.procedure.begin()
            return False
        return True
