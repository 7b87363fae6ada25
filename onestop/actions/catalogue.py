"""The catalogue and the calendar: published files, review of what differs, local decisions with their dates."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from onestop import clock
from onestop.queries import catalogue as queries
from onestop.rules import calendar, why
from onestop.rules.catalogue_file import read_any
from onestop.rules.errors import RuleBroken, Stale
from onestop.rules.overlay import Overlay, Scope, check, overlay_from_plain, overlay_to_plain
from onestop.rules.procedure import Procedure, from_plain, to_plain
from onestop.rules.review import accept, merge, review
from onestop.rules.roles import Permission
from onestop.store import schema
from onestop.store.acts import Act
from onestop.store.files import fingerprint
from onestop.store.replay import publish_arrived
from onestop.store.schema import canonical
from onestop.store.work import Expand, Kind, Row, Work

REVIEWED = ("starter", "office")
"""Origins whose facts an import never overwrites without a word from the office."""

# ---- reading a published file -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that is no procedure, and why: the code of the rule with its details."""

    line: int
    code: str | None
    reason: str
    details: Mapping[str, Any] = field(default_factory=dict)


Line = tuple[int, Procedure | RuleBroken]
_read_before: dict[str, tuple[Line, ...]] = {}


def read_ahead(content: bytes, tell: Callable[[int], None] | None = None) -> tuple[Line, ...]:
    """`catalogue_file.read_any`, kept for the file last read: whoever reads a large one before he publishes it does not
    hold up other writers meanwhile. `tell(line)` hears how far it is; what it raises ends the reading."""
    sha256 = hashlib.sha256(content).hexdigest()
    lines = _read_before.get(sha256)
    if lines is None:
        found: list[Line] = []
        for line in read_any(content):
            if tell is not None:
                tell(line[0])
            found.append(line)
        lines = tuple(found)
        _read_before.clear()
        _read_before[sha256] = lines
    return lines


def identity(procedure: Procedure) -> str:
    """The id of a version: its code and the hash of its content."""
    text = canonical(to_plain(procedure))
    return f"{procedure.code}@{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def version_row(procedure: Procedure, office_id: str, origin: str, status: str, publication: str | None) -> Row:
    """A version as it stands in its table."""
    return {
        "id": identity(procedure),
        "office_id": office_id,
        "code": procedure.code,
        "name": procedure.name,
        "short_name": procedure.short_name or None,
        "field": procedure.field or None,
        "ministry": procedure.ministry or None,
        "level": procedure.level.value if procedure.level else None,
        "ward": "ward" in procedure.agency_levels,
        "keywords": list(procedure.keywords) or None,
        "origin": origin,
        "valid_from": procedure.valid_from,
        "valid_to": procedure.valid_to,
        "status": status,
        "differences": None,
        "publication_id": publication,
        "content": to_plain(procedure),
    }


# ---- folds --------------------------------------------------------------------------------------------------------


def fold_publication(subject: Row | None, act: Act) -> Row:
    """A published file is known by its hash; publishing it again adds nothing."""
    given = act.body["publication"]
    return {
        **given,
        "id": act.subjects[0][1],
        "office_id": act.office_id,
        "at": subject["at"] if subject else act.at,
        "by": subject["by"] if subject else act.actor,
    }


def fold_superseded(subject: Row | None, act: Act) -> Row | None:
    """A version that a newer one of the same publication took the place of."""
    if subject is None:
        return None
    return {**subject, "status": "superseded"}


def fold_reviewed(subject: Row | None, act: Act) -> Row | None:
    """A word on an imported version: the accepted one appears, the one before ends, the incoming one is settled."""
    body = act.body
    if subject is None:
        return dict(body["version"]) if body.get("version") else None
    if subject["id"] == body["incoming"]:
        return {**subject, "status": "accepted" if body.get("version") else "declined"}
    if body.get("version") and subject["id"] == body["before"]:
        return {**subject, "status": "superseded"}
    return subject


