"""Several dossiers handed over in one go, with one list to sign, or taken over in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from onestop import clock
from onestop.actions import process
from onestop.actions.process import Moved
from onestop.queries import dossiers, hands
from onestop.queries.hand_letters import LIST
from onestop.rules.dossier import Move, State
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.moves import ASSIGN, TAKE, MoveForm
from onestop.store import schema
from onestop.store.work import Work


@dataclass(frozen=True, slots=True)
class ManyForm:
    """Which dossiers (ids or codes), to whom, what is to be known with it."""

    dossiers: tuple[str, ...]
    to: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Many:
    """What became of them. `list`: the id of the list to sign, "" for taking over; `to`: who has them now; `left_out`:
    code and reason of what stays where it was."""

    moved: tuple[Moved, ...]
    list: str = ""
    to: str = ""
    left_out: tuple[tuple[str, RuleBroken], ...] = ()
    remarks: tuple[Remark, ...] = ()


def hand_over(work: Work, form: ManyForm) -> Many:
    """Forward what is still at the counter and assign what is in the works; what cannot be handed over stays out and is
    told. RuleBroken hands.none, move.to-missing, and where nothing at all could be handed over why the first could not.
    """
    if not form.to.strip():
        raise RuleBroken("move.to-missing", field="to")
    hands.taker(work.connection, form.to)
    batch = clock.new_id()

    def one(dossier: str) -> Moved:
        row = _row(work, dossier)
        move = Move.FORWARD.value if row == State.RECEIVED else ASSIGN
        return process.move(work, MoveForm(dossier, move, to=form.to, note=form.note), beside=[(LIST, batch)])

    moved, left_out = _each(form.dossiers, one)
    now = schema.dossier.c
    holder = work.connection.execute(select(now.holder).where(now.id == moved[0].id)).scalar_one()
    to = hands.taker(work.connection, holder).name
    return Many(moved, batch, to, left_out, _once(moved))


def take_over(work: Work, wanted: Sequence[str]) -> Many:
    """Say that one has these. RuleBroken hands.none, and where none could be taken why the first could not."""
    moved, left_out = _each(wanted, lambda dossier: process.move(work, MoveForm(dossier, TAKE)))
    return Many(moved, left_out=left_out)


def _row(work: Work, dossier: str) -> str:
    dossier_id = dossiers.find_id(work.connection, dossier) or dossier
    found = work.connection.execute(select(schema.dossier.c.state).where(schema.dossier.c.id == dossier_id)).scalar()
    if found is None:
        raise RuleBroken("dossier.unknown", code=dossier)
    return str(found)


Each = tuple[tuple[Moved, ...], tuple[tuple[str, RuleBroken], ...]]


def _each(wanted: Sequence[str], make: Callable[[str], Moved]) -> Each:
    """Every one in order; a move that is refused has written nothing yet, so that the others go on."""
    moved: list[Moved] = []
    left_out: list[tuple[str, RuleBroken]] = []
    for dossier in dict.fromkeys(wanted):
        try:
            moved.append(make(dossier))
        except RuleBroken as broken:
            left_out.append((dossier, broken))
    if not moved:
        raise left_out[0][1] if left_out else RuleBroken("hands.none")
    return tuple(moved), tuple(left_out)


def _once(moved: Sequence[Moved]) -> tuple[Remark, ...]:
    said: list[Remark] = []
    for each in moved:
        said += [remark for remark in each.warnings if remark not in said]
    return tuple(said)
