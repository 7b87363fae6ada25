"""The only place that opens bars and boxes: notices come from the bus as data and become words here.

Good news leaves by itself, the rest stays until it is put away; a box opens only to confirm what cannot be undone, and
to pick a file. Tests ask `codes()`, never for words, and answer questions beforehand with `answer_next`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6 import QtGui, QtWidgets  # what is seldom needed is taken from them when it is: the start is faster
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QWidget

from desktop.assets import Look
from desktop.bus import Bus, Level, Notice, Offer
from desktop.views.buttons import Button
from desktop.views.laying import across, restyle, show_if
from desktop.views.wording import Lines, Symbol, Words, grouped
from onestop.texts import _, sentence

TONES = {
    Level.GOOD: ("good", "circle-check", "good"),
    Level.NOTE: ("accent", "info", "accent_soft_ink"),
    Level.WARNING: ("warning", "triangle-alert", "warning"),
    Level.DANGER: ("danger", "circle-alert", "danger"),
    Level.PROGRESS: ("accent", "hourglass", "accent_soft_ink"),
}
"""Level → tone of the bar, icon, colour of the words."""
REMEMBERED = 200
"""Codes that `codes()` goes back to."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One button of a question. `text` is in the language in use; `danger` for what cannot be undone."""

    key: str
    text: str
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """Something to be decided before going on; the sentence is that of `code`. `escape` is the answer of Esc."""

    code: str
    answers: Sequence[Answer]
    escape: str
    details: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""


