"""A scan that broke off when the program went down: its pages are there after the next start, said in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.app import SPOOL, App
from desktop.devices.spool import Spool
from desktop.office import Office
from desktop.scanning import Scan
from onestop.actions import drafts
from onestop.actions.drafts import DraftForm
from onestop.actions.pages import Owner
from onestop.queries import papers
from tests.desktop.real import real_program
from tests.helpers.feeder import Workshop


@pytest.fixture
def draft(demo_office: Office) -> str:
    kept: str = demo_office.perform(drafts.keep, DraftForm(None, "nháp", {"owner": {}})).answer
    return kept


@pytest.fixture
def opened(demo_folder: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> Iterator[App]:
    """The program's own window, somebody at the desk."""
    with real_program(demo_folder, monkeypatch) as app:
        yield app


def test_pages_of_a_broken_scan_come_to_their_draft(draft: str, opened: App) -> None:
    work = Workshop()
    opened.services._pagework = work
    tray = Spool(opened.folder / SPOOL).begin(Scan(Owner(draft=draft), "to-khai").about())
    for number in (1, 2):
        tray.put(work.page(number))
    tray.end()
    opened.take_left()
    assert [row.component for row in opened.office.read(papers.pages, draft=draft)] == ["to-khai", "to-khai"]
    assert opened.window.notices.codes()[-1] == "scan.left"
    assert "2 trang" in opened.window.notices.words(opened.window.notices.shown[-1])
    opened.take_left()
    assert len(opened.office.read(papers.pages, draft=draft)) == 2, "once"


def test_nothing_is_loaded_and_nothing_said_where_no_scan_broke_off(opened: App) -> None:
    opened.take_left()
    assert opened.services._scanners is None
    assert "scan.left" not in opened.window.notices.codes()
