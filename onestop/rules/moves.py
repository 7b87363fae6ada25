"""What a move of a dossier's life needs to be said with it, who may make it, and what the law wants before it.

The table of moves is in `rules/dossier.py`; extending a date and taking back the last move lead to no other state and
stand here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from onestop.clock import local
from onestop.rules.calendar import Calendar
from onestop.rules.dossier import Move
from onestop.rules.errors import RuleBroken
from onestop.rules.roles import Permission
from onestop.rules.text import fold

EXTEND = "extend"
UNDO = "undo"
AT_ONCE = "at-once"
CONFIRM_LATE = "confirm-late"
REFUSE_LATE = "refuse-late"
ASSIGN = "assign"
TAKE = "take"
RETURN = "return"
OTHERS = (EXTEND, UNDO, AT_ONCE, ASSIGN, TAKE, RETURN, CONFIRM_LATE, REFUSE_LATE)
"""Not in the table of states: the dossier stays where it is, or goes back to where it was; or two moves in one go, what
is done while the citizen waits: finished and handed back (art. 17.4). Given to somebody, taken over by him, given back
to the counter (art. 18): who may, `rules/hands.py`. A supervisor's word on what was entered late: `late_entry.py`."""

RECEIVED, REGISTERED = "dossier.received", "dossier.registered"
IMPORTED = "dossier.imported"
BEGUN = (RECEIVED, REGISTERED, IMPORTED)
"""Kinds of acts with which a dossier begins here; the body of each holds it under "dossier"."""

MADE_HERE = tuple(move for move in Move if move not in (Move.REGISTER, Move.RECEIVE))
"""The moves that are made of a dossier that is there."""

ACTS: Mapping[str, str] = {
    Move.ACCEPT: "dossier.accepted",
    Move.REFUSE: "dossier.refused",
    Move.FORWARD: "dossier.forwarded",
    Move.SUPPLEMENT: "dossier.sent-back",
    Move.COMPLETE: "dossier.completed",
    Move.ASK_PAYMENT: "dossier.payment-asked",
    Move.PAID: "dossier.paid",
    Move.WITHDRAW: "dossier.withdrawn",
    Move.STOP: "dossier.stopped",
    Move.FINISH: "dossier.finished",
    Move.HAND_BACK: "dossier.handed-back",
    Move.RECALL: "dossier.recalled",
    EXTEND: "dossier.extended",
    ASSIGN: "dossier.assigned",
    TAKE: "dossier.taken",
    RETURN: "dossier.given-back",
    UNDO: "dossier.undone",
    CONFIRM_LATE: "late-entry.confirmed",
    REFUSE_LATE: "late-entry.refused",
}
"""Move -> kind of its act."""

PERMISSIONS: Mapping[str, Permission] = {
    Move.ACCEPT: Permission.RECEIVE,
    Move.REFUSE: Permission.RECEIVE,
    Move.FORWARD: Permission.MOVE,
    Move.SUPPLEMENT: Permission.MOVE,
    Move.COMPLETE: Permission.MOVE,
    Move.ASK_PAYMENT: Permission.MOVE,
    Move.PAID: Permission.MOVE,
    Move.WITHDRAW: Permission.MOVE,
    Move.STOP: Permission.DECIDE,
    Move.FINISH: Permission.MOVE,
    Move.HAND_BACK: Permission.HAND_BACK,
    Move.RECALL: Permission.DECIDE,
    EXTEND: Permission.DECIDE,
    UNDO: Permission.MOVE,
    AT_ONCE: Permission.HAND_BACK,
    CONFIRM_LATE: Permission.LATE_ENTRY,
    REFUSE_LATE: Permission.LATE_ENTRY,
    ASSIGN: Permission.MOVE,
    TAKE: Permission.MOVE,
    RETURN: Permission.MOVE,
}
"""Who may do what. No text of the law names the clerk: it is the practice of wards, and the table of roles says it."""

REASONED = (Move.REFUSE, Move.SUPPLEMENT, Move.WITHDRAW, Move.STOP, Move.RECALL, EXTEND, RETURN, REFUSE_LATE)
"""Moves that are not made without a reason (NĐ 118/2025/NĐ-CP art. 17.1, 19.3, 19.5, 19.6, 21, 23.1); whoever gets a
dossier back has to know why, though no text says so."""

ANSWERS = (Move.ACCEPT, Move.REFUSE, Move.SUPPLEMENT)
"""What answers a dossier that came online, art. 17.2."""

