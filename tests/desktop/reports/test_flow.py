"""Lines, tables and pages: whatever is poured in comes out once, in order, and inside its bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reports import fonts
from desktop.reports.flow import Align, Beside, Block, Column, Gap, Heading, Page, Stack, Style, Table, Text, pour

STYLE = Style(10, 12, Align.JUSTIFY)
LETTERS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyÁỄỰ0123456789-/,. \u00a0", max_size=120)


def strings(page: Page) -> list[str]:
    return [mark[5] for mark in page.marks]


def poured(blocks: list[Block], height: float = 100, width: float = 100) -> list[Page]:
    return pour(blocks, 0, width, height, height, 0)


@given(st.lists(st.tuples(LETTERS, st.sampled_from([fonts.UPRIGHT, fonts.BOLD])), max_size=4), st.integers(20, 300))
def test_lines_keep_every_sign_and_stay_in_their_room(runs: list[tuple[str, str]], room: int) -> None:
    lines = Text(runs, STYLE).lines(room)
    kept = "".join(piece for line in lines for piece, _, _ in line.pieces)
    assert kept.replace(" ", "") == "".join(text for text, _ in runs).replace(" ", "")
    for line in lines:
        assert line.width <= room + 0.1
        assert line.width == pytest.approx(sum(fonts.width(piece, face, 10) for piece, face, _ in line.pieces), abs=0.1)
        assert line.spaces == sum(piece.count(" ") + piece.count("\u00a0") for piece, _, _ in line.pieces)


def test_a_justified_line_fills_its_width_and_the_last_stays_ragged() -> None:
    text = Text("một hai ba bốn năm sáu bảy tám chín mười mười một mười hai", STYLE)
    page = Page()
    text.place(page, 0, 100, 120)
    lines = text.lines(120)
    assert len(lines) > 1
    for mark, line in zip(page.marks, lines, strict=True):
        filled = line.width + mark[4] * line.spaces
        assert filled == pytest.approx(120) if not line.ends else mark[4] == 0


def test_line_breaks_are_kept_and_wide_words_are_cut() -> None:
    assert len(Text("a\nb\r\nc", STYLE).lines(100)) == 3
    long = "A" * 90
    pieces = [line.pieces[0][0] for line in Text(long, STYLE).lines(100)]
    assert "".join(pieces) == long and len(pieces) > 1


@pytest.mark.parametrize(("align", "left"), [(Align.LEFT, 0), (Align.CENTRE, 0.5), (Align.RIGHT, 1)])
def test_alignment(align: Align, left: float) -> None:
    page = Page()
    Text("abc", Style(10, 12, align)).place(page, 0, 50, 100)
    assert page.marks[0][0] == pytest.approx(left * (100 - fonts.width("abc", fonts.UPRIGHT, 10)))


def test_a_paragraph_goes_on_with_two_lines_on_either_side() -> None:
    words = " ".join(f"từ{n:02d}" for n in range(60))
    text = Text(words, STYLE)
    total = len(text.lines(100))
    first, *others = poured([Gap(100 - 3 * 12 - 1), text])
    assert len(first.marks) == 3
    assert sum(len(page.marks) for page in others) == total - 3
    assert all(len(page.marks) >= 2 for page in others)
    assert " ".join(string for page in (first, *others) for string in strings(page)) == words


def test_what_introduces_is_never_the_last_on_its_page() -> None:
    pages = poured([Gap(80), Text("Gồm có:", STYLE, keep=True), Text("một\nhai\nba", STYLE)])
    assert strings(pages[0]) == []
    assert strings(pages[1]) == ["Gồm có:", "một", "hai", "ba"]


def test_a_stack_stays_together_unless_no_page_can_hold_it() -> None:
    lines = [Text(str(number), STYLE) for number in range(4)]
    pages = poured([Gap(70), Stack(lines)])
    assert [strings(page) for page in pages] == [[], ["0", "1", "2", "3"]]
    high = [Text(str(number), STYLE) for number in range(20)]
    pages = poured([Stack(high)])
    assert [string for page in pages for string in strings(page)] == [str(number) for number in range(20)]
    assert len(pages) > 1


def table(rows: int, long_row: int | None = None) -> Table:
    words = " ".join(f"từ{n:03d}" for n in range(120))
    cells = [(str(n), words if n == long_row else f"hàng {n}", "1") for n in range(rows)]
    heading = (
        Heading("TT", 0, rows=2),
        Heading("Tên", 1, rows=2),
        Heading("Số", 2),
        Heading("Bản", 2, 1),
    )
    return Table((Column(20), Column(), Column(25, Align.CENTRE)), heading, cells, Style(8, 10))


def test_a_table_repeats_its_heading_and_shows_every_row_once() -> None:
    pages = poured([table(40)], height=150, width=200)
    assert len(pages) > 2
    shown = [string for page in pages for string in strings(page) if string.startswith("hàng")]
    assert shown == [f"hàng {n}" for n in range(40)]
    assert all(strings(page)[:4] == ["TT", "Tên", "Số", "Bản"] for page in pages)


def test_a_row_higher_than_a_page_goes_on_within_its_cell() -> None:
    pages = poured([table(3, long_row=1)], height=120, width=120)
    shown = " ".join(string for page in pages for string in strings(page))
    for number in range(120):
        assert shown.count(f"từ{number:03d}") == 1
    assert all(0 <= mark[1] <= 120 for page in pages for mark in page.marks)
    assert all(min(rule[1], rule[3]) >= 0 for page in pages for rule in page.rules)


def test_a_table_without_rows_and_cells_of_the_heading_meet() -> None:
    pages = poured([table(0)], width=200)
    assert strings(pages[0]) == ["TT", "Tên", "Số", "Bản"]
    verticals = {rule[0] for rule in pages[0].rules if rule[0] == rule[2]}
    assert {0, 20, 175, 200} <= verticals


def test_beside_takes_the_height_of_the_higher_and_leaves_a_gutter() -> None:
    left, right = Text("a\nb\nc", STYLE), Text("x", Style(10, 12, Align.RIGHT))
    block = Beside(left, right, gutter=10)
    assert block.height(100) == 36
    page = Page()
    block.place(page, 0, 100, 100)
    ends = page.marks[-1][0] + fonts.width("x", fonts.UPRIGHT, 10)
    assert ends == pytest.approx(100)
    assert Beside(None, right).height(100) == 12


@given(st.lists(st.integers(1, 30), min_size=1, max_size=30))
def test_pages_hold_every_line_in_order_inside_their_bounds(sizes: list[int]) -> None:
    blocks: list[Block] = [
        Text("\n".join(f"{i}.{n}" for n in range(size)), STYLE, before=3, keep=i % 3 == 0)
        for i, size in enumerate(sizes)
    ]
    pages = poured(blocks, height=200)
    assert [string for page in pages for string in strings(page)] == [
        f"{i}.{n}" for i, size in enumerate(sizes) for n in range(size)
    ]
    assert all(0 <= mark[1] <= 200 for page in pages for mark in page.marks)
