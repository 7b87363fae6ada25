"""The results of a linked filing on its receipt: who gives each, and until when."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.reports import words
from desktop.reports.flow import Align, Column, Heading, Table
from desktop.reports.sheet import MM, Look
from onestop.rules.letters import Paper, PartLine


def parts_table(look: Look, parts: Sequence[PartLine]) -> Table:
    """TT | Kết quả | Cơ quan giải quyết | Hẹn trả."""
    narrow = 1.0 if look.paper is Paper.A4 else 0.74
    columns = (
        Column(9 * MM * narrow, Align.CENTRE),
        Column(),
        Column(56 * MM * narrow),
        Column(36 * MM * narrow, Align.CENTRE),
    )
    heading = tuple(
        Heading(title, column) for column, title in enumerate(("TT", "Kết quả", "Cơ quan giải quyết", "Hẹn trả"))
    )
    rows = [
        (str(number), each.name, each.agency, words.short_moment(each.due_at) or "theo thông báo")
        for number, each in enumerate(parts, start=1)
    ]
    return Table(columns, heading, rows, look.cell, pad=look.pad, before=look.gap + 2)
