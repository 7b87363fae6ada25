"""The next sheet to be put on paper: a letter as values, and the stored file where it is a reprint. One reading."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from onestop.queries import letters, printings
from onestop.queries.letters import LetterOptions
from onestop.queries.printings import BOTH, NextCopy
from onestop.rules.letters import FormKey, Letter, Paper


@dataclass(frozen=True, slots=True)
class SheetWish:
    """Which letter of what, and the choices for it."""

    kind: FormKey
    subject_id: str
    paper: Paper
    lien: int = BOTH
    options: LetterOptions = field(default_factory=LetterOptions)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter ready to be drawn, or to be reprinted from its stored file (`copy.blob`)."""

    kind: FormKey
    subject: tuple[str, str]
    letter: Letter
    paper: Paper
    lien: int
    copy: NextCopy

    @property
    def template(self) -> str:
        """The name under which the form is recorded."""
        return self.letter.form.source


def sheet(connection: Connection, wish: SheetWish) -> Sheet:
    """What comes out next. RuleBroken dossier.unknown, intake.unknown."""
    letter: Letter
    if wish.kind is FormKey.RECEIPT:
        subject = ("dossier", wish.subject_id)
        letter = letters.receipt(connection, wish.subject_id, wish.options)
    else:
        subject = ("intake", wish.subject_id)
        query = letters.supplement if wish.kind is FormKey.SUPPLEMENT else letters.refusal
        letter = query(connection, wish.subject_id)
    lien = wish.lien if wish.kind is FormKey.RECEIPT else BOTH
    copy = printings.next_copy(connection, subject, wish.kind.value, lien, wish.paper.value, letter.form.source)
    return Sheet(wish.kind, subject, replace(letter, reprint=copy.number), wish.paper, lien, copy)
