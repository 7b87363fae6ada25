"""The centre's side: acts are judged once and for ever, put in the office's order, folded, and read back in pages.

A verdict depends on what the centre holds when it takes the office's lock, never on when a message was sent: a message
that comes late, twice or out of order changes nothing that was said before, and none of them raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from onestop import clock
from onestop.rules.errors import RuleBroken
from onestop.store import acts, schema
from onestop.store.acts import GENESIS, Record
from onestop.store.files import Files
from onestop.store.fitting import storable
from onestop.store.schema import canonical
from onestop.store.work import Changes, Kinds
from onestop.sync.court import Court
from onestop.sync.protocol import (
    BATCH,
    BATCH_BYTES,
    PAGE,
    Answer,
    Entry,
    Hello,
    Judged,
    Page,
    Pull,
    Push,
    Pushed,
    Verdict,
    Welcome,
)

OLDEST = 1
"""The oldest protocol version that is still spoken."""

ACTIVE, FENCED, REVOKED = "active", "fenced", "revoked"

_seq = schema.office_seq.c
_peer = schema.peer_device.c
_time = schema.timeline.c
_act = schema.act.c

# ---- offices and devices ------------------------------------------------------------------------------------------


def admit(connection: Connection, office_id: str, device_id: str, epoch: int = 1) -> None:
    """Let a device speak for an office. The office's stream begins with its first device."""
    if connection.execute(select(_seq.last_seq).where(_seq.office_id == office_id)).first() is None:
        connection.execute(insert(schema.office_seq), {"office_id": office_id, "last_seq": 0, "digest": ""})
        begin_timeline(connection, office_id, began=0)
    connection.execute(
        insert(schema.peer_device),
        {
            "device_id": device_id,
            "epoch": epoch,
            "office_id": office_id,
            "dseq": 0,
            "h": GENESIS,
            "state": ACTIVE,
        },
    )


def revoke(connection: Connection, device_id: str) -> None:
    """A device may speak no longer. What it sends after this is put aside for a supervisor."""
    connection.execute(update(schema.peer_device).where(_peer.device_id == device_id).values(state=REVOKED))


def begin_timeline(connection: Connection, office_id: str, began: int) -> str:
    """A new timeline from `began` on: call once after the centre was restored from a backup. Gives its name."""
    name = clock.new_id()
    position = len(connection.execute(select(_time.timeline).where(_time.office_id == office_id)).all())
    connection.execute(
        insert(schema.timeline), {"office_id": office_id, "timeline": name, "began": began, "position": position}
    )
    return name


def _timelines(connection: Connection, office_id: str) -> list[Row[Any]]:
    return list(
        connection.execute(select(schema.timeline).where(_time.office_id == office_id).order_by(_time.position))
    )


def _newest(connection: Connection, office_id: str, device_id: str) -> Row[Any] | None:
    """The device as it stands in its newest epoch; None where it is not a device of this office."""
    return connection.execute(
        select(schema.peer_device)
        .where(_peer.device_id == device_id, _peer.office_id == office_id)
        .order_by(_peer.epoch.desc())
        .limit(1)
    ).one_or_none()


def _lock(connection: Connection, office_id: str) -> Row[Any] | None:
    """The office's counter, held until the transaction ends: whoever comes next sees all that was given before."""
    return connection.execute(
        select(schema.office_seq).where(_seq.office_id == office_id).with_for_update()
    ).one_or_none()


# ---- hello --------------------------------------------------------------------------------------------------------


