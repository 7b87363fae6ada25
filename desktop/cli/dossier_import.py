"""`motcua dossier import`: open dossiers of an older system, with their codes and dates."""

from __future__ import annotations

import argparse
from typing import Any

from desktop.cli import bringing
from desktop.cli.options import ENCODINGS, Parser, file_named, one_of
from desktop.cli.output import Answer
from desktop.cli.session import Session
from desktop.cli.stopping import asked_to_stop
from onestop.actions import dossier_import
from onestop.actions.dossier_import import Imported
from onestop.rules.errors import RuleBroken
from onestop.texts import _


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
    lines += bringing.refused(done)
    if done.counted:
        said = _("{count} hồ sơ không ghi ngày hẹn trả: tính theo thời hạn trong danh mục (dòng {rows}).")
        lines.append(said.format(count=len(done.counted), rows=bringing.rows_named(done.counted)))
    if done.unread:
        lines.append(_("Cột không lấy: {columns}.").format(columns=", ".join(done.unread)))
    lines += bringing.left(done)
    return Answer(plain, "\n".join(lines))


def _plain(done: Imported) -> dict[str, Any]:
    return {**bringing.plain(done), "unchanged": done.unchanged, "due_counted": list(done.counted)}


def _progress(session: Session, state: Imported, share: float | None) -> bool:
    said = _("dòng {row}: thêm {added}, đã có {unchanged}, không nhập {rejected}").format(
        row=state.last_row, added=state.added, unchanged=state.unchanged, rejected=state.rejected_count
    )
    return bringing.write_over(session, said, share)
