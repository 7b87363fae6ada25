"""A local decision about one procedure: whose, its number and days, and what it changes; what is left open stays."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QTabWidget, QWidget

from desktop.assets import Look
from desktop.bus import Level as Tone
from desktop.desk import Desk
from desktop.models import catalogue as words
from desktop.views.boxes import Card, Note
from desktop.views.buttons import Button
from desktop.views.catalogue_facts import Channels, Exemptions, Limits, Papers, Rest
from desktop.views.catalogue_fees import Fees
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down
from desktop.views.sections import Leaf, side_width
from desktop.views.wording import Words
from onestop import clock
from onestop.actions import catalogue as actions
from onestop.queries.catalogue_card import ProcedureCard
from onestop.rules.errors import RuleBroken
from onestop.rules.overlay import Overlay, Scope, check
from onestop.texts import _, message

PLACES = {"limits": 0, "fees": 1, "exemptions": 2, "channels": 3, "components": 4, "case": 4, "changes": 0}
"""The tab on which a fault of a field of an overlay is mended."""


class DecisionEditor(QWidget):
    """`begin(card)` for a new decision, `begin(card, overlay)` to change one. `saved` and `left` lead back."""

    saved = Signal()
    left = Signal()

    def __init__(self, look: Look, desk: Desk, save: QAction) -> None:
        super().__init__()
        self._look, self._desk, self._action = look, desk, save
        self.card: ProcedureCard | None = None
        self._id = ""
        back = Button(look, _("Về danh mục"), "link", icon="arrow-left")
        back.clicked.connect(self.left)
        self.title = Words(look, "", "lead", strong=True, wrap=True)
        self.code = Words(look, "", tone="quiet", figures=True)
        self.scope = Choice(look, [(scope, words.scope_name(scope)) for scope in (Scope.OFFICE, Scope.PROVINCE)])
        self.number, self.since, self.until, self.note = (QLineEdit() for _place in range(4))
        self.since.setPlaceholderText(_("ngày/tháng/năm"))
        self.until.setPlaceholderText(_("chưa định ngày"))
        self.number.setPlaceholderText(_("ví dụ 12/2026/NQ-HĐND"))
        self.fields = {
            "scope": Field(look, _("Quyết định của"), self.scope),
            "decision": Field(look, _("Số, ký hiệu"), self.number, required=True),
            "valid_from": Field(look, _("Áp dụng từ ngày"), self.since, required=True),
            "valid_to": Field(look, _("Đến hết ngày"), self.until),
            "note": Field(look, _("Ghi chú"), self.note),
        }
        self.changes = Leaf(look, _("Những gì thay đổi"), inside="none", gap="xs")
        self.changes.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fault = Note(look, "", "danger")
        self.fault.hide()
        self.save = Button(look, action=save, kind="main", big=True)
        leave = Button(look, _("Bỏ"), key="Esc")
        leave.clicked.connect(self.left)
        side = self._side = Card(look, gap="s")
        days = across(look, (self.fields["valid_from"], 1), (self.fields["valid_to"], 1), gap="m")
        for key in ("valid_from", "valid_to"):
            days.setAlignment(self.fields[key], Qt.AlignmentFlag.AlignTop)
        side.add(
            across(look, back, None),
            down(look, self.title, self.code, gap="xs"),
            across(look, (self.fields["scope"], 2), (self.fields["decision"], 3), gap="m"),
            days,
            self.fields["note"],
            Words(look, _("Những gì thay đổi"), "note", "quiet", strong=True),
            (self.changes, 1),
            self.fault,
            across(look, (self.save, 2), (leave, 1)),
        )
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.parts = (Limits(look), Fees(look), Exemptions(look), Channels(look), Papers(look), Rest(look))
        for part in self.parts:
            part.changed.connect(self._soon)
            self.tabs.addTab(part, part.title)
        main = Card(look, gap="s")
        main.add_wide(self.tabs, 1)
        self.setLayout(across(look, side, (main, 1), gap="l"))
        self._rest = QTimer(self, singleShot=True, interval=look.time("typing"))
        self._rest.timeout.connect(self._tell)
        for line in (self.number, self.since, self.until, self.note):
            line.textEdited.connect(lambda _text: self._soon())
        self.scope.activated.connect(lambda _place: self._soon())

    def fit(self) -> None:
        """The window or the text has another size."""
        self._side.setFixedWidth(side_width(self._look, "search", self))

    # -- what it is about

    def begin(self, card: ProcedureCard, overlay: Overlay | None = None) -> None:
        """A new decision about this procedure, or `overlay` to be changed."""
        self.card = card
        self._id = overlay.id if overlay else ""
        procedure = card.published
        self.title.say(procedure.short_name or procedure.name)
        self.code.say(card.code)
        for field in self.fields.values():
            field.clear()
        self.fault.say("")
        self.scope.choose(overlay.scope if overlay else Scope.OFFICE)
        self.number.setText(overlay.decision if overlay else "")
        self.since.setText(words.day(overlay.valid_from if overlay else clock.today().isoformat()))
        self.until.setText(words.day(overlay.valid_to) if overlay else "")
        self.note.setText(overlay.note if overlay else "")
        for part in self.parts:
            part.begin(procedure, overlay)
        self.tabs.setCurrentIndex(0)
        self._tell()
        self.number.setFocus()

    def overlay(self) -> Overlay:
        """The decision as it stands. RuleBroken with the `field` where something cannot be read."""
        assert self.card is not None
        limits, fees, exemptions, channels, papers, rest = self.parts
        given: dict[str, Any] = {}
        for part in (limits, fees, exemptions, channels, papers, rest):
            given |= part.given()
        until = self.until.text().strip()
        scope = self.scope.value
        return Overlay(
            id=self._id,
            scope=Scope(str(scope)),
            code=self.card.code,
            decision=self.number.text().strip(),
            valid_from=words.iso(self.since.text(), "valid_from"),
            valid_to=words.iso(until, "valid_to") if until else None,
            note=self.note.text().strip(),
            **given,
        )

    # -- what it would do

    def _soon(self) -> None:
        for field in self.fields.values():
            field.clear()
        self.fault.say("")
        self._rest.start()

    def _tell(self) -> None:
        """Show, line by line, what the decision changes."""
        if self.card is None:
            return
        look = self._look
        try:
            lines = words.decision_lines(self.overlay(), self.card.published)
        except RuleBroken as broken:
            self.changes.show_parts([Words(look, message(broken.code, broken.details), tone="warning", wrap=True)])
            return
        if not lines:
            text = _("Chưa thay đổi gì. Chọn mục ở bên phải; ô để trống thì giữ như danh mục.")
            self.changes.show_parts([Words(look, text, tone="quiet", wrap=True)])
            return
        self.changes.show_parts([Words(look, f"• {each}", wrap=True) for each in lines])

    # -- keeping it

    def keep(self) -> None:
        """Check it, then write it down."""
        if self.card is None:
            return
        try:
            overlay = self.overlay()
            check(overlay, self.card.published)
        except RuleBroken as broken:
            self._refuse(broken)
            return
        self._action.setEnabled(False)
        self._desk.do(
            actions.set_overlay,
            overlay,
            then=lambda _id: self._kept(overlay),
            owner=self,
            or_else=self._refuse,
            always=lambda: self._action.setEnabled(True),
        )

    def _kept(self, overlay: Overlay) -> None:
        self._desk.tell(Tone.GOOD, "catalogue.decided", decision=overlay.decision)
        self.saved.emit()

    def _refuse(self, broken: RuleBroken) -> None:
        key = str(broken.details.get("field") or "")
        text = message(broken.code, broken.details)
        if key in self.fields:
            self.fields[key].say_wrong(text)
            self.fields[key].control.setFocus()
            return
        self.fault.say(text)
        if key in PLACES:
            self.tabs.setCurrentIndex(PLACES[key])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            focused = self.focusWidget()
            if isinstance(focused, QLineEdit | QComboBox):
                self.focusNextChild()
        else:
            super().keyPressEvent(event)


__all__ = ["DecisionEditor"]
