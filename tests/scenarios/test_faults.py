"""The surroundings fail while a dossier is received: nothing is half done, the trouble has a code, the next one works.

Disk full is tried in two ways: SQLite's own limit on pages, stepped up page by page until one receive fits, so that
SQLite itself meets a full database at every page it wants; and a driver that says "full" at the n-th statement that
writes and at the commit, for every n. Files are refused by the system calls that write them.
"""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from desktop.office import Office
from onestop import clock
from onestop.actions import citizens, drafts, intakes, printing, receive
from onestop.actions.drafts import DraftForm
from onestop.actions.intakes import IntakeForm
from onestop.actions.printing import PrintForm
from onestop.actions.table import KINDS
from onestop.clock import VIETNAM
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.store import acts, engine, rebuild, schema
from tests.helpers.fuse import Fuse, disk_full
from tests.helpers.office import act_as, made_dossier, made_person, received

MORNING = datetime(2026, 11, 23, 9, 5, tzinfo=VIETNAM)


def everything(office: Office) -> dict[str, int]:
    """Rows of every table."""
    with office.store.reading() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in schema.metadata.tables.items()
        }


def stands_whole(office: Office) -> None:
    """Chain and rows are as they must be."""
    with office.store.reading() as connection:
        assert acts.verify(connection).ok
        assert rebuild.compare(connection, KINDS, office.files, office.id) == []


@pytest.fixture
def fused(demo_folder: Path) -> Iterator[tuple[Office, Fuse]]:
    """The demo office on a driver that can fail at any statement."""
    fuse = Fuse(writes_only=True)
    office = Office(demo_folder, engine.open_sqlite(demo_folder / "office.db", driver=fuse))
    act_as(office, "demo")
    received(office)
    yield office, fuse
    office.close()


# ---- disk full ------------------------------------------------------------------------------------------------------


def of_receiving(office: Office, draft: str) -> Any:
    return office.perform(receive.take_in, made_dossier(draft=draft)).answer


def of_turning_away(office: Office, draft: str) -> Any:
    form = IntakeForm("supplement", made_dossier(draft=draft), ("Thiếu tờ khai",))
    return office.perform(intakes.make, form).answer


def of_printing(office: Office, draft: str) -> Any:
    with office.store.reading() as connection:
        dossier = connection.execute(select(schema.dossier.c.id)).scalars().first()
    assert dossier is not None
    form = PrintForm(("dossier", dossier), "receipt", 1, "A5", "t", f"%PDF {draft}".encode(), 0)
    return office.perform(printing.record, form).answer


@pytest.mark.parametrize("deed", [of_receiving, of_turning_away, of_printing])
def test_disk_full_at_every_write(fused: tuple[Office, Fuse], deed: Any) -> None:
    """At the first statement that writes, at the second, and so on, and at the commit itself."""
    office, fuse = fused
    draft = office.perform(drafts.keep, DraftForm(None, "nháp", {"summary": "x"})).answer
    before = everything(office)
    said: set[str] = set()
    for place in itertools.count():
        fuse.light(place, disk_full)
        try:
            deed(office, draft)
        except StoreTrouble as trouble:
            said.add(trouble.code)
        else:
            break
        finally:
            fuse.light(None)
        assert everything(office) == before, f"write {place}"
        with office.store.reading() as connection:
            assert connection.execute(select(schema.draft.c.state)).scalar_one() == "open"
    print(f"{deed.__name__}: full at each of {place} writes")  # noqa: T201  (-s)
    assert place >= 4
    assert said == {"store.disk-full"}
    assert everything(office)["act"] > before["act"]
    stands_whole(office)


def test_a_database_that_is_really_full(demo_folder: Path) -> None:
    """SQLite's own word, at every page that one receive wants; a number burnt by a failure is given again."""
    office = Office.open(demo_folder)
    act_as(office, "demo")
    said: list[str] = []
    for turn in range(6):
        code = None
        for room in itertools.count():
            limit(office, room)
            before = everything(office)
            try:
                code = received(office).code
                break
            except StoreTrouble as trouble:
                said.append(trouble.code)
            assert everything(office) == before
            assert room < 40, "one receive cannot want so many pages"
        assert code is not None
        assert code.endswith(f"{turn + 1:04}")
    stands_whole(office)
    limit(office, 10**6)
    received(office)
    print(f"{len(said)} times full in 6 receives")  # noqa: T201  (-s)
    assert len(said) >= 5
    assert set(said) == {"store.disk-full"}
    office.close()


