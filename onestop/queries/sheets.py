"""The next sheet to be put on paper: a letter as values, and the stored file where it is a reprint. One reading."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from onestop.queries import letters, printings
from onestop.queries.letters import LetterOptions
from onestop.queries.printings import BOTH, NextCopy
from onestop.rules.letters import FormKey, Letter, Paper, ReceiptLetter


@dataclass(frozen=True, slots=True)
class SheetWish:
    """Which letter of what, and the choices for it. `qr`: code, link (where the dossier is followed) or none."""

    kind: FormKey
    subject_id: str
    paper: Paper
    lien: int = BOTH
    options: LetterOptions = field(default_factory=LetterOptions)
    qr: str = "code"


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
        letter = _with_qr(letters.receipt(connection, wish.subject_id, wish.options), wish.qr)
    else:
        subject = ("intake", wish.subject_id)
        query = letters.supplement if wish.kind is FormKey.SUPPLEMENT else letters.refusal
        letter = query(connection, wish.subject_id)
    lien = wish.lien if wish.kind is FormKey.RECEIPT else BOTH
    copy = printings.next_copy(connection, subject, wish.kind.value, lien, wish.paper.value, letter.form.source)
    return Sheet(wish.kind, subject, replace(letter, reprint=copy.number), wish.paper, lien, copy)


def _with_qr(letter: ReceiptLetter, qr: str) -> ReceiptLetter:
    said = letter.reference.qr
    if qr == "none":
        said = ""
    elif qr == "link" and letter.head.lookup:
        said = f"{letter.head.lookup.rstrip('/')}/{letter.reference.shown}"
    return replace(letter, reference=replace(letter.reference, qr=said))
