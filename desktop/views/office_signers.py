"""Người ký: who signs what the office gives out, in which form, on which days, and in whose place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.bus import Level
from desktop.models import due as dates
from desktop.models import letter_words as words
from desktop.models.letter_words import SignerRow
from desktop.models.moves import read_day
from desktop.models.table import TableModel
from desktop.views.buttons import Button
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down, show_if
from desktop.views.lists import ListView
from desktop.views.office_part import OfficePart
from desktop.views.screen import Counter
from desktop.views.standing import EmptyState
from desktop.views.wording import Words
from onestop import clock
from onestop.actions import signers as actions
from onestop.queries import signers as queries
from onestop.rules import signers as rules
from onestop.rules.errors import RuleBroken
from onestop.rules.roles import Permission
from onestop.rules.signers import BEHALF, Signer
from onestop.texts import _

ROWS = 5
NOBODY = ""


class SignersPart(OfficePart):
    """The list above, one to be entered below; what was signed stays, so that nobody is changed afterwards."""

    key = "signers"
    tables = frozenset({"signer"})
    permission = Permission.EDIT_LETTERS

    def __init__(self, counter: Counter) -> None:
        self.title = _("Người ký, mẫu văn bản")
        super().__init__(counter)
        look = self.look
        self.everybody: tuple[Signer, ...] | None = None
        self.model = TableModel(look, words.signer_columns())
        empty = EmptyState(
            look, "signature", _("Chưa ghi ai ký văn bản"), _("Chưa có người ký thì chưa lập được văn bản kết quả.")
        )
        self.list = ListView(look, self.model, _("Người ký"), empty=empty)
        self.list.setFixedHeight(look.size("header") + look.size("row") * ROWS)
        self.list.picked.connect(self._pick)
        self.new = Button(look, _("Thêm người ký"), icon="plus")
        self.new.clicked.connect(lambda _on: self._begin())
        self.templates = Button(look, _("Soạn mẫu văn bản kết quả"), icon="file-text")
        self.templates.clicked.connect(lambda _on: counter.go("templates", back="settings"))
        self.templates.setEnabled(self.may_change)
        self.add(across(look, self.templates, None, self.new))
        self.add_wide(self.list)
        self.add(self._editor(), self.fault)
        self._begin(focus=False)

    def _editor(self) -> QWidget:
        look, editor = self.look, QWidget()
        names = ("name", "title", "behalf", "collective", "paper", "valid_from", "valid_to")
        self.lines = {name: QLineEdit() for name in names}
        for name in ("valid_from", "valid_to"):
            self.lines[name].setPlaceholderText(_("ngày/tháng/năm"))
        self.form, self.stands_for = Choice(look, words.forms()), Choice(look)
        self.form.currentIndexChanged.connect(lambda _at: self._settle())
        lines = self.lines
        self.fields = {
            "name": Field(look, _("Họ tên"), lines["name"], required=True),
            "title": Field(look, _("Chức vụ"), lines["title"], required=True),
            "form": Field(look, _("Hình thức ký"), self.form),
            "behalf": Field(look, _("Đứng sau TM., KT., TL., TUQ."), lines["behalf"], required=True),
            "collective": Field(look, _("Dòng TM. ở trên"), lines["collective"]),
            "paper": Field(look, _("Văn bản giao"), lines["paper"]),
            "valid_from": Field(look, _("Từ ngày"), lines["valid_from"], required=True),
            "valid_to": Field(look, _("Đến hết ngày"), lines["valid_to"]),
            "stands_for": Field(look, _("Ký thay khi vắng"), self.stands_for),
        }
        for line in lines.values():
            line.setMaxLength(200)
            line.setReadOnly(not self.may_change)
            line.textEdited.connect(lambda _text: self._moved())
            line.returnPressed.connect(self._keep)
        self.shown = Words(look, "", "note", "quiet", wrap=True)
        self.keep = Button(look, _("Lưu người ký"), "main")
        self.keep.clicked.connect(self._keep)
        self.gone = Button(look, _("Không để ký nữa"), "danger")
        self.gone.clicked.connect(self._ask_withdraw)
        fields = self.fields
        rows = (
            ("name", "title"),
            ("form", "behalf"),
            ("collective", "stands_for"),
            ("paper", "valid_from", "valid_to"),
        )
        placed = [across(look, *((fields[key], 2 if key == "paper" else 1) for key in row), gap="m") for row in rows]
        for row, keys in zip(placed, rows, strict=True):
            for key in keys:
                row.setAlignment(fields[key], Qt.AlignmentFlag.AlignTop)
        buttons = across(look, self.gone, None, self.keep, gap="m")
        editor.setLayout(down(look, *placed, self.shown, buttons, gap="s"))
        return editor

    # -- shown

    def load(self) -> None:
        self.desk.ask(queries.signers, then=self._here, owner=self, key="signers")

    def _here(self, everybody: tuple[Signer, ...]) -> None:
        if everybody == self.everybody:
            return
        self.everybody = everybody
        self.model.show([SignerRow(each, everybody) for each in everybody])
        heads = [(each.id, f"{each.name} ({each.title})") for each in everybody if not each.stands_for]
        self.stands_for.set_choices([(NOBODY, _("không ký thay ai")), *heads])

    def _pick(self, row: SignerRow | None) -> None:
        if row is None:
            return
        self.calm(self.fields)
        signer = row.signer
        for name, line in self.lines.items():
            text = getattr(signer, name) or ""
            line.setText("/".join(reversed(text.split("-"))) if name.startswith("valid") and text else text)
            line.setCursorPosition(0)
        self.form.choose(signer.form)
        self.stands_for.choose(signer.stands_for or NOBODY)
        self.gone.setEnabled(self.may_change)
        self._settle()
        self.keep.setEnabled(False)

    def _begin(self, *, focus: bool = True) -> None:
        self.list.clearSelection()
        self.list.setCurrentIndex(self.list.rootIndex())
        self.calm(self.fields)
        for line in self.lines.values():
            line.clear()
        self.form.choose("TM")
        self.lines["valid_from"].setText(dates.date(clock.now()))
        self.stands_for.choose(NOBODY)
        self.gone.setEnabled(False)
        self._settle()
        if focus:
            self.lines["name"].setFocus()

    def _settle(self) -> None:
        """Only what this form asks for is there; how it will stand on paper is said below."""
        form = rules.sign_form(str(self.form.value), clock.today())
        show_if(self.fields["behalf"], form.before == BEHALF)
        show_if(self.fields["collective"], form.may_top)
        show_if(self.fields["stands_for"], form.stands_in)
        self._moved()

    def _moved(self) -> None:
        self.calm(self.fields)
        self.keep.setEnabled(self.may_change)
        signer = self._signer()
        ready = signer.name and signer.title and (signer.behalf or self.fields["behalf"].isHidden())
        lines = " / ".join((*signer.lines, signer.name)) if ready else ""
        self.shown.say(_("Trên giấy: {lines}").format(lines=lines) if lines else "")

    def _signer(self) -> Signer:
        said = {name: line.text().strip() for name, line in self.lines.items()}
        for name in ("behalf", "collective"):
            if self.fields[name].isHidden():
                said[name] = ""
        for name in ("valid_from", "valid_to"):
            said[name] = read_day(said[name])
        stands_for = "" if self.fields["stands_for"].isHidden() else str(self.stands_for.value or "")
        return Signer(
            "",
            said["name"],
            said["title"],
            str(self.form.value),
            said["valid_from"],
            said["valid_to"],
            said["behalf"],
            said["collective"],
            said["paper"],
            stands_for,
        )

    # -- kept

    def _keep(self) -> None:
        if not self.keep.isEnabled():
            return
        signer = self._signer()
        self.calm(self.fields)
        self.desk.do(
            actions.add, signer, then=partial(self._kept, signer.name), owner=self, or_else=self.refuse(self.fields)
        )

    def _kept(self, name: str, signer_id: str) -> None:
        self.desk.tell(Level.GOOD, "signer.kept", name=name)
        self.load()
        self.list.choose_id(signer_id)

    def _ask_withdraw(self) -> None:
        row = self.list.current
        if row is not None:
            signer = row.signer
            self.counter.notices.confirm(
                "signer.withdraw", _("Không để ký nữa"), partial(self._withdraw, signer), name=signer.name
            )

    def _withdraw(self, signer: Signer) -> None:
        def withdrawn(_none: None) -> None:
            self.desk.tell(Level.GOOD, "signer.gone", name=signer.name)
            self.load()
            self._begin(focus=False)

        self.desk.do(actions.withdraw, signer.id, then=withdrawn, owner=self, or_else=self._refused)

    def _refused(self, broken: RuleBroken) -> None:
        self.refuse({})(broken)

    def hear(self, changes: Mapping[str, frozenset[str]]) -> None:
        if self.tables & changes.keys():
            self.load()

    def first(self) -> QWidget:
        return self.list


__all__ = ["SignersPart"]
