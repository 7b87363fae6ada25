"""`motcua tour OUT`: a whole working day in a temporary demo office, through the real window, by keys alone.

Keys go the way of a keyboard's (through the platform's window, so shortcuts, popups and the reader's ear see them),
words the way of an input method. The day itself is written in `tour_day.py` as generators that say what they wait for;
the clock stands at a Monday morning and ticks, so that two tours give the same pictures.
"""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import sys
import tempfile
import threading
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QInputMethodEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import App
from desktop.assets import make_application
from desktop.bus import Level
from desktop.cli.options import Parser
from desktop.cli.output import BUG, DONE, Answer, facts, table, write
from desktop.cli.session import Session
from desktop.cli.tour_day import DAY
from desktop.cli.tour_steps import Missed, Step, Wait
from desktop.jobs import Jobs
from desktop.printer import PretendPrinters
from onestop import clock, texts
from onestop.clock import VIETNAM
from onestop.rules import why
from onestop.rules.errors import StoreTrouble
from onestop.texts import _

FOUNDED = datetime(2026, 11, 16, 7, 5, tzinfo=VIETNAM)
"""The week before the day of the tour, which is a Monday before a day off."""
SIZE = (1366, 768)
THEMES = ("light", "dark")
PRINTERS = ("Quầy 3 A4", "Quầy 3 A5")
TICK = 8
"""Milliseconds between two looks at what the day waits for."""
PATIENCE = 45.0
"""Seconds that any one thing may keep the day waiting."""
LONGEST = 60.0
"""Seconds of one step."""
DOTS = 200
"""Dots per inch at which a page is drawn to read its code."""
RESTED = 0.25
"""Seconds in which whatever waits for a rest (a search, a pane, a sum) begins: only then can all be quiet."""
PLACES = ("home", "receive", "dossiers", "people", "handback", "catalogue", "settings")
"""A step that names one of these is there whenever a picture is taken."""
SETTLED = 3
"""Looks in a row at which nothing is under way: then a picture may be taken."""
BETWEEN_LETTERS = 0.045
"""Seconds between two letters of a person; a reader types faster."""
ALL_QUIET = 0.13
"""Seconds of silence after which the reader's ear takes the next letter for a person's."""


class Ticking:
    """The clock of the tour: it stands where a step has put it, and runs from there, but never into the next minute."""

    def __init__(self, moment: datetime) -> None:
        self._lock = threading.Lock()
        self.put(moment)

    def put(self, moment: datetime) -> None:
        """It is this time now."""
        self._moment, self._since = moment, time.monotonic()

    def at(self, hour: int, minute: int) -> None:
        """The same by the hour of the day; an hour that has passed leaves the clock as it goes."""
        wanted = self._moment.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if wanted > self._moment:
            self.put(wanted)

    def now(self) -> datetime:
        """The instant, UTC."""
        with self._lock:
            run = min(time.monotonic() - self._since, 59.0)
            return clock.utc(self._moment + timedelta(seconds=run))


@dataclass
class Told:
    """What became of a step."""

    name: str
    screen: str
    seconds: float = 0.0
    files: list[str] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)
    ok: bool = True
    error: str = ""

    def plain(self) -> dict[str, Any]:
        """As it stands in tour.json."""
        kept = {name: getattr(self, name) for name in ("name", "screen", "files", "checked", "ok")}
        said = {"error": self.error} if self.error else {}
        return {**kept, "seconds": round(self.seconds, 3), **said}


@dataclass
class Counted:
    """One dossier: what it cost. Seconds are the machine's, with letters typed as fast as it hears them, without the
    taking of pictures."""

    name: str
    keys: int
    scans: int
    seconds: float
    code: str = ""


