"""Dossiers that came online and wait for their answer, and results of linked filings that are late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, literal_column, select
from sqlalchemy.sql import ColumnCollection

from onestop.queries import office
from onestop.rules import clocks
from onestop.rules.clocks import Answer
from onestop.rules.dossier import State
from onestop.store import schema

_p = schema.dossier_part.c


def answers(connection: Connection, waiting: Iterable[tuple[str, datetime]], now: datetime) -> dict[str, Answer]:
    """The clock of each dossier in `waiting` (its id, when it was handed in)."""
    rows = list(waiting)
    if not rows:
        return {}
    calendar = office.calendar(connection)
    return {dossier: clocks.answer(submitted, now, calendar) for dossier, submitted in rows}


def to_answer(d: ColumnCollection[str, Any]) -> list[Any]:
    """Conditions of what came online and was neither accepted nor sent back nor refused."""
    return [d.state == State.NEW.value]


def received(d: ColumnCollection[str, Any]) -> list[Any]:
    """Conditions of what was taken in: what only came online was handed in and no more."""
    return [d.state.not_in([literal_column(f"'{each.value}'") for each in (State.NEW, State.REFUSED)])]


def part_late(office_id: str, now: datetime, d: ColumnCollection[str, Any]) -> list[Any]:
    """Conditions of what has a late result, whoever owes it; nobody owes one while the citizen is waited for."""
    late = select(_p.dossier_id).where(_p.office_id == office_id, _p.finished_at.is_(None), _p.due_at < now)
    return [d.is_open.is_(True), d.state.not_in([State.NEW.value, State.SUPPLEMENT.value]), d.id.in_(late)]
