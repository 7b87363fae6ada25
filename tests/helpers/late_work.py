"""What the clerks of a `World` do with pre-printed sheets and with an older system's dossiers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from onestop.actions import dossier_import, process, receive, reserved_sheets
from onestop.actions.dossier_import import Batch, RowForm
from onestop.clock import local
from onestop.rules.dossier import State
from onestop.rules.dossier_file import Moment, OldDossier
from onestop.rules.intake import ReceiveForm
from onestop.rules.late_entry import LateEntry
from onestop.rules.moves import MoveForm
from onestop.store import schema
from tests.helpers.office import EXTRACT

if TYPE_CHECKING:
    from tests.helpers.counters import Desk

_s = schema.reserved_sheet.c


def with_sheets(desk: Desk, form: ReceiveForm) -> None:
    """Sheets are reserved, one is spoiled, a dossier is entered from one (now and then from one that is used), a
    supervisor says what he thinks of an entry."""
    dice = desk.world.dice
    way = dice.random()
    with desk.store.reading() as connection:
        none_yet = connection.execute(select(_s.code).limit(1)).first() is None
    if none_yet or way < 0.2:
        desk.perform(reserved_sheets.reserve, dice.randrange(1, 4), "demo")
    elif way < 0.3:
        spoiled = reserved_sheets.SpoiledForm(desk.some(schema.reserved_sheet, "code"), "rách")
        desk.perform(reserved_sheets.write_off, spoiled, "demo")
    elif way < 0.7:
        where = (_s.dossier_id.is_(None), _s.spoiled.is_(None)) if dice.random() < 0.8 else ()
        code = desk.some(schema.reserved_sheet, "code", *where)
        with desk.store.reading() as connection:
            at = connection.execute(select(_s.reserved_at).where(_s.code == code)).scalar_one()
        late = LateEntry(code, local(at).isoformat(timespec="minutes"), dice.choice(("ha", "duc")), "power")
        taken: Any = desk.perform(receive.take_in, replace(form, late_entry=late), dice.choice(("ha", "hoa")))
        if taken.official:
            desk.world.printed.append((desk.name, taken.official))
    else:
        dossier = desk.some(schema.dossier, "id", schema.dossier.c.to_confirm.is_not(None))
        answer = MoveForm(dossier, dice.choice(("confirm-late", "refuse-late")), reason="giờ khác")
        desk.perform(process.move, answer, "demo")


def take_over(desk: Desk) -> None:
    """A few dossiers of an older system, some of them here already, some brought at the other counter, too."""
    dice = desk.world.dice
    today = local(desk.world.now).date()
    rows = []
    for number in range(2, 2 + dice.randrange(1, 4)):
        old = OldDossier(
            number,
            f"CU-{dice.randrange(12):04}",
            desk.person(),
            dice.choice((State.RECEIVED, State.PROCESSING, State.SUPPLEMENT, State.NEW)),
            Moment(today - timedelta(days=dice.randrange(1, 20))),
            submitted=Moment(today - timedelta(days=1)),
            due=Moment(today + timedelta(days=dice.randrange(9))),
            procedure_code=EXTRACT,
        )
        rows.append(RowForm(number, (), old))
    desk.perform(dossier_import.take_over, Batch(tuple(rows), "Một cửa cũ", "cu.csv"), "demo")
