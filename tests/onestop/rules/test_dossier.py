"""The ten states, the moves between them, on time or not, and edits that do or do not conflict."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.clock import VIETNAM
from onestop.rules.dossier import (
    EDIT_GROUPS,
    FINAL,
    OF_COMPONENT,
    OPEN,
    TRANSITIONS,
    Move,
    Stage,
    State,
    Timeliness,
    after,
    apply_edit,
    edit,
    groups_of,
    is_overdue,
    judge,
    moves_from,
)
from onestop.rules.errors import RuleBroken, Stale
from onestop.texts import SENTENCES


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def test_the_names_and_numbers_of_the_contract() -> None:
    names = "new received refused processing supplement awaiting-payment withdrawn stopped finished handed-back"
    assert [state.value for state in State] == names.split()
    assert [state.number for state in State] == list(range(1, 11))
    assert [State.numbered(number) for number in range(1, 11)] == list(State)
    for number in (0, 11, -1):
        with pytest.raises(ValueError):
            State.numbered(number)
    assert all(f"state.{state}" in SENTENCES for state in State)


# From state to state, by national number: what may be, and by which move (0 = no dossier yet).
ALLOWED = {
    (0, 1): Move.REGISTER,
    (0, 2): Move.RECEIVE,
    (1, 2): Move.ACCEPT,
    (1, 3): Move.REFUSE,
    (1, 5): Move.SUPPLEMENT,
    (2, 4): Move.FORWARD,
    (2, 5): Move.SUPPLEMENT,
    (4, 5): Move.SUPPLEMENT,
    (5, 2): Move.COMPLETE,
    (5, 4): Move.COMPLETE,
    (5, 3): Move.REFUSE,
    (5, 8): Move.STOP,
    (4, 6): Move.ASK_PAYMENT,
    (6, 4): Move.PAID,
    (1, 7): Move.WITHDRAW,
    (2, 7): Move.WITHDRAW,
    (4, 7): Move.WITHDRAW,
    (5, 7): Move.WITHDRAW,
    (6, 7): Move.WITHDRAW,
    (2, 8): Move.STOP,
    (4, 8): Move.STOP,
    (6, 8): Move.STOP,
    (2, 9): Move.FINISH,
    (4, 9): Move.FINISH,
    (9, 10): Move.HAND_BACK,
    (9, 4): Move.RECALL,
}


def test_the_table_is_the_law_and_nothing_more() -> None:
    rows = [(row.start.number if row.start else 0, row.end.number, row.move) for row in TRANSITIONS]
    assert len(rows) == len(set(rows))
    assert {(start, end): move for start, end, move in rows} == ALLOWED
    assert all(row.source for row in TRANSITIONS)


@pytest.mark.parametrize("start", [None, *State])
@pytest.mark.parametrize("move", list(Move))
def test_every_state_with_every_move(start: State | None, move: Move) -> None:
    ends = {
        State.numbered(end)
        for (begin, end), by in ALLOWED.items()
        if by is move and begin == (start.number if start else 0)
    }
    for stage in Stage:
        if move in moves_from(start, stage=stage):
            assert after(start, move, stage=stage) in ends
            continue
        with pytest.raises(RuleBroken) as caught:
            after(start, move, stage=stage)
        assert caught.value.code == "dossier.move-not-allowed"
        assert caught.value.details == {"state": start.value if start else "", "move": move.value}


def test_nothing_follows_the_end() -> None:
    assert {state.number for state in FINAL} == {3, 7, 8, 10}
    assert all(moves_from(state) == () for state in FINAL)
    assert {state.number for state in OPEN} == {1, 2, 4, 5, 6}


@pytest.mark.parametrize(
    ("stage", "came_from", "end"),
    [
        (Stage.AFTER, State.PROCESSING, State.PROCESSING),
        (Stage.AFTER, State.RECEIVED, State.RECEIVED),
        (Stage.AFTER, None, State.RECEIVED),
        (Stage.BEFORE, State.NEW, State.RECEIVED),
    ],
)
def test_a_completed_supplement_goes_back_where_it_came_from(stage: Stage, came_from: State | None, end: State) -> None:
    assert after(State.SUPPLEMENT, Move.COMPLETE, stage=stage, came_from=came_from) is end


def test_an_uncompleted_supplement_is_refused_before_acceptance_and_stopped_after() -> None:
    assert after(State.SUPPLEMENT, Move.REFUSE, stage=Stage.BEFORE) is State.REFUSED
    assert after(State.SUPPLEMENT, Move.STOP, stage=Stage.AFTER) is State.STOPPED
    with pytest.raises(RuleBroken):
        after(State.SUPPLEMENT, Move.REFUSE, stage=Stage.AFTER)
    with pytest.raises(RuleBroken):
        after(State.SUPPLEMENT, Move.STOP, stage=Stage.BEFORE)


# -- on time

DUE = at("2026-11-25T17:00")


@pytest.mark.parametrize(
    ("finished", "by_day", "by_hour"),
    [
        ("2026-11-24T23:59", Timeliness.EARLY, Timeliness.EARLY),
        ("2026-11-25T00:00", Timeliness.ON_TIME, Timeliness.ON_TIME),
        ("2026-11-25T17:00", Timeliness.ON_TIME, Timeliness.ON_TIME),
        ("2026-11-25T17:01", Timeliness.ON_TIME, Timeliness.LATE),
        ("2026-11-25T23:59", Timeliness.ON_TIME, Timeliness.LATE),
        ("2026-11-26T00:00", Timeliness.LATE, Timeliness.LATE),
    ],
)
def test_early_on_time_late(finished: str, by_day: Timeliness, by_hour: Timeliness) -> None:
    for moment in (at(finished), at(finished).astimezone(UTC)):
        assert judge(DUE, moment) is by_day
        assert judge(DUE.astimezone(UTC), moment, by_hour=True) is by_hour


def test_without_a_date_there_is_nothing_to_judge() -> None:
    assert judge(None, DUE) is None
    assert not is_overdue(None, State.PROCESSING, DUE)


@pytest.mark.parametrize(
    ("state", "now", "overdue"),
    [
        (State.PROCESSING, "2026-11-25T17:00", False),
        (State.PROCESSING, "2026-11-25T17:01", True),
        (State.RECEIVED, "2026-11-26T08:00", True),
        (State.FINISHED, "2026-11-26T08:00", False),
        (State.HANDED_BACK, "2026-11-26T08:00", False),
        (State.WITHDRAWN, "2026-11-26T08:00", False),
    ],
)
def test_overdue(state: State, now: str, overdue: bool) -> None:
    assert is_overdue(DUE, state, at(now)) is overdue


# -- edits

DOSSIER = {
    "phone": "0912345678",
    "email": None,
    "summary": "Đăng ký khai sinh cho con",
    "delivery": {"way": "counter"},
    "relation": None,
    "fields": {"noi_sinh": "Bệnh viện Mẫu"},
    "components": [{"key": "to-khai", "originals": 1}, {"key": "chung-sinh", "originals": 0}],
    "persons": [{"position": 0, "role": "owner", "name": "Trần Thị Mẫu", "citizen_id": "x"}],
    "state": "received",
}


def paper(originals: int) -> dict[str, object]:
    return {**dict.fromkeys(OF_COMPONENT), "originals": originals}


def test_the_groups_of_a_dossier() -> None:
    assert set(EDIT_GROUPS) == {"contact", "delivery", "summary", "relation"}
    assert groups_of(DOSSIER) == {
        "contact": {"phone": "0912345678", "email": None},
        "delivery": {"way": "counter"},
        "summary": "Đăng ký khai sinh cho con",
        "relation": None,
        "component:to-khai": paper(1),
        "component:chung-sinh": paper(0),
        "field:noi_sinh": "Bệnh viện Mẫu",
        "person:0": "Trần Thị Mẫu",
    }


def test_an_edit_carries_old_and_new_of_what_differs() -> None:
    new = {**DOSSIER, "phone": "0987654321", "components": [{"key": "to-khai", "originals": 2}]}
    assert edit(groups_of(DOSSIER), groups_of(new)) == {
        "contact": [{"phone": "0912345678", "email": None}, {"phone": "0987654321", "email": None}],
        "component:to-khai": [paper(1), paper(2)],
        "component:chung-sinh": [paper(0), None],
    }


def test_two_edits_of_different_groups_both_stand() -> None:
    base = groups_of(DOSSIER)
    phone = edit(base, groups_of({**DOSSIER, "phone": "0987654321"}))
    summary = edit(base, groups_of({**DOSSIER, "summary": "Khai sinh"}))
    one = apply_edit(apply_edit(base, phone), summary)
    assert one == apply_edit(apply_edit(base, summary), phone)
    assert (one["contact"]["phone"], one["summary"]) == ("0987654321", "Khai sinh")


def test_an_edit_of_what_another_has_moved_is_stale_and_changes_nothing() -> None:
    base = groups_of(DOSSIER)
    mine = edit(base, groups_of({**DOSSIER, "phone": "0987654321", "summary": "Khai sinh"}))
    theirs = edit(base, groups_of({**DOSSIER, "phone": "0900000000"}))
    now = apply_edit(base, theirs)
    with pytest.raises(Stale) as caught:
        apply_edit(now, mine)
    details = caught.value.details
    assert (details["groups"], details["group"]) == (["contact"], "contact")
    phones = [details[key]["phone"] for key in ("current", "old", "new")]
    assert phones == ["0900000000", "0912345678", "0987654321"]
    assert now["summary"] == DOSSIER["summary"]


VALUES = st.dictionaries(
    st.sampled_from(["contact", "summary", "delivery", "component:a", "component:b"]), st.integers(0, 3), max_size=5
)


@given(old=VALUES, new=VALUES)
def test_an_edit_applied_gives_the_new_values_once_or_twice(old: dict[str, int], new: dict[str, int]) -> None:
    changes = edit(old, new)
    once = apply_edit(old, changes)
    assert {group: value for group, value in once.items() if value is not None} == new
    assert apply_edit(once, changes) == once
    assert edit(new, new) == {}
