"""The counter's side: one exchange with the centre, safe to break off anywhere and to make again.

hello → pull → push → pull → files. It reads and writes the store in transactions of their own, none of which is open
while it talks, so the counter works on during the call. A page of the stream is one transaction with its cursor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, exists, func, insert, select, update

from onestop import clock
from onestop.rules import codes
from onestop.rules.errors import NetworkTrouble
from onestop.rules.moves import BEGUN
from onestop.store import acts, numbers, schema
from onestop.store.acts import Act, Head, Record, Subject
from onestop.store.engine import Store
from onestop.store.files import Files, fingerprint
from onestop.store.replay import Replay, publish_arrived, publishes
from onestop.store.schema import canonical, read_instant
from onestop.store.work import Changes, Kinds, kind_of
from onestop.sync.protocol import BATCH, BATCH_BYTES, PIECE, Answer, Entry, Hello, Page, Pull, Push, SyncPeer, Verdict

HELD = "held"
"""This counter's own word on an unanswered act of its own that cannot stand beside an accepted one (its code is taken):
not folded, still sent, and the centre's verdict takes its place."""

LOST = "lost"
"""This counter's own word on another's act that the centre, restored from a backup, no longer has: kept, not folded,
outside every chain, until it comes again."""

TRIES = 8
"""How often an exchange begins anew (fork, timeline, gap) before it gives up until next time."""

_act = schema.act.c
_blob = schema.blob.c
_state = schema.sync_state.c


@dataclass(slots=True)
class Outcome:
    """What an exchange did. `answer` OK, or why nothing was exchanged. `diverged`: the stream had to be read anew."""

    answer: Answer = Answer.OK
    pushed: int = 0
    pulled: int = 0
    pages: int = 0
    refused: int = 0
    forks: int = 0
    diverged: int = 0
    files_sent: int = 0
    files_got: int = 0
    pending: int = 0
    touched: dict[str, set[str]] = field(default_factory=dict)

    def add(self, changes: Changes) -> None:
        """Remember what a page touched."""
        for table, ids in changes.touched.items():
            self.touched.setdefault(table, set()).update(ids)

    @property
    def changes(self) -> Changes:
        """Everything the exchange touched."""
        return Changes({table: frozenset(ids) for table, ids in self.touched.items()})


@dataclass(frozen=True, slots=True)
class Counter:
    """What an exchange works with. `tell` hears of every page once it is committed."""

    store: Store
    kinds: Kinds
    files: Files
    peer: SyncPeer
    tell: Callable[[Changes], None] = lambda changes: None


def join(connection: Connection, office_id: str, device_id: str, counter: int, counters: int, machine: str) -> None:
    """Make an empty database that of a further counter of an office that the centre knows. Then `exchange` fills it."""
    connection.execute(
        insert(schema.this_device),
        {
            "office_id": office_id,
            "device_id": device_id,
            "epoch": 1,
            "dseq": 0,
            "h": acts.GENESIS,
            "counter": counter,
            "counters": counters,
            "machine": machine,
            "last_at": "",
        },
    )


def exchange(counter: Counter) -> Outcome:
    """One exchange. NetworkTrouble breaks it off at any point; what was committed until then stands.

    NetworkTrouble("sync.unsettled-chain") when counter and centre cannot agree on this device's chain in TRIES turns.
    """
    outcome = Outcome()
    _learn(counter, outcome)
    for _ in range(TRIES):
        ack = _greet(counter, outcome)
        if ack is None:
            if outcome.answer is not Answer.OK:
                return outcome
            continue
        if not _pull_all(counter, outcome):
            continue
        _adopt_lost(counter, outcome)
        if not _push_all(counter, outcome, ack):
            continue
        if not _pull_all(counter, outcome):
            continue
        _files(counter, outcome)
        with counter.store.reading() as connection:
            outcome.pending = pending(connection)
        return outcome
    raise NetworkTrouble("sync.unsettled-chain")


def pending(connection: Connection) -> int:
    """How many of this device's acts the centre has not answered."""
    here = acts.head(connection)
    if here is None:
        return 0
    return int(
        connection.execute(
            select(func.count()).where(_act.device_id == here.device_id, _act.seq.is_(None))
        ).scalar_one()
    )


# ---- hello --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the counter stands: its chain, and how far it has read."""

    here: Head
    timeline: str | None
    seq: int


