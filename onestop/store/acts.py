"""The log: acts are appended, chained per device, named by their subjects, read in order and verified.

An act's *content* never changes; its *envelope* (device, epoch, dseq, h) is made by the device that sends it.
`h = SHA-256(h₋₁ | content header | SHA-256(salt | body))`, so a body that retention law has emptied still verifies.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, text, update

from onestop import clock
from onestop.rules.errors import StoreTrouble
from onestop.store import schema
from onestop.store.schema import canonical, instant_text, read_instant

Subject = tuple[str, str]
"""(table, id)."""

GENESIS = "0" * 64
SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that happened. `body` is None once erased. `at` is the device's time."""

    act_id: str
    office_id: str
    kind: str
    version: int
    subjects: tuple[Subject, ...]
    actor: str
    at: datetime
    body: Mapping[str, Any]
    salt: str = ""
    device_id: str = ""
    epoch: int = 0
    dseq: int = 0
    h: str = ""
    seq: int | None = None
    verdict: str | None = None
    verdict_details: Mapping[str, Any] | None = field(default=None, compare=False)


def body_hash(salt: str, body_text: str) -> str:
    """SHA-256 of the salted body, hex."""
    return hashlib.sha256(f"{salt}{body_text}".encode()).hexdigest()


def link(before: str, header: str, hashed_body: str) -> str:
    """The next link of a chain."""
    return hashlib.sha256(f"{before}{header}{hashed_body}".encode()).hexdigest()


def header_of(act_id: str, office_id: str, kind: str, version: int, subjects: str, actor: str, at: str) -> str:
    """The content header that is hashed."""
    return SEPARATOR.join((act_id, office_id, kind, str(version), subjects, actor, at))


def subjects_text(subjects: Iterable[Subject]) -> str:
    """Subjects as one column: `table:id table:id`."""
    return " ".join(f"{table}:{subject_id}" for table, subject_id in subjects)


def read_subjects(joined: str) -> tuple[Subject, ...]:
    """What `subjects_text` wrote."""
    pairs = (each.partition(":") for each in joined.split(" ") if each)
    return tuple((table, subject_id) for table, _, subject_id in pairs)


_INSERT = insert(schema.act)
_INSERT_SUBJECT = insert(schema.act_subject)


@dataclass(frozen=True, slots=True)
class Head:
    """Where this device's chain stands."""

    office_id: str
    device_id: str
    epoch: int
    dseq: int
    h: str
    counter: int
    counters: int
    machine: str
    last_at: str


def head(connection: Connection) -> Head | None:
    """This device, or None in a database without an office."""
    row = connection.execute(select(schema.this_device)).one_or_none()
    return None if row is None else Head(**row._mapping)


def append(
    connection: Connection,
    here: Head,
    kind: str,
    version: int,
    subjects: tuple[Subject, ...],
    actor: str,
    body: Mapping[str, Any],
    at: datetime,
    real_time: bool = True,
) -> tuple[Act, Head]:
    """Append one act to this device's chain; gives it and the new head. Call only inside a writing transaction.

    `real_time` False: the clock was set for training, so this act does not move the guard against a set-back clock.
    """
    body_text = canonical(body)
    salt = secrets.token_hex(8)
    hashed = body_hash(salt, body_text)
    act_id, joined, moment = clock.new_id(), subjects_text(subjects), instant_text(at)
    header = header_of(act_id, here.office_id, kind, version, joined, actor, moment)
    dseq, h = here.dseq + 1, link(here.h, header, hashed)
    connection.execute(
        _INSERT,
        {
            "act_id": act_id,
            "office_id": here.office_id,
            "kind": kind,
            "version": version,
            "subjects": joined,
            "actor": actor,
            "at": moment,
            "salt": salt,
            "body": body_text,
            "body_hash": hashed,
            "device_id": here.device_id,
            "epoch": here.epoch,
            "dseq": dseq,
            "h": h,
        },
    )
    connection.execute(
        _INSERT_SUBJECT,
        [
            {"table_name": table, "subject_id": subject_id, "act_id": act_id, "office_id": here.office_id}
            for table, subject_id in dict.fromkeys(subjects)
        ],
    )
    last_at = max(here.last_at, moment) if real_time else here.last_at
    after = Head(
        here.office_id, here.device_id, here.epoch, dseq, h, here.counter, here.counters, here.machine, last_at
    )
    # What is folded now is what a replay will see: the values that went through JSON.
    act = Act(
        act_id,
        here.office_id,
        kind,
        version,
        subjects,
        actor,
        read_instant(moment),
        json.loads(body_text),
        salt,
        here.device_id,
        here.epoch,
        dseq,
        h,
    )
    return act, after


_KEEP_HEAD = (
    update(schema.this_device)
    .where(schema.this_device.c.office_id == text(":office"))
    .values(dseq=text(":dseq"), h=text(":h"), last_at=text(":last_at"))
)


