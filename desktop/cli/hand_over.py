"""`motcua dossier hand-over`: several dossiers go to one person in one go, with one list to sign."""

from __future__ import annotations

import argparse
from typing import Any

from desktop.cli.output import Answer, facts, remark_lines, remarks_of, table
from desktop.cli.session import Session
from onestop.actions import hand_many
from onestop.actions.hand_many import ManyForm
from onestop.texts import _, message


def build(kinds: Any) -> None:
    """`dossier hand-over CODE… --to NAME`."""
    over = kinds.add_parser("hand-over", help=_("bàn giao nhiều hồ sơ một lần cho một người hoặc bộ phận"))
    over.add_argument("codes", nargs="+", metavar="CODE")
    over.add_argument("--to", required=True, metavar=_("NGƯỜI"), help=_("tài khoản, họ tên, hoặc tên bộ phận"))
    over.add_argument("--note", default="", metavar=_("GHI-CHÚ"))
    over.set_defaults(action=run)


def run(session: Session, read: argparse.Namespace) -> Answer:
    """Hand over what can be; the rest is told. The list is printed with `motcua print dossier-handover ID`."""
    form = ManyForm(tuple(read.codes), read.to, read.note)
    done = session.office().perform(hand_many.hand_over, form).answer
    plain = {
        "list": done.list,
        "to": done.to,
        "moved": [{"code": each.code, "state": each.state, "act": each.act} for each in done.moved],
        "left_out": [
            {"code": code, "reason": broken.code, "message": message(broken.code, broken.details)}
            for code, broken in done.left_out
        ],
        "remarks": remarks_of(done.remarks),
    }
    pairs = [
        (_("Giao cho"), done.to),
        (_("Đã bàn giao"), len(done.moved)),
        (_("Giấy bàn giao"), f"motcua print dossier-handover {done.list} ban-giao.pdf"),
    ]
    parts = ["\n".join([facts(pairs), *remark_lines(done.remarks)])]
    if done.left_out:
        rows = [(code, message(broken.code, broken.details)) for code, broken in done.left_out]
        parts.append(table((_("Không bàn giao được"), _("Vì sao")), rows))
    return Answer(plain, "\n\n".join(parts))
