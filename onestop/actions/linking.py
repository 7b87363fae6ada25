"""Codes that others gave a dossier: tied to it, unique in the office, finding it for ever; taken off only where they
were tied by mistake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from onestop.queries import dossiers
from onestop.rules import codes, slips
from onestop.rules.errors import RuleBroken, Stale
from onestop.rules.roles import Permission
from onestop.store import schema
from onestop.store.acts import Act
from onestop.store.work import Kind, Row, Work

KEYS = ("external_code", "official_code")
"""The columns that show the latest code of each kind."""

# ---- folds --------------------------------------------------------------------------------------------------------


def fold_linked(subject: Row | None, act: Act) -> Row:
    """A code given by another system, or the official one in place of a temporary one, is tied to the dossier. The
    latest of a kind is shown and printed; those before it go on finding the dossier."""
    if subject is None:
        raise Stale()
    key = next(each for each in KEYS if act.body.get(each))
    code, kind = act.body[key], key.removesuffix("_code")
    if subject[key] not in (act.body["before"], code):
        raise Stale(group=key, current=subject[key], old=act.body["before"], new=code)
    known = subject["codes"]
    if any((each["kind"], each["code"]) == (kind, code) for each in known):
        return {**subject, key: code}
    return {**subject, key: code, "codes": linked(known, kind, code)}


def linked(known: Sequence[Row], kind: str, code: str) -> list[Row]:
    """The codes of a dossier with one more, found by its beginning and by its end."""
    return [*known, {"position": len(known) + 1, "kind": kind, "code": code, "backward": code[::-1]}]


def fold_unlinked(subject: Row | None, act: Act) -> Row:
    """A code that was tied by mistake no longer finds the dossier; where it was shown, the one before it is again."""
    if subject is None:
        raise Stale()
    code = act.body["code"]
    left = [each for each in subject["codes"] if each["code"] != code]
    if len(left) == len(subject["codes"]):
        raise Stale(group="codes", current=None, old=code, new=None)
    after: Row = {**subject, "codes": [{**each, "position": place} for place, each in enumerate(left, 1)]}
    for key in KEYS:
        if subject[key] == code:
            after[key] = next((each["code"] for each in reversed(left) if f"{each['kind']}_code" == key), None)
    return after


KINDS = (
    Kind("dossier.linked", {"dossier": fold_linked}),
    Kind("dossier.unlinked", {"dossier": fold_unlinked}),
)

# ---- decides ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LinkForm:
    """A dossier's id or code, and the code that another system gave it."""

    code: str
    external: str
    official: bool = False


def link(work: Work, form: LinkForm) -> str:
    """Tie the code of the province or national system to a dossier: unique, printed and searched from then on.

    `official`: the code takes the place of a temporary one. Linking the same code again changes nothing; another one is
    shown from then on, and both find the dossier.
    """
    work.demand(Permission.LINK_CODE)
    dossier_id, row = _dossier(work, form.code)
    external = free_code(work.connection, form.external, dossier_id)
    key = "official_code" if form.official and row.code_kind == "temporary" else "external_code"
    if getattr(row, key) != external:
        work.record("dossier.linked", [("dossier", dossier_id)], {key: external, "before": getattr(row, key)})
    return dossier_id


def free_code(connection: Connection, said: str, dossier_id: str | None = None) -> str:
    """The code of another system as it is kept, which no dossier has but `dossier_id`.

    RuleBroken dossier.external-code-taken, code.of-a-slip, and those of `codes.external`.
    """
    external = codes.external(said)
    other = dossiers.find_id(connection, external)
    if other is not None and other != dossier_id:
        raise RuleBroken("dossier.external-code-taken", field="external", external=external)
    slip = slips.read(external)
    if slip and connection.execute(select(schema.intake.c.id).where(schema.intake.c.code == slip)).first():
        raise RuleBroken("code.of-a-slip", field="external", value=slip)
    return external


@dataclass(frozen=True, slots=True)
class UnlinkForm:
    """A dossier's id or code, the code that is not its own after all, and how that came about."""

    code: str
    external: str
    reason: str


def unlink(work: Work, form: UnlinkForm) -> str:
    """Take a code off a dossier that it was tied to by mistake, so that it can be tied to the right one.

    What was printed with the code stays as it is. RuleBroken dossier.unknown, dossier.not-linked and
    dossier.unlink-reason.
    """
    work.demand(Permission.LINK_CODE)
    external = codes.external(form.external)
    dossier_id, _row = _dossier(work, form.code)
    if not form.reason.strip():
        raise RuleBroken("dossier.unlink-reason", field="reason")
    k = schema.dossier_code.c
    if not work.connection.execute(select(k.code).where(k.dossier_id == dossier_id, k.code == external)).first():
        raise RuleBroken("dossier.not-linked", field="external", code=form.code, external=external)
    body = {"code": external, "reason": form.reason.strip()}
    work.record("dossier.unlinked", [("dossier", dossier_id)], body)
    return dossier_id


def _dossier(work: Work, code: str) -> tuple[str, Any]:
    dossier_id = dossiers.find_id(work.connection, code)
    if dossier_id is None:
        raise RuleBroken("dossier.unknown", code=code)
    return dossier_id, work.connection.execute(select(schema.dossier).where(schema.dossier.c.id == dossier_id)).one()
