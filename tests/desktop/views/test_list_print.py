"""Sổ theo dõi and phiếu bàn giao from Hồ sơ, by keys alone: days, what is looked at, what is chosen, nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from desktop.office import Office
from desktop.views.dossiers import DossiersScreen
from desktop.views.list_print import CHOSEN, DAYS, SHOWN, ListSheet
from desktop.views.main_window import MainWindow, Place
from onestop import clock
from onestop.clock import VIETNAM
from onestop.rules.letters import FormKey
from tests.desktop.real import elsewhere, enter, here, press, real_window, shot, write
from tests.helpers.office import MONDAY, act_as, made_person, received

NOW = datetime(2026, 11, 23, 15, 12, tzinfo=VIETNAM)
CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Prints:
    asked: list[tuple[FormKey, str]] = field(default_factory=list)

    def days(self, kind: FormKey, days: str) -> None:
        self.asked.append((kind, days))


@dataclass
class Scene:
    window: MainWindow
    screen: DossiersScreen
    prints: Prints
    qtbot: QtBot

    @property
    def sheet(self) -> ListSheet:
        found = self.screen.lists.sheet
        assert found is not None
        return found

    def open(self) -> ListSheet:
        press(self.window, Qt.Key.Key_L, CONTROL)
        self.qtbot.waitUntil(lambda: self.screen.lists.sheet is not None and self.screen.lists.sheet.isVisible())
        self.counted()
        return self.sheet

    def counted(self) -> None:
        self.qtbot.waitUntil(lambda: bool(self.sheet.found.text()))


@pytest.fixture
def scene(demo_office: Office, qapp: QApplication, qtbot: QtBot) -> Iterator[Scene]:
    """Four dossiers of today and one of Friday; one of today's has its result."""
    for place in range(5):
        with clock.frozen(MONDAY - timedelta(days=3 if place == 0 else 0) + timedelta(minutes=place)):
            act_as(demo_office, "ha")
            received(demo_office, made_person(place))
    with demo_office.store.writing() as connection:
        at = clock.utc(NOW).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        connection.execute(
            text("UPDATE dossier SET is_open = 0, state = 'finished', finished_at = :at WHERE no = 5"), {"at": at}
        )
    prints = Prints()
    places = (Place("dossiers", "go.dossiers", DossiersScreen), *elsewhere("receive", "scan"))
    with clock.frozen(NOW), real_window(qapp, demo_office, *places, prints=prints) as window:
        window.show()
        enter(window, demo_office, "dossiers")
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        screen = here(window, DossiersScreen)
        qtbot.waitUntil(lambda: screen.list.hasFocus() and len(screen.model.rows) == 4)
        yield Scene(window, screen, prints, qtbot)


def test_the_register_of_days_is_counted_and_printed_by_keys(scene: Scene) -> None:
    sheet = scene.open()
    assert sheet.which.value == DAYS
    assert sheet.found.text() == "4 hồ sơ"
    sheet.days["first"].setFocus()
    sheet.days["first"].selectAll()
    write(sheet.days["first"], "20/11/2026")
    scene.qtbot.waitUntil(lambda: sheet.found.text() == "5 hồ sơ")
    shot(scene.window, "lists-days")
    press(sheet, Qt.Key.Key_F9)
    assert scene.prints.asked == [(FormKey.REGISTER, "2026-11-20/2026-11-23")]
    assert not sheet.isVisible()
    assert scene.screen.list.hasFocus()


def test_results_that_were_not_made_an_empty_list_and_days_that_are_none_are_told(scene: Scene) -> None:
    sheet = scene.open()
    sheet.kind.choose(FormKey.HANDOVER)
    scene.qtbot.waitUntil(lambda: sheet.found.text() == "1 hồ sơ")
    into(sheet, "20/11/2026", "20/11/2026")
    scene.qtbot.waitUntil(lambda: sheet.found.text() == "Không có kết quả nào để bàn giao.")
    press(sheet, Qt.Key.Key_F9)
    assert sheet.isVisible()
    assert not scene.prints.asked, "nothing is not printed"
    sheet.kind.choose(FormKey.REGISTER)
    into(sheet, "19/11/2026", "19/11/2026")
    scene.qtbot.waitUntil(lambda: sheet.found.text() == "Không có hồ sơ nào được tiếp nhận trong những ngày này.")
    shot(scene.window, "lists-empty")
    for first, last, wrong in (
        ("hôm nay", "23/11/2026", "first"),
        ("23/11/2026", "", "last"),
        ("24/11/2026", "23/11/2026", "last"),
    ):
        into(sheet, first, last)
        assert [name for name, each in sheet.fields.items() if each.wrong] == [wrong]
        press(sheet, Qt.Key.Key_F9)
        assert sheet.isVisible()
        assert sheet.days[wrong].hasFocus()
    assert not scene.prints.asked
    press(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def into(sheet: ListSheet, first: str, last: str) -> None:
    """Type both days over what stands there."""
    for name, typed in (("first", first), ("last", last)):
        sheet.days[name].selectAll()
        press(sheet.days[name], Qt.Key.Key_Delete)
        write(sheet.days[name], typed)


def test_what_is_chosen_and_what_is_looked_at(scene: Scene) -> None:
    view = scene.screen.list
    view.selectAll()
    chosen = [row.id for row in view.chosen]
    sheet = scene.open()
    assert sheet.which.value == CHOSEN
    assert sheet.which.currentText() == "4 hồ sơ đã chọn"
    press(sheet, Qt.Key.Key_F9)
    assert scene.prints.asked.pop() == (FormKey.REGISTER, "#" + ",".join(chosen))
    view.clearSelection()
    view.choose(0)
    sheet = scene.open()
    assert [sheet.which.itemData(at) for at in range(sheet.which.count())] == [DAYS, SHOWN]
    assert sheet.which.itemText(1) == "Đang xem: Đang giải quyết"
    sheet.which.choose(SHOWN)
    scene.counted()
    assert sheet.found.text() == "4 hồ sơ"
    sheet.kind.choose(FormKey.HANDOVER)
    scene.qtbot.waitUntil(lambda: sheet.found.text() == "Không có kết quả nào để bàn giao.")
