"""People: registered once, changed group by group, told apart or found to be the same, a masked number opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from onestop import clock
from onestop.queries import people
from onestop.rules import citizen as rules
from onestop.rules import text
from onestop.rules.errors import Remark, RuleBroken, Stale
from onestop.rules.intake import PersonForm
from onestop.rules.roles import Permission
from onestop.store import schema
from onestop.store.acts import Act
from onestop.store.work import Kind, Row, Work

# ---- folds --------------------------------------------------------------------------------------------------------


def fold_registered(subject: Row | None, act: Act) -> Row:
    """A person appears."""
    if subject is not None:
        raise Stale(subject=subject["id"])
    values = dict(act.body["person"])
    return _keyed(
        {
            **values,
            "id": act.subjects[0][1],
            "office_id": act.office_id,
            "from_card": bool(values.get("from_card")),
            "same_as": None,
            "not_same": None,
            "registered_at": act.at,
            "registered_by": act.actor,
            "changed_at": act.at,
        }
    )


def fold_changed(subject: Row | None, act: Act) -> Row:
    """Groups of fields change from old to new; what is neither is a conflict."""
    if subject is None:
        raise Stale()
    after = dict(subject)
    for group, (old, new) in act.body["groups"].items():
        current = {key: subject.get(key) for key in new}
        if current not in (old, new):
            raise Stale(group=group, current=current, old=old, new=new)
        after.update(new)
    after["changed_at"] = act.at
    return _keyed(after)


def fold_same(subject: Row | None, act: Act) -> Row | None:
    """`same_as` is written on the one that goes; the other is only mentioned."""
    if subject is None or subject["id"] == act.body["stays"]:
        return subject
    return {**subject, "same_as": act.body["stays"], "changed_at": act.at}


def fold_apart(subject: Row | None, act: Act) -> Row | None:
    """Both remember that they are not each other; a merge between them is undone."""
    if subject is None:
        return None
    others = [other for other in act.body["persons"] if other != subject["id"]]
    known = list(subject.get("not_same") or [])
    merged = subject["same_as"] in others
    return {
        **subject,
        "not_same": sorted({*known, *others}),
        "same_as": None if merged else subject["same_as"],
        "changed_at": act.at,
    }


def fold_undecided(subject: Row | None, act: Act) -> Row | None:
    """Both forget what was said of them: neither the same person nor two."""
    if subject is None:
        return None
    others = [other for other in act.body["persons"] if other != subject["id"]]
    return {
        **subject,
        "not_same": [known for known in subject.get("not_same") or () if known not in others] or None,
        "same_as": None if subject["same_as"] in others else subject["same_as"],
        "changed_at": act.at,
    }


def _keyed(row: Row) -> Row:
    return {**row, "folded": text.fold(row["name"]), "sort_key": text.sort_key(row["name"])}


KINDS = (
    Kind("citizen.registered", {"citizen": fold_registered}),
    Kind("citizen.changed", {"citizen": fold_changed}),
    Kind("citizen.same", {"citizen": fold_same}),
    Kind("citizen.apart", {"citizen": fold_apart}),
    Kind("citizen.undecided", {"citizen": fold_undecided}),
    Kind("citizen.number-opened", {}),
)

# ---- decides ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Registered:
    """The person who is now known. `created` False: he was found. `differences`: what the form says otherwise."""

    id: str
    created: bool
    values: Mapping[str, Any]
    warnings: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()
    differences: tuple[rules.Difference, ...] = ()


PAPERS = ("identity_number", "cmnd", "passport", "birth_certificate", "no_paper_reason")
CONTRADICTIONS = ("identity.sex-differs", "identity.birth-year-differs", "identity.province-unknown")


def register(work: Work, form: PersonForm, paper_needed: bool = True) -> Registered:
    """Register a person or organisation once; the same paper, or the same id, finds the one already there.

    `paper_needed` False for people whom a dossier only names. RuleBroken(field=…) when what was entered cannot be
    right. Nothing of the one found is changed.
    """
    work.demand(Permission.REGISTER)
    return enter(work, form, paper_needed)


def enter(work: Work, form: PersonForm, paper_needed: bool = True) -> Registered:
    """`register`, for an action that has asked for a permission of its own."""
    if form.id:
        found = people.person(work.connection, form.id)
        if found is None:
            raise RuleBroken("citizen.unknown", field="id", id=form.id)
        return Registered(found.id, False, found.values)
    pointer = bool(form.identity_number) and not form.name
    if pointer:
        values: dict[str, Any] = {"identity_number": rules.pointer_number(form), "kind": "person"}
        remarks: list[Remark] = []
    else:
        values, remarks = rules.check_person(form, clock.local(work.now).date(), paper_needed=paper_needed)
    known = people.by_paper(work.connection, work.office_id, values)
    there = people.person(work.connection, known) if known else people.twin(work.connection, work.office_id, values)
    if there is not None:
        differences = () if pointer else rules.differences(there.values, form)
        warnings, notes = split(remarks)
        return Registered(there.id, False, there.values, warnings, notes, differences)
    if pointer:
        raise RuleBroken("citizen.not-registered", field="identity_number", number=values["identity_number"])
    if form.representative is not None:
        values["representative_id"] = _representative(work, form.representative)
    citizen_id = clock.new_id()
    work.record("citizen.registered", [("citizen", citizen_id)], {"person": values})
    for other in form.not_same:
        if people.person(work.connection, other) is not None:
            pair = sorted((citizen_id, other))
            work.record("citizen.apart", [("citizen", each) for each in pair], {"persons": pair})
    warnings, notes = split(remarks)
    return Registered(citizen_id, True, values, warnings, notes)


def _representative(work: Work, form: PersonForm) -> str:
    """Who stands for an organisation, registered or found. What cannot be right is said of him and not of it."""
    with said_of("representative"):
        return enter(work, form).id


@contextmanager
def said_of(who: str, place: str = "") -> Iterator[None]:
    """RuleBroken of one person among several says whose it is. `who`: owner, submitter, representative or a role;
    `place` (default: `who`) stands in front of the field at fault."""
    try:
        yield
    except RuleBroken as broken:
        inner = str(broken.details.get("field") or "")
        where = ".".join(filter(None, (place or who, inner)))
        whose = rules.WHOSE.get(who) or rules.ROLES.get(who, who)
        # Of a representative of the owner, the representative is meant.
        details = {"whose": whose, **broken.details, "field": where}
        raise RuleBroken(broken.code, **details) from broken


def split(remarks: list[Remark]) -> tuple[tuple[Remark, ...], tuple[Remark, ...]]:
    """Contradictions of the number apart from other remarks."""
    return (
        tuple(each for each in remarks if each.code in CONTRADICTIONS),
        tuple(each for each in remarks if each.code not in CONTRADICTIONS),
    )


@dataclass(frozen=True, slots=True)
class ChangeForm:
    """New values for some fields of a person; fields that are not named stay. `representative`: who stands for the
    organisation from now on, registered or not."""

    id: str
    values: Mapping[str, Any] = field(default_factory=dict)
    representative: PersonForm | None = None


def change(work: Work, form: ChangeForm) -> Registered:
    """Change fields of a person, recorded group by group with the value before, so that another counter's change
    of the same group is seen as a conflict and one of another group is not."""
    work.demand(Permission.REGISTER)
    return rewrite(work, form)


def rewrite(work: Work, form: ChangeForm) -> Registered:
    """`change`, for an action that has asked for a permission of its own."""
    before = people.person(work.connection, form.id)
    if before is None:
        raise RuleBroken("citizen.unknown", field="id", id=form.id)
    merged = rules.as_form(before.values, form.values)
    # Whom a dossier only names may have no paper: he need not get one because his phone changes.
    had_paper = any(before.values.get(key) for key in PAPERS)
    values, remarks = rules.check_person(merged, clock.local(work.now).date(), paper_needed=had_paper)
    number_changed = any(
        values.get(key) != before.values.get(key) for key in ("identity_number", "cmnd", "passport", "tax_code")
    )
    if number_changed:
        other = people.by_paper(work.connection, work.office_id, values)
        if other is not None and other != before.id:
            raise RuleBroken("citizen.paper-taken", field="identity_number", id=other)
    stands = _representative(work, form.representative) if form.representative is not None else None
    values["representative_id"] = stands or before.values.get("representative_id")
    groups = {}
    for group, columns in rules.EDIT_GROUPS.items():
        old = {key: before.values.get(key) for key in columns}
        new = {key: values.get(key) for key in columns}
        if old != new:
            groups[group] = [old, new]
    if values["representative_id"]:
        remarks = [each for each in remarks if each.code != "person.no-representative"]
    warnings, notes = split(remarks)
    if groups:
        work.record("citizen.changed", [("citizen", before.id)], {"groups": groups})
    return Registered(before.id, False, {**before.values, **values}, warnings, notes)


def same(work: Work, pair: tuple[str, str]) -> str:
    """Say that two registrations are one person; the smaller id stays. Gives the id that stays."""
    work.demand(Permission.MERGE)
    first, second = (people.person(work.connection, each) for each in pair)
    if first is None or second is None:
        raise RuleBroken("citizen.unknown", id=pair[0] if first is None else pair[1])
    if first.id == second.id:
        return first.id
    stays, goes = sorted((first.id, second.id))
    work.record("citizen.same", [("citizen", goes), ("citizen", stays)], {"stays": stays, "goes": goes})
    return stays


def apart(work: Work, pair: tuple[str, str]) -> None:
    """Say that two registrations are different people: remembered, never asked again; undoes a merge of the two."""
    work.demand(Permission.MERGE)
    persons = sorted(set(pair))
    if len(persons) != 2:
        raise RuleBroken("citizen.apart-from-himself")
    work.record("citizen.apart", [("citizen", each) for each in persons], {"persons": persons})


def undecide(work: Work, pair: tuple[str, str]) -> bool:
    """Take back what was said of two registrations, the same or apart: they are asked about again. False where nothing
    was said of just these two."""
    work.demand(Permission.MERGE)
    persons = sorted(set(pair))
    if len(persons) != 2:
        raise RuleBroken("citizen.apart-from-himself")
    c = schema.citizen.c
    rows = work.connection.execute(select(c.id, c.same_as, c.not_same).where(c.id.in_(persons))).all()
    if len(rows) != 2:
        raise RuleBroken("citizen.unknown", id=next(each for each in persons if each not in {row.id for row in rows}))
    if not any(row.same_as in persons or set(row.not_same or ()) & set(persons) for row in rows):
        return False
    work.record("citizen.undecided", [("citizen", each) for each in persons], {"persons": persons})
    return True


def open_number(work: Work, citizen_id: str) -> Mapping[str, Any]:
    """Show a masked number in full: an act (who, when, whose), as law 91/2025/QH15 asks for a log of access."""
    work.demand(Permission.OPEN_NUMBER)
    found = people.person(work.connection, citizen_id)
    if found is None:
        raise RuleBroken("citizen.unknown", id=citizen_id)
    work.record("citizen.number-opened", [("citizen", found.id)], {})
    return found.values
