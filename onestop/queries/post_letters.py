"""Bảng kê bưu gửi as values: what went to the post in a span of days, list by list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from onestop import clock
from onestop.queries import letters
from onestop.queries.life_letters import Written
from onestop.rules.delivery import RETURNED
from onestop.rules.letters import ROUND, FormKey, form_on
from onestop.rules.list_letters import Span
from onestop.rules.post_letters import PostGroup, PostListLetter, PostRow
from onestop.store import schema

_d = schema.dossier.c


def post_list(connection: Connection, span: Span, now: datetime) -> Written:
    """Every result that went to the post in `span`, by list and carrier. RuleBroken form.not-in-force."""
    here = letters.the_office(connection)
    after = span.last + timedelta(days=1)
    query = (
        select(schema.dossier)
        .where(_d.office_id == here.id, _d.post_list >= f"{span.first}.", _d.post_list < f"{after}.")
        .order_by(_d.post_list, _d.no)
    )
    groups: dict[tuple[str, str], list[PostRow]] = {}
    for row in connection.execute(query):
        posting: Mapping[str, Any] = row.posting or {}
        groups.setdefault((row.post_list, str(posting.get("carrier") or "")), []).append(_row(row, posting))
    letter = PostListLetter(
        form=form_on(FormKey.POST_LIST, clock.local(now).date()),
        head=letters.letterhead(here, FormKey.POST_LIST),
        issued_at=now,
        span=span,
        groups=tuple(PostGroup(name, carrier, tuple(rows)) for (name, carrier), rows in groups.items()),
    )
    return Written(letter, f"{FormKey.POST_LIST.value}{ROUND}{span.name}")


def _row(row: Any, posting: Mapping[str, Any]) -> PostRow:
    result: Mapping[str, Any] = row.result or {}
    number = f"số {result['number']}" if result.get("number") else ""
    originals = sum(each["count"] for each in posting.get("originals") or ())
    notes = [f"kèm {originals} bản gốc" if originals else ""]
    if row.delivered == RETURNED:
        notes.append(f"trả lại: {posting.get('why')}")
    return PostRow(
        code=row.official_code or row.code,
        name=str(posting.get("name") or row.owner_name),
        address=str(posting.get("address") or ""),
        phone=str(posting.get("phone") or ""),
        content=" ".join(filter(None, (result.get("title") or row.procedure_name, number))),
        tracking=str(posting.get("tracking") or ""),
        note="; ".join(filter(None, notes)),
    )
