"""The side pane of Trả kết quả: where the result lies, who may have it, who was called, which originals go with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from desktop.assets import Look
from desktop.models import delivery_words, due
from desktop.models import dossier_words as words
from desktop.views.badges import Pill, State
from desktop.views.boxes import Box, Card
from desktop.views.buttons import Button
from desktop.views.laying import across, down, show_if
from desktop.views.sections import Leaf, line, section
from desktop.views.standing import EmptyState, Room
from desktop.views.wording import Words
from onestop.queries.delivery import MayCollect, OneReady
from onestop.rules.delivery import POSTED, RETURNED
from onestop.texts import _

LEAST_ROWS = 3


class HandBackPane(Card):
    """`show_one(result)`; `main` hands it over, `beside` stand next to it, `others` in a menu."""

    def __init__(self, look: Look, main: QAction, beside: Sequence[QAction], others: Sequence[QAction]) -> None:
        super().__init__(look, gap="s")
        self.one: OneReady | None = None
        self.setMaximumWidth(look.size("side"))
        self.setAccessibleName(_("Kết quả đang chọn"))
        pages, whole = QWidget(), QWidget()
        self._stack = QStackedLayout(pages)
        whole.setLayout(down(look, self._top(), (self._middle(), 1), self._foot(main, beside, others), gap="s"))
        nothing = EmptyState(
            look,
            "inbox",
            _("Chưa chọn kết quả"),
            _("Quét giấy tiếp nhận hoặc thẻ của người đến nhận, hay chọn trong danh sách."),
        )
        self._stack.addWidget(nothing)
        self._stack.addWidget(whole)
        self.body.addWidget(pages, 1)

    # -- parts

    def _top(self) -> QWidget:
        look = self.look
        self.code = Words(look, tone="quiet", figures=True, elide=True)
        self.state = State(look)
        self.name = Words(look, size="title", strong=True, wrap=True)
        self.owner = Words(look, wrap=True, figures=True)
        self.shelf = Words(look, size="title", strong=True, wrap=True)
        self.place = Words(look, "", "note", "quiet")
        self.early = Pill(look)
        self.box = Box(look, gap="none")
        self.box.add(self.place, across(look, (self.shelf, 1), self.early))
        top = QWidget()
        first = across(look, (self.code, 1), self.state)
        inside = ("m", "none", "m", "none")
        top.setLayout(down(look, first, down(look, self.name, self.owner, gap="xs"), self.box, margins=inside))
        return top

    def _middle(self) -> QWidget:
        self.leaf = Leaf(self.look, _("Về kết quả này"), gap="m")
        room = Room(self.look.size("row") * LEAST_ROWS)
        room.setLayout(down(self.look, self.leaf))
        return room

    def _foot(self, main: QAction, beside: Sequence[QAction], others: Sequence[QAction]) -> QWidget:
        look = self.look
        self.main_button = Button(look, kind="main", action=main, big=True)
        self.buttons = [Button(look, action=action) for action in beside]
        self.more = Button(look, _("Thao tác khác"))
        menu = QMenu(self.more)
        menu.addActions(list(others))
        self.more.setMenu(menu)
        foot = QWidget()
        row = across(look, *((button, 1) for button in self.buttons))
        foot.setLayout(down(look, self.main_button, row, self.more, margins=("m", "none", "m", "none")))
        return foot

    # -- what is shown

    def show_one(self, one: OneReady | None) -> None:
        """Another result, the same as it stands now, or none."""
        again = one is not None and self.one is not None and one.id == self.one.id
        self.one = one
        self._stack.setCurrentIndex(0 if one is None else 1)
        if one is None:
            return
        row = one.row
        told = words.state(row.state)
        if row.delivered == RETURNED:
            told = words.Told("undo-2", _("Bưu chính trả lại"), "warning")
        self.code.say(row.code)
        self.state.show_state(told.icon, told.text, told.tone)
        self.name.say(" ".join(filter(None, (row.title, row.number))))
        self.owner.say(" · ".join(filter(None, (row.owner_name, row.phone))))
        self.place.say(_("Để ở") if row.shelf else _("Nơi để"))
        self.shelf.say(row.shelf or _("chưa ghi ô, kệ"))
        self.shelf.set_tone("ink" if row.shelf else "quiet")
        self.early.say(_("có trước hẹn") if row.early else "", "accent")
        show_if(self.box, row.lies_here)
        self.leaf.show_parts(self._sections(one), stay=again)

    def _sections(self, one: OneReady) -> list[QWidget]:
        look, row = self.look, one.row
        parts = []
        if not row.lies_here:
            hint = _("Kết quả chưa có ở đây; chỉ giữ bản gốc.")
            parts.append(section(look, _("Hiện nay"), Words(look, hint, wrap=True)))
        parts.append(section(look, _("Ai được nhận"), *(self._person(each) for each in one.people)))
        if one.custody:
            parts.append(section(look, _("Bản gốc đang giữ, trả cùng"), *map(self._original, one.custody)))
        calls = [self._call(each) for each in reversed(one.calls)] or [Words(look, _("Chưa gọi"), tone="quiet")]
        parts.append(section(look, _("Gọi báo"), *calls))
        way, receiver = words.delivery(one.values["delivery"])
        chosen = Words(look, ": ".join(filter(None, (way, receiver))), wrap=True)
        parts.append(section(look, _("Nhận kết quả"), chosen, *self._post(one)))
        when = [line(look, due.exact(row.since), _("có kết quả"))] if row.lies_here and not row.delivered else []
        if row.due_at is not None:
            when.append(line(look, due.exact(row.due_at), _("hẹn trả")))
        scanned = _("{count} tệp trong hồ sơ").format(count=one.result_papers)
        missing = _("chưa quét (F6)")
        when.append(line(look, scanned if one.result_papers else missing, _("bản quét của kết quả")))
        parts.append(section(look, _("Kết quả"), *when))
        return parts

    def _original(self, each: Mapping[str, Any]) -> QWidget:
        day = delivery_words.since(each["since"])
        note = _("{count} bản, giữ từ {day}").format(count=each["count"], day=day)
        return line(self.look, each["name"], note, icon="archive", tone="warning")

    def _person(self, person: MayCollect) -> QWidget:
        role = {"owner": _("Chủ hồ sơ"), "submitter": _("Người nộp")}.get(person.role, person.role)
        return line(self.look, person.name, " · ".join(filter(None, (role, person.number))), icon="user-round")

    def _call(self, call: Mapping[str, Any]) -> QWidget:
        icon = next((icon for key, _words, icon in delivery_words.call_outcomes() if key == call["outcome"]), "phone")
        tone = "good" if icon in ("circle-check", "calendar-clock") else "warning"
        at = delivery_words.moment(call["at"])
        note = " · ".join(filter(None, (at, delivery_words.way(call["way"]), call["clerk"], call.get("note"))))
        return line(self.look, delivery_words.outcome(call["outcome"]), note, icon=icon, tone=tone)

    def _post(self, one: OneReady) -> list[QWidget]:
        if one.row.delivered not in (POSTED, RETURNED):
            return []
        posting = one.values["posting"] or {}
        rows = [line(self.look, delivery_words.posted(posting) or "–", _("bưu chính"), icon="mail")]
        if one.row.delivered == RETURNED:
            rows.append(line(self.look, str(posting.get("why") or ""), _("trả lại"), icon="undo-2", tone="warning"))
        return rows

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setMaximumWidth(self.look.size("side"))
