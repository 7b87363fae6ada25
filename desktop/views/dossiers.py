"""Hồ sơ: the list of dossiers with its filters, what is typed to find one, and the side pane of the one chosen."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QStackedLayout, QWidget

from desktop.bus import Level
from desktop.models.dossiers import columns
from desktop.models.table import TableModel, Wanted
from desktop.views.after_flow import AfterFlow
from desktop.views.boxes import Box, Card
from desktop.views.buttons import Button, Chips
from desktop.views.dossier_pane import DossierPane
from desktop.views.hand_flow import HandFlow
from desktop.views.inputs import SearchField
from desktop.views.laying import across, show_if
from desktop.views.list_print import ListPrint
from desktop.views.lists import ListView, list_hints, pager_of
from desktop.views.move_flow import MoveFlow
from desktop.views.originals_sheet import Originals
from desktop.views.paper_links import PaperLinks
from desktop.views.screen import Counter, Hint, Keys, Screen
from desktop.views.standing import EmptyState
from desktop.views.wording import Symbol, Words, grouped
from onestop import clock
from onestop.queries import overview
from onestop.queries.dossiers import GROUPS, OWN, DossierPage, DossierRow, Wish
from onestop.texts import _

if TYPE_CHECKING:
    from desktop.views.dossier_import import DossierImport

START = "open"
SELDOM = ("to-confirm", "for-me", "holding", "to-forward", "to-answer", "part-late", "supplement-late", "uncollected")
"""Filters that are shown only while something is in them, or while one looks at them."""
AGED = ("to-collect", "uncollected", "to-enter", "to-forward")
"""Filters in which how long it has waited says more than the return date."""
MINUTE = 60_000


class Prints(Protocol):
    """Whoever puts letters on paper."""

    def reprint(self, dossier_id: str, lien: int | None = None) -> None:
        """The receipt once more; `lien` None: those that the office's setting says."""
        ...


class Services(Protocol):
    """What this screen asks of `counter.service`."""

    @property
    def prints(self) -> Prints: ...


def group_name(group: str) -> str:
    """The word on a filter."""
    return {
        "all": _("Tất cả"),
        "open": _("Đang giải quyết"),
        "soon": _("Sắp đến hạn"),
        "due-today": _("Đến hạn hôm nay"),
        "overdue": _("Quá hạn"),
        "to-answer": _("Chờ trả lời trực tuyến"),
        "part-late": _("Kết quả liên thông trễ"),
        "supplement": _("Chờ bổ sung"),
        "supplement-late": _("Quá hạn bổ sung"),
        "to-collect": _("Chờ trả kết quả"),
        "uncollected": _("Chờ trả quá 30 ngày"),
        "to-scan": _("Chưa quét"),
        "to-enter": _("Chờ nhập lên Hệ thống tỉnh"),
        "today": _("Nhận hôm nay"),
        "mine": _("Quầy của tôi"),
        "for-me": _("Chờ tôi nhận"),
        "holding": _("Tôi đang giữ"),
        "to-forward": _("Chưa chuyển"),
        "to-confirm": _("Chờ xác nhận nhập bù"),
    }[group]


