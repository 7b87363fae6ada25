"""The window's wiring: every object is built here once, in order, and nowhere else. Read it from top to bottom.

The frame is painted before anything heavy is imported; the office is opened on the store lane meanwhile.
"""

from __future__ import annotations

import importlib
import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QFileSystemWatcher, QLockFile, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop import crash
from desktop.assets import Look, make_application
from desktop.bus import Bus, Level, Notice, Offer
from desktop.desk import Desk
from desktop.jobs import Jobs, LaneName
from desktop.settings import BY_KEY, Scope, Settings
from desktop.views.login import Door
from desktop.views.main_window import MainWindow, Place
from desktop.views.qt_words import QtWords
from desktop.views.screen import Clerk, Counter, Screen
from desktop.views.welcome import WelcomePage
from onestop import clock, texts
from onestop.rules.errors import RuleBroken, StoreTrouble, Trouble
from onestop.rules.roles import ROLE_NAMES, Role, may
from onestop.store.folder import default_folder, holds_office, lost_office
from onestop.texts import N_, _

SCREENS = (
    ("home", "go.home", "desktop.views.home", "HomeScreen", False),
    ("receive", "go.receive", "desktop.views.receive", "ReceiveScreen", False),
    ("dossiers", "go.dossiers", "desktop.views.dossiers", "DossiersScreen", False),
    ("people", "go.people", "desktop.views.people", "PeopleScreen", False),
    ("handback", "go.handback", "desktop.views.hand_back", "HandBackScreen", False),
    ("catalogue", "go.catalogue", "desktop.views.catalogue", "CatalogueScreen", False),
    ("settings", "go.settings", "desktop.views.preferences", "PreferencesScreen", True),
    ("scan", "go.scan", "desktop.views.scan", "ScanScreen", None),
    ("sign", "go.sign", "desktop.views.sign", "SignScreen", None),
    ("ratings", "go.ratings", "desktop.views.ratings", "RatingsScreen", None),
    ("templates", "go.templates", "desktop.views.templates", "TemplatesScreen", None),
)
"""Key, command, file, class, at the foot of the rail (None: not on it). A screen's file is imported when it is first
shown."""

LISTEN = 2_000
"""Milliseconds between two looks for what another process has written."""
OF_NUMBERING = ("numbering.restored", "numbering.copied", "clock.set-back")
"""What a supervisor settles on the card of the settings page that these lead to."""
COPY_AFTER = 60_000
"""Milliseconds after the start at which today's copy is made, so that it is in nobody's way."""
REST_AFTER = 1_000
"""Milliseconds after the first screen at which the rest of the program is loaded."""
BACKROOM_AFTER = 20_000
"""Milliseconds after which papers begin to get their files of record."""
LET_GO = timedelta(days=30)
"""How long a page that was taken away can be brought back."""
CLOSE_SECONDS = 10.0
SPOOL = "spool"
"""The folder, inside the office's, through which pages come from the scanner."""

log = logging.getLogger("motcua")


class Shelf:
    """Where a clerk's own choices and the office's are kept: read once, written through the desk."""

    def __init__(self, office: Any, desk: Desk, own: dict[str, Any]) -> None:
        self._office, self._desk, self._own = office, desk, own
        self._hoped: dict[str, Any] = {}

    def get(self, scope: str, key: str) -> Any:
        """The value kept, None when there is none."""
        if scope == Scope.PERSON:
            return self._own.get(key)
        return self._hoped.get(key, self._office.row.options.get(key))

    def set(self, scope: str, key: str, value: Any) -> None:
        """Keep it: the clerk's own at once on the screen, the office's after its act."""
        manage = importlib.import_module("onestop.actions.manage")
        if scope == Scope.PERSON:
            self._own[key] = value
            self._desk.do(manage.keep_setting, manage.SettingForm(key, value))
        else:
            self._hoped[key] = value
            self._desk.do(
                manage.change_office, manage.OfficeForm(options={key: value}), always=lambda: self._hoped.pop(key, None)
            )