class NoticeBar(QFrame):
    """A slim bar under the top bar: icon, sentence, what can be done, put away. A sentence takes two lines where it
    needs them, and more when one asks for the rest: what to do stands at its end."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._symbol = Symbol(look, "info", "accent")
        self.words = Lines(look)
        self.whole = Button(look, _("Xem thêm"), "link")
        self.whole.clicked.connect(lambda: self.words.show_whole(not self.words.whole))
        self.words.fitted.connect(self._fit)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(look.size("field_narrow"))
        self.more = Words(look, tone="quiet", size="note")
        self._offers: list[QWidget] = []
        self.cancel = Button(look, _("Dừng"), "link")
        self.close_button = Button(look, "", "flat", icon="x", name=_("Cất thông báo"))
        self._line = across(
            look,
            self._symbol,
            (self.words, 1),
            self.whole,
            self.progress,
            self.more,
            self.cancel,
            self.close_button,
            gap="m",
            margins=("page", "none", "m", "none"),
        )
        self.setLayout(self._line)
        self.whole.hide()
        self.setMinimumHeight(look.size("notice"))
        self.hide()

    def show_notice(self, notice: Notice, text: str, behind: int) -> None:
        """Show it; `behind` is how many more are waiting."""
        tone, icon, ink = TONES[notice.level]
        self.setProperty("tone", tone)
        restyle(self)
        self._symbol.set(icon, ink)
        self.words.say(text)
        self.words.set_tone(ink if ink != "accent_soft_ink" else "ink")
        self.setAccessibleName(text)
        for old in self._offers:
            old.hide()
            old.deleteLater()
        self._offers = []
        for offer in notice.offers:
            button = Button(self._look, _(offer.text), "link")
            button.clicked.connect(offer.call)
            button.clicked.connect(self.close_button.click)
            self._line.insertWidget(self._line.count() - 2, button)
            self._offers.append(button)
        under_way = notice.level is Level.PROGRESS
        self.progress.setVisible(under_way)
        if under_way:
            total = notice.details.get("total")
            self.progress.setRange(0, int(total or 0))
            self.progress.setValue(int(notice.details.get("done") or 0))
            self.progress.setAccessibleName(text)
        self.cancel.setVisible(under_way and notice.cancel is not None)
        self.close_button.setVisible(not under_way)
        self.more.say(_("và {count} thông báo nữa").format(count=behind) if behind else "")
        self.more.setVisible(bool(behind))
        self.show()

    def retranslate(self) -> None:
        """Its own words in the language in use."""
        self.cancel.say(_("Dừng"))
        self.close_button.setAccessibleName(_("Cất thông báo"))
        self._fit()

    def _fit(self) -> None:
        """The button for the rest is there where there is a rest, in the room that there is without the button: else it
        would come and go."""
        self.whole.say(_("Thu gọn") if self.words.whole else _("Xem thêm"))
        room = self.words.width()
        if not self.whole.isHidden():
            room += self.whole.width() + self._line.spacing()
        show_if(self.whole, self.words.whole or self.words.long(width=room))


class Notices(QObject):
    """One object on the window. `bar` is placed by the frame."""

    closed = Signal(str)

    def __init__(self, look: Look, bus: Bus, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._window = look, window
        self.bar = NoticeBar(look, window)
        self._shown: list[Notice] = []
        self._codes: list[str] = []
        self._answers: list[str] = []
        self._files: list[Path | None] = []
        self._timer = QTimer(self, singleShot=True, interval=look.time("notice"))
        self._timer.timeout.connect(self._leave)
        self.bar.close_button.clicked.connect(self.put_away)
        self.bar.cancel.clicked.connect(self._give_up)
        bus.listen(self.tell)

    # -- bars

    def tell(self, notice: Notice) -> None:
        """Show a notice; one with the same key takes the place of the older."""
        if notice.details.get("over"):
            self._drop(lambda old: bool(notice.key) and old.key == notice.key)
            return
        if notice.level is not Level.PROGRESS or not any(old.key == notice.key for old in self._shown):
            self._codes = [*self._codes, notice.code][-REMEMBERED:]
            self._announce(notice)
        place = next((at for at, old in enumerate(self._shown) if notice.key and old.key == notice.key), None)
        if place is not None and notice.level is Level.PROGRESS:
            self._shown[place] = notice
        else:
            self._shown = [old for old in self._shown if not notice.key or old.key != notice.key] + [notice]
            # Good news that nobody has put away does not pile up.
            fresh = [old for old in self._shown[:-1] if old.level not in (Level.GOOD, Level.NOTE)]
            self._shown = [*fresh, notice]
        self._settle()

    def codes(self) -> list[str]:
        """The codes of what has been told so far, oldest first."""
        return list(self._codes)

    @property
    def shown(self) -> tuple[Notice, ...]:
        """The notices not put away yet; the last is the one to be seen."""
        return tuple(self._shown)

    def put_away(self) -> None:
        """Put away the notice that is seen."""
        if self._shown:
            gone = self._shown.pop()
            self._settle()
            self.closed.emit(gone.code)

    def drop(self, key: str, code: str = "") -> None:
        """Put away the notice with this key, where it says `code`: what it said is no longer so."""
        self._drop(lambda old: old.key == key and code in ("", old.code))

    def another_person(self) -> None:
        """What one clerk was told of his own work is not shown to the next. What asks for an answer stays, and what is
        wrong with the machine, and what is still under way."""
        told = (Level.GOOD, Level.NOTE)
        self._drop(lambda old: old.level in told or (old.level is Level.WARNING and not old.offers))

    def retranslate(self) -> None:
        """Another language: what is seen is said again."""
        self.bar.retranslate()
        self._settle()

    def _drop(self, gone: Callable[[Notice], bool]) -> None:
        self._shown = [old for old in self._shown if not gone(old)]
        self._settle()

    def _leave(self) -> None:
        if self._shown and self._shown[-1].level in (Level.GOOD, Level.NOTE):
            self.put_away()

    def _give_up(self) -> None:
        if self._shown and self._shown[-1].cancel is not None:
            self._shown[-1].cancel()

    def _settle(self) -> None:
        self._timer.stop()
        if not self._shown:
            self.bar.hide()
            return
        seen = self._shown[-1]
        self.bar.show_notice(seen, self.words(seen), len(self._shown) - 1)
        if seen.level in (Level.GOOD, Level.NOTE) and not seen.offers:
            self._timer.start()

    @staticmethod
    def words(notice: Notice) -> str:
        """The sentence, with how far it is where something is under way: "Đang nhập danh mục: 1.200 / 2.642"."""
        details = {key: value() if callable(value) else value for key, value in notice.details.items()}
        text = sentence(notice.code, **details)
        done, total = notice.details.get("done"), notice.details.get("total")
        if notice.level is Level.PROGRESS and done is not None:
            text += f": {grouped(done)} / {grouped(total)}" if total else f": {grouped(done)}"
            if notice.details.get("what"):
                text += f" · {notice.details['what']}"
        return text

    def _announce(self, notice: Notice) -> None:
        """Let a screen reader say it at once; the bar takes no focus."""
        event = QtGui.QAccessibleAnnouncementEvent(self.bar, self.words(notice))
        if notice.level in (Level.WARNING, Level.DANGER):
            event.setPoliteness(QtGui.QAccessible.AnnouncementPoliteness.Assertive)
        QtGui.QAccessible.updateAccessibility(event)

    # -- boxes

    def ask(self, question: Question, then: Callable[[str], None], parent: QWidget | None = None) -> None:
        """Open a box and go on with the key of the answer; `then` is not called when the window closes meanwhile."""
        self._codes = [*self._codes, question.code][-REMEMBERED:]
        if self._answers:
            then(self._answers.pop(0))
            return
        box = QtWidgets.QMessageBox(parent or self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(question.title or _("Một Cửa"))
        box.setIcon(QtWidgets.QMessageBox.Icon.NoIcon)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(sentence(question.code, **question.details))
        box.setWindowModality(Qt.WindowModality.WindowModal)
        keys: dict[QPushButton, str] = {}
        for answer in question.answers:
            role = (
                QtWidgets.QMessageBox.ButtonRole.RejectRole
                if answer.key == question.escape
                else QtWidgets.QMessageBox.ButtonRole.AcceptRole
            )
            button = box.addButton(answer.text, role)
            button.setProperty("kind", "danger" if answer.danger else "")
            restyle(button)
            keys[button] = answer.key
            if answer.key == question.escape:
                box.setEscapeButton(button)
                box.setDefaultButton(button)  # Enter by habit never does what cannot be undone
        box.buttonClicked.connect(lambda button: then(keys[button]))
        box.open()

    def confirm(self, code: str, yes: str, then: Callable[[], None], **details: Any) -> None:
        """Ask before what cannot be undone; `yes` is the word on the button that does it."""
        question = Question(code, (Answer("no", _("Không")), Answer("yes", yes, danger=True)), "no", details)
        self.ask(question, lambda answer: then() if answer == "yes" else None)

    def pick_file(self, title: str, kinds: Sequence[str], then: Callable[[Path], None], *, save: str = "") -> None:
        """Let a file be picked: `kinds` like "Bảng tính (*.csv *.xlsx)"; with `save` (a name) one to be written."""
        if self._files:
            picked = self._files.pop(0)
            if picked is not None:
                then(picked)
            return
        dialog = QtWidgets.QFileDialog(self._window, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilters(list(kinds))
        if save:
            dialog.setAcceptMode(QtWidgets.QFileDialog.AcceptMode.AcceptSave)
            dialog.selectFile(save)
        else:
            dialog.setFileMode(QtWidgets.QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def pick_files(self, title: str, kinds: Sequence[str], then: Callable[[list[Path]], None]) -> None:
        """Let any number of files be picked: `kinds` as for one."""
        if self._files:
            then([file for file in self._files if file is not None])
            self._files.clear()
            return
        dialog = QtWidgets.QFileDialog(self._window, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilters(list(kinds))
        dialog.setFileMode(QtWidgets.QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
        dialog.open()

    # -- for tests and the tour

    def answer_next(self, *answers: str) -> None:
        """The coming questions are answered so, without a box."""
        self._answers.extend(answers)

    def pick_next(self, *files: Path | None) -> None:
        """The coming file dialogs give these, one that takes several all of them; None = put away."""
        self._files.extend(files)


__all__ = ["Answer", "Level", "Notice", "NoticeBar", "Notices", "Offer", "Question"]
