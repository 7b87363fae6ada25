"""Quét giấy tờ: the pages of a draft or a dossier beside the form of what they are; one key scans into a component."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.bus import Level, Notice
from desktop.models.pages import PagesModel, Shown
from desktop.models.scan_places import PlaceRow, PlacesModel, faults_of, rows_of, tray_name
from desktop.scanning import Outcome
from desktop.views.boxes import Card, Note
from desktop.views.buttons import Button
from desktop.views.camera_sheet import CameraSheet
from desktop.views.files import dropped, kinds
from desktop.views.folder_watch import take_new
from desktop.views.laying import across, show_if
from desktop.views.page_arranging import Arranger
from desktop.views.page_images import PageImages
from desktop.views.page_pane import PagePane
from desktop.views.page_strip import PageStrip
from desktop.views.paper_deeds import PaperDeeds
from desktop.views.paper_links import PaperLinks
from desktop.views.scan_flow import ScanFlow
from desktop.views.scan_places import PlacesList
from desktop.views.scan_side import SidePanel
from desktop.views.screen import Counter, Hint, Screen
from desktop.views.separator_print import SeparatorPrint
from desktop.views.standing import EmptyState
from onestop import clock
from onestop.actions import paper_changes, papers
from onestop.actions.pages import Owner
from onestop.actions.paper_changes import DescribeForm
from onestop.actions.papers import KeepForm
from onestop.queries import papers as paper_queries
from onestop.queries import scanning
from onestop.queries.papers import DocumentRow, Reading
from onestop.queries.scanning import Bench, Slot
from onestop.rules import papers as rules
from onestop.rules.errors import RuleBroken
from onestop.rules.papers import TRAY, Source
from onestop.texts import _


class ScanScreen(Screen):
    """`go("scan", draft=ID)` or `go("scan", dossier=ID)`, with `component` or `paper` the one to begin with, and `back`
    the screen that Esc goes back to."""

    place = "scan"
    watches = frozenset({"page", "document", "document_text", "draft", "dossier", "office"})
    hears = frozenset({"draft", "dossier", "component", "paper", "back"})

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        look, desk = self.look, self.desk
        service = counter.service
        self.owner = Owner()
        self.bench: Bench | None = None
        self._back = ""
        self._wanted: tuple[str | None, str] | None = None
        self._back_again = ""
        self._readings: dict[str, Reading | None] = {}
        work = getattr(service, "pagework", None)
        self.flow = ScanFlow(counter, self, lambda: self.owner if self.isVisible() else None)
        self.images = PageImages(desk, getattr(service, "office", None), work, self)
        self.places = PlacesModel(self)
        self.list = PlacesList(look, self.places)
        self.model = PagesModel(self)
        self.strip = PageStrip(look, self.model, self.images)
        self.arranger = Arranger(desk, self.model, self)
        self.empty = EmptyState(look, "scan-line", "")
        self.pane = PagePane(look, desk, self.images, work, self.empty)
        self.links = PaperLinks(counter, self, self.place)
        self.side = SidePanel(look, self.links.of)
        self.deeds = PaperDeeds(counter, self.images, self)
        self._separators: SeparatorPrint | None = None
        self.sheet: CameraSheet | None = None
        self._lay_out()
        self._wire()
        self.setAcceptDrops(True)
        self._settle()

    def _lay_out(self) -> None:
        look, commands = self.look, self.counter.commands
        left = Card(look, gap="s")
        left.keep_within("scan_side")
        self.turn_over = Note(look, "", "accent", self._plain(_("Mặt sau không có gì"), self.flow.leave_backs))
        self.turn_over.hide()
        self.next_button = Button(look, action=commands["scan.next"], kind="main", big=True)
        self.stop_button = Button(look, _("Dừng quét"), key="Esc", big=True)
        self.stop_button.clicked.connect(self.flow.stop)
        stack = Button(look, _("Cả xấp lẫn lộn"), action=commands["scan.stack"])
        photograph = Button(look, _("Chụp ảnh"), action=commands["scan.camera"])
        files = Button(look, _("Tệp"), action=commands["scan.files"])
        shelf = Button(look, action=commands["scan.shelf"])
        self.keep_button = Button(look, action=commands["scan.keep"])
        left.add_wide(self.list, 1)
        left.add(self.turn_over, self.next_button, self.stop_button, stack, photograph)
        left.add(across(look, (files, 1), (shelf, 1)), self.keep_button)
        self._left = left
        middle = Card(look, gap="xs", padding="s")
        middle.add_wide(self.pane, 1)
        middle.add_wide(self.strip)
        self.setLayout(across(look, (left, 3), (middle, 5), (self.side, 3), gap="l"))
        buttons = (self.next_button, self.stop_button, stack, photograph, files, shelf, self.keep_button)
        stops = (self.list, *buttons, self.pane.view, self.pane.read_button, self.strip, *self.side.stops)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _plain(self, text: str, call: Callable[[], None]) -> Button:
        button = Button(self.look, text, "link")
        button.clicked.connect(lambda _checked=False: call())
        return button

    def _wire(self) -> None:
        self.list.picked.connect(self._place_picked)
        self.list.onward.connect(self.strip.setFocus)
        self.strip.picked.connect(self._page_picked)
        self.strip.opened.connect(lambda _row: self.pane.setFocus())
        self.strip.move_wished.connect(self._move_pages)
        self.strip.undo_wished.connect(self.arranger.undo)
        self.arranger.refused.connect(self._not_arranged)
        self.arranger.undone.connect(self._undone)
        self.pane.leafed.connect(self.strip.step)
        self.pane.turned.connect(self.strip.turn)
        self.flow.came.connect(self._load)
        self.flow.changed.connect(self._settle)
        self.side.saved.connect(self.keep)
        self.side.moved.connect(self.move_paper)
        self.side.dropped.connect(self.drop_paper)
        self.side.passed.connect(self.let_pass)
        self.side.form.changed.connect(self._settle)

    # -- what the frame asks

    def title(self) -> str:
        if self.bench is None or not self.bench.title:
            return _("Quét giấy tờ")
        return _("Quét giấy tờ: {what}").format(what=self.bench.title)

    def badge(self) -> str:
        if self.bench is None:
            return ""
        return self.bench.code or _("bản nháp")

    def badge_tone(self) -> str:
        return "accent" if self.bench is not None and self.bench.dossier else "quiet"

    def hints(self) -> Sequence[Hint]:
        return (
            Hint("Ctrl+Left", _("đổi chỗ trang")),
            Hint("M", _("chuyển trang")),
            Hint("R", _("xoay")),
            Hint("Space", _("gạch, khôi phục")),
            Hint("T", _("đọc chữ")),
            Hint("Esc", _("quay lại")),
        )

    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {
            "scan.next": lambda: self.scan(stack=False),
            "scan.stack": lambda: self.scan(stack=True),
            "scan.files": self.pick_files,
            "scan.camera": self.photograph,
            "scan.folder": self.take_folder,
            "scan.separators": self.print_separators,
            "scan.keep": self.keep,
            "scan.undo": self.arranger.undo,
            "scan.shelf": self.show_shelf,
            "scan.pass": self.let_pass,
            "scan.move": self.move_paper,
            "scan.drop": self.drop_paper,
        }

    def wished(self, **wish: Any) -> None:
        owner = Owner(wish.get("draft"), wish.get("dossier"))
        self._back = str(wish.get("back") or "")
        component, paper = wish.get("component", ""), str(wish.get("paper") or "")
        self._wanted = (component, paper) if component != "" or paper else None  # None is the tray
        if owner != self.owner:
            self.owner, self.bench = owner, None
            self._readings = {}
            self.arranger.begin()
            self.places.show([])
            self.model.clear()
            self.side.show_nothing()
        self._load()

    def activated(self) -> None:
        self._load()
        self._settle()
        if not self.isAncestorOf(QApplication.focusWidget() or self.window()):
            self.list.setFocus()

    def keepsake(self) -> dict[str, Any] | None:
        if self.flow.running or self.flow.backs:
            return None
        where = {"component": self.row.component, "paper": self.row.key[1]} if self.row is not None else {}
        return {"draft": self.owner.draft, "dossier": self.owner.dossier, "back": self._back, **where}

    def can_leave(self) -> bool:
        if not self.side.form.dirty or not self.side.paper:
            return True
        return self._describe()

    def refresh(self, changes: Mapping[str, frozenset[str]]) -> None:
        for document in changes.get("document_text", frozenset()) | changes.get("document", frozenset()):
            self._readings.pop(document, None)
        self._load()

    # -- reading

    def _load(self) -> None:
        ask = partial(self.desk.ask, then=self._here, or_else=self._gone, owner=self, key="bench")
        if self.owner.draft:
            ask(scanning.of_draft, self.owner.draft, clock.today())
        elif self.owner.dossier:
            ask(scanning.of_dossier, self.owner.dossier)
        else:
            self._say_empty()

    def _here(self, bench: Bench) -> None:
        if self.arranger.pending or (bench.draft, bench.dossier) != (self.owner.draft, self.owner.dossier):
            return  # what was read is older than what is shown; a newer reading is on its way
        head = self.bench is None or (self.bench.title, self.bench.code) != (bench.title, bench.code)
        first, self.bench = self.bench is None, bench
        self.places.show(rows_of(bench, papers.limit(bench.options)))
        if first or self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.list.choose(self._place_of(*wanted) if wanted is not None else self._first())
        again, self._back_again = self._back_again, ""
        page = next((each for each in bench.pages if each.id == again), None)
        if page is not None:
            self.list.choose(self.places.place(lambda row: row.component == page.component and row.paper is None))
        self._show_pages()
        if page is not None:
            self.strip.choose(self.model.place(page.id))
        if head:
            self.changed_head.emit()
        self._settle()

    def _place_of(self, component: str | None, paper: str) -> int:
        """The row of this paper, else of this component, else where one begins."""
        at = self.places.place(lambda row: bool(paper) and row.key[1] == paper)
        if at < 0:
            at = self.places.place(lambda row: row.component == component and row.paper is None)
        return at if at >= 0 else self._first()

    def _first(self) -> int:
        """The component to begin with: one that waits to be scanned, else the first."""
        assert self.bench is not None
        scanned = {paper.component for paper in self.bench.papers} | {page.component for page in self.bench.pages}
        later = {slot.key for slot in self.bench.slots if slot.scan_later} - scanned
        at = self.places.place(lambda row: row.component in later)
        return at if at >= 0 else max(0, self.places.place(lambda row: row.component is not TRAY))

    def _gone(self, broken: RuleBroken) -> None:
        if broken.code == "draft.received" and self.owner.draft:
            # Received while one was scanning for it: the pages are with the dossier now.
            self.desk.ask(scanning.home_of, self.owner.draft, None, then=self._moved_on, owner=self, key="home")
            return
        self.desk.tell(Level.WARNING, broken.code, **broken.details)

    def _moved_on(self, home: tuple[str | None, str | None] | None) -> None:
        if home is not None and home[1]:
            self.wished(dossier=home[1])

    # -- what is shown

    @property
    def row(self) -> PlaceRow | None:
        """The component, tray or paper that is marked."""
        return self.list.current

    def _place_picked(self, row: PlaceRow | None) -> None:
        if self.side.form.dirty and self.side.paper and (row is None or row.paper is None):
            self._describe()
        self._show_pages()
        self._settle()

    def _show_pages(self) -> None:
        row, bench = self.row, self.bench
        if row is None or bench is None:
            self.model.clear()
        elif row.paper is not None:
            self.model.show_paper(row.paper)
        else:
            self.model.show(bench.pages, row.component)
        self._page_picked(self.strip.current)

    def _page_picked(self, shown: Shown | None) -> None:
        place, total = self.strip.currentIndex().row() + 1, len(self.model.rows)
        if shown is None:
            self._say_empty()
        self.pane.show_page(shown, place, total)
        row = self.row
        if row is not None and row.paper is not None:
            self._show_paper(row.paper)
        elif shown is not None and self.bench is not None:
            later = (
                _("Số, ngày, nơi cấp ghi được sau khi lưu vào hồ sơ (Ctrl+S).")
                if self.bench.dossier
                else _("Các trang theo bản nháp và vào hồ sơ khi tiếp nhận.")
            )
            self.side.show_page(shown, place, total, kept_later=later)
        else:
            self.side.show_nothing()

    def _show_paper(self, paper: DocumentRow) -> None:
        if self.side.paper not in ("", paper.id) and self.side.form.dirty:
            self._describe()
        reading = self._readings.get(paper.id)
        self.side.show_paper(paper, reading.proposals if reading is not None else {})
        if paper.id not in self._readings:
            self._readings[paper.id] = None

            def here(found: Reading | None) -> None:
                self._readings[paper.id] = found
                if found is not None and self.side.paper == paper.id:
                    self.side.form.show_about(paper.id, self.side.form.shown, found.proposals)

            self.desk.ask(paper_queries.reading, paper.id, then=here, owner=self)

    def _say_empty(self) -> None:
        """What a place without pages says, and what to do then."""
        row = self.row
        if not self.owner.draft and not self.owner.dossier:
            self.empty.say(
                _("Chưa chọn hồ sơ"), _("Ở màn hình Tiếp nhận hoặc Hồ sơ, chọn giấy tờ cần quét rồi nhấn F6.")
            )
        elif not self.flow.ready:
            text = _("Máy này chưa có máy quét: Alt+C mở Cài đặt, mục Quét giấy tờ. Ctrl+O vẫn nhận được tệp.")
            self.empty.say(_("Chưa có trang nào"), text)
        elif row is not None and row.component is TRAY:
            text = _("Shift+F6 quét cả xấp có tờ phân cách; trang không biết của giấy tờ nào sẽ nằm ở đây.")
            self.empty.say(_("Chưa có trang nào chưa phân loại"), text)
        else:
            text = _("Đặt giấy vào máy quét rồi nhấn F6. Ctrl+O chọn tệp, hoặc kéo tệp thả vào đây.")
            self.empty.say(_("Chưa có trang nào"), text)

    def _settle(self) -> None:
        """Which commands have something to do now."""
        commands, bench, row = self.counter.commands, self.bench, self.row
        there = bench is not None
        idle = there and not self.flow.running
        for key in ("scan.next", "scan.stack", "scan.files"):
            commands.enable(key, idle)
        commands.enable("scan.camera", there)
        commands.enable("scan.folder", idle)
        commands.enable("scan.separators", there)
        waiting = there and any(page.component is not TRAY and not page.removed for page in bench.pages)
        dirty = bool(self.side.paper) and self.side.form.dirty
        commands.enable("scan.keep", dirty or bool(waiting and bench.dossier))
        commands.enable("scan.undo", there)
        commands.enable("scan.shelf", there and bool(bench.owner and bench.dossier) and row is not None)
        commands.enable("scan.pass", self._passable() is not None)
        for key in ("scan.move", "scan.drop"):
            commands.enable(key, row is not None and row.paper is not None)
        if bench is not None and idle and all(page.component is not TRAY or page.removed for page in bench.pages):
            self.flow.all_sorted()
        show_if(self.next_button, not self.flow.running)
        show_if(self.stop_button, self.flow.running)
        backs = self.flow.backs
        text = _("Lật cả {count} tờ, đặt lại vào khay rồi nhấn F6 quét mặt sau.").format(count=backs) if backs else ""
        self.turn_over.say(text)
        show_if(self.keep_button, not there or bool(bench.dossier))

    # -- scanning

    def scan(self, *, stack: bool) -> None:
        """F6: into the component that is marked. Shift+F6: a mixed stack, sorted by its separators."""
        row = self.row
        component = row.component if row is not None and not stack else TRAY
        title = row.title if row is not None and row.paper is None and not stack else ""
        self.flow.scan(self.owner, component, title, stack=stack, whose=self._whose)
        self._settle()

    def photograph(self) -> None:
        """Ctrl+F6: page after page from the camera into the component that is marked."""
        row = self.row
        component, name = (row.component, row.title) if row is not None else (TRAY, tray_name())
        if self.sheet is None:
            strip = PageStrip(self.look, self.model, self.images, small=True)
            strip.undo_wished.connect(self.arranger.undo)
            self.sheet = CameraSheet(self.counter, self, strip)
        take = partial(self.flow.take, self.owner, component, name, whose=self._whose)
        self.sheet.take_pages(_("Chụp vào “{paper}”").format(paper=name), take)

    @property
    def _whose(self) -> str:
        return self.bench.title if self.bench is not None else ""

    def pick_files(self) -> None:
        """Ctrl+O."""
        self.notices.pick_files(_("Chọn tệp giấy tờ"), kinds(), self._bring)

    def take_folder(self) -> None:
        """Ctrl+Shift+O: the new files of the watched folder into the component that is marked."""
        take_new(self.counter, lambda files, after: self._bring(files, source=Source.FOLDER, after=after))

    def _bring(
        self,
        files: Sequence[Path],
        row: PlaceRow | None = None,
        source: Source = Source.FILE,
        after: Callable[[Outcome], None] | None = None,
    ) -> None:
        to = row or self.row
        component = to.component if to is not None else TRAY
        title = to.title if to is not None else ""
        self.flow.bring(self.owner, component, title, files, source, after, whose=self._whose)
        self._settle()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.bench is not None and dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        row = None
        place = event.position().toPoint()
        if self.list.geometry().contains(self.list.parentWidget().mapFrom(self, place)):
            row = self.list.row_at(self.list.mapFrom(self, place))
        event.acceptProposedAction()
        self._bring(dropped(event), row)

    def print_separators(self) -> None:
        """Ctrl+Shift+P: a sheet for each component, so that a mixed stack sorts itself."""
        if self._separators is None:
            self._separators = SeparatorPrint(self.counter, self)
        self._separators.print(self.owner)

    # -- keeping

    def keep(self) -> None:
        """Ctrl+S: the particulars that were changed, and the pages on their way, into the dossier. What is not fit
        stays, named; the rest goes in."""
        bench = self.bench
        if bench is None or (self.side.paper and self.side.form.dirty and not self._describe()):
            return
        if bench.dossier is None:
            self.desk.tell(Level.NOTE, "scan.with-draft")
            return
        most = papers.limit(bench.options)
        with_pages = {page.component for page in bench.pages if not page.removed and page.component is not TRAY}
        slots = [slot for slot in bench.slots if slot.key in with_pages]
        faults = [fault for slot in slots for fault in faults_of(bench, slot, most)]
        broken = {fault.component for fault in faults}
        fit = [slot for slot in slots if slot.name not in broken]
        try:
            rules.demand_fit(faults)
        except RuleBroken as unfit:
            self.desk.bus.tell(Notice(Level.WARNING, unfit.code, unfit.details, "scan.keep"))
        made: list[str] = []
        for slot in fit:
            last = partial(self._kept, made, slot is fit[-1])
            self.desk.do(papers.keep, KeepForm(bench.dossier, slot.key, most), then=last, owner=self)

    def _kept(self, made: list[str], last: bool, ids: list[str]) -> None:
        made += ids
        if last and made:
            self.desk.bus.tell(Notice(Level.GOOD, "scan.kept", {"count": len(made)}, "scan.kept"))

    def _describe(self) -> bool:
        """Keep the particulars that were changed; False when they cannot be kept as they stand."""
        form = self.side.form
        about, paper = form.check(), form.paper
        if about is None:
            return False
        form.kept(about)
        self.desk.do(
            paper_changes.describe,
            DescribeForm(paper, about),
            then=lambda _none: self._described(),
            or_else=partial(self._not_described, paper),
            owner=self,
        )
        self._settle()
        return True

    def _described(self) -> None:
        self.desk.bus.tell(Notice(Level.GOOD, "scan.described", {}, "scan.kept"))

    def _not_described(self, paper: str, broken: RuleBroken) -> None:
        if self.side.paper == paper:
            self.side.form.refuse(broken)
        else:
            self.desk.tell(Level.WARNING, broken.code, **broken.details)

    # -- moving, taking off, letting in, taking from the shelf

    def _slots(self) -> tuple[Slot, ...]:
        return self.bench.slots if self.bench is not None else ()

    def _move_pages(self, rows: list[int]) -> None:
        """M in the strip."""
        if self.model.paper is not None:
            self.move_paper()
            return

        def go(component: str | None) -> None:
            self.model.send(rows, component)
            self.strip.setFocus()

        self.deeds.ask_place([self.model.rows[at] for at in rows], self._slots(), self.model.component, go)

    def move_paper(self) -> None:
        """Put the paper that is marked under another component."""
        paper = self._paper()
        if paper is not None:
            self.deeds.move(paper, self._slots(), self._follow)

    def _follow(self, component: str, paper: str) -> None:
        self._wanted = (component, paper)

    def drop_paper(self) -> None:
        """Take the paper that is marked off the dossier, with a reason."""
        paper = self._paper()
        if paper is not None:
            self.deeds.drop(paper)

    def _paper(self) -> DocumentRow | None:
        return self.row.paper if self.row is not None else None

    def _passable(self) -> Shown | None:
        shown = self.strip.current
        return shown if shown is not None and shown.faults and self.model.paper is None else None

    def let_pass(self) -> None:
        """A supervisor's word: the page that is marked comes in as it is, with a reason."""
        shown = self._passable()
        if shown is not None:
            self.deeds.let_pass(shown.id)

    def show_shelf(self) -> None:
        """F4: what the owner has handed in before."""
        row = self.row
        if self.bench is not None and row is not None and row.component is not TRAY:
            name = next((slot.name for slot in self.bench.slots if slot.key == row.component), row.title)
            self.deeds.reuse(self.bench, row.component, name)

    # -- what the store answered

    def _not_arranged(self, sentence: str) -> None:
        self.desk.tell(Level.WARNING, "scan.not-arranged", why=sentence)
        self._load()

    def _undone(self, ids: list[str]) -> None:
        """Show the page that came back, wherever it is now."""
        self._back_again = ids[0] if ids else ""
        self._load()

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.flow.running:
            self.flow.stop()
        else:
            self.leave()

    def leave(self) -> None:
        """Esc: back to where one came from."""
        if self._back:
            self.go(self._back)
        elif self.owner.draft:
            self.go("receive", draft=self.owner.draft)
        elif self.owner.dossier:
            self.go("dossiers", dossier=self.owner.dossier)
        else:
            self.go("home")
