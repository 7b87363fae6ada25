"""The results of a linked filing: each has its date, and gets its result or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from onestop import clock
from onestop.queries import dossiers, letters
from onestop.queries.office import OfficeRow
from onestop.rules.calendar import Calendar
from onestop.rules.deadline import Deadline, HourRule
from onestop.rules.dossier import State
from onestop.rules.errors import RuleBroken, Stale
from onestop.rules.linked import Part, PartDue, latest, reckon
from onestop.rules.moves import demand_reached, result_day
from onestop.rules.part_results import PART_FINISHED, PartForm, demand_state
from onestop.rules.procedure import Limit, Unit
from onestop.rules.roles import Permission
from onestop.store import schema
from onestop.store.acts import Act
from onestop.store.schema import instant_text, read_instant
from onestop.store.work import Kind, Row, Work

_p = schema.dossier_part.c

# ---- folds --------------------------------------------------------------------------------------------------------


def begun(part: Mapping[str, Any]) -> Row:
    """A part as the act says it with which its dossier begins."""
    return {
        **part,
        "due_at": read_instant(part["due_at"]) if part["due_at"] else None,
        "finished_at": None,
        "result": None,
    }


def fold_finished(subject: Row | None, act: Act) -> Row:
    """A part has its result, or the reason why there is none; said again it is corrected. Stale where another has said
    otherwise meanwhile."""
    if subject is None:
        raise Stale()
    key, before, result = act.body["part"], act.body["before"], act.body["result"]
    known = next((each for each in subject["parts"] if each["key"] == key), None)
    if known is None:
        raise Stale(group="part", current=None, old=before, new=result)
    if known["result"] not in (before, result):
        raise Stale(group="part", current=known["result"], old=before, new=result)
    done = {**known, "result": result, "finished_at": known["finished_at"] or act.at}
    return {**subject, "parts": [done if each is known else each for each in subject["parts"]]}


def dated(subject: Row, dues: Mapping[str, str | None]) -> list[Row]:
    """The parts with other dates, as a move says them; one that has its result keeps its own."""
    return [
        {**each, "due_at": read_instant(due) if (due := dues.get(each["key"])) else None}
        if each["key"] in dues and each["finished_at"] is None
        else each
        for each in subject["parts"]
    ]


KINDS = (Kind(PART_FINISHED, {"dossier": fold_finished}),)

# ---- as a dossier begins, and as it is counted anew ----------------------------------------------------------------


def plain(here: OfficeRow, dues: Sequence[PartDue], competent: str, *, dated: bool) -> list[dict[str, Any]]:
    """The parts as an act says them; `dated` False: no limit runs yet. Where the table names no agency it is the one
    that decides on the procedure (`competent`)."""
    return [
        {
            "position": place,
            "key": each.part.key,
            "name": each.part.name,
            "agency": each.part.agency or letters.who_decides(here, competent),
            "due_at": instant_text(each.due) if dated and each.due else None,
            "limit_text": {
                "number": each.limit.number,
                "unit": each.limit.unit.value if each.limit.unit else None,
                "rule": each.limit.rule,
                "source": each.part.source,
                "own": each.part.limit is None,
                "after": each.part.after,
                "confirmed": each.part.confirmed,
            },
        }
        for place, each in enumerate(dues, 1)
    ]


@dataclass(frozen=True, slots=True)
class Counted:
    """The date of the whole, and of each part, beside those that they had: key → instant as text."""

    whole: Deadline
    before: Mapping[str, str | None]
    after: Mapping[str, str | None]


def count_anew(
    connection: Connection, dossier_id: str, at: datetime, first: Deadline, calendar: Calendar, hour: HourRule
) -> Counted | None:
    """The dates of a linked filing whose limits count from `at`, the first as `first` says; None where it is none.
    A part that has its result keeps its date."""
    rows = connection.execute(select(schema.dossier_part).where(_p.dossier_id == dossier_id).order_by(_p.position))
    known = list(rows)
    if not known:
        return None
    parts = [
        Part(row.key, row.name, row.agency, row.limit_text["after"], None if row.limit_text["own"] else _limit(row))
        for row in known
    ]
    dues = reckon(parts, _limit(known[0]), at, first, calendar, hour)
    still = {row.key: row.due_at for row in known if row.finished_at is None}
    return Counted(
        latest(dues),
        {key: instant_text(due) if due else None for key, due in still.items()},
        {each.part.key: instant_text(each.due) if each.due else None for each in dues if each.part.key in still},
    )


def _limit(row: Any) -> Limit:
    kept = row.limit_text
    return Limit(kept["number"], Unit(kept["unit"]) if kept["unit"] else None, kept["rule"] or "")


# ---- decides ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartDone:
    """What became of it. `left`: names of the parts that still wait."""

    id: str
    code: str
    state: str
    part: str
    act: str
    left: tuple[str, ...]


def finish(work: Work, form: PartForm) -> PartDone:
    """A part has its result, or none for a reason. Said again, it is corrected.

    RuleBroken dossier.unknown, part.none (no linked filing), part.unknown, part.state, part.nothing-said,
    move.result-date, move.result-future.
    """
    work.demand(Permission.MOVE)
    dossier_id = dossiers.find_id(work.connection, form.dossier) or form.dossier
    d = schema.dossier.c
    row = work.connection.execute(select(d.code, d.official_code, d.state).where(d.id == dossier_id)).one_or_none()
    if row is None:
        raise RuleBroken("dossier.unknown", code=form.dossier)
    code = row.official_code or row.code
    known = {each.key: each for each in dossiers.parts_of(work.connection, dossier_id)}
    if not known:
        raise RuleBroken("part.none", field="part", code=code)
    if form.part not in known:
        raise RuleBroken("part.unknown", field="part", value=form.part, known=list(known))
    demand_state(State(row.state))
    if not form.number and not form.reason:
        raise RuleBroken("part.nothing-said", field="number")
    part, today = known[form.part], clock.local(work.now).date()
    demand_reached(form.date, today)
    result = {
        "title": form.title or part.name,
        "number": form.number or None,
        "date": (result_day(form.date) if form.date else today).isoformat(),
        "signer": form.signer or None,
        "reason": form.reason or None,
    }
    body = {"part": part.key, "name": part.name, "before": part.result, "result": result}
    act = work.record(PART_FINISHED, [("dossier", dossier_id)], body)
    left = tuple(each.name for each in known.values() if each.finished_at is None and each.key != part.key)
    return PartDone(dossier_id, code, row.state, part.key, act.act_id, left)


def demand_finished(connection: Connection, dossier_id: str) -> list[dossiers.PartRow]:
    """The parts of a filing whose every part has its result or a reason; [] where it is not linked.
    RuleBroken part.unfinished (names)."""
    known = dossiers.parts_of(connection, dossier_id)
    left = [each.name for each in known if each.finished_at is None]
    if left:
        raise RuleBroken("part.unfinished", names=left)
    return known
