"""What the home page, the list of dossiers and its side pane ask, one reading each.

Every query finds the office by itself: the database of a counter holds one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from onestop.clock import VIETNAM, local
from onestop.queries import corrections, dossiers, hands, office, online, papers, people, ratings
from onestop.queries.desk_day import NO_DESK, DeskDay, desk_day
from onestop.queries.dossiers import Dossier, DossierPage, DossierRow, DraftRow, PartRow, PrintedRow, Wish
from onestop.queries.hand_letters import LIST
from onestop.queries.late_day import NOTHING_LATE, LateDay, late_day
from onestop.queries.papers import DocumentRow, ToScan, Unsigned
from onestop.queries.soon import day_start, limit_of
from onestop.rules import clocks, completion, moves
from onestop.rules.dossier import State
from onestop.rules.errors import StoreTrouble
from onestop.rules.hands import NOBODY, Hands
from onestop.rules.identity import mask
from onestop.rules.result_letters import MADE
from onestop.store import schema
from onestop.store.acts import Act
from onestop.store.schema import read_instant

_d = schema.dossier.c


def _office_id(connection: Connection) -> str:
    found = connection.execute(select(schema.office.c.id)).scalar()
    if found is None:
        raise StoreTrouble("office.none")
    return str(found)


# -- the list


def page(
    connection: Connection, wish: Wish, now: datetime, after: tuple[Any, ...] | None = None, size: int = 100
) -> DossierPage:
    """One page of the list of dossiers."""
    return dossiers.page(connection, _office_id(connection), wish, now, after, size)


def ids(connection: Connection, wish: Wish, now: datetime, most: int) -> tuple[str, ...]:
    """The dossiers of a list in its order, `most` of them at the most."""
    found: list[str] = []
    after: tuple[Any, ...] | None = None
    while len(found) < most:
        got = page(connection, wish, now, after, min(most - len(found), 200))
        found += [row.id for row in got.rows]
        after = got.after
        if after is None:
            break
    return tuple(found)


def counts(connection: Connection, now: datetime, clerk: str | None) -> dict[str, int]:
    """The figure on each filter of the list; "mine" only for a clerk who sits at a counter."""
    return dossiers.counts(connection, _office_id(connection), now, clerk)


def find(connection: Connection, typed: str, now: datetime, size: int) -> tuple[DossierRow, ...]:
    """The dossiers that fit what was typed, the latest first."""
    return dossiers.page(connection, _office_id(connection), Wish(typed=typed), now, size=size).rows


def code_of(connection: Connection, dossier_id: str) -> str | None:
    """The code to show of the dossier with this id; None when there is none."""
    code = select(func.coalesce(_d.official_code, _d.code)).where(_d.id == dossier_id)
    return connection.execute(code).scalar()


# -- one dossier in the side pane


@dataclass(frozen=True, slots=True)
class CardPerson:
    """A person in a role of a dossier. `citizen_id`: who he is now (one found to be the same as another is the one that
    stays). `paper`: his number masked, "" where he has none."""

    role: str
    citizen_id: str
    name: str
    paper: str


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to the dossier. `details`: what the sentence of the kind needs. `verdict`: what the
    centre said of it, None while it has not; anything but "ok" was not folded."""

    kind: str
    at: datetime
    by: str
    details: Mapping[str, Any] = field(default_factory=dict)
    verdict: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A day beside the return date, and how it came about, as a code of `texts` with what its sentence needs."""

    code: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Card:
    """A dossier as the side pane shows it. `history`: the latest last. `terms`: the days that count for it besides the
    return date."""

    dossier: Dossier
    clerk: str
    people: tuple[CardPerson, ...]
    history: tuple[Event, ...]
    papers: tuple[DocumentRow, ...] = ()
    """Scanned and brought papers, those taken off too."""
    terms: tuple[Term, ...] = ()
    hands: Hands = NOBODY
    """Whose it is now."""

    @property
    def id(self) -> str:
        """The dossier's id."""
        return self.dossier.id


