"""Drafts: what is being typed, kept on this machine so that nothing is lost. Not acts: a draft has no legal life."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update

from onestop import clock
from onestop.rules.errors import RuleBroken
from onestop.store import schema
from onestop.store.work import Work


@dataclass(frozen=True, slots=True)
class DraftForm:
    """A draft to keep. `form` is the JSON of `rules.intake.write_form`, finished or not; `id` None makes a new one."""

    id: str | None
    title: str
    form: dict[str, Any] = field(default_factory=dict)


def keep(work: Work, draft: DraftForm) -> str:
    """Keep a draft; gives its id. A draft that was received or dropped meanwhile is left as it is."""
    if draft.id is not None:
        changed = work.connection.execute(
            update(schema.draft)
            .where(schema.draft.c.id == draft.id, schema.draft.c.state.in_(("open", "waiting")))
            .values(title=draft.title, form=draft.form, clerk_id=work.actor.id, saved_at=work.now)
        ).rowcount
        if changed or work.connection.execute(select(schema.draft.c.id).where(schema.draft.c.id == draft.id)).first():
            work.touch("draft", draft.id)
            return draft.id
    draft_id = draft.id or clock.new_id()
    work.connection.execute(
        insert(schema.draft),
        {
            "id": draft_id,
            "office_id": work.office_id,
            "clerk_id": work.actor.id,
            "title": draft.title,
            "form": draft.form,
            "state": "open",
            "dossier_id": None,
            "saved_at": work.now,
        },
    )
    work.touch("draft", draft_id)
    return draft_id


def drop(work: Work, draft_id: str) -> None:
    """Put a draft aside. It is kept for `restore` (undo) until the office clears it."""
    _move(work, draft_id, "dropped", ("open", "waiting"))


def restore(work: Work, draft_id: str) -> None:
    """Take a dropped draft up again."""
    _move(work, draft_id, "open", ("dropped",))


def _move(work: Work, draft_id: str, to: str, of: tuple[str, ...]) -> None:
    changed = work.connection.execute(
        update(schema.draft).where(schema.draft.c.id == draft_id, schema.draft.c.state.in_(of)).values(state=to)
    ).rowcount
    if not changed:
        raise RuleBroken("draft.unknown", draft=draft_id)
    work.touch("draft", draft_id)
