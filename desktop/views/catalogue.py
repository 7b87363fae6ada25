"""Thủ tục: every procedure in force with its search and filters, the side pane of the one chosen, and what is done to
them: offered or not, the quick list, local decisions, review of what was brought in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.bus import Level as Tone
from desktop.bus import Notice, Offer
from desktop.models import catalogue as words
from desktop.models.table import TableModel
from desktop.views import catalogue_work
from desktop.views.boxes import Card
from desktop.views.buttons import Button, Chips
from desktop.views.catalogue_edit import DecisionEditor
from desktop.views.catalogue_pane import ProcedurePane
from desktop.views.catalogue_result import ImportResult
from desktop.views.catalogue_review import ReviewPage
from desktop.views.catalogue_work import Outcome, Switched
from desktop.views.inputs import Choice, SearchField
from desktop.views.laying import across, show_if
from desktop.views.lists import ListView, list_hints
from desktop.views.screen import Counter, Hint, Keys, Screen
from desktop.views.sections import side_width
from desktop.views.standing import Awaiting, EmptyState
from desktop.views.wording import Words, grouped
from onestop import clock
from onestop.actions import catalogue as actions
from onestop.actions.catalogue import SwitchForm
from onestop.queries import catalogue_card
from onestop.queries.catalogue import EntryRow
from onestop.queries.catalogue_card import Decision, Shelf
from onestop.rules.procedure import Level
from onestop.texts import N_, _

BROWSE, EDIT, REVIEW, RESULT = range(4)
MOST_FOUND = 400
GROUPS = ("quick", "ward", "all", "off", "review")
ANY = ""


def group_name(group: str) -> str:
    """The word on a filter."""
    return {
        "quick": _("Danh sách nhanh"),
        "ward": _("Cấp xã"),
        "all": _("Tất cả"),
        "off": _("Không dùng"),
        "review": _("Chờ duyệt"),
    }[group]


def belongs(row: EntryRow, group: str) -> bool:
    """Whether a procedure is one of a filter's."""
    if group == "quick":
        return bool(row.quick) and row.enabled
    if group == "ward":
        return row.ward and row.enabled
    if group == "off":
        return not row.enabled
    return row.review if group == "review" else True