def _of_move(act: Act, clerks: Mapping[str, str]) -> dict[str, Any]:
    """What was said with a move, and the names of whoever it was handed to and of him whose place that one takes; the
    list on which it went with others."""
    said = dict(act.body.get("said") or {})
    said["list"] = next((one for table, one in act.subjects if table == LIST), "")
    for key in ("to", "instead_of"):
        if said.get(key):
            said[key] = clerks.get(said[key], said[key])
    return said


def card(connection: Connection, dossier_id: str) -> Card | None:
    """The dossier with this id, with names for the ids in it; None when there is none."""
    found = dossiers.one(connection, dossier_id)
    if found is None:
        return None
    clerks = {each.id: each.name for each in office.clerks(connection, active_only=False)}
    printings = {each.id: each for each in found.printed}
    held = papers.of_dossier(connection, dossier_id, dropped=True)
    titles = {each.id: each.about.title for each in held}
    history = []
    for act in found.history:
        if act.kind == "document.filed":
            continue  # the program's own doing, which nobody at the counter asks about
        details = dict(act.body.get("printed") or act.body)
        if act.kind == "paper.outcome":
            printed = printings.get(next((one for table, one in act.subjects if table == "printed"), ""))
            if printed is not None:
                details |= {"letter": printed.letter, "lien": printed.lien, "copy_no": printed.copy_no}
        elif act.kind in moves.BEGUN:
            details = {**act.body, **(act.body.get("dossier") or {})}
            details["on_paper_by"] = clerks.get((details.get("late_entry") or {}).get("by", ""), "")
        elif act.kind in moves.ACTS.values():
            details = _of_move(act, clerks)
        elif act.kind == MADE:
            details = dict(act.body["letter"]["result"])  # not its words, in which numbers of people stand in full
        elif act.kind.startswith("document."):
            details = _of_paper(act, titles)
        elif act.kind == corrections.CORRECTED:
            details["labels"] = corrections.labels(connection, found.values["procedure_version"])
        elif "rating" in details or "again" in details:
            details = _without_rating(details)
        history.append(Event(act.kind, act.at, clerks.get(act.actor, ""), details, act.verdict))
    return Card(
        found,
        clerks.get(found.values["received_by"], ""),
        tuple(_person(connection, each.role, each.citizen_id, each.name) for each in found.persons),
        tuple(history),
        held,
        _terms(connection, found.values),
        hands.hands_of(connection, found.values),
    )


def _terms(connection: Connection, values: Mapping[str, Any]) -> tuple[Term, ...]:
    """Until when an apology is in time and when the deadline warns, until when a supplement is waited for."""
    calendar = office.calendar(connection)
    terms = []
    due, received = values["due_at"], values["received_at"]
    if values["is_open"] and due is not None:
        if values["extended_at"] is not None:
            terms.append(Term("term.apologised", {"at": values["extended_at"]}))
        else:
            terms.append(Term("term.apology", {"until": clocks.apology_by(due, calendar)}))
        if values["extended_at"] is None and not values["supplements"]:
            warns = clocks.warns_at(received, due, limit_of(values["limit_text"]), calendar)
            terms.append(Term("term.warns", {"at": warns}))
    if values["state"] == State.NEW:
        answer = {"until": clocks.answer_by(received, calendar), "at": received, "hours": clocks.ANSWER_HOURS}
        terms.append(Term("term.answer", answer))
    if values["state"] == State.SUPPLEMENT and values["supplement_until"]:
        asked = read_instant(values["waits"][-1][0]) if values["waits"] else None
        term = completion.term_on(local(asked).date()) if asked is not None else None
        if asked is not None and term is not None:
            details = {"until": values["supplement_until"], "asked": asked, "days": term.days, "source": term.source}
            terms.append(Term("term.supplement", details))
    return tuple(terms)


