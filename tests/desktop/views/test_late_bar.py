"""Nhập bù by keys alone: the strip, the paper's time, the next sheet, drafts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.office import Office
from onestop import clock
from onestop.actions import reserved_sheets
from onestop.actions.receive import Received
from onestop.clock import VIETNAM
from onestop.queries import dossiers
from tests.desktop.at_the_desk import HUONG, KHUE, UNMARRIED, Desk, desk_of, says
from tests.helpers.office import EXTRACT, act_as

PRINTED = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def sheets(demo_office: Office) -> tuple[str, ...]:
    """Two sheets, printed on a Monday."""
    demo_office.real_time = False
    with clock.frozen(PRINTED):
        act_as(demo_office, "demo")
        codes: tuple[str, ...] = demo_office.perform(reserved_sheets.reserve, 2).answer.codes
    return codes


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, demo_office: Office, sheets: tuple[str, ...]) -> Iterator[Desk]:
    with clock.frozen(NOW), desk_of(qapp, qtbot, demo_office) as made:
        yield made


def say(desk: Desk, sheet: str, at: str) -> None:
    """Ctrl+B, the code, the time, the clerk, the reason; all by keys."""
    late = desk.screen.late
    if not late.on:
        desk.press("Ctrl+B")
    late.sheet.clear()
    desk.tab(late.sheet)
    desk.spell(sheet)
    desk.tab(late.at)
    late.at.clear()
    desk.spell(at)
    desk.tab(late.by)
    desk.press("Down", late.by.findText("Lê Minh Đức") - late.by.currentIndex())
    desk.tab(late.reason)
    desk.press("Down", 1 - late.reason.currentIndex())


def taken(desk: Desk) -> Received:
    desk.press("F9")
    desk.qtbot.waitUntil(lambda: desk.screen.taken is not None)
    found = desk.screen.taken
    assert found is not None
    return found


def test_a_morning_is_entered(desk: Desk, sheets: tuple[str, ...]) -> None:
    """What is needed is named and gone to, what cannot be is said at its field, the reckoning counts from the paper,
    the strip stays on for the next sheet."""
    late = desk.screen.late
    assert not late.isVisible()
    desk.press("Ctrl+B")
    assert late.isVisible()
    assert desk.focus() is late.sheet
    assert (desk.screen.badge(), desk.screen.badge_tone()) == ("Nhập bù", "warning")
    desk.ready(code=UNMARRIED)
    desk.press("F9")
    assert desk.focus() is late.sheet
    say(desk, "T-KHAC01-261123-0001", "27/11/2026 9:00")
    assert not desk.filling.ready
    desk.press("F9")
    assert desk.focus() is late.at
    assert says(late, "chưa đến")
    late.at.selectAll()
    desk.spell("25/11/2026 9h05")
    assert not late.fields["late_entry.at"].wrong
    desk.settled()
    desk.press("F9")
    desk.qtbot.waitUntil(lambda: late.fields["late_entry.sheet"].wrong)
    assert desk.count("dossier") == 0
    assert says(late, "Không có giấy dự phòng nào")
    say(desk, sheets[0].lower(), "25/11/2026 9h05")
    desk.settled()
    reckoning = desk.filling.reckoning
    assert reckoning is not None
    assert reckoning.deadline.due == datetime(2026, 11, 30, 17, 0, tzinfo=VIETNAM)
    found = taken(desk)
    assert found.code == sheets[0]
    assert desk.codes()[-1] == "receive.taken-late"
    assert found.official in desk.told()
    assert desk.prints.asked == [], "the citizen has his paper"
    there = desk.office.read(dossiers.one, found.id)
    assert there is not None
    assert there.values["received_at"] == datetime(2026, 11, 25, 9, 5, tzinfo=VIETNAM)
    assert there.values["to_confirm"] == "late-entry"
    desk.press("F2")
    assert late.on
    assert (late.sheet.text(), late.at.text()) == ("", "25/11/2026 ")
    assert late.by.isEnabled()
    desk.screen._heard(sheets[1])
    assert late.sheet.text() == sheets[1]
    assert desk.focus() is late.at


def test_a_draft_goes_on_as_what_it_was(desk: Desk, sheets: tuple[str, ...]) -> None:
    """One that was begun from a sheet brings the strip back, an ordinary one switches it off and is received now."""
    late = desk.screen.late
    say(desk, sheets[0], "25/11/2026 9:00")
    desk.ready(HUONG)
    desk.kept()
    first = desk.filling.draft
    desk.press("F2")
    desk.press("Ctrl+B")
    assert desk.filling.late_entry is None
    desk.ready(KHUE, EXTRACT)
    desk.kept()
    second = desk.filling.draft
    desk.screen.open_draft(first)
    desk.qtbot.waitUntil(lambda: desk.filling.draft == first)
    assert late.on
    assert (late.sheet.text(), late.at.text(), late.reason.value) == (sheets[0], "25/11/2026 9:00", "power")
    assert late.by.currentText() == "Lê Minh Đức"
    desk.screen.open_draft(second)
    desk.qtbot.waitUntil(lambda: desk.filling.draft == second)
    assert not late.isVisible()
    desk.settled()
    assert taken(desk).code.endswith("-261126-0001")
