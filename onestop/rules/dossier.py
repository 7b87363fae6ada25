"""The life of a dossier: its ten states, who may take it from which to which, whether it was on time, what is edited
together.

States are the national ones (TrangThaiHoSo 1-10); payment, delivery and sync are no states of a dossier.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from onestop.clock import local
from onestop.rules.errors import RuleBroken, Stale


class State(StrEnum):
    """Where a dossier stands, under the names of the command line; `number` is the national code."""

    NEW = "new"
    RECEIVED = "received"
    REFUSED = "refused"
    PROCESSING = "processing"
    SUPPLEMENT = "supplement"
    AWAITING_PAYMENT = "awaiting-payment"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    FINISHED = "finished"
    HANDED_BACK = "handed-back"

    @property
    def number(self) -> int:
        """1 to 10, as exchanged with the national portal."""
        return list(State).index(self) + 1

    @classmethod
    def numbered(cls, number: int) -> State:
        """The state with the national code `number`. ValueError outside 1 to 10."""
        if not 1 <= number <= 10:
            raise ValueError(f"no state {number}")
        return list(State)[number - 1]


FINAL = frozenset({State.REFUSED, State.WITHDRAWN, State.STOPPED, State.HANDED_BACK})
"""Nothing follows these."""
OPEN = frozenset(State) - FINAL - {State.FINISHED}
"""Somebody still has to work or to bring something: what "an open dossier of the same procedure" means."""


def never_received(state: State, came_from: str | None) -> bool:
    """Whether a dossier was handed in and no more: what came online and was not accepted, or not yet."""
    before = state in (State.SUPPLEMENT, State.WITHDRAWN) and came_from == State.NEW
    return before or state in (State.NEW, State.REFUSED)


class Move(StrEnum):
    """What takes a dossier from one state to another, under the names of the command line."""

    REGISTER = "register"
    RECEIVE = "receive"
    ACCEPT = "accept"
    REFUSE = "refuse"
    FORWARD = "forward"
    SUPPLEMENT = "supplement"
    COMPLETE = "complete"
    ASK_PAYMENT = "ask-payment"
    PAID = "paid"
    WITHDRAW = "withdraw"
    STOP = "stop"
    FINISH = "finish"
    HAND_BACK = "hand-back"
    RECALL = "recall"


class Stage(StrEnum):
    """Before acceptance no limit runs and a dossier can be refused; after it, it can only be stopped."""

    BEFORE = "before-acceptance"
    AFTER = "after-acceptance"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table. `start` None: the dossier does not exist yet. `stage` None: either.

    `back_to` True: the row counts only where the dossier came to its present state from `end`.
    """

    start: State | None
    move: Move
    end: State
    source: str
    stage: Stage | None = None
    back_to: bool = False


_N118 = "NĐ 118/2025"
TRANSITIONS: tuple[Transition, ...] = (
    Transition(None, Move.REGISTER, State.NEW, f"{_N118} 15"),
    Transition(None, Move.RECEIVE, State.RECEIVED, f"{_N118} 17.1"),
    Transition(State.NEW, Move.ACCEPT, State.RECEIVED, f"{_N118} 17.2"),
    Transition(State.NEW, Move.REFUSE, State.REFUSED, f"{_N118} 17.1"),
    Transition(State.NEW, Move.SUPPLEMENT, State.SUPPLEMENT, f"{_N118} 17.2"),
    Transition(State.RECEIVED, Move.FORWARD, State.PROCESSING, f"{_N118} 18"),
    Transition(State.RECEIVED, Move.SUPPLEMENT, State.SUPPLEMENT, f"{_N118} 19.5"),
    Transition(State.PROCESSING, Move.SUPPLEMENT, State.SUPPLEMENT, f"{_N118} 19.5"),
    Transition(State.SUPPLEMENT, Move.COMPLETE, State.PROCESSING, f"{_N118} 19.5", Stage.AFTER, back_to=True),
    Transition(State.SUPPLEMENT, Move.COMPLETE, State.RECEIVED, f"{_N118} 19.5"),
    Transition(State.SUPPLEMENT, Move.REFUSE, State.REFUSED, f"{_N118} 19.5", Stage.BEFORE),
    Transition(State.SUPPLEMENT, Move.STOP, State.STOPPED, f"{_N118} 19.5", Stage.AFTER),
    Transition(State.PROCESSING, Move.ASK_PAYMENT, State.AWAITING_PAYMENT, f"{_N118} 24"),
    Transition(State.AWAITING_PAYMENT, Move.PAID, State.PROCESSING, f"{_N118} 24"),
    *(
        Transition(start, Move.WITHDRAW, State.WITHDRAWN, f"{_N118} 21")
        for start in (
            State.NEW,
            State.RECEIVED,
            State.PROCESSING,
            State.SUPPLEMENT,
            State.AWAITING_PAYMENT,
        )
    ),
    *(
        Transition(start, Move.STOP, State.STOPPED, f"{_N118} 19.3, 21")
        for start in (State.RECEIVED, State.PROCESSING, State.AWAITING_PAYMENT)
    ),
    Transition(State.RECEIVED, Move.FINISH, State.FINISHED, f"{_N118} 17.4, 22"),
    Transition(State.PROCESSING, Move.FINISH, State.FINISHED, f"{_N118} 22"),
    Transition(State.FINISHED, Move.HAND_BACK, State.HANDED_BACK, f"{_N118} 22"),
    Transition(State.FINISHED, Move.RECALL, State.PROCESSING, f"{_N118} 23.1"),
)