def _place(connection: Connection) -> _Place:
    here = acts.head(connection)
    if here is None:
        raise LookupError("no office in this database")
    row = connection.execute(select(schema.sync_state).where(_state.office_id == here.office_id)).one_or_none()
    return _Place(here, row.timeline if row else None, int(row.seq) if row else 0)


def _greet(counter: Counter, outcome: Outcome) -> int | None:
    """Say hello; the last acknowledged dseq, or None where something had to be set right first (or nothing goes)."""
    with counter.store.reading() as connection:
        place = _place(connection)
    here = place.here
    hello = Hello(here.office_id, here.device_id, here.epoch, here.dseq, here.h, place.timeline, place.seq)
    welcome = counter.peer.hello(hello)
    if welcome.answer in (Answer.REVOKED, Answer.UPGRADE):
        outcome.answer = welcome.answer
        return None
    if welcome.answer is Answer.TIMELINE:
        _bring_back(counter, place, welcome.common)
        _turn(counter, welcome.timeline, welcome.common, outcome)
        return None
    if place.timeline is None:
        _turn(counter, welcome.timeline, 0, outcome)
    with counter.store.reading() as connection:
        known = connection.execute(
            select(_act.h).where(
                _act.device_id == here.device_id, _act.epoch == welcome.epoch, _act.dseq == welcome.ack
            )
        ).scalar()
    if welcome.answer is Answer.OK and (not welcome.ack or known == welcome.h):
        return welcome.ack
    granted = counter.peer.hello(replace(hello, timeline=welcome.timeline, behind=welcome.epoch))
    if granted.answer is Answer.NEW_EPOCH:
        outcome.forks += 1
        _new_chain(counter, granted.epoch)
        # What the centre has of this device may be more than what this store has: all of it comes back.
        _pull_all(counter, outcome, whole=True)
    return None


def _new_chain(counter: Counter, epoch: int) -> None:
    """Put what the centre has not answered into a new epoch; numbering goes on above what this device has given."""
    with counter.store.writing() as connection:
        here = acts.head(connection)
        assert here is not None
        orders = numbers.known_orders(connection, here, clock.today())
        numbers.carry(connection, acts.rechain(connection, here, epoch), orders)


# ---- a centre restored from a backup ------------------------------------------------------------------------------


def _bring_back(counter: Counter, place: _Place, common: int) -> None:
    """Send again what the centre lost, everybody's, in the order that it had: so it gets the same verdicts."""
    with counter.store.reading() as connection:
        lost = [
            acts.record(row)
            for row in connection.execute(
                select(*(_act[name] for name in acts.RECORD))
                .where(_act.office_id == place.here.office_id, _act.seq > common, _act.dseq > 0)
                .order_by(_act.seq)
            )
        ]
    for batch in _runs(lost):
        first = batch[0]
        counter.peer.push(Push(first.office_id, first.device_id, first.epoch, tuple(batch)))


