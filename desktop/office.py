"""The office's folder, opened without Qt: database, files, copies, who acts. For the window and the command line."""

from __future__ import annotations

import importlib
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from onestop import clock
from onestop.queries import office as office_queries
from onestop.queries.office import ClerkRow, OfficeRow
from onestop.rules.calendar import Calendar
from onestop.rules.deadline import HourRule
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.store import acts, backup, engine, highwater, work
from onestop.store.acts import Head
from onestop.store.engine import Ear, Store
from onestop.store.files import Files
from onestop.store.folder import DATABASE, default_folder, marks_folder
from onestop.store.work import Actor, Changes, Done, Kinds, Work

if TYPE_CHECKING:  # what writes is loaded when something is first written: a list is on the screen before that
    from onestop.actions.manage import LogIn

Answer = TypeVar("Answer")
Form = TypeVar("Form")

__all__ = ["DATABASE", "ENOUGH_BYTES", "Office", "default_folder", "marks_folder", "open_store", "read_json"]

ENOUGH_BYTES = 64 * 1024 * 1024
"""Below this much free disk the office is warned before a receipt, not after."""


class Office:
    """One office's folder, open. `read` and `perform` may be called from any thread."""

    def __init__(self, folder: Path, store: Store, real_time: bool = True) -> None:
        self.folder = folder
        self.store = store
        self.files = Files(folder / "files")
        self.marks = highwater.Marks(marks_folder())
        self.machine = highwater.machine_id()
        self.real_time = real_time
        self.actor: Actor | None = None
        self._row: OfficeRow | None = None
        self._own: set[int] = set()
        self._seen = -1
        self._ear: Any = None

    # ---- opening ----

    @classmethod
    def open(cls, folder: Path, key: str | None = None, real_time: bool = True) -> Office:
        """Open the office in `folder`. StoreTrouble: office.none, store.newer, store.damaged, store.unreachable."""
        path = folder / DATABASE
        if not path.exists():
            raise StoreTrouble("office.none", folder=str(folder))
        if path.stat().st_size == 0:
            # SQLite would take it for a new database and fill it: what was lost would look like an office never made.
            raise StoreTrouble("store.damaged")
        store = open_store(path, key)
        try:
            if not engine.check_version(store):
                _keep_before_upgrade(store, path)
                importlib.import_module("onestop.store.migrate").upgrade(store)
        except StoreTrouble:
            store.close()
            raise
        return cls(folder, store, real_time)

    def close(self) -> None:
        """Close the database."""
        self.store.close()

    # ---- reading and writing ----

    @property
    def id(self) -> str:
        """The office's id, which every query asks for."""
        return self.row.id

    @property
    def row(self) -> OfficeRow:
        """The office's particulars, as last read."""
        if self._row is None:
            self._row = self.read(office_queries.this_office)
        if self._row is None:
            raise StoreTrouble("office.none")
        return self._row

    def forget_row(self) -> None:
        """The particulars have changed: read them again next time."""
        self._row = None

    def read(self, query: Callable[..., Answer], *args: Any, **options: Any) -> Answer:
        """Run one query on a connection of its own."""
        with self.store.reading() as connection:
            return query(connection, *args, **options)

    def perform(self, action: Callable[[Work, Form], Answer], form: Form) -> Done[Answer]:
        """Run one action as the clerk who is logged in, in one transaction; then move the high-water mark.

        RuleBroken("permission.nobody") when nobody is logged in.
        """
        if self.actor is None:
            raise RuleBroken("permission.nobody")
        done = work.perform(
            self.store, kinds(), self.files, self.actor, action, form, real_time=self.real_time, guard=self._guard
        )
        self._own.update(range(done.head.dseq - done.acts + 1, done.head.dseq + 1))
        if done.changes.of("office"):
            self.forget_row()
        if done.acts:
            self.keep_mark(done.head, done.given)
        return done

    def heard(self) -> Changes | None:
        """What another process has written since the last call (the command line beside the window); None = nothing.

        Always called by the same thread: SQLite tells a connection only of what others wrote.
        """
        if self._ear is None:
            self._ear = Ear(self.store)
        if self._seen >= 0 and not self._ear.changed():
            return None
        if self._seen < 0:
            self._seen = self.read(office_queries.last_act)
            return None
        news = self.read(office_queries.news, self._seen, frozenset(self._own))
        self._seen = news.last
        self._own.clear()
        if news.touched.get("office"):
            self.forget_row()
        return Changes(news.touched) if news.touched else None

    def log_in(self, login: str, password: str, new_password: str | None = None) -> LogIn:
        """Let a clerk in; afterwards he is the one who acts."""
        manage = _manage()
        before = self.actor
        self.actor = Actor("log-in", "", "")
        try:
            answer: LogIn = self.perform(manage.log_in, manage.LogInForm(login, password, new_password)).answer
        finally:
            self.actor = before
        if answer.clerk is not None:
            self.act_as(answer.clerk)
        return answer

    def act_as(self, clerk: ClerkRow) -> None:
        """Let `clerk` act (who has proved himself some other way, or in a demo office)."""
        self.actor = Actor(clerk.id, clerk.name, clerk.role, clerk.counter)

    def clerk(self, login: str) -> ClerkRow | None:
        """The clerk with this login."""
        return self.read(office_queries.clerk, login)

    def calendar(self) -> Calendar:
        """The office's hours, holidays and make-up days."""
        return self.read(office_queries.calendar)

    def hour_rule(self) -> HourRule:
        """Which hour of the due day the office promises."""
        return self.read(office_queries.hour_rule)

    # ---- numbering ----

    def _guard(self, here: Head) -> tuple[str | None, Mapping[str, int]]:
        mark = self.marks.read(here.device_id)
        stopped = highwater.suspicion(here, mark, self.machine)
        return stopped, mark.orders if mark is not None else {}

    def keep_mark(self, here: Head, given: Mapping[str, int]) -> None:
        """Move the mark outside the folder to where the chain stands, with the numbers just given (by full name)."""
        self.marks.write(highwater.Mark(here.device_id, here.epoch, here.dseq, self.machine, dict(given)))

    def numbering_stopped(self) -> str | None:
        """Why this folder may not number ("restored", "copied"), or None."""
        here = self.read(acts.head)
        return None if here is None else self._guard(here)[0]

    def resume_numbering(self, reason: str, counter: int | None = None, old_machine_retired: bool = False) -> None:
        """A supervisor's word after a restore or a move: a new epoch opens above every number known."""
        here = self.read(acts.head)
        assert here is not None
        _, floors = self._guard(here)
        manage = _manage()
        form = manage.ResumeForm(reason, self.machine, counter, old_machine_retired, floors)
        self.perform(manage.resume, form)

    # ---- copies and room ----

    @property
    def backups(self) -> Path:
        """The folder of daily copies."""
        return self.folder / "backups"

    def copy_today(self, progress: Callable[[int, int], bool] | None = None) -> Path | None:
        """Make today's verified copy unless it is there."""
        return backup.copy_today(self.store, self.backups, clock.today(), progress=progress)

    def last_copy(self) -> str | None:
        """The day of the latest copy ("2026-11-23"), None while there is none."""
        found = backup.copies(self.backups)
        return found[0].day if found else None

    def free_bytes(self) -> int:
        """Room left on the disk of the folder."""
        return shutil.disk_usage(self.folder).free


def kinds() -> Kinds:
    """Every kind of act, loaded when the first is asked for."""
    found: Kinds = importlib.import_module("onestop.actions.table").KINDS
    return found


def _manage() -> Any:
    return importlib.import_module("onestop.actions.manage")


def open_store(path: Path, key: str | None) -> Store:
    driver = importlib.import_module("sqlcipher3.dbapi2") if key else None
    return engine.open_sqlite(path, key, driver)


def _keep_before_upgrade(store: Store, path: Path) -> None:
    """A whole copy beside the database before its tables change. Without room for one the upgrade does not begin."""
    if engine.version(store) is not None:
        backup.copy_to(store, path.with_name(f"{path.stem}.before-upgrade{path.suffix}"))


def read_json(path: Path) -> Any:
    """A JSON file that a person made. RuleBroken file.missing, file.not-json."""
    try:
        return json.loads(path.read_text("utf-8-sig"), parse_constant=_not_json)
    except OSError as error:
        raise RuleBroken("file.missing", file=str(path)) from error
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise RuleBroken("file.not-json", file=str(path), reason=str(error)) from error


def _not_json(constant: str) -> float:
    """NaN and Infinity, which Python reads and writes but JSON does not know: another database would not take them."""
    raise ValueError(constant)
