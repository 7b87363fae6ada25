"""Trả kết quả by keys and readers: what lies ready, who comes for it, several at once, the post, originals."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.views.call_sheet import CallSheet
from desktop.views.hand_back import HandBackScreen
from desktop.views.hand_over_sheet import AUTHORISED, HandOverSheet
from desktop.views.line_sheet import LineSheet
from desktop.views.main_window import MainWindow, Place
from desktop.views.post_sheet import PostSheet
from onestop import clock
from onestop.actions import delivery, process
from onestop.queries import dossiers
from onestop.rules.delivery import KeepForm, Original
from onestop.rules.letters import FormKey
from onestop.rules.moves import MoveForm, Result
from tests.desktop.real import elsewhere, enter, here, press, real_program, real_window, shot, write
from tests.helpers.office import MONDAY, act_as, made_card, made_person, received

UNMARRIED = "1.004873"
HER, HIM, STRANGER = made_person(3), made_person(4), made_person(9)
POST = {"way": "post", "name": "Trần Thị Gửi", "phone": "0987654321", "address": "Thôn 2, xã Mẫu, tỉnh Mẫu"}


class Ear(QObject):
    """A reader that types nothing: what it read is said by the test."""

    read = Signal(str)


class Prints:
    """Whoever puts letters on paper: what was asked of him."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def life(self, kind: FormKey, dossier: str) -> None:
        self.asked.append((kind, dossier))

    def days(self, kind: FormKey, days: str) -> None:
        self.asked.append((kind, days))


class Desk:
    """The screen with four results: two hers, two his, one of them to go by post."""

    def __init__(self, window: MainWindow, office: Office, ids: list[str], prints: Prints) -> None:
        self.window, self.office, self.ids, self.prints = window, office, ids, prints

    @property
    def screen(self) -> HandBackScreen:
        found: HandBackScreen = here(self.window, HandBackScreen)
        return found

    def sheet(self, kind: Any) -> Any:
        return self.screen.flow._sheet(kind)

    def key(self, command: str) -> None:
        assert self.window.commands[f"handback.{command}"].isEnabled(), command
        self.window.commands.press(f"handback.{command}")

    def values(self, place: int) -> Any:
        found = self.office.read(dossiers.one, self.ids[place])
        assert found is not None
        return found.values

    def states(self) -> list[str]:
        return [self.values(place)["state"] for place in range(len(self.ids))]

    def shown(self) -> list[str]:
        return [row.id for row in self.screen.list.shown]

    def told(self) -> str:
        found = self.window.notices.codes()
        return found[-1] if found else ""


