"""The blank rating slip of a dossier, or of a slip that refused it, with the contents that are asked for on its day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from onestop import clock
from onestop.queries import dossiers, letters
from onestop.queries.letters import LetterOptions
from onestop.rules import ratings
from onestop.rules.dossier import State
from onestop.rules.errors import RuleBroken
from onestop.rules.letters import FormKey, Reference, form_on
from onestop.rules.rating_slip import RatingSlipLetter


def of_dossier(connection: Connection, dossier_id: str, _options: LetterOptions) -> RatingSlipLetter:
    """The slip for a dossier, whatever its state: it may go with the letter that tells of the end.

    RuleBroken dossier.unknown.
    """
    dossier = dossiers.one(connection, dossier_id, history=False)
    if dossier is None:
        raise RuleBroken("dossier.unknown", code=dossier_id)
    values = dossier.values
    temporary = values["code_kind"] == "temporary" and not values["official_code"]
    # The QR says the code and nothing else: who enters the slip points the reader at it.
    reference = Reference(
        code="" if temporary else dossier.code, temporary=dossier.code if temporary else "", qr=dossier.code
    )
    at = values["handed_back_at"] or values["finished_at"] or values["received_at"]
    refused = values["state"] == State.REFUSED
    return _letter(connection, reference, at, values, refused=refused)


def of_intake(connection: Connection, intake_id: str) -> RatingSlipLetter:
    """The slip for a refusal before acceptance. RuleBroken intake.unknown."""
    row = letters.intake(connection, intake_id)
    if row is None or row.values["kind"] != "refusal":
        raise RuleBroken("intake.unknown", code=intake_id)
    reference = Reference(intake=row.code, qr=row.code)
    return _letter(connection, reference, row.values["made_at"], row.values, refused=True)


def _letter(
    connection: Connection, reference: Reference, at: datetime, values: Any, *, refused: bool
) -> RatingSlipLetter:
    day = clock.local(at).date()
    head = letters.letterhead(letters.the_office(connection), FormKey.RATING_SLIP)
    return RatingSlipLetter(
        form=form_on(FormKey.RATING_SLIP, day),
        head=head,
        reference=reference,
        issued_at=at,
        request=values["summary"] or values["procedure_name"],
        procedure=f"{values['procedure_name']} ({values['procedure_code']})",
        refused=refused,
        levels=tuple(each.name for each in ratings.levels()),
        contents=tuple((each.key, each.name) for each in ratings.contents_on(day)),
        where=head.unit or head.agency,
    )
