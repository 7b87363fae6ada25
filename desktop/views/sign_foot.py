"""The foot of the list of papers to sign: with what one signs, the PIN, the button, and how it went."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.assets import Look
from desktop.signing import How, Means, Outcome, program_name
from desktop.views.boxes import Box, Note
from desktop.views.buttons import Button
from desktop.views.checklist_row import short_name
from desktop.views.inputs import Field
from desktop.views.laying import across, down, emptied, show_if
from desktop.views.sign_flow import OF_PIN, summary
from desktop.views.wording import Symbol, Words
from onestop.rules.errors import Remark
from onestop.texts import _, message, sentence

Call = Callable[[], None]
MOST = 4
"""Papers that were not signed, named one by one; of the rest the number is said."""


def with_what(means: Means) -> str:
    """ "Ký bằng tệp chữ ký ha.p12."."""
    match means.how:
        case How.FILE:
            return _("Ký bằng tệp chữ ký {file}.").format(file=PurePath(means.file).name)
        case How.PROGRAM:
            return _("Ký bằng {program}; chương trình ấy tự hỏi mã PIN.").format(program=program_name(means.program))
    return _("Ký bằng thiết bị ký.")


def pin_name(means: Means) -> str:
    """What the secret is called."""
    return _("Mật khẩu của tệp chữ ký") if means.how == How.FILE else _("Mã PIN của thiết bị ký")


class PinLine(QLineEdit):
    """A PIN: never shown, never kept. `take()` gives it and forgets it."""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(200)

    def take(self) -> str:
        """What was typed; the line is empty afterwards, and no undo brings it back."""
        typed = self.text()
        self.forget()
        return typed

    def forget(self) -> None:
        """Empty it."""
        self.setText("")


class SignFoot(QWidget):
    """`show_means`, `show_count`, `show_work`, `show_outcome`. `pin`: the line; its `field` says what is wrong with
    it."""

    def __init__(
        self, look: Look, do: QAction, to_settings: Callable[[], object], last_try: Callable[[], None]
    ) -> None:
        super().__init__()
        self._look = look
        self._lacks = ""
        self.settings_button = Button(look, _("Mở cài đặt"))
        self.settings_button.clicked.connect(lambda _checked=False: to_settings())
        self.missing = Note(look, "", "accent", self.settings_button)
        self.missing.hide()
        self.means = Words(look, "", "note", "quiet", wrap=True)
        self.change = Button(look, _("Đổi"), "link", name=_("Đổi cách ký"))
        self.change.clicked.connect(lambda _checked=False: to_settings())
        self.pin = PinLine()
        self.field = Field(look, _("Mã PIN của thiết bị ký"), self.pin)
        self.pin.returnPressed.connect(do.trigger)
        self.last = Button(look, _("Thử lần cuối"), "danger")
        self.last.clicked.connect(lambda _checked=False: last_try())
        self.last.hide()
        self.do_button = Button(look, action=do, kind="main", big=True)
        self.stop_button = Button(look, _("Dừng ký"), key="Esc", big=True)
        self.stop_button.hide()
        self.outcome = OutcomeBox(look)
        self._ready = QWidget()
        line = across(look, (self.means, 1), self.change)
        self._ready.setLayout(down(look, line, self.field, self.last, gap="s"))
        self.setLayout(down(look, self.outcome, self.missing, self._ready, self.do_button, self.stop_button, gap="s"))

    def show_means(self, means: Means, lacks: str) -> None:
        """With what one signs, or that it is still to be chosen."""
        self._lacks = lacks
        self.missing.words.say(sentence(lacks) if lacks else "")
        self.missing.setAccessibleName(self.missing.words.text())
        if lacks:
            self.pin.forget()
            return
        self.means.say(with_what(means))
        self.field.label.say(pin_name(means))
        self.pin.setAccessibleName(pin_name(means))
        show_if(self.field, means.asks_pin)

    def show_count(self, count: int) -> None:
        """How many the button signs."""
        self.do_button.say(_("Ký {count} giấy tờ").format(count=count))

    def show_work(self, some: bool, running: bool) -> None:
        """Whether there is anything to sign, and whether a batch is under way."""
        work, lacks = some or running, bool(self._lacks)
        show_if(self.missing, work and lacks)
        show_if(self._ready, work and not lacks)
        show_if(self.do_button, work and not lacks and not running)
        show_if(self.stop_button, running)
        self.pin.setEnabled(not running)
        self.change.setEnabled(not running)

    def begin(self) -> None:
        """A new batch: what was said of the last one is over."""
        self.field.clear()
        self.last.hide()
        self.outcome.hide()

    def show_outcome(self, outcome: Outcome) -> None:
        """How it went."""
        stopped = outcome.stopped
        of_pin = stopped is not None and stopped.code in OF_PIN
        if stopped is not None and of_pin:
            self.field.say_wrong(message(stopped.code, stopped.details))
            show_if(self.last, stopped.code == "sign.last-try")
            self.pin.setFocus()
        if not of_pin or outcome.signed:
            self.outcome.show_outcome(outcome, None if of_pin else stopped)


class OutcomeBox(Box):
    """What became of a batch, one line each."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "good", padding="s", gap="xs")
        self._look = look
        self.lines: list[str] = []
        self.hide()

    def show_outcome(self, outcome: Outcome, stopped: Remark | None) -> None:
        """Another outcome."""
        good = not outcome.faults and stopped is None and not outcome.given_up
        tone = "good" if good else "danger" if stopped is not None else "warning"
        said = [("circle-check" if good else "info", _first(outcome))]
        for fault in outcome.faults[:MOST]:
            why = message(fault.remark.code, fault.remark.details)
            said.append(("file-x", f"{short_name(fault.title)}: {why}"))
        rest = len(outcome.faults) - MOST
        if rest > 0:
            said.append(("file-x", _("và {count} giấy tờ nữa chưa ký").format(count=rest)))
        if stopped is not None:
            said.append(("circle-alert", message(stopped.code, stopped.details)))
        emptied(self.body)
        self.set_tone(tone)
        self.lines = [words for _icon, words in said]
        self.add(*(self._line(icon, words, tone) for icon, words in said))
        self.setAccessibleName(" ".join(self.lines))
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))

    def _line(self, icon: str, words: str, tone: str) -> QWidget:
        symbol = Symbol(self._look, icon, tone, "icon_small")
        symbol.setMinimumHeight(self._look.metrics().height())  # in line with the first line of the words
        row = across(self._look, symbol, (Words(self._look, words, tone=tone, wrap=True), 1), gap="s")
        row.setAlignment(symbol, Qt.AlignmentFlag.AlignTop)
        line = QWidget()
        line.setLayout(row)
        return line


def _first(outcome: Outcome) -> str:
    told = summary(outcome)
    words = message(told.code, told.details)
    if not outcome.who or not outcome.signed:
        return words
    who = _("Chứng thư số: {name}.").format(name=outcome.who)
    return f"{words} {who}"