def _runs(records: Sequence[Record]) -> Iterator[list[Record]]:
    """Records in pushes that keep their order: of one chain each, not too large."""
    batch: list[Record] = []
    size = 0
    for each in records:
        follows = bool(batch) and (each.device_id, each.epoch, each.dseq) == (
            batch[-1].device_id,
            batch[-1].epoch,
            batch[-1].dseq + 1,
        )
        length = len(each.body or "")
        if batch and (not follows or len(batch) == BATCH or size + length > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += length
    if batch:
        yield batch


def _turn(counter: Counter, timeline: str, common: int, outcome: Outcome) -> None:
    """Follow the centre's timeline from `common` on: later verdicts hold no longer."""
    with counter.store.writing() as connection:
        here = acts.head(connection)
        assert here is not None
        void = (_act.office_id == here.office_id) & (_act.seq > common)
        mine = _act.device_id == here.device_id
        subjects = _subjects_of(connection, void)
        published = _publishing(connection, counter.kinds, void)
        own = and_(void, mine)
        connection.execute(update(schema.act).where(own).values(seq=None, verdict=None, verdict_details=None))
        others = and_(void, ~mine)
        connection.execute(
            update(schema.act).where(others).values(seq=None, verdict=LOST, verdict_details=None, dseq=-_act.no)
        )
        connection.execute(update(schema.blob).where(_blob.office_id == here.office_id).values(sent_at=None))
        row = {"timeline": timeline, "seq": common, "digest": _digest(connection, here.office_id, common)}
        _keep_state(connection, here.office_id, row)
        replay = Replay(connection, counter.kinds, counter.files, here.office_id)
        for subject in subjects:
            replay.anew(subject)
        if published:
            replay.publish_anew()
        changes = replay.write()
    outcome.add(changes)
    counter.tell(changes)


def _adopt_lost(counter: Counter, outcome: Outcome) -> None:
    """What the centre lost, would not take back in its own chain, and nobody has brought since, goes on in this
    device's chain: the content is what was signed and done, the envelope is only who brings it."""
    lost = _act.verdict == LOST
    with counter.store.reading() as connection:
        if connection.execute(select(_act.no).where(lost).limit(1)).first() is None:
            return
    with counter.store.writing() as connection:
        here = acts.head(connection)
        assert here is not None
        subjects = _subjects_of(connection, lost)
        published = _publishing(connection, counter.kinds, lost)
        numbers_of = connection.execute(select(_act.no).where(lost).order_by(_act.no)).scalars().all()
        for place, no in enumerate(numbers_of, here.dseq + 1):
            connection.execute(
                update(schema.act)
                .where(_act.no == no)
                .values(device_id=here.device_id, epoch=here.epoch, dseq=place, verdict=None)
            )
        acts.rechain(connection, here, here.epoch)
        replay = Replay(connection, counter.kinds, counter.files, here.office_id)
        for subject in subjects:
            replay.anew(subject)
        if published:
            replay.publish_anew()
        changes = replay.write()
    outcome.add(changes)
    counter.tell(changes)


def _digest(connection: Connection, office_id: str, upto: int) -> str:
    """What the stream at hand comes to up to `upto`."""
    digest = ""
    for row in connection.execute(
        select(_act.seq, _act.act_id, _act.h, _act.verdict, _act.verdict_details)
        .where(_act.office_id == office_id, _act.seq.is_not(None), _act.seq <= upto)
        .order_by(_act.seq)
    ):
        details = canonical(row.verdict_details) if row.verdict_details is not None else None
        digest = acts.stream_digest(digest, row.seq, row.act_id, row.h, row.verdict, details)
    return digest


def _keep_state(connection: Connection, office_id: str, values: dict[str, Any]) -> None:
    changed = connection.execute(
        update(schema.sync_state).where(_state.office_id == office_id).values(**values)
    ).rowcount
    if not changed:
        connection.execute(insert(schema.sync_state), {"office_id": office_id, "raw": None, **values})


def _subjects_of(connection: Connection, which: Any) -> set[Subject]:
    """The subjects, of folded tables that no file publishes, of the acts in `which`."""
    c = schema.act_subject.c
    rows = connection.execute(
        select(c.table_name, c.subject_id).distinct().join(schema.act, _act.act_id == c.act_id).where(which)
    )
    return {(table, subject_id) for table, subject_id in rows if table in _REFOLDED}


_REFOLDED = {table.name for table in schema.FOLDED if "id" in table.c} - set(schema.PUBLISHED)


def _publishing(connection: Connection, kinds: Kinds, which: Any) -> bool:
    names = [name for name, kind in kinds.items() if publishes(kind)]
    return connection.execute(select(_act.no).where(which, _act.kind.in_(names)).limit(1)).first() is not None


# ---- pull ---------------------------------------------------------------------------------------------------------


def _pull_all(counter: Counter, outcome: Outcome, whole: bool = False) -> bool:
    """Read the stream to its end; False where the timeline turned meanwhile."""
    while True:
        with counter.store.reading() as connection:
            place = _place(connection)
        here = place.here
        wish = Pull(here.office_id, here.device_id, place.timeline or "", place.seq, whole=whole)
        page = counter.peer.pull(wish)
        if page.answer is not Answer.OK:
            return False
        taken = take_page(counter, page)
        if taken.unknown:
            # An act of this device that this store has not got: an older copy was brought back.
            if whole:
                return False
            whole = True
            continue
        outcome.pages += 1
        outcome.pulled += taken.acts
        outcome.refused += taken.refused
        if taken.diverged:
            if outcome.diverged:
                raise NetworkTrouble("sync.diverged")
            outcome.diverged += 1
            _turn(counter, page.timeline, 0, outcome)
            whole = True
            continue
        outcome.add(taken.changes)
        counter.tell(taken.changes)
        if not page.more:
            return True


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a page. `unknown`: it speaks of an own act that is not here, so nothing of it was taken."""

    acts: int = 0
    refused: int = 0
    unknown: bool = False
    diverged: bool = False
    changes: Changes = field(default_factory=Changes)


def take_page(counter: Counter, page: Page) -> Taken:
    """Put one page into the store, in one transaction with its cursor: verdicts, others' acts, rows.

    A page that does not begin where this store has got to (another exchange was faster) changes nothing.
    """
    with counter.store.writing() as connection:
        place = _place(connection)
        if page.timeline != place.timeline or page.after != place.seq:
            return Taken()
        taking = _Taking(connection, counter, place.here, page)
        if taking.missing():
            return Taken(unknown=True)
        taking.write_acts()
        changes = taking.write_rows()
        return Taken(taking.fresh_count, taking.refused, False, not taking.move_cursor(), changes)


class _Taking:
    """One page on its way into the store."""

    def __init__(self, connection: Connection, counter: Counter, here: Head, page: Page) -> None:
        self._connection = connection
        self._counter = counter
        self._here = here
        self._page = page
        self._known = {
            row.act_id: row
            for row in connection.execute(
                select(_act.act_id, _act.device_id, _act.epoch, _act.dseq, _act.seq, _act.verdict, _act.kind,
                       _act.subjects)
                .where(_act.act_id.in_([each.act_id for each in page.entries]))
            )
        }  # fmt: skip
        self._fresh: list[tuple[Entry, Record]] = []
        self._anew: set[Subject] = set()
        self._waiting: set[Subject] = set()
        self._publish = False
        self.refused = 0

    @property
    def fresh_count(self) -> int:
        """How many acts came that were not here."""
        return len(self._fresh)

    def missing(self) -> bool:
        """Whether an act is spoken of whose content is neither here nor on the page."""
        return any(each.act is None and each.act_id not in self._known for each in self._page.entries)

    # -- acts and verdicts --

    def write_acts(self) -> None:
        """Verdicts on what is here, and what is not here yet."""
        # What was folded before this page in another order than the office's: the subjects of unanswered acts.
        unanswered = (_act.device_id == self._here.device_id) & _act.seq.is_(None)
        self._waiting = _subjects_of(self._connection, unanswered)
        rechain = False
        for each in self._page.entries:
            row = self._known.get(each.act_id)
            if row is None:
                assert each.act is not None
                self._fresh.append((each, each.act))
                continue
            self._answer(each, row)
            rechain = rechain or (each.device_id, each.epoch, each.dseq) != (row.device_id, row.epoch, row.dseq)
        acts.keep(
            self._connection,
            [(record, each.seq, each.verdict.value, each.details) for each, record in self._fresh],
        )
        if rechain:
            # An own act stands elsewhere in the chain than this store thought: the unanswered ones close up.
            self._here = acts.rechain(self._connection, self._here, self._here.epoch)

    def _answer(self, each: Entry, row: Any) -> None:
        self._connection.execute(
            update(schema.act)
            .where(_act.act_id == each.act_id)
            .values(
                seq=each.seq,
                verdict=each.verdict.value,
                verdict_details=each.details,
                device_id=each.device_id,
                epoch=each.epoch,
                dseq=each.dseq,
                h=each.h,
            )
        )
        if each.verdict is not Verdict.OK:
            self.refused += 1
        counted = row.verdict in (None, Verdict.OK.value)
        if counted != (each.verdict is Verdict.OK) or row.device_id != self._here.device_id:
            self._anew |= {pair for pair in acts.read_subjects(row.subjects) if pair[0] in _REFOLDED}
            self._publish = self._publish or publishes(self._counter.kinds.get(row.kind))

    # -- rows --

    def write_rows(self) -> Changes:
        """Fold what came: in order where nothing else stands on the subject, anew where something does."""
        connection, kinds = self._connection, self._counter.kinds
        replay = Replay(connection, kinds, self._counter.files, self._here.office_id)
        fresh = [record.act(each.seq, each.verdict.value) for each, record in self._fresh if _countable(each)]
        for act in fresh:
            kind = kind_of(kinds, act)
            if kind is None:
                self._note_raw(act.kind)
                continue
            self._publish = self._publish or publishes(kind)
            self._anew |= {subject for subject, _ in replay.folds_of(act) if subject in self._waiting}
            self._hold_taken_code(act)
        for act in fresh:
            replay.fold(act, but=self._anew)
        for subject in self._anew:
            replay.anew(subject)
        self._note_numbers(fresh)
        if self._publish:
            replay.publish_anew()
        return replay.write()

    def _hold_taken_code(self, act: Act) -> None:
        """Two dossiers cannot stand under one code: an own one that nobody has accepted yet gives way."""
        if act.kind not in BEGUN:
            return
        code = act.body["dossier"]["code"]
        d = schema.dossier.c
        other = self._connection.execute(select(d.id).where(d.code == code, d.id != act.subjects[0][1])).scalar()
        if other is None:
            return
        subject = ("dossier", other)
        for mine in acts.of_subject(self._connection, subject):
            if mine.kind in BEGUN and mine.seq is None:
                self._connection.execute(update(schema.act).where(_act.act_id == mine.act_id).values(verdict=HELD))
                self._anew.add(subject)

    def _note_numbers(self, fresh: Sequence[Act]) -> None:
        """Numbers of this device that a lost store had given are never given again."""
        for act in fresh:
            if act.device_id != self._here.device_id:
                continue
            if act.kind == "intake.made":
                year = clock.local(act.at).year
                letter = act.body["intake"]
                numbers.raise_book_to(self._connection, self._here, letter["kind"], year, letter["number"])
            if act.kind == "sheet.reserved":
                self._note_code(act.subjects[0][1], "", own=False, day=clock.local(act.at).date())
            if act.kind in ("dossier.received", "dossier.registered"):
                body, day = act.body["dossier"], clock.local(act.at).date()
                late = body.get("late_entry")
                if late is None:
                    self._note_code(body["code"], body["prefix"], own=body["code_kind"] == "official", day=day)
                elif body["official_code"]:
                    day = clock.local(read_instant(late["at"])).date()
                    self._note_code(body["official_code"], body["prefix"], own=True, day=day)

    def _note_code(self, code: str, prefix: str, *, own: bool, day: date) -> None:
        read = codes.read(code) if own else codes.read_temporary(code)
        if read is not None:
            key = numbers.key_of(prefix, own)
            numbers.raise_to(self._connection, self._here, key, day.isoformat(), read.order)

    def _note_raw(self, kind: str) -> None:
        where = _state.office_id == self._here.office_id
        raw = self._connection.execute(select(schema.sync_state.c.raw).where(where)).scalar() or []
        if kind not in raw:
            self._connection.execute(update(schema.sync_state).where(where).values(raw=sorted([*raw, kind])))

    # -- cursor --

    def move_cursor(self) -> bool:
        """The cursor goes with its rows. False where the stream at hand is not the centre's."""
        where = _state.office_id == self._here.office_id
        digest: str = self._connection.execute(select(schema.sync_state.c.digest).where(where)).scalar_one()
        for each in self._page.entries:
            details = canonical(each.details) if each.details is not None else None
            digest = acts.stream_digest(digest, each.seq, each.act_id, each.h, each.verdict.value, details)
        self._connection.execute(update(schema.sync_state).where(where).values(seq=self._page.upto, digest=digest))
        return self._page.digest is None or self._page.digest == digest


def _countable(each: Entry) -> bool:
    return each.verdict is Verdict.OK


def _learn(counter: Counter, outcome: Outcome) -> None:
    """Fold what was kept raw until a program came that knows its kind."""
    with counter.store.reading() as connection:
        raw = connection.execute(select(schema.sync_state.c.raw)).scalar() or []
    if not any(name in counter.kinds for name in raw):
        return
    with counter.store.writing() as connection:
        here = acts.head(connection)
        assert here is not None
        known = [name for name in raw if name in counter.kinds]
        which = (_act.office_id == here.office_id) & _act.kind.in_(known)
        replay = Replay(connection, counter.kinds, counter.files, here.office_id)
        for subject in _subjects_of(connection, which):
            replay.anew(subject)
        if _publishing(connection, counter.kinds, which):
            replay.publish_anew()
        changes = replay.write()
        left = [name for name in raw if name not in counter.kinds]
        connection.execute(update(schema.sync_state).where(_state.office_id == here.office_id).values(raw=left or None))
    outcome.add(changes)
    counter.tell(changes)


# ---- push ---------------------------------------------------------------------------------------------------------


def _push_all(counter: Counter, outcome: Outcome, ack: int) -> bool:
    """Send what stands behind `ack`, batch by batch; False where the exchange must begin anew."""
    while True:
        with counter.store.reading() as connection:
            here = _place(connection).here
            batch = next(_runs(_behind(connection, here, ack)), [])
        if not batch:
            return True
        answer = counter.peer.push(Push(here.office_id, here.device_id, here.epoch, tuple(batch)))
        if answer.answer is not Answer.OK:
            return False
        outcome.pushed += max(0, answer.ack - ack)
        if answer.ack <= ack:
            return False
        ack = answer.ack


def _behind(connection: Connection, here: Head, ack: int) -> list[Record]:
    rows = connection.execute(
        select(*(_act[name] for name in acts.RECORD))
        .where(_act.device_id == here.device_id, _act.epoch == here.epoch, _act.dseq > ack)
        .order_by(_act.dseq)
        .limit(BATCH)
    )
    return [acts.record(row) for row in rows]


# ---- files --------------------------------------------------------------------------------------------------------


def _files(counter: Counter, outcome: Outcome) -> None:
    """Send the files that are here and not yet there, fetch those that are named and not here. No act ever waits."""
    with counter.store.reading() as connection:
        here = _place(connection).here
        open_ones = _open_files(connection, here.office_id)
        unread = _unread(connection, here.office_id)
    for sha256 in open_ones:
        if counter.files.has(sha256):
            content = counter.files.get(sha256)
            if sha256 in unread:
                _publish(counter, here.office_id, sha256, outcome)
            if _send(counter.peer, here.office_id, sha256, content):
                _note_file(counter.store, here.office_id, sha256, content)
                outcome.files_sent += 1
        elif _fetch(counter, here.office_id, sha256, outcome):
            outcome.files_got += 1


def _open_files(connection: Connection, office_id: str) -> list[str]:
    """The files that are stored or named here and of which the centre has not yet said that it has them."""
    settled = exists().where(_blob.sent_at.is_not(None))
    printed, publication, page, paper = (
        schema.printed.c,
        schema.publication.c,
        schema.document_page.c,
        schema.document.c,
    )
    queries = (
        select(_blob.sha256).where(_blob.office_id == office_id, _blob.sent_at.is_(None)),
        select(printed.blob).where(printed.office_id == office_id, ~settled.where(_blob.sha256 == printed.blob)),
        select(page.blob).where(page.office_id == office_id, ~settled.where(_blob.sha256 == page.blob)),
        select(paper.blob).where(
            paper.office_id == office_id, paper.blob.is_not(None), ~settled.where(_blob.sha256 == paper.blob)
        ),
        select(publication.id).where(
            publication.office_id == office_id, ~settled.where(_blob.sha256 == publication.id)
        ),
    )
    return list(dict.fromkeys(sha256 for query in queries for sha256 in connection.execute(query).scalars()))


def _unread(connection: Connection, office_id: str) -> set[str]:
    """Published files that no row tells of: the program ended after such a file had come and before it was read."""
    c = schema.publication.c
    told = exists().where(_blob.sha256 == c.id)
    return set(connection.execute(select(c.id).where(c.office_id == office_id, ~told)).scalars())


def _note_file(store: Store, office_id: str, sha256: str, content: bytes) -> None:
    """Remember that both sides have a file."""
    now = clock.now()
    with store.writing() as connection:
        known = connection.execute(update(schema.blob).where(_blob.sha256 == sha256).values(sent_at=now)).rowcount
        if not known:
            connection.execute(
                insert(schema.blob),
                {
                    "sha256": sha256,
                    "office_id": office_id,
                    "size": len(content),
                    "media_type": _media(content),
                    "stored_at": now,
                    "sent_at": now,
                },
            )


def _send(peer: SyncPeer, office_id: str, sha256: str, content: bytes) -> bool:
    """Send a file from where the centre has got to; True once it has it whole."""
    held = peer.blob_head(office_id, sha256)
    while not held.whole:
        at = held.size if held.size < len(content) else 0
        after = peer.blob_patch(office_id, sha256, at, len(content), content[at : at + PIECE])
        if not after.whole and after.size <= at:
            return False
        held = after
    return True


def _fetch(counter: Counter, office_id: str, sha256: str, outcome: Outcome) -> bool:
    """Fetch a file; it shows only once its hash fits. False where the centre has not got it yet."""
    content = b""
    while True:
        piece = counter.peer.blob_get(office_id, sha256, len(content))
        if piece is None or (not piece.content and len(content) < piece.total):
            return False
        content += piece.content
        if len(content) >= piece.total:
            break
    if fingerprint(content) != sha256:
        return False
    counter.files.put(content)
    _publish(counter, office_id, sha256, outcome)
    _note_file(counter.store, office_id, sha256, content)
    return True


def _publish(counter: Counter, office_id: str, sha256: str, outcome: Outcome) -> None:
    """Make what a published file stands for."""
    with counter.store.writing() as connection:
        changes = publish_arrived(connection, counter.kinds, counter.files, office_id, sha256)
    outcome.add(changes)
    counter.tell(changes)


def _media(content: bytes) -> str:
    return "application/pdf" if content.startswith(b"%PDF-") else "application/octet-stream"
