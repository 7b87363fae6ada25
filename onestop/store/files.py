"""Files by content hash, written whole or not at all: stored PDFs, published catalogues, scans."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from pathlib import Path

from onestop.rules import why
from onestop.rules.errors import RuleBroken, StoreTrouble


class Files:
    """The folder of an office's files. A name is the SHA-256 of the content; nothing personal is in a path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the file with this hash lies, or would lie."""
        return self.folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Whether the file with this hash is here."""
        return self.path(sha256).exists()

    def part(self, sha256: str) -> Path:
        """Where a file that comes in pieces is gathered."""
        return self.folder / "parts" / sha256

    def put(self, content: bytes) -> str:
        """Store `content` durably and give its SHA-256. Storing the same content again costs a look.

        StoreTrouble store.disk-full or store.unreachable; nothing half written stays under the file's name.
        """
        name = hashlib.sha256(content).hexdigest()
        target = self.path(name)
        waiting = target.with_name(f".{name}.{os.getpid()}.{threading.get_ident()}")
        try:
            if target.exists() and target.stat().st_size == len(content):
                return name
            fresh = not target.parent.exists()
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                with waiting.open("wb") as stream:
                    stream.write(content)
                    stream.flush()
                    os.fsync(stream.fileno())
                os.replace(waiting, target)
            except OSError:
                waiting.unlink(missing_ok=True)
                raise
            sync_folder(target.parent)
            if fresh:
                sync_folder(self.folder)
        except OSError as error:
            raise StoreTrouble(why.store_trouble(error), said=error.strerror or str(error)) from error
        return name

    def drop(self, sha256: str) -> None:
        """Take the file with this hash away; nothing happens where there is none."""
        try:
            self.path(sha256).unlink(missing_ok=True)
        except OSError as error:
            raise StoreTrouble(why.store_trouble(error), said=error.strerror or str(error)) from error

    def get(self, sha256: str) -> bytes:
        """The content with this hash, verified. StoreTrouble when it is missing or damaged."""
        try:
            content = self.path(sha256).read_bytes()
        except OSError as error:
            raise StoreTrouble("files.missing", sha256=sha256) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise StoreTrouble("files.damaged", sha256=sha256)
        return content


def fingerprint(content: bytes) -> str:
    """The name of a file: the SHA-256 of its content, hex."""
    return hashlib.sha256(content).hexdigest()


def demand_ordinary(target: Path) -> None:
    """RuleBroken file.not-ordinary where `target` is there and is no file: a device would be written over, or taken
    away, and a pipe may never end."""
    with contextlib.suppress(OSError, ValueError):  # whoever writes is told of a name that no disk can have
        if target.exists() and not target.is_file():
            raise RuleBroken("file.not-ordinary", file=str(target))


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable, where the system can (not on Windows)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
