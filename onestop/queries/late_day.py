"""What of Nhập bù waits for a supervisor: entries to confirm, and sheets that run out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from onestop.queries import dossiers, reserved_sheets
from onestop.queries.dossiers import DossierRow, Wish


@dataclass(frozen=True, slots=True)
class LateDay:
    """`to_confirm`: dossiers entered late that nobody has confirmed, `first` the one that waits longest; `left`: sheets
    that may still be used, `few`: that are fewer than there should be (None: enough, or none were ever printed)."""

    to_confirm: int = 0
    first: DossierRow | None = None
    left: int = 0
    few: int | None = None


NOTHING_LATE = LateDay()


def late_day(connection: Connection, office_id: str, now: datetime) -> LateDay:
    """How things stand."""
    wish = Wish("to-confirm")
    count = dossiers.count(connection, office_id, wish, now)
    rows = dossiers.page(connection, office_id, wish, now, size=1).rows if count else ()
    sheets = reserved_sheets.standing(connection, now)
    return LateDay(count, rows[0] if rows else None, sheets.left, sheets.few if sheets.scarce else None)
