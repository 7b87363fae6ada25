"""What is on its way: acts that wait for the centre, and acts that it did not take over and a person must settle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from onestop.store import acts, schema
from onestop.store.acts import Act, Subject

_a = schema.act.c
_s = schema.act_subject.c
SETTLED = "act.settled"


@dataclass(frozen=True, slots=True)
class Waiting:
    """The outbox: how many acts wait, and since when the oldest does (device time)."""

    count: int
    oldest: datetime | None


def waiting(connection: Connection) -> Waiting:
    """What this device has not had an answer to."""
    here = acts.head(connection)
    if here is None:
        return Waiting(0, None)
    count, oldest = connection.execute(
        select(func.count(), func.min(_a.at)).where(_a.device_id == here.device_id, _a.seq.is_(None))
    ).one()
    return Waiting(int(count), schema.read_instant(oldest) if oldest else None)


@dataclass(frozen=True, slots=True)
class Unsettled:
    """An act that was not folded: what it wanted (`act.body`) and why not, with the value that stands (`details`)."""

    act_id: str
    verdict: str
    details: Mapping[str, Any]
    subjects: tuple[Subject, ...]
    act: Act


def unsettled(connection: Connection, office_id: str) -> list[Unsettled]:
    """Everything in conflict, refused or put aside that no act has settled, in the office's order."""
    settling = select(_s.subject_id).join(schema.act, _a.act_id == _s.act_id)
    settled = set(
        connection.execute(
            settling.where(_s.table_name == "act", _a.kind == SETTLED, _a.verdict.is_(None) | (_a.verdict == "ok"))
        ).scalars()
    )
    rows = connection.execute(
        select(schema.act)
        .where(_a.office_id == office_id, _a.verdict.in_(("conflict", "rejected", "quarantined")))
        .order_by(_a.seq)
    )
    return [
        Unsettled(row.act_id, row.verdict, row.verdict_details or {}, acts.read_subjects(row.subjects), acts.read(row))
        for row in rows
        if row.act_id not in settled
    ]
