"""PDFs: cleaned of what they would do and nothing that is seen, put together, taken apart, kept as PDF/A."""

from __future__ import annotations

import io
import subprocess
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, pdfa
from PIL import Image

from onestop.rules.errors import RuleBroken
from paper import judge, leaves, ocr, pdf, pdf_clean, pdf_write, prepare
from paper.pdf_write import Leaf, assemble
from tests.helpers import badfiles, pages, preflight, printed, wear
from tests.helpers.paperwork import made_papers

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=timezone(timedelta(hours=7)))


@lru_cache(maxsize=1)
def two_leaves() -> tuple[Leaf, ...]:
    """Two scanned pages, ready to be kept."""
    made = []
    for paper in made_papers(2):
        page = prepare.prepare(wear.scanned(printed.drawn(paper, 200), wear.level("office", skew=1.0), 200))
        made.append(Leaf(page.content, page.dpi, ocr.read(page.content).words))
    return tuple(made)


def seen(content: bytes) -> np.ndarray:
    """A page as poppler shows it, fields and comments too."""
    command = ["pdftoppm", "-r", "60", "-gray", "-singlefile", "-"]
    shown = subprocess.run(command, input=content, capture_output=True, check=True).stdout
    return np.asarray(Image.open(io.BytesIO(shown)))


def forbidden(content: bytes) -> set[str]:
    with Pdf.open(io.BytesIO(content)) as document:
        return {str(part) for part in pdf_clean.active_parts(document)}


# -- clean -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "removed"),
    [
        (badfiles.with_javascript, ("javascript",)),
        (badfiles.with_launch, ("launch",)),
        (badfiles.with_attachment, ("attachment",)),
        (badfiles.with_form, ("form",)),
        (badfiles.locked_by_owner, ()),
        (badfiles.broken_table, ()),
    ],
)
def test_what_a_pdf_would_do_goes_and_what_is_seen_stays(make: object, removed: tuple[str, ...]) -> None:
    before = make()  # type: ignore[operator]
    cleaned = pdf_clean.clean(before)
    assert cleaned.removed == removed
    assert forbidden(cleaned.content) == set()
    assert not judge.look(cleaned.content).encrypted
    assert np.abs(seen(before).astype(int) - seen(cleaned.content).astype(int)).max() <= 2


def test_a_field_becomes_part_of_the_page() -> None:
    for content in (badfiles.with_form(), pdf_clean.clean(badfiles.with_form()).content):
        page = leaves.drawn(content, 0, 72).pixels
        assert page[842 - 625, 450].tolist() == [0, 0, 0], "the black rectangle of the field"


def test_the_names_of_files_inside_are_told_and_the_files_gone() -> None:
    cleaned = pdf_clean.clean(badfiles.with_attachment())
    assert cleaned.attached == ("bảng kê.xlsx",)
    assert b"This program cannot be run" not in cleaned.content
    with Pdf.open(io.BytesIO(cleaned.content)) as document:
        assert len(document.attachments) == 0


def test_clean_bytes_are_the_same_each_time() -> None:
    assert pdf_clean.clean(badfiles.with_form()).content == pdf_clean.clean(badfiles.with_form()).content


@pytest.mark.parametrize(
    "hiding",
    [
        Dictionary(S=Name.URI, Next=Dictionary(S=Name.JavaScript, JS=pikepdf.String("x"))),
        Dictionary(S=Name.GoToR, F=pikepdf.String("x.pdf")),
        Dictionary(S=Name.SubmitForm, F=pikepdf.String("http://x")),
        Dictionary(S=Name.Rendition),
    ],
)
def test_what_hides_in_a_chain_of_actions_goes_too(hiding: Dictionary) -> None:
    def change(document: Pdf) -> None:
        outline = document.make_indirect(Dictionary(Title=pikepdf.String("mục"), A=hiding))
        document.Root.Outlines = document.make_indirect(Dictionary(First=outline, Last=outline, Count=1))
        document.pages[0].obj.AA = Dictionary(O=hiding)
        document.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=hiding)])

    before = badfiles.changed(change)
    assert forbidden(before)
    assert forbidden(pdf_clean.clean(before).content) == set()


def test_a_password_is_said() -> None:
    with pytest.raises(RuleBroken) as said:
        pdf_clean.clean(badfiles.with_password())
    assert said.value.code == "paper.password"


# -- put together ------------------------------------------------------------------------------------------------------


def test_pages_with_words_become_a_pdf_a_that_two_tools_accept(tmp_path: Path) -> None:
    content = assemble(two_leaves(), "Giấy chứng sinh", NOON)
    assert pdfa.validate_written(io.BytesIO(content), "2b").passed
    assert preflight.findings_2b(content, tmp_path) == {}
    older = assemble(two_leaves(), "Giấy chứng sinh", NOON, flavour="1b")
    assert preflight.findings(older, tmp_path) == {}


def test_the_second_tool_finds_what_is_wrong(tmp_path: Path) -> None:
    assert preflight.findings_2b(badfiles.with_javascript(), tmp_path)


