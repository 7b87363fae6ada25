"""Two counters and a centre in one process, over a network that loses, repeats and delays: after it heals, everybody
shows the same, the chains hold, every outbox is empty and no code names two dossiers.

The seeds are the test's own, so a red run is red for the next person too; `-s` prints what each of them met. Mutants
(ways in which the code could be wrong) are planted one by one and each is caught.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from onestop.rules.errors import NetworkTrouble, Stale, StoreTrouble
from onestop.store import acts
from onestop.store.replay import Replay
from onestop.sync import court, loop
from onestop.sync.checks import Refused
from onestop.sync.protocol import Answer, Page, Pushed, Verdict
from server.peer import Centre
from tests.helpers.counters import CALM, MakeWorld, Odds, World

DAYS = 10
MEASURE = 30
"""Spans of the full measure."""
RESTORED_SEEDS = range(101, 103)
"""In these the centre, too, is brought back from a backup, twice from the same one."""


def run(world: World, days: int = DAYS) -> Tally[str]:
    """Days of work, then healing, then judging; what was met on the way."""
    for _ in range(days):
        world.day()
    rounds = world.heal()
    met: Tally[str] = Tally(f"verdict {verdict}" for _, verdict in world.given_verdicts().values())
    for desk in world.desks:
        met.update(desk.counts)
    assert world.differences() == [], f"seed {world.seed}"
    known = len(world.given_verdicts())
    print(f"seed {world.seed}: {days} days, {known} acts, healed in {rounds} rounds, {dict(met)}")  # noqa: T201  (-s)
    return met


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`--spans 30`: three hundred days and all twelve mutants; in every run of the tests forty days, four of them."""
    spans = metafunc.config.getoption("--spans")
    if metafunc.function is test_counters_converge:
        metafunc.parametrize("seed", range(1, spans + 1))
    if metafunc.function is test_mutant_is_caught:
        plants = MUTANTS if spans >= MEASURE else MUTANTS[::3]
        metafunc.parametrize("plant", plants, ids=lambda plant: plant.__name__)


def test_counters_converge(make_world: MakeWorld, seed: int) -> None:
    met = run(make_world(seed))
    assert met["receive"] > 5
    assert met["diverged"] == 0, "the stream was read otherwise than it was written"
    assert met["forks"] <= met["brought back"], "a new epoch without a restored counter"


def test_counters_converge_while_dossiers_move(make_world: MakeWorld) -> None:
    """Two counters move the same dossiers: one move stands, the other is settled, and all tell the same life."""
    met: Tally[str] = Tally()
    for seed in (201, 202, 203):
        met += run(make_world(seed, moving=True), days=5)
    assert met["move"] > 30
    assert met["deliver"] > 5
    assert met["verdict conflict"] > 0
    assert met["verdict rejected"] == 0, "the centre refused what a counter of ours had made"


@pytest.mark.parametrize("seed", RESTORED_SEEDS)
def test_counters_converge_when_the_centre_is_restored(make_world: MakeWorld, seed: int) -> None:
    world = make_world(seed, Odds(restore=0.1))
    for day in range(DAYS):
        world.day()
        if day == 3:
            world.copy_centre()
        if day in (5, 7):
            world.bring_back_centre()
    met = run(world, days=0)
    assert met["diverged"] == 0


def test_the_days_meet_what_they_are_for(make_world: MakeWorld) -> None:
    """Conflicts, cut lines, kills, restores: a test that never met them shows nothing."""
    met: Tally[str] = Tally()
    for seed in (7, 10, 12):
        met += run(make_world(seed, Odds(restore=0.2)), days=6)
    for what in (
        "verdict conflict",
        "network.unreachable",
        "killed",
        "brought back",
        "forks",
        "settle",
        "same",
        "link",
    ):
        assert met[what] > 0, what


def test_postgresql_at_the_centre(make_world: MakeWorld, postgres_tables: str) -> None:
    run(make_world(501, Odds(restore=0.1), url=postgres_tables), days=4)


# ---- mutants --------------------------------------------------------------------------------------------------------

Plant = Callable[[pytest.MonkeyPatch], None]


