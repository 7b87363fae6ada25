"""The log: chained per device, told apart by subject, and no column can be changed unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update

from onestop import clock
from onestop.rules.errors import StoreTrouble
from onestop.store import acts, schema
from onestop.store.acts import GENESIS, Head
from onestop.store.engine import Store


def record(connection: Connection, here: Head, number: int, **options: Any) -> tuple[acts.Act, Head]:
    subjects = (("citizen", f"c{number % 3}"), ("dossier", f"d{number}"))
    return acts.append(
        connection, here, "note.made", 1, subjects, "clerk", {"n": number, "tên": "Đỗ"}, clock.now(), **options
    )


@pytest.fixture
def chained(store: Store) -> Store:
    """Twelve acts of this device."""
    with store.writing() as connection:
        here = acts.head(connection)
        assert here is not None
        for number in range(12):
            _, here = record(connection, here, number)
        acts.keep_head(connection, here)
    return store


def verified(store: Store) -> acts.Verified:
    with store.reading() as connection:
        return acts.verify(connection)


def test_acts_form_a_chain_without_gaps(chained: Store) -> None:
    with chained.reading() as connection:
        rows = connection.execute(select(schema.act).order_by(schema.act.c.dseq)).all()
        assert [row.dseq for row in rows] == list(range(1, 13))
        before = GENESIS
        for row in rows:
            kept = acts.record(row)
            assert kept.body_hash == acts.body_hash(kept.salt, kept.body or "")
            assert kept.h == acts.link(before, kept.header, kept.body_hash)
            before = kept.h
        here = acts.head(connection)
        assert here is not None
        assert (here.dseq, here.h) == (12, before)
        assert len({row.salt for row in rows}) == 12
    assert verified(chained) == acts.Verified(12, 1, ())


def test_an_act_reads_as_it_was_appended(chained: Store) -> None:
    with chained.reading() as connection:
        found = acts.of_subject(connection, ("dossier", "d5"))
        assert [act.body for act in found] == [{"n": 5, "tên": "Đỗ"}]
        assert found[0].subjects == (("citizen", "c2"), ("dossier", "d5"))
        assert found[0].at.tzinfo is not None
        here = acts.head(connection)
        assert here is not None
        assert [act.dseq for act in acts.in_order(connection, here.office_id)] == list(range(1, 13))
        assert [act.body["n"] for act in acts.of_subject(connection, ("citizen", "c1"))] == [1, 4, 7, 10]


def test_what_is_folded_now_is_what_a_replay_sees(store: Store) -> None:
    """The act that is handed to the fold has been through JSON."""
    with store.writing() as connection:
        here = acts.head(connection)
        assert here is not None
        act, _ = acts.append(connection, here, "k", 1, (("citizen", "c"),), "a", {"pair": (1, 2)}, clock.now())
        assert act.body == {"pair": [1, 2]}
        (kept,) = acts.of_subject(connection, ("citizen", "c"))
        assert kept == act


OTHER = {
    "act_id": "another", "office_id": "another", "kind": "another", "version": 2, "subjects": "citizen:another",
    "actor": "another", "at": "2020-01-01T00:00:00.000000Z", "salt": "another", "body": '{"n":99}',
    "body_hash": "0" * 64, "device_id": "another", "epoch": 9, "dseq": 99, "h": "0" * 64,
}  # fmt: skip


@pytest.mark.parametrize("column", OTHER)
@pytest.mark.parametrize("place", [1, 6, 12])
def test_no_column_of_an_act_can_be_changed_unseen(chained: Store, column: str, place: int) -> None:
    with chained.writing() as connection:
        connection.execute(text("DELETE FROM act_subject"))
        connection.execute(update(schema.act).where(schema.act.c.dseq == place).values({column: OTHER[column]}))
    assert not verified(chained).ok


def test_every_column_is_in_that_list_or_the_centre_keeps_it() -> None:
    given_by_the_centre = {"seq", "verdict", "verdict_details"}
    assert set(schema.act.columns.keys()) - {"no"} - given_by_the_centre == set(OTHER)


def take_out(connection: Connection) -> None:
    connection.execute(text("DELETE FROM act_subject"))
    connection.execute(delete(schema.act).where(schema.act.c.dseq == 5))


def cut_off(connection: Connection) -> None:
    connection.execute(text("DELETE FROM act_subject"))
    connection.execute(delete(schema.act).where(schema.act.c.dseq > 9))


def cut_off_before(connection: Connection) -> None:
    connection.execute(text("DELETE FROM act_subject"))
    connection.execute(delete(schema.act).where(schema.act.c.dseq < 4))


def all_gone(connection: Connection) -> None:
    connection.execute(text("DELETE FROM act_subject"))
    connection.execute(delete(schema.act))


def swapped(connection: Connection) -> None:
    for old, new in ((3, -1), (4, 3), (-1, 4)):
        connection.execute(update(schema.act).where(schema.act.c.dseq == old).values(dseq=new))


def hidden(connection: Connection) -> None:
    connection.execute(update(schema.act).where(schema.act.c.dseq == 12).values(dseq=-12))


def put_in(connection: Connection) -> None:
    row = dict(connection.execute(select(schema.act).where(schema.act.c.dseq == 12)).mappings().one())
    connection.execute(insert(schema.act), {**row, "no": None, "act_id": "x", "dseq": 13})


def emptied(connection: Connection) -> None:
    connection.execute(update(schema.act).where(schema.act.c.dseq == 5).values(body=None))


def head_moved(connection: Connection) -> None:
    connection.execute(update(schema.this_device).values(dseq=11))


@pytest.mark.parametrize(
    "tamper", [take_out, cut_off, cut_off_before, all_gone, swapped, hidden, put_in, emptied, head_moved]
)
def test_nothing_can_be_taken_out_moved_or_put_in_unseen(chained: Store, tamper: Callable[[Connection], None]) -> None:
    with chained.writing() as connection:
        tamper(connection)
    found = verified(chained)
    assert not found.ok
    with pytest.raises(StoreTrouble) as caught:
        acts.demand_whole(found)
    assert caught.value.code == "audit.broken"


def test_a_body_emptied_by_an_act_verifies(chained: Store) -> None:
    """What retention law can ask for: the body goes, an act says so, the chain holds."""
    with chained.writing() as connection:
        here = acts.head(connection)
        assert here is not None
        target = connection.execute(select(schema.act.c.act_id).where(schema.act.c.dseq == 5)).scalar_one()
        _, here = acts.append(connection, here, acts.ERASED, 1, (("act", target),), "a", {"law": "x"}, clock.now())
        acts.keep_head(connection, here)
        connection.execute(update(schema.act).where(schema.act.c.act_id == target).values(body=None))
    assert verified(chained).ok


@pytest.mark.parametrize("column", ["seq", "verdict", "verdict_details"])
def test_what_the_centre_said_cannot_be_changed_unseen(chained: Store, column: str) -> None:
    with chained.writing() as connection:
        digest, office = "", ""
        for row in connection.execute(select(schema.act).order_by(schema.act.c.dseq)).all():
            connection.execute(update(schema.act).where(schema.act.c.no == row.no).values(seq=row.dseq, verdict="ok"))
            digest = acts.stream_digest(digest, row.dseq, row.act_id, row.h, "ok", None)
            office = row.office_id
        state = {"office_id": office, "timeline": "t", "seq": 12, "digest": digest}
        connection.execute(insert(schema.sync_state), state)
    assert verified(chained).ok
    other = {"seq": 40, "verdict": "rejected", "verdict_details": {"why": "x"}}[column]
    with chained.writing() as connection:
        connection.execute(update(schema.act).where(schema.act.c.dseq == 6).values({column: other}))
    assert not verified(chained).ok


def test_a_new_epoch_is_a_new_chain(chained: Store) -> None:
    with chained.writing() as connection:
        here = acts.head(connection)
        assert here is not None
        here = acts.begin_epoch(connection, here, 2, 1, "m2")
        for number in range(3):
            _, here = record(connection, here, number)
        acts.keep_head(connection, here)
    assert verified(chained) == acts.Verified(15, 2, ())


def test_unanswered_acts_move_into_a_new_epoch_without_gaps(chained: Store) -> None:
    with chained.writing() as connection:
        connection.execute(update(schema.act).where(schema.act.c.dseq <= 8).values(seq=schema.act.c.dseq, verdict="ok"))
        here = acts.head(connection)
        assert here is not None
        contents = {row.act_id: row.body for row in connection.execute(select(schema.act))}
        here = acts.rechain(connection, here, 4)
        assert (here.epoch, here.dseq) == (4, 4)
        again = acts.rechain(connection, here, 4)
        assert again == here
        rows = connection.execute(select(schema.act).where(schema.act.c.epoch == 4).order_by(schema.act.c.dseq)).all()
        assert [row.dseq for row in rows] == [1, 2, 3, 4]
        assert [acts.read(row).body["n"] for row in rows] == [8, 9, 10, 11]
        assert {row.act_id: row.body for row in connection.execute(select(schema.act))} == contents
        assert not acts._cut_off(connection)


def test_a_walk_can_be_stopped(chained: Store) -> None:
    told: list[int] = []

    def stop(walked: int) -> bool:
        told.append(walked)
        return False

    with chained.reading() as connection:
        assert acts.verify(connection, stop).acts == 12
    assert told == [12]


def test_the_clock_of_training_does_not_move_the_guard(store: Store) -> None:
    with store.writing() as connection:
        here = acts.head(connection)
        assert here is not None
        _, trained = record(connection, here, 1, real_time=False)
        assert trained.last_at == ""
        _, real = record(connection, trained, 2)
        assert real.last_at > ""
