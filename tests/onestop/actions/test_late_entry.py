"""Nhập bù: sheets are reserved, what was received on them comes in with the paper's time, a supervisor confirms."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from desktop.office import Office
from onestop import clock
from onestop.actions import process, receive, reserved_sheets
from onestop.actions.receive import Received
from onestop.actions.reserved_sheets import Reserved, SpoiledForm
from onestop.actions.table import KINDS
from onestop.clock import VIETNAM
from onestop.queries import dossiers
from onestop.queries import reserved_sheets as queries
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.rules.moves import MoveForm
from onestop.store import backup, rebuild, schema
from tests.helpers.counters import CALM, MakeWorld
from tests.helpers.fuse import Killed
from tests.helpers.office import EXTRACT, act_as, made_dossier, received

PRINTED = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
PAPER = "2026-11-25T09:05"
ENTERED = datetime(2026, 11, 26, 8, 30, tzinfo=VIETNAM)


@pytest.fixture
def reserved(demo_office: Office) -> Reserved:
    """Three sheets, printed on a Monday morning."""
    with clock.frozen(PRINTED):
        sheets: Reserved = demo_office.perform(reserved_sheets.reserve, 3).answer
    return sheets


def enter(office: Office, sheet: str, now: datetime = ENTERED, procedure: str = EXTRACT, **said: Any) -> Received:
    late = {"sheet": sheet, "at": PAPER, "by": "duc", "reason": "power", **said}
    with clock.frozen(now):
        form = made_dossier(procedure=procedure, late_entry=late)
        taken: Received = office.perform(receive.take_in, form).answer
    return taken


def test_the_limit_runs_from_the_paper(demo_office: Office, reserved: Reserved) -> None:
    act_as(demo_office, "ha")
    taken = enter(demo_office, f"Mã tạm: {reserved.codes[1].lower()}", procedure="1.004873")
    found = demo_office.read(dossiers.one, taken.id)
    assert found is not None
    duc = demo_office.clerk("duc")
    ha = demo_office.clerk("ha")
    assert duc is not None and ha is not None
    values = found.values
    assert (values["code"], values["code_kind"]) == (reserved.codes[1], "temporary")
    assert values["received_at"] == datetime(2026, 11, 25, 9, 5, tzinfo=VIETNAM)
    assert values["received_by"] == duc.id
    assert values["late_entry"] == {
        "sheet": reserved.codes[1], "at": "2026-11-25T02:05:00.000000Z", "by": duc.id, "reason": "power",
        "entered_at": "2026-11-26T01:30:00.000000Z", "entered_by": ha.id,
    }  # fmt: skip
    assert values["to_confirm"] == "late-entry"
    # The official code is of the paper's day, from this counter's own stripe, and finds the dossier as the sheet does.
    assert taken.official == found.code == f"{demo_office.row.code}-261125-0001"
    assert demo_office.read(dossiers.find_id, reserved.codes[1]) == demo_office.read(dossiers.find_id, found.code)
    on_time = received_on(demo_office, datetime(2026, 11, 25, 9, 5, tzinfo=VIETNAM))
    assert taken.due == on_time.due
    assert found.history[-1].at == ENTERED
    left = demo_office.read(queries.standing, ENTERED)
    assert (left.left, left.scarce) == (2, True)
    with demo_office.store.reading() as connection:
        assert rebuild.compare(connection, KINDS, demo_office.files, demo_office.id) == []


def received_on(office: Office, at: datetime) -> Received:
    with clock.frozen(at):
        office.real_time = False
        return received(office, procedure="1.004873")


def test_a_number_of_that_day_is_never_given_twice(demo_office: Office, reserved: Reserved) -> None:
    """Before and after, on the day itself and late: the numbers of one day follow one another."""
    with clock.frozen(datetime(2026, 11, 25, 14, 0, tzinfo=VIETNAM)):
        first = received(demo_office)
    late = enter(demo_office, reserved.codes[0])
    with clock.frozen(datetime(2026, 11, 26, 9, 0, tzinfo=VIETNAM)):
        today = received(demo_office)
    assert [first.code[-4:], late.official[-4:], today.code[-4:]] == ["0001", "0002", "0001"]


WRONG: tuple[tuple[str, dict[str, Any]], ...] = (
    ("late.no-sheet", {"sheet": " "}),
    ("late.sheet-unknown", {"sheet": "H99.14-261123-0001"}),
    ("late.sheet-unknown", {"sheet": "T-ABCDEF-261123-0001"}),
    ("late.no-moment", {"at": "hôm qua"}),
    ("late.no-moment", {"at": "2026-11-25"}),
    ("late.to-come", {"at": "26/11/2026 8:31"}),
    ("late.before-sheet", {"at": "23/11/2026 7h59"}),
    ("late.no-clerk", {"by": "lan"}),
    ("late.no-clerk", {"by": ""}),
    ("late.no-reason", {"reason": "quên"}),
)


def test_what_cannot_be_is_refused(demo_office: Office, reserved: Reserved) -> None:
    for code, said in WRONG:
        with pytest.raises(RuleBroken) as broken:
            enter(demo_office, **{"sheet": reserved.codes[0], **said})
        assert broken.value.code == code, said
    sheet = demo_office.read(queries.sheet, reserved.codes[0])
    assert sheet is not None
    assert sheet.left
    demo_office.real_time = False
    demo_office.perform(reserved_sheets.write_off, SpoiledForm(reserved.codes[0], "rách"))
    with pytest.raises(RuleBroken, match=r"late\.sheet-spoiled"):
        enter(demo_office, reserved.codes[0])


def test_so_many_days_and_no_more(demo_office: Office, reserved: Reserved) -> None:
    taken = enter(demo_office, reserved.codes[0], ENTERED + timedelta(days=9))
    assert taken.official
    with pytest.raises(RuleBroken, match=r"late\.too-old"):
        enter(demo_office, reserved.codes[1], ENTERED + timedelta(days=10))


def test_a_sheet_is_entered_once(demo_office: Office, reserved: Reserved) -> None:
    enter(demo_office, reserved.codes[0])
    with pytest.raises(RuleBroken, match=r"late\.sheet-used"):
        enter(demo_office, reserved.codes[0])
    with pytest.raises(RuleBroken, match=r"late\.sheet-used"):
        demo_office.perform(reserved_sheets.write_off, SpoiledForm(reserved.codes[0], "rách"))


def test_outside_the_hours_is_worth_a_look(demo_office: Office, reserved: Reserved) -> None:
    taken = enter(demo_office, reserved.codes[0], at="24/11/2026 20:15")
    assert "late.shut" in [each.code for each in taken.warnings]


def test_only_a_supervisor_reserves_and_confirms(demo_office: Office, reserved: Reserved) -> None:
    taken = enter(demo_office, reserved.codes[0])
    act_as(demo_office, "ha")
    tried: tuple[tuple[Any, Any], ...] = (
        (reserved_sheets.reserve, 1),
        (reserved_sheets.write_off, SpoiledForm(reserved.codes[1], "rách")),
        (process.move, MoveForm(taken.id, "confirm-late")),
    )
    for action, form in tried:
        with pytest.raises(RuleBroken, match=r"permission\.missing"):
            demo_office.perform(action, form)


def test_no_batch_without_end(demo_office: Office) -> None:
    for count in (0, -1, 101):
        with pytest.raises(RuleBroken, match=r"sheets\.count"):
            demo_office.perform(reserved_sheets.reserve, count)


def test_a_doubt_stays_until_it_is_cleared(demo_office: Office, reserved: Reserved) -> None:
    """Refused, the dossier goes on and stays marked; confirmed after all, it is as any other."""
    taken = enter(demo_office, reserved.codes[0])
    demo_office.real_time = False

    def moved(move: str, reason: str = "") -> dict[str, Any]:
        demo_office.perform(process.move, MoveForm(taken.id, move, reason=reason))
        found = demo_office.read(dossiers.one, taken.id)
        assert found is not None
        return dict(found.values)

    with pytest.raises(RuleBroken, match=r"move\.reason-missing"):
        moved("refuse-late")
    values = moved("refuse-late", "giờ trên giấy là 10:05")
    assert (values["to_confirm"], values["late_entry"]["doubt"]) == ("late-entry-refused", "giờ trên giấy là 10:05")
    assert values["state"] == "received"
    with pytest.raises(RuleBroken, match=r"late\.doubted-already"):
        moved("refuse-late", "vẫn sai")
    assert moved("forward")["state"] == "processing"
    values = moved("confirm-late")
    assert values["to_confirm"] is None
    assert "doubt" not in values["late_entry"]
    with pytest.raises(RuleBroken, match=r"late\.nothing-to-confirm"):
        moved("confirm-late")
    with demo_office.store.reading() as connection:
        assert rebuild.compare(connection, KINDS, demo_office.files, demo_office.id) == []


# ---- numbers --------------------------------------------------------------------------------------------------------


def test_a_restored_folder_gives_none_of_its_numbers_again(demo_office: Office, reserved: Reserved) -> None:
    """The mark outside the folder knows the sheets, and the numbers of past days that were given late."""
    database, copy = demo_office.folder / "office.db", demo_office.folder / "copy.db"
    demo_office.real_time = False
    backup.copy_to(demo_office.store, copy)
    with clock.frozen(PRINTED):
        lost = demo_office.perform(reserved_sheets.reserve, 2).answer.codes
    entered = enter(demo_office, reserved.codes[0])
    demo_office.close()
    for path in demo_office.folder.glob("office.db*"):
        path.unlink()
    copy.rename(database)
    office = Office.open(demo_office.folder, real_time=False)
    act_as(office, "demo")
    try:
        with pytest.raises(StoreTrouble, match=r"numbering\.restored"):
            office.perform(reserved_sheets.reserve, 1)
        with clock.frozen(ENTERED):
            office.resume_numbering("khôi phục từ bản sao")
        with clock.frozen(PRINTED):
            again = office.perform(reserved_sheets.reserve, 2).answer.codes
        assert not {*again} & {*reserved.codes, *lost}
        assert enter(office, reserved.codes[0]).official > entered.official
    finally:
        office.close()


def test_killed_in_the_middle_nothing_is_half_reserved(make_world: MakeWorld) -> None:
    """Whichever statement is the last: a sheet is reserved and its number gone, or neither."""
    desk = make_world(1, CALM).one
    seen: set[str] = set()
    killed = 0
    for statement in range(2, 40, 5):
        desk.fuse.light(statement)
        try:
            with desk.world.clock_of(desk):
                desk.perform(reserved_sheets.reserve, 2, "demo")
        except Killed:
            killed += 1
            desk.office.close()
            desk.open()
        finally:
            desk.fuse.light(None)
        with desk.store.reading() as connection:
            there = set(connection.execute(select(schema.reserved_sheet.c.code)).scalars())
        assert there >= seen
        assert len(there - seen) in (0, 2)
        seen = there
    assert killed
    assert len(seen) >= 2
