"""The centre's side: acts are judged once and for ever, put in the office's order, folded, and read back in pages.

A verdict depends on what the centre holds when it takes the office's lock, never on when a message was sent: a message
that comes late, twice or out of order changes nothing that was said before, and none of them raises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from onestop import clock
from onestop.actions import linking, settle
from onestop.actions.rights import AT_THE_DOOR, FOUNDING, RIGHTS
from onestop.queries import dossiers
from onestop.rules import correcting, late_entry, ratings, supplements
from onestop.rules.dossier import OPEN, Move, State
from onestop.rules.errors import RuleBroken, Stale
from onestop.rules.move_acts import STAYS, demand_legal, demand_stays
from onestop.rules.moves import ACTS, TAKE
from onestop.rules.roles import Permission, may
from onestop.store import acts, schema
from onestop.store.acts import GENESIS, Act, Record, Subject
from onestop.store.files import Files
from onestop.store.fitting import fits, storable
from onestop.store.replay import Replay, publishes
from onestop.store.schema import canonical
from onestop.store.work import Changes, Kinds, kind_of
from onestop.store.work import Row as Values
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
    return _take(connection, Court(connection, kinds, files, message, device.state), stream, device, fresh, repeated)


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


# ---- verdicts -----------------------------------------------------------------------------------------------------

Sentence = tuple[Verdict, Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class _Refused(Exception):
    """The verdict on an act that does not count, and why."""

    verdict: Verdict
    details: Mapping[str, Any]


class Court:
    """Judges the acts of one push, one after the other, each on what all before it have made."""

    def __init__(self, connection: Connection, kinds: Kinds, files: Files, message: Push, device_state: str) -> None:
        self._connection = connection
        self._kinds = kinds
        self._device_state = device_state
        self._office_id = message.office_id
        self.replay = Replay(connection, kinds, files, message.office_id)
        self.published = False
        self._codes: dict[str, str | None] = {}
        self._settled: set[str] = set()
        self._said: dict[str, str] = {}
        self._somebody = False
        self._judged: Act | None = None

    def judge(self, record: Record, seq: int) -> Sentence:
        """The one verdict on an act: it is folded if and only if it is OK."""
        verdict, details = self._judge(record, seq)
        self._said[record.act_id] = verdict.value
        return verdict, details

    def _judge(self, record: Record, seq: int) -> Sentence:
        try:
            act = self._read(record, seq)
            if self._device_state == REVOKED:
                raise _Refused(Verdict.QUARANTINED, {"code": "device.revoked"})
            deed = settle.again(act) or act if act.kind == settle.SETTLED else act
            self._judged = act
            self._demand_right(act, deed)
            kind = kind_of(self._kinds, act)
            if kind is None:
                return Verdict.OK, {"code": "act.raw"}
            for check in _CHECKS.get(deed.kind, ()):
                check(self, deed)
            if act.kind == settle.SETTLED:
                self._demand_unsettled(act)
            self._fold(act)
        except _Refused as refused:
            return refused.verdict, refused.details
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, StopIteration) as error:
            # The body is not what its kind asks for.
            return Verdict.QUARANTINED, {"code": "act.unreadable", "reason": type(error).__name__}
        for code in _codes_of(deed):
            self._codes[code] = deed.subjects[0][1]
        if deed.kind == "dossier.unlinked":
            self._codes[deed.body["code"]] = None
        if act.kind == settle.SETTLED:
            self._settled.add(act.body["act"])
        self.published |= publishes(kind)
        return Verdict.OK, None

    def _read(self, record: Record, seq: int) -> Act:
        if record.body is None:
            if record.kind != acts.ERASED:
                raise _Refused(Verdict.QUARANTINED, {"code": "act.unreadable", "reason": "no body"})
        elif acts.body_hash(record.salt, record.body) != record.body_hash:
            raise _Refused(Verdict.QUARANTINED, {"code": "act.unreadable", "reason": "body and hash differ"})
        act = record.act(seq, Verdict.OK.value)
        if act.at.tzinfo is None or not act.subjects:
            raise _Refused(Verdict.QUARANTINED, {"code": "act.unreadable", "reason": "header"})
        return act

    # -- who may --

    def _demand_right(self, act: Act, deed: Act) -> None:
        """RuleBroken by verdict: the clerk is unknown or dismissed (put aside), or his role never allowed it."""
        self._somebody = self._somebody or act.actor != FOUNDING
        if act.actor == FOUNDING:
            if self._somebody or self._anybody_yet():
                raise _Refused(Verdict.QUARANTINED, {"code": "clerk.unknown", "actor": act.actor})
            return
        if act.actor == AT_THE_DOOR:
            if act.kind != "clerk.logged-in":
                raise _Refused(Verdict.REJECTED, {"code": "permission.missing", "actor": act.actor})
            return
        needed = RIGHTS.get(deed.kind, ())
        standing = self.replay.state(("clerk", act.actor))
        at_the_time = None
        if standing is None or not self._fits(standing, needed):
            at_the_time = self._clerk_at(act.actor, act.at)
        if standing is None and at_the_time is None:
            raise _Refused(Verdict.QUARANTINED, {"code": "clerk.unknown", "actor": act.actor})
        if any(who is not None and self._fits(who, needed) for who in (standing, at_the_time)):
            return
        if any(who is not None and who["active"] for who in (standing, at_the_time)):
            raise _Refused(
                Verdict.REJECTED, {"code": "permission.missing", "permission": needed[0].value if needed else ""}
            )
        raise _Refused(Verdict.QUARANTINED, {"code": "clerk.dismissed", "actor": act.actor})

    @staticmethod
    def _fits(who: Values, needed: tuple[Permission, ...]) -> bool:
        return bool(who["active"]) and (not needed or any(may(who["role"], each) for each in needed))

    def demand_may(self, permission: Permission) -> None:
        """Rejected where whoever sends the act that is judged may not, neither now nor when it was made."""
        act = self._judged
        assert act is not None
        who = (self.replay.state(("clerk", act.actor)), self._clerk_at(act.actor, act.at))
        if not any(each is not None and self._fits(each, (permission,)) for each in who):
            raise _Refused(Verdict.REJECTED, {"code": "permission.missing", "permission": permission.value})

    def _clerk_at(self, clerk_id: str, at: datetime) -> Values | None:
        """The clerk as the office knew him when the act was made, by the clocks of the counters."""
        row: Values | None = None
        for past in acts.of_subject(self._connection, ("clerk", clerk_id)):
            kind = kind_of(self._kinds, past)
            fold = kind.folds.get("clerk") if kind is not None else None
            if fold is not None and past.at <= at:
                row = fold(row, past)
        return row

    def _anybody_yet(self) -> bool:
        """Whether any clerk of the office has acted: from then on nobody founds it."""
        return (
            self._connection.execute(
                select(_act.no).where(_act.office_id == self._office_id, _act.actor != FOUNDING).limit(1)
            ).first()
            is not None
        )

    # -- what is free --

    def demand_free(self, deed: Act, code: str) -> None:
        """A conflict where another dossier has this code."""
        other = self._codes[code] if code in self._codes else dossiers.holder(self._connection, code)
        if other is not None and other != deed.subjects[0][1]:
            raise _Refused(Verdict.CONFLICT, {"code": "dossier.code-taken", "taken": code, "dossier": other})

    def demand_login_free(self, deed: Act) -> None:
        """A conflict where another clerk of the office has this login."""
        c = schema.clerk.c
        other = self._connection.execute(
            select(c.id).where(
                c.office_id == self._office_id,
                c.login == deed.body["clerk"]["login"],
                c.id != deed.subjects[0][1],
            )
        ).scalar()
        if other is not None:
            raise _Refused(Verdict.CONFLICT, {"code": "clerk.login-taken", "clerk": other})

    def _demand_unsettled(self, act: Act) -> None:
        """One act settles another that was not folded, once; what was refused or put aside asks for a supervisor."""
        named = act.body["act"]
        verdict = (
            self._said.get(named)
            or self._connection.execute(
                select(_act.verdict).where(_act.act_id == named, _act.office_id == self._office_id)
            ).scalar()
        )
        if verdict in (None, Verdict.OK.value):
            raise _Refused(Verdict.CONFLICT, {"code": "settle.nothing", "act": named})
        past = acts.of_subject(self._connection, ("act", named))
        if named in self._settled or any(each.kind == settle.SETTLED for each in past):
            raise _Refused(Verdict.CONFLICT, {"code": "settle.already", "act": named})
        if verdict != Verdict.CONFLICT.value:
            who = self.replay.state(("clerk", act.actor))
            if who is None or not may(who["role"], Permission.SETTLE):
                raise _Refused(Verdict.REJECTED, {"code": "permission.missing", "permission": Permission.SETTLE.value})

    # -- what it makes --

    def _fold(self, act: Act) -> None:
        """Fold into every subject or into none."""
        after: dict[Subject, Values | None] = {}
        for subject, fold in self.replay.folds_of(act):
            try:
                row = fold(self.replay.state(subject), act)
            except Stale as stale:
                raise _Refused(Verdict.CONFLICT, {"code": stale.code, **_plain(stale.details)}) from stale
            if row is not None and not fits(subject[0], row):
                raise _Refused(Verdict.QUARANTINED, {"code": "act.unreadable", "reason": subject[0]})
            after[subject] = row
        for subject, row in after.items():
            self.replay.put(subject, row)


def _plain(details: Mapping[str, Any]) -> Mapping[str, Any]:
    """Details as JSON holds them (both values of a conflict may hold times)."""
    return {key: _as_json(value) for key, value in details.items()}


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return schema.instant_text(value)
    if isinstance(value, Mapping):
        return {str(key): _as_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(each) for each in value]
    return value


def _codes_of(deed: Act) -> tuple[str, ...]:
    """The codes that an act gives to its dossier."""
    if deed.kind in ("dossier.received", "dossier.registered", "dossier.imported"):
        given = deed.body["dossier"]
        return tuple(dict.fromkeys(given[key] for key in ("code", *linking.KEYS) if given.get(key)))
    if deed.kind == "dossier.linked":
        return tuple(deed.body[key] for key in linking.KEYS if deed.body.get(key))
    return ()


def _codes_free(court: Court, deed: Act) -> None:
    for code in _codes_of(deed):
        court.demand_free(deed, code)


def _late_sound(_court: Court, deed: Act) -> None:
    """What was entered late says so as our programs do: from a sheet, and of a moment before the entry."""
    given = deed.body["dossier"]
    if given.get("late_entry") is None:
        return
    try:
        late_entry.demand_sound(given, deed.at, deed.subjects)
    except RuleBroken as broken:
        raise _Refused(Verdict.REJECTED, {"code": broken.code, **_plain(broken.details)}) from broken


def _move_allowed(court: Court, deed: Act) -> None:
    """A move that no program of ours makes is refused; one that another's has overtaken is a conflict."""
    try:
        demand_legal(deed.kind, deed.body)
    except RuleBroken as broken:
        raise _Refused(Verdict.REJECTED, {"code": broken.code, **_plain(broken.details)}) from broken
    standing = court.replay.state(("dossier", deed.subjects[0][1]))
    move = str(deed.body["move"])
    if move == TAKE and deed.body["to"]["holder"] != deed.actor:
        raise _Refused(Verdict.REJECTED, {"code": "hands.not-yours", "by": deed.body["to"]["holder"]})
    if move not in STAYS or standing is None:
        return
    try:
        demand_stays(move, State(standing["state"]))
    except RuleBroken as broken:
        raise _Refused(Verdict.CONFLICT, {"code": broken.code, **_plain(broken.details)}) from broken


