"""Settling what the centre did not fold: an act in conflict, refused or put aside is done again, or let go, by an act.

The verdict on an act never changes. "mine" does it again on the base as it is now, with its own time and clerk; the
other value gives way. "theirs" lets it go. Until then both values are kept and shown (`queries.outbox.unsettled`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from onestop.actions import (
    citizens,
    correcting,
    intakes,
    linking,
    manage,
    parts,
    printing,
    process,
    ratings,
    receive,
    resuming,
)
from onestop.actions.move_again import moved_again
from onestop.actions.rights import RIGHTS
from onestop.queries import dossiers, office, people
from onestop.rules.errors import RuleBroken, Stale
from onestop.rules.roles import Permission
from onestop.store import acts, schema
from onestop.store.acts import Act, Subject
from onestop.store.schema import instant_text, read_instant
from onestop.store.work import Fold, Kind, Row, Work

SETTLED = "act.settled"
CHOICES = ("mine", "theirs")

_AGAIN: dict[str, Kind] = {
    kind.name: kind
    for module in (manage, resuming, citizens, receive, process, parts, correcting, linking, intakes, printing, ratings)
    for kind in module.KINDS
}
"""The kinds that can be done again. A published file is published again by hand."""


def again(act: Act) -> Act | None:
    """The act that a settling one does again, with its own time and clerk; None where it lets it go."""
    deed = act.body.get("again")
    if deed is None:
        return None
    return replace(
        act,
        kind=deed["kind"],
        subjects=tuple(each for each in act.subjects if each[0] != "act"),
        version=deed["version"],
        actor=deed["actor"],
        at=read_instant(deed["at"]),
        body=deed["body"],
    )


def _fold(table: str) -> Fold:
    def fold_settled(subject: Row | None, act: Act) -> Row | None:
        deed = again(act)
        if deed is None:
            return subject
        kind = _AGAIN.get(deed.kind)
        fold = kind.folds.get(table) if kind is not None else None
        return subject if fold is None else fold(subject, deed)

    return fold_settled


KINDS = (Kind(SETTLED, {table: _fold(table) for kind in _AGAIN.values() for table in kind.folds}),)


@dataclass(frozen=True, slots=True)
class SettleForm:
    """An act that was not folded, and what a person says: mine (do it again) or theirs (let it go)."""

    act: str
    choice: str


def settle(work: Work, form: SettleForm) -> str:
    """Settle one act; gives the id of the act that settles it.

    Whoever may do the act may settle its conflict; what was refused or put aside asks for a supervisor.
    RuleBroken: act.unknown, settle.choice, settle.nothing (it was folded, or waits for its verdict), settle.already,
    settle.do-again (it cannot be done again as it is: do it anew by hand and choose theirs).
    """
    if form.choice not in CHOICES:
        raise RuleBroken("settle.choice", choice=form.choice)
    row = work.connection.execute(select(schema.act).where(schema.act.c.act_id == form.act)).one_or_none()
    if row is None:
        raise RuleBroken("act.unknown", act=form.act)
    if row.verdict not in ("conflict", "rejected", "quarantined"):
        raise RuleBroken("settle.nothing", act=form.act)
    if settled_by(work, form.act) is not None:
        raise RuleBroken("settle.already", act=form.act)
    if row.verdict != "conflict":
        work.demand(Permission.SETTLE)
    mention = ("act", form.act)
    if form.choice == "theirs":
        subjects = tuple(each for each in acts.read_subjects(row.subjects) if each[0] != "act")
        return work.record(SETTLED, (mention, *subjects), {"act": form.act, "choice": "theirs"}).act_id
    try:
        act = acts.read(row)
        deed = again(act) if act.kind == SETTLED else act
    except (ValueError, KeyError, TypeError) as error:
        raise RuleBroken("settle.do-again", act=form.act) from error
    if deed is None or deed.kind not in _AGAIN:
        raise RuleBroken("settle.do-again", act=form.act)
    for permission in RIGHTS.get(deed.kind, ())[:1]:
        work.demand(permission)
    subjects, rebased = _REBASE.get(deed.kind, _as_it_is)(work, deed)
    body = {
        "act": form.act,
        "choice": "mine",
        "again": {
            "kind": deed.kind,
            "version": deed.version,
            "actor": deed.actor,
            "at": instant_text(deed.at),
            "body": rebased,
        },
    }
    try:
        return work.record(SETTLED, (mention, *(each for each in subjects if each[0] != "act")), body).act_id
    except Stale as stale:
        # Somebody has done it meanwhile, in another way.
        raise RuleBroken("settle.do-again", act=form.act) from stale


def settled_by(work: Work, act_id: str) -> str | None:
    """The act that settles this one, if there is one that counts."""
    return next(
        (each.act_id for each in acts.of_subject(work.connection, ("act", act_id)) if each.kind == SETTLED), None
    )


# ---- on the base as it is now -------------------------------------------------------------------------------------

Rebased = tuple[tuple[Subject, ...], Mapping[str, Any]]


def _as_it_is(work: Work, deed: Act) -> Rebased:
    return deed.subjects, deed.body


def _groups(work: Work, deed: Act) -> Rebased:
    """An edit of a person: from what stands now to what this act wanted."""
    citizen_id = next(subject_id for table, subject_id in deed.subjects if table == "citizen")
    now = work.connection.execute(select(schema.citizen).where(schema.citizen.c.id == citizen_id)).one_or_none()
    if now is None:
        raise RuleBroken("citizen.unknown", id=citizen_id)
    groups = {group: [{key: getattr(now, key) for key in new}, new] for group, (_, new) in deed.body["groups"].items()}
    return deed.subjects, {"groups": groups}


def _same(work: Work, deed: Act) -> Rebased:
    """Two registrations are one person: the two that stand for them now."""
    first, second = (people.person(work.connection, deed.body[key]) for key in ("stays", "goes"))
    if first is None or second is None:
        raise RuleBroken("citizen.unknown", id=deed.body["stays" if first is None else "goes"])
    if first.id == second.id:
        raise RuleBroken("settle.do-again", act=deed.act_id)
    stays, goes = sorted((first.id, second.id))
    return (("citizen", goes), ("citizen", stays)), {"stays": stays, "goes": goes}


def _linked(work: Work, deed: Act) -> Rebased:
    """A code tied to a dossier, in place of the one it has now; never one that another dossier has."""
    dossier_id = deed.subjects[0][1]
    key = next(each for each in linking.KEYS if deed.body.get(each))
    other = dossiers.holder(work.connection, deed.body[key])
    if other is not None and other != dossier_id:
        raise RuleBroken("dossier.external-code-taken", field="external", external=deed.body[key])
    column = schema.dossier.c[key]
    now = work.connection.execute(select(column).where(schema.dossier.c.id == dossier_id)).scalar()
    return deed.subjects, {key: deed.body[key], "before": now}


def _outcome(work: Work, deed: Act) -> Rebased:
    """What became of a sheet, whatever was said before."""
    now = work.connection.execute(
        select(schema.printed.c.outcome).where(schema.printed.c.id == deed.subjects[0][1])
    ).scalar()
    return deed.subjects, {"outcome": deed.body["outcome"], "before": now}


def _received(work: Work, deed: Act) -> Rebased:
    """A dossier whose code another one took first: the day's next code; the receipt has to be handed out anew."""
    body = deed.body["dossier"]
    there = body.get("external_code")
    if there and dossiers.holder(work.connection, there) is not None:
        raise RuleBroken("dossier.external-code-taken", field="external", external=there)
    if dossiers.holder(work.connection, body["code"]) is None:
        return deed.subjects, deed.body
    here = office.this_office(work.connection)
    assert here is not None
    given = receive.take_code(work, here, body["prefix"], body["code_kind"] == "official")
    return deed.subjects, {**deed.body, "dossier": {**body, "code": given.code}, "instead_of": body["code"]}


