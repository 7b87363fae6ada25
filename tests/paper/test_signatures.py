"""Every signature in a PDF: valid, broken or unknown, and why; made by us, by pyHanko's other ways and by OpenSSL."""

from __future__ import annotations

import asyncio
import io
import random
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.crypt import StandardSecurityHandler
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper, sign_pdf
from pyhanko_certvalidator import ValidationContext

from onestop import clock, texts
from onestop.rules.errors import RuleBroken
from onestop.rules.papers import Signature
from paper.apart import Apart
from paper.ecopy import write_on
from paper.sign import Appearance
from paper.sign_cover import Added
from paper.sign_mark import Mark
from paper.signatures import SignatureFact, overall, signatures
from tests.helpers.signed import DAT, PDF, ROOT, TRUST, by_library, only, signed_by, stamps, why
from tests.helpers.signing import NOW, owner

LISTED = "http://crl.invalid/ca.crl"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


# -- the bytes ---------------------------------------------------------------------------------------------------------


def test_an_unsigned_paper_has_none() -> None:
    assert signatures(PDF, TRUST) == ()
    assert overall(()) is Signature.NONE


def test_a_good_signature_is_valid(tmp_path: Path) -> None:
    fact = only(signed_by(tmp_path))
    assert (fact.verdict, fact.intact, fact.remark, fact.covers_all) == (Signature.VALID, True, None, True)
    assert (fact.claimed_at, fact.proved_at, fact.time_stamp) == (NOW, None, False)
    assert overall([fact]) is Signature.VALID


def test_a_byte_changed_anywhere_breaks_it(tmp_path: Path) -> None:
    """Every 193rd byte outside the signature itself, one bit each."""
    good = signed_by(tmp_path)
    start = good.rindex(b"/Contents <") + len(b"/Contents <")
    hole = range(start, good.index(b">", start))
    left = []
    for at in (at for at in range(0, len(good), 193) if at not in hole):
        bad = bytearray(good)
        bad[at] ^= 1
        try:
            word = overall(signatures(bytes(bad), TRUST))
        except RuleBroken as error:
            assert error.code.startswith("paper.")  # noqa: PT017 -- which is as good as broken: it cannot be opened
            continue
        if word not in (Signature.BROKEN, Signature.NONE, Signature.UNKNOWN):
            left.append(at)
    assert left == [], "still valid after a change"


def test_a_changed_word_is_named(tmp_path: Path) -> None:
    good = signed_by(tmp_path)
    at = good.index(b"/MediaBox")
    fact = only(good[:at] + b"/mediaBox" + good[at + 9 :])
    assert (fact.verdict, fact.intact, why(fact)) == (Signature.BROKEN, False, "sign.fact-altered")


def test_damaged_papers_are_never_valid_and_never_a_bug(tmp_path: Path) -> None:
    """Pieces taken out, doubled and overwritten, the same in every run. What stays valid differs in the last
    signature's own bytes: certificates that came along for the chain, which nobody signs and our roots outweigh."""
    good = signed_by(tmp_path, DAT, signed_by(tmp_path), Appearance())
    start = good.rindex(b"/Contents <") + len(b"/Contents <")
    hole = range(start, good.index(b">", start))
    dice = random.Random(2026)
    for _ in range(150):
        start, length = dice.randrange(len(good)), dice.choice((1, 4, 40, 400, 4000))
        piece = good[start : start + length]
        bad = {
            "taken out": good[:start] + good[start + length :],
            "doubled": good[:start] + piece + good[start:],
            "noughts": good[:start] + b"0" * len(piece) + good[start + length :],
            "noise": good[:start] + dice.randbytes(len(piece)) + good[start + length :],
        }[dice.choice(("taken out", "doubled", "noughts", "noise"))]
        if bad == good:
            continue
        try:
            word = overall(signatures(bad, TRUST))
        except RuleBroken as error:
            assert error.code.startswith("paper.")  # noqa: PT017 -- it cannot be opened
            continue
        if word is Signature.VALID:
            spared = [at for at, (one, two) in enumerate(zip(good, bad, strict=True)) if one != two]
            assert all(at in hole for at in spared), "in what a signature covers"


def test_a_paper_cut_off_is_not_valid(tmp_path: Path) -> None:
    good = signed_by(tmp_path)
    for length in range(len(good) - 600, len(good) - 1, 60):
        try:
            assert overall(signatures(good[:length], TRUST)) is not Signature.VALID
        except RuleBroken as error:
            assert error.code.startswith("paper.")  # noqa: PT017 -- it cannot be opened


def test_an_empty_place_for_a_signature_is_broken(tmp_path: Path) -> None:
    good = signed_by(tmp_path)
    start = good.rindex(b"/Contents <") + len(b"/Contents <")
    end = good.index(b">", start)
    fact = only(good[:start] + b"0" * (end - start) + good[end:])
    assert (fact.verdict, why(fact)) == (Signature.BROKEN, "sign.fact-unreadable")