def _without_rating(details: Mapping[str, Any]) -> dict[str, Any]:
    """That a citizen gave a rating, never which one: the clerk whom it is about reads this."""
    given = details.get("rating") or {}
    return {"source": given.get("source")} if given else {"choice": details.get("choice")}


def _of_paper(act: Act, titles: Mapping[str, str]) -> dict[str, Any]:
    given = act.body.get("document") or {}
    title = titles.get(next((one for table, one in act.subjects if table == "document"), ""), "")
    leaves = given.get("leaves") or sum(not page["struck"] for page in given.get("pages") or ())
    groups: dict[str, tuple[dict[str, Any], dict[str, Any]]] = act.body.get("groups") or {}
    dropped = groups["dropped"][1]["dropped"] if "dropped" in groups else None
    return {
        "title": title or given.get("title") or "",
        "leaves": leaves,
        "reused": bool(given.get("reused_from")),
        "reason": dropped,
    }


def _person(connection: Connection, role: str, citizen_id: str, name: str) -> CardPerson:
    known = people.person(connection, citizen_id)
    number = paper_of(known.values) if known is not None else ""
    masked = mask(number) if known is not None and known.values["kind"] == "person" else number
    return CardPerson(role, known.id if known is not None else citizen_id, name, masked)


def paper_of(values: Mapping[str, Any]) -> str:
    """The number that a person is known by: identity number, else CMND, passport, tax code; "" without any."""
    keys = ("identity_number", "cmnd", "passport", "tax_code")
    return str(next((values[key] for key in keys if values.get(key)), ""))


# -- the home page


@dataclass(frozen=True, slots=True)
class CounterDay:
    """A counter today: who sits there, how many dossiers it has received, when the last of them."""

    counter: str
    clerks: tuple[str, ...]
    received: int
    last: datetime | None


@dataclass(frozen=True, slots=True)
class WaitingPrint:
    """A printing of which nobody has said whether the sheet came out. `code`: of the dossier, before acceptance
    of the slip."""

    id: str
    letter: str
    lien: int
    at: datetime
    subject: tuple[str, str]
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Holidays:
    """The table of days off of a year: is it there, and how many of its days are not confirmed."""

    year: int
    known: bool
    unconfirmed: int

    @property
    def certain(self) -> bool:
        """Can return dates of that year be promised without a doubt?"""
        return self.known and not self.unconfirmed


@dataclass(frozen=True, slots=True)
class Waits:
    """What the clocks of the dossiers say: how many warn (`soon`), `apologise` the most urgent of them for which an
    apology is still in time, until `apologise_by`; how many supplements have not come in time, results wait to be
    collected (for more than 30 days), dossiers have no code of the other system; of each the one that waits longest.
    `to_enter` None: there is no other system."""

    soon: int = 0
    apologise: DossierRow | None = None
    apologise_by: datetime | None = None
    supplement_late: int = 0
    first_late: DossierRow | None = None
    to_collect: int = 0
    uncollected: int = 0
    first_uncollected: DossierRow | None = None
    to_enter: int | None = None
    first_to_enter: DossierRow | None = None
    to_answer: int = 0
    first_to_answer: DossierRow | None = None
    """Came online and waits for the answer of art. 17.2; the one whose 8 working hours end first."""
    part_late: int = 0
    first_part_late: DossierRow | None = None
    late_part: PartRow | None = None
    """Linked filings with a late result; of the first of them, which."""


