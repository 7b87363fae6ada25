"""Bringing in a workbook of several worksheets: which one is read is said and chosen, and what was not is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.views.main_window import MainWindow, Place
from desktop.views.people import PeopleScreen
from desktop.views.people_import import PREVIEW, RESULT
from onestop.queries import people
from tests.desktop.real import enter, here, press, real_window, shot
from tests.helpers.office import made_number

HEAD = ["Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"]


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, demo_office: Office) -> Iterator[MainWindow]:
    with real_window(qapp, demo_office, Place("people", "go.people", PeopleScreen)) as opened:
        yield opened


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    (one,) = book.worksheets
    one.title = "Tổ 1"
    for place, sheet in enumerate((one, book.create_sheet("Tổ 2")), 1):
        sheet.append(HEAD)
        sheet.append([f"Nguyễn Văn Tổ {'Một Hai'.split()[place - 1]}", "1990", "Nam", made_number(place, "Nam")])
    file = tmp_path / "danh-sach.xlsx"
    book.save(file)
    return file


def test_each_worksheet_is_brought_in_when_it_is_chosen(
    window: MainWindow, demo_office: Office, workbook: Path
) -> None:
    enter(window, demo_office, "people")
    screen = here(window, PeopleScreen)
    window.show()
    window.notices.pick_next(workbook)
    window.commands.press("people.import")
    page = screen.importer
    assert page._pages.currentIndex() == PREVIEW
    assert page.sheet_field.isVisibleTo(page)
    assert page.sheet.value == "Tổ 1"
    shot(window, "people-import-sheets")
    press(page.go, Qt.Key.Key_Space)
    assert page._pages.currentIndex() == RESULT
    assert "Tổ 2" in page.kept.words.text(), "what was not brought in is named"
    window.notices.pick_next(workbook)
    page.choose_file()
    page.sheet.setFocus()
    page.sheet.choose("Tổ 2")
    page.sheet.activated.emit(page.sheet.currentIndex())
    assert [row.form.name for row in page.model.rows if row.form is not None] == ["Nguyễn Văn Tổ Hai"]
    press(page.go, Qt.Key.Key_Space)
    assert {row.name for row in demo_office.read(people.find, "to", 10)} == {"Nguyễn Văn Tổ Một", "Nguyễn Văn Tổ Hai"}


def test_a_plain_list_asks_for_no_worksheet(window: MainWindow, demo_office: Office, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"Họ và tên,Ngày sinh,Số CCCD\nĐỗ An,1990,{made_number(1, 'Nam')}\n", "utf-8")
    enter(window, demo_office, "people")
    page = here(window, PeopleScreen).importer
    window.show()
    window.notices.pick_next(file)
    window.commands.press("people.import")
    assert not page.sheet_field.isVisibleTo(page)