def cursor_before_rows(patch: pytest.MonkeyPatch) -> None:
    """The cursor moves in a transaction of its own, before the page's acts and rows."""

    def take(counter: loop.Counter, page: Page) -> loop.Taken:
        with counter.store.writing() as connection:
            place = loop._place(connection)
            if page.timeline != place.timeline or page.after != place.seq:
                return loop.Taken()
            taking = loop._Taking(connection, counter, place.here, page)
            if taking.missing():
                return loop.Taken(unknown=True)
            diverged = not taking.move_cursor()
        with counter.store.writing() as connection:
            taking = loop._Taking(connection, counter, loop._place(connection).here, page)
            taking.write_acts()
            changes = taking.write_rows()
        return loop.Taken(taking.fresh_count, taking.refused, False, diverged, changes)

    patch.setattr(loop, "take_page", take)


def own_before_others(patch: pytest.MonkeyPatch) -> None:
    """A counter folds its own unanswered acts before those that the centre has accepted."""
    a = acts._table
    patch.setattr(acts, "ORDER", (a.seq.is_not(None), a.seq, a.epoch, a.dseq))


def verdict_after_rows(patch: pytest.MonkeyPatch) -> None:
    """Verdicts are written once the rows are made: a refused act is still in them."""
    write_rows, move_cursor = loop._Taking.write_rows, loop._Taking.move_cursor

    def before(taking: loop._Taking) -> Any:
        a = acts._table
        for each in taking._page.entries:
            if each.act_id in taking._known:
                was = loop.update(loop.schema.act).where(a.act_id == each.act_id)
                taking._connection.execute(was.values(seq=None, verdict=None))
        return write_rows(taking)

    def after(taking: loop._Taking) -> bool:
        for each in taking._page.entries:
            if each.act_id in taking._known:
                taking._answer(each, taking._known[each.act_id])
        return move_cursor(taking)

    patch.setattr(loop._Taking, "write_rows", before)
    patch.setattr(loop._Taking, "move_cursor", after)


def refold_omitted(patch: pytest.MonkeyPatch) -> None:
    """Subjects on which something else stands are not made anew."""
    patch.setattr(Replay, "anew", lambda replay, subject: None)


def folded_twice(patch: pytest.MonkeyPatch) -> None:
    """An act that arrives again is folded again."""
    fold = Replay.fold

    def twice(replay: Replay, act: acts.Act, but: Any = ()) -> None:
        fold(replay, act, but)
        fold(replay, act, but)

    patch.setattr(Replay, "fold", twice)


def conflict_folded(patch: pytest.MonkeyPatch) -> None:
    """Counters fold what the centre found in conflict."""
    patch.setattr(loop, "_countable", lambda each: each.verdict in (Verdict.OK, Verdict.CONFLICT))


def conflict_not_seen(patch: pytest.MonkeyPatch) -> None:
    """The centre takes an act whose base has moved, as far as it fits."""
    fold = court.Court._fold

    def careless(bench: court.Court, act: acts.Act) -> None:
        try:
            fold(bench, act)
        except Refused as refused:
            if not isinstance(refused.__cause__, Stale):
                raise

    patch.setattr(court.Court, "_fold", careless)


def page_taken_anywhere(patch: pytest.MonkeyPatch) -> None:
    """A page is taken although the cursor has moved on: the cursor goes back."""
    place = loop._place

    def take(counter: loop.Counter, page: Page) -> loop.Taken:
        with counter.store.writing() as connection:
            taking = loop._Taking(connection, counter, place(connection).here, page)
            if taking.missing():
                return loop.Taken(unknown=True)
            taking.write_acts()
            changes = taking.write_rows()
            return loop.Taken(taking.fresh_count, taking.refused, False, not taking.move_cursor(), changes)

    def pulled_twice(counter: loop.Counter, outcome: loop.Outcome, whole: bool = False) -> bool:
        pull = counter.peer.pull
        with counter.store.reading() as connection:
            here = place(connection)
        wish = loop.Pull(here.here.office_id, here.here.device_id, here.timeline or "", here.seq, whole=whole)
        page = pull(wish)
        if page.answer is Answer.OK and not take(counter, page).unknown:
            take(counter, page)
        return pull_all(counter, outcome, whole)

    pull_all = loop._pull_all
    patch.setattr(loop, "_pull_all", pulled_twice)


