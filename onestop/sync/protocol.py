"""What counter and centre say to each other: messages as values, and the interface that every way to the centre has.

The wire protocol is specified in docs/sync.md. Answers carry acts and verdicts, never rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from onestop.store.acts import Record

VERSION = 1
"""1: 2026-11, the first."""

PAGE = 500
BATCH = 500
BATCH_BYTES = 1 << 20
PIECE = 256 * 1024


class Verdict(StrEnum):
    """What the centre says of an act, once and for ever. DUPLICATE is told of an act sent again; the first stands."""

    OK = "ok"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    CONFLICT = "conflict"
    QUARANTINED = "quarantined"


class Answer(StrEnum):
    """What the centre says of a message."""

    OK = "ok"
    FORK = "fork"
    """This device's chain is not the one the centre knows: it has to ask for a new epoch."""
    NEW_EPOCH = "new_epoch"
    """Here it is."""
    TIMELINE = "timeline"
    """The centre was restored from a backup: `common` is the last seq that still holds."""
    REVOKED = "revoked"
    UPGRADE = "upgrade"
    """The counter's program is too old to talk."""
    GAP = "gap"
    """Acts are missing before the first one sent: begin after `ack`."""
    STALE_EPOCH = "stale_epoch"
    FORK_NEEDED = "fork_needed"


@dataclass(frozen=True, slots=True)
class Hello:
    """Who calls, where its chain stands, and up to where it has read the office's stream."""

    office_id: str
    device_id: str
    epoch: int
    dseq: int
    h: str
    timeline: str | None
    seq: int
    version: int = VERSION
    behind: int | None = None
    """Asks for a new epoch behind this one, the newest that the centre has told of. A message that comes late thus
    opens none."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """`epoch`: the newest that the centre knows of this device; `ack`, `h`: the last act that it holds of that one."""

    answer: Answer
    epoch: int = 0
    ack: int = 0
    h: str = ""
    timeline: str = ""
    common: int = 0


@dataclass(frozen=True, slots=True)
class Push:
    """Acts of one epoch in order of dseq, without gaps: at most BATCH of them or BATCH_BYTES of bodies."""

    office_id: str
    device_id: str
    epoch: int
    acts: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on one act of a push."""

    act_id: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Pushed:
    """OK, GAP, STALE_EPOCH, FORK_NEEDED or REVOKED; `ack` is the last dseq of this epoch that the centre now holds.

    `verdicts` are told for information: a counter takes verdicts from the stream alone, where they have an order.
    """

    answer: Answer
    ack: int
    verdicts: tuple[Judged, ...] = ()


@dataclass(frozen=True, slots=True)
class Pull:
    """Asks for what stands in the office's stream behind `seq`. `whole`: this device's own acts with their content."""

    office_id: str
    device_id: str
    timeline: str
    seq: int
    limit: int = PAGE
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One act in the office's stream. `act` is None for the asker's own acts, which he has, unless he asked for all."""

    seq: int
    act_id: str
    verdict: Verdict
    details: Mapping[str, Any] | None
    device_id: str
    epoch: int
    dseq: int
    h: str
    act: Record | None


@dataclass(frozen=True, slots=True)
class Page:
    """The stream from behind `after` up to `upto`. `more`: it goes on. `digest`: what the stream up to `upto` comes to,
    told where it ends."""

    answer: Answer
    timeline: str = ""
    after: int = 0
    upto: int = 0
    more: bool = False
    digest: str | None = None
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """How much of a file the centre has. `whole`: all of it, and its hash fits."""

    size: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file: the bytes from where it was asked for, at most PIECE of them, and how long the file is."""

    total: int
    content: bytes


class SyncPeer(Protocol):
    """The centre, however it is reached. Every call may raise NetworkTrouble and may be made again at any time."""

    def hello(self, message: Hello) -> Welcome:
        """Begin: is this chain known, does the stream still hold."""
        ...

    def push(self, message: Push) -> Pushed:
        """Bring acts, one transaction."""
        ...

    def pull(self, message: Pull) -> Page:
        """Read the office's stream."""
        ...

    def blob_head(self, office_id: str, sha256: str) -> Held:
        """How much of a file is there."""
        ...

    def blob_patch(self, office_id: str, sha256: str, at: int, total: int, piece: bytes) -> Held:
        """Add a piece of a file at byte `at`; the last one completes it if the hash fits."""
        ...

    def blob_get(self, office_id: str, sha256: str, at: int) -> Piece | None:
        """A piece of a file from byte `at`, or None where the centre has not got the whole file."""
        ...
