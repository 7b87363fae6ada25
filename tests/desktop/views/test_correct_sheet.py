"""Đính chính by keys: what is changed is marked, who asked and why is asked for, the pane shows old and new."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.office import Office
from onestop import texts
from onestop.actions import citizens, correcting, process
from onestop.queries import overview
from onestop.rules.correcting import CorrectForm
from onestop.rules.moves import MoveForm
from tests.desktop.real import press, shot, write
from tests.desktop.views.test_moves import Scene, scene_of
from tests.helpers.office import act_as


@pytest.fixture
def scene(qapp: QApplication, qtbot: QtBot, demo_office: Office) -> Iterator[Scene]:
    with scene_of(qapp, qtbot, demo_office) as made:
        yield made


def opened(scene: Scene) -> Any:
    """Ctrl+E."""
    scene.window.commands.press("dossiers.correct")
    sheet = scene.screen.after.sheet
    assert sheet is not None
    assert sheet.isVisible()
    return sheet


def owner_of(scene: Scene) -> str:
    card: Any = scene.screen.pane.card
    return str(card.people[0].citizen_id)


def line(sheet: Any, called: str, text: str) -> None:
    """Another text in a field."""
    control = sheet._entry(called).control
    control.clear()
    write(control, text)


def test_what_is_changed_is_marked_and_the_pane_shows_old_and_new(scene: Scene) -> None:
    sheet = opened(scene)
    assert sheet.reason.hasFocus()
    assert sheet.name.text() == scene.values["owner_name"], "whoever handed it in asks most often"
    line(sheet, "phone", "0987 654 321")
    assert "0912345678" in sheet._entry("phone").field.note.text()
    line(sheet, "summary", "Xác nhận để vay vốn")
    line(sheet, "summary", scene.values["summary"])
    assert sheet._entry("summary").field.note.text() == "", "as it was"
    press(sheet, Qt.Key.Key_F9)
    assert sheet.head["reason"].wrong
    write(sheet.reason, "Công dân đổi số")
    row = sheet.papers[0]
    row.reason.setText("hai trang")
    shot(scene.window, "correct-marked")
    press(sheet, Qt.Key.Key_F9)
    scene.qtbot.waitUntil(lambda: scene.values["phone"] == "0987654321")
    assert not sheet.isVisible()
    notice = scene.window.notices.shown[-1]
    assert (notice.code, [offer.text for offer in notice.offers]) == ("dossiers.corrected", ["In lại giấy tiếp nhận"])
    labels = [label for label in scene.screen.pane.findChildren(QLabel) if label.isVisibleTo(scene.screen.pane)]
    struck = [label.text() for label in labels if label.font().strikeOut()]
    assert "0912345678" in struck
    said = " ".join(label.text() for label in labels)
    assert "công dân" in said
    assert "Công dân đổi số" in said
    assert "0987654321" in said
    shot(scene.window, "correct-pane")


def test_what_cannot_be_is_said_at_its_field_and_what_another_did_with_both_values(scene: Scene) -> None:
    sheet = opened(scene)
    write(sheet.reason, "nghe nhầm")
    line(sheet, "phone", "12")
    press(sheet, Qt.Key.Key_F9)
    assert sheet._entry("phone").field.wrong
    line(sheet, "phone", scene.values["phone"])
    sheet._entry("delivery.way").control.choose("post")
    assert not sheet._entry("delivery.address").field.isHidden()
    press(sheet, Qt.Key.Key_F9)
    assert sheet._entry("delivery.name").field.wrong
    sheet._entry("delivery.way").control.choose("counter")
    press(sheet, Qt.Key.Key_F9)
    assert "Chưa sửa mục nào" in sheet.fault.words.text()
    line(sheet, "phone", "0911111111")
    act_as(scene.office, "ha")
    theirs = CorrectForm(scene.dossier, "citizen", "Mẫu", "đổi số", contact={"phone": "0987654321"})
    scene.office.perform(correcting.correct, theirs)
    act_as(scene.office, "demo")
    press(sheet, Qt.Key.Key_F9)
    note = sheet._entry("phone").field.note.text()
    assert "Trần Thu Hà" in note
    assert "0987654321" in note
    assert "0911111111" in note
    press(sheet, Qt.Key.Key_F9)
    card = scene.office.read(overview.card, scene.dossier)
    assert card is not None
    assert card.dossier.values["phone"] == "0911111111"


def test_a_registered_name_is_taken_over_and_after_the_result_only_a_supervisor_corrects(scene: Scene) -> None:
    owner = owner_of(scene)
    scene.office.perform(citizens.change, citizens.ChangeForm(owner, {"name": "Trần Thị Sửa Tên"}))
    sheet = opened(scene)
    sheet.names["owner"].setChecked(True)
    write(sheet.reason, "theo căn cước")
    press(sheet, Qt.Key.Key_F9)
    scene.qtbot.waitUntil(lambda: scene.values["owner_name"] == "Trần Thị Sửa Tên")
    scene.office.perform(process.move, MoveForm(scene.dossier, "finish"))
    scene.screen.refresh({})
    scene.qtbot.waitUntil(lambda: scene.state == "finished")
    assert scene.window.commands.action("dossiers.correct").isEnabled()
    scene.window.commands.allow(lambda permission: permission != "decide")
    scene.screen._enable()
    assert not scene.window.commands.action("dossiers.correct").isEnabled()


@pytest.mark.parametrize(("language", "theme", "scale"), [("en", "dark", 150)])
def test_looks(qapp: QApplication, qtbot: QtBot, demo_office: Office, language: str, theme: str, scale: int) -> None:
    texts.use(language)
    with scene_of(qapp, qtbot, demo_office, theme, scale) as scene:
        owner = owner_of(scene)
        scene.office.perform(citizens.change, citizens.ChangeForm(owner, {"name": "Trần Hoàng Thị Bích Ngọc " * 3}))
        sheet = opened(scene)
        sheet._entry("delivery.way").control.choose("post")
        line(sheet, "phone", "0987654321")
        qtbot.waitUntil(lambda: scene.window.rect().contains(sheet.geometry()))
        fields = [entry.field for entry in sheet.entries if not entry.field.isHidden()]
        qtbot.waitUntil(lambda: all(field.height() >= field.minimumSizeHint().height() for field in fields))
        assert sheet.body.widget().width() <= sheet.body.viewport().width()
        assert sheet.do_button.geometry().bottom() <= sheet.rect().bottom()
        shot(scene.window, f"correct-{language}-{theme}-{scale}")
