"""Who signs is entered and withdrawn; nothing of a signer is changed afterwards, because letters were signed so."""

from __future__ import annotations

from onestop import clock
from onestop.queries import signers as queries
from onestop.rules import signers as rules
from onestop.rules.errors import RuleBroken, Stale
from onestop.rules.roles import Permission
from onestop.rules.signers import Signer
from onestop.store.acts import Act
from onestop.store.work import Kind, Row, Work

KEPT = ("name", "title", "form", "behalf", "collective", "paper", "valid_from", "valid_to", "stands_for")


def fold_added(subject: Row | None, act: Act) -> Row:
    """Somebody signs from now on."""
    if subject is not None:
        raise Stale(subject=subject["id"])
    return {
        **act.body["signer"],
        "id": act.subjects[0][1],
        "office_id": act.office_id,
        "withdrawn": False,
        "at": act.at,
        "by": act.actor,
    }


def fold_withdrawn(subject: Row | None, act: Act) -> Row:
    """He signs no more."""
    if subject is None:
        raise Stale()
    return {**subject, "withdrawn": True}


KINDS = (Kind("signer.added", {"signer": fold_added}), Kind("signer.withdrawn", {"signer": fold_withdrawn}))


def add(work: Work, signer: Signer) -> str:
    """Enter somebody who signs; his id. RuleBroken permission.missing, signer.already, and what `rules.checked`
    raises."""
    work.demand(Permission.EDIT_LETTERS)
    others = queries.signers(work.connection)
    kept = rules.checked(signer, others)
    body = {key: getattr(kept, key) or None for key in KEPT}
    for each in others:
        if all((getattr(each, key) or None) == body[key] for key in KEPT):
            raise RuleBroken("signer.already", field="name", name=kept.name)
    signer_id = clock.new_id()
    work.record("signer.added", [("signer", signer_id)], {"signer": body})
    return signer_id


def withdraw(work: Work, signer_id: str) -> None:
    """Somebody signs no more; what he has signed stays. RuleBroken permission.missing, signer.unknown."""
    work.demand(Permission.EDIT_LETTERS)
    known = next((each for each in queries.signers(work.connection, withdrawn=True) if each.id == signer_id), None)
    if known is None:
        raise RuleBroken("signer.unknown", field="signer")
    if not known.withdrawn:
        work.record("signer.withdrawn", [("signer", signer_id)], {})