class App(QObject):
    """One run of the window on one office's folder."""

    def __init__(
        self,
        application: QApplication,
        folder: Path,
        jobs: Jobs,
        login: str | None = None,
        now: datetime | None = None,
        language: str | None = None,
    ) -> None:
        super().__init__(application)
        self.application, self.folder, self.jobs = application, folder, jobs
        self._login, self._now, self._language = login, now, language
        self.office: Any = None
        self._at_desk: Clerk | None = None
        self._card_port: Any = None
        self._backroom: Any = None
        self.settings = Settings(folder / "settings.json")
        self.look = Look(application)
        self.bus = Bus()
        self.reports = crash.Reports(folder / "logs")
        self.desk = Desk(_NotYet(), jobs, self.bus, self.reports)
        crash.install(self.reports, self.desk.apologise)
        self._qt_words = QtWords(self)
        self._speak(language or str(self.settings.get("language")))
        self._dress()
        self.services = Services(self)
        self.window = MainWindow(self.look, self.desk, self.settings, service=self.services)
        for key, command, file, name, foot in SCREENS:
            self.window.add(Place(key, command, _maker(file, name), bool(foot), foot is not None))
        self.window.commands.bind(
            {
                "language.switch": lambda: self._choose("language", "en" if texts.language() == "vi" else "vi"),
                "theme.switch": lambda: self._choose("theme", "light" if self.look.dark else "dark"),
                "text.bigger": lambda: self._scale(+10),
                "text.smaller": lambda: self._scale(-10),
                "dossier.new": self._new_dossier,
                "guide": self._open_guide,
            }
        )
        self.settings.watch(self._setting_changed)
        self.bus.changed.connect(self._heard_change)
        self.window.closing.connect(application.quit)
        self._listener = QTimer(self, interval=LISTEN)
        self._listener.timeout.connect(self._listen)

    # ---- look and language

    def _speak(self, language: str) -> None:
        texts.use(language)
        if language == "vi":
            self.application.installTranslator(self._qt_words)
        else:
            self.application.removeTranslator(self._qt_words)

    def _dress(self) -> None:
        self.look.apply(
            str(self.settings.get("theme")),
            int(self.settings.get("text_scale")),
            compact=bool(self.settings.get("compact_rows")),
        )

    def _choose(self, key: str, value: Any) -> None:
        try:
            self.settings.set(key, value)
        except (RuleBroken, Trouble) as trouble:
            self.bus.tell(Notice(Level.WARNING, trouble.code, trouble.details))

    def _scale(self, by: int) -> None:
        setting = BY_KEY["text_scale"]
        wanted = int(self.settings.get("text_scale")) + by
        if (setting.least or 0) <= wanted <= (setting.most or wanted):
            self._choose("text_scale", wanted)

    def _setting_changed(self, key: str) -> None:
        if key in ("theme", "text_scale", "compact_rows"):
            self._dress()
        elif key == "card_port" and self._at_desk is not None:
            self._hear_port()
        elif key == "scan_folder" and self._at_desk is not None:
            self._watch_folder(afresh=True)
        elif key == "language":
            self._language = None
            self.window.speak(self._speak_as_chosen)

    def _speak_as_chosen(self) -> None:
        self._speak(str(self.settings.get("language")))
        self.window.retranslate()
        self._show_office()
        self._show_clerk()

    # ---- the office

    def open_office(self) -> None:
        """Open the office on the store lane; the window is already there."""
        self.jobs.submit(
            LaneName.STORE,
            lambda: _open(self.folder, self._now),
            done=self._opened,
            failed=self._not_opened,
            owner=self,
        )

    def _opened(self, office: Any) -> None:
        self.office = office
        self.desk.office = office
        self._show_office()
        if self._login is not None and office.row.demo:
            self.desk.ask(_clerk_of, self._login, then=self._let_in_by_switch, owner=self)
            return
        self._ask_who()

    def _not_opened(self, error: BaseException) -> None:
        if isinstance(error, StoreTrouble):
            page = WelcomePage(self.look, error.code, str(self.folder), error.details)
            page.retry.connect(lambda: self._again(page))
            page.demo.connect(lambda: self._mend(_make_demo, page))
            page.restore.connect(lambda: self._mend(_bring_back, page))
            page.leave.connect(self.window.close)
            self.window.show_page(page)
        elif isinstance(error, Trouble | RuleBroken):
            retry = Offer(N_("Thử lại"), self.open_office)
            self.bus.tell(Notice(Level.DANGER, error.code, error.details, offers=(retry,)))
        else:
            self.desk.apologise(error, self.reports.write(error, "open"))

    def _mend(self, work: Callable[[Path], None], page: WelcomePage) -> None:
        page.wait()
        self.jobs.submit(
            LaneName.STORE,
            lambda: work(self.folder),
            done=lambda _none: self.open_office(),
            failed=self._not_opened,
            owner=self,
        )

    def _again(self, page: WelcomePage) -> None:
        page.wait()
        self.open_office()

    def _show_office(self) -> None:
        if self.office is not None:
            self.window.show_office(self.office.row.parent_name)

    def _load_rest(self) -> None:
        """What the first screen does without and the next key may ask for: loaded while nobody waits."""
        self.desk.run(_load_rest, then=lambda _none: self._finders(), owner=self)
        self.take_left()

    def _finders(self) -> None:
        finds = importlib.import_module("desktop.views.finds")
        self.window.find_with(finds.finders(self.window.counter))

    # ---- who is at the desk

    def _ask_who(self) -> None:
        office_queries = importlib.import_module("onestop.queries.office")
        self.desk.ask(office_queries.clerks, then=self._show_door, owner=self)

    def _show_door(self, rows: list[Any]) -> None:
        self.window.open_login(lambda: self._door(rows), self._entered)

    def _door(self, rows: list[Any]) -> Door:
        demo = bool(self.office.row.demo)
        return Door(
            office=self.office.row.parent_name,
            clerks=[_clerk(row) for row in rows] if demo else [],
            enter=self._enter,
            pick=self._pick if demo else None,
            last_login=self._login or str(self.settings.get("last_login")),
        )

    def _enter(
        self, login: str, password: str, new_password: str | None, then: Callable[[Clerk | None, str], None]
    ) -> None:
        def answered(answer: Any) -> None:
            if answer.clerk is not None:
                self._choose("last_login", login)
            then(_clerk(answer.clerk) if answer.clerk is not None else None, answer.code)

        self.jobs.submit(
            LaneName.STORE,
            lambda: self.office.log_in(login, password, new_password),
            done=answered,
            failed=lambda error: self._login_failed(error, then),
            owner=self,
        )

    def _login_failed(self, error: BaseException, then: Callable[[Clerk | None, str], None]) -> None:
        if isinstance(error, RuleBroken | Trouble):
            then(None, error.code)
        else:
            self.desk.apologise(error, self.reports.write(error, "log in"))

    def _pick(self, login: str, then: Callable[[Clerk | None, str], None]) -> None:
        def found(row: Any) -> None:
            if row is None:
                then(None, "login.refused")
                return
            self.office.act_as(row)
            then(_clerk(row), "")

        self.desk.ask(_clerk_of, login, then=found, owner=self)

    def _let_in_by_switch(self, row: Any) -> None:
        if row is None or not row.active:
            self._ask_who()
            return
        self.office.act_as(row)
        office_queries = importlib.import_module("onestop.queries.office")
        self.desk.ask(
            office_queries.clerks,
            then=lambda rows: self.window.know_door(lambda: self._door(rows), self._entered),
            owner=self,
        )
        self._entered(_clerk(row))

    def _entered(self, clerk: Clerk) -> None:
        office_queries = importlib.import_module("onestop.queries.office")

        def with_choices(own: dict[str, Any]) -> None:
            self.settings.put_on(Shelf(self.office, self.desk, own))
            self._dress()
            if self._language is None and str(self.settings.get("language")) != texts.language():
                self._speak(str(self.settings.get("language")))
                self.window.retranslate(afresh=True)
                self._show_office()
            self._at_desk = clerk
            self._show_clerk()
            self._began_work()

        self.desk.ask(office_queries.settings_of, self.office.id, clerk.id, then=with_choices, owner=self)

    def _show_clerk(self) -> None:
        """Who is at the desk, with role and counter in the language in use; nobody where nobody has come in."""
        actor = self.office.actor if self.office is not None else None
        if actor is not None and self._at_desk is not None:
            role, counter = _role_and_counter(actor)
            clerk = replace(self._at_desk, role=role, counter=counter)
            start = str(self.settings.get("first_screen"))
            self.window.show_clerk(clerk, lambda permission: may(actor.role, permission), start)

    def _began_work(self) -> None:
        if not self._listener.isActive():
            self._listener.start()
            self.services.reader.read.connect(self._card_read)
            if self.settings.get("card_port"):
                self._hear_port()
            if self.settings.get("scan_folder"):
                self._watch_folder()
            QTimer.singleShot(COPY_AFTER, self, self._copy_today)
            QTimer.singleShot(REST_AFTER, self, self._load_rest)
            QTimer.singleShot(BACKROOM_AFTER, self, self._open_backroom)
            self.desk.run(_look_around, self.office, then=self._tell_around, owner=self)

    def _hear_port(self) -> None:
        """A card reader on a serial port: its part of the program is loaded where one is chosen."""
        if self._card_port is None:
            module = importlib.import_module("desktop.views.card_port")
            self._card_port = module.CardPort(self.desk, self.settings, self.services.reader, self)

    def _watch_folder(self, *, afresh: bool = False) -> None:
        """A folder that an office device scans into. `afresh`: it has just been chosen; once it is watched, the watch
        hears of that itself."""
        first = not self.services.watches
        watch = self.services.folder
        if first and afresh:
            watch.begin_afresh()

    def _card_read(self, text: str) -> None:
        """A card before Tiếp nhận was ever shown brings it; from then on that screen hears for itself."""
        shown = self.window.shown
        if not self.window.made("receive") and not (shown is not None and shown.reads_cards):
            self.window.go("receive", reading=text)

    # ---- what goes on beside the work

    def _listen(self) -> None:
        self.jobs.submit(
            LaneName.STORE, self.office.heard, done=self._heard, failed=lambda error: None, owner=self, key="listen"
        )

    def _heard(self, changes: Any) -> None:
        if changes:
            self.bus.changed.emit(changes)

    def _heard_change(self, changes: Any) -> None:
        if changes.of("office"):
            self._show_office()

    def _copy_today(self) -> None:
        self.desk.run(_copy, self.office, owner=self, what="progress.backup")

    def _tell_around(self, found: tuple[tuple[str, dict[str, Any]], ...]) -> None:
        for code, details in found:
            offers = (Offer(N_("Mở mục Cấp số hồ sơ"), self._open_numbering),) if code in OF_NUMBERING else ()
            self.bus.tell(Notice(Level.WARNING, code, details, key=code, offers=offers))

    def _open_numbering(self) -> None:
        self.window.go("settings", group="numbering")

    def _new_dossier(self) -> None:
        self.window.go("receive", fresh=True)

    def _open_guide(self) -> None:
        guide = importlib.import_module("desktop.views.guide")
        guide.open_guide(self.window)

    def take_left(self) -> None:
        """Pages that were on their way from the scanner when the program or the machine went down come to their draft
        or dossier now."""
        if any((self.folder / SPOOL).glob("*/*.*")):
            work = importlib.import_module("desktop.scanning").take_left
            services = self.services
            self.desk.run(work, self.office, services.pagework, services.scanners, then=self._tell_left, owner=self)

    def _open_backroom(self) -> None:
        """What is done with papers while nobody types."""
        if self._backroom is None and self.office is not None:
            module = importlib.import_module("desktop.backroom")
            self._backroom = module.Backroom(self.desk, self.office, self.services.pagework, self.settings, self.window)

    def _tell_left(self, outcome: Any) -> None:
        if outcome.came:
            self.bus.tell(Notice(Level.NOTE, "scan.left", {"count": len(outcome.came)}, "scan"))

    # ---- the end

    def close(self) -> None:
        """Let running writes end, then close the office."""
        self._listener.stop()
        if self._card_port is not None:
            self._card_port.close()
        if self._backroom is not None:
            self._backroom.stop()
        self.jobs.close(CLOSE_SECONDS)
        self.services.close()
        if self.office is not None:
            self.office.close()

    def put_away(self) -> None:
        """After `close`, where the process goes on: nothing of this window is left, least of all an ear for cards (two
        of them would hand each key to and fro)."""
        self.window.hide()
        for part in (self.window, self.look, self):
            part.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Services:
    """Adapters that screens use: printers, the way to paper, the ear for cards. Made when first asked for: the start
    does not pay."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._printers: Any = None
        self._prints: Any = None
        self._reader: Any = None
        self._scanners: Any = None
        self._pagework: Any = None
        self._camera: Any = None
        self._folder: Any = None

    @property
    def office(self) -> Any:
        """The open office, for work that is run off the GUI thread."""
        return self._app.office

    @property
    def printers(self) -> Any:
        """The printers of this machine."""
        if self._printers is None:
            self._printers = importlib.import_module("desktop.printer").printers()
        return self._printers

    @printers.setter
    def printers(self, printers: Any) -> None:
        self._printers = printers

    @property
    def prints(self) -> Any:
        """Whoever puts letters on paper, one for the window."""
        if self._prints is None:
            flow = importlib.import_module("desktop.views.printing_flow")
            self._prints = flow.PrintFlow(self._app.window.counter, self._app.window)
        return self._prints

    @property
    def scanners(self) -> Any:
        """The scanners of this machine; in a demo office a pretend one among them."""
        if self._scanners is None:
            office = self._app.office
            devices = importlib.import_module("desktop.devices.scanners")
            spool = importlib.import_module("desktop.devices.spool").Spool(self._app.folder / SPOOL)
            pretend = self._app.folder / "pretend" if office.row.demo else None
            self._scanners = devices.Scanners(spool, self._app.settings, pretend=pretend)
            self._app.settings.watch(self._scanner_chosen)
        return self._scanners

    @scanners.setter
    def scanners(self, scanners: Any) -> None:
        self._scanners = scanners

    def _scanner_chosen(self, key: str) -> None:
        if key == "scan_device":
            self._scanners.remember()

    @property
    def pagework(self) -> Any:
        """Whoever looks into pages and files, in a process of its own."""
        if self._pagework is None:
            self._pagework = importlib.import_module("desktop.pagework").Pagework(self._app.office)
        return self._pagework

    @property
    def watches(self) -> bool:
        """Is there a watch over the folder that an office device scans into?"""
        return self._folder is not None

    @property
    def folder(self) -> Any:
        """The watch over that folder."""
        if self._folder is None:
            module = importlib.import_module("desktop.views.folder_watch")
            self._folder = module.FolderWatch(self._app.window.counter, self._app)
        return self._folder

    @property
    def camera(self) -> Any:
        """The cameras of this machine; a demo office on a machine without one has a pretend one."""
        if self._camera is None:
            devices = importlib.import_module("desktop.devices.camera")
            self._camera = devices.Camera(self._app)
            if self._app.office.row.demo and not self._camera.find():
                self._camera = devices.PretendCamera(devices.pretend_pictures, self._app)
        return self._camera

    def close(self) -> None:
        """What runs beside the window ends with it."""
        if self._folder is not None:
            self._folder.stop()
        if self._pagework is not None:
            self._pagework.close()

    @property
    def reader(self) -> Any:
        """The one ear for card readers that type like a keyboard."""
        if self._reader is None:
            self._reader = importlib.import_module("desktop.views.reader").Reader(self._app.application)
            self._reader.setParent(self._app)  # it hears as long as this window lives, and no longer
        return self._reader


class _NotYet:
    """Stands for the office until it is open: nothing asks before."""

    def read(self, *_given: Any, **_named: Any) -> Any:
        raise StoreTrouble("office.not-open")

    def perform(self, *_given: Any) -> Any:
        raise StoreTrouble("office.not-open")


class OneWindow(QObject):
    """One window for a folder: a second start asks the first to come to the front, and ends.

    A folder that nobody can write to has no such lock: the window opens, and says so.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._wish = folder / "window.show"
        self._lock = QLockFile(str(folder / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._watcher: QFileSystemWatcher | None = None

    def first(self) -> bool:
        """Whether no other window has this folder open. Otherwise that one has been asked to show itself."""
        try:
            self._wish.parent.mkdir(parents=True, exist_ok=True)
            if self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError:
                return True
            self._wish.write_text(f"{clock.now().isoformat()}\n", "ascii")
        except OSError:
            return True
        return False

    def come_forward(self, window: MainWindow) -> None:
        """Bring `window` to the front whenever somebody asks."""
        try:
            self._wish.write_text("", "ascii")
        except OSError:
            return
        self._watcher = QFileSystemWatcher([str(self._wish)], self)

        def show(_path: str) -> None:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.raise_()
            window.activateWindow()

        self._watcher.fileChanged.connect(show)


# ---- what is done on a lane ---------------------------------------------------------------------------------------


def _open(folder: Path, now: datetime | None) -> Any:
    if not holds_office(folder) and not lost_office(folder):
        raise StoreTrouble("office.none", folder=str(folder))
    files = importlib.import_module("desktop.office")
    office = files.Office.open(folder, real_time=now is None)
    try:
        _ = office.row
    except StoreTrouble as trouble:
        office.close()
        raise files.with_copy(folder, trouble.code) if trouble.code == "store.damaged" else trouble from trouble
    if now is not None:
        if not office.row.demo:
            office.close()
            raise RuleBroken("clock.demo-only")
        moment = clock.utc(now)
        clock.replace(lambda: moment)
    return office


def _make_demo(folder: Path) -> None:
    founding = importlib.import_module("desktop.founding")
    office, _founded = founding.establish(folder, founding.sample())
    office.close()


def _bring_back(folder: Path) -> None:
    importlib.import_module("desktop.office").bring_back(folder)


def _clerk_of(connection: Any, login: str) -> Any:
    return importlib.import_module("onestop.queries.office").clerk(connection, login)


def _copy(report: Any, office: Any) -> None:
    def tell(done: int, total: int) -> bool:
        report.step(done, total)
        return not report.cancelled

    office.copy_today(tell)
    if office.actor is not None:
        office.perform(importlib.import_module("onestop.actions.pages").clear_out, clock.now() - LET_GO)


def _load_rest(_report: Any) -> None:
    for name in ("onestop.actions.table", "onestop.queries.reception", "desktop.reports.receipt"):
        importlib.import_module(name)


def _look_around(_report: Any, office: Any) -> tuple[tuple[str, dict[str, Any]], ...]:
    """What a person should know before the first citizen: a stopped numbering, a disk nearly full."""
    found: list[tuple[str, dict[str, Any]]] = []
    stopped = office.numbering_stopped()
    if stopped is not None:
        found.append((f"numbering.{stopped}", {}))
    last = office.clock_behind()
    if last is not None:
        found.append(("clock.set-back", {"now": clock.now(), "last": last}))
    enough = importlib.import_module("desktop.office").ENOUGH_BYTES
    free = office.free_bytes()
    if free < enough:
        found.append(("disk.nearly-full", {"free": free // (1024 * 1024)}))
    return tuple(found)


def _clerk(row: Any) -> Clerk:
    return Clerk(row.id, row.login, row.name, *_role_and_counter(row))


def _role_and_counter(row: Any) -> tuple[str, str]:
    role = _(ROLE_NAMES[Role(row.role)]) if row.role in set(Role) else row.role
    return role, _("Quầy {number}").format(number=row.counter) if row.counter else ""


def _maker(file: str, name: str) -> Callable[[Counter], Screen]:
    def make(counter: Counter) -> Screen:
        screen: Screen = getattr(importlib.import_module(file), name)(counter)
        return screen

    return make


def start_log(folder: Path) -> None:
    """The technical log: no personal data, three files of a megabyte."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = importlib.import_module("logging.handlers").RotatingFileHandler(
            folder / "motcua.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s %(message)s"))
    handler.handleError = lambda record: None  # a disk that takes no line: the work goes on without it
    logging.getLogger().addHandler(handler)


def main(
    folder: Path | None = None, language: str | None = None, login: str | None = None, now: datetime | None = None
) -> int:
    """Open the window and stay until it is closed. Gives the exit status."""
    application = make_application(sys.argv[:1])
    application.setApplicationName("motcua")
    application.setApplicationDisplayName("Một Cửa")
    application.setDesktopFileName("motcua")
    chosen = folder or default_folder()
    one = OneWindow(chosen)
    if not one.first():
        return 0
    app = App(application, chosen, Jobs(), login, now, language if language == "en" else None)
    app.window.setWindowIcon(app.look.icon("stamp"))
    app.window.resize(1366, 768)
    app.window.showMaximized()
    one.come_forward(app.window)
    # Once the frame stands: what comes now is loaded while somebody already looks at it.
    QTimer.singleShot(0, lambda: start_log(chosen / "logs"))
    QTimer.singleShot(0, app.open_office)
    status = application.exec()
    app.close()
    return status
