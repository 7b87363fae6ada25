"""The frame with pretend screens: going about, keys, who may what, what a screen reader hears, and pictures to look at.

`MOTCUA_SHOTS=folder` keeps the pictures.
"""

from __future__ import annotations

import ast
import importlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import SCREENS
from desktop.bus import Level, Notice, Offer
from desktop.views.buttons import Button
from desktop.views.login import ClerkTile
from desktop.views.main_window import MainWindow, RailButton
from desktop.views.reason import ReasonSheet
from onestop import texts
from onestop.rules.roles import Permission
from onestop.texts import N_, _
from tests.desktop.looks import put_away
from tests.desktop.pretend import (
    CLERKS,
    DossiersScreen,
    PretendChanges,
    ReceiveScreen,
    pretend_door,
    pretend_window,
)

SHOWN = ("home", "receive", "dossiers")
ROOT = Path(__file__).resolve().parents[2]


def everybody_may(permission: Permission) -> bool:
    return True


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    made = pretend_window(qapp)
    qtbot.addWidget(made)
    made.know_door(pretend_door, lambda clerk: made.show_clerk(clerk, everybody_may))
    made.show_clerk(CLERKS[0], everybody_may)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    put_away(made.look)


def dossiers(window: MainWindow) -> DossiersScreen:
    window.go("dossiers")
    assert isinstance(window.shown, DossiersScreen)
    return window.shown


# -- going about


def test_the_frame_has_the_measures_of_the_plan(window: MainWindow) -> None:
    assert window.rail.width() == 72
    assert window._bar.height() == 48
    assert window.title_row.height() == 48
    assert window.stack.width() == 1366 - 72
    assert window.stack.height() == 768 - 96


@pytest.mark.parametrize("place", SHOWN)
def test_a_screen_is_shown_with_its_head(window: MainWindow, place: str) -> None:
    assert window.go(place)
    assert window.here == place
    screen = window.shown
    assert screen is not None
    assert screen.isVisible()
    assert window.title_row.heading.text() == screen.title()
    assert window.title_row.badge.text() == screen.badge()
    assert window.windowTitle().startswith(screen.title())
    assert window.rail._buttons[place].isChecked()


def test_screens_are_made_when_they_are_first_shown(window: MainWindow) -> None:
    assert set(window._holders) == {"home"}
    window.go("dossiers")
    first = window.shown
    window.go("home")
    window.go("dossiers")
    assert window.shown is first


def test_a_wish_comes_along(window: MainWindow) -> None:
    screen = dossiers(window)
    window.go("dossiers", group="overdue")
    assert screen.wishes == [{"group": "overdue"}]


def test_a_wish_that_the_screen_does_not_hear_is_a_bug(window: MainWindow) -> None:
    screen = dossiers(window)
    with pytest.raises(TypeError, match="dossiers hears no wish 'code'"):
        window.go("dossiers", code="H99.14-261123-0001")
    assert screen.wishes == []


def test_every_wish_of_the_program_is_heard_by_the_screen_it_goes_to() -> None:
    hears = {key: getattr(importlib.import_module(file), name).hears for key, _c, file, name, _f in SCREENS}
    asked = set()
    for file in sorted((ROOT / "desktop").rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            # go("people", person=…), _to("people", person=…), partial(self.go, "people", person=…)
            name = ast.unparse(call.func).rpartition(".")[2]
            args = call.args[1:] if name == "partial" and ast.unparse(call.args[0]).endswith(".go") else call.args
            wished = {each.arg for each in call.keywords if each.arg}
            if (
                name in ("go", "_to", "partial")
                and args
                and isinstance(args[0], ast.Constant)
                and args[0].value in hears
            ):
                asked |= {(args[0].value, wish) for wish in wished}
                assert wished <= hears[args[0].value], f"{file.name}:{call.lineno}"
    assert {("catalogue", "code"), ("people", "person"), ("receive", "draft")} <= asked


def test_a_screen_may_ask_to_stay(window: MainWindow) -> None:
    screen = dossiers(window)
    screen.leave = False
    assert not window.go("home")
    assert window.here == "dossiers"
    assert window.rail._buttons["dossiers"].isChecked()
    assert not window.close()
    screen.leave = True
    assert window.go("home")


def test_going_by_the_rail_and_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.rail._buttons["receive"], Qt.MouseButton.LeftButton)
    assert window.here == "receive"
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    assert window.here == "dossiers"
    qtbot.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
    assert window.here == "home"


