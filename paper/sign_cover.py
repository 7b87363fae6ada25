"""What a signature in a PDF covers, and what was put into the file since.

A file grows by additions behind its end. Some leave what was signed as it is (another signature, proofs, a field that
is filled in); anything else changes what a person sees, and with it the worth of the signature.
"""

from __future__ import annotations

from enum import StrEnum

from asn1crypto import cms
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

BLANK = b"\0\t\n\f\r "


class Added(StrEnum):
    """What was put into the file after a signature was made; each has its words, `sign.added.…`."""

    NOTHING = "nothing"
    PROOFS = "proofs"
    FIELDS = "fields"
    CONTENT = "content"


def added_after(embedded: EmbeddedPdfSignature) -> Added:
    """What came after the signature; asked once the library has compared the revisions."""
    result: object = embedded.diff_result
    if not isinstance(result, DiffResult) or _behind(embedded):
        return Added.CONTENT
    level = result.modification_level
    if level is ModificationLevel.NONE:
        return Added.NOTHING if covers_all(embedded) else Added.CONTENT
    if level is ModificationLevel.LTA_UPDATES:
        return Added.PROOFS
    return Added.FIELDS if level is ModificationLevel.FORM_FILLING else Added.CONTENT


def covers_all(embedded: EmbeddedPdfSignature) -> bool:
    """Whether nothing but the line ends that some mail programs add stands behind what was signed."""
    _one, _length, start, rest = (int(each) for each in embedded.byte_range)
    return not _tail(embedded, start + rest).strip(BLANK)


def _behind(embedded: EmbeddedPdfSignature) -> bool:
    """Whether anything stands behind the end of the document, where one reader looks and another does not."""
    return not _tail(embedded, 0).rstrip(BLANK).endswith(b"%%EOF")


def _tail(embedded: EmbeddedPdfSignature, start: int) -> bytes:
    stream = embedded.reader.stream
    stream.seek(start)
    return bytes(stream.read())


def gap_is_the_signature(embedded: EmbeddedPdfSignature) -> bool:
    """Whether the one place that is not signed holds the signature, noughts to its end, and nothing else."""
    one, length, two, rest = (int(each) for each in embedded.byte_range)
    content = _tail(embedded, 0)
    gap = content[length:two]
    held = embedded.pkcs7_content
    return (
        one == 0
        and two + rest <= len(content)
        and (gap[:1], gap[-1:]) == (b"<", b">")
        and gap[1:-1].lower() == held.hex().encode()
        and not held[len(cms.ContentInfo.load(held).dump()) :].strip(b"\0")
    )
