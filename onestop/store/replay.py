"""Folding acts that did not happen here: those that sync brings, in the office's order, into the rows at hand.

Everything here obeys one rule, so that the rows of every store that holds the same stream are the same: accepted acts
by seq, then this device's own unanswered ones; an unanswered act whose base has moved folds into nothing (it will come
back as a conflict).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select

from onestop.rules.errors import RuleBroken, Stale
from onestop.store import acts, schema
from onestop.store.acts import Act, Subject
from onestop.store.files import Files
from onestop.store.fitting import fits
from onestop.store.work import Changes, Fold, Kind, Kinds, Row, kind_of, load, save

log = logging.getLogger(__name__)


def fold_one(fold: Fold, row: Row | None, act: Act) -> Row | None:
    """`row` after `act`, by the rule above. An accepted act that does not fit is our bug: it is logged, and nothing
    changes, for a counter that stops is worse than a row that differs and is seen to differ."""
    try:
        return fold(row, act)
    except Stale as stale:
        if act.verdict is not None:
            log.error("accepted act %s (%s) does not fit: %s", act.act_id, act.kind, stale.code)
        return row


def publishes(kind: Kind | None) -> bool:
    """Whether acts of this kind bear on tables that also come out of published files."""
    return kind is not None and (kind.expand is not None or any(table in schema.PUBLISHED for table in kind.folds))


class Replay:
    """Collects what acts make of their subjects; `write` puts it into the tables at once."""

    def __init__(self, connection: Connection, kinds: Kinds, files: Files, office_id: str) -> None:
        self._connection = connection
        self._kinds = kinds
        self._files = files
        self._office_id = office_id
        self._before: dict[Subject, Row | None] = {}
        self._after: dict[Subject, Row | None] = {}
        self._touched: dict[str, set[str]] = {}

    def state(self, subject: Subject) -> Row | None:
        """What the subject stands at, with everything collected so far."""
        if subject not in self._after:
            self._before[subject] = self._after[subject] = load(self._connection, *subject, self._office_id)
        return self._after[subject]

    def put(self, subject: Subject, row: Row | None) -> None:
        """Let the subject stand at `row`."""
        self.state(subject)
        self._after[subject] = row

    def folds_of(self, act: Act) -> list[tuple[Subject, Fold]]:
        """The subjects that `act` changes, each with its fold; those that published files make are left out."""
        kind = kind_of(self._kinds, act)
        if kind is None:
            return []
        return [
            ((table, subject_id), kind.folds[table])
            for table, subject_id in dict.fromkeys(act.subjects)
            if table in kind.folds and table not in schema.PUBLISHED
        ]

    def fold(self, act: Act, but: Iterable[Subject] = ()) -> None:
        """Fold one accepted act into its subjects, except those in `but`."""
        for subject, fold in self.folds_of(act):
            if subject not in but:
                self.put(subject, fold_one(fold, self.state(subject), act))

    def anew(self, subject: Subject) -> None:
        """Make one subject from nothing but its acts (what counts, or its order, has changed)."""
        self.put(subject, made_of(self._connection, self._kinds, subject))

    def write(self) -> Changes:
        """Write every difference; removals first, so that a code set free can be taken. Tells what was touched."""
        differing = [subject for subject, row in self._after.items() if row != self._before[subject]]
        for subject in sorted(differing, key=lambda each: self._after[each] is not None):
            save(self._connection, *subject, self._before[subject], self._after[subject])
            self._touched.setdefault(subject[0], set()).add(subject[1])
        self._before, self._after = {}, {}
        return Changes({table: frozenset(ids) for table, ids in self._touched.items()})

    def publish_anew(self) -> None:
        """Make the tables that published files stand for from all their acts, in order. A file that has not come yet
        stands for nothing until it has."""
        names = [name for name, kind in self._kinds.items() if publishes(kind)]
        made: dict[str, dict[str, Row]] = {name: {} for name in schema.PUBLISHED}
        for act in acts.in_order(self._connection, self._office_id, kinds=names):
            kind = kind_of(self._kinds, act)
            if kind is not None:
                publish_one(kind, act, made, self._files)
        for name, rows in made.items():
            table = schema.metadata.tables[name]
            before = {
                row["id"]: dict(row)
                for row in self._connection.execute(
                    select(table).where(table.c.office_id == self._office_id)
                ).mappings()
            }
            columns = [column.name for column in table.columns]
            after = {key: {column: row.get(column) for column in columns} for key, row in rows.items()}
            changed = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
            gone = [key for key in changed if key in before]
            for start in range(0, len(gone), 500):
                self._connection.execute(delete(table).where(table.c.id.in_(gone[start : start + 500])))
            coming = [after[key] for key in changed if key in after]
            if coming:
                self._connection.execute(insert(table), coming)
            if changed:
                self._touched.setdefault(name, set()).update(changed)


def publish_one(kind: Kind, act: Act, made: dict[str, dict[str, Row]], files: Files) -> None:
    """What one act makes of the tables in `made` (table -> id -> row) that published files stand for."""
    for table, subject_id in dict.fromkeys(act.subjects):
        fold = kind.folds.get(table)
        if fold is None or table not in made:
            continue
        after = fold_one(fold, made[table].get(subject_id), act)
        if after is None:
            made[table].pop(subject_id, None)
        else:
            made[table][subject_id] = after
    for table, rows in expansion(kind, act, files).items():
        made[table].update({row["id"]: dict(row) for row in rows})


def expansion(kind: Kind, act: Act, files: Files) -> Mapping[str, Sequence[Row]]:
    """The rows that the file published by an act stands for. A file that has not come yet (or is gone), or that cannot
    be read as its act says, stands for nothing: the same at every counter, and no reason for any of them to stop."""
    if kind.expand is None or not all(files.has(each) for each in published_files(act)):
        return {}
    try:
        expanded = kind.expand(act, files.get)
        return {table: [row for row in rows if fits(table, row)] for table, rows in expanded.items()}
    except (KeyError, TypeError, ValueError, RuleBroken) as error:
        log.warning("what act %s publishes cannot be read: %s %s", act.act_id, type(error).__name__, error)
        return {}


def published_files(act: Act) -> list[str]:
    """The hashes of the files that an act publishes."""
    return [subject_id for table, subject_id in act.subjects if table == "publication"]


def made_of(connection: Connection, kinds: Kinds, subject: Subject) -> Row | None:
    """One subject as its acts alone make it (not for tables that published files stand for)."""
    table = subject[0]
    row: Row | None = None
    for act in acts.of_subject(connection, subject):
        kind = kind_of(kinds, act)
        fold = kind.folds.get(table) if kind is not None else None
        if fold is not None:
            row = fold_one(fold, row, act)
    return row


def publish_arrived(connection: Connection, kinds: Kinds, files: Files, office_id: str, sha256: str) -> Changes:
    """A file has come: where an act publishes it, the tables that it stands for are made."""
    c = schema.publication.c
    if connection.execute(select(c.id).where(c.id == sha256, c.office_id == office_id)).first() is None:
        return Changes()
    replay = Replay(connection, kinds, files, office_id)
    replay.publish_anew()
    return replay.write()
