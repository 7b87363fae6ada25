"""The signatures that stand in a PDF, truly validated: what each one covers, who made it, and who vouches for that.

Three questions, in this order. Does the signature fit the bytes, and was nothing that a person sees changed after it?
If not, it is *broken*. Does a chain of certificates lead to somebody the office believes, at the moment of signing,
with nothing revoked? Where that is proved, it is *valid*. Everything else is *unknown*: intact, but nobody here vouches
for it.

The moment of signing is what a time stamp of a believed authority says; without one the signer's own word is no proof,
and the certificate has to hold today. No network is used: lists of revoked certificates come with the PDF or from the
office's folder (`sign_trust`).
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pikepdf import Pdf
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import (
    EmbeddedPdfSignature,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.status import PdfSignatureStatus

from onestop import clock
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.papers import Signature
from paper.opening import strange_file
from paper.pdf_clean import is_signed
from paper.sign import Certificate, certificate_of
from paper.sign_belief import USES, Evidence, entry, evidence_of, why_not
from paper.sign_cover import Added, added_after, covers_all, gap_is_the_signature
from paper.sign_trust import Trust

SUPPORTED = {
    SigSeedSubFilter.ADOBE_PKCS7_DETACHED.value,
    SigSeedSubFilter.PADES.value,
    SigSeedSubFilter.ETSI_RFC3161.value,
}


@dataclass(frozen=True, slots=True)
class SignatureFact:
    """One signature. `intact`: it fits its bytes and what is seen is what was signed. `remark`: why it is not valid.

    `claimed_at`: when, in the signer's own words; `proved_at`: not later than that, by a believed time stamp.
    `covers_all`: nothing was added to the file since; what was, says `added`. `time_stamp`: it is a time stamp of an
    authority over the whole document, no person's signature.
    """

    field: str
    verdict: Signature
    intact: bool
    remark: Remark | None = None
    signer: Certificate | None = None
    claimed_at: datetime | None = None
    proved_at: datetime | None = None
    covers_all: bool = True
    added: Added = Added.NOTHING
    reason: str = ""
    time_stamp: bool = False

    @property
    def since(self) -> Remark:
        """What became of the file since, in words."""
        return Remark("sign.added", {"what": self.added.value})


def overall(facts: Sequence[SignatureFact]) -> Signature:
    """The one word for a file: broken where any is, then unknown; a time stamp alone is no signature."""
    words = {each.verdict for each in facts if not each.time_stamp or each.verdict is Signature.BROKEN}
    for word in (Signature.BROKEN, Signature.UNKNOWN, Signature.VALID):
        if word in words:
            return word
    return Signature.NONE


def signatures(pdf: bytes, trust: Trust, now: datetime | None = None) -> tuple[SignatureFact, ...]:
    """Every signature in `pdf`, the oldest first, as it stands at `now` (None: by the clock). Run it through `apart`,
    with the moment, because the clock there is the machine's: the file may be anything.

    RuleBroken paper.password, and what `strange_file` says of a PDF that cannot be read.
    """
    with strange_file():
        reader = _opened(pdf)
        found = [
            (name, field)
            for name, value, field in enumerate_sig_fields(reader, filled_status=True)
            if value is not None
        ]
        if not found:
            return _stray(pdf)
        return asyncio.run(_facts(reader, found, evidence_of(reader, trust, now or clock.now())))


def _opened(pdf: bytes) -> PdfFileReader:
    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    if reader.encrypted and reader.decrypt("").status is AuthStatus.FAILED:
        raise RuleBroken("paper.password")
    return reader


def _stray(pdf: bytes) -> tuple[SignatureFact, ...]:
    """A signature that no form of the document names is shown by no reader, and is no reason to say that there is
    none."""
    with Pdf.open(io.BytesIO(pdf)) as document:
        if not is_signed(document):
            return ()
    return (SignatureFact("", Signature.UNKNOWN, intact=False, remark=Remark("sign.fact-stray")),)


async def _facts(
    reader: PdfFileReader, found: Iterable[tuple[str, object]], evidence: Evidence
) -> tuple[SignatureFact, ...]:
    facts: list[SignatureFact] = []
    embedded: list[EmbeddedPdfSignature] = []
    for name, field in found:
        one = _embedded(reader, name, field)
        if isinstance(one, SignatureFact):
            facts.append(one)
        else:
            embedded.append(one)
    embedded.sort(key=lambda each: each.signed_revision)
    stamps = {each.fq_name: await _judged(each, evidence) for each in embedded if _is_stamp(each)}
    for each in embedded:
        if each.fq_name in stamps:
            facts.append(stamps[each.fq_name])
            continue
        later = [
            stamp.proved_at
            for other in embedded
            if other.signed_revision > each.signed_revision and (stamp := stamps.get(other.fq_name)) and stamp.proved_at
        ]
        facts.append(await _judged(each, evidence, min(later, default=None)))
    return tuple(facts)


def _embedded(reader: PdfFileReader, name: str, field: object) -> EmbeddedPdfSignature | SignatureFact:
    try:
        with strange_file():
            value = field.get_object()["/V"]  # type: ignore[attr-defined]
            if str(entry(value, "/SubFilter")) not in SUPPORTED:
                return SignatureFact(name, Signature.UNKNOWN, intact=False, remark=Remark("sign.fact-kind"))
            return EmbeddedPdfSignature(reader, field, name)  # type: ignore[arg-type]
    except RuleBroken:
        return SignatureFact(name, Signature.BROKEN, intact=False, remark=Remark("sign.fact-unreadable"))


def _is_stamp(embedded: EmbeddedPdfSignature) -> bool:
    return str(embedded.sig_object_type) == "/DocTimeStamp"


async def _judged(
    embedded: EmbeddedPdfSignature, evidence: Evidence, stamped_at: datetime | None = None
) -> SignatureFact:
    stamp = _is_stamp(embedded)
    try:
        with strange_file():
            return await (_stamp(embedded, evidence) if stamp else _signature(embedded, evidence, stamped_at))
    except RuleBroken:
        remark = Remark("sign.fact-unreadable")
        return SignatureFact(embedded.fq_name, Signature.BROKEN, intact=False, remark=remark, time_stamp=stamp)


async def _signature(embedded: EmbeddedPdfSignature, evidence: Evidence, stamped_at: datetime | None) -> SignatureFact:
    status = await _validated(embedded, evidence, evidence.now)
    proofs = [stamped_at] if stamped_at else []
    stamp = status.timestamp_validity
    if stamp is not None and stamp.trusted:
        proofs.append(clock.utc(stamp.timestamp))
    proved_at = min(proofs, default=None)
    if proved_at is not None and not status.trusted:
        status = await _validated(embedded, evidence, proved_at)
    who = certificate_of(embedded.signer_cert.dump())
    claimed = status.signer_reported_dt or embedded.self_reported_timestamp
    claimed_at = None if claimed is None else clock.utc(claimed)
    broken = _broken(embedded, status)
    verdict, remark = Signature.BROKEN, broken
    if broken is None:
        unasked = False
        if not status.trusted:
            unasked = (await _validated(embedded, evidence, proved_at or evidence.now, asked=False)).trusted
        verdict, remark = why_not(status, who, claimed_at, proved_at or evidence.now, proved_at is not None, unasked)
    return SignatureFact(
        embedded.fq_name,
        verdict,
        intact=broken is None,
        remark=remark,
        signer=who,
        claimed_at=claimed_at,
        proved_at=proved_at,
        covers_all=covers_all(embedded),
        added=added_after(embedded),
        reason=str(entry(embedded.sig_object, "/Reason") or ""),
    )


async def _validated(
    embedded: EmbeddedPdfSignature, evidence: Evidence, moment: datetime, asked: bool = True
) -> PdfSignatureStatus:
    return await async_validate_pdf_signature(
        embedded,
        evidence.at(moment, asked),
        ts_validation_context=evidence.at(evidence.now),
        key_usage_settings=USES,
    )


async def _stamp(embedded: EmbeddedPdfSignature, evidence: Evidence) -> SignatureFact:
    """The fact of a time stamp over the document; what it proves is in `proved_at` where it is believed."""
    status = await async_validate_pdf_timestamp(embedded, evidence.at(evidence.now))
    who = certificate_of(embedded.signer_cert.dump())
    said = clock.utc(status.timestamp)
    intact = status.intact and status.valid and added_after(embedded) is not Added.CONTENT
    verdict, remark = (
        why_not(status, who, said, evidence.now) if intact else (Signature.BROKEN, Remark("sign.fact-altered"))
    )
    return SignatureFact(
        embedded.fq_name,
        verdict,
        intact=intact,
        remark=remark,
        signer=who,
        claimed_at=said,
        proved_at=said if verdict is Signature.VALID else None,
        covers_all=covers_all(embedded),
        added=added_after(embedded),
        time_stamp=True,
    )


def _broken(embedded: EmbeddedPdfSignature, status: PdfSignatureStatus) -> Remark | None:
    if not (status.intact and status.valid and gap_is_the_signature(embedded)):
        return Remark("sign.fact-altered")
    if added_after(embedded) is Added.CONTENT or status.docmdp_ok is False:
        return Remark("sign.fact-changed-after")
    return None
