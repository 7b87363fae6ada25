"""The office's folder, opened without Qt: database, files, copies, who acts. For the window and the command line."""

from __future__ import annotations

import importlib
import json
import shutil
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from onestop import clock
from onestop.queries import office as office_queries
from onestop.queries.office import ClerkRow, OfficeRow
from onestop.rules import why
from onestop.rules.calendar import Calendar
from onestop.rules.deadline import HourRule
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.store import acts, backup, engine, highwater, work
from onestop.store.acts import Head
from onestop.store.engine import Ear, Store
from onestop.store.files import Files
from onestop.store.folder import DATABASE, default_folder, lost_office, marks_folder
from onestop.store.privacy import tighten
from onestop.store.schema import read_instant
from onestop.store.work import Actor, Changes, Done, Kinds, Work

if TYPE_CHECKING:  # what writes is loaded when something is first written: a list is on the screen before that
    from onestop.actions.manage import LogIn
    from onestop.actions.resuming import ClockCorrected

Answer = TypeVar("Answer")
Form = TypeVar("Form")

__all__ = [
    "DATABASE",
    "ENOUGH_BYTES",
    "Office",
    "bring_back",
    "default_folder",
    "marks_folder",
    "open_store",
    "read_json",
    "with_copy",
]

PRIVATE = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", "files", "backups", "logs", "settings.json")
"""What in the folder is nobody else's business."""

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
        self.wrote = False
        """Whether anything was recorded since it was opened."""
        self._row: OfficeRow | None = None
        self._own: set[int] = set()
        self._seen = -1
        self._ear: Any = None

    # ---- opening ----

    @classmethod
    def open(cls, folder: Path, key: str | None = None, real_time: bool = True) -> Office:
        """Open the office in `folder`. StoreTrouble: office.none, office.lost (one has worked here, its database is
        gone), store.newer, store.damaged, store.unreachable."""
        path = folder / DATABASE
        if not path.exists():
            lost = lost_office(folder)
            raise with_copy(folder, "office.lost") if lost else StoreTrouble("office.none", folder=str(folder))
        if path.stat().st_size == 0:
            # SQLite would take it for a new database and fill it: what was lost would look like an office never made.
            raise with_copy(folder, "store.damaged")
        tighten(folder, PRIVATE)
        store = open_store(path, key)
        try:
            if not engine.check_version(store):
                if engine.version(store) is None:
                    # No tables: made by whoever opened what was no longer there. It is no office, and becomes none.
                    raise StoreTrouble("store.damaged")
                _keep_before_upgrade(store, path)
                importlib.import_module("onestop.store.migrate").upgrade(store)
        except StoreTrouble as trouble:
            store.close()
            if trouble.code == "store.damaged":
                raise with_copy(folder, trouble.code) from trouble
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

    def perform(self, action: Callable[[Work, Form], Answer], form: Form, clerk: Actor | None = None) -> Done[Answer]:
        """Run one action as the clerk who is logged in, in one transaction; then move the high-water mark. `clerk`: as
        this one, who began it while he was.

        RuleBroken("permission.nobody") when nobody is logged in.
        """
        actor = clerk or self.actor
        if actor is None:
            raise RuleBroken("permission.nobody")
        done = work.perform(
            self.store, kinds(), self.files, actor, action, form, real_time=self.real_time, guard=self._guard
        )
        self._own.update(range(done.head.dseq - done.acts + 1, done.head.dseq + 1))
        if done.changes.of("office"):
            self.forget_row()
        if done.acts:
            self.wrote = True
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
        manage = _actions("manage")
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

    def _guard(self, here: Head) -> tuple[str | None, Callable[[str], int]]:
        mark = self.marks.read(here.device_id)
        stopped = highwater.suspicion(here, mark, self.machine)
        if stopped is None and (self.folder / backup.RESTORED).exists():
            stopped = "restored"
        own = mark.orders if mark is not None else {}
        return stopped, lambda name: max(own.get(name, 0), self._given_here(here).get(name, 0))

    def _given_here(self, here: Head) -> Mapping[str, int]:
        """What any folder of this machine has given in this counter's place. A training office is no agency: its
        numbers begin anew with every one of them."""
        desk = self._desk(here)
        return highwater.given_by(self.marks, desk) if desk is not None else {}

    def _desk(self, here: Head) -> highwater.Desk | None:
        row = self.row
        return None if row.demo else highwater.Desk(row.code, here.counter, here.counters)

    def keep_mark(self, here: Head, given: Mapping[str, int]) -> None:
        """Move the mark outside the folder to where the chain stands, with the numbers just given (by full name)."""
        self.marks.write(highwater.Mark(here.device_id, here.epoch, here.dseq, self.machine, dict(given)))
        desk = self._desk(here) if given else None
        if desk is not None:
            self.marks.write(highwater.Mark(desk.name, 0, 0, self.machine, dict(given)))

    def numbering_stopped(self) -> str | None:
        """Why this folder may not number ("restored", "copied"), or None."""
        here = self.read(acts.head)
        return None if here is None else self._guard(here)[0]

    def resume_numbering(self, reason: str, counter: int | None = None, old_machine_retired: bool = False) -> None:
        """A supervisor's word after a restore or a move: a new epoch opens above every number known."""
        here = self.read(acts.head)
        assert here is not None
        mark = self.marks.read(here.device_id)
        note = self.folder / backup.RESTORED
        orders = dict(self._given_here(here))
        for name, order in mark.orders.items() if mark is not None else ():
            orders[name] = max(order, orders.get(name, 0))
        resuming = _actions("resuming")
        form = resuming.ResumeForm(
            reason, self.machine, counter, old_machine_retired, orders, blind=note.exists() and mark is None
        )
        self.perform(resuming.resume, form)
        note.unlink(missing_ok=True)

    def clock_behind(self) -> datetime | None:
        """The moment of the last act, where the machine's clock stands before it; None where all is well."""
        here = self.read(acts.head)
        if not self.real_time or here is None or not work.is_behind(clock.now(), here):
            return None
        return read_instant(here.last_at)

    def correct_clock(self, reason: str) -> ClockCorrected:
        """A supervisor's word that the clock is right now and ran ahead before. Copies with the name of a day that has
        not come would be taken for the latest: they are put aside under another name."""
        corrected: ClockCorrected = self.perform(_actions("resuming").correct_clock, reason).answer
        today = clock.today().isoformat()
        for copy in backup.copies(self.backups):
            if copy.day > today:
                copy.path.replace(copy.path.with_name(f"clock-{copy.path.name}"))
        return corrected

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


