"""`motcua office leave` and `back`: a clerk goes on leave, his dossiers go to his deputy and come back with him."""

from __future__ import annotations

import argparse
from typing import Any

from desktop.cli.output import Answer, facts, table
from desktop.cli.session import Session
from onestop import clock
from onestop.actions import absence
from onestop.queries import absence as queries
from onestop.rules.absence import AbsenceForm, said_days
from onestop.texts import _


def build(actions: Any) -> None:
    """`office leave`, `office back`, `office leaves`."""
    away = actions.add_parser("leave", help=_("ghi một cán bộ nghỉ: hồ sơ người đó giữ chuyển ngay cho người thay"))
    away.add_argument("login", metavar="LOGIN")
    away.add_argument("--to", required=True, metavar="LOGIN", help=_("người nhận bàn giao"))
    away.add_argument("--from", dest="first", metavar="YYYY-MM-DD", help=_("ngày đầu; không ghi là hôm nay"))
    away.add_argument("--until", default="", metavar="YYYY-MM-DD", help=_("ngày cuối; không ghi là chưa biết"))
    away.add_argument("--reason", required=True, metavar=_("LÝ-DO"))
    away.set_defaults(action=leave)
    again = actions.add_parser("back", help=_("cán bộ trở lại làm việc: hồ sơ còn đang giải quyết trở về"))
    again.add_argument("login", metavar="LOGIN")
    again.set_defaults(action=back)
    known = actions.add_parser("leaves", help=_("các đợt nghỉ chưa kết thúc"))
    known.set_defaults(action=leaves)


def leave(session: Session, read: argparse.Namespace) -> Answer:
    """Write down a leave. The minutes are printed with `motcua print work-handover ID`."""
    office = session.office()
    form = AbsenceForm(read.login, read.to, read.first or clock.today().isoformat(), read.until, read.reason)
    return _told(office.perform(absence.begin, form).answer, "work-handover")


def back(session: Session, read: argparse.Namespace) -> Answer:
    """He is back. The minutes are printed with `motcua print work-return ID`."""
    return _told(session.office().perform(absence.end, read.login).answer, "work-return")


def _told(left: absence.Left, paper: str) -> Answer:
    plain = {
        "absence": left.id,
        "clerk": left.clerk,
        "deputy": left.deputy,
        "dossiers": left.moved,
        "number": left.number,
        "print": paper,
    }
    pairs = [
        (_("Đợt nghỉ"), left.id),
        (_("Người nghỉ"), left.clerk),
        (_("Người thay"), left.deputy),
        (_("Hồ sơ bàn giao"), left.moved),
        (_("Biên bản"), f"motcua print {paper} {left.id} bien-ban.pdf"),
    ]
    return Answer(plain, facts(pairs))


def leaves(session: Session, read: argparse.Namespace) -> Answer:
    """Who is on leave, until when, who stands for him."""
    rows = session.office().read(queries.absences)
    plain = [
        {
            "absence": row.id,
            "clerk": row.clerk,
            "deputy": row.deputy,
            "from": row.from_day,
            "until": row.until_day or None,
            "reason": row.reason,
            "dossiers": len(row.moved),
        }
        for row in rows
    ]
    cells = [(row.id, row.clerk, row.deputy, said_days(row.from_day, row.until_day), row.reason) for row in rows]
    titles = (_("Đợt nghỉ"), _("Người nghỉ"), _("Người thay"), _("Ngày nghỉ"), _("Lý do"))
    return Answer(plain, table(titles, cells))
