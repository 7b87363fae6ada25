"""The columns of the list of dossiers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from desktop.models import dossier_words as words
from desktop.models import due
from desktop.models.table import Column
from onestop.queries.dossiers import COLLECT_DAYS, DossierRow
from onestop.rules.dossier import State
from onestop.texts import N_


def columns(now: Callable[[], datetime], collecting: Callable[[], bool] = lambda: True) -> tuple[Column, ...]:
    """Rows are `DossierRow`s. `now` is asked whenever a return date is put into words. The column `waited`: how long
    a result waits for whoever collects it, in a list of such (`collecting`); else how long ago it was received."""

    def since(row: DossierRow) -> due.Due:
        if row.state == State.FINISHED and row.finished_at and collecting():
            return due.waited(row.finished_at, now(), COLLECT_DAYS)
        return due.waited(row.received_at, now(), 0)

    def till(row: DossierRow) -> due.Due:
        if row.answer is not None:
            return due.answering(row.answer)
        if row.state == State.SUPPLEMENT and row.supplement_until:
            return due.waiting(row.supplement_until, now())
        return due.words(row.due_at, now(), row.finished_at)

    return (
        Column("code", N_("Mã hồ sơ"), lambda row: row.code, sort="received", figures=True, width=21),
        Column(
            "owner", N_("Chủ hồ sơ"), lambda row: row.owner_name, strong=True, width=21, tip=lambda row: row.owner_name
        ),
        Column(
            "procedure",
            N_("Tên thủ tục"),
            lambda row: row.procedure_name,
            stretch=True,
            tip=lambda row: f"{row.procedure_code} · {row.procedure_name}",
        ),
        Column(
            "due",
            N_("Hẹn trả"),
            lambda row: till(row).text,
            sort="due",
            figures=True,
            tip=lambda row: till(row).exact,
            tone=lambda row: till(row).tone,
            icon=lambda row: till(row).icon,
            width=18,
        ),
        Column(
            "state",
            N_("Trạng thái"),
            lambda row: words.state(row.state).text,
            tone=lambda row: words.state(row.state).tone,
            icon=lambda row: words.state(row.state).icon,
            tip=lambda row: words.state(row.state).text,
            width=18,
        ),
        Column(
            "received",
            N_("Nhận lúc"),
            lambda row: words.moment(row.received_at, now()),
            sort="received",
            figures=True,
            tip=lambda row: due.exact(row.received_at),
            width=14,
            hidden=True,
        ),
        Column(
            "waited",
            N_("Đã chờ"),
            lambda row: since(row).text,
            figures=True,
            tip=lambda row: since(row).exact,
            tone=lambda row: since(row).tone,
            icon=lambda row: since(row).icon,
            width=18,
            hidden=True,
        ),
        Column("counter", N_("Quầy"), lambda row: words.counter(row.counter), width=10, hidden=True),
        Column("channel", N_("Cách nộp"), lambda row: words.channel(row.channel), width=12, hidden=True),
        Column("summary", N_("Trích yếu"), lambda row: row.summary or "", width=30, hidden=True),
    )