def _again_allowed(court: Court, deed: Act) -> None:
    """One request for a supplement more than the law has rounds for is a supervisor's (NĐ 118/2025 art. 16.3)."""
    standing = court.replay.state(("dossier", deed.subjects[0][1]))
    if standing is None:
        return
    day = clock.local(standing["received_at"]).date()
    if deed.body["to"]["supplements"] > supplements.rule_for(standing["procedure_code"], day).rounds:
        court.demand_may(Permission.DECIDE)


def _correction_sound(court: Court, deed: Act) -> None:
    """A correction that no program of ours makes is refused; one after the result is a supervisor's."""
    try:
        state = correcting.demand_legal(deed.body)
    except RuleBroken as broken:
        raise _Refused(Verdict.REJECTED, {"code": broken.code, **_plain(broken.details)}) from broken
    if state not in OPEN:
        court.demand_may(Permission.DECIDE)


def _rating_sound(_court: Court, deed: Act) -> None:
    """A rating that no citizen could have given is refused."""
    try:
        ratings.demand_said(deed.body, deed.subjects)
    except RuleBroken as broken:
        raise _Refused(Verdict.REJECTED, {"code": broken.code, **_plain(broken.details)}) from broken


_CHECKS: Mapping[str, tuple[Callable[[Court, Act], None], ...]] = {
    "dossier.received": (_codes_free, _late_sound),
    "dossier.registered": (_codes_free,),
    "dossier.imported": (_codes_free,),
    "dossier.linked": (_codes_free,),
    "clerk.set": (Court.demand_login_free,),
    "dossier.corrected": (_correction_sound,),
    "rating.given": (_rating_sound,),
    **dict.fromkeys(ACTS.values(), (_move_allowed,)),
    ACTS[Move.SUPPLEMENT]: (_move_allowed, _again_allowed),
}
"""What the centre checks, kind by kind: numbers and names that must be free in the whole office, which nobody else can
know, and moves of a dossier, whatever program made them."""

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
