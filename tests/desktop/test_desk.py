"""Three verbs and three roads of trouble."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.bus import Bus, Level, Notice
from desktop.crash import Reports
from desktop.desk import Desk
from desktop.jobs import DirectJobs, Report
from onestop.rules.errors import DeviceTrouble, RuleBroken, Stale, StoreTrouble
from tests.desktop.pretend import PretendChanges, PretendDone, PretendOffice

CHANGES = PretendChanges({"dossier": frozenset({"d1"})})


class Scene:
    def __init__(self, folder: Path, *, hold: bool = False) -> None:
        self.bus = Bus()
        self.jobs = DirectJobs(hold=hold)
        self.desk = Desk(PretendOffice(), self.jobs, self.bus, Reports(folder))
        self.told: list[Notice] = []
        self.changed: list[Any] = []
        self.bus.listen(self.told.append)
        self.bus.changed.connect(self.changed.append)

    @property
    def codes(self) -> list[str]:
        return [notice.code for notice in self.told]


@pytest.fixture
def scene(qtbot: QtBot, tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def raising(error: Exception) -> Callable[..., Any]:
    def call(*_arguments: Any, **_named: Any) -> Any:
        raise error

    return call


def test_ask_reads_and_gives_the_rows(scene: Scene) -> None:
    def query(connection: str, word: str, *, size: int) -> tuple[str, str, int]:
        return connection, word, size

    seen: list[Any] = []
    scene.desk.ask(query, "khai", size=5, then=seen.append)
    assert seen == [("connection", "khai", 5)]
    assert scene.changed == []


def test_do_writes_and_tells_every_screen_before_the_one_that_asked(scene: Scene) -> None:
    order: list[str] = []
    scene.bus.changed.connect(lambda _changes: order.append("changed"))

    def action(work: str, form: int) -> PretendDone:
        return PretendDone(form + 1, CHANGES)

    scene.desk.do(action, 41, then=lambda answer: order.append(f"then {answer}"))
    assert order == ["changed", "then 42"]
    assert scene.changed == [CHANGES]


def test_a_write_that_touched_nothing_tells_nobody(scene: Scene) -> None:
    scene.desk.do(lambda work, form: PretendDone(None), None)
    assert scene.changed == []


def test_a_write_is_told_even_when_its_screen_is_gone(qtbot: QtBot, tmp_path: Path) -> None:
    scene, owner, seen = Scene(tmp_path, hold=True), QObject(), []
    scene.desk.do(lambda work, form: PretendDone(1, CHANGES), None, then=seen.append, owner=owner)
    delete(owner)
    scene.jobs.release()
    assert scene.changed == [CHANGES]
    assert seen == []


def test_a_write_that_failed_is_told_even_when_its_screen_is_gone(qtbot: QtBot, tmp_path: Path) -> None:
    scene, owner, seen = Scene(tmp_path, hold=True), QObject(), []
    scene.desk.do(raising(RuleBroken("rule.x")), None, owner=owner, or_else=seen.append)
    delete(owner)
    scene.jobs.release()
    assert scene.codes == ["rule.x"]
    assert seen == []


@pytest.mark.parametrize("verb", ["ask", "do", "run"])
def test_a_broken_rule_goes_to_the_screen_that_asked(scene: Scene, verb: str) -> None:
    seen: list[RuleBroken] = []
    over: list[int] = []
    call(
        scene, verb, raising(RuleBroken("name.empty", field="name")), or_else=seen.append, always=lambda: over.append(1)
    )
    assert [(broken.code, broken.details) for broken in seen] == [("name.empty", {"field": "name"})]
    assert scene.told == []
    assert over == [1]


@pytest.mark.parametrize(
    ("error", "level", "code"),
    [
        (RuleBroken("name.empty"), Level.WARNING, "name.empty"),
        (Stale(), Level.WARNING, "act.stale"),
        (StoreTrouble("store.full"), Level.DANGER, "store.full"),
        (DeviceTrouble("printer.off", printer="HP"), Level.DANGER, "printer.off"),
    ],
)
@pytest.mark.parametrize("verb", ["ask", "do", "run"])
def test_what_nobody_took_becomes_a_notice(scene: Scene, verb: str, error: Exception, level: Level, code: str) -> None:
    call(scene, verb, raising(error))
    assert [(notice.level, notice.code) for notice in scene.told] == [(level, code)]


@pytest.mark.parametrize("verb", ["ask", "do", "run"])
@pytest.mark.expects_log("test_desk")
def test_our_bug_is_reported_and_apologised_for(scene: Scene, verb: str, tmp_path: Path) -> None:
    seen: list[Any] = []
    call(scene, verb, raising(KeyError("038190000012")), or_else=seen.append)
    assert seen == []
    assert scene.codes == ["program.bug"]
    (report,) = tmp_path.glob("crash-*.txt")
    assert scene.told[0].details["file"] == str(report)
    text = report.read_text("utf-8")
    assert "KeyError" in text
    assert "038190000012" not in text


def test_long_work_shows_how_far_it_is_and_leaves_the_bar(scene: Scene) -> None:
    def work(report: Report, rows: int) -> PretendDone:
        for number in range(rows):
            report.step(number + 1, rows, "dòng")
        return PretendDone(rows, CHANGES)

    seen: list[Any] = []
    scene.desk.run(work, 3, then=lambda done: seen.append(done.answer), what="progress.import")
    steps = [notice for notice in scene.told if not notice.details.get("over")]
    assert all(notice.level is Level.PROGRESS and notice.key == scene.told[-1].key for notice in scene.told)
    assert steps[-1].details == {"done": 3, "total": 3, "what": "dòng"}
    assert scene.told[-1].details == {"over": True}
    assert seen == [3]
    assert scene.changed == [CHANGES]


def test_two_long_works_have_bars_of_their_own(scene: Scene) -> None:
    for _ in range(2):
        scene.desk.run(lambda report: report.step(1, 1), what="progress.import")
    assert len({notice.key for notice in scene.told}) == 2


def test_an_older_answer_is_dropped(qtbot: QtBot, tmp_path: Path) -> None:
    scene, owner, seen = Scene(tmp_path, hold=True), QObject(), []
    for word in ("a", "an", "anh"):
        scene.desk.ask(lambda connection, word: word, word, then=seen.append, owner=owner, key="find")
    scene.jobs.release()
    assert seen == ["anh"]


def test_notices_told_before_a_window_listens_are_kept(qtbot: QtBot) -> None:
    bus, heard = Bus(), []
    bus.tell(Notice(Level.NOTE, "first"))
    bus.tell(Notice(Level.NOTE, "second"))
    bus.listen(heard.append)
    bus.tell(Notice(Level.NOTE, "third"))
    assert [notice.code for notice in heard] == ["first", "second", "third"]


def call(scene: Scene, verb: str, failing: Callable[..., Any], **how: Any) -> None:
    if verb == "ask":
        scene.desk.ask(failing, then=lambda _rows: None, **how)
    elif verb == "do":
        scene.desk.do(failing, None, **how)
    else:
        scene.desk.run(failing, **how)
