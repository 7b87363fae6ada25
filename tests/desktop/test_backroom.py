"""The back room works while nobody types, one paper after the other, and only where it may and can."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import backroom, filing
from desktop.backroom import Backroom
from desktop.filing import reads_pages
from desktop.office import Office
from desktop.pagework import Read, Record
from desktop.settings import Settings
from desktop.views.main_window import MainWindow
from onestop import clock
from onestop.actions import pages, papers
from onestop.actions.pages import Owner, PageForm
from onestop.actions.papers import KeepForm
from onestop.queries import papers as queries
from onestop.queries import scanning
from onestop.queries.papers import DocumentRow
from onestop.rules.errors import RuleBroken
from tests.desktop.pretend import PretendShelf
from tests.desktop.real import elsewhere, real_window
from tests.helpers.feeder import picture
from tests.helpers.office import BIRTH, MONDAY, act_as, made_person, received
from tests.helpers.pages import made_pdf


class Workshop:
    """Makes files as it is told."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.error: Exception | None = None
        self.reads: list[bool] = []

    def record(self, paper: DocumentRow, *, read: bool, given_up: Callable[[], bool]) -> Record:
        self.asked.append(paper.id)
        self.reads.append(read)
        if self.error is not None:
            raise self.error
        return Record(made_pdf(paper.id[:8]), 1, Read("chu tren giay") if read else None)

    def read_paper(self, paper: DocumentRow, given_up: Callable[[], bool]) -> Read:
        return Read("chu tren giay")


@pytest.fixture
def office(demo_office: Office) -> Iterator[Office]:
    with clock.frozen(MONDAY):
        act_as(demo_office, "ha")
        yield demo_office


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    with real_window(qapp, office, *elsewhere("home")) as made:
        made.show()
        yield made


@pytest.fixture
def settings() -> Settings:
    made = Settings(None, PretendShelf())
    made.set("read_papers", "no")
    return made


def papers_kept(office: Office, count: int) -> list[str]:
    made = []
    for number in range(count):
        dossier = received(office, made_person(41 + number), procedure=BIRTH).id
        slot = office.read(scanning.of_dossier, dossier).slots[0].key
        office.perform(pages.add, PageForm(Owner(dossier=dossier), slot, picture(f"{number}"), "image/jpeg"))
        made += office.perform(papers.keep, KeepForm(dossier, slot, None)).answer
    return made


def test_papers_get_their_files_one_after_the_other_once_nobody_types(
    window: MainWindow, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, work = papers_kept(office, 2), Workshop()
    room = Backroom(window.desk, office, work, settings, window)
    room.look()
    assert work.asked == []  # somebody may be working: the room was opened just now
    monkeypatch.setattr(backroom, "QUIET", 0.0)
    for _step in range(4):
        room.look()
    assert work.asked == made
    assert not office.read(queries.to_file, office.id)
    room.stop()


def test_a_key_keeps_it_waiting(
    window: MainWindow, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers_kept(office, 1)
    work = Workshop()
    room = Backroom(window.desk, office, work, settings, window)
    monkeypatch.setattr(room, "_touched", 0.0)
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_A)
    room.look()
    assert work.asked == []
    monkeypatch.setattr(room, "_touched", 0.0)
    room.look()
    assert len(work.asked) == 1
    room.stop()


def test_what_cannot_be_made_is_tried_once(
    window: MainWindow, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers_kept(office, 1)
    work = Workshop()
    work.error = RuleBroken("paper.too-slow", seconds=60)
    monkeypatch.setattr(backroom, "QUIET", 0.0)
    room = Backroom(window.desk, office, work, settings, window)
    for _step in range(4):
        room.look()
    assert len(work.asked) == 1
    room.stop()


def test_nobody_at_the_desk_nothing_is_done(
    window: MainWindow, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers_kept(office, 1)
    monkeypatch.setattr(backroom, "QUIET", 0.0)
    work = Workshop()
    room = Backroom(window.desk, office, work, settings, window)
    office.actor = None
    room.look()
    assert work.asked == []
    room.stop()


@pytest.mark.parametrize(
    ("chosen", "memory", "reads"),
    [("yes", 2, True), ("no", 64, False), ("auto", 4, False), ("auto", 8, True), ("auto", 0, False)],
)
def test_pages_are_read_where_there_is_memory_for_it_unless_it_was_said_otherwise(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, chosen: str, memory: int, reads: bool
) -> None:
    monkeypatch.setattr(filing, "memory", lambda: memory * 1024**3)
    settings.set("read_papers", chosen)
    assert reads_pages(settings) is reads


def test_without_the_model_nothing_counts_as_read(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.set("read_papers", "yes")
    assert reads_pages(settings)
    monkeypatch.setattr("paper.ocr.is_ready", lambda: False)
    assert not reads_pages(settings)


def test_this_machine_tells_its_memory() -> None:
    assert filing.memory() > 512 * 1024**2