def marked_before_it_is_sent(patch: pytest.MonkeyPatch) -> None:
    """An act counts as sent before the answer is there, and what was sent is not sent again."""
    behind, sent = loop._behind, set[str]()

    def unsent(connection: Any, here: acts.Head, ack: int) -> list[acts.Record]:
        found = [each for each in behind(connection, here, ack) if each.h not in sent]
        sent.update(each.h for each in found)
        return found

    patch.setattr(loop, "_behind", unsent)


def old_chain_kept(patch: pytest.MonkeyPatch) -> None:
    """A counter with a new epoch leaves its unanswered acts in the old one."""

    def begin(connection: Any, here: acts.Head, epoch: int) -> acts.Head:
        return acts.begin_epoch(connection, here, epoch, here.counter, here.machine)

    patch.setattr(acts, "rechain", begin)


def codes_not_checked(patch: pytest.MonkeyPatch) -> None:
    """The centre lets two dossiers have one code, and a counter does not make room for the accepted one."""
    patch.setattr(court, "CHECKS", {})
    patch.setattr(loop._Taking, "_hold_taken_code", lambda taking, act: None)


def ack_runs_ahead(patch: pytest.MonkeyPatch) -> None:
    """The centre acknowledges one act more than it holds."""
    push = Centre.push

    def generous(centre: Centre, message: Any) -> Pushed:
        answer = push(centre, message)
        return replace(answer, ack=answer.ack + 1) if answer.answer is Answer.OK and message.acts else answer

    patch.setattr(Centre, "push", generous)
    patch.setattr(loop, "TRIES", 1)


MUTANTS: tuple[Plant, ...] = (
    cursor_before_rows,
    own_before_others,
    verdict_after_rows,
    refold_omitted,
    folded_twice,
    conflict_folded,
    conflict_not_seen,
    page_taken_anywhere,
    marked_before_it_is_sent,
    old_chain_kept,
    codes_not_checked,
    ack_runs_ahead,
)


ODDS = {codes_not_checked: Odds(restore=0.4, image=1.0, acts=(20, 40))}


def test_mutant_is_caught(make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch, plant: Plant) -> None:
    """Within a few seeds the judging, the digest or the healing says that something is wrong."""
    plant(monkeypatch)
    for seed in range(1, 25):
        found = seen_wrong(make_world, seed, ODDS.get(plant, Odds(restore=0.15, kill=0.3)))
        if found:
            print(f"{plant.__name__}: seed {seed}: {found}")  # noqa: T201  (-s)
            return
    pytest.fail(f"{plant.__name__} was not caught")


def seen_wrong(make_world: MakeWorld, seed: int, odds: Odds) -> str:
    """What the same judging that the days above passed says of a world with a mutant in it; "" = nothing."""
    try:
        world = make_world(seed, odds)
        for _ in range(6):
            world.day()
        world.heal()
    except (AssertionError, NetworkTrouble, StoreTrouble) as error:
        return f"{type(error).__name__} {error}"
    diverged = sum(desk.counts["diverged"] for desk in world.desks)
    wrong = world.differences()
    return f"diverged {diverged} times" if diverged else wrong[0] if wrong else ""


def test_without_a_mutant_the_same_days_are_well(make_world: MakeWorld) -> None:
    """What catches the mutants does not cry wolf."""
    for seed in range(1, 5):
        met = run(make_world(seed, Odds(restore=0.15, kill=0.3)), days=6)
        assert met["diverged"] == 0


def test_killed_at_every_statement_of_an_exchange(make_world: MakeWorld) -> None:
    """One exchange, killed at its first statement, at its second, and so on: it always ends well."""
    world = make_world(7, replace(CALM, acts=(25, 25)))
    world.day()
    kills = 0
    for fuse in range(0, 300, 5):
        world.one.work()
        world.two.work()
        before = world.one.counts["killed"]
        world.one.exchange(fuse)
        kills += world.one.counts["killed"] - before
        world.two.exchange()
    world.heal()
    assert world.differences() == []
    assert kills >= 5