class Hands:
    """What a clerk's hands can do. `keys` counts presses: a letter with marks as many as Telex needs for it."""

    def __init__(self) -> None:
        self.keys = 0
        self.scans = 0

    def press(self, keys: str, times: int = 1) -> None:
        """Press a key or a chord: "F9", "Ctrl+D", "Down"."""
        sequence: Any = QKeySequence.fromString(keys, QKeySequence.SequenceFormat.PortableText)
        combination = sequence[0]
        key, modifiers = combination.key(), combination.keyboardModifiers()
        plain = not modifiers & ~Qt.KeyboardModifier.ShiftModifier
        text = _TEXTS.get(key, chr(key).lower() if plain and 0x20 <= key < 0x7F else "")
        for _time in range(times):
            self.keys += 1
            self._send(key, text, modifiers)

    def letter(self, char: str) -> None:
        """Press the key of one letter or figure."""
        self.keys += 1
        self._send(_key_of(char), char, Qt.KeyboardModifier.NoModifier)

    def write(self, text: str) -> None:
        """Write words through the input method, as Vietnamese is written: each word grows, then it is committed."""
        for number, word in enumerate(text.split(" ")):
            if number:
                self.keys += 1
                self._commit(" ")
            for end in range(1, len(word) + 1):
                self._preedit(word[:end])
            self._commit(word)
            self.keys += telex(word)

    def scan(self, text: str) -> None:
        """A reader types a card, as fast as readers do, and ends with Enter."""
        self.scans += 1
        for char in text:
            self._send(_key_of(char), char, Qt.KeyboardModifier.NoModifier)
        self._send(Qt.Key.Key_Return, "\r", Qt.KeyboardModifier.NoModifier)

    @staticmethod
    def _send(key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier) -> None:
        for action in (QTest.KeyAction.Press, QTest.KeyAction.Release):
            window: Any = QGuiApplication.focusWindow()
            box = QApplication.activeModalWidget()
            if window is None and box is not None:
                window = box.windowHandle()  # without a window manager a list under a field may leave nobody in focus
            if window is not None:
                QTest.sendKeyEvent(action, window, key, text, modifiers)
            elif action is QTest.KeyAction.Press:
                raise Missed("no window has the keyboard")

    def _preedit(self, text: str) -> None:
        self._compose(QInputMethodEvent(text, []))

    def _commit(self, text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        self._compose(event)

    @staticmethod
    def _compose(event: QInputMethodEvent) -> None:
        target: Any = QGuiApplication.focusObject()
        if target is None:
            raise Missed("nothing takes what is written")
        QCoreApplication.sendEvent(target, event)


_TEXTS = {
    Qt.Key.Key_Return: "\r",
    Qt.Key.Key_Enter: "\r",
    Qt.Key.Key_Tab: "\t",
    Qt.Key.Key_Backspace: "\b",
    Qt.Key.Key_Escape: "\x1b",
    Qt.Key.Key_Delete: "\x7f",
}


def _key_of(char: str) -> Qt.Key:
    upper = char.upper()
    return Qt.Key(ord(upper)) if len(upper) == 1 and 0x20 <= ord(upper) < 0x7F else Qt.Key.Key_unknown


def telex(word: str) -> int:
    """Presses that a word takes in Telex: one for each letter, one more for each mark and for đ."""
    plain = unicodedata.normalize("NFD", word)
    return len(plain) + sum(char in "đĐ" for char in plain)


class Tour(Hands):
    """One tour under way: what the steps of the day are given."""

    def __init__(self, application: QApplication, folder: Path, out: Path, themes: Sequence[str]) -> None:
        super().__init__()
        self.application, self.folder, self.out, self.themes = application, folder, out, themes
        self.clock = Ticking(FOUNDED)
        self.printers = PretendPrinters(folder / "paper", PRINTERS)
        self.jobs = Jobs()
        self.app = App(application, folder / "office", self.jobs)
        self.app.window.counter.service.printers = self.printers
        self.told: list[Told] = []
        self.dossiers: list[Counted] = []
        self.notes: dict[str, Any] = {}
        self._papers = 0
        self.astray = False
        application.focusWindowChanged.connect(self._moved)
        self._before: tuple[int, int, float] = (0, 0, 0.0)
        self._pictured = 0.0

    def _moved(self, window: Any) -> None:
        """A part that is shown before it has its place is a window of its own for a moment, and takes the keyboard."""
        nobody = window is None and self.application.activeModalWidget() is None
        self.astray = self.astray or (nobody and self.app.window.isVisible())

    def take_keyboard(self) -> None:
        """A dialog is gone: where there is no window manager, nobody else gives the window the keyboard back."""
        self.app.window.activateWindow()
        self.astray = False

    # -- what is there to be looked at

    @property
    def window(self) -> Any:
        """The window."""
        return self.app.window

    @property
    def screen(self) -> Any:
        """The screen that is shown."""
        return self.app.window.shown

    @property
    def focus(self) -> Any:
        """The widget that has the keyboard."""
        return self.application.focusWidget()

    @property
    def office(self) -> Any:
        """The open office, to look whether what was done is there."""
        return self.app.office

    @property
    def here(self) -> Told:
        """The step under way."""
        return self.told[-1]

    def within(self, widget: Any) -> bool:
        """Has this widget, or one inside it, the keyboard?"""
        return widget is not None and (self.focus is widget or (self.focus and widget.isAncestorOf(self.focus)))

    def seen(self) -> str:
        """Where things stand, in one line for whoever reads why a step failed."""
        focus, window = self.focus, QGuiApplication.focusWindow()
        words = getattr(focus, "text", None)
        parts = {
            "screen": self.app.window.here,
            "focus": focus and f"{type(focus).__name__} “{focus.accessibleName()}”",
            "text": words() if callable(words) else None,
            "keyboard": window.objectName() if window is not None else None,
            "popup": self.application.activePopupWidget() and type(self.application.activePopupWidget()).__name__,
            "under way": self.jobs.busy,
            "notices": ", ".join(self.app.window.notices.codes()[-3:]),
        }
        return ", ".join(f"{name}: {value}" for name, value in parts.items())

    # -- waiting and checking

    def quiet(self) -> Wait:
        """Until nothing is under way."""
        calm = 0

        def still() -> bool:
            nonlocal calm
            calm = 0 if self.jobs.busy else calm + 1
            return calm >= SETTLED

        return Wait("nothing under way", still)

    def pause(self, seconds: float) -> Wait:
        """For a while, as a person does."""
        until = time.monotonic() + seconds
        return Wait("a moment", lambda: time.monotonic() >= until)

    def check(self, what: str, holds: object) -> None:
        """Note that this was looked at; Missed when it is not so."""
        if not holds:
            raise Missed(what)
        self.here.checked.append(what)

    def told_code(self, code: str) -> bool:
        """Has a notice with this code been told?"""
        return code in self.window.notices.codes()

    def spell(self, text: str) -> Iterator[Wait]:
        """Press the keys of a text one by one, as slowly as a fast person."""
        yield self.pause(ALL_QUIET)
        for char in text:
            self.letter(char)
            yield self.pause(BETWEEN_LETTERS)

    def command(self, words: str) -> Iterator[Wait]:
        """Find a command by its words in the search of the top bar, and run it."""
        self.press("Ctrl+K")
        self.write(words)
        palette = self.window.palette_search
        yield Wait(f"“{words}” is found", lambda: any(hit.title == words for hit in palette.hits()))
        for _row in range(len(palette.hits())):
            item = palette.list.currentItem()
            if item is not None and item.text() == words:
                break
            self.press("Down")
        item = palette.list.currentItem()
        self.check(f"“{words}” is the one chosen", item is not None and item.text() == words)
        self.press("Return")

    # -- what is kept

    def picture(self, name: str) -> Iterator[Wait]:
        """Keep the window as it is, in every theme of this tour: NAME-light-vi.png. The last theme stays: to change it
        is what a picture costs most."""
        began, look = time.monotonic(), self.app.look
        yield self.pause(RESTED)
        yield self.quiet()
        wanted, here = self.here.screen, self.app.window.here
        if wanted in PLACES and here != wanted:
            raise Missed(f"the picture {name} would show “{here}”, not “{wanted}”")
        for theme in sorted(self.themes, key=lambda theme: look.dark != (theme == "dark")):
            if look.dark != (theme == "dark"):
                look.apply(theme, look.scale, compact=look.compact)
                yield self.pause(0.04)
                yield self.quiet()
            file = f"{name}-{theme}-{texts.language()}.png"
            self._grab().save(str(self.out / file))
            self.here.files.append(file)
        self._pictured += time.monotonic() - began

    def _grab(self) -> QPixmap:
        """The window with whatever lies over it: menus, boxes."""
        window: QWidget = self.app.window
        picture = window.grab()
        painter = QPainter(picture)
        for other in self.application.topLevelWidgets():
            if other is not window and other.isVisible() and other.isWindow() and not other.size().isEmpty():
                painter.drawPixmap(other.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0)), other.grab())
        painter.end()
        return picture

    def keep_paper(self, name: str, count: int = 1) -> Iterator[Wait]:
        """Wait until this many sheets have come out of the printer since the last time; keep them as NAME.pdf."""
        wanted = self._papers + count
        yield Wait(f"{count} sheet(s) from the printer", lambda: len(self.printers.paper()) >= wanted)
        yield self.quiet()
        paper = self.printers.paper()
        for number, file in enumerate(paper[self._papers : wanted], 1):
            kept = f"{name}.pdf" if count == 1 else f"{name}-{number}.pdf"
            (self.out / kept).write_bytes(file.read_bytes())
            self.here.files.append(kept)
        self.check("the printer was asked as often as it should", len(paper) == wanted)
        self._papers = wanted

    def codes(self, name: str) -> list[str]:
        """What the QR codes on the first page of a kept paper say, read from the drawn page."""
        document = QPdfDocument()
        document.load(str(self.out / name))
        size = document.pagePointSize(0)
        drawn = document.render(0, (size * DOTS / 72).toSize())
        page = QImage(drawn.size(), QImage.Format.Format_Grayscale8)
        page.fill(Qt.GlobalColor.white)
        painter = QPainter(page)
        painter.drawImage(0, 0, drawn)
        painter.end()
        where = (page.width(), page.height())
        picture = Image.frombuffer("L", where, bytes(page.constBits()), "raw", "L", page.bytesPerLine(), 1)
        document.close()
        return [found.text for found in zxingcpp.read_barcodes(picture)]

    def words(self, name: str) -> str:
        """The text of a kept paper."""
        return "\n".join(page.extract_text() for page in PdfReader(self.out / name).pages)

    def pages(self, name: str) -> int:
        """The number of its pages."""
        return len(PdfReader(self.out / name).pages)

    @property
    def papers(self) -> int:
        """How many sheets have been kept so far."""
        return self._papers

    def begin_dossier(self) -> None:
        """Count from here."""
        self._before = (self.keys, self.scans, time.monotonic() - self._pictured)

    def end_dossier(self, name: str, code: str = "") -> None:
        """So much did this one cost."""
        keys, scans, since = self._before
        seconds = round(time.monotonic() - self._pictured - since, 2)
        self.dossiers.append(Counted(name, self.keys - keys, self.scans - scans, seconds, code))


