"""What is done with a dossier beside its moves: what was typed is corrected, a citizen is asked what he thinks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject

from desktop.bus import Level, Notice, Offer
from desktop.views.correct_sheet import CorrectSheet
from desktop.views.rate_flow import RateFlow
from desktop.views.screen import Counter, Screen
from desktop.views.slip_sheet import SlipSheet
from onestop.actions import correcting
from onestop.actions.correcting import Corrected
from onestop.queries import corrections
from onestop.queries.corrections import Correctable
from onestop.queries.overview import Card
from onestop.rules.correcting import CorrectForm
from onestop.rules.dossier import FINAL, OPEN, State
from onestop.rules.ratings import RATEABLE
from onestop.rules.roles import Permission
from onestop.texts import N_

KEY = "after"


class AfterFlow(QObject):
    """The commands `correct`, `rate` and `slips` of the list of dossiers, for the one that `card()` gives."""

    def __init__(self, counter: Counter, screen: Screen, card: Callable[[], Card | None], rating: RateFlow) -> None:
        super().__init__(screen)
        self._counter, self._desk, self._screen = counter, counter.desk, screen
        self._card, self._rating = card, rating
        self.sheet: CorrectSheet | None = None
        self.slips: SlipSheet | None = None

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the screen binds."""
        return {"dossiers.correct": self.correct, "dossiers.rate": self.rate, "dossiers.slips": self.enter_slips}

    def enable(self, one: bool) -> None:
        """Which of them have something to do now; `one`: a single dossier is chosen."""
        card, commands = self._card(), self._counter.commands
        state = State(card.dossier.values["state"]) if one and card is not None else None
        decides = commands.may(Permission.DECIDE)
        open_to_me = state is not None and state not in FINAL and (state in OPEN or decides)
        commands.enable("dossiers.correct", open_to_me)
        commands.enable("dossiers.rate", state in RATEABLE)

    # -- asked

    def rate(self) -> None:
        """Turn the sheet to the citizen."""
        card = self._card()
        if card is not None:
            self._rating.invite(card.id)

    def enter_slips(self) -> None:
        """Enter the paper slips that have come."""
        if self.slips is None:
            self.slips = SlipSheet(self._counter, self._screen.window())
            self.slips.closed.connect(partial(self._hear, False))
        self._hear(True)
        self.slips.open()

    def _hear(self, on: bool) -> None:
        """While slips are entered the reader is theirs, and does not bring Tiếp nhận to the front."""
        self._screen.reads_cards = on

    # -- corrected

    def correct(self) -> None:
        """Open what can be corrected."""
        card = self._card()
        if card is not None:
            self._desk.ask(corrections.correctable, card.id, then=self._open, owner=self, key="correctable")

    def _open(self, wanted: Correctable | None) -> None:
        if wanted is None:
            return
        if self.sheet is None:
            self.sheet = CorrectSheet(self._counter.look, self._screen.window())
        clerk = self._counter.clerk()
        self.sheet.open_for(wanted, clerk.name if clerk is not None else "", self._do)

    def _do(self, form: CorrectForm) -> None:
        assert self.sheet is not None
        self._desk.do(
            correcting.correct,
            form,
            then=self._done,
            or_else=self.sheet.refuse,
            always=self.sheet.free,
            owner=self,
        )

    def _done(self, made: Corrected) -> None:
        if self.sheet is not None:
            self.sheet.put_away()
        offers: tuple[Offer, ...] = ()
        if self._counter.commands.may(Permission.PRINT):
            offers = (Offer(N_("In lại giấy tiếp nhận"), partial(self._print, made.id)),)
        self._desk.bus.tell(Notice(Level.GOOD, "dossiers.corrected", {"code": made.code}, KEY, offers))
        for warning in made.warnings:
            self._desk.tell(Level.WARNING, warning.code, **warning.details)

    def _print(self, dossier: str) -> None:
        self._counter.service.prints.reprint(dossier)


__all__ = ["AfterFlow"]