@dataclass(frozen=True, slots=True)
class Home:
    """The figures of a day. `hours`: dossiers received in each hour of the Vietnamese clock that counts: the office
    hours and those in which one came. `most_late`, `next_due`: the most urgent of their lists; `waits`: what warns and
    what is waited for; `to_scan`: dossiers with
    a paper that is still to be scanned, `first_to_scan` the one that waits longest; `unsigned`: papers that wait for
    this clerk's signature."""

    received: int
    by_channel: Mapping[str, int]
    hours: tuple[tuple[int, int], ...]
    open: int
    due_today: int
    overdue: int
    most_late: DossierRow | None
    next_due: DossierRow | None
    waits: Waits
    to_scan: int
    first_to_scan: ToScan | None
    unsigned: Unsigned
    counters: tuple[CounterDay, ...]
    drafts: tuple[DraftRow, ...]
    drafts_of_others: int
    prints: tuple[WaitingPrint, ...]
    reviews: int
    next_year: Holidays
    unhappy: int
    """Bad ratings that no supervisor has read."""
    desk: DeskDay = NO_DESK
    late: LateDay = NOTHING_LATE


@dataclass(frozen=True, slots=True)
class SignQueue:
    """What waits for a clerk's signature, the oldest first; `filing` more whose file is still to be made."""

    papers: tuple[DocumentRow, ...]
    filing: int


def sign_queue(connection: Connection, clerk: str) -> SignQueue:
    """What this clerk kept and has not signed yet (NĐ 118/2025/NĐ-CP art. 17.1)."""
    here = _office_id(connection)
    return SignQueue(papers.to_sign(connection, here, clerk), papers.unsigned(connection, here, clerk).filing)


def home(connection: Connection, now: datetime, clerk: str | None) -> Home:
    """What the home page shows to this clerk."""
    here = _office_id(connection)
    local = now.astimezone(VIETNAM)
    start, end = day_start(local.date()), day_start(local.date() + timedelta(days=1))
    rows = connection.execute(
        select(_d.received_at, _d.channel, _d.counter).where(
            _d.office_id == here, _d.received_at >= start, _d.received_at < end, *online.received(_d)
        )
    ).all()
    hours = dict.fromkeys(_office_hours(connection, local.date()), 0)
    channels: dict[str, int] = {}
    counters: dict[str, list[datetime]] = {}
    for row in rows:
        hour = row.received_at.astimezone(VIETNAM).hour
        hours[hour] = hours.get(hour, 0) + 1
        channels[row.channel] = channels.get(row.channel, 0) + 1
        counters.setdefault(row.counter or "", []).append(row.received_at)
    hours = dict.fromkeys(range(min(hours), max(hours) + 1), 0) | hours if hours else hours
    late = dossiers.page(connection, here, Wish("overdue"), now, size=1).rows
    soon = dossiers.page(connection, here, Wish("due-today"), now, size=1).rows
    drafts = dossiers.drafts(connection, here)
    own = tuple(draft for draft in drafts if draft.clerk_id == clerk)
    return Home(
        len(rows),
        channels,
        tuple(sorted(hours.items())),
        dossiers.count(connection, here, Wish("open"), now),
        dossiers.count(connection, here, Wish("due-today"), now),
        dossiers.count(connection, here, Wish("overdue"), now),
        late[0] if late else None,
        soon[0] if soon else None,
        _waits(connection, here, now),
        papers.count_to_scan(connection, here),
        next(iter(papers.to_scan(connection, here, 1)), None),
        papers.unsigned(connection, here, clerk) if clerk is not None else Unsigned(),
        _counters(connection, counters),
        own,
        len(drafts) - len(own),
        _waiting(connection, here),
        _reviews(connection, here),
        _holidays(connection, local.year + 1),
        ratings.unseen(connection, here),
        desk=desk_day(connection, here, now, clerk),
        late=late_day(connection, here, now),
    )


LOOKED_AT = 60
"""Of what warns now so many are looked at for the one to apologise for."""


