"""The mark outside the folder: a restored or copied folder is noticed, and the mark never goes back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from onestop.store import highwater
from onestop.store.acts import GENESIS, Head
from onestop.store.highwater import Desk, Mark, Marks, given_by, suspicion

HERE = Head("o", "d", 2, 40, GENESIS, 1, 4, "machine", "")
DAY, NEXT = "H99 2026-11-23", "H99 2026-11-24"
MARK = Mark("d", 2, 40, "machine", {DAY: 12})


@pytest.mark.parametrize(
    ("here", "mark", "found"),
    [
        (HERE, None, None),
        (HERE, MARK, None),
        (replace(HERE, dseq=41), MARK, None),
        (replace(HERE, dseq=39), MARK, "restored"),
        (replace(HERE, epoch=1, dseq=99), MARK, "restored"),
        (replace(HERE, epoch=3, dseq=1), MARK, None),
        (replace(HERE, machine="another"), None, "copied"),
        (replace(HERE, machine="another"), MARK, "copied"),
    ],
)
def test_who_may_not_number(here: Head, mark: Mark | None, found: str | None) -> None:
    assert suspicion(here, mark, "machine") == found


def test_a_mark_is_read_as_it_was_written(tmp_path: Path) -> None:
    marks = Marks(tmp_path / "new" / "folder")
    assert marks.read("d") is None
    assert marks.write(MARK)
    assert marks.read("d") == MARK
    assert Marks(marks.folder).read("d") == MARK
    assert marks.read("another") is None


def test_the_mark_never_goes_back(tmp_path: Path) -> None:
    """The window and the command line write in turn, and a restored folder writes, too."""
    marks = Marks(tmp_path)
    marks.write(MARK)
    Marks(tmp_path).write(replace(MARK, dseq=35, orders={DAY: 9, "tam 2026-11-23": 3}))
    for each in (marks, Marks(tmp_path)):
        assert each.read("d") == replace(MARK, orders={DAY: 12, "tam 2026-11-23": 3})
    marks.write(replace(MARK, dseq=50, orders={}))
    marks.write(replace(MARK, dseq=51, orders={NEXT: 1, "book:supplement 2026": 7}))
    known = {DAY: 12, "tam 2026-11-23": 3, NEXT: 1, "book:supplement 2026": 7}
    assert marks.read("d") == Marks(tmp_path).read("d") == replace(MARK, dseq=51, orders=known)


def test_days_long_gone_are_forgotten_and_books_are_not(tmp_path: Path) -> None:
    marks = Marks(tmp_path)
    marks.write(replace(MARK, orders={"H99 2026-08-01": 5, "book:refusal 2025": 3}))
    for day in range(1, 31):
        marks.write(replace(MARK, orders={f"H99 2026-09-{day:02}": day, f"H99 2026-10-{day:02}": day}))
    marks.write(MARK)
    read = Marks(tmp_path).read("d")
    assert read is not None
    assert len(read.orders) == highwater.REMEMBERED + 1
    assert read.orders["book:refusal 2025"] == 3
    assert read.orders[DAY] == 12
    assert "H99 2026-08-01" not in read.orders


def test_a_clock_that_once_ran_ahead_puts_no_day_out_of_mind(tmp_path: Path) -> None:
    marks = Marks(tmp_path)
    marks.write(MARK)
    marks.write(replace(MARK, dseq=41, orders={"H99 2027-11-26": 1}))
    read = Marks(tmp_path).read("d")
    assert read is not None
    assert read.orders == {DAY: 12, "H99 2027-11-26": 1}


def test_what_was_given_for_an_agency_is_known_without_the_folder(tmp_path: Path) -> None:
    """By whoever could give the same numbers: the same counter, or any where the stripes are shared out otherwise."""
    marks = Marks(tmp_path)
    one = Desk("H99.14", 1, 4)
    marks.write(Mark(one.name, 0, 0, "machine", {"H99.14 2026-11-23": 12, "book:supplement 2026": 3}))
    marks.write(Mark(one.name, 0, 0, "machine", {"H99.14 2026-11-24": 1}))
    known = {"H99.14 2026-11-23": 12, "H99.14 2026-11-24": 1, "book:supplement 2026": 3}
    assert given_by(Marks(tmp_path), one) == known
    assert given_by(marks, Desk("H99.14", 1, 3)) == known
    assert given_by(marks, Desk("H99.14", 2, 3)) == known
    assert given_by(marks, Desk("H99.14", 2, 4)) == {}
    assert given_by(marks, Desk("H99.1", 1, 4)) == {}
    assert given_by(Marks(tmp_path / "none"), one) == {}


def test_a_line_cut_off_by_a_power_cut_is_passed_over(tmp_path: Path) -> None:
    marks = Marks(tmp_path)
    marks.write(MARK)
    (path,) = tmp_path.iterdir()
    with path.open("a") as stream:
        stream.write('{"device_id": "d", "epo')
    assert Marks(tmp_path).read("d") == MARK
    path.write_bytes(b"\xff\xfe\x00")
    assert Marks(tmp_path).read("d") is None


def test_a_long_file_is_made_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highwater, "LONGEST", 2000)
    marks = Marks(tmp_path)
    for dseq in range(1, 60):
        marks.write(replace(MARK, dseq=dseq, orders={DAY: dseq}))
    (path,) = tmp_path.iterdir()
    assert path.stat().st_size < 2500
    assert Marks(tmp_path).read("d") == replace(MARK, dseq=59, orders={DAY: 59})


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not Marks(tmp_path / "file" / "folder").write(MARK)


def test_the_machine_is_known_by_a_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    own = highwater.machine_id()
    assert own == highwater.machine_id()
    monkeypatch.setenv("MOTCUA_MACHINE_ID", "secret-serial")
    other = highwater.machine_id()
    assert other != own
    assert "secret" not in other
