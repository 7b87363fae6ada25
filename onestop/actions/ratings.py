"""A citizen's rating of what was done for him, given once and never changed; a supervisor's answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from onestop import clock
from onestop.queries import ratings
from onestop.rules import ratings as rules
from onestop.rules.errors import RuleBroken, Stale
from onestop.rules.ratings import RatingForm
from onestop.rules.roles import Permission
from onestop.rules.text import clean
from onestop.store import schema
from onestop.store.acts import Act
from onestop.store.work import Kind, Row, Work

GIVEN, SEEN = "rating.given", "rating.seen"
LONGEST = 1000
"""Letters of an answer."""

# ---- folds --------------------------------------------------------------------------------------------------------


def fold_given(subject: Row | None, act: Act) -> Row:
    """A rating of the dossier or slip whose id it has: there is no second one."""
    if subject is not None:
        raise Stale(subject=subject["id"])
    return {
        **act.body["rating"],
        "id": act.subjects[0][1],
        "office_id": act.office_id,
        "subject_table": act.subjects[1][0],
        "at": act.at,
        "by": act.actor,
        "seen_at": None,
        "seen_by": None,
        "answer": None,
    }


def fold_seen(subject: Row | None, act: Act) -> Row:
    """A supervisor has read it, and what he says to it. Nothing of what the citizen said changes."""
    if subject is None:
        raise Stale()
    before, new = act.body["before"], act.body["answer"]
    if subject["answer"] not in (before, new):
        raise Stale(group="answer", current=subject["answer"], old=before, new=new)
    return {**subject, "seen_at": act.at, "seen_by": act.actor, "answer": new}


KINDS = (Kind(GIVEN, {"rating": fold_given}), Kind(SEEN, {"rating": fold_seen}))

# ---- decides ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating that is safe on disk; `code` of what was rated."""

    id: str
    code: str
    act: str


def give(work: Work, form: RatingForm) -> Rated:
    """Record what a citizen said of a dossier that was handed back or refused, or of a slip that refused it (NĐ
    118/2025/NĐ-CP art. 31, 33).

    RuleBroken: permission.missing, rating.of-what, rating.not-yet (nothing was handed back or refused), rating.already,
    and those of `rules.ratings.checked`.
    """
    work.demand(Permission.HAND_BACK)
    said = rules.checked(form, clock.local(work.now).date())
    what = ratings.rateable(work.connection, form.of)
    act = work.record(GIVEN, [("rating", what.id), (what.table, what.id)], {"rating": said})
    return Rated(what.id, what.code, act.act_id)


@dataclass(frozen=True, slots=True)
class SeenForm:
    """The rating with this id was read; `answer` in the supervisor's words."""

    id: str
    answer: str = ""


def see(work: Work, form: SeenForm) -> str:
    """A supervisor has read a rating, with an answer or without. RuleBroken permission.missing, rating.unknown,
    rating.answer-long."""
    work.demand(Permission.SEE_RATINGS)
    c = schema.rating.c
    row: Any = work.connection.execute(select(c.answer, c.seen_at).where(c.id == form.id)).one_or_none()
    if row is None:
        raise RuleBroken("rating.unknown", id=form.id)
    answer = clean(form.answer) or None
    if answer is not None and len(answer) > LONGEST:
        raise RuleBroken("rating.answer-long", field="answer", most=LONGEST)
    if row.seen_at is None or row.answer != answer:
        work.record(SEEN, [("rating", form.id)], {"answer": answer, "before": row.answer})
    return form.id
