"""The register and the hand-over sheet: which dossiers, and what is said of each."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from desktop.office import Office
from onestop import clock
from onestop.actions import process
from onestop.clock import VIETNAM
from onestop.queries import list_letters, sheets
from onestop.queries.sheets import SheetWish
from onestop.rules.errors import RuleBroken
from onestop.rules.letters import FormKey
from onestop.rules.list_letters import MOST, Chosen, Span, read_listed, read_span
from onestop.rules.moves import MoveForm, Result
from tests.helpers.office import act_as, made_person, received

UNMARRIED = "1.004873"
MOMENT = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
LATER = MOMENT + timedelta(days=14)


@pytest.fixture
def office(demo_office: Office) -> Office:
    act_as(demo_office, "demo")
    return demo_office


def at(office: Office, days: float, place: int, **given: Any) -> Any:
    with clock.frozen(MOMENT + timedelta(days=days)):
        return received(office, made_person(place), procedure=UNMARRIED, **given)


def do(office: Office, days: float, code: str, move: str, **said: Any) -> None:
    with clock.frozen(MOMENT + timedelta(days=days)):
        office.perform(process.move, MoveForm(code, move, **said))


def rows(office: Office, first: int, last: int) -> Any:
    span = Span(date(2026, 11, first), date(2026, 11, last))
    letter: Any = office.read(list_letters.register, span, LATER).letter
    return letter.rows


def test_the_register_holds_the_days_of_the_span_in_order(office: Office) -> None:
    found = [at(office, days, place) for place, days in enumerate((0, 0.1, 2, 3), start=1)]
    assert [row.code for row in rows(office, 23, 25)] == [each.code for each in found[:3]]
    assert [row.code for row in rows(office, 25, 26)] == [each.code for each in found[2:]]
    assert rows(office, 24, 24) == ()


def test_midnight_belongs_to_the_day_that_begins(office: Office) -> None:
    with clock.frozen(datetime(2026, 11, 25, 23, 59, 59, tzinfo=VIETNAM)):
        late = received(office, made_person(1), procedure=UNMARRIED)
    with clock.frozen(datetime(2026, 11, 26, 0, 0, tzinfo=VIETNAM)):
        early = received(office, made_person(2), procedure=UNMARRIED)
    assert [row.code for row in rows(office, 25, 25)] == [late.code]
    assert [row.code for row in rows(office, 26, 26)] == [early.code]


def test_what_is_said_of_each(office: Office) -> None:
    codes = [at(office, 0, place).code for place in range(1, 6)]
    do(office, 1.1, codes[0], "supplement", reason="r", items=("a",))
    do(office, 2, codes[1], "extend", reason="chờ", due="2026-12-04")
    do(office, 2, codes[2], "withdraw", reason="thôi")
    do(office, 2.1, codes[4], "finish")
    do(office, 9, codes[3], "finish")
    notes = [row.note for row in rows(office, 23, 23)]
    assert notes == ["chờ bổ sung", "đã hẹn lại; quá hạn", "đã rút", "quá hạn", ""]


def test_the_hand_over_sheet_holds_what_was_finished_and_not_recalled(office: Office) -> None:
    post = {"way": "post", "name": "Ai", "phone": "0912345678", "address": "Đâu đó"}
    codes = [at(office, 0, 1).code, at(office, 0, 2, delivery=post).code, at(office, 0, 3).code]
    do(office, 2, codes[0], "finish", result=Result("Giấy xác nhận", "12/2026"))
    do(office, 2.1, codes[1], "finish")
    do(office, 2.2, codes[2], "finish")
    do(office, 3, codes[2], "recall", reason="sai")
    day = Span(date(2026, 11, 25), date(2026, 11, 25))
    letter: Any = office.read(list_letters.handover, day, LATER).letter
    [group] = letter.groups
    assert [(row.code, row.post) for row in group.rows] == [(codes[0], False), (codes[1], True)]
    assert group.rows[0].result == "Giấy xác nhận, số 12/2026"
    assert letter.head.numbered is False
    assert group.agency == letter.head.parent, "the ward decides, the counter receives for it"


def test_dossiers_that_were_chosen_stand_on_the_lists_whatever_their_days(office: Office) -> None:
    found = [at(office, days, place) for place, days in enumerate((0, 2), start=1)]
    do(office, 3, found[1].code, "finish", result=Result("Giấy xác nhận", "1", "2026-11-26"))
    at(office, 9, 3)
    chosen = read_listed("#" + ",".join(each.id for each in found))
    assert isinstance(chosen, Chosen)
    assert read_listed(chosen.name) == chosen
    written = office.read(list_letters.register, chosen, LATER)
    letter: Any = written.letter
    assert ([row.code for row in letter.rows], letter.span, written.name) == (
        [each.code for each in found],
        None,
        "register:chosen",
    )
    handed: Any = office.read(list_letters.handover, chosen, LATER).letter
    assert [row.code for group in handed.groups for row in group.rows] == [found[1].code], "only what there is"
    for key, listed, count in (
        (FormKey.REGISTER, chosen, 2),
        (FormKey.HANDOVER, chosen, 1),
        (FormKey.REGISTER, Span(date(2026, 11, 23), date(2026, 11, 23)), 1),
        (FormKey.HANDOVER, Span(date(2026, 11, 23), date(2026, 11, 23)), 0),
    ):
        assert office.read(list_letters.count, key, listed) == count
    with clock.frozen(LATER):
        sheet = office.read(sheets.sheet, SheetWish(FormKey.REGISTER, chosen.name, None))
    assert (sheet.subject[0], sheet.name, sheet.asked) == ("office", "register:chosen", chosen.name)
    assert sheet.letter.rows == letter.rows
    with pytest.raises(RuleBroken, match=r"list\.too-many"):
        read_listed("#" + ",".join(str(number) for number in range(MOST + 1)))


def test_spans() -> None:
    assert read_span("2026-11-23") == Span(date(2026, 11, 23), date(2026, 11, 23))
    both = read_span(" 2026-11-01/2026-11-30 ")
    assert (both.first.day, both.last.day, both.name) == (1, 30, "2026-11-01/2026-11-30")
    assert (both.ends - both.begins).days == 30
    for wrong, code in (
        ("", "span.not-days"),
        ("23/11/2026", "span.not-days"),
        ("2026-11-23/", "span.not-days"),
        ("2026-02-30", "span.not-days"),
        ("0001-01-01", "span.not-days"),
        ("9999-12-31", "span.not-days"),
        ("2026-11-30/2026-11-01", "span.backward"),
    ):
        with pytest.raises(RuleBroken) as caught:
            read_span(wrong)
        assert caught.value.code == code, wrong