def fold_overlay(subject: Row | None, act: Act) -> Row:
    """A dated decision of the province or the office."""
    plain = act.body["overlay"]
    return {
        "id": act.subjects[0][1],
        "office_id": act.office_id,
        "code": plain["code"],
        "scope": plain["scope"],
        "decision": plain.get("decision"),
        "valid_from": plain["valid_from"],
        "valid_to": plain.get("valid_to"),
        "content": plain,
        "withdrawn": False,
        "at": act.at,
        "by": act.actor,
    }


def fold_withdrawn(subject: Row | None, act: Act) -> Row:
    """A decision no longer holds here (it stays in the history)."""
    if subject is None:
        raise Stale()
    return {**subject, "withdrawn": True}


def fold_day(subject: Row | None, act: Act) -> Row | None:
    """A day of the calendar is set, or taken back to what the week says."""
    day = act.body["day"]
    return None if day is None else {**day, "id": act.subjects[0][1], "office_id": act.office_id}


def expand(act: Act, read: Any) -> Mapping[str, Sequence[Row]]:
    """The rows that a published file stands for, as decided when it was published."""
    given = act.body["publication"]
    sha256 = act.subjects[0][1]
    if given["kind"] == "holidays":
        days = calendar.days_to_plain(calendar.read_days(read(sha256).decode("utf-8-sig")))
        return {
            "day_off": [{**day, "id": f"{act.office_id}/{day['date']}", "office_id": act.office_id} for day in days]
        }
    body = act.body
    skipped, differences = set(body["skip"]), body["differences"]
    dated: Mapping[str, str] = body["dated"]
    merged: Mapping[str, Any] = body["merged"]
    rows = []
    for procedure in _procedures(sha256, read):
        if procedure.code in skipped:
            continue
        if procedure.code in dated:
            procedure = replace(procedure, valid_from=dated[procedure.code])
        status = "in-force"
        if procedure.code in merged:
            status = "review" if procedure.code in differences else "settled"
            made = merged[procedure.code]
            if made is not None:
                rows.append(version_row(from_plain(made["content"]), act.office_id, made["origin"], "in-force", sha256))
        row = version_row(procedure, act.office_id, given["origin"], status, sha256)
        row["differences"] = differences.get(procedure.code)
        rows.append(row)
    return {"procedure_version": rows}


def _procedures(sha256: str, read: Any) -> tuple[Procedure, ...]:
    kept: dict[str, Procedure] = {}
    for _, found in _read_before.get(sha256) or read_ahead(read(sha256)):
        if isinstance(found, Procedure):
            kept.setdefault(found.code, found)
    return tuple(kept.values())


_expand: Expand = expand

KINDS = (
    Kind(
        "catalogue.published",
        {"publication": fold_publication, "procedure_version": fold_superseded},
        expand=_expand,
    ),
    Kind("catalogue.reviewed", {"procedure_version": fold_reviewed}),
    Kind("overlay.set", {"overlay": fold_overlay}),
    Kind("overlay.withdrawn", {"overlay": fold_withdrawn}),
    Kind("calendar.day-set", {"day_off": fold_day}),
)

# ---- decides ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PublishForm:
    """A file to publish. `kind`: catalogue or holidays. `origin`: starter, national, office or centre."""

    kind: str
    origin: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Published:
    """What an import did. `review`: codes whose reviewed facts stay in force until the office says otherwise; they
    count as changed the first time and as unchanged ever after."""

    sha256: str
    added: int
    changed: int
    unchanged: int
    rejected: tuple[Rejected, ...] = ()
    review: tuple[str, ...] = ()


