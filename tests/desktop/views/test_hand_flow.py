"""Dossiers change hands from the keyboard: several handed over with one list, taken by one key, told what stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.dossier_words import holds
from desktop.office import Office
from desktop.views.dossiers import DossiersScreen
from desktop.views.hand_flow import HandSheet
from desktop.views.home import HomeScreen
from desktop.views.main_window import MainWindow, Place
from desktop.views.office_leaves import LeavesPart
from desktop.views.preferences import PreferencesScreen
from onestop import clock, texts
from onestop.actions import absence, process
from onestop.clock import VIETNAM
from onestop.queries import dossiers
from onestop.queries.absence import absences
from onestop.queries.office import clerks
from onestop.rules.absence import AbsenceForm
from onestop.rules.letters import FormKey
from onestop.rules.moves import ASSIGN, RETURN, TAKE, MoveForm
from tests.desktop.real import elsewhere, enter, here, press, real_window, shot, write
from tests.helpers.office import act_as, made_person, received

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=VIETNAM)
UNMARRIED = "1.004873"
Key = Qt.Key


@dataclass
class Prints:
    asked: list[tuple[str, str]] = field(default_factory=list)

    def print(self, kind: str, subject: str) -> None:
        self.asked.append((kind, subject))


@dataclass
class Scene:
    window: MainWindow
    screen: DossiersScreen
    office: Office
    qtbot: QtBot
    ids: list[str]
    codes: list[str]
    prints: Prints

    def holders(self) -> list[str]:
        """The logins of who has them."""
        logins = {each.id: each.login for each in self.office.read(clerks)}
        rows = [self.office.read(dossiers.one, each) for each in self.ids]
        return [logins.get(row.values["holder"], "") for row in rows if row is not None]

    def choose(self, group: str, rows: int) -> None:
        """The first rows of a filter."""
        self.screen.chips.choose(group)
        self.screen._look_anew()
        self.qtbot.waitUntil(lambda: self.screen.pane.card is not None and len(self.screen.model.rows) >= rows)
        self.screen.list.choose(0)
        for _row in range(rows - 1):
            press(self.screen.list, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        assert len(self.screen.list.chosen) == rows

    @property
    def sheet(self) -> HandSheet:
        assert self.screen.hands.sheet is not None
        return self.screen.hands.sheet


@contextmanager
def scene_of(
    qapp: QApplication, qtbot: QtBot, office: Office, login: str = "ha", theme: str = "light", scale: int = 100
) -> Iterator[Scene]:
    with clock.frozen(NOW):
        act_as(office, "ha")
        made = [received(office, made_person(each), procedure=UNMARRIED) for each in range(3)]
        act_as(office, login)
        prints = Prints()
        places = (
            Place("dossiers", "go.dossiers", DossiersScreen),
            Place("home", "go.home", HomeScreen),
            Place("settings", "go.settings", PreferencesScreen),
            *elsewhere("receive", "scan", "sign"),
        )
        with real_window(qapp, office, *places, theme=theme, scale=scale, prints=prints) as window:
            window.show()
            enter(window, office, "dossiers")
            window.activateWindow()
            ids, codes = [each.id for each in made], [each.code for each in made]
            yield Scene(window, here(window, DossiersScreen), office, qtbot, ids, codes, prints)


def test_handed_over_taken_and_seen_on_the_day(qapp: QApplication, qtbot: QtBot, demo_office: Office) -> None:
    with scene_of(qapp, qtbot, demo_office) as scene:
        several_are_handed_over_with_one_list(scene)
        what_was_given_waits_and_is_taken_by_one_key(scene)
        the_next_step_offers_what_these_hands_allow(scene)
        the_day_says_what_is_on_the_desk(scene)


def several_are_handed_over_with_one_list(scene: Scene) -> None:
    scene.choose("all", 3)
    shot(scene.window, "hands-bulk")
    scene.window.commands.press("dossiers.hand_over")
    assert scene.sheet.isVisible()
    to = scene.sheet.to.lineEdit()
    assert to is not None
    to.clear()
    press(scene.sheet, Key.Key_F9)
    assert scene.sheet.fields["to"].wrong
    write(to, "Trần Thu Hà")
    write(scene.sheet.note, "gấp")
    shot(scene.window, "hands-sheet")
    press(scene.sheet, Key.Key_F9)
    scene.qtbot.waitUntil(lambda: not scene.sheet.isVisible())
    assert scene.holders() == ["ha"] * 3
    (offer,) = scene.window.notices.shown[-1].offers
    assert offer.text == "In giấy bàn giao"
    offer.call()
    ((kind, batch),) = scene.prints.asked
    assert kind == FormKey.DOSSIER_HANDOVER
    scene.choose("all", 1)
    scene.screen.refresh({})
    scene.window.commands.press("dossiers.letter")
    pick = scene.screen.moves.pick
    assert pick is not None
    rows = [pick.list.item(at).data(Qt.ItemDataRole.UserRole).key for at in range(pick.list.count())]
    pick.list.setCurrentRow(rows.index(FormKey.DOSSIER_HANDOVER))
    press(pick.list, Key.Key_Return)
    assert scene.prints.asked[-1] == (FormKey.DOSSIER_HANDOVER, batch), "found again later"


def what_was_given_waits_and_is_taken_by_one_key(scene: Scene) -> None:
    given(scene, "duc", "duc", "duc")
    given(scene, "ha", "ha", "lan")
    scene.choose("for-me", 2)
    scene.window.commands.press("dossiers.take")
    assert scene.window.notices.codes()[-1] == "hands.taken-over"
    scene.choose("holding", 2)
    given(scene, "duc", "ha", "lan")
    scene.choose("open", 3)
    scene.window.commands.press("dossiers.take")
    assert scene.window.notices.codes()[-1] == "hands.not-yours", "none of them"
    given(scene, "ha", "ha", "lan")
    scene.choose("open", 3)
    scene.window.commands.press("dossiers.take")
    assert scene.window.notices.codes()[-2:] == ["hands.taken-over", "hands.not-taken"]
    shot(scene.window, "hands-left-out")


def the_next_step_offers_what_these_hands_allow(scene: Scene) -> None:
    given(scene, "duc", "duc", "lan")
    given(scene, "ha", "duc", "lan")
    scene.choose("for-me", 1)
    moves = scene.screen.moves
    assert moves.moves[0] == TAKE
    shot(scene.window, "hands-pane")
    scene.window.commands.press("dossiers.move")
    assert moves.pick is not None
    shot(scene.window, "hands-moves")
    write(moves.pick.list, "1")
    scene.qtbot.waitUntil(lambda: TAKE not in moves.moves)
    assert {ASSIGN, RETURN} <= set(moves.moves)
    card = scene.screen.pane.card
    assert card is not None
    assert holds(card.hands) == "đang giữ, nhận lúc 9:30"
    scene.screen.wished(typed=scene.codes[2])
    scene.screen.activated()
    scene.qtbot.waitUntil(lambda: scene.screen.pane.card is not None and scene.screen.pane.card.id == scene.ids[2])
    assert not {TAKE, ASSIGN, RETURN} & set(moves.moves), "another's is not hers to give"


def the_day_says_what_is_on_the_desk(scene: Scene) -> None:
    given(scene, "ha", "ha", "lan")
    scene.window.go("home")
    home: HomeScreen = here(scene.window, HomeScreen)
    scene.qtbot.waitUntil(lambda: home.home is not None and home.home.desk.for_me == 1)
    scene.qtbot.waitUntil(lambda: home.todo.first is not None and home.todo.first.isVisible())
    titles = [stop.accessibleName() for stops in home.todo.stops for stop in stops]
    assert any(each.startswith("1 hồ sơ chờ bạn nhận") for each in titles)
    assert any(each.startswith("Bạn đang giữ 1 hồ sơ") for each in titles)
    shot(scene.window, "hands-home")


def given(scene: Scene, *logins: str) -> None:
    """Each dossier is given to one of these by the supervisor; where he has it already it stays."""
    act_as(scene.office, "demo")
    for each, login, now in zip(scene.ids, logins, scene.holders(), strict=True):
        if login != now:
            scene.office.perform(process.move, MoveForm(each, ASSIGN, to=login))
    act_as(scene.office, "ha")


def test_a_leave_is_written_down_printed_and_ended(qapp: QApplication, qtbot: QtBot, demo_office: Office) -> None:
    with scene_of(qapp, qtbot, demo_office, "demo") as scene:
        scene.office.perform(process.move, MoveForm(scene.ids[0], ASSIGN, to="lan"))
        scene.window.go("settings", group="leaves")
        screen: PreferencesScreen = here(scene.window, PreferencesScreen)
        part = next(each for each in screen.office_parts if isinstance(each, LeavesPart))
        qtbot.waitUntil(lambda: part.who.count() > 0)
        part.who.choose("lan")
        part.deputy.choose("ha")
        assert part.holds.text().startswith("Đang giữ 1 hồ sơ")
        part.keep.click()
        assert part.fields["reason"].wrong
        part.first_day.setText("mai")
        part.keep.click()
        assert part.fields["from_day"].wrong
        part.first_day.setText("23/11/2026")
        write(part.until_day, "27/11/2026")
        write(part.reason, "nghỉ phép năm")
        press(part.reason, Key.Key_Return)
        qtbot.waitUntil(lambda: part.current is not None)
        assert scene.holders()[0] == "ha"
        assert scene.window.notices.codes()[-1] == "absence.begun"
        assert not part.minutes_back.isEnabled()
        part.minutes.click()
        part.ensurePolished()
        shot(part, "leaves")
        part.back.click()
        assert scene.window.notices.codes()[-1] == "absence.ended"
        part.minutes_back.click()
        assert [kind for kind, _id in scene.prints.asked] == [FormKey.WORK_HANDOVER, FormKey.WORK_RETURN]
        assert scene.holders()[0] == "lan"
        scene.office.perform(absence.begin, AbsenceForm("demo", "ha", "2026-11-23", "", "ốm"))
        scene.window.go("home")
        home: HomeScreen = here(scene.window, HomeScreen)
        qtbot.waitUntil(lambda: home.home is not None and home.home.desk.away is not None)
        back = next(
            stop for stops in home.todo.stops for stop in stops if "Bạn đang được ghi là nghỉ" in stop.accessibleName()
        )
        back.click()
        assert scene.office.read(absences) == (), "one is back by one's own word"


@pytest.mark.parametrize(("language", "theme", "scale"), [("en", "dark", 150)])
def test_it_fits_in_another_language_and_large_letters(
    qapp: QApplication, qtbot: QtBot, demo_office: Office, language: str, theme: str, scale: int
) -> None:
    texts.use(language)
    with scene_of(qapp, qtbot, demo_office, "demo", theme, scale) as scene:
        for each in scene.ids:
            scene.office.perform(process.move, MoveForm(each, ASSIGN, to="demo"))
        scene.choose("all", 3)
        shot(scene.window, f"hands-bulk-{language}-{theme}-{scale}")
        scene.window.commands.press("dossiers.hand_over")
        qtbot.waitUntil(lambda: scene.window.rect().contains(scene.sheet.geometry()))
        assert scene.sheet.do_button.geometry().bottom() <= scene.sheet.rect().bottom()
        shot(scene.window, f"hands-sheet-{language}-{theme}-{scale}")
        press(scene.sheet, Key.Key_Escape)
        with clock.frozen(NOW + timedelta(hours=1)):
            scene.office.perform(absence.begin, AbsenceForm("lan", "ha", "2026-11-23", "", "x" * 60))
        scene.window.go("settings", group="leaves")
        screen: PreferencesScreen = here(scene.window, PreferencesScreen)
        part = next(each for each in screen.office_parts if isinstance(each, LeavesPart))
        qtbot.waitUntil(lambda: part.current is not None)
        assert part.width() <= scene.window.width()
        shot(part, f"leaves-{language}-{theme}-{scale}")
        scene.window.go("home")
        home: HomeScreen = here(scene.window, HomeScreen)
        qtbot.waitUntil(lambda: home.todo.first is not None and home.todo.first.isVisible())
        shot(scene.window, f"hands-home-{language}-{theme}-{scale}")
