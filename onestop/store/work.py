"""The unit of work: what an action may do to the database, all of it or nothing, and what it touched.

`decide` and `fold` stand above this file and are handed to it as `Kind`s. An action records acts; each act is
appended, chained, folded into its subjects, and the rows are written, in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from onestop import clock
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.rules.roles import Permission, may
from onestop.store import acts, schema, search
from onestop.store.acts import Act, Head, Subject
from onestop.store.engine import Store
from onestop.store.files import Files
from onestop.store.prepared import Prepared, insert_into
from onestop.store.schema import instant_text

Form = TypeVar("Form")
Answer = TypeVar("Answer")
Row = dict[str, Any]
Fold = Callable[[Row | None, Act], Row | None]
"""Pure: the subject before (None = not there) and the act give the subject after. Raises Stale."""
Expand = Callable[[Act, Callable[[str], bytes]], Mapping[str, Sequence[Row]]]
"""For published files only: the rows that the file named by the act stands for, table by table."""

CLOCK_TOLERANCE = timedelta(minutes=10)


def is_behind(now: datetime, here: Head) -> bool:
    """Whether the clock stands before this device's last act, by more than clocks are set right by in passing."""
    return instant_text(now + CLOCK_TOLERANCE) < here.last_at


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of act: its name, body version, and a fold for each table whose subjects it changes.

    A subject whose table has no fold here is only mentioned (for its history), not changed.
    """

    name: str
    folds: Mapping[str, Fold]
    version: int = 1
    expand: Expand | None = None


Kinds = Mapping[str, Kind]


def kind_of(kinds: Kinds, act: Act) -> Kind | None:
    """The kind of an act; None where this program is too old for it: it is kept as it is and folds into nothing."""
    kind = kinds.get(act.kind)
    return kind if kind is not None and act.version <= kind.version else None


@dataclass(frozen=True, slots=True)
class Changes:
    """What a write touched: table -> ids. Screens refresh from it, whether it came by click or by sync."""

    touched: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, table: str) -> frozenset[str]:
        """The ids touched in `table`."""
        return self.touched.get(table, frozenset())

    def __bool__(self) -> bool:
        return bool(self.touched)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a clerk at a counter."""

    id: str
    name: str
    role: str
    counter: str | None = None


@dataclass(frozen=True, slots=True)
class Done(Generic[Answer]):
    """What `perform` gives back after the commit. `head`: where this device's chain stands now; `acts`: how many it
    grew by."""

    answer: Answer
    changes: Changes
    head: Head
    acts: int = 0
    given: Mapping[str, int] = field(default_factory=dict)


