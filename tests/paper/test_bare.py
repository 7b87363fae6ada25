"""A file with nothing on any page is told from one that says little, or that nobody can look at."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from paper import bare
from tests.helpers import badfiles
from tests.helpers.pages import made_pdf


def scan(*greys: int, dots: tuple[int, int, int, int] | None = None) -> bytes:
    """A TIFF with a page of each grey, with the noise of a scanner; `dots`: something black on the last one."""
    chance = np.random.default_rng(7)
    pages = []
    for grey in greys:
        noise = chance.normal(grey, 2.5, (877, 620)).clip(0, 255).astype(np.uint8)
        pages.append(Image.fromarray(noise))
    if dots is not None:
        pages[-1].paste(20, dots)
    stream = io.BytesIO()
    pages[0].save(stream, "TIFF", save_all=True, append_images=pages[1:], dpi=(75, 75))
    return stream.getvalue()


def empty_pdf(pages: int) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    for _ in range(pages):
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


@pytest.mark.parametrize("content", [empty_pdf(1), empty_pdf(3), scan(250), scan(246, 250, 241)])
def test_nothing_on_any_page(content: bytes) -> None:
    assert bare.is_bare(content)


@pytest.mark.parametrize(
    "content",
    [
        made_pdf("", "", "Mat sau"),
        made_pdf("x"),
        badfiles.pdf(1),
        badfiles.with_form(),
        scan(250, 250, dots=(200, 300, 420, 330)),
    ],
)
def test_something_on_one_page_is_enough(content: bytes) -> None:
    assert not bare.is_bare(content)


def test_who_brings_many_blank_pages_is_given_the_benefit_of_what_may_stand_behind_them() -> None:
    assert not bare.is_bare(empty_pdf(bare.MOST_PAGES + 1))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 and no more", badfiles.with_password(), badfiles.truncated_jpeg()])
def test_what_cannot_be_looked_at_is_for_others_to_judge(content: bytes) -> None:
    assert not bare.is_bare(content)
