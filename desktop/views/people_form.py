"""The side pane while a person or organisation is entered by hand or changed: every field there is, checked where it
stands; what is odd is said beside it and stops nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.assets import Look
from desktop.bus import Level
from desktop.desk import Desk
from desktop.models import people as words
from desktop.models import person_words
from desktop.views.boxes import Box, Card, Note
from desktop.views.buttons import Button, Chips
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down
from desktop.views.sections import Leaf, Link
from desktop.views.wording import Words
from onestop import clock
from onestop.actions import citizens
from onestop.actions.citizens import ChangeForm, Registered
from onestop.queries import people, reception
from onestop.queries.people import Likeness, Person
from onestop.queries.reception import AtDesk
from onestop.rules import citizen
from onestop.rules.citizen import HOUSEHOLD_BUSINESS, KINDS, ORGANISATION, PERSON, Difference
from onestop.rules.errors import RuleBroken
from onestop.rules.identity import FEMALE, MALE
from onestop.rules.intake import PersonForm
from onestop.rules.text import clean
from onestop.texts import _, message

HEAD_NAME, HEAD_NUMBER = "representative", "representative_number"
OF_PEOPLE = (
    "date_of_birth",
    "sex",
    "identity_number",
    "issued_on",
    "cmnd",
    "birth_certificate",
    "passport",
    "nationality",
)
OF_ALL = ("name", "tax_code", "no_paper_reason", "phone", "email", "address", "unit_code", "old_district")
OF_OTHERS = (HEAD_NAME, HEAD_NUMBER)
NUMBERS = ("identity_number", "cmnd", "passport", "tax_code")
MOST_ALIKE = 3


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What was typed when somebody gave it up, to be taken up again."""

    person: Person | None
    first: Mapping[str, str]
    texts: Mapping[str, str]
    not_same: tuple[str, ...]
    from_card: bool


