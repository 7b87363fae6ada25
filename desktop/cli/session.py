"""One run of a command: whose office it opens, who acts, by which clock, and where its log goes."""

from __future__ import annotations

import contextlib
import getpass
import importlib
import logging
import logging.handlers
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.options import Wish
from onestop import clock
from onestop.rules.errors import RuleBroken, Trouble
from onestop.store.folder import default_folder, holds_office, lost_office
from onestop.texts import _

if TYPE_CHECKING:
    from desktop.office import Office

log = logging.getLogger("motcua")

TRAINER = "demo"
"""Who acts in a demo office when nobody else is named: a supervisor, who may do all."""

LOG_BYTES, LOGS_KEPT = 1_000_000, 3


class Session:
    """What a command is given. The office is opened when a command first asks for it, and closed at the end."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self.folder = wish.folder or default_folder()
        self._office: Office | None = None
        self._handler: logging.Handler | None = None
        self._began = time.monotonic()

    @property
    def has_office(self) -> bool:
        """Whether the folder holds an office; a look at the disk, nothing is opened."""
        return holds_office(self.folder)

    def office(self, somebody: bool = True) -> Office:
        """The office of the folder, with the clerk who acts (unless `somebody` is False), by the clock asked for.

        RuleBroken office.none, clock.demo-only, permission.nobody, clerk.unknown, login.*; StoreTrouble when the folder
        cannot be used as it is.
        """
        if self._office is None:
            if not self.has_office and not lost_office(self.folder):
                raise RuleBroken("office.none", lacks="folder", folder=str(self.folder))
            opened = importlib.import_module("desktop.office").Office.open(self.folder)
            self.take(opened)
            if self.wish.now is not None and not opened.row.demo:
                raise RuleBroken("clock.demo-only")
        assert self._office is not None
        if somebody and self._office.actor is None:
            self._let_in(self._office)
        return self._office

    def told(self, trouble: Trouble) -> Trouble:
        """`trouble` with what there is to be done about it: a damaged database with its last good copy, or without."""
        if trouble.code == "store.damaged" and "how" not in trouble.details:
            found: Trouble = importlib.import_module("desktop.office").with_copy(self.folder, trouble.code)
            return found
        return trouble

    def take(self, office: Office) -> None:
        """Work with `office` (just made or opened) from here on: by the clock that was asked for, with its log."""
        self._office = office
        self.start_log(office.folder / "logs")
        if self.wish.now is not None:
            wanted = clock.utc(self.wish.now)
            clock.replace(lambda: wanted)
            office.real_time = False

    def _let_in(self, office: Office) -> None:
        demo, login = office.row.demo, self.wish.login
        if login is None and not demo:
            raise RuleBroken("permission.nobody")
        clerk = office.clerk(login or TRAINER)
        if clerk is None and login is None:
            raise RuleBroken("permission.nobody")
        if demo and self.wish.password_file is None:
            if clerk is None or not clerk.active:
                raise RuleBroken("clerk.unknown", field="login", login=login or TRAINER)
            office.act_as(clerk)
            return
        answer = office.log_in(login or TRAINER, self._password())
        if answer.clerk is None:
            raise RuleBroken(answer.code, field="password")

    def _password(self) -> str:
        """From the file that was named, else asked for where there is a terminal to ask at."""
        file = self.wish.password_file
        if file is not None:
            try:
                return file.read_text("utf-8-sig").rstrip("\r\n")
            except (OSError, UnicodeDecodeError) as error:
                raise RuleBroken("file.missing", field="password", file=str(file)) from error
        if self.wish.json or not sys.stdin.isatty():
            raise RuleBroken("login.password-missing", field="password")
        return getpass.getpass(_("Mật khẩu của {login}: ").format(login=self.wish.login or TRAINER))

    # ---- the log ----

    def start_log(self, folder: Path) -> None:
        """Write the log into `folder` from here on. Where that cannot be, the work goes on without a log."""
        if self._handler is not None:
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._handler = logging.handlers.RotatingFileHandler(
                folder / "motcua.log", maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8", delay=True
            )
        except OSError:
            return
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s %(message)s"))
        self._handler.handleError = lambda record: None  # type: ignore[method-assign]
        root = logging.getLogger()
        root.addHandler(self._handler)
        log.setLevel(logging.INFO)

    def _copy_today(self, office: Office) -> None:
        """An office that is worked by commands alone has its daily copy, too. The answer has been given already: what
        goes wrong here is a line of the log, and Ctrl-C does without the copy."""
        try:
            if office.last_copy() != clock.today().isoformat():
                office.copy_today()
        except Trouble as trouble:
            log.warning("no copy today: %s", trouble)
        except KeyboardInterrupt:
            log.info("no copy today: given up")

    def close(self, what: str, status: int, code: str = "") -> None:
        """Write the line of this run (the command by name, never its words), make today's copy where something was
        recorded, close the office, give the clock back."""
        took = (time.monotonic() - self._began) * 1000
        log.info("%s: %s%s in %.0f ms", what, status, f" {code}" if code else "", took)
        if self._office is not None:
            if self._office.wrote and self.wish.now is None:
                self._copy_today(self._office)
            self._office.close()
            self._office = None
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            # The last lines may find the disk full: what was done is done, and what is told is told without them.
            with contextlib.suppress(OSError):
                self._handler.close()
            self._handler = None
        if self.wish.now is not None:
            clock.replace(None)
