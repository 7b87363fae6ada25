"""Who signs at this office: everybody who was entered, and who can sign on a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from onestop.rules import signers as rules
from onestop.rules.signers import Signer
from onestop.rules.text import fold
from onestop.store import schema

_s = schema.signer.c


def signers(connection: Connection, withdrawn: bool = False) -> tuple[Signer, ...]:
    """Everybody, in the order in which they were entered; `withdrawn` gives those too who sign no more."""
    query = select(schema.signer).order_by(_s.at, _s.id)
    if not withdrawn:
        query = query.where(_s.withdrawn.is_(False))
    return tuple(rules.read_signer(row._asdict()) for row in connection.execute(query))


def ready(connection: Connection, day: date) -> tuple[Signer, ...]:
    """Who can sign on `day`."""
    return rules.ready(signers(connection), day)


def named(everybody: tuple[Signer, ...], wanted: str) -> Signer | None:
    """The signer with this id or of this name (marks count where two names differ by them alone)."""
    exact = [each for each in everybody if wanted in (each.id, each.name)]
    alike = [each for each in everybody if fold(each.name) == fold(wanted)]
    # Somebody who was withdrawn and entered again stands there twice: the later row is meant.
    return next(reversed(exact or alike), None)