class Work:
    """What an action is handed. Reads through `connection`, writes by `record` (acts) and `local` tables only."""

    def __init__(
        self,
        connection: Connection,
        kinds: Kinds,
        actor: Actor,
        files: Files,
        now: datetime,
        real_time: bool,
        office_id: str | None = None,
    ) -> None:
        self.connection = connection
        self.actor = actor
        self.files = files
        self.now = now
        self._real_time = real_time
        self.kinds = kinds
        self._touched: dict[str, set[str]] = {}
        here = acts.head(connection, office_id)
        if here is None:
            raise StoreTrouble("office.none")
        self.here: Head = here
        self._began = here
        self.recorded = 0
        self.given: dict[str, int] = {}
        """Numbers given by this work, by full name: what the high-water mark outside the folder has to know."""
        self._floor: Callable[[str], int] = _none_known
        self._stopped: str | None = None

    def guard_numbers(self, stopped: str | None, floor: Callable[[str], int]) -> None:
        """Told from outside: why numbering is stopped, if it is, and the highest number known, by its full name."""
        self._stopped, self._floor = stopped, floor

    def number_floor(self, name: str) -> int:
        """The highest number of `name` ("H99 2026-11-23", see `numbers.name_of`) known from outside the folder.

        StoreTrouble("numbering.restored", "numbering.copied") when nobody has said what happened to the folder.
        """
        if self._stopped is not None:
            raise StoreTrouble(f"numbering.{self._stopped}")
        return self._floor(name)

    @property
    def office_id(self) -> str:
        """The office that this database belongs to."""
        return self.here.office_id

    def new_epoch(self, epoch: int, counter: int, machine: str) -> None:
        """Close this device's chain and begin the next one, on `machine`, as counter number `counter`."""
        acts.keep_head(self.connection, self.here)
        self.here = acts.begin_epoch(self.connection, self.here, epoch, counter, machine)
        self._stopped = None

    def forget_clock(self) -> None:
        """The clock of before was wrong and that of now is right: what is recorded next counts as the latest."""
        self.here = replace(self.here, last_at="")

    def demand(self, permission: Permission) -> None:
        """RuleBroken("permission.missing") unless the actor's role allows it."""
        if not may(self.actor.role, permission):
            raise RuleBroken("permission.missing", permission=permission.value)

    def record(self, kind: str, subjects: Sequence[Subject], body: Mapping[str, Any], any_clock: bool = False) -> Act:
        """Append one act and fold it into its subjects. StoreTrouble("clock.set-back") while the machine's clock stands
        before the last act: the moment of an act has legal effect. What is no act (a draft) needs no clock.

        `any_clock`: for a log-in, without which nobody could say that it is the clock of before that was wrong; such
        an act says of itself that the clock stood behind.
        """
        if not self._real_time:
            body = {**body, "clock": "set"}
        elif is_behind(self.now, self.here):
            if not any_clock:
                raise StoreTrouble("clock.set-back", now=clock.local(self.now), last=self.here.last_at)
            body = {**body, "clock": "behind"}
        known = self.kinds[kind]
        act, self.here = acts.append(
            self.connection,
            self.here,
            kind,
            known.version,
            tuple(dict.fromkeys(subjects)),
            self.actor.id,
            body,
            self.now,
            self._real_time,
        )
        self.recorded += 1
        self.fold(act)
        return act

    def fold(self, act: Act) -> None:
        """Fold one act into its subjects' rows. An act of a kind that is not known is kept and folds into nothing."""
        kind = kind_of(self.kinds, act)
        if kind is None:
            return
        for table, subject_id in act.subjects:
            fold = kind.folds.get(table)
            if fold is not None:
                before = load(self.connection, table, subject_id, act.office_id)
                save(self.connection, table, subject_id, before, fold(before, act))
                self.touch(table, subject_id)
        if kind.expand is not None:
            for table, rows in kind.expand(act, self.files.get).items():
                replace_rows(self.connection, schema.metadata.tables[table], rows)
                self.touch(table, act.act_id)

    def touch(self, table: str, subject_id: str) -> None:
        """Say that a row was touched (for local tables that no act explains, such as drafts)."""
        self._touched.setdefault(table, set()).add(subject_id)

    def finish(self) -> Changes:
        """Write the head of the chain back and tell what was touched."""
        if self.here != self._began:
            acts.keep_head(self.connection, self.here)
        return Changes({table: frozenset(ids) for table, ids in self._touched.items()})


def _none_known(_name: str) -> int:
    return 0


def perform(
    store: Store,
    kinds: Kinds,
    files: Files,
    actor: Actor,
    action: Callable[[Work, Form], Answer],
    form: Form,
    real_time: bool = True,
    guard: Callable[[Head], tuple[str | None, Callable[[str], int]]] | None = None,
    office_id: str | None = None,
) -> Done[Answer]:
    """Run one action in one transaction. RuleBroken, Trouble or a bug rolls everything back.

    `office_id` is named at the centre, which holds many offices.

    An act is refused while the machine's clock stands before the last one (`Work.record`; acceptance time has legal
    effect, NĐ 118/2025 art. 17.3); `real_time` False (training) is free of it.
    """
    with store.writing() as connection:
        now = clock.now()
        work = Work(connection, kinds, actor, files, now, real_time, office_id)
        if guard is not None:
            work.guard_numbers(*guard(work.here))
        answer = action(work, form)
        changes = work.finish()
    return Done(answer, changes, work.here, work.recorded, work.given)


