"""A move that another clerk's had overtaken, made again on the dossier as it stands now."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from onestop.actions.process import plain_values
from onestop.rules.dossier import Move, State
from onestop.rules.errors import RuleBroken
from onestop.rules.move_acts import STAYS, demand_legal, demand_stays, state_after
from onestop.rules.moves import ACTS, RETURN, TAKE, UNDO
from onestop.store import schema
from onestop.store.acts import Act
from onestop.store.work import Work

FREE = frozenset({"state", "came_from", "holder", "taken_at", "reason"})
"""What may be otherwise than the move found it: the table of moves judges the state, and the rest it writes itself.
Anything else (a date, a count of supplements) it reckoned with, and a person has to look again."""

STRICT = (TAKE, RETURN)
"""Who has it was what these went by: whoever has it now is asked again by a person."""


def moved_again(work: Work, deed: Act) -> dict[str, Any]:
    """The body of the move from what stands now.

    RuleBroken dossier.unknown, dossier.move-not-allowed, settle.do-again (taking back, or what it reckoned with is
    otherwise).
    """
    dossier_id = deed.subjects[0][1]
    row = work.connection.execute(select(schema.dossier).where(schema.dossier.c.id == dossier_id)).one_or_none()
    if row is None:
        raise RuleBroken("dossier.unknown", code=dossier_id)
    try:
        demand_legal(deed.kind, deed.body)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise RuleBroken("settle.do-again", act=deed.act_id) from error
    if deed.kind == ACTS[UNDO]:
        raise RuleBroken("settle.do-again", act=deed.act_id)
    found, left = deed.body["from"], dict(deed.body["to"])
    now = plain_values({key: getattr(row, key) for key in left})
    made = str(deed.body["move"])
    if made in STAYS:
        demand_stays(made, State(row.state))
    else:
        came_from = State(row.came_from) if row.came_from else None
        state = state_after(State(row.state), came_from, Move(made))
        left |= {"state": state.value, "came_from": row.state}
    if any(now[key] != found[key] for key in left if made in STRICT or key not in FREE):
        raise RuleBroken("settle.do-again", act=deed.act_id)
    return {**deed.body, "from": now, "to": left}
