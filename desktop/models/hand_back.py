"""The columns of the list of results that wait for the citizen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from desktop.models import delivery_words as words
from desktop.models import due
from desktop.models.table import Column
from onestop.queries.delivery import Ready
from onestop.queries.dossiers import COLLECT_DAYS
from onestop.texts import N_, _

TICK = "tick"


def columns(chosen: Callable[[str], bool], now: Callable[[], datetime]) -> tuple[Column, ...]:
    """Rows are `Ready`. `chosen(id)`: whether it goes with what is handed over or posted next."""

    def called(row: Ready) -> str:
        mark = _("đã chọn") if chosen(row.id) else _("chưa chọn")
        return f"{row.title}, {row.owner_name}, {mark}, {row.shelf}"

    def waits(row: Ready) -> due.Due:
        if row.early and row.due_at is not None:
            return due.Due(_("có trước hẹn"), "accent", "star", due.exact(row.due_at))
        return due.waited(row.since, now(), COLLECT_DAYS)

    def told(row: Ready) -> tuple[str, str, str]:
        return words.standing(row)

    return (
        Column(
            TICK,
            N_("Chọn"),
            lambda _row: "",
            tip=called,
            tone=lambda row: "accent" if chosen(row.id) else "quiet",
            icon=lambda row: "square-check" if chosen(row.id) else "square",
            width=7,
        ),
        Column("shelf", N_("Ô, kệ"), lambda row: row.shelf, strong=True, width=13, tip=lambda row: row.shelf),
        Column("owner", N_("Chủ hồ sơ"), lambda row: row.owner_name, width=19, tip=lambda row: row.owner_name),
        Column(
            "title",
            N_("Kết quả"),
            lambda row: row.title,
            stretch=True,
            width=16,
            tip=lambda row: f"{row.title} {row.number}\n{row.procedure_name}".strip(),
        ),
        Column(
            "told",
            N_("Gọi báo"),
            lambda row: told(row)[1],
            icon=lambda row: told(row)[0],
            tone=lambda row: told(row)[2],
            tip=lambda row: told(row)[1],
            width=19,
        ),
        Column(
            "waits",
            N_("Đã chờ"),
            lambda row: waits(row).text,
            figures=True,
            tone=lambda row: waits(row).tone,
            icon=lambda row: waits(row).icon,
            tip=lambda row: waits(row).exact,
            width=16,
        ),
        Column("code", N_("Mã hồ sơ"), lambda row: row.code, figures=True, width=21, hidden=True),
    )
