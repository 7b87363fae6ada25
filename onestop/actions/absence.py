"""A clerk goes on leave: his dossiers go to his deputy in one unit of work, and those still open come back with him."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from onestop import clock
from onestop.actions import books
from onestop.actions.process import hand
from onestop.queries import absence as queries
from onestop.queries import office
from onestop.queries.absence import AbsenceRow, InPlace
from onestop.queries.office import ClerkRow
from onestop.rules.absence import AbsenceForm, read_leave, said_days
from onestop.rules.errors import RuleBroken, Stale
from onestop.rules.roles import Permission, may
from onestop.store import schema
from onestop.store.acts import Act
from onestop.store.work import Kind, Row, Work

BOOK = "work-handover"
"""The minutes have a number of this counter's own book."""

_d = schema.dossier.c


def fold_begun(subject: Row | None, act: Act) -> Row:
    """The leave appears."""
    if subject is not None:
        raise Stale(subject=subject["id"])
    return {
        **act.body["absence"],
        "id": act.subjects[0][1],
        "office_id": act.office_id,
        "made_at": act.at,
        "made_by": act.actor,
        "ended_at": None,
        "ended_by": None,
    }


def fold_ended(subject: Row | None, act: Act) -> Row:
    """He is back."""
    if subject is None or subject["ended_at"] is not None:
        raise Stale()
    return {**subject, "ended_at": act.at, "ended_by": act.actor}


KINDS = (Kind("absence.begun", {"absence": fold_begun}), Kind("absence.ended", {"absence": fold_ended}))


@dataclass(frozen=True, slots=True)
class Left:
    """What became of it: whose leave, who stands for him, how many dossiers went over or came back, number of the
    minutes."""

    id: str
    clerk: str
    deputy: str
    moved: int
    number: int


def begin(work: Work, form: AbsenceForm) -> Left:
    """Write down a leave and hand over at once what the clerk has.

    RuleBroken permission.missing, clerk.unknown, absence.*.
    """
    work.demand(Permission.DELEGATE)
    here = work.connection
    leave = read_leave(form, clock.local(work.now).date(), office.calendar(here))
    first, until = leave.first.isoformat(), leave.until.isoformat() if leave.until else ""
    clerk = _clerk(work, form.login, "login")
    if not clerk.active:
        raise RuleBroken("absence.clerk-gone", field="login", name=clerk.name)
    known = queries.absences(here)
    for each in known:
        if each.clerk_id == clerk.id:
            days = said_days(each.from_day, each.until_day)
            raise RuleBroken("absence.overlap", field="login", name=clerk.name, days=days)
    deputy = _deputy(work, form, clerk, first, until, known)
    absence_id = clock.new_id()
    moved = queries.held_dossiers(here, clerk.id)
    number = books.next_number(work, BOOK, clock.local(work.now).year)
    kept = {
        "clerk_id": clerk.id,
        "deputy_id": deputy.id,
        "from_day": first,
        "until_day": until or None,
        "reason": leave.reason,
        "number": number,
        "moved": list(moved),
    }
    subjects = [("absence", absence_id), ("clerk", clerk.id), ("clerk", deputy.id)]
    work.record("absence.begun", subjects, {"absence": kept, "listed": _listed(work, moved)})
    for dossier_id in moved:
        # What he held for somebody else on leave is still held for that one.
        whose = queries.in_place_of(here, dossier_id) or InPlace(clerk.id, absence_id)
        said = {"instead_of": whose.clerk_id, "absence": whose.absence_id}
        hand(work, dossier_id, deputy.id, absence_id, said)
    return Left(absence_id, clerk.name, deputy.name, len(moved), number)


def _clerk(work: Work, login: str, field: str) -> ClerkRow:
    found = office.clerk(work.connection, login)
    if found is None:
        raise RuleBroken("clerk.unknown", field=field, login=login)
    return found


def _deputy(
    work: Work, form: AbsenceForm, clerk: ClerkRow, first: str, until: str, known: Iterable[AbsenceRow]
) -> ClerkRow:
    others = [each for each in office.clerks(work.connection) if each.id != clerk.id]
    if not any(may(each.role, Permission.MOVE) for each in others):
        raise RuleBroken("absence.nobody-else", field="deputy")
    if not form.deputy.strip():
        raise RuleBroken("absence.no-deputy", field="deputy")
    deputy = _clerk(work, form.deputy, "deputy")
    if deputy.id == clerk.id:
        raise RuleBroken("absence.self", field="deputy")
    if not deputy.active:
        raise RuleBroken("absence.clerk-gone", field="deputy", name=deputy.name)
    if not may(deputy.role, Permission.MOVE):
        raise RuleBroken("absence.deputy-cannot", field="deputy", name=deputy.name)
    away = next((each for each in known if each.clerk_id == deputy.id and each.meets(first, until)), None)
    if away is not None:
        days = said_days(away.from_day, away.until_day)
        raise RuleBroken("absence.deputy-absent", field="deputy", name=deputy.name, days=days)
    return deputy


def end(work: Work, login: str) -> Left:
    """The clerk is back: what is held for him and still open comes back to him.

    RuleBroken clerk.unknown, absence.none, absence.not-you (neither he himself nor a supervisor).
    """
    clerk = _clerk(work, login, "login")
    row = next((each for each in queries.absences(work.connection) if each.clerk_id == clerk.id), None)
    if work.actor.id != clerk.id and not may(work.actor.role, Permission.DELEGATE):
        raise RuleBroken("absence.not-you", name=clerk.name)
    work.demand(Permission.MOVE)
    if row is None:
        raise RuleBroken("absence.none", field="login", name=clerk.name)
    back = queries.comes_back(work.connection, row)
    number = books.next_number(work, BOOK, clock.local(work.now).year)
    body = {"number": number, "moved": list(back), "listed": _listed(work, back)}
    work.record("absence.ended", [("absence", row.id), ("clerk", clerk.id)], body)
    for dossier_id in back:
        hand(work, dossier_id, clerk.id, row.id)
    return Left(row.id, clerk.name, row.deputy, len(back), number)


def _listed(work: Work, ids: Iterable[str]) -> list[dict[str, Any]]:
    """The dossiers as they stand at this moment: what the minutes list, for ever."""
    wanted = list(ids)
    rows = {row.id: row for row in work.connection.execute(select(schema.dossier).where(_d.id.in_(wanted)))}
    return [
        {
            "code": row.official_code or row.code,
            "request": row.summary or row.procedure_name,
            "owner": row.owner_name,
            "due": schema.instant_text(row.due_at) if row.due_at else None,
            "state": row.state,
            "supplement_until": row.supplement_until,
        }
        for row in (rows[each] for each in wanted)
    ]