def test_something_hidden_behind_the_signature_is_seen(tmp_path: Path) -> None:
    """The noughts that fill the place of a signature are covered by nothing."""
    good = signed_by(tmp_path)
    end = good.index(b">", good.rindex(b"/Contents <"))
    fact = only(good[: end - 40] + b"cafe" + good[end - 36 :])
    assert (fact.verdict, why(fact)) == (Signature.BROKEN, "sign.fact-altered")


def test_line_ends_that_a_mail_program_added_are_nothing(tmp_path: Path) -> None:
    fact = only(signed_by(tmp_path) + b"\r\n\r\n")
    assert (fact.verdict, fact.covers_all, fact.added) == (Signature.VALID, True, Added.NOTHING)


def test_anything_else_behind_the_end_is_something(tmp_path: Path) -> None:
    fact = only(signed_by(tmp_path) + b"\nPK\3\4 another file")
    assert (fact.verdict, fact.covers_all, fact.added) == (Signature.BROKEN, False, Added.CONTENT)


def test_a_gap_wider_than_the_signature_is_broken(tmp_path: Path) -> None:
    """What is not covered holds more than the signature: something could be hidden there."""
    good = signed_by(tmp_path)
    at = good.index(b"/ByteRange [")
    fields = good[at + 12 : good.index(b"]", at)].split()
    shorter = b"%d" % (int(fields[1]) - 20)
    wider = good.replace(b"[%s %s" % (fields[0], fields[1]), b"[%s %s" % (fields[0], shorter.ljust(len(fields[1]))))
    assert overall(signatures(wider, TRUST)) is Signature.BROKEN


# -- what came after ---------------------------------------------------------------------------------------------------


def test_another_signature_after_it_leaves_it_valid(tmp_path: Path) -> None:
    twice = signed_by(tmp_path, owner("Người thứ hai", ROOT), signed_by(tmp_path), Appearance())
    first, second = signatures(twice, TRUST)
    assert (first.verdict, first.covers_all, first.added) == (Signature.VALID, False, Added.FIELDS)
    assert (second.verdict, second.covers_all, second.added) == (Signature.VALID, True, Added.NOTHING)
    said = [texts.message(fact.since.code, fact.since.details) for fact in (first, second)]
    assert said == ["sau khi ký có thêm chữ ký khác, hoặc ô được điền", "không thêm gì sau khi ký"]


def test_proofs_added_after_it_leave_it_valid(tmp_path: Path) -> None:
    good = signed_by(tmp_path)
    context = ValidationContext(trust_roots=[asn1_x509.Certificate.load(ROOT.der)], moment=NOW)
    stamper = PdfTimeStamper(stamps(ROOT))
    after = stamper.timestamp_pdf(IncrementalPdfFileWriter(io.BytesIO(good)), "sha256", validation_context=context)
    first, stamp = signatures(after.getvalue(), TRUST)
    assert (first.verdict, first.added, first.covers_all) == (Signature.VALID, Added.PROOFS, False)
    assert first.proved_at == stamp.proved_at == NOW
    assert (stamp.time_stamp, stamp.verdict) == (True, Signature.VALID)


def test_writing_on_the_page_after_it_breaks_it(tmp_path: Path) -> None:
    over = write_on(signed_by(tmp_path), Mark(("100.000.000 đồng",), 24))
    fact = only(over)
    assert (fact.verdict, fact.covers_all, fact.added) == (Signature.BROKEN, False, Added.CONTENT)
    assert why(fact) == "sign.fact-changed-after"


def test_an_emptied_page_after_it_breaks_it(tmp_path: Path) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed_by(tmp_path)))
    reference, _ = writer.find_page_for_modification(0)
    writer.mark_update(reference)
    page = reference.get_object()
    page["/Contents"] = writer.add_object(StreamObject(stream_data=b""))
    output = io.BytesIO()
    writer.write(output)
    assert only(output.getvalue()).verdict is Signature.BROKEN


def test_saved_anew_it_is_broken(tmp_path: Path) -> None:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed_by(tmp_path))) as pdf:
        pdf.save(output)
    assert overall(signatures(output.getvalue(), TRUST)) is Signature.BROKEN


# -- other tools -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("subfilter", [SigSeedSubFilter.ADOBE_PKCS7_DETACHED, SigSeedSubFilter.PADES])
@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
def test_kinds_of_other_programs(subfilter: SigSeedSubFilter, digest: str) -> None:
    assert only(by_library(subfilter=subfilter, digest=digest)).verdict is Signature.VALID


