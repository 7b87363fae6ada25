"""A page set right: cut out, upright, straight, told blank or not, coloured or not, and no dot of ink lost by it."""

from __future__ import annotations

import io
import math
import random
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from PIL import Image, ImageDraw

from paper.blank import blankness
from paper.edges import sheet_of
from paper.picture import Raster
from paper.prepare import Done, Prepared, Step, Wish, prepare, prepare_raster
from paper.sketch import inked, sketched
from paper.tone import Tone, tone_of
from paper.upright import lie_of
from tests.helpers import printed, wear
from tests.helpers.paperwork import MadePaper, made_papers

PAPERS = made_papers(10)
DPI = 150


@lru_cache(maxsize=16)
def sheet(number: int, dpi: int = DPI) -> Image.Image:
    return printed.drawn(PAPERS[number], dpi)


def page(picture: Image.Image, dpi: float = DPI) -> Raster:
    return Raster(np.asarray(picture), dpi)


def step(done: Prepared, which: Step) -> Done:
    found = done.step(which)
    assert found is not None
    return found


def shown(done: Prepared) -> Image.Image:
    return Image.open(io.BytesIO(done.content))


# -- straight, upright -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "degrees"), [("office", -5.0), ("office", 0.4), ("worn", 3.1), ("noisy", -2.0)])
def test_a_skewed_page_is_straightened(level: str, degrees: float) -> None:
    worn = wear.worn(sheet(3), wear.level(level, skew=degrees, dpi=DPI), DPI)
    done = prepare_raster(page(worn), Wish())
    # The generator turns against the clock.
    assert step(done, Step.STRAIGHTEN).amount == pytest.approx(-degrees, abs=0.15)
    again = prepare(done.content)
    assert abs(step(again, Step.STRAIGHTEN).amount) <= 0.15


@pytest.mark.parametrize(
    ("number", "level", "turn"),
    [(0, "office", 0), (0, "office", 180), (1, "worn", 90), (1, "worn", 180), (2, "noisy", 270), (3, "office", 270)],
)
def test_a_page_is_set_upright(number: int, level: str, turn: int) -> None:
    done = prepare_raster(page(wear.worn(sheet(number), wear.level(level, turn=turn, dpi=DPI), DPI)), Wish())
    assert step(done, Step.TURN).amount == turn
    assert done.height > done.width


def test_a_page_that_tells_nothing_is_left_as_it_lies() -> None:
    photograph = Image.radial_gradient("L").resize((1240, 1754)).convert("RGB")
    done = prepare_raster(page(photograph), Wish())
    assert not step(done, Step.TURN).did
    assert not step(done, Step.STRAIGHTEN).did


def test_a_person_may_turn_the_page_and_then_nothing_else_does() -> None:
    done = prepare_raster(page(wear.worn(sheet(0), wear.level("office", turn=180, dpi=DPI), DPI)), Wish(turn_by=90))
    assert (done.width > done.height, step(done, Step.TURN).amount) == (True, 90)


def test_no_ink_falls_over_the_edge() -> None:
    picture = sheet(1).copy()
    draw = ImageDraw.Draw(picture)
    for corner in ((4, 4), (1190, 4), (4, 1715), (1190, 1715)):
        draw.rectangle((*corner, corner[0] + 40, corner[1] + 30), fill=(0, 0, 0))
    turned = picture.rotate(4, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=printed.PAPER)
    done = prepare_raster(page(turned), Wish(crop=False))

    def ink(picture: Image.Image) -> float:
        return float(np.maximum(235.0 - np.asarray(picture.convert("L")), 0).sum())

    assert ink(shown(done)) == pytest.approx(ink(turned), rel=0.03)


# -- edges -------------------------------------------------------------------------------------------------------------


def corners_on_lid(size: tuple[int, int], glass: tuple[int, int], degrees: float) -> np.ndarray:
    """Where the generator puts the corners of a sheet that lies askew in the middle of the glass."""
    angle, (across, down) = math.radians(-degrees), size
    half = np.array([[-across, -down], [across, -down], [across, down], [-across, down]]) / 2
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    return half @ turn.T + np.array(glass) / 2


@pytest.mark.parametrize(("lid", "degrees"), [(20, -4.0), (120, 1.0), (252, -4.0), (252, 3.0)])
def test_the_sheet_is_found_on_a_dark_and_on_a_light_lid(lid: int, degrees: float) -> None:
    worn = wear.worn(sheet(2), wear.Wear(dpi=DPI, lid=lid, skew=degrees), DPI)
    found = sheet_of(sketched(page(worn)))
    assert found is not None
    assert not found.leaning
    wanted = corners_on_lid(sheet(2).size, worn.size, degrees)
    assert np.abs(found.corners - wanted).max() < 0.012 * max(worn.size)


