"""A citizen's rating of what was done for him, given once and never changed; a supervisor's answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from onestop import clock
from onestop.queries import dossiers, ratings
from onestop.rules import ratings as rules
from onestop.rules.errors import RuleBroken, Stale
from onestop.rules.ratings import RatingForm
from onestop.rules.roles import Permission
from onestop.rules.text import clean
from onestop.store import schema
from onestop.store.acts import Act, Subject
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
    subject, code = _rated(work, form.of)
    if ratings.is_rated(work.connection, subject[1]):
        raise RuleBroken("rating.already", field="of", code=code)
    act = work.record(GIVEN, [("rating", subject[1]), subject], {"rating": said})
    return Rated(subject[1], code, act.act_id)


def _rated(work: Work, of: str) -> tuple[Subject, str]:
    d = schema.dossier.c
    dossier_id = dossiers.find_id(work.connection, of) or of
    row = work.connection.execute(select(d.code, d.official_code, d.state).where(d.id == dossier_id)).one_or_none()
    if row is not None:
        code = str(row.official_code or row.code)
        if row.state not in rules.RATEABLE:
            raise RuleBroken("rating.not-yet", field="of", code=code, state=row.state)
        return ("dossier", dossier_id), code
    slip = ratings.slip(work.connection, of)
    if slip is None:
        raise RuleBroken("rating.of-what", field="of", of=of)
    if slip.kind != "refusal":
        raise RuleBroken("rating.not-yet", field="of", code=slip.code, state="")
    return ("intake", slip.id), slip.code


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
