"""Paper slips of citizens entered one after the other: the code by the reader or by hand, then what stands on the slip.

Each is recorded at once, with who entered it, and is not shown here again.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop.models import rating_words as words
from desktop.views.boxes import Note, Overlay
from desktop.views.buttons import Button
from desktop.views.inputs import Field
from desktop.views.laying import across, down, show_if
from desktop.views.screen import Counter
from desktop.views.wording import Words
from onestop import clock
from onestop.actions import ratings
from onestop.actions.ratings import Rated
from onestop.queries import ratings as queries
from onestop.queries.ratings import Rateable
from onestop.rules import ratings as rules
from onestop.rules.errors import RuleBroken
from onestop.rules.ratings import RatingForm
from onestop.texts import _, message

SHOWN = 5
"""So many of those just entered are named."""
LINES = 3


class SlipSheet(Overlay):
    """`open()`; Enter goes on from field to field, F9 records the slip and begins the next one, Esc ends."""

    alone = True

    def __init__(self, counter: Counter, window: QWidget) -> None:
        super().__init__(window)
        look = self._look = counter.look
        self._desk = counter.desk
        self.entered: list[str] = []
        self.title = Words(look, _("Nhập phiếu đánh giá của công dân"), "lead", strong=True)
        about = _("Ghi đúng như trên phiếu. Đã ghi thì không sửa được, chỉ người phụ trách xem được.")
        self.about = Words(look, about, "note", "quiet", wrap=True)
        self.code, self.level, self.contents = QLineEdit(), QLineEdit(), QLineEdit()
        self.code.setMaxLength(300)
        self.code.setPlaceholderText(_("quét mã trên phiếu, hoặc gõ"))
        self.level.setValidator(QIntValidator(1, len(rules.levels()), self.level))
        self.level.setMaxLength(1)
        self.contents.setMaxLength(60)
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(look.metrics().lineSpacing() * LINES + look.space("m") * 2)
        levels = " · ".join(f"{each.level} {words.named(each)}" for each in rules.levels())
        self.fields = {
            "of": Field(look, _("Mã hồ sơ hoặc mã phiếu"), self.code, required=True),
            "level": Field(look, _("Mức độ"), self.level, levels, required=True),
            "contents": Field(look, _("Điều chưa tốt"), self.contents, _("các chữ cái trên phiếu, ví dụ: a đ")),
            "words": Field(look, _("Ý kiến"), self.words),
        }
        self.fault = Note(look, "", "warning")
        self.so_far = Words(look, "", "note", "quiet", wrap=True, figures=True)
        self.do_button = Button(look, _("Ghi, sang phiếu khác"), "main", key="F9")
        self.do_button.clicked.connect(self._record)
        leave = Button(look, _("Xong"), key="Esc")
        leave.clicked.connect(self.put_away)
        row = across(look, None, leave, self.do_button)
        fields = self.fields.values()
        self.setLayout(down(look, self.title, self.about, *fields, self.fault, self.so_far, row, gap="m", margins="xl"))
        self.code.textEdited.connect(lambda _text: self.fields["of"].clear())
        self.level.textEdited.connect(self._settle)
        self.contents.textChanged.connect(self._name_contents)
        reader = getattr(counter.service, "reader", None)
        if reader is not None:
            reader.read.connect(self._scanned)

    def open(self) -> None:
        """Begin with an empty slip."""
        self.entered = []
        self.setAccessibleName(f"{self.title.text()}. {self.about.text()}")
        self._begin()
        self.lift(self.code)
        self._place()  # the height of words is known when they have been dressed

    def _begin(self) -> None:
        for line in (self.code, self.level, self.contents):
            line.clear()
        self.words.clear()
        for field in self.fields.values():
            field.clear()
        self.fault.say("")
        if self.entered:
            latest = ", ".join(reversed(self.entered[-SHOWN:]))
            said = _("Đã ghi {count} phiếu; mới nhất: {codes}")
            self.so_far.say(said.format(count=len(self.entered), codes=latest))
        show_if(self.so_far, bool(self.entered))
        self._settle()

    def _place(self) -> None:
        window, width = self.parentWidget(), self._look.size("palette")
        self.move((window.width() - width) // 2, window.height() // 10)
        self.fit(width)

    def _settle(self) -> None:
        """What was not good is asked only where it was bad."""
        self.fields["level"].clear()
        level = self._level()
        show_if(self.fields["contents"], level is not None and rules.level_of(level).bad)
        self._place()

    def _level(self) -> int | None:
        text = self.level.text()
        return int(text) if text and self.level.hasAcceptableInput() else None

    def _letters(self) -> tuple[str, ...]:
        return tuple(letter for letter in self.contents.text().lower() if letter.isalpha())

    def _name_contents(self) -> None:
        """Say what the letters mean, so that a slip of the finger is seen."""
        asked = {each.key for each in rules.contents_on(clock.today())}
        named = [each for each in words.contents(self._letters()) if each[:1] in asked]
        self.fields["contents"].say_note("; ".join(named), "quiet")

    # -- the code

    def _scanned(self, text: str) -> None:
        if self.isVisible():
            self.code.setText(text)
            self._look_up()

    def _look_up(self) -> None:
        """Is there something of this code that can be rated?"""
        if self.code.text().strip():
            self._desk.ask(
                queries.rateable, self.code.text(), then=self._there, or_else=self._refused, owner=self, key="of"
            )

    def _there(self, what: Rateable) -> None:
        self.code.setText(what.code)
        self.fields["of"].clear()
        self.level.setFocus()
        self.level.selectAll()

    # -- recorded

    def _record(self) -> None:
        if not self.do_button.isEnabled():
            return
        level = self._level()
        if level is None:
            self.fields["level"].say_wrong(_("Ghi số từ 1 đến 5."))
            self.level.setFocus()
            self._place()
            return
        contents = self._letters() if rules.level_of(level).bad else ()
        form = RatingForm(self.code.text(), level, contents, self.words.toPlainText(), rules.SLIP)
        self.do_button.setEnabled(False)
        self._desk.do(
            ratings.give,
            form,
            then=self._recorded,
            or_else=self._refused,
            always=lambda: self.do_button.setEnabled(True),
            owner=self,
        )

    def _recorded(self, made: Rated) -> None:
        self.entered.append(made.code)
        self._begin()
        self.code.setFocus()

    def _refused(self, broken: RuleBroken) -> None:
        said, field = message(broken.code, broken.details), str(broken.details.get("field") or "")
        if field in self.fields:
            self.fields[field].say_wrong(said)
            self.fields[field].control.setFocus()
        else:
            self.fault.say(said)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F9:
            self._record()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._look_up() if self.code.hasFocus() else self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)


__all__ = ["SlipSheet"]
