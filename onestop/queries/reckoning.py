"""What a dossier received now would carry: papers, limit, return time with its reasons, fee.

The screen shows it while one types, the draft receipt is drawn from it, and the act is decided with it: one
computation, so that what was shown is what is received.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from onestop import clock
from onestop.queries import catalogue, office
from onestop.rules import channels, deadline, fees, intake, linked
from onestop.rules.deadline import LimitSource
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.intake import Line, ReceiveForm
from onestop.rules.procedure import Limit, Procedure, Unit


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a dossier received at a given moment would carry: papers, limit, return time, fee. `missing`: names of the
    required papers that are not there or not valid; `unchecked`: of those that are there and not judged yet. `parts`:
    of a linked filing each result with its own date, the latest of which is that of the whole; `remarks`: what a clerk
    is told of the channel."""

    procedure: Procedure
    version_id: str
    origin: str
    case_key: str
    case_name: str
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    unchecked: tuple[str, ...]
    limit: Limit
    limit_source: str
    deadline: deadline.Deadline
    fee: fees.FeeSheet
    enabled: bool
    provenance: dict[str, str]
    parts: tuple[linked.PartDue, ...] = ()
    remarks: tuple[Remark, ...] = ()


def reckon(connection: Connection, office_id: str, form: ReceiveForm, at: datetime) -> Reckoning:
    """Everything that the rules say of `form` at the instant `at`; writes nothing.

    RuleBroken: procedure.unknown, procedure.case-unknown, procedure.not-enabled, procedure.channel-closed, linked.none,
    linked.unknown, and those of `rules.intake`. A limit without a unit leaves `deadline.asks` True: nothing is guessed.
    """
    day = clock.local(at).date()
    found = catalogue.effective(connection, office_id, form.procedure, day)
    if found is None:
        raise RuleBroken("procedure.unknown", field="procedure", code=form.procedure)
    procedure = found.procedure
    if not found.enabled:
        raise RuleBroken("procedure.not-enabled", field="procedure", code=procedure.code)
    try:
        case = procedure.case(form.case)
    except KeyError as error:
        raise RuleBroken(
            "procedure.case-unknown", field="case", value=form.case, known=[each.key for each in procedure.cases]
        ) from error
    shut = channels.closed(procedure, form.channel, day, found.provenance)
    if shut is not None and shut.refuses:
        raise RuleBroken("procedure.channel-closed", field="channel", **shut.details)
    lines = intake.lines(case, form.components, form.complete)
    waiting = intake.unchecked(lines)
    limit, source = deadline.effective_limit(procedure, case, form.channel)
    if limit.unit is None and form.limit_unit:
        limit, source = Limit(form.limit_number, Unit(form.limit_unit), limit.rule), LimitSource.CLERK
    calendar, hour = office.calendar(connection), office.hour_rule(connection)
    counted = deadline.count(at, limit, calendar, hour)
    wanted = linked.chosen(form.linked, procedure.code, day)
    parts = linked.reckon(wanted, limit, at, counted, calendar, hour)
    sheet = fees.compute(
        procedure,
        form.channel,
        case,
        result_copies=form.result_copies,
        certify=[(each.name, each.pages, each.copies) for each in form.certify],
        persons=1 + len(form.parties),
        exemption_key=form.exemption,
    )
    return Reckoning(
        procedure,
        found.version_id,
        found.origin,
        case.key,
        case.name,
        lines,
        tuple(each.name for each in intake.missing(lines) if each not in waiting),
        tuple(each.name for each in waiting),
        limit,
        source,
        linked.latest(parts) if parts and not counted.asks else counted,
        sheet,
        found.enabled,
        dict(found.provenance),
        parts,
        (Remark("procedure.channel-not-named", shut.details),) if shut is not None else (),
    )
