"""What every centre does, however it is reached: one suite, run on the one in process here and over the wire later.

A subclass gives `world` (two counters and a centre, `tests/helpers/counters.py`). `Chain` is a device that says what it
likes, to say what no honest counter would.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from onestop import clock
from onestop.actions import citizens, manage, receive, settle
from onestop.queries import outbox
from onestop.queries.outbox import Unsettled
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import PersonForm, ReceiveForm
from onestop.rules.places import Agency
from onestop.store import acts, schema
from onestop.store.acts import GENESIS, Record, Subject
from onestop.store.schema import canonical, instant_text
from onestop.sync import apply, loop
from onestop.sync.protocol import BATCH, PIECE, Answer, Hello, Pull, Push, Pushed, SyncPeer, Verdict
from tests.helpers.counters import Desk, World
from tests.helpers.office import EXTRACT


class Chain:
    """A device of the office that builds its acts by hand."""

    def __init__(self, world: World, admitted: bool = True) -> None:
        self.world = world
        self.peer: SyncPeer = world.centre
        self.device = clock.new_id()
        self.epoch, self.dseq, self.h = 1, 0, GENESIS
        if admitted:
            world.centre.admit(world.office_id, self.device)
        clerk = world.one.office.clerk("ha")
        assert clerk is not None
        self.actor = clerk.id

    def make(self, kind: str, subjects: Sequence[Subject], body: Mapping[str, Any], /, **other: Any) -> Record:
        """The next act of this chain; `other` overrides what would be right."""
        text = canonical(body)
        given: dict[str, Any] = {
            "act_id": clock.new_id(),
            "office_id": self.world.office_id,
            "kind": kind,
            "version": 1,
            "subjects": acts.subjects_text(subjects),
            "actor": self.actor,
            "at": instant_text(clock.now()),
            "salt": "00",
            "body": text,
            "device_id": self.device,
            "epoch": self.epoch,
            "dseq": self.dseq + 1,
            **other,
        }
        if "body_hash" not in given:
            given["body_hash"] = acts.body_hash(given["salt"], given["body"])
        record = Record(**given, h="")
        record = replace(record, h=acts.link(self.h, record.header, record.body_hash))
        self.dseq, self.h = record.dseq, record.h
        return record

    def person(self, name: str = "Đỗ Thị Mẫu", /, **other: Any) -> Record:
        """Somebody registered."""
        values = {
            "kind": "person", "name": name, "from_card": False, "no_paper_reason": "mất", "date_of_birth": "1990",
        }  # fmt: skip
        return self.make("citizen.registered", [("citizen", clock.new_id())], {"person": values}, **other)

    def send(self, *records: Record, epoch: int | None = None) -> Pushed:
        """Push them as they are."""
        return self.peer.push(Push(self.world.office_id, self.device, epoch or self.epoch, records))

    def hello(self, **other: Any) -> Any:
        """Say hello."""
        message = Hello(self.world.office_id, self.device, self.epoch, self.dseq, self.h, None, 0)
        return self.peer.hello(replace(message, **other))

    def verdict(self, record: Record) -> tuple[str, Mapping[str, Any]]:
        """What the stream says of an act, and why."""
        entries = stream(self.world)
        found = next(each for each in entries if each.act_id == record.act_id)
        return found.verdict.value, found.details or {}


def stream(world: World) -> list[Any]:
    """The whole stream of the office, as its first counter reads it."""
    here = world.one.office.read(acts.head)
    assert here is not None
    timeline = world.centre.hello(
        Hello(here.office_id, here.device_id, here.epoch, here.dseq, here.h, None, 0)
    ).timeline
    entries: list[Any] = []
    while True:
        page = world.centre.pull(Pull(here.office_id, here.device_id, timeline, len(entries), whole=True))
        assert page.answer is Answer.OK
        entries += page.entries
        if not page.more:
            return entries


def exchange(world: World) -> None:
    """Both counters exchange until nothing moves."""
    world.heal()


def one_person(world: World) -> str:
    """Somebody whom both counters know."""
    form = PersonForm(name="Trần Thị Mẫu", date_of_birth="1990", no_paper_reason="mất", phone="0912000000")
    citizen = world.one.perform(citizens.register, form, "ha").id
    exchange(world)
    return str(citizen)


def another_person(world: World) -> str:
    """Somebody else whom both counters know."""
    form = PersonForm(name="Lê Thị Thử", date_of_birth="1991", no_paper_reason="mất", phone="0912000001")
    citizen = world.one.perform(citizens.register, form, "ha").id
    exchange(world)
    return str(citizen)


def phone(desk: Desk, citizen: str) -> Any:
    """What a counter shows."""
    with desk.store.reading() as connection:
        return connection.execute(select(schema.citizen.c.phone).where(schema.citizen.c.id == citizen)).scalar()


def change(desk: Desk, citizen: str, **values: Any) -> None:
    desk.perform(citizens.change, citizens.ChangeForm(citizen, values), "ha")


def unsettled(desk: Desk) -> list[Unsettled]:
    return desk.office.read(outbox.unsettled, desk.office.id)


class SyncContract:
    """The suite."""

    # ---- hello ----

    def test_who_is_not_a_device_is_turned_away(self, world: World) -> None:
        stranger = Chain(world, admitted=False)
        assert stranger.hello().answer is Answer.REVOKED
        assert stranger.send(stranger.person()).answer is Answer.REVOKED
        pull = Pull(world.office_id, stranger.device, "", 0)
        assert stranger.peer.pull(pull).answer is Answer.REVOKED
        assert replace(pull, office_id="another") and Chain(world).hello(office_id="another").answer is Answer.REVOKED

    def test_a_program_too_old_is_told(self, world: World) -> None:
        assert Chain(world).hello(version=apply.OLDEST - 1).answer is Answer.UPGRADE

    def test_hello_tells_how_far_the_centre_has_got(self, world: World) -> None:
        chain = Chain(world)
        first, second = chain.person(), chain.person()
        chain.send(first)
        welcome = chain.hello()
        assert (welcome.answer, welcome.ack, welcome.h) == (Answer.OK, 1, first.h)
        chain.send(second)
        assert chain.hello().ack == 2

    def test_a_chain_behind_or_beside_the_known_one_asks_for_an_epoch(self, world: World) -> None:
        chain = Chain(world)
        chain.send(chain.person(), chain.person())
        for other in ({"dseq": 1}, {"dseq": 2, "h": "0" * 64}, {"epoch": 3, "dseq": 9}):
            assert chain.hello(**other).answer is Answer.FORK, other
        granted = chain.hello(dseq=1, behind=1)
        assert (granted.answer, granted.epoch) == (Answer.NEW_EPOCH, 2)
        assert chain.hello(dseq=1, behind=1).epoch == 2, "the answer was lost: the same epoch again"
        assert chain.send(chain.person()).answer is Answer.STALE_EPOCH
        chain.epoch, chain.dseq, chain.h = 2, 0, GENESIS
        assert chain.send(chain.person()).answer is Answer.OK
        late = chain.hello(epoch=1, dseq=1, behind=1)
        assert late.epoch == 2, "a message that comes late opens no epoch"

    # ---- push ----

    def test_acts_are_acknowledged_once_and_told_again(self, world: World) -> None:
        chain = Chain(world)
        records = [chain.person() for _ in range(3)]
        before = len(stream(world))
        first = chain.send(*records)
        assert (first.answer, first.ack) == (Answer.OK, 3)
        assert [each.verdict for each in first.verdicts] == [Verdict.OK] * 3
        again = chain.send(*records)
        assert (again.answer, again.ack) == (Answer.OK, 3)
        assert [each.verdict for each in again.verdicts] == [Verdict.DUPLICATE] * 3
        more = chain.person()
        assert [each.verdict for each in chain.send(*records[1:], more).verdicts] == [Verdict.DUPLICATE] * 2 + [
            Verdict.OK
        ]
        assert len(stream(world)) == before + 4

    def test_a_gap_is_told_and_nothing_is_taken(self, world: World) -> None:
        chain = Chain(world)
        first, second, third = chain.person(), chain.person(), chain.person()
        chain.send(first)
        assert chain.send(third) == Pushed(Answer.GAP, 1)
        assert chain.send(second, third).ack == 3

    def test_a_chain_that_does_not_link_needs_an_epoch(self, world: World) -> None:
        chain = Chain(world)
        chain.send(chain.person())
        good = chain.person()
        chain.h = "f" * 64
        bad = chain.person()
        answer = chain.send(good, bad)
        assert (answer.answer, answer.ack) == (Answer.FORK_NEEDED, 2), "what links is taken"
        chain.dseq = 1
        assert chain.send(chain.person()).answer is Answer.FORK_NEEDED, "another act in an acknowledged place"
        assert chain.send(replace(good, epoch=4, dseq=1), epoch=4).answer is Answer.FORK_NEEDED, "an epoch nobody gave"

    def test_an_act_known_from_another_chain_is_not_taken_twice(self, world: World) -> None:
        one, two = Chain(world), Chain(world)
        record = one.person()
        one.send(record)
        copy = two.person(act_id=record.act_id)
        assert two.send(copy).answer is Answer.FORK_NEEDED
        assert sum(each.act_id == record.act_id for each in stream(world)) == 1

    def test_what_no_counter_can_make_is_refused_whole(self, world: World) -> None:
        chain = Chain(world)
        first, second = chain.person(), chain.person()
        before = len(stream(world))
        for records in (
            (first, replace(second, dseq=7)),
            (replace(first, dseq=0),),
            (replace(first, office_id="another"),),
            (replace(first, device_id="another"),),
            (replace(first, kind="\ud800"),),
            (replace(first, actor="a\x00b"),),
            (replace(first, version=2**70),),
            (replace(first, version=2**31),),
            (replace(first, version=-1),),
            tuple(replace(first, dseq=number + 1) for number in range(BATCH + 1)),
            (replace(first, body="x" * 600_000), replace(second, body="x" * 600_000)),
        ):
            with pytest.raises(RuleBroken) as refused:
                chain.send(*records)
            assert refused.value.code == "sync.malformed"
        assert len(stream(world)) == before
        assert chain.send(first, second).answer is Answer.OK

    def test_an_empty_push_is_answered(self, world: World) -> None:
        assert Chain(world).send() == Pushed(Answer.OK, 0)

    # ---- verdicts ----

    @pytest.mark.parametrize(
        ("other", "verdict", "code"),
        [
            ({}, "ok", None),
            ({"kind": "cow.milked"}, "ok", "act.raw"),
            ({"version": 99}, "ok", "act.raw"),
            ({"actor": "nobody"}, "quarantined", "clerk.unknown"),
            ({"actor": "founder"}, "quarantined", "clerk.unknown"),
            ({"actor": "log-in"}, "rejected", "permission.missing"),
            ({"body_hash": "0" * 64}, "quarantined", "act.unreadable"),
            ({"body": "{"}, "quarantined", "act.unreadable"),
            ({"body": "[]"}, "quarantined", "act.unreadable"),
            ({"body": "{}"}, "quarantined", "act.unreadable"),
            ({"body": '{"person":{"name":5}}'}, "quarantined", "act.unreadable"),
            ({"body": '{"person":{"name":"A","kind":"person","phone":"\\u0000"}}'}, "quarantined", "act.unreadable"),
            ({"body": '{"person":{"name":"A","kind":"person","phone":"\\ud800"}}'}, "quarantined", "act.unreadable"),
            ({"body": None, "body_hash": "0" * 64}, "quarantined", "act.unreadable"),
            ({"at": "yesterday"}, "quarantined", "act.unreadable"),
            ({"at": "2026-03-02"}, "quarantined", "act.unreadable"),
            ({"subjects": ""}, "quarantined", "act.unreadable"),
        ],
    )
    def test_every_act_gets_a_verdict_and_blocks_nobody(
        self, world: World, other: dict[str, Any], verdict: str, code: str | None
    ) -> None:
        """A bad act is kept as it is; what follows it is taken."""
        chain = Chain(world)
        first, record, after = chain.person(), chain.person(**other), chain.person()
        answer = chain.send(first, record, after)
        assert (answer.answer, answer.ack) == (Answer.OK, 3)
        found, details = chain.verdict(record)
        assert (found, details.get("code")) == (verdict, code)
        assert chain.verdict(after)[0] == "ok"
        kept = next(each for each in stream(world) if each.act_id == record.act_id)
        assert kept.act == record
        exchange(world)
        assert world.differences() == []
        assert len(unsettled(world.two)) == (0 if verdict == "ok" else 1)

    def test_a_role_that_never_allowed_it_is_rejected(self, world: World) -> None:
        chain = Chain(world)
        clerk = {"login": "moi", "name": "M", "role": "supervisor", "title": None, "counter": None, "active": True}
        record = chain.make("clerk.set", [("clerk", clock.new_id())], {"clerk": clerk})
        chain.send(record)
        assert chain.verdict(record) == ("rejected", {"code": "permission.missing", "permission": "manage-clerks"})
        exchange(world)
        assert world.two.office.clerk("moi") is None

    def test_a_dismissed_clerk_is_put_aside_and_what_he_did_before_counts(self, world: World) -> None:
        clerk = world.one.office.clerk("ha")
        assert clerk is not None
        chain = Chain(world)
        before = instant_text(clock.now())
        with world.clock_of(world.one):
            form = manage.ClerkForm("ha", clerk.name, clerk.role, active=False, id=clerk.id)
            world.one.perform(manage.set_clerk, form, "demo")
        exchange(world)
        with world.clock_of(world.one):
            early, late = chain.person(at=before), chain.person()
        chain.send(early, late)
        assert chain.verdict(early)[0] == "ok"
        assert chain.verdict(late) == ("quarantined", {"code": "clerk.dismissed", "actor": clerk.id})

    def test_a_revoked_device_is_put_aside(self, world: World) -> None:
        chain = Chain(world)
        record = chain.person()
        world.centre.revoke(chain.device)
        assert chain.hello().answer is Answer.REVOKED
        chain.send(record)
        assert chain.verdict(record) == ("quarantined", {"code": "device.revoked"})

    def test_a_counter_that_was_revoked_stops_and_keeps_its_work(self, world: World) -> None:
        citizen = one_person(world)
        here = world.two.office.read(acts.head)
        assert here is not None
        world.centre.revoke(here.device_id)
        change(world.two, citizen, phone="0987000000")
        outcome = loop.exchange(loop.Counter(world.two.store, world.kinds, world.two.office.files, world.centre))
        assert outcome.answer is Answer.REVOKED
        assert world.two.office.read(loop.pending) == 1

    # ---- conflicts ----

    def test_edits_of_different_groups_do_not_conflict(self, world: World) -> None:
        citizen = one_person(world)
        change(world.one, citizen, phone="0987000001")
        change(world.two, citizen, address="Số 2, phường Mẫu")
        exchange(world)
        assert unsettled(world.one) == []
        assert world.differences() == []
        with world.two.store.reading() as connection:
            row = connection.execute(select(schema.citizen).where(schema.citizen.c.id == citizen)).one()
        assert (row.phone, row.address) == ("0987000001", "Số 2, phường Mẫu")

    def test_what_one_counter_says_of_two_people_another_takes_back(self, world: World) -> None:
        one, two = sorted((one_person(world), another_person(world)))

        def said(desk: Desk) -> list[Any]:
            c = schema.citizen.c
            with desk.store.reading() as connection:
                rows = connection.execute(select(c.same_as, c.not_same).where(c.id.in_((one, two))).order_by(c.id))
                return [tuple(row) for row in rows]

        nothing = [(None, None), (None, None)]
        for say, before in (
            (citizens.apart, [(None, [two]), (None, [one])]),
            (citizens.same, [(None, None), (one, None)]),
        ):
            world.one.perform(say, (one, two), "ha")
            exchange(world)
            assert said(world.two) == before
            assert world.two.perform(citizens.undecide, (one, two), "ha") is True
            exchange(world)
            assert said(world.one) == said(world.two) == nothing
        # Said again at one counter while the other takes it back: the order of the office decides, alike for both.
        world.one.perform(citizens.apart, (one, two), "ha")
        exchange(world)
        world.two.perform(citizens.undecide, (one, two), "ha")
        world.one.perform(citizens.apart, (one, two), "ha")
        exchange(world)
        assert said(world.one) == said(world.two)
        assert unsettled(world.one) == unsettled(world.two) == []
        assert world.differences() == []

    def test_two_counters_enter_different_agencies_and_lose_neither(self, world: World) -> None:
        exchange(world)
        world.one.perform(manage.set_agency, Agency("", "H99.31", "Sở Một"), "demo")
        world.two.perform(manage.set_agency, Agency("", "H99.32", "Sở Hai"), "demo")
        exchange(world)
        for desk in (world.one, world.two):
            desk.office.forget_row()
            assert {"so-mot", "so-hai"} <= set(desk.office.row.agencies)
        world.two.perform(manage.remove_agency, "so-mot", "demo")
        exchange(world)
        world.one.office.forget_row()
        assert "so-mot" not in world.one.office.row.agencies
        assert "so-hai" in world.one.office.row.agencies
        assert world.differences() == []

    def test_the_same_edit_twice_does_not_conflict(self, world: World) -> None:
        citizen = one_person(world)
        change(world.one, citizen, phone="0987000001")
        change(world.two, citizen, phone="0987000001")
        exchange(world)
        assert unsettled(world.one) == []

    @pytest.mark.parametrize(("choice", "stands"), [("theirs", "0987000001"), ("mine", "0987000002")])
    def test_both_values_of_a_conflict_are_kept_until_it_is_settled(
        self, world: World, choice: str, stands: str
    ) -> None:
        citizen = one_person(world)
        change(world.one, citizen, phone="0987000001")
        world.one.exchange()
        change(world.two, citizen, phone="0987000002")
        assert phone(world.two, citizen) == "0987000002"
        exchange(world)
        for desk in world.desks:
            assert phone(desk, citizen) == "0987000001"
            (open_one,) = unsettled(desk)
            assert open_one.verdict == "conflict"
            assert open_one.act.body["groups"]["contact"][1]["phone"] == "0987000002"
            assert open_one.details["current"]["phone"] == "0987000001"
        world.two.perform(settle.settle, settle.SettleForm(open_one.act_id, choice), "ha")
        assert phone(world.two, citizen) == stands
        exchange(world)
        for desk in world.desks:
            assert phone(desk, citizen) == stands
            assert unsettled(desk) == []
        assert world.differences() == []
        with pytest.raises(RuleBroken) as refused:
            world.one.perform(settle.settle, settle.SettleForm(open_one.act_id, choice), "ha")
        assert refused.value.code == "settle.already"

    def test_a_conflict_settled_at_both_counters_is_settled_once(self, world: World) -> None:
        citizen = one_person(world)
        change(world.one, citizen, phone="0987000001")
        world.one.exchange()
        change(world.two, citizen, phone="0987000002")
        exchange(world)
        (open_one,) = unsettled(world.one)
        world.one.perform(settle.settle, settle.SettleForm(open_one.act_id, "theirs"), "ha")
        world.two.perform(settle.settle, settle.SettleForm(open_one.act_id, "mine"), "ha")
        exchange(world)
        assert world.differences() == []
        (again,) = unsettled(world.two)
        assert again.details["code"] == "settle.already"
        assert phone(world.one, citizen) == phone(world.two, citizen) == "0987000001"
        world.two.perform(settle.settle, settle.SettleForm(again.act_id, "mine"), "ha")
        exchange(world)
        assert phone(world.one, citizen) == "0987000002"
        assert unsettled(world.one) == []

    def test_what_was_put_aside_counts_once_a_supervisor_says_so(self, world: World) -> None:
        chain = Chain(world)
        record = chain.person("Lê Thị Gác", actor="nobody")
        chain.send(record)
        exchange(world)
        (open_one,) = unsettled(world.two)
        with pytest.raises(RuleBroken) as refused:
            world.two.perform(settle.settle, settle.SettleForm(open_one.act_id, "mine"), "ha")
        assert refused.value.code == "permission.missing"
        world.two.perform(settle.settle, settle.SettleForm(open_one.act_id, "mine"), "demo")
        exchange(world)
        assert world.differences() == []
        for desk in world.desks:
            with desk.store.reading() as connection:
                row = connection.execute(select(schema.citizen).where(schema.citizen.c.name == "Lê Thị Gác")).one()
            assert (row.registered_by, instant_text(row.registered_at)) == ("nobody", record.at)

    def test_a_receptionist_may_not_release_by_hand_what_was_put_aside(self, world: World) -> None:
        """The centre checks again, whatever program the act comes from."""
        chain = Chain(world)
        aside = chain.person(actor="nobody")
        body = {"act": aside.act_id, "choice": "theirs"}
        chain.send(aside, release := chain.make("act.settled", [("act", aside.act_id)], body))
        assert chain.verdict(release)[0] == "rejected"
        body = {"act": "unknown", "choice": "theirs"}
        chain.send(nothing := chain.make("act.settled", [("act", "unknown")], body))
        assert chain.verdict(nothing) == ("conflict", {"code": "settle.nothing", "act": "unknown"})

    def test_a_code_names_one_dossier(self, world: World) -> None:
        """A disk image brought back gives a number again that is on paper: one stands, the other gets a new one."""
        exchange(world)
        form = ReceiveForm(EXTRACT, PersonForm(name="A B", date_of_birth="1990", no_paper_reason="mất"), complete=True)
        with world.clock_of(world.one):
            world.one.keep_copy()
            first = world.one.perform(receive.take_in, form, "ha")
        exchange(world)
        world.one.bring_back(image=True)
        with world.clock_of(world.one):
            second = world.one.perform(receive.take_in, form, "ha")
        assert second.code == first.code
        assert second.id != first.id
        exchange(world)
        assert world.differences() == []
        (open_one,) = unsettled(world.one)
        assert open_one.details["code"] == "dossier.code-taken"
        with world.clock_of(world.one):
            world.one.perform(settle.settle, settle.SettleForm(open_one.act_id, "mine"), "ha")
        exchange(world)
        assert world.differences() == []
        with world.two.store.reading() as connection:
            d = schema.dossier.c
            codes = {row.id: row.code for row in connection.execute(select(d.id, d.code))}
        assert codes[first.id] == first.code
        assert codes[second.id] != first.code

    # ---- order ----

    def test_two_devices_at_once_get_one_order(self, world: World) -> None:
        """seq has no gap, and whoever reads page by page while others write misses nothing."""
        chains = [Chain(world) for _ in range(4)]
        start = len(stream(world))
        failures: list[BaseException] = []

        def push(chain: Chain, batches: list[tuple[Record, ...]]) -> None:
            try:
                for batch in batches:
                    assert chain.send(*batch).answer is Answer.OK
            except BaseException as error:  # noqa: BLE001  (a thread's failure is the test's)
                failures.append(error)

        work = [(chain, [tuple(chain.person() for _ in range(3)) for _ in range(8)]) for chain in chains]
        threads = [threading.Thread(target=push, args=each) for each in work]
        for thread in threads:
            thread.start()
        seen: list[Any] = []
        while any(thread.is_alive() for thread in threads) or len(seen) < 96:
            here = chains[0]
            timeline = here.hello().timeline
            page = here.peer.pull(Pull(world.office_id, here.device, timeline, start + len(seen), limit=7))
            seen += page.entries
            if failures:
                break
        for thread in threads:
            thread.join()
        assert failures == []
        assert [each.seq for each in seen] == list(range(start + 1, start + 97))
        for chain in chains:
            own = [each.dseq for each in seen if each.device_id == chain.device]
            assert own == list(range(1, 25))

    def test_pages_are_small_and_end_with_the_digest(self, world: World) -> None:
        chain = Chain(world)
        chain.send(*(chain.person() for _ in range(12)))
        timeline = chain.hello().timeline
        after, digest = 0, ""
        while True:
            page = chain.peer.pull(Pull(world.office_id, chain.device, timeline, after, limit=5))
            assert len(page.entries) <= 5
            assert (page.after, page.upto) == (after, page.entries[-1].seq)
            assert all((each.act is None) == (each.device_id == chain.device) for each in page.entries)
            for each in page.entries:
                details = canonical(each.details) if each.details is not None else None
                digest = acts.stream_digest(digest, each.seq, each.act_id, each.h, each.verdict.value, details)
            after = page.upto
            if not page.more:
                break
            assert page.digest is None
        assert page.digest == digest
        whole = chain.peer.pull(Pull(world.office_id, chain.device, timeline, 0, whole=True))
        assert all(each.act is not None for each in whole.entries)
        end = chain.peer.pull(Pull(world.office_id, chain.device, timeline, after))
        assert (end.entries, end.digest, end.more) == ((), digest, False)

    def test_a_cursor_of_another_timeline_reads_nothing(self, world: World) -> None:
        chain = Chain(world)
        chain.send(chain.person())
        assert chain.peer.pull(Pull(world.office_id, chain.device, "another", 0)).answer is Answer.TIMELINE
        timeline = chain.hello().timeline
        assert chain.peer.pull(Pull(world.office_id, chain.device, timeline, 10**6)).answer is Answer.TIMELINE
        turned = chain.hello(timeline="another", seq=3)
        assert (turned.answer, turned.common) == (Answer.TIMELINE, 0)

    def test_a_restore_that_nobody_told_of_is_seen_by_who_has_read_further(self, world: World) -> None:
        chain = Chain(world)
        timeline = chain.hello().timeline
        ahead = chain.hello(timeline=timeline, seq=10**6)
        assert ahead.answer is Answer.TIMELINE
        assert ahead.timeline != timeline
        exchange(world)
        assert world.differences() == []

    # ---- at the counter ----

    def test_a_kind_of_a_newer_program_is_kept_and_folded_once_it_is_known(self, world: World) -> None:
        exchange(world)
        old = {name: kind for name, kind in world.kinds.items() if name != "citizen.changed"}
        citizen = one_person(world)
        change(world.one, citizen, phone="0987000009")
        world.one.exchange()
        two = world.two
        for kinds, shown in ((old, "0912000000"), (world.kinds, "0987000009")):
            outcome = loop.exchange(loop.Counter(two.store, kinds, two.office.files, world.centre))
            assert outcome.diverged == 0
            assert phone(two, citizen) == shown
            assert two.office.read(loop.pending) == 0
        with two.store.reading() as connection:
            assert connection.execute(select(schema.sync_state.c.raw)).scalar() is None
        exchange(world)
        assert world.differences() == []

    def test_what_a_page_touched_is_told(self, world: World) -> None:
        citizen = one_person(world)
        change(world.one, citizen, phone="0987000009")
        world.one.exchange()
        told: list[Any] = []
        two = world.two
        outcome = loop.exchange(loop.Counter(two.store, world.kinds, two.office.files, world.centre, tell=told.append))
        assert outcome.changes.of("citizen") == frozenset({citizen})
        assert any(each.of("citizen") for each in told)

    def test_a_page_twice_or_late_changes_nothing(self, world: World) -> None:
        citizen = one_person(world)
        two = world.two
        with two.store.reading() as connection:
            place = loop._place(connection)
        change(world.one, citizen, phone="0987000009")
        world.one.exchange()
        page = world.centre.pull(Pull(place.here.office_id, place.here.device_id, place.timeline or "", place.seq))
        counter = loop.Counter(two.store, world.kinds, two.office.files, world.centre)
        assert loop.take_page(counter, page).acts == 1
        with two.store.reading() as connection:
            before = loop._place(connection)
        for _ in range(2):
            assert loop.take_page(counter, page) == loop.Taken()
        with two.store.reading() as connection:
            assert loop._place(connection) == before
        exchange(world)
        assert world.differences() == []

    def test_a_large_outbox_goes_in_batches(self, world: World) -> None:
        """More than a batch of acts, and more than a megabyte of bodies."""
        exchange(world)
        sizes: list[tuple[int, int]] = []
        push = world.centre.push

        def counted(message: Push) -> Pushed:
            sizes.append((len(message.acts), sum(len(each.body or "") for each in message.acts)))
            return push(message)

        form = PersonForm(name="Đỗ Văn Dài", no_paper_reason="x" * 900, date_of_birth="1990", address="y" * 900)

        def many(work: Any, form: PersonForm) -> None:
            for number in range(BATCH + 100):
                person = replace(
                    form, name=f"{form.name} {'ABCDEFGHIJ'[number % 10]}", date_of_birth=f"{1900 + number % 100}"
                )
                values = {"kind": "person", "name": person.name, "no_paper_reason": person.no_paper_reason,
                          "address": person.address, "from_card": False, "note": "z" * 800}  # fmt: skip
                work.record("citizen.registered", [("citizen", clock.new_id())], {"person": values})

        world.one.perform(many, form, "ha")
        world.centre.push = counted  # type: ignore[method-assign]
        exchange(world)
        sent = [each for each in sizes if each[0]]
        assert sum(each[0] for each in sent) == BATCH + 100
        assert len(sent) >= 2
        assert all(count <= BATCH and size <= 1 << 20 for count, size in sent)
        assert world.differences() == []

    # ---- files ----

    def test_a_file_comes_in_pieces_and_shows_with_its_hash_alone(self, world: World) -> None:
        peer, office = world.centre, world.office_id
        content = bytes(range(256)) * 2500
        name = hashlib.sha256(content).hexdigest()
        assert peer.blob_head(office, name).size == 0
        held = peer.blob_patch(office, name, 0, len(content), content[:PIECE])
        assert (held.size, held.whole) == (PIECE, False)
        assert peer.blob_get(office, name, 0) is None
        assert peer.blob_patch(office, name, 7, len(content), b"x") == held, "a piece that does not follow"
        assert peer.blob_patch(office, name, PIECE, len(content), b"x" * (PIECE + 1)) == held, "a piece too long"
        assert peer.blob_patch(office, name, PIECE, PIECE + 1, b"xx") == held, "a piece beyond the end"
        assert peer.blob_head(office, name) == held
        at = PIECE
        while not held.whole:
            held = peer.blob_patch(office, name, at, len(content), content[at : at + PIECE])
            at += PIECE
        assert held.size == len(content)
        assert peer.blob_patch(office, name, 0, 3, b"abc") == held, "a file that is whole stays"
        got = b""
        while len(got) < len(content):
            piece = peer.blob_get(office, name, len(got))
            assert piece is not None
            assert piece.total == len(content)
            got += piece.content
        assert got == content

    def test_a_wrong_hash_is_begun_anew(self, world: World) -> None:
        peer, office = world.centre, world.office_id
        name = hashlib.sha256(b"right").hexdigest()
        held = peer.blob_patch(office, name, 0, 5, b"wrong")
        assert (held.size, held.whole) == (0, False)
        assert peer.blob_get(office, name, 0) is None
        assert peer.blob_patch(office, name, 0, 5, b"right").whole

    @pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, f"{'0' * 62}/."])
    def test_a_name_that_is_no_hash_is_refused(self, world: World, name: str) -> None:
        for call in (
            lambda: world.centre.blob_head(world.office_id, name),
            lambda: world.centre.blob_patch(world.office_id, name, 0, 1, b"x"),
            lambda: world.centre.blob_get(world.office_id, name, 0),
        ):
            with pytest.raises(RuleBroken) as refused:
                call()
            assert refused.value.code == "sync.malformed"

    def test_a_missing_file_blocks_no_act(self, world: World) -> None:
        """A catalogue that is published and whose file has not come: acts go on, its procedures come with it."""
        exchange(world)
        chain = Chain(world)
        clerk = world.one.office.clerk("demo")
        assert clerk is not None
        chain.actor = clerk.id
        document = {"format": "motcua.catalogue/1", "procedures": [{"code": "9.000001", "name": "Việc thử"}]}
        content = json.dumps(document).encode()
        sha256 = hashlib.sha256(content).hexdigest()
        counts = {"added": 1, "changed": 0, "unchanged": 0, "rejected": 0}
        body = {
            "publication": {"kind": "catalogue", "origin": "office", "name": "x.json", "counts": counts},
            "skip": [], "review": [], "dated": {}, "differences": {}, "merged": {},
        }  # fmt: skip
        chain.send(published := chain.make("catalogue.published", [("publication", sha256)], body), chain.person())
        assert chain.verdict(published)[0] == "ok"
        exchange(world)

        def offered(desk: Desk) -> int:
            v = schema.procedure_version.c
            with desk.store.reading() as connection:
                return int(connection.execute(select(func.count()).where(v.code == "9.000001")).scalar_one())

        assert [offered(desk) for desk in world.desks] == [0, 0]
        assert world.differences() == []
        assert world.centre.blob_patch(world.office_id, sha256, 0, len(content), content).whole
        # As where the program ended when the file had come and nobody had read it yet.
        world.one.office.files.put(content)
        exchange(world)
        assert [offered(desk) for desk in world.desks] == [1, 1]
        assert world.differences() == []
