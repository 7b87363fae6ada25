"""What citizens said of what was done for them: the supervisor's list, figures by month, what may still be rated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, literal_column, or_, select

from onestop.clock import VIETNAM, local
from onestop.queries import delivery, office
from onestop.rules import ratings as rules
from onestop.rules import slips
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.rules.ratings import Month
from onestop.store import schema

_r, _d, _i = schema.rating.c, schema.dossier.c, schema.intake.c

GROUPS = ("unseen", "bad", "all")
"""The filters of the list: bad ones that no supervisor has read, all bad ones, all."""
MOST = 300
"""So many are shown; older ones stand in the figures."""
MONTHS = 6


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One rating, with what it is of. No person: a citizen is asked what he thinks, not who he is."""

    id: str
    table: str
    code: str
    procedure: str
    level: int
    contents: tuple[str, ...]
    words: str
    source: str
    at: datetime
    by: str
    """The clerk's name: at whose counter it was given, or who entered the slip."""
    seen_at: datetime | None
    seen_by: str
    answer: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """The list that was asked for, the figure on each filter, and the months up to now, the latest last."""

    rows: tuple[RatingRow, ...]
    counts: Mapping[str, int]
    months: tuple[Month, ...]

    @property
    def total(self) -> tuple[int, ...]:
        """By level, over all the months that are shown."""
        return tuple(sum(month.counts[place] for month in self.months) for place in range(5))


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip before acceptance that a citizen has in his hand."""

    id: str
    code: str
    kind: str


def slip(connection: Connection, name: str) -> Slip | None:
    """The slip with this id or short code; None where there is none."""
    code = slips.read(name)
    query = select(_i.id, _i.code, _i.kind).where(or_(_i.id == name, _i.code == code) if code else _i.id == name)
    row = connection.execute(query).first()
    return Slip(row.id, row.code or row.id, row.kind) if row is not None else None


@dataclass(frozen=True, slots=True)
class Rateable:
    """What a citizen may judge: a dossier or a slip (`table`), and the code that it is called by."""

    table: str
    id: str
    code: str


def rateable(connection: Connection, of: str) -> Rateable:
    """The dossier or slip with this id or code, where nobody has rated it yet.

    RuleBroken rating.of-what, rating.not-yet (nothing was handed back or refused), rating.already.
    """
    dossier_id = delivery.named(connection, of) or of
    row = connection.execute(select(_d.code, _d.official_code, _d.state).where(_d.id == dossier_id)).one_or_none()
    if row is not None:
        found = Rateable("dossier", dossier_id, str(row.official_code or row.code))
        ended = row.state in rules.RATEABLE
    else:
        there = slip(connection, of)
        if there is None:
            raise RuleBroken("rating.of-what", field="of", of=of)
        found = Rateable("intake", there.id, there.code)
        ended = there.kind == "refusal"
    if not ended:
        raise RuleBroken("rating.not-yet", field="of", code=found.code)
    if is_rated(connection, found.id):
        raise RuleBroken("rating.already", field="of", code=found.code)
    return found


def is_rated(connection: Connection, subject_id: str) -> bool:
    """Whether the dossier or slip with this id has its rating; which one it is, is nobody's business here."""
    return connection.execute(select(_r.id).where(_r.id == subject_id)).first() is not None


def unseen(connection: Connection, office_id: str) -> int:
    """Bad ratings that no supervisor has read."""
    return int(
        connection.execute(
            select(func.count()).select_from(schema.rating).where(*_fits("unseen", office_id))
        ).scalar_one()
    )


def _fits(group: str, office_id: str) -> list[Any]:
    conditions: list[Any] = [_r.office_id == office_id]
    if group != "all":
        conditions.append(_r.level > literal_column("3"))  # in words: the index of the unseen is of these alone
    if group == "unseen":
        conditions.append(_r.seen_at.is_(None))
    return conditions


def feedback(connection: Connection, group: str, now: datetime) -> Feedback:
    """What the supervisor's screen shows: the unseen longest first, else the latest first."""
    here = connection.execute(select(schema.office.c.id)).scalar()
    if here is None:
        raise StoreTrouble("office.none")
    order = _r.at if group == "unseen" else _r.at.desc()
    code = func.coalesce(_d.official_code, _d.code, _i.code, _r.id)
    procedure = func.coalesce(_d.procedure_name, _i.procedure_name, "")
    query = (
        select(schema.rating, code.label("code"), procedure.label("procedure"))
        .outerjoin(schema.dossier, _d.id == _r.id)
        .outerjoin(schema.intake, _i.id == _r.id)
        .where(*_fits(group, here))
        .order_by(order, _r.id)
        .limit(MOST)
    )
    names = {each.id: each.name for each in office.clerks(connection, active_only=False)}
    rows = tuple(_row(row, names) for row in connection.execute(query))
    counted = {
        each: int(
            connection.execute(select(func.count()).select_from(schema.rating).where(*_fits(each, here))).scalar_one()
        )
        for each in GROUPS
    }
    return Feedback(rows, counted, months(connection, here, local(now).date()))


def _row(row: Any, names: Mapping[str, str]) -> RatingRow:
    return RatingRow(
        row.id,
        row.subject_table,
        row.code,
        row.procedure,
        row.level,
        tuple(row.contents or ()),
        row.words or "",
        row.source,
        row.at,
        names.get(row.by, ""),
        row.seen_at,
        names.get(row.seen_by, ""),
        row.answer or "",
    )


def months(connection: Connection, office_id: str, today: date, count: int = MONTHS) -> tuple[Month, ...]:
    """The ratings of the last months by the Vietnamese calendar, the present one last; a month without any is there
    with none."""
    wanted = [(today.year * 12 + today.month - 1 - back) for back in range(count - 1, -1, -1)]
    first = datetime(wanted[0] // 12, wanted[0] % 12 + 1, 1, tzinfo=VIETNAM)
    counted = {month: [0] * len(rules.levels()) for month in wanted}
    for level, at in connection.execute(select(_r.level, _r.at).where(_r.office_id == office_id, _r.at >= first)):
        there = local(at)
        month = there.year * 12 + there.month - 1
        if month in counted:
            counted[month][level - 1] += 1
    return tuple(Month(month // 12, month % 12 + 1, _five(counts)) for month, counts in counted.items())


def _five(counts: list[int]) -> tuple[int, int, int, int, int]:
    one, two, three, four, five = counts
    return one, two, three, four, five
