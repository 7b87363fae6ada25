"""What has been put on paper: how often a letter was handed out, and the stored file that a reprint is made from."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, or_, select

from onestop.queries import corrections
from onestop.rules.letters import FormKey
from onestop.store import schema

RECEIPT = FormKey.RECEIPT.value

_p = schema.printed.c

BOTH = 0
"""The `lien` of a file that holds both liên of a receipt, and of letters that have none."""


def handed_out(connection: Connection, subject: tuple[str, str], letter: str, lien: int) -> int:
    """How many times this letter (this liên of it) was handed out: the n of "Bản in lại lần n" for the next one.

    A file with both liên hands out each of them; both are as far as the one that was printed more often.
    """
    return max(_of_lien(connection, subject, letter, each) for each in ((1, 2) if lien == BOTH else (lien,)))


def _of_lien(connection: Connection, subject: tuple[str, str], letter: str, lien: int) -> int:
    return int(
        connection.execute(
            select(func.count())
            .select_from(schema.printed)
            .where(
                _p.subject_table == subject[0],
                _p.subject_id == subject[1],
                _p.letter == letter,
                or_(_p.lien == lien, _p.lien == BOTH),
                _p.outcome == "out",
            )
        ).scalar_one()
    )


@dataclass(frozen=True, slots=True)
class NextCopy:
    """What the next sheet is. `number` 0: the first, to be drawn. n: "Bản in lại lần n", to be laid over the stored
    file `blob`; `blob` None: this liên (or paper, or template) was never stored, draw it with the mark."""

    number: int
    blob: str | None = None


def next_copy(
    connection: Connection, subject: tuple[str, str], letter: str, lien: int, paper: str, template: str
) -> NextCopy:
    """The next printing of a letter: the first, or a reprint of what was handed out.

    A receipt of what was corrected since is drawn anew: a reprint has to show what counts now, and says when it was
    corrected. Every other letter stays as it was sent.
    """
    number = handed_out(connection, subject, letter, lien)
    if number == 0:
        return NextCopy(0)
    stored = connection.execute(
        select(_p.blob, _p.at)
        .where(
            _p.subject_table == subject[0],
            _p.subject_id == subject[1],
            _p.letter == letter,
            _p.lien == lien,
            _p.paper == paper,
            _p.template == template,
            _p.outcome == "out",
            _p.copy_no == 0,
        )
        .order_by(_p.at, _p.id)
    ).first()
    if stored is not None and letter == RECEIPT:
        corrected = corrections.last(connection, subject[1])
        if corrected is not None and corrected >= stored.at:
            return NextCopy(number)
    return NextCopy(number, stored.blob if stored else None)
