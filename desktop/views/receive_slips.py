"""Before a dossier is received: the slip of what it lacks, the refusal, and the receipt as it would be, big, for the
citizen to read before a number is used."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.bus import Level, Notice
from desktop.views.draft_view import DraftView
from desktop.views.filling import SLIPS, Filling
from desktop.views.rate_flow import RateFlow
from desktop.views.reason import ReasonSheet
from desktop.views.receive_drafts import DraftKeeper
from desktop.views.screen import Screen
from onestop.actions import intakes
from onestop.actions.intakes import IntakeForm, IntakeMade
from onestop.queries import reception
from onestop.queries.letters import LetterOptions
from onestop.rules.dossier import Move
from onestop.rules.letters import FormKey
from onestop.texts import _


class Slips(QObject):
    """`ready`: whether there is somebody and something, and nothing else under way; where not, it says so itself.
    `made`: a slip is safe on disk and printed. `refused(broken)`: the rules said no."""

    made = Signal()
    refused = Signal(object)

    def __init__(self, screen: Screen, filling: Filling, keeper: DraftKeeper, ready: Callable[[], bool]) -> None:
        super().__init__(screen)
        self._screen = screen
        self._filling = filling
        self._keeper = keeper
        self._ready = ready
        self._rating = RateFlow(screen.counter, screen)
        self.busy = False
        self.draft_view: DraftView | None = None
        self.reason: ReasonSheet | None = None

    def put_away(self) -> None:
        """Another dossier: what lies over the screen is about the one before."""
        for sheet in (self.draft_view, self.reason):
            if sheet is not None:
                sheet.put_away()

    def ask_supplement(self, *, lacks: bool) -> None:
        """F7: PHIẾU YÊU CẦU BỔ SUNG for what the checklist lacks (`lacks`); nothing lacking there, it is asked for in
        words."""
        if not self._ready():
            return
        if lacks or any(each.status == "bad" and each.reason for each in self._filling.components):
            self._make("supplement", "", ())
            return
        self._asker().ask(
            _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
            _("Theo danh mục thì không thiếu giấy tờ nào. Ghi nội dung cần bổ sung, mỗi dòng một nội dung."),
            _("Nội dung cần bổ sung"),
            *self._words_of("supplement"),
            lambda text: self._make("supplement", "", tuple(text.splitlines())),
        )

    def ask_refusal(self) -> None:
        """Phiếu từ chối tiếp nhận (Mẫu 03): the reason in words, no dossier code."""
        if not self._ready():
            return
        self._asker().ask(
            _("Từ chối tiếp nhận hồ sơ"),
            self._filling.title,
            _("Lý do từ chối"),
            *self._words_of("refusal"),
            lambda text: self._make("refusal", text, ()),
        )

    def _words_of(self, slip: str) -> tuple[str, Callable[[str], None]]:
        """What was written for a slip of this dossier so far, and where it is kept."""
        filling = self._filling

        def keep(text: str) -> None:
            filling.leave(SLIPS, {**filling.unfinished.get(SLIPS, {}), slip: text})

        return filling.unfinished.get(SLIPS, {}).get(slip, ""), keep

    def _asker(self) -> ReasonSheet:
        if self.reason is None:
            self.reason = ReasonSheet(self._screen.look, self._screen.window())
        return self.reason

    def _make(self, kind: str, reason: str, items: tuple[str, ...]) -> None:
        if not self._ready():
            return
        self.busy = True
        form, desk = self._filling.form(), self._screen.desk

        def ended() -> None:
            self.busy = False

        def not_kept() -> None:
            if self._keeper.failed:
                self.busy = False

        def made(done: IntakeMade) -> None:
            self._keeper.stop()
            code = f"receive.{kind}-made"
            details = {"number": done.number, "slip": done.code}
            offers = self._rating.offers(Move.REFUSE, done.id) if kind == FormKey.REFUSAL else ()
            desk.bus.tell(Notice(Level.GOOD, code, details, offers=offers))
            self._screen.counter.service.prints.print(FormKey(kind), done.id)
            self.made.emit()

        def make() -> None:
            wish = IntakeForm(kind, form, items, reason)
            desk.do(intakes.make, wish, then=made, or_else=self.refused.emit, always=ended, owner=self)

        self._keeper.keep_now(then=make, ended=not_kept)

    def show_draft(self) -> None:
        """F8: the receipt as it would be; again: put away."""
        if self.draft_view is not None and self.draft_view.isVisible():
            self.draft_view.put_away()
            return
        if not self._ready():
            return
        screen = self._screen
        clerk = screen.counter.clerk()
        if self.draft_view is None:
            self.draft_view = DraftView(screen.look, screen.window())
        screen.desk.ask(
            reception.preview,
            self._filling.form(),
            self._filling.at,
            clerk.name if clerk else "",
            LetterOptions.chosen(screen.settings.get),
            then=self.draft_view.show_letter,
            or_else=self.refused.emit,
            owner=self,
            key="draft-view",
        )
