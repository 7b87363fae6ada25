"""The process beside: limits of time and memory, a fall that costs a sentence, nothing left behind."""

from __future__ import annotations

import ctypes
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from onestop.rules.errors import RuleBroken, Trouble
from paper import fence, judge
from paper.apart import Apart, GivenUp, WorkFailed
from tests.helpers import badfiles

MEGABYTE = 1024 * 1024


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    return tmp_path / "office" / "work"


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apart]:
    """One for all tests here: it must survive what each of them does to it."""
    with Apart(tmp_path_factory.mktemp("office") / "work", memory=400 * MEGABYTE) as other:
        yield other


def hang(answer: str = "") -> str:
    """A library that never comes back, or nearly."""
    threading.Event().wait(60)
    return answer


def leave_a_file(name: str) -> str:
    """Write a temporary file as a library does, and hang."""
    with tempfile.NamedTemporaryFile(prefix=name, delete=False) as file:
        file.write(b"giay to")
    return hang(file.name)


def where_temporary_files_go() -> str:
    with tempfile.NamedTemporaryFile() as file:
        return file.name


def take(count: int) -> int:
    return len(bytearray(count))


def fall() -> None:
    os.kill(os.getpid(), 11)


def breaks_a_rule(code: str) -> None:
    raise RuleBroken(code, field="page", number=3)


def is_troubled() -> None:
    raise Trouble("paper.no-model", folder="x")


def has_a_bug() -> None:
    raise UnicodeDecodeError("utf-8", b"x", 0, 1, "an error that cannot be made again from its text")


def test_work_is_done_in_another_process_that_stays_warm(apart: Apart) -> None:
    first = apart.run(os.getpid)
    assert first != os.getpid()
    assert apart.run(os.getpid) == first


def test_what_takes_too_long_is_ended_and_the_next_work_is_done(apart: Apart) -> None:
    started = time.monotonic()
    with pytest.raises(RuleBroken) as said:
        apart.within(0.3, None, hang)
    assert said.value.code == "paper.too-slow"
    assert time.monotonic() - started < 20
    assert apart.run(len, b"abc") == 3


def test_what_takes_too_much_memory_is_refused(apart: Apart) -> None:
    with pytest.raises(RuleBroken) as said:
        apart.run(take, 2000 * MEGABYTE)
    assert said.value.code == "paper.too-much-memory"
    assert apart.run(take, 50 * MEGABYTE) == 50 * MEGABYTE


def test_a_file_that_brings_the_process_down_costs_a_sentence(apart: Apart) -> None:
    with pytest.raises(RuleBroken) as said:
        apart.run(fall)
    assert said.value.code == "paper.unreadable"
    assert apart.run(len, b"abc") == 3


def test_whoever_gives_up_does_not_wait_for_the_end(apart: Apart) -> None:
    apart.warm()
    started = time.monotonic()
    with pytest.raises(GivenUp):
        apart.within(60, lambda: True, hang)
    assert time.monotonic() - started < 20


def test_rules_and_troubles_come_home_with_their_details(apart: Apart) -> None:
    with pytest.raises(RuleBroken) as broken:
        apart.run(breaks_a_rule, "paper.unreadable")
    assert (broken.value.code, broken.value.details) == ("paper.unreadable", {"field": "page", "number": 3})
    with pytest.raises(Trouble) as trouble:
        apart.run(is_troubled)
    assert trouble.value.details == {"folder": "x"}


def test_a_bug_is_a_bug(apart: Apart) -> None:
    with pytest.raises(WorkFailed, match="UnicodeDecodeError"):
        apart.run(has_a_bug)
    assert apart.run(len, b"abc") == 3


def test_temporary_files_lie_in_the_folder_that_was_named_and_go(scratch: Path) -> None:
    with Apart(scratch) as apart:
        assert Path(apart.run(where_temporary_files_go)).is_relative_to(scratch)
        with pytest.raises(RuleBroken):
            apart.within(1.0, None, leave_a_file, "trang")
        assert list(scratch.rglob("trang*"))
        apart.run(len, b"")  # the next process takes away what the one before was killed over
        assert not list(scratch.rglob("trang*"))
    assert list(scratch.iterdir()) == []


def test_what_a_fallen_program_left_goes_after_a_day(scratch: Path) -> None:
    old, fresh = scratch / "apart-old", scratch / "apart-fresh"
    for folder in (old, fresh):
        folder.mkdir(parents=True)
        (folder / "trang.jpg").write_bytes(b"x")
    long_ago = time.time() - 3 * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    with Apart(scratch) as apart:
        apart.run(len, b"")
    assert not old.exists()
    assert fresh.exists()


def test_after_a_rest_the_next_work_starts_another_process(apart: Apart) -> None:
    first = apart.run(os.getpid)
    apart.rest()
    assert apart.run(os.getpid) != first


def test_a_process_that_fell_while_idle_is_replaced(apart: Apart) -> None:
    process = apart.run(os.getpid)
    os.kill(process, 9)
    assert apart.run(os.getpid) != process


def test_a_verdict_comes_home(apart: Apart) -> None:
    assert apart.run(judge.look, badfiles.with_attachment()).attached == ("bảng kê.xlsx",)


def test_the_windows_fence_has_the_shape_that_windows_expects() -> None:
    limits = fence.job_limits(100 * MEGABYTE)
    assert ctypes.sizeof(limits) == 144  # on 64 bits, by the documentation of JOBOBJECT_EXTENDED_LIMIT_INFORMATION
    assert limits.process_memory == 100 * MEGABYTE + fence.MAPPED_ANYWAY
    assert limits.basic.flags == 0x500
