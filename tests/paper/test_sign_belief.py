"""Who vouches for a signature: authorities, what was revoked, time stamps, and the office's own folder."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko_certvalidator import ValidationContext

from onestop import clock, texts
from onestop.rules.papers import Signature
from paper.sign_cover import Added
from paper.sign_trust import Trust, read_trust
from paper.signatures import overall
from tests.helpers.signed import PDF, ROOT, by_library, only, signed_by, stamps, why
from tests.helpers.signing import NOW, Owner, authority, owner, revoked_list

LISTED = "http://crl.invalid/ca.crl"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


# -- who vouches for it ------------------------------------------------------------------------------------------------


def test_a_foreign_authority_is_unknown(tmp_path: Path) -> None:
    stranger = owner("Ai đó", authority("Cơ quan lạ"))
    fact = only(signed_by(tmp_path, stranger))
    assert (fact.verdict, fact.intact, why(fact)) == (Signature.UNKNOWN, True, "sign.fact-nobody")
    assert fact.signer is not None
    assert (fact.signer.common_name, fact.signer.issuer) == ("Ai đó", "Cơ quan lạ")


def test_an_authority_of_the_same_name_is_another(tmp_path: Path) -> None:
    from_elsewhere = owner("Đỗ Đức Đạt", owner(ROOT.name, authority=True, key=owner("kẻ gian").key))
    assert only(signed_by(tmp_path, from_elsewhere)).verdict is Signature.UNKNOWN


def test_nobody_signed_for_himself_is_believed(tmp_path: Path) -> None:
    assert why(only(signed_by(tmp_path, owner("Tự ký")))) == "sign.fact-nobody"


def test_an_authority_in_between(tmp_path: Path) -> None:
    below = owner("Cơ quan cấp dưới", ROOT, authority=True, days=(-1000, 1000))
    assert only(signed_by(tmp_path, owner("Người ký", below))).verdict is Signature.VALID


def test_expired_since_without_a_time_stamp(tmp_path: Path) -> None:
    short = owner("Đỗ Đức Đạt", ROOT, days=(-30, 10))
    good = signed_by(tmp_path, short)
    with clock.frozen(NOW + timedelta(days=11)):
        fact = only(good)
    assert (fact.verdict, fact.intact, why(fact)) == (Signature.UNKNOWN, True, "sign.fact-expired")
    assert fact.remark is not None
    assert texts.message(fact.remark.code, fact.remark.details).startswith("chứng thư số hết hạn ngày 07/12/2026")


def test_signed_after_it_had_expired() -> None:
    fact = only(by_library(owner("Đỗ Đức Đạt", ROOT, days=(-3000, -2000))))
    assert (fact.verdict, why(fact)) == (Signature.UNKNOWN, "sign.fact-expired-then")


def test_not_valid_yet() -> None:
    fact = only(by_library(owner("Đỗ Đức Đạt", ROOT, days=(900, 1000))))
    assert (fact.verdict, why(fact)) == (Signature.UNKNOWN, "sign.fact-not-yet")


def test_not_meant_for_signing() -> None:
    fact = only(by_library(owner("Máy chủ", ROOT, uses=(False, False))))
    assert (fact.verdict, why(fact)) == (Signature.UNKNOWN, "sign.fact-use")


@pytest.mark.parametrize("uses", [(True, False), (False, True)])
def test_one_of_the_two_uses_is_enough(tmp_path: Path, uses: tuple[bool, bool]) -> None:
    assert only(signed_by(tmp_path, owner("Đỗ Đức Đạt", ROOT, uses=uses))).verdict is Signature.VALID


def test_an_old_digest_is_unknown() -> None:
    fact = only(by_library(digest="sha1"))
    assert (fact.verdict, fact.intact, why(fact)) == (Signature.UNKNOWN, True, "sign.fact-weak")


# -- what was revoked --------------------------------------------------------------------------------------------------


def listed() -> Owner:
    """A certificate that says where to ask."""
    return owner("Đỗ Đức Đạt", ROOT, asked_at=LISTED)


def test_with_nobody_to_ask_it_is_unknown(tmp_path: Path) -> None:
    fact = only(signed_by(tmp_path, listed()))
    assert (fact.verdict, fact.intact, why(fact)) == (Signature.UNKNOWN, True, "sign.fact-revocation")


def test_a_list_of_the_office_answers(tmp_path: Path) -> None:
    who = listed()
    good = signed_by(tmp_path, who)
    assert only(good, Trust((ROOT.der,), (revoked_list(ROOT),))).verdict is Signature.VALID
    old = revoked_list(ROOT, days=(-20, -10))
    assert why(only(good, Trust((ROOT.der,), (old,)))) == "sign.fact-revocation", "a list that is out of date"


def test_signed_after_it_was_revoked(tmp_path: Path) -> None:
    who = listed()
    good = signed_by(tmp_path, who)
    fact = only(good, Trust((ROOT.der,), (revoked_list(ROOT, (who, -5)),)))
    assert (fact.verdict, why(fact)) == (Signature.BROKEN, "sign.fact-revoked")
    assert fact.intact, "the bytes are right all the same"


def test_revoked_since_and_only_its_own_word_for_when(tmp_path: Path) -> None:
    who = listed()
    good = signed_by(tmp_path, who)
    later = Trust((ROOT.der,), (revoked_list(ROOT, (who, 5), days=(4, 40)),))
    with clock.frozen(NOW + timedelta(days=20)):
        fact = only(good, later)
    assert (fact.verdict, why(fact)) == (Signature.UNKNOWN, "sign.fact-revoked-since")


def test_a_list_that_came_with_the_paper_answers() -> None:
    """PAdES with what proves it (level LT), as the government's signing program writes it."""
    who = listed()
    context = ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(ROOT.der)],
        crls=[revoked_list(ROOT, days=(-1, 4000))],
        moment=NOW,
        revocation_mode="hard-fail",
    )
    with_proofs = by_library(
        who,
        subfilter=SigSeedSubFilter.PADES,
        stamper=stamps(ROOT),
        embed_validation_info=True,
        validation_context=context,
    )
    fact = only(with_proofs)
    assert (fact.verdict, fact.added, fact.proved_at) == (Signature.VALID, Added.PROOFS, NOW)


