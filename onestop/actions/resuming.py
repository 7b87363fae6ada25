"""A supervisor's word after which work goes on: a folder that was restored or copied, a clock that was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from onestop import clock
from onestop.actions.manage import demand_office
from onestop.rules.errors import RuleBroken
from onestop.rules.late_entry import rule_on
from onestop.rules.moves import BEGUN
from onestop.rules.roles import Permission
from onestop.store import acts, numbers
from onestop.store.schema import instant_text, read_instant
from onestop.store.work import Kind, Work, is_behind

KINDS = (
    Kind("numbering.resumed", {}),
    Kind("clock.corrected", {}),
)

# ---- a folder that was restored or copied -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ResumeForm:
    """A supervisor's word on a restored or copied folder. `orders`: full name -> highest number known to be given.

    `counter`: the counter number that this machine takes from now on; on another machine it may be the old one only
    with `old_machine_retired`. `blind`: nothing outside the folder tells what was numbered since the copy was made.
    """

    reason: str
    machine: str
    counter: int | None = None
    old_machine_retired: bool = False
    orders: Mapping[str, int] = field(default_factory=dict)
    blind: bool = False


def resume(work: Work, form: ResumeForm) -> None:
    """Open a new epoch so that numbering goes on after a restore or a move, never giving a number twice."""
    work.demand(Permission.RESUME_NUMBERING)
    here = work.here
    if not form.reason.strip():
        raise RuleBroken("numbering.reason-missing", field="reason")
    counter = form.counter or here.counter
    if not 1 <= counter <= here.counters:
        raise RuleBroken("office.counter", field="counter", counter=counter, counters=here.counters)
    moved = here.machine != form.machine
    if moved and counter == here.counter and not form.old_machine_retired:
        raise RuleBroken("numbering.old-machine", field="old_machine_retired")
    orders = numbers.known_orders(work.connection, here, clock.local(work.now).date())
    for name, last in form.orders.items():
        orders[name] = max(orders.get(name, 0), last)
    if form.blind or (moved and counter == here.counter):
        # What was given since the copy was made, by this machine or by the other one, is not known here.
        office = demand_office(work.connection)
        prefixes = {office.code, numbers.TEMPORARY} | {name.rpartition(" ")[0] for name in orders if ":" not in name}
        today = clock.local(work.now).date()
        orders = numbers.beyond_another(orders, sorted(prefixes), here, today, back=rule_on(today).days)
    work.record(
        "numbering.resumed",
        [("office", work.office_id)],
        {
            "reason": form.reason.strip(),
            "from": {"epoch": here.epoch, "dseq": here.dseq, "counter": here.counter},
            "to": {"epoch": here.epoch + 1, "counter": counter},
            "moved": moved,
            "orders": orders,
        },
    )
    work.new_epoch(here.epoch + 1, counter, form.machine)
    numbers.carry(work.connection, work.here, orders)


# ---- a clock that was wrong -----------------------------------------------------------------------------------------

EARLIEST = 2026
"""No office worked with this program in an earlier year: a clock that says so is wrong now."""


@dataclass(frozen=True, slots=True)
class ClockCorrected:
    """What a supervisor has set right: acts from `first` to `last` bear times of a clock that ran ahead of `now`;
    `dossiers`: the codes of those received in that time, which bear a wrong day."""

    first: datetime
    last: datetime
    now: datetime
    acts: int
    dossiers: tuple[str, ...]


def correct_clock(work: Work, reason: str) -> ClockCorrected:
    """A supervisor's word that the machine's clock is right now and ran ahead before: work goes on from now.

    Nothing that was recorded is changed: the act names every dossier that bears a time of the wrong clock, so that each
    says so in its own history. RuleBroken clock.not-behind, clock.too-early, clock.reason-missing.
    """
    work.demand(Permission.RESUME_NUMBERING)
    if not is_behind(work.now, work.here):
        raise RuleBroken("clock.not-behind")
    if clock.local(work.now).year < EARLIEST:
        raise RuleBroken("clock.too-early", now=clock.local(work.now))
    if not reason.strip():
        raise RuleBroken("clock.reason-missing", field="reason")
    wrong = acts.ahead_of(work.connection, work.here, work.now)
    moments = [act.at for act in wrong] or [read_instant(work.here.last_at)]
    received = {act.subjects[0][1]: act.body["dossier"]["code"] for act in wrong if act.kind in BEGUN}
    body = {
        "reason": reason.strip(),
        "first": instant_text(min(moments)),
        "last": instant_text(max(moments)),
        "acts": len(wrong),
        "dossiers": list(received.values()),
    }
    work.forget_clock()
    subjects = [("office", work.office_id), *(("dossier", each) for each in received)]
    act = work.record("clock.corrected", subjects, body)
    return ClockCorrected(min(moments), max(moments), act.at, len(wrong), tuple(received.values()))
