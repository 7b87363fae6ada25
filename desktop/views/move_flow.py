"""The next step of the dossier that is shown: asked for, done, told, and taken back by one key."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.bus import Level, Notice, Offer
from desktop.models import moves as words
from desktop.models.dossier_words import letter, state
from desktop.views.linked_parts import PartFlow, part_options
from desktop.views.move_sheet import MovePick, MoveSheet, Wanted
from desktop.views.rate_flow import RateFlow
from desktop.views.screen import Counter
from desktop.views.suggest import Option
from onestop.actions import process
from onestop.actions.process import Moved
from onestop.queries import hands
from onestop.queries.dossiers import PartRow
from onestop.queries.overview import Card
from onestop.queries.result_letters import may_be_made
from onestop.rules.dossier import Move
from onestop.rules.errors import RuleBroken
from onestop.rules.letters import FormKey
from onestop.rules.moves import TAKE, UNDO, MoveForm
from onestop.rules.roles import Permission
from onestop.texts import N_, _

KEY = "move"


class MoveFlow(QObject):
    """`ask()` offers what can be done with the dossier that `card()` gives; `undo()` takes the last move back: the one
    that was made here last, wherever its dossier is now; where none was, that of the dossier that is shown."""

    made = Signal()

    def __init__(self, counter: Counter, screen: QWidget, card: Callable[[], Card | None]) -> None:
        super().__init__(screen)
        self._screen = screen
        self._counter, self._desk, self._card = counter, counter.desk, card
        self.rating = RateFlow(counter, screen)
        self._results: Any = None
        self.pick: MovePick | None = None
        self.sheet: MoveSheet | None = None
        self.parts = PartFlow(counter, screen, self.made.emit)
        self._offered: tuple[str, ...] = ()
        self._made: list[str] = []

    @property
    def moves(self) -> tuple[str, ...]:
        """What the clerk at the desk may do with it now."""
        card, clerk = self._card(), self._counter.clerk()
        if card is None:
            return ()
        me = clerk.id if clerk is not None else ""
        found = words.offered(str(card.dossier.values["state"]), self._counter.commands.may, card.hands, me)
        owed = any(part.finished_at is None for part in card.dossier.parts)
        late = words.offered_late(card.dossier.values["to_confirm"], self._counter.commands.may)
        return (*late, *(move for move in found if not (owed and move in words.ENDS)))

    @property
    def possible(self) -> bool:
        """Is there anything that can be done?"""
        return bool(self.moves)

    def ask(self) -> None:
        """Offer the moves."""
        card = self._card()
        if card is None or not self.moves:
            return
        self._sheets()
        assert self.pick is not None
        title = _("{code}: bước tiếp theo").format(code=card.dossier.code)
        self._offered = self.moves
        may = self._counter.commands.may(Permission.MOVE)
        owed, said = (part_options(card, may=may, owed=owed) for owed in (True, False))
        self.pick.ask(title, self._offered, self._picked, owed, said)

    def _sheets(self) -> None:
        if self.pick is None:
            window = self._screen.window()
            self.pick, self.sheet = MovePick(self._counter.look, window), MoveSheet(self._counter.look, window)

    @property
    def results(self) -> Any:
        """Whoever makes result letters (`result_flow`); what draws and signs is loaded when one is asked for."""
        if self._results is None:
            flow = importlib.import_module("desktop.views.result_flow")
            self._results = flow.ResultFlow(self._counter, self._screen)
        return self._results

    def ask_letter(self) -> None:
        """Offer the papers of what happened to the dossier, the latest first."""
        card = self._card()
        if card is None:
            return
        self._sheets()
        assert self.pick is not None
        known = words.letters(event.kind for event in card.history)
        if may_be_made(str(card.dossier.values["state"]), (event.kind for event in card.history)):
            said = len(known) - len(words.ALWAYS)
            known = (*known[:said], FormKey.RESULT_LETTER, *known[said:])
        known = (*known, *words.filled_in(card.dossier.values))
        if _list_of(card):
            known = (*known, FormKey.DOSSIER_HANDOVER)
        options = [Option(key, letter(key), icon="printer", number=at) for at, key in enumerate(known, 1)]
        title = _("{code}: in giấy nào").format(code=card.dossier.code)
        self.pick.among(title, options, partial(self._print, card.id))

    def _print(self, dossier: str, key: FormKey) -> None:
        prints = self._counter.service.prints
        card = self._card()
        if key is FormKey.RESULT_LETTER:
            if card is not None:
                self.results.ask(dossier, card.dossier.code)
        elif key is FormKey.DOSSIER_HANDOVER:
            if card is not None and card.id == dossier:
                prints.print(key, _list_of(card))
        elif key is FormKey.RECEIPT:
            prints.receipt(dossier)
        else:
            prints.life(key, dossier)

    @property
    def undoable(self) -> bool:
        """Is there anything to take back?"""
        return bool(self._made) or self._card() is not None

    def _picked(self, move: str | PartRow) -> None:
        card = self._card()
        if isinstance(move, PartRow):
            if card is not None:
                self.parts.ask(card, move)
            return
        if card is None or self.moves != self._offered:
            # Somebody moved it while the moves were being looked at.
            by = card.history[-1].by if card is not None and card.history else ""
            self._desk.tell(Level.WARNING, "dossier.moved-meanwhile", by=by)
            return
        if move == TAKE:
            self._take(card)
        elif "to" in words.WORDS[move].fields:
            self._desk.ask(hands.offered, then=lambda named: self._open(move, named), owner=self, key="sections")
        else:
            self._open(move, ())

    def _open(self, move: str, sections: tuple[str, ...]) -> None:
        card = self._card()
        if card is not None and self.sheet is not None:
            self.sheet.open_for(move, Wanted(card, sections), self._do)

    def _take(self, card: Card) -> None:
        """It needs nothing to be said, and can be taken back."""
        seen = MoveForm(card.id, TAKE, seen=str(card.dossier.values["state"]), held=card.hands.holder)
        self._desk.do(
            process.move,
            seen,
            then=partial(self._done, TAKE),
            or_else=lambda broken: self._desk.tell(Level.WARNING, broken.code, **broken.details),
            owner=self,
        )

    def _do(self, form: MoveForm) -> None:
        assert self.sheet is not None
        self._desk.do(
            process.move,
            form,
            then=partial(self._done, form.move),
            or_else=self.sheet.refuse,
            always=self.sheet.free,
            owner=self,
        )

    def _done(self, move: str, made: Moved) -> None:
        self._made.append(made.id)
        self.made.emit()
        if self.sheet is not None:
            self.sheet.put_away()
        kind = words.TOLD.get(move) or ("dossiers.handed" if move in words.IN_HANDS else "dossiers.moved")
        details = {"code": made.code, "state": partial(_state, made.state), "what": partial(_what, move)}
        offers = [*self.rating.offers(move, made.id), Offer(N_("Lấy lại"), self._back(made.id))]
        paper = FormKey.RECEIPT if move == Move.ACCEPT else words.LETTERS.get(move)
        if paper is not None and self._counter.commands.may(Permission.PRINT):
            offers.insert(0, Offer(N_("In phiếu"), partial(self._print, made.id, paper)))
        self._desk.bus.tell(Notice(Level.GOOD, kind, details, KEY, tuple(offers)))
        for warning in made.warnings:
            self._desk.tell(Level.WARNING, warning.code, **warning.details)

    def _back(self, dossier: str) -> Callable[[], None]:
        return lambda: self._undo(dossier)

    def undo(self) -> None:
        """Take back the move that was made here last; where none was, that of the dossier that is shown."""
        card = self._card()
        if self._made:
            self._undo(self._made[-1])
        elif card is not None:
            self._undo(card.id)

    def _undo(self, dossier: str) -> None:
        self._desk.do(
            process.move,
            MoveForm(dossier, UNDO),
            then=self._undone,
            or_else=partial(self._refused, dossier),
            owner=self,
        )

    def _undone(self, made: Moved) -> None:
        self._forget(made.id)
        details = {"code": made.code, "state": partial(_state, made.state)}
        self._desk.bus.tell(Notice(Level.GOOD, "dossiers.move-undone", details, KEY))

    def _forget(self, dossier: str) -> None:
        """That move is not to be taken back here any more."""
        for at in range(len(self._made) - 1, -1, -1):
            if self._made[at] == dossier:
                del self._made[at]
                break
        self.made.emit()

    def _refused(self, dossier: str, broken: RuleBroken) -> None:
        self._forget(dossier)
        self._desk.tell(Level.WARNING, broken.code, **broken.details)


def _list_of(card: Card) -> str:
    """The list on which the dossier went last together with others; "" where it never did."""
    return next((str(event.details["list"]) for event in reversed(card.history) if event.details.get("list")), "")


def _what(move: str) -> str:
    return _(words.WORDS[move].name).lower()


def _state(code: str) -> str:
    return state(code).text.lower()
