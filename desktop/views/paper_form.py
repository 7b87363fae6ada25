"""The particulars of a digitised paper beside its picture (NĐ 118/2025 art. 19.2), with what was read of it offered
field by field and never filled in by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QSizePolicy, QWidget

from desktop.assets import Look
from desktop.models import page_words
from desktop.models.person_words import born
from desktop.views.boxes import Scroll
from desktop.views.buttons import Button
from desktop.views.inputs import Field
from desktop.views.laying import across, down, show_if
from desktop.views.wording import Words
from onestop import clock
from onestop.rules import papers as rules
from onestop.rules.errors import RuleBroken
from onestop.rules.identity import read_birth_date
from onestop.rules.papers import About
from onestop.texts import _, message

DATES = ("issued_on", "holder_born", "valid_to")
UNSURE = 60
"""Percent below which a proposal is said to be doubtful."""
TAKE = "Ctrl+Return"


class Offered(QWidget):
    """A field with what is proposed for it under it."""

    def __init__(self, look: Look, key: str, label: str, help: str = "", *, required: bool = False) -> None:
        super().__init__()
        self._label, self._help = label, help
        self.key = key
        self.line = QLineEdit()
        self.field = Field(look, label, self.line, help, required=required)
        self.take = Button(look, "", "link")
        self.take.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the key does the same from within the field
        self.take.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._words = Words(look, "", "note", "accent", elide=True)
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.take.setLayout(across(look, (self._words, 1), margins=("xs", "none", "none", "none")))
        self.take.hide()
        self.proposal = ""
        self.take.clicked.connect(self.accept)
        self.line.textChanged.connect(lambda _text: self._settle())
        self._sure = 0
        self.setLayout(down(look, self.field, self.take, None, gap="none"))

    def offer(self, value: str, sure: int) -> None:
        """Propose this, so many percent sure; "" proposes nothing."""
        self.proposal, self._sure = value, sure
        self._settle()

    @property
    def open(self) -> bool:
        """Is something proposed that does not stand there yet?"""
        return bool(self.proposal) and self.line.text().strip() != self.proposal

    def accept(self) -> None:
        """Take what is proposed."""
        if self.open:
            self.line.setText(self.proposal)
            self.line.setModified(True)

    def _settle(self) -> None:
        if self.open:
            doubtful = _("chưa chắc") if self._sure < UNSURE else ""
            self._words.say(" · ".join(part for part in (self.proposal, f"{self._sure} %", doubtful) if part))
            words = _("Gợi ý: {value}").format(value=self._words.text())
            self.take.setAccessibleName(words)
            self.take.setToolTip(_("{words}. Ctrl+Enter để lấy.").format(words=words))
            self.line.setAccessibleDescription(self.take.toolTip())
        else:
            self.line.setAccessibleDescription(self._help)
        show_if(self.take, self.open)


class PaperForm(QWidget):
    """`show_about(id, About, proposals)`; `about()` gives what stands there. `changed` whenever somebody types.

    Enter goes to the next field, Ctrl+Enter takes what is proposed for the field and goes to the next one that has a
    proposal.
    """

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown = ("", About())
        self.fields: dict[str, Offered] = {
            key: Offered(look, key, label, help, required=key == "title") for key, label, help in _fields()
        }
        self.perpetual = QCheckBox(_("Không thời hạn"))
        self.perpetual.toggled.connect(lambda _on: self._typed())
        for each in self.fields.values():
            each.line.textEdited.connect(lambda _text: self._typed())
            each.take.clicked.connect(self._typed)
        self.about_proposals = Words(
            look, _("Chữ xanh dưới ô là gợi ý đọc được từ trang; Ctrl+Enter lấy."), "note", "quiet", wrap=True
        )
        self.about_proposals.hide()
        at = self.fields
        content = QWidget()
        column = down(
            look,
            self.about_proposals,
            at["title"],
            across(look, (at["number"], 1), (at["issued_on"], 1)),
            at["issuer"],
            at["holder_name"],
            across(look, (at["holder_number"], 3), (at["holder_born"], 2)),
            at["summary"],
            at["valid_to"],
            self.perpetual,
            across(look, (at["scope"], 1), (at["kind_code"], 1)),
            None,
            gap="s",
            margins=("none", "none", "xs", "none"),
        )
        content.setLayout(column)
        self.body = Scroll(content)
        self.setLayout(down(look, (self.body, 1)))
        for key, most in rules.LONGEST.items():
            at[key].line.setMaxLength(most)

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab goes, as the fields stand."""
        lines = [each.line for each in self.fields.values()]
        at = list(self.fields).index("valid_to") + 1
        return [*lines[:at], self.perpetual, *lines[at:]]

    # -- what stands there

    @property
    def paper(self) -> str:
        """The id of the paper that is shown, "" for none."""
        return self._shown[0]

    @property
    def shown(self) -> About:
        """What is kept of the paper, as far as this form knows."""
        return self._shown[1]

    def show_about(self, paper: str, about: About, proposals: Mapping[str, Any]) -> None:
        """Another paper, or the same read anew: what somebody is typing stays."""
        if paper != self._shown[0] or not self.dirty:
            self._shown = (paper, about)
            for key, each in self.fields.items():
                value = str(getattr(about, key))
                each.line.setText(born(value) if key in DATES else value)
                each.line.setCursorPosition(0)
                each.field.clear()
            self.perpetual.blockSignals(True)
            self.perpetual.setChecked(about.perpetual)
            self.perpetual.blockSignals(False)
        for key, each in self.fields.items():
            found = page_words.proposal(proposals.get(key))
            value, sure = found if found is not None else ("", 0)
            each.offer(born(value) if key in DATES else value, sure)
        show_if(self.about_proposals, any(each.open for each in self.fields.values()))

    def about(self) -> About:
        """What stands there; a date that cannot be read stays as it was typed."""
        values: dict[str, Any] = {key: each.line.text().strip() for key, each in self.fields.items()}
        for key in DATES:
            values[key] = _iso(values[key])
        return About(**values, perpetual=self.perpetual.isChecked())

    @property
    def dirty(self) -> bool:
        """Has somebody changed something that is not kept yet?"""
        about, shown = self.about(), self._shown[1]
        return bool(self._shown[0]) and any(
            getattr(about, each.name) != getattr(shown, each.name) for each in fields(About)
        )

    def kept(self, about: About) -> None:
        """The store has this now."""
        self._shown = (self._shown[0], about)

    def check(self) -> About | None:
        """What may be kept; None with the fault said beside its field."""
        for each in self.fields.values():
            each.field.clear()
        try:
            if not self.fields["title"].line.text().strip():
                raise RuleBroken("paper.title-missing", field="title")
            return rules.checked(self.about(), clock.today())
        except RuleBroken as broken:
            self.refuse(broken)
            return None

    def refuse(self, broken: RuleBroken) -> None:
        """Say beside the field what is wrong with it."""
        each = self.fields.get(str(broken.details.get("field")), self.fields["title"])
        each.field.say_wrong(message(broken.code, broken.details))
        each.line.setFocus()
        self.body.ensureWidgetVisible(each)

    def _typed(self) -> None:
        self.changed.emit()

    # -- keys

    def begin(self) -> None:
        """Put the focus where something is proposed, else where something is missing, else at the name."""
        order = list(self.fields.values())
        wanted = [each for each in order if each.open] or [each for each in order if not each.line.text()]
        (wanted or order)[0].line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._take()
        elif enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        order = list(self.fields.values())
        focused = QApplication.focusWidget()
        at = next((place for place, each in enumerate(order) if each.line is focused), -1)
        if at >= 0 and order[at].open:
            order[at].accept()
            self._typed()
        following = [each for each in (*order[at + 1 :], *order[: max(0, at)]) if each.open]
        if following:
            following[0].line.setFocus()
            self.body.ensureWidgetVisible(following[0])


def _fields() -> tuple[tuple[str, str, str], ...]:
    """The particulars in the order of the decree, with their words and a quiet line of help."""
    return (
        ("title", _("Tên giấy tờ"), ""),
        ("number", _("Số, ký hiệu"), ""),
        ("issued_on", _("Ngày cấp"), ""),
        ("issuer", _("Nơi cấp"), ""),
        ("holder_name", _("Chủ giấy tờ"), ""),
        ("holder_number", _("Số định danh"), ""),
        ("holder_born", _("Năm sinh"), ""),
        ("summary", _("Trích yếu"), ""),
        ("valid_to", _("Hết hiệu lực ngày"), ""),
        ("scope", _("Phạm vi hiệu lực"), ""),
        ("kind_code", _("Mã loại giấy tờ"), ""),
    )


def _iso(text: str) -> str:
    """A typed date as it is kept: "5/3/2026" → "2026-03-05"; what cannot be read stays as it is."""
    if not text:
        return ""
    try:
        return read_birth_date(text)
    except RuleBroken:
        return text
