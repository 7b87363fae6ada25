"""The window on a folder that it cannot simply open: an office that is lost, damaged, or that nobody may write to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop import crash
from desktop.app import App, OneWindow
from desktop.jobs import DirectJobs
from desktop.office import Office
from desktop.views.boxes import Note
from desktop.views.welcome import WelcomePage
from desktop.views.wording import Words
from onestop import clock
from onestop.rules.errors import StoreTrouble
from onestop.store import backup, engine
from onestop.texts import sentence
from tests.desktop.real import shot
from tests.helpers.office import MONDAY, act_as, received


@pytest.fixture
def open_window(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """`open_window(folder)`: the program's own window on that folder, its jobs done at once."""
    opened: list[App] = []
    monkeypatch.setattr(crash, "install", lambda *_: None)

    def start(folder: Path) -> App:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        app = App(application, folder, DirectJobs())
        opened.append(app)
        app.window.resize(1366, 768)
        app.window.show()
        app.open_office()
        return app

    yield start
    for app in opened:
        app.close()
        app.put_away()


def page_of(app: App) -> WelcomePage:
    (page,) = (each for each in app.window.findChildren(WelcomePage) if each.isVisible())
    return page


def said(page: WelcomePage) -> str:
    return "\n".join(each.text() for each in page.findChildren(Words) if each.isVisibleTo(page))


def lose(folder: Path) -> None:
    """The database is gone, and everything else is there."""
    for path in folder.glob("office.db*"):
        path.unlink()


def test_a_lost_database_is_no_new_office(open_window: Any, demo_folder: Path) -> None:
    lose(demo_folder)
    page = page_of(open_window(demo_folder))
    assert "office.db" in said(page)
    assert str(demo_folder) in said(page)
    assert "chưa có cơ quan nào" not in said(page)
    assert [button.text() for button in page.buttons] == ["Thử lại", "Thoát chương trình"], "nothing to begin anew"
    assert not (demo_folder / "office.db").exists()
    shot(page.window(), "opening-lost")


def test_the_last_good_copy_is_brought_back_and_no_number_comes_twice(
    open_window: Any, demo_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.frozen(MONDAY):
        office = Office.open(demo_folder)
        act_as(office, "demo")
        printed = [received(office).code]
        office.copy_today()
    with clock.frozen(MONDAY + timedelta(days=1)):
        printed += [received(office).code for _ in range(3)]
        office.copy_today()
        printed += [received(office).code for _ in range(2)]
        office.close()
        lose(demo_folder)
        app = open_window(demo_folder)
        page = page_of(app)
        assert "24/11/2026" in said(page)
        shot(page.window(), "opening-copy")
        page.buttons[0].click()
        assert app.office is not None, "the copy is there, and open"
        assert app.office.numbering_stopped() == "restored"
        act_as(app.office, "demo")
        with pytest.raises(StoreTrouble):
            received(app.office)
        app.office.resume_numbering("mất tệp office.db")
        printed += [received(app.office).code for _ in range(3)]
    assert len(set(printed)) == len(printed)


def test_a_copy_brought_back_waits_for_a_word_even_where_the_marks_are_gone(
    demo_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A new disk under the whole account: nothing outside the folder tells what was numbered since the copy."""
    with clock.frozen(MONDAY):
        office = Office.open(demo_folder)
        act_as(office, "demo")
        printed = [received(office).code]
        office.copy_today()
        printed += [received(office).code for _ in range(30)]
        office.close()
        lose(demo_folder)
        monkeypatch.setenv("MOTCUA_STATE_DIR", str(tmp_path / "other-marks"))
        copy = backup.last_good(demo_folder / "backups")
        assert copy is not None
        backup.bring_back(demo_folder / "office.db", copy, clock.today())
        office = Office.open(demo_folder)
        act_as(office, "demo")
        assert office.numbering_stopped() == "restored"
        office.resume_numbering("máy mới")
        assert office.numbering_stopped() is None
        printed += [received(office).code for _ in range(5)]
        office.close()
    assert len(set(printed)) == len(printed)


def test_a_damaged_database_without_a_copy_says_so(open_window: Any, demo_folder: Path) -> None:
    (demo_folder / "office.db").write_bytes(b"this is no database" * 500)
    page = page_of(open_window(demo_folder))
    assert "Không có bản sao nào dùng được" in said(page)
    assert [button.text() for button in page.buttons] == ["Thử lại", "Thoát chương trình"]


def test_a_database_without_tables_is_damaged_and_is_not_filled(open_window: Any, demo_folder: Path) -> None:
    """What a running program leaves whose database was deleted under it."""
    lose(demo_folder)
    with sqlite3.connect(demo_folder / "office.db") as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("PRAGMA user_version=1")
    made.close()
    page = page_of(open_window(demo_folder))
    assert page.findChildren(Note)[0].isVisibleTo(page)
    assert "chưa có cơ quan nào" not in said(page)
    with pytest.raises(StoreTrouble) as caught:
        Office.open(demo_folder)
    assert caught.value.code == "store.damaged"


def test_a_folder_that_cannot_be_written_to_is_said_in_the_window(
    open_window: Any, demo_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    class Refused:
        def __init__(self, **_: object) -> None:
            raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(engine.Dial, "__call__", refuse)
        patch.setattr(engine.tempfile, "TemporaryFile", Refused)
        app = open_window(demo_folder)
    page = page_of(app)
    assert sentence("store.read-only") in said(page)
    shot(page.window(), "opening-read-only")
    again, _leave = page.buttons
    again.click()
    assert app.office is not None, "now it can be written to: the office opens"


def test_a_folder_that_takes_no_lock_opens_a_window_all_the_same(tmp_path: Path, qtbot: Any) -> None:
    (tmp_path / "file").write_text("")
    one = OneWindow(tmp_path / "file" / "office")
    assert one.first()
    one.come_forward(None)  # type: ignore[arg-type]  # nobody can ask, so nobody comes


def test_a_second_window_asks_the_first(tmp_path: Path, qtbot: Any) -> None:
    first, second = OneWindow(tmp_path), OneWindow(tmp_path)
    assert first.first()
    assert not second.first()
    assert (tmp_path / "window.show").read_text("ascii")