CORRECT_WITHIN = 3
"""Working days in which a wrong result is corrected, art. 23.1."""

PAPERS = ("receipt", "identity", "authorisation")
"""On what a result is handed over, art. 6.2."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came out: the result's kind and title, its number, its date, who signed it, files by name."""

    title: str = ""
    number: str = ""
    date: str = ""
    signer: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who stands at the counter for the result."""

    name: str = ""
    identity_number: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class MoveForm:
    """One move of the dossier with this id or code. `seen`: the state that whoever moves it had before the eyes, ""
    where nobody looked; `held`: whose it was before the eyes ("" the counter's), None where nobody looked. `again`: a
    supervisor knows that it is the second supplement."""

    dossier: str
    move: str
    seen: str = ""
    held: str | None = None
    reason: str = ""
    items: tuple[str, ...] = ()
    due: str = ""
    to: str = ""
    note: str = ""
    result: Result = field(default_factory=Result)
    receiver: Receiver = field(default_factory=Receiver)
    paper: str = ""
    way: str = ""
    """How a result leaves otherwise than over the counter: post, electronic."""
    with_it: Mapping[str, Any] = field(default_factory=dict)
    """What a hand-back leaves of the delivery too (`actions/delivery.py`)."""
    together: tuple[str, ...] = ()
    """Ids of the dossiers that one person takes away together, this one among them."""


_KEYS: Mapping[str, tuple[str, ...]] = {
    Move.SUPPLEMENT: ("reason", "items"),
    Move.REFUSE: ("reason",),
    Move.WITHDRAW: ("reason",),
    Move.STOP: ("reason",),
    Move.RECALL: ("reason",),
    REFUSE_LATE: ("reason",),
    EXTEND: ("reason", "due"),
    Move.FORWARD: ("to", "note"),
    ASSIGN: ("to", "note"),
    RETURN: ("reason",),
    Move.FINISH: ("number", "date", "signer", "result", "files"),
    Move.HAND_BACK: ("receiver", "paper"),
    AT_ONCE: ("number", "date", "signer", "result", "files", "receiver", "paper"),
}


def read_move(dossier: str, move: str, plain: Any) -> MoveForm:
    """The form of `motcua dossier act CODE ACTION --file F.json`. RuleBroken dossier.move-unknown and form.*."""
    known = [*(each.value for each in MADE_HERE), *OTHERS]
    if move not in known:
        raise RuleBroken("dossier.move-unknown", field="action", move=move, known=known)
    if not isinstance(plain, dict):
        raise RuleBroken("form.not-an-object")
    for key in plain:
        if key not in _KEYS.get(move, ()):
            raise RuleBroken("form.unknown-key", key=key)
    receiver = plain.get("receiver") or {}
    if not isinstance(receiver, dict):
        raise RuleBroken("form.wrong-type", field="receiver", key="receiver", wanted="object", how="object")
    for key in receiver:
        if key not in Receiver.__dataclass_fields__:
            raise RuleBroken("form.unknown-key", key=f"receiver.{key}")
    return MoveForm(
        dossier,
        move,
        reason=_text(plain, "reason"),
        items=_texts(plain, "items"),
        due=_text(plain, "due"),
        to=_text(plain, "to"),
        note=_text(plain, "note"),
        result=Result(
            _text(plain, "result"),
            _text(plain, "number"),
            _text(plain, "date"),
            _text(plain, "signer"),
            _texts(plain, "files"),
        ),
        receiver=Receiver(*(_text(receiver, key, "receiver.") for key in ("name", "identity_number", "phone"))),
        paper=_text(plain, "paper"),
    )


def _text(plain: Mapping[str, Any], key: str, where: str = "") -> str:
    value = plain.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RuleBroken("form.wrong-type", field=f"{where}{key}", key=f"{where}{key}", wanted="text", how="text")
    return " ".join(value.split())


def _texts(plain: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = plain.get(key) or []
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise RuleBroken("form.wrong-type", field=key, key=key, wanted="texts", how="texts")
    return tuple(" ".join(each.split()) for each in value if each.strip())


# -- what has to be said


def demand_said(form: MoveForm) -> None:
    """RuleBroken move.reason-missing, move.items-missing, move.to-missing, move.paper, move.receiver-missing,
    move.result-date."""
    if form.move in REASONED and not form.reason.strip():
        raise RuleBroken("move.reason-missing", field="reason")
    if form.move == Move.SUPPLEMENT and not form.items:
        raise RuleBroken("move.items-missing", field="items")
    if form.move == ASSIGN and not form.to.strip():
        raise RuleBroken("move.to-missing", field="to")
    if form.move == Move.FINISH and form.result.date:
        result_day(form.result.date)
    if form.move == Move.HAND_BACK and not form.way:
        if form.paper not in PAPERS:
            raise RuleBroken("move.paper", field="paper", known=list(PAPERS))
        if not form.receiver.name.strip() and not form.receiver.identity_number.strip():
            raise RuleBroken("move.receiver-missing", field="receiver")


def result_day(text: str) -> date:
    """The date of a result, ISO. RuleBroken move.result-date."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RuleBroken("move.result-date", field="date", value=text) from error


def demand_reached(text: str, today: date) -> None:
    """A result bears no day that is still to come; "" is today. RuleBroken move.result-date, move.result-future."""
    if text and (day := result_day(text)) > today:
        raise RuleBroken("move.result-future", field="date", day=day)


# -- a new date

FURTHEST = timedelta(days=366)
"""A promise further away than this is a slip of the pen in the year, not a date."""


@dataclass(frozen=True, slots=True)
class NewDate:
    """What an apology promises. `moves_due`: it was in time, so the dossier is due on the new date; else it stays quá
    hạn and the date is only a promise."""

    due: datetime
    moves_due: bool


def new_date(
    wanted: str, due: datetime | None, extended: bool, now: datetime, calendar: Calendar, last: datetime
) -> NewDate:
    """Judge the new date of an apology: once only, after the old date, in time until `last` (art. 19.6).

    RuleBroken extension.no-date (nothing was promised), extension.again, extension.not-a-date, extension.day-off (no
    working day), extension.not-later, extension.date-missing, extension.too-far.
    """
    if due is None:
        raise RuleBroken("extension.no-date")
    if extended:
        raise RuleBroken("extension.again")
    if not wanted:
        raise RuleBroken("extension.date-missing", field="due")
    try:
        moment = datetime.fromisoformat(wanted)
    except ValueError as error:
        raise RuleBroken("extension.not-a-date", field="due", value=wanted) from error
    day = moment.date() if moment.tzinfo is None else local(moment).date()
    if day > local(now).date() + FURTHEST:
        raise RuleBroken("extension.too-far", field="due", day=day)
    if not calendar.is_working_day(day):
        raise RuleBroken("extension.day-off", field="due", day=f"{day.day}/{day.month}/{day.year}")
    if moment.tzinfo is None:
        moment = calendar.closing(day) if len(wanted) <= len("2026-11-27") else moment.replace(tzinfo=local(now).tzinfo)
    if local(moment) <= local(due) or local(moment) <= local(now):
        raise RuleBroken("extension.not-later", field="due", due=local(due).isoformat(timespec="minutes"))
    return NewDate(moment, local(now) <= local(last))


# -- who may collect


def demand_receiver(form: MoveForm, people: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Who of `people` (owner and submitter: id, name, role, numbers) stands there; None for somebody authorised.

    RuleBroken move.stranger: neither by number nor, where no number is known, by name, and without an authorisation.
    RuleBroken move.authorised-who: an authorised person is written down by name and number.
    """
    given = _bare(form.receiver.identity_number)
    for each in people:
        numbers = [_bare(number) for number in each["numbers"]]
        if given and numbers:
            if given in numbers:
                return each
        elif form.receiver.name and fold(form.receiver.name) == fold(str(each["name"])):
            return each
    if form.paper != "authorisation":
        raise RuleBroken("move.stranger", field="receiver", name=form.receiver.name or given)
    if not form.receiver.name.strip() or not given:
        raise RuleBroken("move.authorised-who", field="receiver")
    return None


def _bare(number: str) -> str:
    return "".join(letter for letter in number.upper() if letter.isalnum())


def correct_by(now: datetime, calendar: Calendar) -> date:
    """The last day on which a wrong result is corrected in time."""
    return calendar.add_working_days(local(now).date(), CORRECT_WITHIN)


def notice_late(received: datetime, now: datetime, days: int, calendar: Calendar) -> bool:
    """Whether a request for a supplement comes later than so many working days after the receipt."""
    return local(now).date() > calendar.add_working_days(local(received).date(), days)
