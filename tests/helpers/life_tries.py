"""What the clerks of random lives try with a dossier, and the forms that say it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from onestop.clock import VIETNAM
from onestop.rules.moves import MoveForm, Receiver, Result
from tests.helpers.life_law import MOVES, NAMES, Known, Past, Try, leads_to
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


def made_try(dice: Random, known: Known, role: str, moment: datetime) -> Try:
    """Something that a clerk tries: mostly what the law allows, often enough not."""
    legal = [each for each in MOVES if leads_to(known.state, known.came_from, each)]
    # A dossier that is withdrawn at once has no life: the way to the end is tried less often than the others.
    if role == "supervisor" and "extend" in legal and dice.random() < 0.3:
        legal = ["extend"]
    likely = [each for each in legal for _ in range(1 if each in ("withdraw", "stop", "refuse", "at-once") else 6)]
    move = dice.choice(likely if likely and dice.random() < 0.8 else MOVES)
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
        taker=dice.choice(TAKERS) if dice.random() < 0.6 else "owner",
    )


def form_of(life: Life, tried: Try) -> MoveForm:
    """The form of a move as the program takes it."""
    assert tried.wanted is not None
    receiver, paper = _taker(life, tried.taker)
    return MoveForm(
        life.code,
        tried.move,
        seen=tried.seen,
        reason=tried.reason,
        items=tried.items,
        due=tried.wanted.isoformat(),
        to="Tư pháp - Hộ tịch",
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
