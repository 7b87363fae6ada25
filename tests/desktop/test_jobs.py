"""The only threads: lanes, the way home, dropped answers, progress, giving up, the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.jobs import Cancelled, DirectJobs, Jobs, LaneName, Report

GUI = threading.main_thread().name


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    assert made.close(5)


class Gate:
    """Work that waits until the test lets it go on."""

    def __init__(self) -> None:
        self.begun, self.open = threading.Event(), threading.Event()

    def __call__(self, *_report: object) -> str:
        self.begun.set()
        assert self.open.wait(5)
        return "through"


def test_work_runs_outside_and_its_answer_comes_home(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[tuple[str, str]] = []
    jobs.submit(
        LaneName.READ,
        lambda: threading.current_thread().name,
        done=lambda name: seen.append((name, threading.current_thread().name)),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [("lane-read", GUI)]
    assert not jobs.busy


def test_a_failure_comes_home_as_it_is(jobs: Jobs, qtbot: QtBot) -> None:
    failed: list[BaseException] = []
    over: list[str] = []
    jobs.submit(LaneName.FREE, lambda: 1 // 0, failed=failed.append, always=lambda: over.append("over"))
    qtbot.waitUntil(lambda: bool(over))
    assert isinstance(failed[0], ZeroDivisionError)


def test_writes_follow_one_another_in_the_order_they_came(jobs: Jobs, qtbot: QtBot) -> None:
    began: list[int] = []
    at_once: list[int] = []
    inside = 0

    def write(number: int) -> Callable[[], None]:
        def work() -> None:
            nonlocal inside
            inside += 1
            began.append(number)
            at_once.append(inside)
            inside -= 1

        return work

    for number in range(50):
        jobs.submit(LaneName.STORE, write(number))
    qtbot.waitUntil(lambda: not jobs.busy)
    assert began == list(range(50))
    assert set(at_once) == {1}


def test_a_read_does_not_wait_for_long_work_or_a_write(jobs: Jobs, qtbot: QtBot) -> None:
    gates = [Gate() for _ in range(3)]
    for lane, gate in zip((LaneName.STORE, LaneName.FREE, LaneName.FREE), gates, strict=True):
        jobs.submit(lane, gate)
    for gate in gates:
        assert gate.begun.wait(5)
    seen: list[str] = []
    jobs.submit(LaneName.READ, lambda: "read", done=seen.append)
    qtbot.waitUntil(lambda: seen == ["read"])
    for gate in gates:
        gate.open.set()


def test_the_answer_for_a_closed_window_is_dropped(jobs: Jobs, qtbot: QtBot) -> None:
    gate, owner, seen = Gate(), QObject(), []
    jobs.submit(LaneName.READ, gate, done=seen.append, failed=seen.append, always=lambda: seen.append(0), owner=owner)
    assert gate.begun.wait(5)
    delete(owner)
    gate.open.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert seen == []


def test_what_must_be_told_is_told_even_when_the_window_is_closed(jobs: Jobs, qtbot: QtBot) -> None:
    gate, owner, seen, first = Gate(), QObject(), [], []
    jobs.submit(LaneName.STORE, gate, first=first.append, done=seen.append, owner=owner)
    assert gate.begun.wait(5)
    delete(owner)
    gate.open.set()
    qtbot.waitUntil(lambda: first == ["through"])
    assert seen == []


def test_a_newer_question_drops_the_answer_to_the_older(jobs: Jobs, qtbot: QtBot) -> None:
    gate, owner, seen = Gate(), QObject(), []
    jobs.submit(LaneName.READ, gate, done=seen.append, owner=owner, key="find")
    assert gate.begun.wait(5)
    jobs.submit(LaneName.READ, lambda: "newer", done=seen.append, owner=owner, key="find")
    jobs.submit(LaneName.READ, lambda: "other", done=seen.append, owner=owner, key="list")
    qtbot.waitUntil(lambda: sorted(seen) == ["newer", "other"])
    gate.open.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert sorted(seen) == ["newer", "other"]


def test_an_overtaken_question_that_has_not_begun_never_runs(jobs: Jobs, qtbot: QtBot) -> None:
    gates, owner, ran = [Gate(), Gate()], QObject(), []
    for gate in gates:
        jobs.submit(LaneName.READ, gate)
        assert gate.begun.wait(5)
    for letter in "abc":
        jobs.submit(LaneName.READ, lambda letter=letter: ran.append(letter), owner=owner, key="find")
    for gate in gates:
        gate.open.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert ran == ["c"]


def test_what_an_owner_no_longer_asks_is_dropped_but_his_writes_are_done(qtbot: QtBot) -> None:
    jobs, owner, other = DirectJobs(hold=True), QObject(), QObject()
    seen: list[str] = []

    def ask(who: QObject, key: str, first: Callable[[Any], None] | None = None) -> None:
        jobs.submit(LaneName.READ, lambda: key, done=seen.append, owner=who, key=key, first=first)

    ask(owner, "person")
    ask(owner, "offer")
    ask(other, "of somebody else")
    jobs.forget(owner, "person")
    ask(owner, "asked afterwards")
    jobs.release()
    assert seen == ["offer", "of somebody else", "asked afterwards"]
    seen.clear()
    ask(owner, "a question")
    ask(owner, "a write", first=lambda answer: seen.append(f"told: {answer}"))
    jobs.forget(owner)
    jobs.release()
    assert seen == ["told: a write", "a write"]


def test_progress_comes_home_and_the_last_step_always_does(jobs: Jobs, qtbot: QtBot) -> None:
    steps: list[tuple[int, int | None, str]] = []
    seen: list[int] = []

    def work(report: Report) -> int:
        for number in range(1, 10_001):
            report.step(number, 10_000, "dòng")
        return 7

    jobs.submit(LaneName.FREE, work, done=seen.append, progress=lambda *step: steps.append(step), reports=True)
    qtbot.waitUntil(lambda: seen == [7])
    assert steps[-1] == (10_000, 10_000, "dòng")
    assert len(steps) < 1000, "the GUI thread is not flooded"


def test_work_is_given_up_at_its_next_step(jobs: Jobs, qtbot: QtBot) -> None:
    began, seen, over = threading.Event(), [], []

    def work(report: Report) -> None:
        while True:
            began.set()
            report.step(1)

    ticket = jobs.submit(
        LaneName.FREE, work, done=seen.append, failed=seen.append, always=lambda: over.append(1), reports=True
    )
    assert began.wait(5)
    ticket.cancel()
    qtbot.waitUntil(lambda: over == [1])
    assert seen == []


def test_at_the_end_writes_are_done_and_long_work_is_given_up(qtbot: QtBot) -> None:
    jobs, gate, written, began = Jobs(), Gate(), [], threading.Event()

    def forever(report: Report) -> None:
        while True:
            began.set()
            report.step()

    jobs.submit(LaneName.FREE, forever, reports=True)
    jobs.submit(LaneName.STORE, gate, first=lambda _answer: None)
    jobs.submit(LaneName.STORE, lambda: written.append(1), first=lambda _answer: None)
    assert gate.begun.wait(5)
    assert began.wait(5)
    gate.open.set()
    assert jobs.close(5)
    assert written == [1]
    jobs.submit(LaneName.STORE, lambda: written.append(2))
    assert written == [1], "nothing begins after the end"


def test_an_error_while_an_answer_is_used_still_lets_the_button_go(qtbot: QtBot) -> None:
    jobs, over = DirectJobs(), []

    def stumble(_answer: Any) -> None:
        raise LookupError

    with qtbot.captureExceptions() as caught:
        jobs.submit(LaneName.READ, lambda: 1, done=stumble, always=lambda: over.append(1))
    assert [kind for kind, _error, _trace in caught] == [LookupError]
    assert over == [1]


def test_direct_jobs_answer_at_once(qtbot: QtBot) -> None:
    jobs, seen = DirectJobs(), []
    jobs.submit(LaneName.STORE, lambda: threading.current_thread().name, done=seen.append)
    assert seen == [GUI]


def test_direct_jobs_can_hold_answers_back(qtbot: QtBot) -> None:
    jobs, owner, seen = DirectJobs(hold=True), QObject(), []
    for letter in "abc":
        jobs.submit(LaneName.READ, lambda letter=letter: letter, done=seen.append, owner=owner, key="find")
    assert seen == []
    assert jobs.release(1) == 1
    assert seen == []
    assert jobs.release() == 2
    assert seen == ["c"]


def test_cancelled_is_no_failure(qtbot: QtBot) -> None:
    jobs, seen = DirectJobs(), []

    def work(report: Report) -> None:
        raise Cancelled

    jobs.submit(LaneName.FREE, work, done=seen.append, failed=seen.append, reports=True)
    assert seen == []
