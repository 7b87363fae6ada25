"""Pre-printed sheets for days without electricity or network: which there are, and how many are left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from onestop.clock import local
from onestop.queries import letters, office
from onestop.rules.blank_letters import BlankReceiptLetter
from onestop.rules.errors import RuleBroken
from onestop.rules.late_entry import rule_on
from onestop.rules.letters import FormKey, Reference, form_on
from onestop.store import schema

_s = schema.reserved_sheet.c
_LEFT = (_s.dossier_id.is_(None), _s.spoiled.is_(None))


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One sheet. `dossier`: the id of what was entered from it; `spoiled`: why it never will be."""

    code: str
    batch: str
    reserved_at: datetime
    dossier: str | None
    spoiled: str | None

    @property
    def left(self) -> bool:
        """May something still be entered from it?"""
        return self.dossier is None and self.spoiled is None


@dataclass(frozen=True, slots=True)
class Batch:
    """Sheets that were reserved together, named by the first of them."""

    name: str
    reserved_at: datetime
    by: str
    sheets: int
    used: int
    spoiled: int

    @property
    def id(self) -> str:
        """What a list tells it by."""
        return self.name

    @property
    def left(self) -> int:
        """How many can still be used."""
        return self.sheets - self.used - self.spoiled


@dataclass(frozen=True, slots=True)
class Sheets:
    """How the office stands with its sheets: how many are left, from how many on more are asked for."""

    left: int
    few: int
    batches: tuple[Batch, ...] = ()

    @property
    def scarce(self) -> bool:
        """Are there some, and fewer than there should be? An office that never printed any is not asked to."""
        return bool(self.batches) and self.left < self.few


LATEST = 8
"""Batches that are shown."""


def sheet(connection: Connection, code: str) -> SheetRow | None:
    """The sheet with this code; None where none was reserved under it."""
    row = connection.execute(
        select(_s.code, _s.batch, _s.reserved_at, _s.dossier_id, _s.spoiled).where(_s.code == code)
    ).one_or_none()
    return SheetRow(*row) if row is not None else None


def of_batch(connection: Connection, batch: str) -> tuple[SheetRow, ...]:
    """Every sheet of a batch, in the order of their codes."""
    rows = connection.execute(
        select(_s.code, _s.batch, _s.reserved_at, _s.dossier_id, _s.spoiled).where(_s.batch == batch).order_by(_s.code)
    )
    return tuple(SheetRow(*row) for row in rows)


def standing(connection: Connection, now: datetime) -> Sheets:
    """How many are left, and the latest batches."""
    few = rule_on(local(now).date()).few
    left = connection.execute(select(func.count()).select_from(schema.reserved_sheet).where(*_LEFT)).scalar_one()
    rows = connection.execute(
        select(
            _s.batch,
            func.min(_s.reserved_at).label("reserved_at"),
            func.min(_s.reserved_by).label("by"),
            func.count().label("sheets"),
            func.count(_s.dossier_id).label("used"),
            func.count(_s.spoiled).label("spoiled"),
        )
        .group_by(_s.batch)
        .order_by(func.min(_s.reserved_at).desc(), _s.batch.desc())
        .limit(LATEST)
    ).all()
    names = {each.id: each.name for each in office.clerks(connection, active_only=False)} if rows else {}
    batches = tuple(
        Batch(row.batch, row.reserved_at, names.get(row.by, ""), row.sheets, row.used, row.spoiled) for row in rows
    )
    return Sheets(int(left), few, batches)


def blanks(connection: Connection, batch: str) -> tuple[BlankReceiptLetter, ...]:
    """Every sheet of a batch as it is printed, the spoiled and the used ones left out. RuleBroken sheets.no-batch,
    letter form.not-in-force."""
    sheets = of_batch(connection, batch)
    if not sheets:
        raise RuleBroken("sheets.no-batch", batch=batch)
    here = letters.the_office(connection)
    form = form_on(FormKey.RECEIPT, local(sheets[0].reserved_at).date())
    head = letters.letterhead(here, FormKey.RECEIPT)
    return tuple(
        BlankReceiptLetter(
            form=form,
            head=head,
            reference=Reference(temporary=each.code, qr=each.code),
            issued_at=each.reserved_at,
            number=number,
            of=len(sheets),
        )
        for number, each in enumerate(sheets, 1)
        if each.left
    )
