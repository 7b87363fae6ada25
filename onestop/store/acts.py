"""The log: acts are appended, chained per device, named by their subjects, read in order and verified.

An act's *content* never changes; its *envelope* (device, epoch, dseq, h) is made by the device that sends it.
`h = SHA-256(h₋₁ | content header | SHA-256(salt | body))`, so a body that retention law has emptied still verifies.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from onestop import clock
from onestop.rules.errors import StoreTrouble
from onestop.store import schema
from onestop.store.prepared import Prepared, insert_into
from onestop.store.schema import canonical, instant_text, read_instant

Subject = tuple[str, str]
"""(table, id)."""

GENESIS = "0" * 64
LONG_AGO = datetime.min.replace(tzinfo=UTC)
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


_table = schema.act.c
_INSERT = insert_into(schema.act, besides=("no", "seq", "verdict", "verdict_details"))
_KEEP = insert_into(schema.act)
_INSERT_SUBJECT = insert_into(schema.act_subject)
_HEAD = Prepared(select(schema.this_device))
_HEAD_OF = Prepared(select(schema.this_device).where(schema.this_device.c.office_id == bindparam("office")))


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


def head(connection: Connection, office_id: str | None = None) -> Head | None:
    """This device, or None in a database without an office. The centre is a device of every office: it names one."""
    row = _HEAD.first(connection, {}) if office_id is None else _HEAD_OF.first(connection, {"office": office_id})
    return None if row is None else Head(*row)


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
    _INSERT.run(
        connection,
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
    _INSERT_SUBJECT.run_all(
        connection,
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


_KEEP_HEAD = Prepared(
    update(schema.this_device)
    .where(schema.this_device.c.office_id == bindparam("office"))
    .values(dseq=bindparam("new_dseq"), h=bindparam("new_h"), last_at=bindparam("new_last_at"))
)


def keep_head(connection: Connection, here: Head) -> None:
    """Write the head back, once per unit of work."""
    _KEEP_HEAD.run(
        connection,
        {"office": here.office_id, "new_dseq": here.dseq, "new_h": here.h, "new_last_at": here.last_at},
    )


def ahead_of(connection: Connection, here: Head, moment: datetime) -> list[Act]:
    """The latest acts of this device that were made by a clock beyond `moment`, oldest first: the end of its chain.

    Passed over: what was recorded behind them while the clock stood before them, and acts of a clock set for training.
    """
    found: list[Act] = []
    mine = (_table.office_id == here.office_id) & (_table.device_id == here.device_id)
    newest_first = select(schema.act).where(mine).order_by(_table.epoch.desc(), _table.dseq.desc())
    for row in connection.execute(newest_first.execution_options(yield_per=200)):
        act = read(row)
        if act.body.get("clock") in ("set", "behind"):
            continue
        if act.at <= moment:
            break
        found.append(act)
    return found[::-1]


def rechain(connection: Connection, here: Head, epoch: int) -> Head:
    """Put every act of this device that the centre has not answered into `epoch`, behind the answered ones there.

    Contents stay as they are; envelopes (epoch, dseq, h) are made again without gaps, in the order in which the acts
    were made. Gives the new head and writes it.
    """
    mine = (_table.office_id == here.office_id) & (_table.device_id == here.device_id)
    last = connection.execute(
        select(_table.dseq, _table.h)
        .where(mine, _table.epoch == epoch, _table.seq.is_not(None))
        .order_by(_table.dseq.desc())
        .limit(1)
    ).one_or_none()
    dseq, h = (last.dseq, last.h) if last is not None else (0, GENESIS)
    waiting = connection.execute(
        select(schema.act).where(mine, _table.seq.is_(None)).order_by(_table.epoch, _table.dseq)
    ).all()
    # Out of the way first: the new places may be old places of others.
    connection.execute(update(schema.act).where(mine, _table.seq.is_(None)).values(dseq=-_table.no))
    for row in waiting:
        header = header_of(row.act_id, row.office_id, row.kind, row.version, row.subjects, row.actor, row.at)
        dseq, h = dseq + 1, link(h, header, row.body_hash)
        connection.execute(update(schema.act).where(_table.no == row.no).values(epoch=epoch, dseq=dseq, h=h))
    connection.execute(
        update(schema.this_device)
        .where(schema.this_device.c.office_id == here.office_id)
        .values(epoch=epoch, dseq=dseq, h=h)
    )
    return replace(here, epoch=epoch, dseq=dseq, h=h)


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
    """The act in a row of the `act` table. What was put aside because it cannot be read shows an empty body."""
    try:
        body = json.loads(row.body) if row.body is not None else {}
        at = read_instant(row.at)
    except ValueError:
        if row.verdict in (None, *FOLDED_VERDICTS):
            raise
        body, at = {}, LONG_AGO
    return Act(
        row.act_id,
        row.office_id,
        row.kind,
        row.version,
        read_subjects(row.subjects),
        row.actor,
        at,
        body,
        row.salt,
        row.device_id,
        row.epoch,
        row.dseq,
        row.h,
        row.seq,
        row.verdict,
        row.verdict_details,
    )


@dataclass(frozen=True, slots=True)
class Record:
    """An act as it is stored and sent: content and envelope, in the very texts that were hashed."""

    act_id: str
    office_id: str
    kind: str
    version: int
    subjects: str
    actor: str
    at: str
    salt: str
    body: str | None
    body_hash: str
    device_id: str
    epoch: int
    dseq: int
    h: str

    @property
    def header(self) -> str:
        """The content header that is hashed."""
        return header_of(self.act_id, self.office_id, self.kind, self.version, self.subjects, self.actor, self.at)

    def act(self, seq: int | None = None, verdict: str | None = None) -> Act:
        """The act itself. ValueError where a text cannot be read."""
        body = json.loads(self.body) if self.body is not None else {}
        if not isinstance(body, dict):
            raise ValueError("the body is no object")
        return Act(
            self.act_id,
            self.office_id,
            self.kind,
            self.version,
            read_subjects(self.subjects),
            self.actor,
            read_instant(self.at),
            body,
            self.salt,
            self.device_id,
            self.epoch,
            self.dseq,
            self.h,
            seq,
            verdict,
        )


RECORD = tuple(Record.__dataclass_fields__)
"""The columns of an act that travel, in order."""


def record(row: Any) -> Record:
    """The record in a row that has the columns of `RECORD`."""
    return Record(*(getattr(row, name) for name in RECORD))


def keep(connection: Connection, records: Sequence[tuple[Record, int, str, Mapping[str, Any] | None]]) -> None:
    """Write acts that came from elsewhere, as they are, each with its seq, verdict and what the verdict says."""
    if not records:
        return
    rows, links = [], []
    for each, seq, verdict, details in records:
        row = {name: getattr(each, name) for name in RECORD}
        rows.append(row | {"seq": seq, "verdict": verdict, "verdict_details": details})
        links += [
            {"table_name": table, "subject_id": subject_id, "act_id": each.act_id, "office_id": each.office_id}
            for table, subject_id in dict.fromkeys(read_subjects(each.subjects))
        ]
    _KEEP.run_all(connection, rows)
    if links:
        _INSERT_SUBJECT.run_all(connection, links)


def stream_digest(before: str, seq: int, act_id: str, h: str, verdict: str, details: str | None) -> str:
    """What the office's stream comes to after one more act; two stores with the same digest hold the same stream."""
    return hashlib.sha256(SEPARATOR.join((before, str(seq), act_id, h, verdict, details or "")).encode()).hexdigest()