def after(state: State | None, move: Move, *, stage: Stage = Stage.AFTER, came_from: State | None = None) -> State:
    """The state that `move` leads to. `came_from`: the state before the present one, for completing a supplement.

    RuleBroken `dossier.move-not-allowed` (state, move).
    """
    for row in TRANSITIONS:
        if _fits(row, state, stage, came_from) and row.move is move:
            return row.end
    raise RuleBroken("dossier.move-not-allowed", state=state.value if state else "", move=move.value)


def moves_from(state: State | None, *, stage: Stage = Stage.AFTER) -> tuple[Move, ...]:
    """What can be done with a dossier in `state`, in the order of the table."""
    return tuple(dict.fromkeys(row.move for row in TRANSITIONS if _fits(row, state, stage, row.end)))


def _fits(row: Transition, state: State | None, stage: Stage, came_from: State | None) -> bool:
    return (
        row.start is state and (row.stage is None or row.stage is stage) and (not row.back_to or row.end is came_from)
    )


# -- on time


class Timeliness(StrEnum):
    """Trước hạn, đúng hạn, quá hạn."""

    EARLY = "early"
    ON_TIME = "on-time"
    LATE = "late"


def judge(due: datetime | None, finished: datetime, by_hour: bool = False) -> Timeliness | None:
    """Whether a dossier whose processing ended at `finished` was in time; None where the law sets no date.

    The civil days of Viet Nam are compared, not the instants: by instants nothing would ever be exactly in time.
    `finished` is the end of processing (state 9): a citizen who collects late does not make the ward late.
    `by_hour` (an office's setting): on the due day itself, later than the printed hour is late.
    """
    if due is None:
        return None
    promised, done = local(due), local(finished)
    if done.date() != promised.date():
        return Timeliness.EARLY if done.date() < promised.date() else Timeliness.LATE
    return Timeliness.LATE if by_hour and done > promised else Timeliness.ON_TIME


def is_overdue(due: datetime | None, state: State, now: datetime) -> bool:
    """Whether a dossier that is still being worked on has gone past its promised instant."""
    return due is not None and state in OPEN and local(now) > local(due)


# -- what is edited together: one edit carries {group: [old, new]}, and two edits of different groups never conflict

COMPONENT, FIELD, PERSON = "component:", "field:", "person:"

EDIT_GROUPS: dict[str, tuple[str, ...]] = {
    "contact": ("phone", "email"),
    "delivery": ("delivery",),
    "summary": ("summary",),
    "relation": ("relation",),
}
"""Group → the fields of a dossier that it holds. Further groups: each component, `component:<key>`; each field of the
procedure's form, `field:<name>`; the name of each person as registered, `person:<position>`."""

OF_COMPONENT = ("by", "status", "reason", "originals", "certified", "copies")
"""What of a component is edited together: how it came, how it was judged, how many of it."""


def groups_of(dossier: Mapping[str, Any]) -> dict[str, Any]:
    """The value of every group, from a dossier's plain fields; `components` is a list of plain components with `key`,
    `persons` one of plain persons with `position`.

    A group of one field is that field's value, a larger one a mapping of its fields; what is absent is None.
    """
    values: dict[str, Any] = {}
    for group, fields in EDIT_GROUPS.items():
        if len(fields) == 1:
            values[group] = dossier.get(fields[0])
        else:
            values[group] = {name: dossier.get(name) for name in fields}
    for component in dossier.get("components") or ():
        values[COMPONENT + component["key"]] = {name: component.get(name) for name in OF_COMPONENT}
    for name, value in (dossier.get("fields") or {}).items():
        values[FIELD + name] = value
    for person in dossier.get("persons") or ():
        values[f"{PERSON}{person['position']}"] = person["name"]
    return values


def edit(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What an edit carries: {group: [old value, new value]} for the groups that differ between two `groups_of`."""
    return {
        group: [old.get(group), new.get(group)]
        for group in dict.fromkeys((*old, *new))
        if old.get(group) != new.get(group)
    }


def apply_edit(current: Mapping[str, Any], changes: Mapping[str, list[Any]]) -> dict[str, Any]:
    """`current` (group → value) with an edit folded in. A group now at the edit's old or new value is fine.

    Stale (groups) when another's edit has moved a group elsewhere: nothing is folded, both values are shown.
    """
    moved = [group for group, (old, new) in changes.items() if current.get(group) not in (old, new)]
    if moved:
        first = moved[0]
        old, new = changes[first]
        raise Stale("act.stale", groups=moved, group=first, current=current.get(first), old=old, new=new)
    result = dict(current)
    for group, (_, new) in changes.items():
        if new is None and group.startswith((COMPONENT, FIELD)):
            result.pop(group, None)
        else:
            result[group] = new
    return result