def limit(office: Office, room: int) -> None:
    """Let the database grow by so many pages and no more, on every connection."""
    office.store.close()
    with office.store.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        free = connection.exec_driver_sql("PRAGMA freelist_count").scalar_one()
        assert free < 50
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + room}")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_receipt_that_cannot_be_stored_is_not_recorded(
    demo_office: Office, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    """Nothing is handed out that the disk did not take."""
    taken = received(demo_office)
    before = everything(demo_office)
    form = PrintForm(("dossier", taken.id), "receipt", 1, "A5", "t", b"%PDF-1.7 x", 0)

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse)
        with pytest.raises(StoreTrouble) as caught:
            demo_office.perform(printing.record, form)
    assert caught.value.code == ("store.unreachable" if number == errno.EIO else "store.disk-full")
    assert everything(demo_office) == before
    demo_office.perform(printing.record, form)
    stands_whole(demo_office)


def test_the_place_of_the_marks_is_full(demo_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Receiving goes on: an older mark is harmless while the folder is whole."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    received(demo_office)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", refuse)
        received(demo_office)
    assert received(demo_office).code.endswith("0003")


# ---- another copy of the program ------------------------------------------------------------------------------------


def test_locked_by_another_program(demo_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(demo_office)
    holder = sqlite3.connect(demo_office.folder / "office.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    demo_office.store.close()
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    with pytest.raises(StoreTrouble) as caught:
        received(demo_office)
    assert caught.value.code == "store.locked"
    assert everything(demo_office) == before
    holder.execute("ROLLBACK")
    holder.close()
    received(demo_office)
    stands_whole(demo_office)


def test_a_double_press_receives_once(demo_office: Office) -> None:
    draft = demo_office.perform(drafts.keep, DraftForm(None, "nháp", {})).answer
    form = made_dossier(draft=draft)
    first = demo_office.perform(receive.take_in, form).answer
    second = demo_office.perform(receive.take_in, form).answer
    assert (second.id, second.code, second.again) == (first.id, first.code, True)
    assert everything(demo_office)["dossier"] == 1


# ---- the clock ------------------------------------------------------------------------------------------------------


def test_a_clock_set_back_a_day(demo_office: Office) -> None:
    """The program says so, loses nothing (a draft, which has no legal life, is kept), and goes on when the clock is
    right; no number is given again."""
    with clock.frozen(MORNING):
        first = received(demo_office)
    before = everything(demo_office)
    with clock.frozen(MORNING - timedelta(days=1)):
        for deed in (received, lambda office: office.perform(citizens.register, made_person())):
            with pytest.raises(StoreTrouble) as caught:
                deed(demo_office)
            assert caught.value.code == "clock.set-back"
        assert everything(demo_office) == before
        demo_office.perform(drafts.keep, DraftForm(None, "nháp", {}))
    assert everything(demo_office) == {**before, "draft": 1}
    with clock.frozen(MORNING + timedelta(minutes=1)):
        assert received(demo_office).code == first.code[:-4] + "0002"
    stands_whole(demo_office)


def test_a_clock_that_ran_ahead_is_set_right_by_a_word_and_all_is_still_whole(demo_office: Office) -> None:
    """Years ahead and back again, three times: no number is given twice, the chain holds, the rows fit the acts."""
    printed = []
    for turn, years in enumerate((1, 3, 2), 1):
        with clock.frozen(MORNING + timedelta(days=365 * years)):
            printed += [received(demo_office).code for _ in range(3)]
        with clock.frozen(MORNING + timedelta(minutes=turn * 20)):
            with pytest.raises(StoreTrouble) as caught:
                received(demo_office)
            assert caught.value.code == "clock.set-back"
            corrected = demo_office.correct_clock("pin đồng hồ hỏng")
            assert corrected.dossiers == tuple(printed[-3:])
            printed += [received(demo_office).code for _ in range(3)]
    assert len(set(printed)) == len(printed) == 18
    stands_whole(demo_office)


# ---- older copies, other machines -----------------------------------------------------------------------------------


def test_an_older_database_in_the_same_folder(demo_folder: Path, request: pytest.FixtureRequest) -> None:
    """Restored again and again while numbers are on paper: not one of them is given twice."""
    wanted = request.config.getoption("--numbers")
    printed: list[str] = []
    restores = 0
    database = demo_folder / "office.db"
    office = quick(demo_folder)
    day = MORNING
    while len(printed) < wanted:
        day += timedelta(hours=5 if restores % 3 else 26)
        with clock.frozen(day):
            office.close()
            shutil.copy(database, demo_folder / "older.db")
            office = quick(demo_folder)
            printed += [received(office, made_person(len(printed) + n)).code for n in range(wanted // 20)]
            printed += [letter(office) for _ in range(3)]
            office.close()
            for path in demo_folder.glob("office.db*"):
                path.unlink()
            shutil.copy(demo_folder / "older.db", database)
            office = quick(demo_folder)
            restores += 1
            assert office.numbering_stopped() == "restored"
            for deed in (received, letter):
                with pytest.raises(StoreTrouble) as caught:
                    deed(office)
                assert caught.value.code == "numbering.restored"
            office.resume_numbering("ổ đĩa hỏng")
            printed += [received(office, made_person(n)).code for n in range(5)]
            printed.append(letter(office))
    assert len(printed) == len(set(printed))
    stands_whole(office)
    office.close()
    print(f"{len(printed)} numbers on paper, {restores} restores, none twice")  # noqa: T201  (-s)


def letter(office: Office) -> str:
    """A request for completion: its number in this year's book."""
    made = office.perform(intakes.make, IntakeForm("supplement", made_dossier(), ("Thiếu tờ khai",))).answer
    return f"PBS {made.number}"


def quick(folder: Path) -> Office:
    """The office, not waiting for the disk: many numbers, and the disk is not what is tried."""
    office = Office(folder, engine.open_sqlite(folder / "office.db", durable=False))
    act_as(office, "demo")
    return office


def test_a_folder_copied_to_another_machine(
    demo_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Both machines number on: the copy as another counter; or the old one is retired and had numbered meanwhile."""
    wanted = request.config.getoption("--numbers") // 4
    machines = {"old": tmp_path / "old-marks", "new": tmp_path / "new-marks"}

    def on(machine: str, folder: Path) -> Office:
        monkeypatch.setenv("MOTCUA_MACHINE_ID", machine)
        monkeypatch.setenv("MOTCUA_STATE_DIR", str(machines[machine]))
        return quick(folder)

    with clock.frozen(MORNING):
        office = on("old", demo_folder)
        assert office.numbering_stopped() == "copied"
        office.resume_numbering("máy của phép thử", old_machine_retired=True)
        printed = [received(office, made_person(n)).code for n in range(50)]
        printed += [letter(office) for _ in range(5)]
        office.close()
        copy = tmp_path / "copy"
        shutil.copytree(demo_folder, copy)

        office = on("new", copy)
        assert office.numbering_stopped() == "copied"
        for deed in (received, letter):
            with pytest.raises(StoreTrouble) as caught:
                deed(office)
            assert caught.value.code == "numbering.copied"
        with pytest.raises(RuleBroken) as refused:
            office.resume_numbering("máy mới")
        assert refused.value.code == "numbering.old-machine"
        office.close()

        # The old machine goes on for a while, and nobody tells the new one.
        office = on("old", demo_folder)
        assert office.numbering_stopped() is None
        printed += [received(office, made_person(1000 + n)).code for n in range(200)]
        printed += [letter(office) for _ in range(20)]
        office.close()

        office = on("new", copy)
        office.resume_numbering("máy cũ đã hỏng", old_machine_retired=True)
        assert office.numbering_stopped() is None
        printed += [received(office, made_person(2000 + n)).code for n in range(wanted)]
        printed += [letter(office) for _ in range(20)]
        stands_whole(office)
        office.close()

        # A third machine takes a counter of its own and numbers beside the second.
        third = tmp_path / "third"
        shutil.copytree(copy, third)
        machines["third"] = tmp_path / "third-marks"
        office = on("third", third)
        office.resume_numbering("thêm quầy", counter=3)
        codes = [received(office, made_person(5000 + n)).code for n in range(wanted)]
        office.close()
        office = on("new", copy)
        codes += [received(office, made_person(9000 + n)).code for n in range(wanted)]
        office.close()
    printed += codes
    assert len(printed) == len(set(printed))
    print(f"{len(printed)} numbers on paper by three machines, none twice")  # noqa: T201  (-s)