def greet(connection: Connection, message: Hello) -> Welcome:
    """Answer a hello: OK with what is acknowledged, or what has to happen first. Call in a writing transaction."""
    if message.version < OLDEST:
        return Welcome(Answer.UPGRADE)
    stream = _lock(connection, message.office_id)
    device = _newest(connection, message.office_id, message.device_id)
    if stream is None or device is None or device.state == REVOKED:
        return Welcome(Answer.REVOKED)
    timelines = _timelines(connection, message.office_id)
    now = timelines[-1].timeline
    if message.timeline == now and message.seq > stream.last_seq:
        # A backup was brought back and nobody said so: whoever has read further shows it.
        now = begin_timeline(connection, message.office_id, began=0)
        return Welcome(Answer.TIMELINE, timeline=now, common=0)
    if message.timeline is not None and message.timeline != now:
        return Welcome(Answer.TIMELINE, timeline=now, common=_common(timelines, message))
    if message.behind is not None:
        return Welcome(Answer.NEW_EPOCH, _new_epoch(connection, message, device), timeline=now)
    ahead = message.dseq > device.dseq or (message.dseq == device.dseq and message.h == device.h)
    if message.epoch == device.epoch and ahead:
        return Welcome(Answer.OK, device.epoch, device.dseq, device.h, now)
    return Welcome(Answer.FORK, device.epoch, device.dseq, device.h, now)


def _common(timelines: list[Row[Any]], message: Hello) -> int:
    """The last seq that the caller's timeline and the present one share; 0 where his is unknown here."""
    names = [row.timeline for row in timelines]
    if message.timeline not in names:
        return 0
    later = timelines[names.index(message.timeline) + 1 :]
    return min([message.seq, *(int(row.began) for row in later)])


def _new_epoch(connection: Connection, message: Hello, device: Row[Any]) -> int:
    """A fresh epoch for a device, behind the newest he was told of. One that was given and never used is given again,
    and so is one that was opened since: who asks late gets no other."""
    unused = device.dseq == 0 and device.epoch > message.epoch
    if unused or message.behind != device.epoch:
        return int(device.epoch)
    epoch = int(max(device.epoch, message.epoch)) + 1
    mine = (_peer.device_id == message.device_id) & (_peer.office_id == message.office_id)
    connection.execute(update(schema.peer_device).where(mine).values(state=FENCED))
    admit(connection, message.office_id, message.device_id, epoch)
    return epoch


# ---- push ---------------------------------------------------------------------------------------------------------


def accept(connection: Connection, kinds: Kinds, files: Files, message: Push) -> tuple[Pushed, Changes]:
    """Judge, order, chain and fold the acts of a push. Call in a writing transaction, which is the push's whole life.

    RuleBroken("sync.malformed") for a message that no honest counter can make; everything else has an answer.
    """
    _demand_sound(message)
    stream = _lock(connection, message.office_id)
    device = _newest(connection, message.office_id, message.device_id)
    if stream is None or device is None:
        return Pushed(Answer.REVOKED, 0), Changes()
    if message.epoch < device.epoch:
        return Pushed(Answer.STALE_EPOCH, 0), Changes()
    if message.epoch > device.epoch:
        return Pushed(Answer.FORK_NEEDED, 0), Changes()
    if message.acts and message.acts[0].dseq > device.dseq + 1:
        return Pushed(Answer.GAP, device.dseq), Changes()
    known = [each for each in message.acts if each.dseq <= device.dseq]
    fresh = message.acts[len(known) :]
    repeated = _repeated(connection, known)
    if repeated is None:
        return Pushed(Answer.FORK_NEEDED, device.dseq), Changes()
    if not fresh:
        return Pushed(Answer.OK, device.dseq, repeated), Changes()
    court = Court(connection, kinds, files, message, revoked=device.state == REVOKED)
    return _take(connection, court, stream, device, fresh, repeated)


def _demand_sound(message: Push) -> None:
    """What arrived is one chain of one device, in texts that any database can keep."""
    if len(message.acts) > BATCH:
        raise RuleBroken("sync.malformed", what="too many acts")
    size, expected = 0, message.acts[0].dseq if message.acts else 0
    for each in message.acts:
        if (each.office_id, each.device_id, each.epoch) != (message.office_id, message.device_id, message.epoch):
            raise RuleBroken("sync.malformed", what="not one chain")
        if each.dseq != expected or each.dseq < 1:
            raise RuleBroken("sync.malformed", what="not in order")
        expected += 1
        size += len(each.body or "")
        texts = all(storable(getattr(each, name)) for name in acts.RECORD)
        if not texts or not (0 <= each.version < 2**31 and each.epoch < 2**31):
            raise RuleBroken("sync.malformed", what="unstorable")
    if size > BATCH_BYTES and len(message.acts) > 1:
        raise RuleBroken("sync.malformed", what="too large")


