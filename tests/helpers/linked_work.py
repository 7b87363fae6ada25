"""What a counter of the random days does with linked filings and with what came online."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from onestop.actions import parts, receive
from onestop.rules.intake import ReceiveForm, RegisterForm
from onestop.rules.part_results import PartForm
from onestop.store import schema
from tests.helpers.office import BIRTH

if TYPE_CHECKING:
    from tests.helpers.counters import Desk

_p = schema.dossier_part.c
WANTED = ("khai-sinh", "the-bhyt", "thuong-tru")


def linked(desk: Desk, form: ReceiveForm) -> ReceiveForm:
    """The same filing with several results, now and then."""
    dice = desk.world.dice
    if form.procedure != BIRTH or dice.random() < 0.4:
        return form
    return replace(form, linked=(dice.choice(WANTED),))


def note_part(desk: Desk) -> None:
    """One result of a linked filing is there, or there is none; two counters may say otherwise of the same."""
    dice = desk.world.dice
    dossier = desk.some(schema.dossier_part, "dossier_id")
    with desk.store.reading() as connection:
        keys = list(connection.execute(select(_p.key).where(_p.dossier_id == dossier)).scalars())
    number, reason = (f"{dice.randrange(99)}/2026", "") if dice.random() < 0.7 else ("", "không đủ điều kiện")
    desk.perform(parts.finish, PartForm(dossier, dice.choice(keys), number=number, reason=reason))


def register(desk: Desk, form: ReceiveForm) -> None:
    """A dossier that came online, some of them under a code that another has."""
    dice = desk.world.dice
    submitted = desk.world.now - timedelta(hours=dice.randrange(1, 30))
    code = f"G22-{dice.randrange(40):04}"
    desk.perform(receive.register, RegisterForm(linked(desk, form), code, submitted.isoformat()))