def _waits(connection: Connection, here: str, now: datetime) -> Waits:
    def of(group: str) -> tuple[int, DossierRow | None]:
        count = dossiers.count(connection, here, Wish(group), now)
        rows = dossiers.page(connection, here, Wish(group), now, size=1).rows if count else ()
        return count, rows[0] if rows else None

    warned = dossiers.page(connection, here, Wish("soon"), now, size=LOOKED_AT).rows
    calendar = office.calendar(connection)
    apologise, by = None, None
    for row in warned:
        last = clocks.apology_by(row.due_at, calendar) if row.due_at else now
        if row.extended_at is None and last > now:
            apologise, by = row, last
            break
    soon = dossiers.count(connection, here, Wish("soon"), now) if len(warned) == LOOKED_AT else len(warned)
    to_enter: tuple[int | None, DossierRow | None] = (None, None)
    if office.has_other_system(connection):
        to_enter = of("to-enter")
    collect = dossiers.count(connection, here, Wish("to-collect"), now)

    answer, first_to_answer = of("to-answer")
    late, first_late = of("part-late")
    owed = dossiers.parts_of(connection, first_late.id) if first_late is not None else []
    past = (each for each in owed if each.finished_at is None and each.due_at is not None and each.due_at < now)
    return Waits(
        soon,
        apologise,
        by,
        *of("supplement-late"),
        collect,
        *of("uncollected"),
        *to_enter,
        to_answer=answer,
        first_to_answer=first_to_answer,
        part_late=late,
        first_part_late=first_late,
        late_part=next(past, None),
    )


def _office_hours(connection: Connection, day: date) -> range:
    """The hours of the clock in which the office serves on `day`, lunch included; none on a day off."""
    sessions = office.calendar(connection).sessions(day)
    if not sessions:
        return range(0)
    closing = sessions[-1][1]
    return range(sessions[0][0].hour, closing.hour + (1 if closing.minute else 0))


def _counters(connection: Connection, received: Mapping[str, list[datetime]]) -> tuple[CounterDay, ...]:
    """Every counter that has a clerk or has received something, by its name; dossiers without a counter last."""
    clerks: dict[str, list[str]] = {}
    for each in office.clerks(connection):
        if each.counter:
            clerks.setdefault(each.counter, []).append(each.name)
    names = sorted({*clerks, *received}, key=lambda name: (not name, len(name), name))
    return tuple(
        CounterDay(
            name, tuple(clerks.get(name, ())), len(received.get(name, ())), max(received.get(name, ()), default=None)
        )
        for name in names
    )


def _waiting(connection: Connection, office_id: str) -> tuple[WaitingPrint, ...]:
    waiting = dossiers.waiting_prints(connection, office_id)
    found = []
    for printed, table, subject_id in waiting:
        code, name = _named(connection, table, subject_id)
        found.append(
            WaitingPrint(printed.id, printed.letter, printed.lien, printed.at, (table, subject_id), code, name)
        )
    return tuple(found)


def _named(connection: Connection, table: str, subject_id: str) -> tuple[str, str]:
    """Code and person of what was printed."""
    if table == "dossier":
        code = func.coalesce(_d.official_code, _d.code)
        row = connection.execute(select(code, _d.owner_name).where(_d.id == subject_id)).one_or_none()
        return (row[0], row[1]) if row is not None else ("", "")
    c = schema.intake.c
    slip = connection.execute(select(c.code, c.person_name).where(c.id == subject_id)).one_or_none()
    return (slip.code or "", slip.person_name) if slip is not None else ("", "")


def _reviews(connection: Connection, office_id: str) -> int:
    """How many procedures of an import wait for somebody to look at what differs."""
    c = schema.procedure_version.c
    waiting = select(func.count(c.code.distinct())).where(c.office_id == office_id, c.status == "review")
    return int(connection.execute(waiting).scalar_one())


def _holidays(connection: Connection, year: int) -> Holidays:
    days = [each for each in office.days_off(connection) if each.date.year == year]
    known = office.calendar(connection).covers(year)
    return Holidays(year, known, sum(not each.confirmed for each in days))


__all__ = [
    "Card",
    "CardPerson",
    "CounterDay",
    "Event",
    "Holidays",
    "Home",
    "PrintedRow",
    "Term",
    "WaitingPrint",
    "Waits",
    "card",
    "counts",
    "find",
    "home",
    "page",
    "paper_of",
]
