"""Words of a page: selected in the order of reading, along lines and across them."""

from __future__ import annotations

import pytest

from desktop.models.page_text import PageText
from tests.helpers.feeder import Word

# Ba dòng: hai cột ở dòng đầu, dòng giữa ngắn.
LINES = (("CỘNG", "HÒA"), ("Giấy", "chứng", "sinh"), ("Số:", "05/GCS"))


@pytest.fixture
def text() -> PageText:
    words = []
    for line, row in enumerate(LINES):
        for at, each in enumerate(row):
            left = 0.1 + 0.2 * at
            words.append(Word(each, left, 0.1 + 0.1 * line, left + 0.15, 0.15 + 0.1 * line, line))
    return PageText(tuple(words))


def test_what_stands_between_two_words_keeps_the_lines(text: PageText) -> None:
    assert text.between(1, 5) == "HÒA\nGiấy chứng sinh\nSố:"
    assert text.between(5, 1) == text.between(1, 5)
    assert text.text == "CỘNG HÒA\nGiấy chứng sinh\nSố: 05/GCS"
    assert text.line(3) == "Giấy chứng sinh"


def test_a_word_under_the_mouse_and_the_nearest_one(text: PageText) -> None:
    assert text.under(0.12, 0.12) == 0
    assert text.under(0.27, 0.12) is None
    assert text.under(0.27, 0.22, near=True) in (2, 3)
    assert text.under(0.99, 0.31, near=True) == 6, "to the right of a line is its last word"
    assert PageText(()).under(0.5, 0.5, near=True) is None


def test_steps_along_words_and_lines(text: PageText) -> None:
    assert [text.step(0, -1), text.step(0, 1), text.step(6, 1)] == [0, 1, 6]
    assert [text.step_line(4, 1), text.step_line(4, -1), text.step_line(6, 1)] == [6, 1, 6]
    assert [text.edge(3, last=False), text.edge(3, last=True)] == [2, 4]
    assert text.line_of(6) == 2