# ---- rows of a subject --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shape:
    """The prepared statements of one folded table."""

    table: Table
    select: Prepared
    insert: Prepared
    columns: tuple[str, ...]
    children: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Child:
    table: Table
    parent: str
    select: Prepared
    insert: Prepared
    delete: Any
    columns: tuple[str, ...]


def _shape(table: Table) -> _Shape:
    key = table.c.id
    children = {}
    for name, child in schema.CHILDREN.get(table.name, {}).items():
        parent = f"{table.name}_id"
        columns = tuple(c.name for c in child.columns if c.name not in (parent, "office_id"))
        children[name] = _Child(
            child,
            parent,
            Prepared(select(child).where(child.c[parent] == bindparam("parent")).order_by(child.c.position)),
            insert_into(child),
            delete(child).where(child.c[parent] == bindparam("parent")),
            columns,
        )
    return _Shape(
        table,
        Prepared(select(table).where(key == bindparam("subject"), table.c.office_id == bindparam("office"))),
        insert_into(table),
        tuple(c.name for c in table.columns if c.name != "no"),
        children,
    )


_SHAPES: dict[str, _Shape] = {table.name: _shape(table) for table in schema.FOLDED if "id" in table.c}


def load(connection: Connection, table: str, subject_id: str, office_id: str) -> Row | None:
    """One subject of an office as plain values: its columns, and its child rows under their names; None = not there."""
    shape = _SHAPES[table]
    found = shape.select.first(connection, {"subject": subject_id, "office": office_id})
    if found is None:
        return None
    row: Row = found._asdict()
    row.pop("no", None)
    for name, child in shape.children.items():
        rows = child.select.rows(connection, {"parent": subject_id})
        row[name] = [{column: getattr(each, column) for column in child.columns} for each in rows]
    return row


def save(connection: Connection, table: str, subject_id: str, before: Row | None, after: Row | None) -> None:
    """Write the difference between two states of a subject."""
    shape = _SHAPES[table]
    if after is None:
        if before is not None:
            _remove(connection, shape, subject_id, before["office_id"])
        return
    if before is None:
        values = {column: after.get(column) for column in shape.columns}
        no = shape.insert.run(connection, values)
        if table == "citizen":
            search.put(connection, {**values, "no": no}, fresh=True)
    else:
        changed = {c: after.get(c) for c in shape.columns if c != "id" and after.get(c) != before.get(c)}
        if changed:
            here = (shape.table.c.id == subject_id) & (shape.table.c.office_id == before["office_id"])
            connection.execute(update(shape.table).where(here).values(**changed))
        if table == "citizen" and changed:
            no = connection.execute(select(shape.table.c.no).where(shape.table.c.id == subject_id)).scalar_one()
            search.put(connection, {**after, "no": no}, fresh=False)
    for name, child in shape.children.items():
        rows = after.get(name) or []
        if before is not None:
            if rows == before.get(name):
                continue
            connection.execute(child.delete, {"parent": subject_id})
        if rows:
            child.insert.run_all(
                connection,
                [
                    {child.parent: subject_id, "office_id": after["office_id"]}
                    | {column: each.get(column) for column in child.columns}
                    for each in rows
                ],
            )


def _remove(connection: Connection, shape: _Shape, subject_id: str, office_id: str) -> None:
    for child in shape.children.values():
        connection.execute(child.delete, {"parent": subject_id})
    if shape.table.name == "citizen":
        no = connection.execute(select(shape.table.c.no).where(shape.table.c.id == subject_id)).scalar()
        search.drop(connection, no)
    table = shape.table.c
    connection.execute(delete(shape.table).where(table.id == subject_id, table.office_id == office_id))


def replace_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Write rows that a published file stands for: the same key is replaced."""
    keys = [column.name for column in table.primary_key.columns]
    if not rows:
        return
    connection.execute(
        delete(table).where(*(table.c[key] == bindparam(f"key_{key}") for key in keys)),
        [{f"key_{key}": row[key] for key in keys} for row in rows],
    )
    names = [column.name for column in table.columns]
    connection.execute(insert(table), [{name: row.get(name) for name in names} for row in rows])
