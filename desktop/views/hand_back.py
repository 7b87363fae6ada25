"""Trả kết quả: what lies ready, whoever comes for it by card or receipt, who was called, what went by post."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.views.boxes import Card, Note
from desktop.views.buttons import Button, Chips
from desktop.views.hand_back_flow import HandBackFlow
from desktop.views.hand_back_list import HandBackList
from desktop.views.hand_back_pane import HandBackPane
from desktop.views.inputs import SearchField
from desktop.views.laying import across
from desktop.views.lists import list_hints
from desktop.views.reader import Reader
from desktop.views.receive_cards import ReceiveCards
from desktop.views.screen import Counter, Hint, Keys, Screen
from desktop.views.standing import EmptyState
from desktop.views.wording import Words, grouped
from onestop import clock
from onestop.queries import delivery as queries
from onestop.queries.delivery import ALL, BACK, CUSTODY, GROUPS, LONG, POST, UNTOLD, Collector, OneReady, Pointed, Ready
from onestop.rules.delivery import POSTED
from onestop.rules.dossier import State
from onestop.rules.errors import RuleBroken
from onestop.rules.identity import read_card
from onestop.texts import _, message, sentence

MINUTE = 60_000
TIED = ("hand_over", "shelve", "call", "post", "send")
"""Deeds that need a result that lies here."""


def group_name(group: str) -> str:
    """The word on a filter."""
    return {
        UNTOLD: _("Chưa báo được"),
        ALL: _("Chờ trả"),
        LONG: _("Quá 30 ngày"),
        POST: _("Qua bưu chính"),
        BACK: _("Bưu chính trả lại"),
        CUSTODY: _("Bản gốc đang giữ"),
    }[group]


class HandBackScreen(Screen):
    """`go("handback", group="long")` shows a filter, `go("handback", dossier=ID)` one result, `reading=text` what a
    reader read."""

    place = "handback"
    watches = frozenset({"dossier", "citizen", "document"})
    hears = frozenset({"group", "typed", "dossier", "reading"})
    reads_cards = True

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        look = self.look
        self._counts: dict[str, int] = {}
        self._basket: tuple[str, ...] = ()
        self._wanted = self._looked = ""
        self._shown = False
        self.stands: Collector | None = None
        self.paper = "receipt"
        self.field = SearchField(look, _("Quét giấy tiếp nhận hoặc thẻ căn cước; gõ mã hồ sơ, họ tên, số giấy tờ"), "/")
        self.field.typed.connect(lambda _text: self._ask())
        self.field.hurried.connect(self._point)
        self.field.down.connect(self._into_list)
        self.chips = Chips(look, [(group, group_name(group)) for group in GROUPS], _("Lọc kết quả chờ trả"))
        self.chips.choose(ALL)
        self.chips.picked.connect(self._filter)
        forget = Button(look, _("Bỏ người nhận"), "link")
        forget.clicked.connect(self._begin_anew)
        self.who = Note(look, "", "accent", forget)
        self.fault = Note(look, "", "warning")
        for note in (self.who, self.fault):
            note.hide()
        self.empty = EmptyState(look, "inbox", "")
        self.list = HandBackList(look, self.settings, self.empty)
        self.list.picked.connect(self._pick)
        self.list.opened.connect(lambda _row: self.pane.main_button.setFocus())
        self.list.ticks_changed.connect(self._settle)
        self.list.lettered.connect(self._type_on)
        self.foot = Words(look, tone="quiet", elide=True)
        self._make_pane()
        self.flow = HandBackFlow(counter, self, self)
        self.flow.handed.connect(self._begin_anew)
        self._lay_out()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.reader: Reader = getattr(counter.service, "reader", None) or Reader(application)
        self.reader.read.connect(self._heard)
        self._cards: ReceiveCards | None = None
        self._minute = QTimer(self, interval=MINUTE)
        self._minute.timeout.connect(self._ask)
        self._settle()

    def _make_pane(self) -> None:
        actions = self.counter.commands
        beside = [actions[f"handback.{key}"] for key in ("call", "shelve")]
        keys = ("scan", "post", "returned", "send", "originals", "slip", "list")
        others = [actions.action(f"handback.{key}", icon=True) for key in keys]
        self.pane = HandBackPane(self.look, actions["handback.hand_over"], beside, others)

    def _lay_out(self) -> None:
        look = self.look
        left = Card(look, gap="s")
        left.add(self.field, self.chips, self.who, self.fault)
        left.add_wide(self.list, 1)
        left.add(self.foot)
        self.setLayout(across(look, (left, 11), (self.pane, 9), gap="l"))
        for before, after in ((self.field, self.chips), (self.chips, self.list), (self.list, self.pane)):
            QWidget.setTabOrder(before, after)

    # -- what the frame asks

    def title(self) -> str:
        return _("Trả kết quả")

    def badge(self) -> str:
        count = self._counts.get(ALL)
        return "" if count is None else _("{count} kết quả chờ trả").format(count=grouped(count))

    def hints(self) -> Sequence[Hint]:
        return (Hint("F9", _("trả")), Hint("Space", _("chọn thêm")), Hint("F7", _("gọi báo")), Hint("/", _("tìm")))

    def keys(self) -> Sequence[Keys]:
        return (Keys(_("Danh sách"), (Hint("Space", _("chọn, bỏ chọn")), *list_hints())),)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        flow = self.flow
        return {
            "handback.find": self._begin_search,
            "handback.card": self._by_camera,
            "handback.hand_over": flow.hand_over,
            "handback.shelve": flow.shelve,
            "handback.call": flow.call,
            "handback.post": flow.post,
            "handback.returned": flow.returned,
            "handback.send": flow.send,
            "handback.originals": flow.originals,
            "handback.scan": flow.scan,
            "handback.slip": flow.print_slip,
            "handback.list": flow.print_list,
            "handback.all": self.list.tick_all,
        }

    def wished(self, **wish: Any) -> None:
        self._forget()
        self.chips.choose(str(wish.get("group") or ALL))
        self.field.put(str(wish.get("typed") or ""))
        if wish.get("dossier"):
            self._wanted = str(wish["dossier"])
        self._shown = True
        if wish.get("reading"):
            self._heard(str(wish["reading"]))
        else:
            self._ask()

    def keepsake(self) -> dict[str, Any]:
        return {"group": self.chips.chosen, "typed": self.field.text()}

    def activated(self) -> None:
        if not self._shown:
            self._shown = True
            self._ask()
        self._settle()
        self.field.setFocus()

    def refresh(self, changes: Mapping[str, frozenset[str]]) -> None:
        self._ask()

    # -- what is chosen, for the flow

    @property
    def one(self) -> OneReady | None:
        """The result in the pane."""
        return self.pane.one

    @property
    def goes(self) -> Sequence[Ready]:
        """Those that are ticked, else the one in the pane."""
        ticked = self.list.ticked
        return ticked or ([self.pane.one.row] if self.pane.one is not None else [])

    # -- reading

    def _ask(self) -> None:
        """The rows: those that somebody came for, else the filter with what is typed."""
        if self._basket:
            self.desk.ask(queries.some, self._basket, clock.now(), then=self._rows, owner=self, key="rows")
        else:
            typed = self.field.text()
            self.desk.ask(queries.ready, self.chips.chosen, clock.now(), typed, then=self._rows, owner=self, key="rows")
        self.desk.ask(queries.counts, clock.now(), then=self._counted, owner=self, key="counts")

    def _rows(self, rows: tuple[Ready, ...]) -> None:
        if self._basket:
            rows = tuple(row for row in rows if row.lies_here or row.id == self._looked)
        self.list.show_rows(rows)
        self._say_empty()
        if self._wanted and self.list.choose_id(self._wanted):
            self._wanted = ""
        elif self.list.current is None:
            self.list.choose(0)
        self._pick(self.list.current)
        self._say_foot()

    def _counted(self, counts: dict[str, int]) -> None:
        self._counts = counts
        self.chips.set_counts(counts)
        self.changed_head.emit()

    def _pick(self, row: Ready | None) -> None:
        if row is None:
            self.pane.show_one(None)
            self._settle()
            return
        self.desk.ask(queries.one, row.id, clock.now(), then=self._one_here, owner=self, key="one")

    def _one_here(self, one: OneReady | None) -> None:
        current = self.list.current
        if one is not None and current is not None and current.id == one.id:
            self.pane.show_one(one)
        self._settle()

    def _settle(self) -> None:
        """Which deeds have something to do now."""
        one, commands = self.pane.one, self.counter.commands
        here = one is not None and one.row.lies_here
        for key in TIED:
            commands.enable(f"handback.{key}", here)
        if self.list.ticked:
            commands.enable("handback.hand_over", True)
            commands.enable("handback.post", True)
        posted = one is not None and one.row.delivered == POSTED
        commands.enable("handback.returned", posted)
        if posted:
            commands.enable("handback.post", True)
        commands.enable("handback.originals", one is not None)
        commands.enable("handback.scan", here)
        commands.enable("handback.slip", self.flow.has_slip if hasattr(self, "flow") else False)
        self._say_foot()

    # -- words

    def _say_foot(self) -> None:
        ticked = self.list.ticked
        if ticked:
            self.foot.say(_("Đã chọn {count}: F9 trả cùng một lần, F8 gửi bưu chính").format(count=len(ticked)))
        elif self.stands is None and not self._basket:
            order = _("có trước hẹn và chưa báo ở trên, rồi chờ lâu nhất")
            shown = _("{count} kết quả").format(count=grouped(len(self.list.shown)))
            self.foot.say(f"{shown} · {order}")
        else:
            self.foot.say("")

    def _say_empty(self) -> None:
        if self.field.text().strip():
            title = _("Không tìm thấy “{text}”").format(text=self.field.text().strip())
            self.empty.say(title, _("Chỉ tìm trong kết quả đang chờ trả. Hồ sơ khác tìm ở màn hình Hồ sơ."))
            return
        title = {
            UNTOLD: _("Mọi kết quả đều đã báo cho người dân"),
            ALL: _("Không có kết quả nào chờ trả"),
            LONG: _("Không có kết quả nào chờ quá 30 ngày"),
            POST: _("Không có kết quả nào chờ gửi bưu chính"),
            BACK: _("Bưu chính không trả lại kết quả nào"),
            CUSTODY: _("Không giữ bản gốc nào"),
        }[self.chips.chosen or ALL]
        more = _("Hồ sơ đã có kết quả nằm ở đây cho đến khi trả cho dân.")
        self.empty.say(title, _("Bản gốc ghi ở đây hoặc ở màn hình Hồ sơ.") if self.chips.chosen == CUSTODY else more)

    # -- whoever comes

    def _heard(self, text: str) -> None:
        """A reader read a card, or one of our papers."""
        if not self.isVisible():
            return
        self.fault.say("")
        try:
            card = read_card(text, clock.today())
        except RuleBroken as broken:
            if broken.code.startswith(("card.truncated", "card.mangled", "card.doubled")):
                self.fault.say(message(broken.code, broken.details))
            else:
                self._point(text)
            return
        self.desk.ask(
            queries.collector, card.number, card.name, clock.now(), then=self._came, owner=self, key="collector"
        )

    def _point(self, text: str) -> None:
        """Enter in the field: one of our papers, a whole number of a person, or the list."""
        self.fault.say("")
        if text.strip():
            self.desk.ask(queries.pointed, text, clock.now(), then=self._pointed, owner=self, key="pointed")
        else:
            self._into_list()

    def _pointed(self, what: Pointed) -> None:
        if what.person is not None:
            self.field.put("")
            self._came(what.person)
        elif what.dossier is not None:
            self.field.put("")
            self._paper_of(what.dossier, what.handed_to)
        else:
            self._ask()
            self._into_list()

    def _paper_of(self, row: Ready, handed_to: str) -> None:
        """A receipt was pointed at: its result goes with those of the receipts before it."""
        self._looked = ""
        if row.delivered == POSTED:
            self._looked = row.id
            self._basket = tuple(dict.fromkeys((*self._basket, row.id)))
            said = _("Hồ sơ {code} đã gửi bưu chính. Shift+F8 ghi bưu chính trả lại, F8 ghi số hiệu.")
            self.fault.say(said.format(code=row.code))
            self._wanted = row.id
            self.chips.choose("")
            self._ask()
            self.list.setFocus()
            return
        if not row.lies_here:
            state = sentence(f"state.{row.state}").lower()
            said = _("Hồ sơ {code} của {owner}: {state}.").format(code=row.code, owner=row.owner_name, state=state)
            if row.state == State.HANDED_BACK:
                said = _("Hồ sơ {code}: kết quả đã trả cho {name}.").format(code=row.code, name=handed_to)
            self.fault.say(said)
            return
        if self.stands is None:
            self.paper = "receipt"
        self._basket = tuple(dict.fromkeys((*self._basket, row.id)))
        self._show_basket(row.id)
        if self.stands is not None:
            self._say_who(self.stands)

    def _came(self, person: Collector) -> None:
        """A card, or a number: all that he may take away is shown and ticked; to a stranger nothing is given."""
        self.stands, self.paper = person, "identity" if not self._basket else self.paper
        self._basket = tuple(dict.fromkeys((*self._basket, *person.dossiers)))
        if self._basket:
            self._show_basket(self._basket[0])
        self._say_who(person)
        if self.flow.asking and self._basket:
            self.flow.hand_over()  # it was being asked to whom: here he is

    def _say_who(self, person: Collector) -> None:
        name = person.name or person.number
        his = set(person.dossiers)
        others = [each for each in self._basket if each not in his]
        self.who.say("")
        self.fault.say("")
        if not person.dossiers and not others:
            text = _("{name} không phải chủ hồ sơ hay người nộp của kết quả nào đang chờ trả.")
            self.fault.say(text.format(name=name))
            self.stands = None
        elif others:
            text = _("{name} không phải chủ hồ sơ hay người nộp của {count} kết quả đã chọn: cần giấy ủy quyền.")
            self.fault.say(text.format(name=name, count=len(others)))
        else:
            text = _("{name} được nhận {count} kết quả, đã chọn cả. F9 để trả.")
            self.who.say(text.format(name=name, count=len(person.dossiers)))

    def _show_basket(self, first: str) -> None:
        self._wanted = first
        self.chips.choose("")
        self._ask_basket()

    def _ask_basket(self) -> None:
        def here(rows: tuple[Ready, ...]) -> None:
            self._rows(rows)
            self.list.tick(row.id for row in rows if row.lies_here)
            self.list.setFocus()

        self.desk.ask(queries.some, self._basket, clock.now(), then=here, owner=self, key="rows")

    def _forget(self) -> None:
        self.stands, self._basket, self.paper, self._looked = None, (), "receipt", ""
        self.who.say("")
        self.fault.say("")
        if not self.chips.chosen:
            self.chips.choose(ALL)

    def _begin_anew(self) -> None:
        """The next citizen."""
        self._forget()
        self.list.tick(())
        self.field.put("")
        self._ask()
        self.field.setFocus()

    def _by_camera(self) -> None:
        """F3: a card without a reader."""
        if self._cards is None:
            self._cards = ReceiveCards(self.counter, self, self._heard)
        self._cards.by_camera()

    # -- keys

    def _filter(self, _group: str) -> None:
        group = self.chips.chosen
        self._forget()
        self.chips.choose(group)
        self._ask()

    def _begin_search(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def _into_list(self) -> None:
        self.list.setFocus()
        if self.list.current is None:
            self.list.choose(0)

    def _type_on(self, event: QKeyEvent) -> None:
        """Letters in the list begin a search: also those of a reader that was pointed at a receipt."""
        self.field.setFocus()
        self.field.end(False)
        QApplication.sendEvent(self.field, event.clone())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (self._basket or self.stands or self.field.text() or self.list.ticked):
            self._begin_anew()
        elif event.key() == Qt.Key.Key_Escape and not self.list.hasFocus():
            self._into_list()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.stop()


__all__ = ["HandBackScreen", "group_name"]
