"""The next sheet to be put on paper: a letter as values, and the stored file where it is a reprint. One reading."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from onestop import clock
from onestop.queries import hand_letters, letters, printings
from onestop.queries.letters import LetterOptions, the_office
from onestop.queries.life_letters import LIFE
from onestop.queries.list_letters import LISTS
from onestop.queries.printings import BOTH, NextCopy
from onestop.rules.letters import FormKey, OnPaper, Size
from onestop.rules.list_letters import read_listed

ANEW = frozenset(
    {FormKey.AUTHORISATION, FormKey.DECLARATION, FormKey.RATING_SLIP, FormKey.LABEL, FormKey.ENVELOPE, *LISTS}
)
"""Drawn anew each time, without the mark of a reprint: what the post or the citizen fills in is no paper of ours, and
a list says how things stand now."""


@dataclass(frozen=True, slots=True)
class SheetWish:
    """Which letter of what, and the choices for it. `paper` None: what the form is made for. `life`: it is of the life
    of a dossier that was received, where the same form is used before acceptance too. Of a list `subject_id` is the
    days ("2026-11-27"), or the dossiers that were chosen for it (`read_listed`)."""

    kind: FormKey
    subject_id: str
    paper: Size | None
    lien: int = BOTH
    options: LetterOptions = field(default_factory=LetterOptions)
    life: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter ready to be drawn, or to be reprinted from its stored file (`copy.blob`). `name`: under which it is
    recorded; `others`: what it is a letter of too. `asked`: with what it was asked for."""

    kind: FormKey
    subject: tuple[str, str]
    letter: OnPaper
    paper: Size
    lien: int
    copy: NextCopy
    name: str
    life: bool = False
    others: tuple[tuple[str, str], ...] = ()
    asked: str = ""

    @property
    def template(self) -> str:
        """The name under which the form is recorded."""
        return self.letter.form.source


def sheet(connection: Connection, wish: SheetWish) -> Sheet:
    """What comes out next. RuleBroken dossier.unknown, intake.unknown, letter.no-move."""
    letter: OnPaper
    name = wish.kind.value
    others: tuple[tuple[str, str], ...] = ()
    if wish.kind in LISTS:
        written = LISTS[wish.kind](connection, read_listed(wish.subject_id), clock.now())
        subject = ("office", the_office(connection).id)
        letter, name = written.letter, written.name
    elif wish.kind in hand_letters.LETTERS:
        written = hand_letters.LETTERS[wish.kind](connection, wish.subject_id)
        subject = hand_letters.subject(wish.kind, wish.subject_id)
        letter, name = written.letter, written.name
    elif wish.life:
        written = LIFE[wish.kind](connection, wish.subject_id, wish.options)
        subject, others = written.subject(wish.subject_id), written.others
        letter, name = written.letter, written.name
    elif wish.kind is FormKey.RECEIPT:
        subject = ("dossier", wish.subject_id)
        letter = letters.receipt(connection, wish.subject_id, wish.options)
    else:
        subject = ("intake", wish.subject_id)
        query = letters.supplement if wish.kind is FormKey.SUPPLEMENT else letters.refusal
        letter = query(connection, wish.subject_id)
    lien = wish.lien if wish.kind is FormKey.RECEIPT else BOTH
    paper = wish.paper or letter.form.paper
    copy = printings.next_copy(connection, subject, name, lien, paper.value, letter.form.source)
    if wish.kind in ANEW:
        copy = replace(copy, blob=None)
    else:
        letter = replace(letter, reprint=copy.number)
    return Sheet(wish.kind, subject, letter, paper, lien, copy, name, wish.life, others, wish.subject_id)
