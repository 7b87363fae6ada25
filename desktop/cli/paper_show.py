"""Papers of a dossier as commands show them: JSON values, or a table for the eye."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from desktop.cli.output import table
from desktop.models import page_words
from onestop.queries.papers import DocumentRow
from onestop.texts import _


def plain(row: DocumentRow) -> dict[str, Any]:
    """A paper as JSON values. `sha256`: its file of record, or its first page as it came while that is still to be
    made (`filed` false); `about`: the particulars of art. 19.2 that are given."""
    return {
        "id": row.id,
        "name": row.name or None,
        "title": row.about.title,
        "source": row.source,
        "filed": row.blob is not None,
        "sha256": row.blob or row.pages[0].blob,
        "size": row.size,
        "pages": row.leaves,
        "signature": row.signature,
        "signed": row.signed is not None,
        "passed": row.passed is not None,
        "reused_from": row.reused_from,
        "about": {key: value for key, value in asdict(row.about).items() if value},
    }


def listed(rows: Sequence[DocumentRow], names: Mapping[str, str]) -> str:
    """A table of papers. `names`: key of a component → its name."""
    cells = [
        (
            names.get(each.component, each.about.title),
            each.name,
            page_words.source(each.source),
            each.leaves,
            page_words.size(each.size) if each.size else "",
            page_words.signature(each).text,
        )
        for each in rows
    ]
    return table((_("Giấy tờ"), _("Tệp"), _("Nguồn"), _("Số trang"), _("Cỡ"), _("Tình trạng")), cells)
