"""The unit of work: all of it or nothing, one act and its rows together, and what was touched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from onestop import clock
from onestop.actions import drafts
from onestop.actions.drafts import DraftForm
from onestop.rules.errors import RuleBroken, Stale, StoreTrouble
from onestop.rules.roles import Permission
from onestop.store import acts, engine, rebuild, schema
from onestop.store.acts import Act, Head
from onestop.store.engine import Store
from onestop.store.files import Files
from onestop.store.work import Actor, Done, Kind, Row, Work, kind_of, load, perform, save

CLERK = Actor("clerk", "Trần Thu Hà", "reception")


def fold_made(subject: Row | None, act: Act) -> Row:
    if subject is not None:
        raise Stale()
    return {
        "id": act.subjects[0][1], "office_id": act.office_id, "login": act.body["login"], "name": "A", "title": None,
        "role": "reception", "counter": None, "active": True, "since": act.at,
    }  # fmt: skip


def fold_named(subject: Row | None, act: Act) -> Row:
    if subject is None:
        raise Stale()
    return {**subject, "name": act.body["name"]}


def fold_gone(subject: Row | None, act: Act) -> None:
    return None


KINDS = {
    kind.name: kind
    for kind in (
        Kind("made", {"clerk": fold_made}),
        Kind("named", {"clerk": fold_named}, version=2),
        Kind("gone", {"clerk": fold_gone}),
        Kind("mentioned", {}),
    )
}


def made(work: Work, login: str) -> str:
    work.record("made", [("clerk", login)], {"login": login})
    return login


def do(store: Store, files: Files, action: Any, form: Any, **options: Any) -> Done[Any]:
    return perform(store, KINDS, files, CLERK, action, form, **options)


def counted(store: Store) -> dict[str, int]:
    with store.reading() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (schema.act, schema.act_subject, schema.clerk, schema.setting)
        }


def test_an_act_and_its_rows_are_written_together(store: Store, files: Files) -> None:
    done = do(store, files, made, "a")
    assert done.answer == "a"
    assert done.changes.touched == {"clerk": frozenset({"a"})}
    assert bool(done.changes)
    assert done.changes.of("citizen") == frozenset()
    assert (done.head.dseq, done.acts) == (1, 1)
    assert counted(store) == {"act": 1, "act_subject": 1, "clerk": 1, "setting": 0}
    with store.reading() as connection:
        here = acts.head(connection)
        assert here == done.head
        assert rebuild.compare(connection, KINDS, files, here.office_id) == []


class Bug(Exception):
    """Nobody's fault but ours."""


@pytest.mark.parametrize("error", [RuleBroken("x"), StoreTrouble("y"), Stale(), Bug(), KeyboardInterrupt()])
def test_whatever_is_raised_rolls_all_back(store: Store, files: Files, error: BaseException) -> None:
    do(store, files, made, "a")
    before = counted(store)

    def fail(work: Work, form: None) -> None:
        made(work, "b")
        work.record("named", [("clerk", "a")], {"name": "B"})
        note = {"office_id": work.office_id, "person": "", "key": "k", "value": 1}
        work.connection.execute(insert(schema.setting), note)
        raise error

    with pytest.raises(type(error)):
        do(store, files, fail, None)
    assert counted(store) == before
    assert do(store, files, made, "b").head.dseq == 2


def test_a_fold_that_does_not_fit_leaves_nothing(store: Store, files: Files) -> None:
    do(store, files, made, "a")
    with pytest.raises(Stale):
        do(store, files, made, "a")
    assert counted(store)["act"] == 1


def test_an_act_that_only_mentions_changes_no_row(store: Store, files: Files) -> None:
    do(store, files, made, "a")
    done = do(store, files, lambda work, form: work.record("mentioned", [("clerk", "a"), ("clerk", "a")], {}), None)
    assert not done.changes
    assert counted(store)["act_subject"] == 2


def test_a_subject_can_go_and_come_again(store: Store, files: Files) -> None:
    do(store, files, made, "a")
    do(store, files, lambda work, form: work.record("gone", [("clerk", "a")], {}), None)
    assert counted(store)["clerk"] == 0
    do(store, files, made, "a")
    with store.reading() as connection:
        here = acts.head(connection)
        assert here is not None
        assert rebuild.compare(connection, KINDS, files, here.office_id) == []
        assert load(connection, "clerk", "a", "another office") is None


