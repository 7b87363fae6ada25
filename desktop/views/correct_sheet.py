"""Đính chính: what was typed at the receipt, field by field; what is changed is marked with what stood before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QGridLayout, QLineEdit, QWidget

from desktop.assets import Look
from desktop.models import correct_words as words
from desktop.views.boxes import Note, Overlay, Scroll
from desktop.views.buttons import Button
from desktop.views.correct_fields import Entry, FormEntry, PaperRow, first_of
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down, emptied, show_if
from desktop.views.wording import Words
from onestop.queries.corrections import Correctable
from onestop.rules import correcting as rules
from onestop.rules.citizen import RELATIONS, relation_name, role_name
from onestop.rules.correcting import CITIZEN, OFFICE, CorrectForm
from onestop.rules.dossier import FIELD
from onestop.rules.errors import RuleBroken
from onestop.rules.text import clean
from onestop.texts import _, message

Go = Callable[[CorrectForm], None]


class CorrectSheet(Overlay):
    """`open_for(wanted, clerk, go)`: `go(form)` on F9 or the button; `refuse` says beside a field what is wrong."""

    alone = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._wanted: Correctable | None = None
        self._go: Go = lambda _form: None
        self._clerk = ""
        self._seen: dict[str, Any] = {}
        self.entries: list[Entry] = []
        self.papers: list[PaperRow] = []
        self.names: dict[str, QCheckBox] = {}
        self.title = Words(look, _("Đính chính thông tin"), size="lead", strong=True)
        self.about = Words(look, "", "note", "quiet", elide=True)
        self.asked = Choice(look, [(CITIZEN, _("Công dân")), (OFFICE, _("Cơ quan"))])
        self.asked.currentIndexChanged.connect(self._propose_name)
        self.name, self.reason = QLineEdit(), QLineEdit()
        for line in (self.name, self.reason):
            line.setMaxLength(rules.LONGEST)
        self.head = {
            "asked": Field(look, _("Ai đề nghị"), self.asked),
            "name": Field(look, _("Họ tên người đề nghị"), self.name, required=True),
            "reason": Field(look, _("Lý do"), self.reason, required=True),
        }
        first = across(look, (self.head["asked"], 2), (self.head["name"], 3), (self.head["reason"], 5), gap="m")
        for field in self.head.values():
            first.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        for called, line in (("name", self.name), ("reason", self.reason)):
            line.textEdited.connect(lambda _text, called=called: self.head[called].clear())
        self._column = down(look, gap="m")
        content = QWidget()
        content.setLayout(self._column)
        self.body = Scroll(content)
        self.fault = Note(look, "", "warning")
        self.do_button = Button(look, _("Lưu đính chính"), "main", key="F9")
        self.do_button.clicked.connect(self._done)
        leave = Button(look, _("Thôi"), key="Esc")
        leave.clicked.connect(self.put_away)
        foot = across(look, None, leave, self.do_button)
        self.setLayout(
            down(look, self.title, self.about, first, (self.body, 1), self.fault, foot, gap="m", margins="xl")
        )
        self.closed.connect(self._forget)

    def open_for(self, wanted: Correctable, clerk: str, go: Go) -> None:
        """Show what can be corrected of this dossier; `clerk`: who sits here."""
        self._wanted, self._clerk, self._go = wanted, clerk, go
        self._seen = dict(wanted.groups)
        values = wanted.dossier.values
        self.about.say(f"{wanted.dossier.code} · {values['owner_name']} · {values['procedure_name']}")
        self.setAccessibleName(f"{self.title.text()}. {self.about.text()}")
        self._make(wanted)
        self.asked.choose(CITIZEN)
        self._propose_name()
        self.reason.clear()
        for field in self.head.values():
            field.clear()
        self.fault.say("")
        self._place()
        self.lift(self.reason)
        QTimer.singleShot(0, self, self._place)  # the height of words is known when they have been dressed

    def _propose_name(self) -> None:
        """Whoever handed it in asks most often; for the office whoever sits here."""
        if self._wanted is None:
            return
        persons = sorted(self._wanted.persons, key=lambda each: each.role != "submitter")
        citizen = next((each.registered for each in persons if each.role in ("submitter", "owner")), "")
        self.name.setText(citizen if self.asked.value == CITIZEN else self._clerk)
        self.name.setCursorPosition(0)

    def _place(self) -> None:
        window, look = self.parentWidget(), self._look
        width = min(look.size("preview"), window.width() - 2 * look.space("page"))
        top = look.space("xxxl")
        most = window.height() - 2 * top
        height = min(most, self.sizeHint().height())
        self.setGeometry((window.width() - width) // 2, max(top, (window.height() - height) // 3), width, height)

    # -- its inputs

    def _make(self, wanted: Correctable) -> None:
        look, values = self._look, wanted.dossier.values
        emptied(self._column)
        self.entries, self.papers, self.names = [], [], {}
        delivery = values["delivery"] or {}
        ways = [("counter", _("Tại quầy")), ("post", _("Qua bưu chính")), ("electronic", _("Bản điện tử"))]
        contact = [
            Entry(look, "phone", _("Điện thoại"), QLineEdit(), values["phone"]),
            Entry(look, "email", _("Email"), QLineEdit(), values["email"]),
            Entry(look, "summary", _("Nội dung hồ sơ"), QLineEdit(), values["summary"]),
        ]
        if values["submitter_id"]:
            shown = relation_name(values["relation"] or "")
            contact.append(Entry(look, "relation", _("Quan hệ với chủ hồ sơ"), QLineEdit(), shown or None))
        result = [
            Entry(look, "delivery.way", _("Cách nhận"), Choice(look, ways), delivery.get("way") or "counter"),
            Entry(look, "delivery.name", _("Người nhận qua bưu chính"), QLineEdit(), delivery.get("name")),
            Entry(look, "delivery.phone", _("Điện thoại người nhận"), QLineEdit(), delivery.get("phone")),
            Entry(look, "delivery.address", _("Địa chỉ nhận"), QLineEdit(), delivery.get("address")),
        ]
        way = result[0].control
        assert isinstance(way, Choice)
        way.currentIndexChanged.connect(self._settle_delivery)
        fields = [FormEntry(look, each, wanted.groups.get(FIELD + each.name)) for each in wanted.fields]
        self._add(_("Liên lạc, nội dung"), contact)
        self._add(_("Nhận kết quả"), result)
        self._add(_("Thông tin tờ khai"), fields)
        self._add_names(wanted)
        self.papers = [PaperRow(look, each) for each in wanted.dossier.components]
        if self.papers:
            self._column.addWidget(_heading(look, _("Giấy tờ đã nhận")))
            for row in self.papers:
                self._column.addWidget(row)
        self._column.addStretch(1)
        self._settle_delivery()

    def _add(self, title: str, entries: list[Any]) -> None:
        if not entries:
            return
        look = self._look
        self._column.addWidget(_heading(look, title))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.space("m"))
        grid.setVerticalSpacing(look.space("s"))
        columns = 1 if look.large else 2
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        for at, entry in enumerate(entries):
            grid.addWidget(entry.field, at // columns, at % columns, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        grid.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(grid)
        self._column.addWidget(holder)
        self.entries += entries

    def _add_names(self, wanted: Correctable) -> None:
        """Names that were corrected among the people since: the dossier takes them over by a tick."""
        look = self._look
        others = [each for each in wanted.persons if each.registered != each.name]
        self._column.addWidget(_heading(look, _("Họ tên trong hồ sơ")))
        for each in others:
            role = {"owner": _("Chủ hồ sơ"), "submitter": _("Người nộp")}.get(each.role) or role_name(each.role)
            box = QCheckBox(_("{role}: lấy tên đang đăng ký").format(role=role))
            old_and_new = _("“{new}”, thay cho “{old}”").format(new=each.registered, old=each.name)
            box.setAccessibleDescription(old_and_new)
            self.names[each.role] = box
            self._column.addWidget(box)
            self._column.addWidget(Words(look, old_and_new, "note", "quiet", wrap=True))
        if not others:
            said = _("Giống tên đang đăng ký. Sai tên thì sửa ở Người dân trước, rồi lấy tên ấy vào đây.")
            self._column.addWidget(Words(look, said, "note", "quiet", wrap=True))

    def _entry(self, called: str) -> Entry:
        return next(each for each in self.entries if each.called == called)

    def _settle_delivery(self) -> None:
        post = self._entry("delivery.way").value() == "post"
        for name in ("name", "phone", "address"):
            show_if(self._entry(f"delivery.{name}").field, post)

    # -- what was said

    def form(self) -> CorrectForm:
        """Only what is otherwise than before. RuleBroken field.date-unreadable, field.not-a-number."""
        assert self._wanted is not None
        fields: dict[str, Any] = {}
        for each in self.entries:
            if isinstance(each, FormEntry) and each.changed:
                each.demand_readable()
                fields[each.declared.name] = each.value()
        said = {each.called: each.value() or "" for each in self.entries if each.changed}
        delivery = None
        if any(each.called.startswith("delivery.") and each.changed for each in self.entries):
            delivery = {name: self._entry(f"delivery.{name}").value() or "" for name in rules.DELIVERY}
            if delivery["way"] != "post":
                delivery = {"way": delivery["way"]}
        return CorrectForm(
            self._wanted.dossier.id,
            str(self.asked.value),
            clean(self.name.text()),
            clean(self.reason.text()),
            contact={key: said[key] or None for key in ("phone", "email") if key in said},
            delivery=delivery,
            summary=said.get("summary"),
            relation=_relation(said["relation"]) if "relation" in said else None,
            fields=fields,
            components={row.key: row.changes() for row in self.papers if row.changes()},
            names=tuple(role for role, box in self.names.items() if box.isChecked()),
            seen=self._seen,
        )

    def _done(self) -> None:
        if not self.do_button.isEnabled() or self._wanted is None:
            return
        for field in self.head.values():
            field.clear()
        for entry in self.entries:
            entry.mark()
        for row in self.papers:
            row.mark()
        self.fault.say("")
        try:
            form = self.form()
        except RuleBroken as broken:
            self.refuse(broken)
            return
        self.do_button.setEnabled(False)
        self._go(form)

    def free(self) -> None:
        """The answer is here."""
        self.do_button.setEnabled(True)

    def refuse(self, broken: RuleBroken) -> None:
        """Say beside the field, or above the button, what is wrong; both values where another corrected the same."""
        said, called = message(broken.code, broken.details), str(broken.details.get("field") or "")
        entry = next((each for each in self.entries if each.called == called), None)
        if broken.code == "correct.meanwhile":
            said, entry = self._meanwhile(broken), first_of(self.entries, str(broken.details["group"]))
        row = next((each for each in self.papers if called == f"components.{each.name}"), None)
        if called in self.head:
            self.head[called].say_wrong(said)
            self.head[called].control.setFocus()
        elif entry is not None:
            entry.field.say_wrong(said)
            entry.control.setFocus()
            self.body.ensureWidgetVisible(entry.field)
        elif row is not None:
            row.say(said, "danger")
            row.by.setFocus()
            self.body.ensureWidgetVisible(row)
        else:
            self.fault.say(said)
        QTimer.singleShot(0, self, self._place)

    def _meanwhile(self, broken: RuleBroken) -> str:
        """Who corrected it, to what, and what was said here; F9 once more lets this one stand."""
        details = broken.details
        group = str(details["group"])
        self._seen[group] = details["current"]
        text = _("{by} vừa sửa thành “{theirs}”, ở đây ghi “{mine}”. Nhấn F9 lần nữa để giữ điều ghi ở đây.")
        theirs, mine = (words.value(group, details[key]) or _("để trống") for key in ("current", "wanted"))
        return text.format(by=details["by"] or _("Người khác"), theirs=theirs, mine=mine)

    def _forget(self) -> None:
        self._wanted, self._go = None, lambda _form: None
        self.do_button.setEnabled(True)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Whatever one comes to is scrolled into sight."""
        moved = super().focusNextPrevChild(forward)
        focused = QApplication.focusWidget()
        if focused is not None and self.body.isAncestorOf(focused):
            self.body.ensureWidgetVisible(focused)
        return moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F9:
            self._done()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)


def _relation(text: str) -> str:
    """The code of a relation that is one of the list, else what was typed."""
    return next((code for code in RELATIONS if relation_name(code).casefold() == text.casefold()), text)


def _heading(look: Look, text: str) -> Words:
    return Words(look, text, "note", "quiet", strong=True)
