"""The next step of a dossier from the keyboard: which, what has to be said with it, what is refused, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models import moves as words
from desktop.office import Office
from desktop.views.dossiers import DossiersScreen
from desktop.views.main_window import MainWindow, Place
from onestop import clock, texts
from onestop.actions import process
from onestop.clock import VIETNAM
from onestop.rules.dossier import Move, State
from onestop.rules.letters import FormKey
from onestop.rules.moves import AT_ONCE, EXTEND, MADE_HERE, OTHERS, UNDO, MoveForm, Receiver
from tests.desktop.real import elsewhere, enter, here, press, real_window, shot, write
from tests.helpers.office import act_as, made_person, received

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=VIETNAM)
UNMARRIED = "1.004873"


@dataclass
class Prints:
    asked: list[tuple[str, str]] = field(default_factory=list)

    def reprint(self, dossier_id: str, lien: int | None = None) -> None:
        raise AssertionError

    def life(self, kind: str, dossier_id: str) -> None:
        self.asked.append((kind, dossier_id))


@dataclass
class Scene:
    window: MainWindow
    screen: DossiersScreen
    office: Office
    qtbot: QtBot
    dossier: str
    code: str
    prints: Prints

    @property
    def state(self) -> str:
        return str(self.values["state"])

    @property
    def values(self) -> Any:
        card = self.screen.pane.card
        return card.dossier.values if card is not None else {}

    def ask(self) -> list[str]:
        """F8: the moves that are offered."""
        self.window.commands.press("dossiers.move")
        pick = self.screen.moves.pick
        assert pick is not None
        assert pick.isVisible()
        return [pick.list.item(at).data(Qt.ItemDataRole.UserRole).key for at in range(pick.list.count())]

    def choose(self, move: str) -> None:
        """F8 and the number of the move."""
        number = self.ask().index(move) + 1
        assert self.screen.moves.pick is not None
        write(self.screen.moves.pick.list, str(number))
        assert self.sheet.isVisible()

    @property
    def sheet(self) -> Any:
        assert self.screen.moves.sheet is not None
        return self.screen.moves.sheet

    def done(self, state: str) -> None:
        """F9, and the dossier is there."""
        press(self.sheet, Qt.Key.Key_F9)
        self.qtbot.waitUntil(lambda: self.screen.pane.card is not None and self.state == state)
        assert not self.sheet.isVisible()


@contextmanager
def scene_of(
    qapp: QApplication, qtbot: QtBot, demo_office: Office, theme: str = "light", scale: int = 100
) -> Iterator[Scene]:
    with clock.frozen(NOW):
        act_as(demo_office, "demo")
        given = received(demo_office, made_person(1), procedure=UNMARRIED)
        places = (Place("dossiers", "go.dossiers", DossiersScreen), *elsewhere("receive", "scan", "sign"))
        prints = Prints()
        with real_window(qapp, demo_office, *places, theme=theme, scale=scale, prints=prints) as window:
            window.show()
            enter(window, demo_office, "dossiers")
            window.activateWindow()
            made = Scene(window, here(window, DossiersScreen), demo_office, qtbot, given.id, given.code, prints)
            made.screen.chips.choose("all")
            made.screen.activated()
            made.screen._look_anew()
            qtbot.waitUntil(lambda: made.screen.pane.card is not None)
            yield made


@pytest.fixture
def scene(qapp: QApplication, qtbot: QtBot, demo_office: Office) -> Iterator[Scene]:
    with scene_of(qapp, qtbot, demo_office) as made:
        yield made


@pytest.mark.parametrize(
    ("language", "theme", "scale"), [("vi", "light", 150), ("en", "dark", 100), ("en", "dark", 150)]
)
def test_every_sheet_fits_the_window(
    qapp: QApplication, qtbot: QtBot, demo_office: Office, language: str, theme: str, scale: int
) -> None:
    texts.use(language)
    with scene_of(qapp, qtbot, demo_office, theme, scale) as scene:
        for move in scene.ask():
            shot(scene.window, f"moves-{language}-{theme}-{scale}")
            scene.choose(move)
            press(scene.sheet, Qt.Key.Key_F9) if words.WORDS[move].fields[0] in ("items", "due") else None
            qtbot.waitUntil(lambda: scene.window.rect().contains(scene.sheet.geometry()))
            assert scene.sheet.do_button.geometry().bottom() <= scene.sheet.rect().bottom()
            shot(scene.window, f"{move}-{language}-{theme}-{scale}")
            press(scene.sheet, Qt.Key.Key_Escape)


def test_forwarded_finished_and_handed_back_without_a_mouse(scene: Scene) -> None:
    scene.choose(Move.FORWARD)
    assert scene.sheet.shown == ("to", "note")
    assert scene.sheet.to.currentText() != "", "an officer of the office"
    shot(scene.window, "move-forward")
    scene.done("processing")
    scene.choose(Move.FINISH)
    write(scene.sheet.lines["number"], "12/XN")
    write(scene.sheet.lines["signer"], "Lê Minh Đức")
    shot(scene.window, "move-finish")
    scene.done("finished")
    assert scene.values["result"]["number"] == "12/XN"
    assert scene.values["result"]["date"] == "2026-11-23"
    scene.choose(Move.HAND_BACK)
    assert scene.sheet.shown == ("who", "paper")
    shot(scene.window, "move-hand-back")
    scene.done("handed-back")
    assert scene.values["handed_to"]["role"] == "owner"
    assert not scene.window.commands.action("dossiers.move").isEnabled(), "nothing follows"


def test_what_is_asked_is_asked_beside_its_field(scene: Scene) -> None:
    scene.choose(Move.SUPPLEMENT)
    press(scene.sheet, Qt.Key.Key_F9)
    assert scene.sheet.fields["reason"].wrong
    assert scene.sheet.texts["reason"].hasFocus()
    write(scene.sheet.texts["reason"], "Thiếu giấy tờ")
    press(scene.sheet, Qt.Key.Key_F9)
    assert scene.sheet.fields["items"].wrong
    assert not scene.sheet.fields["reason"].wrong
    shot(scene.window, "move-supplement")
    write(scene.sheet.texts["items"], "Quyết định ly hôn")
    scene.done("supplement")
    assert scene.values["supplements"] == 1
    assert scene.screen.pane.due.words.text() != ""
    scene.choose(Move.COMPLETE)
    assert scene.sheet.shown == ()
    scene.done("received")


def test_a_stranger_is_refused_and_an_authorised_one_written_down(scene: Scene) -> None:
    scene.office.perform(process.move, MoveForm(scene.dossier, "finish"))
    scene.screen.refresh({})
    scene.qtbot.waitUntil(lambda: scene.state == "finished")
    scene.choose(Move.HAND_BACK)
    scene.sheet.who.choose("authorised")
    assert scene.sheet.shown == ("who", "name", "id_number")
    write(scene.sheet.lines["name"], "Nguyễn Văn Nhận")
    press(scene.sheet, Qt.Key.Key_F9)
    assert scene.sheet.fields["name"].wrong
    shot(scene.window, "move-authorised")
    write(scene.sheet.lines["id_number"], "001094004321")
    scene.done("handed-back")
    assert scene.values["handed_to"]["role"] == "authorised"


@pytest.mark.parametrize(
    ("typed", "due"), [("4/12/2026", "04/12/2026 17:00"), ("04-12-2026 10:30", "04/12/2026 10:30")]
)
def test_an_apology_with_its_new_date(scene: Scene, typed: str, due: str) -> None:
    scene.choose(EXTEND)
    write(scene.sheet.texts["reason"], "Chờ xác minh")
    write(scene.sheet.lines["due"], "hôm nào đó")
    press(scene.sheet, Qt.Key.Key_F9)
    assert scene.sheet.fields["due"].wrong
    scene.sheet.lines["due"].clear()
    write(scene.sheet.lines["due"], typed)
    press(scene.sheet, Qt.Key.Key_F9)
    scene.qtbot.waitUntil(lambda: bool(scene.values["extended_at"]))
    assert f"{clock.local(scene.values['due_at']):%d/%m/%Y %H:%M}" == due


def test_taken_back_by_one_key(scene: Scene) -> None:
    scene.choose(Move.FORWARD)
    scene.done("processing")
    scene.window.commands.press("dossiers.undo")
    scene.qtbot.waitUntil(lambda: scene.state == "received")
    assert scene.window.notices.codes()[-1] == "dossiers.move-undone"
    scene.window.commands.press("dossiers.undo")
    scene.qtbot.waitUntil(lambda: scene.window.notices.codes()[-1] == "undo.nothing")


def test_what_left_the_list_is_taken_back_all_the_same(scene: Scene) -> None:
    with clock.frozen(NOW):
        other = received(scene.office, made_person(2), procedure=UNMARRIED)
    scene.screen.chips.choose("open")
    scene.screen._look_anew()
    scene.qtbot.waitUntil(lambda: len(scene.screen.model.rows) == 2)
    scene.screen.list.choose_id(scene.dossier)
    scene.qtbot.waitUntil(lambda: scene.screen.pane.card is not None and scene.screen.pane.card.id == scene.dossier)
    scene.choose(Move.FINISH)
    press(scene.sheet, Qt.Key.Key_F9)
    scene.qtbot.waitUntil(lambda: [row.id for row in scene.screen.model.rows] == [other.id])
    scene.window.commands.press("dossiers.undo")
    scene.qtbot.waitUntil(lambda: len(scene.screen.model.rows) == 2)
    assert scene.window.notices.codes()[-1] == "dossiers.move-undone"


def test_what_left_the_list_stays_before_the_eyes_for_its_next_step(scene: Scene) -> None:
    screen = scene.screen
    other = received(scene.office, made_person(2), procedure=UNMARRIED)
    screen.chips.choose("open")
    screen._look_anew()
    scene.qtbot.waitUntil(lambda: len(screen.model.rows) == 2)
    screen.list.choose_id(scene.dossier)
    scene.qtbot.waitUntil(lambda: screen.pane.card is not None and screen.pane.card.id == scene.dossier)
    scene.choose(Move.FINISH)
    scene.done("finished")
    scene.qtbot.waitUntil(lambda: [row.id for row in screen.model.rows] == [other.id])
    assert screen.pane.card is not None
    assert screen.pane.card.id == scene.dossier
    screen.pane.tick()
    assert "xử lý xong" in screen.pane.state.words.text().lower()
    scene.choose(Move.HAND_BACK)
    scene.done("handed-back")
    press(screen.list, Qt.Key.Key_Down)
    scene.qtbot.waitUntil(lambda: screen.pane.card is not None and screen.pane.card.id == other.id)


def test_who_moved_it_while_the_moves_were_looked_at_is_told(scene: Scene) -> None:
    number = scene.ask().index(Move.STOP) + 1
    scene.office.perform(process.move, MoveForm(scene.dossier, "forward", to="Tư pháp"))
    scene.screen.refresh({})
    scene.qtbot.waitUntil(lambda: scene.state == "processing")
    assert scene.screen.moves.pick is not None
    write(scene.screen.moves.pick.list, str(number))
    assert scene.window.notices.codes()[-1] == "dossier.moved-meanwhile"
    assert not scene.sheet.isVisible()


def test_what_another_clerk_did_meanwhile_is_told(scene: Scene) -> None:
    scene.choose(Move.WITHDRAW)
    write(scene.sheet.texts["reason"], "Công dân rút")
    scene.office.perform(process.move, MoveForm(scene.dossier, "forward", to="Tư pháp"))
    press(scene.sheet, Qt.Key.Key_F9)
    scene.qtbot.waitUntil(scene.sheet.fault.isVisible)
    assert scene.sheet.texts["reason"].toPlainText() == "Công dân rút", "what was written stays"


def test_what_is_done_while_the_citizen_waits_is_one_step(scene: Scene) -> None:
    scene.choose(AT_ONCE)
    shot(scene.window, "move-at-once")
    write(scene.sheet.lines["number"], "9")
    scene.done("handed-back")
    assert (scene.values["result"]["number"], scene.values["handed_to"]["role"]) == ("9", "owner")
    scene.window.commands.press("dossiers.undo")
    scene.qtbot.waitUntil(lambda: scene.state == "finished")


def test_the_paper_of_a_move_is_offered_with_it_and_later(scene: Scene) -> None:
    scene.choose(Move.SUPPLEMENT)
    write(scene.sheet.texts["items"], "Quyết định ly hôn")
    write(scene.sheet.texts["reason"], "Thiếu")
    scene.done("supplement")
    offers = scene.window.notices.shown[-1].offers
    assert [offer.text for offer in offers] == ["In phiếu", "Lấy lại"]
    offers[0].call()
    assert scene.prints.asked == [(FormKey.SUPPLEMENT, scene.dossier)]
    scene.choose(Move.COMPLETE)
    scene.done("received")
    assert [offer.text for offer in scene.window.notices.shown[-1].offers] == ["Lấy lại"]
    scene.window.commands.press("dossiers.letter")
    pick = scene.screen.moves.pick
    assert pick is not None
    keys = [pick.list.item(at).data(Qt.ItemDataRole.UserRole).key for at in range(pick.list.count())]
    assert keys[:2] == [FormKey.SUPPLEMENT, FormKey.RESULT_LETTER]
    assert {*keys[2:]} == {*words.ALWAYS, FormKey.DECLARATION, FormKey.FEE_SLIP}
    shot(scene.window, "letters")
    write(pick.list, str(keys.index(FormKey.AUTHORISATION) + 1))
    assert scene.prints.asked[-1] == (FormKey.AUTHORISATION, scene.dossier)


def test_esc_does_nothing_and_gives_the_list_back(scene: Scene) -> None:
    scene.choose(Move.STOP)
    press(scene.sheet, Qt.Key.Key_Escape)
    assert not scene.sheet.isVisible()
    assert scene.state == "received"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_move_has_its_words_and_every_offer_is_legal(scene: Scene, language: str) -> None:
    texts.use(language)
    assert set(words.WORDS) == {*(move.value for move in MADE_HERE), *OTHERS} - {UNDO}
    for state in State:
        for move in words.offered(state, lambda _permission: True):
            assert move in words.WORDS
    assert words.offered("received", lambda _permission: False) == ()
    assert words.offered("handed-back", lambda _permission: True) == ()


def test_who_comes_is_the_submitter_first(scene: Scene) -> None:
    form = MoveForm(scene.dossier, "finish")
    scene.office.perform(process.move, form)
    scene.screen.refresh({})
    scene.qtbot.waitUntil(lambda: scene.state == "finished")
    scene.choose(Move.HAND_BACK)
    assert scene.sheet.form().receiver == Receiver(scene.values["owner_name"])