def publish(work: Work, form: PublishForm) -> Published:
    """Publish a catalogue or a table of holidays; the same file twice changes nothing.

    What an office or the starter has reviewed (limits, rule texts, fees, papers) is never overwritten: an import that
    differs waits for review and the reviewed version stays in force. RuleBroken when the file holds nothing usable.
    """
    work.demand(Permission.EDIT_CATALOGUE)
    if form.kind == "holidays":
        return _publish_holidays(work, form)
    if form.kind != "catalogue":
        raise RuleBroken("catalogue.kind", kind=form.kind)
    today = clock.local(work.now).date()
    rejected: list[Rejected] = []
    incoming: dict[str, Procedure] = {}
    for line, found in read_ahead(form.content):
        if isinstance(found, RuleBroken):
            said = found.details.get("procedure") or found.details.get("code")
            rejected.append(Rejected(line, said, found.code, {"line": line, **found.details}))
        elif found.code in incoming:
            rejected.append(Rejected(line, found.code, "catalogue.twice", {"line": line, "code": found.code}))
        else:
            incoming[found.code] = found
    if not incoming:
        first = rejected[0] if rejected else None
        how = {} if first is None else {"how": "first", "line": first.line, "reason": _why(first)}
        raise RuleBroken("catalogue.empty", rejected=len(rejected), **how)
    _let_arrive(work, form.content)
    known, current = _standing(work)
    skip: list[str] = []
    reviews: list[str] = []
    dated: dict[str, str] = {}
    superseded: list[str] = []
    merged: dict[str, dict[str, Any] | None] = {}
    differences: dict[str, list[dict[str, Any]]] = {}
    added = changed = 0
    for code, procedure in incoming.items():
        now = current.get(code)
        if identity(procedure) in known or (now and identity(replace(procedure, valid_from=now.valid_from)) == now.id):
            skip.append(code)
        elif now is None:
            added += 1
        elif now.origin in REVIEWED and form.origin not in REVIEWED:
            standing = queries.version(work.connection, now.id)
            assert standing is not None
            together = replace(merge(standing, procedure), valid_from=standing.valid_from)
            differing = review(standing, procedure)
            merged[code] = None
            if together != standing:
                day = max(today.isoformat(), now.valid_from)
                content = to_plain(replace(together, valid_from=day))
                merged[code] = {"origin": now.origin, "content": content}
                if day == now.valid_from:
                    superseded.append(now.id)
            if differing:
                differences[code] = [
                    {"fact": each.fact, "group": each.group, "current": each.current, "incoming": each.incoming}
                    for each in differing
                ]
                reviews.append(code)
            changed += 1
        else:
            if procedure.valid_from <= now.valid_from:
                dated[code] = today.isoformat()
            if procedure.valid_from <= now.valid_from and today.isoformat() <= now.valid_from:
                superseded.append(now.id)
            changed += 1
    unchanged = len(incoming) - added - changed
    counts = {"added": added, "changed": changed, "unchanged": unchanged, "rejected": len(rejected)}
    if added or changed:
        sha256 = work.files.put(form.content)
        work.record(
            "catalogue.published",
            [("publication", sha256), *(("procedure_version", each) for each in superseded)],
            {
                "publication": {"kind": form.kind, "origin": form.origin, "name": form.name, "counts": counts},
                "skip": skip,
                "dated": dated,
                "merged": merged,
                "differences": differences,
            },
        )
        work.touch("procedure_version", sha256)
    else:
        sha256 = hashlib.sha256(form.content).hexdigest()
    return Published(sha256, added, changed, unchanged, tuple(rejected), tuple(reviews))


@dataclass(frozen=True, slots=True)
class _Standing:
    id: str
    origin: str
    valid_from: str


def _standing(work: Work) -> tuple[set[str], dict[str, _Standing]]:
    """Every version id of the office, and the latest one in force of each code."""
    c = schema.procedure_version.c
    known: set[str] = set()
    current: dict[str, _Standing] = {}
    for row in work.connection.execute(
        select(c.id, c.code, c.origin, c.valid_from, c.status)
        .where(c.office_id == work.office_id)
        .order_by(c.code, c.valid_from)
    ):
        known.add(row.id)
        if row.status == "in-force":
            current[row.code] = _Standing(row.id, row.origin, row.valid_from)
    return known, current


