"""Who gets a result, as the act of handing it over says it: over the counter, by post, as an electronic copy."""

from __future__ import annotations

from typing import Any

from onestop.queries import dossiers
from onestop.rules import moves
from onestop.rules.moves import MoveForm
from onestop.store.work import Work


def taken_by(work: Work, dossier_id: str, form: MoveForm) -> dict[str, Any]:
    """Whoever stands at the counter, held against owner and submitter. RuleBroken move.stranger,
    move.authorised-who."""
    known = moves.demand_receiver(form, dossiers.who_may_collect(work.connection, dossier_id))
    receiver = form.receiver
    return {
        "name": receiver.name or (str(known["name"]) if known else ""),
        "person": known["id"] if known else None,
        "role": known["role"] if known else "authorised",
        "number": None if known else receiver.identity_number,
        "phone": receiver.phone or None,
        "paper": form.paper,
        "way": "counter",
        **_more(form),
    }


def sent_to(form: MoveForm) -> dict[str, Any]:
    """Whoever it goes to: nobody stands here to be looked at."""
    return {
        "name": form.receiver.name,
        "person": None,
        "role": "receiver",
        "number": None,
        "phone": form.receiver.phone or None,
        "paper": form.way,
        "way": form.way,
        **_more(form),
    }


def _more(form: MoveForm) -> dict[str, Any]:
    more: dict[str, Any] = {"note": form.note} if form.note else {}
    if len(form.together) > 1:
        more["with"] = list(form.together)
    return more
