"""The mark of an electronic copy: what it says, where it stands, that it copies out and leaves PDF/A what it is."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pikepdf.pdfa
import pytest
from PIL import Image

from onestop import clock
from onestop.rules.errors import RuleBroken
from onestop.rules.papers import Signature
from paper.ecopy import SIZE, CopyForm, CopyMark, appearance_of, mark_copy, wrapped
from paper.sign_file import FileSigner
from paper.sign_trust import Trust
from paper.signatures import signatures
from tests.helpers import pages
from tests.helpers.signing import NOW, PIN, authority, made_pdf, owner

AT = datetime(2026, 11, 27, 7, 8, 9, tzinfo=UTC)
MARK = CopyMark(CopyForm.WHOLE, "Ủy ban nhân dân phường Hạc Thành", AT)
ROOT = authority()
PDF = made_pdf(2)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def copied(pdf: bytes, page: int = 1) -> str:
    """A page as pdftotext copies it."""
    command = ["pdftotext", "-f", str(page), "-l", str(page), "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize(
    ("form", "word"), [(CopyForm.WHOLE, "SAO Y"), (CopyForm.OF_A_COPY, "SAO LỤC"), (CopyForm.PART, "TRÍCH SAO")]
)
def test_what_it_says(form: CopyForm, word: str) -> None:
    said = copied(mark_copy(PDF, CopyMark(form, MARK.agency, AT)))
    lines = [line for line in said.splitlines() if line.strip()]
    assert lines[:3] == [word, "Ủy ban nhân dân phường Hạc Thành", "2026-11-27T14:08:09+07:00"]


def test_it_stands_at_the_top_right_of_the_first_page_in_size_ten() -> None:
    marked = mark_copy(PDF, MARK)
    with pages.opened(marked) as document:
        text = document[0].get_textpage()
        said = text.get_text_range()
        start = said.index("SAO Y")
        left, bottom, right, top = text.get_charbox(start)
        size = [text.get_charbox(at) for at in range(start, start + 5)]
        _, _, end, _ = text.get_charbox(said.index("phường Hạc Thành") + len("phường Hạc Thành") - 1)
    wide, high = 595, 842
    assert left > wide / 2
    assert end < wide - 25, "10 mm from the right"
    assert high - 57 < bottom < top < high - 14, "within the margin above the text"
    assert max(box[3] - box[1] for box in size) < 10
    assert SIZE == 10
    assert right > left
    assert "SAO" not in copied(marked, page=2)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_on_a_page_that_lies_otherwise_it_is_upright(turn: int) -> None:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as pdf:
        pdf.pages[0].obj.Rotate = turn
        pdf.save(output)
    before, after = pages.picture(output.getvalue(), dpi=72), pages.picture(mark_copy(output.getvalue(), MARK), dpi=72)
    changed = Image.composite(
        Image.new("L", before.size, 255), Image.new("L", before.size, 0), difference(before, after)
    )
    box = changed.getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert right - left > 2 * (bottom - top)
    assert left > before.width / 2
    assert bottom < before.height / 8


def difference(one: Image.Image, two: Image.Image) -> Image.Image:
    """White where two pages differ."""
    return Image.frombytes(
        "L", one.size, bytes(255 * (a != b) for a, b in zip(one.tobytes(), two.tobytes(), strict=True))
    )


def test_every_byte_stays_in_front() -> None:
    assert mark_copy(PDF, MARK).startswith(PDF)


def test_a_long_name_goes_on_in_the_next_line() -> None:
    name = "Trung tâm Phục vụ hành chính công phường Hạc Thành, tỉnh Thanh Hóa"
    lines = wrapped(name, 226, 10)
    assert len(lines) == 2
    assert " ".join(lines) == name
    assert wrapped("Mộtchữrấtdàikhôngcóchỗngắt", 20, 10) == ("Mộtchữrấtdàikhôngcóchỗngắt",)


def test_the_agency_signs_it_afterwards(tmp_path: Path) -> None:
    with FileSigner(owner("Ủy ban nhân dân phường Hạc Thành", ROOT).key_file(tmp_path / "k.p12"), PIN) as signer:
        (fact,) = signatures(signer.sign(mark_copy(PDF, MARK)), Trust((ROOT.der,)))
    assert (fact.verdict, fact.covers_all) == (Signature.VALID, True)


def test_a_signed_paper_is_not_written_on_but_the_signature_may_say_it(tmp_path: Path) -> None:
    with FileSigner(owner("Đỗ Đức Đạt", ROOT).key_file(tmp_path / "k.p12"), PIN) as clerk:
        scan = clerk.sign(PDF)
    with pytest.raises(RuleBroken, match=r"sign\.copy-is-signed"):
        mark_copy(scan, MARK)
    with FileSigner(owner("Ủy ban nhân dân phường Hạc Thành", ROOT).key_file(tmp_path / "cq.p12"), PIN) as agency:
        copy = agency.sign(scan, appearance_of(MARK))
    assert [fact.verdict for fact in signatures(copy, Trust((ROOT.der,)))] == [Signature.VALID, Signature.VALID]
    assert "SAO Y\nỦy ban nhân dân phường Hạc Thành\n2026-11-27T14:08:09+07:00" in copied(copy)


@pytest.mark.parametrize("flavour", ["2b", "3b"])
def test_an_archived_paper_stays_one(flavour: str) -> None:
    scan, archived = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (400, 600), "white").save(scan, "PDF", resolution=72)
    with pikepdf.open(scan) as pdf:
        pikepdf.pdfa.save(pdf, archived, flavour)
    report = pikepdf.pdfa.validate_written(io.BytesIO(mark_copy(archived.getvalue(), MARK)), flavour)
    assert report.passed, report


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"%PDF-1.7"])
def test_what_is_no_pdf_is_said(content: bytes) -> None:
    with pytest.raises(RuleBroken, match=r"paper\."):
        mark_copy(content, MARK)
