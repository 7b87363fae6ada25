"""Pages under the office's limit, legible all the same, or not at all."""

from __future__ import annotations

import io
from functools import lru_cache

import pytest
from PIL import Image

from paper import fit, ocr
from paper.fit import fitted
from paper.prepare import prepare
from tests.helpers import printed, wear
from tests.helpers.paperwork import made_papers


@lru_cache(maxsize=1)
def stored() -> tuple[bytes, ...]:
    """Two stored pages, the last without colour."""
    papers = made_papers(2)
    drawn = [printed.drawn(paper, 200, stamp=number < 1) for number, paper in enumerate(papers)]
    return tuple(prepare(wear.scanned(page, wear.level("office"), 200)).content for page in drawn)


def test_what_fits_stays_as_it_is() -> None:
    done = fitted(stored(), 10**9)
    assert (done.pages, done.rung, done.fits) == (stored(), None, True)


def test_a_little_too_large_is_a_little_smaller_and_legible() -> None:
    most = round(sum(map(len, stored())) * 0.93)
    done = fitted(stored(), most)
    assert done.fits
    assert done.size <= most
    assert done.size == sum(map(len, done.pages))
    assert done.agreement >= fit.LEAST_AGREEMENT
    before, after = (ocr.read(pages[0]).text for pages in (stored(), done.pages))
    assert ocr.agreement(before, after) >= fit.LEAST_AGREEMENT


def test_only_pages_without_colour_lose_their_colour_values() -> None:
    done = fitted(stored(), round(sum(map(len, stored())) * 0.55), keep_colour=False, check=False)
    assert [Image.open(io.BytesIO(page)).mode for page in done.pages] == ["RGB", "L"]
    kept = fitted(stored(), round(sum(map(len, stored())) * 0.62), check=False)
    assert {Image.open(io.BytesIO(page)).mode for page in kept.pages} == {"RGB"}


def test_no_page_loses_its_dots_below_200_an_inch() -> None:
    done = fitted(stored(), round(sum(map(len, stored())) * 0.6), check=False)
    assert [Image.open(io.BytesIO(page)).size for page in done.pages] == [
        Image.open(io.BytesIO(page)).size for page in stored()
    ]


def test_what_cannot_fit_comes_back_as_it_was() -> None:
    done = fitted(stored(), 10_000)
    assert done.pages == stored()
    assert [remark.code for remark in done.notes] == ["paper.cannot-fit"]


def test_what_would_no_longer_be_legible_comes_back_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit, "LADDER", (fit.Rung(1, True),))
    fine_print = printed.drawn(made_papers(1)[0], 200, smaller=6.5)
    came = prepare(wear.scanned(fine_print, wear.level("office"), 200)).content
    done = fitted([came], len(came) // 2)
    assert done.pages == (came,)
    assert [remark.code for remark in done.notes] == ["paper.not-legible"]
    assert done.agreement < fit.LEAST_AGREEMENT
