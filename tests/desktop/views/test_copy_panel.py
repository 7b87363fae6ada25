"""The copy panel by keys alone: each field once, numbers opened by an act, then the code that the other system gave."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.upload import FOLDER
from desktop.views.copy_panel import CopyPanel
from desktop.views.dossiers import DossiersScreen
from desktop.views.main_window import MainWindow, Place
from onestop import clock, texts
from onestop.actions import papers
from onestop.actions.papers import AttachForm, Brought
from onestop.queries import dossiers
from onestop.rules.papers import FileFacts
from onestop.store import acts
from tests.desktop.real import enter, here, press, real_window, shot, write
from tests.helpers.office import MONDAY, act_as, made_person, received
from tests.helpers.pages import made_pdf

OWNER = made_person(3)
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(demo_office: Office, qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    act_as(demo_office, "ha")
    with clock.frozen(MONDAY):
        received(demo_office, OWNER)
        with real_window(qapp, demo_office, Place("dossiers", "go.dossiers", DossiersScreen)) as window:
            yield begun(window, demo_office, qtbot)


def begun(window: MainWindow, office: Office, qtbot: QtBot) -> MainWindow:
    window.show()
    enter(window, office, "dossiers")
    screen = here(window, DossiersScreen)
    qtbot.waitUntil(lambda: screen.pane.card is not None)
    return window


def panel_of(window: MainWindow) -> CopyPanel:
    found = here(window, DossiersScreen).pane.copying
    assert isinstance(found, CopyPanel)
    return found


def board() -> str:
    return QGuiApplication.clipboard().text()


def test_one_key_copies_the_next_field_and_the_code_is_asked_for_at_the_end(
    window: MainWindow, demo_office: Office, qtbot: QtBot
) -> None:
    screen, panel, commands = here(window, DossiersScreen), panel_of(window), window.commands
    copied = []
    commands.press("dossiers.field")
    while panel.isVisible():
        copied.append((panel.copied.text(), board()))
        commands.press("dossiers.field")
    said = [text for _label, text in copied]
    assert said[:3] == [screen.pane.row.procedure_code, OWNER.identity_number, OWNER.name]
    assert copied[1][0] == f"Đã chép 2/{len(copied)}: Số định danh cá nhân chủ hồ sơ"
    assert len(said) == len({label for label, _text in copied}), "each field once"
    link = screen.pane.link
    assert link.isVisible()
    assert link.line.hasFocus()
    write(link.line, "G22.99-261123-0042")
    press(link.line, Qt.Key.Key_Return)
    qtbot.waitUntil(link.isHidden)
    assert demo_office.read(dossiers.find_id, "G22.99-261123-0042") == screen.pane.row.id
    screen.chips._clicked("to-enter")
    assert screen.model.rows == []


def test_a_number_is_opened_by_an_act_when_it_is_copied(window: MainWindow, demo_office: Office) -> None:
    panel, commands = panel_of(window), window.commands

    def opened() -> int:
        with demo_office.store.reading() as connection:
            return len(list(acts.in_order(connection, demo_office.id, ["citizen.number-opened"])))

    commands.press("dossiers.field")
    assert opened() == 0
    commands.press("dossiers.field")
    assert opened() == 1
    assert board() == OWNER.identity_number
    assert str(OWNER.identity_number) not in panel.text.text(), "the citizen across the desk sees the screen"


def test_with_files_they_are_gathered_before_the_code_is_asked_for(
    window: MainWindow, demo_office: Office, qtbot: QtBot
) -> None:
    screen, panel, commands = here(window, DossiersScreen), panel_of(window), window.commands
    content = made_pdf("một")
    brought = Brought(content, FileFacts("001194004321.pdf", "application/pdf", len(content)))
    component = screen.pane.card.dossier.components[0].name
    demo_office.perform(papers.attach, AttachForm(screen.pane.row.code, component, (brought,)))
    commands.press("dossiers.field")
    while panel.gathered is None and panel.isVisible():
        commands.press("dossiers.field")
        qtbot.waitUntil(lambda: panel.isVisible())
    assert panel.gathered is not None
    folder = demo_office.folder / FOLDER / screen.pane.row.code
    assert board() == str(folder)
    assert [each.name for each in folder.iterdir()] == [panel.text.text()]
    commands.press("dossiers.field")
    assert screen.pane.link.isVisible()
    write(screen.pane.link.line, "G22.99-261123-0042")
    press(screen.pane.link.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not folder.exists())


def test_back_and_put_away(window: MainWindow) -> None:
    screen, panel, commands = here(window, DossiersScreen), panel_of(window), window.commands
    for _time in range(3):
        commands.press("dossiers.field")
    assert panel.place == 2
    commands.press("dossiers.field_back")
    assert (panel.place, board()) == (1, OWNER.identity_number)
    press(screen.list, Qt.Key.Key_Escape)
    assert panel.isHidden()
    commands.press("dossiers.field")
    assert panel.place == 0, "it begins anew"


@pytest.mark.parametrize(("theme", "language"), [("light", "vi"), ("dark", "vi"), ("light", "en")])
def test_looks(demo_office: Office, qapp: QApplication, qtbot: QtBot, theme: str, language: str) -> None:
    texts.use(language)
    act_as(demo_office, "ha")
    with clock.frozen(MONDAY):
        received(demo_office, OWNER)
        screen = Place("dossiers", "go.dossiers", DossiersScreen)
        with real_window(qapp, demo_office, screen, theme=theme) as window:
            begun(window, demo_office, qtbot)
            window.commands.press("dossiers.field")
            window.commands.press("dossiers.field")
            panel = panel_of(window)
            for words in (panel.copied, panel.text, panel.following):
                qtbot.waitUntil(lambda words=words: words.height() >= words.heightForWidth(words.width()))
            shot(window, f"copy-panel-{theme}-{language}")
