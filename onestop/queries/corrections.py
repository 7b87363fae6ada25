"""What was corrected of a dossier after its receipt: when last, and by whom of which group."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Connection, select

from onestop.clock import local
from onestop.queries import office
from onestop.store import acts, schema
from onestop.store.acts import Act

CORRECTED, SETTLED = "dossier.corrected", "act.settled"

_a, _s = schema.act.c, schema.act_subject.c


def of_dossier(connection: Connection, dossier_id: str) -> Iterator[Act]:
    """The corrections that count, in order; one that was made again after a conflict is the act that settled it."""
    rows = connection.execute(
        select(schema.act)
        .join(schema.act_subject, _s.act_id == _a.act_id)
        .where(
            _s.table_name == "dossier",
            _s.subject_id == dossier_id,
            _a.kind.in_((CORRECTED, SETTLED)),
            _a.verdict.is_(None) | (_a.verdict == "ok"),
        )
        .order_by(*acts.ORDER)
    )
    for row in rows:
        act = acts.read(row)
        if act.kind == CORRECTED or (act.body.get("again") or {}).get("kind") == CORRECTED:
            yield act


def groups(act: Act) -> dict[str, list[object]]:
    """What a correction, or one made again, changed: group -> old and new value."""
    body = act.body.get("again", {}).get("body") or act.body
    found: dict[str, list[object]] = body["groups"]
    return found


def last(connection: Connection, dossier_id: str) -> datetime | None:
    """When the dossier was last corrected; None where it stands as received."""
    return max((act.at for act in of_dossier(connection, dossier_id)), default=None)


def last_day(connection: Connection, dossier_id: str) -> date | None:
    """The Vietnamese day of the last correction; None where the dossier stands as received."""
    at = last(connection, dossier_id)
    return local(at).date() if at is not None else None


def last_by(connection: Connection, dossier_id: str, group: str) -> str:
    """The name of the clerk who last corrected this group; "" for nobody."""
    found = [act.actor for act in of_dossier(connection, dossier_id) if group in groups(act)]
    return office.clerk_name(connection, found[-1]) if found else ""