# -- time stamps -------------------------------------------------------------------------------------------------------


def test_a_time_stamp_proves_that_it_is_older_than_its_certificate_s_end() -> None:
    short = owner("Đỗ Đức Đạt", ROOT, days=(-30, 10))
    stamped = by_library(short, stamper=stamps(ROOT))
    with clock.frozen(NOW + timedelta(days=200)):
        fact = only(stamped)
    assert (fact.verdict, fact.proved_at) == (Signature.VALID, NOW)


def test_a_time_stamp_of_somebody_unknown_proves_nothing() -> None:
    short = owner("Đỗ Đức Đạt", ROOT, days=(-30, 10))
    stamped = by_library(short, stamper=stamps(authority("Cơ quan lạ")))
    with clock.frozen(NOW + timedelta(days=200)):
        fact = only(stamped)
    assert (fact.verdict, fact.proved_at) == (Signature.UNKNOWN, None)


def test_revoked_after_a_time_stamp_it_stays_valid() -> None:
    who = listed()
    stamped = by_library(who, stamper=stamps(ROOT))
    with clock.frozen(NOW + timedelta(days=20)):
        fact = only(stamped, Trust((ROOT.der,), (revoked_list(ROOT, (who, 5), days=(4, 40)),)))
    assert (fact.verdict, fact.proved_at) == (Signature.VALID, NOW)


def test_a_time_stamp_alone_is_no_signature() -> None:
    stamper = PdfTimeStamper(stamps(ROOT))
    after = stamper.timestamp_pdf(IncrementalPdfFileWriter(io.BytesIO(PDF)), "sha256").getvalue()
    fact = only(after)
    assert (fact.time_stamp, fact.verdict, fact.proved_at) == (True, Signature.VALID, NOW)
    assert overall([fact]) is Signature.NONE
    broken = only(after[:300] + bytes([after[300] ^ 1]) + after[301:])
    assert (broken.time_stamp, broken.verdict) == (True, Signature.BROKEN)
    assert overall([broken]) is Signature.BROKEN


# -- the office's folder -----------------------------------------------------------------------------------------------


def test_whom_the_office_believes(tmp_path: Path) -> None:
    folder = tmp_path / "tin-cậy"
    folder.mkdir()
    other = authority("Cơ quan thứ hai")
    (folder / "gốc.pem").write_bytes(b"Bag Attributes\n" + ROOT.pem + other.pem)
    (folder / "gốc trùng.cer").write_bytes(ROOT.der)
    (folder / "thu hồi.crl").write_bytes(revoked_list(ROOT))
    (folder / "ghi chú.txt").write_text("Chứng thư lấy ở đâu")
    (folder / ".ẩn").write_bytes(b"")
    (folder / "thư mục").mkdir()
    trust = read_trust(folder)
    assert [each.common_name for each in trust.authorities()] == ["Cơ quan chứng thực Mẫu", "Cơ quan thứ hai"]
    assert len(trust.revoked) == 1
    assert trust.unreadable == ("ghi chú.txt",)


def test_no_folder_believes_nobody(tmp_path: Path) -> None:
    assert read_trust(tmp_path / "không có") == Trust()
