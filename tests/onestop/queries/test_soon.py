"""Which deadlines warn now: the query beside the rule of each dossier, hour by hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from desktop.office import Office
from onestop import clock
from onestop.clock import VIETNAM
from onestop.queries import dossiers, office
from onestop.queries.dossiers import Wish
from onestop.rules import clocks, deadline
from onestop.rules.procedure import Limit, Unit
from onestop.store import schema
from tests.helpers.office import received

LIMITS = (
    Limit(None, Unit.SAME_DAY), Limit(4, Unit.HOUR), Limit(24, Unit.HOUR), Limit(1, Unit.WORKING_DAY),
    Limit(3, Unit.WORKING_DAY), Limit(3, Unit.DAY), Limit(4, Unit.WORKING_DAY), Limit(15, Unit.DAY),
    Limit(1, Unit.MONTH),
)  # fmt: skip
FIRST = datetime(2026, 11, 18, 8, 0, tzinfo=VIETNAM)
"""Tuesday the 24th is a holiday."""


def test_the_list_is_what_each_dossiers_own_rule_says(demo_office: Office) -> None:
    calendar, hours = demo_office.read(office.calendar), demo_office.read(office.hour_rule)
    with clock.frozen(FIRST):
        received(demo_office)
    d = schema.dossier.c
    with demo_office.store.writing() as connection:
        pattern = dict(connection.execute(select(schema.dossier)).one()._mapping)
        rows: list[dict[str, Any]] = []
        for day in range(8):
            for hour in (8, 11, 15, 18):
                at = (FIRST + timedelta(days=day)).replace(hour=hour)
                for limit in LIMITS:
                    due = deadline.count(at, limit, calendar, hours).due
                    own = {"number": limit.number, "unit": limit.unit, "rule": ""}
                    no = len(rows) + 2
                    code = f"H99.14-261101-{no:04}"
                    rows.append(
                        {**pattern, "no": no, "id": f"id-{no}", "code": code, "official_code": code}
                        | {"received_at": at, "due_at": due, "limit_text": own}
                    )
        connection.execute(insert(schema.dossier), rows)
        connection.execute(schema.dossier.delete().where(d.no == 1))
    for place in range(7 * 8):
        now = FIRST + timedelta(days=3 + place // 8, minutes=97 * (place % 8))
        with demo_office.store.reading() as connection:
            found = {
                row.id for row in dossiers.page(connection, demo_office.id, Wish("soon"), now, size=len(rows)).rows
            }
        wanted = {
            row["id"]
            for row, limit in zip(rows, [each for _ in range(32) for each in LIMITS], strict=True)
            if now <= row["due_at"] and clocks.warns_at(row["received_at"], row["due_at"], limit, calendar) <= now
        }
        assert found == wanted, now
