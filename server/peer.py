"""The centre in one process: a store of its own that holds many offices, spoken to as every centre is.

The same code stands on SQLite (a try-out, tests) and on PostgreSQL. It answers every message; what a message may not
do is an answer, never an error.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable

from sqlalchemy import insert, select

from onestop import clock
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.store import schema
from onestop.store.engine import Store
from onestop.store.files import Files, fingerprint
from onestop.store.replay import publish_arrived
from onestop.store.work import Changes, Kinds
from onestop.sync import apply
from onestop.sync.protocol import PIECE, Held, Hello, Page, Piece, Pull, Push, Pushed, Welcome


class Centre:
    """A `SyncPeer` on a store of its own. `tell` hears what a push touched, office by office, once it is committed."""

    def __init__(
        self,
        store: Store,
        kinds: Kinds,
        files: Files,
        tell: Callable[[str, Changes], None] = lambda office_id, changes: None,
    ) -> None:
        self.store = store
        self._kinds = kinds
        self._files = files
        self._tell = tell

    # ---- for whoever runs it ----

    def admit(self, office_id: str, device_id: str) -> None:
        """Let a device speak for an office."""
        with self.store.writing() as connection:
            apply.admit(connection, office_id, device_id)

    def revoke(self, device_id: str) -> None:
        """Let a device speak no longer."""
        with self.store.writing() as connection:
            apply.revoke(connection, device_id)

    def restored(self) -> None:
        """The database was brought back from a backup: every office goes on in a new timeline."""
        with self.store.writing() as connection:
            c = schema.office_seq.c
            for row in connection.execute(select(c.office_id, c.last_seq)).all():
                apply.begin_timeline(connection, row.office_id, began=row.last_seq)

    # ---- SyncPeer ----

    def hello(self, message: Hello) -> Welcome:
        """See `onestop.sync.protocol.SyncPeer`."""
        with self.store.writing() as connection:
            return apply.greet(connection, message)

    def push(self, message: Push) -> Pushed:
        """One transaction: all the acts it answers for, or none."""
        with self.store.writing() as connection:
            answer, changes = apply.accept(connection, self._kinds, self._files, message)
        self._tell(message.office_id, changes)
        return answer

    def pull(self, message: Pull) -> Page:
        """Holds no transaction once it has answered."""
        with self.store.reading() as connection:
            return apply.page(connection, message)

    def blob_head(self, office_id: str, sha256: str) -> Held:
        """Whole, or as many bytes as have come. RuleBroken("sync.malformed") where that is no name of a file."""
        _demand_name(sha256)
        if self._files.has(sha256):
            return Held(self._files.path(sha256).stat().st_size, True)
        part = self._files.part(sha256)
        return Held(part.stat().st_size if part.exists() else 0, False)

    def blob_patch(self, office_id: str, sha256: str, at: int, total: int, piece: bytes) -> Held:
        """A piece that does not begin where the file has got to is answered with where that is."""
        held = self.blob_head(office_id, sha256)
        if held.whole or len(piece) > PIECE or at + len(piece) > total:
            return held
        if at != held.size:
            if at != 0:
                return held
            self._files.part(sha256).unlink(missing_ok=True)
        part = self._files.part(sha256)
        part.parent.mkdir(parents=True, exist_ok=True)
        with part.open("ab") as stream:
            stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
        if at + len(piece) < total:
            return Held(at + len(piece), False)
        return self._complete(office_id, sha256)

    def _complete(self, office_id: str, sha256: str) -> Held:
        """The last piece is there: the file shows if its hash fits, and is begun anew if not."""
        part = self._files.part(sha256)
        content = part.read_bytes()
        part.unlink(missing_ok=True)
        if fingerprint(content) != sha256:
            return Held(0, False)
        self._files.put(content)
        with self.store.writing() as connection:
            c = schema.blob.c
            if connection.execute(select(c.sha256).where(c.sha256 == sha256)).first() is None:
                row = {"sha256": sha256, "office_id": office_id, "size": len(content), "stored_at": clock.now()}
                connection.execute(
                    insert(schema.blob), {**row, "media_type": "application/octet-stream", "sent_at": clock.now()}
                )
            changes = publish_arrived(connection, self._kinds, self._files, office_id, sha256)
        self._tell(office_id, changes)
        return Held(len(content), True)

    def blob_get(self, office_id: str, sha256: str, at: int) -> Piece | None:
        """Nothing of a file that is not whole."""
        _demand_name(sha256)
        with contextlib.suppress(StoreTrouble):
            content = self._files.get(sha256)
            return Piece(len(content), content[at : at + PIECE])
        return None


def _demand_name(sha256: str) -> None:
    """A name becomes a path: only the 64 digits of a hash may."""
    if not re.fullmatch("[0-9a-f]{64}", sha256):
        raise RuleBroken("sync.malformed", what="name of a file")