def test_half_a_sheet_is_cut_out_and_straight() -> None:
    half = sheet(4).crop((0, 0, 1240, 877))
    done = prepare_raster(page(wear.worn(half, wear.Wear(dpi=DPI, lid=30, skew=3.0), DPI)), Wish())
    assert step(done, Step.CROP).did
    assert (done.width, done.height) == (pytest.approx(1240, abs=20), pytest.approx(877, abs=20))


@pytest.mark.parametrize("level", ["clean", "poor", "noisy"])
def test_a_page_that_fills_the_picture_is_not_cut(level: str) -> None:
    assert sheet_of(sketched(page(wear.worn(sheet(5), wear.level(level, dpi=DPI), DPI)))) is None


def test_the_frame_of_a_table_is_no_edge() -> None:
    framed = sheet(6).copy()
    ImageDraw.Draw(framed).rectangle((90, 150, 1125, 1650), outline=(0, 0, 0), width=5)
    assert sheet_of(sketched(page(framed))) is None


@pytest.mark.parametrize("seed", range(2))
def test_a_sheet_under_a_telephone_is_seen_from_above(seed: int) -> None:
    done = prepare_raster(page(wear.photographed(sheet(seed), DPI, seed=seed)), Wish())
    assert step(done, Step.CROP).did
    assert done.height / done.width == pytest.approx(297 / 210, rel=0.03)


def test_steps_can_be_left_out() -> None:
    worn = wear.worn(sheet(2), wear.Wear(dpi=DPI, lid=30, skew=3.0), DPI)
    done = prepare_raster(page(worn), Wish(crop=False, turn=False, straighten=False, blank=False))
    assert (done.width, done.height) == worn.size
    assert {each.step for each in done.steps if each.did} == set()


# -- blank -------------------------------------------------------------------------------------------------------------


def empty(dpi: int = DPI) -> Image.Image:
    return printed.sheet(dpi)


def with_holes() -> Image.Image:
    picture = empty()
    printed.put_holes(picture, DPI, 40)
    return picture


def with_dust() -> Image.Image:
    picture, chance = empty(), np.random.default_rng(5)
    for x, y in chance.integers(30, 1200, (25, 2)):
        ImageDraw.Draw(picture).ellipse((x, y, x + 2, y + 2), fill=(90, 90, 90))
    return picture


def folded() -> Image.Image:
    """A sheet that was folded in the middle and lies askew."""
    return wear.worn(empty(), wear.Wear(dpi=DPI, fold=True, skew=-2.0, noise=0.0), DPI)


def shown_through(strength: float = 0.15) -> Image.Image:
    return wear.shown_through(sheet(3), None, strength)


def stamped() -> Image.Image:
    picture = empty()
    printed.put_stamp(picture, (220, 300), DPI)
    return picture


def signed() -> Image.Image:
    picture = empty()
    printed.put_signature(picture, (380, 680), DPI, random.Random(3))
    return picture


def pencilled(grey: int = 205, ground: Image.Image | None = None) -> Image.Image:
    picture = (ground or empty()).copy()
    printed.put_pencil(picture, (300, 900), "đã nhận đủ", DPI, grey)
    return picture


def numbered() -> Image.Image:
    picture = empty()
    ImageDraw.Draw(picture).text((600, 75), "2", font=printed.font("Regular", 13, DPI), fill=printed.INK)
    return picture


@pytest.mark.parametrize("level", ["office", "worn"])
@pytest.mark.parametrize("make", [empty, with_holes, with_dust, folded, shown_through], ids=lambda make: make.__name__)
def test_blank_pages_are_flagged(make: object, level: str) -> None:
    worn = wear.worn(make(), wear.level(level, dpi=DPI, skew=0.0, fold=False), DPI)  # type: ignore[operator]
    done = prepare_raster(page(worn), Wish())
    assert done.blank
    assert len(done.content) > 0, "and kept"


@pytest.mark.parametrize("level", ["office", "worn"])
@pytest.mark.parametrize("make", [stamped, signed, pencilled, numbered], ids=lambda make: make.__name__)
def test_a_page_with_little_on_it_is_not_blank(make: object, level: str) -> None:
    worn = wear.worn(make(), wear.level(level, dpi=DPI, skew=0.0, fold=False), DPI)  # type: ignore[operator]
    assert not prepare_raster(page(worn), Wish()).blank


