"""Rows of an older system's list of dossiers in the preview: as they would come in, or why they would not."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.models.dossier_words import state
from desktop.models.table import Column
from onestop.actions.dossier_import import RowForm
from onestop.rules.dossier_file import Moment
from onestop.texts import N_, message


def columns() -> Sequence[Column]:
    """The first rows of the file."""
    return (
        Column("number", N_("Dòng"), lambda row: str(row.number), figures=True, width=7),
        Column("code", N_("Mã hồ sơ"), _code, tip=_code, figures=True, strong=True, width=26),
        Column("owner", N_("Chủ hồ sơ"), lambda row: row.dossier.owner.name if row.dossier else "", width=18),
        Column("procedure", N_("Thủ tục"), _procedure, tip=_procedure, width=20),
        Column("received", N_("Nhận"), lambda row: _moment(row, "received", "submitted"), figures=True, width=13),
        Column("due", N_("Hẹn trả"), lambda row: _moment(row, "due"), figures=True, width=13),
        Column(
            "note",
            N_("Trạng thái"),
            said,
            tip=said,
            icon=lambda row: "circle-x" if row.broken else "",
            tone=lambda row: "danger" if row.broken else "ink",
            stretch=True,
        ),
    )


def said(row: RowForm) -> str:
    """Why the row would not come in, else the state that it would have."""
    if row.broken is not None:
        return message(row.broken.code, row.broken.details)
    return state(row.dossier.state.value).text if row.dossier is not None else ""


def _code(row: RowForm) -> str:
    return row.dossier.code if row.dossier is not None else " · ".join(filter(None, row.cells))


def _procedure(row: RowForm) -> str:
    old = row.dossier
    return " ".join(filter(None, (old.procedure_code, old.procedure_name))) if old is not None else ""


def _moment(row: RowForm, *fields: str) -> str:
    """The first of these days that is known."""
    known = [getattr(row.dossier, field) for field in fields] if row.dossier is not None else []
    moment: Moment | None = next((each for each in known if each is not None), None)
    return f"{moment.day:%d/%m/%Y}" if moment is not None else ""
