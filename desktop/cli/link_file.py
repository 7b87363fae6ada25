"""`motcua dossier link-file`: a list of our codes and those of another system is linked, and held against ours."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from desktop.cli.output import Answer, facts, grouped, table
from desktop.cli.session import Session
from onestop import clock
from onestop.actions import link_list
from onestop.actions.link_list import BATCH, LinkedList
from onestop.queries import dossiers
from onestop.queries.dossiers import DossierRow, Wish
from onestop.rules import why
from onestop.rules.code_list import LARGEST, read_pairs
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.texts import _, message

TOLD = 1000
"""So many of what stands only here are told one by one; of all of them the number."""


def run(session: Session, read: argparse.Namespace) -> Answer:
    """Link what is on both sides, tell what stands on one side only, change nothing for a line that is wrong."""
    office = session.office()
    file: Path = read.file
    pairs = list(read_pairs(_content(file), file.name))
    wrong = link_list.clashes(pairs)
    pairs = [replace(pair, broken=pair.broken or wrong.get(pair.line)) for pair in pairs]
    done = LinkedList()
    for start in range(0, len(pairs), BATCH):
        done += office.perform(link_list.link_pairs, pairs[start : start + BATCH]).answer
    waiting = Wish("to-enter")
    count = office.read(dossiers.count, office.id, waiting, clock.now())
    here = office.read(dossiers.page, office.id, waiting, clock.now(), size=TOLD).rows
    return _told(done, count, here)


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise RuleBroken("people-file.not-found", file=file.name) from None
    except OSError as error:
        raise StoreTrouble("file.unreadable", file=file.name, reason=why.of_system(error)) from error


def _told(done: LinkedList, count: int, here: tuple[DossierRow, ...]) -> Answer:
    plain = {
        "linked": done.linked,
        "unchanged": done.known,
        "only_there": [{"line": each.line, "code": each.ours, "external": each.theirs} for each in done.only_there],
        "only_here": {
            "count": count,
            "dossiers": [{"code": row.code, "received": row.received_at, "state": row.state} for row in here],
        },
        "rejected": [
            {
                "line": pair.line,
                "code": pair.ours or None,
                "external": pair.theirs or None,
                "reason": broken.code,
                "message": message(broken.code, broken.details),
            }
            for pair, broken in done.rejected
        ],
    }
    pairs = [
        (_("Đã gắn mã"), grouped(done.linked)),
        (_("Đã gắn từ trước"), grouped(done.known)),
        (_("Chỉ có trong tệp"), grouped(len(done.only_there))),
        (_("Chỉ có ở đây"), grouped(count)),
        (_("Dòng không nhận"), grouped(len(done.rejected))),
    ]
    parts = [facts(pairs)]
    if done.rejected:
        rows = [(pair.line, message(broken.code, broken.details)) for pair, broken in done.rejected]
        parts.append(table((_("Dòng"), _("Vì sao không nhận")), rows))
    if done.only_there:
        lines = [(each.line, each.ours, each.theirs) for each in done.only_there]
        parts.append(table((_("Dòng"), _("Mã không có ở đây"), _("Mã của hệ thống khác")), lines))
    if here:
        cells = [(row.code, row.owner_name, row.received_at) for row in here]
        parts.append(table((_("Chưa có mã của hệ thống khác"), _("Chủ hồ sơ"), _("Nhận")), cells))
    return Answer(plain, "\n\n".join(parts))