def _actions(name: str) -> Any:
    return importlib.import_module(f"onestop.actions.{name}")


def with_copy(folder: Path, code: str) -> StoreTrouble:
    """The trouble of a database that is lost or damaged, with the day of the last good copy where there is one."""
    copy = backup.last_good(folder / "backups")
    if copy is None:
        return StoreTrouble(code, how="no-copy", folder=str(folder))
    return StoreTrouble(code, how="copy", day=date.fromisoformat(copy.day), folder=str(folder))


def bring_back(folder: Path) -> backup.Copy:
    """Put the last good copy in the place of a lost or damaged database. StoreTrouble backup.none, backup.failed."""
    copy = backup.last_good(folder / "backups")
    if copy is None:
        raise StoreTrouble("backup.none")
    backup.bring_back(folder / DATABASE, copy, clock.today())
    return copy


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
        text = path.read_text("utf-8-sig")
        if not text.strip():
            raise RuleBroken("file.not-json", file=str(path), reason={"code": "why.empty"})
        return json.loads(text, parse_constant=_not_json)
    except OSError as error:
        raise RuleBroken("file.missing", file=str(path), how="reason", reason=why.of_system(error)) from error
    except (ValueError, RecursionError) as error:
        raise RuleBroken("file.not-json", file=str(path), reason=why.of_text(error)) from error


def _not_json(constant: str) -> float:
    """NaN and Infinity, which Python reads and writes but JSON does not know: another database would not take them."""
    raise ValueError(constant)
