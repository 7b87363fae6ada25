"""Taking over an older system's dossiers in the window: the first rows, the name of the system, what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.views.dossier_import import RESULT, DossierImport
from desktop.views.dossiers import DossiersScreen
from desktop.views.main_window import MainWindow, Place
from onestop import clock
from onestop.clock import VIETNAM
from onestop.rules.legacy import TCVN3
from tests.desktop.real import enter, here, press, real_window, shot
from tests.helpers.office import act_as

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=VIETNAM)
HEAD = "Mã hồ sơ,Mã TTHC,Chủ hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Trạng thái,Cột lạ\n"
GOOD = "CU-0001,1.004873,Trần Thị Cũ,20/11/2026 8:30,27/11/2026,Đang xử lý,x\n"
BAD = "CU-0002,1.004873,Trần Văn Xong,20/11/2026,27/11/2026,Đã trả kết quả,x\n"


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, demo_office: Office) -> Iterator[MainWindow]:
    demo_office.real_time = False
    act_as(demo_office, "demo")
    with clock.frozen(NOW), real_window(qapp, demo_office, Place("dossiers", "go.dossiers", DossiersScreen)) as made:
        made.show()
        enter(made, demo_office, "dossiers")
        yield made


def asked(window: MainWindow, file: Path) -> DossierImport:
    """The command, and the file that will be picked."""
    window.notices.pick_next(file)
    window.commands.press("dossiers.import")
    sheet = here(window, DossiersScreen)._importing
    assert isinstance(sheet, DossierImport)
    return sheet


def test_a_list_is_taken_over(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "cu.csv"
    file.write_text(HEAD + GOOD + BAD, "utf-8")
    sheet = asked(window, file)
    assert sheet.isVisible()
    assert "Cột lạ" in sheet.about.text()
    assert sheet.model.rowCount() == 2
    shot(window, "dossier-import")
    press(sheet, Qt.Key.Key_F9)
    assert sheet.system_field.wrong, "where it comes from has to be said"
    sheet.system.setText("Một cửa cũ")
    press(sheet, Qt.Key.Key_F9)
    assert sheet._pages.currentIndex() == RESULT
    assert sheet.figures.text() == "Thêm 1 hồ sơ · 0 hồ sơ đã có · 1 dòng chưa nhập"
    assert sheet.rejects.rowCount() == 1
    assert sheet.rejects_file == tmp_path / "cu-rejects.csv"
    shot(window, "dossier-import-result")
    press(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    screen = here(window, DossiersScreen)
    qtbot.waitUntil(lambda: [row.code for row in screen.model.rows] == ["CU-0001"])
    said = Path(tmp_path / "x.csv")
    said.write_text("Họ tên,Số CCCD\nA,1\n", "utf-8")
    assert not asked(window, said).isVisible(), "what is no list is told"
    assert window.notices.codes()[-1] == "dossier-file.no-column"
    back = {new: old for old, new in TCVN3.items()}
    old = tmp_path / "font.csv"
    written = HEAD + GOOD.replace("CU-0001", "CU-0003")
    old.write_bytes("".join(back.get(letter, letter) for letter in written).encode("cp1252"))
    asked(window, old)
    assert "Cũ" in sheet.unsure.words.text(), "an old encoding is shown before anything comes in"
    press(sheet, Qt.Key.Key_F9)
    assert sheet.figures.text().startswith("Thêm 1 hồ sơ")
