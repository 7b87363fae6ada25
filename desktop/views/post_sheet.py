"""Lập bảng kê bưu gửi: with whom, and the tracking number of each envelope, typed or scanned one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.assets import Look
from desktop.models import dossier_words
from desktop.views.boxes import Note, Overlay
from desktop.views.buttons import Button
from desktop.views.inputs import Field
from desktop.views.laying import across, down
from desktop.views.sections import Leaf, line
from desktop.views.wording import Words
from onestop.queries.delivery import OneReady
from onestop.rules.delivery import LONGEST, PostForm
from onestop.rules.errors import RuleBroken
from onestop.texts import _, message

MOST_ROWS = 5

Go = Callable[[PostForm, bool], None]


class PostSheet(Overlay):
    """`open_for(results, carriers, go)`: `go(form, print)` on F9 (with the list on paper) or its own button."""

    alone = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._results: Sequence[OneReady] = ()
        self._go: Go = lambda _form, _print: None
        self.numbers: list[QLineEdit] = []
        self.title = Words(look, size="lead", strong=True, wrap=True)
        self.carrier = QComboBox()
        self.carrier.setEditable(True)
        self.carrier_field = Field(look, _("Đơn vị chuyển phát"), self.carrier, required=True)
        # What a reader reads after the carrier is the number of the first envelope, whatever Return does on its way up.
        edit = self.carrier.lineEdit()
        assert edit is not None
        self._named = QTimer(self, singleShot=True, interval=0)
        self._named.timeout.connect(self._carrier_named)
        edit.returnPressed.connect(self._named.start)
        self.leaf = Leaf(look, _("Các bưu gửi"), inside="none", gap="s")
        self.about = Words(
            look, _("Số hiệu gõ hoặc quét lần lượt, Enter sang bưu gửi sau; chưa có thì để trống."), "note", "quiet"
        )
        self.fault = Note(look, "", "warning")
        self.do_button = Button(look, _("Gửi và in bảng kê"), "main", key="F9")
        self.plain_button = Button(look, _("Gửi, không in"))
        self.do_button.clicked.connect(lambda: self._done(True))
        self.plain_button.clicked.connect(lambda: self._done(False))
        leave = Button(look, _("Thôi"), key="Esc")
        leave.clicked.connect(self.put_away)
        row = across(look, None, leave, self.plain_button, self.do_button)
        self.setLayout(
            down(look, self.title, self.carrier_field, self.leaf, self.about, self.fault, row, gap="m", margins="xl")
        )

    def open_for(self, results: Sequence[OneReady], carriers: Sequence[str], go: Go) -> None:
        """Post these."""
        self._results, self._go = results, go
        self.title.say(_("Gửi bưu chính {count} kết quả").format(count=len(results)))
        self.setAccessibleName(self.title.text())
        self.carrier.clear()
        self.carrier.addItems(list(carriers))
        self.carrier.setEditText(carriers[0] if carriers else "")
        self.carrier_field.clear()
        self.fault.say("")
        self.numbers = []
        self.leaf.show_parts([self._row(each) for each in results])
        self._place()
        self.lift(self.numbers[0] if self.carrier.currentText() else self.carrier)
        self._place()

    def _row(self, each: OneReady) -> QWidget:
        look, values = self._look, each.values
        way, receiver = dossier_words.delivery(values["delivery"])
        by_post = (values["delivery"] or {}).get("way") == "post"
        to = receiver if by_post and receiver else f"{each.row.owner_name} ({way.lower()})"
        number = QLineEdit()
        number.setMaxLength(LONGEST)
        number.setPlaceholderText(_("số hiệu"))
        number.setAccessibleName(_("Số hiệu bưu gửi của {code}").format(code=each.row.code))
        number.setFixedWidth(look.size("field_column"))
        self.numbers.append(number)
        whole = QWidget()
        whole.setLayout(across(look, (line(look, to, f"{each.row.code} · {each.row.title}"), 1), number, gap="m"))
        return whole

    def _place(self) -> None:
        window, width = self.parentWidget(), self._look.size("login_both")
        self.leaf.fit(width - 2 * self._look.space("xl"), MOST_ROWS * self._look.size("suggest_row"))
        self.move((window.width() - width) // 2, window.height() // 10)
        self.fit(width)

    def form(self) -> PostForm:
        """As it stands in the fields."""
        ids = tuple(each.id for each in self._results)
        carrier = " ".join(self.carrier.currentText().split())
        return PostForm(ids, carrier, tuple(each.text() for each in self.numbers))

    def _done(self, paper: bool) -> None:
        if self.do_button.isEnabled():
            self.carrier_field.clear()
            self.fault.say("")
            self._busy(True)
            self._go(self.form(), paper)

    def _busy(self, on: bool) -> None:
        self.do_button.setEnabled(not on)
        self.plain_button.setEnabled(not on)

    def free(self) -> None:
        """The answer is here."""
        self._busy(False)

    def refuse(self, broken: RuleBroken) -> None:
        """Say beside the carrier, or above the buttons, what is wrong."""
        said = message(broken.code, broken.details)
        if broken.details.get("field") == "carrier":
            self.carrier_field.say_wrong(said)
            self.carrier.setFocus()
        else:
            self.fault.say(said)
        self._place()

    def _carrier_named(self) -> None:
        if self.numbers:
            self.numbers[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F9:
            self._done(True)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)
