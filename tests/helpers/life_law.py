"""What may become of a dossier, written down a second time from the law: the table of moves by the national numbers,
who makes them, what has to be said, and what each leaves. Imports nothing from the project.

States: 1 mới đăng ký, 2 được tiếp nhận, 3 không được tiếp nhận, 4 đang xử lý, 5 yêu cầu bổ sung, 6 nghĩa vụ tài chính,
7 rút, 8 dừng, 9 đã xử lý xong, 10 đã trả.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from tests.helpers.slow_clock import HERE, RESTARTS_SINCE, SlowClock, Wait

NAMES = (
    "", "new", "received", "refused", "processing", "supplement", "awaiting-payment", "withdrawn", "stopped",
    "finished", "handed-back",
)  # fmt: skip
OPEN = (1, 2, 4, 5, 6)
MOVES = (
    "accept", "refuse", "forward", "supplement", "complete", "ask-payment", "paid", "withdraw", "stop", "finish",
    "hand-back", "recall", "extend", "at-once", "assign", "take", "return",
)  # fmt: skip

TABLE: Mapping[tuple[int, str], int] = {
    (1, "accept"): 2, (1, "refuse"): 3, (1, "supplement"): 5, (1, "withdraw"): 7,
    (2, "forward"): 4, (2, "supplement"): 5, (2, "withdraw"): 7, (2, "stop"): 8, (2, "finish"): 9,
    (4, "supplement"): 5, (4, "ask-payment"): 6, (4, "withdraw"): 7, (4, "stop"): 8, (4, "finish"): 9,
    (5, "withdraw"): 7,
    (6, "paid"): 4, (6, "withdraw"): 7, (6, "stop"): 8,
    (9, "hand-back"): 10, (9, "recall"): 4,
    (2, "extend"): 2, (4, "extend"): 4, (6, "extend"): 6,
    (2, "at-once"): 10, (4, "at-once"): 10,
    **{(state, move): state for state in (2, 4, 5, 6) for move in ("assign", "take", "return")},
}  # fmt: skip

COUNTER = {*MOVES, "undo"} - {"stop", "recall", "extend"}
MAKES: Mapping[str, set[str]] = {
    "reception": COUNTER,
    "officer": COUNTER - {"accept", "refuse", "hand-back", "at-once"},
    "supervisor": {*MOVES, "undo"},
    "installer": set(),
}
REASONED = ("refuse", "supplement", "withdraw", "stop", "recall", "extend", "return")
HANDS = ("assign", "take", "return")
CLERK = "@"
"""Begins the login of a clerk where whoever has a dossier is named; a section bears its own name, the counter none."""


def leads_to(state: int, came_from: int, move: str) -> int:
    """The state after a move; 0 where it is not allowed."""
    if state == 5 and move == "complete":
        return 4 if came_from == 4 else 2
    if state == 5 and move == ("refuse" if came_from == 1 else "stop"):
        return 3 if came_from == 1 else 8
    return TABLE.get((state, move), 0)


@dataclass(frozen=True)
class Known:
    """A dossier as the law would have it. `begun`: from when its limit counts; `permit`: a building permit, which has
    a law of its own for being sent back. `receiver`: who received it; `holder`: who has it, `taken`: since when by his
    own word; `instead`: for which leave of another clerk ("@lan 3")."""

    number: int
    unit: str
    permit: bool
    state: int
    received: datetime
    begun: datetime
    due: datetime | None
    original: datetime | None
    came_from: int = 0
    supplements: int = 0
    until: date | None = None
    extended: datetime | None = None
    promised: datetime | None = None
    finished: datetime | None = None
    handed: datetime | None = None
    asked: datetime | None = None
    waits: tuple[Wait, ...] = ()
    paying: datetime | None = None
    paid: tuple[Wait, ...] = ()
    receiver: str = ""
    holder: str = ""
    taken: datetime | None = None
    instead: str = ""

    @property
    def notice(self) -> tuple[int, ...]:
        """Within how many working days it is sent back, as often as that is done: by the law of the day of receipt."""
        since = self.received.astimezone(HERE).date() >= RESTARTS_SINCE
        return (7, 5, 3) if self.permit and since else (3,)

    @property
    def used_up(self) -> bool:
        """Whether it was sent back as often as that is done."""
        return self.supplements >= len(self.notice)


@dataclass(frozen=True)
class Try:
    """A move that a clerk tries. `wanted`: the new date of an apology. `taker`: who comes for the result and on what
    paper: owner, owner-number, authorised, authorised-unnamed, stranger, nobody, no-paper. `me`: who tries it; `to`:
    whom it is to be given, `stands` who stands for that one, or for the receiver, while he is on `leave`; `may_hold`:
    whether his role moves dossiers at all; `held`: whose it was when it was looked at, None where nobody looked."""

    move: str
    role: str
    at: datetime
    reason: str = ""
    items: tuple[str, ...] = ()
    seen: str = ""
    wanted: date | None = None
    taker: str = ""
    me: str = ""
    to: str = ""
    stands: str = ""
    leave: str = ""
    may_hold: bool = True
    held: str | None = None

    @property
    def given(self) -> str:
        """Who gets it in the end."""
        return self.stands or self.to


REFUSED_TAKERS = {
    "authorised-unnamed": "move.authorised-who",
    "stranger": "move.stranger",
    "nobody": "move.receiver-missing",
    "no-paper": "move.paper",
}


def against(known: Known, tried: Try, clock: SlowClock) -> set[str]:
    """Everything that speaks against a move; empty where it has to pass."""
    move, found = tried.move, set[str]()
    if move not in MAKES[tried.role]:
        found.add("permission.missing")
    if tried.seen and tried.seen != NAMES[known.state]:
        found.add("dossier.moved-meanwhile")
    if not leads_to(known.state, known.came_from, move):
        found.add("dossier.move-not-allowed")
    if move in REASONED and not tried.reason:
        found.add("move.reason-missing")
    if move == "supplement":
        if not tried.items:
            found.add("move.items-missing")
        if known.used_up and tried.role != "supervisor":
            found.add("supplement.again")
    if move == "extend":
        found |= _against_date(known, tried, clock)
    if tried.held is not None and tried.held != known.holder:
        found.add("hands.meanwhile")
    if move in ("forward", "assign") and not tried.may_hold:
        found.add("hands.clerk-cannot")
    if move in HANDS:
        found |= _against_hands(known, tried)
    if move in ("hand-back", "at-once") and tried.taker in REFUSED_TAKERS:
        found.add(REFUSED_TAKERS[tried.taker])
    return found


def _against_hands(known: Known, tried: Try) -> set[str]:
    """What a clerk has is his, and a supervisor's but for taking it over; what a section has is anybody's."""
    found = set[str]()
    others = known.holder.startswith(CLERK) and known.holder != tried.me
    if others and (tried.move == "take" or tried.role != "supervisor"):
        found.add("hands.not-yours")
    if tried.move == "assign":
        if not tried.to:
            found.add("move.to-missing")
        elif tried.given == known.holder:
            found.add("hands.same")
    elif not known.holder:
        found.add("hands.nobody")
    if tried.move == "take" and known.taken is not None:
        found.add("hands.taken")
    return found


def _against_date(known: Known, tried: Try, clock: SlowClock) -> set[str]:
    assert tried.wanted is not None
    found = set[str]()
    if known.due is None:
        found.add("extension.no-date")
    if known.extended is not None:
        found.add("extension.again")
    if not clock.works(tried.wanted):
        found.add("extension.day-off")
    elif clock.closing(tried.wanted) <= max(known.due or tried.at, tried.at):
        found.add("extension.not-later")
    return found


def remarks(known: Known, tried: Try, clock: SlowClock) -> set[str]:
    """What has to be said of a move that passes."""
    found = set[str]()
    if known.state == 1 and tried.move in ("accept", "refuse", "supplement"):
        if tried.at > clock.answered_until(known.received):
            found.add("answer.late")
    elif tried.move == "supplement":
        days = known.notice[min(known.supplements, len(known.notice) - 1)]
        if clock.asked_late(known.received, tried.at, days):
            found.add("supplement.notice-late")
    if tried.move == "supplement" and known.used_up:
        found.add("supplement.counts-late")
    redirected = tried.to if tried.move in ("forward", "assign") else _back_to(known) if tried.move == "return" else ""
    if tried.stands and redirected:
        found.add("hands.deputy")
    if tried.move == "extend" and known.due is not None and tried.at > clock.apology_until(known.due):
        found.add("extension.too-late")
    return found


def moved(known: Known, tried: Try, clock: SlowClock) -> Known:
    """The dossier after a move that passes."""
    move, at = tried.move, tried.at
    if move == "extend":
        return _extended(known, tried, clock)
    if move in HANDS:
        return _handed(known, tried)
    if move == "at-once":
        for each in ("finish", "hand-back"):
            known = moved(known, replace(tried, move=each), clock)
        return known
    after = replace(known, state=leads_to(known.state, known.came_from, move), came_from=known.state)
    if move == "accept" or (move == "complete" and known.came_from == 1):
        due = clock.due(at, known.number, known.unit)
        after = replace(after, received=at, begun=at, due=due, original=due)
    if move == "supplement":
        until = clock.completed_until(at)
        after = replace(after, due=None, until=until, supplements=known.supplements + 1, asked=at)
    if move == "complete":
        assert known.asked is not None
        waits = (*known.waits, (known.asked, at))
        after = replace(after, waits=waits, until=None, asked=None)
        if known.came_from != 1:
            due = clock.due_after_supplements(known.received, waits, known.paid, known.number, known.unit)
            restarted = known.received.astimezone(HERE).date() >= RESTARTS_SINCE
            after = replace(after, due=due, begun=at if restarted else known.received)
    if move == "ask-payment" and known.due is not None and known.due != known.promised:
        after = replace(after, due=None, paying=at)
    if move == "paid" and known.paying is not None:
        paid = (*known.paid, (known.paying, at))
        due = clock.due_after_supplements(known.received, known.waits, paid, known.number, known.unit)
        after = replace(after, paying=None, paid=paid, due=due)
    if move == "forward":
        after = _handed(after, tried)
    if move == "finish":
        after = replace(after, holder="", taken=None, instead="")
    if move in ("finish", "recall"):
        after = replace(after, finished=at if move == "finish" else None)
    if move == "hand-back":
        after = replace(after, handed=at)
    return after


def _back_to(known: Known) -> str:
    """To whom a dossier is given back: who received it, or the counter where that one has it himself."""
    return "" if known.receiver == known.holder else known.receiver


def _handed(known: Known, tried: Try) -> Known:
    """Who has it after a change of hands; what one gives to oneself one has."""
    if tried.move == "take":
        return replace(known, holder=tried.me, taken=tried.at)
    to = tried.to if tried.move != "return" else _back_to(known)
    given = tried.stands or to if to else ""
    taken = tried.at if given == tried.me else None
    return replace(known, holder=given, taken=taken, instead=tried.leave if tried.stands and to else "")


def left_to(known: Known, away: str, deputy: str, leave: str) -> Known:
    """Held by a clerk who goes on leave: his deputy's now, for whomever that one held it."""
    if known.holder != away or known.state not in (2, 4, 5, 6):
        return known
    return replace(known, holder=deputy, taken=None, instead=known.instead or leave)


