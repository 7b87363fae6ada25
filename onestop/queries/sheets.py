"""The next sheet to be put on paper: a letter as values, and the stored file where it is a reprint. One reading."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from onestop.queries import letters, printings
from onestop.queries.letters import LetterOptions
from onestop.queries.life_letters import LIFE
from onestop.queries.printings import BOTH, NextCopy
from onestop.rules.letters import FormKey, OnPaper, Paper

ANEW = frozenset({FormKey.AUTHORISATION, FormKey.LABEL})
"""Drawn anew each time, without the mark of a reprint: what the post or the citizen fills in is no paper of ours."""


@dataclass(frozen=True, slots=True)
class SheetWish:
    """Which letter of what, and the choices for it. `paper` None: what the form is made for. `life`: it is of the life
    of a dossier that was received, where the same form is used before acceptance too."""

    kind: FormKey
    subject_id: str
    paper: Paper | None
    lien: int = BOTH
    options: LetterOptions = field(default_factory=LetterOptions)
    life: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter ready to be drawn, or to be reprinted from its stored file (`copy.blob`). `name`: under which it is
    recorded."""

    kind: FormKey
    subject: tuple[str, str]
    letter: OnPaper
    paper: Paper
    lien: int
    copy: NextCopy
    name: str
    life: bool = False

    @property
    def template(self) -> str:
        """The name under which the form is recorded."""
        return self.letter.form.source


def sheet(connection: Connection, wish: SheetWish) -> Sheet:
    """What comes out next. RuleBroken dossier.unknown, intake.unknown, letter.no-move."""
    letter: OnPaper
    name = wish.kind.value
    if wish.life:
        subject = ("dossier", wish.subject_id)
        written = LIFE[wish.kind](connection, wish.subject_id, wish.options)
        letter, name = written.letter, written.name
    elif wish.kind is FormKey.RECEIPT:
        subject = ("dossier", wish.subject_id)
        letter = letters.receipt(connection, wish.subject_id, wish.options)
    else:
        subject = ("intake", wish.subject_id)
        query = letters.supplement if wish.kind is FormKey.SUPPLEMENT else letters.refusal
        letter = query(connection, wish.subject_id)
    lien = wish.lien if wish.kind is FormKey.RECEIPT else BOTH
    paper = wish.paper or Paper(letter.form.paper)
    copy = printings.next_copy(connection, subject, name, lien, paper.value, letter.form.source)
    if wish.kind in ANEW:
        return Sheet(wish.kind, subject, letter, paper, lien, replace(copy, blob=None), name, wish.life)
    return Sheet(wish.kind, subject, replace(letter, reprint=copy.number), paper, lien, copy, name, wish.life)
