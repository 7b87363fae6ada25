"""What every import of a list tells: how far it is, which rows did not come in, and where they are to be mended."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from desktop.cli.session import Session
from onestop.actions import dossier_import, people_import
from onestop.texts import _

SHOWN = 20
"""So many rows are named to the eye; the JSON has them all."""

Imported = dossier_import.Imported | people_import.Imported


def write_over(session: Session, said: str, share: float | None) -> bool:
    """One line that is written over, where somebody is looking; True: go on."""
    if not session.wish.json and sys.stderr.isatty():
        percent = "" if share is None else f" {share:4.0%}"
        sys.stderr.write(f"\r{percent} {said}\x1b[K")
        sys.stderr.flush()
        if share == 1.0:
            sys.stderr.write("\n")
    return True


def rows_named(rows: Sequence[int]) -> str:
    """The first of them, as one reads them."""
    return ", ".join(str(row) for row in rows[:SHOWN]) + ("…" if len(rows) > SHOWN else "")


def refused(done: Imported) -> list[str]:
    """The rows that did not come in, each with its reason."""
    return [_("Dòng {row}: {reason}").format(row=row, reason=reason) for row, _code, reason in done.rejected[:SHOWN]]


def left(done: Imported) -> list[str]:
    """What is still in files: other sheets of the workbook, and the rows to mend and bring again."""
    lines = []
    if done.other_sheets:
        said = _("Chỉ nhập trang tính “{sheet}”; chưa nhập: {others}. Nhập trang khác bằng --sheet.")
        lines.append(said.format(sheet=done.sheet, others=", ".join(done.other_sheets)))
    if done.rejects_file:
        lines.append(_("Dòng không nhập được ghi ở {file}; sửa rồi nhập lại tệp ấy.").format(file=done.rejects_file))
    return lines


def plain(done: Imported) -> dict[str, object]:
    """What both imports answer alike."""
    return {
        "added": done.added,
        "rejected": [{"row": row, "reason": reason, "error": code} for row, code, reason in done.rejected],
        "rejected_count": done.rejected_count,
        "rejects_file": done.rejects_file,
        "unread": list(done.unread),
        "sheet": done.sheet or None,
        "other_sheets": list(done.other_sheets),
        "encoding": done.encoding,
        "last_row": done.last_row,
    }
