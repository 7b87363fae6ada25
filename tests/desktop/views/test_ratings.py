"""What supervisors read of the ratings: the bad ones first, their answer, the months; nobody else comes here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.views.home import HomeScreen
from desktop.views.main_window import MainWindow, Place
from desktop.views.ratings import RatingsScreen
from onestop import clock, texts
from onestop.actions import intakes, process, ratings
from onestop.queries import ratings as queries
from onestop.rules.moves import MoveForm, Receiver
from onestop.rules.ratings import RatingForm
from tests.desktop.real import elsewhere, enter, here, press, real_window, shot, write
from tests.helpers.office import MONDAY, act_as, made_dossier, made_person, received

WORDS = "Chờ từ sáng đến trưa, cán bộ nói chuyện riêng; tôi đã hỏi ba lần mà không ai trả lời rõ ràng"


def rated(office: Office, level: int, contents: tuple[str, ...] = (), words: str = "", **person: Any) -> str:
    """A dossier handed over and what the citizen said of it; its code."""
    someone = made_person(**person)
    given = received(office, someone)
    office.perform(process.move, MoveForm(given.id, "at-once", receiver=Receiver(someone.name), paper="receipt"))
    office.perform(ratings.give, RatingForm(given.code, level, contents, words))
    return given.code


@contextmanager
def desk(qapp: QApplication, office: Office, login: str, start: str, theme: str = "light") -> Iterator[MainWindow]:
    act_as(office, "ha")
    with clock.frozen(MONDAY - timedelta(days=40)):
        for level in (1, 1, 2, 5):
            rated(office, level)
    with clock.frozen(MONDAY):
        rated(office, 2)
        rated(office, 4, ("a", "đ"), WORDS)
        slip = office.perform(intakes.make, intakes.IntakeForm("refusal", made_dossier(), (), "không đủ")).answer
        office.perform(ratings.give, RatingForm(slip.code, 5, ("h",), "", "slip"))
        act_as(office, login)
        places = [
            Place("home", "go.home", HomeScreen),
            Place("ratings", "go.ratings", RatingsScreen, rail=False),
            *elsewhere("dossiers"),
        ]
        with real_window(qapp, office, *places, theme=theme) as window:
            window.show()
            enter(window, office, start)
            yield window


def test_a_supervisor_comes_from_the_day_reads_answers_and_goes_on(
    qapp: QApplication, qtbot: QtBot, demo_office: Office
) -> None:
    with desk(qapp, demo_office, "demo", "home") as window:
        home = here(window, HomeScreen)
        qtbot.waitUntil(lambda: home.home is not None)
        button = next(row[0] for row in home.todo.stops if "chưa hài lòng" in row[0].accessibleName())
        assert button.accessibleName().startswith("3 ")
        button.click()
        screen = here(window, RatingsScreen)
        qtbot.waitUntil(lambda: len(screen.list.table.rows) == 3)
        assert screen.rate.text() == "57,1 %", "4 of 7"
        first = screen.list.current
        assert first.level == 5, "the one that waits longest"
        window.commands.press("ratings.seen")
        qtbot.waitUntil(lambda: len(screen.list.table.rows) == 2)
        screen.list.choose(0)
        assert screen.list.current.words == WORDS
        write(screen.answer, "Đã gặp và xin lỗi")
        window.commands.press("ratings.seen")
        qtbot.waitUntil(lambda: len(screen.list.table.rows) == 1)
        assert not window.commands.action("ratings.dossier").isEnabled(), "a slip has no dossier"
        screen.chips._clicked("bad")
        answered = [row for row in screen.list.table.rows if row.answer]
        assert [(row.answer, row.seen_by) for row in answered] == [("Đã gặp và xin lỗi", "Phan Ngọc Ánh")]
        screen.list.choose_id(answered[0].id)
        assert screen.answer.text() == "Đã gặp và xin lỗi"
        assert screen.badge() == "1 chưa xem"
        shot(window, "ratings-answered")
        screen.chips._clicked("all")
        assert len(screen.list.table.rows) == 7
        said = screen.plot.accessibleDescription()
        assert "10/2026: 75,0 %, Rất hài lòng 2, Hài lòng 1, Rất không hài lòng 1" in said
        press(screen.answer, Qt.Key.Key_Escape)
        window.commands.press("ratings.dossier")
        assert window.here == "dossiers"


def test_whom_it_is_about_finds_no_way_here(qapp: QApplication, qtbot: QtBot, demo_office: Office) -> None:
    with desk(qapp, demo_office, "ha", "home") as window:
        home = here(window, HomeScreen)
        qtbot.waitUntil(lambda: home.home is not None)
        names = [stop.accessibleName() for stops in home.todo.stops for stop in stops]
        assert not [name for name in names if "hài lòng" in name]
        assert not window.commands.allowed("go.ratings")
        assert "go.ratings" not in [command.key for command in window.commands.here()]


@pytest.mark.parametrize(("language", "theme"), [("en", "dark")])
def test_looks(qapp: QApplication, qtbot: QtBot, demo_office: Office, language: str, theme: str) -> None:
    texts.use(language)
    with desk(qapp, demo_office, "demo", "ratings", theme) as window:
        screen = here(window, RatingsScreen)
        qtbot.waitUntil(lambda: screen.list.current is not None)
        screen.list.choose_id(next(row.id for row in screen.list.table.rows if row.words))
        qtbot.waitUntil(lambda: screen.rate.width() >= screen.rate.sizeHint().width())
        legend = screen.legend
        qtbot.waitUntil(lambda: legend.count() == 5 and legend.itemAt(4).widget().isVisible())
        shot(window, f"ratings-{language}-{theme}")
        found = demo_office.read(queries.feedback, "unseen", clock.now())
        assert found.counts == {"unseen": 3, "bad": 3, "all": 7}
