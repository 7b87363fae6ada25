"""One more signature behind a PDF: PAdES (ETSI.CAdES.detached, SHA-256), as an addition that leaves every byte that was
there, so that a signature that stood in the file stays valid.

The moment of signing is the clock's. No authority is asked for a time stamp: a counter may have no network.
"""

from __future__ import annotations

import asyncio
import io
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from pikepdf import Pdf
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_cms import Signer as Key
from pyhanko.sign.signers.pdf_signer import PdfTBSDocument
from pyhanko.sign.validation.pdf_embedded import read_certification_data

from onestop import clock
from onestop.rules.errors import RuleBroken
from onestop.rules.papers import Signature
from paper.opening import strange_file
from paper.sign import Appearance, Certificate, filled
from paper.sign_belief import entry
from paper.sign_check import demand_one_more
from paper.sign_mark import Mark, MarkStyle, page_of, place, style_of
from paper.sign_trust import Trust
from paper.sign_writer import BehindWriter
from paper.signatures import signatures

FIELD = "KySo"
"""What the fields of our signatures are called: KySo1, KySo2, …"""


def signed(pdf: bytes, key: Key, who: Certificate, appearance: Appearance | None = None, reason: str = "") -> bytes:
    """`pdf` with a signature of `key` behind it, checked.

    RuleBroken sign.not-a-pdf, sign.encrypted, sign.closed (whoever signed first forbids more), sign.already-broken
    (what is signed there was changed since), sign.no-such-page, sign.came-back-broken (the key does not fit the
    certificate). What the key itself raises passes as it is.
    """
    moment = clock.now()
    with readable():
        writer = BehindWriter(pdf)
        _demand_open(writer.prev)
        taken = {name for name, _value, _field in enumerate_sig_fields(writer.prev)}
        if taken and any(each.verdict is Signature.BROKEN for each in signatures(pdf, Trust())):
            raise RuleBroken("sign.already-broken")
        name = next(name for name in (f"{FIELD}{count}" for count in itertools.count(1)) if name not in taken)
        spec, style = SigFieldSpec(name), None
        if appearance is not None:
            spec, style = _shown(pdf, appearance, who, moment, name)
        meta = PdfSignatureMetadata(
            field_name=name, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=reason or None
        )
        signer = PdfSigner(meta, key, stamp_style=style, new_field_spec=spec)
        prepared, digest, output = asyncio.run(_prepared(signer, writer, moment))
    asyncio.run(_finished(prepared, digest, moment, output))
    content = output.getvalue()
    try:
        demand_one_more(pdf, content)
    except RuleBroken as error:
        if is_damaged(pdf):
            raise RuleBroken("sign.not-a-pdf") from error
        raise
    return content


@contextmanager
def readable() -> Iterator[None]:
    """Round what reads a PDF that is to be signed: RuleBroken sign.not-a-pdf for whatever is wrong with it."""
    try:
        with strange_file():
            yield
    except RuleBroken as error:
        if error.code in ("paper.unreadable", "paper.truncated"):
            raise RuleBroken("sign.not-a-pdf") from error
        raise


def is_damaged(pdf: bytes) -> bool:
    """Whether a reader cannot show the document, or has to mend it first: then nobody can sign what is shown."""
    try:
        with readable(), Pdf.open(io.BytesIO(pdf)) as document:
            return bool(document.get_warnings())
    except RuleBroken as error:
        return error.code == "sign.not-a-pdf"


def _demand_open(reader: PdfFileReader) -> None:
    if reader.encrypted:
        raise RuleBroken("sign.encrypted")
    certified = read_certification_data(reader)
    if certified is not None and certified.permission is MDPPerm.NO_CHANGES:
        raise RuleBroken("sign.closed")
    for _name, value, field in enumerate_sig_fields(reader, filled_status=True):
        lock = entry(field.get_object(), "/Lock") or {}
        if value is not None and entry(lock, "/P") == MDPPerm.NO_CHANGES.value:
            raise RuleBroken("sign.closed")


def _shown(
    pdf: bytes, appearance: Appearance, who: Certificate, moment: datetime, name: str
) -> tuple[SigFieldSpec, MarkStyle]:
    mark = Mark(
        filled(appearance.lines, who, moment),
        appearance.size,
        appearance.ink,
        appearance.picture,
        appearance.picture_width,
    )
    page = page_of(pdf, appearance.page)
    left, bottom, right, top = (
        round(each) for each in place(page, mark.measure(), appearance.corner, appearance.margin)
    )
    return SigFieldSpec(name, on_page=page.index, box=(left, bottom, right, top)), style_of(mark, page)


async def _prepared(
    signer: PdfSigner, writer: BehindWriter, moment: datetime
) -> tuple[PdfTBSDocument, bytes, io.BytesIO]:
    try:
        session = signer.init_signing_session(writer)
    except SigningError as error:
        raise RuleBroken("sign.closed") from error
    session.system_time = clock.local(moment)
    room = await session.estimate_signature_container_size(None)
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=room, appearance_text_params={})
    output = io.BytesIO()
    digest, _same = document.digest_tbs_document(output=output)
    return document, digest.document_digest, output


async def _finished(document: PdfTBSDocument, digest: bytes, moment: datetime, output: io.BytesIO) -> None:
    attributes = PdfCMSSignedAttributes(signing_time=clock.local(moment))
    done = await document.perform_signature(document_digest=digest, pdf_cms_signed_attrs=attributes)
    await done.post_signature_processing(output)