@pytest.mark.parametrize("make", [signed, pencilled], ids=lambda make: make.__name__)
def test_what_is_written_over_a_fold_is_not_blank(make: object) -> None:
    written = make()  # type: ignore[operator]
    moved = Image.new("RGB", written.size, printed.PAPER)
    middle = 700 if make is signed else 915
    moved.paste(written, (0, written.height // 2 - middle))
    folded_through = wear.worn(moved, wear.Wear(dpi=DPI, fold=True), DPI)
    assert not prepare_raster(page(folded_through), Wish()).blank


def test_a_line_that_was_drawn_is_no_fold() -> None:
    lined = empty()
    ImageDraw.Draw(lined).line((150, 800, 1100, 805), fill=(90, 90, 90), width=4)
    assert not prepare_raster(page(lined), Wish()).blank


def test_a_blank_back_is_told_through_jpeg() -> None:
    back = wear.shown_through(printed.drawn(PAPERS[3], 200), None, 0.1)
    content = wear.scanned(back, wear.Wear(dpi=200, skew=2.6, noise=5.0, quality=60), 200)
    assert prepare(content).blank


def test_a_pencil_note_over_what_shows_through_is_not_blank() -> None:
    both = wear.worn(pencilled(190, shown_through(0.12)), wear.level("office", skew=0.0, dpi=DPI), DPI)
    assert not prepare_raster(page(both), Wish()).blank


def test_where_a_pencil_would_drown_nobody_is_sure() -> None:
    noisy = page(wear.worn(empty(), wear.Wear(dpi=DPI, noise=14.0), DPI))
    sketch = sketched(noisy)
    found = blankness(sketch, inked(sketch.grey))
    assert found.blank
    assert found.sure <= 0.7


def test_a_page_that_is_one_photograph_is_not_blank() -> None:
    photograph = page(Image.radial_gradient("L").resize((1240, 1754)).convert("RGB"), 150)
    assert not prepare_raster(photograph, Wish()).blank


# -- colour, size ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def plain_paper() -> MadePaper:
    return PAPERS[8]


@pytest.mark.parametrize("level", ["clean", "worn"])
def test_a_stamp_makes_a_page_coloured_and_black_print_does_not(level: str) -> None:
    def tone(picture: Image.Image) -> Tone:
        sketch = sketched(page(wear.worn(picture, wear.level(level, dpi=DPI), DPI)))
        return tone_of(sketch).tone

    assert tone(sheet(8)) is Tone.COLOUR
    assert tone(signed()) is Tone.COLOUR
    assert tone(printed.drawn(plain_paper(), DPI, stamp=False)) is Tone.BLACK_WHITE


def test_a_photograph_without_colour_is_grey() -> None:
    picture = printed.drawn(plain_paper(), DPI, stamp=False)
    picture.paste(Image.radial_gradient("L").resize((400, 400)).convert("RGB"), (400, 1200))
    sketch = sketched(page(picture))
    assert tone_of(sketch).tone is Tone.GREY


def test_a_page_without_colour_keeps_its_colour_values_unless_told_otherwise() -> None:
    plain = page(printed.drawn(plain_paper(), DPI, stamp=False))
    assert shown(prepare_raster(plain, Wish())).mode == "RGB"
    assert shown(prepare_raster(plain, Wish(keep_colour=False))).mode == "L"
    assert shown(prepare_raster(page(sheet(8)), Wish(keep_colour=False))).mode == "RGB"


def test_a_page_is_stored_at_200_dots_an_inch_and_never_made_larger() -> None:
    fine = prepare(wear.jpeg(printed.drawn(PAPERS[0])))
    assert (fine.dpi, fine.width) == (200.0, pytest.approx(1654, abs=3))
    assert shown(fine).info["dpi"] == (200, 200)
    coarse = prepare_raster(page(sheet(0, 150), 150), Wish())
    assert coarse.dpi == 150
    assert [remark.code for remark in coarse.notes] == ["paper.below-200"]


def test_the_steps_are_told_in_their_order() -> None:
    done = prepare_raster(page(sheet(0)), replace(Wish(), dpi=150))
    assert [each.step for each in done.steps] == [
        Step.CROP, Step.BLANK, Step.TURN, Step.STRAIGHTEN, Step.TONE, Step.SMALLER,
    ]  # fmt: skip


def test_a_page_turned_by_its_letters_alone_says_how_sure_it_is() -> None:
    sketch = sketched(page(sheet(1)))
    lie = lie_of(inked(sketch.grey).mask)
    assert (lie.turn, lie.sure > 0.9) == (0, True)


@pytest.mark.parametrize("size", [(1, 1), (3, 700), (700, 3), (40, 40), (150, 90)])
def test_a_picture_of_any_size_is_a_page(size: tuple[int, int]) -> None:
    done = prepare_raster(page(Image.new("RGB", size, (250, 250, 250)), 200), Wish())
    assert (done.blank, shown(done).size) == (True, size)
