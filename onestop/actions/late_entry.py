"""Nhập bù: a dossier that was received on a pre-printed sheet comes in afterwards, with the paper's time and clerk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onestop import clock
from onestop.queries import office, reserved_sheets
from onestop.queries.office import ClerkRow
from onestop.rules import late_entry as rules
from onestop.rules.errors import Remark, RuleBroken, Stale
from onestop.rules.late_entry import TO_CONFIRM, LateEntry, Why
from onestop.rules.roles import Permission, may
from onestop.store.acts import Act
from onestop.store.schema import instant_text
from onestop.store.work import Row, Work


def fold_used(subject: Row | None, act: Act) -> Row:
    """What was received on the sheet is entered: nothing else ever is. Stale where it was used or written off."""
    if subject is None or subject["spoiled"] is not None:
        raise Stale()
    if subject["dossier_id"] is not None or subject["code"] != act.body["dossier"]["code"]:
        raise Stale(subject=subject["id"])
    return {**subject, "dossier_id": act.subjects[0][1]}


@dataclass(frozen=True, slots=True)
class Judged:
    """A paper that may be entered: its sheet, its moment, who received, why on paper, and what is worth a look."""

    sheet: str
    at: datetime
    by: ClerkRow
    why: Why
    remarks: tuple[Remark, ...] = ()

    def values(self, work: Work) -> dict[str, Any]:
        """Both times and both people, as the dossier keeps them; it waits for a supervisor."""
        late = {
            "sheet": self.sheet,
            "at": instant_text(self.at),
            "by": self.by.id,
            "reason": self.why.value,
            "entered_at": instant_text(work.now),
            "entered_by": work.actor.id,
        }
        return {"late_entry": late, "to_confirm": TO_CONFIRM}


def judge(work: Work, form: LateEntry) -> Judged:
    """Whether what is said of the paper can be.

    RuleBroken late.no-sheet, late.sheet-unknown, late.sheet-spoiled, late.sheet-used, late.no-moment, late.to-come,
    late.before-sheet, late.too-old, late.no-reason, late.no-clerk. On a day off, or while the office is shut, it is
    received all the same: a remark.
    """
    code = rules.read_sheet(form.sheet)
    sheet = reserved_sheets.sheet(work.connection, code)
    if sheet is None:
        raise RuleBroken("late.sheet-unknown", field="late_entry.sheet", sheet=code)
    if sheet.spoiled is not None:
        raise RuleBroken("late.sheet-spoiled", field="late_entry.sheet", sheet=code, reason=sheet.spoiled)
    if sheet.dossier is not None:
        raise RuleBroken("late.sheet-used", field="late_entry.sheet", sheet=code)
    at = rules.read_moment(form.at)
    rules.demand_bearable(at, sheet.reserved_at, work.now)
    by = _clerk(work, form.by)
    why = rules.read_why(form.reason)
    remarks = []
    if not office.calendar(work.connection).is_open(at):
        remarks.append(Remark("late.shut", {"at": clock.local(at).isoformat(timespec="minutes")}))
    return Judged(code, at, by, why, tuple(remarks))


def _clerk(work: Work, said: str) -> ClerkRow:
    """Who received: by id, login or name; one who receives here, or did."""
    wanted = said.strip()
    known = [each for each in office.clerks(work.connection, active_only=False) if may(each.role, Permission.RECEIVE)]
    for fits in (
        [each for each in known if wanted in (each.id, each.login)],
        [each for each in known if wanted and each.name.casefold() == wanted.casefold()],
    ):
        if len(fits) == 1:
            return fits[0]
    raise RuleBroken("late.no-clerk", field="late_entry.by", value=wanted[:64])
