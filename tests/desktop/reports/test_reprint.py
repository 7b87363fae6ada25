"""A reprint is the stored file, byte for byte, with a mark laid over it."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject, NumberObject

from desktop.reports import receipt, refusal
from desktop.reports.reprint import mark_reprint, page_count
from onestop.rules.errors import Trouble
from onestop.rules.letters import Paper
from onestop.texts import SENTENCES
from tests.helpers import letters
from tests.helpers.pages import codes, fonts, opened, picture, texts


@pytest.fixture(scope="module")
def stored() -> bytes:
    return receipt.draw(letters.huge_receipt(), Paper.A4)


def test_the_stored_file_stands_in_the_new_one(stored: bytes) -> None:
    marked = mark_reprint(stored, 1)
    assert marked.startswith(stored)
    assert len(marked) - len(stored) < 15_000
    assert mark_reprint(stored, 1) == marked
    assert mark_reprint(stored, 2) != marked


def test_every_page_is_marked_and_says_otherwise_the_same(stored: bytes) -> None:
    before, after = texts(stored), texts(mark_reprint(stored, 12))
    assert len(before) == len(after) > 4
    for old, new in zip(before, after, strict=True):
        assert "Bản in lại" not in old
        assert sorted(new.replace("Bản in lại lần 12", "").split()) == sorted(old.split())
        assert new.count("Bản in lại lần 12") == 1


@pytest.mark.parametrize("paper", tuple(Paper))
def test_the_mark_covers_nothing_and_the_qr_code_still_reads(paper: Paper) -> None:
    drawn = receipt.draw(letters.receipt(), paper, (2,))
    before, after = picture(drawn), picture(mark_reprint(drawn, 1))
    assert codes(after) == [letters.CODE]
    dark_before = {index for index, grey in enumerate(before.tobytes()) if grey < 128}
    dark_after = {index for index, grey in enumerate(after.tobytes()) if grey < 128}
    assert dark_before <= dark_after
    new = [divmod(index, before.width) for index in dark_after - dark_before]
    assert new
    assert max(row for row, _ in new) < before.height * 0.06
    assert max(column for _, column in new) < before.width * 0.32


def test_a_marked_file_can_be_marked_again_and_keeps_its_description(stored: bytes) -> None:
    twice = mark_reprint(mark_reprint(stored, 1), 2)
    assert all("Bản in lại lần 1" in page and "Bản in lại lần 2" in page for page in texts(twice))
    with opened(twice) as document:
        assert document.get_metadata_dict()["Title"].startswith("Giấy tiếp nhận hồ sơ")
    assert all(fonts(twice).values())
    first, second = (PdfReader(io.BytesIO(pdf), strict=True).trailer["/ID"] for pdf in (stored, twice))
    assert first[0] == second[0] and first[1] != second[1]


def test_a_file_with_a_stream_for_its_cross_reference() -> None:
    """Files that went through PDF/A or a signature have one, and contents that are lists or missing."""
    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(300, 400)
    writer.pages[1][NameObject("/Contents")] = ArrayObject()
    out = io.BytesIO()
    writer.write(out)
    incremental = PdfWriter(fileobj=io.BytesIO(out.getvalue()), incremental=True)
    incremental.pages[0][NameObject("/Rotate")] = NumberObject(0)
    streamed = io.BytesIO()
    incremental.write(streamed)
    old = streamed.getvalue()
    assert b"/XRef" in old
    marked = mark_reprint(old, 3)
    assert marked.startswith(old)
    assert texts(marked) == ["Bản in lại lần 3"] * 3
    PdfReader(io.BytesIO(marked), strict=True)


@pytest.mark.parametrize("n", [0, -1])
def test_a_first_copy_is_no_reprint(stored: bytes, n: int) -> None:
    with pytest.raises(ValueError):
        mark_reprint(stored, n)


@pytest.mark.parametrize("what", ["empty", "foreign", "cut", "locked"])
def test_a_file_that_cannot_be_read_is_trouble(what: str) -> None:
    good = refusal.draw(letters.refusal())
    writer = PdfWriter(clone_from=io.BytesIO(good))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    bad = {"empty": b"", "foreign": b"GIF89a and more", "cut": good[: len(good) // 2], "locked": locked.getvalue()}
    for ask in (page_count, lambda pdf: mark_reprint(pdf, 1)):
        with pytest.raises(Trouble) as trouble:
            ask(bad[what])
        assert trouble.value.code == "letter.unreadable"
    assert "letter.unreadable" in SENTENCES


def test_page_count(stored: bytes) -> None:
    assert page_count(stored) == len(texts(stored))
