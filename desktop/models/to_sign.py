"""The columns of the list of papers that wait for a signature."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from desktop.models import due, page_words
from desktop.models.dossier_words import moment
from desktop.models.table import Align, Column
from onestop.queries.papers import DocumentRow
from onestop.texts import N_, _

TICK = "tick"


def columns(chosen: Callable[[str], bool], now: Callable[[], datetime]) -> tuple[Column, ...]:
    """Rows are `DocumentRow`s. `chosen(id)`: whether a paper is to be signed with the others."""

    def called(row: DocumentRow) -> str:
        """What a screen reader says of a row that is gone to."""
        mark = _("sẽ ký") if chosen(row.id) else _("không ký lần này")
        return f"{row.about.title}, {mark}, {row.owner_name}, {page_words.came_as(row)}"

    def whole(row: DocumentRow) -> str:
        """What the column may have no room for."""
        pages, since = f"{_('Trang')}: {row.leaves}", f"{_('Từ lúc')}: {due.exact(row.kept_at)}"
        return "\n".join((f"{row.about.title}, {page_words.came_as(row)}", pages, since))

    return (
        Column(
            TICK,
            N_("Ký"),
            lambda _row: "",
            tip=called,
            tone=lambda row: "accent" if chosen(row.id) else "quiet",
            icon=lambda row: "square-check" if chosen(row.id) else "square",
            width=7,
        ),
        Column(
            "title",
            N_("Giấy tờ"),
            lambda row: row.about.title,
            strong=True,
            stretch=True,
            width=15,
            tip=whole,
            tone=lambda row: "ink" if chosen(row.id) else "quiet",
        ),
        # What tells several papers of one component apart.
        Column(
            "file",
            N_("Tệp"),
            lambda row: row.name or page_words.source(row.source),
            width=12,
            tip=page_words.came_as,
        ),
        Column("owner", N_("Chủ hồ sơ"), lambda row: row.owner_name, width=16, tip=lambda row: row.owner_name),
        Column("code", N_("Mã hồ sơ"), lambda row: row.dossier_code, figures=True, width=21),
        Column("pages", N_("Trang"), lambda row: str(row.leaves), align=Align.END, figures=True, width=8),
        Column(
            "since",
            N_("Từ lúc"),
            lambda row: moment(row.kept_at, now()),
            figures=True,
            tip=lambda row: due.exact(row.kept_at),
            width=11,
        ),
    )