FOLDED_VERDICTS = ("ok",)
"""Verdicts whose acts count; acts without a verdict count too, after all that have one."""

_counts = (_table.verdict.is_(None)) | (_table.verdict.in_(FOLDED_VERDICTS))
ORDER = (_table.seq.is_(None), _table.seq, _table.epoch, _table.dseq)
"""Accepted acts by the office's seq, then this device's own unanswered ones by dseq."""


def in_order(connection: Connection, office_id: str, kinds: Sequence[str] | None = None) -> Iterator[Act]:
    """Every act that counts (of these `kinds`), in the order in which it is folded."""
    query = select(schema.act).where(_table.office_id == office_id, _counts).order_by(*ORDER)
    if kinds is not None:
        query = query.where(_table.kind.in_(kinds))
    for row in connection.execute(query.execution_options(yield_per=2000)):
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


ERASED = "act.erased"
"""The kind of act that may empty another's body; it names that one as the subject ("act", id)."""

_WALK = """
SELECT device_id, epoch, dseq, h, body_hash, CAST(salt || body AS BLOB),
       CAST(act_id || char(31) || office_id || char(31) || kind || char(31) || version || char(31) ||
       subjects || char(31) || actor || char(31) || at || body_hash AS BLOB), act_id
FROM act WHERE dseq > 0 ORDER BY device_id, epoch, dseq
"""
_WALK_POSTGRESQL = """
SELECT device_id, epoch, dseq, h, body_hash, convert_to(salt || body, 'UTF8'),
       convert_to(act_id || chr(31) || office_id || chr(31) || kind || chr(31) || version || chr(31) ||
       subjects || chr(31) || actor || chr(31) || at || body_hash, 'UTF8'), act_id
FROM act WHERE dseq > 0 ORDER BY device_id, epoch, dseq
"""
_STREAM = """
SELECT office_id, seq, act_id, h, coalesce(verdict, ''), verdict_details
FROM act WHERE seq IS NOT NULL ORDER BY office_id, seq
"""