def _repeated(connection: Connection, known: list[Record]) -> tuple[Judged, ...] | None:
    """The first verdicts on acts that are here already; None where something else stands in their place."""
    if not known:
        return ()
    first, last = known[0], known[-1]
    rows = {
        row.dseq: row
        for row in connection.execute(
            select(_act.dseq, _act.act_id, _act.h).where(
                _act.device_id == first.device_id, _act.epoch == first.epoch, _act.dseq.between(first.dseq, last.dseq)
            )
        )
    }
    for each in known:
        row = rows.get(each.dseq)
        if row is None or (row.act_id, row.h) != (each.act_id, each.h):
            return None
    return tuple(Judged(each.act_id, Verdict.DUPLICATE) for each in known)


def _take(
    connection: Connection,
    court: Court,
    stream: Row[Any],
    device: Row[Any],
    fresh: tuple[Record, ...],
    repeated: tuple[Judged, ...],
) -> tuple[Pushed, Changes]:
    here_already = set(
        connection.execute(select(_act.act_id).where(_act.act_id.in_([each.act_id for each in fresh]))).scalars()
    )
    seq, digest, dseq, h = int(stream.last_seq), stream.digest, int(device.dseq), device.h
    answer = Answer.OK
    kept: list[tuple[Record, int, str, Mapping[str, Any] | None]] = []
    told = list(repeated)
    for each in fresh:
        if acts.link(h, each.header, each.body_hash) != each.h or each.act_id in here_already:
            answer = Answer.FORK_NEEDED
            break
        here_already.add(each.act_id)
        seq, dseq, h = seq + 1, each.dseq, each.h
        verdict, details = court.judge(each, seq)
        text = canonical(details) if details is not None else None
        digest = acts.stream_digest(digest, seq, each.act_id, each.h, verdict, text)
        kept.append((each, seq, verdict.value, details))
        told.append(Judged(each.act_id, verdict))
    acts.keep(connection, kept)
    if court.published:
        court.replay.publish_anew()
    changes = court.replay.write()
    connection.execute(
        update(schema.office_seq).where(_seq.office_id == stream.office_id).values(last_seq=seq, digest=digest)
    )
    connection.execute(
        update(schema.peer_device)
        .where(_peer.device_id == device.device_id, _peer.epoch == device.epoch)
        .values(dseq=dseq, h=h)
    )
    return Pushed(answer, dseq, tuple(told)), changes


# ---- pull ---------------------------------------------------------------------------------------------------------

_PAGE = (
    select(*(_act[name] for name in acts.RECORD), _act.seq, _act.verdict, _act.verdict_details)
    .where(_act.seq.is_not(None))
    .order_by(_act.seq)
)


def page(connection: Connection, message: Pull) -> Page:
    """The next page of the office's stream. Call in a reading transaction."""
    device = _newest(connection, message.office_id, message.device_id)
    stream = connection.execute(select(schema.office_seq).where(_seq.office_id == message.office_id)).one_or_none()
    if device is None or stream is None or device.state == REVOKED:
        return Page(Answer.REVOKED)
    now = _timelines(connection, message.office_id)[-1].timeline
    if message.timeline != now or message.seq > stream.last_seq:
        return Page(Answer.TIMELINE, now)
    limit = max(1, min(message.limit, PAGE))
    rows = connection.execute(
        _PAGE.where(_act.office_id == message.office_id, _act.seq > message.seq, _act.seq <= stream.last_seq).limit(
            limit
        )
    ).all()
    upto = int(rows[-1].seq) if rows else message.seq
    more = upto < stream.last_seq
    entries = tuple(
        Entry(
            int(row.seq),
            row.act_id,
            Verdict(row.verdict),
            row.verdict_details,
            row.device_id,
            row.epoch,
            row.dseq,
            row.h,
            acts.record(row) if message.whole or row.device_id != message.device_id else None,
        )
        for row in rows
    )
    return Page(Answer.OK, now, message.seq, upto, more, None if more else stream.digest, entries)
