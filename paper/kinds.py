"""What a file is, by its content: the name and the ending that somebody gave it say nothing."""

from __future__ import annotations

import re
from enum import StrEnum


class Kind(StrEnum):
    """What a page may come in."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    HEIC = "heic"
    BMP = "bmp"
    WEBP = "webp"


class Foreign(StrEnum):
    """What is no page, as far as it can be named; each has its sentence, `paper.not-a-page.…`."""

    EMPTY = "empty"
    OFFICE = "office"
    ARCHIVE = "archive"
    PROGRAM = "program"
    HTML = "html"
    TEXT = "text"
    GIF = "gif"
    PICTURE = "picture"
    VIDEO = "video"
    SOUND = "sound"
    MAIL = "mail"
    SIGNATURE = "signature"
    UNKNOWN = "unknown"


MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.TIFF: "image/tiff",
    Kind.HEIC: "image/heic",
    Kind.BMP: "image/bmp",
    Kind.WEBP: "image/webp",
}

PDF_WITHIN = 1024
"""Bytes before "%PDF-" that readers put up with (ISO 32000, annex H)."""

_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
_PICTURES: dict[Kind, tuple[bytes, ...]] = {
    Kind.JPEG: (b"\xff\xd8\xff",),
    Kind.PNG: (b"\x89PNG\r\n\x1a\n",),
    Kind.TIFF: (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"),
    Kind.BMP: (b"BM",),
}
_FOREIGN: tuple[tuple[Foreign, tuple[bytes, ...]], ...] = (
    (Foreign.PROGRAM, (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!")),
    (Foreign.PROGRAM, (b"L\0\0\0\x01\x14\x02\0",)),
    (Foreign.OFFICE, (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")),
    (Foreign.ARCHIVE, (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")),
    (Foreign.ARCHIVE, (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"(\xb5/\xfd", b"MSCF")),
    (Foreign.GIF, (b"GIF87a", b"GIF89a")),
    (Foreign.PICTURE, (b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51", b"\0\0\0\x0cJXL ", b"\xff\x0a", b"8BPS", b"%!PS")),
    (Foreign.PICTURE, (b"\0\0\x01\0", b"AT&TFORM")),
    (Foreign.VIDEO, (b"\x1aE\xdf\xa3", b"\0\0\x01\xba", b"FLV")),
    (Foreign.SOUND, (b"ID3", b"OggS", b"fLaC", b"\xff\xfb", b"\xff\xf3")),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,400}?-->\s*)?<(?:!doctype\s+html|html|head|body|script|svg)\b",
    re.I | re.S,
)
_MAIL = re.compile(rb"(?:From |Return-Path:|Received:|MIME-Version:|Message-ID:|Delivered-To:)", re.I)
_SIGNED_DATA = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
_OFFICE_PARTS = (
    b"[Content_Types].xml",
    b"word/",
    b"xl/",
    b"ppt/",
    b"mimetypeapplication/vnd.oasis",
    b"mimetypeapplication/vnd.sun",
)


def kind_of(content: bytes) -> Kind | Foreign:
    """What `content` is by its first bytes; whether it can be opened is another question (`judge.look`)."""
    if not content.strip(b"\0 \t\r\n"):
        return Foreign.EMPTY
    head = content[:4096]
    for kind, signs in _PICTURES.items():
        if head.startswith(signs) and (kind is not Kind.BMP or _is_bmp(content)):
            return kind
    if head[:4] == b"RIFF":
        if head[8:12] == b"WEBP":
            return Kind.WEBP
        return Foreign.SOUND if head[8:12] == b"WAVE" else Foreign.VIDEO
    if head[4:8] == b"ftyp":
        return _of_brands(head)
    if head.startswith(b"%PDF-"):
        return Kind.PDF
    foreign = _foreign(head)
    # A PDF may stand behind a few stray bytes; behind the head of something else it is that other thing first.
    if b"%PDF-" in content[: PDF_WITHIN + 5] and foreign in (Foreign.UNKNOWN, Foreign.TEXT):
        return Kind.PDF
    return foreign


def hidden_in(content: bytes, kind: Kind) -> Foreign | None:
    """What else a page is at the same time: a ZIP that ends where the page ends, or a program or archive right behind
    a picture. Telephones put a second picture or a film behind the first; that is no harm."""
    tail = content[-66_000:]
    at = tail.rfind(b"PK\x05\x06")
    if at >= 0 and len(tail) - at >= 22:
        note = int.from_bytes(tail[at + 20 : at + 22], "little")
        start = int.from_bytes(tail[at + 16 : at + 20], "little")
        if at + 22 + note == len(tail) and start < len(content):
            return Foreign.ARCHIVE
    if kind is Kind.JPEG:
        end = content.rfind(b"\xff\xd9")
        behind = _foreign(content[end + 2 : end + 4098]) if 0 <= end < len(content) - 64 else None
        return behind if behind in (Foreign.PROGRAM, Foreign.ARCHIVE, Foreign.OFFICE, Foreign.HTML) else None
    return None


def _is_bmp(content: bytes) -> bool:
    return len(content) > 26 and int.from_bytes(content[14:18], "little") in (12, 40, 52, 56, 64, 108, 124)


def _of_brands(head: bytes) -> Kind | Foreign:
    size = min(int.from_bytes(head[:4], "big"), 256)
    brands = {head[at : at + 4] for at in range(8, max(size, 12), 4)}
    if head[8:12] in (b"avif", b"avis") or (b"avif" in brands and head[8:12] not in _HEIC_BRANDS):
        return Foreign.PICTURE
    return Kind.HEIC if brands & _HEIC_BRANDS else Foreign.VIDEO


def _foreign(head: bytes) -> Foreign:
    for name, signs in _FOREIGN:
        if head.startswith(signs):
            if name is Foreign.ARCHIVE and head.startswith(b"PK") and any(part in head for part in _OFFICE_PARTS):
                return Foreign.OFFICE
            return name
    if head[257:262] == b"ustar":
        return Foreign.ARCHIVE
    if _HTML.match(head.lstrip(b"\xef\xbb\xbf")):
        return Foreign.HTML
    if _MAIL.match(head):
        return Foreign.MAIL
    if _SIGNED_DATA in head[:64]:
        return Foreign.SIGNATURE
    return Foreign.TEXT if _is_text(head) else Foreign.UNKNOWN


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return False
        text = head[: error.start].decode("utf-8")
    return sum(not (sign.isprintable() or sign in "\t\r\n\f") for sign in text) * 50 < len(text)
