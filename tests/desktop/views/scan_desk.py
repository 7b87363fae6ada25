"""The scan screen on a real office, with a scanner and a workshop that do as they are told, and hands at its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.cli.tour import Hands
from desktop.jobs import DirectJobs, Jobs
from desktop.office import Office
from desktop.views.main_window import MainWindow, Place
from desktop.views.scan import ScanScreen
from onestop import clock
from onestop.actions import drafts, pages
from onestop.actions.drafts import DraftForm
from onestop.actions.pages import Owner, PageForm
from onestop.queries import papers
from onestop.queries.papers import DocumentRow, PageRow
from onestop.rules.intake import write_form
from tests.desktop.real import elsewhere, enter, here, real_window
from tests.helpers.feeder import Feeder, Workshop, picture
from tests.helpers.office import BIRTH, MONDAY, act_as, made_dossier, made_person, received

BIRTH_PAPER = "Giấy chứng sinh"
PLACES = ("home", "receive", "dossiers", "settings")


class ScanDesk(Hands):
    """The screen, and the hands of the clerk before it."""

    def __init__(
        self, window: MainWindow, office: Office, feeder: Feeder, work: Workshop, qtbot: QtBot, owner: Owner
    ) -> None:
        super().__init__()
        self.window, self.office, self.feeder, self.work, self.qtbot = window, office, feeder, work, qtbot
        self.owner = owner
        self.screen: ScanScreen = here(window, ScanScreen)

    # -- what is there

    def slot(self, name: str) -> str:
        """The key of the component whose name begins so."""
        assert self.screen.bench is not None
        return next(slot.key for slot in self.screen.bench.slots if slot.name.startswith(name))

    def pages(self, component: str | None) -> list[PageRow]:
        rows = self.office.read(papers.pages, draft=self.owner.draft, dossier=self.owner.dossier)
        here = [row for row in rows if row.component == component and not row.removed]
        return sorted(here, key=lambda row: row.position)

    def papers(self, *, dropped: bool = False) -> tuple[DocumentRow, ...]:
        return self.office.read(papers.of_dossier, self.owner.dossier or "", dropped)

    def add(self, component: str | None, text: str, **given: Any) -> str:
        """A page that is there already."""
        content = given.pop("content", None) or picture(text)
        form = PageForm(self.owner, component, content, given.pop("media_type", "image/jpeg"), **given)
        made: str = self.office.perform(pages.add, form).answer
        self.screen._load()
        return made

    # -- what is seen

    def go_to(self, component: str | None, paper: str = "") -> None:
        """Mark a row by arrow keys."""
        screen = self.screen
        screen.list.setFocus()
        at = screen.places.place(lambda row: row.key == (component, paper))
        assert at >= 0
        step = "Down" if at > screen.list.currentIndex().row() else "Up"
        self.press(step, abs(at - screen.list.currentIndex().row()))
        assert screen.row is not None and screen.row.key == (component, paper)

    def words(self, widget: QWidget) -> str:
        return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())

    def codes(self) -> list[str]:
        return self.window.notices.codes()

    @property
    def title(self) -> str:
        """What the draft or dossier is called."""
        assert self.screen.bench is not None
        return self.screen.bench.title

    def told(self) -> str:
        return self.window.notices.words(self.window.notices.shown[-1])

    def offer(self, at: int = 0) -> None:
        """Press a button of the notice."""
        self.window.notices.shown[-1].offers[at].call()

    def on(self, key: str) -> bool:
        return self.window.commands[key].isEnabled()

    def settled(self) -> None:
        """Until what was written is shown."""
        self.qtbot.waitUntil(lambda: not self.screen._calm.isActive() and not self.screen.arranger.pending)

    def drop(self, files: list[Path], on: QPointF) -> None:
        """Drag files from outside and let them fall on a place of the screen."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        given = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        entered = QDragEnterEvent(on, *given)
        QApplication.sendEvent(self.screen, entered)
        assert entered.isAccepted()
        QApplication.sendEvent(self.screen, QDropEvent(on, *given))


@contextmanager
def scan_desk(
    office: Office,
    application: QApplication,
    qtbot: QtBot,
    folder: Path,
    make: Callable[[Office], Owner],
    *,
    jobs: Jobs | None = None,
    login: str = "ha",
    scanner: bool = True,
    theme: str = "light",
    scale: int = 100,
    camera: Any = None,
    **wish: Any,
) -> Iterator[ScanDesk]:
    """Before the screen, at the pages of the draft or dossier that `make` makes."""
    feeder, work = Feeder(folder / "spool"), Workshop(office.files)
    services = {"pagework": work, "scanners": feeder if scanner else None, "camera": camera}
    with (
        clock.frozen(MONDAY),
        real_window(
            application,
            office,
            *elsewhere(*PLACES),
            Place("scan", "go.scan", ScanScreen, rail=False),
            jobs=jobs or DirectJobs(),
            theme=theme,
            scale=scale,
            **services,
        ) as window,
    ):
        owner = make(office)
        act_as(office, login)
        window.show()
        enter(window, office, "home")
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        assert window.go("scan", draft=owner.draft, dossier=owner.dossier, **wish)
        desk = ScanDesk(window, office, feeder, work, qtbot, owner)
        qtbot.waitUntil(lambda: desk.screen.bench is not None)
        yield desk
        qtbot.waitUntil(lambda: not desk.screen.flow.running)


def a_draft(office: Office) -> Owner:
    """A birth, its papers not looked at yet."""
    form = write_form(made_dossier(made_person(41), procedure=BIRTH))
    return Owner(draft=office.perform(drafts.keep, DraftForm(None, "Khai sinh", form)).answer)


def a_dossier(office: Office) -> Owner:
    """A birth that was received, its certificate to be scanned later."""
    later = [{"name": BIRTH_PAPER, "originals": 1, "scan_later": True}]
    return Owner(dossier=received(office, made_person(41), procedure=BIRTH, components=later).id)
