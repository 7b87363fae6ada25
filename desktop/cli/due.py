"""`motcua due`: when something received at an instant is due, and how that came about. No database, unless the folder
holds an office: then its own calendar and hour of return count."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.cli.options import Parser, moment, one_of, whole
from desktop.cli.output import Answer, cell
from desktop.cli.session import Session
from onestop.rules import deadline
from onestop.rules.calendar import Calendar, OfficeHours, read_days
from onestop.rules.deadline import END_OF_DAY, HourRule, Step
from onestop.rules.errors import RuleBroken
from onestop.rules.procedure import Limit, Unit
from onestop.texts import _, message

HOLIDAYS = Path(__file__).resolve().parent.parent.parent / "resources" / "catalogue" / "holidays.toml"
NUMBERLESS = (Unit.SAME_DAY, Unit.NOTICE)


def build(parser: Parser) -> None:
    """`due --received ISO --limit N --unit UNIT`."""
    parser.add_argument("--received", required=True, type=moment, metavar="ISO8601", help=_("lúc tiếp nhận"))
    parser.add_argument("--limit", type=whole(0, 100_000), metavar="N", help=_("thời hạn"))
    parser.add_argument(
        "--unit", required=True, type=one_of(tuple(Unit)), metavar="|".join(Unit), help=_("đơn vị của thời hạn")
    )
    parser.set_defaults(action=run)


def run(session: Session, read: argparse.Namespace) -> Answer:
    """The return time with every day that led to it. RuleBroken usage.missing where the unit needs a number."""
    unit = Unit(read.unit)
    if read.limit is None and unit not in NUMBERLESS:
        raise RuleBroken("usage.missing", names="--limit")
    calendar, hour = _calendar(session)
    counted = deadline.count(read.received, Limit(read.limit, unit), calendar, hour)
    plain = {
        "due": counted.due,
        "steps": [_plain(step) for step in counted.days],
        "summary": [message(step.code, step.details) for step in counted.steps],
        "certain": not counted.doubts,
    }
    first = _("Hẹn trả: {due}").format(due=cell(counted.due)) if counted.due else _("Không hẹn ngày trả")
    lines = [first, *(f"  {message(step.code, step.details)}" for step in counted.steps)]
    return Answer(plain, "\n".join(lines))


def _plain(step: Step) -> dict[str, str]:
    return {"date": step.date.isoformat(), "why": message(step.code, step.details), "code": step.code}


def _calendar(session: Session) -> tuple[Calendar, HourRule]:
    if session.has_office:
        office = session.office(somebody=False)
        return office.calendar(), office.hour_rule()
    return Calendar(OfficeHours(), read_days(HOLIDAYS.read_text("utf-8"))), END_OF_DAY
