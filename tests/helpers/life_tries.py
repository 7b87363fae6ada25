"""What the clerks of random lives try with a dossier, and the forms that say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from onestop.clock import VIETNAM
from onestop.rules.moves import MoveForm, Receiver, Result
from tests.helpers.life_law import CLERK, MOVES, NAMES, Known, Past, Try, leads_to
from tests.helpers.slow_clock import DAY


@dataclass
class Life:
    """A dossier, and what has become of it."""

    id: str
    code: str
    owner: tuple[str, str]
    known: Known
    past: list[Past] = field(default_factory=list)
    last: str = ""
    prints: int = 0


def made_try(dice: Random, known: Known, role: str, moment: datetime, me: str) -> Try:
    """Something that a clerk tries: mostly what the law allows, often enough not."""
    legal = [each for each in MOVES if leads_to(known.state, known.came_from, each)]
    # A dossier that is withdrawn at once has no life: the way to the end is tried less often than the others.
    if role == "supervisor" and "extend" in legal and dice.random() < 0.3:
        legal = ["extend"]
    # What is nobody's is seldom taken or given back; what one was given is mostly taken.
    hers = known.holder == me or (bool(known.holder) and not known.holder.startswith(CLERK))
    seldom = {"withdraw": 1, "stop": 1, "refuse": 1, "at-once": 1, "assign": 2, "return": 4 if hers else 0}
    seldom["take"] = 6 if hers and known.taken is None else 1 if hers else 0
    likely = [each for each in legal for _ in range(seldom.get(each, 6))]
    move = dice.choice(likely if likely and dice.random() < 0.8 else MOVES)
    again = _again(known, role, me)
    if again and dice.random() < 0.25:
        move = dice.choice(again)
    seen = "" if dice.random() < 0.5 else NAMES[known.state]
    if dice.random() < 0.08:
        seen = dice.choice(NAMES[1:])
    return Try(
        move,
        role,
        moment,
        reason="" if dice.random() < 0.06 else "vì thế",
        items=() if dice.random() < 0.06 else ("Tờ khai", "Giấy ủy quyền"),
        seen=seen,
        wanted=(known.due or moment).astimezone(VIETNAM).date() + DAY * dice.randrange(-2, 12),
        taker=dice.choice(TAKERS) if dice.random() < 0.7 else "owner",
        me=me,
        to=known.holder if move in again and dice.random() < 0.5 else dice.choice(GIVEN),
        held=None if dice.random() < 0.5 else dice.choice(GIVEN) if dice.random() < 0.1 else known.holder,
    )


def _again(known: Known, role: str, me: str) -> list[str]:
    """What was done already and is tempting to do once more."""
    hers = known.state in (2, 4, 5, 6) and bool(known.holder) and (known.holder == me or role == "supervisor")
    done = {
        "extend": known.extended is not None and role == "supervisor",
        "assign": hers,
        "take": known.taken is not None,
    }
    return [move for move, it_is in done.items() if it_is]


GIVEN = ("@ha", "@duc", "@hoa", "@lan", "@lan", "@demo", "@khoa", "Tư pháp - Hộ tịch", "Địa chính", "")
"""To whom dossiers are given: clerks, sections, nobody in particular."""


def form_of(life: Life, tried: Try, ids: Mapping[str, str]) -> MoveForm:
    """The form of a move as the program takes it; `ids` of the clerks by how they are named here."""
    assert tried.wanted is not None
    receiver, paper = _taker(life, tried.taker)
    return MoveForm(
        life.code,
        tried.move,
        seen=tried.seen,
        reason=tried.reason,
        items=tried.items,
        due=tried.wanted.isoformat(),
        to=tried.to.removeprefix(CLERK),
        held=None if tried.held is None else ids.get(tried.held, tried.held),
        result=Result("Kết quả", "12/2026"),
        receiver=receiver,
        paper=paper,
    )


TAKERS = ("owner", "owner-number", "authorised", "authorised-unnamed", "stranger", "nobody", "no-paper")


def _taker(life: Life, who: str) -> tuple[Receiver, str]:
    name, number = life.owner
    return {
        "owner": (Receiver(name), "receipt"),
        "owner-number": (Receiver("", number), "identity"),
        "authorised": (Receiver("Nguyễn Người Nhận", "001094004321"), "authorisation"),
        "authorised-unnamed": (Receiver("Nguyễn Người Nhận"), "authorisation"),
        "stranger": (Receiver("Nguyễn Người Lạ"), "receipt"),
        "nobody": (Receiver(), "receipt"),
        "no-paper": (Receiver(name), ""),
    }[who]