class CatalogueScreen(Screen):
    """`go("catalogue", code=CODE)` shows a procedure, `typed=TEXT` searches, `group="ward"` filters, `review=True`
    opens what waits for a word."""

    place = "catalogue"
    hears = frozenset({"code", "typed", "group", "review"})
    watches = frozenset({"procedure_version", "overlay", "publication", "office"})

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        look, commands = self.look, counter.commands
        self.shelf: Shelf | None = None
        self._wish: dict[str, Any] = {}
        self._before_search = ""
        self.field = SearchField(look, _("Tên, mã hoặc từ khóa thủ tục"), "/")
        self.field.typed.connect(self._typed)
        self.field.hurried.connect(lambda _text: self._into_list())
        self.field.down.connect(self._into_list)
        self.fields = Choice(look, [(ANY, _("Mọi lĩnh vực"))])
        self.fields.setAccessibleName(_("Lĩnh vực"))
        self.fields.activated.connect(lambda _place: self._filter())
        levels = [(ANY, _("Mọi mức độ")), *((level.value, words.level_name(level)) for level in Level)]
        self.levels = Choice(look, [*levels, (words.NO_LEVEL, _("Chưa rõ mức độ"))])
        self.levels.setAccessibleName(_("Mức độ trực tuyến"))
        self.levels.activated.connect(lambda _place: self._filter())
        for choice in (self.fields, self.levels):
            choice.setMinimumContentsLength(9)
            choice.setSizeAdjustPolicy(choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.chips = Chips(look, [(group, group_name(group)) for group in GROUPS], _("Lọc danh mục"))
        self.chips.picked.connect(lambda _group: self._filter())
        self.model = TableModel(look, words.columns(), row_id=lambda row: row.code)
        self.empty = EmptyState(look, "scroll-text", "")
        self.list = ListView(
            look,
            self.model,
            _("Danh mục thủ tục"),
            settings=self.settings,
            key="catalogue",
            many=True,
            empty=self.empty,
        )
        self.list.installEventFilter(self)
        self.list.picked.connect(self._pick)
        self.list.marked.connect(self._mark)
        self.list.opened.connect(lambda _row: self._into_pane())
        self.pane = ProcedurePane(
            look,
            self.desk,
            commands["catalogue.receive"],
            commands["catalogue.edit"],
            commands["catalogue.enable"],
            commands["catalogue.quick"],
        )
        self.pane.back.connect(self._to_list)
        self.pane.wished_review.connect(self._review_one)
        self.pane.wished_change.connect(self._change)
        self.pane.wished_end.connect(self._end)
        self.pane.wished_again.connect(self._again)
        self.editor = DecisionEditor(look, self.desk, commands["catalogue.save"])
        self.editor.left.connect(self._to_browsing)
        self.editor.saved.connect(self._to_browsing)
        self.reviewer = ReviewPage(look, self.desk)
        self.reviewer.left.connect(self._to_browsing)
        self.result = ImportResult(look)
        self.result.left.connect(self._to_browsing)
        self.result.wished_review.connect(self.review)
        self._lay_out()
        self._enable()

    def _lay_out(self) -> None:
        look, commands = self.look, self.counter.commands
        self.bulk = SwitchBar(look, self._switch_marked, self.list.clearSelection)
        self.foot_words = Words(look, tone="quiet", elide=True)
        foot = QWidget()
        self._foot = QStackedLayout(foot)
        bring = Button(look, _("Nhập danh mục"), icon="upload", action=commands["catalogue.import"])
        show_if(bring, commands.allowed("catalogue.import"))
        plain = QWidget()
        plain.setLayout(across(look, (self.foot_words, 1), bring))
        self._foot.addWidget(plain)
        self._foot.addWidget(self.bulk)
        foot.setFixedHeight(look.size("control") + look.space("xs"))
        main = Card(look, gap="s")
        main.add(across(look, (self.field, 3), (self.fields, 2), (self.levels, 2), gap="s"))
        main.add(self.chips)
        self._awaiting = Awaiting(look, self.list, 12)
        main.add_wide(self._awaiting, 1)
        main.add(foot)
        browse = QWidget()
        browse.setLayout(across(look, (main, 1), self.pane, gap="l"))
        self._pages = QStackedLayout(self)
        for page in (browse, self.editor, self.reviewer, self.result):
            self._pages.addWidget(page)
        order = (self.field, self.fields, self.levels, self.chips, self.list, bring, self.bulk)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    # -- what the frame asks

    def title(self) -> str:
        return _("Thủ tục")

    def badge(self) -> str:
        if self.shelf is None:
            return ""
        waiting = sum(row.review for row in self.shelf.rows)
        if waiting:
            return _("{count} chờ duyệt").format(count=grouped(waiting))
        return _("{count} đang áp dụng").format(count=grouped(sum(row.enabled for row in self.shelf.rows)))

    def badge_tone(self) -> str:
        return "warning" if self.shelf is not None and any(row.review for row in self.shelf.rows) else "accent"

    def hints(self) -> Sequence[Hint]:
        page = self._pages.currentIndex()
        if page == EDIT:
            return (Hint("Ctrl+S", _("lưu quyết định")), Hint("Esc", _("bỏ")))
        if page != BROWSE:
            return (Hint("Esc", _("về danh mục")),)
        return (Hint("/", _("tìm")), Hint("Return", _("xem")), Hint("Ctrl+Return", _("tiếp nhận")))

    def keys(self) -> Sequence[Keys]:
        moving = (Hint("Alt+Up+Down", _("đổi chỗ trong danh sách nhanh")),)
        return (Keys(_("Danh sách"), (*list_hints(), *moving)),)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {
            "catalogue.filter": self._begin_search,
            "catalogue.edit": self.edit,
            "catalogue.save": self.editor.keep,
            "catalogue.enable": self._toggle,
            "catalogue.quick": self._toggle_quick,
            "catalogue.receive": self._receive,
            "catalogue.review": self.review,
            "catalogue.import": self._import,
        }

    def wished(self, **wish: Any) -> None:
        self._wish = wish

    def activated(self) -> None:
        if self.shelf is None:
            self._load()
        else:
            self._follow_wish()
        if self._pages.currentIndex() == BROWSE:
            self.field.setFocus()
            self.field.selectAll()

    def refresh(self, changes: Mapping[str, frozenset[str]]) -> None:
        self._load()
        self.pane.refresh()
        if self._pages.currentIndex() == REVIEW:
            self.reviewer.refresh()

    def can_leave(self) -> bool:
        return True  # what is being edited stays as it is until one comes back

    # -- the list

    def _load(self) -> None:
        if self.shelf is None:
            self._awaiting.wait()
        self.desk.ask(
            catalogue_card.shelf,
            clock.today(),
            then=self._loaded,
            owner=self,
            key="shelf",
            always=self._awaiting.ready,
        )

    def _loaded(self, shelf: Shelf) -> None:
        first = self.shelf is None
        self.shelf = shelf
        names = sorted({row.field for row in shelf.rows if row.field})
        self.fields.set_choices([(ANY, _("Mọi lĩnh vực")), *((name, name) for name in names)])
        self.chips.set_counts({group: sum(belongs(row, group) for row in shelf.rows) for group in GROUPS})
        if first and not any(belongs(row, "quick") for row in shelf.rows):
            self.chips.choose("all")
        self._filter()
        self._enable()
        self._follow_wish()

    def _follow_wish(self) -> None:
        wish, self._wish = self._wish, {}
        if wish.get("review"):
            self.review()
        elif wish.get("code") or wish.get("typed") or wish.get("group"):
            self._to_browsing()
            if wish.get("group") in GROUPS:
                self.chips.choose(str(wish["group"]))
            self.field.put(str(wish.get("typed") or ""))
            self._filter()
            if wish.get("code"):
                self.show_procedure(str(wish["code"]))

    def _typed(self, text: str) -> None:
        """Whoever types looks among all; when the text is gone the filter of before is back."""
        if text.strip() and self.chips.chosen in ("quick", "ward"):
            self._before_search = self.chips.chosen
            self.chips.choose("all")
        elif not text.strip() and self._before_search:
            self.chips.choose(self._before_search)
            self._before_search = ""
        self._filter()

    def _filter(self) -> None:
        if self.shelf is None:
            return
        group, field, level = self.chips.chosen, self.fields.value, self.levels.value
        rows = [row for row in self.shelf.rows if belongs(row, group)]
        if field:
            rows = [row for row in rows if row.field == field]
        if level:
            rows = [row for row in rows if (row.level or words.NO_LEVEL) == level]
        text = self.field.text().strip()
        if text:
            place = {hit.code: at for at, hit in enumerate(self.shelf.index.find(text, limit=MOST_FOUND))}
            rows = sorted((row for row in rows if row.code in place), key=lambda row: place[row.code])
        elif group == "quick":
            rows = sorted(rows, key=lambda row: (row.quick, row.code))
        self.model.show(rows)
        self._say(len(rows), bool(text or field or level))
        shown = self.pane.shown_code
        if rows and text:
            self.list.choose(0)
        elif rows and not (shown and self.list.choose_id(shown)) and not self.list.currentIndex().isValid():
            self.list.choose(0)

    def _say(self, count: int, narrowed: bool) -> None:
        group = self.chips.chosen
        texts = {
            "quick": (_("Danh sách nhanh trống"), _("Chọn một thủ tục rồi bấm Ctrl T để đưa vào.")),
            "off": (_("Không có thủ tục nào bị ngừng dùng"), ""),
            "review": (_("Không có gì chờ duyệt"), _("Bản nhập về không khác những mục đã duyệt.")),
        }
        if narrowed:
            self.empty.say(_("Không tìm thấy thủ tục nào"), _("Thử từ khác, hoặc bỏ bớt bộ lọc."))
        else:
            self.empty.say(*texts.get(group, (_("Chưa có thủ tục nào"), _("Nhập danh mục từ tệp."))))
        text = _("{count} thủ tục").format(count=grouped(count))
        if group == "quick" and not narrowed:
            text += " · " + _("Alt và mũi tên để đổi chỗ")
        self.foot_words.say(text)

    def _begin_search(self) -> None:
        self._to_browsing()
        self.field.setFocus()
        self.field.selectAll()

    def _into_list(self) -> None:
        if self.field.text().strip():
            self._filter()
        if self.model.rows:
            self.list.setFocus()
            if self.list.current is None:
                self.list.choose(0)

    def _to_list(self) -> None:
        (self.list if self.list.current is not None else self.field).setFocus()

    def _into_pane(self) -> None:
        self.pane.leaf.setFocus(Qt.FocusReason.TabFocusReason)

    def _pick(self, row: EntryRow | None) -> None:
        if row is not None:
            self.pane.show_row(row)
        self._enable()

    def _mark(self, rows: Sequence[EntryRow]) -> None:
        self.bulk.show_rows(rows)
        self._foot.setCurrentIndex(1 if len(rows) > 1 else 0)
        self._enable()

    def _enable(self) -> None:
        commands, browsing = self.counter.commands, self._pages.currentIndex() == BROWSE
        row = self._row()
        for key in ("catalogue.edit", "catalogue.enable", "catalogue.quick"):
            commands.enable(key, browsing and row is not None)
        commands.enable("catalogue.receive", browsing and row is not None and row.enabled)
        commands.enable("catalogue.save", self._pages.currentIndex() == EDIT)
        commands.enable("catalogue.import", browsing)
        waiting = self.shelf is not None and any(one.review for one in self.shelf.rows)
        commands.enable("catalogue.review", waiting)
        self.changed_head.emit()

    def _row(self) -> EntryRow | None:
        """The procedure that the pane shows, as it stands in the list of all."""
        if self.shelf is None:
            return None
        return next((row for row in self.shelf.rows if row.code == self.pane.shown_code), None)

    def show_procedure(self, code: str) -> None:
        """Show this procedure, and its row in the list: what hides it there is put away."""
        if not self.list.choose_id(code):
            self.chips.choose("all")
            self.fields.choose(ANY)
            self.levels.choose(ANY)
            self.field.put("")
            self._before_search = ""
            self._filter()
            self.list.choose_id(code)
        self.pane.show_code(code)
        self._enable()

    # -- offered or not, quick or not

    def _toggle(self) -> None:
        row = self._row()
        if row is not None:
            self._switch(SwitchForm(row.code, enabled=not row.enabled), row)

    def _toggle_quick(self) -> None:
        row = self._row()
        if row is not None and self.shelf is not None:
            last = max((one.quick for one in self.shelf.rows), default=0)
            self._switch(SwitchForm(row.code, quick=0 if row.quick else last + 1), row)

    def _switch(self, form: SwitchForm, row: EntryRow) -> None:
        back = SwitchForm(row.code, enabled=row.enabled, quick=row.quick)
        name = row.short_name or row.name
        if form.enabled is not None:
            code = "catalogue.on" if form.enabled else "catalogue.off"
        else:
            code = "catalogue.quick-on" if form.quick else "catalogue.quick-off"

        def take_back() -> None:
            self.desk.do(actions.switch, back, owner=self)

        def told(_none: None) -> None:
            undo = Offer(N_("Hoàn tác"), take_back)
            self.desk.bus.tell(Notice(Tone.GOOD, code, {"name": name}, key="catalogue.switch", offers=(undo,)))

        self.desk.do(actions.switch, form, then=told, owner=self)

    def _switch_marked(self, enabled: bool) -> None:
        forms = [SwitchForm(row.code, enabled=enabled) for row in self.list.chosen if row.enabled != enabled]
        if forms:
            self.desk.run(
                catalogue_work.switch_many,
                self.counter.service.office,
                forms,
                then=lambda done: self._switched(done, enabled),
                owner=self,
                what="progress.catalogue-switch",
            )

    def _switched(self, done: Switched, enabled: bool) -> None:
        self.desk.tell(Tone.GOOD, "catalogue.many-on" if enabled else "catalogue.many-off", count=done.count)

    def _move(self, step: int) -> None:
        """Change places with the neighbour on the quick list."""
        rows = list(self.model.rows)
        row = self.list.current
        if row is None or self.chips.chosen != "quick" or self.field.text().strip():
            return
        here = next(at for at, one in enumerate(rows) if one.code == row.code)
        there = here + step
        if 0 <= there < len(rows):
            other = rows[there]
            forms = [SwitchForm(row.code, quick=other.quick), SwitchForm(other.code, quick=row.quick)]
            if row.quick == other.quick:
                forms = [SwitchForm(one.code, quick=at) for at, one in enumerate(_swapped(rows, here, there), 1)]
            self.desk.do(actions.switch_all, forms, owner=self)

    def _receive(self) -> None:
        if self.pane.shown_code:
            self.go("receive", procedure=self.pane.shown_code)

    # -- local decisions

    def edit(self) -> None:
        """A new local decision about the procedure shown."""
        if self.pane.card is not None:
            self._show_page(EDIT)
            self.editor.begin(self.pane.card)

    def _change(self, decision: Decision) -> None:
        if self.pane.card is not None:
            self._show_page(EDIT)
            self.editor.begin(self.pane.card, decision.overlay)

    def _end(self, decision: Decision) -> None:
        def told(_none: None) -> None:
            undo = Offer(N_("Hoàn tác"), lambda: self._again(decision))
            details = {"decision": decision.overlay.decision}
            self.desk.bus.tell(
                Notice(Tone.GOOD, "catalogue.withdrawn", details, key="catalogue.decision", offers=(undo,))
            )

        self.desk.do(actions.withdraw_overlay, decision.id, then=told, owner=self)

    def _again(self, decision: Decision) -> None:
        overlay = replace(decision.overlay, id=decision.id)
        details = {"decision": overlay.decision}
        self.desk.do(
            actions.set_overlay,
            overlay,
            then=lambda _id: self.desk.bus.tell(
                Notice(Tone.GOOD, "catalogue.decided", details, key="catalogue.decision")
            ),
            owner=self,
        )

    # -- review

    def review(self) -> None:
        """What an import says otherwise than what was reviewed here."""
        self._show_page(REVIEW)
        self.reviewer.begin()

    def _review_one(self, version_id: str) -> None:
        self._show_page(REVIEW)
        self.reviewer.begin(version_id)

    # -- bringing in

    def _import(self) -> None:
        kinds = [_("Danh mục thủ tục (*.json *.jsonl *.gz)"), _("Bảng ngày nghỉ (*.toml)")]
        self.notices.pick_file(_("Chọn tệp danh mục"), kinds, self.bring_in)

    def bring_in(self, file: Path) -> None:
        """Publish this file; how far it is stands in the notice bar."""
        self.desk.run(
            catalogue_work.publish_file,
            self.counter.service.office,
            file,
            then=lambda outcome: self._brought(file, outcome),
            owner=self,
            what="progress.catalogue-import",
        )

    def _brought(self, file: Path, outcome: Outcome) -> None:
        self.result.show_outcome(file, outcome)
        self._show_page(RESULT)

    # -- pages and keys

    def _show_page(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self._enable()

    def _to_browsing(self, *_what: object) -> None:
        if self._pages.currentIndex() != BROWSE:
            self._show_page(BROWSE)
            self._to_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        browsing = self._pages.currentIndex() == BROWSE
        if event.key() == Qt.Key.Key_Escape and browsing and self.field.text():
            self.field.put("")
            self._typed("")
            self.field.setFocus()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt and an arrow moves a procedure along the quick list; the view would only move its cursor."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if isinstance(event, QKeyEvent) and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            step = steps.get(Qt.Key(event.key()))
            if step is not None and event.type() == QEvent.Type.KeyPress:
                self._move(step)
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "pane"):
            self._fit()

    def _fit(self) -> None:
        self.pane.setFixedWidth(side_width(self.look, "side_wide", self))
        self.editor.fit()
        self.reviewer.fit()


def _swapped(rows: list[EntryRow], one: int, other: int) -> list[EntryRow]:
    rows = list(rows)
    rows[one], rows[other] = rows[other], rows[one]
    return rows


class SwitchBar(QWidget):
    """What can be done with several procedures at once."""

    def __init__(self, look: Any, switch: Callable[[bool], None], clear: Callable[[], None]) -> None:
        super().__init__()
        self.words = Words(look, strong=True, elide=True)
        self.on = Button(look, _("Dùng"))
        self.off = Button(look, _("Ngừng dùng"))
        self.clear = Button(look, _("Bỏ chọn"), "link")
        self.on.clicked.connect(lambda: switch(True))
        self.off.clicked.connect(lambda: switch(False))
        self.clear.clicked.connect(clear)
        self.setLayout(across(look, (self.words, 1), self.on, self.off, self.clear))

    def show_rows(self, rows: Sequence[EntryRow]) -> None:
        """These rows are selected."""
        self.words.say(_("Đang chọn {count} thủ tục").format(count=grouped(len(rows))))
        self.on.setEnabled(any(not row.enabled for row in rows))
        self.off.setEnabled(any(row.enabled for row in rows))


__all__ = ["CatalogueScreen"]
