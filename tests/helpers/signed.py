"""Signed papers and what is found in them: by us, by pyHanko, with time stamps; one authority and one clerk."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from onestop import texts
from paper.sign import Appearance
from paper.sign_file import FileSigner
from paper.sign_trust import Trust
from paper.signatures import SignatureFact, signatures
from tests.helpers.signing import NOW, PIN, Owner, authority, made_pdf, owner

ROOT = authority()
DAT = owner("Đỗ Đức Đạt", ROOT)
TRUST = Trust((ROOT.der,))
PDF = made_pdf(2)


def signed_by(tmp_path: Path, who: Owner = DAT, pdf: bytes = PDF, look: Appearance | None = None) -> bytes:
    """`pdf` signed by us."""
    with FileSigner(who.key_file(tmp_path / "k.p12"), PIN) as signer:
        return signer.sign(pdf, look)


def by_library(
    who: Owner = DAT,
    pdf: bytes = PDF,
    *,
    subfilter: SigSeedSubFilter = SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
    digest: str = "sha256",
    stamper: DummyTimeStamper | None = None,
    **more: Any,
) -> bytes:
    """`pdf` signed as other programs do. The moment is the machine's own clock."""
    meta = PdfSignatureMetadata("Signature1", md_algorithm=digest, subfilter=subfilter, **more)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    return bytes(sign_pdf(writer, meta, who.library_key(), timestamper=stamper).getvalue())


def only(pdf: bytes, trust: Trust = TRUST) -> SignatureFact:
    (fact,) = signatures(pdf, trust)
    return fact


def why(fact: SignatureFact) -> str:
    """The code of the reason; it has a sentence in words."""
    if fact.remark is None:
        return ""
    said = texts.message(fact.remark.code, fact.remark.details)
    assert said != fact.remark.code
    assert "{" not in said
    return fact.remark.code


def stamps(issuer: Owner, *, days: tuple[float, float] = (-100, 3000)) -> DummyTimeStamper:
    """An authority for time stamps that says NOW."""
    tsa = owner("Cấp dấu thời gian", issuer, stamps=True, days=days)
    private = tsa.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store = SimpleCertificateStore()
    store.register(asn1_x509.Certificate.load(issuer.der))
    return DummyTimeStamper(
        asn1_x509.Certificate.load(tsa.der), asn1_keys.PrivateKeyInfo.load(private), store, fixed_dt=NOW
    )