def test_keys_show_on_the_rail_while_alt_is_held(window: MainWindow, qtbot: QtBot) -> None:
    button = window.rail._buttons["home"]
    plain = button.grab().toImage()
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    assert button.hinting
    assert button.grab().toImage() != plain
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    assert not button.hinting


def test_alt_in_a_field_shows_them_too(window: MainWindow, qtbot: QtBot) -> None:
    window.go("receive")
    screen = window.shown
    assert isinstance(screen, ReceiveScreen)
    qtbot.keyPress(screen.person, Qt.Key.Key_Alt)
    assert window.rail._buttons["home"].hinting


def test_places_that_a_clerk_may_not_go_to_are_not_there(window: MainWindow) -> None:
    window.show_clerk(CLERKS[1], lambda permission: permission is not Permission.RECEIVE)
    assert not window.rail._buttons["receive"].isVisible()
    assert not window.go("receive")
    assert window.rail._buttons["dossiers"].isVisible()


def test_a_key_of_one_screen_does_nothing_on_another(window: MainWindow, qtbot: QtBot) -> None:
    window.go("receive")
    screen = window.shown
    assert isinstance(screen, ReceiveScreen)
    qtbot.keyClick(screen.person, Qt.Key.Key_F9)
    assert screen.taken == 1
    window.go("home")
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert screen.taken == 1


def test_nothing_opens_a_window_of_its_own(window: MainWindow, qapp: QApplication) -> None:
    for place in SHOWN:
        window.go(place)
    assert [widget for widget in qapp.topLevelWidgets() if widget.isVisible()] == [window]


# -- what changed


def test_a_change_refreshes_the_screen_that_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    screen = dossiers(window)
    for number in range(20):
        window.desk.bus.changed.emit(PretendChanges({"dossier": frozenset({f"d{number}"})}))
    window.desk.bus.changed.emit(PretendChanges({"citizen": frozenset({"c1"})}))
    qtbot.waitUntil(lambda: bool(screen.refreshed))
    assert screen.refreshed == [{"dossier": frozenset(f"d{number}" for number in range(20))}], (
        "many changes, one refresh"
    )


def test_a_hidden_screen_is_refreshed_when_it_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    screen = dossiers(window)
    window.go("home")
    window.desk.bus.changed.emit(PretendChanges({"dossier": frozenset({"d1"})}))
    assert screen.refreshed == []
    window.go("dossiers")
    assert screen.refreshed == [{"dossier": frozenset({"d1"})}]
    window.go("home")
    window.go("dossiers")
    assert len(screen.refreshed) == 1


def test_a_refresh_keeps_the_row_one_is_at(window: MainWindow, qtbot: QtBot) -> None:
    screen = dossiers(window)
    screen.list.choose(4)
    here = screen.list.current
    screen.rows.insert(0, type(here)("new", "H56.14-261124-0001", "Mới", "x", None, "y"))
    window.desk.bus.changed.emit(PretendChanges({"dossier": frozenset({"new"})}))
    qtbot.waitUntil(lambda: screen.model.row(0).id == "new")
    assert screen.list.current == here


# -- search