class Guide(QObject):
    """Leads through the steps, one look after the other, inside the one event loop."""

    def __init__(self, tour: Tour, steps: Sequence[Step]) -> None:
        super().__init__()
        self._tour, self._steps = tour, list(steps)
        self._now: Iterator[Wait] | None = None
        self._wait: Wait | None = None
        self._since = self._began = 0.0
        self._bugs = 0
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin with the first step."""
        self._timer.start()

    def finish(self) -> None:
        """The event loop has ended: the last step may have closed the window; no other may have."""
        self._timer.stop()
        if self._now is not None:
            self._wait = None
            self._look()
        if self._now is not None or self._steps:
            self._tour.here.ok = False
            self._tour.here.error = self._tour.here.error or "the window was closed before the day was over"

    def _look(self) -> None:
        try:
            self._advance()
        except StopIteration:
            self._end()
        except Missed as missed:
            self._fail(str(missed))
        except Exception as error:  # noqa: BLE001  (a step that breaks is a failed step: the day goes on)
            self._fail(f"{type(error).__name__}: {error}")

    def _advance(self) -> None:
        if self._now is None:
            self._next()
            return
        if self._wait is not None:
            if not self._wait.true():
                waited, whole = time.monotonic() - self._since, time.monotonic() - self._began
                if waited > PATIENCE or whole > LONGEST:
                    raise Missed(f"waited {waited:.0f} s for: {self._wait.what} ({self._tour.seen()})")
                return
            self._wait = None
        self._wait = next(self._now)
        self._since = time.monotonic()

    def _next(self) -> None:
        if not self._steps:
            self._timer.stop()
            self._tour.application.quit()
            return
        step = self._steps.pop(0)
        notices = self._tour.app.window.notices
        while notices.shown and notices.shown[-1].level in (Level.GOOD, Level.NOTE):
            notices.put_away()  # by the day's clock minutes have passed: it has left, or the clerk has put it away
        self._tour.told.append(Told(step.name, step.screen))
        self._began = time.monotonic()
        self._wait, self._now = None, step.way(self._tour)

    def _end(self) -> None:
        told = self._tour.here
        told.seconds = time.monotonic() - self._began
        bugs = sorted((self._tour.folder / "office" / "logs").glob("crash-*.txt"))
        if len(bugs) > self._bugs:
            told.ok, told.error = False, "\n".join(bug.read_text("utf-8") for bug in bugs[self._bugs :])
            self._bugs = len(bugs)
        if self._tour.astray:
            self._tour.astray = False
            told.ok, told.error = False, f"{told.error}\nthe window lost the keyboard".strip()
            self._tour.app.window.activateWindow()
        self._now = None

    def _fail(self, why: str) -> None:
        told = self._tour.here
        told.ok, told.error = False, why
        self._now = None
        window = self._tour.app.window
        file = f"failed-{told.name}.png"
        window.grab().save(str(self._tour.out / file))
        told.files.append(file)
        before = told.error
        self._end()
        told.error = "\n".join(dict.fromkeys((before, told.error)))
        for _layer in range(3):  # whatever is open is put away, so that the next step finds the screen
            with contextlib.suppress(Missed):
                self._tour.press("Esc")


def take(out: Path, steps: Sequence[Step], themes: Sequence[str] = THEMES) -> dict[str, Any]:
    """Do the steps, keep pictures and papers in `out`; what tour.json says. No office of the person is touched."""
    there = QApplication.instance()
    application = there if isinstance(there, QApplication) else make_application(sys.argv[:1])
    began = time.monotonic()
    hooks = (sys.excepthook, threading.excepthook)
    language, marks = texts.language(), os.environ.get("MOTCUA_STATE_DIR")
    flash = application.cursorFlashTime()
    with _own_folder() as folder:
        os.environ["MOTCUA_STATE_DIR"] = str(folder / "marks")
        tour: Tour | None = None
        try:
            application.setCursorFlashTime(0)
            application.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
            application.setApplicationName("motcua")
            tour = Tour(application, folder, out, themes)
            clock.replace(tour.clock.now)
            window = tour.app.window
            window.setWindowIcon(tour.app.look.icon("stamp"))
            window.resize(*SIZE)
            window.show()
            window.activateWindow()
            guide = Guide(tour, steps)
            QTimer.singleShot(0, tour.app.open_office)
            QTimer.singleShot(0, guide.start)
            application.exec()
            guide.finish()
            tour.app.close()
            return _summary(tour, time.monotonic() - began)
        finally:
            if tour is not None:
                tour.app.put_away()
                gc.collect()
            clock.replace(None)
            sys.excepthook, threading.excepthook = hooks
            texts.use(language)
            application.setCursorFlashTime(flash)
            if marks is None:
                os.environ.pop("MOTCUA_STATE_DIR", None)
            else:
                os.environ["MOTCUA_STATE_DIR"] = marks


@contextlib.contextmanager
def _own_folder() -> Iterator[Path]:
    """A folder for the tour alone, gone afterwards; of the same name each time where that is free, for it stands on
    the welcome page."""
    folder = Path(tempfile.gettempdir()) / "motcua-tour"
    try:
        folder.mkdir(mode=0o700)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="motcua-tour-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _summary(tour: Tour, seconds: float) -> dict[str, Any]:
    costs = [
        {"name": each.name, "code": each.code, "keystrokes": each.keys, "scans": each.scans, "seconds": each.seconds}
        for each in tour.dossiers
    ]
    received = [each for each in tour.dossiers if each.code]
    return {
        "ok": all(told.ok for told in tour.told),
        "seconds": round(seconds, 1),
        "steps": [told.plain() for told in tour.told],
        "figures": {
            "dossiers_received": len(received),
            "receipts_printed": sum(name.startswith("receipt") for told in tour.told for name in told.files),
            "papers": len(tour.printers.paper()),
            "pictures": sum(name.endswith(".png") for told in tour.told for name in told.files),
            "keystrokes": tour.keys,
            "dossiers": costs,
        },
    }


# -- the command


def build(parser: Parser) -> None:
    """`motcua tour OUT [--short]`."""
    parser.add_argument("out", metavar="OUT", help=_("thư mục để ảnh và giấy tờ"))
    parser.add_argument("--short", action="store_true", help=_("chỉ một hồ sơ, nền sáng"))
    parser.set_defaults(action=action)


def action(session: Session, read: Any) -> Answer:
    """Do the tour. Exit status 1 when a step did not hold: it is named."""
    out = Path(read.out)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreTrouble("file.unwritable", file=str(out), reason=why.of_system(error)) from error
    if not _display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    steps = [step for step in DAY if step.short or not read.short]
    summary = take(out, steps, THEMES[:1] if read.short else THEMES)
    with (out / "tour.json").open("w", encoding="utf-8") as file:
        write(file, summary)
    return Answer(summary, _words(summary, out), DONE if summary["ok"] else BUG)


def _display() -> bool:
    """Is there a screen to open a window on?"""
    return os.name == "nt" or sys.platform == "darwin" or bool(os.getenv("DISPLAY") or os.getenv("WAYLAND_DISPLAY"))


def _words(summary: dict[str, Any], out: Path) -> str:
    """The same for the eye: the steps, what a dossier cost, what did not hold."""
    figures = summary["figures"]
    rows = [
        ("✓" if step["ok"] else "✗", step["name"], f"{step['seconds']:.1f} s", len(step["files"]))
        for step in summary["steps"]
    ]
    costs = [
        (each["code"] or "–", each["name"], each["keystrokes"], each["scans"], f"{each['seconds']:.1f} s")
        for each in figures["dossiers"]
    ]
    wrong = [f"✗ {step['name']}: {step['error']}" for step in summary["steps"] if not step["ok"]]
    said = facts(
        (
            (_("Hồ sơ đã nhận"), figures["dossiers_received"]),
            (_("Giấy đã in"), figures["papers"]),
            (_("Ảnh"), figures["pictures"]),
            (_("Số lần gõ phím"), figures["keystrokes"]),
            (_("Thời gian"), f"{summary['seconds']:.1f} s"),
            (_("Thư mục"), str(out)),
        )
    )
    parts = [
        table(("", _("Bước"), _("Thời gian"), _("Tệp")), rows),
        table((_("Mã hồ sơ"), _("Hồ sơ"), _("Gõ phím"), _("Quét thẻ"), _("Thời gian")), costs),
        said,
        "\n".join(wrong),
    ]
    return "\n\n".join(part for part in parts if part)
