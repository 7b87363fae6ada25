"""The clerk's hands at Tiếp nhận on a real office: cards, keys, and what is looked at afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from desktop.cli.tour import Hands
from desktop.jobs import Jobs
from desktop.office import Office
from desktop.views.buttons import Button
from desktop.views.main_window import MainWindow, Place
from desktop.views.receive import ReceiveScreen
from desktop.views.wording import Words
from onestop.rules.intake import PersonForm
from onestop.rules.letters import FormKey
from tests.desktop.real import enter, here, real_window
from tests.helpers.office import EXTRACT, made_card, made_person

CERTIFIED, ADOPTION, UNMARRIED = "2.000815", "2.001263", "1.004873"
HUONG = made_person(
    910,
    name="Nguyễn Thị Thu Hương",
    sex="Nữ",
    date_of_birth="1994-03-12",
    identity_number="001194004321",
    phone="0912345678",
    address="Tổ 5, phường Mẫu, tỉnh Mẫu",
)
KHUE = made_person(911, name="Lê Hoàng Khuê", sex="Nữ", date_of_birth="1992-04-30", identity_number="001192003456")
UOC = made_person(912, name="Lê Quốc Ước", sex="Nam", date_of_birth="1988-09-02", identity_number="001088009876")


class QuietReader(QObject):
    """Stands for the ear where the rhythm of keys is not what a test is about."""

    read = Signal(str)


@dataclass
class Prints:
    """What was asked to be printed."""

    asked: list[tuple[str, str]] = field(default_factory=list)

    def receipt(self, dossier_id: str) -> None:
        self.asked.append(("receipt", dossier_id))

    def reprint(self, dossier_id: str) -> None:
        self.asked.append(("reprint", dossier_id))

    def print(self, kind: FormKey, subject_id: str) -> None:
        self.asked.append((kind.value, subject_id))


class Desk(Hands):
    """The screen, and the hands of the clerk before it."""

    def __init__(self, window: MainWindow, office: Office, qtbot: QtBot, reader: Any, prints: Any) -> None:
        super().__init__()
        self.window, self.office, self.qtbot, self.reader, self.prints = window, office, qtbot, reader, prints
        self.screen: ReceiveScreen = here(window, ReceiveScreen)
        self.filling = self.screen.filling

    def card(self, person: PersonForm) -> None:
        """A card under the reader."""
        self.reader.read.emit(made_card(person))

    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def spell(self, letters: str) -> None:
        for letter in letters:
            self.letter(letter)

    def into(self, line: QWidget, letters: str) -> None:
        """Go to a field with Tab, as far as it takes, and type."""
        self.tab(line)
        self.spell(letters)

    def tab(self, wanted: QWidget) -> None:
        for _step in range(80):
            if self.focus() is wanted:
                return
            self.press("Tab")
        raise AssertionError(f"Tab never comes to {wanted.accessibleName() or wanted}")

    def choose(self, code: str) -> None:
        """F5, the code, Enter."""
        self.press("F5")
        self.spell(code)
        self.press("Return")
        assert self.filling.procedure is not None
        assert self.filling.procedure.code == code
        self.settled()

    def settled(self) -> None:
        """Until the rules have answered the latest question."""
        self.qtbot.waitUntil(lambda: not self.filling._soon.isActive())

    def kept(self) -> None:
        """Until what was typed rests in the draft."""
        self.qtbot.waitUntil(lambda: not self.screen.keeper.pending)
        assert not self.screen.keeper.failed

    def codes(self) -> list[str]:
        return self.window.notices.codes()

    def told(self) -> str:
        return self.window.notices.words(self.window.notices.shown[-1])

    def button(self, keys: str, then: Callable[[], bool]) -> None:
        """Press the key of a button; it stays down for a moment, as one sees, before it acts."""
        self.press(keys)
        self.qtbot.waitUntil(then)

    def option(self, box: Any, kind: str) -> None:
        """Go down to the suggestion of this kind and take it."""
        options = box.suggestions.options
        at = next(place for place, each in enumerate(options) if each.key[0] == kind)
        self.press("Down", at - options.index(box.suggestions.current))
        self.press("Return")

    def by_hand(self, words: str) -> None:
        """Type into the field where people are found and open the form for somebody new."""
        self.write(words)
        self.press("Return")
        self.option(self.screen.person.box, "new")
        assert self.screen.person.entry.isVisible()

    def ready(self, person: PersonForm = HUONG, code: str = EXTRACT) -> None:
        """All that is needed, by keys."""
        self.card(person)
        self.choose(code)
        self.press("Ctrl+D")
        self.settled()

    def row(self, key: str) -> Any:
        """The row of a paper as shown."""
        model = self.screen.procedure.papers.model
        return model.rows[model.place(key)]

    def to_paper(self, key: str) -> None:
        """Go to a paper with Home and arrows; the list has the focus."""
        self.tab(self.screen.procedure.papers.list)
        self.press("Home")
        self.press("Down", self.screen.procedure.papers.model.place(key))

    def count(self, table: str) -> int:
        with self.office.store.writing() as connection:
            return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


@contextmanager
def desk_of(
    qapp: QApplication,
    qtbot: QtBot,
    office: Office,
    reader: QObject | None = None,
    jobs: Jobs | None = None,
    theme: str = "light",
    scale: int = 100,
    **services: Any,
) -> Iterator[Desk]:
    reader = reader or QuietReader()
    prints = services.pop("prints", None) or Prints()
    place = Place("receive", "go.receive", ReceiveScreen)
    services |= {"reader": reader, "prints": prints}
    with real_window(qapp, office, place, jobs=jobs, theme=theme, scale=scale, **services) as window:
        window.commands.bind({"dossier.new": lambda: window.go("receive", fresh=True)})
        window.show()
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        enter(window, office, "receive")
        yield Desk(window, office, qtbot, reader, prints)


def says(widget: QWidget, words: str) -> bool:
    return any(words in each.text() for each in widget.findChildren(Words) if each.isVisibleTo(widget))


def button(widget: QWidget, name: str) -> Button:
    found = [each for each in widget.findChildren(Button) if name in (each.text(), each.accessibleName())]
    assert found, name
    return found[0]