class PersonEditor(Card):
    """`begin(values)` for somebody new, `change(person)` for one who is registered.

    `saved(id)` when it is in, `left(Unfinished or None)` when the person gives it up; `wished_person(id)`: the one
    meant is registered already; `merged(one, other)`: the one being changed is another who is registered.
    """

    saved = Signal(str)
    left = Signal(object)
    wished_person = Signal(str)
    merged = Signal(str, str)

    def __init__(self, look: Look, desk: Desk, save: QAction) -> None:
        super().__init__(look, gap="s")
        self._desk, self._save = desk, save
        self.person: Person | None = None
        self._first: dict[str, str] = {}
        self._not_same: tuple[str, ...] = ()
        self._from_card = False
        self._pairs: list[tuple[QWidget, tuple[str, str]]] = []
        self._differing: tuple[str, tuple[Difference, ...]] = ("", ())
        self.title = Words(look, size="lead", strong=True, wrap=True)
        self.kinds = Chips(look, [(key, _(text)) for key, text in KINDS.items()], _("Loại đối tượng"))
        self.kinds.picked.connect(lambda _kind: self._settle())
        self.fields = self._make_fields()
        self.fault = Note(look, "", "danger")
        self.alike = Box(look, "warning", padding="s", gap="xs")
        self.holder = Box(look, "accent", padding="s", gap="xs")
        self.differing = Box(look, "accent", padding="s", gap="s")
        for box in (self.fault, self.alike, self.holder, self.differing):
            box.hide()
        self.leaf = Leaf(look, _("Thông tin đang nhập"), inside="m", gap="s")
        self.leaf.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.leaf.show_parts(self._rows())
        self.save = Button(look, "", "main", action=save, big=True)
        leave = Button(look, _("Bỏ"), key="Esc")
        leave.clicked.connect(self.leave)
        inside = ("m", "none", "m", "none")
        self.body.addLayout(down(look, self.title, self.kinds, gap="s", margins=inside))
        self.body.addWidget(self.leaf, 1)
        foot = across(look, (self.save, 2), (leave, 1))
        self.body.addLayout(down(look, self.fault, foot, gap="s", margins=inside))
        self._rest = QTimer(self, singleShot=True, interval=look.time("typing") * 2)
        self._rest.timeout.connect(self._look_around)
        QWidget.setTabOrder(self.kinds, self.fields["name"].control)
        self._settle()

    # -- fields

    def _make_fields(self) -> dict[str, Field]:
        look = self.look
        labels = {
            "name": _("Họ tên"),
            "date_of_birth": _("Ngày sinh"),
            "sex": _("Giới tính"),
            "identity_number": _("Số định danh"),
            "issued_on": _("Ngày cấp"),
            "cmnd": _("CMND cũ"),
            "birth_certificate": _("Giấy khai sinh"),
            "passport": _("Hộ chiếu"),
            "nationality": _("Quốc tịch"),
            "tax_code": _("Mã số thuế"),
            "no_paper_reason": "",
            HEAD_NAME: _("Người đại diện"),
            HEAD_NUMBER: _("Số của người đại diện"),
            "phone": _("Điện thoại"),
            "email": _("Email"),
            "address": _("Địa chỉ ghi trên giấy tờ"),
            "unit_code": _("Mã xã, phường"),
            "old_district": _("Huyện cũ"),
        }
        hints = {
            "date_of_birth": _("hoặc chỉ năm"),
            "identity_number": _("12 chữ số"),
            "cmnd": _("9 chữ số"),
            "birth_certificate": _("số, năm cấp"),
            "issued_on": _("ngày/tháng/năm"),
            "unit_code": _("5 chữ số"),
            HEAD_NUMBER: _("12 chữ số"),
        }
        made = {}
        for key, label in labels.items():
            control: QWidget
            if key == "sex":
                control = Choice(look, [("", "–"), (FEMALE, FEMALE), (MALE, MALE)])
                control.currentIndexChanged.connect(lambda _place: self._left_field("sex"))
            else:
                control = QLineEdit()
                control.setPlaceholderText(hints.get(key, ""))
                control.textEdited.connect(lambda _text, key=key: self._typed(key))
                control.editingFinished.connect(lambda key=key: self._left_field(key))
            made[key] = Field(look, label, control, required=key == "name")
        return made

    def _rows(self) -> list[QWidget]:
        fields, look = self.fields, self.look

        def pair(one: str, other: str) -> QWidget:
            both = QWidget()
            self._pairs.append((both, (one, other)))
            row = across(look, (fields[one], 1), (fields[other], 1), gap="m")
            for key in (one, other):
                row.setAlignment(fields[key], Qt.AlignmentFlag.AlignTop)
            both.setLayout(row)
            return both

        return [
            fields["name"],
            self.alike,
            pair("date_of_birth", "sex"),
            pair("identity_number", "issued_on"),
            self.holder,
            self.differing,
            pair("cmnd", "birth_certificate"),
            pair("passport", "nationality"),
            pair("tax_code", "no_paper_reason"),
            pair(HEAD_NAME, HEAD_NUMBER),
            pair("phone", "email"),
            fields["address"],
            pair("unit_code", "old_district"),
        ]

    @property
    def kind(self) -> str:
        """person, organisation or household-business, as chosen."""
        return self.kinds.chosen

    def _keys(self) -> tuple[str, ...]:
        """The fields that this kind has."""
        return (*OF_ALL, *(OF_PEOPLE if self.kind == PERSON else OF_OTHERS))

    def _settle(self) -> None:
        keys = self._keys()
        for key, field in self.fields.items():
            field.setVisible(key in keys)
        for both, pair in self._pairs:
            both.setVisible(any(key in keys for key in pair))
        names = {ORGANISATION: _("Tên tổ chức"), HOUSEHOLD_BUSINESS: _("Tên hộ kinh doanh")}
        self.fields["name"].label.say(names.get(self.kind, _("Họ tên")))
        reason = _("Không có giấy tờ, vì") if self.kind == PERSON else _("Không có mã, vì")
        self.fields["no_paper_reason"].label.say(reason)
        self.fields["no_paper_reason"].control.setAccessibleName(reason)
        self._say_remarks()

    # -- what is in them

    def text(self, key: str) -> str:
        """What stands in a field."""
        control = self.fields[key].control
        if isinstance(control, QComboBox):
            return str(control.currentData() or "")
        assert isinstance(control, QLineEdit)
        return control.text()

    def _put(self, key: str, text: str) -> None:
        control = self.fields[key].control
        control.blockSignals(True)
        if isinstance(control, Choice):
            control.choose(text)
        elif isinstance(control, QLineEdit):
            control.setText(text)
            control.setCursorPosition(0)
        control.blockSignals(False)

    def texts(self) -> dict[str, str]:
        """Everything as it stands."""
        return {"kind": self.kind, **{key: self.text(key) for key in self.fields}}

    @property
    def dirty(self) -> bool:
        """Has anything been typed that is not kept?"""
        return self.texts() != self._first

    def begin(self, values: Mapping[str, Any], *, from_card: bool = False) -> None:
        """Somebody new, with what is known of him so far."""
        self.person, self._from_card = None, from_card
        self.title.say(_("Đăng ký người mới"))
        self._fill({key: _as_text(key, values.get(key)) for key in self.fields}, str(values.get("kind") or PERSON))
        # What was typed into the search, or read from a card, is worth keeping: it counts as typed here.
        self._first = dict.fromkeys(self._first, "") | {"kind": self._first["kind"]}
        self._look_around()

    def change(self, person: Person, head: str = "") -> None:
        """One who is registered, all that is kept of him in full; `head`: the name of his representative."""
        self.person, self._from_card = person, bool(person.values.get("from_card"))
        self.title.say(_("Sửa thông tin"))
        shown = {key: _as_text(key, person.values.get(key)) for key in self.fields} | {HEAD_NAME: head}
        self._fill(shown, str(person.values["kind"]))

    def take_up(self, unfinished: Unfinished) -> None:
        """Go on with what was given up."""
        self.person = unfinished.person
        self.title.say(_("Sửa thông tin") if self.person else _("Đăng ký người mới"))
        self._fill(unfinished.texts, unfinished.texts["kind"])
        self._first = dict(unfinished.first)
        self._not_same, self._from_card = unfinished.not_same, unfinished.from_card
        self._look_around()

    def _fill(self, texts: Mapping[str, str], kind: str) -> None:
        self._not_same = ()
        self._differing = ("", ())
        for box in (self.fault, self.alike, self.holder, self.differing):
            box.hide()
        self.kinds.choose(kind)
        for key, field in self.fields.items():
            field.clear()
            self._put(key, texts.get(key, ""))
        self._first = self.texts()
        self._settle()
        self.leaf.verticalScrollBar().setValue(0)
        line = self.fields["name"].control
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(line, QLineEdit):
            line.selectAll()

    def form(self) -> PersonForm:
        """The form as it stands, checked by nobody yet."""
        keys = [key for key in self._keys() if key not in OF_OTHERS]
        values: dict[str, Any] = {key: self.text(key).strip() or None for key in keys}
        values["name"] = self.text("name")
        return PersonForm(
            kind=self.kind,
            representative=self._head(),
            not_same=self._not_same,
            from_card=self._from_card and self.kind == PERSON,
            **values,
        )

    def _head(self) -> PersonForm | None:
        """The representative, where one was typed who is not the one known."""
        name, number = clean(self.text(HEAD_NAME)), clean(self.text(HEAD_NUMBER))
        known = self.person is not None and name == self._first.get(HEAD_NAME, "") and not number
        if self.kind == PERSON or known or not (name or number):
            return None
        return PersonForm(name=name, identity_number=number or None)

    # -- beside the fields

    def _typed(self, key: str) -> None:
        self.fields[key].clear()
        self.fault.hide()
        if key in ("name", "date_of_birth"):
            self._rest.start()

    def _left_field(self, key: str) -> None:
        """Check this field alone, then say what the whole contradicts."""
        text = self.text(key).strip()
        if text and key in OF_ALL + OF_PEOPLE:
            try:
                citizen.check_person(_alone(self.kind, key, text), clock.today(), paper_needed=False)
            except RuleBroken as broken:
                if broken.details.get("field") == key:
                    self.fields[key].say_wrong(message(broken.code, broken.details))
                    return
        self._say_remarks()
        if key in NUMBERS:
            self._look_for_holder(key)

    def _say_remarks(self) -> None:
        """What is odd stands beside its field, and stops nothing."""
        for field in self.fields.values():
            if not field.wrong:
                field.clear()
        try:
            _values, remarks = citizen.check_person(self.form(), clock.today(), paper_needed=False)
        except RuleBroken:
            return
        said: dict[str, list[str]] = {}
        for remark in remarks:
            key = words.field_of(remark)
            if words.tone_of(remark) == "warning" and key in self.fields:
                said.setdefault(key, []).append(words.said(remark))
        for key, sentences in said.items():
            if not self.fields[key].wrong:
                self.fields[key].say_note(" ".join(sentences))

    def _look_around(self) -> None:
        """Who is registered and looks like this one."""
        values = {key: self.text(key) for key in ("name", "date_of_birth", "sex", *NUMBERS, "phone", "address")}
        if self.kind != PERSON:
            values |= dict.fromkeys(OF_PEOPLE, "")
        self._desk.ask(
            people.alike,
            {**values, "kind": self.kind},
            self.person.id if self.person else None,
            then=self._show_alike,
            owner=self,
            key="alike",
        )

    def _show_alike(self, found: list[Likeness]) -> None:
        look = self.look
        _emptied(self.alike)
        shown = [each for each in found if each.row.id not in self._not_same][:MOST_ALIKE]
        for each in shown:
            row = each.row
            self.alike.add(Link(look, row.name, f"{words.about(row)} ({words.reasons(each)})"))
            link = self.alike.body.itemAt(self.alike.body.count() - 1).widget()
            assert isinstance(link, Link)
            link.clicked.connect(lambda _checked=False, row=row: self.wished_person.emit(row.id))
            text = _("Là một người") if self.person else _("Là người này")
            same = Button(look, text, icon="merge", name=_("{name} là cùng một người").format(name=row.name))
            same.clicked.connect(lambda _checked=False, row=row: self._is(row.id))
            other = Button(look, _("Không phải"), name=_("{name} là người khác").format(name=row.name))
            other.clicked.connect(lambda _checked=False, row=row: self._is_not(row.id))
            self.alike.body.addLayout(across(look, same, other, None))
        self.alike.setAccessibleName(_("Có thể đã đăng ký"))
        self.alike.setVisible(bool(shown))

    def _is(self, other: str) -> None:
        if self.person is None:
            self.wished_person.emit(other)
        else:
            self.merged.emit(self.person.id, other)

    def _is_not(self, other: str) -> None:
        """Remembered with the registration, or at once where he is registered."""
        self._not_same = (*self._not_same, other)
        if self.person is not None:
            self._desk.do(citizens.apart, (self.person.id, other), owner=self)
        self._look_around()
        self.fields["name"].control.setFocus()

    def _look_for_holder(self, key: str) -> None:
        """Who has the number that was just typed."""
        number = self.text(key).strip()
        if not number or number == self._first.get(key):
            self.holder.hide()
            return
        papers = {key: _bare(number), "kind": self.kind, "nationality": self.text("nationality")}
        self._desk.ask(reception.holder, papers, then=self._show_holder, owner=self, key="holder")

    def _show_holder(self, there: AtDesk | None) -> None:
        _emptied(self.holder)
        mine = self.person is not None and there is not None and there.person.id == self.person.id
        if there is None or mine:
            self.holder.hide()
            return
        look, found = self.look, there.person
        text = _("Số này đã đăng ký cho {name}.").format(name=found.values["name"])
        self.holder.add(Words(look, text, tone="accent_soft_ink", wrap=True))
        see = Button(look, _("Xem người này"), "link")
        see.clicked.connect(lambda: self.wished_person.emit(found.id))
        self.holder.body.addLayout(across(look, see, None))
        self.holder.show()

    # -- keeping it

    def keep(self) -> None:
        """Check everything, then register or change."""
        for field in self.fields.values():
            field.clear()
        self.fault.hide()
        if not clean(self.text("name")):
            self._refuse(RuleBroken("person.name-missing", field="name"))
            return
        if self.kind != PERSON and clean(self.text(HEAD_NAME)) and self._head() is not None:
            number = self.text(HEAD_NUMBER).strip()
            try:
                citizen.check_person(PersonForm(name=self.text(HEAD_NAME), identity_number=number), clock.today())
            except RuleBroken as broken:
                place = HEAD_NUMBER if broken.details.get("field") == "identity_number" else HEAD_NAME
                self._refuse(broken, place)
                return
        self._save.setEnabled(False)
        if self.person is None:
            self._desk.do(
                citizens.register,
                self.form(),
                then=self._registered,
                owner=self,
                or_else=self._refuse,
                always=self._free,
            )
        else:
            self._desk.do(
                citizens.change,
                self._changes(),
                then=self._changed,
                owner=self,
                or_else=self._refuse,
                always=self._free,
            )

    def _free(self) -> None:
        self._save.setEnabled(True)

    def _changes(self) -> ChangeForm:
        """Only what was changed, and what the kind no longer has."""
        assert self.person is not None
        form = self.form()
        first = self._first
        values: dict[str, Any] = {}
        for key in (*OF_ALL, *OF_PEOPLE):
            mine = key in self._keys()
            new = getattr(form, key) if mine else None
            if (not mine and self.person.values.get(key)) or (mine and self.text(key) != first.get(key, "")):
                values[key] = new
        if self.kind != first.get("kind"):
            values["kind"] = self.kind
        return ChangeForm(self.person.id, values, self._head())

    def _registered(self, done: Registered) -> None:
        if done.created:
            self._desk.tell(Level.GOOD, "people.registered", name=done.values["name"])
            self._first = self.texts()
            self.saved.emit(done.id)
        elif done.differences:
            self._show_differences(done)
        else:
            self._desk.tell(Level.NOTE, "people.known", name=done.values["name"])
            self._first = self.texts()
            self.saved.emit(done.id)

    def _changed(self, done: Registered) -> None:
        self._desk.tell(Level.GOOD, "people.changed", name=done.values["name"])
        self._first = self.texts()
        self.saved.emit(done.id)

    def _show_differences(self, done: Registered) -> None:
        """The number is registered: what the form says otherwise, to be taken over or not."""
        look = self.look
        _emptied(self.differing)
        self._differing = (done.id, done.differences)
        text = _("{name} đã đăng ký với số này. Thông tin vừa nhập khác ở các mục:").format(name=done.values["name"])
        self.differing.add(Words(look, text, tone="accent_soft_ink", wrap=True))
        for each in done.differences:
            stored = person_words.shown(each.field, each.stored) or _("chưa có")
            offered = person_words.shown(each.field, each.offered)
            self.differing.add(Words(look, f"{words.field_name(each.field)}: {stored} → {offered}", wrap=True))
        take = Button(look, _("Ghi theo thông tin vừa nhập"))
        take.clicked.connect(self._take_over)
        keep = Button(look, _("Giữ thông tin đã có"))
        keep.clicked.connect(lambda: self._keep_known(done.id))
        self.differing.add(take, keep)
        self.differing.show()
        self.leaf.ensureWidgetVisible(self.differing)
        take.setFocus()

    def _take_over(self) -> None:
        citizen_id, differences = self._differing
        values = {each.field: each.offered for each in differences}
        self._desk.do(
            citizens.change, ChangeForm(citizen_id, values), then=self._changed, owner=self, or_else=self._refuse
        )

    def _keep_known(self, citizen_id: str) -> None:
        self._first = self.texts()
        self.saved.emit(citizen_id)

    def _refuse(self, broken: RuleBroken, place: str = "") -> None:
        """Say beside the field what is wrong with it, and go there."""
        key = place or str(broken.details.get("field") or "")
        text = message(broken.code, broken.details)
        if key in self.fields and self.fields[key].isVisibleTo(self):
            field = self.fields[key]
            field.say_wrong(text)
            field.control.setFocus()
            self.leaf.ensureWidgetVisible(field)
        else:
            self.fault.say(text)

    def hear_change(self, values: Mapping[str, Any]) -> None:
        """The one being changed was changed elsewhere meanwhile: what nobody touched here follows, the rest is said."""
        if self.person is None:
            return
        first = dict(self._first)
        for key in (*OF_ALL, *OF_PEOPLE):
            new = _as_text(key, values.get(key))
            if new == first.get(key, ""):
                continue
            if self.text(key) == first.get(key, ""):
                self._put(key, new)
            elif self.text(key) != new:
                self.fields[key].say_note(_("Nơi khác vừa ghi: {value}").format(value=new or _("để trống")))
            self._first[key] = new
        self.person = Person(self.person.id, dict(values), self.person.registered_at, self.person.same)

    # -- keys

    def leave(self) -> None:
        """Give it up; whoever hears `left` may offer to take it up again."""
        unfinished = Unfinished(self.person, self._first, self.texts(), self._not_same, self._from_card)
        self.left.emit(unfinished if self.dirty else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._next()
        else:
            super().keyPressEvent(event)

    def _next(self) -> None:
        """The next field of this kind; behind the last one the button that keeps it."""
        shown = [field.control for field in self.fields.values() if field.isVisibleTo(self)]
        here = next((at for at, control in enumerate(shown) if control.hasFocus()), None)
        if here is None:
            return
        following = shown[here + 1] if here + 1 < len(shown) else self.save
        following.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(following, QLineEdit):
            following.selectAll()
        if following is not self.save:
            self.leaf.ensureWidgetVisible(following)


def _as_text(key: str, value: Any) -> str:
    return person_words.shown(key, str(value)) if value else ""


def _alone(kind: str, key: str, text: str) -> PersonForm:
    """A form in which nothing but this field can be wrong."""
    values: dict[str, Any] = {"kind": kind, "name": _("Tên"), key: text}
    if key == "passport":
        values["nationality"] = "-"
    return PersonForm(**values)


def _bare(number: str) -> str:
    return "".join(sign for sign in number.upper() if sign.isalnum())


def _emptied(box: Box) -> None:
    layout = box.body
    while layout.count():
        item = layout.takeAt(0)
        inner = item.layout() if item is not None else None
        widgets = [item.widget()] if inner is None else [inner.itemAt(at).widget() for at in range(inner.count())]
        for widget in widgets:
            if widget is not None:
                widget.hide()
                widget.deleteLater()


__all__ = ["PersonEditor"]