def _why(rejected: Rejected) -> dict[str, Any]:
    return {"code": rejected.reason, "details": rejected.details}


def _let_arrive(work: Work, content: bytes) -> None:
    """Where another counter has published this very file and it had not come yet, it comes now, by hand: first of all
    it stands for what that act says."""
    sha256, c = fingerprint(content), schema.publication.c
    named = select(c.id).where(c.id == sha256, c.office_id == work.office_id)
    if not work.files.has(sha256) and work.connection.execute(named).first() is not None:
        work.files.put(content)
        arrived = publish_arrived(work.connection, work.kinds, work.files, work.office_id, sha256)
        for table, ids in arrived.touched.items():
            for each in ids:
                work.touch(table, each)


def _publish_holidays(work: Work, form: PublishForm) -> Published:
    try:
        days = calendar.read_days(form.content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RuleBroken("holidays.unreadable", reason=why.of_text(error)) from error
    if not days:
        raise RuleBroken("holidays.empty")
    _let_arrive(work, form.content)
    c = schema.day_off.c
    standing = {
        row.date: (row.kind, row.name, row.source or "", row.confirmed)
        for row in work.connection.execute(select(schema.day_off).where(c.office_id == work.office_id))
    }
    wanted = {each.date.isoformat(): (each.kind.value, each.name, each.source, each.confirmed) for each in days}
    added = sum(day not in standing for day in wanted)
    changed = sum(day in standing and standing[day] != row for day, row in wanted.items())
    sha256 = hashlib.sha256(form.content).hexdigest()
    if added or changed:
        work.files.put(form.content)
        counts = {"added": added, "changed": changed, "unchanged": len(days) - added - changed, "rejected": 0}
        work.record(
            "catalogue.published",
            [("publication", sha256)],
            {"publication": {"kind": "holidays", "origin": form.origin, "name": form.name, "counts": counts}},
        )
        work.touch("day_off", sha256)
    return Published(sha256, added, changed, len(days) - added - changed)


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """A word on an imported version that waits: the groups of facts to take over (limit, fees…); none = decline."""

    version_id: str
    accept: tuple[str, ...] = ()


def settle_review(work: Work, form: ReviewForm) -> str | None:
    """Take over the accepted facts into a new version in force from today, or decline. Gives the new version's id."""
    work.demand(Permission.EDIT_CATALOGUE)
    c = schema.procedure_version.c
    row = work.connection.execute(select(schema.procedure_version).where(c.id == form.version_id)).one_or_none()
    if row is None or row.status != "review":
        raise RuleBroken("catalogue.nothing-to-review", version=form.version_id)
    day = clock.local(work.now).date()
    standing = queries.current_version(work.connection, work.office_id, row.code, day)
    if standing is None:
        raise RuleBroken("procedure.unknown", code=row.code)
    groups = {each["group"] for each in row.differences or ()}
    if unknown := set(form.accept) - groups:
        raise RuleBroken("catalogue.no-such-fact", value=sorted(unknown)[0])
    subjects = [("procedure_version", row.id)]
    body: dict[str, Any] = {"incoming": row.id, "before": standing, "accept": sorted(form.accept)}
    new_id = None
    if form.accept:
        before, incoming = queries.version(work.connection, standing), queries.version(work.connection, row.id)
        assert before is not None
        assert incoming is not None
        taken = accept(before, incoming, form.accept)
        taken = replace(taken, valid_from=max(day.isoformat(), before.valid_from))
        made = version_row(taken, work.office_id, "office", "in-force", row.publication_id)
        new_id = made["id"]
        body["version"] = made
        subjects += [("procedure_version", standing), ("procedure_version", new_id)]
    work.record("catalogue.reviewed", subjects, body)
    return new_id


def set_overlay(work: Work, overlay: Overlay) -> str:
    """Record a dated decision of the province or the office on one procedure; the same id is replaced."""
    work.demand(Permission.EDIT_CATALOGUE)
    day = clock.local(work.now).date()
    standing = queries.current_version(work.connection, work.office_id, overlay.code, day)
    procedure = queries.version(work.connection, standing) if standing else None
    if procedure is None:
        raise RuleBroken("procedure.unknown", field="code", code=overlay.code)
    check(overlay, procedure)
    return _record_overlay(work, overlay)


def _record_overlay(work: Work, overlay: Overlay) -> str:
    overlay_id = overlay.id or clock.new_id()
    plain = overlay_to_plain(replace(overlay, id=overlay_id))
    overlay_from_plain(plain)
    work.record("overlay.set", [("overlay", overlay_id)], {"overlay": plain})
    return overlay_id


def withdraw_overlay(work: Work, overlay_id: str) -> None:
    """Let a decision hold no longer."""
    work.demand(Permission.EDIT_CATALOGUE)
    c = schema.overlay.c
    row = work.connection.execute(select(c.withdrawn).where(c.id == overlay_id)).one_or_none()
    if row is None:
        raise RuleBroken("overlay.unknown", overlay=overlay_id)
    if not row.withdrawn:
        work.record("overlay.withdrawn", [("overlay", overlay_id)], {})


@dataclass(frozen=True, slots=True)
class SwitchForm:
    """Offer a procedure at this office or not, and put it on the quick list or not. None leaves it as it is."""

    code: str
    enabled: bool | None = None
    quick: int | None = None
    """Its place on the quick list, from 1; 0 takes it off."""


def switch(work: Work, form: SwitchForm) -> None:
    """Enable, disable, or put on the quick list: an office overlay of its own, without end."""
    work.demand(Permission.EDIT_CATALOGUE)
    day = clock.local(work.now).date()
    if queries.current_version(work.connection, work.office_id, form.code, day) is None:
        raise RuleBroken("procedure.unknown", field="code", code=form.code)
    overlay_id = f"switch-{work.office_id}-{form.code}"
    standing = next(
        (each for each in queries.overlays(work.connection, work.office_id, form.code) if each.id == overlay_id), None
    )
    before = standing or Overlay(
        id=overlay_id,
        scope=Scope.OFFICE,
        code=form.code,
        decision="Lựa chọn của cơ quan",
        valid_from=(day - timedelta(days=1)).isoformat(),
    )
    after = replace(
        before,
        enabled=before.enabled if form.enabled is None else form.enabled,
        quick=before.quick if form.quick is None else form.quick,
    )
    if after != standing:
        _record_overlay(work, after)


def switch_all(work: Work, forms: Sequence[SwitchForm]) -> int:
    """`switch` for several procedures in one transaction. Gives how many."""
    for form in forms:
        switch(work, form)
    return len(forms)


@dataclass(frozen=True, slots=True)
class DayForm:
    """One day of the calendar. `kind`: off, work, or None to take it back to what the week says."""

    date: date
    kind: str | None
    name: str = ""
    source: str = ""
    confirmed: bool = True


def set_day(work: Work, form: DayForm) -> None:
    """Set one day off or to work. Dossiers already received keep their dates."""
    work.demand(Permission.EDIT_OFFICE)
    day: dict[str, Any] | None = None
    if form.kind is not None:
        plain = {
            "date": form.date.isoformat(),
            "kind": form.kind,
            "name": form.name,
            "source": form.source,
            "confirmed": form.confirmed,
        }
        day = calendar.days_to_plain(calendar.days_from_plain([plain]))[0]
    work.record("calendar.day-set", [("day_off", f"{work.office_id}/{form.date.isoformat()}")], {"day": day})
