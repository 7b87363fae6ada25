"""Whether an act that says it moves a dossier is a move that the law allows: what the centre asks of every counter.

What the act found is the fold's business (two clerks at once are no wrong); here it is judged by what it says itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from onestop.rules import late_entry
from onestop.rules.delivery import POSTED, SENT
from onestop.rules.dossier import Move, Stage, State, after
from onestop.rules.errors import RuleBroken
from onestop.rules.moves import ACTS, ASSIGN, CONFIRM_LATE, EXTEND, REFUSE_LATE, RETURN, TAKE, UNDO

EXTENDED_IN = (State.RECEIVED, State.PROCESSING, State.AWAITING_PAYMENT)
"""Where an apology has something to put off."""

HELD_IN = (State.RECEIVED, State.PROCESSING, State.SUPPLEMENT, State.AWAITING_PAYMENT)
"""Where somebody here has a dossier on his desk, or will have it again: what a clerk on leave leaves to another."""

STAYS: Mapping[str, tuple[State, ...]] = {
    EXTEND: EXTENDED_IN,
    ASSIGN: HELD_IN,
    TAKE: HELD_IN,
    RETURN: HELD_IN,
    CONFIRM_LATE: tuple(State),
    REFUSE_LATE: tuple(State),
}
"""Moves that leave the dossier in its state, and in which states they are made."""

LEAVES: Mapping[str, frozenset[str]] = {
    Move.ACCEPT: frozenset({"received_at", "due_at", "original_due_at", "steps"}),
    Move.REFUSE: frozenset({"reason"}),
    Move.FORWARD: frozenset({"holder", "taken_at"}),
    Move.SUPPLEMENT: frozenset({"supplements", "supplement_until", "due_at", "waits", "reason"}),
    Move.COMPLETE: frozenset(
        {"waits", "supplement_until", "reason", "received_at", "due_at", "original_due_at", "steps"}
    ),
    Move.ASK_PAYMENT: frozenset({"reason", "due_at", "waits"}),
    Move.PAID: frozenset({"reason", "due_at", "waits", "steps"}),
    Move.WITHDRAW: frozenset({"reason"}),
    Move.STOP: frozenset({"reason"}),
    Move.FINISH: frozenset({"finished_at", "result", "holder", "taken_at", "shelf", "calls", "delivered", "posting"}),
    Move.HAND_BACK: frozenset({"handed_back_at", "handed_to", "delivered", "posting", "post_list", "custody"}),
    Move.RECALL: frozenset({"finished_at", "reason"}),
    EXTEND: frozenset({"extended_at", "promised_at", "due_at"}),
    CONFIRM_LATE: frozenset({"to_confirm", "late_entry"}),
    REFUSE_LATE: frozenset({"to_confirm", "late_entry"}),
    ASSIGN: frozenset({"holder", "taken_at"}),
    TAKE: frozenset({"holder", "taken_at"}),
    RETURN: frozenset({"holder", "taken_at"}),
}
"""What each move may leave otherwise than it found it, beside the state."""

COUNTS = (Move.ACCEPT, Move.COMPLETE)
"""Moves from which limits count, those of a linked filing's parts too."""

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
        demand_legal(ACTS[was], {"move": was, "from": left, "to": found, "parts": body.get("parts")})
        return
    refused = RuleBroken("dossier.move-not-allowed", state=str(found.get("state") or ""), move=str(move))
    if body["move"] != move or set(found) != set(left):
        raise refused
    changed = set(left)
    if move in _HANDS and not _HANDS[move](found, left):
        raise refused
    if move not in STAYS:
        changed -= {"state", "came_from"}
        came_from = State(found["came_from"]) if found["came_from"] else None
        state = state_after(State(found["state"]), came_from, Move(move))
        if (left["state"], left["came_from"]) != (state, found["state"]):
            raise refused
    if not changed <= LEAVES[move] or (body.get("parts") and move not in COUNTS):
        raise refused
    if move == Move.HAND_BACK and left.get("delivered") not in (None, POSTED, SENT):
        raise refused
    if move in late_entry.ANSWERS and not late_entry.answered(move, found, left):
        raise refused


_HANDS: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], bool]] = {
    ASSIGN: lambda _found, left: bool(left["holder"]),
    TAKE: lambda found, left: bool(found["holder"] and not found["taken_at"] and left["holder"] and left["taken_at"]),
    RETURN: lambda found, _left: bool(found["holder"]),
}
"""What a change of hands found and left: given to somebody, taken by whom it was given to, given back by whoever had
it."""


def demand_stays(move: str, state: State) -> None:
    """RuleBroken dossier.move-not-allowed where `move`, one of `STAYS`, has nothing to put off or to hand over."""
    if state not in STAYS[move]:
        raise RuleBroken("dossier.move-not-allowed", state=state.value, move=move)
