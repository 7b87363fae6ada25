"""What is done with a page or a paper over a small sheet: moved, taken off, let in, taken from the shelf."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from desktop.bus import Level, Notice, Offer
from desktop.jobs import Report
from desktop.models.pages import Picture, Shown
from desktop.views.page_images import PageImages
from desktop.views.paper_sheets import WordSheet
from desktop.views.place_sheet import PlaceSheet
from desktop.views.screen import Counter
from desktop.views.shelf import ShelfSheet
from onestop.actions import pages, paper_changes, papers
from onestop.actions.pages import PassForm
from onestop.actions.paper_changes import DropForm, MoveForm
from onestop.actions.papers import ReuseForm
from onestop.queries.papers import DocumentRow
from onestop.queries.scanning import Bench, Slot
from onestop.rules.errors import RuleBroken, Trouble
from onestop.rules.papers import TRAY
from onestop.rules.roles import Permission
from onestop.texts import N_, _

log = logging.getLogger(__name__)

KEPT = "scan.kept"
"""Of notices about papers that were kept or changed: the newest takes the place of the one before."""


class PaperDeeds(QObject):
    """One for a screen; its sheets are made when they are first asked for and lie over the screen's window."""

    def __init__(self, counter: Counter, images: PageImages, screen: QWidget) -> None:
        super().__init__(screen)
        self._counter, self._desk, self._look = counter, counter.desk, counter.look
        self._images, self._screen = images, screen
        self.places: PlaceSheet | None = None
        self.word: WordSheet | None = None
        self.shelf: ShelfSheet | None = None

    # -- where to

    def _place_sheet(self) -> PlaceSheet:
        if self.places is None:
            self.places = PlaceSheet(self._look, self._screen.window())
        return self.places

    def ask_place(
        self,
        pages: Sequence[Shown],
        slots: Sequence[Slot],
        here: str | None,
        then: Callable[[str | None], None],
    ) -> None:
        """Which component these pages go to; the tray too, where they do not come from there. What the words of the
        first page speak for is proposed as soon as they are read."""
        title = _("Chuyển {count} trang sang").format(count=len(pages))
        sheet = self._place_sheet()
        sheet.pick(title, slots, then, tray=here is not TRAY, besides=here)
        work = getattr(self._counter.service, "pagework", None)
        if work is None or not pages or self._counter.settings.get("read_papers") == "no":
            return
        names = [slot.name for slot in slots]
        ticket = self._desk.run(
            guessed,
            work,
            pages[0].picture,
            names,
            then=lambda found: sheet.propose(found.index, round(100 * found.sure)) if found is not None else None,
            or_else=lambda _broken: None,
            owner=sheet,
        )
        sheet.closed.connect(ticket.cancel, Qt.ConnectionType.SingleShotConnection)

    def move(self, paper: DocumentRow, slots: Sequence[Slot], follow: Callable[[str, str], None]) -> None:
        """Put a paper under another component; `follow(component, paper)` before it is done."""

        def go(component: str) -> None:
            follow(component, paper.id)
            self._desk.do(paper_changes.move, MoveForm(paper.id, component), owner=self)

        title = _("Chuyển “{title}” sang").format(title=paper.about.title)
        self._place_sheet().pick(title, slots, go, tray=False, besides=paper.component)

    # -- with a reason

    def _word_sheet(self) -> WordSheet:
        if self.word is None:
            self.word = WordSheet(self._look, self._screen.window())
        return self.word

    def drop(self, paper: DocumentRow) -> None:
        """Take a paper off its dossier; the notice can take that back."""
        sheet = self._word_sheet()

        def dropped(_none: None) -> None:
            back = Offer(N_("Hoàn tác"), lambda: self._put_back(paper.id))
            details = {"title": paper.about.title}
            self._desk.bus.tell(Notice(Level.NOTE, "scan.dropped", details, KEPT, (back,)))

        def go(reason: str, _login: str, _password: str) -> None:
            sheet.put_away()
            self._desk.do(paper_changes.drop, DropForm(paper.id, reason), then=dropped, owner=self)

        title = _("Bỏ “{title}” ra khỏi hồ sơ").format(title=paper.about.title)
        sheet.ask(title, _("Giấy tờ được giữ cùng lý do, không bị xóa."), _("Bỏ giấy tờ"), go)

    def _put_back(self, paper: str) -> None:
        self._desk.do(paper_changes.drop, DropForm(paper, None), owner=self)

    def let_pass(self, page: str) -> None:
        """A supervisor's word for a page; where another clerk is at the desk, with the supervisor's own log-in."""
        sheet = self._word_sheet()
        own = self._counter.commands.may(Permission.PASS_PAPER)

        def answered(code: str) -> None:
            if code:
                sheet.refuse(code)
            else:
                sheet.put_away()
                self._desk.bus.tell(Notice(Level.GOOD, "scan.passed", {}, KEPT))

        def refused(broken: RuleBroken) -> None:
            if broken.code == "permission.missing":
                sheet.refuse("scan.not-a-supervisor")
            else:
                sheet.put_away()
                self._desk.tell(Level.WARNING, broken.code, **broken.details)

        def go(reason: str, login: str, password: str) -> None:
            form = PassForm((page,), reason, "" if own else login, password)
            self._desk.do(pages.let_pass, form, then=answered, or_else=refused, owner=self)

        about = _("Phụ trách chịu trách nhiệm về việc nhận trang này; lý do được giữ cùng giấy tờ.")
        sheet.ask(_("Cho nhận trang này như nó có"), about, _("Cho qua"), go, log_in=not own)

    # -- the shelf

    def shelf_sheet(self) -> ShelfSheet:
        """The sheet with the owner's own papers."""
        if self.shelf is None:
            self.shelf = ShelfSheet(self._look, self._desk, self._images, self._screen.window())
        return self.shelf

    def reuse(self, bench: Bench, component: str | None, name: str) -> None:
        """Let a paper of the owner's shelf be picked for a component of a dossier that is there."""
        dossier = bench.dossier
        if dossier is None or component is None or not bench.owner:
            return

        def take(paper: DocumentRow) -> None:
            told = Notice(Level.GOOD, "scan.reused", {"title": paper.about.title}, KEPT)
            form = ReuseForm(dossier, component, paper.id)
            self._desk.do(papers.reuse_in, form, then=lambda _id: self._desk.bus.tell(told), owner=self)

        here = {paper.id for paper in bench.papers} | {paper.reused_from for paper in bench.papers if paper.reused_from}
        self.shelf_sheet().open_for(bench.owner, bench.owner_name, name, take, besides=here)


def guessed(report: Report, work: Any, picture: Picture, names: Sequence[str]) -> Any:
    """In a worker: the component that the words of a page speak for (its place in `names`, how sure), None for none."""
    try:
        found = work.guess(picture.blob, picture.turn, names, lambda: report.cancelled)
    except (RuleBroken, Trouble) as trouble:
        log.info("a page could not be read for a proposal: %s", trouble.code)
        return None
    return found[0] if found else None
