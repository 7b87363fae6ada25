"""F1: the sheet of keys as it lies over the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.assets import Look
from desktop.views.commands import Commands
from desktop.views.keys_help import KeysHelp
from desktop.views.screen import Hint, Keys
from tests.desktop.looks import put_away


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    made = Look(qapp)
    made.apply("light")
    yield made
    put_away(made)


def test_the_groups_share_the_room_and_stay_in_their_order(look: Look, qtbot: QtBot) -> None:
    """As many keys as Tiếp nhận has, and those of everywhere: nothing is left to scroll at the plain size of text."""
    window = QWidget()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    sheet = KeysHelp(look, Commands(look, window, ()), window)
    sizes = {"Tiếp nhận": 14, "Giấy tờ": 14, "Người": 8, "Các ô": 5, "Mọi nơi": 11}
    groups = [
        Keys(name, [Hint(f"F{n}", "một việc nói bằng một câu dài vừa phải của màn hình") for n in range(size)])
        for name, size in sizes.items()
    ]
    sheet.open("", (), groups)
    QApplication.sendPostedEvents()
    assert sheet._content is not None and sheet._content.verticalScrollBar().maximum() == 0
    heads = {name: sheet_head(sheet, name).mapTo(sheet, QPoint()) for name in sizes}
    by_column: dict[int, list[str]] = {}
    for name in sorted(heads, key=lambda name: (heads[name].x(), heads[name].y())):
        by_column.setdefault(heads[name].x(), []).append(name)
    order = list(sizes)
    assert len(by_column) == 3
    assert all(names == sorted(names, key=order.index) for names in by_column.values())
    firsts = [names[0] for names in by_column.values()]
    assert firsts == sorted(firsts, key=order.index)


def sheet_head(sheet: KeysHelp, name: str) -> QWidget:
    """The heading of a group."""
    return next(child for child in sheet.findChildren(QWidget) if getattr(child, "text", str)() == name)


def test_a_group_too_long_for_a_column_stands_in_two(look: Look, qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    sheet = KeysHelp(look, Commands(look, window, ()), window)
    sheet.open("", (), [Keys("Tiếp nhận", [Hint(f"F{n}", f"việc {n}") for n in range(27)])])
    QApplication.sendPostedEvents()
    first, second = sheet_head(sheet, "Tiếp nhận"), sheet_head(sheet, "Tiếp nhận (tiếp)")
    assert first.mapTo(sheet, QPoint()).x() < second.mapTo(sheet, QPoint()).x()
    assert all(sheet_head(sheet, f"việc {n}") for n in range(27))
    assert sheet._content is not None and sheet._content.verticalScrollBar().maximum() == 0
