"""Who is on leave, who stands for him meanwhile, and what that one holds in his place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from sqlalchemy import Connection, select

from onestop.queries import office
from onestop.queries.office import ClerkRow
from onestop.rules.dossier import Move
from onestop.rules.errors import RuleBroken
from onestop.rules.move_acts import HELD_IN
from onestop.rules.moves import ACTS, ASSIGN, RETURN, UNDO
from onestop.store import acts, schema

_a = schema.absence.c
_d = schema.dossier.c

HANDED = frozenset({ACTS[Move.FORWARD], ACTS[ASSIGN], ACTS[RETURN], ACTS[Move.FINISH]})
"""Acts that say for whom a dossier is held, or that nobody has it any more."""


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """A leave. `until_day` "": nobody knows yet. `moved`: ids of the dossiers that went over when it began."""

    id: str
    clerk_id: str
    login: str
    clerk: str
    deputy_id: str
    deputy: str
    from_day: str
    until_day: str
    reason: str
    number: int | None
    moved: tuple[str, ...]
    made_at: datetime
    ended_at: datetime | None

    def holds_on(self, day: date) -> bool:
        """Whether what comes for him on `day` goes to his deputy: from when he handed over his work until he is back,
        or the last day has passed."""
        return self.ended_at is None and (not self.until_day or day.isoformat() <= self.until_day)

    def meets(self, first: str, last: str) -> bool:
        """Whether it is not over and has a day in common with these, both included; "" without an end."""
        return (
            self.ended_at is None
            and (not last or self.from_day <= last)
            and (not self.until_day or first <= self.until_day)
        )


_NAME, _LOGIN = attrgetter("name"), attrgetter("login")


def absences(connection: Connection, open_only: bool = True) -> tuple[AbsenceRow, ...]:
    """Leaves, the latest first; those from which nobody has come back yet, or all."""
    clerks = office.clerks(connection, active_only=False)
    names, logins = ({each.id: value(each) for each in clerks} for value in (_NAME, _LOGIN))
    query = select(schema.absence).order_by(_a.made_at.desc(), _a.id)
    if open_only:
        query = query.where(_a.ended_at.is_(None))
    return tuple(
        AbsenceRow(
            row.id,
            row.clerk_id,
            logins.get(row.clerk_id, ""),
            names.get(row.clerk_id, ""),
            row.deputy_id,
            names.get(row.deputy_id, ""),
            row.from_day,
            row.until_day or "",
            row.reason or "",
            row.number,
            tuple(row.moved or ()),
            row.made_at,
            row.ended_at,
        )
        for row in connection.execute(query)
    )


def absence(connection: Connection, wanted: str) -> AbsenceRow | None:
    """One leave by its id."""
    return next((each for each in absences(connection, open_only=False) if each.id == wanted), None)


@dataclass(frozen=True, slots=True)
class Stand:
    """Who gets what is given to somebody on leave, and the leave because of which."""

    deputy: ClerkRow
    absence: AbsenceRow


def stands_for(connection: Connection, clerk_id: str, day: date) -> Stand | None:
    """Who stands for this clerk on `day`; None where he is here himself. The deputy's own deputy where that one is on
    leave too. RuleBroken absence.deputy-gone: he who stands for him works here no more."""
    away = {each.clerk_id: each for each in reversed(absences(connection)) if each.holds_on(day)}
    if clerk_id not in away:
        return None
    first, now, seen = away[clerk_id], clerk_id, {clerk_id}
    while now in away and away[now].deputy_id not in seen:
        now = away[now].deputy_id
        seen.add(now)
    deputy = next((each for each in office.clerks(connection) if each.id == now), None)
    if deputy is None:
        raise RuleBroken("absence.deputy-gone", field="to", absent=first.clerk, deputy=first.deputy)
    return Stand(deputy, first)


def held_dossiers(connection: Connection, clerk_id: str) -> tuple[str, ...]:
    """The dossiers that this clerk has on his desk, the most urgent first."""
    query = select(_d.id).where(
        _d.holder.is_not(None),
        _d.holder == clerk_id,
        _d.state.in_([state.value for state in HELD_IN]),
    )
    return tuple(connection.execute(query.order_by(_d.due_at.is_(None), _d.due_at, _d.no)).scalars())


def held_by_login(connection: Connection, login: str) -> int:
    """How many dossiers the clerk with this login has on his desk."""
    clerk = office.clerk(connection, login)
    return len(held_dossiers(connection, clerk.id)) if clerk is not None else 0


@dataclass(frozen=True, slots=True)
class InPlace:
    """For which clerk a dossier is held, because of which of his leaves."""

    clerk_id: str
    absence_id: str


def in_place_of(connection: Connection, dossier_id: str) -> InPlace | None:
    """For whom whoever has this dossier holds it: as the last hand-over that stands says. Finished, it is held by
    nobody."""
    standing: list[tuple[str, InPlace | None]] = []
    for act in acts.of_subject(connection, ("dossier", dossier_id)):
        deed = act.body.get("again") or {"kind": act.kind, "body": act.body}
        if deed["kind"] == ACTS[UNDO]:
            standing = [each for each in standing if each[0] != deed["body"]["said"]["undoes"]]
        elif deed["kind"] in HANDED:
            said = deed["body"]["said"]
            whose = InPlace(said["instead_of"], said["absence"]) if said.get("instead_of") else None
            standing.append((act.act_id, whose))
    return standing[-1][1] if standing else None


def comes_back(connection: Connection, row: AbsenceRow) -> tuple[str, ...]:
    """The dossiers that are held for this clerk and are still open, the most urgent first: what he left, and what came
    for him meanwhile, whoever has it now. What a deputy gave on by his own decision stays where it is."""
    named = {
        subject_id
        for act in acts.of_subject(connection, ("absence", row.id))
        for table, subject_id in act.subjects
        if table == "dossier"
    }
    query = select(_d.id).where(_d.id.in_(named), _d.state.in_([state.value for state in HELD_IN]))
    ordered = connection.execute(query.order_by(_d.due_at.is_(None), _d.due_at, _d.no)).scalars()
    held = ((each, in_place_of(connection, each)) for each in ordered)
    return tuple(each for each, whose in held if whose is not None and whose.absence_id == row.id)