def verify(connection: Connection, progress: Callable[[int], bool] | None = None) -> Verified:
    """Walk every chain: each body fits its hash, each link its act, no dseq is missing, none is cut off at the end;
    and the office's stream (seq, verdicts) comes to the digest that the centre gave.

    `progress(n)` is told the number of acts walked every 10,000 and ends the walk by returning False.
    """
    statement = _WALK if connection.dialect.name == "sqlite" else _WALK_POSTGRESQL
    cursor = connection.connection.cursor()
    cursor.execute(statement)
    sha = hashlib.sha256
    walked, chains, stopped = 0, 0, False
    broken: list[str] = []
    doubtful: list[str] = []
    device, epoch, expected, before, lost = "", -1, 1, GENESIS.encode(), False
    while not stopped:
        rows = cursor.fetchmany(10_000)
        if not rows:
            break
        for row_device, row_epoch, dseq, h, hashed, salted, content, act_id in rows:
            if row_device != device or row_epoch != epoch:
                device, epoch, expected, before, lost = row_device, row_epoch, 1, GENESIS.encode(), False
                chains += 1
            if lost:
                continue
            if salted is None or sha(salted).hexdigest() != hashed:
                doubtful.append(act_id)
            if dseq != expected or sha(before + content).hexdigest() != h:
                lost = True
            if lost:
                broken.append(act_id)
            before, expected = h.encode(), dseq + 1
        walked += len(rows)
        stopped = progress is not None and not progress(walked)
    cursor.close()
    if not stopped:
        broken += _without_a_word(connection, doubtful)
        broken += _cut_off(connection)
        broken += _strayed(connection)
    return Verified(walked, chains, tuple(dict.fromkeys(broken)))


def _without_a_word(connection: Connection, doubtful: Sequence[str]) -> list[str]:
    """Acts whose body is gone or is not the one that was hashed, although neither an act nor the centre says so."""
    if not doubtful:
        return []
    named = schema.act_subject.c
    erased = (
        select(named.subject_id)
        .join(schema.act, _table.act_id == named.act_id)
        .where(named.table_name == "act", _table.kind == ERASED)
    )
    # What the centre put aside is in sight as what it is; that it did so is in the digest of the stream.
    aside = select(_table.act_id).where(_table.seq.is_not(None), _table.verdict == "quarantined")
    gone = select(_table.act_id).where(_table.body.is_(None))
    said = set(connection.execute(erased).scalars()) & set(connection.execute(gone).scalars())
    said |= set(connection.execute(aside).scalars())
    return [act_id for act_id in doubtful if act_id not in said]


def _cut_off(connection: Connection) -> list[str]:
    """This device's heads (its own, and those that the centre keeps of every device) that no act bears out."""
    device, peers = schema.this_device, schema.peer_device
    heads = [
        *connection.execute(select(device.c.device_id, device.c.epoch, device.c.dseq, device.c.h)),
        *connection.execute(select(peers.c.device_id, peers.c.epoch, peers.c.dseq, peers.c.h)),
    ]
    missing = []
    for device_id, epoch, dseq, h in heads:
        chain = (_table.device_id == device_id) & (_table.epoch == epoch)
        last = connection.execute(
            select(_table.dseq, _table.h).where(chain).order_by(_table.dseq.desc()).limit(1)
        ).one_or_none()
        if (last or (0, GENESIS)) != (dseq, h):
            missing.append(h)
    return missing


def _strayed(connection: Connection) -> list[str]:
    """Offices whose stream does not come to the digest kept beside it."""
    kept: dict[str, str] = {}
    for table in (schema.sync_state, schema.office_seq):
        kept.update({row.office_id: row.digest for row in connection.execute(select(table)) if row.digest})
    found: dict[str, str] = {}
    cursor = connection.connection.cursor()
    cursor.execute(_STREAM)
    while rows := cursor.fetchmany(10_000):
        for office_id, seq, act_id, h, verdict, details in rows:
            found[office_id] = stream_digest(found.get(office_id, ""), seq, act_id, h, verdict, details)
    cursor.close()
    return [office_id for office_id in kept.keys() | found.keys() if kept.get(office_id) != found.get(office_id)]


def demand_whole(found: Verified) -> None:
    """StoreTrouble("audit.broken") unless every link holds."""
    if not found.ok:
        raise StoreTrouble("audit.broken", act=found.broken[0], count=len(found.broken))
