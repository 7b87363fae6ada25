"""Signing with a key file: what comes out, what is refused, and the mark on the page."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf
import pikepdf.pdfa
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12
from PIL import Image, ImageDraw
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf

from onestop import clock, texts
from onestop.rules.errors import RuleBroken
from onestop.rules.papers import Signature
from paper.sign import OF_THE_PAPER, Appearance, Corner, Ink
from paper.sign_file import FileSigner
from paper.sign_trust import Trust
from paper.signatures import signatures
from tests.helpers import pages
from tests.helpers.signing import NOW, PIN, Owner, authority, made_pdf, owner

ROOT = authority()
DAT = owner("Đỗ Đức Đạt", ROOT)
TRUST = Trust((ROOT.der,))
PDF = made_pdf(3)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def signer(tmp_path: Path) -> Iterator[FileSigner]:
    with FileSigner(DAT.key_file(tmp_path / "đạt.p12"), PIN) as opened:
        yield opened


def test_a_signature_is_behind_what_was_there(signer: FileSigner) -> None:
    signed = signer.sign(PDF, reason="Số hóa giấy tờ")
    assert signed.startswith(PDF)
    assert b"/SubFilter /ETSI.CAdES.detached" in signed[len(PDF) :]
    (fact,) = signatures(signed, TRUST)
    assert (fact.verdict, fact.claimed_at, fact.reason) == (Signature.VALID, NOW, "Số hóa giấy tờ")
    assert fact.signer == signer.who()


def test_a_second_signature_leaves_the_first_valid(signer: FileSigner, tmp_path: Path) -> None:
    once = signer.sign(PDF)
    with FileSigner(owner("Ủy ban nhân dân phường Mẫu", ROOT).key_file(tmp_path / "cq.p12"), PIN) as agency:
        twice = agency.sign(once, Appearance())
    assert twice.startswith(once)
    first, second = signatures(twice, TRUST)
    assert (first.verdict, first.covers_all, first.added) == (Signature.VALID, False, "fields")
    assert (second.verdict, second.covers_all, second.added) == (Signature.VALID, True, "nothing")
    assert [each.signer and each.signer.common_name for each in (first, second)] == [
        "Đỗ Đức Đạt",
        "Ủy ban nhân dân phường Mẫu",
    ]


def test_what_the_document_says_of_itself_stays(signer: FileSigner) -> None:
    with pikepdf.open(io.BytesIO(PDF)) as before, pikepdf.open(io.BytesIO(signer.sign(PDF, Appearance()))) as after:
        assert dict(before.docinfo.items()) == dict(after.docinfo.items())
        assert pikepdf.Name.Metadata not in after.Root


def test_an_elliptic_key_signs_too(tmp_path: Path) -> None:
    file = owner("Đỗ Đức Đạt", ROOT, key=ec.generate_private_key(ec.SECP384R1())).key_file(tmp_path / "ec.p12")
    with FileSigner(file, PIN) as opened:
        (fact,) = signatures(opened.sign(PDF), TRUST)
    assert fact.verdict is Signature.VALID


@pytest.mark.parametrize("old", [[], ["-legacy"]], ids=["today", "of years ago"])
def test_a_file_that_openssl_made(tmp_path: Path, old: list[str]) -> None:
    """With the ciphers of today, and with RC2 of 40 bits, as many issuers still hand files out."""
    key, certificate, made = tmp_path / "k.pem", tmp_path / "c.pem", tmp_path / "k.p12"
    key.write_bytes(DAT.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    certificate.write_bytes(DAT.pem)
    command = ["openssl", "pkcs12", "-export", "-inkey", key, "-in", certificate, "-out", made, *old]
    subprocess.run([*command, "-passout", f"pass:{PIN}"], check=True, capture_output=True)
    with FileSigner(made, PIN) as opened:
        (fact,) = signatures(opened.sign(PDF), TRUST)
    assert fact.verdict is Signature.VALID
    assert refused(made, "sai")[0] == "sign.wrong-pin"


# -- opening -----------------------------------------------------------------------------------------------------------


def refused(file: Path, pin: str = PIN) -> tuple[str, str]:
    """The code and the sentence of a file that does not open."""
    with pytest.raises(RuleBroken) as broken, FileSigner(file, pin):
        raise AssertionError("it opened")
    return broken.value.code, texts.message(broken.value.code, broken.value.details)


def test_a_wrong_password(tmp_path: Path) -> None:
    code, said = refused(DAT.key_file(tmp_path / "đạt.p12"), "sai mật khẩu")
    assert code == "sign.wrong-pin"
    assert said == "Mật khẩu của tệp chữ ký không đúng. Nhập lại."


@pytest.mark.parametrize("content", [b"", b"PK\3\4 a zip", DAT.pem, DAT.der, b"\x30\x82\x0a\x00\x02\x01\x03 cut off"])
def test_a_file_that_is_no_key_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "khóa.p12"
    file.write_bytes(content)
    assert refused(file)[0] == "sign.not-a-key-file"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "usb" / "đạt.p12") == (
        "sign.no-file",
        "Không đọc được tệp chữ ký đạt.p12. Kiểm tra ổ đĩa, hoặc chọn lại tệp trong Cài đặt.",
    )


def test_a_file_without_a_key(tmp_path: Path) -> None:
    file = tmp_path / "chỉ chứng thư.p12"
    content = pkcs12.serialize_key_and_certificates(None, None, None, [DAT.certificate], NoEncryption())
    file.write_bytes(content)
    assert refused(file, "")[0] == "sign.no-certificate"


@pytest.mark.parametrize(
    ("who", "code"),
    [
        (owner("Hết hạn", ROOT, days=(-400, -1)), "sign.expired"),
        (owner("Chưa tới", ROOT, days=(1, 400)), "sign.not-yet-valid"),
        (owner("Máy chủ", ROOT, uses=(False, False)), "sign.not-for-signing"),
        (ROOT, "sign.not-for-signing"),
    ],
    ids=lambda each: each.name if isinstance(each, Owner) else None,
)
def test_a_certificate_that_may_not_sign(tmp_path: Path, who: Owner, code: str) -> None:
    found, said = refused(who.key_file(tmp_path / "k.p12"))
    assert found == code
    assert who.name in said


def test_nothing_is_signed_before_it_is_opened(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="opened"):
        FileSigner(DAT.key_file(tmp_path / "k.p12"), PIN).sign(PDF)


# -- papers that are not signed ----------------------------------------------------------------------------------------


def saved(change: Callable[[pikepdf.Pdf], None] = lambda pdf: None, **how: object) -> bytes:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as pdf:
        change(pdf)
        pdf.save(output, **how)  # type: ignore[arg-type]
    return output.getvalue()


def closed() -> bytes:
    """Signed by somebody who lets nobody sign after."""
    meta = PdfSignatureMetadata("Khóa", certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    return bytes(sign_pdf(IncrementalPdfFileWriter(io.BytesIO(PDF)), meta, DAT.library_key()).getvalue())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sign.not-a-pdf"),
        (b"PK\3\4 a zip that calls itself a.pdf", "sign.not-a-pdf"),
        (b"%PDF-1.7\nnothing behind it", "sign.not-a-pdf"),
        (saved(encryption=pikepdf.Encryption(user="mật khẩu", owner="chủ")), "sign.encrypted"),
        (saved(encryption=pikepdf.Encryption(user="", owner="chủ")), "sign.encrypted"),
        (closed(), "sign.closed"),
    ],
    ids=["empty", "zip", "head-only", "password", "owner-password", "closed"],
)
def test_a_paper_that_is_not_signed(signer: FileSigner, content: bytes, code: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        signer.sign(content)
    assert broken.value.code == code
    assert code in OF_THE_PAPER
    assert signer.sign(PDF), "the next paper of the batch is signed all the same"


def test_over_a_broken_signature_nobody_signs(signer: FileSigner) -> None:
    signed = bytearray(signer.sign(PDF))
    signed[PDF.index(b"/MediaBox")] ^= 0x20
    with pytest.raises(RuleBroken, match=r"sign\.already-broken"):
        signer.sign(bytes(signed))


# -- the mark ----------------------------------------------------------------------------------------------------------


def seal() -> bytes:
    picture = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((10, 10, 290, 290), outline=(200, 0, 0, 255), width=30)
    output = io.BytesIO()
    picture.save(output, "PNG")
    return output.getvalue()


def turned(turn: int) -> bytes:
    def turn_first(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Rotate = turn

    return saved(turn_first)


def ink(pdf: bytes, page: int = 0) -> tuple[float, float, float, float]:
    """Where the coloured dots of a page are, as a person sees it: parts of its width and height, from the top left."""
    with pages.opened(pdf) as document:
        document.init_forms()
        picture = document[page].render(scale=1.0, may_draw_forms=True).to_pil().convert("HSV")
    box = picture.getchannel("S").point(lambda value: 255 if value > 80 else 0).getbbox()
    assert box is not None, "no colour on the page"
    wide, high = picture.size
    return box[0] / wide, box[1] / high, box[2] / wide, box[3] / high


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("corner", Corner)
def test_the_mark_stands_where_a_person_sees_the_corner(signer: FileSigner, turn: int, corner: Corner) -> None:
    signed = signer.sign(turned(turn), Appearance(corner=corner, ink=Ink.BLUE, lines=("Ký bởi: {signer}",)))
    left, top, right, bottom = ink(signed)
    assert (right - left) > 4 * (bottom - top), "upright: a line is wider than it is high"
    assert (right > 0.9) == (corner in (Corner.TOP_RIGHT, Corner.BOTTOM_RIGHT))
    assert (left < 0.1) == (corner in (Corner.TOP_LEFT, Corner.BOTTOM_LEFT))
    assert (top < 0.1) == (corner in (Corner.TOP_LEFT, Corner.TOP_RIGHT))


def test_the_mark_says_who_and_when_and_copies_out(signer: FileSigner) -> None:
    signed = signer.sign(PDF, Appearance(page=-1))
    read = subprocess.run(["pdftotext", "-f", "3", "-", "-"], input=signed, capture_output=True, check=True)
    said = read.stdout.decode()
    assert "Ký bởi: Đỗ Đức Đạt" in said
    assert "Thời gian ký: 2026-11-27T12:00:00+07:00" in said


def test_two_marks_do_not_stand_on_each_other(signer: FileSigner) -> None:
    signed = PDF
    for _ in range(4):
        signed = signer.sign(signed, Appearance())
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        boxes = sorted([float(each) for each in mark.Rect] for mark in pdf.pages[0].Annots)  # type: ignore[attr-defined]
    boxes.sort(key=lambda box: box[1])
    assert len(boxes) == 4
    assert all(lower[3] <= upper[1] for lower, upper in pairwise(boxes))


def test_a_picture_is_drawn_behind_the_lines(signer: FileSigner) -> None:
    signed = signer.sign(PDF, Appearance(lines=("",), picture=seal(), picture_width=30))
    left, top, right, bottom = ink(signed)
    assert (right - left) * 210 == pytest.approx(28, abs=2)
    assert (bottom - top) * 297 == pytest.approx(28, abs=2)


def test_an_invisible_signature_shows_nothing(signer: FileSigner) -> None:
    with pages.opened(PDF) as before, pages.opened(signer.sign(PDF)) as after:
        assert before[0].render().to_pil().tobytes() == after[0].render().to_pil().tobytes()


def test_a_page_that_is_not_there(signer: FileSigner) -> None:
    with pytest.raises(RuleBroken) as broken:
        signer.sign(PDF, Appearance(page=4))
    assert texts.message(broken.value.code, broken.value.details).startswith("Tệp có 3 trang, không có trang 4")


def test_the_same_mark_is_the_same_font(signer: FileSigner) -> None:
    """What is cut out of the font depends on its letters and nothing else."""
    one, two = (signer.sign(PDF, Appearance()) for _ in range(2))
    start = one.index(b"+LiberationSerif") - 6
    assert one[start : start + 6] in two


# -- PDF/A -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("flavour", ["1b", "2b", "3b"])
@pytest.mark.parametrize("look", [None, Appearance(), Appearance(picture=seal())], ids=["none", "mark", "picture"])
def test_an_archived_paper_breaks_no_rule_by_being_signed(
    signer: FileSigner, flavour: str, look: Appearance | None
) -> None:
    """pikepdf looks into no document with a form, which a signature is; what it does look at stays right."""
    image = Image.new("RGB", (400, 600), "white")
    scan, archived = io.BytesIO(), io.BytesIO()
    image.save(scan, "PDF", resolution=72)
    with pikepdf.open(scan) as pdf:
        pikepdf.pdfa.save(pdf, archived, flavour)
    report = pikepdf.pdfa.validate_written(io.BytesIO(signer.sign(archived.getvalue(), look)), flavour)
    left = {(finding.kind, finding.rule) for finding in report.findings}
    assert left == {("unsupported", "pikepdf:schema-Catalog")}
