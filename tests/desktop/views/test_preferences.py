"""The settings page is the declarations and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QApplication, QCheckBox, QSpinBox, QTimeEdit
from pytestqt.qtbot import QtBot

from desktop.settings import BY_KEY, SETTINGS, Scope, Settings
from desktop.views.inputs import Choice
from desktop.views.main_window import MainWindow, Place
from desktop.views.preferences import PreferencesScreen
from onestop.rules.roles import Permission
from tests.desktop.looks import put_away
from tests.desktop.pretend import CLERKS, PretendShelf, pretend_window
from tests.desktop.real import shot
from tests.helpers.signing import SoftToken, authority, owner, soft_token

__all__ = ["soft_token"]

PRINTERS = [("HP tầng 1", "HP tầng 1"), ("Máy in nhãn", "Máy in nhãn")]


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    made = pretend_window(qapp)
    qtbot.addWidget(made)
    yield made
    put_away(made.look)


def show(window: MainWindow, *, supervisor: bool = True) -> PreferencesScreen:
    def may(permission: Permission) -> bool:
        return supervisor

    window.add(
        Place("settings", "go.settings", lambda counter: PreferencesScreen(counter, {"printers": lambda: PRINTERS}))
    )
    window.show_clerk(CLERKS[0], may, "settings")
    window.show()
    assert isinstance(window.shown, PreferencesScreen)
    return window.shown


def test_every_setting_of_the_page_is_on_it(window: MainWindow) -> None:
    screen = show(window)
    assert list(screen.controls) == [setting.key for setting in SETTINGS if setting.group]
    for key, control in screen.controls.items():
        assert control.value == screen.settings.get(key), key
        assert control.input.accessibleName() or isinstance(control.input, QCheckBox)


def test_a_change_counts_at_once(window: MainWindow) -> None:
    screen = show(window)
    settings: Settings = screen.settings
    theme, rows, width = (screen.controls[key].input for key in ("theme", "compact_rows", "code_width"))
    assert isinstance(theme, Choice)
    assert isinstance(rows, QCheckBox)
    assert isinstance(width, QSpinBox)
    theme.choose("dark")
    rows.setChecked(True)
    width.setValue(6)
    assert [settings.get(key) for key in ("theme", "compact_rows", "code_width")] == ["dark", True, 6]
    assert screen.badge() == "Đã lưu"
    assert window.title_row.badge.text() == "Đã lưu"


def test_a_time_of_ones_own(window: MainWindow) -> None:
    screen = show(window)
    control = screen.controls["due_hour"]
    time = control.widget.findChild(QTimeEdit)
    assert time is not None
    assert not time.isVisible()
    assert isinstance(control.input, Choice)
    control.input.choose("time")
    assert time.isVisible()
    time.setTime(QTime(15, 45))
    assert screen.settings.get("due_hour") == "15:45"
    control.input.choose("same-clock")
    assert screen.settings.get("due_hour") == "same-clock"
    assert not time.isVisible()


def test_printers_come_from_the_machine_and_an_absent_one_stays_chosen(window: MainWindow) -> None:
    window.counter.settings.set("printer_receipt", "Máy in đang sửa")
    choice = show(window).controls["printer_receipt"].input
    assert isinstance(choice, Choice)
    assert [choice.itemData(place) for place in range(choice.count())] == [
        "",
        "HP tầng 1",
        "Máy in nhãn",
        "Máy in đang sửa",
    ]
    assert choice.value == "Máy in đang sửa"


def test_what_belongs_to_the_office_is_for_the_supervisor(window: MainWindow) -> None:
    screen = show(window, supervisor=False)
    for key, control in screen.controls.items():
        assert control.input.isEnabled() == (BY_KEY[key].scope is not Scope.OFFICE), key


def test_the_groups_lead_to_their_settings(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    screen = show(window)
    buttons = screen._groups.buttons()
    qtbot.mouseClick(buttons[3], Qt.MouseButton.LeftButton)
    assert buttons[3].isChecked()
    assert screen.controls["due_hour"].input.hasFocus() or window.focusWidget() is screen.controls["due_hour"].input


def test_only_what_belongs_to_the_chosen_way_of_signing_is_asked(window: MainWindow, tmp_path: Path) -> None:
    screen = show(window)
    own = ("sign_file", "sign_certificate", "sign_module", "sign_program", "sign_address")

    def asked() -> list[str]:
        return [key for key in own if screen.controls[key].input.isVisible()]

    assert asked() == []
    way = screen.controls["sign_way"].input
    assert isinstance(way, Choice)
    way.choose("token")
    assert asked() == ["sign_certificate", "sign_module"]
    way.choose("program")
    assert asked() == ["sign_program", "sign_address"]
    way.choose("file")
    assert asked() == ["sign_file"]
    pick = screen.controls["sign_file"].pick
    assert pick is not None
    assert pick.accessibleName() == "Chọn tệp… Tệp chữ ký"
    window.notices.pick_next(tmp_path / "ky.p12")
    pick.click()
    assert screen.settings.get("sign_file") == str(tmp_path / "ky.p12")
    assert screen.controls["sign_file"].value == str(tmp_path / "ky.p12")


def test_certificates_are_looked_for_when_a_token_is_chosen(qapp: QApplication, qtbot: QtBot) -> None:
    window = pretend_window(qapp)
    qtbot.addWidget(window)
    asked: list[int] = []

    def certificates() -> list[tuple[str, str]]:
        asked.append(1)
        return [("ab12", "Trần Thu Hà (Nơi cấp Mẫu)")]

    sources = {"certificates": certificates}
    window.add(Place("settings", "go.settings", lambda counter: PreferencesScreen(counter, sources)))
    window.show_clerk(CLERKS[0], lambda permission: True, "settings")
    window.show()
    screen = window.shown
    assert isinstance(screen, PreferencesScreen)
    before = len(asked)
    way, choice = screen.controls["sign_way"].input, screen.controls["sign_certificate"].input
    assert isinstance(way, Choice)
    assert isinstance(choice, Choice)
    way.choose("token")
    assert len(asked) == before + 1
    choice.choose("ab12")
    assert screen.settings.get("sign_certificate") == "ab12"
    put_away(window.look)


def test_certificates_on_the_token_and_programs_that_may_be_chosen(
    window: MainWindow, soft_token: SoftToken, qtbot: QtBot
) -> None:
    screen = PreferencesScreen(window.counter)
    qtbot.addWidget(screen)
    settings = window.counter.settings
    settings.set("sign_module", str(soft_token.module))
    assert screen._certificates() == [], "no driver is asked while nobody signs with a token"
    settings.set("sign_way", "token")
    assert screen._certificates() == [], "no token is plugged in"
    soft_token.make("mc", owner("Đỗ Đức Đạt", authority()))
    [(fingerprint, name)] = screen._certificates()
    assert (len(fingerprint), name) == (64, "Đỗ Đức Đạt (Cơ quan chứng thực Mẫu)")
    assert [key for key, _name in screen._programs()] == ["vgca"], "the program that is none is for demo offices alone"


def test_what_the_installer_has_fixed_for_signing_cannot_be_picked(window: MainWindow) -> None:
    shelf = PretendShelf()
    shelf.set("office", "locked", {"sign_way": "token", "sign_module": "/opt/token.so"})
    window.counter.settings.put_on(shelf)
    screen = show(window)
    module = screen.controls["sign_module"]
    assert module.value == "/opt/token.so"
    assert module.pick is not None
    assert (module.input.isEnabled(), module.pick.isEnabled()) == (False, False)
    assert not screen.controls["sign_way"].input.isEnabled()


def test_every_letter_has_a_printer_of_its_own_once_that_is_wanted(window: MainWindow, qtbot: QtBot) -> None:
    screen = show(window)
    sheet = screen._scroll.widget()
    before = sheet.height()
    own = [key for key, setting in BY_KEY.items() if setting.when[0] == "print_each"]
    assert "printer_envelope" in own
    assert all(screen._places[key].isHidden() for key in own)
    each = screen.controls["print_each"].input
    assert isinstance(each, QCheckBox)
    each.setChecked(True)
    assert not any(screen._places[key].isHidden() for key in own)
    envelope, printer = (screen.controls[key].input for key in ("paper_envelope", "printer_envelope"))
    assert isinstance(envelope, Choice)
    assert isinstance(printer, Choice)
    assert [envelope.itemData(at) for at in range(envelope.count())] == ["dl", "c5"]
    assert [printer.itemText(at) for at in range(printer.count())] == ["Như giấy tiếp nhận", "HP tầng 1", "Máy in nhãn"]
    printer.choose("Máy in nhãn")
    assert screen.settings.get("printer_envelope") == "Máy in nhãn"
    qtbot.waitUntil(lambda: sheet.height() > before * 1.3)
    screen._scroll.ensureWidgetVisible(screen._places["paper_envelope"])
    shot(window, "settings-letters")
