"""The columns of the list of leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.models.table import Column
from onestop import clock
from onestop.queries.absence import AbsenceRow
from onestop.rules.absence import said_days
from onestop.texts import N_, _


def days(row: AbsenceRow) -> str:
    """ "23/11 – 27/11/2026", "từ 23/11/2026" while nobody knows the end."""
    if not row.until_day:
        return _("từ {day}").format(day=said_days(row.from_day, ""))
    first, until = date.fromisoformat(row.from_day), date.fromisoformat(row.until_day)
    return f"{first:%d/%m} – {until:%d/%m/%Y}" if first.year == until.year else said_days(row.from_day, row.until_day)


def standing(row: AbsenceRow) -> tuple[str, str, str]:
    """Icon, tone and words of how a leave stands now."""
    if row.ended_at is not None:
        return "circle-check", "good", _("đã trở lại {day}").format(day=f"{clock.local(row.ended_at):%d/%m}")
    if not row.holds_on(clock.today()):
        return "triangle-alert", "warning", _("hết hạn nghỉ")
    return "calendar-clock", "ink", _("đang nghỉ")


def columns() -> Sequence[Column]:
    """Rows are `AbsenceRow`s."""
    return (
        Column("clerk", N_("Người nghỉ"), lambda row: row.clerk, strong=True, width=17, tip=lambda row: row.clerk),
        Column("deputy", N_("Người thay"), lambda row: row.deputy, width=17, tip=lambda row: row.deputy),
        Column("days", N_("Ngày nghỉ"), days, lambda row: row.from_day, figures=True, width=21),
        Column(
            "standing",
            N_("Tình trạng"),
            lambda row: standing(row)[2],
            icon=lambda row: standing(row)[0],
            tone=lambda row: standing(row)[1],
            width=17,
        ),
        Column("reason", N_("Lý do"), lambda row: row.reason, stretch=True, tip=lambda row: row.reason),
    )