class DossiersScreen(Screen):
    """`go("dossiers", group="overdue")` shows a filter, `go("dossiers", typed="H99.14-261123-0007")` finds a code,
    `go("dossiers", dossier=ID)` one dossier."""

    place = "dossiers"
    hears = frozenset({"group", "typed", "dossier"})
    watches = frozenset({"dossier", "printed", "citizen", "rating"})

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        look = self.look
        self._counts: dict[str, int] = {}
        self._page: DossierPage | None = None
        self._sorted: tuple[str, bool] = ("", False)
        self._wish = Wish(START)
        self._shown = self._anew = False
        self._importing: DossierImport | None = None
        self._stays = ""  # the dossier that was just moved, shown on though the filter has lost it
        self._goes = False
        self.chips = Chips(look, [(group, group_name(group)) for group in GROUPS], _("Lọc danh sách hồ sơ"))
        self.chips.show_only([group for group in GROUPS if group not in ("mine", *SELDOM)])
        self.chips.choose(START)
        self.chips.picked.connect(lambda _group: self._look_anew())
        self.field = SearchField(look, _("Tìm theo mã hồ sơ, họ tên, số giấy tờ, số điện thoại"), "/")
        self.field.typed.connect(lambda _text: self._look_anew())
        self.field.hurried.connect(self._hurry)
        self.field.down.connect(self._into_list)
        pager = pager_of(self.desk, overview.page, self, self._wanted)
        self.model = TableModel(look, columns(clock.now, self._collecting), self._note_page(pager), parent=self)
        # Heard before the view hears of it, which would choose the row's neighbour.
        self.model.rowsAboutToBeRemoved.connect(self._going)
        self.everywhere = Button(look, _("Tìm trong mọi hồ sơ"))
        self.everywhere.clicked.connect(self._look_everywhere)
        self.empty = EmptyState(look, "folder", "", button=self.everywhere)
        self.list = ListView(
            look, self.model, _("Danh sách hồ sơ"), settings=self.settings, key="dossiers", many=True, empty=self.empty
        )
        self.list.picked.connect(self._pick)
        self.list.marked.connect(self._mark)
        self.list.opened.connect(lambda _row: self._into_pane())
        self.model.filled.connect(self._filled)
        actions = counter.commands
        keys = (
            "print",
            "letter",
            "take",
            "hand_over",
            "again",
            "undo",
            "scan",
            "print_1",
            "print_2",
            "link",
            "field",
            "upload",
            "lists",
            "correct",
            "rate",
            "slips",
            "originals",
            "copy",
        )
        others = [actions.action(f"dossiers.{key}", icon=True) for key in keys]
        self.links = PaperLinks(counter, self, self.place)
        self.originals = Originals(counter, self)
        main, scan = actions["dossiers.move"], actions["dossiers.scan"]
        copying = (actions["dossiers.field"], actions["dossiers.field_back"])
        self.pane = DossierPane(look, self.desk, main, others, scan, self.links.of, copying)
        assert self.pane.copying is not None
        self.pane.copying.prefer(str(self.settings.get("copy_profile")))
        self.pane.copying.chosen.connect(lambda key: self.settings.set("copy_profile", key))
        self.pane.paper_wished.connect(self._scan)
        self.pane.back.connect(self.list.setFocus)
        self.pane.linked.connect(lambda code: self.desk.tell(Level.GOOD, "dossiers.linked", external=code))
        self.moves = MoveFlow(counter, self, lambda: self.pane.card)
        self.moves.made.connect(self._moved)
        self.after = AfterFlow(counter, self, lambda: self.pane.card, self.moves.rating)
        self.lists = ListPrint(counter, self, self._shown_now, lambda: self.list.chosen)
        self.hands = HandFlow(counter, self, lambda: self.list.chosen)
        self.hands.made.connect(self._enable)
        self.pane.shown.connect(self._enable)
        self._lay_out()
        # The figures come after the rows are painted: counting a million takes longer than reading a page of them.
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._count)
        self._minute = QTimer(self, interval=MINUTE)
        self._minute.timeout.connect(self._tick)

    def _lay_out(self) -> None:
        look = self.look
        commands = self.counter.commands
        deeds = ((_("Tôi nhận"), commands["dossiers.take"]), (_("Bàn giao"), commands["dossiers.hand_over"]))
        others = [commands.action(f"dossiers.{key}", icon=True) for key in ("lists", "copy")]
        self.bulk = BulkBar(look, deeds, others, self.list.clearSelection)
        self.foot_words = Words(look, tone="quiet", elide=True)
        foot = QWidget()
        self._foot = QStackedLayout(foot)
        self._foot.addWidget(self.foot_words)
        self._foot.addWidget(self.bulk)
        foot.setFixedHeight(look.size("control") + look.space("xs"))
        foot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        main = Card(look, gap="s")
        main.add(self.field, self.chips)
        main.add_wide(self.list, 1)
        main.add(foot)
        # The pane gets what it may have; where letters are large and the screen is not, the two share it.
        self.setLayout(across(look, (main, 11), (self.pane, 9), gap="l"))
        for before, after in (
            (self.field, self.chips),
            (self.chips, self.list),
            (self.list, self.bulk),
            (self.bulk, self.pane),
        ):
            QWidget.setTabOrder(before, after)

    # -- what the frame asks

    def title(self) -> str:
        return _("Hồ sơ")

    def badge(self) -> str:
        still = self._counts.get("open")
        return "" if still is None else _("{count} đang giải quyết").format(count=grouped(still))

    def hints(self) -> Sequence[Hint]:
        return (Hint("Up+Down", _("chọn")), Hint("F8", _("bước tiếp theo")), Hint("/", _("tìm")))

    def keys(self) -> Sequence[Keys]:
        return (Keys(_("Danh sách"), list_hints()),)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {
            "dossiers.filter": self._begin_search,
            "dossiers.move": self.moves.ask,
            "dossiers.undo": self.moves.undo,
            "dossiers.take": self.hands.take,
            "dossiers.hand_over": self.hands.ask,
            "dossiers.letter": self.moves.ask_letter,
            "dossiers.print": lambda: self._print(None),
            "dossiers.print_1": lambda: self._print(1),
            "dossiers.print_2": lambda: self._print(2),
            "dossiers.again": self._again,
            "dossiers.scan": self._scan,
            **self.after.commands(),
            **self.lists.commands(),
            "dossiers.link": self.pane.ask_link,
            "dossiers.field": self.pane.copy_field,
            "dossiers.field_back": self.pane.copy_field_before,
            "dossiers.upload": self.pane.gather,
            "dossiers.copy": self._copy_codes,
            "dossiers.import": self._import,
            "dossiers.originals": self._ask_originals,
        }

    def wished(self, **wish: Any) -> None:
        if wish.get("dossier"):
            self.desk.ask(overview.code_of, wish["dossier"], then=self._find_code, owner=self, key="code")
            return
        typed = str(wish.get("typed") or "")
        self.chips.choose(str(wish.get("group") or ("all" if typed else self.chips.chosen)))
        self.field.blockSignals(True)
        self.field.setText(typed)
        self.field.blockSignals(False)
        self._shown = False

    def _find_code(self, code: str | None) -> None:
        self.wished(typed=code or "")
        self.activated()

    def activated(self) -> None:
        if not self._shown:
            self._shown = True
            self._look_anew()
        self._enable()
        self.list.setFocus()

    def refresh(self, changes: Mapping[str, frozenset[str]]) -> None:
        self.model.refresh()
        if self.pane.row is not None:
            self.pane.refresh()

    # -- the list

    def _wanted(self, wanted: Wanted) -> dict[str, Any]:
        # A column's first press sorts from the least; the lists of the office begin with the latest received.
        natural = wanted.order != "received"
        clerk = self.counter.clerk()
        wish = Wish(
            self.chips.chosen,
            typed=self.field.text(),
            clerk=clerk.id if clerk is not None and self.chips.chosen in OWN else None,
            order=wanted.order,
            backward=wanted.descending if natural else bool(wanted.order) and not wanted.descending,
        )
        self._wish = wish
        by = "wait" if wish.by_wait else "due" if wish.by_due else "received"
        self._sorted = (by, wish.falling if by != "received" else not wish.falling)
        return {"wish": wish, "now": clock.now()}

    def _shown_now(self) -> tuple[Wish, str]:
        """What is looked at just now, and what it is called."""
        typed = self.field.text().strip()
        return self._wish, f"“{typed}”" if typed else group_name(self.chips.chosen)

    def _collecting(self) -> bool:
        return self.chips.chosen != "to-enter"

    def _note_page(self, pager: Any) -> Any:
        """The pager, with the page kept for what it says beside its rows."""

        def noted(wanted: Wanted, then: Callable[[Any], None], give_up: Callable[[], None]) -> None:
            def keep(page: DossierPage) -> None:
                self._page = page
                then(page)

            pager(wanted, keep, give_up)

        return noted

    def _look_anew(self) -> None:
        self._anew = True
        self._stay("")
        self._say_empty()
        self.list.stand_in("waited", "due", self.chips.chosen in AGED)
        self.model.restart()
        if self.field.text().strip():
            self._foot_line()

    def _hurry(self, _text: str) -> None:
        self._look_anew()
        self._into_list()

    def _look_everywhere(self) -> None:
        self.chips.choose("all")
        self._hurry(self.field.text())

    def _into_list(self) -> None:
        self.list.setFocus()
        if self.list.current is None:
            self.list.choose(0)

    def _into_pane(self) -> None:
        self.pane.next_button.setFocus() if self.pane.next_button.isEnabled() else self.pane.leaf.setFocus()

    def _moved(self) -> None:
        """What was just moved stays before the eyes: its next step and its papers follow, wherever it is listed now."""
        self._stay(self.pane.row.id if self.pane.row is not None else "")
        self._enable()

    def _stay(self, dossier: str) -> None:
        self._stays, self.list.holds_back = dossier, bool(dossier)

    def _going(self, _parent: QModelIndex, first: int, last: int) -> None:
        self._goes = bool(self._stays) and first <= self.model.place(self._stays) <= last

    def _filled(self) -> None:
        if self._goes:
            self._goes = False
            self.list.setCurrentIndex(QModelIndex())
            self.list.clearSelection()
        if self._stays and self.list.current is None:
            self.list.choose_id(self._stays)
        elif self.model.rows and (self._anew or self.list.current is None):
            self.list.choose(0)
        elif not self.model.rows:
            self._pick(None)
        self._anew = False
        self._foot_line()
        self._later.start()

    def _pick(self, row: DossierRow | None) -> None:
        if self._goes or (self._stays and row is None):
            return
        if row is None or row.id != self._stays:
            self._stay("")
        if row is None or self.pane.row is None or row != self.pane.row:
            self.pane.show_row(row)
        self._enable()

    def _mark(self, rows: list[DossierRow]) -> None:
        several = len(rows) > 1
        self._foot.setCurrentIndex(1 if several else 0)
        self.bulk.say(len(rows))
        self._enable()

    def _enable(self) -> None:
        one = self.pane.row is not None and len(self.list.chosen) <= 1
        commands = self.counter.commands
        for key in ("print", "letter", "print_1", "print_2", "again", "scan", "link", "field", "field_back", "upload"):
            commands.enable(f"dossiers.{key}", one)
        commands.enable("dossiers.originals", one)
        commands.enable("dossiers.move", one and self.moves.possible)
        commands.enable("dossiers.undo", self.moves.undoable)
        self.after.enable(one)
        for key in ("copy", "take", "hand_over"):
            commands.enable(f"dossiers.{key}", bool(self.list.chosen))

    def _import(self) -> None:
        """A list of an older system; what reads it is loaded when it is first wanted."""
        if self._importing is None:
            module = importlib.import_module("desktop.views.dossier_import")
            self._importing = module.DossierImport(self.counter, self.window())
        self._importing.begin()

    # -- figures and words

    def _count(self) -> None:
        clerk = self.counter.clerk()
        self.desk.ask(
            overview.counts,
            clock.now(),
            clerk.id if clerk is not None else None,
            then=self._counted,
            owner=self,
            key="counts",
        )

    def _counted(self, counts: dict[str, int]) -> None:
        if counts == self._counts:
            return
        self._counts = counts
        shown = [group for group in counts if counts[group] or group not in SELDOM or group == self.chips.chosen]
        self.chips.show_only(shown)
        self.chips.set_counts(counts)
        self._foot_line()
        self._say_empty()
        self.changed_head.emit()

    def _foot_line(self) -> None:
        typed, page = self.field.text().strip(), self._page
        order, backward = self._sorted
        sorting = {
            ("due", False): _("gấp nhất ở trên"),
            ("due", True): _("gấp nhất ở dưới"),
            ("wait", False): _("chờ lâu nhất ở trên"),
            ("wait", True): _("chờ lâu nhất ở dưới"),
            ("received", False): _("mới nhận ở trên"),
            ("received", True): _("mới nhận ở dưới"),
        }[order, backward]
        if typed and page is not None and page.found is not None:
            found = _("Tìm thấy {count} hồ sơ").format(count=grouped(page.found))
            more = _("có thể còn nữa, gõ thêm để thu hẹp") if page.more else ""
            self.foot_words.say(" · ".join(part for part in (found, more, sorting) if part))
            return
        count = self._counts.get(self.chips.chosen)
        words = group_name(self.chips.chosen).lower()
        parts = [] if count is None else [_("{count} hồ sơ").format(count=grouped(count))]
        self.foot_words.say(" · ".join([*parts, words, sorting]))

    def _say_empty(self) -> None:
        """What an empty list says, and what to do then."""
        self.everywhere.setVisible(bool(self.field.text().strip()) and self.chips.chosen != "all")
        if self.field.text().strip():
            title = _("Không tìm thấy “{text}”").format(text=self.field.text().strip())
            if self.chips.chosen != "all":
                text = _("Mới tìm trong “{group}”.").format(group=group_name(self.chips.chosen))
            else:
                text = _("Gõ mã hồ sơ (được cả khi thiếu dấu, viết thường), họ tên, số giấy tờ hoặc số điện thoại.")
        elif self._counts.get("all", 0) == 0 or self.chips.chosen == "all":
            title = _("Chưa có hồ sơ nào")
            text = self._if_may(_("Nhấn F2 để tiếp nhận hồ sơ đầu tiên."))
        else:
            title, text = {
                "open": (_("Không còn hồ sơ nào đang giải quyết"), _("Chọn “Tất cả” để xem hồ sơ đã xong.")),
                "due-today": (
                    _("Hôm nay không còn hồ sơ nào đến hạn"),
                    _("Chọn “Đang giải quyết” để xem hạn sắp tới."),
                ),
                "overdue": (_("Không có hồ sơ quá hạn"), _("Mọi hồ sơ đang giải quyết đều còn hạn.")),
                "soon": (
                    _("Không có hồ sơ nào sắp đến hạn"),
                    _("Hồ sơ được nhắc ở đây từ hai ngày làm việc trước hạn."),
                ),
                "supplement": (
                    _("Không có hồ sơ nào chờ bổ sung"),
                    _("Hồ sơ đã yêu cầu bổ sung ở bước tiếp theo (F8) được theo dõi ở đây."),
                ),
                "supplement-late": (
                    _("Không có hồ sơ nào quá hạn bổ sung"),
                    _("Mọi hồ sơ chờ bổ sung đều còn hạn."),
                ),
                "to-collect": (
                    _("Không có kết quả nào chờ trả"),
                    _("Hồ sơ đã có kết quả nằm ở đây cho đến khi trả cho dân."),
                ),
                "to-confirm": (
                    _("Không có nhập bù chờ xác nhận"),
                    _("Hồ sơ nhập từ giấy in sẵn chờ ở đây đến khi xác nhận."),
                ),
                "uncollected": (
                    _("Không có kết quả nào chờ quá 30 ngày"),
                    _("Chọn “Chờ trả kết quả” để xem kết quả mới có."),
                ),
                "to-answer": (
                    _("Không còn hồ sơ trực tuyến nào chờ trả lời"),
                    _("Hồ sơ đến từ Cổng dịch vụ công được trả lời trong 8 giờ làm việc."),
                ),
                "part-late": (
                    _("Không có kết quả liên thông nào trễ"),
                    _("Mọi kết quả của hồ sơ liên thông đều còn hạn."),
                ),
                "to-enter": (
                    _("Không còn hồ sơ nào chờ nhập"),
                    _("Mọi hồ sơ đã nhận đều có mã của hệ thống khác."),
                ),
                "to-scan": (_("Không còn giấy tờ nào chờ quét"), _("Mọi giấy tờ đánh dấu “quét sau” đã được quét.")),
                "today": (_("Hôm nay chưa nhận hồ sơ nào"), self._if_may(_("Nhấn F2 để tiếp nhận hồ sơ mới."))),
                "for-me": (
                    _("Không có hồ sơ nào chờ bạn nhận"),
                    _("Hồ sơ giao cho bạn nằm ở đây cho đến khi nhận (F7)."),
                ),
                "holding": (_("Bạn không giữ hồ sơ nào"), _("Hồ sơ bạn đã nhận (F7) nằm ở đây.")),
                "to-forward": (
                    _("Không còn hồ sơ nào chậm chuyển"),
                    _("Hồ sơ giấy chuyển trong ngày, nhận sau 15 giờ thì đầu ngày làm việc sau."),
                ),
                "mine": (_("Quầy này chưa nhận hồ sơ nào"), self._if_may(_("Nhấn F2 để tiếp nhận hồ sơ mới."))),
            }[self.chips.chosen]
        self.empty.say(title, text)

    def _if_may(self, text: str) -> str:
        """Whoever may not receive is not told how to."""
        return text if self.counter.commands.allowed("dossier.new") else ""

    def _tick(self) -> None:
        """A minute has passed: what is due has come nearer."""
        if self.chips.chosen == "to-answer":
            self.model.refresh()
        self.list.viewport().update()
        self.pane.tick()
        self._count()

    # -- what is done

    def _print(self, lien: int | None) -> None:
        if self.pane.row is not None:
            service: Services = self.counter.service
            service.prints.reprint(self.pane.row.id, lien)

    def _again(self) -> None:
        if self.pane.row is not None:
            self.go("receive", copy=self.pane.row.id)

    def _begin_search(self) -> None:
        """What was searched for before is typed over."""
        self.field.setFocus()
        self.field.selectAll()

    def _scan(self, component: str = "", paper: str = "") -> None:
        """F6: the papers of the dossier; with a paper that one is looked at first."""
        if self.pane.row is not None:
            wish = {key: value for key, value in {"component": component, "paper": paper}.items() if value}
            self.go("scan", dossier=self.pane.row.id, back="dossiers", **wish)

    def _ask_originals(self) -> None:
        if self.pane.row is not None:
            self.originals.ask(self.pane.row.id)

    def _copy_codes(self) -> None:
        codes = [row.code for row in self.list.chosen]
        if codes:
            QGuiApplication.clipboard().setText("\n".join(codes))
            self.desk.tell(Level.GOOD, "dossiers.codes-copied", count=len(codes))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (self.field.text() or len(self.list.chosen) > 1):
            if self.field.text():
                self.field.clear()
                self._look_anew()
            else:
                self.list.choose(self.list.currentIndex().row())
            self.list.setFocus()
        elif event.key() == Qt.Key.Key_Escape and self.pane.busy:
            self.pane.put_away()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.stop()