def test_a_kind_or_version_of_a_newer_program_is_kept_and_folds_into_nothing(store: Store, files: Files) -> None:
    done = do(store, files, made, "a")
    newer = {**KINDS, "later": Kind("later", {"clerk": fold_gone}), "named": Kind("named", {"clerk": fold_named}, 3)}

    def write(work: Work, form: None) -> None:
        work.record("named", [("clerk", "a")], {"name": "C"})
        work.record("later", [("clerk", "a")], {})

    perform(store, newer, files, CLERK, write, None)
    with store.reading() as connection:
        here = done.head
        found = acts.of_subject(connection, ("clerk", "a"))
        assert [act.kind for act in found] == ["made", "named", "later"]
        assert [kind_of(KINDS, act) is None for act in found] == [False, True, True]
        old = rebuild.states(connection, KINDS, files, here.office_id)
        assert old["clerk"]["a"]["name"] == "A"
        assert rebuild.states(connection, newer, files, here.office_id)["clerk"] == {}


def test_permission_is_asked_of_the_role(store: Store, files: Files) -> None:
    def ask(work: Work, permission: Permission) -> None:
        work.demand(permission)

    do(store, files, ask, Permission.RECEIVE)
    with pytest.raises(RuleBroken) as caught:
        do(store, files, ask, Permission.MANAGE_CLERKS)
    assert caught.value.code == "permission.missing"


def test_a_clock_set_back_a_day_stops_the_work(store: Store, files: Files) -> None:
    """The time of acceptance has legal effect; some minutes are forgiven, training is free of it."""
    now = datetime(2026, 11, 23, 9, 0, tzinfo=clock.VIETNAM)
    with clock.frozen(now):
        do(store, files, made, "a")
    with clock.frozen(now - timedelta(days=1)):
        with pytest.raises(StoreTrouble) as caught:
            do(store, files, made, "b")
        assert caught.value.code == "clock.set-back"
        assert "2026-11-23" in caught.value.details["last"]
        do(store, files, made, "trained", real_time=False)
    with clock.frozen(now - timedelta(minutes=9)):
        do(store, files, made, "b")
    assert counted(store)["clerk"] == 3


def test_what_is_no_act_needs_no_clock(store: Store, files: Files) -> None:
    """A draft has no legal life: what somebody types is never lost for the sake of the clock."""
    now = datetime(2026, 11, 23, 9, 0, tzinfo=clock.VIETNAM)
    with clock.frozen(now):
        do(store, files, made, "a")
    with clock.frozen(now - timedelta(days=1)):
        kept = do(store, files, drafts.keep, DraftForm(None, "Chưa có tên", {"owner": {"name": "Nguyễn Thị Ánh"}}))
        assert kept.changes.of("draft") == {kept.answer}
        do(store, files, drafts.drop, kept.answer)
        do(store, files, drafts.restore, kept.answer)


def test_training_says_so_in_every_act(store: Store, files: Files) -> None:
    do(store, files, made, "a", real_time=False)
    with store.reading() as connection:
        (act,) = acts.of_subject(connection, ("clerk", "a"))
    assert act.body["clock"] == "set"


def test_numbering_is_stopped_from_outside(store: Store, files: Files) -> None:
    def number(work: Work, form: None) -> int:
        return work.number_floor("H99 2026-11-23")

    def guard(here: Head) -> tuple[str | None, Callable[[str], int]]:
        return stopped, lambda name: {"H99 2026-11-23": 41}.get(name, 0)

    stopped: str | None = None
    assert do(store, files, number, None, guard=guard).answer == 41
    stopped = "restored"
    with pytest.raises(StoreTrouble) as caught:
        do(store, files, number, None, guard=guard)
    assert caught.value.code == "numbering.restored"


def test_an_empty_database_has_no_office(database: Path, files: Files) -> None:
    store = engine.open_sqlite(database)
    with pytest.raises(StoreTrouble) as caught:
        do(store, files, made, "a")
    assert caught.value.code == "office.none"
    store.close()


def test_only_what_differs_is_written(store: Store, files: Files) -> None:
    """Saving a dossier again touches neither the row nor its children."""
    dossier = {
        "id": "d", "office_id": "o", "code": "H-1", "code_kind": "official", "prefix": "H", "state": "received",
        "is_open": True, "procedure_code": "1", "procedure_version": "1@x", "procedure_name": "P", "channel": "direct",
        "source": "counter", "assisted": False, "owner_id": "c", "owner_name": "A", "sets": 1, "result_copies": 0,
        "receiving_agency": "H", "competent_agency": "H", "received_at": clock.now(), "received_by": "x",
        "supplements": 0, "components": [],
        "persons": [{"position": 0, "role": "owner", "citizen_id": "c", "name": "A"}],
    }  # fmt: skip
    with store.writing() as connection:
        save(connection, "dossier", "d", None, dossier)
        before = load(connection, "dossier", "d", "o")
        assert before is not None
        written = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
        save(connection, "dossier", "d", before, dict(before))
        assert connection.exec_driver_sql("SELECT total_changes()").scalar_one() == written
        save(connection, "dossier", "d", before, {**before, "persons": []})
        after = load(connection, "dossier", "d", "o")
        assert after is not None
        assert after["persons"] == []
        save(connection, "dossier", "d", after, None)
        assert load(connection, "dossier", "d", "o") is None