def _part(work: Work, deed: Act) -> Rebased:
    """The result of a part, whatever was said of it before."""
    known = {each.key: each.result for each in dossiers.parts_of(work.connection, deed.subjects[0][1])}
    return deed.subjects, {**deed.body, "before": known.get(deed.body["part"])}


def _moved(work: Work, deed: Act) -> Rebased:
    """A move of a dossier, from where it stands now."""
    return deed.subjects, moved_again(work, deed)


def _corrected(work: Work, deed: Act) -> Rebased:
    """A correction, from the values that stand now."""
    return deed.subjects, correcting.corrected_again(work, deed)


def _seen(work: Work, deed: Act) -> Rebased:
    """A supervisor's answer, in the place of the one that stands now."""
    answer = schema.rating.c.answer
    now = work.connection.execute(select(answer).where(schema.rating.c.id == deed.subjects[0][1])).scalar()
    return deed.subjects, {"answer": deed.body["answer"], "before": now}


_REBASE: dict[str, Callable[[Work, Act], Rebased]] = {
    "citizen.changed": _groups,
    "citizen.same": _same,
    "dossier.linked": _linked,
    "paper.outcome": _outcome,
    "dossier.corrected": _corrected,
    "rating.seen": _seen,
    "dossier.received": _received,
    "dossier.registered": _received,
    "part.finished": _part,
    **dict.fromkeys((kind.name for kind in process.KINDS), _moved),
}
