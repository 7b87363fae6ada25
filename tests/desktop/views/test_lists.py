"""The one list view: keys, selection, columns that are remembered, an empty list that speaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from desktop.assets import Look
from desktop.models.table import TableModel
from desktop.settings import Settings
from desktop.views.lists import ListView
from tests.desktop.looks import put_away
from tests.desktop.pretend import COLUMNS, PretendShelf, Row, pretend_rows


class Scene:
    def __init__(self, look: Look, qtbot: QtBot, settings: Settings, rows: int = 40, **how: Any) -> None:
        self.model = TableModel(look, COLUMNS)
        self.empty = QLabel("Chưa có hồ sơ nào")
        self.list = ListView(look, self.model, "Hồ sơ", settings=settings, key="dossiers", empty=self.empty, **how)
        qtbot.addWidget(self.list)
        self.list.resize(900, 400)
        self.opened: list[Row] = []
        self.picked: list[Row | None] = []
        self.list.opened.connect(self.opened.append)
        self.list.picked.connect(self.picked.append)
        self.model.show(pretend_rows(rows))
        self.list.show()
        self.list.setFocus()
        qtbot.waitUntil(self.list.hasFocus)


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    made = Look(qapp)
    made.apply("light")
    yield made
    put_away(made)


@pytest.fixture
def settings() -> Settings:
    return Settings(None, PretendShelf())


@pytest.fixture
def scene(look: Look, qtbot: QtBot, settings: Settings) -> Scene:
    return Scene(look, qtbot, settings)


def test_with_the_keyboard_alone(scene: Scene, qtbot: QtBot) -> None:
    assert scene.list.current == scene.model.row(0), "the focus brings a current row"
    qtbot.keyClick(scene.list, Qt.Key.Key_Down)
    qtbot.keyClick(scene.list, Qt.Key.Key_Down)
    assert scene.picked[-1] == scene.model.row(2)
    qtbot.keyClick(scene.list, Qt.Key.Key_Return)
    assert scene.opened == [scene.model.row(2)]


def test_a_double_click_opens_once(scene: Scene, qtbot: QtBot) -> None:
    cell = scene.list.visualRect(scene.model.index(3, 1)).center()
    qtbot.mouseClick(scene.list.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    qtbot.mouseDClick(scene.list.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert scene.opened == [scene.model.row(3)]


def test_the_selection_stays_with_its_row_when_the_list_changes(scene: Scene) -> None:
    scene.list.choose(5)
    chosen = scene.list.current
    newer = replace(chosen, id="new", code="H56.14-261124-0001")
    scene.model.show([newer, *pretend_rows(40)])
    assert scene.list.current == chosen
    assert scene.list.chosen == [chosen]
    assert scene.list.currentIndex().row() == 6


def test_another_question_keeps_the_current_row_if_it_is_still_there(scene: Scene) -> None:
    scene.list.choose_id("d7")
    scene.model.beginResetModel()
    scene.model._rows = pretend_rows(10)[::-1]
    scene.model.endResetModel()
    assert scene.list.current.id == "d7"


def test_rows_have_the_height_of_the_look(scene: Scene, look: Look, qtbot: QtBot) -> None:
    assert scene.list.rowHeight(0) == 34
    look.apply("light", compact=True)
    assert scene.list.rowHeight(0) == 28
    look.apply("light", 200)
    assert scene.list.rowHeight(0) == 68


def test_columns_are_hidden_from_the_header_and_remembered(
    scene: Scene, look: Look, qtbot: QtBot, settings: Settings
) -> None:
    header = scene.list.horizontalHeader()
    assert header.isSectionHidden(5), "hidden at first"
    scene.list._choose_columns(QPoint(5, 5))
    menu = scene.list.findChild(QMenu)
    assert isinstance(menu, QMenu)
    entries = {entry.text(): entry for entry in menu.actions()}
    entries["Số trong máy"].trigger()
    entries["Trạng thái"].trigger()
    menu.close()
    header.resizeSection(0, 222)
    header.moveSection(header.visualIndex(1), 0)
    again = Scene(look, qtbot, settings).list.horizontalHeader()
    assert not again.isSectionHidden(5)
    assert again.isSectionHidden(4)
    assert again.sectionSize(0) == 222
    assert again.visualIndex(1) == 0


def test_a_window_that_grows_is_no_choice_of_columns(scene: Scene, settings: Settings) -> None:
    header = scene.list.horizontalHeader()
    before = [header.sectionSize(place) for place in range(header.count())]
    scene.list.resize(scene.list.width() + 300, scene.list.height())
    assert [header.sectionSize(place) for place in range(header.count())] != before
    assert settings.get("list_columns") == {}


def test_a_click_on_the_header_sorts(scene: Scene, qtbot: QtBot, look: Look, settings: Settings) -> None:
    columns = (replace(COLUMNS[0], sort=lambda row: row.code), *COLUMNS[1:])
    scene.model.columns = columns
    scene.list.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    codes = [row.code for row in scene.model.rows]
    assert codes == sorted(codes)


def test_an_empty_list_says_so_only_when_it_is_known_to_be(look: Look, qtbot: QtBot, settings: Settings) -> None:
    scene = Scene(look, qtbot, settings, rows=0)
    assert scene.empty.isVisible()
    scene.model.show(pretend_rows(1))
    assert not scene.empty.isVisible()


def test_several_rows_can_be_marked(look: Look, qtbot: QtBot, settings: Settings) -> None:
    scene = Scene(look, qtbot, settings, many=True)
    marked: list[list[Row]] = []
    scene.list.marked.connect(marked.append)
    scene.list.choose(1)
    qtbot.keyClick(scene.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert marked[-1] == [scene.model.row(1), scene.model.row(2)]
    assert scene.list.chosen == marked[-1]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_selected_row_is_drawn_otherwise(look: Look, qtbot: QtBot, settings: Settings, theme: str) -> None:
    scene = Scene(look, qtbot, settings)
    look.apply(theme)
    scene.list.choose(1)
    image = scene.list.viewport().grab().toImage()
    right = scene.list.viewport().width() - 12

    def ground(row: int) -> str:
        return image.pixelColor(right, scene.list.rowViewportPosition(row) + 12).name().upper()

    assert ground(1) == look.colours()["accent_soft"]
    assert ground(2) != ground(1)
    edge = image.pixelColor(1, scene.list.rowViewportPosition(1) + 16).name().upper()
    assert edge in (look.colours()["accent"], look.colours()["focus"])