class BulkBar(Box):
    """What can be done with several dossiers at once; it stands in the place of the foot line. `main`: name and action
    of what has a button of its own; `others` are in a menu."""

    def __init__(
        self,
        look: Any,
        main: Sequence[tuple[str, QAction]],
        others: Sequence[QAction],
        leave: Callable[[], None],
    ) -> None:
        super().__init__(look, "accent", padding="none")
        self.words = Words(look, tone="accent_soft_ink", strong=True)
        self.deeds = [Button(look, name, "flat", action=each) for name, each in main]
        for button, (_name, each) in zip(self.deeds, main, strict=True):
            show_if(button, each.isVisible())
        self.more = Button(look, _("Việc khác"), "flat")
        self._menu = QMenu(self.more)
        self._menu.addActions(list(others))
        self.more.setMenu(self._menu)
        self.leave = Button(look, _("Thôi"), "flat", key="Esc", name=_("Bỏ chọn"))
        self.leave.clicked.connect(leave)
        symbol = Symbol(look, "list-checks", "accent_soft_ink", "icon_small")
        margins = ("m", "none", "xs", "none")
        self.body.addLayout(
            across(look, symbol, self.words, None, *self.deeds, self.more, self.leave, gap="s", margins=margins)
        )

    def say(self, count: int) -> None:
        """How many are chosen."""
        self.words.say(_("Đã chọn {count}").format(count=count))
        self.words.ensurePolished()
        self.words.setMinimumWidth(self.words.sizeHint().width())  # its letters are known when it has been dressed
        self.setAccessibleName(self.words.text())


__all__ = ["DossiersScreen", "group_name"]