def test_ctrl_k_finds_everything_and_gives_the_focus_back(window: MainWindow, qtbot: QtBot) -> None:
    screen = dossiers(window)
    palette = window.palette_search
    qtbot.keyClick(screen.list, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert palette.field.hasFocus()
    assert palette.sheet.isVisible(), "what can be done is there before anything is typed"
    qtbot.keyClicks(palette.field, "anh")
    qtbot.waitUntil(lambda: any(hit.title == "Nguyễn Thị Ánh Dương" for hit in palette.hits()))
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.sheet.isVisible()
    assert palette.field.text() == ""
    assert screen.list.hasFocus()


def test_a_command_is_found_without_accents_and_pressed_by_enter(window: MainWindow, qtbot: QtBot) -> None:
    palette = window.palette_search
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(palette.field, "ho so")
    qtbot.waitUntil(lambda: [hit.title for hit in palette.hits()][-1:] == ["Hồ sơ"])
    for _step in range(10):
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.here == "dossiers"
    assert not palette.sheet.isVisible()


def test_what_is_not_found_is_said(window: MainWindow, qtbot: QtBot) -> None:
    window.find_with([])
    palette = window.palette_search
    palette.open()
    qtbot.keyClicks(palette.field, "zzzz")
    qtbot.waitUntil(lambda: "zzzz" in palette.list.item(0).text())
    assert palette.hits() == []


# -- keys help


def test_f1_shows_the_keys_and_puts_them_away(window: MainWindow, qtbot: QtBot) -> None:
    screen = dossiers(window)
    qtbot.keyClick(screen.list, Qt.Key.Key_F1)
    sheet = window._keys
    assert sheet is not None
    assert sheet.isVisible()
    assert "Ctrl+P: In lại giấy tiếp nhận" in sheet.accessibleDescription()
    assert "F9" not in sheet.accessibleDescription()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert screen.list.hasFocus()


# -- who is at the desk


def test_another_clerk_comes_in_without_closing_anything(window: MainWindow, qtbot: QtBot) -> None:
    dossiers(window)
    first = window.shown
    window.notices.tell(Notice(Level.WARNING, "act.stale"))
    qtbot.mouseClick(window.badge, Qt.MouseButton.LeftButton)
    change = window._change
    assert change is not None
    assert change.isVisible()
    change.panel.login.setText("duc")
    change.panel.password.setText("dung")
    qtbot.keyClick(change.panel.password, Qt.Key.Key_Return)
    assert not change.isVisible()
    assert "Lê Minh Đức" in window.badge._words.text()
    assert window.shown is not first, "another clerk does not see the first one's work"
    assert window.notices.shown == (), "nor what he was told of it"


def test_changing_ones_mind(window: MainWindow, qtbot: QtBot) -> None:
    screen = dossiers(window)
    window.change_clerk()
    change = window._change
    assert change is not None
    qtbot.keyClick(change.panel.login, Qt.Key.Key_Escape)
    assert not change.isVisible()
    assert window.shown is screen
    assert screen.list.hasFocus()


@pytest.mark.parametrize("keys", ["Alt+H", "F1", "F2"])
def test_what_lies_over_a_screen_leaves_with_it(window: MainWindow, qtbot: QtBot, keys: str) -> None:
    dossiers(window)
    window.commands.bind({"dossier.new": lambda: window.go("receive")})
    window.change_clerk()
    change = window._change
    assert change is not None
    sequence = QKeySequence(keys)[0]
    qtbot.keyClick(change.panel.login, sequence.key(), sequence.keyboardModifiers())
    assert not change.isVisible()
    assert not change.isAncestorOf(QApplication.focusWidget())


def test_the_change_of_clerk_is_put_away_by_a_click_elsewhere_and_by_esc_from_anywhere(
    window: MainWindow, qtbot: QtBot
) -> None:
    screen = dossiers(window)
    window.change_clerk()
    change = window._change
    assert change is not None and change.isVisible()
    qtbot.mouseClick(screen.find, Qt.MouseButton.LeftButton)
    assert not change.isVisible()
    assert screen.find.hasFocus(), "the focus stays where one has gone"


def test_tab_leads_to_every_clerk_who_may_come_in(window: MainWindow, qtbot: QtBot) -> None:
    dossiers(window)
    window.change_clerk()
    change = window._change
    assert change is not None
    tiles = change.panel.findChildren(ClerkTile)
    met = set()
    for _press in range(10):
        focus = QApplication.focusWidget()
        assert change.isVisible() and change.isAncestorOf(focus)
        met.add(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert tiles and met.issuperset(tiles)


def test_a_sheet_does_not_stay_over_the_next_screen(window: MainWindow) -> None:
    dossiers(window)
    window.show_keys()
    assert window._keys is not None and window._keys.isVisible()
    window.go("home")
    assert not window._keys.isVisible()
    sheet = ReasonSheet(window.look, window)
    sheet.ask("Từ chối", "", "Lý do", "", lambda text: None, lambda text: None)
    window.go("dossiers")
    assert not sheet.isVisible()
    assert isinstance(window.shown, DossiersScreen)
    assert window.shown.list.hasFocus()


def test_return_presses_whatever_button_has_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    screen = dossiers(window)
    pressed = []
    for button in screen.findChildren(Button):
        button.clicked.connect(lambda _on=False, button=button: pressed.append(button))
    for button in screen.findChildren(Button):
        if not button.isEnabled() or not button.isVisible():
            continue
        button.setFocus()
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            qtbot.keyClick(button, key)
            assert pressed == [button], button.accessibleName()
            pressed.clear()
    rail = window.rail._buttons["home"]
    rail.setFocus()
    qtbot.keyClick(rail, Qt.Key.Key_Return)
    assert window.here == "home"


def test_logging_out_forgets_the_screens(window: MainWindow, qtbot: QtBot) -> None:
    dossiers(window)
    with qtbot.waitSignal(window.left):
        window.leave()
    assert window.shown is None
    assert window._login is not None
    assert window._login.isVisible()
    assert not window.commands["go.receive"].isEnabled()
    window._login.panel.password.setText("dung")
    qtbot.keyClick(window._login.panel.password, Qt.Key.Key_Return)
    assert window.here == "home"


# -- notices


def test_a_notice_stands_under_the_top_bar(window: MainWindow) -> None:
    window.desk.bus.tell(Notice(Level.WARNING, "act.stale"))
    bar = window.notices.bar
    assert bar.isVisible()
    assert bar.mapTo(window, bar.rect().topLeft()).y() == 48
    assert bar.height() == 40


def test_the_line_to_the_centre_is_a_word_and_absent_without_a_centre(window: MainWindow) -> None:
    assert not window.line.isVisible()
    window.show_line("Mất kết nối – còn 12 hồ sơ chưa gửi", "warning", "wifi-off")
    assert window.line.isVisible()
    assert window.line.accessibleName() == "Mất kết nối – còn 12 hồ sơ chưa gửi"
    window.show_line("")
    assert not window.line.isVisible()


# -- language, size, theme


def test_a_standing_notice_is_said_in_the_other_language_too(window: MainWindow, qtbot: QtBot) -> None:
    told = []
    offer = Offer(N_("Thử lại"), lambda: told.append("again"))
    window.desk.bus.tell(Notice(Level.DANGER, "store.disk-full"))
    letter = {"letter": lambda: _("Giấy tiếp nhận")}
    window.desk.bus.tell(Notice(Level.WARNING, "print.no-printer", letter, offers=(offer,)))
    bar = window.notices.bar
    said = bar.words.text()
    assert "Giấy tiếp nhận" in said and [each.text() for each in bar._offers] == ["Thử lại"]
    texts.use("en")
    window.retranslate()
    qtbot.waitUntil(bar.isVisible)
    assert bar.words.text() == texts.sentence("print.no-printer", letter="Receipt") != said
    assert [each.text() for each in bar._offers] == ["Try again"]
    assert bar.close_button.accessibleName() == "Put the notice away"
    assert bar.cancel.text() == "Stop"
    assert bar.more.text() == "and 1 more"
    bar._offers[0].click()
    assert told == ["again"]
    assert bar.words.text() == texts.sentence("store.disk-full")


def test_what_a_notice_offers_is_marked_and_not_translated_yet() -> None:
    """Translated where it is made, it would stay in the language of that moment."""
    found = 0
    for file in sorted((ROOT / "desktop").rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(call, ast.Call)
                and ast.unparse(call.func).rpartition(".")[2] == "Offer"
                and len(call.args) == 2
            ):
                found += 1
                assert ast.unparse(call.args[0]).startswith("N_("), f"{file.name}:{call.lineno}"
    assert found > 10


def test_another_language_at_once(window: MainWindow, qtbot: QtBot) -> None:
    dossiers(window)
    window.retranslate()
    assert window.here == "dossiers"
    screen = window.shown
    assert screen is not None
    qtbot.waitUntil(screen.isVisible)
    assert window.rail._buttons["home"].text() == "Hôm nay"
    window.commands.press("find")
    assert window.palette_search.field.isVisible()


@pytest.mark.parametrize("scale", [100, 150])
def test_the_rail_is_as_wide_as_its_longest_name_asks(window: MainWindow, scale: int) -> None:
    look, rail = window.look, window.rail
    look.apply("light", scale)
    plain = rail.width()
    rail.add("catalogue", added := RailButton(look, "scroll-text", "Procedures", "U"), foot=False)
    QApplication.sendPostedEvents()
    buttons = rail._buttons.values()
    for button in buttons:
        assert look.metrics("note").horizontalAdvance(button.text()) + 2 * look.space("ring") <= button.width()
        assert rail.rect().contains(button.geometry())
    assert rail.width() > plain
    look.apply("light", 250 - scale)
    QApplication.sendPostedEvents()
    assert look.metrics("note").horizontalAdvance(added.text()) < added.width() < rail.width()
    rail.clear()
    assert rail.width() == look.size("rail")


@pytest.mark.parametrize("scale", [100, 150, 200])
@pytest.mark.parametrize("place", SHOWN)
def test_everything_can_be_reached_at_any_text_size(window: MainWindow, scale: int, place: str) -> None:
    window.look.apply("light", scale)
    window.go(place)
    holder = window._holders[place]
    assert holder.widget().width() >= holder.content.minimumSizeHint().width()
    beyond = holder.content.minimumSizeHint().height() - holder.viewport().height()
    assert beyond <= 0 or holder.verticalScrollBar().maximum() >= beyond
    assert window.rail.width() == round(72 * scale / 100)


# -- for those who do not see the screen


@pytest.mark.parametrize("place", SHOWN)
def test_every_control_has_a_name(window: MainWindow, place: str) -> None:
    window.go(place)
    nameless = [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QTableView)
        and widget.isVisibleTo(window)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not isinstance(widget.parent(), QComboBox)
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    ]
    assert nameless == []


@pytest.mark.parametrize("place", SHOWN)
def test_tab_goes_through_everything_and_comes_back(window: MainWindow, qtbot: QtBot, place: str) -> None:
    window.go(place)
    seen: list[QWidget] = []
    for _step in range(60):
        focused = window.focusWidget()
        assert focused is not None
        if focused in seen:
            break
        seen.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    screen = window.shown
    assert screen is not None
    inside = [widget for widget in seen if screen.isAncestorOf(widget)]
    corners = [widget.mapTo(screen, widget.rect().topLeft()) for widget in inside]
    assert len(seen) > len(inside) > 1
    assert len(corners) == len(inside)
    assert any(window.rail.isAncestorOf(widget) for widget in seen)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_focus_is_seen(window: MainWindow, qtbot: QtBot, theme: str) -> None:
    window.look.apply(theme)
    window.go("receive")
    screen = window.shown
    assert isinstance(screen, ReceiveScreen)
    ring = QColor(window.look.colours()["focus"])
    controls: list[QWidget] = [screen.person, screen.phone.control, screen.proxy]
    controls += [button for button in screen.findChildren(QAbstractButton) if button.isEnabled()]
    for control in controls:
        control.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(control.hasFocus)
        focused = drawn(control)
        window.rail._buttons["home"].setFocus()
        assert focused != drawn(control), control
        if isinstance(control, QLineEdit):
            assert focused.pixelColor(control.width() // 2, 0) == ring
            assert focused.pixelColor(control.width() // 2, 1) == ring


def drawn(control: QWidget) -> QImage:
    """The control as it stands in the window."""
    return control.grab().toImage()


# -- pictures to look at


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("place", SHOWN)
def test_pictures(window: MainWindow, qtbot: QtBot, tmp_path: Path, theme: str, place: str) -> None:
    window.look.apply(theme)
    window.go(place)
    holder = window._holders[place]
    qtbot.waitUntil(lambda: holder.widget().height() == holder.viewport().height())
    assert not holder.horizontalScrollBar().isVisible()
    assert not holder.verticalScrollBar().isVisible()
    folder = Path(os.environ.get("MOTCUA_SHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{place}-{theme}.png"
    assert window.grab().save(str(file))
    image = QImage(str(file))
    assert (image.width(), image.height()) == (1366, 768)
    used = window.look.colours()
    assert image.pixelColor(5, 400).name().upper() == used["rail"]
    assert image.pixelColor(700, 2).name().upper() == used["surface"]
    assert image.pixelColor(80, 760).name().upper() == used["ground"]
    colours = {image.pixelColor(x, y).name() for x in range(0, 1366, 3) for y in range(100, 768, 3)}
    assert len(colours) > 40, "something is drawn"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("place", [*SHOWN, "login"])
def test_there_is_one_ring_around_what_has_the_focus(window: MainWindow, qtbot: QtBot, theme: str, place: str) -> None:
    """Qt's own frame, which it draws for whoever has come by Tab, would be a second box inside our ring."""
    window.look.apply(theme)
    if place == "login":
        window.leave()
    else:
        window.go(place)
    QApplication.sendPostedEvents()
    looked = 0
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not widget.isEnabled() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(widget, QLineEdit):
            continue  # its caret blinks
        seen = []
        for by_keyboard in (False, True):
            window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, by_keyboard)
            seen.append(widget.grab().toImage())
        assert seen[0] == seen[1], f"{type(widget).__name__} {widget.accessibleName()}"
        looked += 1
    assert looked > 3


def test_a_key_event_with_vietnamese_text_goes_through(window: MainWindow, qapp: QApplication) -> None:
    window.go("receive")
    screen = window.shown
    assert isinstance(screen, ReceiveScreen)
    for letter in "Đỗ":
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        qapp.sendEvent(screen.person, event)
    assert screen.person.text() == "Đỗ"
