"""Another language in the middle of the work: the same dossier, place and ticks, and a scan is not torn from its
screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from desktop.jobs import DirectJobs
from desktop.office import Office
from desktop.views.main_window import LANGUAGE_WAITS, MainWindow
from desktop.views.receive import ReceiveScreen
from desktop.views.scan import ScanScreen
from desktop.views.sign import SignScreen
from onestop import clock, texts
from onestop.rules.errors import StoreTrouble
from tests.desktop.at_the_desk import HUONG, Desk, desk_of, says
from tests.desktop.real import elsewhere, here
from tests.desktop.views.scan_desk import BIRTH_PAPER, ScanDesk, a_dossier, scan_desk
from tests.desktop.views.sign_desk import sign_desk
from tests.helpers.office import EXTRACT, MONDAY, made_person

Scans = Callable[[DirectJobs], AbstractContextManager[ScanDesk]]


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, demo_office: Office) -> Iterator[Desk]:
    with clock.frozen(MONDAY), desk_of(qapp, qtbot, demo_office) as made:
        yield made


@pytest.fixture
def scans(qapp: QApplication, qtbot: QtBot, demo_office: Office, tmp_path: Path) -> Scans:
    return lambda jobs: scan_desk(demo_office, qapp, qtbot, tmp_path, a_dossier, jobs=jobs, back="home")


def to(window: MainWindow, language: str) -> None:
    """Choose a language."""

    def say() -> None:
        texts.use(language)
        window.retranslate()

    window.speak(say)


def waits(window: MainWindow) -> bool:
    """Is it said that another language waits?"""
    return LANGUAGE_WAITS in [notice.code for notice in window.notices.shown]


def test_a_dossier_begun_is_still_open(desk: Desk) -> None:
    desk.card(HUONG)
    desk.choose(EXTRACT)
    draft = desk.filling.draft
    to(desk.window, "en")
    screen = here(desk.window, ReceiveScreen)
    assert screen.title() == "Receive a dossier"
    assert screen.filling.draft == draft
    assert screen.filling.submitter.name == "Nguyễn Thị Thu Hương"
    assert screen.filling.procedure.code == EXTRACT
    assert not screen.procedure.drafts.isVisible()


def test_a_dossier_begun_is_there_when_one_comes_back_and_takes_what_is_brought(desk: Desk) -> None:
    desk.card(HUONG)
    draft, window = desk.filling.draft, desk.window
    window.add(*elsewhere("home"))
    assert window.go("home")
    to(window, "en")
    assert window.here == "home"
    assert window.go("receive", procedure=EXTRACT)
    screen = here(window, ReceiveScreen)
    assert screen.filling.draft == draft
    assert screen.filling.procedure.code == EXTRACT


def test_f2_after_another_language_is_a_new_dossier(desk: Desk) -> None:
    desk.card(HUONG)
    draft = desk.filling.draft
    desk.press("F2")
    to(desk.window, "en")
    assert here(desk.window, ReceiveScreen).filling.empty
    desk.window.notices.shown[-1].offers[0].call()
    assert here(desk.window, ReceiveScreen).filling.draft == draft, "what a notice offers is still done"


def test_a_draft_that_cannot_be_written_is_not_thrown_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.card(HUONG)
    perform = desk.office.perform

    def full(*_given: object) -> None:
        raise StoreTrouble("store.disk-full")

    monkeypatch.setattr(desk.office, "perform", full)
    to(desk.window, "en")
    assert desk.screen is desk.window.shown and texts.language() == "vi"
    assert waits(desk.window)
    monkeypatch.setattr(desk.office, "perform", perform)
    desk.screen.keeper.keep_now()
    desk.qtbot.waitUntil(lambda: texts.language() == "en")
    assert here(desk.window, ReceiveScreen).filling.submitter is not None
    assert not waits(desk.window)


def test_a_draft_without_a_name_is_called_so_in_the_language_in_use(desk: Desk) -> None:
    desk.screen.pages.pick_files()
    desk.screen.keeper.keep_now(anyway=True)
    with desk.office.store.writing() as connection:
        assert connection.execute(text("SELECT title FROM draft")).scalars().all() == [""]
    desk.screen.begin_anew()
    drafts = desk.screen.procedure.drafts
    assert says(drafts, "Chưa có tên")
    to(desk.window, "en")
    drafts = here(desk.window, ReceiveScreen).procedure.drafts
    assert says(drafts, "No name yet") and not says(drafts, "Chưa có tên")


def test_the_pages_of_the_dossier_are_still_there(scans: Scans) -> None:
    with scans(DirectJobs()) as desk:
        key = desk.slot(BIRTH_PAPER)
        desk.add(key, "một")
        desk.go_to(key)
        to(desk.window, "en")
        screen = here(desk.window, ScanScreen)
        assert screen is not desk.screen
        assert screen.owner == desk.owner and screen.bench is not None
        assert screen.row is not None and screen.row.key == (key, "")
        assert len(screen.model.rows) == 1
        desk.screen = screen
        desk.press("Esc")
        assert desk.window.here == "home", "back to where one came from"


def test_the_tray_is_still_marked(scans: Scans) -> None:
    with scans(DirectJobs()) as desk:
        desk.add(None, "một")
        desk.settled()
        desk.go_to(None)
        to(desk.window, "en")
        desk.screen = here(desk.window, ScanScreen)
        assert desk.screen.row is not None and desk.screen.row.component is None


def test_while_pages_are_scanned_another_language_waits(scans: Scans) -> None:
    jobs = DirectJobs()
    with scans(jobs) as desk:
        desk.feeder.load(desk.work.page(1))
        jobs.hold = True
        desk.press("F6")
        assert desk.screen.flow.running
        to(desk.window, "en")
        assert texts.language() == "vi" and here(desk.window, ScanScreen) is desk.screen
        assert waits(desk.window)
        assert desk.told().startswith("Việc đang làm chưa xong")
        jobs.hold = False
        jobs.release()
        desk.qtbot.waitUntil(lambda: texts.language() == "en")
        assert not waits(desk.window)
        desk.screen = here(desk.window, ScanScreen)
        assert len(desk.screen.model.rows) == 1


def test_a_stack_to_be_turned_over_is_not_forgotten(scans: Scans) -> None:
    with scans(DirectJobs()) as desk:
        desk.window.counter.settings.set("scan_sides", "manual")
        desk.feeder.load(desk.work.page(1))
        desk.press("F6")
        assert desk.screen.flow.backs == 1
        to(desk.window, "en")
        assert texts.language() == "vi" and desk.screen.flow.backs == 1
        desk.feeder.load(desk.work.page(2))
        desk.press("F6")
        desk.qtbot.waitUntil(lambda: texts.language() == "en")
        desk.screen = here(desk.window, ScanScreen)


def test_what_is_not_to_be_signed_stays_so(
    demo_office: Office, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with sign_desk(demo_office, qapp, qtbot, tmp_path) as desk:
        desk.press("Down")
        desk.press("Space")
        left, at = desk.screen.list.unticked, desk.screen.list.current
        assert len(left) == 1
        to(desk.window, "en")
        screen = here(desk.window, SignScreen)
        assert screen is not desk.screen
        desk.screen = screen
        assert screen.list.unticked == left and screen.list.current == at
        assert len(screen.list.ticked) == 2


def test_another_clerk_does_not_get_what_was_open(desk: Desk) -> None:
    desk.card(made_person(31))
    texts.use("en")
    desk.window.retranslate(afresh=True)
    assert here(desk.window, ReceiveScreen).filling.empty
