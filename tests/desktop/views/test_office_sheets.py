"""Giấy dự phòng in Cài đặt: reserved and shown to be printed, one written off, what is wrong said at its field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.views.main_window import MainWindow, Place
from desktop.views.office_sheets import SheetsPart
from desktop.views.preferences import PreferencesScreen
from tests.desktop.real import enter, here, press, real_window, shot
from tests.helpers.office import act_as


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, demo_office: Office) -> Iterator[MainWindow]:
    demo_office.real_time = False
    act_as(demo_office, "demo")
    with real_window(qapp, demo_office, Place("settings", "go.settings", PreferencesScreen)) as made:
        made.show()
        enter(made, demo_office, "settings")
        yield made


def test_a_batch_is_reserved_printed_and_counted(window: MainWindow, qtbot: QtBot) -> None:
    card = next(each for each in here(window, PreferencesScreen).office_parts if isinstance(each, SheetsPart))
    window.go("settings", group="sheets")
    assert not card.again.isEnabled()
    card.count.setText("200")
    press(card.count, Qt.Key.Key_Return)
    assert card.fields["count"].wrong, "no more than the rule has"
    card.count.setText("3")
    press(card.count, Qt.Key.Key_Return)
    preview = card.prints.preview
    assert preview is not None
    assert preview.isVisible()
    assert preview.pages == 6
    preview.put_away()
    qtbot.waitUntil(lambda: len(card.model.rows) == 1)
    (batch,) = card.model.rows
    assert (batch.sheets, batch.left) == (3, 3)
    assert "Còn 3 tờ" in card.few.words.text()
    card.sheet.setText(batch.name)
    press(card.reason, Qt.Key.Key_Return)
    assert card.fields["reason"].wrong, "why has to be said"
    card.reason.setText("rách")
    press(card.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.model.rows[0].left == 2)
    assert window.notices.codes()[-1] == "sheets.spoiled"
    card.sheet.setText(batch.name)
    card.reason.setText("rách nữa")
    press(card.reason, Qt.Key.Key_Return)
    assert card.fields["sheet"].wrong
    press(card.again, Qt.Key.Key_Space)
    assert preview.pages == 4
    preview.put_away()
    shot(window, "office-sheets")
