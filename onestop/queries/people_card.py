"""What the people screen asks, one reading each: a page of the list, one person with everything known of him.

Every query finds the office by itself: the database of a counter holds one. Numbers of papers are masked in all that
is given here; in full they come from `actions.citizens.open_number`, which records who looked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from onestop.queries import office, papers, people
from onestop.queries.papers import DocumentRow
from onestop.queries.people import HisDossier, Likeness, PersonPage, PersonRow
from onestop.rules import citizen as rules
from onestop.rules.errors import Remark, RuleBroken, StoreTrouble
from onestop.rules.identity import mask
from onestop.rules.moves import BEGUN
from onestop.store import acts, schema
from onestop.store.acts import Act

FOUND = 100
"""So many people at most are shown for one search; who looks further types more."""

_c = schema.citizen.c


def _office_id(connection: Connection) -> str:
    found = connection.execute(select(schema.office.c.id)).scalar()
    if found is None:
        raise StoreTrouble("office.none")
    return str(found)


def page(connection: Connection, typed: str = "", after: tuple[str, int] | None = None, size: int = 100) -> PersonPage:
    """One page of the list in Vietnamese order of given name; where something was typed, the `FOUND` best fits."""
    if typed.strip():
        return PersonPage(tuple(people.find(connection, typed, FOUND)), None)
    return people.page(connection, _office_id(connection), after, size)


def count(connection: Connection) -> int:
    """How many people and organisations are registered, those found to be another left out."""
    # Two counts that each run along an index: telling row by row who was merged would read the whole table.
    here = _office_id(connection)
    everybody = select(func.count(_c.sort_key)).where(_c.office_id == here)
    merged = select(func.count(_c.same_as)).where(_c.office_id == here, _c.same_as.is_not(None))
    return int(connection.execute(everybody).scalar_one()) - int(connection.execute(merged).scalar_one())


# -- one person --------------------------------------------------------------------------------------------------------

MASKED = ("identity_number", "cmnd", "passport")
"""Columns of which lists and panes show the ends only; a personal tax code (12 digits) is one of them, too."""


@dataclass(frozen=True, slots=True)
class Change:
    """One column that a change touched, numbers masked; None = there was, or is, nothing."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a person's registration, or in which he took part.

    `changes` for "citizen.changed"; `details`: what the sentence of the kind needs. `verdict`: what the centre said,
    None while it has not; anything but "ok" was not folded.
    """

    kind: str
    at: datetime
    by: str
    changes: tuple[Change, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    verdict: str | None = None


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Everything known of one person. `values`: his columns, numbers masked (`shown`). `remarks`: what contradicts.

    `merged`: registrations found to be this person; `apart`: those said to be others; `alike`: those nobody has said
    anything of. `representative`: of an organisation. `history`: the latest first. `shelf`: his own papers.
    """

    id: str
    values: Mapping[str, Any]
    registered_at: datetime
    registered_by: str
    remarks: tuple[Remark, ...] = ()
    representative: PersonRow | None = None
    alike: tuple[Likeness, ...] = ()
    merged: tuple[PersonRow, ...] = ()
    apart: tuple[PersonRow, ...] = ()
    dossiers: tuple[HisDossier, ...] = ()
    history: tuple[Event, ...] = ()
    shelf: tuple[DocumentRow, ...] = ()

    @property
    def name(self) -> str:
        """The name as kept."""
        return str(self.values["name"])

    @property
    def kind(self) -> str:
        """person, organisation or household-business."""
        return str(self.values["kind"])


def card(connection: Connection, citizen_id: str, today: date) -> PersonCard | None:
    """The person with this id, or the one that he was found to be; None when there is none."""
    found = people.person(connection, citizen_id)
    if found is None:
        return None
    ids = people.same_ids(connection, found.id)
    clerks = {each.id: each.name for each in office.clerks(connection, active_only=False)}
    values = found.values
    representative = values.get("representative_id")
    return PersonCard(
        found.id,
        {key: shown(values, key) for key in values},
        found.registered_at,
        clerks.get(values["registered_by"], ""),
        remarks(values, today),
        next(iter(_rows(connection, [representative] if representative else [])), None),
        tuple(people.alike(connection, values, besides=found.id)),
        tuple(_rows(connection, ids[1:])),
        tuple(each for each in _rows(connection, values.get("not_same") or ()) if each.id not in ids),
        tuple(people.dossiers_of(connection, ids)),
        tuple(
            sorted(
                (
                    _event(connection, act, clerks)
                    for act in {
                        act.act_id: act
                        for each in ids
                        for act in acts.of_subject(connection, ("citizen", each), counting=False)
                    }.values()
                ),
                key=lambda event: event.at,
                reverse=True,
            )
        ),
        papers.shelf(connection, found.id),
    )


def shown(values: Mapping[str, Any], key: str) -> Any:
    """One column as the pane shows it before anybody has asked for the number."""
    value = values.get(key)
    if value and (key in MASKED or (key == "tax_code" and len(str(value)) == 12)):
        return mask(str(value))
    return value


def remarks(values: Mapping[str, Any], today: date) -> tuple[Remark, ...]:
    """What is odd about a person as he is kept; what today's rules would refuse is a remark, too."""
    try:
        _columns, found = rules.check_person(rules.as_form(values, {}), today, paper_needed=False)
    except RuleBroken as broken:
        return (Remark(broken.code, broken.details),)
    known = "person.no-representative" if values.get("representative_id") else ""
    return tuple(each for each in found if each.code != known)


def _rows(connection: Connection, ids: Iterable[str]) -> list[PersonRow]:
    """The rows of these registrations as they stand, in their order; what is not there is left out."""
    found = (connection.execute(select(schema.citizen).where(_c.id == each)).one_or_none() for each in ids)
    return [_row(dict(row._mapping)) for row in found if row is not None]


def _row(values: Mapping[str, Any]) -> PersonRow:
    papers = {key: shown(values, key) for key in (*MASKED, "tax_code")}
    paper = next((str(number) for number in papers.values() if number), "")
    return PersonRow(
        values["id"],
        values["kind"],
        values["name"],
        values["date_of_birth"],
        values["sex"],
        papers["identity_number"],
        paper,
        values["address"],
        values["phone"],
    )


def _event(connection: Connection, act: Act, clerks: Mapping[str, str]) -> Event:
    details: dict[str, Any] = {}
    changes: tuple[Change, ...] = ()
    body = act.body or {}
    if act.kind == "citizen.registered":
        details["from_card"] = bool((body.get("person") or {}).get("from_card"))
    elif act.kind == "citizen.changed":
        changes = tuple(
            Change(key, _said(connection, old, key), _said(connection, new, key))
            for old, new in (body.get("groups") or {}).values()
            for key in new
            if old.get(key) != new.get(key) and key != "unit_set"
        )
    elif act.kind in BEGUN:
        dossier = body.get("dossier") or {}
        details = {"code": dossier.get("code") or "", "procedure": dossier.get("procedure_name") or ""}
    elif act.kind == "intake.made":
        intake = body.get("intake") or {}
        details = {
            "letter": intake.get("kind") or "",
            "code": intake.get("code") or "",
            "procedure": intake.get("procedure_name") or "",
        }
    return Event(act.kind, act.at, clerks.get(act.actor, ""), changes, details, act.verdict)


def _said(connection: Connection, values: Mapping[str, Any], key: str) -> str | None:
    value = shown(values, key)
    if value and key == "representative_id":
        known = people.person(connection, str(value))
        return str(known.values["name"]) if known is not None else str(value)
    return str(value) if value else None
