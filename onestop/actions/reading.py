"""What was read of papers: their words and what they propose. Derived, this machine's own, and no act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, insert, select

from onestop.rules.text import storable
from onestop.store import schema, search
from onestop.store.work import Work

MOST_LETTERS = 200_000


@dataclass(frozen=True, slots=True)
class ReadingForm:
    """The words of a paper's file (by its hash), and what they propose: particular → {value, confidence}."""

    document: str
    blob: str
    text: str
    proposals: Mapping[str, Any] = field(default_factory=dict)


def keep(work: Work, form: ReadingForm) -> None:
    """Keep what was read, in place of what was read before, and let it be found; nothing where no paper is there."""
    t = schema.document_text.c
    there = schema.document.c
    if work.connection.execute(select(there.id).where(there.id == form.document)).first() is None:
        return
    old = work.connection.execute(select(t.no).where(t.document_id == form.document)).scalar()
    if old is not None:
        search.drop_text(work.connection, old)
        work.connection.execute(delete(schema.document_text).where(t.no == old))
    content = storable(form.text)[:MOST_LETTERS]
    work.connection.execute(
        insert(schema.document_text),
        {
            "document_id": form.document,
            "office_id": work.office_id,
            "blob": form.blob,
            "text": content,
            "proposals": dict(form.proposals),
            "read_at": work.now,
        },
    )
    no = work.connection.execute(select(t.no).where(t.document_id == form.document)).scalar_one()
    search.put_text(work.connection, no, content)
    work.touch("document_text", form.document)