def keep_head(connection: Connection, here: Head) -> None:
    """Write the head back, once per unit of work."""
    connection.execute(_KEEP_HEAD, {"office": here.office_id, "dseq": here.dseq, "h": here.h, "last_at": here.last_at})


def begin_epoch(connection: Connection, here: Head, epoch: int, counter: int, machine: str) -> Head:
    """The head of this device's next chain: dseq starts anew."""
    after = Head(here.office_id, here.device_id, epoch, 0, GENESIS, counter, here.counters, machine, here.last_at)
    connection.execute(
        update(schema.this_device)
        .where(schema.this_device.c.office_id == here.office_id)
        .values(epoch=epoch, dseq=0, h=GENESIS, counter=counter, machine=machine)
    )
    return after


def read(row: Any) -> Act:
    """The act in a row of the `act` table."""
    return Act(
        row.act_id,
        row.office_id,
        row.kind,
        row.version,
        read_subjects(row.subjects),
        row.actor,
        read_instant(row.at),
        json.loads(row.body) if row.body is not None else {},
        row.salt,
        row.device_id,
        row.epoch,
        row.dseq,
        row.h,
        row.seq,
        row.verdict,
        row.verdict_details,
    )


FOLDED_VERDICTS = ("ok",)
"""Verdicts whose acts count; acts without a verdict count too, after all that have one."""

_table = schema.act.c
_counts = (_table.verdict.is_(None)) | (_table.verdict.in_(FOLDED_VERDICTS))
ORDER = (_table.seq.is_(None), _table.seq, _table.epoch, _table.dseq)
"""Accepted acts by the office's seq, then this device's own unanswered ones by dseq."""


def in_order(connection: Connection, office_id: str) -> Iterator[Act]:
    """Every act that counts, in the order in which it is folded."""
    query = select(schema.act).where(_table.office_id == office_id, _counts).order_by(*ORDER)
    result = connection.execution_options(yield_per=2000).execute(query)
    for row in result:
        yield read(row)


def of_subject(connection: Connection, subject: Subject, counting: bool = True) -> list[Act]:
    """The acts of one subject in folding order; `counting` False also gives refused and conflicting ones."""
    link_table = schema.act_subject.c
    query = (
        select(schema.act)
        .join(schema.act_subject, link_table.act_id == _table.act_id)
        .where(link_table.table_name == subject[0], link_table.subject_id == subject[1])
        .order_by(*ORDER)
    )
    if counting:
        query = query.where(_counts)
    return [read(row) for row in connection.execute(query)]


@dataclass(frozen=True, slots=True)
class Verified:
    """What a walk along the chains found. `broken` names the first act of each chain that does not fit."""

    acts: int
    chains: int
    broken: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """True when every link holds."""
        return not self.broken


_WALK = """
SELECT device_id, epoch, dseq, h, body_hash, salt, body,
       act_id || char(31) || office_id || char(31) || kind || char(31) || version || char(31) ||
       subjects || char(31) || actor || char(31) || at, act_id
FROM act ORDER BY device_id, epoch, dseq
"""


def verify(connection: Connection, progress: Callable[[int], bool] | None = None) -> Verified:
    """Walk every chain: each body fits its hash, each link its act, no dseq is missing.

    `progress(n)` is told the number of acts walked every 10,000 and ends the walk by returning False.
    """
    statement = _WALK if connection.dialect.name == "sqlite" else _WALK.replace("char(31)", "chr(31)")
    cursor = connection.connection.cursor()
    cursor.execute(statement)
    sha = hashlib.sha256
    walked, chains, broken = 0, 0, []
    device, epoch, expected, before, lost = "", -1, 0, GENESIS, False
    while True:
        rows = cursor.fetchmany(10_000)
        if not rows:
            break
        for row_device, row_epoch, dseq, h, hashed, salt, body, header, act_id in rows:
            if row_device != device or row_epoch != epoch:
                device, epoch, expected, lost = row_device, row_epoch, dseq, False
                before = GENESIS if dseq == 1 else ""
                chains += 1
            if lost:
                continue
            if body is not None and sha(f"{salt}{body}".encode()).hexdigest() != hashed:
                broken.append(act_id)
                lost = True
            elif dseq != expected or (before and sha(f"{before}{header}{hashed}".encode()).hexdigest() != h):
                broken.append(act_id)
                lost = True
            before, expected = h, dseq + 1
        walked += len(rows)
        if progress is not None and not progress(walked):
            break
    cursor.close()
    here = head(connection)
    if here is not None and not broken and here.dseq:
        last = connection.execute(
            select(_table.h).where(
                _table.device_id == here.device_id, _table.epoch == here.epoch, _table.dseq == here.dseq
            )
        ).scalar()
        if last != here.h:
            broken.append(here.h)
    return Verified(walked, chains, tuple(broken))


def demand_whole(found: Verified) -> None:
    """StoreTrouble("audit.broken") unless every link holds."""
    if not found.ok:
        raise StoreTrouble("audit.broken", act=found.broken[0], count=len(found.broken))