@pytest.fixture(scope="module")
def template(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """An office in which four results wait, and their ids."""
    folder = tmp_path_factory.mktemp("results") / "office"
    shutil.copytree(demo_template, folder)
    ids: list[str] = []
    with pytest.MonkeyPatch.context() as patch, clock.frozen(MONDAY.replace(day=16)):
        patch.setenv("MOTCUA_STATE_DIR", str(folder.parent / "marks"))
        office = Office.open(folder)
        act_as(office, "ha")
        for person, given in ((HER, {}), (HER, {"delivery": POST}), (HIM, {}), (HIM, {})):
            found = received(office, person, procedure=UNMARRIED, **given)
            result = Result("Giấy xác nhận tình trạng hôn nhân", f"{len(ids) + 1}/2026/XN")
            office.perform(process.move, MoveForm(found.code, "finish", result=result))
            ids.append(found.id)
        office.perform(delivery.keep_originals, KeepForm(ids[0], (Original("Sổ hộ khẩu"),)))
        office.close()
    return folder, ids


@pytest.fixture
def desk(
    template: tuple[Path, list[str]], qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    folder, ids = template
    monkeypatch.setenv("MOTCUA_STATE_DIR", str(tmp_path / "marks"))
    shutil.copytree(folder, tmp_path / "office")
    demo_office, prints = Office.open(tmp_path / "office"), Prints()
    act_as(demo_office, "ha")
    with clock.frozen(MONDAY):
        place = Place("handback", "go.handback", HandBackScreen)
        others, ear = elsewhere("scan", "receive"), Ear()
        with real_window(qapp, demo_office, place, *others, prints=prints, reader=ear) as window:
            window.show()
            enter(window, demo_office, "handback")
            yield Desk(window, demo_office, ids, prints)
    demo_office.close()


def scan(desk: Desk, person: Any) -> None:
    desk.screen.reader.read.emit(made_card(person))


def test_her_card_ticks_all_that_is_hers_and_one_key_hands_it_over(desk: Desk) -> None:
    screen = desk.screen
    assert desk.shown() == desk.ids
    assert desk.window.title_row.badge.text() == "4 kết quả chờ trả"
    shot(desk.window, "handback")
    scan(desk, HER)
    assert desk.shown() == desk.ids[:2]
    assert [row.id for row in screen.list.ticked] == desk.ids[:2]
    assert HER.name in screen.who.words.text()
    desk.key("hand_over")
    sheet = desk.sheet(HandOverSheet)
    assert sheet.isVisible()
    assert (sheet.who.currentText().split(" · ")[0], sheet.paper.value) == (f"Chủ hồ sơ: {HER.name}", "identity")
    shot(desk.window, "handback-sheet")
    press(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.states() == ["handed-back", "handed-back", "finished", "finished"]
    assert desk.values(0)["handed_to"]["with"] == desk.ids[:2]
    assert desk.values(0)["custody"] is None
    assert desk.prints.asked == [(FormKey.HANDED_BACK, desk.ids[0])]
    assert desk.told() == "delivery.handed-several-originals"
    assert screen.stands is None
    assert desk.shown() == desk.ids[2:], "the next citizen finds the list as it was"
    assert screen.field.hasFocus()


def test_receipts_pointed_at_one_after_another_go_together(desk: Desk) -> None:
    screen = desk.screen
    for place in (2, 3):
        write(screen.field, desk.values(place)["code"])
        press(screen.field, Qt.Key.Key_Return)
    assert [row.id for row in screen.list.ticked] == desk.ids[2:]
    desk.key("hand_over")
    sheet = desk.sheet(HandOverSheet)
    assert sheet.paper.value == "receipt"
    scan(desk, HIM)
    assert sheet.isVisible()
    assert str(sheet.who.currentText()).startswith(f"Chủ hồ sơ: {HIM.name}"), "his card while it is asked who he is"
    press(sheet, Qt.Key.Key_F9)
    assert desk.states()[2:] == ["handed-back", "handed-back"]
    assert desk.prints.asked == []
    notice = desk.window.notices.shown[-1]
    calls = {offer.text: offer.call for offer in notice.offers}
    assert {"In biên nhận", "Lấy lại"} <= calls.keys()
    calls["Lấy lại"]()
    assert desk.states()[2:] == ["finished", "finished"]


def test_a_stranger_is_refused_in_a_sentence_and_an_authorisation_lets_him(desk: Desk) -> None:
    screen = desk.screen
    scan(desk, STRANGER)
    assert "không phải chủ hồ sơ hay người nộp của kết quả nào" in screen.fault.words.text()
    assert screen.stands is None
    assert desk.shown() == desk.ids
    write(screen.field, desk.values(0)["code"])
    press(screen.field, Qt.Key.Key_Return)
    scan(desk, STRANGER)
    assert "cần giấy ủy quyền" in screen.fault.words.text()
    shot(desk.window, "handback-stranger")
    desk.key("hand_over")
    sheet = desk.sheet(HandOverSheet)
    assert sheet.who.value == AUTHORISED
    assert (sheet.name.text(), sheet.number.text()) == (STRANGER.name, STRANGER.identity_number)
    shot(desk.window, "handback-authorised")
    sheet.number.clear()
    press(sheet, Qt.Key.Key_F9)
    assert sheet.isVisible()
    assert sheet.fields["name"].wrong
    write(sheet.number, str(STRANGER.identity_number))
    write(sheet.note, "số 5, 20/11/2026, UBND phường Mẫu")
    press(sheet, Qt.Key.Key_F9)
    handed = desk.values(0)["handed_to"]
    assert (handed["role"], handed["note"]) == ("authorised", "số 5, 20/11/2026, UBND phường Mẫu")


def test_a_lost_receipt_by_the_number_of_an_identity_paper(desk: Desk) -> None:
    write(desk.screen.field, str(HIM.identity_number))
    press(desk.screen.field, Qt.Key.Key_Return)
    assert [row.id for row in desk.screen.list.ticked] == desk.ids[2:]
    assert desk.screen.stands is not None
    press(desk.screen, Qt.Key.Key_Escape)
    assert desk.shown() == desk.ids


def test_what_is_not_here_is_told_with_why(desk: Desk) -> None:
    found = received(desk.office, made_person(20), procedure=UNMARRIED)
    screen = desk.screen
    write(screen.field, found.code)
    press(screen.field, Qt.Key.Key_Return)
    assert "được tiếp nhận" in screen.fault.words.text()
    desk.key("hand_over")
    press(desk.sheet(HandOverSheet), Qt.Key.Key_F9)
    write(screen.field, desk.values(0)["code"])
    press(screen.field, Qt.Key.Key_Return)
    assert f"kết quả đã trả cho {HER.name}" in screen.fault.words.text()


def test_boxes_follow_one_another_and_calls_are_one_figure(desk: Desk) -> None:
    screen = desk.screen
    desk.key("shelve")
    sheet = desk.sheet(LineSheet)
    write(sheet.line, "ô 7 / kệ B")
    press(sheet, Qt.Key.Key_Return)
    assert desk.values(0)["shelf"] == "ô 7 / kệ B"
    screen.list.choose(1)
    desk.key("shelve")
    assert sheet.line.text() == "ô 8 / kệ B"
    press(sheet, Qt.Key.Key_Return)
    assert desk.values(1)["shelf"] == "ô 8 / kệ B"
    screen.list.choose(2)
    desk.key("call")
    calls = desk.sheet(CallSheet)
    assert HIM.name in calls.title.text()
    shot(desk.window, "handback-call")
    write(calls.outcomes["reached"], "3")
    assert [each["outcome"] for each in desk.values(2)["calls"]] == ["no-answer"]
    screen.chips._clicked("untold")
    assert desk.shown() == [desk.ids[0], desk.ids[2], desk.ids[3]], "what goes by post is not called for"


def test_the_post_takes_several_and_brings_one_back(desk: Desk, qtbot: QtBot) -> None:
    screen = desk.screen
    screen.chips._clicked("post")
    assert desk.shown() == [desk.ids[1]]
    screen.chips._clicked("all")
    screen.list.tick(desk.ids[1:3])
    desk.key("post")
    sheet = desk.sheet(PostSheet)
    press(sheet, Qt.Key.Key_F9)
    assert sheet.carrier_field.wrong, "nobody was named who takes it"
    sheet.carrier.setEditText("VNPost")
    sheet.carrier.setFocus()
    press(sheet.carrier.lineEdit(), Qt.Key.Key_Return)
    qtbot.waitUntil(sheet.numbers[0].hasFocus)  # what the reader reads next is no carrier
    press(sheet.numbers[0], Qt.Key.Key_Return)
    assert sheet.numbers[1].hasFocus(), "a number that is still to come is left empty"
    write(sheet.numbers[0], "EM 123 VN")
    write(sheet.numbers[1], "em123vn")
    press(sheet, Qt.Key.Key_F9)
    assert "hai bưu gửi" in sheet.fault.words.text()
    shot(desk.window, "handback-post")
    sheet.numbers[1].clear()
    press(sheet, Qt.Key.Key_F9)
    assert desk.states()[1:3] == ["handed-back", "handed-back"]
    assert desk.values(1)["posting"]["tracking"] == "EM123VN"
    assert desk.prints.asked == [(FormKey.POST_LIST, "2026-11-23")]
    write(screen.field, desk.values(2)["code"])
    press(screen.field, Qt.Key.Key_Return)
    assert "đã gửi bưu chính" in screen.fault.words.text()
    desk.key("post")
    line = desk.sheet(LineSheet)
    write(line.line, "EM987654321VN")
    press(line, Qt.Key.Key_Return)
    assert desk.values(2)["posting"]["tracking"] == "EM987654321VN"
    press(screen, Qt.Key.Key_Escape)
    write(screen.field, "EM987654321VN")
    press(screen.field, Qt.Key.Key_Return)
    assert desk.shown() == [desk.ids[2]], "the envelope itself, by its bar code"
    desk.key("returned")
    press(line, Qt.Key.Key_Return)
    assert line.field.wrong, "nobody said why"
    write(line.line, "không có người nhận")
    press(line, Qt.Key.Key_Return)
    screen.chips._clicked("returned")
    assert desk.shown() == [desk.ids[2]]
    assert screen.list.shown[0].lies_here


def test_originals_are_ticked_and_a_scan_goes_to_the_result(desk: Desk) -> None:
    screen = desk.screen
    screen.list.choose(2)
    desk.key("originals")
    sheet = screen.flow.kept.sheet
    assert sheet is not None
    assert sheet.boxes, "what was handed in as an original is offered"
    sheet.boxes[0][0].setChecked(True)
    write(sheet.other, "Sổ hộ khẩu")
    shot(desk.window, "handback-originals")
    press(sheet, Qt.Key.Key_F9)
    assert len(desk.values(2)["custody"]) == 2
    desk.key("originals")
    for box, _original in sheet.boxes:
        box.setChecked(False)
    press(sheet, Qt.Key.Key_F9)
    assert desk.values(2)["custody"] is None
    desk.key("scan")
    assert desk.window.here == "scan"


def test_letters_typed_in_the_list_begin_a_search(desk: Desk) -> None:
    screen = desk.screen
    screen.list.setFocus()
    write(screen.list, "H")
    assert screen.field.text() == "H"
    assert screen.field.hasFocus()


def test_an_officer_has_no_such_place(demo_office: Office, qapp: QApplication) -> None:
    act_as(demo_office, "lan")
    place = Place("handback", "go.handback", HandBackScreen)
    with real_window(qapp, demo_office, place, *elsewhere("home"), prints=SimpleNamespace()) as window:
        enter(window, demo_office, "home")
        assert not window.go("handback")


def test_a_card_laid_down_here_does_not_bring_tiep_nhan(
    template: tuple[Path, list[str]], qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_STATE_DIR", str(tmp_path / "marks"))
    shutil.copytree(template[0], tmp_path / "office")
    with real_program(tmp_path / "office", monkeypatch) as app:
        for before in ("handback", "receive"):  # before that screen was ever made, and after
            app.window.go(before)
            app.window.go("handback")
            app.services.reader.read.emit(made_card(HIM))
            assert app.window.here == "handback"
            screen = here(app.window, HandBackScreen)
            assert [row.id for row in screen.list.ticked] == template[1][2:]
