"""The receipt's figure is taken from the same page: ours and the bare reference show the same, stroke by stroke."""

from __future__ import annotations

import json

import pytest
from PIL import ImageChops

from benchmarks import receipt as benchmark
from desktop.reports import receipt
from onestop.rules.letters import Paper
from tests.helpers.pages import codes, picture, texts


def test_bare_page_is_our_page() -> None:
    for letter in benchmark.made_letters(3):
        ours = receipt.draw(letter, Paper.A4, (2,))
        bare = benchmark.draw_bare(benchmark.bare_page(letter))
        assert texts(bare) == texts(ours)
        ours_seen, bare_seen = picture(ours, dpi=60), picture(bare, dpi=60)
        assert codes(picture(ours)) == codes(picture(bare)) == [letter.reference.qr]
        for seen in (ours_seen, bare_seen):  # rectangles leave hairlines between the modules of a code, an outline none
            seen.paste(255, (70, 120, 112, 162))
        different = sum(ImageChops.difference(ours_seen, bare_seen).histogram()[128:])
        assert different < 20, "the pages differ by more than the edges of a line"


def test_the_page_for_weasyprint_says_the_same() -> None:
    letter = benchmark.made_letters(1)[0]
    page = benchmark.html_page(letter)
    for value in (letter.applicant.name, letter.request, letter.clerk, *[each.name for each in letter.components]):
        assert value in page
    assert "<svg" in page


def test_letters_differ() -> None:
    made = benchmark.made_letters(50)
    assert len({letter.reference.code for letter in made}) == 50
    assert made == benchmark.made_letters(50)
    assert made != benchmark.made_letters(50, seed=1)


def test_small_run_prints_its_two_lines(capsys: pytest.CaptureFixture[str]) -> None:
    answer = benchmark.main(["--small"])
    said = [json.loads(each) for each in capsys.readouterr().out.splitlines()]
    assert [each["id"] for each in said] == ["receipt", "receipt"]
    assert [each["goal"] for each in said] == ["<= 1.3", "<= 0.25"]
    assert said[0]["ours"] > 0 and said[0]["reference"] > 0
    assert answer == (0 if benchmark.weasyprint else 1)
    assert ("error" in said[1]) == (benchmark.weasyprint is None)
