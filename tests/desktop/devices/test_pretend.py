"""The pretend scanner: believable, the same every time, and able to go wrong in every way a scanner can."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from desktop.devices import pretend_papers
from desktop.devices.pretend import Laid, Mishap, PretendScanner, mixed_stack
from desktop.devices.pretend_papers import Drawn, Kind, Wear, draw, worn
from desktop.devices.source import Feed, Mode, Page, ScanWish, Sheet
from onestop.rules.errors import DeviceTrouble
from onestop.rules.identity import PROVINCE_CODES, read_card
from tests.helpers.pages import codes

WISH = ScanWish(dpi=150)
TODAY = date(2026, 11, 23)


@pytest.fixture
def scanner(tmp_path: Path) -> PretendScanner:
    return PretendScanner(tmp_path / "pretend")


def came(scanner: PretendScanner, wish: ScanWish = WISH) -> tuple[list[Page], str]:
    pages: list[Page] = []
    try:
        pages.extend(scanner.scan(scanner.device, wish))
    except DeviceTrouble as trouble:
        return pages, trouble.code
    return pages, ""


def dark(page: Page) -> float:
    """How much of a page is ink."""
    with Image.open(io.BytesIO(page.content)) as image:
        grey = image.convert("L").point(lambda level: 255 if level < 128 else 0)
        return float(ImageStat.Stat(grey).mean[0]) / 255


# -- papers


@pytest.mark.parametrize("kind", Kind)
def test_the_same_seed_gives_the_same_paper(kind: Kind) -> None:
    one, other = draw(kind, 5, 100, "MÃ"), draw(kind, 5, 100, "MÃ")
    assert ImageChops.difference(one.picture, other.picture).getbbox() is None
    assert (one.lines, one.facts, one.code) == (other.lines, other.facts, other.code)


def test_another_seed_gives_another_paper() -> None:
    assert draw(Kind.FORM, 1, 100).lines != draw(Kind.FORM, 2, 100).lines


@pytest.mark.parametrize(("kind", "size"), [(Kind.FORM, Sheet.A4), (Kind.SLIP, Sheet.A5)])
def test_papers_have_their_size(kind: Kind, size: Sheet) -> None:
    drawn = draw(kind, 1, 254)
    assert drawn.size is size
    assert drawn.picture.size == tuple(round(length * 10) for length in size.millimetres)


@pytest.mark.parametrize("kind", [Kind.FORM, Kind.CERTIFICATE, Kind.LETTER, Kind.SLIP])
def test_what_a_paper_states_stands_on_it(kind: Kind) -> None:
    for seed in range(20):
        drawn: Drawn = draw(kind, seed, 60)
        text = " ".join(drawn.lines)
        assert drawn.facts["title"] in text
        assert drawn.facts["name"] in text
        if "number" in drawn.facts:
            year, month, day = drawn.facts["date"].split("-")
            assert f"Số: {drawn.facts['number']}" in text
            assert f"ngày {day} tháng {month} năm {year}" in text


def test_nobody_has_the_number_of_these_people() -> None:
    assert pretend_papers.PROVINCE not in PROVINCE_CODES
    drawn = draw(Kind.CARD, 3, 300)
    (code,) = codes(drawn.picture)
    assert code == drawn.code
    card = read_card(code, TODAY)
    assert card.number.startswith(pretend_papers.PROVINCE)
    assert card.name == drawn.facts["name"]


def test_a_separator_says_what_it_was_told() -> None:
    drawn = worn(draw(Kind.SEPARATOR, 1, 150, "hồ sơ 7 / giấy 2").picture, Wear(2.5, 8, 10), 1)
    assert codes(drawn) == ["hồ sơ 7 / giấy 2"]


def test_wear_can_be_seen() -> None:
    clean = draw(Kind.FORM, 1, 75).picture
    for wear in (Wear(skew=3), Wear(noise=9), Wear(grey=20), Wear(upside_down=True)):
        assert ImageChops.difference(clean, worn(clean, wear, 1)).getbbox() is not None
    assert worn(clean, Wear(), 1) is clean


# -- the scanner


def test_the_glass_holds_one_paper_after_the_other(scanner: PretendScanner) -> None:
    first, second = came(scanner)[0], came(scanner)[0]
    assert len(first) == len(second) == 1
    assert first[0].content != second[0].content


def test_the_feeder_gives_its_sheets_in_order_and_is_empty_then(scanner: PretendScanner) -> None:
    scanner.load([Laid(Kind.FORM, 1), Laid(Kind.BLANK), Laid(Kind.LETTER, 2)])
    pages, code = came(scanner, ScanWish(dpi=150, source=Feed.FEEDER))
    assert (len(pages), code, scanner.left()) == (3, "", 0)
    assert dark(pages[0]) > 0.005 > dark(pages[1])
    assert came(scanner, ScanWish(dpi=150, source=Feed.FEEDER)) == ([], "device.empty")


def test_backs_are_blank_unless_written_on(scanner: PretendScanner) -> None:
    scanner.load([Laid(Kind.FORM, 1), Laid(Kind.FORM, 2, back=Kind.LETTER)])
    pages, _code = came(scanner, ScanWish(dpi=150, duplex=True))
    assert [page.back for page in pages] == [False, True, False, True]
    assert [dark(page) > 0.002 for page in pages] == [True, False, True, True]


def test_a_stack_that_is_turned_over_by_hand_shows_its_backs_last_sheet_first(scanner: PretendScanner) -> None:
    sheets = [Laid(Kind.FORM, 1, back=Kind.LETTER), Laid(Kind.FORM, 2), Laid(Kind.FORM, 3, back=Kind.LETTER)]
    scanner.load(sheets)
    fronts, _code = came(scanner, ScanWish(dpi=150, manual_duplex=True))
    scanner.turn_over()
    backs, _code = came(scanner, ScanWish(dpi=150, manual_duplex=True, turned=len(fronts)))
    ordered = sorted([*fronts, *backs], key=lambda page: page.number)
    scanner.load(sheets)
    together, _code = came(scanner, ScanWish(dpi=150, duplex=True))
    assert [(page.number, page.back) for page in ordered] == [(page.number, page.back) for page in together]
    assert [dark(page) for page in ordered] == pytest.approx([dark(page) for page in together], abs=0.001)


@pytest.mark.parametrize(("mode", "read"), [(Mode.COLOUR, "RGB"), (Mode.GREY, "L"), (Mode.BW, "1")])
def test_colours_as_wished(scanner: PretendScanner, mode: Mode, read: str) -> None:
    (page,) = came(scanner, ScanWish(dpi=150, mode=mode))[0]
    with Image.open(io.BytesIO(page.content)) as image:
        assert image.mode == read


@pytest.mark.parametrize(
    ("mishap", "code"),
    [
        (Mishap.JAM, "device.jam"),
        (Mishap.COVER_OPEN, "device.cover-open"),
        (Mishap.TWO_SHEETS, "device.two-sheets"),
        (Mishap.BUSY, "device.busy"),
        (Mishap.GARBAGE, "device.answer"),
    ],
)
def test_a_mishap_happens_once_and_leaves_the_sheet_in_the_feeder(
    scanner: PretendScanner, mishap: Mishap, code: str
) -> None:
    scanner.load([Laid(Kind.SLIP, seed) for seed in range(5)])
    scanner.go_wrong(mishap, at=3)
    pages, said = came(scanner)
    assert (len(pages), said, scanner.left()) == (2, code, 3)
    assert len(came(scanner)[0]) == 3


def test_one_that_vanishes_stays_away_until_it_comes_back(scanner: PretendScanner) -> None:
    scanner.load([Laid(Kind.SLIP, seed) for seed in range(4)])
    scanner.go_wrong(Mishap.OFFLINE, at=2)
    assert scanner.find() == [scanner.device]
    assert (len(came(scanner)[0]), came(scanner)[1]) == (1, "device.offline")
    scanner.go_wrong(Mishap.OFFLINE)
    assert scanner.find() == []
    scanner.come_back()
    assert scanner.find() == [scanner.device]


def test_it_is_loaded_from_one_process_and_scans_in_another(scanner: PretendScanner) -> None:
    scanner.load([Laid(Kind.SLIP, 1)] * 2)
    assert len(came(PretendScanner(scanner.folder))[0]) == 2
    assert scanner.left() == 0


# -- a stack as a counter sees it


def test_a_mixed_stack_is_the_same_every_time_and_tells_where_each_sheet_belongs() -> None:
    stack = mixed_stack(7, ("A", "B", "C"), papers=4, foreign="https://vi-du.example/9")
    assert stack == mixed_stack(7, ("A", "B", "C"), papers=4, foreign="https://vi-du.example/9")
    assert [sheet.code for sheet in stack if sheet.kind is Kind.SEPARATOR] == ["A", "B", "C"]
    belongs = ""
    for sheet in stack:
        belongs = sheet.code if sheet.kind is Kind.SEPARATOR else belongs
        assert sheet.belongs == belongs
        assert abs(sheet.wear.skew) <= 5


def test_a_mixed_stack_can_be_read_off_its_pages(scanner: PretendScanner) -> None:
    """Separators are read by the QR reader of the tests; foreign codes are there to be told apart."""
    stack = mixed_stack(3, ("hồ sơ 1/2", "hồ sơ 1/3"), papers=3, skew=3, foreign="https://vi-du.example/9")
    scanner.load(stack)
    pages, _code = came(scanner, ScanWish(dpi=200))
    read = []
    for page in pages:
        with Image.open(io.BytesIO(page.content)) as image:
            read.append(codes(image))
    wanted = [[sheet.code] if sheet.code else [] for sheet in stack if sheet.kind is not Kind.CARD]
    assert [found for found, sheet in zip(read, stack, strict=True) if sheet.kind is not Kind.CARD] == wanted
