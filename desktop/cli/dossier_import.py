"""`motcua dossier import`: open dossiers of an older system, with their codes and dates."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from desktop.cli.options import ENCODINGS, Parser, file_named, one_of
from desktop.cli.output import Answer
from desktop.cli.session import Session
from desktop.cli.stopping import asked_to_stop
from onestop.actions import dossier_import
from onestop.actions.dossier_import import Imported
from onestop.rules.errors import RuleBroken
from onestop.texts import _

SHOWN = 20
"""So many rows are named to the eye; the JSON has them all."""


def build(kinds: argparse._SubParsersAction[Parser]) -> None:
    """`dossier import`."""
    bring = kinds.add_parser("import", help=_("tiếp quản hồ sơ đang giải quyết của hệ thống cũ"))
    bring.add_argument("file", type=file_named, metavar="FILE", help=_("CSV, XLSX, JSON hoặc JSONL"))
    bring.add_argument("--system", metavar=_("TÊN"), help=_("tên hệ thống cũ, ghi vào hồ sơ"))
    bring.add_argument("--encoding", type=one_of(ENCODINGS), default="auto", metavar="|".join(ENCODINGS))
    bring.add_argument("--sheet", metavar=_("TRANG"), help=_("trang tính cần nhập, khi tệp có nhiều trang"))
    bring.set_defaults(action=run)


def run(session: Session, read: argparse.Namespace) -> Answer:
    """Every row added, unchanged or rejected; the rejects in a file to mend and bring again.

    Ctrl-C ends the work after the batch at hand; what is in stays in, and bringing the file again goes on from there.
    """
    office = session.office()
    file = read.file.absolute()
    with asked_to_stop() as stop:
        done = dossier_import.import_file(
            office.perform,
            file,
            read.system or _("hệ thống cũ"),
            read.encoding,
            (file.parent, office.folder),
            progress=lambda state, share: _progress(session, state, share) and not stop,
            sheet_name=read.sheet,
        )
    plain = _plain(done)
    if done.stopped:
        raise RuleBroken("dossier-import.stopped", **plain)
    lines = [
        _("Thêm {added}, đã có {unchanged}, không nhập {rejected}.").format(
            added=done.added, unchanged=done.unchanged, rejected=done.rejected_count
        )
    ]
    lines += [_("Dòng {row}: {reason}").format(row=row, reason=reason) for row, _code, reason in done.rejected[:SHOWN]]
    if done.counted:
        said = _("{count} hồ sơ không ghi ngày hẹn trả: tính theo thời hạn trong danh mục (dòng {rows}).")
        rows = ", ".join(str(row) for row in done.counted[:SHOWN]) + ("…" if len(done.counted) > SHOWN else "")
        lines.append(said.format(count=len(done.counted), rows=rows))
    if done.unread:
        lines.append(_("Cột không lấy: {columns}.").format(columns=", ".join(done.unread)))
    if done.other_sheets:
        said = _("Chỉ nhập trang tính “{sheet}”; chưa nhập: {others}. Nhập trang khác bằng --sheet.")
        lines.append(said.format(sheet=done.sheet, others=", ".join(done.other_sheets)))
    if done.rejects_file:
        lines.append(_("Dòng không nhập được ghi ở {file}; sửa rồi nhập lại tệp ấy.").format(file=done.rejects_file))
    return Answer(plain, "\n".join(lines))


def _plain(done: Imported) -> dict[str, Any]:
    return {
        "added": done.added,
        "unchanged": done.unchanged,
        "rejected": [{"row": row, "reason": reason, "error": code} for row, code, reason in done.rejected],
        "rejected_count": done.rejected_count,
        "rejects_file": done.rejects_file,
        "due_counted": list(done.counted),
        "unread": list(done.unread),
        "sheet": done.sheet or None,
        "other_sheets": list(done.other_sheets),
        "encoding": done.encoding,
        "last_row": done.last_row,
    }


def _progress(session: Session, state: Imported, share: float | None) -> bool:
    """One line that is written over, where somebody is looking."""
    if not session.wish.json and sys.stderr.isatty():
        percent = "" if share is None else f" {share:4.0%}"
        said = _("dòng {row}: thêm {added}, đã có {unchanged}, không nhập {rejected}").format(
            row=state.last_row, added=state.added, unchanged=state.unchanged, rejected=state.rejected_count
        )
        sys.stderr.write(f"\r{percent} {said}\x1b[K")
        sys.stderr.flush()
        if share == 1.0:
            sys.stderr.write("\n")
    return True