def back_to(known: Known, clerk: str, leave: str) -> Known:
    """Held for a clerk who is back from this leave, whoever has it now."""
    if known.instead != leave or known.state not in (2, 4, 5, 6):
        return known
    return replace(known, holder=clerk, taken=None, instead="")


def stands_for(clerk: str, away: Mapping[str, tuple[str, date | None]], day: date) -> str:
    """Who stands for a clerk on that day, "" where he is here; of `away` the deputy and the last day of each."""
    here, seen = clerk, {clerk}
    while here in away and (away[here][1] is None or day <= (away[here][1] or day)) and away[here][0] not in seen:
        here = away[here][0]
        seen.add(here)
    return "" if here == clerk else here


def against_leave(clerk: str, deputy: str, away: Mapping[str, tuple[str, date | None]], day: date) -> set[str]:
    """What speaks against a leave from this day on."""
    found = set[str]()
    if clerk in away:
        found.add("absence.overlap")
    if clerk == deputy:
        found.add("absence.self")
    if deputy in away and (away[deputy][1] is None or day <= (away[deputy][1] or day)):
        found.add("absence.deputy-absent")
    return found


def _extended(known: Known, tried: Try, clock: SlowClock) -> Known:
    assert tried.wanted is not None and known.due is not None
    promised = clock.closing(tried.wanted)
    in_time = tried.at <= clock.apology_until(known.due)
    return replace(known, extended=tried.at, promised=promised, due=promised if in_time else known.due)


@dataclass
class Past:
    """One move that stands: by whom, what was before it (`row` None: nobody saw the row), whether anything was printed
    after it."""

    clerk: str
    before: Known
    row: Mapping[str, Any] | None = field(repr=False)
    printed: bool = False


def against_undo(past: list[Past], clerk: str, role: str) -> set[str]:
    """What speaks against taking back the last move."""
    found = set[str]()
    if "undo" not in MAKES[role]:
        found.add("permission.missing")
    if not past:
        return found | {"undo.nothing"}
    if past[-1].printed:
        found.add("undo.printed")
    if past[-1].clerk != clerk and role != "supervisor":
        found.add("undo.another")
    return found
