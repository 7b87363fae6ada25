"""What came online and what has several results, on Hồ sơ and Hôm nay, by keys: the hours left, each result noted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.views.dossiers import DossiersScreen
from desktop.views.home import HomeScreen
from desktop.views.main_window import MainWindow, Place
from onestop import clock
from onestop.actions import receive
from onestop.clock import VIETNAM
from onestop.queries import dossiers
from onestop.rules.intake import RegisterForm
from tests.desktop.real import enter, here, press, real_window, shot, write
from tests.helpers.office import BIRTH, act_as, made_dossier, made_person, received


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


@pytest.fixture
def office(demo_office: Office) -> Iterator[Office]:
    act_as(demo_office, "ha")
    with clock.frozen(at(23, 9)):
        demo_office.perform(
            receive.register, RegisterForm(made_dossier(made_person(5)), "G22.99-261120-0007", "2026-11-20T15:30")
        )
        received(demo_office, made_person(3), procedure=BIRTH, linked="khai-sinh")
        yield demo_office


PLACES = (Place("home", "go.home", HomeScreen), Place("dossiers", "go.dossiers", DossiersScreen))


@pytest.fixture
def window(office: Office, qapp: QApplication) -> Iterator[MainWindow]:
    with real_window(qapp, office, *PLACES) as window:
        window.show()
        yield window


def looked_at(window: MainWindow, office: Office, qtbot: QtBot, group: str) -> DossiersScreen:
    enter(window, office, "dossiers")
    window.go("dossiers", group=group)
    screen = here(window, DossiersScreen)
    qtbot.waitUntil(lambda: screen.chips.chosen == group and screen.pane.card is not None)
    return screen


def noted(screen: DossiersScreen) -> int:
    """How many results of the dossier that is shown are there."""
    card = screen.pane.card
    return 0 if card is None else sum(part.finished_at is not None for part in card.dossier.parts)


def test_the_hours_left_are_in_the_list_and_beside_it(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    screen = looked_at(window, office, qtbot, "to-answer")
    assert [row.answer.left for row in screen.model.rows if row.answer] == [4 * 60 + 30]
    shot(window, "online-list")
    assert screen.pane.due_name.text() == "Chờ trả lời trực tuyến"
    assert screen.pane.due.words.text() == "còn 4 giờ"
    assert screen.moves.moves[:3] == ("supplement", "accept", "refuse")


def test_each_result_is_noted_before_the_dossier_is_finished(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    screen = looked_at(window, office, qtbot, "open")
    screen.list.choose(next(at for at, row in enumerate(screen.model.rows) if row.state == "received"))
    qtbot.waitUntil(lambda: screen.pane.card is not None and bool(screen.pane.card.dossier.parts))
    card = screen.pane.card
    assert card is not None
    assert "finish" not in screen.moves.moves
    for done, (number, text) in enumerate((("125/2026", ""), ("TT-7", ""), ("", "đã có thẻ theo mẹ")), 1):
        window.commands.press("dossiers.move")
        pick = screen.moves.pick
        assert pick is not None
        write(pick.list, "1")
        sheet = screen.moves.parts.sheet
        assert sheet is not None
        qtbot.waitUntil(sheet.isVisible)
        press(sheet, Qt.Key.Key_F9)
        assert sheet.isVisible(), "nothing was said yet"
        shot(window, "linked-part")
        if number:
            write(sheet.lines["number"], number)
        else:
            sheet.reason.setFocus()
            write(sheet.reason, text)
        press(sheet, Qt.Key.Key_F9)
        qtbot.waitUntil(lambda sheet=sheet: not sheet.isVisible())
        qtbot.waitUntil(lambda done=done: noted(screen) == done)
    kept = office.read(dossiers.parts_of, card.id)
    assert [(each.result or {})["number"] for each in kept] == ["125/2026", "TT-7", None]
    qtbot.waitUntil(lambda: "finish" in screen.moves.moves)


def test_today_tells_of_both(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    enter(window, office, "home")
    screen = here(window, HomeScreen)
    qtbot.waitUntil(lambda: screen.home is not None)
    assert screen.home is not None
    titles = [item.title for item in screen._waits(screen.home.waits)]
    assert "1 hồ sơ trực tuyến chờ trả lời" in titles
    with clock.frozen(at(27, 9)):
        screen._ask()
        qtbot.waitUntil(lambda: screen.home is not None and screen.home.waits.part_late == 1)
        told = [(item.title, item.tone) for item in screen._waits(screen.home.waits)]
        assert ("1 hồ sơ liên thông có kết quả trễ", "danger") in told
        assert ("1 hồ sơ trực tuyến chờ trả lời", "danger") in told
