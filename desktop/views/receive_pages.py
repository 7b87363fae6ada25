"""Pages of the dossier that is being taken in: under the checklist a strip of them, beside the form the page itself.

Made when the first page is wanted; until then nothing of scanning is loaded at the counter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.bus import Level, Notice
from desktop.models import page_words
from desktop.models.components import Papers
from desktop.models.pages import PagesModel, Shown
from desktop.models.scan_places import tray_name
from desktop.scanning import Outcome
from desktop.views.boxes import Card, Note
from desktop.views.buttons import Button
from desktop.views.camera_sheet import CameraSheet
from desktop.views.checklist_keys import key_words
from desktop.views.checklist_row import short_name
from desktop.views.files import kinds
from desktop.views.filling import Filling
from desktop.views.folder_watch import take_new
from desktop.views.laying import across, down, show_if
from desktop.views.page_arranging import Arranger
from desktop.views.page_images import PageImages
from desktop.views.page_pane import PagePane
from desktop.views.page_strip import PageStrip
from desktop.views.paper_deeds import PaperDeeds
from desktop.views.receive_drafts import DraftKeeper
from desktop.views.receive_papers import PapersPanel
from desktop.views.scan_flow import ScanFlow
from desktop.views.screen import Counter
from desktop.views.separator_print import SeparatorPrint
from desktop.views.standing import EmptyState
from desktop.views.wording import Words
from onestop.actions import papers as actions
from onestop.actions.pages import Owner
from onestop.queries import papers
from onestop.queries.papers import DocumentRow, PageRow
from onestop.queries.scanning import Slot
from onestop.rules import papers as rules
from onestop.rules.intake import Line, Status
from onestop.rules.papers import TRAY, Fault, Source, component_key
from onestop.texts import _

if TYPE_CHECKING:
    from desktop.views.receive import ReceiveScreen


def key_of(line: Line) -> str:
    """How pages name the component of a row."""
    return component_key(line.asked.key if line.asked else "", line.name)


class ReceivePages(QWidget):
    """`scan(stack=…)`, `photograph()`, `pick_files()`, `bring(files, row)`, `load()`. `changed` whenever what keeps
    papers out, or whether a scan is running, may have changed; `viewing(bool)` when the page beside the form is opened
    or closed."""

    changed = Signal()
    viewing = Signal(bool)

    def __init__(
        self, counter: Counter, filling: Filling, keeper: DraftKeeper, panel: PapersPanel, screen: ReceiveScreen
    ) -> None:
        super().__init__()
        look, desk, service = counter.look, counter.desk, counter.service
        self._counter, self._desk, self._screen = counter, desk, screen
        self._filling, self._keeper, self._panel = filling, keeper, panel
        self._office = getattr(service, "office", None)
        work = getattr(service, "pagework", None)
        self._rows: tuple[PageRow, ...] = ()
        self._draft = ""
        self._tray = False
        self._as = Status.OK
        self.faults: dict[str, tuple[Fault, ...]] = {}
        self.flow = ScanFlow(counter, self, self._seen, strip=True)
        self.images = PageImages(desk, self._office, work, self)
        self.model = PagesModel(self)
        self.strip = PageStrip(look, self.model, self.images, small=True)
        self.arranger = Arranger(desk, self.model, self)
        self.deeds = PaperDeeds(counter, self.images, screen)
        self._separators: SeparatorPrint | None = None
        self.sheet: CameraSheet | None = None
        self.pane = PagePane(look, desk, self.images, work, EmptyState(look, "scan-line", ""))
        self.beside = Card(look, padding="s")
        """The page beside the form."""
        self.beside.add_wide(self.pane, 1)
        self.beside.hide()
        self.title = Words(look, tone="quiet", strong=True, elide=True)
        self.tray = Button(look, "", "link")
        self.tray.clicked.connect(lambda _checked=False: self.show_tray(on=not self._tray))
        self.passing = Button(look, _("Cho qua"), "link")
        self.passing.clicked.connect(lambda _checked=False: self.let_pass())
        self.stop_button = Button(look, _("Dừng quét"), "link", key="Esc")
        self.stop_button.clicked.connect(self.flow.stop)
        blank_backs = Button(look, _("Mặt sau không có gì"), "link")
        blank_backs.clicked.connect(lambda _checked=False: self.flow.leave_backs())
        self.turn_over = Note(look, "", "accent", blank_backs)
        self.turn_over.hide()
        self.way_in = key_words(look, "T", _("xem, sắp xếp"))
        self.strip.installEventFilter(self)
        head = across(look, (self.title, 1), self.way_in, self.passing, self.tray, self.stop_button, gap="s")
        self.setLayout(down(look, self.turn_over, head, self.strip, gap="xs"))
        self.hide()
        self._wire()

    def _wire(self) -> None:
        self.strip.picked.connect(self._picked)
        self.strip.opened.connect(lambda _row: self.view(on=True))
        self.strip.move_wished.connect(self._move)
        self.strip.undo_wished.connect(self.arranger.undo)
        self.arranger.refused.connect(self._not_arranged)
        self.arranger.undone.connect(lambda _ids: self.load())
        self.pane.leafed.connect(self.strip.step)
        self.pane.turned.connect(self.strip.turn)
        self.flow.came.connect(self.load)
        self.flow.changed.connect(self._settle)
        self.flow.over.connect(self._mark)
        self._panel.list.selectionModel().currentChanged.connect(lambda _new, _old: self._row_picked())
        self._filling.begun.connect(self._begin_afresh)
        self._filling.papers_changed.connect(self._show)

    # -- what is there

    @property
    def running(self) -> bool:
        """Is a scan under way?"""
        return self.flow.running

    @property
    def coming(self) -> bool:
        """Is one under way whose pages belong to this dossier? Another may have been begun for the one before."""
        return self.flow.owner == Owner(draft=self._filling.draft)

    def _seen(self) -> Owner | None:
        return Owner(draft=self._filling.draft) if self._screen.isVisible() else None

    def load(self) -> None:
        """Read the pages of the draft anew."""
        draft = self._filling.draft
        if self._screen.taken is None:
            self._desk.ask(
                papers.pages, draft=draft, then=lambda rows: self._here(draft, rows), owner=self, key="pages"
            )

    def _here(self, draft: str, rows: tuple[PageRow, ...]) -> None:
        if draft != self._filling.draft or self.arranger.pending or self._screen.taken is not None:
            return  # another dossier, or what was read is older than what is shown
        if draft != self._draft:
            self._draft = draft
            self.arranger.begin()
        self._rows = rows
        self._show()

    def _begin_afresh(self) -> None:
        self._draft, self._rows, self._tray = "", (), False
        self.arranger.begin()
        self.flow.leave_backs()
        if self.sheet is not None:
            self.sheet.put_away()
        self.view(on=False)
        self._show()

    def _lines(self) -> list[Line]:
        return [row.line for row in self._panel.model.rows]

    def _slots(self) -> tuple[Slot, ...]:
        return tuple(Slot(key_of(line), line.name) for line in self._lines())

    def _of(self, component: str | None) -> list[PageRow]:
        return [row for row in self._rows if row.component == component and not row.removed]

    def _unsorted(self) -> list[PageRow]:
        """Pages of the tray, and those of a paper that this procedure does not ask for."""
        known = {key_of(line) for line in self._lines()}
        return [row for row in self._rows if not row.removed and row.component not in known]

    def _show(self) -> None:
        """Say it in the checklist, and show the pages of the row that is marked."""
        most = actions.limit(self._office.row.options) if self._office is not None else None
        self.faults = {}
        told: dict[str, Papers] = {}
        for line in self._lines():
            pages = self._of(key_of(line))
            if pages:
                found = rules.faults_of(line.name, [page_words.facts(row) for row in pages], most)
                if found:
                    self.faults[key_of(line)] = found
                said = tuple(page_words.fault(each.remark) for each in found)
                told[key_of(line)] = Papers(page_words.count(pages), said)
        self._panel.model.show_pages(told)
        self._show_row()
        self.changed.emit()

    @property
    def component(self) -> str | None:
        """The component whose pages are shown."""
        line = self._line()
        return TRAY if self._tray or line is None else key_of(line)

    def _line(self) -> Line | None:
        at = self._panel.list.currentIndex().row()
        rows = self._panel.model.rows
        return rows[at].line if 0 <= at < len(rows) else None

    def _row_picked(self) -> None:
        self._tray = False
        self._show_row()

    def _show_row(self) -> None:
        unsorted = self._unsorted()
        self._tray = self._tray and bool(unsorted)
        if not unsorted and not self.flow.running:
            self.flow.all_sorted()
        if self.component is TRAY:
            # What stands under a paper that is not asked for any more is shown in the tray too, and moved from there.
            self.model.show(unsorted, unsorted[0].component if unsorted else TRAY)
        else:
            self.model.show(self._rows, self.component)
        self._settle()

    def _settle(self) -> None:
        line, unsorted = self._line(), self._unsorted()
        name = tray_name() if self.component is TRAY or line is None else short_name(line.name)
        backs = self.flow.backs
        elsewhere = self.flow.running and not self.coming and not self.model.rows
        of_it = _("Trang của {paper}").format(paper=name) if self.component is not TRAY else name
        self.title.say(_("Đang quét cho hồ sơ khác") if elsewhere else of_it)
        tray = _("Chưa phân loại: {count} trang").format(count=len(unsorted))
        self.tray.say(_("Về giấy tờ đang chọn") if self._tray else tray)
        show_if(self.tray, bool(unsorted) and line is not None)
        show_if(self.passing, bool(self.strip.current and self.strip.current.faults))
        show_if(self.stop_button, self.flow.running)
        text = _("Lật cả {count} tờ, đặt lại vào khay rồi nhấn F6 quét mặt sau.").format(count=backs) if backs else ""
        self.turn_over.say(text)
        some = bool(self.model.rows)
        show_if(self.strip, some)
        show_if(self.way_in, some and not self.strip.hasFocus())
        show_if(self, some or bool(unsorted) or self.flow.running or bool(backs))
        self.changed.emit()

    def _picked(self, shown: Shown | None) -> None:
        self.pane.show_page(shown, self.strip.currentIndex().row() + 1, len(self.model.rows))
        if shown is None:
            self.view(on=False)
        show_if(self.passing, bool(shown and shown.faults))

    # -- scanning

    def scan(self, *, stack: bool) -> None:
        """F6: into the row that is marked; Shift+F6: a mixed stack, sorted by its separators."""
        line = self._line()
        component = TRAY if stack or line is None else key_of(line)
        title = "" if stack or line is None else short_name(line.name)
        # What the clerk holds in his hand for this row he has seen; what a stack brings nobody has looked at yet.
        self._as = Status.UNCHECKED if stack else Status.OK
        whose = self._filling.title
        self._with_draft(lambda owner: self.flow.scan(owner, component, title, stack=stack, whose=whose))

    def photograph(self) -> None:
        """Ctrl+F6: page after page from the camera into the row that is marked."""
        line = self._line()
        component = TRAY if line is None else key_of(line)
        name = tray_name() if line is None else short_name(line.name)
        self._as = Status.OK
        self._with_draft(lambda owner: self._look(owner, component, name))

    def _look(self, owner: Owner, component: str | None, name: str) -> None:
        if self.sheet is None:
            strip = PageStrip(self._counter.look, self.model, self.images, small=True)
            strip.undo_wished.connect(self.arranger.undo)
            self.sheet = CameraSheet(self._counter, self._screen, strip)
        take = partial(self.flow.take, owner, component, name, whose=self._filling.title)
        self.sheet.take_pages(_("Chụp vào “{paper}”").format(paper=name), take)

    def pick_files(self) -> None:
        """Ctrl+O."""
        self._screen.notices.pick_files(_("Chọn tệp giấy tờ"), kinds(), self.bring)

    def take_folder(self) -> None:
        """Ctrl+Shift+O: the new files of the watched folder into the row that is marked."""
        take_new(self._counter, lambda files, after: self.bring(files, source=Source.FOLDER, after=after))

    def bring(
        self,
        files: Sequence[Path],
        row: int = -1,
        source: Source = Source.FILE,
        after: Callable[[Outcome], None] | None = None,
    ) -> None:
        """Take files into the row that is marked, or the one they were dropped on."""
        rows = self._panel.model.rows
        line = rows[row].line if 0 <= row < len(rows) else self._line()
        component = TRAY if line is None else key_of(line)
        title = short_name(line.name) if line is not None else ""
        self._as = Status.OK
        whose = self._filling.title
        self._with_draft(lambda owner: self.flow.bring(owner, component, title, files, source, after, whose=whose))

    def _with_draft(self, then: Callable[[Owner], None]) -> None:
        """Pages belong to a draft that is written: after a crash it is there, and they with it."""
        draft = self._filling.draft

        def written() -> None:
            if draft == self._filling.draft and self._screen.taken is None:
                then(Owner(draft=draft))

        self._keeper.keep_now(then=written, anyway=True)

    def _mark(self, outcome: Outcome) -> None:
        """Pages have come for a paper: it was handed in, and is not to be scanned later any more."""
        here = {each.component for each in outcome.came if each.owner.draft == self._filling.draft}
        self._panel.model.pages_came({key for key in here if key is not TRAY}, self._as)

    def print_separators(self) -> None:
        """Ctrl+Shift+P: a sheet for each paper, so that a mixed stack sorts itself."""
        if self._separators is None:
            self._separators = SeparatorPrint(self._counter, self._screen)
        self._with_draft(self._separators.print)

    # -- arranging

    def _move(self, rows: list[int]) -> None:
        def go(component: str | None) -> None:
            self.model.send(rows, component)
            self.strip.setFocus()
            if component is not TRAY:
                self._panel.model.pages_came({component}, Status.OK)

        self.deeds.ask_place([self.model.rows[at] for at in rows], self._slots(), self.model.component, go)

    @property
    def marked(self) -> Shown | None:
        """The page that is marked, where the focus is among pages."""
        focused = QApplication.focusWidget()
        here = focused is not None and (focused is self.strip or self.pane.isAncestorOf(focused))
        return self.strip.current if here else None

    def let_pass(self) -> None:
        """A supervisor's word for the page that is marked."""
        shown = self.strip.current
        if shown is not None and shown.faults:
            self.deeds.let_pass(shown.id)

    def _not_arranged(self, sentence: str) -> None:
        self._desk.tell(Level.WARNING, "scan.not-arranged", why=sentence)
        self.load()

    def show_tray(self, *, on: bool) -> None:
        """The pages that nobody has sorted yet, or those of the row that is marked."""
        self._tray = on
        self._show_row()
        if on:
            self.strip.setFocus()

    def begin(self) -> None:
        """T in the checklist: to the pages of this row, else to those that nobody has sorted yet."""
        if not self.model.rows:
            self.show_tray(on=True)
        else:
            self.strip.setFocus()

    # -- the shelf

    def show_shelf(self) -> None:
        """K: what the owner has handed in before, to be used for the row that is marked."""
        owner, line = self._filling.real_owner, self._line()
        if owner is None or line is None:
            self._desk.tell(Level.NOTE, "scan.shelf-of-nobody")
            return
        if owner.known is None:
            self._desk.tell(Level.NOTE, "scan.shelf-of-new", name=owner.name)
            return
        row = self._panel.list.currentIndex().row()

        def take(paper: DocumentRow) -> None:
            self._panel.model.reuse(row, paper.id)
            details = {"title": paper.about.title}
            self._desk.bus.tell(Notice(Level.GOOD, "scan.reused", details, "scan.kept"))

        besides = {each.line.given.reused for each in self._panel.model.rows if each.line.given}
        sheet = self.deeds.shelf_sheet()
        sheet.open_for(owner.known.id, owner.name, short_name(line.name), take, besides=besides)

    # -- the page beside the form

    def view(self, *, on: bool) -> None:
        """Open or close the page beside the form."""
        if on == self.beside.isVisible():
            return
        focused = QApplication.focusWidget()
        within = focused is not None and self.pane.isAncestorOf(focused)
        self.viewing.emit(on)
        if on:
            self.pane.setFocus()
        elif within:
            self.strip.setFocus()

    def put_away(self) -> bool:
        """Esc: stop the scan, else close the page, else back to the checklist; False where there is nothing of it."""
        if self.flow.running:
            self.flow.stop()
        elif self.beside.isVisible():
            self.view(on=False)
        elif self.strip.hasFocus():
            self._panel.list.setFocus()
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.strip and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            show_if(self.way_in, bool(self.model.rows) and event.type() == QEvent.Type.FocusOut)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or not self.put_away():
            super().keyPressEvent(event)
