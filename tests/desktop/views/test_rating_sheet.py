"""The sheet turned to the citizen: by touch, digits and arrows; what is said goes out once and is seen nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.views.rating_sheet import ASK, THANK, WHY
from onestop import clock, texts
from onestop.actions import intakes, process
from onestop.queries import ratings as queries
from onestop.queries.ratings import RatingRow
from onestop.rules.dossier import Move
from onestop.rules.moves import MoveForm, Receiver
from tests.desktop.real import press, shot, write
from tests.desktop.views.test_moves import Scene, scene_of
from tests.helpers.office import made_dossier


def handed(scene: Scene) -> Any:
    """A result handed over by F8, and the sheet that its notice offers."""
    scene.office.perform(process.move, MoveForm(scene.dossier, "finish"))
    scene.screen.refresh({})
    scene.qtbot.waitUntil(lambda: scene.state == "finished")
    scene.choose(Move.HAND_BACK)
    scene.done("handed-back")
    offers = scene.window.notices.shown[-1].offers
    invite = next(offer for offer in offers if offer.text == "Mời đánh giá")
    invite.call()
    return sheet_of(scene)


def sheet_of(scene: Scene) -> Any:
    sheet = scene.screen.moves.rating.sheet
    assert sheet is not None
    assert sheet.isVisible()
    return sheet


def rows(office: Office) -> tuple[RatingRow, ...]:
    found = office.read(queries.feedback, "all", clock.now())
    return found.rows


@pytest.fixture
def scene(qapp: QApplication, qtbot: QtBot, demo_office: Office) -> Iterator[Scene]:
    with scene_of(qapp, qtbot, demo_office) as made:
        yield made


def test_one_tap_is_all_and_the_clerk_sees_nothing_of_it(scene: Scene) -> None:
    assert not scene.window.commands.action("dossiers.rate").isEnabled(), "nothing to judge yet"
    sheet = handed(scene)
    assert sheet.geometry() == scene.window.rect(), "nothing of the office can be seen beside it"
    said = " ".join(label.text() for label in sheet.findChildren(QLabel))
    assert scene.code not in said
    assert scene.values["owner_name"] not in said
    tile = sheet.tiles[1]
    scene.qtbot.waitUntil(lambda: min(tile.width(), tile.height()) >= 160)  # a target for a finger
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(9, 9))
    assert sheet.pages.currentIndex() == THANK
    (row,) = rows(scene.office)
    assert (row.level, row.source) == (2, "screen")
    notice = scene.window.notices.words(scene.window.notices.shown[-1])
    assert "hài lòng" not in notice.lower()
    sheet.idle.timeout.emit()
    assert not sheet.isVisible()
    scene.screen.refresh({})
    pane: Any = scene.screen.pane
    scene.qtbot.waitUntil(lambda: "rating.given" in [each.kind for each in pane.card.history])
    seen = " ".join(label.text() for label in scene.window.findChildren(QLabel) if label.isVisibleTo(scene.window))
    assert "Công dân đã đánh giá" in seen
    scene.window.commands.press("dossiers.rate")
    assert scene.window.notices.codes()[-1] == "rating.already"
    assert not sheet.isVisible()


def test_where_it_was_bad_it_asks_what_by_digits_and_arrows(scene: Scene) -> None:
    sheet = handed(scene)
    assert sheet.hasFocus(), "none of the five is proposed"
    scene.qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is scene.window.windowHandle())
    press(sheet, Qt.Key.Key_Right)
    assert sheet.tiles[0].hasFocus()
    write(sheet.tiles[0], "5")
    assert sheet.pages.currentIndex() == WHY
    assert rows(scene.office) == (), "not before it is sent"
    assert [box.key for box in sheet.boxes] == ["a", "b", "c", "d", "đ", "e", "g", "h", "i"]
    write(sheet, "5")
    press(sheet, Qt.Key.Key_Down)
    press(sheet.boxes[0], Qt.Key.Key_Right)
    assert sheet.boxes[1].hasFocus()
    press(sheet.boxes[1], Qt.Key.Key_Down)
    assert sheet.boxes[4].hasFocus()
    press(sheet.boxes[4], Qt.Key.Key_Down)
    press(sheet.boxes[7], Qt.Key.Key_Down)
    assert sheet.text.hasFocus()
    write(sheet.text, "Chờ quá lâu, cán bộ gắt gỏng")
    shot(scene.window, "rating-why")
    sheet.send.click()
    (row,) = rows(scene.office)
    assert (row.level, row.contents, row.words) == (5, ("đ",), "Chờ quá lâu, cán bộ gắt gỏng")
    assert sheet.text.toPlainText() == "" or not sheet.text.isVisible()
    press(sheet, Qt.Key.Key_Space)
    assert not sheet.isVisible()
    assert sheet.text.toPlainText() == "", "whoever looks now finds nothing"


def test_later_and_left_alone(scene: Scene) -> None:
    sheet = handed(scene)
    for key in ("F1", "F2", "F8", "Alt+H", "Ctrl+K", "Ctrl+Z", "Ctrl+Shift+L", "Ctrl+R"):
        sequence: Any = QKeySequence.fromString(key)
        combination = sequence[0]
        QTest.keyClick(sheet.tiles[0], combination.key(), combination.keyboardModifiers())
    assert (sheet.isVisible(), sheet.pages.currentIndex(), scene.window.here) == (True, ASK, "dossiers")
    assert scene.state == "handed-back", "no key of the program does anything meanwhile"
    sheet.later.click()
    assert not sheet.isVisible()
    scene.window.commands.press("dossiers.rate")
    press(sheet.tiles[0], Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    scene.window.commands.press("dossiers.rate")
    sheet.idle.timeout.emit()
    assert not sheet.isVisible()
    assert rows(scene.office) == (), "nobody has tapped anything"
    scene.window.commands.press("dossiers.rate")
    write(sheet.tiles[0], "4")
    press(sheet.boxes[0], Qt.Key.Key_Escape)
    assert sheet.pages.currentIndex() == ASK, "tapped by mistake"
    write(sheet.tiles[0], "4")
    sheet.boxes[2].click()
    sheet.idle.timeout.emit()
    assert not sheet.isVisible()
    (row,) = rows(scene.office)
    assert (row.level, row.contents) == (4, ("c",)), "what was tapped counts"


@pytest.mark.parametrize(("language", "theme", "scale"), [("en", "dark", 200)])
def test_looks(qapp: QApplication, qtbot: QtBot, demo_office: Office, language: str, theme: str, scale: int) -> None:
    texts.use(language)
    with scene_of(qapp, qtbot, demo_office, theme, scale) as scene:
        scene.office.perform(process.move, MoveForm(scene.dossier, "finish"))
        form = MoveForm(scene.dossier, "hand-back", receiver=Receiver(scene.values["owner_name"]), paper="receipt")
        scene.office.perform(process.move, form)
        scene.screen.refresh({})
        scene.qtbot.waitUntil(lambda: scene.state == "handed-back")
        scene.window.commands.press("dossiers.rate")
        sheet = sheet_of(scene)
        shot(scene.window, f"rating-{language}-{theme}-{scale}")
        write(sheet.tiles[0], "5")
        sheet.boxes[4].click()
        boxes = sheet.boxes
        qtbot.waitUntil(lambda: all(box.height() >= box.layout().minimumHeightForWidth(box.width()) for box in boxes))
        assert scene.window.rect().contains(sheet.geometry())
        shot(scene.window, f"rating-why-{language}-{theme}-{scale}")
        sheet.send.click()
        shot(scene.window, f"rating-thanks-{language}-{theme}-{scale}")


def test_paper_slips_are_entered_one_after_the_other(scene: Scene) -> None:
    form = MoveForm(scene.dossier, "at-once", receiver=Receiver(scene.values["owner_name"]), paper="receipt")
    scene.office.perform(process.move, form)
    refusal = scene.office.perform(
        intakes.make, intakes.IntakeForm("refusal", made_dossier(), (), "Không đủ điều kiện")
    ).answer
    scene.window.commands.press("dossiers.slips")
    sheet: Any = scene.screen.after.slips
    assert sheet.code.hasFocus()
    write(sheet.code, scene.code.lower())
    press(sheet.code, Qt.Key.Key_Return)
    assert sheet.level.hasFocus()
    assert sheet.fields["contents"].isHidden()
    press(sheet, Qt.Key.Key_F9)
    assert sheet.fields["level"].wrong
    write(sheet.level, "4")
    assert not sheet.fields["contents"].isHidden()
    write(sheet.contents, "a đ")
    assert "Thái độ phục vụ chưa tốt" in sheet.fields["contents"].note.text()
    shot(scene.window, "slips")
    press(sheet, Qt.Key.Key_F9)
    assert (sheet.code.text(), sheet.level.text(), sheet.contents.text()) == ("", "", ""), "ready for the next"
    assert scene.code in sheet.so_far.text()
    sheet._scanned(refusal.code)
    write(sheet.level, "1")
    press(sheet, Qt.Key.Key_F9)
    sheet._scanned(scene.code)
    assert sheet.fields["of"].wrong, "once each"
    write(sheet.code, "x")
    assert not sheet.fields["of"].wrong
    press(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    found = {row.code: row for row in rows(scene.office)}
    assert (found[scene.code].level, found[scene.code].contents, found[scene.code].source) == (4, ("a", "đ"), "slip")
    assert (found[refusal.code].level, found[refusal.code].by) == (1, "Phan Ngọc Ánh")
