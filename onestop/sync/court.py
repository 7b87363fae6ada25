"""The centre's court: the one verdict on each act of a push, on what all before it have made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from onestop.actions import settle
from onestop.actions.rights import AT_THE_DOOR, FOUNDING, RIGHTS
from onestop.queries import dossiers
from onestop.rules.errors import Stale
from onestop.rules.roles import Permission, may
from onestop.store import acts, schema
from onestop.store.acts import Act, Record, Subject
from onestop.store.files import Files
from onestop.store.fitting import fits
from onestop.store.replay import Replay, publishes
from onestop.store.work import Kinds, kind_of
from onestop.store.work import Row as Values
from onestop.sync.checks import CHECKS, Refused, codes_of, plain
from onestop.sync.protocol import Push, Verdict

_act = schema.act.c

Sentence = tuple[Verdict, Mapping[str, Any] | None]


class Court:
    """Judges the acts of one push, one after the other, each on what all before it have made."""

    def __init__(self, connection: Connection, kinds: Kinds, files: Files, message: Push, *, revoked: bool) -> None:
        self._connection = connection
        self._kinds = kinds
        self._revoked = revoked
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
            if self._revoked:
                raise Refused(Verdict.QUARANTINED, {"code": "device.revoked"})
            deed = settle.again(act) or act if act.kind == settle.SETTLED else act
            self._judged = act
            self._demand_right(act, deed)
            kind = kind_of(self._kinds, act)
            if kind is None:
                return Verdict.OK, {"code": "act.raw"}
            for check in CHECKS.get(deed.kind, ()):
                check(self, deed)
            if act.kind == settle.SETTLED:
                self._demand_unsettled(act)
            self._fold(act)
        except Refused as refused:
            return refused.verdict, refused.details
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, StopIteration) as error:
            # The body is not what its kind asks for.
            return Verdict.QUARANTINED, {"code": "act.unreadable", "reason": type(error).__name__}
        for code in codes_of(deed):
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
                raise Refused(Verdict.QUARANTINED, {"code": "act.unreadable", "reason": "no body"})
        elif acts.body_hash(record.salt, record.body) != record.body_hash:
            raise Refused(Verdict.QUARANTINED, {"code": "act.unreadable", "reason": "body and hash differ"})
        act = record.act(seq, Verdict.OK.value)
        if act.at.tzinfo is None or not act.subjects:
            raise Refused(Verdict.QUARANTINED, {"code": "act.unreadable", "reason": "header"})
        return act

    # -- who may --

    def _demand_right(self, act: Act, deed: Act) -> None:
        """RuleBroken by verdict: the clerk is unknown or dismissed (put aside), or his role never allowed it."""
        self._somebody = self._somebody or act.actor != FOUNDING
        if act.actor == FOUNDING:
            if self._somebody or self._anybody_yet():
                raise Refused(Verdict.QUARANTINED, {"code": "clerk.unknown", "actor": act.actor})
            return
        if act.actor == AT_THE_DOOR:
            if act.kind != "clerk.logged-in":
                raise Refused(Verdict.REJECTED, {"code": "permission.missing", "actor": act.actor})
            return
        needed = RIGHTS.get(deed.kind, ())
        standing = self.replay.state(("clerk", act.actor))
        at_the_time = None
        if standing is None or not self._fits(standing, needed):
            at_the_time = self._clerk_at(act.actor, act.at)
        if standing is None and at_the_time is None:
            raise Refused(Verdict.QUARANTINED, {"code": "clerk.unknown", "actor": act.actor})
        if any(who is not None and self._fits(who, needed) for who in (standing, at_the_time)):
            return
        if any(who is not None and who["active"] for who in (standing, at_the_time)):
            raise Refused(
                Verdict.REJECTED, {"code": "permission.missing", "permission": needed[0].value if needed else ""}
            )
        raise Refused(Verdict.QUARANTINED, {"code": "clerk.dismissed", "actor": act.actor})

    @staticmethod
    def _fits(who: Values, needed: tuple[Permission, ...]) -> bool:
        return bool(who["active"]) and (not needed or any(may(who["role"], each) for each in needed))

    @property
    def settling(self) -> bool:
        """Whether what is judged does again what was in conflict."""
        return self._judged is not None and self._judged.kind == settle.SETTLED

    def may(self, permission: Permission) -> bool:
        """Whether whoever sends the act that is judged may, now or when it was made."""
        act = self._judged
        assert act is not None
        who = (self.replay.state(("clerk", act.actor)), self._clerk_at(act.actor, act.at))
        return any(each is not None and self._fits(each, (permission,)) for each in who)

    def demand_may(self, permission: Permission) -> None:
        """Rejected where he may not."""
        if not self.may(permission):
            raise Refused(Verdict.REJECTED, {"code": "permission.missing", "permission": permission.value})

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
            raise Refused(Verdict.CONFLICT, {"code": "dossier.code-taken", "taken": code, "dossier": other})

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
            raise Refused(Verdict.CONFLICT, {"code": "clerk.login-taken", "clerk": other})

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
            raise Refused(Verdict.CONFLICT, {"code": "settle.nothing", "act": named})
        past = acts.of_subject(self._connection, ("act", named))
        if named in self._settled or any(each.kind == settle.SETTLED for each in past):
            raise Refused(Verdict.CONFLICT, {"code": "settle.already", "act": named})
        if verdict != Verdict.CONFLICT.value:
            who = self.replay.state(("clerk", act.actor))
            if who is None or not may(who["role"], Permission.SETTLE):
                raise Refused(Verdict.REJECTED, {"code": "permission.missing", "permission": Permission.SETTLE.value})

    # -- what it makes --

    def _fold(self, act: Act) -> None:
        """Fold into every subject or into none."""
        after: dict[Subject, Values | None] = {}
        for subject, fold in self.replay.folds_of(act):
            try:
                row = fold(self.replay.state(subject), act)
            except Stale as stale:
                raise Refused(Verdict.CONFLICT, {"code": stale.code, **plain(stale.details)}) from stale
            if row is not None and not fits(subject[0], row):
                raise Refused(Verdict.QUARANTINED, {"code": "act.unreadable", "reason": subject[0]})
            after[subject] = row
        for subject, row in after.items():
            self.replay.put(subject, row)
