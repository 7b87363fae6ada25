"""Which files are stored here: the row beside the file, so that what a centre has not yet is known without a look at
the disk."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, exists, insert, or_, select

from onestop.store import schema
from onestop.store.files import Files

PDF = "application/pdf"
_SIGNS = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)


def keep(connection: Connection, files: Files, office_id: str, content: bytes, now: datetime) -> str:
    """Store `content` durably, note it in the transaction of `connection`, and give its SHA-256."""
    sha256 = files.put(content)
    known = connection.execute(select(schema.blob.c.sha256).where(schema.blob.c.sha256 == sha256)).first()
    if known is None:
        kind = next((kind for sign, kind in _SIGNS if content.startswith(sign)), "application/octet-stream")
        connection.execute(
            insert(schema.blob),
            {"sha256": sha256, "office_id": office_id, "size": len(content), "media_type": kind, "stored_at": now},
        )
    return sha256


def is_named(connection: Connection, sha256: str) -> bool:
    """Whether any row still names the file: a page on its way, a paper, a letter, a publication."""
    document, printed = schema.document.c, schema.printed.c
    names = (
        exists().where((schema.page.c.blob == sha256) | (schema.page.c.file == sha256)),
        exists().where(schema.document_page.c.blob == sha256),
        exists().where(document.blob == sha256),
        exists().where(printed.blob == sha256),
        exists().where(schema.publication.c.id == sha256),
    )
    return bool(connection.execute(select(or_(*names))).scalar())


def forget(connection: Connection, files: Files, sha256: str) -> None:
    """Take a file away that nothing names any more, with its row."""
    connection.execute(delete(schema.blob).where(schema.blob.c.sha256 == sha256))
    files.drop(sha256)
