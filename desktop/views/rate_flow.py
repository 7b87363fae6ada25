"""A citizen is invited to say how satisfied he was: the sheet is turned to him, what he says is recorded unseen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.bus import Level, Notice, Offer
from desktop.views.rating_sheet import RatingSheet
from desktop.views.screen import Counter, Screen
from onestop.actions import ratings
from onestop.actions.ratings import Rated
from onestop.queries import ratings as queries
from onestop.queries.ratings import Rateable
from onestop.rules.dossier import Move
from onestop.rules.errors import RuleBroken
from onestop.rules.moves import AT_ONCE
from onestop.rules.ratings import RatingForm
from onestop.rules.roles import Permission
from onestop.texts import N_

KEY = "rate"
INVITES = (Move.HAND_BACK, AT_ONCE, Move.REFUSE)
"""Moves after which a citizen is asked (NĐ 118/2025/NĐ-CP art. 31)."""


class RateFlow(QObject):
    """`invite(id)` turns the sheet to the citizen, for a dossier or a slip that may still be rated; `offers(move, id)`:
    the button for the notice of what has just been done."""

    def __init__(self, counter: Counter, screen: QWidget) -> None:
        super().__init__(screen)
        self._counter, self._desk, self._screen = counter, counter.desk, screen
        self.sheet: RatingSheet | None = None
        self._read_cards = False

    def offers(self, move: str, subject_id: str) -> tuple[Offer, ...]:
        """What the notice of this move offers, if anything."""
        if move not in INVITES or not self._counter.commands.may(Permission.HAND_BACK):
            return ()
        return (Offer(N_("Mời đánh giá"), partial(self.invite, subject_id)),)

    def invite(self, subject_id: str) -> None:
        """Ask the citizen, unless he has said it already or there is nothing to judge yet."""
        self._desk.ask(queries.rateable, subject_id, then=self._turn, or_else=self._refused, owner=self, key=KEY)

    def _turn(self, what: Rateable) -> None:
        if self.sheet is None:
            self.sheet = RatingSheet(self._counter.look, self._screen.window())
            self.sheet.closed.connect(self._turned_back)
        if isinstance(self._screen, Screen):
            # A card that is laid down meanwhile does not put another screen behind the citizen's.
            self._read_cards, self._screen.reads_cards = self._screen.reads_cards, True
        self.sheet.open_for(partial(self._said, what.id))

    def _turned_back(self) -> None:
        if isinstance(self._screen, Screen):
            self._screen.reads_cards = self._read_cards

    def _said(self, subject_id: str, level: int, contents: tuple[str, ...], words: str) -> None:
        form = RatingForm(subject_id, level, contents, words)
        self._desk.do(ratings.give, form, then=self._given, or_else=self._refused, owner=self)

    def _given(self, made: Rated) -> None:
        self._desk.bus.tell(Notice(Level.GOOD, "ratings.given", {"code": made.code}, KEY))

    def _refused(self, broken: RuleBroken) -> None:
        self._desk.bus.tell(Notice(Level.WARNING, broken.code, broken.details, KEY))


__all__ = ["RateFlow"]
