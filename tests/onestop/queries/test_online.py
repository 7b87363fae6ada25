"""What came online waits with its hours; a late result of a linked filing is told on Hôm nay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from desktop.office import Office
from onestop import clock
from onestop.actions import parts, process, receive
from onestop.clock import VIETNAM
from onestop.queries import overview
from onestop.queries.dossiers import Wish
from onestop.rules.clocks import Standing
from onestop.rules.intake import RegisterForm
from onestop.rules.moves import MoveForm
from onestop.rules.part_results import PartForm
from tests.helpers.office import BIRTH, act_as, made_dossier, received


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


@pytest.fixture
def office(demo_office: Office) -> Iterator[Office]:
    act_as(demo_office, "ha")
    with clock.frozen(at(23, 9)):
        yield demo_office


def registered(office: Office, code: str, submitted: str) -> receive.Received:
    return office.perform(receive.register, RegisterForm(made_dossier(), code, submitted)).answer


def test_the_one_whose_hours_end_first_stands_first_until_it_is_answered(office: Office) -> None:
    later = registered(office, "G22-2", "2026-11-23T08:30")
    first = registered(office, "G22-1", "2026-11-20T15:30")
    page = office.read(overview.page, Wish("to-answer"), at(23, 9))
    assert [row.id for row in page.rows] == [first.id, later.id]
    hours = [row.answer for row in page.rows]
    assert [(each.until, each.left, each.standing) for each in hours if each] == [
        (at(23, 15, 30), 4 * 60 + 30, Standing.CALM),
        (at(25, 8, 30), 7 * 60 + 30, Standing.CALM),
    ]
    waits = office.read(overview.home, at(23, 9, 30), None).waits
    assert (waits.to_answer, waits.first_to_answer and waits.first_to_answer.answer) == (
        2,
        page.rows[0].answer.__class__(at(23, 15, 30), 4 * 60, Standing.SOON) if page.rows[0].answer else None,
    )
    late = office.read(overview.page, Wish("to-answer"), at(23, 16)).rows[0].answer
    assert late is not None
    assert (late.left, late.standing) == (-30, Standing.PAST)
    office.perform(process.move, MoveForm(first.code, "accept"))
    assert [row.id for row in office.read(overview.page, Wish("to-answer"), at(23, 9)).rows] == [later.id]


def test_what_only_came_online_is_not_received_today(office: Office) -> None:
    registered(office, "G22-1", "2026-11-23T08:30")
    assert office.read(overview.home, at(23, 9), None).received == 0
    assert office.read(overview.counts, at(23, 9), None)["today"] == 0


def test_a_late_result_is_told_until_it_is_there_or_the_citizen_is_waited_for(office: Office) -> None:
    found = received(office, procedure=BIRTH, linked="khai-sinh")
    office.perform(parts.finish, PartForm(found.code, "giay-khai-sinh", number="1"))
    assert office.read(overview.home, at(26, 16), None).waits.part_late == 0
    waits = office.read(overview.home, at(26, 17, 1), None).waits
    assert (waits.part_late, waits.late_part and waits.late_part.key) == (1, "thuong-tru")
    for key in ("thuong-tru", "the-bhyt"):
        office.perform(parts.finish, PartForm(found.code, key, reason="không đủ điều kiện"))
    assert office.read(overview.home, at(26, 17, 1), None).waits.part_late == 0


def test_while_the_citizen_is_waited_for_no_result_is_late(office: Office) -> None:
    found = received(office, procedure=BIRTH, linked="khai-sinh")
    assert office.read(overview.home, at(30, 9), None).waits.part_late == 1
    office.perform(process.move, MoveForm(found.code, "supplement", reason="thiếu", items=("a",)))
    assert office.read(overview.home, at(30, 9), None).waits.part_late == 0
