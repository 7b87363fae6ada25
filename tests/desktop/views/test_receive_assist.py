"""Tiếp nhận: filed online for who stands there, linked with other results, or written down from the portal, by keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.upload import PROFILES
from onestop import clock
from onestop.actions import catalogue
from onestop.queries import dossiers
from onestop.rules.overlay import ChannelChange, Overlay, Scope
from onestop.rules.procedure import Channel
from tests.desktop.at_the_desk import HUONG, KHUE, UNMARRIED, Desk, desk_of, says
from tests.desktop.real import shot
from tests.helpers.office import BIRTH, EXTRACT, MONDAY, act_as

DECISION = "QĐ 12/2026/QĐ-UBND"
THERE = "G22.99-261123-0042"


@pytest.fixture
def office(demo_office: Office) -> Iterator[Office]:
    with clock.frozen(MONDAY):
        change = ChannelChange(Channel.DIRECT, open_to="2026-06-30")
        act_as(demo_office, "demo")
        demo_office.perform(
            catalogue.set_overlay, Overlay("", Scope.PROVINCE, UNMARRIED, DECISION, "2026-06-01", channels=(change,))
        )
        act_as(demo_office, "ha")
        yield demo_office


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, office: Office) -> Iterator[Desk]:
    with desk_of(qapp, qtbot, office) as made:
        yield made


def board() -> str:
    return QGuiApplication.clipboard().text()


def values(desk: Desk) -> Any:
    assert desk.screen.taken is not None
    found = desk.office.read(dossiers.one, desk.screen.taken.id)
    assert found is not None
    return found.values


def test_where_paper_is_closed_the_counter_files_online(desk: Desk) -> None:
    desk.card(HUONG)
    desk.choose(UNMARRIED)
    assert desk.filling.helped
    line = desk.screen.procedure.channel_line
    assert line.isVisible()
    assert f"Không nhận hồ sơ giấy từ 01/07/2026, theo {DECISION}." in line.words.text()
    desk.filling.set_channel(Channel.DIRECT, False)
    desk.settled()
    assert desk.filling.refused is not None
    assert DECISION in desk.screen.receipt.refused.words.text()
    desk.press("F2")
    desk.card(KHUE)
    desk.choose(EXTRACT)
    assert (desk.filling.channel, line.isVisible()) == (Channel.DIRECT, False), "the next procedure is taken on paper"


def test_the_help_is_one_key_and_remembered_for_the_procedure(desk: Desk) -> None:
    desk.card(HUONG)
    desk.choose(EXTRACT)
    desk.press("Ctrl+H")
    assert desk.filling.helped
    assert desk.screen.procedure.channel.value == Channel.ONLINE
    for person in (KHUE, HUONG):
        desk.press("F2")
        desk.card(person)
        desk.choose(EXTRACT)
        assert desk.filling.helped, "remembered"
    desk.press("Ctrl+H")
    assert not desk.filling.helped
    desk.press("F2")
    desk.card(KHUE)
    desk.choose(EXTRACT)
    assert not desk.filling.helped


def test_from_the_draft_to_the_code_that_comes_back(desk: Desk) -> None:
    desk.ready(HUONG)
    desk.press("Ctrl+H")
    desk.settled()
    desk.press("F12")
    panel = desk.screen.assist.panel
    assert panel.isVisible()
    assert board() == EXTRACT
    desk.press("F12")
    shot(desk.window, "assist")
    assert board() == HUONG.identity_number, "it was typed a moment ago: nothing is opened by an act"
    assert str(HUONG.identity_number) not in panel.text.text()
    desk.press("Ctrl+U")
    assert "upload.after-receiving" in desk.codes()
    desk.press("F9")
    desk.qtbot.waitUntil(lambda: desk.screen.taken is not None)
    assert (values(desk)["channel"], values(desk)["source"], values(desk)["assisted"]) == ("online", "counter", True)
    assert not panel.isVisible()
    desk.press("F12")
    while panel.isVisible():
        desk.press("F12")
    link = desk.screen.assist.link
    assert link.isVisible() and link.line.hasFocus(), "nothing to upload: the code is asked for"
    desk.spell(THERE)
    desk.press("Return")
    desk.qtbot.waitUntil(link.isHidden)
    assert values(desk)["external_code"] == THERE
    assert THERE in desk.screen.assist.tied.text()
    desk.press("F2")
    assert not desk.screen.assist.tied.isVisible()


def test_a_profile_of_the_offices_own_and_one_that_is_broken(desk: Desk) -> None:
    path = desk.office.folder / PROFILES
    path.write_text(
        '[[profile]]\nkey = "tinh"\nname = "Hệ thống tỉnh"\n'
        'fields = [{ label = "Họ tên", take = "owner.name" }, { label = "Ngày sinh", take = "owner.date_of_birth" }]\n',
        "utf-8",
    )
    desk.ready(HUONG)
    desk.press("F12")
    panel = desk.screen.assist.panel
    assert (board(), panel.profile.currentText()) == (HUONG.name, "Hệ thống tỉnh")
    panel.profile.choose("example")
    panel.profile.activated.emit(panel.profile.currentIndex())
    desk.qtbot.waitUntil(lambda: board() == EXTRACT)
    assert desk.screen.settings.get("copy_profile") == "example"
    path.write_text("[[profile]\n", "utf-8")
    desk.press("F2")
    desk.ready(KHUE)
    desk.press("F12")
    assert "copy-panel.syntax" in desk.codes()
    assert board() == EXTRACT, "one that ships"


def test_linked_with_its_results(desk: Desk) -> None:
    desk.card(HUONG)
    desk.choose(BIRTH)
    box = desk.screen.procedure.linked
    assert box.isVisible()
    assert not box.switch.isChecked()
    desk.press("Ctrl+L")
    desk.settled()
    assert desk.filling.linked == ("giay-khai-sinh", "thuong-tru", "the-bhyt")
    assert desk.screen.receipt.day.text() == "26/11/2026"
    shot(desk.window, "linked-receive")
    box.parts["thuong-tru"].setChecked(False)
    assert desk.filling.form().linked == ("giay-khai-sinh", "the-bhyt")
    assert not box.parts["giay-khai-sinh"].isEnabled()
    desk.kept()
    draft = desk.filling.draft
    desk.press("F2")
    assert not box.isVisible()
    desk.screen.open_draft(draft)
    desk.qtbot.waitUntil(lambda: desk.filling.draft == draft)
    assert (box.switch.isChecked(), box.parts["thuong-tru"].isChecked()) == (True, False)
    desk.press("Ctrl+L")
    assert desk.filling.linked == ()


def test_what_came_from_the_portal_is_written_down(desk: Desk) -> None:
    desk.card(HUONG)
    desk.choose(UNMARRIED)
    desk.press("Ctrl+Shift+G")
    sheet = desk.screen._register
    desk.qtbot.waitUntil(sheet.isVisible)
    desk.press("F9")
    assert says(sheet.fields["external_code"], "Ghi mã hồ sơ")
    shot(desk.window, "register")
    sheet.code.setText(THERE)
    sheet.at.setText("23/11/2026 8:15")
    desk.press("F9")
    desk.qtbot.waitUntil(lambda: not sheet.isVisible())
    assert "receive.registered" in desk.codes()
    assert desk.filling.empty
    assert desk.prints.asked == [], "there is no receipt before it is accepted"
    found = desk.office.read(dossiers.find_id, THERE)
    row = desk.office.read(dossiers.one, found)
    assert row is not None
    assert (row.values["state"], row.values["assisted"]) == ("new", False)
