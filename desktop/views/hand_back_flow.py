"""What is done on Trả kết quả: each deed asks what it needs on a sheet, does it, tells it, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.bus import Level, Notice, Offer
from desktop.views.call_sheet import CallSheet
from desktop.views.hand_over_sheet import HandOverSheet
from desktop.views.line_sheet import LineSheet
from desktop.views.originals_sheet import Originals
from desktop.views.post_sheet import PostSheet
from desktop.views.rate_flow import RateFlow
from desktop.views.screen import Counter
from onestop import clock
from onestop.actions import delivery, process
from onestop.queries import delivery as queries
from onestop.queries.delivery import Collector, OneReady, Ready
from onestop.rules.delivery import (
    POSTED,
    Delivered,
    HandOverForm,
    PostForm,
    ReturnedForm,
    SendForm,
    ShelveForm,
    next_shelf,
)
from onestop.rules.dossier import Move
from onestop.rules.errors import RuleBroken
from onestop.rules.letters import FormKey
from onestop.rules.moves import UNDO, MoveForm
from onestop.rules.papers import RESULT
from onestop.rules.roles import Permission
from onestop.texts import N_, _

KEY = "hand-back"
USUAL_CARRIERS = ("VNPost", "Viettel Post")
"""Offered until the office has sent with others."""


class Chosen(Protocol):
    """What the screen says of what is chosen on it."""

    @property
    def goes(self) -> Sequence[Ready]:
        """The results that go together: those that are ticked, else the one that is shown."""
        ...

    @property
    def one(self) -> OneReady | None:
        """The result in the pane."""
        ...

    @property
    def stands(self) -> Collector | None:
        """Whoever laid down a card."""
        ...

    @property
    def paper(self) -> str:
        """On which paper he comes, as far as it has been seen."""
        ...


class HandBackFlow(QObject):
    """One for the screen. `handed()` when results have left: whoever stood here is served."""

    handed = Signal()

    def __init__(self, counter: Counter, screen: QWidget, chosen: Chosen) -> None:
        super().__init__(screen)
        self._counter, self._desk, self._screen, self._chosen = counter, counter.desk, screen, chosen
        self._sheets: dict[type, Any] = {}
        self._last: Delivered | None = None
        self.kept = Originals(counter, screen)
        self.rating = RateFlow(counter, screen)

    def _sheet(self, kind: Any) -> Any:
        if kind not in self._sheets:
            self._sheets[kind] = kind(self._counter.look, self._screen.window())
        return self._sheets[kind]

    def _do(self, action: Any, form: Any, sheet: Any, then: Callable[[Any], None]) -> None:
        def done(answer: Any) -> None:
            sheet.put_away()
            then(answer)

        free = getattr(sheet, "free", None)
        self._desk.do(action, form, then=done, or_else=sheet.refuse, always=free, owner=self)

    def _tell(self, code: str, /, *offers: Offer, **details: Any) -> None:
        self._desk.bus.tell(Notice(Level.GOOD, code, details, KEY, offers))

    # -- over the counter

    def hand_over(self) -> None:
        """F9."""
        ids = [row.id for row in self._chosen.goes if row.lies_here]
        if ids:
            self._desk.ask(queries.several, ids, clock.now(), then=self._open, owner=self, key="several")

    @property
    def asking(self) -> bool:
        """Is it being asked who takes the results away?"""
        return HandOverSheet in self._sheets and bool(self._sheets[HandOverSheet].isVisible())

    def _open(self, results: Sequence[OneReady]) -> None:
        if results:
            chosen = self._chosen
            self._sheet(HandOverSheet).open_for(results, chosen.stands, chosen.paper, self._hand)

    def _hand(self, form: HandOverForm, slip: bool) -> None:
        self._do(delivery.hand_over, form, self._sheet(HandOverSheet), partial(self._handed, slip))

    def _handed(self, slip: bool, done: Delivered) -> None:
        self._last = done
        offers = [*self.rating.offers(Move.HAND_BACK, done.ids[0])]
        if not slip:
            offers.append(Offer(N_("Lấy lại"), partial(self._undo, done)))
            if self._counter.commands.may(Permission.PRINT):
                offers.insert(0, Offer(N_("In biên nhận"), self.print_slip))
        code = {
            (False, False): "delivery.handed",
            (True, False): "delivery.handed-several",
            (False, True): "delivery.handed-originals",
            (True, True): "delivery.handed-several-originals",
        }[len(done.ids) > 1, bool(done.originals)]
        said = {"code": done.codes[0], "count": len(done.ids), "name": done.receiver, "originals": done.originals}
        self._tell(code, *offers, **said)
        self.handed.emit()
        if slip:
            self.print_slip()

    def print_slip(self) -> None:
        """Ctrl+P: the slip of what was handed over here last."""
        if self._last is not None:
            self._counter.service.prints.life(FormKey.HANDED_BACK, self._last.ids[0])

    @property
    def has_slip(self) -> bool:
        """Was something handed over here?"""
        return self._last is not None

    def _undo(self, done: Delivered) -> None:
        """Take them back, the last one first; the first that cannot be is told."""
        left = list(done.ids)

        def following(_made: Any = None) -> None:
            if left:
                self._desk.do(
                    process.move, MoveForm(left.pop(), UNDO), then=following, or_else=self._refused, owner=self
                )
            else:
                self._last = None
                self._tell("delivery.taken-back", count=len(done.ids))

        following()

    def _refused(self, broken: RuleBroken) -> None:
        self._desk.tell(Level.WARNING, broken.code, **broken.details)

    # -- where it lies, who was told

    def shelve(self) -> None:
        """F4: the next box is offered."""
        one = self._chosen.one
        if one is None or not one.row.lies_here:
            return
        text = one.row.shelf or next_shelf(str(self._counter.settings.get("last_shelf")))
        sheet = self._sheet(LineSheet)
        about = f"{one.row.title} · {one.row.owner_name}"
        sheet.ask(_("Để kết quả vào ô, kệ"), about, _("Ô, kệ"), _("Ghi"), text, partial(self._shelve, one.id))

    def _shelve(self, dossier: str, text: str) -> None:
        def shelved(_id: str) -> None:
            if text.strip():
                self._counter.settings.set("last_shelf", " ".join(text.split()))

        self._do(delivery.shelve, ShelveForm(dossier, text), self._sheet(LineSheet), shelved)

    def call(self) -> None:
        """F7."""
        one = self._chosen.one
        if one is not None and one.row.lies_here:
            sheet = self._sheet(CallSheet)
            sheet.open_for(one, lambda form: self._do(delivery.call, form, sheet, lambda _id: None))

    # -- the post, the electronic copy

    def post(self) -> None:
        """F8: those that go; the number of one that is on its way already."""
        ids, one = [row.id for row in self._chosen.goes if row.lies_here], self._chosen.one
        if ids:
            self._desk.ask(queries.several, ids, clock.now(), then=self._open_post, owner=self, key="several")
        elif one is not None and one.row.delivered == POSTED:
            sheet = self._sheet(LineSheet)
            known = one.values["posting"] or {}
            about = " · ".join(filter(None, (one.row.code, known.get("name"), known.get("carrier"))))
            title, label, text = _("Số hiệu bưu gửi"), _("Số hiệu"), str(known.get("tracking") or "")
            sheet.ask(title, about, label, _("Ghi"), text, partial(self._track, one.id))

    def _track(self, dossier: str, number: str) -> None:
        form = PostForm((dossier,), tracking=(number,))
        self._do(delivery.post, form, self._sheet(LineSheet), lambda _done: self._tell("delivery.tracked"))

    def _open_post(self, results: Sequence[OneReady]) -> None:
        if results:
            last = str(self._counter.settings.get("last_carrier"))
            carriers = tuple(dict.fromkeys(filter(None, (last, *USUAL_CARRIERS))))
            self._sheet(PostSheet).open_for(results, carriers if last else ("", *carriers), self._post)

    def _post(self, form: PostForm, paper: bool) -> None:
        self._do(delivery.post, form, self._sheet(PostSheet), partial(self._posted, form.carrier, paper))

    def _posted(self, carrier: str, paper: bool, done: Delivered) -> None:
        self._counter.settings.set("last_carrier", carrier)
        day = done.post_list.partition(".")[0]
        offers = [Offer(N_("Lấy lại"), partial(self._undo, done))]
        if self._counter.commands.may(Permission.PRINT) and not paper:
            offers.insert(0, Offer(N_("In bảng kê"), partial(self._print_list, day)))
        self._tell("delivery.posted", *(() if paper else offers), count=len(done.ids), carrier=carrier)
        self.handed.emit()
        if paper:
            self._print_list(day)

    def _print_list(self, day: str) -> None:
        self._counter.service.prints.days(FormKey.POST_LIST, day)

    def print_list(self) -> None:
        """The list of the post of today."""
        self._print_list(clock.today().isoformat())

    def returned(self) -> None:
        """The post brought back the dossier in the pane."""
        one = self._chosen.one
        if one is not None:
            sheet = self._sheet(LineSheet)
            about = f"{one.row.code} · {one.row.owner_name}"
            title, label = _("Bưu chính trả lại kết quả"), _("Vì sao trả lại")
            sheet.ask(title, about, label, _("Ghi"), "", partial(self._returned, one.id))

    def _returned(self, dossier: str, text: str) -> None:
        told = partial(self._tell_plain, "delivery.came-back")
        self._do(delivery.returned, ReturnedForm(dossier, text), self._sheet(LineSheet), told)

    def send(self) -> None:
        """The electronic copy of the result in the pane went out."""
        one = self._chosen.one
        if one is not None and one.row.lies_here:
            sheet = self._sheet(LineSheet)
            about = f"{one.row.title} · {one.row.owner_name}"
            text = str(one.values["email"] or "")
            sheet.ask(_("Đã gửi bản điện tử"), about, _("Gửi đến"), _("Ghi"), text, partial(self._send, one.id))

    def _send(self, dossier: str, text: str) -> None:
        told = partial(self._tell_plain, "delivery.sent")
        self._do(delivery.send, SendForm(dossier, text), self._sheet(LineSheet), told)

    def _tell_plain(self, code: str, _id: str) -> None:
        self._tell(code)

    # -- originals, the scan

    def originals(self) -> None:
        """Which originals lie here."""
        one = self._chosen.one
        if one is not None:
            self.kept.ask(one.id)

    def scan(self) -> None:
        """F6: the result's own pages into its dossier."""
        one = self._chosen.one
        if one is not None:
            self._counter.go("scan", dossier=one.id, component=RESULT, back="handback")