def test_words_copy_out_as_they_were_read() -> None:
    content = assemble(two_leaves(), "", NOON)
    for number, (leaf, said) in enumerate(zip(two_leaves(), pages.texts(content), strict=True)):
        assert pages.packed(said) == pages.packed(" ".join(word.text for word in leaf.words))
        own = pdf.words(content, number)
        assert [word.text for word in own] == [word.text for word in leaf.words]
        for word, read in zip(own, leaf.words, strict=True):
            assert (word.left, word.right) == (pytest.approx(read.left, abs=0.01), pytest.approx(read.right, abs=0.01))
            assert abs((word.top + word.bottom) - (read.top + read.bottom)) < 0.02


def test_poppler_reads_vietnamese_out_of_it_too(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(assemble(two_leaves(), "", NOON))
    text = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
    assert "GIẤY CHỨNG SINH" in text
    assert ocr.agreement(text, " ".join(word.text for leaf in two_leaves() for word in leaf.words)) > 0.9


def test_the_picture_goes_in_as_it_is_stored() -> None:
    content = assemble(two_leaves(), "", NOON)
    assert all(leaf.picture in content for leaf in two_leaves())
    assert len(content) < sum(len(leaf.picture) for leaf in two_leaves()) + 12_000
    assert leaves.count(content) == 2


def test_the_same_pages_and_hour_give_the_same_bytes() -> None:
    assert assemble(two_leaves(), "Giấy", NOON) == assemble(two_leaves(), "Giấy", NOON)
    assert assemble(two_leaves(), "Giấy", NOON) != assemble(two_leaves(), "Giấy", NOON + timedelta(hours=1))
    assert pdf_write.shapeless() == pdf_write.shapeless.__wrapped__()


def test_title_and_hour_are_written_and_no_person() -> None:
    with Pdf.open(io.BytesIO(assemble(two_leaves(), "Giấy chứng sinh", NOON))) as document:
        assert str(document.docinfo[Name.Title]) == "Giấy chứng sinh"
        assert str(document.docinfo[Name.CreationDate]) == "D:20261123120000+07'00"
        assert Name.Author not in document.docinfo
    with Pdf.open(io.BytesIO(assemble(two_leaves(), "", datetime(2026, 1, 2, tzinfo=UTC)))) as document:
        assert str(document.docinfo[Name.ModDate]) == "D:20260102000000+00'00"


def test_grey_pages_without_words() -> None:
    grey = io.BytesIO()
    Image.new("L", (800, 1100), 200).save(grey, "JPEG")
    content = assemble([Leaf(grey.getvalue(), 100)], "", NOON)
    assert pdf.words(content, 0) == ()
    assert leaves.drawn(content, 0, 72).width == pytest.approx(800 * 72 / 100, abs=1)


@pytest.mark.parametrize(("given", "code"), [([], "paper.no-pages"), ([Leaf(b"x", 200)], "paper.unreadable")])
def test_what_is_no_page_is_not_put_together(given: list[Leaf], code: str) -> None:
    with pytest.raises(RuleBroken) as said:
        assemble(given, "", NOON)
    assert said.value.code == code


# -- taken apart, joined, archived -------------------------------------------------------------------------------------


def test_some_pages_in_another_order() -> None:
    content = pdf.taken(badfiles.pdf(5), [3, 0])
    assert [text.strip() for text in pages.texts(content)] == ["Trang 4", "Trang 1"]
    with pytest.raises(RuleBroken) as said:
        pdf.taken(badfiles.pdf(2), [2])
    assert said.value.code == "paper.no-such-page"


def test_several_in_one() -> None:
    content = pdf.joined([badfiles.pdf(2), badfiles.with_javascript()])
    assert [text.strip() for text in pages.texts(content)] == ["Trang 1", "Trang 2", "Trang 1"]
    assert forbidden(content) == set()
    with pytest.raises(RuleBroken):
        pdf.joined([])


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_own_words_stand_where_the_viewer_shows_them(turn: int) -> None:
    def change(document: Pdf) -> None:
        document.pages[0].obj.Rotate = turn
        document.pages[0].obj.CropBox = Array([50, 500, 400, 800])

    content = badfiles.changed(change)
    first, second = pdf.words(content, 0)
    assert (first.text, second.text) == ("Trang", "1")
    shown = leaves.drawn(content, 0, 150).pixels[:, :, 0]
    box = (round(first.top * shown.shape[0]), round(first.bottom * shown.shape[0]) + 1)
    side = (round(first.left * shown.shape[1]), round(first.right * shown.shape[1]) + 1)
    assert shown[box[0] : box[1], side[0] : side[1]].min() < 120, "there is ink where the word is said to stand"


def test_a_pdf_with_its_fonts_inside_is_kept_as_pdf_a() -> None:
    kept = pdf.archived(assemble(two_leaves(), "", NOON))
    assert kept.standard
    assert pdfa.validate_written(io.BytesIO(kept.content), "2b").passed


def test_a_pdf_that_cannot_be_pdf_a_says_why_and_is_kept_clean() -> None:
    kept = pdf.archived(badfiles.with_javascript())
    assert not kept.standard
    assert "embedded" in kept.why
    assert forbidden(kept.content) == set()
