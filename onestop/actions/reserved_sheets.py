"""Pre-printed sheets: a supervisor reserves numbers for days without electricity, and writes off what was spoiled."""

from __future__ import annotations

from dataclasses import dataclass

from onestop import clock
from onestop.actions.receive import take_code
from onestop.queries import office, reserved_sheets
from onestop.rules.errors import RuleBroken, Stale
from onestop.rules.late_entry import read_sheet, rule_on
from onestop.rules.roles import Permission
from onestop.store.acts import Act
from onestop.store.work import Kind, Row, Work

# ---- folds --------------------------------------------------------------------------------------------------------


def fold_reserved(subject: Row | None, act: Act) -> Row:
    """A number that nobody gives any more: it waits on its sheet. A sheet's id is its code, so that no number is ever
    reserved twice."""
    if subject is not None:
        raise Stale(subject=subject["id"])
    code = act.subjects[0][1]
    return {
        "id": code,
        "office_id": act.office_id,
        "code": code,
        "batch": act.body["batch"],
        "reserved_at": act.at,
        "reserved_by": act.actor,
        "dossier_id": None,
        "spoiled": None,
        "spoiled_by": None,
    }


def fold_spoiled(subject: Row | None, act: Act) -> Row:
    """The sheet is torn, lost or wrongly written: its number stays unused, and the act says why."""
    if subject is None or subject["spoiled"] is not None or subject["dossier_id"] is not None:
        raise Stale()
    return {**subject, "spoiled": act.body["reason"], "spoiled_by": act.actor}


KINDS = (
    Kind("sheet.reserved", {"reserved_sheet": fold_reserved}),
    Kind("sheet.spoiled", {"reserved_sheet": fold_spoiled}),
)

# ---- decides ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reserved:
    """Sheets just reserved, safe on disk before any of them is printed. `batch`: the code of the first."""

    batch: str
    codes: tuple[str, ...]


def reserve(work: Work, count: int) -> Reserved:
    """Take so many of this counter's own temporary numbers of today out of use, for sheets to be written by hand.

    RuleBroken sheets.count; StoreTrouble numbering.* like any number that is given.
    """
    work.demand(Permission.LATE_ENTRY)
    most = rule_on(clock.local(work.now).date()).most
    if not 1 <= count <= most:
        raise RuleBroken("sheets.count", field="count", value=str(count), most=most)
    here = office.this_office(work.connection)
    assert here is not None
    codes = tuple(take_code(work, here, here.code, own=False).code for _ in range(count))
    for code in codes:
        work.record("sheet.reserved", [("reserved_sheet", code)], {"batch": codes[0]})
    return Reserved(codes[0], codes)


@dataclass(frozen=True, slots=True)
class SpoiledForm:
    """A sheet that will never be used, and why."""

    sheet: str
    reason: str


def write_off(work: Work, form: SpoiledForm) -> str:
    """Say of a sheet that it is spoiled; gives its code.

    RuleBroken late.no-sheet, late.sheet-unknown, late.sheet-used, late.sheet-spoiled, sheets.no-reason.
    """
    work.demand(Permission.LATE_ENTRY)
    code = read_sheet(form.sheet)
    sheet = reserved_sheets.sheet(work.connection, code)
    if sheet is None:
        raise RuleBroken("late.sheet-unknown", field="sheet", sheet=code)
    if sheet.dossier is not None:
        raise RuleBroken("late.sheet-used", field="sheet", sheet=code)
    if sheet.spoiled is not None:
        raise RuleBroken("late.sheet-spoiled", field="sheet", sheet=code, reason=sheet.spoiled)
    reason = " ".join(form.reason.split())
    if not reason:
        raise RuleBroken("sheets.no-reason", field="reason")
    work.record("sheet.spoiled", [("reserved_sheet", code)], {"reason": reason})
    return code
