"""The screen "Ký số" on a real office: papers that wait, a key in a file, and the hands of the clerk before it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.cli.tour import Hands
from desktop.jobs import DirectJobs, Jobs, alive
from desktop.office import Office
from desktop.views.main_window import MainWindow, Place
from desktop.views.sign import SignScreen
from onestop import clock
from tests.desktop.real import elsewhere, enter, here, real_window
from tests.helpers.feeder import Workshop
from tests.helpers.office import act_as
from tests.helpers.signing import NOW
from tests.helpers.waiting_papers import key_file, some

PLACES = ("home", "dossiers", "settings", "scan")


class SignDesk(Hands):
    """The screen, and the hands of the clerk before it."""

    def __init__(self, window: MainWindow, office: Office, qtbot: QtBot) -> None:
        super().__init__()
        self.window, self.office, self.qtbot = window, office, qtbot
        self.screen: SignScreen = here(window, SignScreen)
        self.foot = self.screen.foot

    def focus(self) -> QWidget | None:
        return QApplication.focusWidget()

    def words(self, widget: QWidget) -> str:
        return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())

    def pin(self, typed: str) -> None:
        """Go to the PIN with F9, where it is asked for, and type it."""
        if not self.foot.pin.hasFocus():
            self.press("F9")
        assert self.foot.pin.hasFocus()
        self.write(typed)

    def over(self) -> None:
        """Until the batch is over and the list is as it is now."""
        screen = self.screen
        self.qtbot.waitUntil(lambda: not screen.flow.running and not screen._calm.isActive(), timeout=20_000)


@contextmanager
def sign_desk(
    office: Office,
    application: QApplication,
    qtbot: QtBot,
    folder: Path,
    *,
    count: int = 3,
    way: str = "file",
    jobs: Jobs | None = None,
    theme: str = "light",
    scale: int = 100,
) -> Iterator[SignDesk]:
    """Before the screen, with so many papers waiting for the clerk "ha"."""
    places = [*elsewhere(*PLACES), Place("sign", "go.sign", SignScreen, rail=False)]
    how = {"jobs": jobs or DirectJobs(), "theme": theme, "scale": scale, "pagework": Workshop(office.files)}
    with clock.frozen(NOW), real_window(application, office, *places, **how) as window:
        act_as(office, "ha")
        some(office, count)
        settings = window.counter.settings
        settings.set("sign_way", way)
        if way == "file":
            settings.set("sign_file", str(key_file(folder)))
        if way == "program":
            settings.set("sign_program", "pretend")
        window.show()
        enter(window, office, "home")
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        assert window.go("sign")
        desk = SignDesk(window, office, qtbot)
        qtbot.waitUntil(lambda: desk.screen.queue is not None)
        yield desk
        qtbot.waitUntil(lambda: not alive(desk.screen) or not desk.screen.flow.running)