def test_a_signature_of_openssl(tmp_path: Path) -> None:
    """A CMS of `openssl cms -sign` over the two pieces, put into the hole."""
    writer = IncrementalPdfFileWriter(io.BytesIO(PDF))
    steps = PdfSigner(PdfSignatureMetadata("Signature1"), DAT.library_key(), new_field_spec=SigFieldSpec("Signature1"))
    digest, _document, output = asyncio.run(steps.async_digest_doc_for_signing(writer, bytes_reserved=16384))
    content = output.getvalue()
    start, end = digest.reserved_region_start, digest.reserved_region_end
    key, certificate, data = tmp_path / "k.pem", tmp_path / "c.pem", tmp_path / "data"
    key.write_bytes(DAT.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    certificate.write_bytes(DAT.pem)
    data.write_bytes(content[:start] + content[end:])
    made = subprocess.run(
        ["openssl", "cms", "-sign", "-binary", "-md", "sha256", "-outform", "DER"]  # noqa: RUF005
        + ["-in", data, "-signer", certificate, "-inkey", key],
        check=True,
        capture_output=True,
    )
    assert isinstance(output, io.BytesIO)
    filled = content[: start + 1] + made.stdout.hex().encode().ljust(end - start - 2, b"0") + content[end - 1 :]
    assert only(filled).verdict is Signature.VALID
    broken = filled.replace(b"/MediaBox", b"/mediaBox")
    assert only(broken).verdict is Signature.BROKEN


def test_an_old_kind_is_unknown_and_not_none() -> None:
    old = by_library().replace(b"/SubFilter /adbe.pkcs7.detached", b"/SubFilter /adbe.x509.rsa_sha1 ")
    fact = only(old)
    assert (fact.verdict, why(fact)) == (Signature.UNKNOWN, "sign.fact-kind")


def test_a_signature_that_the_document_does_not_declare() -> None:
    """Its form was taken away: readers show nothing, we do not say that there is none."""
    good = by_library()
    stray = good.replace(b"/AcroForm", b"/AcroFrom")
    fact = only(stray)
    assert (fact.verdict, why(fact)) == (Signature.UNKNOWN, "sign.fact-stray")


def test_a_document_with_a_password() -> None:
    with pikepdf.open(io.BytesIO(PDF)) as pdf:
        locked, open_to_all = io.BytesIO(), io.BytesIO()
        pdf.save(locked, encryption=pikepdf.Encryption(user="mật khẩu", owner="chủ"))
        pdf.save(open_to_all, encryption=pikepdf.Encryption(user="", owner="chủ"))
    with pytest.raises(RuleBroken, match=r"paper\.password"):
        signatures(locked.getvalue(), TRUST)
    assert signatures(open_to_all.getvalue(), TRUST) == ()
    writer = IncrementalPdfFileWriter(io.BytesIO(open_to_all.getvalue()))
    assert isinstance(writer.prev.security_handler, StandardSecurityHandler)
    writer.encrypt(b"")
    meta = PdfSignatureMetadata("Signature1")
    readable = sign_pdf(writer, meta, DAT.library_key()).getvalue()
    assert only(readable).verdict is Signature.VALID


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\3\4", b"%PDF-1.7\n%%EOF", bytes(range(256)) * 8])
def test_what_cannot_be_read_says_so(content: bytes) -> None:
    with pytest.raises(RuleBroken, match=r"paper\."):
        signatures(content, TRUST)


def test_in_the_process_for_strange_files(tmp_path: Path) -> None:
    """As the counter does it; the moment goes along, because the clock over there is the machine's."""
    good = signed_by(tmp_path)
    with Apart(tmp_path / "spool") as apart:
        there = apart.run(signatures, good, TRUST, NOW)
        late = apart.run(signatures, good, TRUST, NOW + timedelta(days=400))
        with pytest.raises(RuleBroken, match=r"paper\.unreadable"):
            apart.run(signatures, b"%PDF-1.7", TRUST, NOW)
    assert there == signatures(good, TRUST)
    assert [why(fact) for fact in late] == ["sign.fact-expired"]


def test_pdfsig_agrees(tmp_path: Path) -> None:
    """Poppler's own checker, as a second opinion on the same files."""
    good = signed_by(tmp_path, DAT, signed_by(tmp_path), Appearance())
    at = good.index(b"/MediaBox")
    for name, content in {"good": good, "bad": good[:at] + b"/mediaBox" + good[at + 9 :]}.items():
        (tmp_path / f"{name}.pdf").write_bytes(content)
    ours = [
        fact.intact for name in ("good", "bad") for fact in signatures((tmp_path / f"{name}.pdf").read_bytes(), TRUST)
    ]
    said = [pdfsig(tmp_path / f"{name}.pdf") for name in ("good", "bad")]
    assert said[0].count("Signature is Valid") == 2
    assert said[0].count("Signer Certificate Common Name: Đỗ Đức Đạt") == 2
    assert said[0].count("ETSI.CAdES.detached") == 2
    assert "Total document signed" in said[0]
    assert said[1].count("Digest Mismatch") == 2
    assert ours == [True, True, False, False]


def pdfsig(file: Path) -> str:
    """What pdfsig says of the bytes; whom it believes is another question."""
    command = ["pdfsig", "-nocert", str(file)]
    return subprocess.run(command, capture_output=True, check=False).stdout.decode()


# -- the one word ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "word"),
    [
        ([Signature.VALID, Signature.VALID], Signature.VALID),
        ([Signature.VALID, Signature.UNKNOWN], Signature.UNKNOWN),
        ([Signature.UNKNOWN, Signature.BROKEN, Signature.VALID], Signature.BROKEN),
    ],
)
def test_the_worst_word_counts(words: list[Signature], word: Signature) -> None:
    assert overall([SignatureFact("", each, intact=True) for each in words]) is word
