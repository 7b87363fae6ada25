"""The ear for readers that type: a burst is kept out of every field, and whatever a person types comes through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.reader import Reader
from onestop import clock
from tests.helpers.office import made_card, made_person

CARD = made_card(made_person(930))
FAST, SLOW = 5.0, 90.0
"""Milliseconds between two keys: of a reader, of a person."""


@dataclass
class Bench:
    """Two fields and a button, a reader that listens, and a clock that only keys move."""

    window: QWidget
    line: QLineEdit
    other: QLineEdit
    button: QPushButton
    reader: Reader
    now: list[float]
    heard: list[str] = field(default_factory=list)

    def key(self, letter: str, gap: float, key: int = 0) -> None:
        self.now[0] += gap
        target = QApplication.focusWidget()
        assert target is not None
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.sendEvent(target, event)

    def keys(self, text: str, gap: float) -> None:
        for letter in text:
            self.key(letter, gap)

    def rest(self) -> None:
        """Nothing comes for a while: the timer of the ear has run out."""
        self.now[0] += 500
        self.reader._wake.timeout.emit()

    def enter(self, gap: float = FAST) -> None:
        self.key("\r", gap, Qt.Key.Key_Return)


@pytest.fixture
def bench(qapp: QApplication, qtbot: QtBot) -> Iterator[Bench]:
    window = QWidget()
    line, other, button = QLineEdit(), QLineEdit(), QPushButton("Nhận")
    layout = QVBoxLayout(window)
    for widget in (line, other, button):
        layout.addWidget(widget)
    now = [1000.0]
    reader = Reader(qapp, clock=lambda: now[0])
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    line.setFocus()
    made = Bench(window, line, other, button, reader, now)
    reader.read.connect(made.heard.append)
    yield made
    qapp.focusChanged.disconnect(reader._moved)
    reader.deleteLater()
    window.close()
    window.deleteLater()


@pytest.mark.parametrize("end", ["enter", "tab", "silence"])
def test_a_burst_is_a_reading_whatever_ends_it(bench: Bench, end: str) -> None:
    bench.line.setText("đang gõ dở")
    bench.line.setCursorPosition(4)
    bench.keys(CARD, FAST)
    if end == "enter":
        bench.enter()
    elif end == "tab":
        bench.key("\t", FAST, Qt.Key.Key_Tab)
    else:
        bench.rest()
    assert bench.heard == [CARD]
    assert (bench.line.text(), bench.line.cursorPosition()) == ("đang gõ dở", 4)
    assert QApplication.focusWidget() is bench.line


def test_a_burst_while_a_button_has_the_focus_presses_nothing(bench: Bench) -> None:
    pressed: list[bool] = []
    bench.button.clicked.connect(lambda: pressed.append(True))
    bench.button.setFocus()
    bench.keys(CARD, FAST)  # it has spaces in it
    bench.enter()
    assert bench.heard == [CARD]
    assert pressed == []


def test_what_a_person_types_comes_through_in_order(bench: Bench) -> None:
    bench.keys("Nguyen Van A | 12", SLOW)
    bench.rest()
    assert bench.line.text() == "Nguyen Van A | 12"
    assert bench.heard == []


def test_fast_fingers_are_no_reader(bench: Bench) -> None:
    bench.keys("nguyen", 30)
    bench.keys(" van", 45)
    bench.rest()
    assert bench.line.text() == "nguyen van"
    assert bench.heard == []


def test_what_an_input_method_commits_is_typed(bench: Bench) -> None:
    event = QInputMethodEvent()
    event.setCommitString("Nguyễn Thị Ánh Dương")
    QCoreApplication.sendEvent(bench.line, event)
    bench.rest()
    assert bench.line.text() == "Nguyễn Thị Ánh Dương"
    assert bench.heard == []


def commit(bench: Bench, text: str, preedit: str = "", replaces: int = 0) -> bool:
    """What an input method sends; whether the field got it."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text, -replaces, replaces)
    bench.now[0] += FAST
    before = bench.line.text()
    QCoreApplication.sendEvent(bench.line, event)
    return bench.line.text() != before


