"""The folder that an office device scans into: new files are offered, one key takes them in, nothing is taken twice."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.views.folder_watch import FolderWatch
from onestop import clock
from onestop.queries import papers
from onestop.queries.papers import PageRow
from onestop.rules.papers import TRAY, Source
from tests.desktop.at_the_desk import HUONG, UNMARRIED, Desk, desk_of
from tests.desktop.real import shot
from tests.desktop.views.scan_desk import BIRTH_PAPER, a_draft, scan_desk
from tests.helpers.feeder import Feeder, Workshop, picture
from tests.helpers.office import MONDAY


@pytest.fixture
def office(demo_office: Office) -> Iterator[Office]:
    with clock.frozen(MONDAY):
        yield demo_office


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "may in"
    made.mkdir()
    return made


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, office: Office, tmp_path: Path) -> Iterator[Desk]:
    with desk_of(qapp, qtbot, office, scanners=Feeder(tmp_path / "spool"), pagework=Workshop(office.files)) as made:
        yield made


def watched(desk: Desk, folder: Path) -> FolderWatch:
    """The watch over `folder`, chosen before the program started."""
    desk.window.counter.settings.set("scan_folder", str(folder))
    made = FolderWatch(desk.window.counter, desk.window)
    made._timer.stop()  # a test looks itself
    desk.window.counter.service.folder = made
    return made


def put(folder: Path, name: str, text: str = "") -> Path:
    file = folder / name
    file.write_bytes(picture(text or name))
    return file


def seen(watch: FolderWatch) -> None:
    """Two looks: only what stands still is offered."""
    watch.look()
    watch.look()


def on_the_way(desk: Desk) -> list[PageRow]:
    return [row for row in desk.office.read(papers.pages, draft=desk.filling.draft) if not row.removed]


def first_paper(desk: Desk) -> str:
    desk.card(HUONG)
    desk.choose(UNMARRIED)
    desk.screen.procedure.papers.list.setFocus()
    desk.press("Home")
    line = desk.screen.procedure.papers.model.rows[0].line
    assert line.asked is not None
    return line.asked.key


def test_new_files_are_offered_and_one_key_takes_them_into_the_paper_that_is_marked(desk: Desk, folder: Path) -> None:
    watch = watched(desk, folder)
    file = put(folder, "scan001.jpg")
    watch.look()
    assert desk.codes().count("scan.folder-new") == 0
    watch.look()
    assert "scan001.jpg" in desk.told()
    assert "Ctrl+Shift+O" in desk.told()
    shot(desk.window, "folder-notice")
    key = first_paper(desk)
    desk.press("Ctrl+Shift+O")
    assert [(row.component, row.source, row.name) for row in on_the_way(desk)] == [(key, Source.FOLDER, "scan001.jpg")]
    assert desk.row(key).state == "Hợp lệ"
    assert file.exists()
    seen(watch)
    assert not watch.ready
    desk.press("Ctrl+Shift+O")
    assert desk.codes()[-1] == "scan.folder-empty"
    assert len(on_the_way(desk)) == 1


def test_a_file_that_is_still_being_written_is_left_alone(desk: Desk, folder: Path) -> None:
    watch = watched(desk, folder)
    whole = picture("Trang")
    file = folder / "scan.jpg"
    file.write_bytes(whole[:500])
    seen(watch)
    assert not watch.ready
    file.write_bytes(whole)
    watch.look()
    assert not watch.ready
    watch.look()
    assert list(watch.ready) == [file]


def test_without_a_paper_marked_they_go_to_the_tray_by_the_button_of_the_notice(desk: Desk, folder: Path) -> None:
    watch = watched(desk, folder)
    for number in range(5):
        put(folder, f"scan{number}.jpg")
    seen(watch)
    assert "5 tệp mới" in desk.told()
    assert "…" in desk.told()
    desk.window.notices.shown[-1].offers[0].call()
    assert [row.component for row in on_the_way(desk)] == [TRAY] * 5


def test_a_file_goes_only_where_the_office_wants_that_and_it_is_safe(desk: Desk, folder: Path) -> None:
    desk.window.counter.settings.set("scan_folder_clear", True)
    watch = watched(desk, folder)
    good, bad = put(folder, "a.jpg"), folder / "b.pdf"
    bad.write_bytes(b"%PDF-1.4 nothing %%EOF")
    seen(watch)
    first_paper(desk)
    assert set(watch.ready) == {good, bad}
    desk.press("Ctrl+Shift+O")
    assert not good.exists()
    again = put(folder, "c.jpg")
    seen(watch)
    assert list(watch.ready) == [again]
    os.utime(again, ns=(1, 1))
    desk.press("Ctrl+Shift+O")
    assert again.exists()
    assert desk.codes()[-1] == "scan.folder-uncleared"


def test_what_lay_there_when_the_folder_was_chosen_is_left_alone(desk: Desk, folder: Path) -> None:
    settings = desk.window.counter.settings
    put(folder, "cu.jpg")
    watch = watched(desk, Path())
    settings.set("scan_folder", "")
    settings.set("scan_folder", str(folder))
    watch._timer.stop()
    seen(watch)
    assert not watch.ready
    new = put(folder, "moi.jpg")
    seen(watch)
    assert list(watch.ready) == [new]
    settings.set("scan_folder", "")
    desk.press("Ctrl+Shift+O")
    assert desk.codes()[-1] == "scan.folder-none"


def test_a_folder_that_is_gone_is_said_once_and_comes_back(desk: Desk, folder: Path) -> None:
    watch = watched(desk, folder)
    folder.rmdir()
    for _look in range(3):
        watch.look()
    assert desk.codes().count("scan.folder-gone") == 1
    folder.mkdir()
    file = put(folder, "a.jpg")
    seen(watch)
    assert list(watch.ready) == [file]


def test_without_a_folder_it_is_said_how_to_choose_one(desk: Desk) -> None:
    desk.press("Ctrl+Shift+O")
    assert desk.codes()[-1] == "scan.folder-none"


def test_the_scan_screen_takes_them_too(
    qapp: QApplication, qtbot: QtBot, demo_office: Office, folder: Path, tmp_path: Path
) -> None:
    with scan_desk(demo_office, qapp, qtbot, tmp_path, a_draft) as desk:
        counter = desk.window.counter
        counter.settings.set("scan_folder", str(folder))
        watch = FolderWatch(counter, desk.window)
        watch._timer.stop()
        counter.service.folder = watch
        put(folder, "a.jpg")
        seen(watch)
        desk.go_to(desk.slot(BIRTH_PAPER))
        desk.press("Ctrl+Shift+O")
        (page,) = desk.pages(desk.slot(BIRTH_PAPER))
        assert (page.source, page.name) == (Source.FOLDER, "a.jpg")
