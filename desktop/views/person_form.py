"""A person or organisation entered by hand: the fewest fields that the kind asks for, checked where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.assets import Look
from desktop.models import person_words
from desktop.views.buttons import Button
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down
from desktop.views.wording import Words
from onestop import clock
from onestop.rules import citizen
from onestop.rules.citizen import HOUSEHOLD_BUSINESS, KINDS, ORGANISATION, PERSON
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.identity import FEMALE, MALE
from onestop.rules.intake import PersonForm
from onestop.texts import _, message

PAPERS = ("identity_number", "cmnd", "passport", "birth_certificate", "no_paper_reason")
REPRESENTATIVE = "representative."


class PersonEntry(QWidget):
    """`entered(PersonForm, remarks)` when everything asked for is right, `given_up` on Esc. Enter goes field by field.

    `moved` tells that name, birth date or paper have changed, so that people who look alike can be looked for; `edited`
    that a person has changed anything at all, `typed` is what stands there then.
    """

    entered = Signal(object, object)
    given_up = Signal()
    moved = Signal(object)
    edited = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.not_same: tuple[str, ...] = ()
        self.kind = Choice(look, [(key, _(text)) for key, text in KINDS.items()])
        self.name = QLineEdit()
        self.birth = QLineEdit()
        self.sex = Choice(look, [("", "–"), (FEMALE, _("Nữ")), (MALE, _("Nam"))])
        self.paper = Choice(look, [(key, person_words.paper_name(key)) for key in PAPERS])
        self.number = QLineEdit()
        self.nationality = QLineEdit()
        self.tax_code = QLineEdit()
        self.head_name = QLineEdit()
        self.head_number = QLineEdit()
        self.address = QLineEdit()
        self.fields = {
            "name": Field(look, _("Họ tên"), self.name, required=True),
            "date_of_birth": Field(look, _("Ngày sinh"), self.birth),
            "sex": Field(look, _("Giới tính"), self.sex),
            "paper": Field(look, _("Giấy tờ"), self.paper),
            "number": Field(look, _("Số"), self.number),
            "nationality": Field(look, _("Quốc tịch"), self.nationality, required=True),
            "tax_code": Field(look, _("Mã số thuế"), self.tax_code),
            REPRESENTATIVE + "name": Field(look, _("Người đại diện"), self.head_name),
            REPRESENTATIVE + "identity_number": Field(look, _("Số định danh"), self.head_number),
            "address": Field(look, _("Địa chỉ"), self.address),
        }
        self.kind.setAccessibleName(_("Loại đối tượng"))
        self.birth.setPlaceholderText(_("hoặc chỉ năm"))
        self.number.setPlaceholderText(_("12 chữ số"))
        fields = self.fields
        use = Button(look, _("Dùng người này"), "", key="Alt+Return")
        use.setShortcut(QKeySequence("Alt+Return"))
        use.clicked.connect(self.finish)
        leave = Button(look, _("Bỏ"), "link", key="Esc")
        leave.clicked.connect(self.given_up)
        self.use = use
        self.setLayout(
            down(
                look,
                across(look, Words(look, _("Nhập tay"), strong=True), None, self.kind, gap="m"),
                fields["name"],
                across(look, (fields["date_of_birth"], 1), (fields["sex"], 1)),
                fields["paper"],
                fields["number"],
                fields["nationality"],
                fields["tax_code"],
                across(look, (fields[REPRESENTATIVE + "name"], 1), (fields[REPRESENTATIVE + "identity_number"], 1)),
                fields["address"],
                across(look, use, leave, None),
                gap="s",
            )
        )
        self.kind.currentIndexChanged.connect(self._settle)
        self.paper.currentIndexChanged.connect(self._settle)
        for line in (self.name, self.birth, self.number):
            line.textEdited.connect(lambda _text: self.moved.emit(self.form()))
        self._lines = {
            "name": self.name,
            "birth": self.birth,
            "number": self.number,
            "nationality": self.nationality,
            "tax_code": self.tax_code,
            "head_name": self.head_name,
            "head_number": self.head_number,
            "address": self.address,
        }
        self._choices = {"kind": self.kind, "sex": self.sex, "paper": self.paper}
        for line in self._lines.values():
            line.textEdited.connect(lambda _text: self.edited.emit())
        for choice in self._choices.values():
            choice.activated.connect(lambda _place: self.edited.emit())
        self._settle()

    # -- which fields

    def _settle(self) -> None:
        """Only the fields that this kind and this paper ask for."""
        kind, paper = str(self.kind.value), str(self.paper.value)
        person = kind == PERSON
        for key in ("date_of_birth", "sex", "paper", "number"):
            self.fields[key].setVisible(person)
        self.fields["nationality"].setVisible(person and paper == "passport")
        for key in ("tax_code", REPRESENTATIVE + "name", REPRESENTATIVE + "identity_number"):
            self.fields[key].setVisible(not person)
        self.fields["name"].label.say(
            {ORGANISATION: _("Tên tổ chức"), HOUSEHOLD_BUSINESS: _("Tên hộ")}.get(kind, _("Họ tên"))
        )
        self.fields["number"].label.say(_("Lý do") if paper == "no_paper_reason" else _("Số"))
        self.number.setPlaceholderText(
            {
                "identity_number": _("12 chữ số"),
                "cmnd": _("9 chữ số"),
                "passport": _("C1234567"),
                "birth_certificate": _("số, năm cấp"),
                "no_paper_reason": _("vì sao chưa có"),
            }[paper]
        )
        self.number.setAccessibleName(self.fields["number"].label.text())

    # -- what is entered

    def begin(self, values: Mapping[str, Any]) -> None:
        """Empty, but for these columns (what was typed into the search, or a person to be entered anew)."""
        for field in self.fields.values():
            field.clear()
        self.not_same = tuple(values.get("not_same") or ())
        self.kind.choose(values.get("kind") or PERSON)
        self.sex.choose(values.get("sex") or "")
        paper = next((key for key in PAPERS if values.get(key)), "identity_number")
        self.paper.choose(paper)
        head = values.get("representative")
        for line, text in (
            (self.name, values.get("name")),
            (self.birth, person_words.born(values.get("date_of_birth"))),
            (self.number, values.get(paper)),
            (self.nationality, values.get("nationality")),
            (self.tax_code, values.get("tax_code")),
            (self.head_name, head.name if head else ""),
            (self.head_number, head.identity_number if head else ""),
            (self.address, values.get("address")),
        ):
            line.setText(str(text or ""))
        self._settle()
        first = self.name if not self.name.text() else self.birth if self.birth.isVisibleTo(self) else self.tax_code
        first.setFocus()
        self.moved.emit(self.form())

    @property
    def typed(self) -> dict[str, str]:
        """Every text as it stands, right or not; {} while nothing has been typed."""
        texts = {key: line.text() for key, line in self._lines.items() if line.text()}
        if not texts:
            return {}
        chosen = {key: str(choice.value or "") for key, choice in self._choices.items()}
        return {**texts, **chosen, "not_same": " ".join(self.not_same)}

    def go_on(self, typed: Mapping[str, str]) -> None:
        """Everything as `typed` had it, with the focus on what is still empty."""
        self.begin({"not_same": typed.get("not_same", "").split()})
        for key, choice in self._choices.items():
            choice.choose(typed.get(key, ""))
        for key, line in self._lines.items():
            line.setText(typed.get(key, ""))
        self._settle()
        self.go_to_next()
        self.moved.emit(self.form())

    def go_to_next(self) -> None:
        """Put the focus on the first thing that is empty or at fault, else where the person is handed on."""
        shown = [field for field in self.fields.values() if field.isVisibleTo(self)]
        lines = [field for field in shown if isinstance(field.control, QLineEdit)]
        empty = (field.control for field in lines if field.wrong or not field.control.text())  # type: ignore[attr-defined]
        next(empty, self.use).setFocus()

    def form(self) -> PersonForm:
        """The form as it stands, checked by nobody yet."""
        kind = str(self.kind.value)
        values: dict[str, Any] = {
            "kind": kind,
            "name": self.name.text(),
            "address": self.address.text() or None,
            "not_same": self.not_same,
        }
        if kind == PERSON:
            paper = str(self.paper.value)
            values |= {
                "date_of_birth": self.birth.text() or None,
                "sex": self.sex.value or None,
                paper: self.number.text() or None,
            }
            if paper == "passport":
                values["nationality"] = self.nationality.text() or None
        else:
            values["tax_code"] = self.tax_code.text() or None
            if self.head_name.text().strip():
                number = self.head_number.text() or None
                reason = None if number else "do tổ chức khai"  # kept with the person: one language
                values["representative"] = PersonForm(
                    name=self.head_name.text(), identity_number=number, no_paper_reason=reason
                )
        return PersonForm(**values)

    def finish(self) -> None:
        """Check everything: the first fault is shown at its field, or the person is handed on."""
        for field in self.fields.values():
            field.clear()
        form, today = self.form(), clock.today()
        remarks: list[Remark] = []
        if form.representative is not None and not self._right(form.representative, REPRESENTATIVE):
            return
        try:
            values, remarks = citizen.check_person(form, today)
        except RuleBroken as broken:
            self.show_fault(broken)
            return
        kept = {name: values.get(name, getattr(form, name)) for name in PersonForm.__dataclass_fields__}
        kept["representative"] = form.representative
        self.entered.emit(PersonForm(**kept), tuple(remarks))

    def _right(self, form: PersonForm, where: str) -> bool:
        try:
            citizen.check_person(form, clock.today())
        except RuleBroken as broken:
            self.show_fault(broken, where)
            return False
        return True

    def show_fault(self, broken: RuleBroken, where: str = "") -> None:
        """Say what is wrong at the field that it is about, and go there."""
        name = str(broken.details.get("field") or "name")
        key = where + name
        if key not in self.fields:
            key = where + "name" if where else "number" if name in PAPERS else "name"
        self.fields[key].say_wrong(message(broken.code, broken.details))
        self.fields[key].control.setFocus()

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._next()
        else:
            super().keyPressEvent(event)

    def _next(self) -> None:
        """The next field that is shown; after the last one the person is handed on."""
        shown = [field.control for field in self.fields.values() if field.isVisibleTo(self)]
        here = next((at for at, control in enumerate(shown) if control.hasFocus()), None)
        if here is None or here == len(shown) - 1:
            self.finish()
        else:
            shown[here + 1].setFocus()
            if isinstance(line := shown[here + 1], QLineEdit):
                line.selectAll()