def test_a_burst_through_unikey_is_a_reading(bench: Bench) -> None:
    """Unikey lets the letter through, takes it back with Backspace and puts the one with its mark."""
    bench.line.setText("đang gõ")
    name = CARD.split("|")[2]
    marked = next(place for place, letter in enumerate(name) if not letter.isascii())
    before, after = CARD.split(name)
    bench.keys(before + name[:marked], FAST)
    bench.keys("o", FAST)
    bench.key("\b", 1, Qt.Key.Key_Backspace)
    bench.keys(name[marked:] + after, FAST)
    bench.enter()
    assert bench.heard == [CARD]
    assert bench.line.text() == "đang gõ"


def test_a_burst_through_an_input_method_is_a_reading(bench: Bench) -> None:
    """Telex of Windows and IBus compose a word and commit it; digits and bars come as keys."""
    fields = CARD.split("|")
    bench.keys(f"{fields[0]}||", FAST)
    for word in fields[2].split():
        assert not commit(bench, "", preedit=word[:2])
        assert not commit(bench, f"{word} ")
    bench.key("\b", FAST, Qt.Key.Key_Backspace)
    bench.keys("|" + "|".join(fields[3:]), FAST)
    bench.rest()
    assert bench.heard == [CARD]
    assert bench.line.text() == ""


def test_an_input_method_that_replaces_what_it_gave(bench: Bench) -> None:
    fields = CARD.split("|")
    bench.keys(f"{fields[0]}||", FAST)
    assert not commit(bench, "Nguyê")
    assert not commit(bench, fields[2], replaces=5)
    bench.keys("|" + "|".join(fields[3:]), FAST)
    bench.rest()
    assert bench.heard == [CARD]


def test_what_was_committed_in_a_burst_that_is_no_reading_goes_to_the_field(bench: Bench) -> None:
    bench.keys("0123456789012", FAST)
    assert not commit(bench, "ễ")
    bench.rest()
    assert bench.heard == []
    assert bench.line.text() == "0123456789012ễ"


def test_a_persons_backspace_erases_in_the_field(bench: Bench) -> None:
    bench.keys("abc", SLOW)
    bench.rest()
    bench.key("\b", SLOW, Qt.Key.Key_Backspace)
    assert bench.line.text() == "ab"
    bench.keys("d", FAST)
    bench.key("\b", FAST, Qt.Key.Key_Backspace)
    bench.rest()
    assert bench.line.text() == "ab"


def test_letters_held_back_go_to_the_field_they_were_typed_into(bench: Bench) -> None:
    bench.keys("ab", FAST)
    assert bench.line.text() == ""
    bench.other.setFocus()
    assert bench.line.text() == "ab"
    assert bench.other.text() == ""


def test_a_shortcut_or_an_arrow_lets_held_letters_through_first(bench: Bench) -> None:
    bench.keys("ab", FAST)
    bench.key("", FAST, Qt.Key.Key_Left)
    bench.keys("c", FAST)
    bench.rest()
    assert bench.line.text() == "acb"


def test_a_slow_start_is_taken_back(bench: Bench) -> None:
    bench.line.setText("xy")
    bench.key(CARD[0], SLOW)
    bench.now[0] += 60
    bench.reader._wake.timeout.emit()
    assert bench.line.text() == "xy" + CARD[0]
    bench.keys(CARD[1:], FAST)
    bench.enter()
    assert bench.heard == [CARD]
    assert bench.line.text() == "xy"


def test_two_cards_one_after_the_other_are_two_readings(bench: Bench) -> None:
    second = made_card(made_person(931))
    for card in (CARD, second):
        bench.keys(card, FAST)
        bench.enter()
        bench.now[0] += 800
    assert bench.heard == [CARD, second]
    assert bench.line.text() == ""


def test_the_code_of_a_slip_is_a_reading(bench: Bench) -> None:
    code = clock.new_id()
    bench.keys(code, FAST)
    bench.enter()
    assert bench.heard == [code]
    assert bench.line.text() == ""


def test_a_key_held_down_is_typed(bench: Bench) -> None:
    for _time in range(20):
        bench.now[0] += FAST
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", True)
        QCoreApplication.sendEvent(bench.line, event)
    bench.rest()
    assert bench.line.text() == "a" * 20
    assert bench.heard == []


def test_a_field_that_goes_away_while_letters_are_held_harms_nobody(bench: Bench) -> None:
    bench.keys("ab", FAST)
    bench.line.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    bench.rest()
    bench.other.setFocus()
    bench.keys("c", SLOW)
    bench.rest()
    assert bench.other.text() == "c"
