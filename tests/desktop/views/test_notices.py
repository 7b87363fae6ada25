"""Bars and boxes: what is told is data, what leaves leaves by itself, what is asked is answered by key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.assets import Look
from desktop.bus import Bus, Level, Notice, Offer
from desktop.views.laying import down
from desktop.views.notices import Answer, Notices, Question
from onestop import texts
from onestop.texts import SENTENCES, sentence
from tests.desktop.looks import put_away
from tests.desktop.real import shot


class Scene:
    def __init__(self, look: Look, qtbot: QtBot) -> None:
        self.bus = Bus()
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(1200, 300)
        self.notices = Notices(look, self.bus, self.window)
        self.bar = self.notices.bar
        self.window.setLayout(down(look, self.bar, None))
        self.window.show()

    def tell(self, level: Level, code: str, key: str = "", **details: object) -> None:
        self.bus.tell(Notice(level, code, details, key))


@pytest.fixture
def scene(qapp: QApplication, qtbot: QtBot) -> Iterator[Scene]:
    look = Look(qapp)
    look.apply("light")
    yield Scene(look, qtbot)
    put_away(look)


def test_a_notice_is_told_in_words_and_kept_as_a_code(scene: Scene) -> None:
    scene.tell(Level.WARNING, "setting.out-of-range", least=4, most=7)
    assert scene.notices.codes() == ["setting.out-of-range"]
    assert scene.bar.isVisible()
    assert scene.bar.words.text() == sentence("setting.out-of-range", least=4, most=7)
    assert scene.bar.accessibleName() == scene.bar.words.text()


def test_a_long_notice_is_told_to_its_end(scene: Scene) -> None:
    """What to do stands at the end: it is never cut."""
    scene.tell(Level.DANGER, "store.full")
    QApplication.sendPostedEvents()
    one = scene.bar.height()
    code = "numbering.restored"
    offers = (Offer("Xem hồ sơ", lambda: None), Offer("Mở phần Cấp số hồ sơ", lambda: None))
    scene.bus.tell(Notice(Level.WARNING, code, {}, offers=offers))
    QApplication.sendPostedEvents()
    bar = scene.bar
    assert " ".join(bar.words.lines) == sentence(code)
    assert len(bar.words.lines) == 2
    assert bar.height() > one
    assert bar.words.height() >= 2 * bar.words.fontMetrics().lineSpacing()
    assert not bar.whole.isVisible()
    shot(scene.window, "notice-two-lines")


def test_a_notice_too_long_for_two_lines_offers_the_rest(scene: Scene, qtbot: QtBot) -> None:
    scene.window.resize(700, 300)
    scene.tell(Level.WARNING, "numbering.restored")
    QApplication.sendPostedEvents()
    bar = scene.bar
    assert len(bar.words.lines) == 2
    assert bar.words.lines[-1].endswith("…")
    assert bar.whole.isVisible()
    low = bar.height()
    qtbot.mouseClick(bar.whole, Qt.MouseButton.LeftButton)
    QApplication.sendPostedEvents()
    assert " ".join(bar.words.lines) == sentence("numbering.restored")
    assert bar.height() > low
    qtbot.mouseClick(bar.whole, Qt.MouseButton.LeftButton)
    QApplication.sendPostedEvents()
    assert bar.height() == low
    scene.tell(Level.WARNING, "store.full")
    scene.notices.put_away()
    QApplication.sendPostedEvents()
    assert bar.height() == low, "another notice is shown short again"
    scene.window.resize(1600, 300)
    QApplication.sendPostedEvents()
    assert not bar.whole.isVisible()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [1294, 700])
def test_no_sentence_of_ours_is_lost(scene: Scene, language: str, width: int) -> None:
    """In a window of 1366, and in a far smaller one, every sentence is there to its end, at once or behind a button."""
    texts.use(language)
    scene.window.resize(width, 300)
    for code in SENTENCES:
        said = sentence(code)
        scene.notices.bar.show_notice(Notice(Level.WARNING, code), said, 1)
        QApplication.sendPostedEvents()
        words = scene.bar.words
        if scene.bar.whole.isVisible():
            words.show_whole(True)
        assert " ".join(words.lines) == " ".join(said.split()), code
        advance = words.fontMetrics().horizontalAdvance
        assert all(advance(line) <= words.width() or " " not in line for line in words.lines), code


def test_the_newest_is_seen_and_the_others_wait(scene: Scene, qtbot: QtBot) -> None:
    scene.tell(Level.DANGER, "act.stale")
    scene.tell(Level.WARNING, "program.bug-unreported")
    assert "1" in scene.bar.more.text()
    qtbot.mouseClick(scene.bar.close_button, Qt.MouseButton.LeftButton)
    assert scene.bar.words.text() == sentence("act.stale")
    qtbot.mouseClick(scene.bar.close_button, Qt.MouseButton.LeftButton)
    assert not scene.bar.isVisible()
    assert scene.notices.codes() == ["act.stale", "program.bug-unreported"]


def test_good_news_leaves_by_itself_and_trouble_stays(scene: Scene, qtbot: QtBot) -> None:
    scene.notices._timer.setInterval(10)
    scene.tell(Level.DANGER, "act.stale")
    scene.tell(Level.GOOD, "due.received")
    qtbot.waitUntil(lambda: [notice.code for notice in scene.notices.shown] == ["act.stale"])
    assert not scene.notices._timer.isActive()


def test_good_news_does_not_pile_up(scene: Scene) -> None:
    for number in range(5):
        scene.tell(Level.GOOD, "limit.day", number=number)
    assert len(scene.notices.shown) == 1


def test_what_one_clerk_was_told_is_not_shown_to_the_next(scene: Scene) -> None:
    offer = Offer("Thử lại", lambda: None)
    scene.tell(Level.DANGER, "store.full")
    scene.bus.tell(Notice(Level.WARNING, "act.stale", offers=(offer,)))
    scene.tell(Level.WARNING, "setting.out-of-range")
    scene.tell(Level.GOOD, "due.received")
    scene.notices.another_person()
    assert [notice.code for notice in scene.notices.shown] == ["store.full", "act.stale"]


def test_the_same_key_takes_the_place_of_the_older(scene: Scene) -> None:
    scene.tell(Level.DANGER, "store.full", key="store")
    scene.tell(Level.DANGER, "store.full", key="store")
    assert len(scene.notices.shown) == 1
    scene.notices.drop("store")
    assert not scene.bar.isVisible()


def test_progress_runs_in_one_bar_and_goes(scene: Scene, qtbot: QtBot) -> None:
    given_up: list[int] = []
    for done in (1, 1200):
        details = {"done": done, "total": 2642, "what": "thủ tục"}
        scene.bus.tell(Notice(Level.PROGRESS, "act.stale", details, "run-1", cancel=lambda: given_up.append(1)))
    assert scene.bar.progress.isVisible()
    assert (scene.bar.progress.value(), scene.bar.progress.maximum()) == (1200, 2642)
    assert "1.200 / 2.642 · thủ tục" in scene.bar.words.text()
    assert scene.notices.codes() == ["act.stale"], "told once, not at every step"
    qtbot.mouseClick(scene.bar.cancel, Qt.MouseButton.LeftButton)
    assert given_up == [1]
    scene.bus.tell(Notice(Level.PROGRESS, "act.stale", {"over": True}, "run-1"))
    assert not scene.bar.isVisible()


def test_what_can_be_done_is_a_button_on_the_bar(scene: Scene, qtbot: QtBot) -> None:
    done: list[str] = []
    scene.bus.tell(Notice(Level.GOOD, "act.stale", offers=(Offer("Xem", lambda: done.append("seen")),)))
    button = next(one for one in scene.bar.findChildren(QPushButton) if one.text() == "Xem")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["seen"]
    assert not scene.bar.isVisible()


def test_a_notice_takes_no_focus(scene: Scene, qtbot: QtBot) -> None:
    field = QPushButton("x", scene.window)
    field.show()
    field.setFocus()
    scene.tell(Level.DANGER, "act.stale")
    assert scene.window.focusWidget() is field


QUESTION = Question(
    "act.stale", (Answer("all", "Ra đủ"), Answer("none", "Chưa ra"), Answer("bad", "Hỏng", True)), "none"
)


def test_a_question_is_answered_by_key(scene: Scene, qtbot: QtBot) -> None:
    given: list[str] = []
    scene.notices.ask(QUESTION, given.append)
    box = scene.window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    qtbot.waitUntil(box.isVisible)
    assert box.text() == sentence("act.stale")
    assert [button.text() for button in box.buttons()] != []
    assert box.defaultButton().text() == "Chưa ra", "Enter by habit does the harmless thing"
    bad = next(button for button in box.buttons() if button.text() == "Hỏng")
    qtbot.mouseClick(bad, Qt.MouseButton.LeftButton)
    assert given == ["bad"]


def test_escape_answers_the_harmless_thing(scene: Scene, qtbot: QtBot) -> None:
    given: list[str] = []
    scene.notices.ask(QUESTION, given.append)
    box = scene.window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    qtbot.waitUntil(box.isVisible)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert given == ["none"]


def test_tests_answer_beforehand(scene: Scene) -> None:
    given: list[str] = []
    scene.notices.answer_next("bad", "all")
    scene.notices.ask(QUESTION, given.append)
    scene.notices.ask(QUESTION, given.append)
    assert given == ["bad", "all"]
    assert scene.notices.codes() == ["act.stale", "act.stale"]
    assert scene.window.findChild(QMessageBox) is None


def test_what_cannot_be_undone_is_confirmed(scene: Scene) -> None:
    done: list[int] = []
    scene.notices.answer_next("no", "yes")
    scene.notices.confirm("act.stale", "Xóa", lambda: done.append(1))
    assert done == []
    scene.notices.confirm("act.stale", "Xóa", lambda: done.append(2))
    assert done == [2]


def test_a_file_is_picked_beforehand_in_tests(scene: Scene, tmp_path: Path) -> None:
    picked: list[Path] = []
    scene.notices.pick_next(tmp_path / "a.csv", None)
    scene.notices.pick_file("Mở", ["CSV (*.csv)"], picked.append)
    scene.notices.pick_file("Mở", ["CSV (*.csv)"], picked.append)
    assert picked == [tmp_path / "a.csv"]
