"""Whether an act that says it moves a dossier is a move that the law allows: what the centre asks of every counter.

What the act found is the fold's business (two clerks at once are no wrong); here it is judged by what it says itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onestop.rules.dossier import Move, Stage, State, after
from onestop.rules.errors import RuleBroken
from onestop.rules.moves import ACTS, EXTEND, UNDO

EXTENDED_IN = (State.RECEIVED, State.PROCESSING, State.AWAITING_PAYMENT)
"""Where an apology has something to put off."""

LEAVES: Mapping[str, frozenset[str]] = {
    Move.ACCEPT: frozenset({"received_at", "due_at", "original_due_at", "steps"}),
    Move.REFUSE: frozenset({"reason"}),
    Move.FORWARD: frozenset({"holder"}),
    Move.SUPPLEMENT: frozenset({"supplements", "supplement_until", "due_at", "waits", "reason"}),
    Move.COMPLETE: frozenset(
        {"waits", "supplement_until", "reason", "received_at", "due_at", "original_due_at", "steps"}
    ),
    Move.ASK_PAYMENT: frozenset({"reason"}),
    Move.PAID: frozenset({"reason"}),
    Move.WITHDRAW: frozenset({"reason"}),
    Move.STOP: frozenset({"reason"}),
    Move.FINISH: frozenset({"finished_at", "result", "holder"}),
    Move.HAND_BACK: frozenset({"handed_back_at", "handed_to"}),
    Move.RECALL: frozenset({"finished_at", "reason"}),
    EXTEND: frozenset({"extended_at", "promised_at", "due_at"}),
}
"""What each move may leave otherwise than it found it, beside the state."""

_MOVES = {kind: move for move, kind in ACTS.items()}


def state_after(state: State, came_from: State | None, move: Move) -> State:
    """Where a move leads from `state`, into which the dossier came from `came_from`.

    RuleBroken dossier.move-not-allowed.
    """
    return after(state, move, stage=Stage.BEFORE if came_from is State.NEW else Stage.AFTER, came_from=came_from)


def demand_legal(kind: str, body: Mapping[str, Any]) -> None:
    """RuleBroken dossier.move-not-allowed where no clerk could have made this act at any counter.

    KeyError, ValueError where the body is none of a move.
    """
    move, found, left = _MOVES[kind], body["from"], body["to"]
    if move == UNDO:
        # What is taken back, read backwards, is the move that was made.
        was = str(body["said"]["was"])
        demand_legal(ACTS[was], {"move": was, "from": left, "to": found})
        return
    refused = RuleBroken("dossier.move-not-allowed", state=str(found.get("state") or ""), move=str(move))
    if body["move"] != move or set(found) != set(left):
        raise refused
    changed = set(left)
    if move != EXTEND:
        changed -= {"state", "came_from"}
        came_from = State(found["came_from"]) if found["came_from"] else None
        state = state_after(State(found["state"]), came_from, Move(move))
        if (left["state"], left["came_from"]) != (state, found["state"]):
            raise refused
    if not changed <= LEAVES[move]:
        raise refused


def demand_extendable(state: State) -> None:
    """RuleBroken dossier.move-not-allowed where nothing is owed that could be put off."""
    if state not in EXTENDED_IN:
        raise RuleBroken("dossier.move-not-allowed", state=state.value, move=EXTEND)
