"""Kiểm tra thiết bị: every driver's word in one list, and a page to try the scanner with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.devices.scanners import Scanners
from desktop.devices.spool import Spool
from desktop.jobs import Jobs
from desktop.office import Office
from desktop.printer import PretendPrinters
from desktop.settings import Settings
from desktop.views.main_window import MainWindow, Place
from desktop.views.office_devices import DevicesPart
from desktop.views.preferences import PreferencesScreen
from tests.desktop.real import enter, here, real_window, shot


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, demo_office: Office, tmp_path: Path) -> Iterator[MainWindow]:
    place = Place("settings", "go.settings", PreferencesScreen)
    settings = Settings(tmp_path / "settings.json")
    drivers = Scanners(Spool(tmp_path / "spool"), settings, pretend=tmp_path / "pretend").drivers()
    scanners = Scanners(Spool(tmp_path / "spool"), settings, drivers={"pretend": drivers["pretend"]})
    printers = PretendPrinters(tmp_path / "paper", ("Quầy 3 A4",))
    jobs = Jobs()
    with real_window(qapp, demo_office, place, jobs=jobs, scanners=scanners, printers=printers) as made:
        yield made
    jobs.close()


def card(window: MainWindow, office: Office) -> DevicesPart:
    enter(window, office, "settings")
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    screen: PreferencesScreen = here(window, PreferencesScreen)
    return next(each for each in screen.office_parts if isinstance(each, DevicesPart))


def test_one_list_says_what_works(window: MainWindow, demo_office: Office, qtbot: QtBot) -> None:
    part = card(window, demo_office)
    assert part.facts == (), "nothing is looked for before it is asked"
    part.first().setFocus()
    QTest.keyClick(part.first(), " ")
    qtbot.waitUntil(lambda: bool(part.facts) and part.look_button.isEnabled())
    assert [(fact.driver, fact.ok) for fact in part.facts][:2] == [("printer", True), ("pretend", True)]
    assert "Quầy 3 A4" in part.facts[0].detail
    assert not part.stop_button.isVisible()
    shot(window, "settings-devices")


def test_a_page_is_tried_and_kept_nowhere(
    window: MainWindow, demo_office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    part = card(window, demo_office)
    part.try_scan()
    assert part.stop_button.isVisibleTo(part)
    qtbot.waitUntil(lambda: part.sample.isVisibleTo(part) and part.try_button.isEnabled())
    assert part.sample.pixmap().width() > 100
    assert "dpi" in part.said.text()
    assert not list((demo_office.folder / "files").rglob("*.jpg"))
    assert not any(each.is_file() for each in (tmp_path / "spool").rglob("*"))
